//! A server on a port of its own, and a client for WebSockets.

use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::task::JoinHandle;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{Request, Response};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::stub::Stub;
use crate::http::{HttpSettings, LiveSettings, Stop, serve};

/// One worker, so that what one connection does to others shows.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    pub(super) stub: Stub,
    pub(super) stop: Stop,
    running: JoinHandle<std::io::Result<()>>,
}

impl Server {
    pub(super) fn start(live: LiveSettings) -> Self {
        Self::with(HttpSettings { live, ..HttpSettings::default() })
    }

    pub(super) fn with(settings: HttpSettings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let settings = HttpSettings { workers: NonZeroUsize::new(1), ..settings };
        let stub = Stub::new();
        let (server, stop) = serve(listener, Arc::new(stub.clone()), settings).expect("the listener is good");
        Self { address, stub, stop, running: actix_web::rt::spawn(server) }
    }

    pub(super) async fn stop(self) {
        self.stop.stop().await;
        self.running.await.expect("the server ran").expect("the server ended well");
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/graphql", self.address)
    }

    /// With a query in the address.
    pub(super) fn url_with(&self, query: &str) -> reqwest::Url {
        reqwest::Url::parse_with_params(&self.url(), [("query", query)]).expect("a good address")
    }

    /// Asks for an event stream, with the query in the address.
    pub(super) async fn event_stream(&self, query: &str) -> reqwest::Response {
        let request = reqwest::Client::new().get(self.url_with(query));
        request.header("accept", "text/event-stream").send().await.expect("the server answers")
    }

    /// A socket that has not yet said anything.
    pub(super) async fn connect(&self) -> Client {
        let (client, response) = self.ask(self.handshake()).await.expect("the handshake is good");
        let protocol = response.headers().get("sec-websocket-protocol").map(|protocol| protocol.as_bytes().to_vec());
        assert_eq!(protocol.as_deref(), Some(&b"graphql-transport-ws"[..]));
        client
    }

    /// A socket on which operations may be started.
    pub(super) async fn connect_and_init(&self) -> Client {
        let mut client = self.connect().await;
        client.say(&json!({"type": "connection_init"})).await;
        assert_eq!(client.hear().await, json!({"type": "connection_ack"}));
        client
    }

    pub(super) fn handshake(&self) -> Request<()> {
        let mut request = format!("ws://{}/graphql", self.address).into_client_request().expect("a good address");
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a header"));
        request
    }

    pub(super) async fn ask(&self, handshake: Request<()>) -> Result<(Client, Response<Option<Vec<u8>>>), Error> {
        let stream = TcpStream::connect(self.address).await.expect("the server listens");
        client_async(handshake, stream).await.map(|(socket, response)| (Client(socket), response))
    }
}

pub(super) struct Client(pub(super) WebSocketStream<TcpStream>);

impl Client {
    pub(super) async fn say(&mut self, message: &Value) {
        self.say_text(&message.to_string()).await;
    }

    pub(super) async fn say_text(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.expect("the server reads");
    }

    pub(super) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(&json!({"type": "subscribe", "id": id, "payload": {"query": query}})).await;
    }

    /// The next message.
    pub(super) async fn hear(&mut self) -> Value {
        match self.hear_frame().await {
            Message::Text(text) => serde_json::from_str(&text).expect("messages are JSON"),
            other => panic!("not a message: {other:?}"),
        }
    }

    pub(super) async fn hear_frame(&mut self) -> Message {
        self.try_hear().await.expect("the server says something").expect("the server sends good frames")
    }

    pub(super) async fn try_hear(&mut self) -> Option<Result<Message, Error>> {
        // So that a server that says nothing fails the test instead of holding it up.
        tokio::time::timeout(Duration::from_mins(1), self.0.next()).await.expect("the server says something in time")
    }

    /// The code and the reason of the close frame, whatever comes before.
    pub(super) async fn hear_close(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(close) = self.hear_frame().await {
                let close = close.expect("a close with a code");
                return (close.code.into(), close.reason.to_string());
            }
        }
    }
}

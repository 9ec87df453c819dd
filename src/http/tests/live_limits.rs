//! What a client may do to a server with connections that stay open, and what it costs the server.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::deadlines::assert_long_before;
use super::served::{Client, Server};
use crate::http::LiveSettings;

/// More than the sockets of both sides and the connection hold.
const LARGE: &str = "subscription { large(bytes: 33554432) }";

#[actix_web::test]
async fn a_client_must_say_connection_init_in_time() {
    let server = Server::start(LiveSettings { init_deadline: Duration::from_millis(50), ..LiveSettings::default() });
    let timed_out = (4408, "Connection initialisation timeout".to_owned());
    let default = LiveSettings::default().init_deadline;
    let mut silent = server.connect().await;
    let start = Instant::now();
    assert_eq!(silent.hear_close().await, timed_out);
    assert_long_before(default, start);
    let mut talkative = server.connect().await;
    // Other messages do not count.
    let start = Instant::now();
    talkative.say(&json!({"type": "ping"})).await;
    assert_eq!(talkative.hear_close().await, timed_out);
    assert_long_before(default, start);
    server.stop().await;
}

#[actix_web::test]
async fn a_silent_client_is_pinged_and_then_closed() {
    let server = Server::start(LiveSettings { idle_deadline: Duration::from_millis(200), ..LiveSettings::default() });
    let mut client = server.connect().await;
    // Read as bytes: the client's library would answer the ping.
    let mut frames = vec![0; 4];
    let start = Instant::now();
    client.0.get_mut().read_exact(&mut frames).await.expect("the server sends");
    assert_long_before(LiveSettings::default().idle_deadline, start);
    assert_eq!(frames, [0x89, 0, 0x88, 2 + 25], "a ping, then a close");
    let mut close = vec![0; 2 + 25];
    client.0.get_mut().read_exact(&mut close).await.expect("the server sends");
    assert_eq!(close, [&4499_u16.to_be_bytes()[..], b"Nothing was heard in time"].concat()[..]);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_answers_pings_may_stay() {
    let server = Server::start(LiveSettings { idle_deadline: Duration::from_secs(6), ..LiveSettings::default() });
    let mut client = server.connect_and_init().await;
    // At half of the deadline each, so the second comes when it has passed.
    for _ in 0..2 {
        assert_eq!(client.hear_frame().await, Message::Ping("".into()));
    }
    client.say(&json!({"type": "ping"})).await;
    assert_eq!(client.hear().await, json!({"type": "pong"}));
    server.stop().await;
}

#[actix_web::test]
async fn a_message_that_is_announced_too_large_is_refused_before_it_comes() {
    let server = Server::start(LiveSettings { message_max_bytes: 1_000, ..LiveSettings::default() });
    let reason = "A message has more than 1000 bytes".to_owned();
    for length in [1_001, 1 << 40, u64::MAX] {
        let mut client = server.connect().await;
        let header = [&[0x81, 0xff][..], &length.to_be_bytes()].concat();
        client.0.get_mut().write_all(&header).await.expect("the server reads");
        assert_eq!(client.hear_close().await, (1009, reason.clone()));
    }
    // In frames of which each is small, without end.
    let mut client = server.connect().await;
    let frame = |first: u8| [&[first, 0xe4, 0, 0, 0, 0][..], &[b' '; 100]].concat();
    let frames = [vec![frame(0x01)], vec![frame(0x00); 10]].concat().concat();
    client.0.get_mut().write_all(&frames).await.expect("the server reads");
    assert_eq!(client.hear_close().await, (1009, reason));
    // One that is just small enough.
    let mut client = server.connect().await;
    client.say_text(&format!("{:<1000}", json!({"type": "ping"}).to_string())).await;
    assert_eq!(client.hear().await, json!({"type": "pong"}));
    server.stop().await;
}

#[actix_web::test]
async fn operations_on_a_socket_are_limited() {
    let server = Server::start(LiveSettings { operations_max: 2, ..LiveSettings::default() });
    let mut client = server.connect_and_init().await;
    client.subscribe("1", "subscription { once }").await;
    assert_eq!(client.hear().await["id"], "1");
    // What has ended does not count.
    client.subscribe("2", "subscription { ticks(n: 0) }").await;
    assert_eq!(client.hear().await, json!({"id": "2", "type": "complete"}));
    client.subscribe("3", "subscription { once }").await;
    assert_eq!(client.hear().await["id"], "3");
    client.say(&json!({"type": "complete", "id": "3"})).await;
    client.subscribe("4", "subscription { once }").await;
    assert_eq!(client.hear().await["id"], "4");
    client.subscribe("5", "subscription { once }").await;
    assert_eq!(client.hear_close().await, (4429, "Too many operations: at most 2 at once on a socket".to_owned()));
    server.stop().await;
}

#[actix_web::test]
async fn operations_on_a_socket_take_turns() {
    let server = Server::start(LiveSettings::default());
    let mut client = server.connect_and_init().await;
    for id in 0..6 {
        // Each takes as long as an operation may.
        client.subscribe(&id.to_string(), "{ endless }").await;
    }
    let mut n_completed = 0;
    while n_completed < 6 {
        n_completed += usize::from(client.hear().await["type"] == "complete");
    }
    assert!((1..=2).contains(&server.stub.n_at_once_max()), "{}", server.stub.n_at_once_max());
    server.stop().await;
}

async fn refused(server: &Server) -> Value {
    match server.ask(server.handshake()).await {
        Err(Error::Http(response)) => {
            assert_eq!(response.status(), 503);
            serde_json::from_slice(response.body().as_deref().unwrap_or_default()).expect("a body of JSON")
        }
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("one too many"),
    }
}

/// Asks until a seat is free: the server learns of the end of a connection when it does.
async fn connect_when_free(server: &Server) -> Client {
    loop {
        match server.ask(server.handshake()).await {
            Ok((client, _)) => return client,
            Err(Error::Http(response)) => assert_eq!(response.status(), 503),
            Err(error) => panic!("{error}"),
        }
    }
}

#[actix_web::test]
async fn connections_that_stay_open_are_limited_together() {
    let server = Server::start(LiveSettings { open_max: 2, ..LiveSettings::default() });
    let event_stream = server.event_stream("subscription { once }").await;
    assert_eq!(event_stream.status(), 200);
    let socket = server.connect().await;

    let extensions = json!({"code": "LIMIT_EXCEEDED", "limit": "open_max", "max": 2, "actual": 3});
    assert_eq!(refused(&server).await["errors"][0]["extensions"], extensions);
    let response = server.event_stream("{ __typename }").await;
    assert_eq!(response.status(), 503);
    let body: Value = response.json().await.expect("a body of JSON");
    assert_eq!(body["errors"][0]["extensions"], extensions);
    // Others are not counted.
    let response = reqwest::get(server.url_with("{ __typename }")).await.expect("the server answers");
    assert_eq!(response.status(), 200);

    drop(socket);
    let _socket = connect_when_free(&server).await;
    refused(&server).await;
    drop(event_stream);
    server.stop().await;
}

#[actix_web::test]
async fn an_event_stream_that_has_gone_takes_up_no_seat() {
    // The server learns of it when it next sends a comment.
    let idle_deadline = Duration::from_millis(100);
    let server = Server::start(LiveSettings { open_max: 1, idle_deadline, ..LiveSettings::default() });
    let event_stream = server.event_stream("subscription { once }").await;
    assert_eq!(event_stream.status(), 200);
    refused(&server).await;
    let start = Instant::now();
    drop(event_stream);
    connect_when_free(&server).await;
    assert_long_before(LiveSettings::default().idle_deadline, start);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_does_not_read_is_cut_and_holds_up_one_message() {
    let server = Server::start(LiveSettings { send_deadline: Duration::from_millis(300), ..LiveSettings::default() });
    let mut slow = server.connect_and_init().await;
    slow.subscribe("1", LARGE).await;
    let start = Instant::now();
    slow.subscribe("2", LARGE).await;
    // The first is over, although the client has not read a byte of what it sends, and it was not the second's turn yet.
    server.stub.stream_ended().await;
    assert_long_before(LiveSettings::default().send_deadline, start);
    assert_eq!(server.stub.n_large(), 1);
    // What the client can still read is less than a message.
    let mut n_read = 0;
    let mut piece = vec![0; 1 << 16];
    while let Ok(n @ 1..) = slow.0.get_mut().read(&mut piece).await {
        n_read += n;
    }
    assert!(n_read < 32 << 20, "{n_read} bytes");
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_reads_gets_large_messages_whole() {
    let server = Server::start(LiveSettings { send_deadline: Duration::from_mins(1), ..LiveSettings::default() });
    let mut client = server.connect_and_init().await;
    client.subscribe("1", "subscription { large(bytes: 4194304) }").await;
    for _ in 0..2 {
        let message = client.hear().await;
        assert_eq!(message["payload"]["data"]["large"].as_str().map(str::len), Some(4 << 20));
    }
    server.stop().await;
}

#[actix_web::test]
async fn an_event_stream_that_is_not_read_is_cut_and_holds_up_one_event() {
    let server = Server::start(LiveSettings { send_deadline: Duration::from_millis(300), ..LiveSettings::default() });
    let mut events = server.event_stream(LARGE).await.bytes_stream();
    events.next().await.expect("an event").expect("the connection is open");
    server.stub.stream_ended().await;
    assert_eq!(server.stub.n_large(), 1);
    // What the client can still read is less than an event.
    let mut n_read = 0;
    while let Some(Ok(piece)) = events.next().await {
        n_read += piece.len();
    }
    assert!(n_read < 32 << 20, "{n_read} bytes");
    server.stop().await;
}

#[actix_web::test]
async fn an_event_stream_whose_client_leaves_ends() {
    let server = Server::start(LiveSettings { send_deadline: Duration::from_mins(10), ..LiveSettings::default() });
    let mut events = server.event_stream(LARGE).await.bytes_stream();
    events.next().await.expect("an event").expect("the connection is open");
    drop(events);
    // The server learns of it when it sends more.
    server.stub.stream_ended().await;
    assert_eq!(server.stub.n_large(), 1);
    server.stop().await;
}

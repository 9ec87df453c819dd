//! `WebSockets` that are told of changes.

use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::figures::{Figures, TOLD};

/// Subscribes, and holds what comes against what was told before, until it is stopped.
pub(crate) async fn listen(url: String, figures: Arc<Figures>) {
    let address = url.replacen("http://", "ws://", 1);
    let mut request = address.into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-transport-ws"));
    let mut socket = match connect_async(request).await {
        Ok((socket, _)) => socket,
        Err(error) => return figures.wrong(format!("no WebSocket: {error}")),
    };
    let subscription = json!({ "query": "subscription { graphChanged(since: 0) { version } }" });
    for message in
        [json!({ "type": "connection_init" }), json!({ "type": "subscribe", "id": "1", "payload": subscription })]
    {
        if let Err(error) = socket.send(Message::text(message.to_string())).await {
            return figures.wrong(format!("a WebSocket takes nothing: {error}"));
        }
    }
    let mut last = 0;
    while let Some(message) = socket.next().await {
        let text = match message {
            Ok(Message::Text(text)) => text,
            // The library answers pings by itself.
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            other => return figures.wrong(format!("a WebSocket ended: {other:?}")),
        };
        let message: Value = serde_json::from_str(&text).unwrap_or_default();
        match message["type"].as_str() {
            Some("connection_ack") => {}
            Some("ping") => {
                if socket.send(Message::text(json!({ "type": "pong" }).to_string())).await.is_err() {
                    return figures.wrong("a WebSocket takes nothing".to_owned());
                }
            }
            Some("next") => {
                let version = message["payload"]["data"]["graphChanged"]["version"].as_u64().unwrap_or_default();
                if version <= last {
                    figures.wrong(format!("told of version {version} after {last}"));
                }
                figures.note(TOLD);
                last = version;
            }
            _ => return figures.wrong(format!("a WebSocket says {message}")),
        }
    }
    figures.wrong("a WebSocket ended".to_owned());
}

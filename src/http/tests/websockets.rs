//! The protocol graphql-transport-ws: what is said, in which order, and with which code a socket is closed.

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::http::header::HeaderValue;
use actix_web::test::{TestRequest, call_service, init_service};
use futures_util::SinkExt as _;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::served::Server;
use super::stub::Stub;
use crate::http::{HttpSettings, LiveSettings, router};

fn defaults() -> LiveSettings {
    LiveSettings::default()
}

#[actix_web::test]
async fn a_handshake_that_is_refused_says_why() {
    type Header = (&'static str, &'static str);
    const GOOD: [Header; 5] = [
        ("upgrade", "websocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "x3JJHMbDL1EzLkh9GBhXDw=="),
        ("sec-websocket-protocol", "graphql-ws, graphql-transport-ws"),
    ];
    let own = ("origin", "https://example.org");
    let cases: [(&[Header], u16, &str); 12] = [
        (&[], 101, ""),
        (&[own], 101, ""),
        (&[("origin", "https://friend.example")], 101, ""),
        (&[("upgrade", "WebSocket")], 101, ""),
        (&[("origin", "https://evil.example")], 403, "CROSS_ORIGIN_REFUSED"),
        (&[("origin", "null")], 403, "CROSS_ORIGIN_REFUSED"),
        (&[("sec-websocket-protocol", "graphql-ws")], 400, "BAD_REQUEST"),
        (&[("sec-websocket-protocol", "")], 400, "BAD_REQUEST"),
        (&[("sec-websocket-version", "8")], 426, "BAD_REQUEST"),
        (&[("sec-websocket-version", "")], 426, "BAD_REQUEST"),
        (&[("sec-websocket-key", "short")], 400, "BAD_REQUEST"),
        // Not an upgrade, so a query is missed.
        (&[("upgrade", "h2c"), ("accept", "application/json")], 400, "BAD_REQUEST"),
    ];
    let settings =
        HttpSettings { allowed_origins: vec!["https://friend.example".to_owned()], ..HttpSettings::default() };
    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), settings))).await;
    for (headers, status, code) in cases {
        let request = TestRequest::get().uri("/graphql").insert_header(("host", "example.org"));
        let request = GOOD.iter().chain(headers).fold(request, |request, &header| request.insert_header(header));
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), status, "{headers:?}");
        if status != 101 {
            let content_type = response.headers().get("content-type").map(HeaderValue::as_bytes);
            assert_eq!(content_type, Some(&b"application/json; charset=utf-8"[..]), "{headers:?}");
            let body = to_bytes(response.into_body()).await.expect("the body is in memory");
            let json: Value = serde_json::from_slice(&body).expect("a body of JSON");
            assert_eq!(json["errors"][0]["extensions"]["code"], code, "{headers:?}: {json}");
        }
    }
}

#[actix_web::test]
async fn an_operation_is_answered_and_completed() {
    let server = Server::start(defaults());
    let mut client = server.connect_and_init().await;
    for (query, payload) in [
        ("{ half(of: 4) }", json!({"data": {"half": 2}})),
        ("mutation { write }", json!({"data": {"write": true}})),
        ("subscription { ticks(n: 1) }", json!({"data": {"ticks": 0}})),
    ] {
        client.subscribe("1", query).await;
        assert_eq!(client.hear().await, json!({"id": "1", "type": "next", "payload": payload}), "{query}");
        assert_eq!(client.hear().await, json!({"id": "1", "type": "complete"}), "{query}");
    }
    client.subscribe("1", "{ half(of: 3) }").await;
    let message = client.hear().await;
    assert_eq!((&message["id"], &message["type"]), (&json!("1"), &json!("next")));
    assert_eq!(message["payload"]["errors"][0]["message"], "an odd number has no half", "{message}");
    assert_eq!(client.hear().await, json!({"id": "1", "type": "complete"}));

    let variables =
        json!({"query": "query Q($t: String!) { echo(text: $t) }", "variables": {"t": "ä"}, "operationName": "Q"});
    client.say(&json!({"type": "subscribe", "id": "2", "payload": variables})).await;
    assert_eq!(client.hear().await, json!({"id": "2", "type": "next", "payload": {"data": {"echo": "ä"}}}));
    assert_eq!(client.hear().await, json!({"id": "2", "type": "complete"}));
    server.stop().await;
}

#[actix_web::test]
async fn an_operation_that_cannot_begin_ends_with_its_errors() {
    let server = Server::start(defaults());
    let mut client = server.connect_and_init().await;
    for query in ["{ nothing }", "{", "subscription { nothing }"] {
        client.subscribe("1", query).await;
        let message = client.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!("1"), &json!("error")), "{query}");
        assert!(message["payload"][0]["message"].is_string(), "{query}: {message}");
        // Nothing comes after it, not even that it is complete.
        client.say(&json!({"type": "ping"})).await;
        assert_eq!(client.hear().await, json!({"type": "pong"}), "{query}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn an_operation_that_is_stopped_on_its_way_is_answered_with_errors() {
    let server = Server::start(defaults());
    let mut client = server.connect_and_init().await;
    for (query, code) in [("{ endless }", "TIMEOUT"), ("{ broken }", "INTERNAL")] {
        client.subscribe("1", query).await;
        let message = client.hear().await;
        assert_eq!(message["type"], "next", "{message}");
        assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], code, "{message}");
        assert_eq!(message["payload"].get("data"), None, "{message}");
        assert_eq!(client.hear().await, json!({"id": "1", "type": "complete"}));
    }
    server.stop().await;
}

#[actix_web::test]
async fn operations_take_turns_and_one_that_is_completed_says_no_more() {
    let server = Server::start(defaults());
    let mut client = server.connect_and_init().await;
    client.subscribe("endless", "subscription { endless }").await;
    client.subscribe("short", "subscription { ticks(n: 3) }").await;
    let mut endless = 0;
    let mut short = Vec::new();
    while short.len() < 4 {
        let message = client.hear().await;
        if message["id"] == "endless" {
            assert_eq!(message["payload"], json!({"data": {"endless": endless}}));
            endless += 1;
        } else {
            short.push(message);
        }
    }
    let ticks = |i| json!({"id": "short", "type": "next", "payload": {"data": {"ticks": i}}});
    assert_eq!(short, [ticks(0), ticks(1), ticks(2), json!({"id": "short", "type": "complete"})]);

    client.say(&json!({"type": "complete", "id": "endless"})).await;
    client.say(&json!({"type": "ping", "payload": {"n": 1}})).await;
    let mut message = client.hear().await;
    while message["type"] == "next" {
        message = client.hear().await;
    }
    assert_eq!(message, json!({"type": "pong", "payload": {"n": 1}}));
    client.say(&json!({"type": "ping"})).await;
    assert_eq!(client.hear().await, json!({"type": "pong"}));
    // The id may be used again.
    client.subscribe("endless", "subscription { endless }").await;
    assert_eq!(client.hear().await["payload"], json!({"data": {"endless": 0}}));
    server.stop().await;
}

#[actix_web::test]
async fn what_a_client_need_not_say_is_passed_over() {
    let server = Server::start(defaults());
    let mut client = server.connect().await;
    client.say(&json!({"type": "pong"})).await;
    client.say(&json!({"type": "ping", "payload": null, "other": [1]})).await;
    assert_eq!(client.hear().await, json!({"type": "pong"}));
    client.say(&json!({"type": "connection_init", "payload": {"token": "secret"}})).await;
    assert_eq!(client.hear().await, json!({"type": "connection_ack"}));
    client.say(&json!({"type": "complete", "id": "never begun"})).await;
    client.say(&json!({"type": "pong", "payload": {"a": 1}})).await;
    client.0.send(Message::Ping("x".into())).await.expect("the server reads");
    assert_eq!(client.hear_frame().await, Message::Pong("x".into()));
    server.stop().await;
}

/// Each case on a socket of its own: with `connection_init` before it or not, what is said, code and reason of the close.
#[actix_web::test]
async fn wrong_messages_close_the_socket_with_the_code_of_the_protocol() {
    const NO_MESSAGE: &str = "a message is a JSON object with a `type`, and each name once";
    const NO_TYPE: &str = "`type` must be a string";
    const NO_ID: &str = "`id` must be a string of 1 to 256 bytes";
    const NO_OBJECT: &str = "`payload` must be a JSON object or null";
    const UNKNOWN: &str = "this `type` is not one that clients send in `graphql-transport-ws`";
    const MISSING: &str = "`payload` is missing: it must be a JSON object with a `query`";
    let subscribe = r#"{"type": "subscribe", "id": "1", "payload": {"query": "subscription { once }"}}"#;
    let long = |id: usize| subscribe.replace(r#""1""#, &format!("{:?}", "i".repeat(id)));
    let twice = format!("{subscribe}\n{subscribe}");
    let twice_long = format!("{0}\n{0}", long(200));
    let too_long = long(257);
    let deep = format!(
        r#"{{"type": "subscribe", "id": "1", "payload": {{"query": {}1{}}}}}"#,
        "[".repeat(1_000),
        "]".repeat(1_000)
    );
    let cases: [(bool, &str, u16, &str); 33] = [
        (false, "", 4400, NO_MESSAGE),
        (false, "nonsense", 4400, NO_MESSAGE),
        (false, "{", 4400, NO_MESSAGE),
        (false, "null", 4400, NO_MESSAGE),
        (false, r#"["connection_init"]"#, 4400, NO_MESSAGE),
        (false, r#"{"type": "ping", "type": "ping"}"#, 4400, NO_MESSAGE),
        (false, "{}", 4400, NO_TYPE),
        (false, r#"{"type": null}"#, 4400, NO_TYPE),
        (false, r#"{"type": 7}"#, 4400, NO_TYPE),
        (false, r#"{"type": ""}"#, 4400, UNKNOWN),
        (false, r#"{"type": "start", "id": "1"}"#, 4400, UNKNOWN),
        (false, r#"{"type": "connection_ack"}"#, 4400, UNKNOWN),
        (false, r#"{"type": "connection_init", "payload": "token"}"#, 4400, NO_OBJECT),
        (false, r#"{"type": "ping", "payload": [1]}"#, 4400, NO_OBJECT),
        (false, r#"{"type": "pong", "payload": 1}"#, 4400, NO_OBJECT),
        (false, subscribe, 4401, "Unauthorized"),
        (true, r#"{"type": "connection_init"}"#, 4429, "Too many initialisation requests"),
        (true, r#"{"type": "complete"}"#, 4400, NO_ID),
        (true, r#"{"type": "subscribe", "payload": {"query": "{ a }"}}"#, 4400, NO_ID),
        (true, r#"{"type": "subscribe", "id": 1, "payload": {"query": "{ a }"}}"#, 4400, NO_ID),
        (true, r#"{"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}"#, 4400, NO_ID),
        (true, &too_long, 4400, NO_ID),
        (true, r#"{"type": "subscribe", "id": "1"}"#, 4400, MISSING),
        (true, r#"{"type": "subscribe", "id": "1", "payload": null}"#, 4400, MISSING),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": "{ a }"}"#,
            4400,
            "`payload` must be a JSON object with a `query`",
        ),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": ["{ a }"]}"#,
            4400,
            "`payload` is a list, and batches are switched off: send one JSON object a request",
        ),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": {}}"#,
            4400,
            "`query` is missing: it must be the text of a GraphQL document",
        ),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "", "query": ""}}"#,
            4400,
            "a parameter of the request is given twice",
        ),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": []}}"#,
            4400,
            "`variables` must be a JSON object or null, not a list",
        ),
        (
            true,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": 7}}"#,
            4400,
            "`query` must be a string, not a number",
        ),
        (true, &deep, 4400, "`query` must be a string, not a list"),
        (true, &twice, 4409, "Subscriber for 1 already exists"),
        (true, &twice_long, 4409, "Subscriber already exists"),
    ];
    let server = Server::start(defaults());
    for (is_acknowledged, said, code, reason) in cases {
        let mut client = if is_acknowledged { server.connect_and_init().await } else { server.connect().await };
        let messages: Vec<&str> = if said.is_empty() { vec![""] } else { said.lines().collect() };
        for message in messages {
            client.say_text(message).await;
        }
        let shown = &said[..said.len().min(100)];
        assert_eq!(client.hear_close().await, (code, reason.to_owned()), "{shown}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn wrong_frames_close_the_socket_with_the_code_of_websockets() {
    const MASK: [u8; 4] = [0; 4];
    let frame = |head: &[u8], content: &[u8]| [head, &MASK, content].concat();
    let cases = [
        (frame(&[0x82, 0x82], b"{}"), 4400, "messages are text, not binary"),
        (frame(&[0x81, 0x81], b"\xff"), 1007, "A text is not valid UTF-8"),
        ([frame(&[0x01, 0x81], b"\xc3"), frame(&[0x80, 0x81], b"\xc3")].concat(), 1007, "A text is not valid UTF-8"),
        (vec![0x81, 0x02, b'{', b'}'], 1002, "a frame is not masked"),
        (frame(&[0xc1, 0x82], b"{}"), 1002, "a reserved bit is set"),
        (frame(&[0x83, 0x82], b"{}"), 1002, "the kind of a frame is unknown"),
        (frame(&[0x80, 0x82], b"{}"), 1002, "a frame continues no message"),
        (frame(&[0x88, 0x81], b"\x03"), 1002, "a frame is malformed"),
        (frame(&[0x88, 0x82], &1005_u16.to_be_bytes()), 1002, "a frame is malformed"),
    ];
    let server = Server::start(defaults());
    for (bytes, code, reason) in cases {
        let mut client = server.connect().await;
        client.0.get_mut().write_all(&bytes).await.expect("the server reads");
        assert_eq!(client.hear_close().await, (code, reason.to_owned()), "{bytes:x?}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_message_may_come_in_several_frames() {
    let server = Server::start(defaults());
    let mut client = server.connect().await;
    let frames = [&[0x01_u8, 0x88, 0, 0, 0, 0][..], br#"{"type":"#, &[0x80, 0x87, 0, 0, 0, 0], br#""ping"}"#].concat();
    for byte in frames {
        client.0.get_mut().write_all(&[byte]).await.expect("the server reads");
    }
    assert_eq!(client.hear().await, json!({"type": "pong"}));
    server.stop().await;
}

#[actix_web::test]
async fn a_close_is_answered_with_a_close_and_ends_what_runs() {
    let server = Server::start(defaults());
    for close in [Some(1000), Some(1001), Some(4242), None] {
        let mut client = server.connect_and_init().await;
        client.subscribe("1", "subscription { once }").await;
        assert_eq!(client.hear().await["type"], "next");
        let frame = close.map(|code: u16| CloseFrame { code: code.into(), reason: "bye".into() });
        client.0.send(Message::Close(frame)).await.expect("the server reads");
        let Message::Close(answer) = client.hear_frame().await else {
            panic!("no close");
        };
        assert_eq!(answer.map(|answer| u16::from(answer.code)), close);
        server.stub.stream_ended().await;
        // The client waits for the server to end the connection, which it does long before it gives up on slow clients.
        let (mut rest, begun) = (Vec::new(), Instant::now());
        client.0.get_mut().read_to_end(&mut rest).await.expect("the server ends it");
        assert_eq!(rest, b"");
        assert!(begun.elapsed() < HttpSettings::default().head_deadline / 2);
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_connection_that_breaks_ends_what_runs() {
    let server = Server::start(defaults());
    let mut client = server.connect_and_init().await;
    client.subscribe("1", "subscription { once }").await;
    assert_eq!(client.hear().await["type"], "next");
    drop(client);
    server.stub.stream_ended().await;
    server.stop().await;
}

#[actix_web::test]
async fn a_panic_closes_its_socket_and_no_other() {
    let server = Server::start(defaults());
    let mut other = server.connect_and_init().await;
    let mut client = server.connect_and_init().await;
    client.subscribe("1", "subscription { breaks }").await;
    assert_eq!(client.hear_close().await, (4500, "Something went wrong on our side; it has been logged".to_owned()));
    other.subscribe("1", "{ half(of: 4) }").await;
    assert_eq!(other.hear().await["payload"], json!({"data": {"half": 2}}));
    server.connect_and_init().await;
    server.stop().await;
}

#[actix_web::test]
async fn sockets_are_told_when_the_server_stops() {
    let server = Server::start(defaults());
    let mut silent = server.connect().await;
    let mut busy = server.connect_and_init().await;
    busy.subscribe("1", "subscription { endless }").await;
    assert_eq!(busy.hear().await["type"], "next");
    let stopping = server.stop.clone();
    let stopping = actix_web::rt::spawn(async move { stopping.stop().await });
    let away = (1001, "The server is being stopped".to_owned());
    assert_eq!(silent.hear_close().await, away);
    assert_eq!(busy.hear_close().await, away);
    drop((silent, busy));
    stopping.await.expect("the server stops");
    server.stop().await;
}

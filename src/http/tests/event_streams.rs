//! Server-sent events, as graphql-sse reads them in its distinct connections mode.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::deadlines::assert_long_before;
use super::served::Server;
use crate::http::LiveSettings;

const COMPLETE: &str = "event: complete\ndata: \n\n";

fn next(data: &Value) -> String {
    format!("event: next\ndata: {data}\n\n")
}

async fn post(server: &Server, query: &str) -> reqwest::Response {
    let request = reqwest::Client::new().post(server.url()).json(&json!({"query": query}));
    request.header("accept", "text/event-stream").send().await.expect("the server answers")
}

async fn text(response: reqwest::Response) -> String {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert_eq!(response.headers()["cache-control"], "no-cache");
    response.text().await.expect("the server ends the stream")
}

#[actix_web::test]
async fn events_come_one_after_the_other_and_are_completed() {
    let server = Server::start(LiveSettings::default());
    let ticks = (0..3).map(|i| next(&json!({"data": {"ticks": i}}))).collect::<String>() + COMPLETE;
    let query = "subscription { ticks(n: 3) }";
    assert_eq!(text(post(&server, query).await).await, ticks);
    assert_eq!(text(server.event_stream(query).await).await, ticks);
    let half = next(&json!({"data": {"half": 2}})) + COMPLETE;
    assert_eq!(text(post(&server, "{ half(of: 4) }").await).await, half);
    assert_eq!(text(server.event_stream("{ half(of: 4) }").await).await, half);
    assert_eq!(
        text(post(&server, "mutation { write }").await).await,
        next(&json!({"data": {"write": true}})) + COMPLETE
    );
    // Longer than what is handed to the connection at a time, and with line breaks.
    let long = format!("{{ echo(text: {:?}) }}", "a\nä".repeat(10_000));
    let echoed = next(&json!({"data": {"echo": "a\nä".repeat(10_000)}})) + COMPLETE;
    assert!(echoed.lines().all(|line| line.is_empty() || line.starts_with("event: ") || line.starts_with("data: ")));
    assert_eq!(text(post(&server, &long).await).await, echoed);
    server.stop().await;
}

#[actix_web::test]
async fn what_is_wrong_with_an_operation_is_an_event() {
    let server = Server::start(LiveSettings::default());
    for (query, code) in
        [("{ nothing }", None), ("{ broken }", Some("INTERNAL")), ("subscription { breaks }", Some("INTERNAL"))]
    {
        let text = text(post(&server, query).await).await;
        let data = text
            .strip_prefix("event: next\ndata: ")
            .and_then(|text| text.strip_suffix("\n\nevent: complete\ndata: \n\n"));
        let data: Value = serde_json::from_str(data.expect("one event")).expect("JSON");
        assert!(data["errors"][0]["message"].is_string(), "{data}");
        assert_eq!(data.get("data"), None, "{data}");
        if let Some(code) = code {
            assert_eq!(data["errors"][0]["extensions"]["code"], code, "{data}");
        }
    }
    let text = text(server.event_stream("mutation { write }").await).await;
    assert!(text.contains(r#""code":"METHOD_NOT_ALLOWED""#) && text.ends_with(COMPLETE), "{text}");
    server.stop().await;
}

#[actix_web::test]
async fn what_is_wrong_with_a_request_is_a_status() {
    let server = Server::start(LiveSettings::default());
    let missing = reqwest::Client::new().get(server.url()).header("accept", "text/event-stream");
    let foreign = reqwest::Client::new().post(server.url()).header("accept", "text/event-stream").body("{ a }");
    for (request, status, code) in [(missing, 400, "BAD_REQUEST"), (foreign, 415, "UNSUPPORTED_MEDIA_TYPE")] {
        let response = request.send().await.expect("the server answers");
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
        let json: Value = response.json().await.expect("a body of JSON");
        assert_eq!(json["errors"][0]["extensions"]["code"], code, "{json}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn an_event_is_sent_when_it_is_there_and_silence_is_filled_with_comments() {
    let server = Server::start(LiveSettings { idle_deadline: Duration::from_millis(100), ..LiveSettings::default() });
    // The client takes compressed answers; those hold events back.
    let response = server.event_stream("subscription { once }").await;
    assert_eq!(response.headers()["content-encoding"], "identity");
    let mut pieces = response.bytes_stream();
    let mut text = String::new();
    let expected = next(&json!({"data": {"once": 0}})) + ":\n\n:\n\n";
    let start = Instant::now();
    while text.len() < expected.len() {
        let piece = pieces.next().await.expect("the stream goes on").expect("the connection is open");
        text.push_str(std::str::from_utf8(&piece).expect("UTF-8"));
    }
    // A comment each half of the deadline.
    assert_long_before(LiveSettings::default().idle_deadline, start);
    assert!(text.starts_with(&expected), "{text}");
    // Without a further event, the comments show that the client is gone.
    drop(pieces);
    server.stub.stream_ended().await;
    server.stop().await;
}

#[actix_web::test]
async fn event_streams_end_when_the_server_stops() {
    let server = Server::start(LiveSettings::default());
    let quiet = server.event_stream("subscription { once }").await;
    let mut busy = server.event_stream("subscription { endless }").await.bytes_stream();
    busy.next().await.expect("an event").expect("the connection is open");
    let stopping = server.stop.clone();
    let stopping = actix_web::rt::spawn(async move { stopping.stop().await });
    // Not completed: the client is to ask again.
    assert_eq!(text(quiet).await, next(&json!({"data": {"once": 0}})));
    while let Some(piece) = busy.next().await {
        piece.expect("the stream ends well");
    }
    stopping.await.expect("the server stops");
    server.stop().await;
}

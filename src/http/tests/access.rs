//! The line that each request leaves in the log.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::{Value, json};

use super::stub::Stub;
use crate::http::{HttpSettings, router};

/// What was logged, for every clone to see.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(piece)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sends one request and gives back the one line that it left, and all that was logged besides.
async fn line_of(settings: HttpSettings, method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Value {
    let logged = Logged::default();
    let to = logged.clone();
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || to.clone()).finish();
    let listening = tracing::subscriber::set_default(log);

    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), settings))).await;
    let request = TestRequest::default().method(method).uri(address).set_payload(body.to_owned());
    let request = headers.iter().fold(request, |request, &header| request.append_header(header));
    let response = call_service(&app, request.to_request()).await;
    let id = response.headers().get("x-request-id").map(|id| id.to_str().expect("ASCII").to_owned());
    let sent = to_bytes(response.into_body()).await.expect("the body is in memory");
    drop(listening);

    let bytes = logged.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut access = lines.iter().filter(|line| line["target"] == "grounds::access");
    let line = access.next().unwrap_or_else(|| panic!("no line in {text}"));
    assert!(access.next().is_none(), "one line a request: {text}");
    assert_eq!(line["request_id"].as_str(), id.as_deref(), "the id that the answer brought");
    assert_eq!(line["bytes"], sent.len(), "the bytes that were sent");
    assert!(line["duration_ms"].as_f64().is_some_and(|duration| duration >= 0.0), "{line}");
    line.clone()
}

#[actix_web::test]
async fn operations_on_connections_that_stay_open_have_the_id_of_their_request() {
    let logged = Logged::default();
    let to = logged.clone();
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || to.clone()).finish();
    let listening = tracing::subscriber::set_default(log);

    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), HttpSettings::default()))).await;
    let body = json!({"query": "subscription Broken { breaks }"});
    let request = TestRequest::post().uri("/graphql").set_json(body).insert_header(("accept", "text/event-stream"));
    let response = call_service(&app, request.insert_header(("x-request-id", "stream-1")).to_request()).await;
    to_bytes(response.into_body()).await.expect("the stream ends");
    let body = json!({"query": "query Good { __typename }"});
    let request = TestRequest::post().uri("/graphql").set_json(body).insert_header(("accept", "text/event-stream"));
    let response = call_service(&app, request.insert_header(("x-request-id", "stream-2")).to_request()).await;
    to_bytes(response.into_body()).await.expect("the stream ends");
    drop(listening);

    let bytes = logged.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let panicked = lines.iter().find(|line| line["level"] == "ERROR").unwrap_or_else(|| panic!("no error in {text}"));
    assert_eq!(panicked["span"]["id"], "stream-1", "what goes wrong in a stream of answers: {panicked}");
    let operation = lines.iter().find(|line| line["transport"] == "sse" && line["operation_name"] == "Good");
    let operation = operation.unwrap_or_else(|| panic!("no operation in {text}"));
    assert_eq!(operation["request_id"], "stream-2", "{operation}");
}

async fn line_of_post(settings: HttpSettings, body: &Value) -> Value {
    let headers = [("content-type", "application/json"), ("accept", "application/graphql-response+json")];
    line_of(settings, Method::POST, "/graphql", &headers, &body.to_string()).await
}

/// The part of `line` that these names tell.
fn part<'a>(line: &Value, names: impl IntoIterator<Item = &'a str>) -> Value {
    names.into_iter().map(|name| (name.to_owned(), line[name].clone())).collect::<serde_json::Map<_, _>>().into()
}

#[actix_web::test]
async fn an_operation_is_told_by_name_type_and_errors() {
    let body = json!({"query": "query Halves { half(of: 1) echo(text: \"secret\") }"});
    let line = line_of_post(HttpSettings::default(), &body).await;
    let expected = json!({
        "level": "INFO", "method": "POST", "route": "/graphql", "status": 200, "operation_name": "Halves",
        "operation_type": "query", "n_errors": 1, "codes": "BAD_USER_INPUT",
    });
    assert_eq!(part(&line, expected.as_object().expect("one").keys().map(String::as_str)), expected);
    assert!(!line.to_string().contains("secret") && !line.to_string().contains("half("), "no document: {line}");

    let line = line_of_post(HttpSettings::default(), &json!({"query": "{ __typename }"})).await;
    assert_eq!((&line["n_errors"], &line["operation_name"], &line["codes"]), (&json!(0), &Value::Null, &Value::Null));
    let line = line_of_post(HttpSettings::default(), &json!({"query": "{ broken }"})).await;
    assert_eq!((&line["status"], &line["codes"]), (&json!(500), &json!("INTERNAL")));
}

#[actix_web::test]
async fn what_a_stranger_calls_an_operation_is_a_text_in_a_line() {
    let name = "\n{\"level\":\"ERROR\",\"message\":\"forged\"}\n\u{1b}[2J";
    let line = line_of_post(HttpSettings::default(), &json!({"query": "{ a }", "operationName": name})).await;
    assert_eq!((&line["operation_name"], &line["status"]), (&json!(name), &json!(400)), "whole, and escaped");
    let long = "x".repeat(5_000);
    let line = line_of_post(HttpSettings::default(), &json!({"query": "{ a }", "operationName": long})).await;
    assert_eq!(line["operation_name"].as_str().map(|name| name.chars().count()), Some(101), "its start");
}

#[actix_web::test]
async fn values_of_variables_are_told_only_when_asked_for() {
    let body = json!({"query": "query($t: String!) { echo(text: $t) }", "variables": {"t": "personal"}});
    let line = line_of_post(HttpSettings::default(), &body).await;
    assert!(!line.to_string().contains("personal"), "{line}");
    let settings = HttpSettings { log_variables: true, ..HttpSettings::default() };
    let line = line_of_post(settings, &body).await;
    assert!(line["variables"].as_str().is_some_and(|it| it.contains("personal")), "{line}");
}

#[actix_web::test]
async fn requests_that_never_reach_graphql_leave_a_line_too() {
    let settings = || HttpSettings { body_max_bytes: 100, head_max_bytes: 3_000, ..HttpSettings::default() };
    let json = ("content-type", "application/json");
    let long = "x".repeat(3_000);
    let cases = [
        (Method::GET, "/healthz", vec![], "", "/healthz", 200, None),
        (Method::GET, "/assets/secret.js", vec![], "", "/assets/{name}", 404, Some("NOT_FOUND")),
        (Method::GET, "/secret?secret", vec![], "", "unmatched", 404, Some("NOT_FOUND")),
        (Method::GET, "/graphql?query=mutation%7Bwrite%7D", vec![], "", "/graphql", 405, None),
        (Method::DELETE, "/graphql", vec![], "", "/graphql", 405, Some("METHOD_NOT_ALLOWED")),
        (Method::POST, "/graphql", vec![json], &*long, "/graphql", 413, Some("BODY_TOO_LARGE")),
        (Method::POST, "/graphql", vec![json], "{", "/graphql", 400, Some("BAD_REQUEST")),
        (Method::POST, "/graphql", vec![], "secret", "/graphql", 415, Some("UNSUPPORTED_MEDIA_TYPE")),
        (Method::GET, "/readyz", vec![("x-long", &*long)], "", "/readyz", 431, Some("HEAD_TOO_LARGE")),
    ];
    for (method, address, headers, body, route, status, code) in cases {
        let line = line_of(settings(), method.clone(), address, &headers, body).await;
        assert_eq!((&line["route"], &line["status"]), (&json!(route), &json!(status)), "{method} {address}");
        assert_eq!(line["method"], method.as_str(), "{address}");
        if code.is_some() {
            assert_eq!(line["codes"].as_str(), code, "{method} {address}");
        }
        assert!(!line.to_string().contains("secret"), "{line}");
    }
    let made_up = Method::from_bytes(b"SECRET").expect("a method");
    assert_eq!(line_of(settings(), made_up, "/graphql", &[], "").await["method"], "other");
}

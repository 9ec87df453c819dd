//! A server that is told to stop while it answers, and one whose database is gone or held by others.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use grounds::http::HttpSettings;
use serde_json::json;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::process::Process;

const QUERY: &str = r#"{"query": "{ __typename }"}"#;

/// Sends the head of a request and waits until the server wants its body.
#[cfg(unix)]
fn begin_request(server: &Process) -> TcpStream {
    let mut stream = server.connect();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nexpect: 100-continue";
    write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n", QUERY.len()).expect("the server reads");
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("the server wants the body");
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let (half, _) = QUERY.split_at(10);
    stream.write_all(half.as_bytes()).expect("the server reads");
    stream
}

/// Asks `/readyz` on a connection that was open before: the status, `None` when the server has closed it.
#[cfg(unix)]
fn readiness(stream: &mut TcpStream) -> Option<String> {
    write!(stream, "GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").ok()?;
    let mut bytes = Vec::new();
    let mut piece = [0; 4_096];
    loop {
        let n = match stream.read(&mut piece) {
            Ok(n) => n,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
            Err(error) => panic!("the server does not answer: {error}"),
        };
        if n == 0 {
            assert!(bytes.is_empty(), "closed within an answer: {:?}", String::from_utf8_lossy(&bytes));
            return None;
        }
        bytes.extend_from_slice(&piece[..n]);
        let text = String::from_utf8_lossy(&bytes);
        if text.contains("\r\n\r\n") && text.ends_with('}') {
            return Some(text.split(' ').nth(1).expect("a status").to_owned());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_request_that_has_begun_is_answered_before_the_server_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start_with(folder.path(), &["--set", "http.shutdown=60", "--set", "http.body_deadline=60"]);
    let mut probe = server.connect();
    assert_eq!(readiness(&mut probe).as_deref(), Some("200"));
    let mut request = begin_request(&server);

    server.signal("TERM");
    // It goes on until the signal has come, and not for ever. A connection on which nothing is under way is closed then.
    let ready = loop {
        match readiness(&mut probe) {
            Some(status) if status == "200" => {}
            other => break other,
        }
    };
    assert!(ready.is_none() || ready.as_deref() == Some("503"), "{ready:?}");
    let (_, other_half) = QUERY.split_at(10);
    request.write_all(other_half.as_bytes()).expect("the server still reads");
    let mut answer = String::new();
    request.read_to_string(&mut answer).expect("the server answers and closes");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#"{"data":{"__typename":"Query"}"#), "{answer}");
    drop(probe);
    assert_eq!(server.ended().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_request_that_does_not_end_is_waited_for_as_long_as_is_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start_with(folder.path(), &["--set", "http.shutdown=1", "--set", "http.body_deadline=3600"]);
    let mut request = begin_request(&server);
    let begin = Instant::now();
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
    let took = begin.elapsed();
    assert!(took >= Duration::from_secs(1), "not waited for: {took:?}");
    assert!(took < HttpSettings::default().shutdown, "as long as by default: {took:?}");
    let mut answer = Vec::new();
    // Nothing, or the news that the connection is gone.
    let _ = request.read_to_end(&mut answer);
    assert_eq!(String::from_utf8_lossy(&answer), "");
}

async fn status(server: &Process, path: &str) -> u16 {
    let answer = reqwest::get(server.at(path)).await.expect("an answer");
    answer.status().as_u16()
}

const SUMMARY: &str = r#"{ topic(slug: "safety") { name summary } }"#;

#[tokio::test]
async fn without_its_file_the_server_is_not_ready_and_goes_on_as_far_as_it_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), "off");
    assert_eq!(status(&server, "/readyz").await, 200);
    for name in ["grounds.db", "grounds.db-wal", "grounds.db-shm"] {
        std::fs::remove_file(folder.path().join(name)).expect("the server has made it");
    }
    assert_eq!(status(&server, "/readyz").await, 503);
    assert_eq!(status(&server, "/healthz").await, 200);
    // What is in memory is answered; what is not, too, or it is said that it cannot be.
    assert_eq!(server.data(r#"{ topic(slug: "safety") { slug } }"#).await["topic"]["slug"], "safety");
    let answer = server.ask(&json!({ "query": SUMMARY })).await;
    let is_refused = answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE";
    assert!(is_refused || answer["data"]["topic"]["summary"].is_string(), "{answer}");
}

#[tokio::test]
async fn reads_go_on_while_another_process_holds_the_lock() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), "off");
    let url = format!("sqlite:{}", folder.path().join("grounds.db").display());
    let mut other = SqliteConnection::connect(&url).await.expect("the database is there");
    other.execute("BEGIN EXCLUSIVE").await.expect("SQL");
    other.execute("DELETE FROM alias").await.expect("SQL");
    let answer = server.ask(&json!({ "query": SUMMARY })).await;
    assert!(answer["data"]["topic"]["summary"].is_string() && answer.get("errors").is_none(), "{answer}");
    assert_eq!(status(&server, "/readyz").await, 200);
    other.execute("ROLLBACK").await.expect("SQL");
}

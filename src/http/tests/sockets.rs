//! Over real sockets: bodies that come slowly, in pieces or without end; what happens to the connection afterwards.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use actix_web::rt::task::{spawn_blocking, yield_now};

use super::served::Server;
use crate::http::HttpSettings;

/// Serves the stub with small bodies, runs `client` on a thread of its own, stops the server.
async fn with_server<T: Send + 'static>(client: impl FnOnce(SocketAddr) -> T + Send + 'static) -> T {
    with_settings(HttpSettings { body_max_bytes: 1_000, ..HttpSettings::default() }, client).await
}

/// As [`with_server`], with these settings and one worker.
pub(super) async fn with_settings<T: Send + 'static>(
    settings: HttpSettings,
    client: impl FnOnce(SocketAddr) -> T + Send + 'static,
) -> T {
    let server = Server::with(settings);
    let address = server.address;
    let answer = spawn_blocking(move || client(address)).await.expect("the client is content");
    server.stop().await;
    answer
}

pub(super) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    // So that a server that says nothing fails the test instead of holding it up.
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
    stream
}

const HEAD: &str = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
const QUERY: &str = r#"{"query": "{ __typename }"}"#;

/// One answer, read to the end of its body.
pub(super) fn answer(stream: &mut impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 1_024];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
            if body.len() >= length.parse::<usize>().expect("a number") {
                return text.into_owned();
            }
        }
        let n = stream.read(&mut piece).expect("the server answers");
        assert!(n > 0, "the server closed the connection: {text}");
        bytes.extend_from_slice(&piece[..n]);
    }
}

fn request(query: &str) -> String {
    let body = format!(r#"{{"query": "{query}"}}"#);
    format!("{HEAD}content-length: {}\r\n\r\n{body}", body.len())
}

#[actix_web::test]
async fn a_body_may_come_in_chunks() {
    let answer = with_server(|address| {
        let mut stream = connect(address);
        write!(stream, "{HEAD}transfer-encoding: chunked\r\n\r\n").expect("the server reads");
        for piece in QUERY.as_bytes().chunks(5) {
            write!(stream, "{:x}\r\n{}\r\n", piece.len(), String::from_utf8_lossy(piece)).expect("the server reads");
        }
        write!(stream, "0\r\n\r\n").expect("the server reads");
        answer(&mut stream)
    });
    let answer = answer.await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"data":{"__typename":"Query"}}"#), "{answer}");
}

#[actix_web::test]
async fn a_body_without_end_is_refused_before_its_end() {
    let answer = with_server(|address| {
        let mut stream = connect(address);
        write!(stream, "{HEAD}transfer-encoding: chunked\r\n\r\n").expect("the server reads");
        for _ in 0..11 {
            write!(stream, "64\r\n{}\r\n", " ".repeat(100)).expect("the server reads");
        }
        // No last chunk: the server answers while the client would still send.
        answer(&mut stream)
    });
    let answer = answer.await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("BODY_TOO_LARGE"), "{answer}");
}

#[actix_web::test]
async fn a_body_that_is_announced_too_large_is_refused_before_its_first_byte() {
    let answers = with_server(|address| {
        ["1001", "9999999999999999999"].map(|length| {
            let mut stream = connect(address);
            write!(stream, "{HEAD}content-length: {length}\r\n\r\n").expect("the server reads");
            (answer(&mut stream), format!(r#""limit":"body_max_bytes","max":1000,"actual":{length}"#))
        })
    });
    for (answer, limit) in answers.await {
        assert!(answer.starts_with("HTTP/1.1 413") && answer.contains(&limit), "{answer}");
    }
}

#[actix_web::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let settings = HttpSettings { body_deadline: Duration::from_millis(100), ..HttpSettings::default() };
    let answer = with_settings(settings, |address| {
        let mut stream = connect(address);
        write!(stream, "{HEAD}content-length: 100\r\n\r\n{{").expect("the server reads");
        answer(&mut stream)
    });
    let answer = answer.await;
    let limit = r#""code":"REQUEST_TIMEOUT","limit":"body_deadline","max":100"#;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains(limit), "{answer}");
}

#[actix_web::test]
async fn a_panic_or_a_refusal_leaves_the_connection_usable() {
    let answers = with_server(|address| {
        let mut stream = connect(address);
        ["{ broken }", "{ endless }", "{ nothing }", "{ __typename }"].map(|query| {
            stream.write_all(request(query).as_bytes()).expect("the connection is open");
            answer(&mut stream)
        })
    });
    let statuses = answers.await.map(|answer| answer[9..12].to_owned());
    assert_eq!(statuses, ["500", "504", "400", "200"]);
}

#[actix_web::test]
async fn many_attacks_leave_the_server_alive() {
    let answers = with_server(|address| {
        let deep = |open: &str| format!("{{echo(text:{}", open.repeat(900 / open.len()));
        [deep("["), deep("{a:"), "{a".repeat(450), "(".repeat(900)].map(|query| {
            let mut stream = connect(address);
            stream.write_all(request(&query).as_bytes()).expect("the server reads");
            answer(&mut stream)
        })
    });
    for answer in answers.await {
        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("LIMIT_EXCEEDED"), "{answer}");
    }
}

#[actix_web::test]
async fn a_request_in_flight_is_finished_when_the_server_stops() {
    let server = Server::with(HttpSettings::default());
    let address = server.address;
    let mut stream = spawn_blocking(move || {
        let mut stream = connect(address);
        write!(stream, "{HEAD}expect: 100-continue\r\ncontent-length: {}\r\n\r\n", QUERY.len()).expect("a head");
        let mut go_on = [0; 25];
        stream.read_exact(&mut go_on).expect("the server wants the body");
        assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream
    })
    .await
    .expect("the client is content");
    // The server is waiting for the body when it is told to stop.
    let stopping = actix_web::rt::spawn(server.stop());
    yield_now().await;
    let answer = spawn_blocking(move || {
        stream.write_all(QUERY.as_bytes()).expect("the server still reads");
        answer(&mut stream)
    });

    stopping.await.expect("the server stops");
    let answer = answer.await.expect("the client is content");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"data":{"__typename":"Query"}}"#), "{answer}");
}

//! Clients that are slow, and heads that are long, over real sockets.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::sockets::{answer, connect, with_settings};
use crate::http::HttpSettings;

const SOON: Duration = Duration::from_millis(100);

/// That since `start` not half as much time has passed as would have with `default`: a setting that is not obeyed shows.
pub(super) fn assert_long_before(default: Duration, start: Instant) {
    let took = start.elapsed();
    assert!(took < default / 2, "{took:?}, of {default:?} by default");
}

/// All that comes until the server closes the connection; fails when it does not.
pub(super) fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the server left the connection open: {error}"),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[actix_web::test]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let settings = HttpSettings { head_deadline: SOON, ..HttpSettings::default() };
    let answers = with_settings(settings, |address| {
        ["GET /healthz HTTP/1.1\r\nhost: x\r\n", "G"].map(|part| {
            let mut stream = connect(address);
            let start = Instant::now();
            stream.write_all(part.as_bytes()).expect("the server reads");
            let answer = rest(&mut stream);
            assert_long_before(HttpSettings::default().head_deadline, start);
            answer
        })
    });
    for answer in answers.await {
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer:?}");
    }
}

#[actix_web::test]
async fn a_silent_connection_is_closed() {
    let settings = HttpSettings { keep_alive: SOON, ..HttpSettings::default() };
    let answers = with_settings(settings, |address| {
        let mut stream = connect(address);
        write!(stream, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").expect("the server reads");
        let first = answer(&mut stream);
        let start = Instant::now();
        let rest = rest(&mut stream);
        assert_long_before(HttpSettings::default().keep_alive, start);
        (first, rest)
    });
    let (first, rest) = answers.await;
    assert!(first.starts_with("HTTP/1.1 200") && rest.is_empty(), "{first:?} {rest:?}");
}

#[actix_web::test]
async fn a_long_head_is_refused() {
    let answers = with_settings(HttpSettings::default(), |address| {
        [33_000, 200_000].map(|n_bytes| {
            let mut stream = connect(address);
            let long = "x".repeat(n_bytes);
            // The server need not take it all.
            let _ = write!(stream, "GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: {long}\r\n\r\n");
            let mut head = [0; 12];
            stream.read_exact(&mut head).expect("the server answers");
            String::from_utf8_lossy(&head).into_owned()
        })
    });
    assert_eq!(answers.await, ["HTTP/1.1 431", "HTTP/1.1 431"]);
}

/// Who does not send is not told that the connection is gone, so this client sends until it hears so: empty lines, which
/// may stand before a request.
#[actix_web::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let settings = HttpSettings {
        unread_deadline: SOON,
        body_max_bytes: 2_000_000,
        // Nothing else may be what ends it.
        keep_alive: Duration::from_mins(10),
        ..HttpSettings::default()
    };
    let end = with_settings(settings, |address| {
        let mut stream = connect(address);
        let fields: Vec<_> = (0..20).map(|n| format!("a{n}: echo(text: $t)")).collect();
        let fields = fields.join(" ");
        let text = "x".repeat(1_000_000);
        let body = format!(r#"{{"query": "query($t: String!) {{{fields} }}", "variables": {{"t": "{text}"}}}}"#);
        let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        let start = Instant::now();
        loop {
            assert_long_before(HttpSettings::default().unread_deadline, start);
            match stream.write_all(b"\n") {
                Ok(()) => std::thread::sleep(Duration::from_millis(20)),
                Err(error) => return error.kind(),
            }
        }
    });
    let end = end.await;
    assert!(matches!(end, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{end:?}");
}

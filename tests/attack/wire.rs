//! Connections: slow, endless, half closed, one request after the other without waiting, no HTTP at all.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::target::{Answer, PATIENCE, Target};

const BODY: &str = r#"{"query": "{ __typename }"}"#;

/// The deadlines of a head and of a body, with what a busy machine needs on top.
const HEAD: Duration = Duration::from_secs(5 + 5);
const BODY_AND_HEAD: Duration = Duration::from_secs(10 + 5);
/// When a connection is given up as one that stays open.
const FOR_EVER: Duration = Duration::from_secs(30);

async fn connect(target: &Target) -> TcpStream {
    target.count("connections", 1);
    TcpStream::connect(target.address()).await.unwrap_or_else(|_| target.is_gone("a connection"))
}

fn post(headers: &str, body: &str) -> String {
    format!("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{headers}\r\n{body}")
}

fn whole() -> String {
    post(&format!("content-length: {}\r\n", BODY.len()), BODY)
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")
}

/// Everything until the server closes; what was read so far when it does not.
async fn read_all(stream: &mut TcpStream, within: Duration) -> (String, bool) {
    let mut bytes = Vec::new();
    let mut piece = vec![0; 16 * 1024];
    let closed = timeout(within, async {
        // A reset is an end, too.
        while let Ok(n @ 1..) = stream.read(&mut piece).await {
            bytes.extend_from_slice(&piece[..n]);
        }
    });
    let closed = closed.await.is_ok();
    (String::from_utf8_lossy(&bytes).into_owned(), closed)
}

/// Heads and bodies that do not come: each is given up at its deadline, and the connection closed.
pub(super) async fn slow(target: &Target) {
    let beginnings = [
        ("nothing", String::new(), HEAD),
        ("half a line", "POST /gra".to_owned(), HEAD),
        ("half a head", "POST /graphql HTTP/1.1\r\nhost: x\r\n".to_owned(), HEAD),
        ("half a body", post("content-length: 100\r\n", "{\"que"), BODY_AND_HEAD),
        ("half a chunk", post("transfer-encoding: chunked\r\n", "64\r\n{\"que"), BODY_AND_HEAD),
    ];
    let attacks = beginnings.map(async |(what, beginning, within)| {
        let mut stream = connect(target).await;
        let start = Instant::now();
        stream.write_all(beginning.as_bytes()).await.expect("the server reads");
        // It may be closed a little later, so that the client can read why.
        let gave_up = timeout(FOR_EVER, stream.readable()).await.is_ok();
        let took = start.elapsed();
        let (text, closed) = read_all(&mut stream, FOR_EVER).await;
        if !(gave_up && closed) || took > within {
            target.wrong(format!("{what}: closed {closed}, given up after {took:?} with {text:.300}"));
        }
        if !text.is_empty() && statuses(&text) != [408] {
            target.wrong(format!("{what}: {text:.300}"));
        }
        judge(target, what, &text, Duration::ZERO);
    });
    let drip = async {
        // A byte now and then does not put the deadline off.
        let mut stream = connect(target).await;
        let start = Instant::now();
        let mut ticks = tokio::time::interval(Duration::from_millis(250));
        for byte in whole().bytes().cycle().take(usize::try_from(HEAD.as_millis() / 250).expect("a few")) {
            ticks.tick().await;
            let byte = if byte == b'\n' { b'x' } else { byte };
            if stream.write_all(&[byte]).await.is_err() {
                return;
            }
            let mut byte = [0];
            if stream.try_read(&mut byte).is_ok() {
                return;
            }
        }
        target.wrong(format!("a head that drips: still open after {:?}", start.elapsed()));
    };
    tokio::join!(futures_util::future::join_all(attacks), drip);
}

pub(super) async fn quick(target: &Target) {
    let length = BODY.len();
    let cases = [
        ("no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\u{fc}\x03\x03".repeat(10)),
        ("blank lines", "\r\n".repeat(2_000)),
        ("a method that is none", "\u{1}\u{2} / HTTP/1.1\r\n\r\n".to_owned()),
        ("HTTP/9.9", whole().replace("HTTP/1.1", "HTTP/9.9")),
        ("HTTP/0.9", "GET /graphql\r\n\r\n".to_owned()),
        ("HTTP/2 by itself", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned() + &"\0".repeat(100)),
        ("no host", whole().replace("host: x\r\n", "")),
        ("two lengths", post(&format!("content-length: {length}\r\ncontent-length: 5\r\n"), BODY)),
        (
            "a length and chunks",
            post(&format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n"), "0\r\n\r\n"),
        ),
        ("a negative length", post("content-length: -1\r\n", BODY)),
        ("a length that is none", post("content-length: +0x1b\r\n", BODY)),
        ("a length past all numbers", post("content-length: 99999999999999999999999\r\n", BODY)),
        ("a length of 2^62", post("content-length: 4611686018427387904\r\n", BODY)),
        ("a chunk past all numbers", post("transfer-encoding: chunked\r\n", "fffffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("a chunk that is none", post("transfer-encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")),
        ("an encoding of transfer that is none", post("transfer-encoding: gzip, chunked\r\n", "0\r\n\r\n")),
        ("a header without end", format!("GET /graphql HTTP/1.1\r\nhost: x\r\nx: {}", "x".repeat(500_000))),
        ("10,000 headers", format!("GET /graphql HTTP/1.1\r\nhost: x\r\n{}\r\n", "x: y\r\n".repeat(10_000))),
        (
            "an address of 200,000 bytes",
            format!("GET /graphql?query={} HTTP/1.1\r\nhost: x\r\n\r\n", "x".repeat(200_000)),
        ),
        (
            "a header with control characters",
            "GET /graphql HTTP/1.1\r\nhost: x\r\nx: \u{0}\u{1}\u{1b}[31m\r\n\r\n".to_owned(),
        ),
        ("a line that is folded", "GET /graphql HTTP/1.1\r\nhost: x\r\n y: z\r\n\r\n".to_owned()),
        ("a body that is too long for its length", format!("{}{}", whole(), "junk".repeat(1_000))),
        // Clients put such addresses in order before they send them.
        ("a way out of the folder", get("/../../../../etc/passwd")),
        ("a way out of the folder of the page", get("/assets/../../Cargo.toml")),
        ("a way out and in again", get("/graphql/../graphql?query=%7B__typename%7D")),
        ("a way from the figures", get("/metrics/../graphql")),
        ("a way from the schema", get("/schema.graphql/..")),
        ("an address that is a whole one", get("http://example.org/graphql?query=%7B__typename%7D")),
        ("an address with NUL", get("/graphql\0")),
        ("no address", get("")),
        ("an upgrade to nothing", whole().replace("host: x\r\n", "host: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n")),
    ];
    for (what, bytes) in cases {
        let mut stream = connect(target).await;
        let start = Instant::now();
        // The server may close while this is still being sent.
        let _ = stream.write_all(bytes.as_bytes()).await;
        let _ = stream.shutdown().await;
        let (text, closed) = read_all(&mut stream, FOR_EVER).await;
        if !closed {
            target.wrong(format!("{what}: still open"));
        }
        judge(target, what, &text, start.elapsed());
        target.assert_well(what).await;
    }
    half_closed(target).await;
    pipelined(target).await;
    endless(target).await;
    abandoned(target).await;
}

/// A client that has said all that it wants still gets its answer, and the connection does not stay.
async fn half_closed(target: &Target) {
    let mut stream = connect(target).await;
    stream.write_all(whole().as_bytes()).await.expect("the server reads");
    stream.shutdown().await.expect("the own half can be closed");
    let (text, closed) = read_all(&mut stream, FOR_EVER).await;
    if !closed || statuses(&text) != [200] || !text.contains(r#"{"data":{"__typename":"Query"},"#) {
        target.wrong(format!("half closed: {closed} {text:.300}"));
    }
}

/// Two hundred requests without waiting for an answer get two hundred answers, in order.
async fn pipelined(target: &Target) {
    const N: usize = 200;
    let mut stream = connect(target).await;
    let last = whole().replace("host: x\r\n", "host: x\r\nconnection: close\r\n");
    let requests = whole().repeat(N - 1) + &last;
    let (mut reading, mut writing) = stream.split();
    let mut text = String::new();
    let both = async { tokio::join!(writing.write_all(requests.as_bytes()), reading.read_to_string(&mut text)) };
    if timeout(FOR_EVER, both).await.is_err() {
        target.wrong("pipelined requests: not all were answered".to_owned());
    }
    let n = text.matches(r#"{"data":{"__typename":"Query"},"#).count();
    if n != N {
        target.wrong(format!("{N} pipelined requests got {n} answers"));
    }
}

/// A body in chunks that never end is refused once it is too long.
async fn endless(target: &Target) {
    let mut stream = connect(target).await;
    let start = Instant::now();
    stream.write_all(post("transfer-encoding: chunked\r\n", "").as_bytes()).await.expect("the server reads");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let (mut reading, mut writing) = stream.split();
    let mut text = vec![0; 4_096];
    let sent = async {
        for n in 0..200_u32 {
            if writing.write_all(chunk.as_bytes()).await.is_err() {
                return n;
            }
        }
        200
    };
    let answered = timeout(FOR_EVER, async { tokio::join!(sent, reading.read(&mut text)) }).await;
    match answered {
        Ok((_, Ok(n))) => {
            let text = String::from_utf8_lossy(&text[..n]);
            if statuses(&text) != [413] {
                target.wrong(format!("an endless body: {text:.300}"));
            }
            judge(target, "an endless body", &text, start.elapsed());
        }
        Ok((_, Err(error))) => target.wrong(format!("an endless body is not answered: {error}")),
        Err(_) => target.wrong("an endless body is read without end".to_owned()),
    }
}

/// Clients that ask and go away without reading leave nothing behind.
async fn abandoned(target: &Target) {
    let query = r#"{"query": "{ laws(first: 100) { nodes { supporters(first: 20) { nodes { summary } } } } }"}"#;
    let n_files = target.n_files();
    for _ in 0..50 {
        let mut stream = connect(target).await;
        stream
            .write_all(post(&format!("content-length: {}\r\n", query.len()), query).as_bytes())
            .await
            .expect("the server reads");
    }
    target.assert_well("clients that went away").await;
    target.assert_left_behind_nothing("clients that went away", n_files).await;
}

/// The statuses of the answers in a text.
fn statuses(text: &str) -> Vec<u16> {
    text.split("HTTP/1.").skip(1).map(|answer| answer.get(2..5).and_then(|it| it.parse().ok()).unwrap_or(0)).collect()
}

/// What came on the wire: each answer, of which the last may be cut short, and how long it took until the end.
fn judge(target: &Target, what: &str, text: &str, took: Duration) {
    if took > PATIENCE {
        target.wrong(format!("{what}: took {took:?}"));
    }
    for (answer, status) in text.split("HTTP/1.").skip(1).zip(statuses(text)) {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
        target.judge_text(what, &Answer { status: 0, text: head.to_owned() });
        if status >= 500 {
            target.wrong(format!("{what}: {answer:.300}"));
        }
        // The library refuses what is no HTTP without a body.
        if !body.is_empty() {
            target.judge_text(what, &Answer { status, text: body.to_owned() });
        }
    }
}

//! `WebSockets` (graphql-transport-ws): frames that are huge, endless or none, messages in the wrong order, too many
//! operations. Written byte by byte, since no client library would send them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::arguments;
use super::schema::Schema;
use super::target::{Answer, PATIENCE, Target};

/// What an attack must come to.
enum Fate {
    /// The connection is closed, if with a code then with one of these: who still sends while it is closed may not hear it.
    Cut(&'static [u16]),
    /// The connection is closed with this code.
    Closed(u16),
    /// Closed, whatever the code, or left open: as long as the server is well.
    Any,
    /// A message has this in it.
    Says(&'static str),
}

use Fate::{Any, Closed, Cut, Says};

/// What it is, whether the connection is initialised first, what is sent, and what must come of it.
type Case = (&'static str, bool, Vec<u8>, Fate);

const TEXT: u8 = 0x1;
const CONTINUATION: u8 = 0x0;
const PING: u8 = 0x9;
const CLOSE: u8 = 0x8;
const FIN: u8 = 0x80;

/// Runs one operation over a socket of its own; `variables` as they are written. The answer is that of the last message,
/// empty where the server closes the connection for a message that is none.
pub(super) async fn ask(target: &Target, what: &str, query: &str, variables: &str) -> Answer {
    ask_with(target, what, &format!(r#"{{"query":{},"variables":{variables}}}"#, json!(query))).await
}

/// The same with a payload as it is written.
pub(super) async fn ask_with(target: &Target, what: &str, payload: &str) -> Answer {
    let mut socket = Socket::open(target).await;
    socket.send(&message(&json!({ "type": "connection_init" }))).await;
    let start = Instant::now();
    let subscribe = format!(r#"{{"type":"subscribe","id":"1","payload":{payload}}}"#);
    socket.send(&frame(FIN | TEXT, subscribe.as_bytes())).await;
    let has_ended = |text: &str| ["complete", "error"].iter().any(|end| text.contains(&format!(r#""type":"{end}""#)));
    while !socket.closed && !has_ended(&socket.text) && start.elapsed() < PATIENCE * 6 {
        socket.until(|socket| has_ended(&socket.text)).await;
    }
    let took = start.elapsed();
    if !has_ended(&socket.text) && !socket.code.is_some_and(|code| [4400, 1009].contains(&code)) {
        target.wrong(format!("{what}: closed {} with {:?}: {:.300}", socket.closed, socket.code, socket.text));
    }
    let messages = serde_json::Deserializer::from_str(&socket.text).into_iter::<Value>().map_while(Result::ok);
    let text = messages.fold(String::new(), |text, mut message| match message["type"].as_str() {
        Some("next") => message["payload"].take().to_string(),
        Some("error") => json!({ "errors": message["payload"].take() }).to_string(),
        _ => text,
    });
    let answer = Answer { status: 101, text };
    target.judge(what, &answer, took);
    answer
}

pub(super) async fn attack(target: &Target, schema: &Schema) {
    subscriptions(target, schema).await;
    for (what, init, bytes, fate) in frames().into_iter().chain(messages()) {
        let mut socket = Socket::open(target).await;
        if init {
            socket.send(&message(&json!({ "type": "connection_init" }))).await;
            socket.until(|socket| socket.text.contains("connection_ack")).await;
            if !socket.text.contains("connection_ack") {
                target.wrong(format!("{what}: no connection_ack but {:.200}", socket.text));
            }
        }
        let start = Instant::now();
        socket.send(&bytes).await;
        match fate {
            Cut(codes) => {
                socket.until(|socket| socket.closed).await;
                if !socket.closed || socket.code.is_some_and(|code| !codes.contains(&code)) {
                    target.wrong(format!("{what}: closed {} with {:?}, not {codes:?}", socket.closed, socket.code));
                }
            }
            Closed(code) => {
                socket.until(|socket| socket.closed).await;
                if socket.code != Some(code) {
                    target.wrong(format!("{what}: closed {} with {:?}, not {code}", socket.closed, socket.code));
                }
            }
            Says(words) => {
                socket.until(|socket| socket.text.contains(words)).await;
                if !socket.text.contains(words) {
                    target.wrong(format!("{what}: {words} is not said but {:.300} {:?}", socket.text, socket.code));
                }
            }
            Any => socket.until(|_| false).await,
        }
        let took = if matches!(fate, Any) { Duration::ZERO } else { start.elapsed() };
        target.judge(what, &Answer { status: 101, text: socket.text }, took);
        target.count("sockets", 1);
        target.assert_well(what).await;
    }
    silent(target).await;
    many(target).await;
}

struct Socket {
    stream: TcpStream,
    /// Bytes that are no whole frame yet.
    bytes: Vec<u8>,
    /// All messages.
    text: String,
    closed: bool,
    code: Option<u16>,
}

impl Socket {
    async fn open(target: &Target) -> Self {
        let mut stream = TcpStream::connect(target.address()).await.unwrap_or_else(|_| target.is_gone("a connection"));
        let head = format!(
            "GET /graphql HTTP/1.1\r\nhost: {}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n",
            target.address()
        );
        stream.write_all(head.as_bytes()).await.expect("the server reads");
        let mut socket = Self { stream, bytes: Vec::new(), text: String::new(), closed: false, code: None };
        let answer = timeout(PATIENCE, async {
            while !socket.bytes.windows(4).any(|four| four == b"\r\n\r\n") && socket.read().await {}
        });
        answer.await.expect("a handshake is answered");
        let end = socket.bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
        let head: Vec<u8> = socket.bytes.drain(..end).collect();
        if !head.starts_with(b"HTTP/1.1 101") {
            target.wrong(format!("no WebSocket: {:.200}", String::from_utf8_lossy(&head)));
        }
        socket
    }

    /// Sends, as far as the server takes it; it may close before all is sent.
    async fn send(&mut self, bytes: &[u8]) {
        let (mut reading, mut writing) = self.stream.split();
        let mut heard = Vec::new();
        // What the server says meanwhile is read, so that it is not the server that waits.
        tokio::select! {
            _ = timeout(PATIENCE, writing.write_all(bytes)) => {}
            () = async { while reading.read_buf(&mut heard).await.is_ok_and(|n| n > 0) {} } => self.closed = true,
        }
        self.bytes.extend(heard);
        self.understand();
    }

    /// Whether there was something to read.
    async fn read(&mut self) -> bool {
        self.stream.read_buf(&mut self.bytes).await.is_ok_and(|n| n > 0)
    }

    /// Reads until something holds or the server closes; at most two seconds where nothing more is said.
    async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        self.understand();
        while !self.closed && !holds(self) {
            match timeout(PATIENCE.min(Duration::from_secs(2)), self.read()).await {
                Ok(true) => self.understand(),
                Ok(false) => self.closed = true,
                Err(_) => return,
            }
        }
    }

    /// Takes whole frames out of the bytes.
    fn understand(&mut self) {
        while let [first, second, rest @ ..] = &self.bytes[..] {
            let opcode = first & 0xf;
            let (length, begin) = match (second & 0x7f, rest) {
                (126, [a, b, ..]) => (usize::from(u16::from_be_bytes([*a, *b])), 4),
                (127, [_, _, _, _, a, b, c, d, ..]) => (u32::from_be_bytes([*a, *b, *c, *d]) as usize, 10),
                (126 | 127, _) => return,
                (length, _) => (usize::from(length), 2),
            };
            let Some(payload) = self.bytes.get(begin..begin + length) else { return };
            match (opcode, payload) {
                (CLOSE, payload) => {
                    self.closed = true;
                    if let [a, b, reason @ ..] = payload {
                        self.code = Some(u16::from_be_bytes([*a, *b]));
                        self.text += &String::from_utf8_lossy(reason);
                    }
                }
                (TEXT | CONTINUATION, payload) => self.text += &String::from_utf8_lossy(payload),
                _ => {}
            }
            self.bytes.drain(..begin + length);
        }
    }
}

/// A frame as clients send it, masked.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [1, 2, 3, 4];
    let mut bytes = vec![first];
    match payload.len() {
        n @ 0..=125 => bytes.push(0x80 | u8::try_from(n).expect("small")),
        n @ 126..=0xffff => {
            bytes.push(0x80 | 0x7e);
            bytes.extend(u16::try_from(n).expect("small").to_be_bytes());
        }
        n => {
            bytes.push(0x80 | 0x7f);
            bytes.extend((n as u64).to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

fn message(value: &Value) -> Vec<u8> {
    frame(FIN | TEXT, value.to_string().as_bytes())
}

fn subscribe(id: &str, query: &str) -> Vec<u8> {
    message(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } }))
}

fn frames() -> Vec<Case> {
    let header_of_a_tebibyte = [&[FIN | TEXT, 0x80 | 0x7f][..], &(1_u64 << 40).to_be_bytes(), &[0; 4]].concat();
    let header_past_all = [&[FIN | TEXT, 0x80 | 0x7f][..], &[0xff; 8], &[0; 4]].concat();
    let pieces = [frame(TEXT, &[b' '; 1_000]), frame(CONTINUATION, &[b' '; 1_000]).repeat(5_000)].concat();
    let empty_pieces = [frame(TEXT, b""), frame(CONTINUATION, b"").repeat(100_000)].concat();
    let unmasked = b"\x81\x1a{\"type\":\"connection_init\"}".to_vec();
    vec![
        (
            "a frame of a tebibyte",
            true,
            [header_of_a_tebibyte, vec![b' '; 2_000_000]].concat(),
            Cut(&[1002, 1009, 4400]),
        ),
        ("a frame past all numbers", true, [header_past_all, vec![b' '; 200_000]].concat(), Cut(&[1002, 1009, 4400])),
        ("a message of five megabytes in pieces", true, pieces, Cut(&[1002, 1009, 4400])),
        ("a message of pieces of nothing", true, empty_pieces, Any),
        ("a message of 200 kilobytes", true, frame(FIN | TEXT, &[b' '; 200_000]), Cut(&[1002, 1009, 4400])),
        ("a frame without a mask", false, unmasked, Cut(&[1002, 1007, 4400])),
        ("a frame of no kind", true, frame(FIN | 0x3, b"x"), Cut(&[1002, 1003, 4400])),
        ("a frame with reserved bits", true, frame(FIN | 0x70 | TEXT, b"{}"), Cut(&[1002, 1007, 4400])),
        ("a continuation of nothing", true, frame(FIN | CONTINUATION, b"{}"), Cut(&[1002, 4400])),
        ("a ping in pieces", true, frame(PING, b"x"), Cut(&[1002, 4400])),
        ("a ping of 1,000 bytes", true, frame(FIN | PING, &[b'x'; 1_000]), Cut(&[1002, 1009, 4400])),
        ("20,000 pings", true, frame(FIN | PING, b"x").repeat(20_000), Any),
        ("a message that is not UTF-8", true, frame(FIN | TEXT, b"{\"type\": \"\xff\"}"), Cut(&[1002, 1007, 4400])),
        ("a message in bytes", true, frame(FIN | 0x2, b"{\"type\": \"ping\"}"), Any),
        ("a close of one byte", true, frame(FIN | CLOSE, b"x"), Any),
        ("a close with a code that is none", true, frame(FIN | CLOSE, &1005_u16.to_be_bytes()), Any),
        ("half a frame", true, vec![FIN | TEXT, 0x80 | 0x64, 1], Any),
    ]
}

fn messages() -> Vec<Case> {
    let text = |text: &str| frame(FIN | TEXT, text.as_bytes());
    let deep = format!("subscription {{ graphChanged(since: {}) {{ version }} }}", "[".repeat(2_000));
    let doubled = (1..26).map(|i| format!("fragment f{i} on Query {{ ...f{0} ...f{0} }} ", i - 1));
    let doubling = doubled.collect::<Vec<_>>().concat();
    let doubling = format!("{{ ...f25 }} fragment f0 on Query {{ __typename }} {doubling}");
    let same_id = subscribe("1", "subscription { graphChanged { version } }").repeat(2);
    let many: Vec<u8> =
        (0..60).flat_map(|i| subscribe(&i.to_string(), "subscription { graphChanged { version } }")).collect();
    let queries: Vec<u8> =
        (0..40).flat_map(|i| subscribe(&i.to_string(), "{ laws(first: 100) { totalCount } }")).collect();
    let deep_json = format!(
        r#"{{"type": "subscribe", "id": "1", "payload": {{"query": "{{ __typename }}", "variables": {}1{}}}}}"#,
        "{\"a\":".repeat(1_000),
        "}".repeat(1_000)
    );
    vec![
        ("no JSON", true, text("nothing"), Closed(4400)),
        ("an empty message", true, text(""), Closed(4400)),
        ("a list", true, text("[]"), Closed(4400)),
        ("a message of no type", true, text("{}"), Closed(4400)),
        ("a message of an unknown type", true, text(r#"{"type": "start", "id": "1"}"#), Closed(4400)),
        ("deep JSON", true, text(&deep_json), Says("LIMIT_EXCEEDED")),
        (
            "a subscription without a query",
            true,
            text(r#"{"type": "subscribe", "id": "1", "payload": {}}"#),
            Closed(4400),
        ),
        (
            "a subscription without an id",
            true,
            text(r#"{"type": "subscribe", "payload": {"query": "{ __typename }"}}"#),
            Closed(4400),
        ),
        ("a subscription too early", false, subscribe("1", "{ __typename }"), Closed(4401)),
        ("a second init", true, message(&json!({ "type": "connection_init" })), Closed(4429)),
        ("100 inits", false, message(&json!({ "type": "connection_init" })).repeat(100), Closed(4429)),
        ("an id twice", true, same_id, Closed(4409)),
        ("60 operations", true, many, Closed(4429)),
        ("40 queries", true, queries, Says("complete")),
        ("lists that are never closed", true, subscribe("1", &deep), Says("LIMIT_EXCEEDED")),
        ("fragments that double", true, subscribe("1", &doubling), Says("LIMIT_EXCEEDED")),
        ("a mutation", true, subscribe("1", "mutation { write }"), Says("GRAPHQL_VALIDATION_FAILED")),
        ("an unknown field", true, subscribe("1", "subscription { nothing }"), Says("GRAPHQL_VALIDATION_FAILED")),
        ("the end of what never began", true, text(r#"{"type": "complete", "id": "7"}"#), Any),
        ("20,000 ends", true, text(r#"{"type": "complete", "id": "7"}"#).repeat(20_000), Any),
        ("20,000 pings of the protocol", true, text(r#"{"type": "ping"}"#).repeat(20_000), Any),
    ]
}

/// Every argument of every subscription with values that mean no good: each is refused or begins, and ends when told.
async fn subscriptions(target: &Target, schema: &Schema) {
    let payloads = arguments::subscriptions(schema);
    assert!(payloads.len() >= 100, "only {} subscriptions were made", payloads.len());
    for (i, payload) in payloads.iter().enumerate() {
        let mut socket = Socket::open(target).await;
        let start = Instant::now();
        let what = format!("the subscription {payload:.150}");
        socket.send(&message(&json!({ "type": "connection_init" }))).await;
        let subscribe = format!(r#"{{"type": "subscribe", "id": "{i}", "payload": {payload}}}"#);
        socket.send(&frame(FIN | TEXT, subscribe.as_bytes())).await;
        socket.send(&message(&json!({ "type": "complete", "id": i.to_string() }))).await;
        socket.send(&message(&json!({ "type": "ping" }))).await;
        // JSON that is none closes the connection, and a message that is too long does.
        socket.until(|socket| socket.text.contains("\"pong\"")).await;
        if !socket.closed && !socket.text.contains("\"pong\"")
            || socket.code.is_some_and(|code| ![4400, 1009].contains(&code))
        {
            target.wrong(format!("{what}: {:?} {:.300}", socket.code, socket.text));
        }
        target.judge(&what, &Answer { status: 101, text: socket.text }, start.elapsed());
        target.count("sockets", 1);
    }
    target.assert_well("subscriptions").await;
}

/// A socket that never says what it must is closed.
async fn silent(target: &Target) {
    let mut socket = Socket::open(target).await;
    // The deadline is five seconds; a busy machine may need more.
    let closed = timeout(Duration::from_secs(30), async {
        while !socket.closed && socket.read().await {
            socket.understand();
        }
    });
    if closed.await.is_err() || socket.code != Some(4408) {
        target.wrong(format!("a silent socket: closed {} with {:?}", socket.closed, socket.code));
    }
    target.count("sockets", 1);
}

/// Many at once, each left without a word.
async fn many(target: &Target) {
    for _ in 0..3 {
        let mut sockets = Vec::new();
        for _ in 0..50 {
            let mut socket = Socket::open(target).await;
            socket.send(&message(&json!({ "type": "connection_init" }))).await;
            socket.send(&subscribe("1", "subscription { graphChanged { version } }")).await;
            sockets.push(socket);
        }
        target.count("sockets", sockets.len());
        target.assert_well("50 sockets").await;
    }
    target.assert_left_behind_nothing("sockets that went away", None).await;
}

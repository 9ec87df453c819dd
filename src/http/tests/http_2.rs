//! HTTP/2: what a client may ask for, and what becomes of one that takes nothing.

use std::io::{ErrorKind, Read as _, Write as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use actix_web::rt::task::spawn_blocking;

use super::deadlines::assert_long_before;
use super::served::Server;
use super::sockets::with_settings;
use super::tls::{Tls, certificate, connect_tls};
use crate::http::{HttpSettings, LiveSettings};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const END_HEADERS: u8 = 0x04;
const END_STREAM: u8 = 0x01;
const GET: u8 = 0x82;
const POST: u8 = 0x83;
const STATUS_200: u8 = 0x88;

const SOON: Duration = Duration::from_millis(100);

/// A setting: no room for a byte of any answer.
const NO_ROOM: [u8; 6] = [0, 4, 0, 0, 0, 0];

/// Begins to speak HTTP/2, with the usual settings but for these.
fn begin(stream: &mut Tls, settings: &[u8]) {
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("the server reads");
    let length = u8::try_from(settings.len()).expect("short");
    stream.write_all(&[0, 0, length, 4, 0, 0, 0, 0, 0]).expect("the server reads");
    stream.write_all(settings).expect("the server reads");
}

/// Sends the headers of a request for `/graphql` or another path, `method` and https by their numbers in the table; the
/// body is yet to come unless `flags` say that this is the end.
fn send_headers(stream: &mut Tls, id: u8, flags: u8, method: u8, path: &str, accept: &str) {
    let text = |text: &str| [&[u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
    let headers = [
        vec![method, 0x87, 0x04],
        text(path),
        vec![0x01],
        text("localhost"),
        vec![0x0f, 0x10],
        text("application/json"),
        vec![0x0f, 0x04],
        text(accept),
    ];
    let headers = headers.concat();
    let length = u8::try_from(headers.len()).expect("short");
    stream.write_all(&[0, 0, length, HEADERS, flags, 0, 0, 0, id]).expect("the server reads");
    stream.write_all(&headers).expect("the server reads");
}

/// Sends the body of a request, and that this is the end.
fn send_body(stream: &mut Tls, id: u8, body: &str) {
    let length = u8::try_from(body.len()).expect("short");
    stream.write_all(&[0, 0, length, DATA, END_STREAM, 0, 0, 0, id]).expect("the server reads");
    stream.write_all(body.as_bytes()).expect("the server reads");
}

/// The flags and the content of the next frame of this type on this stream.
fn frame(stream: &mut Tls, frame_type: u8, id: u8) -> (u8, Vec<u8>) {
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).expect("the server answers");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut frame = vec![0; usize::try_from(length).expect("fits")];
        stream.read_exact(&mut frame).expect("the server answers");
        if (head[3], head[8]) == (frame_type, id) {
            return (head[4], frame);
        }
    }
}

/// Asks whether the server lives, which it does.
fn ask_for_health(stream: &mut Tls) {
    send_headers(stream, 1, END_HEADERS | END_STREAM, GET, "/healthz", "*/*");
    assert_eq!(frame(stream, HEADERS, 1).1[0], STATUS_200);
}

/// Reads until the server ends the connection; fails when it does not.
fn read_to_the_end(stream: &mut Tls) {
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        let is_end = matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset);
        assert!(is_end, "the server left the connection open: {error}");
    }
}

#[actix_web::test]
async fn it_is_agreed_on_and_spoken() {
    let (_folder, files, trusted) = certificate();
    let settings = HttpSettings { tls: Some(files), ..HttpSettings::default() };
    let protocol = with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2", "http/1.1"]);
        begin(&mut stream, &[]);
        ask_for_health(&mut stream);
        stream.conn.alpn_protocol().map(<[u8]>::to_vec)
    })
    .await;
    assert_eq!(protocol.as_deref(), Some(&b"h2"[..]));
}

#[actix_web::test]
async fn a_connection_has_so_many_requests_under_way_and_no_more() {
    let (_folder, files, trusted) = certificate();
    // What the others send is shorter.
    let settings = HttpSettings { tls: Some(files), streams_max: 2, head_max_bytes: 150, ..HttpSettings::default() };
    let ((flags, headers), first) = with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin(&mut stream, &[]);
        // Two whose bodies do not come, and one too many, which has another fault too.
        send_headers(&mut stream, 1, END_HEADERS, POST, "/graphql", "*/*");
        send_headers(&mut stream, 3, END_HEADERS, POST, "/graphql", "*/*");
        send_headers(&mut stream, 5, END_HEADERS | END_STREAM, GET, &format!("/{}", "a".repeat(100)), "*/*");
        let refused = frame(&mut stream, HEADERS, 5);
        // The first is answered when its body comes.
        send_body(&mut stream, 1, r#"{"query": "{ __typename }"}"#);
        (refused, String::from_utf8(frame(&mut stream, DATA, 1).1).expect("UTF-8"))
    })
    .await;
    // The status by its number in the table, and "429" in the code of Huffman.
    assert_eq!(headers[..5], [0x48, 0x83, 0x68, 0x4f, 0xff]);
    assert_eq!(flags & END_STREAM, END_STREAM, "nothing of it waits for room");
    assert_eq!(first, r#"{"data":{"__typename":"Query"}}"#);
}

#[actix_web::test]
async fn a_client_that_gives_no_room_is_cut_off() {
    let (_folder, files, trusted) = certificate();
    let settings = HttpSettings {
        tls: Some(files),
        unread_deadline: SOON,
        // Nothing else may be what ends it.
        keep_alive: Duration::from_mins(10),
        ..HttpSettings::default()
    };
    with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin(&mut stream, &NO_ROOM);
        ask_for_health(&mut stream);
        read_to_the_end(&mut stream);
    })
    .await;
}

#[actix_web::test]
async fn a_subscription_to_which_no_room_is_given_is_dropped() {
    let (_folder, files, trusted) = certificate();
    let live = LiveSettings { send_deadline: SOON, ..LiveSettings::default() };
    let server = Server::with(HttpSettings {
        tls: Some(files),
        live,
        keep_alive: Duration::from_mins(10),
        ..HttpSettings::default()
    });
    let address = server.address;
    let (finish, finished) = mpsc::channel::<()>();
    let (tell, asked) = mpsc::channel();
    let client = spawn_blocking(move || {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin(&mut stream, &NO_ROOM);
        send_headers(&mut stream, 1, END_HEADERS, POST, "/graphql", "text/event-stream");
        send_body(&mut stream, 1, r#"{"query": "subscription { large(bytes: 1000000) }"}"#);
        tell.send(Instant::now()).expect("somebody listens");
        // Open for as long as the test wants, and never read.
        finished.recv().expect_err("nothing is sent");
    });
    server.stub.stream_ended().await;
    assert_long_before(LiveSettings::default().send_deadline, asked.recv().expect("it was asked for"));
    assert_eq!(server.stub.n_large(), 1);
    drop(finish);
    client.await.expect("the client is content");
    server.stop().await;
}

#[actix_web::test]
async fn an_idle_connection_is_ended() {
    let (_folder, files, trusted) = certificate();
    // Long enough for the client to begin, wherever it runs.
    let settings = HttpSettings { tls: Some(files), keep_alive: Duration::from_secs(1), ..HttpSettings::default() };
    with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin(&mut stream, &[]);
        ask_for_health(&mut stream);
        let start = Instant::now();
        read_to_the_end(&mut stream);
        assert_long_before(HttpSettings::default().keep_alive, start);
    })
    .await;
}

#[actix_web::test]
async fn an_idle_connection_does_not_hold_up_the_end() {
    let (_folder, files, trusted) = certificate();
    let long = Duration::from_mins(10);
    let settings = HttpSettings { tls: Some(files), keep_alive: long, shutdown: long, ..HttpSettings::default() };
    let stream = with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin(&mut stream, &[]);
        ask_for_health(&mut stream);
        stream
    });
    // The client holds on to it while the server stops.
    let mut stream = tokio::time::timeout(long / 10, stream).await.expect("the server does not wait for the client");
    read_to_the_end(&mut stream);
}

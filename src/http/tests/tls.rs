//! TLS, over real sockets.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tempfile::TempDir;

use super::deadlines::{assert_long_before, rest};
use super::sockets::{answer, connect, with_settings};
use super::stub::Stub;
use crate::http::{HttpSettings, StartError, TlsFiles, serve};

/// A certificate of the test's own, in files and as a client trusts it.
fn certificate() -> (TempDir, TlsFiles, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate can be made");
    let folder = tempfile::tempdir().expect("a folder");
    let files = TlsFiles { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&files.certificate, cert.pem()).expect("the folder can be written");
    std::fs::write(&files.key, signing_key.serialize_pem()).expect("the folder can be written");
    (folder, files, cert.der().clone())
}

/// A connection with TLS by a client that speaks these protocols.
fn connect_tls(address: SocketAddr, trusted: CertificateDer<'static>, protocols: &[&str]) -> Tls {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).expect("a certificate");
    let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the versions are known")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut stream = StreamOwned::new(connection, connect(address));
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).expect("the handshake succeeds");
    }
    stream
}

#[actix_web::test]
async fn http_1_1_is_answered_over_tls() {
    let (_folder, files, trusted) = certificate();
    let settings = HttpSettings { tls: Some(files), ..HttpSettings::default() };
    let answers = with_settings(settings, move |address| {
        [&[][..], &["http/1.1"]].map(|protocols| {
            let mut stream = connect_tls(address, trusted.clone(), protocols);
            write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").expect("the server reads");
            answer(&mut stream)
        })
    });
    for answer in answers.await {
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    }
}

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// Begins to speak HTTP/2, with settings that do not differ from the usual ones.
fn begin_http_2(stream: &mut Tls) {
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("the server reads");
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).expect("the server reads");
}

/// Sends the headers of a request, `method` and https by their numbers in the table; the body is yet to come unless
/// `flags` say that this is the end.
fn send_headers(stream: &mut Tls, id: u8, flags: u8, method: u8, path: &str) {
    let text = |text: &str| [&[u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
    let headers = [
        vec![method, 0x87, 0x04],
        text(path),
        vec![0x01],
        text("localhost"),
        vec![0x0f, 0x10],
        text("application/json"),
    ];
    let headers = headers.concat();
    let length = u8::try_from(headers.len()).expect("short");
    stream.write_all(&[0, 0, length, 1, flags, 0, 0, 0, id]).expect("the server reads");
    stream.write_all(&headers).expect("the server reads");
}

/// The next frame of this type on this stream.
fn frame(stream: &mut Tls, frame_type: u8, id: u8) -> Vec<u8> {
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).expect("the server answers");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut frame = vec![0; usize::try_from(length).expect("fits")];
        stream.read_exact(&mut frame).expect("the server answers");
        if (head[3], head[8]) == (frame_type, id) {
            return frame;
        }
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const END_HEADERS: u8 = 0x04;
const END_STREAM: u8 = 0x01;
const GET: u8 = 0x82;
const POST: u8 = 0x83;
const STATUS_200: u8 = 0x88;

#[actix_web::test]
async fn http_2_is_agreed_on_and_spoken() {
    let (_folder, files, trusted) = certificate();
    let settings = HttpSettings { tls: Some(files), ..HttpSettings::default() };
    let (protocol, headers) = with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2", "http/1.1"]);
        let protocol = stream.conn.alpn_protocol().map(<[u8]>::to_vec);
        begin_http_2(&mut stream);
        send_headers(&mut stream, 1, END_HEADERS | END_STREAM, GET, "/healthz");
        (protocol, frame(&mut stream, HEADERS, 1))
    })
    .await;
    assert_eq!(protocol.as_deref(), Some(&b"h2"[..]));
    assert_eq!(headers[0], STATUS_200);
}

#[actix_web::test]
async fn a_connection_has_so_many_requests_under_way_and_no_more() {
    let (_folder, files, trusted) = certificate();
    let settings = HttpSettings { tls: Some(files), streams_max: 2, ..HttpSettings::default() };
    let (refused, first) = with_settings(settings, move |address| {
        let mut stream = connect_tls(address, trusted, &["h2"]);
        begin_http_2(&mut stream);
        // Two whose bodies do not come, and one too many.
        send_headers(&mut stream, 1, END_HEADERS, POST, "/graphql");
        send_headers(&mut stream, 3, END_HEADERS, POST, "/graphql");
        send_headers(&mut stream, 5, END_HEADERS | END_STREAM, GET, "/healthz");
        let refused = String::from_utf8(frame(&mut stream, DATA, 5)).expect("UTF-8");
        // The first is answered when its body comes.
        let body = br#"{"query": "{ __typename }"}"#;
        let length = u8::try_from(body.len()).expect("short");
        stream.write_all(&[0, 0, length, DATA, END_STREAM, 0, 0, 0, 1]).expect("the server reads");
        stream.write_all(body).expect("the server reads");
        (refused, String::from_utf8(frame(&mut stream, DATA, 1)).expect("UTF-8"))
    })
    .await;
    assert!(refused.contains(r#""code":"TOO_MANY_STREAMS","limit":"streams_max","max":2,"actual":3"#), "{refused}");
    assert_eq!(first, r#"{"data":{"__typename":"Query"}}"#);
}

#[actix_web::test]
async fn who_does_not_shake_hands_is_not_waited_for() {
    let (_folder, files, _) = certificate();
    let settings =
        HttpSettings { tls: Some(files), head_deadline: Duration::from_millis(100), ..HttpSettings::default() };
    let answers = with_settings(settings, |address| {
        ["", "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"].map(|said| {
            let mut stream = connect(address);
            let start = Instant::now();
            stream.write_all(said.as_bytes()).expect("the connection is open");
            let heard = rest(&mut stream);
            assert_long_before(HttpSettings::default().head_deadline, start);
            heard
        })
    });
    for heard in answers.await {
        assert!(!heard.contains("HTTP/1.1"), "{heard:?}");
    }
}

#[actix_web::test]
async fn a_server_does_not_start_on_settings_that_mean_nothing() {
    let start = |settings: HttpSettings| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        serve(listener, Arc::new(Stub::new()), settings).err()
    };
    let files = TlsFiles { certificate: PathBuf::from("no/such.pem"), key: PathBuf::from("no/such.key") };
    let refused = start(HttpSettings { tls: Some(files), ..HttpSettings::default() });
    assert!(matches!(refused, Some(StartError::TlsUnreadable { kind: "certificate", .. })), "{refused:?}");
    let allowed_origins = vec!["https://good.example".to_owned(), "example.org".to_owned()];
    let refused = start(HttpSettings { allowed_origins, ..HttpSettings::default() });
    assert!(matches!(refused, Some(StartError::Origin(ref wrong)) if wrong == "example.org"), "{refused:?}");
}

//! TLS, over real sockets.

use std::io::Write as _;
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
pub(super) fn certificate() -> (TempDir, TlsFiles, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate can be made");
    let folder = tempfile::tempdir().expect("a folder");
    let files = TlsFiles { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&files.certificate, cert.pem()).expect("the folder can be written");
    std::fs::write(&files.key, signing_key.serialize_pem()).expect("the folder can be written");
    (folder, files, cert.der().clone())
}

/// A connection with TLS.
pub(super) type Tls = StreamOwned<ClientConnection, TcpStream>;

/// A connection with TLS by a client that speaks these protocols.
pub(super) fn connect_tls(address: SocketAddr, trusted: CertificateDer<'static>, protocols: &[&str]) -> Tls {
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

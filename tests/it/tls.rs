//! The server with a certificate, as whoever runs it meets it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};

use crate::process::Process;

#[test]
fn with_a_certificate_in_the_settings_it_speaks_https_and_says_so() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).expect("a name");
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in [
        ("cert.pem", cert.pem()),
        ("key.pem", signing_key.serialize_pem()),
        ("s.toml", "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n".to_owned()),
    ] {
        fs::write(folder.path().join(file), text).expect("writable");
    }
    let server = Process::start_with(folder.path(), &["--config", "s.toml"]);
    let address = server.url.strip_prefix("https://").expect("the greeting says https");
    let (address, path) = address.split_once('/').expect("the API has a path");
    assert!(!server.greeting.contains("http://"), "{}", server.greeting);

    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).expect("a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the versions are known")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut connection = ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut socket = TcpStream::connect(address).expect("it listens");
    let mut stream = Stream::new(&mut connection, &mut socket);
    let head = "host: localhost\r\nconnection: close\r\n";
    write!(stream, "GET /{path}?query=%7B__typename%7D HTTP/1.1\r\n{head}\r\n").expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers and closes");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#"{"__typename":"Query"}"#), "{answer}");
}

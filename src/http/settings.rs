//! What may be set about the server.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// What may be set about the server. Every limit is for one request or connection unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// Threads that serve connections; `None` for one a core.
    pub workers: Option<NonZeroUsize>,
    /// Open connections of the whole server; further ones wait to be accepted. 10,000: some tens of kilobytes each, and an
    /// open file, or two where there is room.
    pub connections_max: usize,
    /// Requests that one HTTP/2 connection may have under way; further ones are answered 429. 100, which RFC 9113 wants at
    /// the least.
    pub streams_max: usize,
    /// How long a client may take to send the head of a request, or to agree on TLS. 5 seconds, as actix-web.
    pub head_deadline: Duration,
    /// Bytes of the head: the address and all headers. 32 KiB: browsers send 1 to 2 KiB, a query in the address at most
    /// 64 KiB is better sent with POST. Apollo Router takes 400 KiB.
    pub head_max_bytes: usize,
    /// How long a client may take to send a body. 10 seconds: a mebibyte at a rate that a poor mobile network has.
    pub body_deadline: Duration,
    /// Bytes of a body. 1 MiB: a document has at most 64 KiB, the rest is for variables. Apollo Router takes 2 MB.
    pub body_max_bytes: usize,
    /// How long a connection may be silent between two requests; one of HTTP/2, without any under way. 15 seconds.
    pub keep_alive: Duration,
    /// How long a client may take to read a piece of an answer, of 16 KiB, before the answer is dropped and the connection is
    /// cut. 30 seconds.
    pub unread_deadline: Duration,
    /// How long the probe of readiness waits for an answer. 2 seconds.
    pub ready_deadline: Duration,
    /// How long requests in flight may take to finish when the server is stopped; rounded up to whole seconds. 8 seconds:
    /// with what closing takes, less than the 10 that orchestrators grant at the least.
    pub shutdown: Duration,
    /// Pages of which other origins may read answers and open `WebSockets`, as in `https://example.org`; `*` for all. None
    /// unless it is set.
    pub allowed_origins: Vec<String>,
    /// The certificate for TLS; without one the server speaks HTTP in the clear.
    pub tls: Option<TlsFiles>,
    /// Whether `/metrics` answers.
    pub metrics: bool,
    /// Whether the log of requests holds the texts of variables. Not unless it is asked for: they may be personal.
    pub log_variables: bool,
    /// Connections that stay open for subscriptions.
    pub live: LiveSettings,
}

/// The files of a TLS certificate, both in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, with those between it and the root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What may be set about connections that stay open: `WebSockets`, and server-sent events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveSettings {
    /// How many of them at once, in the whole server. 1,000; further ones are answered 503.
    pub open_max: usize,
    /// How long a WebSocket may take to say `connection_init`. 5 seconds; graphql-ws grants 3.
    pub init_deadline: Duration,
    /// How long a WebSocket may be silent; it is pinged at half of it, and an event stream without events gets a comment
    /// each half. 20 seconds.
    pub idle_deadline: Duration,
    /// How long a client may take to take in a message or an event, before it is dropped and the connection is cut. 5
    /// seconds.
    pub send_deadline: Duration,
    /// Bytes of a message from the client, all its frames together. 64 KiB, as of a document; gqlgen takes 1 MB.
    pub message_max_bytes: usize,
    /// Operations at once on a WebSocket. 50.
    pub operations_max: usize,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            workers: None,
            connections_max: 10_000,
            streams_max: 100,
            head_deadline: Duration::from_secs(5),
            head_max_bytes: 32 * 1024,
            body_deadline: Duration::from_secs(10),
            body_max_bytes: 1024 * 1024,
            keep_alive: Duration::from_secs(15),
            unread_deadline: Duration::from_secs(30),
            ready_deadline: Duration::from_secs(2),
            shutdown: Duration::from_secs(8),
            allowed_origins: Vec::new(),
            tls: None,
            metrics: true,
            log_variables: false,
            live: LiveSettings::default(),
        }
    }
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self {
            open_max: 1_000,
            init_deadline: Duration::from_secs(5),
            idle_deadline: Duration::from_secs(20),
            send_deadline: Duration::from_secs(5),
            message_max_bytes: 64 * 1024,
            operations_max: 50,
        }
    }
}

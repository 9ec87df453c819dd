//! What may be set about the server.

use std::num::NonZeroUsize;
use std::time::Duration;

/// What may be set about the server. Every limit is for one request or connection unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpSettings {
    /// Threads that serve connections; `None` for one a core.
    pub workers: Option<NonZeroUsize>,
    /// Open connections of the whole server; further ones wait to be accepted. 10,000: some tens of kilobytes each.
    pub connections_max: usize,
    /// How long a client may take to send the head of a request. 5 seconds, as actix-web.
    pub head_deadline: Duration,
    /// How long a client may take to send a body. 10 seconds: a mebibyte at a rate that a poor mobile network has.
    pub body_deadline: Duration,
    /// Bytes of a body. 1 MiB: a document has at most 64 KiB, the rest is for variables. Apollo Router takes 2 MB.
    pub body_max_bytes: usize,
    /// How long a connection may be silent between two requests. 15 seconds.
    pub keep_alive: Duration,
    /// How long the probe of readiness waits for an answer. 2 seconds.
    pub ready_deadline: Duration,
    /// How long requests in flight may take to finish when the server is stopped; whole seconds. 10 seconds, which
    /// orchestrators grant at the least.
    pub shutdown: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            workers: None,
            connections_max: 10_000,
            head_deadline: Duration::from_secs(5),
            body_deadline: Duration::from_secs(10),
            body_max_bytes: 1024 * 1024,
            keep_alive: Duration::from_secs(15),
            ready_deadline: Duration::from_secs(2),
            shutdown: Duration::from_secs(10),
        }
    }
}

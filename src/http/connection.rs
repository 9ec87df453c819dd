//! What is known of one connection: how many requests it has under way, and how to end it.
//!
//! The library waits for a client to read for as long as the client wants. Over HTTP/2 it also sets no bound to the requests
//! of a connection, and ends one only when its client is gone: not when it is idle, nor when the server stops.

use std::any::Any;
use std::cell::Cell;
use std::net::Shutdown;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use super::draining::Stopping;

/// What client and server agree on with TLS, to speak HTTP/2.
const HTTP_2: &[u8] = b"h2";

/// How long a connection must have been idle to be ended when the server stops: what it was sent last is on its way then.
const ON_ITS_WAY: Duration = Duration::from_millis(100);

/// A connection. Clones are the same one; all are on one thread.
#[derive(Debug, Clone)]
pub(super) struct Connection(Rc<State>);

#[derive(Debug)]
struct State {
    n_under_way: Cell<usize>,
    /// Since when it has none under way, while it has none.
    idle_since: Cell<Instant>,
    /// A second handle: the library has the first. A file of the process, like the first one; `None` when too few were left.
    socket: Option<Socket>,
    _permit: Option<OwnedSemaphorePermit>,
}

/// A request that a connection has under way, until this is dropped.
#[derive(Debug)]
pub(super) struct Begun(Connection);

impl Connection {
    /// That over `io`. One of HTTP/2 is ended when it has been idle for `keep_alive`, and when it is idle while the server
    /// is being stopped; those of HTTP/1.1 the library ends. `second_handles` has a permit for each that there may be; without
    /// one the connection cannot be ended. Needs the runtime of a worker.
    pub(super) fn open(
        io: &dyn Any,
        keep_alive: Duration,
        stopping: Stopping,
        second_handles: &Arc<Semaphore>,
    ) -> Self {
        let (tcp, protocol) = match io.downcast_ref::<TlsStream<TcpStream>>().map(|stream| stream.get_ref()) {
            Some((tcp, session)) => (Some(tcp), session.alpn_protocol()),
            None => (io.downcast_ref::<TcpStream>(), None),
        };
        let permit = second_handles.clone().try_acquire_owned().ok();
        let socket = tcp.filter(|_| permit.is_some()).and_then(|tcp| SockRef::from(tcp).try_clone().ok());
        if socket.is_none() {
            tracing::debug!("no file is left for a second handle: the connection is left to its client to end it");
        }
        let idle_since = Cell::new(Instant::now());
        let connection = Self(Rc::new(State { n_under_way: Cell::new(0), idle_since, socket, _permit: permit }));
        if protocol == Some(HTTP_2) {
            actix_web::rt::spawn(end_when_idle(Rc::downgrade(&connection.0), keep_alive, stopping));
        }
        connection
    }

    pub(super) fn begin(&self) -> Begun {
        self.0.n_under_way.update(|n| n + 1);
        Begun(self.clone())
    }

    pub(super) fn n_under_way(&self) -> usize {
        self.0.n_under_way.get()
    }

    /// Ends it, with all requests that it has under way.
    pub(super) fn end(&self) {
        if let Some(socket) = &self.0.socket {
            // It fails when the client was faster.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// When it will have been idle for `period`; `None` while it has requests under way.
    fn idle_for(&self, period: Duration) -> Option<Instant> {
        (self.n_under_way() == 0).then(|| self.0.idle_since.get() + period)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let Self(Connection(state)) = self;
        state.n_under_way.update(|n| n - 1);
        state.idle_since.set(Instant::now());
    }
}

/// Ends a connection that has been idle for `keep_alive`, or that is idle when the server is being stopped.
async fn end_when_idle(connection: Weak<State>, keep_alive: Duration, mut stopping: Stopping) {
    let mut is_stopping = false;
    // Held on to, the connection would keep its socket open.
    while let Some(open) = connection.upgrade().map(Connection) {
        let now = Instant::now();
        let patience = if is_stopping { ON_ITS_WAY } else { keep_alive };
        let time_to_look = open.idle_for(patience).unwrap_or(now + patience);
        if time_to_look <= now {
            return open.end();
        }
        drop(open);
        tokio::select! {
            () = sleep_until(time_to_look) => {}
            () = stopping.told(), if !is_stopping => is_stopping = true,
        }
    }
}

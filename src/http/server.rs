//! The server: from a listener to answers, until it is stopped.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use tokio::sync::Semaphore;

use super::connection::Connection;
use super::cors::is_origin;
use super::draining::Draining;
use super::router::{Shared, router};
use super::start_error::StartError;
use super::tls;
use crate::graphql::Answers;

/// Threads that compress answers, for each that serves connections.
const COMPRESSING_THREADS: usize = 4;

/// Serves `api` on `listener` until it is stopped: a future that does so, and the means to stop it.
///
/// With a certificate in the settings it speaks TLS, and HTTP/2 with clients that want it; else HTTP/1.1 in the clear.
/// Signals are left to the caller, who knows what else is to be brought to an end. Needs a Tokio runtime, also for this
/// call itself.
///
/// # Errors
/// When the listener, the certificate or an allowed origin cannot be used.
pub fn serve<A: Answers, S: Into<Shared>>(
    listener: TcpListener,
    api: Arc<A>,
    shared: S,
) -> Result<(impl Future<Output = io::Result<()>> + use<A, S>, Stop), StartError> {
    let shared = shared.into();
    let (settings, draining) = (shared.settings.clone(), shared.draining.clone());
    if let Some(wrong) = settings.allowed_origins.iter().find(|origin| !is_origin(origin)) {
        return Err(StartError::Origin(wrong.clone()));
    }
    let tls = settings.tls.as_ref().map(tls::config).transpose()?;
    // For the end of an answer, which the system has and the client does not read. Accepted connections have it from their
    // listener.
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(&listener).set_tcp_user_timeout(Some(settings.unread_deadline))?;

    let workers = settings.workers.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let (keep_alive, stopped_by) = (settings.keep_alive, draining.clone());
    let handles = Arc::new(Semaphore::new(shared.second_handles.min(Semaphore::MAX_PERMITS)));
    let routes = router(api, shared);
    let server = HttpServer::new(move || App::new().configure(routes.clone()))
        .on_connect(move |io, data| {
            data.insert(Connection::open(io, keep_alive, stopped_by.stopping(), &handles));
        })
        .workers(workers)
        // They compress, which takes a processor: more of them would only wait for one another.
        .worker_max_blocking_threads(COMPRESSING_THREADS)
        // The library counts by worker.
        .max_connections(settings.connections_max.div_ceil(workers))
        .client_request_timeout(settings.head_deadline)
        .tls_handshake_timeout(settings.head_deadline)
        // A client that is still sending when it is refused gets the time to read why, before the connection closes.
        .client_disconnect_timeout(settings.head_deadline)
        .keep_alive(settings.keep_alive)
        // Head and body are written one after the other, and the second would wait for the first to be acknowledged: 40
        // milliseconds.
        .tcp_nodelay(true)
        .shutdown_timeout(whole_seconds(settings.shutdown))
        .disable_signals();
    let server = match tls {
        Some(tls) => server.listen_rustls_0_23(listener, tls)?,
        None => server.listen(listener)?,
    }
    .run();
    let stop = Stop { server: server.handle(), draining };
    Ok((server, stop))
}

/// Rounded up: what is less than a second is not none.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs().saturating_add(u64::from(duration.subsec_nanos() > 0))
}

/// Stops a server.
#[derive(Clone)]
pub struct Stop {
    server: ServerHandle,
    draining: Draining,
}

impl Stop {
    /// Accepts no further connection, ends those that are open for subscriptions and waits for the requests in flight, at
    /// most as long as [`HttpSettings::shutdown`](super::HttpSettings::shutdown) says. `/readyz` says that this is the end.
    pub async fn stop(&self) {
        self.draining.begin();
        self.server.stop(true).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_up() {
        for (millis, seconds) in [(0, 0), (1, 1), (500, 1), (1_000, 1), (1_001, 2), (8_000, 8)] {
            assert_eq!(whole_seconds(Duration::from_millis(millis)), seconds, "{millis} ms");
        }
        assert_eq!(whole_seconds(Duration::MAX), u64::MAX);
    }
}

//! The server: from a listener to answers, until it is stopped.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::available_parallelism;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use tokio::sync::watch;

use super::live::Stopping;
use super::router::router;
use super::settings::HttpSettings;
use crate::graphql::Answers;

/// Serves `api` on `listener` until it is stopped: a future that does so, and the means to stop it.
///
/// Signals are left to the caller, who knows what else is to be brought to an end. Needs a Tokio runtime, also for this
/// call itself.
///
/// # Errors
/// When the listener cannot be used.
#[expect(clippy::needless_pass_by_value, reason = "the settings become the server's")]
pub fn serve<A: Answers>(
    listener: TcpListener,
    api: Arc<A>,
    settings: HttpSettings,
) -> io::Result<(impl Future<Output = io::Result<()>> + use<A>, Stop)> {
    let workers = settings.workers.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let routes = router(api, settings.clone());
    let (stopping, told) = watch::channel(false);
    let told = Stopping::new(told);
    let server = HttpServer::new(move || App::new().app_data(told.clone()).configure(routes.clone()))
        .workers(workers)
        // The library counts by worker.
        .max_connections(settings.connections_max.div_ceil(workers))
        .client_request_timeout(settings.head_deadline)
        // A client that is still sending when it is refused gets the time to read why, before the connection closes.
        .client_disconnect_timeout(settings.head_deadline)
        .keep_alive(settings.keep_alive)
        .shutdown_timeout(settings.shutdown.as_secs())
        .disable_signals()
        .listen(listener)?
        .run();
    let stop = Stop { server: server.handle(), stopping };
    Ok((server, stop))
}

/// Stops a server.
#[derive(Clone)]
pub struct Stop {
    server: ServerHandle,
    /// Whether the server is being stopped, for connections that would stay open.
    stopping: watch::Sender<bool>,
}

impl Stop {
    /// Accepts no further connection, ends those that are open for subscriptions and waits for the requests in flight,
    /// at most as long as [`HttpSettings::shutdown`] says.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        self.server.stop(true).await;
    }
}

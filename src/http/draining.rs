//! Whether the server only finishes what it has begun, and how connections that would stay open learn of it.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use tokio::sync::watch;

/// Whether the server only finishes what it has begun. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Draining(Arc<watch::Sender<bool>>);

impl Draining {
    pub(super) fn begin(&self) {
        self.0.send_replace(true);
    }

    pub(super) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Tells a connection when it begins.
    pub(super) fn stopping(&self) -> Stopping {
        Stopping(self.0.subscribe())
    }
}

/// Tells a connection when the server is being stopped.
#[derive(Debug)]
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Of the server that got `request`. Routes that run without one are never stopped.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let draining = request.app_data::<web::Data<Draining>>();
        draining.map_or_else(|| Self(watch::channel(false).1), |draining| draining.stopping())
    }

    /// Waits until the server is being stopped. Loses nothing when it is dropped and asked again.
    pub(super) async fn told(&mut self) {
        if self.0.wait_for(|&stopping| stopping).await.is_err() {
            // Nobody is left who could stop the server.
            std::future::pending::<()>().await;
        }
    }
}

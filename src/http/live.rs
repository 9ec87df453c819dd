//! Connections that stay open: how many there may be.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::errors::HttpError;
use super::settings::LiveSettings;

/// What carries one answer after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    WebSocket,
    EventStream,
}

impl Transport {
    /// As a label of figures.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::EventStream => "sse",
        }
    }
}

/// The seats for connections that stay open, of the whole server.
#[derive(Debug)]
pub(super) struct Live {
    seats: Arc<Semaphore>,
    pub(super) settings: LiveSettings,
}

impl Live {
    pub(super) fn new(settings: LiveSettings) -> Self {
        let seats = Arc::new(Semaphore::new(settings.open_max.min(Semaphore::MAX_PERMITS)));
        Self { seats, settings }
    }

    /// A seat for one connection, kept until it is dropped.
    ///
    /// # Errors
    /// When all are taken.
    pub(super) fn seat(&self, transport: Transport) -> Result<Seat, HttpError> {
        let permit = Arc::clone(&self.seats)
            .try_acquire_owned()
            .map_err(|_| HttpError::TooManyConnections { max: self.settings.open_max })?;
        metrics::gauge!(CONNECTIONS, "transport" => transport.label()).increment(1);
        Ok(Seat { transport, _permit: permit })
    }
}

const CONNECTIONS: &str = "grounds_live_connections";

/// One of the connections that may stay open.
#[derive(Debug)]
pub(super) struct Seat {
    transport: Transport,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Seat {
    fn drop(&mut self) {
        metrics::gauge!(CONNECTIONS, "transport" => self.transport.label()).decrement(1);
    }
}

//! What the server says of itself while it runs: events to standard error, figures for Prometheus.
//!
//! Rooms below name events and figures through the facades `tracing` and `metrics`, and know nothing of who listens; here
//! is who does. Knows nothing of commands.

mod figures;
mod logs;

pub use figures::{Recorder, record};
pub use logs::{LogFormat, NotAFilter, start};

//! How long questions to the store take, for whoever collects figures.

use std::time::Instant;

/// Records when it is dropped how long it lived, in seconds, as `grounds_store_duration_seconds` of its operation. So
/// questions count that failed, and those that nobody waited for to the end.
#[must_use = "what is dropped at once took no time"]
pub(super) struct Timed {
    operation: &'static str,
    start: Instant,
}

impl Timed {
    pub(super) fn start(operation: &'static str) -> Self {
        Self { operation, start: Instant::now() }
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        let seconds = self.start.elapsed().as_secs_f64();
        metrics::histogram!("grounds_store_duration_seconds", "operation" => self.operation).record(seconds);
    }
}

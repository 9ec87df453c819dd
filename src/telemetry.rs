//! What the server says of itself while it runs: events to standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// The text names no events: `info`, or by part `warn,grounds=debug,sqlx=debug`.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0:?} does not say what to log: write a level (error, warn, info, debug, trace), or levels by part as in \"warn,grounds=debug,sqlx=debug\""
)]
pub struct NotAFilter(String);

/// Starts logging what `filter` wants.
///
/// # Errors
/// When `filter` is none.
pub fn start(filter: &str) -> Result<(), NotAFilter> {
    let events = EnvFilter::builder().parse(filter).map_err(|_| NotAFilter(filter.to_owned()))?;
    let to_terminal = std::io::stderr().is_terminal();
    // A second start in one process leaves the first as it is.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(events)
        .with_writer(std::io::stderr)
        .with_ansi(to_terminal)
        .try_init();
    Ok(())
}

//! What the server says of itself while it runs: events to standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

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
    let not_a_filter = || NotAFilter(filter.to_owned());
    // A word alone would be taken for a part of the program, so that a misspelt level passed in silence.
    let is_level = |text: &str| text.trim().parse::<LevelFilter>().is_ok();
    if !filter.split(',').all(|part| is_level(part.rsplit('=').next().unwrap_or(part))) {
        return Err(not_a_filter());
    }
    let events = EnvFilter::builder().parse(filter).map_err(|_| not_a_filter())?;
    let to_terminal = std::io::stderr().is_terminal();
    // A second start in one process leaves the first as it is.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(events)
        .with_writer(std::io::stderr)
        .with_ansi(to_terminal)
        .try_init();
    Ok(())
}

//! Events, one a line, to standard error.
//!
//! What a stranger sent can be part of an event. It never starts a line of its own nor moves the cursor of a terminal:
//! control characters are written as escapes, whichever event has them.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write};

use tracing::Dispatch;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Human,
    /// For programs: a JSON object a line.
    Json,
}

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
pub fn start(filter: &str, format: LogFormat) -> Result<(), NotAFilter> {
    let colours = io::stderr().is_terminal() && format == LogFormat::Human;
    let log = log(filter, format, colours, io::stderr)?;
    // A second start in one process leaves the first as it is.
    let _ = log.try_init();
    Ok(())
}

/// Where events go that `filter` wants: to `writer`, which gets each at once.
fn log<W, M>(filter: &str, format: LogFormat, colours: bool, writer: M) -> Result<Dispatch, NotAFilter>
where
    W: Write,
    M: Fn() -> W + Send + Sync + 'static,
{
    let not_a_filter = || NotAFilter(filter.to_owned());
    // A word alone would be taken for a part of the program, so that a misspelt level passed in silence.
    let is_level = |text: &str| text.trim().parse::<LevelFilter>().is_ok();
    if !filter.split(',').all(|part| is_level(part.rsplit('=').next().unwrap_or(part))) {
        return Err(not_a_filter());
    }
    let events = EnvFilter::builder().parse(filter).map_err(|_| not_a_filter())?;
    let writer = OneLine { writer, format, colours };
    let log = tracing_subscriber::fmt().with_env_filter(events).with_ansi(colours).with_writer(writer);
    Ok(match format {
        LogFormat::Human => log.into(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).into(),
    })
}

/// A writer of events that keeps each on one line.
struct OneLine<M> {
    writer: M,
    format: LogFormat,
    /// Whether the escape character is one of ours, for colours.
    colours: bool,
}

impl<'a, W: Write, M: Fn() -> W + 'a> MakeWriter<'a> for OneLine<M> {
    type Writer = OneLineWriter<W>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLineWriter { writer: (self.writer)(), format: self.format, colours: self.colours }
    }
}

struct OneLineWriter<W> {
    writer: W,
    format: LogFormat,
    colours: bool,
}

impl<W: Write> Write for OneLineWriter<W> {
    /// Takes a whole event, which is how they come.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let (text, end) = text.strip_suffix('\n').map_or((&*text, ""), |text| (text, "\n"));
        let mut line = String::with_capacity(event.len() + 1);
        for c in text.chars() {
            // Writing to a string does not fail.
            let _ = match self.format {
                _ if !c.is_control() || (self.colours && c == '\x1b') => line.write_char(c),
                LogFormat::Human => write!(line, "{}", c.escape_default()),
                LogFormat::Json => write!(line, "\\u{:04x}", u32::from(c)),
            };
        }
        line.push_str(end);
        self.writer.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    /// What was written, for every clone to see.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).expect("UTF-8")
        }
    }

    impl Write for Written {
        fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(piece)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: LogFormat, say: impl FnOnce()) -> String {
        let written = Written::default();
        let to = written.clone();
        let log = log(filter, format, false, move || to.clone()).expect("a filter");
        tracing::dispatcher::with_default(&log, say);
        written.text()
    }

    const HOSTILE: &str = "a\n2026-01-01T00:00:00Z  INFO forged: line\r\u{1b}[2K\u{9b}2J";

    fn say_hostile_things() {
        tracing::info!(name = HOSTILE, error = %HOSTILE, "{HOSTILE}");
    }

    #[test]
    fn an_event_is_one_line_for_people_whatever_is_in_it() {
        let text = logged("info", LogFormat::Human, say_hostile_things);
        assert_eq!(text.matches('\n').count(), 1, "{text:?}");
        assert!(text.ends_with('\n') && text.matches("forged").count() == 3, "{text:?}");
        assert!(!text.trim_end().contains(char::is_control), "{text:?}");
    }

    #[test]
    fn an_event_is_one_json_object_whatever_is_in_it() {
        let text = logged("info", LogFormat::Json, say_hostile_things);
        assert_eq!(text.matches('\n').count(), 1, "{text:?}");
        assert!(!text.trim_end().contains(char::is_control), "{text:?}");
        let event: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((event["level"].as_str(), event["name"].as_str()), (Some("INFO"), Some(HOSTILE)), "{event}");
    }

    #[test]
    fn the_filter_decides_by_level_and_part() {
        let say = || {
            tracing::info!("this one is not wanted");
            tracing::warn!("this one is");
            tracing::info!(target: "grounds::access", "and this one");
        };
        let text = logged("warn,grounds::access=info", LogFormat::Human, say);
        assert!(text.contains("this one is\n") && text.contains("and this one\n"), "{text}");
        assert!(!text.contains("not wanted"), "{text}");
        for bad in ["loud", "grounds=loud", "info,loud"] {
            assert!(log(bad, LogFormat::Human, false, io::sink).is_err(), "{bad:?}");
        }
    }
}

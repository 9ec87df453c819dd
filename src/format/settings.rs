//! The settings file: TOML, read like the corpus files with all its problems at once.

use std::sync::Arc;

use super::corpus::judge::Judge;
use super::corpus::place::{Problem, Text};
use super::corpus::shape::{Field, Presence, Record, RecordKind, Shape};
use super::corpus::syntax::pieces;

/// What a settings file says; what it leaves out is for flags, environment and defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the descriptions stand in the record below")]
pub struct SettingsFile {
    pub listen: Option<String>,
    pub database: Option<String>,
    pub log: Option<String>,
}

/// The longest setting, in characters.
const SETTING_CHARS_MAX: usize = 1_000;

/// What a settings file may hold; the JSON Schema is written from it too.
pub(super) const SETTINGS: Record = Record {
    name: "settings",
    kind: RecordKind::Part,
    doc: "Settings of the server. A flag or an environment variable of the same name goes before the file.",
    fields: &[
        Field {
            key: "listen",
            shape: Shape::Line(SETTING_CHARS_MAX),
            presence: Presence::Optional,
            doc: "Address and port to listen on: \"127.0.0.1:8080\". Port 0 takes any free one.",
        },
        Field {
            key: "database",
            shape: Shape::Line(SETTING_CHARS_MAX),
            presence: Presence::Optional,
            doc: "The database: \"sqlite:grounds.db\", relative to the folder in which the server is started.",
        },
        Field {
            key: "log",
            shape: Shape::Line(SETTING_CHARS_MAX),
            presence: Presence::Optional,
            doc: "What is logged: \"info\", or by part \"warn,grounds=debug,sqlx=debug\".",
        },
    ],
    at_most_one_of: &[],
    needs: &[],
    instead: &[],
};

/// # Errors
/// All the problems of the file at once.
pub fn read_settings(name: &str, text: &str) -> Result<SettingsFile, Vec<Problem>> {
    let places = Text::new(name, text);
    let (tables, mistakes) = pieces(text);
    let (mut problems, mut references, mut cited) = (Vec::new(), Vec::new(), Vec::new());
    let label: Arc<str> = Arc::from(SETTINGS.name);
    for mistake in mistakes {
        let place = places.place(mistake.at);
        problems.push(Problem { place, record: Some(label.clone()), what: mistake.what });
    }
    let mut settings = SettingsFile::default();
    // Settings have no tables of their own: all of them stand in the first piece.
    if let [only] = &tables[..] {
        let mut judge = Judge {
            text: &places,
            base: only.base,
            label,
            problems: &mut problems,
            references: &mut references,
            cited: &mut cited,
        };
        let mut fields = judge.fields(&SETTINGS, &only.table, 0);
        settings =
            SettingsFile { listen: fields.take("listen"), database: fields.take("database"), log: fields.take("log") };
    }
    problems.sort();
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read() {
        let settings = read_settings("g.toml", "listen = \"127.0.0.1:0\"\nlog = \"debug\"\n");
        let expected = SettingsFile { listen: Some("127.0.0.1:0".into()), database: None, log: Some("debug".into()) };
        assert_eq!(settings, Ok(expected));
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let problems = read_settings("g.toml", "lisen = \"a\"\ndatabase = 3\n").expect_err("two mistakes");
        let told: Vec<_> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("g.toml:1:1: settings: ") && told[0].contains("`listen`"), "{told:?}");
        assert!(told[1].starts_with("g.toml:2:12: settings: "), "{told:?}");
        assert!(read_settings("g.toml", "listen = ").is_err());
    }
}

//! The settings for people and editors: the reference, the shapes for the JSON Schema, and those in force.

use std::fmt::Write as _;

use super::Config;
use super::slot::Slot;
use super::table::{SETTINGS, Setting};
use crate::format::SettingShape;

/// What each setting may be, for the JSON Schema of a settings file.
pub fn shapes() -> Vec<SettingShape> {
    let shape = |setting: &Setting| {
        let schema = (setting.slot)(&mut Config::default()).schema(&setting.range);
        SettingShape { key: setting.key, doc: setting.doc().to_owned(), schema }
    };
    SETTINGS.iter().map(shape).collect()
}

/// The settings of `config` as a settings file, each with what it is for.
pub fn in_force(config: &Config) -> String {
    let mut config = config.clone();
    // Writing to a text does not fail.
    let mut text = String::new();
    let mut table = "";
    for setting in SETTINGS {
        let (of, key) = setting.key.split_once('.').unwrap_or(("", setting.key));
        if of != table {
            table = of;
            let _ = writeln!(text, "[{table}]");
        }
        for line in wrapped(setting.doc()) {
            let _ = writeln!(text, "# {line}");
        }
        let _ = writeln!(text, "{key} = {}\n", (setting.slot)(&mut config).value());
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The reference in Markdown.
pub fn reference() -> String {
    let mut text = String::from(INTRODUCTION);
    let mut table = None;
    for setting in SETTINGS {
        let (of, _) = setting.key.split_once('.').unwrap_or(("", setting.key));
        if table != Some(of) {
            table = Some(of);
            let heading = HEADINGS.iter().find(|(name, _)| *name == of).map_or(of, |(_, heading)| heading);
            let _ = write!(
                text,
                "\n## {heading}\n\n| setting | default | least – most | what it is for |\n|---|---|---|---|\n"
            );
        }
        text += &row(setting);
    }
    text
}

/// What the tables of the settings file are called in the reference.
const HEADINGS: &[(&str, &str)] = &[
    ("", "In general"),
    ("tls", "`[tls]`: the certificate"),
    ("http", "`[http]`: connections and requests"),
    ("live", "`[live]`: WebSockets and server-sent events"),
    ("limits", "`[limits]`: what one operation may ask"),
    ("store", "`[store]`: the database"),
];

const INTRODUCTION: &str = "# Settings

Written from the code by `UPDATE=1 cargo test --test it settings`; a test compares.

A setting can be given in a file (`--config FILE` or `GROUNDS_CONFIG`), in the environment and by flag; a flag goes before
the environment, the environment before the file, the file before the default. `http.body_max_bytes`, for example, is

- in the file, which is TOML: `body_max_bytes = 2097152` under `[http]`;
- in the environment: `GROUNDS_HTTP_BODY_MAX_BYTES=2097152`;
- as a flag: `--set http.body_max_bytes=2097152`, as often as there are settings to give. `--listen`, `--database` and
  `--log` are flags of their own.

Lists are `[\"a\", \"b\"]` in the file, and `a,b` elsewhere. `grounds settings` prints all that are in force, in the form of
the file; `grounds schema settings` the JSON Schema with which editors complete and check it.

What is refused for a limit, or stopped at one, says so: `extensions { code, limit, max, actual }`, where `limit` is the last
part of the setting's name, such as `depth` for `limits.depth`. The code is `LIMIT_EXCEEDED`; of `time`, `computation_time` and
`sql_time` it is `TIMEOUT`; of `head_max_bytes`, `body_max_bytes` and `body_deadline` it is `HEAD_TOO_LARGE`,
`BODY_TOO_LARGE` and `REQUEST_TIMEOUT`. `max` and `actual` of a time are in milliseconds, as in `graph { limits }`; `actual` is
left out where nobody knows it. Other limits make wait, close the connection or leave out what is beyond them, as their row
says.
";

fn row(setting: &Setting) -> String {
    let mut config = Config::default();
    let slot = (setting.slot)(&mut config);
    let unit = slot.unit();
    let is_number =
        matches!(slot, Slot::Count(_) | Slot::Size(_) | Slot::Small(_) | Slot::Seconds(_) | Slot::Threads(_));
    let default = match slot.value() {
        serde_json::Value::String(text) if text.is_empty() => "none".to_owned(),
        serde_json::Value::Array(items) if items.is_empty() => "none".to_owned(),
        serde_json::Value::String(text) => format!("`{text}`"),
        serde_json::Value::Number(n) => with_unit(&grouped(&n.to_string()), unit),
        other => format!("`{other}`"),
    };
    let range = if is_number {
        let (least, most) = (setting.range.start(), setting.range.end());
        format!("{} – {}", grouped(&least.to_string()), grouped(&most.to_string()))
    } else {
        String::new()
    };
    format!("| `{}` | {default} | {range} | {} |\n", setting.key, setting.doc().replace('|', "\\|"))
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Lines of at most 100 characters.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is one from the start");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 100 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Given;
    use crate::format::read_settings;
    use crate::graphql::ExecutionLimits;
    use crate::http::{HttpSettings, LiveSettings};
    use crate::store::StoreSettings;

    #[test]
    fn what_is_in_force_can_be_read_back() {
        let config = Config::gather(&[
            Given::by_flag("--set", "limits.time", "2.5".to_owned()),
            Given::by_flag("--set", "http.allowed_origins", "https://a.org,*".to_owned()),
        ])
        .expect("good");
        let (given, problems) = read_settings("s.toml", &in_force(&config));
        assert_eq!(problems, []);
        let given: Vec<_> = given.into_iter().map(Given::from).collect();
        assert_eq!(given.len(), SETTINGS.len());
        assert_eq!(Config::gather(&given), Ok(config));
    }

    #[test]
    fn keys_are_unique_and_tables_stand_together() {
        let mut tables: Vec<_> =
            SETTINGS.iter().map(|it| it.key.split_once('.').map_or("", |(table, _)| table)).collect();
        tables.dedup();
        let n = tables.len();
        tables.sort_unstable();
        tables.dedup();
        assert_eq!(tables.len(), n);
        let mut keys: Vec<_> = SETTINGS.iter().map(|setting| setting.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), SETTINGS.len());
    }

    #[test]
    fn every_setting_says_what_it_is_for_and_every_limit_is_a_setting() {
        for setting in SETTINGS {
            assert!(setting.doc().ends_with('.'), "{}: {:?}", setting.key, setting.doc());
        }
        let limits = ExecutionLimits::default().table();
        let missing: Vec<_> = limits
            .iter()
            .filter(|limit| !SETTINGS.iter().any(|setting| setting.key == format!("limits.{}", limit.name)))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        // What is no number of the environment's, the file's or the store's is a field here; a new one fails to compile.
        let HttpSettings {
            workers: _,
            connections_max: _,
            streams_max: _,
            head_deadline: _,
            head_max_bytes: _,
            body_deadline: _,
            body_max_bytes: _,
            keep_alive: _,
            unread_deadline: _,
            ready_deadline: _,
            shutdown: _,
            allowed_origins: _,
            tls: _,
            metrics: _,
            log_variables: _,
            live,
        } = HttpSettings::default();
        let LiveSettings {
            open_max: _,
            init_deadline: _,
            idle_deadline: _,
            send_deadline: _,
            message_max_bytes: _,
            operations_max: _,
        } = live;
        let StoreSettings { connections_max: _, acquire_timeout: _, busy_timeout: _, sql_time: _ } =
            StoreSettings::default();
        let n_in = |table: &str| SETTINGS.iter().filter(|setting| setting.key.starts_with(table)).count();
        // Of the fields of HttpSettings, `tls`, `log_variables` and `live` stand in tables of their own.
        assert_eq!((n_in("http."), n_in("live."), n_in("store."), n_in("tls.")), (13, 6, 4, 2));
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!(["1", "1000", "65536", "1048576"].map(grouped), ["1", "1,000", "65,536", "1,048,576"]);
    }
}

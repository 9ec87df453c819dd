//! Settings: what was given, by flag, environment or file, and what it means.

mod reference;
mod slot;
mod table;

use std::path::PathBuf;

pub use reference::{in_force, reference, shapes};

use crate::format::{GivenSetting, SettingValue};
use crate::graphql::ExecutionLimits;
use crate::http::{HttpSettings, TlsFiles, is_origin};
use crate::model::nearest;
use crate::store::{Store, StoreSettings};

use table::{SETTINGS, Setting};

/// What the names of settings begin with in the environment.
pub const ENVIRONMENT: &str = "GROUNDS_";

/// What the settings mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// The database.
    pub database: String,
    /// What is logged.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// The certificate and its key as they were given: both or neither, and then also in `http`.
    tls_certificate: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    /// Of the server.
    pub http: HttpSettings,
    /// Of a request.
    pub execution: ExecutionLimits,
    /// Of the database.
    pub store: StoreSettings,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A line an event.
    Human,
    /// A JSON object a line.
    Json,
}

/// A setting and what it is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Where it was given, for messages: `settings.toml:3:1`, `GROUNDS_LISTEN`, `--listen`.
    pub from: String,
    /// Its key: `http.body_max_bytes`.
    pub key: String,
    /// Its value.
    pub value: SettingValue,
}

/// Settings that mean nothing: one sentence each, and where they were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            database: "sqlite:grounds.db".to_owned(),
            // That a statement of a large import takes a while is no warning; and whoever sends what is no HTTP, or leaves
            // in the midst of an answer, is not to fill the log with errors.
            log: "warn,sqlx=error,actix_http=off".to_owned(),
            log_format: LogFormat::Human,
            tls_certificate: None,
            tls_key: None,
            http: HttpSettings::default(),
            execution: ExecutionLimits::default(),
            store: StoreSettings::default(),
        }
    }
}

impl Given {
    /// As text, by a flag.
    pub fn by_flag(from: &str, key: &str, text: String) -> Self {
        Self { from: from.to_owned(), key: key.to_owned(), value: SettingValue::Text(text) }
    }

    /// All that the environment says. A variable that is set to nothing says nothing; others of our prefix are for
    /// other things unless they begin as the settings of a table do, nearly have the name of a setting, or begin or end
    /// with that of one without its table.
    pub fn by_environment(variables: impl IntoIterator<Item = (String, String)>) -> Vec<Self> {
        let tables: Vec<String> = SETTINGS
            .iter()
            .filter_map(|setting| setting.key.split_once('.'))
            .map(|(table, _)| format!("{ENVIRONMENT}{}_", table.to_uppercase()))
            .collect();
        let variables_of_ours: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
        let names = || variables_of_ours.iter().filter_map(|name| name.strip_prefix(ENVIRONMENT)).chain(["CONFIG"]);
        let key_of = |name: &str| match SETTINGS.iter().find(|setting| setting.variable() == name) {
            Some(setting) => Some(setting.key.to_owned()),
            None if tables.iter().any(|table| name.starts_with(table)) => {
                Some(name[ENVIRONMENT.len()..].to_lowercase().replacen('_', ".", 1))
            }
            None => {
                let name = name.strip_prefix(ENVIRONMENT).filter(|name| *name != "CONFIG")?;
                // Kubernetes names the ports of a service of our name so, whatever they are called.
                if name.starts_with("SERVICE_") {
                    return None;
                }
                let key = name.to_lowercase();
                let is_meant = nearest(name, names()).is_some() || SETTINGS.iter().any(|it| it.has_part_in(&key));
                is_meant.then_some(key)
            }
        };
        let mut given: Vec<_> = variables
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .filter_map(|(name, text)| Some(Self { key: key_of(&name)?, from: name, value: SettingValue::Text(text) }))
            .collect();
        given.sort_by(|a, b| a.from.cmp(&b.from));
        given
    }
}

impl From<GivenSetting> for Given {
    fn from(given: GivenSetting) -> Self {
        Self { from: given.place.to_string(), key: given.key, value: given.value }
    }
}

impl Config {
    /// The defaults, with all that is `given`, of which the later goes before the earlier.
    ///
    /// # Errors
    /// All that means nothing, at once.
    pub fn gather(given: &[Given]) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        let mut problems = Vec::new();
        for given in given {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == given.key) else {
                problems.push(unknown(given));
                continue;
            };
            let text_of = |config: &mut Self| (setting.slot)(config).value();
            if let Err(wanted) = (setting.slot)(&mut config).put(&given.value, &setting.range) {
                problems.push(wrong(given, setting, &format!("it must be {wanted}")));
            } else if let Some(wanted) = wrong_text(setting.key, &text_of(&mut config)) {
                problems.push(wrong(given, setting, &wanted));
            }
        }
        config.http.tls = match (&config.tls_certificate, &config.tls_key) {
            (Some(certificate), Some(key)) => Some(TlsFiles { certificate: certificate.clone(), key: key.clone() }),
            (None, None) => None,
            _ => {
                problems.push("`tls.certificate` and `tls.key` belong together: set both, or neither".to_owned());
                None
            }
        };
        if problems.is_empty() { Ok(config) } else { Err(ConfigError(problems)) }
    }
}

fn unknown(given: &Given) -> String {
    let key_of = |found: Option<&Setting>| found.map(|setting| setting.key);
    let name = given.key.rsplit('.').next().unwrap_or_default();
    // In another table, or in none, it has the same name.
    let hint = key_of(SETTINGS.iter().find(|setting| setting.last_part() == name))
        .or_else(|| nearest(&given.key, SETTINGS.iter().map(|setting| setting.key)))
        .or_else(|| key_of(SETTINGS.iter().find(|setting| setting.has_part_in(name))));
    let hint = hint.map_or_else(
        || "; `grounds settings` prints all that there are".to_owned(),
        |key| format!("; did you mean `{key}`?"),
    );
    format!("{}: there is no setting `{}`{hint}", given.from, given.key)
}

fn wrong(given: &Given, setting: &Setting, wanted: &str) -> String {
    let value = match &given.value {
        SettingValue::Text(text) => format!(" is {text:?}"),
        SettingValue::Integer(n) => format!(" is {n}"),
        SettingValue::Decimal(n) => format!(" is {n}"),
        SettingValue::Flag(flag) => format!(" is {flag}"),
        SettingValue::Texts(texts) => format!(" is {texts:?}"),
        SettingValue::Other => " is something else".to_owned(),
    };
    format!("{}: `{}`{value}: {wanted} (in the environment it is {})", given.from, setting.key, setting.variable())
}

/// What is wrong with a text that is of the right type; `None` when nothing is.
fn wrong_text(key: &str, value: &serde_json::Value) -> Option<String> {
    match key {
        "listen" => {
            let port = value.as_str()?.rsplit_once(':').filter(|(host, _)| !host.is_empty());
            port.is_none_or(|(_, port)| port.parse::<u16>().is_err())
                .then(|| "it must be a host and a port, as in \"127.0.0.1:8080\" or \"[::1]:8080\"".to_owned())
        }
        "database" => (!Store::is_url(value.as_str()?))
            .then(|| "it must be `sqlite:` and a path, as in \"sqlite:grounds.db\"".to_owned()),
        "http.allowed_origins" => {
            let origins = value.as_array()?;
            let wrong = origins.iter().filter_map(|origin| origin.as_str()).find(|origin| !is_origin(origin))?;
            Some(format!(
                "{wrong:?} is no origin: write scheme, host and port as browsers do, as in \"https://example.org\" or \
                 \"http://localhost:3000\", without a path; or \"*\" for all"
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: &str, key: &str, value: &str) -> Given {
        Given::by_flag(from, key, value.to_owned())
    }

    fn problems(given: &[Given]) -> Vec<String> {
        Config::gather(given).expect_err("something is wrong").0
    }

    #[test]
    fn the_later_goes_before_the_earlier_and_all_before_the_defaults() {
        let given = [
            text("settings.toml:1:1", "listen", "127.0.0.1:2"),
            text("settings.toml:2:1", "limits.depth", "9"),
            text("--listen", "listen", "127.0.0.1:1"),
        ];
        let config = Config::gather(&given).expect("good");
        assert_eq!((config.listen.as_str(), config.execution.document.depth), ("127.0.0.1:1", 9));
        assert_eq!(config.database, Config::default().database);
    }

    #[test]
    fn the_environment_says_what_it_is_set_to() {
        let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let given = Given::by_environment([
            set("GROUNDS_LISTEN", ""),
            set("GROUNDS_HTTP_BODY_MAX_BYTES", "2048"),
            set("GROUNDS_LIMITS_TIME", "1.5"),
            set("GROUNDS_HTTP_ALLOWED_ORIGINS", "https://a.org, http://localhost:3000"),
            // What belongs to others: a build, a file, what Kubernetes tells of a service of this name.
            set("GROUNDS_BUILD_GRAPHIQL", "0"),
            set("GROUNDS_CONFIG", "grounds.toml"),
            set("GROUNDS_URL", "http://127.0.0.1:8080/"),
            set("GROUNDS_PORT", "tcp://10.0.0.1:8080"),
            set("GROUNDS_PORT_8080_TCP_ADDR", "10.0.0.1"),
            set("GROUNDS_SERVICE_HOST", "10.0.0.1"),
            set("GROUNDS_SERVICE_PORT_HTTP", "8080"),
            set("GROUNDS_SERVICE_PORT_METRICS", "9090"),
            set("PATH", "/bin"),
        ]);
        assert_eq!(given.len(), 3, "{given:?}");
        let config = Config::gather(&given).expect("good");
        assert_eq!((config.listen, config.http.body_max_bytes), (Config::default().listen, 2048));
        assert_eq!(config.execution.time.as_millis(), 1_500);
        assert_eq!(config.http.allowed_origins, ["https://a.org", "http://localhost:3000"]);
    }

    #[test]
    fn all_that_means_nothing_is_told_at_once() {
        let from_file = |key: &str, value| Given { from: "s.toml:1:1".to_owned(), key: key.to_owned(), value };
        let given = [
            text("--listen", "listen", "8080"),
            from_file("lisen", SettingValue::Text("127.0.0.1:1".to_owned())),
            from_file("depth", SettingValue::Integer(3)),
            from_file("limits.depth", SettingValue::Integer(-3)),
            from_file("http.metrics", SettingValue::Integer(1)),
            from_file("http.allowed_origins", SettingValue::Texts(vec!["https://a.org/".to_owned()])),
            from_file("limits.time", SettingValue::Decimal(0.0)),
            from_file("tls.key", SettingValue::Text("key.pem".to_owned())),
        ];
        let expected = [
            "--listen: `listen` is \"8080\": it must be a host and a port, as in \"127.0.0.1:8080\" or \"[::1]:8080\" (in \
             the environment it is GROUNDS_LISTEN)",
            "s.toml:1:1: there is no setting `lisen`; did you mean `listen`?",
            "s.toml:1:1: there is no setting `depth`; did you mean `limits.depth`?",
            "s.toml:1:1: `limits.depth` is -3: it must be a whole number from 1 to 64 (in the environment it is \
             GROUNDS_LIMITS_DEPTH)",
            "s.toml:1:1: `http.metrics` is 1: it must be true or false (in the environment it is GROUNDS_HTTP_METRICS)",
            "s.toml:1:1: `http.allowed_origins` is [\"https://a.org/\"]: \"https://a.org/\" is no origin: write scheme, host \
             and port as browsers do, as in \"https://example.org\" or \"http://localhost:3000\", without a path; or \"*\" \
             for all (in the environment it is GROUNDS_HTTP_ALLOWED_ORIGINS)",
            "s.toml:1:1: `limits.time` is 0: it must be seconds, from 1 to 600 (in the environment it is \
             GROUNDS_LIMITS_TIME)",
            "`tls.certificate` and `tls.key` belong together: set both, or neither",
        ];
        assert_eq!(problems(&given), expected);
        let misspelt = [
            "GROUNDS_CONIFG",
            "GROUNDS_DATABASE_URL",
            "GROUNDS_LIMITS_DEPHT",
            "GROUNDS_LIMIT_DEPTH",
            "GROUNDS_LISEN",
            "GROUNDS_LOG_LEVEL",
            "GROUNDS_MAX_DEPTH",
            "GROUNDS_METRICS",
        ];
        let given = Given::by_environment(misspelt.map(|name| (name.to_owned(), "3".to_owned())));
        assert_eq!(
            problems(&given),
            [
                "GROUNDS_CONIFG: there is no setting `conifg`; `grounds settings` prints all that there are",
                "GROUNDS_DATABASE_URL: there is no setting `database_url`; did you mean `database`?",
                "GROUNDS_LIMITS_DEPHT: there is no setting `limits.depht`; did you mean `limits.depth`?",
                "GROUNDS_LIMIT_DEPTH: there is no setting `limit_depth`; did you mean `limits.depth`?",
                "GROUNDS_LISEN: there is no setting `lisen`; did you mean `listen`?",
                "GROUNDS_LOG_LEVEL: there is no setting `log_level`; did you mean `log`?",
                "GROUNDS_MAX_DEPTH: there is no setting `max_depth`; did you mean `limits.depth`?",
                "GROUNDS_METRICS: there is no setting `metrics`; did you mean `http.metrics`?",
            ]
        );
    }

    #[test]
    fn an_address_needs_a_port() {
        for bad in ["8080", "127.0.0.1", ":8080", "127.0.0.1:", "127.0.0.1:99999"] {
            assert_eq!(problems(&[text("--listen", "listen", bad)]).len(), 1, "{bad}");
        }
    }

    #[test]
    fn every_setting_can_be_set_to_what_it_is_and_is_kept_where_it_belongs() {
        for setting in SETTINGS {
            let before = (setting.slot)(&mut Config::default()).value();
            let text = match &before {
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Array(_) => String::new(),
                other => other.to_string(),
            };
            let config = Config::gather(&[Given::by_flag("--set", setting.key, text)]);
            assert_eq!(config, Ok(Config::default()), "{}", setting.key);
            let other = match &before {
                serde_json::Value::Number(n) if setting.key != "limits.nesting" => {
                    let n = n.as_u64().expect("defaults are whole");
                    if n == *setting.range.end() { n - 1 } else { n + 1 }.to_string()
                }
                serde_json::Value::Bool(flag) => (!flag).to_string(),
                _ => continue,
            };
            let mut config = Config::gather(&[Given::by_flag("--set", setting.key, other.clone())]).expect(setting.key);
            assert_eq!((setting.slot)(&mut config).value().to_string(), other, "{}", setting.key);
            // Nothing else has changed.
            (setting.slot)(&mut config).put(&number(&before), &setting.range).expect(setting.key);
            assert_eq!(config, Config::default(), "{}", setting.key);
        }
    }

    fn number(value: &serde_json::Value) -> SettingValue {
        SettingValue::Text(value.to_string())
    }
}

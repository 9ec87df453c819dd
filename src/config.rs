//! Settings in two stages: what was typed (flags, environment, file), then what it means.

use crate::format::SettingsFile;

/// What was typed, by any way that has a say; `None` where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `Config`")]
pub struct Typed {
    pub listen: Option<String>,
    pub database: Option<String>,
    pub log: Option<String>,
}

/// What the settings mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// The database.
    pub database: String,
    /// What is logged.
    pub log: String,
}

/// A setting that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// No address and port.
    #[error(
        "{0:?} is no address to listen on (--listen, GROUNDS_LISTEN or `listen` in the settings file): write a host and a \
         port, as in \"127.0.0.1:8080\" or \"[::1]:8080\""
    )]
    Listen(String),
}

impl Config {
    /// The address that is listened on when nobody says otherwise.
    pub const LISTEN: &'static str = "127.0.0.1:8080";
    /// The database that is used when nobody says otherwise.
    pub const DATABASE: &'static str = "sqlite:grounds.db";
    /// What is logged when nobody says otherwise: warnings, but not that a statement of a large import takes a while.
    pub const LOG: &'static str = "warn,sqlx=error";

    /// Flags and environment go before the file, the file before the defaults.
    ///
    /// # Errors
    /// When a setting means nothing.
    pub fn gather(typed: Typed, file: SettingsFile) -> Result<Self, ConfigError> {
        let one = |typed: Option<String>, file: Option<String>, default: &str| {
            // An environment variable that is set to nothing says nothing.
            typed.filter(|text| !text.is_empty()).or(file).unwrap_or_else(|| default.to_owned())
        };
        let config = Self {
            listen: one(typed.listen, file.listen, Self::LISTEN),
            database: one(typed.database, file.database, Self::DATABASE),
            log: one(typed.log, file.log, Self::LOG),
        };
        let port = config.listen.rsplit_once(':').filter(|(host, _)| !host.is_empty());
        if port.is_none_or(|(_, port)| port.parse::<u16>().is_err()) {
            return Err(ConfigError::Listen(config.listen));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_go_before_the_file_and_the_file_before_defaults() {
        let typed = Typed { listen: Some("127.0.0.1:1".into()), ..Typed::default() };
        let file =
            SettingsFile { listen: Some("127.0.0.1:2".into()), database: Some("sqlite:mine.db".into()), log: None };
        let config = Config::gather(typed, file).expect("good");
        assert_eq!(
            (config.listen.as_str(), config.database.as_str(), config.log.as_str()),
            ("127.0.0.1:1", "sqlite:mine.db", Config::LOG)
        );
    }

    #[test]
    fn what_is_set_to_nothing_is_not_set() {
        let typed = Typed { listen: Some(String::new()), ..Typed::default() };
        let config = Config::gather(typed, SettingsFile::default()).expect("good");
        assert_eq!(config.listen, Config::LISTEN);
    }

    #[test]
    fn an_address_needs_a_port() {
        for bad in ["8080", "127.0.0.1", ":8080", "127.0.0.1:", "127.0.0.1:99999"] {
            let typed = Typed { listen: Some(bad.into()), ..Typed::default() };
            assert_eq!(Config::gather(typed, SettingsFile::default()), Err(ConfigError::Listen(bad.into())));
        }
    }
}

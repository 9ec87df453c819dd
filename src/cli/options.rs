//! What can be typed.
#![expect(clippy::doc_markdown, reason = "these comments are the help, which a terminal shows as they are")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::CliError;
use crate::config::{Config, ENVIRONMENT, Given};
use crate::format::read_settings;

/// Who stands where on a law, and on what grounds: a GraphQL server over organizations, studies, laws and claims.
///
/// Without a command it serves: it opens the database (making it with the built-in corpora when there is none) and
/// prints the addresses of the GraphiQL page and of the API.
#[derive(Debug, Parser)]
#[command(
    name = "grounds",
    version,
    args_conflicts_with_subcommands = true,
    after_help = EXIT_STATUS,
    after_long_help = EXAMPLES,
)]
pub(super) struct Options {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) serve: ServeOptions,
}

const EXIT_STATUS: &str = "Exit status: 0 done, 1 failed, 2 not understood (wrong usage or settings).";

const EXAMPLES: &str = "\
Examples:
  grounds
      serve http://127.0.0.1:8080/, at first with the built-in corpora
  grounds --listen 127.0.0.1:9000
      serve on another port
  grounds check my-corpus
      tell all that is wrong with a corpus, with file and line
  grounds import my-corpus --database sqlite:my.db
  grounds serve --database sqlite:my.db
      serve your own corpus alone

  grounds --set limits.depth=20 --set http.allowed_origins=https://example.org
      serve with other limits, and to pages of another origin
  grounds settings
      print all settings, as a settings file

Settings are taken from flags, then from the environment (GROUNDS_LISTEN,
GROUNDS_LIMITS_DEPTH and so on), then from the file that --config or
GROUNDS_CONFIG names, then from the defaults.

Exit status: 0 done, 1 failed, 2 not understood (wrong usage or settings).";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve GraphiQL and the GraphQL API (the default)
    Serve(ServeOptions),
    /// Check corpora and write them into the database, all or nothing
    ///
    /// A corpus that is in the database already, by its name, is replaced. A running server notices within a
    /// fraction of a second, and shows the new data as soon as they are loaded.
    Import(ImportOptions),
    /// Tell all that is wrong with corpora, each with file, line and what would be right; writes nothing
    Check(CheckOptions),
    /// Print the GraphQL schema, or the JSON Schema of the corpus files or of the settings file
    Schema(SchemaOptions),
    /// Print the settings that are in force, as a settings file, each with what it is for
    Settings(ServeOptions),
}

/// Settings that every command has.
#[derive(Debug, Args)]
pub(super) struct CommonOptions {
    /// The database: sqlite: and a path; made when missing [default: sqlite:grounds.db] [env: GROUNDS_DATABASE]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// What to log to standard error: a level, or levels by part as in warn,grounds::access=info
    /// [default: warn,sqlx=error,actix_http=off] [env: GROUNDS_LOG]
    #[arg(long, value_name = "FILTER")]
    log: Option<String>,
    /// A settings file (TOML) for what neither flag nor environment says
    #[arg(long, value_name = "FILE", env = "GROUNDS_CONFIG")]
    config: Option<PathBuf>,
    /// Any setting (may be given several times); `grounds settings` prints all there are
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write a setting and its value, as in limits.depth=20")?;
    Ok((key.trim().to_owned(), value.to_owned()))
}

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// Address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080] [env: GROUNDS_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    #[command(flatten)]
    common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// Corpora: each a TOML file, or a folder with TOML files
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// A folder with the documents' texts: each citation is held against them (may be given several times)
    #[arg(long, value_name = "FOLDER")]
    pub(super) documents: Vec<PathBuf>,
    #[command(flatten)]
    common: CommonOptions,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Corpora: each a TOML file, or a folder with TOML files; they may refer to each other
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// A folder with the documents' texts: each citation is held against them (may be given several times)
    #[arg(long, value_name = "FOLDER")]
    pub(super) documents: Vec<PathBuf>,
    /// A database whose corpora they may refer to as well; only read
    #[arg(long, value_name = "URL")]
    pub(super) database: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaOptions {
    /// Which one
    #[arg(value_enum, default_value_t = SchemaKind::Graphql)]
    pub(super) of: SchemaKind,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaKind {
    /// The API, in the GraphQL schema definition language
    Graphql,
    /// The corpus files, as JSON Schema
    Corpus,
    /// The settings file, as JSON Schema
    Settings,
}

impl ServeOptions {
    pub(super) fn config(self) -> Result<Config, CliError> {
        self.common.config(self.listen)
    }
}

impl ImportOptions {
    pub(super) fn config(self) -> Result<Config, CliError> {
        self.common.config(None)
    }
}

impl CommonOptions {
    /// All settings. Problems of the file come with those of flags and environment, at once.
    fn config(self, listen: Option<String>) -> Result<Config, CliError> {
        let mut given = Vec::new();
        if let Some(path) = self.config {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(&path)
                .map_err(|error| CliError::SettingsUnreadable { name: name.clone(), reason: error.to_string() })?;
            let (settings, problems) = read_settings(&name, &text);
            if !problems.is_empty() {
                return Err(CliError::Settings(problems));
            }
            given.extend(settings.into_iter().map(Given::from));
        }
        let variables = std::env::vars_os().filter_map(|(name, text)| Some((name.into_string().ok()?, text)));
        let ours = variables.filter(|(name, _)| name.starts_with(ENVIRONMENT));
        given.extend(Given::by_environment(ours.map(|(name, text)| (name, text.to_string_lossy().into_owned()))));
        given.extend(self.set.into_iter().map(|(key, value)| Given::by_flag("--set", &key, value)));
        let flags = [("listen", listen), ("database", self.database), ("log", self.log)];
        let flags = flags.into_iter().filter_map(|(key, text)| Some((key, text.filter(|text| !text.is_empty())?)));
        given.extend(flags.map(|(key, text)| Given::by_flag(&format!("--{key}"), key, text)));
        Ok(Config::gather(&given)?)
    }
}

//! The command line: one file a command. Says what was done and what went wrong, in words, with an exit status.

mod check;
mod import;
mod options;
mod schema;
mod serve;
mod settings;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::app::AppError;
use crate::config::{Config, ConfigError, LogFormat};
use crate::format::Problem;
use crate::http::StartError;
use crate::store::StoreError;
use crate::telemetry::{self, NotAFilter};

use options::{Command, Options};
use terminal::complain;

/// Exit status: the command was understood and failed.
const FAILED: u8 = 1;
/// Exit status: the command or a setting was not understood (as clap has it).
const MISUSED: u8 = 2;

/// Why a command failed, in words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Filter(#[from] NotAFilter),
    #[error("the settings file {name} cannot be read: {reason}")]
    SettingsUnreadable { name: String, reason: String },
    #[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
    Settings(Vec<Problem>),
    #[error(transparent)]
    App(AppError),
    #[error("{address} cannot be listened on: {reason}")]
    Listen { address: String, reason: String },
    #[error("{}; nothing was imported", n_problems(*.n))]
    Mistaken { n: usize },
    #[error("{} in {n_files} file{}", n_problems(*.n), if *.n_files == 1 { "" } else { "s" })]
    Problems { n: usize, n_files: usize },
    #[error("there is no database at {url}")]
    NoDatabase { url: String },
    #[error("{path} was given twice")]
    Twice { path: String },
    #[error("the server cannot start: {0}")]
    Start(#[from] StartError),
    #[error("the server stopped: {0}")]
    Server(std::io::Error),
    #[error("standard output cannot be written: {0}")]
    Output(std::io::Error),
}

fn n_problems(n: usize) -> String {
    if n == 1 { "1 problem".to_owned() } else { format!("{n} problems") }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::App(AppError::Store(error))
    }
}

impl From<AppError> for CliError {
    /// Problems of a corpus have been counted and shown where they lie; the error only closes the list.
    fn from(error: AppError) -> Self {
        match error {
            AppError::Mistaken(problems) => {
                for problem in &problems {
                    complain(problem);
                }
                Self::Mistaken { n: problems.len() }
            }
            other => Self::App(other),
        }
    }
}

impl CliError {
    fn status(&self) -> u8 {
        match self {
            Self::Config(_) | Self::Filter(_) | Self::SettingsUnreadable { .. } | Self::Settings(_) => MISUSED,
            _ => FAILED,
        }
    }
}

/// Starts logging what the settings want, as they want it.
fn start_log(config: &Config) -> Result<(), NotAFilter> {
    let format = match config.log_format {
        LogFormat::Human => telemetry::LogFormat::Human,
        LogFormat::Json => telemetry::LogFormat::Json,
    };
    telemetry::start(&config.log, format)
}

/// Runs the command that `arguments` say (the first is the program's name). 0: done; 1: failed; 2: not understood.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let options = match Options::try_parse_from(arguments) {
        Ok(options) => options,
        Err(error) => {
            // A closed terminal is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(MISUSED));
        }
    };
    let done = match options.command {
        None => serve::serve(options.serve),
        Some(Command::Serve(options)) => serve::serve(options),
        Some(Command::Import(options)) => import::import(options),
        Some(Command::Check(options)) => check::check(options),
        Some(Command::Schema(options)) => schema::schema(&options),
        Some(Command::Settings(options)) => settings::settings(options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("error: {error}"));
            ExitCode::from(error.status())
        }
    }
}

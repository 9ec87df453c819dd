//! `grounds settings`: prints the settings that are in force.

use super::CliError;
use super::options::ServeOptions;
use super::terminal::say;
use crate::config;

pub(super) fn settings(options: ServeOptions) -> Result<(), CliError> {
    let config = options.config()?;
    say(config::in_force(&config).trim_end())
}

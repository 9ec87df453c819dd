//! `grounds schema`: prints a schema.

use super::CliError;
use super::options::{SchemaKind, SchemaOptions};
use super::terminal::say;
use crate::config;
use crate::format::{corpus_schema_text, settings_schema_text};
use crate::graphql;

pub(super) fn schema(options: &SchemaOptions) -> Result<(), CliError> {
    let text = match options.of {
        SchemaKind::Graphql => graphql::sdl(),
        SchemaKind::Corpus => corpus_schema_text(),
        SchemaKind::Settings => settings_schema_text(&config::shapes()),
    };
    say(text.trim_end())
}

//! `grounds schema`: prints a schema.

use std::io::Write as _;

use super::CliError;
use super::options::{SchemaKind, SchemaOptions};
use crate::format::{corpus_schema_text, settings_schema_text};
use crate::graphql;

pub(super) fn schema(options: &SchemaOptions) -> Result<(), CliError> {
    let text = match options.of {
        SchemaKind::Graphql => graphql::sdl(),
        SchemaKind::Corpus => corpus_schema_text(),
        SchemaKind::Settings => settings_schema_text(),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(CliError::Output)
}

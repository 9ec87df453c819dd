//! Bytes to model and back: the corpus files and the settings file, their problems, and the JSON Schemas that editors
//! check them with.
//!
//! The only home of serialised formats. Knows the model and nothing else: no SQL, no graph, no HTTP. Reads text that
//! it is given and does no input or output itself.

mod corpus;
mod json_schema;
mod settings;

pub use corpus::{Cited, Place, Problem, Reading, Reference, SourceFile, read_corpus, unknown_reference};
pub use json_schema::corpus_schema_text;
pub use settings::{GivenSetting, SettingShape, SettingValue, read_settings, settings_schema_text};

//! Bytes to model and back: the corpus files, their problems, and the JSON Schema that editors check them with.
//!
//! The only home of serialised formats. Knows the model and nothing else: no SQL, no graph, no HTTP. Reads text that
//! it is given and does no input or output itself.

mod corpus;
mod json_schema;

pub use corpus::{Place, Problem, Reading, Reference, SourceFile, read_corpus, unknown_reference};
pub use json_schema::{corpus_schema, corpus_schema_text};

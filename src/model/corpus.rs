//! A corpus: what one set of sources says.

use super::{Document, Entity, Slug, Statement, Uncited};

/// Documents, entities and statements that belong together and are imported together.
///
/// Whether everything that it refers to exists is for the one who imports it to check: a corpus may speak of entities
/// of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corpus {
    /// Unique among corpora.
    pub name: Slug,
    /// What it is about, in a few words.
    pub title: Option<String>,
    /// The sources.
    pub documents: Vec<Document>,
    /// The vertices.
    pub entities: Vec<Entity>,
    /// The edges, each once.
    pub statements: Vec<Statement>,
    /// The lines of its documents that nothing rests on.
    pub uncited: Vec<Uncited>,
}

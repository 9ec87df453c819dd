//! What a snapshot is built from.

use crate::model::{
    Attributes, Basis, Certainty, CitationDirection, Document, EntityKey, PartialDate, Predicate, Slug, StatementId,
    Venue, Voice,
};

/// Everything that a snapshot holds, in any order.
///
/// Whatever is referred to is there: the store's foreign keys see to it.
#[derive(Debug, Default)]
pub struct Facts {
    /// The number of the last write that these facts include.
    pub revision: u64,
    /// The vertices.
    pub entities: Vec<EntityFacts>,
    /// The sources.
    pub documents: Vec<Document>,
    /// The edges.
    pub statements: Vec<StatementFacts>,
    /// Which document is cited for which statement; a pair may occur several times.
    pub cited_by: Vec<(Slug, StatementId)>,
    /// Which document mentions which entity, and how; likewise.
    pub mentioned_by: Vec<(Slug, EntityKey, CitationDirection)>,
    /// The studies that were retracted.
    pub retracted: Vec<Slug>,
}

/// What a snapshot holds of an entity.
#[derive(Debug)]
pub struct EntityFacts {
    /// Kind and slug.
    pub key: EntityKey,
    /// Of a claim, the wording.
    pub name: String,
    /// What only its kind has.
    pub attributes: Attributes,
}

/// What a snapshot holds of a statement.
#[derive(Debug)]
#[expect(missing_docs, reason = "as in `model::Statement` and `model::Qualifiers`")]
pub struct StatementFacts {
    pub id: StatementId,
    pub subject: EntityKey,
    pub predicate: Predicate,
    pub object: EntityKey,
    pub aspect: Option<Slug>,
    pub on: Option<PartialDate>,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub basis: Basis,
    pub certainty: Option<Certainty>,
    pub venue: Option<Venue>,
    pub voice: Option<Voice>,
    /// Whether it holds only under a condition.
    pub is_conditional: bool,
    /// How many citations it has; at least one.
    pub n_citations: u32,
}

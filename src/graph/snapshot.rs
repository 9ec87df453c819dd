//! The snapshot and what can be read off it directly.

use std::ops::Range;

use petgraph::Directed;
use petgraph::csr::Csr;
use strum::VariantArray as _;

use super::index::{Rows, Texts, dense};
use super::{DocumentIx, EntityIx, StatementIx};
use crate::model::{
    Attributes, Basis, Certainty, CitationDirection, Document, EntityKey, EntityKind, PartialDate, Predicate, Slug,
    StatementId, Venue, Voice,
};

/// Edges in compressed sparse rows: from entity to entity, each with the first of the statements it stands for.
pub(super) type Edges = Csr<(), StatementIx, Directed, u32>;

/// The whole graph at one revision. Never changes; a new revision is a new snapshot.
///
/// Entities are numbered by kind and name, so that the entities of a kind are a range, and neighbors, which petgraph
/// keeps in the order of their numbers, come in the order of their names without being sorted.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) revision: u64,
    /// Where each kind begins, and where the last one ends.
    pub(super) kind_starts: [u32; EntityKind::VARIANTS.len() + 1],
    pub(super) names: Texts,
    /// Lower-cased names, for order and for filters.
    pub(super) folded_names: Texts,
    pub(super) slugs: Texts,
    pub(super) attributes: Vec<Attributes>,
    /// The entities by kind, then slug.
    pub(super) by_slug: Vec<EntityIx>,
    /// The entities by kind, then the number of their neighbors, then name.
    pub(super) by_degree: Vec<EntityIx>,
    pub(super) n_neighbors: Vec<u32>,
    pub(super) statements: Vec<StatementRow>,
    /// Of each statement what walks ask of it.
    pub(super) briefs: Vec<Brief>,
    pub(super) by_statement_id: Vec<StatementIx>,
    /// The statements by day, earliest first, those without one last.
    pub(super) by_day: Vec<StatementIx>,
    /// The statements by day, latest first, those without one last.
    pub(super) by_day_backwards: Vec<StatementIx>,
    pub(super) by_predicate: Rows<StatementIx>,
    /// Of each subject its statements, by predicate, then object.
    pub(super) by_subject: Rows<StatementIx>,
    /// Of each object its statements, by predicate, then subject.
    pub(super) by_object: Rows<StatementIx>,
    /// An edge stands for the run of statements from one entity to another: its weight is the first of them. `Csr` has
    /// no parallel edges; the run keeps parallel statements apart.
    pub(super) outgoing: Edges,
    /// The same edges, turned round.
    pub(super) incoming: Edges,
    pub(super) documents: Vec<Document>,
    /// Of each document the statements that cite it, and the other way round.
    pub(super) cited_by: Rows<StatementIx>,
    pub(super) cites: Rows<DocumentIx>,
    /// Of each document the entities that it mentions, and the other way round.
    pub(super) mentioned_by: Rows<(EntityIx, CitationDirection)>,
    pub(super) mentions: Rows<(DocumentIx, CitationDirection)>,
    /// The source that each document counts as: the same number, the same source.
    pub(super) sources: Vec<u32>,
    /// In their order.
    pub(super) retracted: Vec<EntityIx>,
    pub(super) n_citations: u64,
}

/// What a snapshot holds of a statement.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "as in `model::Statement` and `model::Qualifiers`")]
pub struct StatementRow {
    pub id: StatementId,
    pub subject: EntityIx,
    pub object: EntityIx,
    pub aspect: Option<EntityIx>,
    pub on: Option<PartialDate>,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub predicate: Predicate,
    pub basis: Basis,
    pub certainty: Option<Certainty>,
    pub venue: Option<Venue>,
    pub voice: Option<Voice>,
    pub is_conditional: bool,
    pub n_citations: u32,
}

/// What a walk asks of each statement that it meets, kept apart from the rest: eight bytes instead of a line of the
/// processor's cache, since most of what a walk costs is waiting for memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    pub(super) n_citations: u32,
    pub(super) predicate: Predicate,
    pub(super) basis: Basis,
    pub(super) certainty: Option<Certainty>,
    /// Whether the next statement has other ends.
    pub(super) is_last: bool,
}

/// How much of everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All entities.
    pub n_entities: u32,
    /// All statements.
    pub n_statements: u32,
    /// Ordered pairs of entities with at least one statement from the first to the second.
    pub n_edges: u32,
    /// All documents.
    pub n_documents: u32,
    /// Citations of statements.
    pub n_citations: u64,
}

impl Snapshot {
    /// The number of the last write that this snapshot includes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How much of everything there is. O(1).
    pub fn counts(&self) -> Counts {
        Counts {
            n_entities: dense(self.attributes.len()),
            n_statements: dense(self.statements.len()),
            n_edges: dense(self.outgoing.edge_count()),
            n_documents: dense(self.documents.len()),
            n_citations: self.n_citations,
        }
    }

    /// How many entities of this kind there are. O(1).
    pub fn n_of_kind(&self, kind: EntityKind) -> u32 {
        dense(self.of_kind(kind).len())
    }

    /// How many statements with this predicate there are. O(1).
    pub fn n_of_predicate(&self, predicate: Predicate) -> u32 {
        dense(self.by_predicate.row(predicate as u32).len())
    }

    /// The entity of this kind and slug; `None` when there is none. O(log n).
    pub fn entity(&self, kind: EntityKind, slug: &str) -> Option<EntityIx> {
        let of_kind = self.of_kind(kind);
        let by_slug = &self.by_slug[of_kind.start as usize..of_kind.end as usize];
        let i = by_slug.binary_search_by(|ix| self.slug(*ix).cmp(slug)).ok()?;
        Some(by_slug[i])
    }

    /// The entity that `key` names; `None` when there is none. O(log n).
    pub fn entity_of_key(&self, key: &EntityKey) -> Option<EntityIx> {
        self.entity(key.kind, key.slug.as_str())
    }

    /// The kind of the entity.
    pub fn kind(&self, entity: EntityIx) -> EntityKind {
        self.attributes[entity.0 as usize].kind()
    }

    /// The entity's slug, unique within its kind.
    pub fn slug(&self, entity: EntityIx) -> &str {
        self.slugs.get(entity.0)
    }

    /// Kind and slug.
    ///
    /// # Panics
    /// Never: what is kept as a slug was one.
    pub fn key(&self, entity: EntityIx) -> EntityKey {
        let slug = Slug::parse(self.slug(entity)).expect("it was a slug when the snapshot was built");
        EntityKey { kind: self.kind(entity), slug }
    }

    /// What people call the entity; of a claim, its wording.
    pub fn name(&self, entity: EntityIx) -> &str {
        self.names.get(entity.0)
    }

    /// What only the entity's kind has.
    pub fn attributes(&self, entity: EntityIx) -> &Attributes {
        &self.attributes[entity.0 as usize]
    }

    /// How many other entities have a statement with this one, in either direction. O(1).
    pub fn n_neighbors(&self, entity: EntityIx) -> u32 {
        self.n_neighbors[entity.0 as usize]
    }

    /// What is known of the statement.
    pub fn statement(&self, statement: StatementIx) -> &StatementRow {
        &self.statements[statement.0 as usize]
    }

    /// The statement with this id; `None` when there is none. O(log n).
    pub fn statement_of_id(&self, id: StatementId) -> Option<StatementIx> {
        let i = self.by_statement_id.binary_search_by_key(&id, |ix| self.statement(*ix).id).ok()?;
        Some(self.by_statement_id[i])
    }

    pub(super) fn brief(&self, statement: StatementIx) -> Brief {
        self.briefs[statement.0 as usize]
    }

    /// The document with this slug; `None` when there is none. O(log n).
    pub fn document_of_slug(&self, slug: &str) -> Option<DocumentIx> {
        let i = self.documents.binary_search_by(|document| document.slug.as_str().cmp(slug)).ok()?;
        Some(DocumentIx(dense(i)))
    }

    /// What is known of the document.
    pub fn document(&self, document: DocumentIx) -> &Document {
        &self.documents[document.0 as usize]
    }

    /// The statements that cite the document, in their order.
    pub fn statements_citing(&self, document: DocumentIx) -> &[StatementIx] {
        self.cited_by.row(document.0)
    }

    /// The documents that the statement cites, by slug. Never empty.
    pub fn documents_cited_for(&self, statement: StatementIx) -> &[DocumentIx] {
        self.cites.row(statement.0)
    }

    /// How many independent sources these documents are: those of one origin count once. O(documents · log), and
    /// O(documents) when they are many.
    pub fn n_sources(&self, documents: impl IntoIterator<Item = DocumentIx>) -> usize {
        let sources = documents.into_iter().map(|document| self.sources[document.0 as usize]);
        let mut sources: Vec<_> = sources.collect();
        // A bit for each source is then less than a number for each document.
        if sources.len() > self.sources.len() / 64 {
            let mut is_met = vec![0_u64; self.sources.len().div_ceil(64)];
            for source in sources {
                is_met[source as usize / 64] |= 1 << (source % 64);
            }
            return is_met.iter().map(|bits| bits.count_ones() as usize).sum();
        }
        sources.sort_unstable();
        sources.dedup();
        sources.len()
    }

    /// Whether a notice of retraction was put on the study. O(log retracted studies).
    pub fn is_retracted(&self, study: EntityIx) -> bool {
        self.retracted.binary_search(&study).is_ok()
    }

    /// The documents that mention the entity, each with each attitude once, by slug.
    pub fn documents_mentioning(&self, entity: EntityIx) -> &[(DocumentIx, CitationDirection)] {
        self.mentions.row(entity.0)
    }

    /// The entities that the document mentions, each with each attitude once, in their order.
    pub fn entities_mentioned_in(&self, document: DocumentIx) -> &[(EntityIx, CitationDirection)] {
        self.mentioned_by.row(document.0)
    }

    /// The statements in which the entity is the subject, by predicate, then object.
    pub fn statements_of_subject(&self, entity: EntityIx) -> &[StatementIx] {
        self.by_subject.row(entity.0)
    }

    /// The statements in which the entity is the object, by predicate, then subject.
    pub fn statements_of_object(&self, entity: EntityIx) -> &[StatementIx] {
        self.by_object.row(entity.0)
    }

    pub(super) fn of_kind(&self, kind: EntityKind) -> Range<u32> {
        let kind = kind as usize;
        self.kind_starts[kind]..self.kind_starts[kind + 1]
    }
}

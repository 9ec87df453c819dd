//! Entities: the vertices.

use super::{
    Citation, Claim, EntityKey, EntityKind, Identifier, Jurisdiction, Law, LawEvent, Notice, Organization, Slug, Study,
    Topic,
};

/// A vertex of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Unique within its kind.
    pub slug: Slug,
    /// What people call it; of a claim, its one fixed wording.
    pub name: String,
    /// A few sentences in our own words.
    pub summary: Option<String>,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// Names that registers gave it.
    pub identifiers: Vec<Identifier>,
    /// Where documents speak of it.
    pub mentions: Vec<Citation>,
    /// What happened to it, as sources say; only laws have events.
    pub events: Vec<LawEvent>,
    /// Retractions, corrections and expressions of concern; only studies have notices.
    pub notices: Vec<Notice>,
    /// What only its kind has.
    pub attributes: Attributes,
}

/// What only one kind of entity has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is named after the type it holds")]
pub enum Attributes {
    Organization(Organization),
    Study(Study),
    Law(Law),
    Claim(Claim),
    Jurisdiction(Jurisdiction),
    Topic(Topic),
}

impl Attributes {
    /// The kind that has such attributes.
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Organization(_) => EntityKind::Organization,
            Self::Study(_) => EntityKind::Study,
            Self::Law(_) => EntityKind::Law,
            Self::Claim(_) => EntityKind::Claim,
            Self::Jurisdiction(_) => EntityKind::Jurisdiction,
            Self::Topic(_) => EntityKind::Topic,
        }
    }
}

impl Entity {
    /// What names it among all entities.
    pub fn key(&self) -> EntityKey {
        EntityKey { kind: self.attributes.kind(), slug: self.slug.clone() }
    }
}

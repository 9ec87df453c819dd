//! What the snapshot that answered holds.

use async_graphql::{Context, Object, SimpleObject};
use strum::VariantArray as _;

use super::closed_set::Term;
use super::handle::Pinned;
use super::limits::Limit;
use super::scalar::{DateTime, number};
use crate::model::{EntityKind, Predicate};

/// Counts, version and load time of the snapshot that answered.
pub(crate) struct GraphInfo(pub(crate) Pinned);

/// How many entities of a kind there are.
#[derive(SimpleObject)]
pub(crate) struct KindCount {
    /// The kind.
    kind: Term<EntityKind>,
    /// How many entities are of it.
    count: i32,
}

/// A predicate: what it means, what it joins, and how often it is used.
#[derive(SimpleObject)]
pub(crate) struct PredicateInfo {
    /// The predicate.
    predicate: Term<Predicate>,
    /// What a statement with it says.
    meaning: String,
    /// The kinds that its subject may have, in the order of the enum in introspection.
    subjects: Vec<Term<EntityKind>>,
    /// The kinds that its object may have, in the order of the enum in introspection.
    objects: Vec<Term<EntityKind>>,
    /// The predicate that says the contrary of the same two ends; null when there is none.
    opposite: Option<Term<Predicate>>,
    /// Whether it says the same with its ends exchanged.
    symmetric: bool,
    /// The nearest term of a standard vocabulary, as a compact IRI; null when there is none.
    standard_term: Option<&'static str>,
    /// How many statements use it.
    n_statements: i32,
}

/// A limit that every operation is held to.
#[derive(SimpleObject)]
#[graphql(name = "Limit")]
pub(crate) struct LimitInfo {
    /// Its name, as `extensions.limit` of an error tells it.
    name: &'static str,
    /// What is allowed at the most, in `unit`; 2,147,483,647 also stands for more.
    max: i32,
    /// What is counted: a plural, such as "objects" or "milliseconds".
    unit: &'static str,
    /// What is limited, what its default is, and why.
    description: &'static str,
}

/// Counts, version and load time of the snapshot that answered.
#[Object]
impl GraphInfo {
    /// The version of Grounds.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The number of the last write to the store that the snapshot includes; every import adds one.
    async fn revision(&self) -> i32 {
        number(self.0.revision())
    }

    /// When the snapshot was loaded.
    async fn loaded_at(&self) -> DateTime {
        DateTime(self.0.current().loaded_at)
    }

    /// How long reading the store and building the snapshot took, in milliseconds.
    async fn load_milliseconds(&self) -> f64 {
        self.0.current().load_time.as_secs_f64() * 1e3
    }

    /// What every operation is held to, as this server is set: first the document, then what it asks for, then the
    /// answer. An error that one of them caused names it in `extensions.limit`.
    async fn limits(&self) -> Vec<LimitInfo> {
        let info = |Limit { name, max, unit, description }| LimitInfo { name, max: number(max), unit, description };
        self.0.limits().table().into_iter().map(info).collect()
    }

    /// All entities.
    async fn n_entities(&self) -> i32 {
        number(self.0.counts().n_entities)
    }

    /// The entities of each kind, in the order of the enum in introspection.
    async fn kinds(&self) -> Vec<KindCount> {
        let of_kind = |kind: &EntityKind| KindCount { kind: Term(*kind), count: number(self.0.n_of_kind(*kind)) };
        EntityKind::VARIANTS.iter().map(of_kind).collect()
    }

    /// All statements.
    async fn n_statements(&self) -> i32 {
        number(self.0.counts().n_statements)
    }

    /// Ordered pairs of entities with at least one statement from the first to the second.
    async fn n_edges(&self) -> i32 {
        number(self.0.counts().n_edges)
    }

    /// All documents.
    async fn n_documents(&self) -> i32 {
        number(self.0.counts().n_documents)
    }

    /// Citations of statements; mentions of entities are not counted.
    async fn n_citations(&self) -> i32 {
        number(self.0.counts().n_citations)
    }

    /// The vocabulary: every predicate, in the order of the enum in introspection.
    async fn predicates(&self) -> Vec<PredicateInfo> {
        let terms = |kinds: &[EntityKind]| {
            let in_order = EntityKind::VARIANTS.iter().filter(|kind| kinds.contains(kind));
            in_order.copied().map(Term).collect()
        };
        let info = |predicate: &Predicate| {
            let row = predicate.row();
            PredicateInfo {
                predicate: Term(*predicate),
                meaning: crate::model::ClosedSet::meaning(*predicate),
                subjects: terms(row.subjects),
                objects: terms(row.objects),
                opposite: row.opposite.map(Term),
                symmetric: row.symmetric,
                standard_term: row.term,
                n_statements: number(self.0.n_of_predicate(*predicate)),
            }
        };
        Predicate::VARIANTS.iter().map(info).collect()
    }
}

/// The root field that tells of the graph itself.
#[derive(Default)]
pub(crate) struct GraphQuery;

#[Object]
impl GraphQuery {
    /// Counts, version and load time of the snapshot that answered.
    async fn graph(&self, ctx: &Context<'_>) -> GraphInfo {
        GraphInfo(Pinned::of(ctx))
    }
}

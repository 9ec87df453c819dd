//! From facts to a snapshot: sort, number, join.

use std::cmp::Reverse;
use std::collections::HashMap;

use petgraph::csr::Csr;
use strum::VariantArray as _;

use super::index::{Rows, Texts, dense};
use super::snapshot::{Brief, Edges};
use super::{DocumentIx, EntityFacts, EntityIx, Facts, Snapshot, StatementFacts, StatementIx, StatementRow};
use crate::model::{CitationDirection, Document, EntityKey, EntityKind, Predicate, Slug};

impl Snapshot {
    /// The snapshot of these facts. O(n log n).
    ///
    /// # Panics
    /// When a fact refers to an entity, a statement or a document that is not among the facts: the store's foreign
    /// keys exclude it.
    pub fn build(facts: Facts) -> Self {
        let Facts { revision, entities, mut documents, statements, cited_by, mentioned_by, retracted } = facts;
        let entities = sorted_by_name(entities);
        let entity_of: HashMap<EntityKey, EntityIx> =
            entities.iter().zip(0..).map(|((_, entity), i)| (entity.key.clone(), EntityIx(i))).collect();
        let statements = numbered(statements, &entity_of);
        documents.sort_by(|a, b| a.slug.cmp(&b.slug));

        let n_entities = dense(entities.len());
        let edges = edges(&statements);
        let outgoing = csr(n_entities, edges.clone());
        let incoming = csr(n_entities, edges.into_iter().map(|(from, to, first)| (to, from, first)).collect());
        let n_neighbors = (0..n_entities).map(|entity| n_neighbors(&outgoing, &incoming, entity)).collect();

        let statement_ixs = || (0..dense(statements.len())).map(StatementIx);
        let row = |ix: StatementIx| &statements[ix.0 as usize];
        let by_statement_id = sorted(statement_ixs(), |ix| row(ix).id);
        let by_day = sorted(statement_ixs(), |ix| (row(ix).on.is_none(), row(ix).on, ix));
        let by_day_backwards = sorted(statement_ixs(), |ix| (Reverse(row(ix).on), ix));
        let by_predicate = Rows::from_sorted(
            dense(Predicate::VARIANTS.len()),
            sorted(statement_ixs(), |ix| (row(ix).predicate, ix)).into_iter().map(|ix| (row(ix).predicate as u32, ix)),
        );
        let by_subject = Rows::from_sorted(
            n_entities,
            sorted(statement_ixs(), |ix| (row(ix).subject, row(ix).predicate, ix))
                .into_iter()
                .map(|ix| (row(ix).subject.0, ix)),
        );
        let by_object = Rows::from_sorted(
            n_entities,
            sorted(statement_ixs(), |ix| (row(ix).object, row(ix).predicate, ix))
                .into_iter()
                .map(|ix| (row(ix).object.0, ix)),
        );

        let n_citations = statements.iter().map(|statement| u64::from(statement.n_citations)).sum();
        let citing = citing(&documents, &cited_by, &statements);
        let mentioning = mentioning(&documents, &mentioned_by, &entity_of);
        let sources = sources(&documents);
        let study = |slug| entity_of[&EntityKey { kind: EntityKind::Study, slug }];
        let retracted = sorted(retracted.into_iter().map(study), |ix| ix);

        let mut snapshot = Self {
            revision,
            kind_starts: kind_starts(&entities),
            names: Texts::default(),
            folded_names: Texts::default(),
            slugs: Texts::default(),
            attributes: Vec::with_capacity(entities.len()),
            by_slug: Vec::new(),
            by_degree: Vec::new(),
            n_neighbors,
            by_statement_id,
            by_day,
            by_day_backwards,
            by_predicate,
            by_subject,
            by_object,
            outgoing,
            incoming,
            cites: turned_round(dense(statements.len()), &citing, |(document, statement)| (statement.0, document)),
            cited_by: Rows::from_sorted(dense(documents.len()), citing.into_iter().map(|(it, by)| (it.0, by))),
            mentions: turned_round(n_entities, &mentioning, |(document, (entity, how))| (entity.0, (document, how))),
            mentioned_by: Rows::from_sorted(dense(documents.len()), mentioning.into_iter().map(|(it, by)| (it.0, by))),
            sources,
            retracted,
            briefs: briefs(&statements),
            statements,
            documents,
            n_citations,
        };
        for (folded_name, entity) in entities {
            snapshot.names.push(&entity.name);
            snapshot.folded_names.push(&folded_name);
            snapshot.slugs.push(entity.key.slug.as_str());
            snapshot.attributes.push(entity.attributes);
        }
        let mut by_slug: Vec<_> = (0..n_entities).map(EntityIx).collect();
        let mut by_degree = by_slug.clone();
        by_slug.sort_by_key(|ix| (snapshot.kind(*ix), snapshot.slug(*ix)));
        by_degree.sort_by_key(|ix| (snapshot.kind(*ix), snapshot.n_neighbors(*ix), *ix));
        snapshot.by_slug = by_slug;
        snapshot.by_degree = by_degree;
        snapshot
    }
}

/// The entities by kind, folded name and slug, each with its folded name.
fn sorted_by_name(entities: Vec<EntityFacts>) -> Vec<(String, EntityFacts)> {
    let mut entities: Vec<_> = entities.into_iter().map(|entity| (entity.name.to_lowercase(), entity)).collect();
    entities
        .sort_by(|(a_name, a), (b_name, b)| (a.key.kind, a_name, &a.key.slug).cmp(&(b.key.kind, b_name, &b.key.slug)));
    entities
}

fn kind_starts(sorted: &[(String, EntityFacts)]) -> [u32; EntityKind::VARIANTS.len() + 1] {
    let mut starts = [dense(sorted.len()); EntityKind::VARIANTS.len() + 1];
    for kind in EntityKind::VARIANTS {
        starts[*kind as usize] = dense(sorted.partition_point(|(_, entity)| entity.key.kind < *kind));
    }
    starts
}

/// The statements by subject, object, predicate, day and id, with indices for keys.
fn numbered(statements: Vec<StatementFacts>, entity_of: &HashMap<EntityKey, EntityIx>) -> Vec<StatementRow> {
    let entity = |key: &EntityKey| *entity_of.get(key).expect("foreign keys: the ends of a statement exist");
    let topic = |slug: Slug| entity(&EntityKey { kind: EntityKind::Topic, slug });
    let mut rows: Vec<_> = statements
        .into_iter()
        .map(|statement| StatementRow {
            id: statement.id,
            subject: entity(&statement.subject),
            object: entity(&statement.object),
            aspect: statement.aspect.map(topic),
            on: statement.on,
            from: statement.from,
            until: statement.until,
            predicate: statement.predicate,
            basis: statement.basis,
            certainty: statement.certainty,
            venue: statement.venue,
            voice: statement.voice,
            is_conditional: statement.is_conditional,
            n_citations: statement.n_citations,
        })
        .collect();
    rows.sort_by_key(|row| (row.subject, row.object, row.predicate, row.on, row.id));
    rows
}

/// For each run of statements from one entity to another: subject, object and the first of the run.
fn edges(sorted: &[StatementRow]) -> Vec<(u32, u32, StatementIx)> {
    let runs = sorted.chunk_by(|a, b| (a.subject, a.object) == (b.subject, b.object));
    let mut first = 0;
    runs.map(|run| {
        let edge = (run[0].subject.0, run[0].object.0, StatementIx(first));
        first += dense(run.len());
        edge
    })
    .collect()
}

fn briefs(sorted: &[StatementRow]) -> Vec<Brief> {
    let ends = |row: &StatementRow| (row.subject, row.object);
    let brief = |(i, row): (usize, &StatementRow)| Brief {
        n_citations: row.n_citations,
        predicate: row.predicate,
        basis: row.basis,
        certainty: row.certainty,
        is_last: sorted.get(i + 1).is_none_or(|next| ends(next) != ends(row)),
    };
    sorted.iter().enumerate().map(brief).collect()
}

fn csr(n_nodes: u32, mut edges: Vec<(u32, u32, StatementIx)>) -> Edges {
    edges.sort_unstable();
    let mut csr = Csr::from_sorted_edges(&edges).expect("sorted just now, and each pair of entities once");
    // Entities behind the last one that has an edge.
    while dense(csr.node_count()) < n_nodes {
        csr.add_node(());
    }
    csr
}

/// How many different entities are next to `entity`, itself not counted. O(degree): both lists are sorted.
fn n_neighbors(outgoing: &Edges, incoming: &Edges, entity: u32) -> u32 {
    let (out, into) = (outgoing.neighbors_slice(entity), incoming.neighbors_slice(entity));
    let (mut i, mut n_both) = (0, 0);
    for neighbor in out {
        while i < into.len() && into[i] < *neighbor {
            i += 1;
        }
        n_both += usize::from(into.get(i) == Some(neighbor));
    }
    let n_self = usize::from(out.binary_search(&entity).is_ok());
    dense(out.len() + into.len() - n_both - n_self)
}

fn sorted<T, K: Ord>(items: impl Iterator<Item = T>, key: impl Fn(T) -> K) -> Vec<T>
where
    T: Copy,
{
    let mut items: Vec<T> = items.collect();
    // Keys are read from rows far apart in memory: once each is enough.
    items.sort_by_cached_key(|item| key(*item));
    items
}

fn document_ix(documents: &[Document], slug: &Slug) -> DocumentIx {
    let i = documents.binary_search_by(|document| document.slug.cmp(slug));
    DocumentIx(dense(i.expect("foreign keys: a cited document exists")))
}

/// Each document with each statement that cites it, once, in their order.
fn citing(
    documents: &[Document],
    pairs: &[(Slug, crate::model::StatementId)],
    statements: &[StatementRow],
) -> Vec<(DocumentIx, StatementIx)> {
    let statement_of: HashMap<_, _> = statements.iter().zip(0..).map(|(row, i)| (row.id, StatementIx(i))).collect();
    let statement = |id| *statement_of.get(id).expect("foreign keys: a citing statement exists");
    let mut pairs: Vec<_> = pairs.iter().map(|(slug, id)| (document_ix(documents, slug), statement(id))).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Each document with each entity that it mentions, once with each attitude, in their order.
fn mentioning(
    documents: &[Document],
    mentions: &[(Slug, EntityKey, CitationDirection)],
    entity_of: &HashMap<EntityKey, EntityIx>,
) -> Vec<(DocumentIx, (EntityIx, CitationDirection))> {
    let entity = |key| *entity_of.get(key).expect("foreign keys: a mentioned entity exists");
    let mut mentions: Vec<_> = mentions
        .iter()
        .map(|(slug, key, direction)| (document_ix(documents, slug), (entity(key), *direction)))
        .collect();
    mentions.sort_unstable();
    mentions.dedup();
    mentions
}

/// The rows of the other ends: `turn` gives of a pair the row and the value.
fn turned_round<P: Copy, V: Ord>(n_rows: u32, pairs: &[P], turn: impl Fn(P) -> (u32, V)) -> Rows<V> {
    let mut turned: Vec<_> = pairs.iter().map(|pair| turn(*pair)).collect();
    turned.sort_unstable();
    Rows::from_sorted(n_rows, turned)
}

/// A number for the source that each document counts as.
fn sources(documents: &[Document]) -> Vec<u32> {
    let mut number_of = HashMap::new();
    let number = |document: &Document| {
        let next = dense(number_of.len());
        *number_of.entry(document.source().clone()).or_insert(next)
    };
    documents.iter().map(number).collect()
}

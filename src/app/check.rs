//! Is a corpus in order? Everything that can be said at once, before anything is written.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::verify::{Verified, verify};
use super::{CorpusFiles, DocumentFiles};
use crate::format::{Problem, Reading, read_corpus, unknown_reference};
use crate::model::{Attributes, Citation, Corpus, EntityKind, NodeId, Qualifiers, Slug, Statement, StatementId};
use crate::store::{Owners, Store, StoreError};

/// The outcome of a check.
#[derive(Debug)]
pub struct Checked {
    /// What was read; complete only when there are no problems.
    pub corpora: Vec<Corpus>,
    /// All of them, by file and line.
    pub problems: Vec<Problem>,
}

/// How much a corpus holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CorpusCounts {
    pub n_documents: usize,
    pub n_entities: usize,
    pub n_statements: usize,
    /// Of statements.
    pub n_citations: usize,
}

/// Reads corpora and checks them together: each may refer to records of the others, and to what is `stored` already
/// by corpora other than these.
///
/// With `files` the citations are also held against the texts of their documents, and the documents' lines against the
/// citations; each citation then carries the outcome.
pub fn check(corpora: &[CorpusFiles], stored: &Owners, files: Option<&DocumentFiles>) -> Checked {
    judge(read(corpora), stored, files)
}

/// As [`check`], against what is in `store`.
///
/// # Errors
/// When the store does not answer.
pub async fn check_against(
    store: &Store,
    corpora: &[CorpusFiles],
    files: Option<&DocumentFiles>,
) -> Result<Checked, StoreError> {
    let readings = read(corpora);
    let said: Vec<_> = readings.iter().flat_map(|reading| reading.said.keys().copied()).collect();
    let stored = store.owners(&said).await?;
    Ok(judge(readings, &stored, files))
}

fn read(corpora: &[CorpusFiles]) -> Vec<Reading> {
    corpora.iter().map(|corpus| read_corpus(&corpus.default_name, &corpus.files)).collect()
}

fn judge(readings: Vec<Reading>, stored: &Owners, files: Option<&DocumentFiles>) -> Checked {
    let mut problems: Vec<Problem> = Vec::new();
    let known = known(&readings, stored);
    problems.extend(defined_twice(&readings, stored));
    for reference in readings.iter().flat_map(|reading| &reading.references) {
        let (prefix, slug) = split(&reference.to);
        let slugs = known.get(prefix);
        if !slugs.is_some_and(|slugs| slugs.contains(slug.as_str())) {
            let candidates = slugs.into_iter().flatten().map(String::as_str);
            problems.push(unknown_reference(reference, candidates));
        }
    }
    problems.extend(circles_of_parents(&readings));
    problems.extend(said_otherwise(&readings, stored));
    let verified = files.map(|files| verify(&readings, files));
    let mut read = Vec::new();
    for reading in readings {
        problems.extend(reading.problems);
        read.push(reading.corpus);
    }
    if let Some(verified) = verified {
        record(&mut read, &verified);
        problems.extend(verified.problems);
    }
    problems.sort();
    problems.dedup();
    Checked { corpora: read, problems }
}

/// Writes the outcomes into the corpora.
fn record(corpora: &mut [Corpus], found: &Verified) {
    let verified = |citation: Citation| {
        let place = (citation.document.clone(), citation.locator.clone());
        Citation { verification: found.outcomes.get(&place).cloned(), ..citation }
    };
    for corpus in corpora {
        for document in &mut corpus.documents {
            document.provenance = found.provenance.get(&document.slug).copied();
        }
        for entity in &mut corpus.entities {
            entity.mentions = std::mem::take(&mut entity.mentions).into_iter().map(verified).collect();
            for event in &mut entity.events {
                event.citations = event.citations.clone().map(verified);
            }
            for notice in &mut entity.notices {
                notice.citations = notice.citations.clone().map(verified);
            }
        }
        for statement in &mut corpus.statements {
            statement.citations = statement.citations.clone().map(verified);
        }
    }
}

/// Every slug that can be referred to, by the prefix of its ids.
fn known(readings: &[Reading], stored: &Owners) -> HashMap<&'static str, HashSet<String>> {
    let mut known: HashMap<&'static str, HashSet<String>> = HashMap::new();
    let defined = readings.iter().flat_map(|reading| reading.defined.keys().cloned());
    let replaced = |owner: &Slug| readings.iter().any(|reading| reading.corpus.name == *owner);
    let entities = stored.entities.iter().filter(|(_, owner)| !replaced(owner));
    let documents = stored.documents.iter().filter(|(_, owner)| !replaced(owner));
    let stored = entities
        .map(|(key, _)| NodeId::Entity(key.clone()))
        .chain(documents.map(|(slug, _)| NodeId::Document(slug.clone())));
    for id in defined.chain(stored) {
        let (prefix, slug) = split(&id);
        known.entry(prefix).or_default().insert(slug);
    }
    known
}

fn split(id: &NodeId) -> (&'static str, String) {
    match id {
        NodeId::Entity(key) => (key.kind.prefix(), key.slug.to_string()),
        NodeId::Document(slug) => ("document", slug.to_string()),
        NodeId::Statement(id) => ("statement", id.to_string()),
        NodeId::Conflict(between) => ("conflict", between.to_string()),
    }
}

/// Records that two corpora define.
fn defined_twice(readings: &[Reading], stored: &Owners) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (i, reading) in readings.iter().enumerate() {
        for (id, place) in &reading.defined {
            let here = readings[..i].iter().find_map(|other| {
                let place = other.defined.get(id)?;
                Some(format!("corpus {:?} at {place}", other.corpus.name.as_str()))
            });
            let in_store = || {
                let owner = match id {
                    NodeId::Entity(key) => stored.entities.get(key),
                    NodeId::Document(slug) => stored.documents.get(slug),
                    NodeId::Statement(_) | NodeId::Conflict(_) => None,
                }?;
                let replaced = readings.iter().any(|reading| reading.corpus.name == *owner);
                (!replaced).then(|| format!("corpus {:?}, which is in the database", owner.as_str()))
            };
            if let Some(first) = here.or_else(in_store) {
                problems.push(Problem {
                    place: place.clone(),
                    record: Some(id.to_string().into()),
                    what: format!("defined already by {first}: leave the record out and refer to it by its id"),
                });
            }
        }
    }
    problems
}

/// Statements that another corpus makes too, with other words beside what identifies them.
fn said_otherwise(readings: &[Reading], stored: &Owners) -> Vec<Problem> {
    let is_replaced = |corpus: &Slug| readings.iter().any(|reading| reading.corpus.name == *corpus);
    let mut first: HashMap<StatementId, (&Slug, &Qualifiers)> = HashMap::new();
    for (id, said) in &stored.statements {
        if let Some(corpus) = said.corpora.iter().find(|corpus| !is_replaced(corpus)) {
            first.insert(*id, (corpus, &said.qualifiers));
        }
    }
    let mut problems = Vec::new();
    for reading in readings {
        for statement in &reading.corpus.statements {
            let id = statement.id();
            let (corpus, qualifiers) = *first.entry(id).or_insert((&reading.corpus.name, &statement.qualifiers));
            if let Some(found) = statement.qualifiers.disagreement(qualifiers) {
                problems.push(Problem {
                    place: reading.said[&id].clone(),
                    record: Some(
                        format!("statement {} {} {}", statement.subject, statement.predicate, statement.object).into(),
                    ),
                    what: format!(
                        "corpus {:?} makes the same statement, and its `{}` is {}, here {}: write the same in both",
                        corpus.as_str(),
                        found.field,
                        found.other,
                        found.this
                    ),
                });
            }
        }
    }
    problems
}

/// Jurisdictions that are, over others, parts of themselves.
fn circles_of_parents(readings: &[Reading]) -> Vec<Problem> {
    let jurisdictions = readings.iter().flat_map(|reading| &reading.corpus.entities);
    let parents: HashMap<&Slug, &Slug> = jurisdictions
        .filter_map(|entity| match &entity.attributes {
            Attributes::Jurisdiction(jurisdiction) => Some((&entity.slug, jurisdiction.parent.as_ref()?)),
            _ => None,
        })
        .collect();
    let mut problems = Vec::new();
    for reading in readings {
        for (id, place) in &reading.defined {
            let NodeId::Entity(key) = id else { continue };
            // No way up is longer than there are parents, unless it runs in a circle.
            let mut ancestors = std::iter::successors(parents.get(&key.slug), |slug| parents.get(*slug));
            let is_own_ancestor = ancestors.by_ref().take(parents.len()).any(|slug| **slug == key.slug);
            if key.kind == EntityKind::Jurisdiction && is_own_ancestor {
                problems.push(Problem {
                    place: place.clone(),
                    record: Some(id.to_string().into()),
                    what: "is a part of itself, by way of its `parent`: let one of the circle have another parent, or none"
                        .to_owned(),
                });
            }
        }
    }
    problems
}

impl Checked {
    /// How much was read; a statement that several corpora make counts once.
    pub fn counts(&self) -> CorpusCounts {
        let statements = || self.corpora.iter().flat_map(|corpus| &corpus.statements);
        CorpusCounts {
            n_documents: self.corpora.iter().map(|corpus| corpus.documents.len()).sum(),
            n_entities: self.corpora.iter().map(|corpus| corpus.entities.len()).sum(),
            n_statements: statements().map(Statement::id).collect::<HashSet<_>>().len(),
            n_citations: statements().map(|statement| statement.citations.as_slice().len()).sum(),
        }
    }

    /// How many entities of each kind were read.
    pub fn n_of_kind(&self, kind: EntityKind) -> usize {
        self.corpora
            .iter()
            .flat_map(|corpus| &corpus.entities)
            .filter(|entity| entity.attributes.kind() == kind)
            .count()
    }
}

impl fmt::Display for CorpusCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let entities =
            if self.n_entities == 1 { "1 entity".to_owned() } else { format!("{} entities", self.n_entities) };
        let (documents, statements) = (some(self.n_documents, "document"), some(self.n_statements, "statement"));
        write!(f, "{documents}, {entities}, {statements} with {}", some(self.n_citations, "citation"))
    }
}

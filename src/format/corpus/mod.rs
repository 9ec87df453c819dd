//! The corpus files: TOML that people edit, read with all its problems at once.
//!
//! Works in two steps. A record is first judged by its description ([`records`]): its keys, and the shape of each
//! value; the JSON Schema says the same. Then it is read for what a schema cannot say: dates that run backwards, the
//! same slug twice, two records of one statement that disagree.

mod entity;
mod fields;
pub(in crate::format) mod judge;
mod parts;
pub(in crate::format) mod place;
mod reader;
pub(in crate::format) mod records;
mod scalar;
pub(in crate::format) mod shape;
mod statement;
pub(in crate::format) mod syntax;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

pub use place::{Place, Problem};

use crate::model::{Citation, Corpus, NodeId, Slug, StatementId, Uncited, nearest};

/// A file of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// As problems name it: a path.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// What a corpus's files say, and what is wrong with them.
#[derive(Debug)]
pub struct Reading {
    /// Only the records without problems.
    pub corpus: Corpus,
    /// What the records refer to, those with problems too; whether it exists is for the caller to check.
    pub references: Vec<Reference>,
    /// Each citation where it is written, those of records with problems too.
    pub cited: Vec<Cited>,
    /// The lines on which nothing rests, where they are told of.
    pub uncited: Vec<(Place, Uncited)>,
    /// Where each entity and document begins, those with problems too, so that nobody is told that they are missing.
    pub defined: HashMap<NodeId, Place>,
    /// Where each statement is first written.
    pub said: HashMap<StatementId, Place>,
    /// In the order of files and lines, each once. Empty when the corpus is good in itself.
    pub problems: Vec<Problem>,
}

/// A citation as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Where it stands: where its lines are, if it has any.
    pub place: Place,
    /// The record that it is part of.
    pub record: Arc<str>,
    /// What it says.
    pub citation: Citation,
}

/// One record's mention of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it stands.
    pub place: Place,
    /// The record that refers: `claim "liver-injury-rare"`.
    pub record: Arc<str>,
    /// The entity or the document that it refers to.
    pub to: NodeId,
}

/// What the files say, read as one corpus, with all their problems.
///
/// `default_name`: the corpus's name where no file gives one. O(length of the texts) but for lookups of lines.
pub fn read_corpus(default_name: &Slug, files: &[SourceFile]) -> Reading {
    let mut reader = reader::Reader::default();
    for file in files {
        reader.read_file(&file.name, &file.text);
    }
    reader.finish(default_name)
}

/// The problem of a reference to something that does not exist, with the nearest of the `candidates`: slugs of what
/// does exist of that kind. O(number of candidates).
pub fn unknown_reference<'a>(reference: &Reference, candidates: impl Iterator<Item = &'a str>) -> Problem {
    let id = reference.to.to_string();
    let (kind, slug) = id.split_once('/').unwrap_or(("", &id));
    let did_you_mean = nearest(slug, candidates).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
    Problem {
        place: reference.place.clone(),
        record: Some(Arc::clone(&reference.record)),
        what: format!("{kind} \"{slug}\" does not exist{did_you_mean}"),
    }
}

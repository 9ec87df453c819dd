//! What can go wrong with a store.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::model::{EntityKey, Predicate, Slug, StatementId};

/// What went wrong with the store.
///
/// Its text is whole, for a terminal or a log, and may name paths and SQL: it is not for clients of the API.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store at `url` cannot be opened.
    #[error("{url}: {reason}")]
    #[expect(missing_docs, reason = "the text says what the fields are")]
    Open { url: String, reason: Box<StoreError> },

    /// The URL names no store.
    #[error(
        "not the URL of a store: write \"sqlite:\" and a path, as in \"sqlite:grounds.db\", or \"sqlite::memory:\""
    )]
    NotAUrl,
    /// The file would stand in a directory that does not exist.
    #[error("there is no directory {0:?}: create it, or name a file in one that exists")]
    NoDirectory(PathBuf),
    /// The file or its directory cannot be read or written.
    #[error(
        "the file cannot be opened ({0}): it must be a file, and you must be allowed to read and write it and its \
         directory"
    )]
    Unreadable(String),
    /// The file is none of `SQLite`'s.
    #[error("not an SQLite database: name another file; this one was left as it is")]
    NotADatabase,
    /// The file is an `SQLite` database with tables of another program.
    #[error("an SQLite database, but none of Grounds: name another file; this one was left as it is")]
    Foreign,
    /// The file is damaged.
    #[error(
        "the database is damaged ({0}): put back a copy of it, or move it away and import again; it was left as it is"
    )]
    Damaged(String),
    /// A newer Grounds has changed the schema.
    #[error("written by a newer Grounds (schema {migration}): use that version; the file was left as it is")]
    #[expect(missing_docs, reason = "the text says what the field is")]
    Newer { migration: i64 },
    /// The schema was made by a Grounds with another migration of the same number.
    #[error(
        "schema {migration} is not the one of this Grounds: use the version that wrote it, or move the file away and \
         import again; it was left as it is"
    )]
    #[expect(missing_docs, reason = "the text says what the field is")]
    Altered { migration: i64 },

    /// Another process writes, or all connections were in use, for longer than we wait. Trying again may help.
    #[error("the database is busy: another process holds it, or too much is asked at once; try again")]
    Busy,
    /// A look-up took longer than it may, and was given up.
    #[error("a look-up was interrupted: it took longer than the settings allow one statement")]
    Interrupted,
    /// No room is left.
    #[error("the disk is full: make room where the database stands; nothing was written")]
    Full,
    /// The file may be read, not written.
    #[error("the database is read-only: allow writing to the file and its directory; nothing was written")]
    ReadOnly,

    /// Entities or documents that belong to one corpus are defined by another.
    #[error("one corpus alone can define an entity or a document; nothing was imported{0}")]
    Owned(Listed<Clash>),
    /// Corpora give the same statement differently.
    #[error("corpora disagree on what they must agree on; nothing was imported{0}")]
    Disagreement(Listed<Disagreement>),
    /// Something refers to what would not exist.
    #[error("references to what does not exist; nothing was imported{0}")]
    MissingReferences(Listed<MissingReference>),
    /// Something would be left without a citation.
    #[error("without a citation, no fact; nothing was imported{0}")]
    Uncited(Listed<String>),

    /// What stands in the database is nothing that we write.
    #[error("the database holds what Grounds does not write: {table} {id:?}: {problem}")]
    #[expect(missing_docs, reason = "the text says what the fields are")]
    Inconsistent { table: &'static str, id: String, problem: String },
    /// Any other trouble with the database.
    #[error("the database refused: {0}")]
    Sql(sqlx::Error),
}

/// Problems of one sort, as many as a reader can use. As text, a line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// The first of them, at most [`MAX`](Self::MAX).
    pub first: Vec<T>,
    /// Whether there are more.
    pub more: bool,
}

impl<T> Listed<T> {
    /// How many are listed.
    pub const MAX: usize = 20;

    /// `None` when there is no problem.
    pub(super) fn of(mut problems: Vec<T>) -> Option<Self> {
        let more = problems.len() > Self::MAX;
        problems.truncate(Self::MAX);
        (!problems.is_empty()).then_some(Self { first: problems, more })
    }
}

impl<T: fmt::Display> fmt::Display for Listed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.iter().try_for_each(|problem| write!(f, "\n  {problem}"))?;
        if self.more { f.write_str("\n  and more") } else { Ok(()) }
    }
}

/// An entity or a document that two corpora define, or one twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} belongs to corpus \"{owner}\" and is defined by corpus \"{also}\"")]
pub struct Clash {
    /// `law/hb-2291`, `document/who-2021`.
    pub id: String,
    /// The corpus that it belongs to.
    pub owner: Slug,
    /// The corpus that defines it, too.
    pub also: Slug,
}

/// A statement that two corpora give with different words beside what identifies it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{subject} {predicate} {object} (statement/{id}): corpus \"{corpus}\" gives another {field} than {other}",
    other = .other.as_ref().map_or_else(|| "before".to_owned(), |other| format!("corpus \"{other}\"")))]
pub struct Disagreement {
    /// The statement.
    pub id: StatementId,
    /// Its subject.
    pub subject: EntityKey,
    /// Its predicate.
    pub predicate: Predicate,
    /// Its object.
    pub object: EntityKey,
    /// What they disagree on: `basis`, `certainty`, `voice` or `note`.
    pub field: String,
    /// The corpus that gives it otherwise.
    pub corpus: Slug,
    /// A corpus that gave it first; `None` when it is the same one, which gives it twice.
    pub other: Option<Slug>,
}

/// A reference to something that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{referrer}: {missing} does not exist (corpus \"{corpus}\")")]
pub struct MissingReference {
    /// The corpus that refers to it.
    pub corpus: String,
    /// What refers to it, and as what: `subject of organization/aka SUPPORTS law/hb-2291`.
    pub referrer: String,
    /// What is missing: `law/hb-2291`, `document/who-2021`.
    pub missing: String,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(error) => Self::from(error),
            sqlx::Error::Database(error) => {
                super::sqlite::fault(error.as_ref()).unwrap_or_else(|| Self::Sql(sqlx::Error::Database(error)))
            }
            other => Self::Sql(other),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

//! What the product does: read a corpus, check it, import it, load the graph and keep it current.
//!
//! Joins the rooms below, which do not know each other: `format` reads, `store` keeps, `graph` answers. Knows nothing
//! of GraphQL, HTTP or the command line.

mod check;
mod compute;
mod corpus_files;
mod document_files;
mod executor;
mod fingerprint;
mod load;
mod verify;

use std::path::{Path, PathBuf};

pub use check::{Checked, CorpusCounts, check, check_against};
pub use compute::{ComputeError, Computed};
pub use corpus_files::{CorpusFiles, embedded_corpora, read_corpus_files};
pub use document_files::{DocumentFiles, DocumentText, read_document_files};
pub use executor::execute;
pub use fingerprint::{Fingerprint, Fingerprints};
pub use load::{App, Current, import};

use crate::format::Problem;
use crate::store::StoreError;

/// What can go wrong, in words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A file or folder of a corpus cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why, and what would be right.
        reason: String,
    },
    /// The corpora have mistakes; nothing was imported.
    #[error("{}", in_words(.0))]
    Mistaken(Vec<Problem>),
    /// The store refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AppError {
    fn unreadable(path: &Path, reason: String) -> Self {
        Self::Unreadable { path: path.to_owned(), reason }
    }
}

/// A line a problem.
fn in_words(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}

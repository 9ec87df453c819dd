//! SQL: keeps what corpora say, and gives it back. The only home of sqlx.
//!
//! Knows the model and nothing else: no graph, no files but its own, no GraphQL. Nothing is decided here on what
//! statements mean; what is kept is what was said, and who said it.
//!
//! - [`Store::import`] replaces what corpora contributed, all or nothing.
//! - [`Store::load`] reads what the snapshot in memory needs, at one moment.
//! - Look-ups take any number of ids and ask one question for all of them: a question costs a hop to `SQLite`'s thread.
//! - [`Store::search`] finds entities by words.
//!
//! What only `SQLite` understands stands in `sqlite.rs` and in `schema/sql/sqlite/`; the other statements are meant for
//! `PostgreSQL` too. Statements are logged by sqlx: `sqlx=debug` shows each, and one that takes a second is a warning.

mod check;
mod citations;
mod error;
mod import;
mod insert;
mod load;
mod row;
mod rows;
mod search;
mod sqlite;
mod texts;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use sqlx::SqlitePool;

pub use error::{Clash, Disagreement, Listed, MissingReference, StoreError};
pub use import::Imported;
pub use load::{CitingPair, Loaded, LoadedEntity, LoadedStatement, MentioningTriple, Owners, Said};
pub use search::{Highlight, HighlightPart, SearchField, SearchHit, SearchHits, SearchWords};
pub use texts::{EntityTexts, StatementTexts};

/// A store that is open. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    /// `None` in memory.
    file: Option<PathBuf>,
}

impl Store {
    /// How many connections [`open`](Self::open) allows: reads run side by side, writes one after another.
    pub const CONNECTIONS: u32 = 4;

    /// The store at `url`: `sqlite:grounds.db` is a file, made when it is absent; `sqlite::memory:` lasts as long as
    /// the store is open. Its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the reason. A file that is damaged, of a newer Grounds or no store of ours is refused
    /// and left as it is.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Self::CONNECTIONS).await
    }

    /// As [`open`](Self::open), with at most `n_connections` at a time. A store in memory has always one.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_with(url: &str, n_connections: u32) -> Result<Self, StoreError> {
        let open = async {
            let place = sqlite::Place::parse(url)?;
            let file = place.file.clone();
            Ok(Self { pool: sqlite::open(place, n_connections).await?, file })
        };
        open.await.map_err(|reason| StoreError::Open { url: url.to_owned(), reason: Box::new(reason) })
    }

    /// The store at `url`, to read only: it must be there, in today's schema, and stays as it is.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when there is none.
    pub async fn open_to_read(url: &str) -> Result<Self, StoreError> {
        let url = if url.contains('?') { url.to_owned() } else { format!("{url}?mode=ro") };
        Self::open(&url).await
    }

    /// Whether there is something at `url` to open; where not, [`open`](Self::open) begins with an empty store. Never
    /// so in memory.
    ///
    /// # Errors
    /// [`StoreError::Open`] when `url` names no store or the file system does not tell.
    pub fn exists(url: &str) -> Result<bool, StoreError> {
        sqlite::Place::parse(url)
            .and_then(|place| place.file.map_or(Ok(false), |file| file.try_exists().map_err(StoreError::from)))
            .map_err(|reason| StoreError::Open { url: url.to_owned(), reason: Box::new(reason) })
    }

    /// Returns when the store answers.
    ///
    /// # Errors
    /// When it does not, or its file is gone: `SQLite` would go on with a file that nobody can find any more.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if let Some(file) = &self.file {
            tokio::fs::metadata(file).await?;
        }
        sqlx::query("SELECT max(number) FROM revision").fetch_one(&self.pool).await?;
        Ok(())
    }

    /// Waits for the questions under way, then closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

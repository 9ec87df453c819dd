//! SQL: keeps what corpora say, and gives it back. The only home of sqlx.
//!
//! Knows the model and nothing else: no graph, no files but its own, no GraphQL. Nothing is decided here on what
//! statements mean; what is kept is what was said, and who said it.
//!
//! - [`Store::import`] replaces what corpora contributed, all or nothing.
//! - [`Store::load`] reads what the snapshot in memory needs, at one moment.
//! - Look-ups take any number of ids and ask one question for all of them: a question costs a hop to `SQLite`'s thread.
//! - [`Store::search`] finds entities by words.
//! - [`Store::watch`] notices what is written, also by another process.
//!
//! Look-ups have connections of their own, on which no statement takes longer than [`StoreSettings`] allow.
//!
//! What only `SQLite` understands stands in `sqlite.rs` and in `schema/sql/sqlite/`; the other statements are meant for
//! `PostgreSQL` too. Statements are logged by sqlx: `sqlx=debug` shows each, and one that takes a second is a warning.

mod check;
mod citations;
mod error;
mod import;
mod insert;
mod latency;
mod load;
mod row;
mod rows;
mod search;
mod settings;
mod sqlite;
mod texts;
mod watch;

#[cfg(test)]
mod tests;

use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

pub use error::{Clash, Disagreement, Listed, MissingReference, StoreError};
pub use import::Imported;
pub use load::{CitingPair, Loaded, LoadedEntity, LoadedStatement, MentioningTriple, Owners, Said};
pub use search::{Highlight, HighlightPart, SearchField, SearchHit, SearchHits, SearchWords};
pub use settings::StoreSettings;
pub use texts::{EntityTexts, StatementTexts};
pub use watch::Watch;

use latency::Timed;

/// A store that is open. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    /// For imports and loads.
    pool: SqlitePool,
    /// For what clients ask, within a time; in memory, the same.
    lookups: SqlitePool,
    /// `None` in memory.
    file: Option<SqliteConnectOptions>,
    settings: StoreSettings,
}

impl Store {
    /// The store at `url`: `sqlite:grounds.db` is a file, made when it is absent; `sqlite::memory:` lasts as long as
    /// the store is open. Its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the reason. A file that is damaged, of a newer Grounds or no store of ours is refused
    /// and left as it is.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, StoreSettings::default()).await
    }

    /// As [`open`](Self::open), with these settings.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_with(url: &str, settings: StoreSettings) -> Result<Self, StoreError> {
        let open = async {
            let opened = sqlite::open(sqlite::Place::parse(url)?, &settings).await?;
            Ok(Self { pool: opened.unhurried, lookups: opened.lookups, file: opened.file, settings })
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
            .and_then(|place| place.file().map_or(Ok(false), |file| file.try_exists().map_err(StoreError::from)))
            .map_err(|reason| StoreError::Open { url: url.to_owned(), reason: Box::new(reason) })
    }

    /// Whether `url` names a store, be it there or not.
    pub fn is_url(url: &str) -> bool {
        sqlite::Place::parse(url).is_ok()
    }

    /// How the store was opened.
    pub fn settings(&self) -> &StoreSettings {
        &self.settings
    }

    /// Returns when the store answers, in the way in which it answers clients.
    ///
    /// # Errors
    /// When it does not, or its file is gone: `SQLite` would go on with a file that nobody can find any more.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let _timed = Timed::start("ping");
        if let Some(file) = &self.file {
            tokio::fs::metadata(file.get_filename()).await?;
        }
        sqlx::query("SELECT max(number) FROM revision").fetch_one(&self.lookups).await?;
        Ok(())
    }

    /// Waits for the questions under way, then closes the file.
    pub async fn close(&self) {
        self.lookups.close().await;
        self.pool.close().await;
    }
}

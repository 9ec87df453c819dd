//! Noticing what others write.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};

use super::load::revision;
use super::{Store, StoreError, sqlite};

/// Notices what is written to a store, by whatever process. Costs some microseconds a look.
#[derive(Debug)]
pub struct Watch {
    store: Store,
    /// Open since the last look; `None` at first, after an error, and in memory.
    looking: Option<Looking>,
}

/// A connection of its own: `SQLite` counts for each connection what the others wrote.
#[derive(Debug)]
struct Looking {
    connection: SqliteConnection,
    data_version: i64,
}

impl Store {
    /// What notices writes to this store, of this process or another.
    pub fn watch(&self) -> Watch {
        Watch { store: self.clone(), looking: None }
    }
}

impl Watch {
    /// The number of the last revision, when anything was written since the last look; `None` when nothing was. The
    /// first look, and the first after an error, always give the number, and so does each in memory, where looking for a
    /// write is as much as asking for the number.
    ///
    /// # Errors
    /// When the store cannot be read. The next look begins anew, and misses nothing.
    pub async fn news(&mut self) -> Result<Option<u64>, StoreError> {
        let Some(file) = &self.store.file else {
            return self.store.revision().await.map(Some);
        };
        // Whatever goes wrong below, the connection is closed and the next look opens another.
        let (mut connection, known) = match self.looking.take() {
            Some(Looking { connection, data_version }) => (connection, Some(data_version)),
            None => (connect(file).await?, None),
        };
        // Asked before the revision: a write between the two is news at the next look, at the latest.
        let data_version: i64 = sqlx::query_scalar(sqlite::DATA_VERSION).fetch_one(&mut connection).await?;
        let news = if known == Some(data_version) { None } else { Some(revision(&mut connection).await?) };
        self.looking = Some(Looking { connection, data_version });
        Ok(news)
    }
}

async fn connect(file: &SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    // Asked several times a second for as long as the server runs, it would drown every other statement in the log.
    Ok(file.clone().create_if_missing(false).disable_statement_logging().connect().await?)
}

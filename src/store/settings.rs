//! What may be set about a store.

use std::time::Duration;

/// What may be set about a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSettings {
    /// How many questions of clients are answered at once; further ones wait. 4: each has a thread of its own, and reads
    /// from memory as a rule. A store in memory has always one connection for everything.
    pub connections_max: u32,
    /// How long a question waits for a connection. 5 seconds: longer than a request may take, so that an import need
    /// not fail because many ask. sqlx waits 30.
    pub acquire_timeout: Duration,
    /// How long a write waits for another process to finish its own. 5 seconds, as sqlx.
    pub busy_timeout: Duration,
    /// How long one SQL statement of a client's question may take; it is interrupted then. 3 seconds: shorter than a
    /// request, so that whoever asked learns which of the two limits it was. Imports and the loading of the snapshot
    /// take as long as they need, and so does every statement of a store in memory.
    pub sql_time: Duration,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self {
            connections_max: 4,
            acquire_timeout: Duration::from_secs(5),
            busy_timeout: Duration::from_secs(5),
            sql_time: Duration::from_secs(3),
        }
    }
}

//! The running product: the store, and the snapshot that is current.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use super::{AppError, Computed, CorpusCounts, CorpusFiles, DocumentFiles, check_against};
use crate::graph::{EntityFacts, Facts, Snapshot, StatementFacts};
use crate::store::{self, Store, StoreError};

/// The store and the snapshot of it that answers.
#[derive(Debug)]
pub struct App {
    store: Arc<Store>,
    current: ArcSwap<Current>,
}

/// A snapshot and how it came to be.
#[derive(Debug)]
pub struct Current {
    /// The graph.
    pub snapshot: Snapshot,
    /// When it was loaded.
    pub loaded_at: Timestamp,
    /// How long reading the store and building the snapshot took.
    pub load_time: Duration,
    /// What was computed of the whole graph.
    pub computed: Computed,
}

impl App {
    /// Loads the snapshot of `store`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn load(store: Store) -> Result<Self, StoreError> {
        let current = ArcSwap::from_pointee(Current::load(&store).await?);
        Ok(Self { store: Arc::new(store), current })
    }

    /// The snapshot that answers now. Whoever holds it goes on seeing it, whatever is swapped in meanwhile.
    pub fn current(&self) -> Arc<Current> {
        self.current.load_full()
    }

    /// The store, for what the snapshot does not hold.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// Loads a new snapshot and swaps it in whole; requests under way keep the old one.
    ///
    /// # Errors
    /// When the store cannot be read; the old snapshot then stays.
    pub async fn reload(&self) -> Result<(), StoreError> {
        self.current.store(Arc::new(Current::load(&self.store).await?));
        Ok(())
    }
}

impl App {
    /// Looks for new revisions at each `interval` for as long as it is polled, and reloads when there is one, also one
    /// that another process wrote. What the store cannot say this time it is asked again next time.
    pub async fn keep_current(&self, interval: Duration) {
        let mut ticks = tokio::time::interval(interval);
        loop {
            ticks.tick().await;
            let refreshed = match self.store.revision().await {
                Ok(revision) if revision == self.current().snapshot.revision() => Ok(()),
                Ok(_) => self.reload().await,
                Err(error) => Err(error),
            };
            if let Err(error) = refreshed {
                tracing::warn!(%error, "the store could not be asked for news");
            }
        }
    }
}

impl Current {
    async fn load(store: &Store) -> Result<Self, StoreError> {
        let start = Instant::now();
        let facts = facts(store.load().await?);
        // Sorting the whole graph is no work for a thread that serves requests.
        let built = tokio::task::spawn_blocking(|| Snapshot::build(facts)).await;
        let snapshot = built.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        Ok(Self { snapshot, loaded_at: Timestamp::now(), load_time: start.elapsed(), computed: Computed::default() })
    }
}

/// Checks corpora, also against `files` where there are any, and imports them, all or nothing. Gives how much they hold, and the number of the revision.
///
/// # Errors
/// When the corpora have problems, or the store refuses them; nothing is then written.
pub async fn import(
    store: &Store,
    corpora: &[CorpusFiles],
    files: Option<&DocumentFiles>,
    actor: &str,
    at: Timestamp,
) -> Result<(CorpusCounts, u64), AppError> {
    let checked = check_against(store, corpora, files).await?;
    if !checked.problems.is_empty() {
        return Err(AppError::Mistaken(checked.problems));
    }
    let imported = store.import(&checked.corpora, actor, at).await?;
    Ok((checked.counts(), imported.revision))
}

/// What the store keeps, as the graph takes it.
fn facts(loaded: store::Loaded) -> Facts {
    let entity = |it: store::LoadedEntity| EntityFacts { key: it.key, name: it.name, attributes: it.attributes };
    let statement = |it: store::LoadedStatement| StatementFacts {
        id: it.id,
        subject: it.subject,
        predicate: it.predicate,
        object: it.object,
        aspect: it.aspect,
        on: it.on,
        from: it.from,
        until: it.until,
        basis: it.basis,
        certainty: it.certainty,
        venue: it.venue,
        voice: it.voice,
        is_conditional: it.is_conditional,
        n_citations: it.n_citations,
    };
    Facts {
        revision: loaded.revision,
        entities: loaded.entities.into_iter().map(entity).collect(),
        documents: loaded.documents,
        statements: loaded.statements.into_iter().map(statement).collect(),
        cited_by: loaded.citing.into_iter().map(|pair| (pair.document, pair.statement)).collect(),
        mentioned_by: loaded.mentioning.into_iter().map(|it| (it.document, it.entity, it.direction)).collect(),
        retracted: loaded.retracted,
    }
}

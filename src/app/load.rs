//! The running product: the store, and the snapshot that is current.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use tokio::sync::{Mutex, watch};

use super::{AppError, Computed, CorpusCounts, CorpusFiles, DocumentFiles, Fingerprints, check_against};
use crate::graph::{EntityFacts, Facts, Snapshot, StatementFacts};
use crate::store::{self, Store, StoreError, Watch};

/// How long the store is left alone at most after it could not be read, however often that happens in a row.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// The store and the snapshot of it that answers.
#[derive(Debug)]
pub struct App {
    store: Arc<Store>,
    current: ArcSwap<Current>,
    /// The revision of the current snapshot. It holds no snapshot: whoever reads slowly keeps none alive.
    news: watch::Sender<u64>,
    /// Held by whoever loads: two at once could swap the older snapshot in last.
    loading: Mutex<()>,
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
    /// What is known of single entities, in numbers.
    pub fingerprints: Fingerprints,
}

impl App {
    /// Loads the snapshot of `store`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn load(store: Store) -> Result<Self, StoreError> {
        let current = Current::load(&store).await?;
        current.measure();
        let (news, _) = watch::channel(current.snapshot.revision());
        Ok(Self { store: Arc::new(store), current: ArcSwap::from_pointee(current), news, loading: Mutex::new(()) })
    }

    /// The snapshot that answers now. Whoever holds it goes on seeing it, whatever is swapped in meanwhile.
    pub fn current(&self) -> Arc<Current> {
        self.current.load_full()
    }

    /// Tells when a snapshot was swapped in: the number of its revision. Whoever looks seldom sees the newest only.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
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
        let _loading = self.loading.lock().await;
        let loaded = Current::load(&self.store).await;
        let outcome = if loaded.is_ok() { "success" } else { "failure" };
        metrics::counter!("grounds_snapshot_reloads_total", "outcome" => outcome).increment(1);
        let current = loaded?;
        current.measure();
        let revision = current.snapshot.revision();
        self.current.store(Arc::new(current));
        // Only now: whoever hears of it finds the new snapshot.
        self.news.send_replace(revision);
        Ok(())
    }
}

impl App {
    /// Looks at each `interval`, for as long as it is polled, whether anything was written, also by another process,
    /// and reloads when the store holds another revision than the snapshot. While the store cannot be read the old
    /// snapshot goes on answering, and the looks grow rarer, down to two a minute; that is logged once.
    pub async fn keep_current(&self, interval: Duration) {
        let mut watch = self.store.watch();
        let mut newest = self.current().snapshot.revision();
        let mut pause = interval;
        loop {
            match self.refresh(&mut watch, &mut newest).await {
                Ok(()) if pause > interval => {
                    tracing::info!("the store can be asked for news again");
                    pause = interval;
                }
                Ok(()) => {}
                Err(error) => {
                    if pause == interval {
                        tracing::warn!(%error, "the store could not be asked for news; trying again");
                    }
                    pause = pause.saturating_mul(2).min(PAUSE_MAX.max(interval));
                }
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// `newest` is the number of the last revision that was heard of; it outlives a load that fails.
    async fn refresh(&self, watch: &mut Watch, newest: &mut u64) -> Result<(), StoreError> {
        if let Some(revision) = watch.news().await? {
            *newest = revision;
        }
        // Another, not only a later one: somebody may have put back a copy of the database.
        if *newest == self.current().snapshot.revision() { Ok(()) } else { self.reload().await }
    }
}

impl Current {
    async fn load(store: &Store) -> Result<Self, StoreError> {
        let start = Instant::now();
        let facts = facts(store.load().await?);
        // Sorting the whole graph is no work for a thread that serves requests.
        let built = tokio::task::spawn_blocking(|| Snapshot::build(facts)).await;
        let snapshot = built.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        Ok(Self {
            snapshot,
            loaded_at: Timestamp::now(),
            load_time: start.elapsed(),
            computed: Computed::default(),
            fingerprints: Fingerprints::default(),
        })
    }

    /// Tells whoever collects figures that this snapshot is the current one.
    #[expect(clippy::cast_precision_loss, reason = "revisions and milliseconds stay far below 2^53")]
    fn measure(&self) {
        metrics::gauge!("grounds_snapshot_version").set(self.snapshot.revision() as f64);
        metrics::gauge!("grounds_snapshot_load_seconds").set(self.load_time.as_secs_f64());
        let loaded_at = self.loaded_at.as_millisecond() as f64 / 1e3;
        metrics::gauge!("grounds_snapshot_loaded_timestamp_seconds").set(loaded_at);
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

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;
    use sqlx::sqlite::SqliteConnection;

    use super::*;

    /// What another process does to the database.
    async fn run(url: &str, sql: &'static str) {
        let mut connection = SqliteConnection::connect(url).await.expect("it is there");
        sqlx::raw_sql(sql).execute(&mut connection).await.expect("good SQL");
        connection.close().await.expect("closes");
    }

    const BREAK: &str = "BEGIN;
        INSERT INTO corpus (name, imported_at) VALUES ('x', '2026-01-01T00:00:00Z');
        INSERT INTO entity (id, corpus, kind, slug, name) VALUES ('law/Bill 1', 'x', 'LAW', 'Bill 1', 'Bill 1');
        INSERT INTO revision (at, actor, action) VALUES ('2026-01-01T00:00:00Z', 'another', 'IMPORT');
        COMMIT;";
    const MEND: &str = "DELETE FROM entity;";

    #[tokio::test]
    async fn a_store_that_cannot_be_read_leaves_the_old_snapshot_and_is_asked_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("grounds.db").display());
        let app = App::load(Store::open(&url).await.expect("made")).await.expect("loads");
        let mut news = app.news();
        let happening = async {
            run(&url, BREAK).await;
            app.reload().await.expect_err("a slug that is none");
            assert_eq!(app.current().snapshot.revision(), 0);
            assert!(!news.has_changed().expect("the app is there"));
            run(&url, MEND).await;
            news.changed().await.expect("the app is there");
            assert_eq!((*news.borrow(), app.current().snapshot.revision()), (1, 1));
        };
        tokio::select! {
            () = app.keep_current(Duration::from_millis(5)) => unreachable!("it never ends"),
            () = happening => {}
        }
    }
}

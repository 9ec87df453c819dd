//! What is known of an entity, in a number: two snapshots that say the same of it have the same one.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use moka::future::Cache;

use super::Current;
use crate::graph::{EntityIx, StatementIx};
use crate::model::{EntityKey, EntityKind, StatementId};
use crate::store::{Store, StoreError};

/// How many are kept of one snapshot: a hundred bytes each.
const KEPT_MAX: u64 = 10_000;
/// How many statements are read from the store at once. What stands at an entity that everybody speaks of need not be in
/// memory all at the same time, and no SQL statement takes long.
const STATEMENTS_AT_ONCE: usize = 1_000;

/// Differs where anything differs that is known of an entity: its name and attributes, summary, aliases, identifiers,
/// mentions, events and notices; the statements at either end of it, their notes and their citations.
///
/// What is known of the entities at the other end, or of the documents, is no part of it. 64 bits: of 2^64 changes one
/// goes unseen. Of use within one process only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

#[cfg(test)]
impl Fingerprint {
    /// That of something of which only this is known.
    pub(crate) fn of(text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// The fingerprints that were asked of one snapshot; they go with it.
#[derive(Debug)]
pub struct Fingerprints(Cache<EntityKey, Fingerprint>);

impl Default for Fingerprints {
    fn default() -> Self {
        Self(Cache::new(KEPT_MAX))
    }
}

impl Current {
    /// The fingerprint of an entity of this snapshot; those who ask for it at the same time wait for the same one.
    ///
    /// `None` when it cannot be told at the moment: `store` holds a later revision than the snapshot, or does not
    /// answer, which is logged. O(statements at the entity), with some six SQL statements for each thousand.
    pub async fn fingerprint(&self, store: &Store, entity: EntityIx) -> Option<Fingerprint> {
        let key = self.snapshot.key(entity);
        let taken = async {
            self.take_fingerprint(store, entity, &key).await.unwrap_or_else(|error| {
                tracing::error!(%error, entity = %key, "the store does not say what it holds of an entity");
                None
            })
        };
        self.fingerprints.0.optionally_get_with(key.clone(), taken).await
    }

    async fn take_fingerprint(
        &self,
        store: &Store,
        entity: EntityIx,
        key: &EntityKey,
    ) -> Result<Option<Fingerprint>, StoreError> {
        let revision = self.snapshot.revision();
        // The same before and after: all that is read between was written by then.
        if store.revision().await? != revision {
            return Ok(None);
        }
        let mut hasher = DefaultHasher::new();
        self.snapshot.name(entity).hash(&mut hasher);
        self.snapshot.attributes(entity).hash(&mut hasher);
        hash_texts_of(store, key, &mut hasher).await?;
        for statements in self.statements_by_id(entity).chunks(STATEMENTS_AT_ONCE) {
            self.hash_statements(store, statements, &mut hasher).await?;
        }
        let fingerprint = Fingerprint(hasher.finish());
        Ok((store.revision().await? == revision).then_some(fingerprint))
    }

    /// The statements at either end, each once. In the order of their ids, since all other orders depend on what
    /// entities at the other end are called.
    fn statements_by_id(&self, entity: EntityIx) -> Vec<StatementIx> {
        let snapshot = &self.snapshot;
        let mut statements = snapshot.statements_of_subject(entity).to_vec();
        statements.extend(snapshot.statements_of_object(entity));
        statements.sort_unstable_by_key(|statement| snapshot.statement(*statement).id);
        statements.dedup();
        statements
    }

    async fn hash_statements(
        &self,
        store: &Store,
        statements: &[StatementIx],
        hasher: &mut DefaultHasher,
    ) -> Result<(), StoreError> {
        let rows = || statements.iter().map(|statement| self.snapshot.statement(*statement));
        let ids: Vec<StatementId> = rows().map(|row| row.id).collect();
        let texts = store.statement_texts(&ids).await?;
        let citations = store.statement_citations(&ids).await?;
        for row in rows() {
            // The id is a hash of all else that a statement says.
            (row.id, row.basis, row.certainty, row.voice).hash(hasher);
            (texts.get(&row.id), citations.get(&row.id)).hash(hasher);
        }
        Ok(())
    }
}

async fn hash_texts_of(store: &Store, key: &EntityKey, hasher: &mut DefaultHasher) -> Result<(), StoreError> {
    let (keys, slugs) = (std::slice::from_ref(key), std::slice::from_ref(&key.slug));
    store.entity_texts(keys).await?.get(key).hash(hasher);
    store.mentions(keys).await?.get(key).hash(hasher);
    match key.kind {
        EntityKind::Law => store.law_events(slugs).await?.get(&key.slug).hash(hasher),
        EntityKind::Study => store.study_notices(slugs).await?.get(&key.slug).hash(hasher),
        EntityKind::Organization | EntityKind::Claim | EntityKind::Jurisdiction | EntityKind::Topic => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::{App, CorpusFiles, import};
    use super::*;
    use crate::format::SourceFile;
    use crate::model::Slug;

    const TOWN: &str = r#"
[[document]]
slug = "minutes"
title = "Minutes of a hearing"

[[organization]]
slug = "growers"
name = "Growers' union"
type = "TRADE_ASSOCIATION"
summary = "Grows herbs."
aliases = ["GU"]
identifiers = [{ scheme = "WIKIDATA", value = "Q1" }]
mentions = [{ document = "minutes", lines = 1 }]

[[law]]
slug = "bill-1"
name = "Bill 1"
type = "BILL"
events = [{ kind = "INTRODUCED", on = "2025", citations = [{ document = "minutes", lines = 2 }] }]

[[law]]
slug = "bill-2"
name = "Bill 2"
type = "BILL"

[[statement]]
subject = "organization/growers"
predicate = "SUPPORTS"
object = "law/bill-1"
note = "At the table."
certainty = "HIGH"
citations = [{ document = "minutes", lines = 3 }]

[[statement]]
subject = "organization/growers"
predicate = "OPPOSES"
object = "law/bill-2"
citations = [{ document = "minutes", lines = 4 }]
"#;

    async fn write(store: &Store, text: &str) {
        let files = vec![SourceFile { name: "town.toml".to_owned(), text: text.to_owned() }];
        let corpus = CorpusFiles { default_name: Slug::parse("town").expect("a slug"), files };
        let imported = import(store, &[corpus], None, "a test", Timestamp::UNIX_EPOCH).await;
        imported.unwrap_or_else(|error| panic!("{error}"));
    }

    async fn taken(app: &App, id: &str) -> Option<Fingerprint> {
        let current = app.current();
        let entity = current.snapshot.entity_of_key(&EntityKey::parse(id).expect("an id")).expect("it is there");
        current.fingerprint(app.store(), entity).await
    }

    #[tokio::test]
    async fn whatever_is_known_of_an_entity_is_in_it_and_nothing_else() {
        const IDS: [&str; 3] = ["organization/growers", "law/bill-1", "law/bill-2"];
        let app = App::load(Store::open("sqlite::memory:").await.expect("memory")).await.expect("loads");
        write(app.store(), TOWN).await;
        app.reload().await.expect("loads");
        let before = taken_all(&app, IDS).await;
        for (from, to, differ) in [
            ("Growers' union", "Union of growers", [true, false, false]),
            ("TRADE_ASSOCIATION", "ADVOCACY", [true, false, false]),
            ("Grows herbs.", "Grows tea.", [true, false, false]),
            ("\"GU\"", "\"GU\", \"Union\"", [true, false, false]),
            ("Q1", "Q2", [true, false, false]),
            ("lines = 1 ", "lines = 11 ", [true, false, false]),
            ("\"INTRODUCED\", on = \"2025\"", "\"INTRODUCED\", on = \"2024\"", [false, true, false]),
            ("lines = 2 ", "lines = 12 ", [false, true, false]),
            ("At the table.", "By letter.", [true, true, false]),
            ("\"HIGH\"", "\"LOW\"", [true, true, false]),
            ("lines = 3 ", "lines = 13 ", [true, true, false]),
            ("\"OPPOSES\"", "\"SUPPORTS\"", [true, false, true]),
            // The order of laws by name is another one then.
            ("\"Bill 1\"", "\"Law 1\"", [false, true, false]),
            ("Minutes of a hearing", "Transcript", [false, false, false]),
        ] {
            assert!(TOWN.contains(from), "{from}");
            write(app.store(), &TOWN.replacen(from, to, 1)).await;
            app.reload().await.expect("loads");
            let now = taken_all(&app, IDS).await;
            let found = [0, 1, 2].map(|i| now[i] != before[i]);
            assert_eq!(found, differ, "{from} → {to}");

            write(app.store(), TOWN).await;
            app.reload().await.expect("loads");
            assert_eq!(taken_all(&app, IDS).await, before, "the same as at first, at another revision");
        }
    }

    async fn taken_all(app: &App, ids: [&str; 3]) -> [Option<Fingerprint>; 3] {
        let mut all = [None; 3];
        for (place, id) in all.iter_mut().zip(ids) {
            *place = taken(app, id).await;
            assert!(place.is_some(), "{id}");
        }
        all
    }

    #[tokio::test]
    async fn a_snapshot_that_the_store_has_left_behind_has_none_but_those_that_were_taken() {
        let app = App::load(Store::open("sqlite::memory:").await.expect("memory")).await.expect("loads");
        write(app.store(), TOWN).await;
        app.reload().await.expect("loads");
        let growers = taken(&app, "organization/growers").await;
        write(app.store(), &TOWN.replace("Grows herbs.", "Grows tea.")).await;
        assert_eq!(taken(&app, "law/bill-1").await, None);
        assert_eq!(taken(&app, "organization/growers").await, growers, "kept");
        assert!(growers.is_some());
        app.reload().await.expect("loads");
        assert_ne!(taken(&app, "organization/growers").await, growers);
        assert!(taken(&app, "law/bill-1").await.is_some());
        app.store().close().await;
        assert_eq!(taken(&app, "law/bill-2").await, None, "the store is closed");
    }
}

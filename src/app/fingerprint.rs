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

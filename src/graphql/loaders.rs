//! Batching loaders: what a level of a query needs of the store comes with one query, never with one an item.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::runtime::{TokioSpawner, TokioTimer};

use super::error::{ApiError, ApiResult};
use crate::model::{Citation, EntityKey, LawEvent, Notice, Slug, StatementId, Uncited};
use crate::store::{EntityTexts, StatementTexts, Store, StoreError};

/// Reads from the store by the batch. Made anew for each request, so that nothing outlives the snapshot it belongs to.
pub(crate) struct FromStore(Arc<Store>);

pub(crate) type Loaders = DataLoader<FromStore, HashMapCache>;

/// The loaders of one request.
pub(crate) fn loaders(store: Arc<Store>) -> Loaders {
    // No delay: the batch is fetched by a task of its own, which runs once all fields of a level have asked.
    DataLoader::with_cache(FromStore(store), TokioSpawner::current(), TokioTimer::default(), HashMapCache::default())
        .delay(Duration::ZERO)
}

/// Summary, aliases and identifiers of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TextsOfEntity(pub(crate) EntityKey);
/// Condition and note of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TextsOfStatement(pub(crate) StatementId);
/// The citations of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CitationsOf(pub(crate) StatementId);
/// Where documents speak of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct MentionsOf(pub(crate) EntityKey);
/// The events of a law.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct EventsOf(pub(crate) Slug);
/// The notices on a study.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct NoticesOf(pub(crate) Slug);

/// The lines of a document on which nothing rests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct UncitedIn(pub(crate) Slug);

macro_rules! loader {
    ($key:ident($inner:ty) -> $value:ty: $look_up:ident) => {
        impl Loader<$key> for FromStore {
            type Value = Arc<$value>;
            type Error = ApiError;

            async fn load(&self, keys: &[$key]) -> ApiResult<HashMap<$key, Arc<$value>>> {
                let inner: Vec<$inner> = keys.iter().map(|key| key.0.clone()).collect();
                let found = self.0.$look_up(&inner).await.map_err(|error| unavailable(&self.0, &error))?;
                Ok(found.into_iter().map(|(key, value)| ($key(key), Arc::new(value))).collect())
            }
        }
    };
}

loader!(TextsOfEntity(EntityKey) -> EntityTexts: entity_texts);
loader!(TextsOfStatement(StatementId) -> StatementTexts: statement_texts);
loader!(CitationsOf(StatementId) -> Vec<Citation>: statement_citations);
loader!(MentionsOf(EntityKey) -> Vec<Citation>: mentions);
loader!(EventsOf(Slug) -> Vec<LawEvent>: law_events);
loader!(NoticesOf(Slug) -> Vec<Notice>: study_notices);
loader!(UncitedIn(Slug) -> Vec<Uncited>: uncited);

/// Logs what the store said, and tells the client only that it cannot answer, or not in time.
pub(crate) fn unavailable(store: &Store, error: &StoreError) -> ApiError {
    if let StoreError::Interrupted = error {
        tracing::warn!(%error, "a look-up was given up");
        return ApiError::LookUpTooLong { max: store.settings().sql_time };
    }
    tracing::error!(%error, "the store does not answer");
    ApiError::Unavailable
}

/// What the store has for `key`; `None` when it has nothing.
pub(crate) async fn load<K>(ctx: &Context<'_>, key: K) -> ApiResult<Option<<FromStore as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    FromStore: Loader<K, Error = ApiError>,
{
    ctx.data_unchecked::<Loaders>().load_one(key).await
}

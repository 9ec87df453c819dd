//! What can be subscribed to: that the graph has changed, and that an entity has.

use async_graphql::{Context, Enum, ID, SimpleObject, Subscription};
use futures_util::{Stream, stream};

use super::entity::Entity;
use super::error::ApiError;
use super::graph_info::GraphInfo;
use super::handle::{Handle, Pinned};
use super::scalar::number;
use super::source_stream::{Seen, Sight, Source};
use crate::app::App;
use crate::model::EntityKey;

/// A snapshot that is current since just now.
#[derive(SimpleObject)]
pub(crate) struct GraphChange {
    /// The number of the last write to the store that the new snapshot includes, as `graph { revision }` gives it. Give
    /// the last one that you saw as `since` when you subscribe again.
    version: i32,
    /// Counts, version and load time of the new snapshot.
    graph: GraphInfo,
}

/// What has become of an entity.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    /// It was not there before.
    Added,
    /// Something about it is different: what it is called, its attributes or texts, its mentions, the statements at
    /// either end of it, their notes or their citations.
    Changed,
    /// It is no longer there.
    Removed,
}

/// An entity that is not as it was before.
#[derive(SimpleObject)]
pub(crate) struct EntityChange {
    /// The number of the last write to the store that the new snapshot includes, as `graph { revision }` gives it.
    version: i32,
    /// What has become of the entity.
    change: ChangeKind,
    /// The id that was subscribed to. Not called `id`, since a change is no object that can be fetched again.
    entity_id: ID,
    /// The entity as it is now; null when it was removed.
    entity: Option<Entity>,
}

/// The root of subscriptions.
pub(crate) struct Subscription;

/// What one can be told of as it happens. Each event is answered from the snapshot that is current then; who reads slowly
/// is told of the newest one only.
#[Subscription]
impl Subscription {
    /// Tells of each new snapshot: of an import, by whatever process, within about a second. Nothing is told at first,
    /// unless `since` is not the current version.
    #[expect(clippy::unused_async, reason = "fields of subscriptions are async, whether they wait or not")]
    async fn graph_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The last `version` that the client saw, 0 or more; if the current one is another, that is told \
                          at once. Null: only what comes from now on."
        )]
        since: Option<i32>,
    ) -> Result<impl Stream<Item = GraphChange>, ApiError> {
        let (pinned, source) = (Pinned::of(ctx), Source::of(ctx));
        let version = pinned.revision();
        let since = parse_since(since)?.unwrap_or(version);
        source.open();
        let last = match source.seen() {
            Some(Seen::Graph { version }) => version,
            _ => since,
        };
        source.see(Seen::Graph { version });
        // Another, not only a later one: somebody may have put back a copy of the database.
        let change = (version != last).then(|| GraphChange { version: number(version), graph: GraphInfo(pinned) });
        Ok(stream::iter(change))
    }

    /// Tells when anything about one entity is different from before: its name, attributes, texts, identifiers and
    /// mentions, the statements at either end of it, their notes and their citations; not when something changes
    /// about the entities at the other ends, or about documents. Nothing is told at first, unless `since` is not the
    /// current version. When an import was under way while the client subscribed, a change may be told that was none.
    async fn entity_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Of an entity, as its field `id` gave it. It need not be there yet: then it is told when it is \
                          added."
        )]
        id: ID,
        #[graphql(
            desc = "The last `version` that the client saw, 0 or more; if the current one is another, the entity is \
                          told at once as it is now: as CHANGED, even if it is not, or as REMOVED. Null: only what \
                          comes from now on."
        )]
        since: Option<i32>,
    ) -> Result<impl Stream<Item = EntityChange>, ApiError> {
        let (pinned, source) = (Pinned::of(ctx), Source::of(ctx));
        let key = EntityKey::parse(&id).map_err(|_| {
            ApiError::BadUserInput(
                "`id` is none of an entity: it must be a kind in lower case, a slash and a slug, as in \
                 \"organization/american-kratom-association\"."
                    .to_owned(),
            )
        })?;
        let since = parse_since(since)?;
        source.open();
        let version = pinned.revision();
        let before = before(source, version, since);
        let ix = pinned.entity_of_key(&key);
        // Should the time run out meanwhile, it is still to be looked at.
        source.owe();
        let sight = match ix {
            None => Some(Sight::Absent),
            Some(ix) => {
                let store = ctx.data_unchecked::<std::sync::Arc<App>>().store();
                pinned.current().fingerprint(store, ix).await.map(Sight::Read)
            }
        };
        let change = sight.and_then(|now| look(source, before, now, version)).map(|change| EntityChange {
            version: number(version),
            change,
            entity_id: id.clone(),
            entity: ix.map(|ix| Handle { pinned: pinned.clone(), ix }.into()),
        });
        Ok(stream::iter(change))
    }
}

/// # Errors
/// When the number is negative.
fn parse_since(since: Option<i32>) -> Result<Option<u64>, ApiError> {
    let parse = |since: i32| {
        let negative = || ApiError::BadUserInput(format!("`since` is {since}: it must be a `version`, 0 or more."));
        u64::try_from(since).map_err(|_| negative())
    };
    since.map(parse).transpose()
}

/// How the entity was seen last; at the first event as whatever it was at `since`, or is at the current version.
fn before(source: &Source, version: u64, since: Option<u64>) -> Sight {
    if let Some(Seen::Entity(before)) = source.seen() {
        return before;
    }
    let before = Sight::Unread { version: since.unwrap_or(version) };
    source.see(Seen::Entity(before));
    before
}

/// What is to tell now that the entity is seen so at this version.
fn look(source: &Source, before: Sight, now: Sight, version: u64) -> Option<ChangeKind> {
    source.settle();
    source.see(Seen::Entity(now));
    before.change_to(now, version)
}

impl Sight {
    /// How what was seen differs from what is seen `now`, at this version.
    fn change_to(self, now: Self, version: u64) -> Option<ChangeKind> {
        match (self, now) {
            // At the same version it was what it is now; at another, what was not read may have been anything.
            (Self::Unread { version: before }, _) if before == version => None,
            (Self::Absent, Self::Absent) => None,
            (Self::Absent, _) => Some(ChangeKind::Added),
            (_, Self::Absent) => Some(ChangeKind::Removed),
            (_, _) => (self != now).then_some(ChangeKind::Changed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Fingerprint;

    /// What is told of such sights, one at each version, from 1 on.
    fn told(sights: &[Option<Sight>], since: Option<u64>) -> Vec<Option<ChangeKind>> {
        let source = Source::default();
        let mut told = Vec::new();
        for (version, sight) in (1..).zip(sights) {
            let before = before(&source, version, since);
            told.push(sight.and_then(|now| look(&source, before, now, version)));
        }
        told
    }

    fn read(text: &str) -> Sight {
        Sight::Read(Fingerprint::of(text))
    }

    #[test]
    fn what_differs_is_told_once() {
        use ChangeKind::{Added, Changed, Removed};
        let (there, other, gone) = (Some(read("a")), Some(read("b")), Some(Sight::Absent));
        let cases = [
            (vec![there, there, other, other, there], vec![None, None, Some(Changed), None, Some(Changed)]),
            (vec![gone, gone, there, gone, gone], vec![None, None, Some(Added), Some(Removed), None]),
            // What cannot be read now is told later, and compared with what was read last.
            (vec![there, None, None, other], vec![None, None, None, Some(Changed)]),
            (vec![there, None, there], vec![None, None, None]),
            (vec![None, None, there, there], vec![None, None, Some(Changed), None]),
            (vec![None, gone], vec![None, Some(Removed)]),
        ];
        for (sights, expected) in cases {
            assert_eq!(told(&sights, None), expected, "{sights:?}");
            assert_eq!(told(&sights, Some(1)), expected, "{sights:?}");
        }
        assert_eq!(told(&[there, there], Some(0)), [Some(Changed), None]);
        assert_eq!(told(&[gone, gone], Some(7)), [Some(Removed), None]);
    }

    #[test]
    fn what_could_not_be_read_at_first_is_no_change_at_the_same_version() {
        assert_eq!(Sight::Unread { version: 1 }.change_to(read("a"), 1), None);
    }

    #[test]
    fn a_version_is_not_negative() {
        assert!(matches!(parse_since(Some(-1)), Err(ApiError::BadUserInput(_))));
        assert!(matches!(parse_since(Some(0)), Ok(Some(0))));
        assert!(matches!(parse_since(None), Ok(None)));
    }
}

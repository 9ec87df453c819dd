//! Filters and orders that the lists of all kinds share.

use std::slice;

use async_graphql::{Enum, ID, InputObject};

use super::connection::{Place, page_of_list};
use super::direction::OrderDirection;
use super::error::{ApiError, ApiResult};
use super::handle::Pinned;
use super::paging::{Edge, Edges, PageArgs};
use super::scalar::PartialDate;
use crate::graph::{self, DocumentIx, EntityIx, List};
use crate::model::{Attributes, EntityKey, EntityKind, NodeId, Predicate};

/// What every kind of entity can be filtered by.
#[derive(Default)]
pub(crate) struct CommonFilter {
    pub(crate) name_contains: Option<String>,
    pub(crate) topic: Option<ID>,
    pub(crate) document: Option<ID>,
}

/// In which order entities come.
pub(crate) struct Ordering {
    pub(crate) order: graph::EntityOrder,
    pub(crate) direction: OrderDirection,
}

/// In which order entities come.
#[derive(InputObject)]
pub(crate) struct EntityOrder {
    /// By what.
    field: EntityOrderField,
    /// Forwards or backwards.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What entities can be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityOrderField {
    /// The name, whatever the case.
    Name,
    /// The slug.
    Slug,
    /// The number of neighbors, as `nNeighbors` tells it; with DESC the most connected first.
    Connections,
}

impl From<EntityOrder> for Ordering {
    fn from(EntityOrder { field, direction }: EntityOrder) -> Self {
        let order = match field {
            EntityOrderField::Name => graph::EntityOrder::Name,
            EntityOrderField::Slug => graph::EntityOrder::Slug,
            EntityOrderField::Connections => graph::EntityOrder::Degree,
        };
        Self { order, direction }
    }
}

/// A page of the entities of a kind that pass a filter.
///
/// # Errors
/// When an argument is wrong.
pub(crate) fn entities<E: Edge + From<Place>>(
    pinned: &Pinned,
    kind: EntityKind,
    common: &CommonFilter,
    own: OwnFilter,
    ordering: Option<Ordering>,
    args: &PageArgs,
) -> ApiResult<Edges<E>> {
    if let Some(text) = &common.name_contains {
        text_at_most("name_chars", pinned.limits().name_chars, "nameContains", text)?;
    }
    let Ordering { order, direction } =
        ordering.unwrap_or(Ordering { order: graph::EntityOrder::Name, direction: OrderDirection::Ascending });
    let list = match unless_nothing(graph_filter(pinned, common, own))? {
        Some(own) => pinned.entities_where(kind, &own.filter(common), order, direction.into()),
        None => List::made(Vec::new()),
    };
    page_of_list(pinned, &list, args)
}

/// A filter whose ids have been found.
struct Found {
    joined: Vec<(Predicate, EntityIx)>,
    mentioned_in: Option<DocumentIx>,
    attributes: Option<OwnTest>,
    object_of: Vec<(&'static [Predicate], bool)>,
}

impl Found {
    fn filter<'a>(&'a self, common: &'a CommonFilter) -> graph::EntityFilter<'a> {
        graph::EntityFilter {
            name_contains: common.name_contains.as_deref(),
            joined: self.joined.clone(),
            mentioned_in: self.mentioned_in,
            attributes: self.attributes.as_deref().map(|test| test as &dyn Fn(&Attributes) -> bool),
            object_of: self.object_of.clone(),
        }
    }
}

fn graph_filter(pinned: &Pinned, common: &CommonFilter, own: OwnFilter) -> Result<Found, Unmet> {
    let topic = (Predicate::About, "topic", EntityKind::Topic, common.topic.clone());
    let mut joined = Vec::new();
    for (predicate, argument, kind, id) in [topic].into_iter().chain(own.joined) {
        let object = entity_of(pinned, argument, Some(kind), id.as_ref())?;
        joined.extend(object.map(|object| (predicate, object)));
    }
    let mentioned_in = document_of(pinned, "document", common.document.as_ref())?;
    Ok(Found { joined, mentioned_in, attributes: own.attributes, object_of: own.object_of })
}

/// # Errors
/// When a text argument is longer than `max` characters, as the limit of this name says.
pub(crate) fn text_at_most(limit: &'static str, max: usize, argument: &str, text: &str) -> ApiResult<()> {
    let actual = text.chars().count();
    if actual <= max {
        return Ok(());
    }
    Err(ApiError::LimitExceeded {
        limit,
        max: max as u64,
        actual: actual as u64,
        advice: format!("`{argument}` has {actual} characters: at most {max}."),
    })
}

/// Whether the attributes of an entity are as wanted.
pub(crate) type OwnTest = Box<dyn Fn(&Attributes) -> bool + Send + Sync>;

/// What only one kind can be filtered by.
#[derive(Default)]
pub(crate) struct OwnFilter {
    pub(crate) attributes: Option<OwnTest>,
    /// The entity is the subject of a statement with this predicate; argument, kind and id of the object.
    pub(crate) joined: Vec<(Predicate, &'static str, EntityKind, Option<ID>)>,
    /// Whether it is the object of a stated statement with one of these predicates.
    pub(crate) object_of: Vec<(&'static [Predicate], bool)>,
}

/// Why a filter comes to no list to choose from.
pub(crate) enum Unmet {
    /// It names something that does not exist, so that nothing can pass.
    NothingPasses,
    /// An argument is wrong.
    Wrong(ApiError),
}

impl From<ApiError> for Unmet {
    fn from(error: ApiError) -> Self {
        Self::Wrong(error)
    }
}

/// What a filter comes to; `None` when nothing passes.
///
/// # Errors
/// When an argument is wrong.
pub(crate) fn unless_nothing<T>(found: Result<T, Unmet>) -> ApiResult<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Unmet::NothingPasses) => Ok(None),
        Err(Unmet::Wrong(error)) => Err(error),
    }
}

/// That the period between two dates, each with the name of its argument, does not end before it begins.
///
/// # Errors
/// When it does, so that nothing could lie in it.
pub(crate) fn in_order(
    (from, begins): (&str, Option<PartialDate>),
    (to, ends): (&str, Option<PartialDate>),
) -> ApiResult<()> {
    match (begins, ends) {
        (Some(PartialDate(begins)), Some(PartialDate(ends))) if begins.first_day() > ends.last_day() => {
            let sentence = format!("`{from}` is {begins} and `{to}` is {ends}, which is earlier: exchange them.");
            Err(ApiError::BadUserInput(sentence))
        }
        _ => Ok(()),
    }
}

/// The entity that an argument names by id; `None` when it names none.
///
/// # Errors
/// When there is no such entity, or the text is no id of the wanted kind.
pub(crate) fn entity_of(
    pinned: &Pinned,
    argument: &str,
    kind: Option<EntityKind>,
    id: Option<&ID>,
) -> Result<Option<EntityIx>, Unmet> {
    entity_among(pinned, argument, kind.as_ref().map(slice::from_ref), id)
}

/// Likewise, of one of these kinds.
pub(crate) fn entity_of_kinds(
    pinned: &Pinned,
    argument: &str,
    kinds: &[EntityKind],
    id: Option<&ID>,
) -> Result<Option<EntityIx>, Unmet> {
    entity_among(pinned, argument, Some(kinds), id)
}

fn entity_among(
    pinned: &Pinned,
    argument: &str,
    kinds: Option<&[EntityKind]>,
    id: Option<&ID>,
) -> Result<Option<EntityIx>, Unmet> {
    let Some(id) = id else { return Ok(None) };
    let key = EntityKey::parse(id).map_err(|error| ApiError::BadUserInput(format!("`{argument}`: {error}")))?;
    // A wrong kind is told whether or not there is such a thing.
    if let Some(kinds) = kinds.filter(|kinds| !kinds.contains(&key.kind)) {
        return Err(Unmet::Wrong(ApiError::BadUserInput(format!(
            "`{argument}` is the id of {}: it must be that of {}.",
            with_article(key.kind),
            any_of(kinds)
        ))));
    }
    pinned.entity_of_key(&key).map(Some).ok_or(Unmet::NothingPasses)
}

/// The entities that a list of ids names, in its order, and as often.
///
/// # Errors
/// When ids lead nowhere, or to another kind: one sentence that names them all, short enough for many.
pub(crate) fn entities_of(
    pinned: &Pinned,
    argument: &str,
    kind: Option<EntityKind>,
    ids: &[ID],
) -> Result<Vec<EntityIx>, String> {
    let (mut entities, mut missing, mut misfits) = (Vec::new(), Vec::new(), Vec::new());
    for id in ids {
        match EntityKey::parse(id) {
            Ok(key) if kind.is_none_or(|kind| key.kind == kind) => match pinned.entity_of_key(&key) {
                Some(entity) => entities.push(entity),
                None => missing.push(shown(id)),
            },
            _ => misfits.push(shown(id)),
        }
    }
    if missing.is_empty() && misfits.is_empty() {
        return Ok(entities);
    }
    let noun = kind.map_or_else(
        || "an entity, which is a kind, a slash and a slug, as in \"topic/safety\"".to_owned(),
        with_article,
    );
    let missing = (!missing.is_empty()).then(|| format!("there is no {}", missing.join(", ")));
    let misfits = (!misfits.is_empty()).then(|| format!("not the id of {noun}: {}", misfits.join(", ")));
    let wrong: Vec<_> = missing.into_iter().chain(misfits).collect();
    Err(format!("`{argument}`: {}.", wrong.join("; ")))
}

/// An id that a client gave, in quotes, cut where it is no id of ours any more.
pub(crate) fn shown(id: &ID) -> String {
    const CHARS_MAX: usize = 100;
    format!("{:?}", id.chars().take(CHARS_MAX).collect::<String>())
}

/// The kind as a noun: "an organization", "a law".
fn with_article(kind: EntityKind) -> String {
    let article = if kind == EntityKind::Organization { "an" } else { "a" };
    format!("{article} {}", kind.prefix())
}

/// "a law, an organization or a claim".
fn any_of(kinds: &[EntityKind]) -> String {
    let nouns: Vec<_> = kinds.iter().map(|kind| with_article(*kind)).collect();
    match &nouns[..] {
        [others @ .., last] if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => nouns.concat(),
    }
}

/// The document that a filter names by id; `None` when it names none.
///
/// # Errors
/// When there is no such document, or the text is no id of one.
pub(crate) fn document_of(pinned: &Pinned, argument: &str, id: Option<&ID>) -> Result<Option<DocumentIx>, Unmet> {
    let Some(id) = id else { return Ok(None) };
    match NodeId::parse(id) {
        Ok(NodeId::Document(slug)) => pinned.document_of_slug(slug.as_str()).map(Some).ok_or(Unmet::NothingPasses),
        _ => Err(Unmet::Wrong(ApiError::BadUserInput(format!(
            "`{argument}` is no id of a document: write it as a document's `id` gives it, \"document/\" and a slug."
        )))),
    }
}

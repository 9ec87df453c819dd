//! Filters and orders that the lists of all kinds share.

use async_graphql::{Enum, ID, InputObject};

use super::connection::{Place, page_of_list};
use super::direction::OrderDirection;
use super::error::{ApiError, ApiResult};
use super::handle::Pinned;
use super::paging::{Edge, Edges, PageArgs};
use crate::graph::{self, DocumentIx, EntityIx, List};
use crate::model::{Attributes, EntityKey, EntityKind, NodeId};

/// The longest text that names are filtered by, in characters.
const NAME_CHARS_MAX: usize = 200;

/// What every kind of entity can be filtered by.
#[derive(Default)]
pub(crate) struct CommonFilter {
    pub(crate) name_contains: Option<String>,
    pub(crate) topic: Option<ID>,
    pub(crate) document: Option<ID>,
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
    /// The number of neighbors: the most connected first; with DESC the least connected first.
    Connections,
    /// Of studies the year of publication: newest first, those without one last. Of other kinds the name.
    Year,
}

impl EntityOrderField {
    fn order(self) -> graph::EntityOrder {
        match self {
            Self::Name => graph::EntityOrder::Name,
            Self::Slug => graph::EntityOrder::Slug,
            Self::Connections => graph::EntityOrder::Degree,
            Self::Year => graph::EntityOrder::Year,
        }
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
    own: &OwnFilter,
    order_by: Option<&EntityOrder>,
    args: &PageArgs,
) -> ApiResult<Edges<E>> {
    if let Some(text) = &common.name_contains
        && text.chars().count() > NAME_CHARS_MAX
    {
        return Err(ApiError::LimitExceeded {
            limit: "name",
            max: NAME_CHARS_MAX as u64,
            actual: text.chars().count() as u64,
            advice: format!("`nameContains` is longer than {NAME_CHARS_MAX} characters"),
        });
    }
    let order = order_by.map_or(EntityOrderField::Name, |order| order.field).order();
    let mut list = match list(pinned, kind, common, own, order) {
        Ok(list) => list,
        Err(Unmet::NothingPasses) => List::made(Vec::new()),
        Err(Unmet::Wrong(error)) => return Err(error),
    };
    if order_by.is_some_and(|order| order.direction == OrderDirection::Desc) {
        list = list.reversed();
    }
    page_of_list(pinned, &list, args)
}

fn list<'a>(
    pinned: &'a Pinned,
    kind: EntityKind,
    common: &CommonFilter,
    own: &OwnFilter,
    order: graph::EntityOrder,
) -> Result<List<'a, EntityIx>, Unmet> {
    let filter = graph::EntityFilter {
        name_contains: common.name_contains.as_deref(),
        topic: entity_of(pinned, "topic", Some(EntityKind::Topic), common.topic.as_ref())?,
        mentioned_in: document_of(pinned, "document", common.document.as_ref())?,
        attributes: own.attributes.as_deref().map(|test| test as &dyn Fn(&Attributes) -> bool),
        studied: own.studied,
    };
    Ok(pinned.entities_where(kind, &filter, order))
}

/// Whether the attributes of an entity are as wanted.
pub(crate) type OwnTest = Box<dyn Fn(&Attributes) -> bool + Send + Sync>;

/// What only one kind can be filtered by.
#[derive(Default)]
pub(crate) struct OwnFilter {
    pub(crate) attributes: Option<OwnTest>,
    pub(crate) studied: Option<bool>,
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

/// The entity that a filter names by id; `None` when it names none.
///
/// # Errors
/// When there is no such entity, or the text is no id of the wanted kind.
pub(crate) fn entity_of(
    pinned: &Pinned,
    argument: &str,
    kind: Option<EntityKind>,
    id: Option<&ID>,
) -> Result<Option<EntityIx>, Unmet> {
    let Some(id) = id else { return Ok(None) };
    let key = EntityKey::parse(id).map_err(|error| ApiError::BadUserInput(format!("`{argument}`: {error}")))?;
    match kind {
        Some(kind) if key.kind != kind => Err(Unmet::Wrong(ApiError::BadUserInput(format!(
            "`{argument}` is the id of a {}: it must be that of a {}",
            key.kind.prefix(),
            kind.prefix()
        )))),
        _ => pinned.entity_of_key(&key).map(Some).ok_or(Unmet::NothingPasses),
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
            "`{argument}` is no id of a document: write it as a document's `id` gives it, \"document/\" and a slug"
        )))),
    }
}

//! Relay connections of entities: one type a kind, for root lists and for relations alike.

use async_graphql::{Object, OutputType};

use super::entity::Entity;
use super::error::{ApiError, ApiResult};
use super::handle::{Handle, Pinned};
use super::paging::{Cursor, Edge, Edges, PageArgs, connection};
use super::scalar::PartialDate;
use super::statement::Statement;
use super::{
    claim::Claim, jurisdiction::Jurisdiction, law::Law, organization::Organization, study::Study, topic::Topic,
};
use crate::graph::{Direction, EntityIx, List, Related, Stance, StatementIx};
use crate::model::{Basis, EntityKey, EntityKind, Predicate};

/// What a connection's edges lead to: objects of one kind of entity, or of any.
pub(crate) trait EntityNode: OutputType + Sized {
    /// The kind of all of them; `None` when they are of any kind.
    const KIND: Option<EntityKind>;

    fn of(handle: Handle) -> Self;
}

/// An entity at its place in a list, with the statements that are the reason for it being there.
pub(crate) struct Place {
    handle: Handle,
    cursor: String,
    reasons: Vec<StatementIx>,
}

/// A page of entities.
pub(crate) type Page<E> = Edges<E>;

/// A page of a list in which nothing but the list itself is the reason.
pub(crate) fn page_of_list<E: Edge + From<Place>>(
    pinned: &Pinned,
    list: &List<'_, EntityIx>,
    args: &PageArgs,
) -> ApiResult<Page<E>> {
    let locate = |ix, place| list.place_of(ix, place);
    page(pinned, args, list.len(), locate, |place| {
        (list.get(place).expect("a window lies within its list"), Vec::new())
    })
}

/// A page of the entities that `predicate` joins with `handle`, as far as they are of `kind`.
pub(crate) fn page_of_relation<E: Edge + From<Place>>(
    handle: &Handle,
    kind: Option<EntityKind>,
    (predicate, direction): (Predicate, Direction),
    basis: Option<Basis>,
    args: &PageArgs,
) -> ApiResult<Page<E>> {
    let pinned = &handle.pinned;
    let relation = pinned.relation(handle.ix, predicate, direction, basis);
    let related: Vec<&Related<'_>> = relation
        .related()
        .iter()
        .filter(|related| kind.is_none_or(|kind| pinned.kind(related.entity) == kind))
        .collect();
    let locate = |ix, _| related.binary_search_by_key(&ix, |related| related.entity).ok();
    page(pinned, args, related.len(), locate, |place| (related[place].entity, related[place].statements(pinned, basis)))
}

/// A page of those that stand so on a law on the last day of a date, or of the laws on which an organization does.
pub(crate) fn page_of_standing<E: Edge + From<Place>>(
    handle: &Handle,
    stance: Stance,
    on: PartialDate,
    basis: Option<Basis>,
    args: &PageArgs,
) -> ApiResult<Page<E>> {
    if basis != Some(Basis::Stated) {
        return Err(ApiError::BadUserInput(
            "`basis` must be STATED where `on` is given: what is inferred makes no stance.".to_owned(),
        ));
    }
    let pinned = &handle.pinned;
    let PartialDate(date) = on;
    let standing = pinned.standing(handle.ix, stance, Some(date.last_day()));
    let locate = |ix, _| standing.binary_search_by_key(&ix, |it| it.entity).ok();
    page(pinned, args, standing.len(), locate, |place| (standing[place].entity, standing[place].statements.clone()))
}

/// A page of the entities next to `handle`, as far as they are of one of `kinds`.
pub(crate) fn page_of_neighbors<E: Edge + From<Place>>(
    handle: &Handle,
    kinds: Option<&[EntityKind]>,
    direction: Direction,
    args: &PageArgs,
) -> ApiResult<Page<E>> {
    let pinned = &handle.pinned;
    let mut neighbors = pinned.neighbors(handle.ix, direction);
    neighbors.retain(|neighbor| kinds.is_none_or(|kinds| kinds.contains(&pinned.kind(neighbor.entity))));
    let locate = |ix, _| neighbors.binary_search_by_key(&ix, |neighbor| neighbor.entity).ok();
    page(pinned, args, neighbors.len(), locate, |place| {
        (neighbors[place].entity, pinned.statements_between(&neighbors[place]))
    })
}

fn page<E: Edge + From<Place>>(
    pinned: &Pinned,
    args: &PageArgs,
    n_items: usize,
    locate: impl Fn(EntityIx, usize) -> Option<usize>,
    item: impl Fn(usize) -> (EntityIx, Vec<StatementIx>),
) -> ApiResult<Page<E>> {
    let locate = |cursor: &Cursor| {
        let ix = pinned.entity_of_key(&EntityKey::parse(&cursor.id).ok()?)?;
        locate(ix, cursor.place)
    };
    let edge = |place| {
        let (ix, reasons) = item(place);
        let handle = Handle { pinned: pinned.clone(), ix };
        let cursor = Cursor { place, id: handle.id().to_string() }.encode();
        Ok(Place { handle, cursor, reasons }.into())
    };
    Edges::new(pinned, args, n_items, locate, edge)
}

macro_rules! entity_connection {
    ($connection:ident, $edge:ident, $node:ident, $kind:expr, $what:literal) => {
        connection!($connection, $edge, $node, $what);

        impl EntityNode for $node {
            const KIND: Option<EntityKind> = $kind;

            fn of(handle: Handle) -> Self {
                $node::from(handle)
            }
        }

        #[doc = concat!("One of ", $what, ", with its place in the list and the reasons for being in it.")]
        pub(crate) struct $edge(Place);

        impl From<Place> for $edge {
            fn from(place: Place) -> Self {
                Self(place)
            }
        }

        impl Edge for $edge {
            type Node = $node;

            fn node(&self) -> $node {
                self.0.handle.clone().into()
            }

            fn cursor(&self) -> &str {
                &self.0.cursor
            }
        }

        #[doc = concat!("One of ", $what, ", with its place in the list and the reasons for being in it.")]
        #[Object]
        impl $edge {
            /// The entity.
            #[graphql(name = "node")]
            async fn entity(&self) -> $node {
                self.0.handle.clone().into()
            }

            /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as
            /// long as the entity stays in the list.
            #[graphql(name = "cursor")]
            async fn place(&self) -> &str {
                &self.0.cursor
            }

            /// The statements that put the entity into the list of a relation: first those from the entity whose
            /// relation it is, then those to it, each in the order of predicates, then of days (`on`), what has none
            /// first; of a position `on` a day in the order of aspects, the whole first, then of days. Empty in a list
            /// that rests on no statement, such as a list of all entities of a kind.
            async fn statements(&self) -> Result<Vec<Statement>, ApiError> {
                let pinned = &self.0.handle.pinned;
                pinned.charge(self.0.reasons.len())?;
                Ok(self.0.reasons.iter().map(|ix| Statement::new(pinned.clone(), *ix)).collect())
            }
        }
    };
}

entity_connection!(
    OrganizationConnection,
    OrganizationEdge,
    Organization,
    Some(EntityKind::Organization),
    "organizations"
);
entity_connection!(StudyConnection, StudyEdge, Study, Some(EntityKind::Study), "studies");
entity_connection!(LawConnection, LawEdge, Law, Some(EntityKind::Law), "laws");
entity_connection!(ClaimConnection, ClaimEdge, Claim, Some(EntityKind::Claim), "claims");
entity_connection!(
    JurisdictionConnection,
    JurisdictionEdge,
    Jurisdiction,
    Some(EntityKind::Jurisdiction),
    "jurisdictions"
);
entity_connection!(TopicConnection, TopicEdge, Topic, Some(EntityKind::Topic), "topics");
entity_connection!(EntityConnection, EntityEdge, Entity, None, "entities of any kind");

/// All entities that `predicate` joins with `handle`, as far as they are of the node's kind, whatever the basis.
pub(crate) fn related_nodes<N: EntityNode>(
    handle: &Handle,
    predicate: Predicate,
    direction: Direction,
) -> ApiResult<Vec<N>> {
    let relation = handle.pinned.relation(handle.ix, predicate, direction, None);
    let related = relation.related().iter().filter(|r| N::KIND.is_none_or(|kind| handle.pinned.kind(r.entity) == kind));
    let nodes: Vec<_> = related.map(|r| N::of(Handle { pinned: handle.pinned.clone(), ix: r.entity })).collect();
    handle.pinned.charge(nodes.len())?;
    Ok(nodes)
}

//! What all six kinds have in common: the interfaces `Node` and `Entity`, and the fields behind them.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    Context, ContextSelectionSet, ID, Interface, Object, OutputType, Positioned, ServerResult, SimpleObject, Value,
};

use super::citation::CitationConnection;
use super::closed_set::Term;
use super::conflict::Conflict;
use super::connection::{EntityConnection, page_of_neighbors, related_nodes};
use super::direction::Direction;
use super::error::{ApiError, ApiResult};
use super::handle::{Handle, Pinned};
use super::loaders::{MentionsOf, TextsOfEntity, load};
use super::paging::PageArgs;
use super::scalar::number;
use super::source::Document;
use super::statement::{Statement, StatementConnection};
use super::{
    claim::Claim, jurisdiction::Jurisdiction, law::Law, organization::Organization, study::Study, topic::Topic,
};
use crate::graph::StatementFilter;
use crate::model::{self, Basis, EntityKind, NodeId, Predicate};
use crate::store::EntityTexts;

/// Anything with a global id: `organization/american-kratom-association`, `statement/<32 hexadecimal digits>`,
/// `document/<slug>`, `conflict/<what it is between>`.
#[derive(Interface, Clone)]
#[graphql(field(name = "id", ty = "ID", desc = "Unique over everything, and lasting."))]
pub(crate) enum Node {
    Organization(Organization),
    Study(Study),
    Law(Law),
    Claim(Claim),
    Jurisdiction(Jurisdiction),
    Topic(Topic),
    Statement(Statement),
    Document(Document),
    Conflict(Conflict),
}

/// A vertex of the graph.
#[derive(Interface, Clone)]
#[expect(clippy::duplicated_attributes, reason = "each field has its own; the lint compares across them")]
#[graphql(
    field(name = "id", ty = "ID", desc = "The kind in lower case, a slash and the slug; unique over everything."),
    field(name = "kind", ty = "Term<EntityKind>", desc = "Which of the six kinds it is."),
    field(
        name = "slug",
        ty = "String",
        desc = "Unique within its kind; lower-case words joined by hyphens; never changes."
    ),
    field(name = "name", ty = "String", desc = "What people call it; of a claim, its one fixed wording."),
    field(
        name = "summary",
        ty = "Option<String>",
        desc = "A few sentences on it in our own words; null when there are none."
    ),
    field(name = "aliases", ty = "Vec<String>", desc = "Other names and spellings, the most usual first."),
    field(
        name = "identifiers",
        ty = "Vec<Identifier>",
        desc = "Names that registers gave it, in the order in which the corpus gives them."
    ),
    field(name = "topics", ty = "Vec<Topic>", desc = "What it is about, by name."),
    field(
        name = "statements",
        ty = "StatementConnection",
        desc = "Statements with this entity at either end, by subject, object and predicate.",
        arg(
            name = "predicates",
            ty = "Option<Vec<Term<Predicate>>>",
            desc = "Only these predicates; null means all. At most 100 by default."
        ),
        arg(
            name = "direction",
            ty = "Option<Direction>",
            desc = "OUT: it is the subject; IN: it is the object; BOTH or null: either."
        ),
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        ),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor; null: from the start."),
        arg(
            name = "last",
            ty = "Option<i32>",
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        ),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor; null: to the end.")
    ),
    field(
        name = "mentions",
        ty = "CitationConnection",
        desc = "Documents that mention it, with where; by document, then place.",
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        ),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor; null: from the start."),
        arg(
            name = "last",
            ty = "Option<i32>",
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        ),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor; null: to the end.")
    ),
    field(
        name = "n_neighbors",
        ty = "i32",
        desc = "How many other entities have a statement with this one, in either direction."
    ),
    field(
        name = "neighbors",
        ty = "EntityConnection",
        desc = "Every entity with a statement to or from this one, by kind and name; each edge carries all statements between the two.",
        arg(
            name = "kinds",
            ty = "Option<Vec<Term<EntityKind>>>",
            desc = "Only entities of these kinds; null means all. At most 100 by default."
        ),
        arg(
            name = "direction",
            ty = "Option<Direction>",
            desc = "OUT: this entity is the subject; IN: it is the object; BOTH or null: either."
        ),
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        ),
        arg(name = "after", ty = "Option<String>", desc = "Only what comes after this cursor; null: from the start."),
        arg(
            name = "last",
            ty = "Option<i32>",
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        ),
        arg(name = "before", ty = "Option<String>", desc = "Only what comes before this cursor; null: to the end.")
    )
)]
pub(crate) enum Entity {
    Organization(Organization),
    Study(Study),
    Law(Law),
    Claim(Claim),
    Jurisdiction(Jurisdiction),
    Topic(Topic),
}

impl From<Handle> for Entity {
    fn from(handle: Handle) -> Self {
        match handle.pinned.kind(handle.ix) {
            EntityKind::Organization => Self::Organization(handle.into()),
            EntityKind::Study => Self::Study(handle.into()),
            EntityKind::Law => Self::Law(handle.into()),
            EntityKind::Claim => Self::Claim(handle.into()),
            EntityKind::Jurisdiction => Self::Jurisdiction(handle.into()),
            EntityKind::Topic => Self::Topic(handle.into()),
        }
    }
}

impl From<Entity> for Node {
    fn from(entity: Entity) -> Self {
        match entity {
            Entity::Organization(organization) => Self::Organization(organization),
            Entity::Study(study) => Self::Study(study),
            Entity::Law(law) => Self::Law(law),
            Entity::Claim(claim) => Self::Claim(claim),
            Entity::Jurisdiction(jurisdiction) => Self::Jurisdiction(jurisdiction),
            Entity::Topic(topic) => Self::Topic(topic),
        }
    }
}

/// Tells the schema that the interface `Entity` implements the interface `Node`, which `#[derive(Interface)]` cannot.
pub(crate) struct EntityIsNode;

impl OutputType for EntityIsNode {
    fn type_name() -> Cow<'static, str> {
        <Entity as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.add_implements(&<Entity as OutputType>::type_name(), &<Node as OutputType>::type_name());
        <Entity as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        unreachable!("registered with the schema, and no field returns it")
    }
}

/// A name that a register gave to the same thing.
#[derive(SimpleObject)]
pub(crate) struct Identifier {
    /// The register or scheme.
    scheme: Term<model::IdentifierScheme>,
    /// The name in it, without a resolver's address.
    value: String,
}

/// Root fields that find things by id.
#[derive(Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Whatever has this id; null when nothing has. O(log n), for a conflict as much as its statements are.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "As a field `id` gave it.")] id: ID) -> Option<Node> {
        find(&Pinned::of(ctx), &id)
    }

    /// For each id, in the same order, whatever has it; null where nothing has.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As fields `id` gave them; at most 100 by default.")] ids: Vec<ID>,
    ) -> Vec<Option<Node>> {
        let pinned = Pinned::of(ctx);
        ids.iter().map(|id| find(&pinned, id)).collect()
    }
}

fn find(pinned: &Pinned, id: &str) -> Option<Node> {
    match NodeId::parse(id).ok()? {
        NodeId::Entity(key) => {
            let ix = pinned.entity_of_key(&key)?;
            Some(Entity::from(Handle { pinned: pinned.clone(), ix }).into())
        }
        NodeId::Statement(id) => {
            let ix = pinned.statement_of_id(id)?;
            Some(Node::Statement(Statement::new(pinned.clone(), ix)))
        }
        NodeId::Document(slug) => {
            let ix = pinned.document_of_slug(slug.as_str())?;
            Some(Node::Document(Document::new(pinned.clone(), ix)))
        }
        NodeId::Conflict(between) => Conflict::named(pinned, &between).map(Node::Conflict),
    }
}

/// # Errors
/// When a list argument holds more than `max` values.
pub(crate) fn at_most(limit: &'static str, max: usize, argument: &str, actual: usize) -> ApiResult<()> {
    if actual <= max {
        return Ok(());
    }
    Err(ApiError::LimitExceeded {
        limit,
        max: max as u64,
        actual: actual as u64,
        advice: format!("`{argument}` holds {actual} values: at most {max}."),
    })
}

/// What is inferred never counts as stated, unless the client says so.
#[expect(clippy::unnecessary_wraps, reason = "the default of an argument that may be null")]
pub(crate) fn stated() -> Option<Term<Basis>> {
    Some(Term(Basis::Stated))
}

/// The fields that all kinds share.
impl Handle {
    pub(crate) async fn texts(&self, ctx: &Context<'_>) -> ApiResult<Arc<EntityTexts>> {
        load(ctx, TextsOfEntity(self.pinned.key(self.ix))).await?.ok_or(ApiError::SnapshotChanged)
    }

    pub(crate) async fn identifiers(&self, ctx: &Context<'_>) -> ApiResult<Vec<Identifier>> {
        let texts = self.texts(ctx).await?;
        let identifier = |id: &model::Identifier| Identifier { scheme: Term(id.scheme), value: id.value.clone() };
        Ok(texts.identifiers.iter().map(identifier).collect())
    }

    pub(crate) fn topics(&self) -> ApiResult<Vec<Topic>> {
        related_nodes(self, Predicate::About, crate::graph::Direction::Out)
    }

    pub(crate) fn n_neighbors(&self) -> i32 {
        number(self.pinned.n_neighbors(self.ix))
    }

    pub(crate) fn statements(
        &self,
        predicates: Option<Vec<Term<Predicate>>>,
        direction: Option<Direction>,
        args: &PageArgs,
    ) -> ApiResult<StatementConnection> {
        let predicates = listed(predicates);
        let filter = StatementFilter { predicates, ..StatementFilter::default() };
        let direction = direction.unwrap_or(Direction::Both).into();
        let list = self.pinned.statements_at(self.ix, direction, &filter);
        StatementConnection::of_list(&self.pinned, &list, args)
    }

    pub(crate) async fn mentions(&self, ctx: &Context<'_>, args: &PageArgs) -> ApiResult<CitationConnection> {
        let citations = load(ctx, MentionsOf(self.pinned.key(self.ix))).await?;
        CitationConnection::new(&self.pinned, &self.id(), citations.as_deref().map_or(&[], Vec::as_slice), args)
    }

    pub(crate) fn neighbors(
        &self,
        kinds: Option<Vec<Term<EntityKind>>>,
        direction: Option<Direction>,
        args: &PageArgs,
    ) -> ApiResult<EntityConnection> {
        let kinds = listed(kinds);
        let direction = direction.unwrap_or(Direction::Both).into();
        page_of_neighbors(self, kinds.as_deref(), direction, args).map(EntityConnection)
    }
}

/// The model's values of a list argument. How many there may be was looked at before.
pub(crate) fn listed<T>(values: Option<Vec<Term<T>>>) -> Option<Vec<T>> {
    listed_as(values, |Term(value)| value)
}

/// Likewise, what each value of a list argument means.
pub(crate) fn listed_as<V, T>(values: Option<Vec<V>>, meaning: impl Fn(V) -> T) -> Option<Vec<T>> {
    values.map(|values| values.into_iter().map(meaning).collect())
}

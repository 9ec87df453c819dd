//! Statements: the edges of the graph, with who says so.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};

use super::citation::Citation;
use super::closed_set::Term;
use super::direction::OrderDirection;
use super::entity::{Entity, listed};
use super::error::{ApiError, ApiResult, or_null};
use super::filter::{Unmet, document_of, entity_of, in_order, unless_nothing};
use super::handle::{Handle, Pinned};
use super::loaders::{CitationsOf, TextsOfStatement, load};
use super::paging::{Cursor, Edge, Edges, PageArgs, connection};
use super::scalar::PartialDate;
use super::topic::Topic;
use crate::graph::{self, EntityIx, List, StatementIx, StatementRow};
use crate::model::{Basis, Certainty, EntityKind, NodeId, Predicate, Venue, Voice};
use crate::store::StatementTexts;

/// `subject — predicate → object`: what was said, with what qualifies it and who says so. Its id is a content hash,
/// so the same fact found in two documents is one statement with two citations.
#[derive(Clone)]
pub(crate) struct Statement {
    pinned: Pinned,
    ix: StatementIx,
}

impl Statement {
    pub(crate) fn new(pinned: Pinned, ix: StatementIx) -> Self {
        Self { pinned, ix }
    }

    fn row(&self) -> &StatementRow {
        self.pinned.statement(self.ix)
    }

    async fn texts(&self, ctx: &Context<'_>) -> ApiResult<Arc<StatementTexts>> {
        load(ctx, TextsOfStatement(self.row().id)).await?.ok_or(ApiError::SnapshotChanged)
    }

    fn handle(&self, ix: EntityIx) -> Handle {
        Handle { pinned: self.pinned.clone(), ix }
    }
}

/// `subject — predicate → object`: what was said, with what qualifies it and who says so. Its id is a content hash,
/// so the same fact found in two documents is one statement with two citations.
#[Object]
impl Statement {
    /// `statement/` and 32 hexadecimal digits: a hash of subject, predicate, object, aspect, dates, condition and venue.
    pub(crate) async fn id(&self) -> ID {
        NodeId::Statement(self.row().id).to_string().into()
    }

    /// Whose statement it is, or what it is about.
    async fn subject(&self) -> Entity {
        self.handle(self.row().subject).into()
    }

    /// How the two are related.
    async fn predicate(&self) -> Term<Predicate> {
        Term(self.row().predicate)
    }

    /// What the subject is related to.
    async fn object(&self) -> Entity {
        self.handle(self.row().object).into()
    }

    /// The part of the object that is meant; null when the whole is.
    async fn aspect(&self) -> Option<Topic> {
        self.row().aspect.map(|ix| self.handle(ix).into())
    }

    /// When it was said or happened; null when no source says.
    async fn on(&self) -> Option<PartialDate> {
        self.row().on.map(PartialDate)
    }

    /// Since when it held; null when no source says.
    async fn from(&self) -> Option<PartialDate> {
        self.row().from.map(PartialDate)
    }

    /// Until when it held; null when no source says.
    async fn until(&self) -> Option<PartialDate> {
        self.row().until.map(PartialDate)
    }

    /// Whether a source says it or it is inferred.
    async fn basis(&self) -> Term<Basis> {
        Term(self.row().basis)
    }

    /// How sure the curator is of having read the source rightly; null when nobody judged.
    async fn certainty(&self) -> Option<Term<Certainty>> {
        self.row().certainty.map(Term)
    }

    /// Where it was said; null when no source says.
    async fn venue(&self) -> Option<Term<Venue>> {
        self.row().venue.map(Term)
    }

    /// Who spoke for the subject; null when nobody judged.
    async fn voice(&self) -> Option<Term<Voice>> {
        self.row().voice.map(Term)
    }

    /// Under which condition it holds ("if amended to …"); null when under none.
    async fn condition(&self, ctx: &Context<'_>) -> Option<String> {
        or_null(ctx, self.texts(ctx).await.map(|texts| texts.condition.clone()))
    }

    /// What a reader should know; of what is inferred, the reason. Null when there is nothing.
    async fn note(&self, ctx: &Context<'_>) -> Option<String> {
        or_null(ctx, self.texts(ctx).await.map(|texts| texts.note.clone()))
    }

    /// Who says so, by document and place. Never empty.
    async fn citations(&self, ctx: &Context<'_>) -> ApiResult<Vec<Citation>> {
        let citations = load(ctx, CitationsOf(self.row().id)).await?.ok_or(ApiError::SnapshotChanged)?;
        Citation::all_of(&self.pinned, &citations)
    }
}

connection!(StatementConnection, StatementEdge, Statement, "statements");

impl StatementConnection {
    /// # Errors
    /// When an argument is wrong.
    pub(crate) fn of_list(pinned: &Pinned, list: &List<'_, StatementIx>, args: &PageArgs) -> ApiResult<Self> {
        let locate = |cursor: &Cursor| {
            let Ok(NodeId::Statement(id)) = NodeId::parse(&cursor.id) else { return None };
            list.place_of(pinned.statement_of_id(id)?, cursor.place)
        };
        let edge = |place| {
            let ix = list.get(place).expect("a window lies within its list");
            let id = NodeId::Statement(pinned.statement(ix).id).to_string();
            Ok(StatementEdge { node: Statement::new(pinned.clone(), ix), cursor: Cursor { place, id }.encode() })
        };
        Edges::new(pinned, args, list.len(), locate, edge).map(Self)
    }
}

/// A statement with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct StatementEdge {
    /// The statement.
    node: Statement,
    /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the statement stays in the list.
    cursor: String,
}

impl Edge for StatementEdge {
    type Node = Statement;

    fn node(&self) -> Statement {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Which statements are wanted; every field that is given must hold.
#[derive(InputObject, Default)]
pub(crate) struct StatementFilter {
    /// With one of these predicates; null: with any. At most 100 by default.
    predicates: Option<Vec<Term<Predicate>>>,
    /// With this subject, by id; null: with any.
    subject: Option<ID>,
    /// With this object, by id; null: with any.
    object: Option<ID>,
    /// Of this aspect, by the topic's id; null: of the whole or any aspect.
    aspect: Option<ID>,
    /// Stated, or inferred; null: either.
    basis: Option<Term<Basis>>,
    /// At least this certain, statements whose certainty nobody judged left out; null: however certain.
    min_certainty: Option<Term<Certainty>>,
    /// Said there; null: wherever.
    venue: Option<Term<Venue>>,
    /// Citing this document, by id; null: citing any.
    document: Option<ID>,
    /// Said or happened on or after the first day of this date, statements without a date left out; null: whenever.
    on_or_after: Option<PartialDate>,
    /// Said or happened on or before the last day of this date, statements without a date left out; null: whenever.
    on_or_before: Option<PartialDate>,
}

/// In which order statements come.
#[derive(InputObject)]
pub(crate) struct StatementOrder {
    /// By what.
    field: StatementOrderField,
    /// Forwards or backwards.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What statements can be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatementOrderField {
    /// The subject's kind and name, then the object's, then the predicate.
    Subject,
    /// The day on which it was said or happened; with DESC the latest first. Statements without one come last.
    On,
}

/// Root fields for statements.
#[derive(Default)]
pub(crate) struct StatementQuery;

#[Object]
impl StatementQuery {
    /// All statements that the filter wants, in the order of `orderBy`.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn statements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which are wanted; null means all.")] filter: Option<StatementFilter>,
        #[graphql(desc = "In which order; by subject when null.")] order_by: Option<StatementOrder>,
        #[graphql(
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
        #[graphql(
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
    ) -> ApiResult<StatementConnection> {
        let pinned = Pinned::of(ctx);
        let args = PageArgs { first, after, last, before };
        let (order, sort) = match order_by {
            None => (graph::StatementOrder::Subject, graph::Sort::Ascending),
            Some(StatementOrder { field: StatementOrderField::Subject, direction }) => {
                (graph::StatementOrder::Subject, direction.into())
            }
            Some(StatementOrder { field: StatementOrderField::On, direction }) => {
                (graph::StatementOrder::Day, direction.into())
            }
        };
        let list = match unless_nothing(filter.unwrap_or_default().resolve(&pinned))? {
            Some(filter) => pinned.statements_where(&filter, order, sort),
            None => List::made(Vec::new()),
        };
        StatementConnection::of_list(&pinned, &list, &args)
    }
}

impl StatementFilter {
    fn resolve(self, pinned: &Pinned) -> Result<graph::StatementFilter, Unmet> {
        in_order(("onOrAfter", self.on_or_after), ("onOrBefore", self.on_or_before))?;
        Ok(graph::StatementFilter {
            predicates: listed(self.predicates),
            subject: entity_of(pinned, "subject", None, self.subject.as_ref())?,
            object: entity_of(pinned, "object", None, self.object.as_ref())?,
            aspect: entity_of(pinned, "aspect", Some(EntityKind::Topic), self.aspect.as_ref())?,
            cites: document_of(pinned, "document", self.document.as_ref())?,
            basis: self.basis.map(|Term(basis)| basis),
            min_certainty: self.min_certainty.map(|Term(certainty)| certainty),
            venue: self.venue.map(|Term(venue)| venue),
            on_or_after: self.on_or_after.map(|PartialDate(date)| date),
            on_or_before: self.on_or_before.map(|PartialDate(date)| date),
        })
    }
}

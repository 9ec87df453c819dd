//! Timelines: everything dated about a law, an organization or a claim, earliest first.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::closed_set::Term;
use super::entity::Entity;
use super::error::{ApiResult, or_null};
use super::filter::{entity_of_kinds, in_order, unless_nothing};
use super::handle::{Handle, Pinned};
use super::law::LawEvent;
use super::loaders::{EventsOf, Loaders, NoticesOf, load};
use super::paging::{Cursor, Edge, Edges, PageArgs, PageInfo};
use super::scalar::{PartialDate, number};
use super::statement::Statement;
use super::study::Notice;
use crate::graph::{Dated, DatedKind, DatesOf, EntityIx, StatementIx};
use crate::model::{self, Basis, EntityKey, EntityKind, NodeId};

/// What has a timeline.
const KINDS: [EntityKind; 3] = [EntityKind::Law, EntityKind::Organization, EntityKind::Claim];

/// What an entry of a timeline is the date of. In this order they come when they have the same date.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimelineEntryKind {
    /// Something happened to the law. Where a source only says by when, that is the date of the entry: the event's `on`
    /// is then null.
    Event,
    /// From then on a statement no longer held: its `until`.
    Ended,
    /// From then on a statement held: its `from`.
    Began,
    /// A statement was made, or what it says happened: its `on`.
    Statement,
    /// A study's finding on the claim that no source dates: the year of the study.
    Finding,
    /// A notice, such as a retraction, was put on a study of the claim.
    Notice,
}

impl From<DatedKind> for TimelineEntryKind {
    fn from(kind: DatedKind) -> Self {
        match kind {
            DatedKind::Ended => Self::Ended,
            DatedKind::Began => Self::Began,
            DatedKind::Said => Self::Statement,
            DatedKind::Found => Self::Finding,
        }
    }
}

/// Something dated about a law, an organization or a claim. It is a statement, an event or a notice as a source gives
/// it: nothing about it is computed, so it needs no `why`.
#[derive(Clone)]
pub(crate) struct TimelineEntry {
    pinned: Pinned,
    /// Whose timeline it is on.
    of: EntityIx,
    on: model::PartialDate,
    kind: TimelineEntryKind,
    what: What,
}

/// What is dated.
#[derive(Debug, Clone)]
enum What {
    Statement(StatementIx),
    /// One of the law's events, by its place.
    Event(Arc<Vec<model::LawEvent>>, usize),
    /// One of a study's notices, by its place.
    Notice(EntityIx, Arc<Vec<model::Notice>>, usize),
}

/// Something dated about a law, an organization or a claim. It is a statement, an event or a notice as a source gives
/// it: nothing about it is computed, so it needs no `why`.
#[Object]
impl TimelineEntry {
    /// The date, as precise as it is known.
    async fn on(&self) -> PartialDate {
        PartialDate(self.on)
    }

    /// What it is the date of.
    async fn kind(&self) -> TimelineEntryKind {
        self.kind
    }

    /// The statement, when it is one of ENDED, BEGAN, STATEMENT and FINDING; else null.
    async fn statement(&self) -> Option<Statement> {
        match self.what {
            What::Statement(ix) => Some(Statement::new(self.pinned.clone(), ix)),
            What::Event(..) | What::Notice(..) => None,
        }
    }

    /// What happened to the law, when it is an EVENT; else null.
    async fn event(&self, ctx: &Context<'_>) -> Option<LawEvent> {
        let What::Event(events, i) = &self.what else { return None };
        or_null(ctx, LawEvent::of(&self.pinned, &events[*i]).map(Some))
    }

    /// The notice, when it is a NOTICE; else null.
    async fn notice(&self, ctx: &Context<'_>) -> Option<Notice> {
        let What::Notice(_, notices, i) = &self.what else { return None };
        or_null(ctx, Notice::of(&self.pinned, &notices[*i]).map(Some))
    }

    /// The other end of the statement, or the study that the notice is on; null for an EVENT.
    async fn entity(&self) -> Option<Entity> {
        let ix = match self.what {
            What::Event(..) => return None,
            What::Notice(study, ..) => study,
            What::Statement(ix) => {
                let row = self.pinned.statement(ix);
                if row.subject == self.of { row.object } else { row.subject }
            }
        };
        Some(Handle { pinned: self.pinned.clone(), ix }.into())
    }
}

/// Which entries are wanted.
pub(crate) struct DatesWanted {
    pub(crate) from: Option<PartialDate>,
    pub(crate) to: Option<PartialDate>,
    pub(crate) basis: Option<Term<Basis>>,
}

impl DatesWanted {
    /// As the filter of statements has it: the whole of what the date can mean must lie between.
    fn includes(&self, on: model::PartialDate) -> bool {
        self.from.is_none_or(|PartialDate(from)| on.first_day() >= from.first_day())
            && self.to.is_none_or(|PartialDate(to)| on.last_day() <= to.last_day())
    }

    /// Whether some of what the date can mean lies between.
    fn touches(&self, on: model::PartialDate) -> bool {
        self.from.is_none_or(|PartialDate(from)| on.last_day() >= from.first_day())
            && self.to.is_none_or(|PartialDate(to)| on.first_day() <= to.last_day())
    }

    fn basis(&self) -> Option<Basis> {
        self.basis.map(|Term(basis)| basis)
    }
}

/// What will be an entry if it is on the page: a hub has tens of thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    on: model::PartialDate,
    kind: TimelineEntryKind,
    what: Named,
}

/// What is dated, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Statement(StatementIx),
    /// The law's event at this place.
    Event(usize),
    /// The study's notice at this place.
    Notice(EntityIx, usize),
}

impl Row {
    /// What names it on its timeline.
    fn name(&self, pinned: &Pinned) -> String {
        let kind = self.kind;
        match self.what {
            Named::Statement(ix) => format!("{kind:?} {}", NodeId::Statement(pinned.statement(ix).id)),
            Named::Event(i) => format!("{kind:?} {i}"),
            Named::Notice(study, i) => format!("{kind:?} {} {i}", NodeId::Entity(pinned.key(study))),
        }
    }
}

/// What [`Row::name`] names; `None` when there is no such thing.
fn named(pinned: &Pinned, name: &str) -> Option<(TimelineEntryKind, Named)> {
    use TimelineEntryKind::{Began, Ended, Event, Finding, Notice, Statement};
    let (kind, what) = name.split_once(' ')?;
    let kind = [Event, Ended, Began, Statement, Finding, Notice].into_iter().find(|it| format!("{it:?}") == kind)?;
    let named = match kind {
        Event => Named::Event(what.parse().ok()?),
        Notice => {
            let (study, i) = what.split_once(' ')?;
            Named::Notice(pinned.entity_of_key(&EntityKey::parse(study).ok()?)?, i.parse().ok()?)
        }
        Ended | Began | Statement | Finding => match NodeId::parse(what).ok()? {
            NodeId::Statement(id) => Named::Statement(pinned.statement_of_id(id)?),
            _ => return None,
        },
    };
    Some((kind, named))
}

/// A timeline that is being put together.
#[derive(Default)]
struct Gathering {
    rows: Vec<Row>,
    n_undated: usize,
    /// Of a law.
    events: Arc<Vec<model::LawEvent>>,
    /// Of the studies of a claim, as far as they have any.
    notices: HashMap<EntityIx, Arc<Vec<model::Notice>>>,
}

impl Gathering {
    /// All about it, in order.
    async fn of(ctx: &Context<'_>, handle: &Handle, basis: Option<Basis>) -> ApiResult<Self> {
        let dates = handle.pinned.computed(DatesOf { entity: handle.ix, basis }).await?;
        let row = |it: &Dated| Row { on: it.on, kind: it.kind.into(), what: Named::Statement(it.statement) };
        let rows = dates.dated.iter().map(row).collect();
        let mut gathering = Self { rows, n_undated: dates.n_undated, ..Self::default() };
        match handle.pinned.kind(handle.ix) {
            EntityKind::Law => gathering.add_events(ctx, handle).await?,
            EntityKind::Claim => gathering.add_notices(ctx, handle, basis).await?,
            _ => {}
        }
        // The sort is stable: among equals the order of statements, of events and of studies stays.
        gathering.rows.sort_by_key(|row| (row.on, row.kind));
        Ok(gathering)
    }

    fn add(&mut self, on: Option<model::PartialDate>, kind: TimelineEntryKind, what: Named) {
        match on {
            Some(on) => self.rows.push(Row { on, kind, what }),
            None => self.n_undated += 1,
        }
    }

    async fn add_events(&mut self, ctx: &Context<'_>, law: &Handle) -> ApiResult<()> {
        let events = load(ctx, EventsOf(law.pinned.key(law.ix).slug)).await?.unwrap_or_default();
        let mut places: Vec<_> = (0..events.len()).collect();
        places.sort_by_key(|i| events[*i].kind);
        for i in places {
            self.add(events[i].on.or(events[i].as_of), TimelineEntryKind::Event, Named::Event(i));
        }
        self.events = events;
        Ok(())
    }

    async fn add_notices(&mut self, ctx: &Context<'_>, claim: &Handle, basis: Option<Basis>) -> ApiResult<()> {
        let entity = claim.ix;
        let studies = claim.pinned.run(move |snapshot| snapshot.studies_of(entity, basis)).await;
        let key = |study: &EntityIx| NoticesOf(claim.pinned.key(*study).slug);
        let loaders = ctx.data_unchecked::<Loaders>();
        let mut notices = loaders.load_many(studies.iter().map(key).collect::<Vec<_>>()).await?;
        for study in studies {
            let Some(of_study) = notices.remove(&key(&study)) else { continue };
            for (i, notice) in of_study.iter().enumerate() {
                self.add(notice.on, TimelineEntryKind::Notice, Named::Notice(study, i));
            }
            self.notices.insert(study, of_study);
        }
        Ok(())
    }

    fn entry(&self, handle: &Handle, row: Row) -> TimelineEntry {
        let what = match row.what {
            Named::Statement(ix) => What::Statement(ix),
            Named::Event(i) => What::Event(Arc::clone(&self.events), i),
            Named::Notice(study, i) => What::Notice(study, Arc::clone(&self.notices[&study]), i),
        };
        TimelineEntry { pinned: handle.pinned.clone(), of: handle.ix, on: row.on, kind: row.kind, what }
    }
}

/// A page of a timeline (Relay connection).
pub(crate) struct TimelineConnection {
    edges: Edges<TimelineEdge>,
    n_undated: usize,
    n_imprecise: usize,
}

impl TimelineConnection {
    /// The page of the timeline of an organization, a law or a claim. The dates of its statements are put in order once a
    /// snapshot; a page then costs as many light rows as there are dates.
    ///
    /// # Errors
    /// When an argument is wrong, or the store does not answer.
    pub(crate) async fn of(
        ctx: &Context<'_>,
        handle: &Handle,
        wanted: &DatesWanted,
        args: &PageArgs,
    ) -> ApiResult<Self> {
        let pinned = &handle.pinned;
        pinned.charge(0)?;
        in_order(("from", wanted.from), ("to", wanted.to))?;
        let mut gathering = Gathering::of(ctx, handle, wanted.basis()).await?;
        gathering.rows.retain(|row| wanted.touches(row.on));
        let n_touching = gathering.rows.len();
        gathering.rows.retain(|row| wanted.includes(row.on));
        let rows = &gathering.rows;
        let locate = |cursor: &Cursor| {
            let it = named(pinned, &cursor.id)?;
            let stands_at = |place: &usize| rows.get(*place).is_some_and(|row| (row.kind, row.what) == it);
            Some(cursor.place).filter(stands_at).or_else(|| (0..rows.len()).find(stands_at))
        };
        let edge = |place: usize| {
            let row = rows[place];
            let cursor = Cursor { place, id: row.name(pinned) }.encode();
            Ok(TimelineEdge { node: gathering.entry(handle, row), cursor })
        };
        let edges = Edges::new(pinned, args, rows.len(), locate, edge)?;
        Ok(Self { edges, n_undated: gathering.n_undated, n_imprecise: n_touching - rows.len() })
    }
}

/// A page of a timeline (Relay connection).
#[Object]
impl TimelineConnection {
    /// What is on this page, each with its cursor, in the order of the list, also with `last`; at most 100 by default.
    async fn edges(&self) -> &[TimelineEdge] {
        &self.edges.edges
    }

    /// What is on this page, without cursors, in the order of `edges`.
    async fn nodes(&self) -> Vec<TimelineEntry> {
        self.edges.nodes()
    }

    /// Where this page begins and ends, and whether there are more.
    async fn page_info(&self) -> PageInfo {
        self.edges.page_info()
    }

    /// How many entries there are on all pages. A statement with several dates is there once for each.
    async fn total_count(&self) -> i32 {
        self.edges.total_count()
    }

    /// How many statements, events and notices no date is known of. They are not on the timeline, whatever `from` and
    /// `to` say.
    async fn n_undated(&self) -> i32 {
        number(self.n_undated)
    }

    /// How many entries have dates too imprecise to tell whether they lie between `from` and `to`, as 2018 does for
    /// `from: "2018-06"`. They are not on the timeline either.
    async fn n_imprecise(&self) -> i32 {
        number(self.n_imprecise)
    }
}

/// An entry with its place on the timeline.
#[derive(SimpleObject)]
pub(crate) struct TimelineEdge {
    /// The entry.
    node: TimelineEntry,
    /// Names this place on this timeline, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the entry stays.
    cursor: String,
}

impl Edge for TimelineEdge {
    type Node = TimelineEntry;

    fn node(&self) -> TimelineEntry {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// The root field for timelines.
#[derive(Default)]
pub(crate) struct TimelineQuery;

#[Object]
impl TimelineQuery {
    /// Everything dated about a law, an organization or a claim, earliest first: the dates of statements with it at either
    /// end; of a law its events; of a claim the years of studies whose findings on it no source dates, and notices on
    /// its studies. By the first day that a date can mean; of dates that begin alike the less precise comes first: 2025,
    /// 2025-01, 2025-01-01; of one date in the order of `TimelineEntryKind`. Null when there is no such entity.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The law, the organization or the claim, by its `id`.")] of: ID,
        #[graphql(
            desc = "Only what is certain to be dated on or after the first day of this date; null: from the earliest on."
        )]
        from: Option<PartialDate>,
        #[graphql(
            desc = "Only what is certain to be dated on or before the last day of this date; null: to the latest."
        )]
        to: Option<PartialDate>,
        #[graphql(
            desc = "Which statements count: those that a source states (the default), those that are inferred, or with null both.",
            default_with = "super::entity::stated()"
        )]
        basis: Option<Term<Basis>>,
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
    ) -> Option<TimelineConnection> {
        let wanted = DatesWanted { from, to, basis };
        let args = PageArgs { first, after, last, before };
        let timeline = match whose(&Pinned::of(ctx), &of) {
            Ok(Some(handle)) => TimelineConnection::of(ctx, &handle, &wanted, &args).await.map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        or_null(ctx, timeline)
    }
}

/// # Errors
/// When it is the id of something that has no timeline, or no id at all.
fn whose(pinned: &Pinned, of: &ID) -> ApiResult<Option<Handle>> {
    let found = unless_nothing(entity_of_kinds(pinned, "of", &KINDS, Some(of)))?.flatten();
    Ok(found.map(|ix| Handle { pinned: pinned.clone(), ix }))
}

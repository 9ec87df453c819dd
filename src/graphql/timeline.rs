//! Timelines: everything dated about a law, an organization or a claim, earliest first.

use std::sync::Arc;

use async_graphql::connection::PageInfo;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::closed_set::Term;
use super::entity::Entity;
use super::error::{ApiError, ApiResult, or_null};
use super::filter::{Unmet, entity_of, with_article};
use super::handle::{Handle, Pinned};
use super::law::LawEvent;
use super::loaders::{EventsOf, Loaders, NoticesOf, load};
use super::paging::{Cursor, Edge, Edges, PageArgs};
use super::scalar::PartialDate;
use super::statement::Statement;
use super::study::Notice;
use crate::graph::{Dated, DatedKind, EntityIx, StatementIx};
use crate::model::{self, Basis, EntityKind, NodeId};

/// What has a timeline.
const KINDS: [EntityKind; 3] = [EntityKind::Organization, EntityKind::Law, EntityKind::Claim];

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

impl TimelineEntry {
    /// What names it on its timeline.
    fn name(&self) -> String {
        let kind = self.kind;
        match &self.what {
            What::Statement(ix) => format!("{kind:?} {}", NodeId::Statement(self.pinned.statement(*ix).id)),
            What::Event(_, i) => format!("{kind:?} {i}"),
            What::Notice(study, _, i) => format!("{kind:?} {} {i}", NodeId::Entity(self.pinned.key(*study))),
        }
    }
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

    fn basis(&self) -> Option<Basis> {
        self.basis.map(|Term(basis)| basis)
    }
}

/// A timeline that is being put together.
struct Gathering<'a> {
    handle: &'a Handle,
    entries: Vec<TimelineEntry>,
    n_undated: usize,
}

impl Gathering<'_> {
    fn add(&mut self, on: Option<model::PartialDate>, kind: TimelineEntryKind, what: What) {
        match on {
            Some(on) => {
                let entry = TimelineEntry { pinned: self.handle.pinned.clone(), of: self.handle.ix, on, kind, what };
                self.entries.push(entry);
            }
            None => self.n_undated += 1,
        }
    }

    fn add_statements(&mut self, basis: Option<Basis>) {
        let (dated, n_undated) = self.handle.pinned.dated_statements(self.handle.ix, basis);
        for Dated { on, kind, statement } in dated {
            self.add(Some(on), kind.into(), What::Statement(statement));
        }
        self.n_undated += n_undated;
    }

    async fn add_events(&mut self, ctx: &Context<'_>) -> ApiResult<()> {
        let events = load(ctx, EventsOf(self.handle.pinned.key(self.handle.ix).slug)).await?.unwrap_or_default();
        let mut places: Vec<_> = (0..events.len()).collect();
        places.sort_by_key(|i| events[*i].kind);
        for i in places {
            let on = events[i].on.or(events[i].as_of);
            self.add(on, TimelineEntryKind::Event, What::Event(Arc::clone(&events), i));
        }
        Ok(())
    }

    async fn add_notices(&mut self, ctx: &Context<'_>, basis: Option<Basis>) -> ApiResult<()> {
        let studies = self.handle.pinned.studies_of(self.handle.ix, basis);
        let key = |study: &EntityIx| NoticesOf(self.handle.pinned.key(*study).slug);
        let loaders = ctx.data_unchecked::<Loaders>();
        let notices = loaders.load_many(studies.iter().map(key).collect::<Vec<_>>()).await?;
        for study in studies {
            let Some(of_study) = notices.get(&NoticesOf(self.handle.pinned.key(study).slug)) else { continue };
            for (i, notice) in of_study.iter().enumerate() {
                self.add(notice.on, TimelineEntryKind::Notice, What::Notice(study, Arc::clone(of_study), i));
            }
        }
        Ok(())
    }
}

/// A page of a timeline (Relay connection).
pub(crate) struct TimelineConnection {
    edges: Edges<TimelineEdge>,
    n_undated: usize,
}

impl TimelineConnection {
    /// The page of the timeline of an organization, a law or a claim. O(degree · log), whatever the page.
    ///
    /// # Errors
    /// When an argument is wrong, or the store does not answer.
    pub(crate) async fn of(
        ctx: &Context<'_>,
        handle: &Handle,
        wanted: &DatesWanted,
        args: &PageArgs,
    ) -> ApiResult<Self> {
        let mut gathering = Gathering { handle, entries: Vec::new(), n_undated: 0 };
        gathering.add_statements(wanted.basis());
        match handle.pinned.kind(handle.ix) {
            EntityKind::Law => gathering.add_events(ctx).await?,
            EntityKind::Claim => gathering.add_notices(ctx, wanted.basis()).await?,
            _ => {}
        }
        let Gathering { mut entries, n_undated, .. } = gathering;
        entries.retain(|entry| wanted.includes(entry.on));
        // The sort is stable: among equals the order of statements, of events and of studies stays.
        entries.sort_by_key(|entry| (entry.on, entry.kind));
        let locate = |cursor: &Cursor| {
            let is_it = |entry: &TimelineEntry| entry.name() == cursor.id;
            if entries.get(cursor.place).is_some_and(is_it) {
                Some(cursor.place)
            } else {
                entries.iter().position(is_it)
            }
        };
        let edge = |place: usize| {
            let node = entries[place].clone();
            let cursor = Cursor { place, id: node.name() }.encode();
            Ok(TimelineEdge { node, cursor })
        };
        let edges = Edges::new(&handle.pinned, args, entries.len(), locate, edge)?;
        Ok(Self { edges, n_undated })
    }
}

/// A page of a timeline (Relay connection).
#[Object]
impl TimelineConnection {
    /// What is on this page, each with its cursor; at most 100.
    async fn edges(&self) -> &[TimelineEdge] {
        &self.edges.edges
    }

    /// What is on this page, without cursors.
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
        i32::try_from(self.n_undated).unwrap_or(i32::MAX)
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
        #[graphql(desc = "Only what is dated on or after the first day of this date.")] from: Option<PartialDate>,
        #[graphql(desc = "Only what is dated on or before the last day of this date.")] to: Option<PartialDate>,
        #[graphql(
            desc = "Which statements count: those that a source states (the default), those that are inferred, or with null both.",
            default_with = "super::entity::stated()"
        )]
        basis: Option<Term<Basis>>,
        #[graphql(desc = "So many from the start of the list, 0 to 100; 20 when neither `first` nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, 0 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
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
    let ix = match entity_of(pinned, "of", None, Some(of)) {
        Ok(Some(ix)) => ix,
        Ok(None) | Err(Unmet::NothingPasses) => return Ok(None),
        Err(Unmet::Wrong(error)) => return Err(error),
    };
    let kind = pinned.kind(ix);
    if !KINDS.contains(&kind) {
        return Err(ApiError::BadUserInput(format!(
            "`of` is the id of {}: it must be that of a law, an organization or a claim.",
            with_article(kind)
        )));
    }
    Ok(Some(Handle { pinned: pinned.clone(), ix }))
}

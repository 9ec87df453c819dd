//! Conflicts: statements that cannot all hold, or that pull in opposite directions.

use std::ops::Range;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use tokio::sync::OnceCell;

use super::citation::{Citation, mentions_that};
use super::claim::Claim;
use super::entity::{Entity, LIST_MAX, at_most};
use super::error::ApiResult;
use super::filter::{Unmet, document_of, entity_of, entity_of_kinds};
use super::handle::{Handle, Pinned};
use super::organization::Organization;
use super::paging::{Cursor, Edge, Edges, PageArgs, all_or_first, connection, up_to};
use super::scalar::number;
use super::source::Document;
use super::statement::Statement;
use super::why::{Gathered, Why};
use crate::graph::{self, ConflictFilter, Conflicts, DocumentIx, EntityIx, SideRole};
use crate::model::{Between, CitationDirection, EntityKind, NodeId};

/// What conflicts can be about.
const KINDS: [EntityKind; 3] = [EntityKind::Law, EntityKind::Topic, EntityKind::Claim];

/// What is at odds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::ConflictKind")]
pub(crate) enum ConflictKind {
    /// One organization's positions: for a law or a cause on one side, against it on the other. A position on one version
    /// of a law is none on another.
    Stance,
    /// What studies found: on a claim, or on two claims that are joined. Retracted studies are left out.
    Evidence,
    /// What organizations say: of a claim, or of two claims that are joined.
    Position,
    /// What documents themselves state: of a claim, or of two claims that are joined. Sources give different values.
    Value,
}

/// How hard the two sides of a conflict meet. A statement is firm unless its certainty is `LOW` or `VERY_LOW` or it holds only
/// under a condition; a side is firm when one of its statements is. What is inferred stands on no side.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::ConflictStrength")]
pub(crate) enum ConflictStrength {
    /// They cannot both hold. Positions: one firm on each side, of the same aspect and the same day. Of one claim: both
    /// sides are firm. Of two claims: both sides are firm, and a firm NEGATES is stated to join the claims.
    Direct,
    /// They pull in opposite directions: positions of different days or aspects, a side that is hedged throughout, studies
    /// that only limit the claim, claims in tension, claims of which one is only inferred to negate the other, or claims of
    /// which one is narrower than the other.
    Tension,
}

/// Statements that cannot all hold, or that pull in opposite directions. Computed; it has an id as long as it is there.
#[derive(Clone)]
pub(crate) struct Conflict {
    pinned: Pinned,
    found: graph::Conflict,
    parts: Arc<Parts>,
}

/// What belongs to a conflict; each found when a field first asks for it.
#[derive(Default)]
struct Parts {
    sides: OnceCell<Arc<[graph::ConflictSide; 2]>>,
    on_both_sides: OnceCell<Vec<EntityIx>>,
    documents_on_both_sides: OnceCell<Vec<DocumentIx>>,
}

impl Conflict {
    fn new(pinned: &Pinned, found: graph::Conflict) -> Self {
        Self { pinned: pinned.clone(), found, parts: Arc::default() }
    }

    /// The conflict that an id names; `None` when there is none (any more). The cost is that of its own statements.
    pub(crate) fn named(pinned: &Pinned, between: &Between<crate::model::EntityKey>) -> Option<Self> {
        let between = between.renamed(|key| pinned.entity_of_key(key))?;
        pinned.conflict(between).map(|conflict| Self::new(pinned, conflict))
    }

    async fn entities_on_both_sides(&self) -> ApiResult<&[EntityIx]> {
        let between = self.found.between;
        let found =
            self.pinned.once(&self.parts.on_both_sides, move |snapshot| snapshot.on_both_sides(between)).await?;
        Ok(found)
    }

    fn handle(&self, ix: EntityIx) -> Handle {
        Handle { pinned: self.pinned.clone(), ix }
    }
}

/// Statements that cannot all hold, or that pull in opposite directions. Computed; it has an id as long as it is there.
#[Object]
impl Conflict {
    /// What it is between, in slugs: `conflict/stance/<organization>/law/<law>` (or `/topic/<topic>`),
    /// `conflict/evidence/<claim>`, `conflict/evidence/<claim>/or/<claim>` for two claims that pull apart, in the order of
    /// their slugs, and `conflict/evidence/<claim>/but-not/<claim>` for a claim that is held and a narrower or wider one
    /// that is denied; likewise with `position` and `value`. Lasting.
    pub(crate) async fn id(&self) -> ID {
        NodeId::Conflict(self.pinned.conflict_key(self.found.between)).to_string().into()
    }

    /// What is at odds.
    async fn kind(&self) -> ConflictKind {
        self.found.kind().into()
    }

    /// How hard the two sides meet.
    async fn strength(&self) -> ConflictStrength {
        self.found.strength.into()
    }

    /// The law, the topic or the claim that it is about; of two claims the first that the id names.
    async fn about(&self) -> Entity {
        self.handle(self.found.about()).into()
    }

    /// The second of two claims; null where it is about one thing.
    async fn other(&self) -> Option<Claim> {
        self.found.other().map(|ix| self.handle(ix).into())
    }

    /// Whose positions these are; null unless the kind is STANCE.
    async fn organization(&self) -> Option<Organization> {
        self.found.organization().map(|ix| self.handle(ix).into())
    }

    /// The two sides: first those for it, or for the claim that the id names first.
    async fn sides(&self) -> ApiResult<Vec<ConflictSide>> {
        let between = self.found.between;
        let found = move |snapshot: &graph::Snapshot| Arc::new(snapshot.sides_of(between));
        let sides = self.pinned.once(&self.parts.sides, found).await?;
        self.pinned.charge(sides.len())?;
        let side = |place| ConflictSide {
            pinned: self.pinned.clone(),
            sides: Arc::clone(sides),
            place,
            documents: OnceCell::new(),
        };
        Ok((0..sides.len()).map(side).collect())
    }

    /// The statements that join the two claims (`NEGATES`, `IN_TENSION_WITH`, `NARROWS`, `ENTAILS`), stated or inferred, as
    /// their `basis` says; empty where it is about one thing.
    async fn joined_by(&self) -> ApiResult<Vec<Statement>> {
        let joined_by = self.pinned.joined_by(self.found.between);
        self.pinned.charge(joined_by.len())?;
        Ok(joined_by.into_iter().map(|ix| Statement::new(self.pinned.clone(), ix)).collect())
    }

    /// The organizations or studies that stand on both sides, by name: each contradicts itself, or pulls both ways. Of
    /// STANCE always the one organization; of VALUE none, see `documentsOnBothSides`.
    async fn on_both_sides(
        &self,
        #[graphql(desc = "So many, 0 to 100; 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Entity>> {
        let some = up_to(&self.pinned, first, self.entities_on_both_sides().await?)?;
        Ok(some.iter().map(|ix| self.handle(*ix).into()).collect())
    }

    /// How many organizations or studies stand on both sides.
    async fn n_on_both_sides(&self) -> ApiResult<i32> {
        Ok(number(self.entities_on_both_sides().await?.len()))
    }

    /// The documents that themselves state both sides, by slug: each contradicts itself. Empty unless the kind is VALUE.
    async fn documents_on_both_sides(
        &self,
        #[graphql(desc = "So many, 0 to 100; 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Document>> {
        let between = self.found.between;
        let found = move |snapshot: &graph::Snapshot| snapshot.documents_on_both_sides(between);
        let all = self.pinned.once(&self.parts.documents_on_both_sides, found).await?;
        let some = up_to(&self.pinned, first, all)?;
        Ok(some.iter().map(|ix| Document::new(self.pinned.clone(), *ix)).collect())
    }

    /// The rule, and the statements that it rests on: those of both sides and those that join the claims. Of VALUE only
    /// the latter, which may be none: its sides rest on what documents themselves state, as `sides { documents }` tells.
    async fn why(&self) -> Why {
        let (rule, explanation) = rule(self.found.between);
        let between = self.found.between;
        let statements = Gathered::uncounted(move |snapshot| snapshot.conflict_rests_on(between)).into();
        Why { pinned: self.pinned.clone(), rule, explanation, statements }
    }
}

fn rule(between: Between<graph::EntityIx>) -> (&'static str, &'static str) {
    match between {
        Between::Positions { .. } => (
            "STANCE_ON_BOTH_SIDES",
            "One organization is stated to support and to oppose the same thing, this very version of it. DIRECT when a \
             firm position of each sort is of the same aspect and the same day (or both have no day); else a TENSION: it \
             may have changed its mind, mean different parts, or set a condition.",
        ),
        Between::Sides { .. } => (
            "FOR_AND_AGAINST",
            "Some are stated to speak for the claim and others against it. DIRECT when each side has a firm statement; a \
             TENSION when one side is hedged throughout, or when studies only limit the claim.",
        ),
        Between::Rivals { .. } => (
            "RIVAL_CLAIMS",
            "Some are stated to speak for the one claim, others for the other, and a NEGATES or IN_TENSION_WITH joins the \
             two. DIRECT when each side has a firm statement and a firm NEGATES is stated to join the claims; else a TENSION.",
        ),
        Between::Scopes { .. } => (
            "HELD_BUT_NOT_ITS_PART",
            "Some are stated to speak for the one claim, others against the other, which follows from it (NARROWS, \
             ENTAILS); or studies back a narrower claim and contradict the wider one. Always a TENSION.",
        ),
    }
}

/// One of the two sides of a conflict.
pub(crate) struct ConflictSide {
    pinned: Pinned,
    sides: Arc<[graph::ConflictSide; 2]>,
    place: usize,
    /// Found when a field first asks for them.
    documents: OnceCell<Vec<DocumentIx>>,
}

impl ConflictSide {
    fn side(&self) -> &graph::ConflictSide {
        &self.sides[self.place]
    }

    async fn documents_behind(&self) -> ApiResult<&[DocumentIx]> {
        let (sides, place) = (Arc::clone(&self.sides), self.place);
        let found = move |snapshot: &graph::Snapshot| snapshot.documents_of_side(&sides[place]);
        Ok(self.pinned.once(&self.documents, found).await?)
    }
}

/// One of the two sides of a conflict.
#[Object]
impl ConflictSide {
    /// Who stands here, in words: `studies that back it`.
    async fn label(&self) -> &'static str {
        match self.side().role {
            SideRole::Supports => "positions for it",
            SideRole::Opposes => "positions against it",
            SideRole::Backs => "studies that back it",
            SideRole::Contradicts => "studies that contradict it",
            SideRole::Qualifies => "studies that limit it",
            SideRole::Asserts => "organizations that assert it",
            SideRole::Disputes => "organizations that dispute it",
            SideRole::States => "documents that state it",
            SideRole::Denies => "documents that deny it",
        }
    }

    /// The law, the topic or the claim that this side speaks of.
    async fn about(&self) -> Entity {
        Handle { pinned: self.pinned.clone(), ix: self.side().about }.into()
    }

    /// What those on this side say, by their name. Of documents: what they are cited for of those who likewise speak for
    /// (ASSERTS, BACKS) or against (DISPUTES, CONTRADICTS) the claim, which may be nothing.
    async fn statements(
        &self,
        #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Statement>> {
        let some = all_or_first(&self.pinned, first, &self.side().statements)?;
        Ok(some.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect())
    }

    /// How many statements there are.
    async fn n_statements(&self) -> i32 {
        number(self.side().statements.len())
    }

    /// The documents that state or deny the claim (VALUE), or that the statements of this side cite; by slug.
    async fn documents(
        &self,
        #[graphql(desc = "So many, 0 to 100; 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Document>> {
        let some = up_to(&self.pinned, first, self.documents_behind().await?)?;
        Ok(some.iter().map(|ix| Document::new(self.pinned.clone(), *ix)).collect())
    }

    /// Of VALUE: where the documents state or deny the claim, by document, then place. Else empty: the statements have
    /// citations.
    async fn mentions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many, 0 to 100; 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Citation>> {
        let direction = match self.side().role {
            SideRole::States => CitationDirection::Supports,
            SideRole::Denies => CitationDirection::Disputes,
            _ => return Ok(Vec::new()),
        };
        let about = Handle { pinned: self.pinned.clone(), ix: self.side().about };
        mentions_that(ctx, &about, direction, first).await
    }

    /// How many documents there are.
    async fn n_documents(&self) -> ApiResult<i32> {
        Ok(number(self.documents_behind().await?.len()))
    }
}

connection!(ConflictConnection, ConflictEdge, Conflict, "conflicts");

/// A conflict with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct ConflictEdge {
    /// The conflict.
    node: Conflict,
    /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the conflict stays in the list.
    cursor: String,
}

impl Edge for ConflictEdge {
    type Node = Conflict;

    fn node(&self) -> Conflict {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Of which kinds and strengths conflicts are wanted.
#[derive(Default)]
pub(crate) struct ConflictsWanted {
    pub(crate) kinds: Option<Vec<ConflictKind>>,
    pub(crate) strengths: Option<Vec<ConflictStrength>>,
}

impl ConflictConnection {
    /// A page of the conflicts that pass `filter`, which are computed once a snapshot.
    ///
    /// # Errors
    /// When an argument is wrong, or the computation takes too long.
    pub(crate) async fn of(
        pinned: &Pinned,
        filter: ConflictFilter,
        wanted: ConflictsWanted,
        args: &PageArgs,
    ) -> ApiResult<Self> {
        let kinds = graph_values::<_, graph::ConflictKind>("kinds", wanted.kinds)?;
        let strengths = graph_values::<_, graph::ConflictStrength>("strengths", wanted.strengths)?;
        let list = pinned.computed(Conflicts(filter)).await?;
        let is_wanted = |(kind, strength): (graph::ConflictKind, graph::ConflictStrength)| {
            kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
                && strengths.as_ref().is_none_or(|strengths| strengths.contains(&strength))
        };
        let wanted = Runs::of(&list, is_wanted);
        let locate = |cursor: &Cursor| {
            let Ok(NodeId::Conflict(key)) = NodeId::parse(&cursor.id) else { return None };
            let between = key.renamed(|key| pinned.entity_of_key(key))?;
            let is_it = |conflict: &graph::Conflict| conflict.between == between;
            let stands_at = |place: &usize| wanted.get(&list, *place).is_some_and(is_it);
            Some(cursor.place).filter(stands_at).or_else(|| (0..wanted.n()).find(stands_at))
        };
        let edge = |place: usize| {
            let conflict = *wanted.get(&list, place).expect("a window lies within its list");
            let id = NodeId::Conflict(pinned.conflict_key(conflict.between)).to_string();
            let node = Conflict::new(pinned, conflict);
            Ok(ConflictEdge { node, cursor: Cursor { place, id }.encode() })
        };
        Edges::new(pinned, args, wanted.n(), locate, edge).map(Self)
    }
}

/// Parts of a list of conflicts, which are in the order of kinds and strengths: a run for each of those that are wanted.
struct Runs(Vec<Range<usize>>);

impl Runs {
    fn of(
        list: &[graph::Conflict],
        is_wanted: impl Fn((graph::ConflictKind, graph::ConflictStrength)) -> bool,
    ) -> Self {
        let sort = |conflict: &graph::Conflict| (conflict.kind(), conflict.strength);
        let mut runs = Vec::new();
        let mut start = 0;
        while let Some(first) = list.get(start) {
            let end = start + list[start..].partition_point(|it| sort(it) == sort(first));
            if is_wanted(sort(first)) {
                runs.push(start..end);
            }
            start = end;
        }
        Self(runs)
    }

    /// How many conflicts are wanted.
    fn n(&self) -> usize {
        self.0.iter().map(Range::len).sum()
    }

    /// The conflict at a place among those that are wanted.
    fn get<'a>(&self, list: &'a [graph::Conflict], mut place: usize) -> Option<&'a graph::Conflict> {
        for run in &self.0 {
            if place < run.len() {
                return list.get(run.start + place);
            }
            place -= run.len();
        }
        None
    }
}

fn graph_values<T: Into<G>, G>(argument: &str, values: Option<Vec<T>>) -> ApiResult<Option<Vec<G>>> {
    let Some(values) = values else { return Ok(None) };
    at_most(LIST_MAX, argument, values.len())?;
    Ok(Some(values.into_iter().map(Into::into).collect()))
}

/// The root field for conflicts.
#[derive(Default)]
pub(crate) struct ConflictQuery;

#[Object]
impl ConflictQuery {
    /// All conflicts that are wanted: by kind, in the order of the enum, the direct ones of a kind first, then by the kind
    /// and name of what they are about. Every argument that is given must hold.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of one of these kinds; null means all. At most 100.")] kinds: Option<Vec<ConflictKind>>,
        #[graphql(desc = "Of one of these strengths; null means both. At most 100.")] strengths: Option<
            Vec<ConflictStrength>,
        >,
        #[graphql(
            desc = "About this law, topic or claim, by its id; of two claims, either. For those in which an organization takes part, give its id as `organization`."
        )]
        about: Option<ID>,
        #[graphql(desc = "With this organization's own stances or words on a side, by its id.")] organization: Option<
            ID,
        >,
        #[graphql(
            desc = "With what this document itself states or denies on a side, by its id; such are of kind VALUE."
        )]
        document: Option<ID>,
        #[graphql(
            desc = "With (true) or without (false) an organization, a study or a document that stands on both sides."
        )]
        self_contradicting: Option<bool>,
        #[graphql(desc = "So many from the start of the list, 0 to 100; 20 when neither `first` nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "So many from the end of the list, 0 to 100; not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> ApiResult<ConflictConnection> {
        let pinned = Pinned::of(ctx);
        let args = PageArgs { first, after, last, before };
        let wanted = ConflictsWanted { kinds, strengths };
        match filter(&pinned, about.as_ref(), organization.as_ref(), document.as_ref(), self_contradicting) {
            Ok(filter) => ConflictConnection::of(&pinned, filter, wanted, &args).await,
            Err(Unmet::Wrong(error)) => Err(error),
            Err(Unmet::NothingPasses) => {
                let nowhere = |_: &Cursor| None;
                Edges::new(&pinned, &args, 0, nowhere, |_| unreachable!("the list is empty")).map(ConflictConnection)
            }
        }
    }
}

fn filter(
    pinned: &Pinned,
    about: Option<&ID>,
    organization: Option<&ID>,
    document: Option<&ID>,
    self_contradicting: Option<bool>,
) -> Result<ConflictFilter, Unmet> {
    Ok(ConflictFilter {
        about: entity_of_kinds(pinned, "about", &KINDS, about)?,
        organization: entity_of(pinned, "organization", Some(EntityKind::Organization), organization)?,
        document: document_of(pinned, "document", document)?,
        self_contradicting,
    })
}

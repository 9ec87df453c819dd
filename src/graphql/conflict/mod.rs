//! Conflicts: statements that cannot all hold, or that pull in opposite directions.

mod list;
mod side;

use std::sync::Arc;

use async_graphql::{Enum, ID, Object};
use tokio::sync::OnceCell;

pub(crate) use list::{ConflictConnection, ConflictQuery, ConflictsWanted};
pub(crate) use side::ConflictSide;

use super::claim::Claim;
use super::entity::Entity;
use super::error::ApiResult;
use super::handle::{Handle, Pinned};
use super::organization::Organization;
use super::paging::{page_of, up_to};
use super::scalar::number;
use super::source::Document;
use super::statement::Statement;
use super::why::{Gathered, Why};
use crate::graph::{self, DocumentIx, EntityIx};
use crate::model::{Between, EntityKey, NodeId};

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
/// under a condition; a side is firm when one of its statements is. What is inferred, a mere member's word or of a
/// retracted study stands on no side.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::ConflictStrength")]
pub(crate) enum ConflictStrength {
    /// They cannot both hold. Positions: one firm on each side, of the same aspect and the same day. Of one claim: both
    /// sides are firm. Of two claims: both sides are firm, and a firm NEGATES is stated to join the claims.
    Direct,
    /// They pull in opposite directions: positions of different days or aspects, a side that is hedged throughout, studies
    /// that only limit the claim, claims in tension, claims of which one is only inferred, or said by a mere member, to
    /// negate the other, or claims of which one is narrower than the other.
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
    pub(crate) fn named(pinned: &Pinned, between: &Between<EntityKey>) -> Option<Self> {
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
        Ok((0..sides.len()).map(|place| ConflictSide::new(&self.pinned, sides, place)).collect())
    }

    /// The statements that join the two claims (`NEGATES`, `IN_TENSION_WITH`, `NARROWS`, `ENTAILS`), stated or inferred, as
    /// their `basis` says; first those from `about` to `other`, then those back, each in the order of predicates. Empty
    /// where it is about one thing.
    async fn joined_by(&self) -> ApiResult<Vec<Statement>> {
        let joined_by = self.pinned.joined_by(self.found.between);
        self.pinned.charge(joined_by.len())?;
        Ok(joined_by.into_iter().map(|ix| Statement::new(self.pinned.clone(), ix)).collect())
    }

    /// The organizations or studies that stand on both sides, by name: each contradicts itself, or pulls both ways. Of
    /// STANCE always the one organization; of VALUE none, see `documentsOnBothSides`.
    async fn on_both_sides(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Entity>> {
        let n = page_of(&self.pinned, first)?;
        let some = up_to(&self.pinned, n, self.entities_on_both_sides().await?)?;
        Ok(some.iter().map(|ix| self.handle(*ix).into()).collect())
    }

    /// How many organizations or studies stand on both sides.
    async fn n_on_both_sides(&self) -> ApiResult<i32> {
        Ok(number(self.entities_on_both_sides().await?.len()))
    }

    /// The documents that themselves state both sides, by slug: each contradicts itself. Empty unless the kind is VALUE.
    async fn documents_on_both_sides(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Document>> {
        let n = page_of(&self.pinned, first)?;
        let between = self.found.between;
        let found = move |snapshot: &graph::Snapshot| snapshot.documents_on_both_sides(between);
        let all = self.pinned.once(&self.parts.documents_on_both_sides, found).await?;
        let some = up_to(&self.pinned, n, all)?;
        Ok(some.iter().map(|ix| Document::new(self.pinned.clone(), *ix)).collect())
    }

    /// The rule, and the statements that it rests on: those that join the claims, then those of either side. Of VALUE only
    /// the first, which may be none: its sides rest on what documents themselves state, as `sides { documents }` tells.
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

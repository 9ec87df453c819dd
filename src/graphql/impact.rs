//! What would change if a study were retracted, or a document withdrawn.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::assessment::{Assessment, Verdict};
use super::claim::Claim;
use super::entity::Node;
use super::error::{ApiError, ApiResult, or_null};
use super::handle::{Handle, Pinned};
use super::law::Law;
use super::paging::{PageArgs, first_or};
use super::scalar::number;
use super::source::Document;
use super::stance::StanceSummary;
use super::statement::{Statement, StatementConnection};
use super::why::Why;
use crate::graph::{self, Assumed, ChangedGround, List, Weighing};
use crate::model::{EntityKind, NodeId};

/// Changes of one sort that are listed when the client does not say.
const CHANGES_DEFAULT: usize = 50;

/// What is assumed to have happened.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Assumption {
    /// A study was retracted: its findings no longer count.
    Retracted,
    /// A document was withdrawn: statements that cite nothing else fall away.
    Withdrawn,
}

/// What would change, before and after; computed. Only what changes is told.
pub(crate) struct Impact {
    pinned: Pinned,
    assumed: Assumed,
    computed: Arc<graph::Impact>,
}

/// What would change, before and after; computed. Only what changes is told.
#[Object]
impl Impact {
    /// What is assumed.
    async fn assume(&self) -> Assumption {
        match self.assumed {
            Assumed::Retracted(_) => Assumption::Retracted,
            Assumed::Withdrawn(_) => Assumption::Withdrawn,
        }
    }

    /// Of which study or document.
    async fn of(&self) -> Node {
        match self.assumed {
            Assumed::Retracted(ix) => Node::Study(Handle { pinned: self.pinned.clone(), ix }.into()),
            Assumed::Withdrawn(ix) => Node::Document(Document::new(self.pinned.clone(), ix)),
        }
    }

    /// How many claims would stand otherwise, or on less.
    async fn n_assessments(&self) -> i32 {
        number(self.computed.assessments.len())
    }

    /// Claims whose assessment would change in anything, and be it only the number of its sources; by wording. Each
    /// study counts alike, as in `assessment` without arguments.
    async fn assessments(
        &self,
        #[graphql(desc = "At most so many, by default 0 to 100; 50 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<ChangedAssessment>> {
        let as_it_is = Arc::new(Weighing::default());
        let as_assumed = Arc::new(Weighing { assumed: Some(self.assumed), ..Weighing::default() });
        let changed = |it: &graph::ChangedAssessment| {
            Ok(ChangedAssessment {
                claim: self.handle(it.claim).into(),
                before: Assessment::of(&self.pinned, &as_it_is, it.before.clone())?,
                after: Assessment::of(&self.pinned, &as_assumed, it.after.clone())?,
            })
        };
        self.first(&self.computed.assessments, first)?.iter().map(changed).collect()
    }

    /// How many stances would change, or rest on less.
    async fn n_stances(&self) -> i32 {
        number(self.computed.stances.len())
    }

    /// Stances that would be others, or rest on other positions, whenever they were taken; in the order of
    /// organizations, laws and aspects.
    async fn stances(
        &self,
        #[graphql(desc = "At most so many, by default 0 to 100; 50 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<ChangedStance>> {
        let summary = |summary: &graph::StanceSummary| StanceSummary::new(self.pinned.clone(), summary.clone());
        let changed = |it: &graph::ChangedStance| ChangedStance {
            before: summary(&it.before),
            after: it.after.as_ref().map(summary),
        };
        Ok(self.first(&self.computed.stances, first)?.iter().map(changed).collect())
    }

    /// How many laws would rest on less.
    async fn n_rationales(&self) -> i32 {
        number(self.computed.rationales.len())
    }

    /// Laws of which a statement that they rest on a claim would fall away, or that rest on a claim whose verdict would
    /// change; by name.
    async fn rationales(
        &self,
        #[graphql(desc = "At most so many, by default 0 to 100; 50 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<ChangedRationale>> {
        let changed = |it: &graph::ChangedRationale| ChangedRationale {
            pinned: self.pinned.clone(),
            law: self.handle(it.law).into(),
            grounds: it.grounds.clone(),
        };
        Ok(self.first(&self.computed.rationales, first)?.iter().map(changed).collect())
    }

    /// Statements that rest on it alone and would no longer count: of a study its stated findings, of a document the
    /// statements that cite nothing else; by subject, object and predicate.
    async fn rests_on_it_alone(
        &self,
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
        let list = List::made(self.computed.fallen.clone());
        StatementConnection::of_list(&self.pinned, &list, &PageArgs { first, after, last, before })
    }

    /// The rule, and the statements that it was applied to: those that rest on it alone, then, by subject, object and
    /// predicate, what is stated of the claims, the positions, and the grounds of laws that are touched. On them alone it
    /// comes to exactly the same changes, and so it does without any one other statement; without them nothing changes.
    async fn why(&self) -> Why {
        let (rule, explanation) = match self.assumed {
            Assumed::Retracted(_) => (
                "WITHOUT_RETRACTED",
                "The rules of assessments are applied twice to each claim of which the study is stated to speak: as \
                 things are, and with the study retracted, so that its findings no longer count. Stances rest on no \
                 studies and do not change.",
            ),
            Assumed::Withdrawn(_) => (
                "WITHOUT_WITHDRAWN",
                "The rules of assessments and stances are applied twice to each claim and position that the document is \
                 cited for: as things are, and without the document and the statements that cite nothing else.",
            ),
        };
        let (computed, assumed) = (self.computed.clone(), self.assumed);
        let reasons = self.pinned.run(move |snapshot| snapshot.reasons_of_impact(&computed, assumed)).await;
        Why { pinned: self.pinned.clone(), rule, explanation, statements: reasons.into() }
    }
}

impl Impact {
    fn handle(&self, ix: graph::EntityIx) -> Handle {
        Handle { pinned: self.pinned.clone(), ix }
    }

    /// # Errors
    /// When `first` is out of bounds, or the answer grows too large.
    fn first<'a, T>(&self, all: &'a [T], first: Option<i32>) -> ApiResult<&'a [T]> {
        let n = first_or(CHANGES_DEFAULT, self.pinned.limits().page, first)?.min(all.len());
        self.pinned.charge(n)?;
        Ok(&all[..n])
    }
}

/// A claim that would stand otherwise, or on less.
#[derive(SimpleObject)]
pub(crate) struct ChangedAssessment {
    /// The claim.
    claim: Claim,
    /// How it stands.
    before: Assessment,
    /// How it would stand.
    after: Assessment,
}

/// A stance that would be another, or rest on less.
#[derive(SimpleObject)]
pub(crate) struct ChangedStance {
    /// As it is, as far as the sources tell, whenever that was.
    before: StanceSummary,
    /// As it would be, on the same law and aspect; null when no position would be left.
    after: Option<StanceSummary>,
}

/// A law whose reasons would change.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct ChangedRationale {
    #[graphql(skip)]
    pinned: Pinned,
    /// The law.
    law: Law,
    #[graphql(skip)]
    grounds: Vec<ChangedGround>,
}

#[async_graphql::ComplexObject]
impl ChangedRationale {
    /// Those of the claims that it rests on that are concerned, by wording.
    async fn claims(&self) -> ApiResult<Vec<ChangedReason>> {
        self.pinned.charge(self.grounds.len())?;
        let reason = |ground: &ChangedGround| ChangedReason { pinned: self.pinned.clone(), ground: ground.clone() };
        Ok(self.grounds.iter().map(reason).collect())
    }
}

/// A claim that a law rests on, and what would become of it.
pub(crate) struct ChangedReason {
    pinned: Pinned,
    ground: ChangedGround,
}

/// A claim that a law rests on, and what would become of it.
#[Object]
impl ChangedReason {
    /// The claim.
    async fn claim(&self) -> Claim {
        Handle { pinned: self.pinned.clone(), ix: self.ground.claim }.into()
    }

    /// How the claim stands.
    async fn before(&self) -> Verdict {
        self.ground.before.into()
    }

    /// How it would stand.
    async fn after(&self) -> Verdict {
        self.ground.after.into()
    }

    /// The statements that the law rests on it, as far as they would fall away; in the order of days (`on`), what has
    /// none first.
    async fn fallen(&self) -> ApiResult<Vec<Statement>> {
        self.pinned.charge(self.ground.fallen.len())?;
        Ok(self.ground.fallen.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect())
    }

    /// Whether a statement that the law rests on it would be left.
    async fn is_left(&self) -> bool {
        self.ground.is_left
    }
}

/// The root field for what would change.
#[derive(Default)]
pub(crate) struct ImpactQuery;

#[Object]
impl ImpactQuery {
    /// What would change if a study were retracted, or a document withdrawn: assessments of claims, stances, and reasons
    /// of laws, before and after, and what rests on it alone. Null when there is no such study or document.
    async fn impact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The study or the document, by its `id`.")] of: ID,
        #[graphql(desc = "RETRACTED is said of a study, WITHDRAWN of a document.")] assume: Assumption,
    ) -> Option<Impact> {
        or_null(ctx, impact(Pinned::of(ctx), &of, assume).await)
    }
}

async fn impact(pinned: Pinned, of: &ID, assume: Assumption) -> ApiResult<Option<Impact>> {
    let id = NodeId::parse(of).map_err(|error| ApiError::BadUserInput(format!("`of`: {error}")))?;
    let assumed = match (assume, &id) {
        (Assumption::Retracted, NodeId::Entity(key)) if key.kind == EntityKind::Study => {
            pinned.entity_of_key(key).map(Assumed::Retracted)
        }
        (Assumption::Withdrawn, NodeId::Document(slug)) => {
            pinned.document_of_slug(slug.as_str()).map(Assumed::Withdrawn)
        }
        (assume, id) => return Err(ApiError::BadUserInput(misfit(assume, id))),
    };
    let Some(assumed) = assumed else { return Ok(None) };
    let computed = Arc::new(pinned.run(move |snapshot| snapshot.impact(assumed)).await);
    pinned.charge(1)?;
    Ok(Some(Impact { pinned, assumed, computed }))
}

fn misfit(assume: Assumption, id: &NodeId) -> String {
    let (assume, what, other) = match assume {
        Assumption::Retracted => ("RETRACTED", "a study", "a document WITHDRAWN"),
        Assumption::Withdrawn => ("WITHDRAWN", "a document", "a study RETRACTED"),
    };
    format!("`of` is \"{id}\": only {what} can be assumed to be {assume}, and only {other}.")
}

//! Computed assessments of claims, why, and what they hang on.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};

use super::closed_set::Term;
use super::entity::Node;
use super::error::{ApiError, ApiResult};
use super::filter::entities_of;
use super::handle::{Handle, Pinned};
use super::paging::page_of;
use super::scalar::number;
use super::source::Document;
use super::why::Why;
use crate::graph::{self, Budget, EntityIx, Removed};
use crate::model::{EntityKind, StudyDesign};

/// The most that a study may weigh, so that sums stay finite.
const WEIGHT_MAX: f64 = 1_000_000.0;

/// How a claim stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Verdict")]
pub(crate) enum Verdict {
    /// Studies speak for it, and none, or by `contestedAbove` too few, against it.
    Backed,
    /// Studies speak against it, and none, or by `contestedAbove` too few, for it.
    Contradicted,
    /// Studies speak for it and against it.
    Contested,
    /// No study that counts speaks for it or against it, whatever organizations say.
    Unstudied,
}

/// What a study of one design weighs.
#[derive(InputObject)]
pub(crate) struct DesignWeight {
    /// The design; each at most once.
    design: Term<StudyDesign>,
    /// From 0 to 1,000,000, where a study without a weight of its design weighs 1; studies of a design that weighs 0 are
    /// left out.
    weight: f64,
}

/// How a claim stands; computed. It counts studies, or weighs them as the caller wants; it is no GRADE and rates no
/// certainty.
pub(crate) struct Assessment {
    pinned: Pinned,
    weighing: Arc<graph::Weighing>,
    computed: Arc<graph::Assessment>,
}

impl Assessment {
    /// # Errors
    /// When an argument is wrong, or the answer grows too large.
    pub(crate) fn of_claim(
        claim: &Handle,
        weights: Option<Vec<DesignWeight>>,
        exclude: Option<&[ID]>,
        contested_above: f64,
    ) -> ApiResult<Self> {
        let weighing = weighing(&claim.pinned, weights.unwrap_or_default(), exclude.unwrap_or(&[]), contested_above)?;
        let computed = claim.pinned.assessment(claim.ix, &weighing);
        Self::of(&claim.pinned, &Arc::new(weighing), computed)
    }

    /// # Errors
    /// When the answer grows too large.
    pub(crate) fn of(pinned: &Pinned, weighing: &Arc<graph::Weighing>, computed: graph::Assessment) -> ApiResult<Self> {
        pinned.charge(1 + computed.designs.len())?;
        Ok(Self { pinned: pinned.clone(), weighing: weighing.clone(), computed: Arc::new(computed) })
    }
}

/// How a claim stands; computed. It counts studies, or weighs them as the caller wants; it is no GRADE and rates no
/// certainty.
#[Object]
impl Assessment {
    /// The verdict that the studies come to.
    async fn verdict(&self) -> Verdict {
        self.computed.verdict.into()
    }

    /// How many studies are stated to back the claim. Here and below, studies that are retracted, excluded or of a
    /// design that weighs 0 do not count.
    async fn n_backing(&self) -> i32 {
        number(self.computed.n_backing())
    }

    /// How many studies are stated to contradict it; a study that also backs it counts on both sides.
    async fn n_contradicting(&self) -> i32 {
        number(self.computed.n_contradicting())
    }

    /// How many studies are stated to limit it. They never decide on the verdict.
    async fn n_qualifying(&self) -> i32 {
        number(self.computed.n_qualifying())
    }

    /// How many organizations are stated to assert it. What organizations say never decides on the verdict.
    async fn n_asserting(&self) -> i32 {
        number(self.computed.n_asserting)
    }

    /// How many organizations are stated to dispute it.
    async fn n_disputing(&self) -> i32 {
        number(self.computed.n_disputing)
    }

    /// What the studies that back it weigh together, 0 or more: 1 a study, unless `weights` gives its design another
    /// weight; so without `weights` their number.
    async fn weight_backing(&self) -> f64 {
        self.computed.weight_backing
    }

    /// What the studies that contradict it weigh together; likewise.
    async fn weight_contradicting(&self) -> f64 {
        self.computed.weight_contradicting
    }

    /// The designs of the studies that were counted, in the order of the enum.
    async fn designs(&self) -> Vec<OfDesign> {
        self.computed.designs.iter().map(OfDesign::of).collect()
    }

    /// Documents behind all that was counted, of studies and of organizations; those of one `origin` count once.
    async fn n_independent_sources(&self) -> i32 {
        number(self.computed.n_independent_sources)
    }

    /// How many studies speak of it that were left out for a notice of retraction.
    async fn n_retracted(&self) -> i32 {
        number(self.computed.n_retracted)
    }

    /// The rule, and the statements of studies that back it, then of those that contradict it, by the study's name; none
    /// exactly when it is UNSTUDIED. The answer that they account for is the verdict, with `nBacking`, `nContradicting` and the weights: they alone come to the
    /// same, without them the claim is UNSTUDIED, and without any one other statement all these stay. The statements behind
    /// the other counts are among those of the relations, which also tell members' words and what was retracted.
    async fn why(&self) -> Why {
        let (rule, explanation) = self.rule();
        Why { pinned: self.pinned.clone(), rule, explanation, statements: self.computed.statements.clone().into() }
    }

    /// What the verdict hangs on: the smallest sets, of one or two, of studies, or of documents, without which it
    /// would be another. Without a document go the statements that cite no other; without two, those that cite none but
    /// them. Sets of a study and a document together are not looked for.
    async fn flips(
        &self,
        #[graphql(desc = "At most so many sets, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Flips> {
        let n_sets_max = page_of(&self.pinned, first)?;
        self.pinned.charge(0)?;
        let (computed, weighing) = (self.computed.clone(), self.weighing.clone());
        let n_tried_max = self.pinned.limits().flips_tried;
        let search = move |snapshot: &graph::Snapshot| {
            snapshot.flips(&computed, &weighing, n_sets_max, &mut Budget::new(n_tried_max))
        };
        let flips = self.pinned.run(search).await;
        self.pinned.charge(flips.sets.len() * 3)?;
        let sets = flips.sets.into_iter().map(|flip| Flip { pinned: self.pinned.clone(), flip }).collect();
        let why = Why {
            pinned: self.pinned.clone(),
            rule: "SMALLEST_SETS",
            explanation: "The verdict is come to again, by the same rule, without each study, each two studies, each \
                document and each two documents that what decides on it rests on; a set is told when the verdict is then \
                another, and a set of two only when neither of it is enough. Listed is what decides on the verdict: the \
                sets hang on nothing else.",
            statements: self.computed.statements.clone().into(),
        };
        Ok(Flips { sets, complete: flips.is_complete, why })
    }
}

impl Assessment {
    fn rule(&self) -> (&'static str, &'static str) {
        let is_two_sided = self.computed.n_backing() > 0 && self.computed.n_contradicting() > 0;
        match self.computed.verdict {
            graph::Verdict::Unstudied => (
                "NO_STUDY",
                "No study that counts is stated to back or to contradict the claim. That nothing speaks for it is not \
                 that something speaks against it. Inferred statements and retracted studies do not count, nor what \
                 organizations say.",
            ),
            graph::Verdict::Contested => (
                "STUDIES_ON_BOTH_SIDES",
                "Studies are stated to back the claim and studies are stated to contradict it, and the weaker side has \
                 more than `contestedAbove` of the whole weight. Each study counts once a side; retracted and inferred \
                 ones do not count. A count of studies under weights that the caller chose, not a GRADE rating.",
            ),
            _ if is_two_sided => (
                "STRONGER_SIDE",
                "Studies are stated to back the claim and studies are stated to contradict it, but the weaker side has \
                 no more than `contestedAbove` of the whole weight. Each study counts once a side; retracted and \
                 inferred ones do not count. A count of studies under weights that the caller chose, not a GRADE \
                 rating.",
            ),
            _ => (
                "STUDIES_ON_ONE_SIDE",
                "All studies that are stated to back or to contradict the claim are on one side. Each counts once; \
                 retracted and inferred ones do not count. A count of studies, however few or weak, not a GRADE rating.",
            ),
        }
    }
}

/// How many studies of one design speak of a claim.
#[derive(SimpleObject)]
pub(crate) struct OfDesign {
    /// The design.
    design: Term<StudyDesign>,
    /// How many back the claim.
    n_backing: i32,
    /// How many contradict it.
    n_contradicting: i32,
    /// How many limit it.
    n_qualifying: i32,
}

impl OfDesign {
    fn of(of: &graph::OfDesign) -> Self {
        Self {
            design: Term(of.design),
            n_backing: number(of.n_backing),
            n_contradicting: number(of.n_contradicting),
            n_qualifying: number(of.n_qualifying),
        }
    }
}

/// What a verdict hangs on.
#[derive(SimpleObject)]
pub(crate) struct Flips {
    /// First sets of studies, by name, then sets of documents, by slug; of each those of one first. No set of two holds
    /// one that is enough alone. None where the verdict survives the loss of any two.
    sets: Vec<Flip>,
    /// Whether these are all: false when there are more than `first`, or more than could be tried.
    complete: bool,
    /// The rule, and the statements that it was applied to: those of the assessment's `why`. On them alone, and without any
    /// one other statement, the sets are the same; without them there are none.
    why: Why,
}

/// A set of studies, or of documents, without which a verdict changes.
pub(crate) struct Flip {
    pinned: Pinned,
    flip: graph::Flip,
}

/// A set of studies, or of documents, without which a verdict changes.
#[Object]
impl Flip {
    /// What is thought away: one or two studies, by name, or one or two documents, by slug.
    async fn removing(&self) -> Vec<Node> {
        let study = |ix: &EntityIx| Node::Study(Handle { pinned: self.pinned.clone(), ix: *ix }.into());
        match &self.flip.removing {
            Removed::Studies(studies) => studies.iter().map(study).collect(),
            Removed::Documents(documents) => {
                documents.iter().map(|ix| Node::Document(Document::new(self.pinned.clone(), *ix))).collect()
            }
        }
    }

    /// The verdict without them.
    async fn verdict(&self) -> Verdict {
        self.flip.verdict.into()
    }
}

/// # Errors
/// When any argument is wrong; the error tells all that is.
fn weighing(
    pinned: &Pinned,
    weights: Vec<DesignWeight>,
    exclude: &[ID],
    contested_above: f64,
) -> ApiResult<graph::Weighing> {
    let mut weighing = graph::Weighing::default();
    let mut wrong = Vec::new();
    let mut weighed = Vec::new();
    for DesignWeight { design: Term(design), weight } in weights {
        if !(0.0..=WEIGHT_MAX).contains(&weight) {
            wrong.push(format!("`weights`: {design} weighs {weight:?}: it must be from 0 to {WEIGHT_MAX}."));
        }
        if weighed.contains(&design) {
            wrong.push(format!("`weights`: {design} is given twice: give each design once."));
        }
        weighed.push(design);
        weighing.weights[design as usize] = weight;
    }
    match entities_of(pinned, "exclude", Some(EntityKind::Study), exclude) {
        Ok(studies) => weighing.excluded.extend(studies),
        Err(sentence) => wrong.push(sentence),
    }
    if !(0.0..0.5).contains(&contested_above) {
        wrong.push(format!("`contestedAbove` is {contested_above:?}: it must be from 0 up to less than 0.5."));
    }
    weighing.contested_above = contested_above;
    if wrong.is_empty() { Ok(weighing) } else { Err(ApiError::BadUserInput(wrong.join(" "))) }
}

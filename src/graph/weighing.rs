//! How studies are weighed, and the verdict that they come to.

use std::collections::HashSet;

use strum::VariantArray as _;

use super::{Assumed, EntityIx, Snapshot, Verdict};
use crate::model::{Predicate, StudyDesign};

/// How studies are weighed. By default each alike, and any study on the other side contests.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighing {
    /// What a study of each design weighs, in the order of the designs: finite, at least 0, and so small that the sum
    /// over all studies is finite. A study that weighs nothing is left out.
    pub weights: [f64; N_DESIGNS],
    /// Studies that are left out.
    pub excluded: HashSet<EntityIx>,
    /// The part of the whole weight, from 0 up to less than 0.5, that the weaker side must exceed to contest the claim.
    pub contested_above: f64,
    /// What is assumed to have happened.
    pub assumed: Option<Assumed>,
}

const N_DESIGNS: usize = StudyDesign::VARIANTS.len();

impl Default for Weighing {
    fn default() -> Self {
        Self { weights: [1.0; N_DESIGNS], excluded: HashSet::new(), contested_above: 0.0, assumed: None }
    }
}

impl Weighing {
    /// The verdict that these studies come to. It depends on nothing but the tally, so that no order of adding up can
    /// change it.
    pub(super) fn verdict(&self, tally: &Tally) -> Verdict {
        let (backing, contradicting) = self.weights(tally);
        if backing <= 0.0 && contradicting <= 0.0 {
            Verdict::Unstudied
        } else if backing.min(contradicting) > self.contested_above * (backing + contradicting) {
            Verdict::Contested
        } else if backing > contradicting {
            Verdict::Backed
        } else {
            Verdict::Contradicted
        }
    }

    /// What the studies on each side weigh together.
    pub(super) fn weights(&self, tally: &Tally) -> (f64, f64) {
        let weight = |side: &PerDesign| {
            let each = side.0.iter().zip(&self.weights);
            each.map(|(n_studies, weight)| f64::from(*n_studies) * weight).sum()
        };
        (weight(&tally.backing), weight(&tally.contradicting))
    }

    /// Why a study does not count, if it does not.
    pub(super) fn left_out(&self, snapshot: &Snapshot, study: EntityIx) -> Option<LeftOut> {
        let is_retracted = snapshot.is_retracted(study) || self.assumed == Some(Assumed::Retracted(study));
        if self.excluded.contains(&study) || self.weights[snapshot.design(study) as usize] <= 0.0 {
            Some(LeftOut::AsAsked)
        } else if is_retracted {
            Some(LeftOut::Retracted)
        } else {
            None
        }
    }
}

/// Why a study does not count.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It is excluded, or weighs nothing.
    AsAsked,
    /// It was retracted.
    Retracted,
}

/// How many studies of each design there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct PerDesign([u32; N_DESIGNS]);

impl PerDesign {
    pub(super) fn add(&mut self, design: StudyDesign) {
        self.0[design as usize] += 1;
    }

    pub(super) fn n(&self, design: StudyDesign) -> usize {
        self.0[design as usize] as usize
    }

    fn without(mut self, other: &Self) -> Self {
        for (n, n_less) in self.0.iter_mut().zip(&other.0) {
            *n -= n_less;
        }
        self
    }
}

/// How many studies of each design are on each side. All that a verdict depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Tally {
    pub(super) backing: PerDesign,
    pub(super) contradicting: PerDesign,
}

impl Tally {
    pub(super) fn of(counted: impl Iterator<Item = (Predicate, StudyDesign)>) -> Self {
        counted.fold(Self::default(), |mut tally, finding| {
            tally.add(finding);
            tally
        })
    }

    /// One study more, of this design, that is stated to back or to contradict.
    pub(super) fn add(&mut self, (predicate, design): (Predicate, StudyDesign)) {
        if predicate == Predicate::Contradicts {
            self.contradicting.add(design);
        } else {
            self.backing.add(design);
        }
    }

    pub(super) fn without(self, other: &Self) -> Self {
        Self {
            backing: self.backing.without(&other.backing),
            contradicting: self.contradicting.without(&other.contradicting),
        }
    }
}

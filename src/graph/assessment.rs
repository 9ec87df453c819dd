//! Assessments: how a claim stands, computed from what studies and organizations are stated to say of it.

use std::collections::HashSet;

use strum::VariantArray as _;

use super::weighing::{LeftOut, PerDesign, Tally, Weighing};
use super::{EntityIx, Snapshot, StatementIx};
use crate::model::{Attributes, Basis, Predicate, StudyDesign};

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Studies speak for it, and too few or none against it.
    Backed,
    /// Studies speak against it, and too few or none for it.
    Contradicted,
    /// Studies speak for it and against it.
    Contested,
    /// No study speaks for it or against it.
    Unstudied,
}

/// How a claim stands, and how much speaks for and against it.
///
/// It is computed from statements alone: two assessments are the same whenever their statements are.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// How it stands.
    pub verdict: Verdict,
    /// What studies that back it weigh together.
    pub weight_backing: f64,
    /// What studies that contradict it weigh together.
    pub weight_contradicting: f64,
    /// How many studies of each design speak of it, in the order of the designs; those of which none does are left out.
    pub designs: Vec<OfDesign>,
    /// How many organizations are stated to assert it.
    pub n_asserting: usize,
    /// How many organizations are stated to dispute it.
    pub n_disputing: usize,
    /// How many independent sources tell what was counted: documents of one origin are one.
    pub n_independent_sources: usize,
    /// How many studies that speak of it were left out because they were retracted.
    pub n_retracted: usize,
    /// What the verdict rests on: the `BACKS` and `CONTRADICTS` that were counted, in the order of predicate and study.
    /// Empty exactly when the verdict is [`Verdict::Unstudied`].
    pub statements: Vec<StatementIx>,
}

/// How many studies of one design speak of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfDesign {
    /// The design.
    pub design: StudyDesign,
    /// Of how many the findings speak for it.
    pub n_backing: usize,
    /// Of how many the findings speak against it; a study may do both.
    pub n_contradicting: usize,
    /// Of how many the findings limit it.
    pub n_qualifying: usize,
}

/// What a study says of a claim.
pub(super) const FINDINGS: [Predicate; 3] = [Predicate::Backs, Predicate::Contradicts, Predicate::Qualifies];

impl Assessment {
    /// How many studies back the claim.
    pub fn n_backing(&self) -> usize {
        self.designs.iter().map(|of| of.n_backing).sum()
    }

    /// How many studies contradict it. One that also backs it is counted on both sides.
    pub fn n_contradicting(&self) -> usize {
        self.designs.iter().map(|of| of.n_contradicting).sum()
    }

    /// How many studies qualify it.
    pub fn n_qualifying(&self) -> usize {
        self.designs.iter().map(|of| of.n_qualifying).sum()
    }
}

impl Snapshot {
    /// How `claim` stands when studies are weighed like that.
    ///
    /// Stated `BACKS` and `CONTRADICTS` of studies decide, no mere member's word among them, of studies that are neither
    /// retracted nor left out by the weighing; each
    /// study counts once a side, and one on both sides counts on both. Studies on one side only come to its verdict.
    /// With studies on both, the claim is contested when the weaker side has more than
    /// [`contested_above`](Weighing::contested_above) of the whole weight; else the stronger side's verdict holds.
    /// `QUALIFIES` and what organizations say are counted and decide nothing. The rule is ours: it counts heads, or
    /// weights that the caller answers for, and is not GRADE, which rates the certainty of a body of evidence.
    ///
    /// O(statements on the claim and their documents · log).
    pub fn assessment(&self, claim: EntityIx, weighing: &Weighing) -> Assessment {
        self.assessment_of(self.statements_of_object(claim), weighing)
    }

    /// Likewise, of a claim on which there are only these statements.
    pub(super) fn assessment_of(&self, statements: &[StatementIx], weighing: &Weighing) -> Assessment {
        let mut retracted = HashSet::new();
        let mut count = |statement: StatementIx| {
            if weighing.assumed.is_some_and(|assumed| self.cites_only_what_is_withdrawn(statement, assumed)) {
                return None;
            }
            let brief = self.brief(statement);
            let predicate = brief.predicate;
            let is_by_study = FINDINGS.contains(&predicate);
            let is_by_body = matches!(predicate, Predicate::Asserts | Predicate::Disputes);
            if brief.basis != Basis::Stated || !(is_by_study || is_by_body) {
                return None;
            }
            let row = self.statement(statement);
            if !row.is_own_word() {
                return None;
            }
            let subject = row.subject;
            let left_out = if is_by_study { weighing.left_out(self, subject) } else { None };
            if left_out == Some(LeftOut::Retracted) {
                retracted.insert(subject);
            }
            left_out.is_none().then_some((predicate, subject, statement))
        };
        let mut counted: Vec<_> = statements.iter().filter_map(|ix| count(*ix)).collect();
        counted.sort_unstable();

        let (mut tally, mut qualifying) = (Tally::default(), PerDesign::default());
        let (mut n_asserting, mut n_disputing) = (0, 0);
        // Several statements of one subject with one predicate count once.
        for run in counted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (predicate, subject, _) = run[0];
            match predicate {
                Predicate::Backs | Predicate::Contradicts => tally.add((predicate, self.design(subject))),
                Predicate::Qualifies => qualifying.add(self.design(subject)),
                Predicate::Asserts => n_asserting += 1,
                _ => n_disputing += 1,
            }
        }
        let (weight_backing, weight_contradicting) = weighing.weights(&tally);
        Assessment {
            verdict: weighing.verdict(&tally),
            weight_backing,
            weight_contradicting,
            designs: by_design(&tally, &qualifying),
            n_asserting,
            n_disputing,
            n_independent_sources: self
                .n_sources(counted.iter().flat_map(|(_, _, ix)| self.documents_left(*ix, weighing.assumed))),
            n_retracted: retracted.len(),
            statements: counted.into_iter().filter(|(predicate, ..)| is_finding(*predicate)).map(|it| it.2).collect(),
        }
    }

    /// How `claim` stands when each study counts alike; the same as in [`assessment`](Self::assessment) by default.
    ///
    /// O(log statements on the claim), but for statements that do not count, which are passed over.
    pub fn verdict(&self, claim: EntityIx) -> Verdict {
        let any = |predicate| self.stated_with(self.statements_of_object(claim), predicate).next().is_some();
        match (any(Predicate::Backs), any(Predicate::Contradicts)) {
            (false, false) => Verdict::Unstudied,
            (true, false) => Verdict::Backed,
            (false, true) => Verdict::Contradicted,
            (true, true) => Verdict::Contested,
        }
    }

    /// How the research was done; the ends of statements are of the kinds that their predicates join.
    pub(super) fn design(&self, study: EntityIx) -> StudyDesign {
        match self.attributes(study) {
            Attributes::Study(study) => study.design,
            _ => StudyDesign::Unspecified,
        }
    }
}

/// Whether statements with this predicate decide on a verdict.
pub(super) fn is_finding(predicate: Predicate) -> bool {
    matches!(predicate, Predicate::Backs | Predicate::Contradicts)
}

fn by_design(tally: &Tally, qualifying: &PerDesign) -> Vec<OfDesign> {
    let of_design = |design: &StudyDesign| {
        let n = |of: &PerDesign| of.n(*design);
        OfDesign {
            design: *design,
            n_backing: n(&tally.backing),
            n_contradicting: n(&tally.contradicting),
            n_qualifying: n(qualifying),
        }
    };
    let occurs = |of: &OfDesign| of.n_backing + of.n_contradicting + of.n_qualifying > 0;
    StudyDesign::VARIANTS.iter().map(of_design).filter(occurs).collect()
}

#[cfg(test)]
pub(super) mod tests;

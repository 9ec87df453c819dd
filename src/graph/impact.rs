//! Impact: what would change if a study were retracted, or a document withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use super::assessment::FINDINGS;
use super::{Assessment, Direction, DocumentIx, EntityIx, Snapshot, StanceSummary, StatementIx, Verdict, Weighing};
use crate::model::{EntityKind, Predicate};

/// What is assumed to have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumed {
    /// The study was retracted: its findings no longer count.
    Retracted(EntityIx),
    /// The document was withdrawn: statements that cite nothing else fall away.
    Withdrawn(DocumentIx),
}

/// What changes, each with what it was and what it would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Impact {
    /// By the claim's name.
    pub assessments: Vec<ChangedAssessment>,
    /// By organization, law and aspect.
    pub stances: Vec<ChangedStance>,
    /// By the law's name.
    pub rationales: Vec<ChangedRationale>,
    /// The statements that rest on it alone and would no longer count, in their order.
    pub fallen: Vec<StatementIx>,
}

/// A claim that would stand otherwise, or on less.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each is what it is called")]
pub struct ChangedAssessment {
    pub claim: EntityIx,
    pub before: Assessment,
    pub after: Assessment,
}

/// A stance that would be another, or rest on less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedStance {
    /// As it is.
    pub before: StanceSummary,
    /// As it would be; `None` when no position would be left.
    pub after: Option<StanceSummary>,
}

/// A law whose reasons would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRationale {
    /// The law.
    pub law: EntityIx,
    /// Those of the claims that it rests on that are concerned, by name. Never empty.
    pub grounds: Vec<ChangedGround>,
}

/// A claim that a law rests on, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedGround {
    /// The claim.
    pub claim: EntityIx,
    /// How the claim stands.
    pub before: Verdict,
    /// How it would stand.
    pub after: Verdict,
    /// The statements that the law rests on it, as far as they would fall away.
    pub fallen: Vec<StatementIx>,
    /// Whether a statement that the law rests on it would be left.
    pub is_left: bool,
}

/// What an assessment counts.
const ON_CLAIMS: [Predicate; 5] = {
    let [backs, contradicts, qualifies] = FINDINGS;
    [backs, contradicts, qualifies, Predicate::Asserts, Predicate::Disputes]
};

impl Snapshot {
    /// What would change.
    ///
    /// The rules of assessments and stances are applied twice, as things are and without what falls, to the claims and
    /// positions that the study or the document touches. A claim is among the answers when anything in its assessment
    /// changes, and be it only the number of its sources; a stance when it or what it rests on changes, whenever that
    /// was; a law when a statement that it rests on a claim falls, or the verdict on such a claim changes. What is
    /// inferred falls away with a document like the rest, as does a mere member's word, and counts for nothing before and
    /// after.
    ///
    /// O(statements on the claims and between the organizations and laws that are touched · log).
    pub fn impact(&self, assumed: Assumed) -> Impact {
        let fallen = self.fallen(assumed);
        let assessments = self.changed_assessments(assumed, &fallen);
        Impact {
            stances: self.changed_stances(&fallen),
            rationales: self.changed_rationales(&fallen, &assessments),
            assessments,
            fallen,
        }
    }

    /// The statements that `impact`, which is that of `assumed`, rests on: those that fall, then, in their order, all
    /// others that the rules are applied to, before and after. These are all that is stated of the claims that it touches,
    /// all positions between the organizations and laws whose positions fall, the statements that the laws concerned rest
    /// on the claims concerned, and the findings that decide on these. On them alone the impact is exactly the same, and so
    /// it is without any one other statement; without them nothing changes.
    ///
    /// O(statements on the claims and between the organizations and laws that are touched · log).
    pub fn reasons_of_impact(&self, impact: &Impact, assumed: Assumed) -> Vec<StatementIx> {
        let mut reasons = BTreeSet::new();
        for claim in self.touched_claims(assumed, &impact.fallen) {
            let is_of_it = |ix: &StatementIx| self.is_own_word_as(*ix, &ON_CLAIMS);
            reasons.extend(self.statements_of_object(claim).iter().copied().filter(is_of_it));
        }
        for position in impact.fallen.iter().filter(|ix| self.is_position_on_law(**ix)) {
            let row = self.statement(*position);
            reasons.extend(self.between(row.subject, row.object).filter(|ix| self.is_position_on_law(*ix)));
        }
        for ChangedRationale { law, grounds } in &impact.rationales {
            for ChangedGround { claim, .. } in grounds {
                reasons.extend(self.stated_of(*law, Predicate::RestsOn, *claim));
                reasons.extend(self.assessment(*claim, &Weighing::default()).statements);
            }
        }
        let others = reasons.into_iter().filter(|ix| impact.fallen.binary_search(ix).is_err());
        impact.fallen.iter().copied().chain(others).collect()
    }

    fn is_own_word_as(&self, statement: StatementIx, predicates: &[Predicate]) -> bool {
        let row = self.statement(statement);
        row.is_own_word() && predicates.contains(&row.predicate)
    }

    /// Whether it is assumed that a document was withdrawn, and the statement cites nothing else.
    pub(super) fn cites_only_what_is_withdrawn(&self, statement: StatementIx, assumed: Assumed) -> bool {
        matches!(assumed, Assumed::Withdrawn(document) if self.documents_cited_for(statement) == [document])
    }

    /// The documents that are cited for the statement and not assumed to be withdrawn.
    pub(super) fn documents_left(
        &self,
        statement: StatementIx,
        assumed: Option<Assumed>,
    ) -> impl Iterator<Item = DocumentIx> + '_ {
        let documents = self.documents_cited_for(statement).iter().copied();
        documents.filter(move |document| assumed != Some(Assumed::Withdrawn(*document)))
    }

    /// What counts now and then would not.
    fn fallen(&self, assumed: Assumed) -> Vec<StatementIx> {
        let mut fallen: Vec<_> = match assumed {
            Assumed::Retracted(study) => {
                let said = self.statements_of_subject(study);
                FINDINGS.iter().flat_map(|predicate| self.stated_with(said, *predicate)).collect()
            }
            Assumed::Withdrawn(document) => {
                let citing = self.statements_citing(document).iter().copied();
                citing.filter(|ix| self.cites_only_what_is_withdrawn(*ix, assumed)).collect()
            }
        };
        fallen.sort_unstable();
        fallen
    }

    /// The claims that are spoken of by what falls, or by what stays and loses a source.
    fn touched_claims(&self, assumed: Assumed, fallen: &[StatementIx]) -> BTreeSet<EntityIx> {
        let touched = match assumed {
            Assumed::Retracted(_) => fallen,
            Assumed::Withdrawn(document) => self.statements_citing(document),
        };
        let objects = touched.iter().map(|ix| self.statement(*ix).object);
        objects.filter(|ix| self.kind(*ix) == EntityKind::Claim).collect()
    }

    fn changed_assessments(&self, assumed: Assumed, fallen: &[StatementIx]) -> Vec<ChangedAssessment> {
        let (as_it_is, as_assumed) = (Weighing::default(), Weighing { assumed: Some(assumed), ..Weighing::default() });
        let changed = |claim| {
            let (before, after) = (self.assessment(claim, &as_it_is), self.assessment(claim, &as_assumed));
            (before != after).then_some(ChangedAssessment { claim, before, after })
        };
        self.touched_claims(assumed, fallen).into_iter().filter_map(changed).collect()
    }

    fn changed_stances(&self, fallen: &[StatementIx]) -> Vec<ChangedStance> {
        let ends = |ix: &StatementIx| (self.statement(*ix).subject, self.statement(*ix).object);
        // Statements with the same ends stand together, among all and among the fallen ones.
        let changed = |of_two: &[StatementIx]| {
            let (organization, law) = ends(&of_two[0]);
            let all: Vec<_> = self.between(organization, law).collect();
            let before = self.stances(&all, None);
            let left: Vec<_> = all.into_iter().filter(|ix| of_two.binary_search(ix).is_err()).collect();
            let mut after = self.stances(&left, None);
            let changed = before.into_iter().filter_map(move |before| {
                let at = after.iter().position(|after| after.aspect == before.aspect);
                let after = at.map(|at| after.swap_remove(at));
                (after.as_ref() != Some(&before)).then_some(ChangedStance { before, after })
            });
            changed.collect::<Vec<_>>()
        };
        fallen.chunk_by(|a, b| ends(a) == ends(b)).flat_map(changed).collect()
    }

    fn changed_rationales(&self, fallen: &[StatementIx], assessments: &[ChangedAssessment]) -> Vec<ChangedRationale> {
        let after: BTreeMap<_, _> = assessments.iter().map(|it| (it.claim, it.after.verdict)).collect();
        let turned = assessments.iter().filter(|it| it.before.verdict != it.after.verdict);
        let mut concerned: BTreeSet<_> = fallen
            .iter()
            .filter(|ix| self.is_own_word_as(**ix, &[Predicate::RestsOn]))
            .map(|ix| (self.statement(*ix).subject, self.statement(*ix).object))
            .collect();
        for ChangedAssessment { claim, .. } in turned {
            let laws = self.stated_at(*claim, Predicate::RestsOn, Direction::In);
            concerned.extend(laws.into_iter().map(|law| (law, *claim)));
        }
        let ground = |(law, claim)| {
            let (fallen, left): (Vec<_>, Vec<_>) =
                self.stated_of(law, Predicate::RestsOn, claim).partition(|ix| fallen.binary_search(ix).is_ok());
            let before = self.verdict(claim);
            let after = after.get(&claim).copied().unwrap_or(before);
            ChangedGround { claim, before, after, fallen, is_left: !left.is_empty() }
        };
        let concerned: Vec<_> = concerned.into_iter().collect();
        let of_laws = concerned.chunk_by(|(a, _), (b, _)| a == b);
        of_laws
            .map(|pairs| ChangedRationale { law: pairs[0].0, grounds: pairs.iter().copied().map(ground).collect() })
            .collect()
    }
}

#[cfg(test)]
mod tests;

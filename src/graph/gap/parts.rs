//! What belongs to a gap: who and which laws, and the statements that it rests on.

use super::{Gap, GapKind};
use crate::graph::{EntityIx, Snapshot, Stance, StatementIx, Weighing};
use crate::model::Predicate;

/// What belongs to a gap besides what it is about; by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GapParts {
    /// Of a supporter of a contradicted claim: the laws that it supports.
    pub laws: Vec<EntityIx>,
    /// Those of them that rest on the claim.
    pub laws_on_claim: Vec<EntityIx>,
    /// Of a claim of both sides: those who support the law and assert the claim.
    pub supporters: Vec<EntityIx>,
    /// Of a claim of both sides: those who oppose the law and assert the claim.
    pub opponents: Vec<EntityIx>,
    /// What the gap rests on. An unstudied claim that only documents state rests on no statement.
    pub statements: Vec<StatementIx>,
}

impl Snapshot {
    /// What belongs to a gap, and what it rests on. O(statements of what it is about and of the claim · log), of a claim of
    /// both sides O(the fewer of the two · log).
    pub fn parts_of_gap(&self, gap: Gap) -> GapParts {
        let Gap { kind, about, claim } = gap;
        let mut parts = GapParts::default();
        match kind {
            GapKind::UnstudiedClaim => parts.statements.extend(self.relying_on(claim)),
            GapKind::LawOnUnstudiedClaim => parts.statements.extend(self.stated_of(about, Predicate::RestsOn, claim)),
            GapKind::LawOnContestedClaim => {
                parts.statements.extend(self.stated_of(about, Predicate::RestsOn, claim));
                parts.statements.extend(self.assessment(claim, &Weighing::default()).statements);
            }
            GapKind::SupporterOfContradictedClaim => {
                parts.statements.extend(self.stated_of(about, Predicate::Asserts, claim));
                for law in self.standing(about, Stance::Support, None) {
                    let rests_on: Vec<_> = self.stated_of(law.entity, Predicate::RestsOn, claim).collect();
                    if !rests_on.is_empty() {
                        parts.laws_on_claim.push(law.entity);
                    }
                    parts.laws.push(law.entity);
                    parts.statements.extend(law.statements.into_iter().chain(rests_on));
                }
                parts.statements.extend(self.assessment(claim, &Weighing::default()).statements);
            }
            GapKind::ClaimOfBothSides => {
                for one in self.who_may_speak_of_both(about, claim) {
                    let asserts: Vec<_> = self.stated_of(one, Predicate::Asserts, claim).collect();
                    if asserts.is_empty() {
                        continue;
                    }
                    let positions: Vec<_> = self.between(one, about).collect();
                    for summary in self.stances(&positions, None) {
                        let side = match summary.stance {
                            Stance::Support => &mut parts.supporters,
                            Stance::Oppose => &mut parts.opponents,
                            Stance::Neutral | Stance::Mixed => continue,
                        };
                        side.push(one);
                        parts.statements.extend(summary.statements.iter().chain(&asserts));
                    }
                }
                // Whoever is on a side by several aspects is there once; whoever is on both asserts it once.
                parts.supporters.dedup();
                parts.opponents.dedup();
                parts.statements.sort_unstable();
                parts.statements.dedup();
            }
        }
        parts
    }

    /// Those who speak of the law, or those who assert the claim, whoever has fewer statements; by name, each once.
    fn who_may_speak_of_both(&self, law: EntityIx, claim: EntityIx) -> Vec<EntityIx> {
        let on_law = self.statements_of_object(law);
        let on_claim = self.with_predicate(self.statements_of_object(claim), Predicate::Asserts);
        let fewer = if on_law.len() < on_claim.len() { on_law } else { on_claim };
        let mut subjects: Vec<_> = fewer.iter().map(|ix| self.statement(*ix).subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }
}

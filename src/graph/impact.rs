//! Impact: what would change if a study were retracted, or a document withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, Direction, DocumentIx, EntityIx, Snapshot, StanceSummary, StatementIx, Verdict, Weighing};
use crate::model::{Basis, EntityKind, Predicate};

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

impl Snapshot {
    /// What would change.
    ///
    /// The rules of assessments and stances are applied twice, as things are and without what falls, to the claims and
    /// positions that the study or the document touches. A claim is among the answers when anything in its assessment
    /// changes, and be it only the number of its sources; a stance when it or what it rests on changes, whenever that
    /// was; a law when a statement that it rests on a claim falls, or the verdict on such a claim changes. What is
    /// inferred falls away like the rest, and counts for nothing before and after.
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
            Assumed::Retracted(study) if self.is_retracted(study) => Vec::new(),
            Assumed::Retracted(study) => {
                let is_finding = |ix: &StatementIx| {
                    let row = self.statement(*ix);
                    row.basis == Basis::Stated
                        && matches!(row.predicate, Predicate::Backs | Predicate::Contradicts | Predicate::Qualifies)
                };
                self.statements_of_subject(study).iter().copied().filter(is_finding).collect()
            }
            Assumed::Withdrawn(document) => {
                let citing = self.statements_citing(document).iter().copied();
                citing.filter(|ix| self.cites_only_what_is_withdrawn(*ix, assumed)).collect()
            }
        };
        fallen.sort_unstable();
        fallen
    }

    fn changed_assessments(&self, assumed: Assumed, fallen: &[StatementIx]) -> Vec<ChangedAssessment> {
        // A statement that stays may still lose a source.
        let touched = match assumed {
            Assumed::Retracted(_) => fallen,
            Assumed::Withdrawn(document) => self.statements_citing(document),
        };
        let claims = touched.iter().map(|ix| self.statement(*ix).object);
        let claims: BTreeSet<_> = claims.filter(|ix| self.kind(*ix) == EntityKind::Claim).collect();
        let (as_it_is, as_assumed) = (Weighing::default(), Weighing { assumed: Some(assumed), ..Weighing::default() });
        let changed = |claim| {
            let (before, after) = (self.assessment(claim, &as_it_is), self.assessment(claim, &as_assumed));
            (before != after).then_some(ChangedAssessment { claim, before, after })
        };
        claims.into_iter().filter_map(changed).collect()
    }

    fn changed_stances(&self, fallen: &[StatementIx]) -> Vec<ChangedStance> {
        let ends = |ix: &StatementIx| (self.statement(*ix).subject, self.statement(*ix).object);
        // Statements with the same ends stand together, among all and among the fallen ones.
        let changed = |of_two: &[StatementIx]| {
            let all = self.statements_from_to(ends(&of_two[0]));
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
        let rests_on = |ix: &StatementIx| {
            let row = self.statement(*ix);
            row.predicate == Predicate::RestsOn && row.basis == Basis::Stated
        };
        let after: BTreeMap<_, _> = assessments.iter().map(|it| (it.claim, it.after.verdict)).collect();
        let turned = assessments.iter().filter(|it| it.before.verdict != it.after.verdict);
        let mut concerned: BTreeSet<_> = fallen
            .iter()
            .filter(|ix| rests_on(ix))
            .map(|ix| (self.statement(*ix).subject, self.statement(*ix).object))
            .collect();
        for ChangedAssessment { claim, .. } in turned {
            let laws = self.relation(*claim, Predicate::RestsOn, Direction::In, Some(Basis::Stated));
            concerned.extend(laws.related().iter().map(|law| (law.entity, *claim)));
        }
        let ground = |(law, claim)| {
            let all = self.statements_from_to((law, claim)).into_iter().filter(rests_on);
            let (fallen, left): (Vec<_>, Vec<_>) = all.partition(|ix| fallen.binary_search(ix).is_ok());
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

    /// All statements from one entity to another, in their order. O(log statements + those).
    fn statements_from_to(&self, ends: (EntityIx, EntityIx)) -> Vec<StatementIx> {
        let first = self.statements.partition_point(|row| (row.subject, row.object) < ends);
        let n = self.statements[first..].partition_point(|row| (row.subject, row.object) == ends);
        (first..first + n).map(|i| StatementIx(super::index::dense(i))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn told(world: &World, impact: &Impact) -> Vec<String> {
        let snapshot = &world.snapshot;
        let assessments = impact
            .assessments
            .iter()
            .map(|it| format!("{}: {:?} -> {:?}", snapshot.slug(it.claim), it.before.verdict, it.after.verdict));
        let stances = impact.stances.iter().map(|it| {
            let (organization, law) = (snapshot.slug(it.before.organization), snapshot.slug(it.before.law));
            format!("{organization} on {law}: {:?} -> {:?}", it.before.stance, it.after.as_ref().map(|it| it.stance))
        });
        let rationales = impact.rationales.iter().flat_map(|it| {
            let ground = |ground: &ChangedGround| {
                let (law, claim) = (snapshot.slug(it.law), snapshot.slug(ground.claim));
                let left = if ground.is_left { "left" } else { "gone" };
                format!("{law} on {claim}: {:?} -> {:?}, {left}", ground.before, ground.after)
            };
            it.grounds.iter().map(ground)
        });
        assessments.chain(stances).chain(rationales).collect()
    }

    const HEARING: &str = "study/trial -BACKS @journal-> claim/helps; study/survey -CONTRADICTS @journal @press-> claim/helps; \
         study/trial -BACKS @press-> claim/safe; law/bill -RESTS_ON @minutes-> claim/helps; \
         law/rule -RESTS_ON @minutes @gazette-> claim/safe; organization/a -SUPPORTS 2025 @minutes-> law/bill; \
         organization/a -OPPOSES 2024 @press-> law/bill; organization/b -SUPPORTS 2025 @minutes @press-> law/bill; \
         organization/c -OPPOSES 2024 @press-> law/bill; organization/c -OPPOSES 2025 @minutes-> law/bill; \
         organization/d -NEUTRAL_ON @minutes-> law/bill";

    #[test]
    fn a_retraction_changes_verdicts_and_with_them_the_reasons_of_laws() {
        let world = world(HEARING);
        let trial = world.entity("study/trial");
        let impact = world.snapshot.impact(Assumed::Retracted(trial));
        assert_eq!(
            told(&world, &impact),
            [
                "helps: Contested -> Contradicted",
                "safe: Backed -> Unstudied",
                "bill on helps: Contested -> Contradicted, left",
                "rule on safe: Backed -> Unstudied, left",
            ]
        );
        assert_eq!(impact.fallen.len(), 2);
        let again = world.changed(|_| true, &[trial]).snapshot.impact(Assumed::Retracted(trial));
        assert_eq!(told(&world, &again), [""; 0], "it is retracted already");
        assert!(again.fallen.is_empty());
    }

    #[test]
    fn what_cites_nothing_else_falls_with_a_document() {
        let world = world(HEARING);
        let withdrawn = |slug| {
            let document = world.snapshot.document_of_slug(slug).expect("it is cited");
            world.snapshot.impact(Assumed::Withdrawn(document))
        };
        assert_eq!(
            told(&world, &withdrawn("minutes")),
            [
                "a on bill: Support -> Some(Oppose)",
                "c on bill: Oppose -> Some(Oppose)",
                "d on bill: Neutral -> None",
                "bill on helps: Contested -> Contested, gone",
            ]
        );
        let press = withdrawn("press");
        assert_eq!(
            told(&world, &press),
            [
                "helps: Contested -> Contested",
                "safe: Backed -> Unstudied",
                "c on bill: Oppose -> Some(Oppose)",
                "rule on safe: Backed -> Unstudied, left",
            ],
            "the survey stays, and loses a source"
        );
        let n_sources = |it: &Assessment| it.n_independent_sources;
        let helps = &press.assessments[0];
        assert_eq!((n_sources(&helps.before), n_sources(&helps.after)), (2, 1));
        assert!(withdrawn("essay").fallen.is_empty());
    }

    /// Studies on two claims, organizations on them and on two laws, laws that rest on the claims; four documents.
    fn any_world() -> impl Strategy<Value = String> {
        let documents = || prop::collection::btree_set(0..4u8, 1..3);
        let said = (0..11usize, 0..3u8, 0..2u8, 2020..2023i32, any::<bool>(), documents(), prop::bool::weighted(0.1));
        prop::collection::vec(said, 1..25).prop_map(|said| {
            let mut told = BTreeSet::new();
            let sentence = |(how, who, what, year, of_aspect, documents, inferred): &_| {
                let aspect: &str = if *of_aspect { " #age" } else { "" };
                let sentence = match how {
                    0 | 1 => format!("study/s{who} -BACKS {year}|-> claim/c{what}"),
                    2 | 3 => format!("study/s{who} -CONTRADICTS {year}|-> claim/c{what}"),
                    4 => format!("study/s{who} -QUALIFIES {year}|-> claim/c{what}"),
                    5 => format!("organization/o{who} -ASSERTS|-> claim/c{what}"),
                    6 => format!("law/l{what} -RESTS_ON {year}|-> claim/c{}", who % 2),
                    7 | 8 => format!("organization/o{who} -SUPPORTS {year}{aspect}|-> law/l{what}"),
                    9 => format!("organization/o{who} -OPPOSES {year}{aspect}|-> law/l{what}"),
                    _ => format!("organization/o{who} -NEUTRAL_ON {year}{aspect}|-> law/l{what}"),
                };
                let documents: &BTreeSet<u8> = documents;
                let mut how = documents.iter().map(|i| format!(" @d{i}")).collect::<Vec<_>>().concat();
                if *inferred {
                    how.push_str(" inferred");
                }
                told.insert(sentence.clone()).then(|| sentence.replace('|', &how))
            };
            let mut sentences: Vec<String> = said.iter().filter_map(sentence).collect();
            sentences.extend((0..3).map(|i| format!("study/s{i} -CITES @d3-> study/s{}", (i + 1) % 3)));
            sentences.extend(
                ["study/s2 is COHORT RETRACTED", "document/d0 from herald", "document/d1 from herald"]
                    .map(str::to_owned),
            );
            sentences.extend((0..4).map(|i| format!("law/l0 -VERSION_OF @d{i}-> law/l1")));
            sentences.dedup();
            sentences.join("; ")
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// All claims, stances and reasons of the world as it is and of one built anew as assumed, compared.
        #[test]
        fn an_impact_is_what_tells_two_worlds_apart(text in any_world(), of in 0..7usize) {
            let world = world(&text);
            let before = &world.snapshot;
            let assumed = match of {
                0..3 => Assumed::Retracted(world.entity(&format!("study/s{of}"))),
                _ => Assumed::Withdrawn(before.document_of_slug(&format!("d{}", of - 3)).expect("it is cited")),
            };
            let impact = before.impact(assumed);
            // Both worlds have the same entities, and documents that are cited less.
            let (then, gone) = match assumed {
                Assumed::Retracted(study) => (world.changed(|_| true, &[study]), None),
                Assumed::Withdrawn(document) => (world.without(document), Some(document)),
            };
            let after = &then.snapshot;
            let id = |snapshot: &Snapshot, ix: &StatementIx| snapshot.statement(*ix).id;
            let ids = |snapshot: &Snapshot, all: &[StatementIx]| -> Vec<_> { all.iter().map(|ix| id(snapshot, ix)).collect() };

            let all = (0..before.counts().n_statements).map(StatementIx);
            let fallen: Vec<_> = match assumed {
                Assumed::Retracted(study) => {
                    let findings = [Predicate::Backs, Predicate::Contradicts, Predicate::Qualifies];
                    let counts = |ix: &StatementIx| {
                        let row = before.statement(*ix);
                        let is_its = row.subject == study && findings.contains(&row.predicate);
                        is_its && row.basis == Basis::Stated && !before.is_retracted(study)
                    };
                    all.filter(counts).collect()
                }
                Assumed::Withdrawn(_) => all.filter(|ix| after.statement_of_id(id(before, ix)).is_none()).collect(),
            };
            prop_assert_eq!(&impact.fallen, &fallen);

            let plain = Weighing::default();
            let of_claim = |snapshot: &Snapshot, claim| {
                let assessment = snapshot.assessment(claim, &plain);
                let statements = ids(snapshot, &assessment.statements);
                (Assessment { statements: Vec::new(), ..assessment }, statements)
            };
            let changed: Vec<_> = before.of_kind(EntityKind::Claim).map(EntityIx)
                .map(|claim| (claim, of_claim(before, claim), of_claim(after, claim)))
                .filter(|(_, before, after)| before != after)
                .collect();
            let bare = |assessment: &Assessment| {
                (Assessment { statements: Vec::new(), ..assessment.clone() }, ids(before, &assessment.statements))
            };
            let found: Vec<_> =
                impact.assessments.iter().map(|it| (it.claim, bare(&it.before), bare(&it.after))).collect();
            prop_assert_eq!(found, changed);

            let stances = |snapshot: &Snapshot| -> Vec<_> {
                let laws = snapshot.of_kind(EntityKind::Law).map(EntityIx);
                let mut all: Vec<_> = laws.flat_map(|law| snapshot.stances_on(law, None))
                    .map(|it| {
                        let statements = ids(snapshot, &it.statements);
                        ((it.organization, it.law, it.aspect), (it.stance, it.since, statements))
                    })
                    .collect();
                all.sort_by_key(|(whose, _)| *whose);
                all
            };
            let after_of: BTreeMap<_, _> = stances(after).into_iter().collect();
            let changed: Vec<_> = stances(before).into_iter()
                .map(|(whose, before)| (whose, before, after_of.get(&whose).cloned()))
                .filter(|(_, before, after)| after.as_ref() != Some(before))
                .collect();
            let bare = |it: &StanceSummary| (it.stance, it.since, ids(before, &it.statements));
            let found: Vec<_> = impact.stances.iter()
                .map(|it| {
                    let whose = (it.before.organization, it.before.law, it.before.aspect);
                    (whose, bare(&it.before), it.after.as_ref().map(bare))
                })
                .collect();
            prop_assert_eq!(found, changed);

            let reasons = |snapshot: &Snapshot, law, claim| -> Vec<_> {
                let all = (0..snapshot.counts().n_statements).map(StatementIx);
                let is_one = |ix: &StatementIx| {
                    let row = snapshot.statement(*ix);
                    (row.subject, row.predicate, row.object, row.basis) == (law, Predicate::RestsOn, claim, Basis::Stated)
                };
                all.filter(is_one).map(|ix| id(snapshot, &ix)).collect()
            };
            let mut changed = Vec::new();
            for law in before.of_kind(EntityKind::Law).map(EntityIx) {
                for claim in before.of_kind(EntityKind::Claim).map(EntityIx) {
                    let (now, left) = (reasons(before, law, claim), reasons(after, law, claim));
                    let verdicts = (before.verdict(claim), after.verdict(claim));
                    let gone: Vec<_> = now.iter().copied().filter(|id| !left.contains(id)).collect();
                    if !now.is_empty() && (!gone.is_empty() || verdicts.0 != verdicts.1) {
                        changed.push((law, claim, verdicts, gone, !left.is_empty()));
                    }
                }
            }
            let found: Vec<_> = impact.rationales.iter()
                .flat_map(|it| it.grounds.iter().map(|ground| {
                    let verdicts = (ground.before, ground.after);
                    (it.law, ground.claim, verdicts, ids(before, &ground.fallen), ground.is_left)
                }))
                .collect();
            prop_assert_eq!(found, changed);

            // What the verdicts would hang on is the same too, the withdrawn document no longer among it.
            for it in &impact.assessments {
                let as_assumed = Weighing { assumed: Some(assumed), ..Weighing::default() };
                let budget = || crate::graph::Budget::new(1_000);
                let hangs_on = before.flips(&it.after, &as_assumed, 100, &mut budget());
                prop_assert_eq!(hangs_on, after.flips(&after.assessment(it.claim, &plain), &plain, 100, &mut budget()));
            }
            // Without the statements that fall nothing is left to change but numbers of sources.
            let rest = world.only(|ix| !fallen.contains(&ix)).snapshot.impact(assumed);
            prop_assert!(rest.fallen.is_empty() && rest.stances.is_empty() && rest.rationales.is_empty());
            prop_assert!(rest.assessments.iter().all(|it| it.before.verdict == it.after.verdict));
            prop_assert!(gone.is_some() || rest.assessments.is_empty());
        }
    }
}

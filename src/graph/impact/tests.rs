use super::*;
use crate::graph::said::{is_own, mark};
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
fn positions_on_a_cause_are_no_reason() {
    let world = world(
        "organization/a -SUPPORTS 2024 @letter-> topic/t; organization/a -OPPOSES 2025-> topic/t; \
         organization/a -SUPPORTS 2024 @letter-> law/l; organization/a -OPPOSES 2025-> law/l; \
         organization/a -SUPPORTS 2024 MEMBER #age-> law/l",
    );
    let assumed = Assumed::Withdrawn(world.snapshot.document_of_slug("letter").expect("it is cited"));
    let reasons = world.snapshot.reasons_of_impact(&world.snapshot.impact(assumed), assumed);
    let told: Vec<_> = reasons.iter().map(|ix| world.told(*ix)).collect();
    assert_eq!(told, ["a SUPPORTS l", "a SUPPORTS t", "a OPPOSES l"], "those that fall, then the other one on the law");
}

#[test]
fn a_members_word_falls_with_a_document_and_changes_nothing() {
    let world = world(
        "study/s -BACKS @journal-> claim/c; law/l -RESTS_ON MEMBER @letter-> claim/c; \
         study/t -CONTRADICTS MEMBER @letter-> claim/c; organization/a -SUPPORTS MEMBER @letter-> law/l; \
         law/m -RESTS_ON MEMBER-> claim/c",
    );
    let letter = world.snapshot.document_of_slug("letter").expect("it is cited");
    let withdrawn = world.snapshot.impact(Assumed::Withdrawn(letter));
    assert_eq!((told(&world, &withdrawn), withdrawn.fallen.len()), (Vec::new(), 3));
    let retracted = world.snapshot.impact(Assumed::Retracted(world.entity("study/t")));
    assert!(retracted.fallen.is_empty(), "it was no finding of the study");
    let backing = world.snapshot.impact(Assumed::Retracted(world.entity("study/s")));
    assert_eq!(told(&world, &backing), ["c: Backed -> Unstudied"], "no law rests on it by its own word");
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

/// An impact of one world as another world with the same entities tells it.
fn as_in(whole: &World, part: &World, impact: Impact) -> Impact {
    let all = |statements: &mut Vec<StatementIx>| {
        for ix in statements {
            let id = part.snapshot.statement(*ix).id;
            *ix = whole.snapshot.statement_of_id(id).expect("the part has no others");
        }
    };
    let mut impact = impact;
    for it in &mut impact.assessments {
        all(&mut it.before.statements);
        all(&mut it.after.statements);
    }
    for it in &mut impact.stances {
        all(&mut it.before.statements);
        it.after.iter_mut().for_each(|after| all(&mut after.statements));
    }
    impact.rationales.iter_mut().flat_map(|it| &mut it.grounds).for_each(|ground| all(&mut ground.fallen));
    all(&mut impact.fallen);
    impact
}

/// Studies on two claims, organizations on them, on two laws and two causes, laws that rest on the claims; four documents.
fn any_world() -> impl Strategy<Value = String> {
    let documents = || prop::collection::btree_set(0..4u8, 1..3);
    let said = (0..12usize, 0..3u8, 0..2u8, 2020..2023i32, any::<bool>(), documents(), mark());
    prop::collection::vec(said, 1..25).prop_map(|said| {
        let mut told = BTreeSet::new();
        let sentence = |(how, who, what, year, of_aspect, documents, mark): &_| {
            let aspect: &str = if *of_aspect { " #age" } else { "" };
            let sentence = match how {
                0 | 1 => format!("study/s{who} -BACKS {year}|-> claim/c{what}"),
                2 | 3 => format!("study/s{who} -CONTRADICTS {year}|-> claim/c{what}"),
                4 => format!("study/s{who} -QUALIFIES {year}|-> claim/c{what}"),
                5 => format!("organization/o{who} -ASSERTS|-> claim/c{what}"),
                6 => format!("law/l{what} -RESTS_ON {year}|-> claim/c{}", who % 2),
                7 | 8 => format!("organization/o{who} -SUPPORTS {year}{aspect}|-> law/l{what}"),
                9 => format!("organization/o{who} -OPPOSES {year}{aspect}|-> law/l{what}"),
                10 => format!("organization/o{who} -NEUTRAL_ON {year}{aspect}|-> law/l{what}"),
                _ => format!("organization/o{who} -SUPPORTS {year}|-> topic/t{what}"),
            };
            let documents: &BTreeSet<u8> = documents;
            let cited = documents.iter().map(|i| format!(" @d{i}")).collect::<Vec<_>>().concat();
            let how = format!("{cited}{mark}");
            told.insert(sentence.clone()).then(|| sentence.replace('|', &how))
        };
        let mut sentences: Vec<String> = said.iter().filter_map(sentence).collect();
        sentences.extend((0..3).map(|i| format!("study/s{i} -CITES @d3-> study/s{}", (i + 1) % 3)));
        sentences.extend(
            ["study/s2 is COHORT RETRACTED", "document/d0 from herald", "document/d1 from herald"].map(str::to_owned),
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

        let all = world.statements();
        let fallen: Vec<_> = match assumed {
            Assumed::Retracted(study) => {
                let findings = [Predicate::Backs, Predicate::Contradicts, Predicate::Qualifies];
                let counts = |ix: &StatementIx| {
                    let row = before.statement(*ix);
                    let is_its = row.subject == study && findings.contains(&row.predicate);
                    is_its && is_own(row) && !before.is_retracted(study)
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

        let reasons = |world: &World, law, claim| -> Vec<_> {
            let snapshot = &world.snapshot;
            let is_one = |ix: &StatementIx| {
                let row = snapshot.statement(*ix);
                (row.subject, row.predicate, row.object) == (law, Predicate::RestsOn, claim) && is_own(row)
            };
            world.statements().filter(is_one).map(|ix| id(snapshot, &ix)).collect()
        };
        let mut changed = Vec::new();
        for law in before.of_kind(EntityKind::Law).map(EntityIx) {
            for claim in before.of_kind(EntityKind::Claim).map(EntityIx) {
                let (now, left) = (reasons(&world, law, claim), reasons(&then, law, claim));
                let verdicts = (of_claim(before, claim).0.verdict, of_claim(after, claim).0.verdict);
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
    /// On what it lists alone the impact is the same to the last number, and so without any other statement; without
    /// what it lists nothing falls and nothing changes.
    #[test]
    fn an_impact_rests_on_what_it_lists(text in any_world(), of in 0..7usize) {
        let world = world(&text);
        let assumed = match of {
            0..3 => Assumed::Retracted(world.entity(&format!("study/s{of}"))),
            _ => Assumed::Withdrawn(world.snapshot.document_of_slug(&format!("d{}", of - 3)).expect("it is cited")),
        };
        let impact = world.snapshot.impact(assumed);
        let reasons = world.snapshot.reasons_of_impact(&impact, assumed);
        let n_fallen = impact.fallen.len();
        prop_assert_eq!(&reasons[..n_fallen], &impact.fallen);
        let is_listed = |ix| reasons.contains(&ix);
        let of_part = |part: &World| as_in(&world, part, part.snapshot.impact(assumed));
        prop_assert_eq!(&of_part(&world.only(is_listed)), &impact);
        let nothing = Impact { assessments: Vec::new(), stances: Vec::new(), rationales: Vec::new(), fallen: Vec::new() };
        prop_assert_eq!(of_part(&world.only(|ix| !is_listed(ix))), nothing);
        for unlisted in world.statements().filter(|ix| !is_listed(*ix)) {
            prop_assert_eq!(&of_part(&world.only(|ix| ix != unlisted)), &impact);
        }
    }
}

use super::*;
use crate::graph::said::{is_own, mark};
use crate::graph::world::{World, world};
use crate::model::EntityKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Studies of three designs, some retracted, that speak of one claim in all ways, inferred and by members too;
/// organizations likewise; with documents of which some have one origin.
pub(crate) fn any_world() -> impl Strategy<Value = String> {
    const DESIGNS: [&str; 3] = ["RANDOMIZED_TRIAL", "COHORT", "ANIMAL"];
    const SAID: [&str; 5] = ["BACKS", "BACKS", "CONTRADICTS", "CONTRADICTS", "QUALIFIES"];
    let studies = prop::collection::vec((0..3usize, prop::bool::weighted(0.15)), 7);
    let findings = prop::collection::vec(
        (0..7usize, 0..5usize, 0..2i32, mark(), prop::collection::btree_set(0..5u8, 1..4)),
        0..12,
    );
    let said = prop::collection::vec((0..4u8, any::<bool>(), mark(), 0..5u8), 0..4);
    (studies, findings, said).prop_map(|(studies, findings, said)| {
        let studies = studies.iter().enumerate().map(|(i, (design, is_retracted))| {
            format!("study/s{i} is {}{}", DESIGNS[*design], if *is_retracted { " RETRACTED" } else { "" })
        });
        // Basis and voice do not tell statements apart: the first word on one counts.
        let mut told = BTreeSet::new();
        let findings = findings.iter().filter_map(|(study, how, year, mark, documents)| {
            let documents = documents.iter().map(|i| format!(" @d{i}")).collect::<Vec<_>>().concat();
            let what = format!("study/s{study} -{} {}", SAID[*how], 2020 + year);
            told.insert(what.clone()).then(|| format!("{what}{mark}{documents}-> claim/c"))
        });
        let findings: Vec<_> = findings.collect();
        let mut told = BTreeSet::new();
        let said = said.iter().filter_map(|(who, is_for, mark, document)| {
            let how = if *is_for { "ASSERTS" } else { "DISPUTES" };
            told.insert((who, how)).then(|| format!("organization/o{who} -{how}{mark} @d{document}-> claim/c"))
        });
        let said: Vec<_> = said.collect();
        let always = ["document/d1 from herald", "document/d3 from herald", "claim/c -NEGATES-> claim/not-c"];
        studies.chain(findings).chain(said).chain(always.map(str::to_owned)).collect::<Vec<_>>().join("; ")
    })
}

pub(crate) fn any_weighing() -> impl Strategy<Value = ([f64; 3], Option<usize>, f64)> {
    // Eighths, so that nothing is rounded.
    let weight = prop::sample::select(&[0.0, 0.125, 0.5, 1.0, 1.0, 2.5][..]).boxed();
    (
        prop_oneof![Just([1.0; 3]), [weight.clone(), weight.clone(), weight]],
        prop::option::of(0..7usize),
        prop::sample::select(&[0.0, 0.0, 0.125, 0.25, 0.375][..]),
    )
}

pub(crate) fn weighing(
    world: &World,
    ([a, b, c], excluded, contested_above): ([f64; 3], Option<usize>, f64),
) -> Weighing {
    let mut weighing = Weighing { contested_above, ..Weighing::default() };
    for (design, weight) in [(StudyDesign::RandomizedTrial, a), (StudyDesign::Cohort, b), (StudyDesign::Animal, c)] {
        weighing.weights[design as usize] = weight;
    }
    weighing.excluded.extend(excluded.map(|i| world.entity(&format!("study/s{i}"))));
    weighing
}

fn verdict(text: &str) -> Verdict {
    let world = world(text);
    let claim = world.entity("claim/c");
    let verdict = world.snapshot.assessment(claim, &Weighing::default()).verdict;
    assert_eq!(world.snapshot.verdict(claim), verdict, "{text}");
    verdict
}

#[test]
fn studies_on_both_sides_contest_a_claim() {
    use Verdict::{Backed, Contested, Contradicted, Unstudied};
    for (text, expected) in [
        ("study/s -BACKS-> claim/c", Backed),
        ("study/s -CONTRADICTS-> claim/c; study/t -QUALIFIES-> claim/c", Contradicted),
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS-> claim/c", Contested),
        ("study/s -BACKS-> claim/c; study/s -CONTRADICTS-> claim/c", Contested),
        ("study/s -QUALIFIES-> claim/c; organization/o -ASSERTS-> claim/c", Unstudied),
        ("study/s -BACKS inferred-> claim/c", Unstudied),
        ("study/s -BACKS MEMBER-> claim/c", Unstudied),
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS MEMBER-> claim/c", Backed),
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS-> claim/c; study/t is ANIMAL RETRACTED", Backed),
    ] {
        assert_eq!(verdict(text), expected, "{text}");
    }
}

#[test]
fn an_assessment_tells_counts_designs_and_sources() {
    let world = world(
        "study/a -BACKS @d1-> claim/c; study/a -BACKS 2024 @d2-> claim/c; study/b -BACKS @d2-> claim/c; \
         study/x -CONTRADICTS @d3-> claim/c; study/q -QUALIFIES @d4-> claim/c; study/gone -CONTRADICTS @d5-> claim/c; \
         organization/o -ASSERTS @d1-> claim/c; organization/p -DISPUTES @d6-> claim/c; \
         study/a is COHORT; study/b is META_ANALYSIS; study/x is COHORT; study/gone is ANIMAL RETRACTED; \
         document/d1 from herald; document/d2 from herald",
    );
    let of = |weighing: &Weighing| world.snapshot.assessment(world.entity("claim/c"), weighing);
    let plain = of(&Weighing::default());
    assert_eq!((plain.n_backing(), plain.n_contradicting(), plain.n_qualifying()), (2, 1, 1));
    assert_eq!((plain.n_asserting, plain.n_disputing, plain.n_retracted), (1, 1, 1));
    assert_eq!(plain.n_independent_sources, 4, "d1 and d2 are one, nothing that counts cites d5");
    let designs: Vec<_> = plain.designs.iter().map(|of| (of.design, of.n_backing, of.n_contradicting)).collect();
    assert_eq!(
        designs,
        [(StudyDesign::MetaAnalysis, 1, 0), (StudyDesign::Cohort, 1, 1), (StudyDesign::Unspecified, 0, 0)]
    );
    let told: Vec<_> = plain.statements.iter().map(|ix| world.told(*ix)).collect();
    assert_eq!(told, ["a BACKS c", "a BACKS c", "b BACKS c", "x CONTRADICTS c"]);

    let mut weighty = Weighing { contested_above: 0.25, ..Weighing::default() };
    weighty.weights[StudyDesign::MetaAnalysis as usize] = 3.0;
    assert_eq!(of(&weighty).verdict, Verdict::Backed, "1 of 5 is too little to contest");
    assert_eq!((of(&weighty).weight_backing, of(&weighty).weight_contradicting), (4.0, 1.0));
    let excluded = Weighing { excluded: HashSet::from([world.entity("study/x")]), ..Weighing::default() };
    assert_eq!(of(&excluded).verdict, Verdict::Backed);
    let mut no_cohorts = Weighing::default();
    no_cohorts.weights[StudyDesign::Cohort as usize] = 0.0;
    assert_eq!((of(&no_cohorts).verdict, of(&no_cohorts).n_backing()), (Verdict::Backed, 1));
}

/// Verdict and counts as one reads them off the statements, one study after the other.
fn naive(world: &World, claim: EntityIx, weighing: &Weighing) -> (Verdict, [usize; 6], usize) {
    let snapshot = &world.snapshot;
    let rows =
        || world.statements().filter(|ix| snapshot.statement(*ix).object == claim && is_own(snapshot.statement(*ix)));
    let says = |who: EntityIx, predicate| {
        rows().any(|ix| snapshot.statement(ix).subject == who && snapshot.statement(ix).predicate == predicate)
    };
    let weight = |study: EntityIx| {
        let Attributes::Study(attributes) = snapshot.attributes(study) else { return 0.0 };
        let is_out = snapshot.is_retracted(study) || weighing.excluded.contains(&study);
        if is_out { 0.0 } else { weighing.weights[attributes.design as usize] }
    };
    let of_kind = |kind| snapshot.of_kind(kind).map(EntityIx);
    let n_studies =
        |predicate| of_kind(EntityKind::Study).filter(|study| weight(*study) > 0.0 && says(*study, predicate)).count();
    let n_bodies = |predicate| of_kind(EntityKind::Organization).filter(|body| says(*body, predicate)).count();
    // In eighths.
    #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
    let eighths = |number: f64| (number * 8.0) as i64;
    let side = |predicate| -> i64 {
        let studies = of_kind(EntityKind::Study).filter(|study| says(*study, predicate));
        studies.map(|study| eighths(weight(study))).sum()
    };
    let (backing, contradicting) = (side(Predicate::Backs), side(Predicate::Contradicts));
    let verdict = if backing == 0 && contradicting == 0 {
        Verdict::Unstudied
    } else if backing.min(contradicting) * 8 > eighths(weighing.contested_above) * (backing + contradicting) {
        Verdict::Contested
    } else if backing > contradicting {
        Verdict::Backed
    } else {
        Verdict::Contradicted
    };
    let n_retracted = of_kind(EntityKind::Study)
        .filter(|study| snapshot.is_retracted(*study) && !weighing.excluded.contains(study))
        .filter(|study| weighing.weights[snapshot.design(*study) as usize] > 0.0)
        .filter(|study| rows().any(|ix| snapshot.statement(ix).subject == *study))
        .count();
    let counts = [
        n_studies(Predicate::Backs),
        n_studies(Predicate::Contradicts),
        n_studies(Predicate::Qualifies),
        n_bodies(Predicate::Asserts),
        n_bodies(Predicate::Disputes),
        n_retracted,
    ];
    let sources: BTreeSet<_> = rows()
        .filter(|ix| {
            let subject = snapshot.statement(*ix).subject;
            snapshot.kind(subject) == EntityKind::Organization || weight(subject) > 0.0
        })
        .flat_map(|ix| snapshot.documents_cited_for(ix))
        .map(|document| snapshot.document(*document).source())
        .collect();
    (verdict, counts, sources.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_assessment_is_what_one_reads_off_the_statements(text in any_world(), weights in any_weighing()) {
        let world = world(&text);
        let claim = world.entity("claim/c");
        let weighing = weighing(&world, weights);
        let found = world.snapshot.assessment(claim, &weighing);
        let counts = [
            found.n_backing(), found.n_contradicting(), found.n_qualifying(),
            found.n_asserting, found.n_disputing, found.n_retracted,
        ];
        prop_assert_eq!((found.verdict, counts, found.n_independent_sources), naive(&world, claim, &weighing));
        let plain = world.snapshot.assessment(claim, &Weighing::default());
        prop_assert_eq!(world.snapshot.verdict(claim), plain.verdict);
    }

    /// The listed statements alone come to the same verdict, with the same studies and weights on each side; without
    /// them no study is left; without an unlisted one the verdict stays.
    #[test]
    fn a_verdict_rests_on_what_it_lists(text in any_world(), weights in any_weighing()) {
        let world = world(&text);
        let claim = world.entity("claim/c");
        let weighing = weighing(&world, weights);
        let of = |world: &World| world.snapshot.assessment(claim, &weighing);
        let answer = |it: &Assessment| {
            (it.verdict, it.n_backing(), it.n_contradicting(), it.weight_backing, it.weight_contradicting)
        };
        let whole = of(&world);
        prop_assert_eq!(whole.statements.is_empty(), whole.verdict == Verdict::Unstudied);
        let is_listed = |ix| whole.statements.contains(&ix);
        prop_assert_eq!(answer(&of(&world.only(is_listed))), answer(&whole));
        prop_assert_eq!(of(&world.only(|ix| !is_listed(ix))).verdict, Verdict::Unstudied);
        for left_out in world.statements().filter(|ix| !is_listed(*ix)) {
            prop_assert_eq!(answer(&of(&world.only(|ix| ix != left_out))), answer(&whole));
        }
    }
}

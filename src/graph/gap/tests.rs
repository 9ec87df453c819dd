use super::*;
use crate::graph::said::{is_own, mark};
use crate::graph::world::{World, world};
use proptest::prelude::*;

fn gaps(world: &World, about: Option<EntityIx>) -> Vec<Gap> {
    let gaps = Gaps { kinds: GapKind::ALL.to_vec(), about };
    gaps.compute(&world.snapshot, Deadline::never()).expect("no deadline")
}

fn told(text: &str) -> Vec<String> {
    let world = world(text);
    let slug = |ix| world.snapshot.slug(ix);
    gaps(&world, None).iter().map(|it| format!("{:?} {} {}", it.kind, slug(it.about), slug(it.claim))).collect()
}

#[test]
fn what_nobody_studied_and_somebody_relies_on_is_a_gap() {
    for (text, expected) in [
        ("organization/o -ASSERTS-> claim/c", &["UnstudiedClaim c c"][..]),
        ("document/a states claim/c", &["UnstudiedClaim c c"]),
        ("law/l -RESTS_ON-> claim/c", &["UnstudiedClaim c c", "LawOnUnstudiedClaim l c"]),
        ("organization/o -ASSERTS-> claim/c; study/s -QUALIFIES-> claim/c", &["UnstudiedClaim c c"]),
        ("organization/o -DISPUTES-> claim/c; document/a denies claim/c", &[]),
        ("organization/o -ASSERTS inferred-> claim/c", &[]),
        ("organization/o -ASSERTS MEMBER-> claim/c", &[]),
        ("law/l -RESTS_ON MEMBER-> claim/c", &[]),
        ("organization/o -ASSERTS-> claim/c; study/s -BACKS MEMBER-> claim/c", &["UnstudiedClaim c c"]),
        ("organization/o -ASSERTS-> claim/c; study/s -BACKS-> claim/c", &[]),
        ("organization/o -ASSERTS-> claim/c; study/s -CONTRADICTS-> claim/c", &[]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn what_studies_speak_against_is_a_gap_for_laws_and_supporters() {
    let against = "study/s -CONTRADICTS-> claim/c; law/l -RESTS_ON-> claim/c; organization/o -ASSERTS-> claim/c";
    assert_eq!(told(against), ["LawOnContestedClaim l c"]);
    let supports = format!("{against}; organization/o -SUPPORTS 2024-> law/m");
    assert_eq!(told(&supports), ["LawOnContestedClaim l c", "SupporterOfContradictedClaim o c"]);
    assert_eq!(told(&format!("{supports}; organization/o -OPPOSES 2025-> law/m")), ["LawOnContestedClaim l c"]);
    assert_eq!(told(&format!("{against}; organization/o -SUPPORTS-> topic/t")), ["LawOnContestedClaim l c"]);

    let world = world(&format!("{supports}; organization/o -SUPPORTS-> law/l; study/t -BACKS-> claim/c"));
    let of = gaps(&world, Some(world.entity("organization/o")));
    let parts = world.snapshot.parts_of_gap(of[0]);
    assert_eq!(parts.laws, ["law/l", "law/m"].map(|id| world.entity(id)));
    assert_eq!(parts.laws_on_claim, [world.entity("law/l")]);
    assert_eq!(parts.statements.len(), 6, "one asserts, two support, one rests, two studies");
}

#[test]
fn a_claim_of_both_sides_needs_two_organizations() {
    let studied = "study/s -BACKS-> claim/c; organization/o -ASSERTS-> claim/c; organization/o -SUPPORTS-> law/l";
    for (more, expected) in [
        ("organization/p -ASSERTS-> claim/c; organization/p -OPPOSES-> law/l", &["ClaimOfBothSides l c"][..]),
        ("organization/p -ASSERTS-> claim/c; organization/p -NEUTRAL_ON-> law/l", &[]),
        ("organization/p -DISPUTES-> claim/c; organization/p -OPPOSES-> law/l", &[]),
        ("organization/o -OPPOSES #a-> law/l", &[]),
    ] {
        assert_eq!(told(&format!("{studied}; {more}")), expected, "{more}");
    }
}

fn any_world() -> impl Strategy<Value = String> {
    const POSITIONS: [&str; 3] = ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"];
    const FINDINGS: [&str; 3] = ["BACKS", "CONTRADICTS", "QUALIFIES"];
    const SAID: [&str; 3] = ["ASSERTS", "ASSERTS", "DISPUTES"];
    const ASPECTS: [&str; 3] = ["", "", " #a"];
    let positions = prop::collection::vec((0..3u8, 0..3usize, 0..2u8, 0..3usize, 2024..2026u16, mark()), 0..9);
    let findings = prop::collection::vec((0..3u8, 0..3usize, 0..3u8, mark()), 0..5);
    let said = prop::collection::vec((0..3u8, 0..3usize, 0..3u8, mark()), 0..7);
    let rests = prop::collection::vec((0..2u8, 0..3u8, mark()), 0..4);
    let mentions = prop::collection::vec((0..2u8, any::<bool>(), 0..3u8), 0..3);
    (positions, findings, said, rests, mentions, any::<bool>()).prop_map(
        move |(positions, findings, said, rests, mentions, is_retracted)| {
            let positions = positions.iter().map(|(who, how, law, aspect, year, mark)| {
                let what = format!("organization/o{who} -{} {year}{}", POSITIONS[*how], ASPECTS[*aspect]);
                (what, *mark, format!("law/l{law}"))
            });
            let findings = findings.iter().map(|(who, how, claim, mark)| {
                (format!("study/s{who} -{}", FINDINGS[*how]), *mark, format!("claim/c{claim}"))
            });
            let said = said.iter().map(|(who, how, claim, mark)| {
                (format!("organization/o{who} -{}", SAID[*how]), *mark, format!("claim/c{claim}"))
            });
            let rests = rests
                .iter()
                .map(|(law, claim, mark)| (format!("law/l{law} -RESTS_ON"), *mark, format!("claim/c{claim}")));
            let mut seen = BTreeSet::new();
            let statements = positions.chain(findings).chain(said).chain(rests).filter_map(|(what, mark, object)| {
                seen.insert((what.clone(), object.clone())).then(|| format!("{what}{mark}-> {object}"))
            });
            let mentions = mentions.iter().map(|(document, states, claim)| {
                format!("document/d{document} {} claim/c{claim}", if *states { "states" } else { "denies" })
            });
            let study = format!("study/s0 is {}", if is_retracted { "RETRACTED" } else { "COHORT" });
            statements.chain(mentions).chain([study]).collect::<Vec<_>>().join("; ")
        },
    )
}

/// Each kind as its definition reads, over all entities and all statements.
fn naive(world: &World) -> BTreeSet<Gap> {
    let snapshot = &world.snapshot;
    let entities = |kind| snapshot.of_kind(kind).map(EntityIx);
    let rows = || world.statements().map(|ix| snapshot.statement(ix));
    let is = |subject, predicate, object| {
        rows().any(|row| (row.subject, row.predicate, row.object) == (subject, predicate, object) && is_own(row))
    };
    let some_study =
        |predicate, claim| entities(EntityKind::Study).any(|it| !snapshot.is_retracted(it) && is(it, predicate, claim));
    let contradicted = |claim| some_study(Predicate::Contradicts, claim);
    let studied = |claim| contradicted(claim) || some_study(Predicate::Backs, claim);
    let stands = |who: EntityIx, stance: Stance, law: EntityIx| {
        let summaries = snapshot.stances_of(who, None);
        summaries.iter().any(|summary| summary.law == law && summary.stance == stance)
    };
    let organizations = || entities(EntityKind::Organization);
    let laws = || entities(EntityKind::Law);
    let mut found = BTreeSet::new();
    for claim in entities(EntityKind::Claim) {
        let asserted_by = |who| is(who, Predicate::Asserts, claim);
        let rests_on = |law| is(law, Predicate::RestsOn, claim);
        let stated = snapshot.documents_mentioning(claim).iter().any(|(_, how)| *how == CitationDirection::Supports);
        let relied = stated || organizations().any(asserted_by) || laws().any(rests_on);
        if relied && !studied(claim) {
            found.insert(Gap { kind: GapKind::UnstudiedClaim, about: claim, claim });
        }
        for law in laws() {
            if rests_on(law) && !studied(claim) {
                found.insert(Gap { kind: GapKind::LawOnUnstudiedClaim, about: law, claim });
            }
            if rests_on(law) && contradicted(claim) {
                found.insert(Gap { kind: GapKind::LawOnContestedClaim, about: law, claim });
            }
            for one in organizations().filter(|it| asserted_by(*it) && stands(*it, Stance::Support, law)) {
                if contradicted(claim) {
                    found.insert(Gap { kind: GapKind::SupporterOfContradictedClaim, about: one, claim });
                }
                if organizations().any(|it| it != one && asserted_by(it) && stands(it, Stance::Oppose, law)) {
                    found.insert(Gap { kind: GapKind::ClaimOfBothSides, about: law, claim });
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn gaps_are_what_their_definitions_say(text in any_world()) {
        let world = world(&text);
        let found = gaps(&world, None);
        prop_assert_eq!(&found, &naive(&world).into_iter().collect::<Vec<_>>());
        for about in (0..world.snapshot.counts().n_entities).map(EntityIx) {
            let of_it = found.iter().filter(|it| it.about == about || it.claim == about).copied();
            prop_assert_eq!(gaps(&world, Some(about)), of_it.collect::<Vec<_>>());
        }
    }

    /// The listed statements alone make the same gap with the same parts; without them it is gone, unless a document
    /// states the claim; without an unlisted one it stays.
    #[test]
    fn a_gap_rests_on_what_it_lists(text in any_world(), which in any::<prop::sample::Index>()) {
        let world = world(&text);
        let found = gaps(&world, None);
        prop_assume!(!found.is_empty());
        let gap = found[which.index(found.len())];
        let parts = world.snapshot.parts_of_gap(gap);
        let is_listed = |ix| parts.statements.contains(&ix);
        let is_there = |kept: &World| gaps(kept, Some(gap.about)).contains(&gap);
        let alone = world.only(is_listed);
        prop_assert!(is_there(&alone));
        let named = |parts: GapParts| (parts.laws, parts.laws_on_claim, parts.supporters, parts.opponents);
        prop_assert_eq!(named(alone.snapshot.parts_of_gap(gap)), named(parts.clone()));
        let mut mentions = world.snapshot.documents_mentioning(gap.claim).iter();
        let stated = mentions.any(|(_, how)| *how == CitationDirection::Supports);
        let stays = gap.kind == GapKind::UnstudiedClaim && stated;
        prop_assert_eq!(is_there(&world.only(|ix| !is_listed(ix))), stays);
        for left_out in world.statements().filter(|ix| !is_listed(*ix)) {
            prop_assert!(is_there(&world.only(|ix| ix != left_out)));
        }
    }
}

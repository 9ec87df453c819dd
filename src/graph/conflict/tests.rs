//! Conflicts in small worlds: told ones, and random ones against a look at every pair of words.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::graph::said::is_own;
use crate::graph::world::{World, world};
use crate::graph::{Deadline, DocumentIx};
use crate::model::{EntityKind, PartialDate};

fn all(world: &World) -> Vec<Conflict> {
    world.snapshot.conflicts_where(&ConflictFilter::default(), Deadline::never()).expect("no deadline")
}

fn document(world: &World, slug: &str) -> DocumentIx {
    world.snapshot.document_of_slug(slug).expect("it was told of")
}

/// Each conflict by its id, with its strength.
fn told(world: &World) -> Vec<String> {
    let told = |it: &Conflict| format!("{} {:?}", world.snapshot.conflict_key(it.between), it.strength);
    all(world).iter().map(told).collect()
}

#[test]
fn positions_conflict_on_one_version_and_directly_on_one_day() {
    for (text, expected) in [
        ("organization/o -SUPPORTS 2026-> law/l; organization/o -OPPOSES 2026-> law/l", &["stance/o/law/l Direct"][..]),
        ("organization/o -SUPPORTS-> topic/t; organization/o -OPPOSES-> topic/t", &["stance/o/topic/t Direct"]),
        ("organization/o -SUPPORTS 2025-> law/l; organization/o -OPPOSES 2026-> law/l", &["stance/o/law/l Tension"]),
        ("organization/o -SUPPORTS #a-> law/l; organization/o -OPPOSES #b-> law/l", &["stance/o/law/l Tension"]),
        ("organization/o -SUPPORTS LOW-> law/l; organization/o -OPPOSES-> law/l", &["stance/o/law/l Tension"]),
        ("organization/o -SUPPORTS conditional-> law/l; organization/o -OPPOSES-> law/l", &["stance/o/law/l Tension"]),
        ("organization/o -SUPPORTS inferred-> law/l; organization/o -OPPOSES-> law/l", &[]),
        ("organization/o -SUPPORTS MEMBER-> law/l; organization/o -OPPOSES-> law/l", &[]),
        ("organization/o -ASSERTS MEMBER-> claim/c; organization/p -DISPUTES-> claim/c", &[]),
        ("organization/o -SUPPORTS-> law/l; organization/p -OPPOSES-> law/l", &[]),
        ("organization/o -SUPPORTS-> law/l; organization/o -OPPOSES-> law/m; law/m -VERSION_OF-> law/l", &[]),
        ("organization/o -SUPPORTS-> law/l; organization/o -NEUTRAL_ON-> law/l", &[]),
    ] {
        assert_eq!(told(&world(text)), expected, "{text}");
    }
}

#[test]
fn evidence_conflicts_on_a_claim_and_between_claims() {
    for (text, expected) in [
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS-> claim/c", &["evidence/c Direct"][..]),
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS VERY_LOW-> claim/c", &["evidence/c Tension"]),
        ("study/s -BACKS-> claim/c; study/t -QUALIFIES-> claim/c", &["evidence/c Tension"]),
        ("study/s -CONTRADICTS-> claim/c; study/t -QUALIFIES-> claim/c", &[]),
        ("study/s -BACKS-> claim/c; study/t -CONTRADICTS-> claim/c; study/t is COHORT RETRACTED", &[]),
        ("study/s -BACKS-> claim/c; study/t -BACKS-> claim/d; claim/d -NEGATES-> claim/c", &["evidence/c/or/d Direct"]),
        (
            "study/s -BACKS-> claim/c; study/t -BACKS-> claim/d; claim/d -NEGATES inferred-> claim/c",
            &["evidence/c/or/d Tension"],
        ),
        (
            "study/s -BACKS-> claim/c; study/t -BACKS-> claim/d; claim/d -NEGATES LOW-> claim/c",
            &["evidence/c/or/d Tension"],
        ),
        (
            "study/s -BACKS-> claim/c; study/t -BACKS-> claim/d; claim/d -NEGATES MEMBER-> claim/c",
            &["evidence/c/or/d Tension"],
        ),
        (
            "study/s -BACKS-> claim/c; study/t -BACKS-> claim/d; claim/c -IN_TENSION_WITH-> claim/d",
            &["evidence/c/or/d Tension"],
        ),
        (
            "study/s -BACKS-> claim/wide; study/t -CONTRADICTS-> claim/narrow; claim/narrow -NARROWS-> claim/wide",
            &["evidence/wide/but-not/narrow Tension"],
        ),
        (
            "study/s -BACKS-> claim/narrow; study/t -CONTRADICTS-> claim/wide; claim/narrow -NARROWS-> claim/wide",
            &["evidence/narrow/but-not/wide Tension"],
        ),
        (
            "study/s -BACKS-> claim/c; study/t -CONTRADICTS-> claim/d; claim/c -ENTAILS-> claim/d",
            &["evidence/c/but-not/d Tension"],
        ),
        ("study/s -BACKS-> claim/d; study/t -CONTRADICTS-> claim/c; claim/c -ENTAILS-> claim/d", &[]),
        ("study/s -BACKS-> claim/c; study/t -BACKS-> claim/d", &[]),
    ] {
        assert_eq!(told(&world(text)), expected, "{text}");
    }
}

#[test]
fn organizations_and_documents_conflict_likewise() {
    for (text, expected) in [
        ("organization/o -ASSERTS-> claim/c; organization/p -DISPUTES-> claim/c", &["position/c Direct"][..]),
        (
            "organization/o -ASSERTS-> claim/c; organization/o -ASSERTS-> claim/d; claim/c -NEGATES-> claim/d",
            &["position/c/or/d Direct"],
        ),
        (
            "organization/o -ASSERTS-> claim/narrow; organization/o -DISPUTES-> claim/wide; \
             claim/narrow -NARROWS-> claim/wide",
            &[],
        ),
        ("document/a states claim/c; document/b denies claim/c; document/e mentions claim/c", &["value/c Direct"]),
        (
            "document/a states claim/c; document/b states claim/d; claim/c -IN_TENSION_WITH-> claim/d",
            &["value/c/or/d Tension"],
        ),
    ] {
        assert_eq!(told(&world(text)), expected, "{text}");
    }
}

#[test]
fn sides_tell_who_says_what_and_who_stands_on_both() {
    let world = world(
        "organization/o -ASSERTS-> claim/c; organization/o -ASSERTS 2024-> claim/d; organization/p -ASSERTS-> claim/d; \
         claim/c -NEGATES-> claim/d; document/a states claim/c; document/a states claim/d; document/b states claim/d; \
         organization/p -ASSERTS 2020 @b-> claim/d; organization/m -ASSERTS MEMBER @b-> claim/d; \
         study/gone -BACKS @b-> claim/d; study/gone is COHORT RETRACTED",
    );
    let snapshot = &world.snapshot;
    let [positions, values] = all(&world)[..] else { panic!("{:?}", told(&world)) };
    let sides = snapshot.sides_of(positions.between).map(|side| {
        let said: Vec<_> = side.statements.iter().map(|ix| world.told(*ix)).collect();
        (snapshot.slug(side.about).to_owned(), said.join(", "))
    });
    let side = |about: &str, said: &str| (about.to_owned(), said.to_owned());
    assert_eq!(sides, [side("c", "o ASSERTS c"), side("d", "o ASSERTS d, p ASSERTS d, p ASSERTS d")]);
    assert_eq!(snapshot.on_both_sides(positions.between), [world.entity("organization/o")]);
    let rests_on: Vec<_> = snapshot.conflict_rests_on(positions.between).iter().map(|ix| world.told(*ix)).collect();
    assert_eq!(rests_on[0], "c NEGATES d");
    assert_eq!(rests_on.len(), 5);

    let documents = |side: &ConflictSide| snapshot.documents_of_side(side);
    let [c, d] = snapshot.sides_of(values.between);
    assert_eq!(
        (documents(&c), documents(&d)),
        (vec![document(&world, "a")], ["a", "b"].map(|it| document(&world, it)).into())
    );
    assert_eq!((c.statements.len(), d.statements.len()), (0, 1), "what the documents are cited for");
    assert_eq!(snapshot.documents_on_both_sides(values.between), [document(&world, "a")]);
    assert_eq!(snapshot.conflict_rests_on(values.between).len(), 1, "the sides of documents rest on no statement");
}

/// Organizations, studies and documents that speak of three laws and causes and of four claims in all ways.
fn any_world() -> impl Strategy<Value = String> {
    const POSITIONS: [&str; 3] = ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"];
    const FINDINGS: [&str; 4] = ["BACKS", "BACKS", "CONTRADICTS", "QUALIFIES"];
    const SAID: [&str; 2] = ["ASSERTS", "DISPUTES"];
    const JOINS: [&str; 4] = ["NEGATES", "IN_TENSION_WITH", "NARROWS", "ENTAILS"];
    const ON: [&str; 3] = ["law/l", "law/m", "topic/t"];
    const DAYS: [&str; 5] = ["", " 2025", " 2025-12-31", " 2026-01", " from:2025-12"];
    const HEDGES: [&str; 7] = ["", "", "", " LOW", " inferred", " conditional", " MEMBER"];
    const ATTITUDES: [&str; 4] = ["states", "states", "denies", "mentions"];
    let positions = prop::collection::vec((0..2u8, 0..3usize, 0..3usize, 0..2u8, 0..5usize, 0..7usize), 0..7);
    let findings = prop::collection::vec((0..3u8, 0..4usize, 0..4u8, 0..7usize), 0..8);
    let said = prop::collection::vec((0..2u8, 0..2usize, 0..4u8, 0..7usize), 0..7);
    let joins = prop::collection::vec((0..4u8, 0..4usize, 0..4u8, 0..7usize), 0..6);
    let mentions = prop::collection::vec((0..3u8, 0..4usize, 0..4u8), 0..6);
    (positions, findings, said, joins, mentions, any::<bool>()).prop_map(
        |(positions, findings, said, joins, mentions, is_retracted)| {
            let positions = positions.into_iter().map(|(who, how, on, aspect, day, hedge)| {
                let aspect = if aspect == 0 { "" } else { " #a" };
                (format!("organization/o{who} -{}{}{aspect}", POSITIONS[how], DAYS[day]), hedge, ON[on].to_owned())
            });
            let findings = findings.into_iter().map(|(who, how, claim, hedge)| {
                (format!("study/s{who} -{}", FINDINGS[how]), hedge, format!("claim/c{claim}"))
            });
            let said = said.into_iter().map(|(who, how, claim, hedge)| {
                (format!("organization/o{who} -{}", SAID[how]), hedge, format!("claim/c{claim}"))
            });
            let joins = joins.into_iter().map(|(from, how, to, hedge)| {
                (format!("claim/c{from} -{}", JOINS[how]), hedge, format!("claim/c{to}"))
            });
            // Certainty, basis and voice do not tell statements apart; the first word on one counts.
            let mut seen = BTreeSet::new();
            let statements = positions.chain(findings).chain(said).chain(joins).filter_map(|(what, hedge, object)| {
                let is_new = seen.insert((what.clone(), object.clone(), hedge == 5));
                is_new.then(|| format!("{what}{}-> {object}", HEDGES[hedge]))
            });
            let mentions = mentions
                .into_iter()
                .map(|(document, how, claim)| format!("document/d{document} {} claim/c{claim}", ATTITUDES[how]));
            let retracted = if is_retracted { "RETRACTED" } else { "COHORT" };
            let study = format!("study/s0 is {retracted}");
            let named = ["organization/o0 -AUTHORED-> law/l", "organization/o1 -AUTHORED-> law/m"].map(str::to_owned);
            let sentences: Vec<_> = statements.chain(mentions).chain([study]).chain(named).collect();
            sentences.join("; ")
        },
    )
}

/// A word on something, whoever says it.
#[derive(Clone, Copy)]
struct Word {
    who: Who,
    how: Predicate,
    what: EntityIx,
    is_firm: bool,
    when: (Option<EntityIx>, Option<jiff::civil::Date>),
}

#[derive(Clone, Copy, PartialEq)]
enum Who {
    Entity(EntityIx),
    Document(DocumentIx),
}

fn rows(world: &World) -> impl Iterator<Item = &crate::graph::StatementRow> {
    world.statements().map(|ix| world.snapshot.statement(ix))
}

fn is_firm(row: &crate::graph::StatementRow) -> bool {
    !row.is_conditional && row.certainty.is_none_or(|it| it < Certainty::Low)
}

/// All that is said, with documents as if they asserted and disputed; but what only a member said.
fn words(world: &World) -> Vec<Word> {
    let snapshot = &world.snapshot;
    let heard = rows(world).filter(|row| is_own(row) && !snapshot.is_retracted(row.subject));
    let stated = heard.map(|row| Word {
        who: Who::Entity(row.subject),
        how: row.predicate,
        what: row.object,
        is_firm: is_firm(row),
        when: (row.aspect, row.on.or(row.from).map(PartialDate::last_day)),
    });
    let documents = (0..snapshot.counts().n_documents).map(DocumentIx);
    let written = documents.flat_map(|document| {
        let mentioned = snapshot.entities_mentioned_in(document).iter();
        mentioned.filter_map(move |(what, how)| {
            let how = match how {
                CitationDirection::Supports => Predicate::Asserts,
                CitationDirection::Disputes => Predicate::Disputes,
                CitationDirection::Mentions => return None,
            };
            Some(Word { who: Who::Document(document), how, what: *what, is_firm: true, when: (None, None) })
        })
    });
    stated.chain(written).collect()
}

fn speakers(world: &World, who: Who) -> Speakers {
    match who {
        Who::Document(_) => Speakers::Documents,
        Who::Entity(it) if world.snapshot.kind(it) == EntityKind::Study => Speakers::Studies,
        Who::Entity(_) => Speakers::Organizations,
    }
}

/// What a pair of words comes to, one look at each way in which it can collide.
fn collisions(world: &World, a: &Word, b: &Word) -> Vec<(Between<EntityIx>, bool)> {
    use Predicate::{
        Asserts, Backs, Contradicts, Disputes, Entails, InTensionWith, Narrows, Negates, Opposes, Qualifies, Supports,
    };
    let both_firm = a.is_firm && b.is_firm;
    if let (Supports, Opposes, Who::Entity(organization)) = (a.how, b.how, a.who) {
        let same = a.who == b.who && a.what == b.what;
        let between = Between::Positions { organization, on: a.what };
        return if same { vec![(between, both_firm && a.when == b.when)] } else { Vec::new() };
    }
    let of = speakers(world, a.who);
    if of != speakers(world, b.who) || !matches!(a.how, Backs | Asserts) {
        return Vec::new();
    }
    let holds = matches!(b.how, Backs | Asserts);
    let denies = matches!(b.how, Contradicts | Disputes);
    let mut found = Vec::new();
    if a.what == b.what && (denies || b.how == Qualifies) {
        found.push((Between::Sides { of, claim: a.what }, denies && both_firm));
    }
    for join in rows(world).filter(|_| a.what != b.what) {
        let is = |from: &Word, how, to: &Word| (join.subject, join.predicate, join.object) == (from.what, how, to.what);
        let negates = is(a, Negates, b) || is(b, Negates, a);
        if holds && (negates || is(a, InTensionWith, b) || is(b, InTensionWith, a)) {
            let slug = |word: &Word| world.snapshot.slug(word.what).to_owned();
            let (claim, other) = if slug(a) < slug(b) { (a.what, b.what) } else { (b.what, a.what) };
            let firmly = is_own(join) && is_firm(join);
            found.push((Between::Rivals { of, claim, other }, negates && both_firm && firmly));
        }
        let narrower = of == Speakers::Studies && is(a, Narrows, b);
        if denies && (is(b, Narrows, a) || is(a, Entails, b) || narrower) {
            found.push((Between::Scopes { of, held: a.what, denied: b.what }, false));
        }
    }
    found
}

/// Every pair of words.
fn naive(world: &World) -> BTreeMap<Between<EntityIx>, ConflictStrength> {
    let words = words(world);
    let mut found = BTreeMap::new();
    for (between, direct) in words.iter().flat_map(|a| words.iter().flat_map(|b| collisions(world, a, b))) {
        let strength = if direct { ConflictStrength::Direct } else { ConflictStrength::Tension };
        found.entry(between).and_modify(|it: &mut ConflictStrength| *it = strength.min(*it)).or_insert(strength);
    }
    found
}

/// Who takes part in a conflict: with the words that collide in it.
fn parties(world: &World, between: Between<EntityIx>) -> (Vec<Who>, Vec<Who>) {
    let words = words(world);
    let collides = |a: &Word, b: &Word| collisions(world, a, b).iter().any(|(it, _)| *it == between);
    // Of two claims the id may name that of the second word first; of studies that only limit, those count who are alone.
    let first = conflict_claim(between);
    let contradicted = words.iter().any(|it| it.how == Predicate::Contradicts && it.what == first);
    let counts = |b: &Word| b.how != Predicate::Qualifies || !contradicted;
    let pairs =
        || words.iter().flat_map(|a| words.iter().map(move |b| (a, b))).filter(|(a, b)| collides(a, b) && counts(b));
    let is_rivals = matches!(between, Between::Rivals { .. });
    let one = pairs().filter(|(a, _)| !is_rivals || a.what == first).map(|(a, _)| a.who).collect();
    let other = pairs().filter(|(a, _)| !is_rivals || a.what == first).map(|(_, b)| b.who).collect();
    (one, other)
}

fn conflict_claim(between: Between<EntityIx>) -> EntityIx {
    Conflict { between, strength: ConflictStrength::Tension }.about()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn conflicts_are_those_that_any_pair_of_words_comes_to(text in any_world()) {
        let world = world(&text);
        let snapshot = &world.snapshot;
        let expected = naive(&world);
        let found = all(&world);
        let as_map = |found: &[Conflict]| found.iter().map(|it| (it.between, it.strength)).collect::<BTreeMap<_, _>>();
        prop_assert_eq!(found.len(), expected.len(), "each once");
        prop_assert_eq!(&as_map(&found), &expected);
        for conflict in &found {
            prop_assert_eq!(snapshot.conflict(conflict.between), Some(*conflict));
        }
        let is_sorted = found.is_sorted_by_key(|it| (it.kind(), it.strength, it.about()));
        prop_assert!(is_sorted);

        let some = |filter: ConflictFilter| {
            snapshot.conflicts_where(&filter, Deadline::never()).expect("no deadline")
        };
        let kept = |keep: &dyn Fn(&Conflict) -> bool| found.iter().filter(|it| keep(it)).copied().collect::<Vec<_>>();
        for entity in (0..snapshot.counts().n_entities).map(EntityIx) {
            let about = some(ConflictFilter { about: Some(entity), ..ConflictFilter::default() });
            prop_assert_eq!(about, kept(&|it| it.about() == entity || it.other() == Some(entity)));
            if snapshot.kind(entity) == EntityKind::Organization {
                let of = some(ConflictFilter { organization: Some(entity), ..ConflictFilter::default() });
                prop_assert_eq!(of, kept(&|it| {
                    let (one, other) = parties(&world, it.between);
                    one.contains(&Who::Entity(entity)) || other.contains(&Who::Entity(entity))
                }));
            }
        }
        for document in (0..snapshot.counts().n_documents).map(DocumentIx) {
            let by = some(ConflictFilter { document: Some(document), ..ConflictFilter::default() });
            prop_assert_eq!(by, kept(&|it| {
                let (one, other) = parties(&world, it.between);
                one.contains(&Who::Document(document)) || other.contains(&Who::Document(document))
            }));
        }
        let on_both = |it: &Conflict| {
            let (one, other) = parties(&world, it.between);
            one.iter().any(|who| other.contains(who))
        };
        for wanted in [true, false] {
            let filter = ConflictFilter { self_contradicting: Some(wanted), ..ConflictFilter::default() };
            prop_assert_eq!(some(filter), kept(&|it| on_both(it) == wanted));
        }
    }

    /// The listed statements alone make the same conflict; without them it is gone, unless it rests on none; without an
    /// unlisted one it stays as it is.
    #[test]
    fn a_conflict_rests_on_what_it_lists(text in any_world(), which in any::<prop::sample::Index>()) {
        let world = world(&text);
        let found = all(&world);
        prop_assume!(!found.is_empty());
        let conflict = found[which.index(found.len())];
        let listed = world.snapshot.conflict_rests_on(conflict.between);
        let is_listed = |ix| listed.contains(&ix);
        let again = |kept: World| kept.snapshot.conflict(conflict.between);
        prop_assert_eq!(again(world.only(is_listed)), Some(conflict));
        let rests_on_documents = conflict.kind() == ConflictKind::Value && conflict.other().is_none();
        prop_assert_eq!(listed.is_empty(), rests_on_documents);
        prop_assert_eq!(again(world.only(|ix| !is_listed(ix))).is_some(), rests_on_documents);
        for left_out in world.statements().filter(|ix| !is_listed(*ix)) {
            prop_assert_eq!(again(world.only(|ix| ix != left_out)), Some(conflict));
        }
    }
}

//! What organizations may have said, for tests at random; and what it comes to, read off the rows one by one.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::world::World;
use super::{EntityIx, Matter, Stance, StatementIx, StatementRow};
use crate::model::{Basis, EntityKind, PartialDate, Voice};

/// Sentences of a world: organizations `o0`, `o1` … on laws, a cause and claims, and on an aspect of them; dated by a
/// day, a month, a year, by since when it held, or not at all; some given up, under a condition, inferred, or the word
/// of a member. Each sentence once.
pub(super) fn standpoints_said(n_organizations: usize) -> impl Strategy<Value = String> {
    said_on(6, n_organizations, 4 * n_organizations)
}

/// Likewise, on two laws only.
pub(super) fn positions_said(n_organizations: usize, n_sentences_max: usize) -> impl Strategy<Value = String> {
    said_on(2, n_organizations, n_sentences_max)
}

/// Days to ask for; `None`: no day.
pub(super) fn asked() -> impl Strategy<Value = Option<&'static str>> {
    const DAYS: [&str; 7] =
        ["2019-12-31", "2020-12-31", "2021-03-15", "2021-03-31", "2021-12-31", "2022-02-28", "2023-06-30"];
    prop::option::weighted(0.6, prop::sample::select(&DAYS[..]))
}

fn said_on(n_matters: usize, n_organizations: usize, n_sentences_max: usize) -> impl Strategy<Value = String> {
    const MATTERS: [(&str, [&str; 3]); 6] = [
        ("law/l0", ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"]),
        ("law/l1", ["SUPPORTS", "OPPOSES", "SUPPORTS"]),
        ("law/l2", ["SUPPORTS", "SUPPORTS", "OPPOSES"]),
        ("topic/t", ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"]),
        ("claim/c0", ["ASSERTS", "ASSERTS", "DISPUTES"]),
        ("claim/c1", ["ASSERTS", "DISPUTES", "ASSERTS"]),
    ];
    const SAID: [&str; 12] = [
        "",
        " 2020",
        " 2020-12",
        " 2020-12-31",
        " 2021-03-15",
        " 2021-03",
        " 2021",
        " 2021",
        " 2022-02",
        " from:2020",
        " from:2021-03",
        " 2021-03 from:2020",
    ];
    const UNTIL: [&str; 7] = ["", "", "", "", " until:2020", " until:2021-03", " until:2022-02-28"];
    const MARKS: [&str; 9] = ["", "", "", "", "", " SPOKESPERSON", " conditional", " inferred", " MEMBER"];
    let words = (prop::sample::select(&SAID[..]), prop::sample::select(&UNTIL[..]), prop::sample::select(&MARKS[..]));
    let sentence = (0..n_organizations, 0..n_matters, 0..3usize, prop::bool::weighted(0.25), words);
    prop::collection::vec(sentence, 1..n_sentences_max).prop_map(|said| {
        // Basis and voice do not tell statements apart: the first word on one counts.
        let mut met = BTreeSet::new();
        let sentence = |(who, matter, how, is_of_aspect, (on, until, mark)): (usize, usize, usize, bool, (_, _, _))| {
            let (about, predicates): (&str, [&str; 3]) = MATTERS[matter];
            let aspect = if is_of_aspect { " #age" } else { "" };
            let what = format!("organization/o{who} -{}{aspect}{on}{until}", predicates[how]);
            met.insert((what.clone(), about, mark == " conditional")).then(|| format!("{what}{mark}-> {about}"))
        };
        said.into_iter().filter_map(sentence).collect::<Vec<_>>().join(";")
    })
}

/// How a statement is marked that is mostly its subject's own word, else inferred or a mere member's.
pub(super) fn mark() -> impl Strategy<Value = &'static str> {
    const MARKS: [&str; 10] = ["", "", "", "", "", "", "", " SPOKESPERSON", " inferred", " MEMBER"];
    prop::sample::select(&MARKS[..])
}

/// Whether a statement is its subject's own word.
pub(super) fn is_own(row: &StatementRow) -> bool {
    row.basis != Basis::Inferred && row.voice != Some(Voice::Member)
}

/// What an organization's words on a matter come to.
#[derive(Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) stance: Stance,
    /// Of positions: whether all of the latest day hold under a condition only.
    pub(super) is_conditional: bool,
    /// Of positions: the earliest date in the row.
    pub(super) since: Option<String>,
    /// Of positions: those in the row.
    pub(super) row: BTreeSet<StatementIx>,
}

/// What `who` said on `matter` comes to on the day `asked`, in the words of the definition: days are texts, and every
/// word is compared with every other.
pub(super) fn read(world: &World, who: EntityIx, matter: Matter, asked: Option<&str>) -> Option<Reading> {
    let row = |ix: &StatementIx| world.snapshot.statement(*ix);
    let date = |ix: &StatementIx| row(ix).on.or(row(ix).from);
    let day = |ix: &StatementIx| date(ix).map(last_day).unwrap_or_default();
    let is_heard = |ix: &StatementIx| {
        let (subject, object, aspect) = (row(ix).subject, row(ix).object, row(ix).aspect);
        let is_known = asked.is_none_or(|asked| !day(ix).is_empty() && day(ix).as_str() <= asked);
        (subject, object, aspect) == (who, matter.about, matter.aspect) && is_own(row(ix)) && is_known
    };
    let heard: Vec<_> = world.statements().filter(is_heard).collect();
    let is_over = |ix: &StatementIx| {
        let until = row(ix).until.map(last_day);
        asked.is_some_and(|asked| until.is_some_and(|until| until.as_str() < asked))
    };
    let held: Vec<_> = heard.iter().copied().filter(|ix| !is_over(ix)).collect();
    if world.snapshot.kind(matter.about) == EntityKind::Claim {
        let stance = in_one(held.iter().map(|ix| row(ix).predicate.to_string()))?;
        return Some(Reading { stance, is_conditional: false, since: None, row: BTreeSet::new() });
    }
    let on = |of: &str| in_one(held.iter().filter(|ix| day(ix) == of).map(|ix| row(ix).predicate.to_string()));
    let latest = heard.iter().map(day).max()?;
    let stance = on(&latest)?;
    let is_in_row =
        |ix: &StatementIx| heard.iter().filter(|it| day(it) >= day(ix)).all(|it| on(&day(it)) == Some(stance));
    let in_row: BTreeSet<_> = held.iter().copied().filter(is_in_row).collect();
    let first = in_row.iter().map(day).filter(|day| !day.is_empty()).min();
    Some(Reading {
        stance,
        is_conditional: !held.iter().any(|ix| day(ix) == latest && !row(ix).is_conditional),
        since: in_row.iter().filter(|ix| Some(day(ix)) == first).filter_map(|ix| Some(date(ix)?.to_string())).min(),
        row: in_row,
    })
}

/// One stance for all these predicates; mixed when they differ.
fn in_one(predicates: impl Iterator<Item = String>) -> Option<Stance> {
    let said: BTreeSet<_> = predicates.collect();
    match said.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => None,
        ["SUPPORTS" | "ASSERTS"] => Some(Stance::Support),
        ["OPPOSES" | "DISPUTES"] => Some(Stance::Oppose),
        ["NEUTRAL_ON"] => Some(Stance::Neutral),
        _ => Some(Stance::Mixed),
    }
}

/// Of the dates above, each by hand.
fn last_day(date: PartialDate) -> String {
    let text = date.to_string();
    match text.as_str() {
        "2020" | "2020-12" => "2020-12-31".to_owned(),
        "2021" => "2021-12-31".to_owned(),
        "2021-03" => "2021-03-31".to_owned(),
        "2022-02" => "2022-02-28".to_owned(),
        _ => text,
    }
}

/// Every matter of which a word could be said: every law, cause and claim, as a whole and in each of its aspects.
pub(super) fn matters(world: &World) -> Vec<Matter> {
    let entities = || (0..world.snapshot.counts().n_entities).map(EntityIx);
    let is = |ix: EntityIx, kinds: &[EntityKind]| kinds.contains(&world.snapshot.kind(ix));
    let mut matters = Vec::new();
    for about in entities().filter(|ix| is(*ix, &[EntityKind::Law, EntityKind::Topic, EntityKind::Claim])) {
        let aspects = entities().filter(|ix| is(*ix, &[EntityKind::Topic])).map(Some);
        matters.extend([None].into_iter().chain(aspects).map(|aspect| Matter { about, aspect }));
    }
    matters
}

/// Every organization of a world.
pub(super) fn organizations(world: &World) -> Vec<EntityIx> {
    let all = (0..world.snapshot.counts().n_entities).map(EntityIx);
    all.filter(|ix| world.snapshot.kind(*ix) == EntityKind::Organization).collect()
}

/// The last day of the date.
pub(super) fn day(text: &str) -> Option<jiff::civil::Date> {
    PartialDate::parse(text).ok().map(PartialDate::last_day)
}

//! Stances: how an organization stands on a law on a day, computed from its dated positions.

use jiff::civil::Date;

use super::{EntityIx, Snapshot, StatementIx};
use crate::model::{Basis, EntityKind, PartialDate, Predicate};

/// How an organization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// For it.
    Support,
    /// Against it.
    Oppose,
    /// Neither, as it said itself; nothing known is not neutral.
    Neutral,
    /// Of one day there are positions that differ.
    Mixed,
}

/// How an organization stands on a law, or on an aspect of it, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StanceSummary {
    /// Whose stance.
    pub organization: EntityIx,
    /// On which law: this very version of it.
    pub law: EntityIx,
    /// On which part of the law; `None`: on the whole.
    pub aspect: Option<EntityIx>,
    /// The stance.
    pub stance: Stance,
    /// Since when it is known to be so: the date of the first of the positions in a row that come to it.
    pub since: Option<PartialDate>,
    /// The positions that it rests on: all since then, which come to this stance without a break, in the order of days.
    /// Never empty.
    pub statements: Vec<StatementIx>,
}

/// The other end of stances: an organization that stands so on a law, or a law on which it stands so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The other end.
    pub entity: EntityIx,
    /// What its stances rest on, those on the whole law before those on aspects. Never empty.
    pub statements: Vec<StatementIx>,
}

pub(super) const POSITIONS: [Predicate; 3] = [Predicate::Supports, Predicate::Opposes, Predicate::NeutralOn];

impl Snapshot {
    /// How organizations stand on `law` on `day`, by organization, then aspect; those without a stated position up to
    /// that day are not among them. Without a day: as far as sources tell, whenever that was.
    ///
    /// O(log d + positions on the law · log), d being the number of all statements on it.
    pub fn stances_on(&self, law: EntityIx, day: Option<Date>) -> Vec<StanceSummary> {
        self.stances(&self.positions(self.statements_of_object(law)), day)
    }

    /// How `organization` stands on laws on `day`, by law, then aspect; likewise.
    pub fn stances_of(&self, organization: EntityIx, day: Option<Date>) -> Vec<StanceSummary> {
        self.stances(&self.positions(self.statements_of_subject(organization)), day)
    }

    /// Who stands so on `entity` on `day`, if it is a law, or the laws on which `entity` stands so, if it is an
    /// organization: on the whole law or on an aspect of it. By name; likewise.
    pub fn standing(&self, entity: EntityIx, stance: Stance, day: Option<Date>) -> Vec<Standing> {
        let is_law = self.kind(entity) == EntityKind::Law;
        let mut stances = if is_law { self.stances_on(entity, day) } else { self.stances_of(entity, day) };
        stances.retain(|summary| summary.stance == stance);
        let far = |summary: &StanceSummary| if is_law { summary.organization } else { summary.law };
        let standing = |of_one: &[StanceSummary]| Standing {
            entity: far(&of_one[0]),
            statements: of_one.iter().flat_map(|summary| &summary.statements).copied().collect(),
        };
        stances.chunk_by(|a, b| far(a) == far(b)).map(standing).collect()
    }

    /// The stances that the stated positions among `statements`, in whatever order, come to. A position on one version
    /// of a law is none on another, and what is inferred never counts.
    pub(super) fn stances(&self, statements: &[StatementIx], day: Option<Date>) -> Vec<StanceSummary> {
        let is_position = |ix: &StatementIx| {
            let row = self.statement(*ix);
            POSITIONS.contains(&row.predicate)
                && row.basis == Basis::Stated
                && self.kind(row.object) == EntityKind::Law
                && is_known_and_held(row.on, row.until, day)
        };
        let whose = |ix: &StatementIx| {
            let row = self.statement(*ix);
            (row.subject, row.object, row.aspect)
        };
        let mut positions: Vec<_> = statements.iter().copied().filter(is_position).collect();
        positions.sort_by_cached_key(|ix| (whose(ix), self.statement(*ix).on.map(PartialDate::last_day), *ix));
        positions.chunk_by(|a, b| whose(a) == whose(b)).map(|positions| self.summary(positions)).collect()
    }

    /// The statements with the predicate of a position, of those of one entity, which are in the order of predicates:
    /// a hub has tens of thousands of others.
    fn positions(&self, of_one: &[StatementIx]) -> Vec<StatementIx> {
        let predicate = |ix: &StatementIx| self.statement(*ix).predicate;
        let with = |wanted| {
            let start = of_one.partition_point(|ix| predicate(ix) < wanted);
            let n = of_one[start..].partition_point(|ix| predicate(ix) == wanted);
            &of_one[start..start + n]
        };
        POSITIONS.map(with).concat()
    }

    /// `positions` of one organization on one law and aspect, in the order of days; at least one.
    fn summary(&self, positions: &[StatementIx]) -> StanceSummary {
        let day = |ix: &StatementIx| self.statement(*ix).on.map(PartialDate::last_day);
        let days: Vec<_> = positions.chunk_by(|a, b| day(a) == day(b)).collect();
        let (latest, _) = days.split_last().expect("there is at least one position");
        let stance = self.stance(latest);
        let n_unchanged = days.iter().rev().take_while(|positions| self.stance(positions) == stance).count();
        let statements = days[days.len() - n_unchanged..].concat();
        let first = self.statement(statements[0]);
        StanceSummary {
            organization: first.subject,
            law: first.object,
            aspect: first.aspect,
            stance,
            since: first.on,
            statements,
        }
    }

    /// What positions of one day come to.
    pub(super) fn stance(&self, positions: &[StatementIx]) -> Stance {
        let predicate = |ix: &StatementIx| self.statement(*ix).predicate;
        let first = predicate(&positions[0]);
        if positions.iter().any(|ix| predicate(ix) != first) {
            return Stance::Mixed;
        }
        match first {
            Predicate::Supports => Stance::Support,
            Predicate::Opposes => Stance::Oppose,
            _ => Stance::Neutral,
        }
    }
}

/// Whether a position is certain to have been taken by `day`, and not known to have been given up before. One that no
/// source dates counts only where no day is asked for.
pub(super) fn is_known_and_held(on: Option<PartialDate>, until: Option<PartialDate>, day: Option<Date>) -> bool {
    let Some(day) = day else { return true };
    on.is_some_and(|on| on.last_day() <= day) && until.is_none_or(|until| until.last_day() >= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn day(text: &str) -> Option<Date> {
        PartialDate::parse(text).ok().map(PartialDate::last_day)
    }

    fn stances(world: &World, law: &str, day: Option<Date>) -> Vec<(String, Stance, Option<String>, usize)> {
        let summaries = world.snapshot.stances_on(world.entity(law), day);
        let told = |summary: &StanceSummary| {
            let slug = world.snapshot.slug(summary.organization).to_owned();
            (slug, summary.stance, summary.since.map(|since| since.to_string()), summary.statements.len())
        };
        summaries.iter().map(told).collect()
    }

    #[test]
    fn the_latest_position_decides_and_differing_ones_of_one_day_are_mixed() {
        let world = world(
            "organization/poison-center -SUPPORTS 2026-01-27-> law/bill; \
             organization/poison-center -NEUTRAL_ON 2026-02-06-> law/substitute; law/substitute -VERSION_OF-> law/bill; \
             organization/food -SUPPORTS 2026-01-27-> law/bill; organization/food -OPPOSES 2026-01-27-> law/bill; \
             organization/turned -OPPOSES 2024-> law/bill; organization/turned -SUPPORTS 2025-> law/bill; \
             organization/turned -SUPPORTS 2026-01-> law/bill; organization/guessed -SUPPORTS inferred-> law/bill; \
             organization/undated -OPPOSES-> law/bill",
        );
        let since = |text: &str| Some(text.to_owned());
        assert_eq!(
            stances(&world, "law/bill", day("2026-02-28")),
            [
                ("food".to_owned(), Stance::Mixed, since("2026-01-27"), 2),
                ("poison-center".to_owned(), Stance::Support, since("2026-01-27"), 1),
                ("turned".to_owned(), Stance::Support, since("2025"), 2),
            ]
        );
        assert_eq!(
            stances(&world, "law/bill", day("2025-06-30")),
            [("turned".to_owned(), Stance::Oppose, since("2024"), 1)],
            "2025 may not be over"
        );
        assert_eq!(stances(&world, "law/bill", day("2023")), []);
        assert_eq!(stances(&world, "law/bill", None).len(), 4, "an undated position counts where no day is asked");
        let substitute = stances(&world, "law/substitute", None);
        assert_eq!(substitute, [("poison-center".to_owned(), Stance::Neutral, since("2026-02-06"), 1)]);
        let of = world.snapshot.stances_of(world.entity("organization/poison-center"), None);
        assert_eq!(of.len(), 2, "one on each version");
    }

    #[test]
    fn those_who_stand_so_are_told_with_what_they_said() {
        let world = world(
            "organization/a -SUPPORTS 2024-> law/l; organization/a -SUPPORTS 2025-> law/l; \
             organization/a -SUPPORTS 2025 #age-> law/l; organization/a -OPPOSES 2025 #labels-> law/l; \
             organization/b -SUPPORTS 2024-> law/l; organization/b -OPPOSES 2025-> law/l; \
             organization/c -SUPPORTS 2025-> law/l; organization/c -OPPOSES 2025-> law/l; \
             organization/a -SUPPORTS 2025-> topic/tea",
        );
        let told = |entity: &str, stance, on| {
            let standing = world.snapshot.standing(world.entity(entity), stance, day(on));
            let told = |it: &Standing| format!("{} by {}", world.snapshot.slug(it.entity), it.statements.len());
            standing.iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(told("law/l", Stance::Support, "2025"), ["a by 3"]);
        assert_eq!(told("law/l", Stance::Support, "2024"), ["a by 1", "b by 1"]);
        assert_eq!(told("law/l", Stance::Oppose, "2025"), ["a by 1", "b by 1"], "c is mixed");
        assert_eq!(told("organization/a", Stance::Support, "2025"), ["l by 3"], "a topic is no law");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Stance and date are those that one reads off year by year. The listed positions alone come to the same
        /// stance, since the same date; without them the stance is another or none; without an unlisted one it stays.
        #[test]
        fn a_stance_rests_on_what_it_lists(
            said in prop::collection::vec((0..2usize, 0..3usize, 2020..2024i32, any::<bool>(), prop::bool::weighted(0.2)), 1..14),
            asked in 2019..2025i32,
        ) {
            const WORDS: [&str; 3] = ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"];
            // What is both stated and inferred is one statement; the first word on it counts.
            let mut told = BTreeSet::new();
            let sentence = |(who, how, year, is_of_aspect, inferred): &(usize, usize, i32, bool, bool)| {
                let aspect = if *is_of_aspect { " #age" } else { "" };
                let basis = if *inferred { " inferred" } else { "" };
                let what = format!("organization/o{who} -{} {year}{aspect}", WORDS[*how]);
                told.insert(what.clone()).then(|| format!("{what}{basis}-> law/l"))
            };
            let sentences: Vec<_> = said.iter().filter_map(sentence).collect();
            let all = world(&sentences.join(";"));
            let positions = all.snapshot.statements_of_object(all.entity("law/l"));
            let asked_day = day(&asked.to_string());
            let summaries = all.snapshot.stances_on(all.entity("law/l"), asked_day);

            let of = |ix: &StatementIx| (all.snapshot.statement(*ix).subject, all.snapshot.statement(*ix).aspect);
            let mut whose: Vec<_> = positions.iter().map(of).collect();
            whose.sort();
            whose.dedup();
            let naive: Vec<_> = whose
                .into_iter()
                .filter_map(|(who, aspect)| {
                    let in_year = |year: i32| {
                        let mut stance = None;
                        for row in positions.iter().map(|ix| all.snapshot.statement(*ix)) {
                            let is_it = (row.subject, row.aspect, row.basis) == (who, aspect, Basis::Stated);
                            if is_it && row.on.is_some_and(|on| on.to_string() == year.to_string()) {
                                let said = match row.predicate {
                                    Predicate::Supports => Stance::Support,
                                    Predicate::Opposes => Stance::Oppose,
                                    _ => Stance::Neutral,
                                };
                                stance = if stance.is_none_or(|it| it == said) { Some(said) } else { Some(Stance::Mixed) };
                            }
                        }
                        stance
                    };
                    let mut years = (2020..=asked).rev().filter_map(|year| Some((in_year(year)?, year)));
                    let (stance, year) = years.next()?;
                    let since = years.take_while(|(earlier, _)| *earlier == stance).last().map_or(year, |(_, year)| year);
                    Some((who, aspect, stance, Some(since.to_string())))
                })
                .collect();
            let found: Vec<_> = summaries
                .iter()
                .map(|it| (it.organization, it.aspect, it.stance, it.since.map(|since| since.to_string())))
                .collect();
            prop_assert_eq!(found, naive);

            for summary in summaries {
                let keep = |kept: &dyn Fn(&StatementIx) -> bool| {
                    let statements: Vec<_> = positions.iter().copied().filter(kept).collect();
                    let mut stances = all.snapshot.stances(&statements, asked_day).into_iter();
                    stances.find(|it| (it.organization, it.aspect) == (summary.organization, summary.aspect))
                };
                let is_listed = |ix: &StatementIx| summary.statements.contains(ix);
                prop_assert_eq!(keep(&is_listed), Some(summary.clone()));
                prop_assert_ne!(keep(&|ix| !is_listed(ix)).map(|it| it.stance), Some(summary.stance));
                for left_out in positions.iter().filter(|ix| !is_listed(ix)) {
                    prop_assert_eq!(keep(&|ix| ix != left_out).map(|it| it.stance), Some(summary.stance));
                }
            }
        }
    }
}

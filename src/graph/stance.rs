//! Stances: how an organization stands on a law on a day, computed from its dated positions.

use jiff::civil::Date;

use super::{EntityIx, Snapshot, StatementIx};
use crate::model::{Basis, PartialDate, Predicate};

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
    /// The positions of the latest day, on which it rests. Never empty.
    pub statements: Vec<StatementIx>,
}

pub(super) const POSITIONS: [Predicate; 3] = [Predicate::Supports, Predicate::Opposes, Predicate::NeutralOn];

impl Snapshot {
    /// How organizations stand on `law` on `day`, by organization, then aspect; those without a stated position up to
    /// that day are not among them. Without a day: as far as sources tell, whenever that was.
    ///
    /// O(positions on the law · log).
    pub fn stances_on(&self, law: EntityIx, day: Option<Date>) -> Vec<StanceSummary> {
        let all = self.statements_of_object(law);
        self.stances(all, day)
    }

    /// How `organization` stands on laws on `day`, by law, then aspect; likewise.
    pub fn stances_of(&self, organization: EntityIx, day: Option<Date>) -> Vec<StanceSummary> {
        let all = self.statements_of_subject(organization);
        self.stances(all, day)
    }

    /// The stances that the stated positions among `statements` come to. A position on one version of a law is none
    /// on another, and what is inferred never counts.
    fn stances(&self, statements: &[StatementIx], day: Option<Date>) -> Vec<StanceSummary> {
        let is_position = |ix: &StatementIx| {
            let row = self.statement(*ix);
            POSITIONS.contains(&row.predicate)
                && row.basis == Basis::Stated
                && self.kind(row.object) == crate::model::EntityKind::Law
                && is_known_and_held(row.on, row.until, day)
        };
        let whose = |ix: &StatementIx| {
            let row = self.statement(*ix);
            (row.subject, row.object, row.aspect)
        };
        let mut positions: Vec<_> = statements.iter().copied().filter(is_position).collect();
        positions.sort_by_key(|ix| (whose(ix), self.statement(*ix).on.map(PartialDate::last_day), *ix));
        positions.chunk_by(|a, b| whose(a) == whose(b)).map(|positions| self.summary(positions)).collect()
    }

    /// `positions` of one organization on one law and aspect, in the order of days; at least one.
    fn summary(&self, positions: &[StatementIx]) -> StanceSummary {
        let day = |ix: &StatementIx| self.statement(*ix).on.map(PartialDate::last_day);
        let days: Vec<_> = positions.chunk_by(|a, b| day(a) == day(b)).collect();
        let (latest, _) = days.split_last().expect("there is at least one position");
        let stance = self.stance(latest);
        let unchanged = days.iter().rev().take_while(|positions| self.stance(positions) == stance);
        let first = unchanged.last().map_or(latest[0], |positions| positions[0]);
        let row = self.statement(latest[0]);
        StanceSummary {
            organization: row.subject,
            law: row.object,
            aspect: row.aspect,
            stance,
            since: self.statement(first).on,
            statements: latest.to_vec(),
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
                ("turned".to_owned(), Stance::Support, since("2025"), 1),
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Re-running the rule on only the listed statements gives the same stance; taking them away changes it.
        #[test]
        fn a_stance_rests_on_what_it_lists(
            said in prop::collection::vec((0..3usize, 0..3usize, 2020..2024i32, any::<bool>()), 1..12),
            asked in 2019..2025i32,
        ) {
            const WORDS: [&str; 3] = ["SUPPORTS", "OPPOSES", "NEUTRAL_ON"];
            let sentence = |(who, how, year, inferred): &(usize, usize, i32, bool)| {
                let basis = if *inferred { " inferred" } else { "" };
                format!("organization/o{who} -{} {year}{basis}-> law/l", WORDS[*how])
            };
            let mut sentences: Vec<String> = said.iter().map(sentence).collect();
            sentences.sort();
            sentences.dedup();
            // A statement that is both stated and inferred is one statement; the first counts.
            sentences.dedup_by_key(|sentence| sentence.replace(" inferred", ""));
            let all = world(&sentences.join(";"));
            let asked = day(&asked.to_string());
            for summary in all.snapshot.stances_on(all.entity("law/l"), asked) {
                let listed: Vec<_> = summary.statements.iter().map(|ix| all.snapshot.statement(*ix).id).collect();
                let of_it = |stances: Vec<StanceSummary>| {
                    stances.into_iter().find(|it| it.organization == summary.organization)
                };
                let keep = |kept: &dyn Fn(&StatementIx) -> bool| {
                    let statements: Vec<_> =
                        all.snapshot.statements_of_object(summary.law).iter().copied().filter(kept).collect();
                    of_it(all.snapshot.stances(&statements, asked))
                };
                let is_listed = |ix: &StatementIx| listed.contains(&all.snapshot.statement(*ix).id);
                prop_assert_eq!(keep(&is_listed).map(|it| it.stance), Some(summary.stance));
                let without = keep(&|ix| !is_listed(ix));
                prop_assert!(without.is_none_or(|it| it.statements != summary.statements));
            }
        }
    }
}

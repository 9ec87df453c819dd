//! Stances: how an organization stands on a law on a day, computed from its dated positions.

use jiff::civil::Date;

use super::{EntityIx, Snapshot, StatementIx, StatementRow};
use crate::model::{EntityKind, PartialDate, Predicate};

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
    /// Whether all positions of the latest day hold only under a condition.
    pub is_conditional: bool,
    /// Since when it is known to be so: the earliest date of the positions that it rests on.
    pub since: Option<PartialDate>,
    /// The positions that it rests on, in the order of days: from the latest day back, all that had not been given up,
    /// as long as those of each day come to this stance. Never empty.
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
    /// How organizations stand on `law` on `day`, by organization, then aspect; those without a position up to that day,
    /// or who had given up their last by then, are not among them. Without a day: what was said last, whenever that was
    /// and whatever became of it.
    ///
    /// Only what organizations are stated to have said themselves counts: nothing inferred, and no member's word.
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

    /// The stances that the positions among `statements`, in whatever order, come to. A position on one version of a law
    /// is none on another.
    pub(super) fn stances(&self, statements: &[StatementIx], day: Option<Date>) -> Vec<StanceSummary> {
        let whose = |ix: &StatementIx| {
            let row = self.statement(*ix);
            (row.subject, row.object, row.aspect)
        };
        let counts = |ix: &StatementIx| self.is_position_on_law(*ix) && self.statement(*ix).is_known(day);
        let mut positions: Vec<_> = statements.iter().copied().filter(counts).collect();
        positions.sort_by_cached_key(|ix| (whose(ix), self.statement(*ix).said_by(), *ix));
        let of_one = positions.chunk_by(|a, b| whose(a) == whose(b));
        of_one.filter_map(|positions| self.summary(positions, day)).collect()
    }

    /// How many positions no source dates, of those on laws with `entity` at either end: stances on a day leave them out.
    pub fn n_undated_positions(&self, entity: EntityIx) -> usize {
        let is_law = self.kind(entity) == EntityKind::Law;
        let of_one = if is_law { self.statements_of_object(entity) } else { self.statements_of_subject(entity) };
        let is_undated = |ix: &&StatementIx| self.is_position_on_law(**ix) && self.statement(**ix).said_by().is_none();
        self.positions(of_one).iter().filter(is_undated).count()
    }

    /// Whether the statement is a position that an organization itself takes on a law.
    pub(super) fn is_position_on_law(&self, statement: StatementIx) -> bool {
        let row = self.statement(statement);
        POSITIONS.contains(&row.predicate) && row.is_own_word() && self.kind(row.object) == EntityKind::Law
    }

    /// The statements with the predicate of a position, of those of one entity, which are in the order of predicates:
    /// a hub has tens of thousands of others.
    fn positions(&self, of_one: &[StatementIx]) -> Vec<StatementIx> {
        POSITIONS.map(|predicate| self.with_predicate(of_one, predicate)).concat()
    }

    /// What `positions` of one organization on one law and aspect come to, in the order of days; `None` when those of
    /// the last day were given up.
    fn summary(&self, positions: &[StatementIx], day: Option<Date>) -> Option<StanceSummary> {
        let days = self.held_by_day(positions, day);
        let stance = self.stance(days.last()?)?;
        let n_unchanged = days.iter().rev().take_while(|of_day| self.stance(of_day) == Some(stance)).count();
        let unchanged = &days[days.len() - n_unchanged..];
        let first = self.statement(unchanged[0][0]);
        let earliest = |of_day: &Vec<StatementIx>| of_day.iter().filter_map(|ix| self.statement(*ix).date()).min();
        Some(StanceSummary {
            organization: first.subject,
            law: first.object,
            aspect: first.aspect,
            stance,
            is_conditional: days.last()?.iter().all(|ix| self.statement(*ix).is_conditional),
            // What no source dates comes first, and says nothing of when.
            since: unchanged.iter().find_map(earliest),
            statements: unchanged.concat(),
        })
    }

    /// The stance that `positions` of one organization on one matter come to, in the order of days: that of the last
    /// day; `None` when those of the last day were given up.
    pub(super) fn latest_stance(&self, positions: &[StatementIx], day: Option<Date>) -> Option<Stance> {
        self.stance(self.held_by_day(positions, day).last()?)
    }

    /// Of each day on which something was said, those of its positions that had not been given up by `day`; maybe none.
    fn held_by_day(&self, positions: &[StatementIx], day: Option<Date>) -> Vec<Vec<StatementIx>> {
        let said_by = |ix: &StatementIx| self.statement(*ix).said_by();
        let held = |of_day: &[StatementIx]| {
            of_day.iter().copied().filter(|ix| self.statement(*ix).is_held(day)).collect::<Vec<_>>()
        };
        positions.chunk_by(|a, b| said_by(a) == said_by(b)).map(held).collect()
    }

    /// What positions of one day come to; `None` when there is none.
    fn stance(&self, positions: &[StatementIx]) -> Option<Stance> {
        let predicate = |ix: &StatementIx| self.statement(*ix).predicate;
        let first = predicate(positions.first()?);
        if positions.iter().any(|ix| predicate(ix) != first) {
            return Some(Stance::Mixed);
        }
        Some(match first {
            Predicate::Supports => Stance::Support,
            Predicate::Opposes => Stance::Oppose,
            _ => Stance::Neutral,
        })
    }
}

impl StatementRow {
    /// When it was said; where no source tells that, since when it held.
    fn date(&self) -> Option<PartialDate> {
        self.on.or(self.from)
    }

    /// The day by which it is certain to have been said; `None` when no source dates it.
    pub(super) fn said_by(&self) -> Option<Date> {
        self.date().map(PartialDate::last_day)
    }

    /// Whether it is certain to have been said by `day`. What no source dates counts only where no day is asked for.
    pub(super) fn is_known(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.said_by().is_some_and(|said_by| said_by <= day))
    }

    /// Whether it is not known to have been given up before `day`. Without a day that does not matter.
    pub(super) fn is_held(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.until.is_none_or(|until| until.last_day() >= day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::said::{asked, day, matters, organizations, positions_said, read};
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

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

    #[test]
    fn a_position_that_was_given_up_does_not_bring_back_the_one_before() {
        for (said, on, expected) in [
            ("OPPOSES 2018; SUPPORTS 2020 until:2022", "2019", Some((Stance::Oppose, "2018"))),
            ("OPPOSES 2018; SUPPORTS 2020 until:2022", "2021", Some((Stance::Support, "2020"))),
            ("OPPOSES 2018; SUPPORTS 2020 until:2022", "2024", None),
            ("OPPOSES 2018; SUPPORTS 2020 until:2022", "ever", Some((Stance::Support, "2020"))),
            ("SUPPORTS 2018; SUPPORTS 2019 until:2020; SUPPORTS 2022", "2024", Some((Stance::Support, "2022"))),
            ("SUPPORTS 2020 until:2022; OPPOSES 2020", "2021", Some((Stance::Mixed, "2020"))),
            ("SUPPORTS 2020 until:2022; OPPOSES 2020", "2024", Some((Stance::Oppose, "2020"))),
            ("NEUTRAL_ON from:2019", "2018", None),
            ("NEUTRAL_ON from:2019", "2019", Some((Stance::Neutral, "2019"))),
            ("OPPOSES from:2019; SUPPORTS 2018", "2024", Some((Stance::Oppose, "2019"))),
            ("SUPPORTS 2024 from:2019", "2020", None),
            ("SUPPORTS 2020; SUPPORTS 2020-12-31", "2024", Some((Stance::Support, "2020"))),
            ("OPPOSES 2018; SUPPORTS 2020 MEMBER", "2024", Some((Stance::Oppose, "2018"))),
            ("SUPPORTS 2020 SPOKESPERSON", "2024", Some((Stance::Support, "2020"))),
        ] {
            let sentences: Vec<_> = said.split("; ").map(|it| format!("organization/a -{it}-> law/l")).collect();
            let found = stances(&world(&sentences.join(";")), "law/l", day(on));
            let found: Vec<_> = found.iter().map(|(_, stance, since, _)| (*stance, since.as_deref())).collect();
            let expected: Vec<_> = expected.into_iter().map(|(stance, since)| (stance, Some(since))).collect();
            assert_eq!(found, expected, "{said} on {on}");
        }
    }

    #[test]
    fn a_stance_is_conditional_when_all_of_its_latest_day_is() {
        for (said, expected) in [
            ("SUPPORTS 2020 conditional", true),
            ("SUPPORTS 2020; SUPPORTS 2021 conditional", true),
            ("SUPPORTS 2020 conditional; SUPPORTS 2021", false),
            ("SUPPORTS 2021 conditional; SUPPORTS 2021", false),
        ] {
            let sentences: Vec<_> = said.split("; ").map(|it| format!("organization/a -{it}-> law/l")).collect();
            let world = world(&sentences.join(";"));
            let summaries = world.snapshot.stances_on(world.entity("law/l"), None);
            assert_eq!(summaries.iter().map(|it| it.is_conditional).collect::<Vec<_>>(), [expected], "{said}");
        }
    }

    #[test]
    fn what_no_source_dates_is_counted() {
        let world = world(
            "organization/a -SUPPORTS-> law/l; organization/a -OPPOSES 2020-> law/l; organization/a -OPPOSES-> law/m; \
             organization/b -SUPPORTS from:2020-> law/l; organization/b -NEUTRAL_ON until:2020-> law/l; \
             organization/b -SUPPORTS MEMBER-> law/l; organization/a -SUPPORTS inferred conditional-> law/l; \
             organization/a -SUPPORTS-> topic/t; organization/a -AUTHORED-> law/l",
        );
        let n = |id| world.snapshot.n_undated_positions(world.entity(id));
        assert_eq!(["law/l", "law/m", "organization/a", "organization/b"].map(n), [2, 1, 2, 1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Stance, condition, date and row are those that one reads off the rows, from either end. The listed positions
        /// alone come to the same; without them the stance is another or none; without an unlisted one it stays, under
        /// the same condition.
        #[test]
        fn a_stance_rests_on_what_it_lists(said in positions_said(2, 18), asked in asked()) {
            let all = world(&said);
            let asked_day = asked.and_then(day);
            let mut found = Vec::new();
            for matter in matters(&all).into_iter().filter(|it| all.snapshot.kind(it.about) == EntityKind::Law) {
                for who in organizations(&all) {
                    let is_it = |it: &StanceSummary| {
                        (it.organization, it.law, it.aspect) == (who, matter.about, matter.aspect)
                    };
                    let on = all.snapshot.stances_on(matter.about, asked_day).into_iter().find(is_it);
                    prop_assert_eq!(&all.snapshot.stances_of(who, asked_day).into_iter().find(is_it), &on);
                    let reading = read(&all, who, matter, asked);
                    prop_assert_eq!(reading.is_some(), on.is_some());
                    let Some((summary, reading)) = on.zip(reading) else { continue };
                    prop_assert_eq!((summary.stance, summary.is_conditional), (reading.stance, reading.is_conditional));
                    prop_assert_eq!(summary.since.map(|since| since.to_string()), reading.since);
                    prop_assert_eq!(summary.statements.iter().copied().collect::<std::collections::BTreeSet<_>>(), reading.row);
                    prop_assert!(summary.statements.is_sorted_by_key(|ix| all.snapshot.statement(*ix).said_by()));
                    found.push((matter, summary));
                }
            }
            for (matter, summary) in found {
                let positions = all.snapshot.statements_of_object(matter.about);
                let keep = |kept: &dyn Fn(&StatementIx) -> bool| {
                    let statements: Vec<_> = positions.iter().copied().filter(kept).collect();
                    let mut stances = all.snapshot.stances(&statements, asked_day).into_iter();
                    stances.find(|it| (it.organization, it.aspect) == (summary.organization, matter.aspect))
                };
                let is_listed = |ix: &StatementIx| summary.statements.contains(ix);
                prop_assert_eq!(keep(&is_listed), Some(summary.clone()));
                prop_assert_ne!(keep(&|ix| !is_listed(ix)).map(|it| it.stance), Some(summary.stance));
                for left_out in positions.iter().filter(|ix| !is_listed(ix)) {
                    let kept = keep(&|ix| ix != left_out).map(|it| (it.stance, it.is_conditional));
                    prop_assert_eq!(kept, Some((summary.stance, summary.is_conditional)));
                }
            }
        }
    }
}

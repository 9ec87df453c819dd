//! Standpoints: where an organization stands on a matter, and whether two organizations stand alike on it.

use jiff::civil::Date;

use super::stance::POSITIONS;
use super::{EntityIx, Snapshot, Stance, StatementIx};
use crate::model::{EntityKind, Predicate};

/// What organizations take a standpoint on: a law, a cause (a topic) or a claim, or an aspect of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Matter {
    /// The law, the topic or the claim.
    pub about: EntityIx,
    /// On which part of it; `None`: on the whole.
    pub aspect: Option<EntityIx>,
}

/// Where an organization stands on a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standpoint {
    /// Whose it is.
    pub organization: EntityIx,
    /// On what.
    pub matter: Matter,
    /// For a claim: `Support` when the organization asserts it, `Oppose` when it disputes it.
    pub stance: Stance,
    /// Whether it still held it on the day. One that was given up counts for nothing; yet it is the reason why what the
    /// organization had said before does not count either.
    pub is_held: bool,
    /// All that the organization said on the matter up to the day, in the order of days. Never empty.
    pub statements: Vec<StatementIx>,
}

/// How the standpoints of two organizations on one matter compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Accord {
    /// Both are for it, or both are against it.
    Alike,
    /// One is for it, the other against it.
    Differing,
    /// One of them at least takes no side: it is neutral, or on both sides. Two neutral ones do not stand alike: being
    /// for nothing together makes no common cause.
    Neither,
}

impl Accord {
    /// Of these two.
    pub fn of(a: Stance, b: Stance) -> Self {
        match (a, b) {
            (Stance::Support, Stance::Support) | (Stance::Oppose, Stance::Oppose) => Self::Alike,
            (Stance::Support, Stance::Oppose) | (Stance::Oppose, Stance::Support) => Self::Differing,
            _ => Self::Neither,
        }
    }
}

/// The predicates by which an organization takes a standpoint.
pub(super) const STANDPOINTS: [Predicate; 5] =
    [POSITIONS[0], POSITIONS[1], POSITIONS[2], Predicate::Asserts, Predicate::Disputes];

impl Snapshot {
    /// Where `organization` stands on `day`, by matter; matters of which it said nothing up to that day are not among
    /// them. Without a day: what it said last, whenever that was and whatever became of it.
    ///
    /// O(statements of the organization · log).
    pub fn standpoints_of(&self, organization: EntityIx, day: Option<Date>) -> Vec<Standpoint> {
        self.standpoints(self.statements_of_subject(organization).iter().copied(), day)
    }

    /// The standpoints that `statements` come to, by organization, then matter.
    ///
    /// On a law or a cause the positions of the latest day decide, as in [`stances_on`](Self::stances_on). On a claim
    /// everything counts that was said and not given up, whenever that was: who asserts and disputes it is mixed. What is
    /// inferred never counts, nor a member's word.
    pub(super) fn standpoints(
        &self,
        statements: impl IntoIterator<Item = StatementIx>,
        day: Option<Date>,
    ) -> Vec<Standpoint> {
        let counts = |ix: &StatementIx| {
            let row = self.statement(*ix);
            STANDPOINTS.contains(&row.predicate) && row.is_own_word() && row.is_known(day)
        };
        let whose = |ix: &StatementIx| {
            let row = self.statement(*ix);
            (row.subject, Matter { about: row.object, aspect: row.aspect })
        };
        let mut said: Vec<_> = statements.into_iter().filter(counts).collect();
        said.sort_by_cached_key(|ix| (whose(ix), self.statement(*ix).said_by(), *ix));
        let standpoint = |said: &[StatementIx]| {
            let (organization, matter) = whose(&said[0]);
            let held = self.comes_to(matter, said, day);
            // Whatever became of it, something was said.
            let stance = held.or_else(|| self.comes_to(matter, said, None))?;
            Some(Standpoint { organization, matter, stance, is_held: held.is_some(), statements: said.to_vec() })
        };
        said.chunk_by(|a, b| whose(a) == whose(b)).filter_map(standpoint).collect()
    }

    /// What one organization said on one matter, in the order of days; `None` when it had given it up by `day`.
    fn comes_to(&self, matter: Matter, said: &[StatementIx], day: Option<Date>) -> Option<Stance> {
        if self.kind(matter.about) != EntityKind::Claim {
            return self.latest_stance(said, day);
        }
        let says = |predicate| {
            let mut rows = said.iter().map(|ix| self.statement(*ix));
            rows.any(|row| row.predicate == predicate && row.is_held(day))
        };
        match (says(Predicate::Asserts), says(Predicate::Disputes)) {
            (true, true) => Some(Stance::Mixed),
            (true, false) => Some(Stance::Support),
            (false, true) => Some(Stance::Oppose),
            (false, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::said::{asked, day, matters, organizations, read, standpoints_said};
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn told(sentences: &str, asked: Option<&str>) -> Vec<(String, Stance, usize)> {
        let world = world(sentences);
        let standpoints = world.snapshot.standpoints_of(world.entity("organization/a"), asked.and_then(day));
        let standpoints: Vec<_> = standpoints.into_iter().filter(|it| it.is_held).collect();
        let told = |it: &Standpoint| (world.snapshot.slug(it.matter.about).to_owned(), it.stance, it.statements.len());
        standpoints.iter().map(told).collect()
    }

    #[test]
    fn the_latest_position_decides_and_everything_said_on_a_claim_counts() {
        let said = "organization/a -SUPPORTS 2024-> law/turned; organization/a -OPPOSES 2025-> law/turned; \
                    organization/a -SUPPORTS 2025-> law/both; organization/a -OPPOSES 2025-> law/both; \
                    organization/a -NEUTRAL_ON 2025-> topic/cause; organization/a -SUPPORTS inferred-> law/guessed; \
                    organization/a -ASSERTS 2024-> claim/held; organization/a -ASSERTS 2024-> claim/wavering; \
                    organization/a -DISPUTES 2025-> claim/wavering; organization/a -DISPUTES-> claim/denied";
        let of = |slug: &str, stance, n| (slug.to_owned(), stance, n);
        assert_eq!(
            told(said, None),
            [
                of("both", Stance::Mixed, 2),
                of("turned", Stance::Oppose, 2),
                of("denied", Stance::Oppose, 1),
                of("held", Stance::Support, 1),
                of("wavering", Stance::Mixed, 2),
                of("cause", Stance::Neutral, 1),
            ]
        );
        assert_eq!(
            told(said, Some("2024")),
            [of("turned", Stance::Support, 1), of("held", Stance::Support, 1), of("wavering", Stance::Support, 1)],
            "what no source dates does not count on a day"
        );
    }

    #[test]
    fn what_was_given_up_is_not_held_and_a_member_speaks_for_himself() {
        let said = "organization/a -OPPOSES 2018-> law/given-up; organization/a -SUPPORTS 2020 until:2022-> law/given-up; \
                    organization/a -ASSERTS 2018-> claim/c; organization/a -DISPUTES 2020 until:2022-> claim/c; \
                    organization/a -SUPPORTS 2020 MEMBER-> topic/t; organization/a -ASSERTS from:2020-> claim/since";
        let of = |slug: &str, stance, n| (slug.to_owned(), stance, n);
        assert_eq!(
            told(said, Some("2021")),
            [of("given-up", Stance::Support, 2), of("c", Stance::Mixed, 2), of("since", Stance::Support, 1)]
        );
        assert_eq!(told(said, Some("2024")), [of("c", Stance::Support, 2), of("since", Stance::Support, 1)]);
        assert_eq!(told(said, None).len(), 3, "whatever became of it");
    }

    #[test]
    fn only_those_who_take_a_side_stand_alike_or_differ() {
        use Stance::{Mixed, Neutral, Oppose, Support};
        let all = [Support, Oppose, Neutral, Mixed];
        let n = |accord| {
            let pairs = all.iter().flat_map(|a| all.map(|b| Accord::of(*a, b)));
            pairs.filter(|it| *it == accord).count()
        };
        assert_eq!((n(Accord::Alike), n(Accord::Differing), n(Accord::Neither)), (2, 2, 12));
        assert_eq!(Accord::of(Oppose, Oppose), Accord::Alike);
        assert_eq!(Accord::of(Neutral, Neutral), Accord::Neither);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// A standpoint is what one reads off the rows. The listed statements alone come to the same; without them there
        /// is none; without an unlisted one it stays as it is.
        #[test]
        fn a_standpoint_rests_on_what_it_lists(said in standpoints_said(3), asked in asked()) {
            let all = world(&said);
            let held = |world: &World, who, matter| {
                let found = world.snapshot.standpoints_of(who, asked.and_then(day));
                found.into_iter().find(|it| it.matter == matter && it.is_held)
            };
            for who in organizations(&all) {
                for matter in matters(&all) {
                    let found = held(&all, who, matter);
                    let read = read(&all, who, matter, asked).map(|it| it.stance);
                    prop_assert_eq!(found.as_ref().map(|it| it.stance), read);
                    let Some(found) = found else { continue };
                    let stance = |world: World| held(&world, who, matter).map(|it| it.stance);
                    prop_assert_eq!(stance(all.only(|ix| found.statements.contains(&ix))), read);
                    prop_assert_eq!(stance(all.only(|ix| !found.statements.contains(&ix))), None);
                    for other in all.statements().filter(|ix| !found.statements.contains(ix)) {
                        prop_assert_eq!(stance(all.only(|ix| ix != other)), read);
                    }
                }
            }
        }
    }
}

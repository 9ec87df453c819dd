//! Standpoints: where an organization stands on a matter, and whether two organizations stand alike on it.

use jiff::civil::Date;

use super::stance::{POSITIONS, is_known_and_held};
use super::{EntityIx, Snapshot, Stance, StatementIx};
use crate::model::{Basis, EntityKind, PartialDate, Predicate};

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
    /// them. Without a day: as far as sources tell, whenever that was.
    ///
    /// O(statements of the organization · log).
    pub fn standpoints_of(&self, organization: EntityIx, day: Option<Date>) -> Vec<Standpoint> {
        self.standpoints(self.statements_of_subject(organization).iter().copied(), day)
    }

    /// The standpoints that `statements` come to, by organization, then matter.
    ///
    /// On a law or a cause the positions of the latest day decide, and are mixed when they differ, as in
    /// [`stances_on`](Self::stances_on). On a claim everything counts that was said, whenever that was: who asserts and
    /// disputes it is mixed. What is inferred never counts.
    pub(super) fn standpoints(
        &self,
        statements: impl IntoIterator<Item = StatementIx>,
        day: Option<Date>,
    ) -> Vec<Standpoint> {
        let counts = |ix: &StatementIx| {
            let row = self.statement(*ix);
            STANDPOINTS.contains(&row.predicate)
                && row.basis == Basis::Stated
                && is_known_and_held(row.on, row.until, day)
        };
        let whose = |ix: &StatementIx| {
            let row = self.statement(*ix);
            (row.subject, Matter { about: row.object, aspect: row.aspect })
        };
        let mut said: Vec<_> = statements.into_iter().filter(counts).collect();
        said.sort_by_cached_key(|ix| (whose(ix), self.said_by(*ix), *ix));
        let standpoint = |said: &[StatementIx]| {
            let (organization, matter) = whose(&said[0]);
            Standpoint { organization, matter, stance: self.comes_to(matter, said), statements: said.to_vec() }
        };
        said.chunk_by(|a, b| whose(a) == whose(b)).map(standpoint).collect()
    }

    /// The day by which it is certain to have been said.
    fn said_by(&self, statement: StatementIx) -> Option<Date> {
        self.statement(statement).on.map(PartialDate::last_day)
    }

    /// What one organization said on one matter, in the order of days; at least one statement.
    fn comes_to(&self, matter: Matter, said: &[StatementIx]) -> Stance {
        if self.kind(matter.about) != EntityKind::Claim {
            let mut days = said.chunk_by(|a, b| self.said_by(*a) == self.said_by(*b));
            return self.stance(days.next_back().expect("something was said"));
        }
        let says = |predicate| said.iter().any(|ix| self.statement(*ix).predicate == predicate);
        match (says(Predicate::Asserts), says(Predicate::Disputes)) {
            (true, true) => Stance::Mixed,
            (true, false) => Stance::Support,
            (false, _) => Stance::Oppose,
        }
    }
}

/// What organizations may have said, for tests at random.
#[cfg(test)]
pub(super) mod said {
    use proptest::prelude::*;

    /// Sentences of a world: organizations `o0`, `o1` … on laws, a cause and claims, some twice, some inferred; each
    /// sentence once.
    pub(in crate::graph) fn standpoints_said(n_organizations: usize) -> impl Strategy<Value = String> {
        const MATTERS: [(&str, &[&str]); 6] = [
            ("law/l0", &["SUPPORTS", "OPPOSES", "NEUTRAL_ON"]),
            ("law/l1", &["SUPPORTS", "OPPOSES", "SUPPORTS"]),
            ("law/l2", &["SUPPORTS", "SUPPORTS", "OPPOSES"]),
            ("topic/t", &["SUPPORTS", "OPPOSES", "NEUTRAL_ON"]),
            ("claim/c0", &["ASSERTS", "ASSERTS", "DISPUTES"]),
            ("claim/c1", &["ASSERTS", "DISPUTES", "ASSERTS"]),
        ];
        let sentence = (0..n_organizations, 0..MATTERS.len(), 0..3usize, 2020..2023i32, 0..5u8);
        prop::collection::vec(sentence, 1..4 * n_organizations).prop_map(|said| {
            let sentence = |(who, matter, how, year, basis): (usize, usize, usize, i32, u8)| {
                let (about, predicates) = MATTERS[matter];
                let inferred = if basis == 0 { " inferred" } else { "" };
                format!("organization/o{who} -{} {year}{inferred}-> {about}", predicates[how])
            };
            let mut sentences: Vec<_> = said.into_iter().map(sentence).collect();
            sentences.sort();
            // A statement that is both stated and inferred is one statement; the first counts.
            sentences.dedup_by_key(|sentence| sentence.replace(" inferred", ""));
            sentences.join(";")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;

    fn told(sentences: &str, day: Option<&str>) -> Vec<(String, Stance, usize)> {
        let world = world(sentences);
        let day = day.map(|text| PartialDate::parse(text).expect("a date").last_day());
        let standpoints = world.snapshot.standpoints_of(world.entity("organization/a"), day);
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
}

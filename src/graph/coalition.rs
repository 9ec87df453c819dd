//! Coalitions: organizations of which every two stand alike.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::alignment::{Aligned, TooManyAligned};
use super::standpoint::STANDPOINTS;
use super::{Computation, Deadline, EntityIx, Matter, OutOfTime, Snapshot, Stance, Standpoint, StatementIx};
use crate::model::{EntityKind, Predicate};

/// So many are kept: the largest.
const COALITIONS_MAX: usize = 100;

/// The question which coalitions there are, as far as was known on `day`.
///
/// Two organizations are *aligned* when they stand alike ([`Accord::Alike`](super::Accord)) on at least `n_shared_min`
/// matters and on more than they differ on. A coalition is a maximal clique of at least two organizations in the graph
/// of alignment: every two of its members are aligned, and no other organization is aligned with all of them. So an
/// organization can be in several. The graph is the congruence network of discourse network analysis (Leifeld 2017,
/// *Discourse Network Analysis: Policy Debates as Dynamic Networks*, Oxford Handbook of Political Networks) with its
/// conflict network taken off, cut at a threshold; the cliques are found by the algorithm of Bron & Kerbosch (1973).
/// Organizations whose standpoints are the same on every matter are taken as one in the search, which changes nothing of
/// its outcome.
///
/// The largest 100, largest first; among equals those that share more matters; then by the names of the members.
#[derive(Debug, Clone)]
pub struct CoalitionsIn {
    /// Only on these matters: a law and the claims that it is stated to rest on; a claim; a topic as a cause, and the
    /// laws and claims that are stated to be about it. `None`: on all.
    pub about: Option<EntityIx>,
    /// `None`: as far as sources tell, whenever that was.
    pub day: Option<Date>,
    /// On so many matters two must at least stand alike; at least 1.
    pub n_shared_min: usize,
    /// The most pairs of organizations that may stand alike, those with the same standpoints taken as one.
    pub n_aligned_max: usize,
}

/// The coalitions, and the standpoints that they come from.
#[derive(Debug)]
pub struct Coalitions {
    /// Those on the matters that were asked for, by organization, then matter.
    standpoints: Vec<Standpoint>,
    /// The statements that say that a matter belongs to what was asked for, by matter.
    scope: Vec<(EntityIx, StatementIx)>,
    /// In their order.
    pub coalitions: Vec<Coalition>,
    /// Whether these are all: false when there are more than the 100 that are kept.
    pub is_complete: bool,
}

/// Organizations of which every two are aligned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coalition {
    /// By name; at least two.
    pub members: Vec<EntityIx>,
    /// What at least two of them are for, or at least two against, and none on the other side: most members first.
    pub shared: Vec<Tally>,
    /// What some of them are for and others against: most members first.
    pub differing: Vec<Tally>,
}

impl Coalition {
    fn comes_before(&self, other: &Self) -> bool {
        let sizes = |it: &Self| (it.members.len(), it.shared.len());
        sizes(other).cmp(&sizes(self)).then_with(|| self.members.cmp(&other.members)).is_lt()
    }
}

/// How the members of a coalition stand on a matter, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `Stance`")]
pub struct Tally {
    pub matter: Matter,
    pub n_supporting: usize,
    pub n_opposing: usize,
    pub n_neutral: usize,
    pub n_mixed: usize,
}

impl Tally {
    fn new(matter: Matter) -> Self {
        Self { matter, n_supporting: 0, n_opposing: 0, n_neutral: 0, n_mixed: 0 }
    }

    fn count(&mut self, stance: Stance) {
        match stance {
            Stance::Support => self.n_supporting += 1,
            Stance::Oppose => self.n_opposing += 1,
            Stance::Neutral => self.n_neutral += 1,
            Stance::Mixed => self.n_mixed += 1,
        }
    }

    /// How many members have a standpoint on the matter.
    pub fn n_standpoints(&self) -> usize {
        self.n_supporting + self.n_opposing + self.n_neutral + self.n_mixed
    }

    fn is_shared(&self) -> bool {
        self.n_supporting.min(self.n_opposing) == 0 && self.n_supporting.max(self.n_opposing) >= 2
    }

    fn is_differing(&self) -> bool {
        self.n_supporting.min(self.n_opposing) > 0
    }
}

impl Coalitions {
    /// The standpoints of the members on the matter, by name of the member. O(members · log).
    pub fn standpoints_on(&self, coalition: &Coalition, matter: Matter) -> impl Iterator<Item = &Standpoint> {
        self.said_on(coalition, matter).filter(|standpoint| standpoint.is_held)
    }

    /// The same with those that were given up.
    fn said_on(&self, coalition: &Coalition, matter: Matter) -> impl Iterator<Item = &Standpoint> {
        let whose = |standpoint: &Standpoint| (standpoint.organization, standpoint.matter);
        coalition.members.iter().filter_map(move |member| {
            let i = self.standpoints.binary_search_by_key(&(*member, matter), whose).ok()?;
            Some(&self.standpoints[i])
        })
    }

    /// All that the members said on the matters on which at least two of them spoke, be it that they have given it up
    /// since; where a coalition was asked for about something, with the statements that say that the matters belong to it.
    ///
    /// With these statements alone there is one coalition, with the same members who stand just so; without them no two
    /// of the members are aligned; and without any other statement they are still together in one coalition, which may
    /// have grown by those whom that statement had kept apart from them.
    pub fn why(&self, coalition: &Coalition) -> Vec<StatementIx> {
        let spoken = coalition.members.iter().flat_map(|member| self.standpoints_of(*member));
        let mut matters: Vec<_> = spoken.map(|standpoint| standpoint.matter).collect();
        matters.sort_unstable();
        let mut why = Vec::new();
        for matter in matters.chunk_by(|a, b| a == b).filter(|spoken| spoken.len() >= 2).map(|spoken| spoken[0]) {
            why.extend(self.belonging(matter.about));
            why.extend(self.said_on(coalition, matter).flat_map(|it| it.statements.iter().copied()));
        }
        why.sort_unstable();
        why.dedup();
        why
    }

    /// The statements that say that `about` belongs to what was asked for. O(log).
    fn belonging(&self, about: EntityIx) -> impl Iterator<Item = StatementIx> {
        let start = self.scope.partition_point(|(other, _)| *other < about);
        self.scope[start..].iter().take_while(move |(other, _)| *other == about).map(|(_, ix)| *ix)
    }

    /// How these organizations stand on each matter on which one of them has a standpoint, by matter.
    fn tallies(&self, members: &[EntityIx]) -> Vec<Tally> {
        let mut tallies = BTreeMap::new();
        let standpoints = members.iter().flat_map(|member| self.standpoints_of(*member));
        for standpoint in standpoints.filter(|standpoint| standpoint.is_held) {
            let matter = standpoint.matter;
            tallies.entry(matter).or_insert_with(|| Tally::new(matter)).count(standpoint.stance);
        }
        tallies.into_values().collect()
    }

    fn standpoints_of(&self, organization: EntityIx) -> &[Standpoint] {
        let start = self.standpoints.partition_point(|it| it.organization < organization);
        let n = self.standpoints[start..].partition_point(|it| it.organization == organization);
        &self.standpoints[start..start + n]
    }

    /// The coalition of these members, by name.
    fn coalition(&self, members: Vec<EntityIx>) -> Coalition {
        let mut tallies = self.tallies(&members);
        // The sort is stable: among equals the order of matters stays.
        tallies.sort_by_key(|tally| std::cmp::Reverse(tally.n_supporting + tally.n_opposing));
        let chosen = |wanted: fn(&Tally) -> bool| tallies.iter().copied().filter(wanted).collect();
        Coalition { shared: chosen(Tally::is_shared), differing: chosen(Tally::is_differing), members }
    }
}

impl Computation for CoalitionsIn {
    type Answer = Result<Coalitions, TooManyAligned>;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Self::Answer, OutOfTime> {
        let mut scope = self.about.map_or_else(Vec::new, |about| snapshot.matters_about(about));
        scope.sort_unstable();
        let standpoints = match self.about {
            None => snapshot.all_standpoints(self.day),
            Some(about) => snapshot.standpoints_within(about, &scope, self.day),
        };
        deadline.check()?;
        let aligned = match Aligned::among(&standpoints, self.n_shared_min, self.n_aligned_max, deadline)? {
            Ok(aligned) => aligned,
            Err(too_many) => return Ok(Err(too_many)),
        };
        let mut found = Coalitions { standpoints, scope, coalitions: Vec::new(), is_complete: true };
        let mut best: Vec<Coalition> = Vec::new();
        let mut is_complete = true;
        aligned.each_coalition(deadline, |members| {
            deadline.check()?;
            // The last of the best may be pushed out by one of its own size. Smaller ones are passed over only when it is
            // known that there are more than are kept.
            let n_wanted = |best: &[Coalition], is_complete: bool| match best.last() {
                Some(last) if !is_complete => last.members.len(),
                _ => 2,
            };
            if members.len() >= n_wanted(&best, is_complete) {
                let coalition = found.coalition(members);
                let place = best.partition_point(|other| other.comes_before(&coalition));
                best.insert(place, coalition);
                is_complete &= best.len() <= COALITIONS_MAX;
                best.truncate(COALITIONS_MAX);
            }
            Ok(n_wanted(&best, is_complete))
        })?;
        (found.coalitions, found.is_complete) = (best, is_complete);
        Ok(Ok(found))
    }

    fn size(answer: &Self::Answer) -> usize {
        let Ok(found) = answer else { return 1 };
        let standpoints = found.standpoints.iter().map(|it| 10 + it.statements.len()).sum::<usize>();
        let coalitions = found.coalitions.iter();
        let members = coalitions.map(|it| it.members.len() + 10 * (it.shared.len() + it.differing.len()));
        standpoints + found.scope.len() * 2 + members.sum::<usize>()
    }
}

impl Snapshot {
    /// Of everybody on everything, by organization, then matter. O(such statements · log).
    fn all_standpoints(&self, day: Option<Date>) -> Vec<Standpoint> {
        let rows = STANDPOINTS.map(|predicate| self.by_predicate.row(predicate as u32));
        self.standpoints(rows.into_iter().flatten().copied(), day)
    }

    /// The laws and claims that belong to `about`, each with the statements that say so.
    fn matters_about(&self, about: EntityIx) -> Vec<(EntityIx, StatementIx)> {
        let (statements, predicate) = match self.kind(about) {
            EntityKind::Law => (self.statements_of_subject(about), Predicate::RestsOn),
            EntityKind::Topic => (self.statements_of_object(about), Predicate::About),
            _ => return Vec::new(),
        };
        let joined = self.stated_with(statements, predicate).map(|ix| {
            let row = self.statement(ix);
            (if row.subject == about { row.object } else { row.subject }, ix)
        });
        joined.filter(|(other, _)| matches!(self.kind(*other), EntityKind::Law | EntityKind::Claim)).collect()
    }

    /// Of everybody on `about` and on the matters that belong to it.
    fn standpoints_within(
        &self,
        about: EntityIx,
        scope: &[(EntityIx, StatementIx)],
        day: Option<Date>,
    ) -> Vec<Standpoint> {
        let mut matters: Vec<_> = scope.iter().map(|(matter, _)| *matter).chain([about]).collect();
        matters.sort_unstable();
        matters.dedup();
        self.standpoints(matters.into_iter().flat_map(|matter| self.statements_of_object(matter)).copied(), day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::said::{asked, day, matters, organizations, read, standpoints_said};
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn coalitions(world: &World, about: Option<&str>, n_shared_min: usize) -> Coalitions {
        coalitions_on(None, world, about, n_shared_min)
    }

    fn coalitions_on(asked: Option<&str>, world: &World, about: Option<&str>, n_shared_min: usize) -> Coalitions {
        let about = about.map(|id| world.entity(id));
        let question = CoalitionsIn { about, day: asked.and_then(day), n_shared_min, n_aligned_max: usize::MAX };
        let found = question.compute(&world.snapshot, Deadline::never()).expect("there is no deadline");
        found.expect("few are aligned")
    }

    fn members(world: &World, found: &Coalitions) -> Vec<String> {
        let names = |it: &Coalition| it.members.iter().map(|ix| world.snapshot.name(*ix)).collect::<Vec<_>>().join(" ");
        found.coalitions.iter().map(names).collect()
    }

    #[test]
    fn every_two_members_stand_alike_on_more_than_they_differ_on() {
        let world = world(
            "organization/a -SUPPORTS-> law/l; organization/b -SUPPORTS-> law/l; organization/c -SUPPORTS-> law/l; \
             organization/d -OPPOSES-> law/l; organization/e -OPPOSES-> law/l; organization/n -NEUTRAL_ON-> law/l; \
             organization/a -ASSERTS-> claim/c; organization/b -ASSERTS-> claim/c; organization/c -DISPUTES-> claim/c; \
             organization/b -OPPOSES-> topic/t; organization/c -OPPOSES-> topic/t; organization/n -NEUTRAL_ON-> topic/t; \
             organization/m -NEUTRAL_ON-> topic/t; organization/m -NEUTRAL_ON-> law/l",
        );
        let on_two = coalitions(&world, None, 2);
        assert_eq!(members(&world, &on_two), ["a b", "b c"]);
        let [_, b_and_c] = &on_two.coalitions[..] else { unreachable!("counted just now") };
        let told = |tally: &Tally| {
            let name = world.snapshot.name(tally.matter.about).to_owned();
            (name, tally.n_supporting, tally.n_opposing)
        };
        assert_eq!(
            b_and_c.shared.iter().map(told).collect::<Vec<_>>(),
            [("l".to_owned(), 2, 0), ("t".to_owned(), 0, 2)]
        );
        assert_eq!(b_and_c.differing.iter().map(told).collect::<Vec<_>>(), [("c".to_owned(), 1, 1)]);
        assert_eq!(members(&world, &coalitions(&world, None, 1)), ["a b", "b c", "d e"], "a and c: one against one");
        assert_eq!(members(&world, &coalitions(&world, Some("law/l"), 1)), ["a b c", "d e"]);
    }

    #[test]
    fn it_is_told_when_there_are_more_than_are_kept() {
        for n in [COALITIONS_MAX, COALITIONS_MAX + 1] {
            let pair = |i| format!("organization/a{i} -ASSERTS-> claim/c{i}; organization/b{i} -ASSERTS-> claim/c{i}");
            let found = coalitions(&world(&(0..n).map(pair).collect::<Vec<_>>().join("; ")), None, 1);
            assert_eq!((found.coalitions.len(), found.is_complete), (COALITIONS_MAX, n == COALITIONS_MAX));
        }
    }

    #[test]
    fn what_belongs_to_a_law_or_a_topic_counts_with_it() {
        let world = world(
            "law/l -RESTS_ON-> claim/c; law/l -RESTS_ON inferred-> claim/guessed; claim/c -ABOUT-> topic/t; \
             law/l -RESTS_ON MEMBER-> claim/guessed-too; organization/x -ASSERTS-> claim/guessed-too; \
             organization/y -ASSERTS-> claim/guessed-too; \
             organization/a -SUPPORTS-> law/l; organization/b -ASSERTS-> claim/c; organization/a -ASSERTS-> claim/c; \
             organization/x -ASSERTS-> claim/guessed; organization/y -ASSERTS-> claim/guessed; \
             organization/a -OPPOSES-> topic/t; organization/b -OPPOSES-> topic/t",
        );
        for (about, n_shared_min, expected, n_why) in [
            ("law/l", 1, vec!["a b"], 3),
            ("topic/t", 2, vec!["a b"], 5),
            ("claim/c", 1, vec!["a b"], 2),
            ("law/l", 2, vec![], 0),
        ] {
            let found = coalitions(&world, Some(about), n_shared_min);
            assert_eq!(members(&world, &found), expected, "{about}");
            let n: usize = found.coalitions.iter().map(|it| found.why(it).len()).sum();
            assert_eq!(n, n_why, "{about}");
        }
    }

    #[test]
    fn thousands_who_say_the_same_are_one_coalition() {
        let said = (0..3_000).map(|i| format!("organization/o{i} -SUPPORTS-> law/l"));
        let world = world(&said.collect::<Vec<_>>().join(";"));
        let found = coalitions(&world, None, 1);
        assert_eq!(found.coalitions.iter().map(|it| it.members.len()).collect::<Vec<_>>(), [3_000]);
    }

    #[test]
    fn hundreds_who_agree_on_a_hub_and_each_say_something_else_besides_are_one_coalition() {
        let said =
            (0..400).map(|i| format!("organization/o{i} -SUPPORTS-> law/l; organization/o{i} -ASSERTS-> claim/c{i}"));
        let world = world(&said.collect::<Vec<_>>().join(";"));
        let found = coalitions(&world, None, 1);
        assert_eq!(found.coalitions.iter().map(|it| it.members.len()).collect::<Vec<_>>(), [400]);
    }

    /// Every set of organizations in which every two are aligned and to which none can be added, by trying all.
    fn by_subsets(world: &World, n_shared_min: usize, asked: Option<&str>) -> Vec<Vec<EntityIx>> {
        let (organizations, matters) = (organizations(world), matters(world));
        let stances = |who: &EntityIx| {
            let stances = matters.iter().map(|matter| read(world, *who, *matter, asked).map(|it| it.stance));
            stances.collect::<Vec<_>>()
        };
        let stances: Vec<_> = organizations.iter().map(stances).collect();
        let aligned = |a: usize, b: usize| {
            let (mut n_alike, mut n_differing) = (0, 0);
            for pair in stances[a].iter().zip(&stances[b]) {
                match pair {
                    (Some(Stance::Support), Some(Stance::Support)) | (Some(Stance::Oppose), Some(Stance::Oppose)) => {
                        n_alike += 1;
                    }
                    (Some(Stance::Support), Some(Stance::Oppose)) | (Some(Stance::Oppose), Some(Stance::Support)) => {
                        n_differing += 1;
                    }
                    _ => {}
                }
            }
            n_alike >= n_shared_min && n_alike > n_differing
        };
        let all = 0..organizations.len();
        let table: Vec<Vec<bool>> = all.clone().map(|a| all.clone().map(|b| aligned(a, b)).collect()).collect();
        let of = |set: u32| all.clone().filter(move |i| set >> i & 1 == 1);
        let is_clique = |set: u32| of(set).all(|a| of(set).all(|b| a == b || table[a][b]));
        let is_maximal = |set: u32| all.clone().all(|i| set >> i & 1 == 1 || !is_clique(set | 1 << i));
        let sets = (0..1u32 << organizations.len()).filter(|set| set.count_ones() >= 2);
        let cliques = sets.filter(|set| is_clique(*set) && is_maximal(*set));
        cliques.map(|set| of(set).map(|i| organizations[i]).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn they_are_those_that_trying_all_subsets_finds(said in standpoints_said(8), n_shared_min in 1..4usize, asked in asked()) {
            let world = world(&said);
            let found = coalitions_on(asked, &world, None, n_shared_min).coalitions;
            prop_assert!(found.is_sorted_by_key(|it| std::cmp::Reverse((it.members.len(), it.shared.len()))));
            let mut found: Vec<_> = found.into_iter().map(|it| it.members).collect();
            found.sort();
            let mut expected = by_subsets(&world, n_shared_min, asked);
            expected.sort();
            prop_assert_eq!(found, expected);
        }

        /// With what it lists there is this coalition alone; without it no two of its members are aligned; without any
        /// other statement they are still together.
        #[test]
        fn a_coalition_rests_on_what_it_lists(
            said in standpoints_said(5),
            n_shared_min in 1..3usize,
            about in any::<bool>(),
            asked in asked(),
        ) {
            let sentences = format!("{said};law/l0 -RESTS_ON-> claim/c0;law/l0 -RESTS_ON-> claim/c1");
            let all = world(&sentences);
            let about = about.then_some("law/l0");
            let found = coalitions_on(asked, &all, about, n_shared_min);
            for coalition in &found.coalitions {
                let listed = found.why(coalition);
                let again = coalitions_on(asked, &all.only(|ix| listed.contains(&ix)), about, n_shared_min).coalitions;
                prop_assert_eq!(&again, std::slice::from_ref(coalition));
                let are_together = |world: &World, n_at_least: usize| {
                    let found = coalitions_on(asked, world, about, n_shared_min).coalitions;
                    found.iter().any(|it| it.members.iter().filter(|ix| coalition.members.contains(ix)).count() >= n_at_least)
                };
                prop_assert!(!are_together(&all.only(|ix| !listed.contains(&ix)), 2));
                for other in all.statements() {
                    if !listed.contains(&other) {
                        prop_assert!(are_together(&all.only(|ix| ix != other), coalition.members.len()));
                    }
                }
            }
        }
    }
}

//! Agreement: how often each two of some organizations stand alike on what both took a side on.

use jiff::civil::Date;

use super::{Accord, Computation, Deadline, EntityIx, OutOfTime, Snapshot, Standpoint, StatementIx};

/// The question how each two of these organizations agree, as far as was known on `day`.
///
/// For each pair the matters are counted on which both have a standpoint ([`Snapshot::standpoints_of`]). The score is
/// the simple matching coefficient (Sokal & Michener 1958): of the matters on which both are for or against, the share
/// on which they stand alike. It is the agreement score of roll-call analysis (Poole 2005), in which a vote counts for
/// two legislators when both said yea or nay; whoever is neutral, or on both sides, counts as having abstained.
///
/// O(statements of the organizations · log + pairs · standpoints).
#[derive(Debug, Clone)]
pub struct AgreementsOf {
    /// Each once.
    pub organizations: Vec<EntityIx>,
    /// `None`: as far as sources tell, whenever that was.
    pub day: Option<Date>,
}

/// How each two of some organizations agree.
#[derive(Debug)]
pub struct Agreements {
    organizations: Vec<EntityIx>,
    /// Of each organization, by matter.
    standpoints: Vec<Vec<Standpoint>>,
    /// The first with each that follows it, then the second with each that follows, and so on.
    pub pairs: Vec<PairAgreement>,
}

/// How two organizations agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairAgreement {
    /// Their places in the list that was asked for.
    places: (usize, usize),
    /// Matters on which both are for, or both are against.
    pub n_alike: usize,
    /// Matters on which one is for and the other against.
    pub n_differing: usize,
    /// Matters on which both have a standpoint, and one of them at least is neutral or on both sides.
    pub n_neither: usize,
}

impl PairAgreement {
    /// Matters on which both take a side.
    pub fn n_shared(&self) -> usize {
        self.n_alike + self.n_differing
    }

    /// Of the matters on which both take a side, the share on which they stand alike; `None` when there is none.
    pub fn score(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of matters are far below 2^52")]
        (self.n_shared() > 0).then(|| self.n_alike as f64 / self.n_shared() as f64)
    }
}

impl Agreements {
    /// The two organizations.
    pub fn organizations(&self, pair: &PairAgreement) -> (EntityIx, EntityIx) {
        (self.organizations[pair.places.0], self.organizations[pair.places.1])
    }

    /// The standpoints of both on each matter on which both have one, by matter.
    pub fn shared(&self, pair: &PairAgreement) -> impl Iterator<Item = (&Standpoint, &Standpoint)> {
        shared(&self.standpoints[pair.places.0], &self.standpoints[pair.places.1])
    }

    /// All that the two said on the matters on which both spoke, be it that one of them has given it up since.
    ///
    /// The pair alone with these comes to the same; without them the two share nothing; and no other statement makes a
    /// difference to the pair.
    pub fn why(&self, pair: &PairAgreement) -> Vec<StatementIx> {
        let spoken = both_spoke(&self.standpoints[pair.places.0], &self.standpoints[pair.places.1]);
        spoken.flat_map(|(a, b)| a.statements.iter().chain(&b.statements)).copied().collect()
    }
}

/// What both hold, by matter.
fn shared<'a>(a: &'a [Standpoint], b: &'a [Standpoint]) -> impl Iterator<Item = (&'a Standpoint, &'a Standpoint)> {
    both_spoke(a, b).filter(|(a, b)| a.is_held && b.is_held)
}

/// A merge of two lists that are in the order of matters.
fn both_spoke<'a>(a: &'a [Standpoint], b: &'a [Standpoint]) -> impl Iterator<Item = (&'a Standpoint, &'a Standpoint)> {
    let mut rest = b.iter().peekable();
    a.iter().filter_map(move |a| {
        while rest.next_if(|b| b.matter < a.matter).is_some() {}
        rest.next_if(|b| b.matter == a.matter).map(|b| (a, b))
    })
}

impl Computation for AgreementsOf {
    type Answer = Agreements;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Agreements, OutOfTime> {
        let mut standpoints = Vec::with_capacity(self.organizations.len());
        for organization in &self.organizations {
            deadline.check()?;
            standpoints.push(snapshot.standpoints_of(*organization, self.day));
        }
        let mut pairs = Vec::new();
        for a in 0..standpoints.len() {
            deadline.check()?;
            for b in a + 1..standpoints.len() {
                let mut pair = PairAgreement { places: (a, b), n_alike: 0, n_differing: 0, n_neither: 0 };
                for (a, b) in shared(&standpoints[a], &standpoints[b]) {
                    match Accord::of(a.stance, b.stance) {
                        Accord::Alike => pair.n_alike += 1,
                        Accord::Differing => pair.n_differing += 1,
                        Accord::Neither => pair.n_neither += 1,
                    }
                }
                pairs.push(pair);
            }
        }
        Ok(Agreements { organizations: self.organizations.clone(), standpoints, pairs })
    }

    fn size(answer: &Agreements) -> usize {
        let standpoints = answer.standpoints.iter().flatten();
        standpoints.map(|standpoint| 10 + standpoint.statements.len()).sum::<usize>() + 5 * answer.pairs.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Stance;
    use crate::graph::said::{asked, day, matters, read, standpoints_said};
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn agreements(world: &World, organizations: &[&str], asked: Option<&str>) -> Agreements {
        let organizations = organizations.iter().map(|id| world.entity(id)).collect();
        let question = AgreementsOf { organizations, day: asked.and_then(day) };
        question.compute(&world.snapshot, Deadline::never()).expect("there is no deadline")
    }

    #[test]
    fn what_both_took_a_side_on_is_shared() {
        let world = world(
            "organization/a -SUPPORTS-> law/l; organization/b -SUPPORTS-> law/l; organization/c -OPPOSES-> law/l; \
             organization/a -ASSERTS-> claim/c; organization/b -DISPUTES-> claim/c; organization/c -DISPUTES-> claim/c; \
             organization/a -OPPOSES-> topic/t; organization/b -OPPOSES-> topic/t; organization/c -NEUTRAL_ON-> topic/t; \
             organization/d -NEUTRAL_ON-> topic/t",
        );
        let all = agreements(&world, &["organization/a", "organization/b", "organization/c", "organization/d"], None);
        let told = |pair: &PairAgreement| {
            let (a, b) = all.organizations(pair);
            let name = format!("{}{}", world.snapshot.name(a), world.snapshot.name(b));
            (name, pair.n_alike, pair.n_differing, pair.n_neither)
        };
        let of = |name: &str, n_alike, n_differing, n_neither| (name.to_owned(), n_alike, n_differing, n_neither);
        assert_eq!(
            all.pairs.iter().map(told).collect::<Vec<_>>(),
            [
                of("ab", 2, 1, 0),
                of("ac", 0, 2, 1),
                of("ad", 0, 0, 1),
                of("bc", 1, 1, 1),
                of("bd", 0, 0, 1),
                of("cd", 0, 0, 1)
            ]
        );
        let scores: Vec<_> = all.pairs.iter().map(PairAgreement::score).collect();
        assert_eq!(scores, [Some(2.0 / 3.0), Some(0.0), None, Some(0.5), None, None]);
    }

    /// Counts over all matters, one by one.
    fn naive(world: &World, a: EntityIx, b: EntityIx, asked: Option<&str>) -> (usize, usize, usize) {
        let (mut n_alike, mut n_differing, mut n_neither) = (0, 0, 0);
        for matter in matters(world) {
            match [a, b].map(|who| read(world, who, matter, asked).map(|it| it.stance)) {
                [None, _] | [_, None] => {}
                [Some(Stance::Support), Some(Stance::Support)] | [Some(Stance::Oppose), Some(Stance::Oppose)] => {
                    n_alike += 1;
                }
                [Some(Stance::Support), Some(Stance::Oppose)] | [Some(Stance::Oppose), Some(Stance::Support)] => {
                    n_differing += 1;
                }
                _ => n_neither += 1,
            }
        }
        (n_alike, n_differing, n_neither)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// It counts right; and a pair comes to the same on only what it lists, shares nothing without it, and stays when
        /// any other statement is taken away.
        #[test]
        fn an_agreement_rests_on_what_it_lists(said in standpoints_said(3), asked in asked()) {
            let all = world(&said);
            let ids = ["organization/o0", "organization/o1"];
            let is_there = |id: &&&str| said.contains(&format!("{id} "));
            prop_assume!(ids.iter().filter(is_there).count() == 2);
            let of = |world: &World| agreements(world, &ids, asked).pairs[0];
            let (found, pair) = (agreements(&all, &ids, asked), of(&all));
            let (a, b) = found.organizations(&pair);
            prop_assert_eq!((pair.n_alike, pair.n_differing, pair.n_neither), naive(&all, a, b, asked));

            let listed = found.why(&pair);
            prop_assert_eq!(of(&all.only(|ix| listed.contains(&ix))), pair);
            let without = of(&all.only(|ix| !listed.contains(&ix)));
            prop_assert_eq!((without.n_shared(), without.n_neither), (0, 0));
            for other in all.statements().filter(|ix| !listed.contains(ix)) {
                prop_assert_eq!(of(&all.only(|ix| ix != other)), pair);
            }
        }
    }
}

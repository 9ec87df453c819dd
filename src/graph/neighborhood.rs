//! What lies around some entities, as far as a number of steps.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::gallop::places_of_common;
use super::index::dense;
use super::traversal::{Budget, OutOfBudget, Traversal};
use super::{EntityIx, Snapshot, StatementIx};

/// The entities within some steps of given ones, and the statements between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighborhood {
    /// The given ones first, then the nearest; of as near ones those first that would be preferred in a cut.
    pub entities: Vec<EntityIx>,
    /// All statements between them that may be used, in their order.
    pub statements: Vec<StatementIx>,
    /// The statements that tie each entity to those a step nearer, for which it is in it. In their order.
    pub reasons: Vec<StatementIx>,
    /// How many entities were left out of the step that had to be cut; what lies beyond them was not counted.
    pub n_entities_left_out: usize,
    /// How many statements between the entities were left out.
    pub n_statements_left_out: usize,
    /// Whether the budget was spent, so that from some step on nothing is in it.
    pub stopped_early: bool,
}

/// An entity a step further, and what ties it to those before.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    entity: EntityIx,
    n_ties: u32,
    /// Of all ties together.
    n_citations: u64,
}

impl Candidate {
    /// Of two candidates that of the lesser is preferred. No two have the same.
    fn key(&self) -> (Reverse<u32>, Reverse<u64>, EntityIx) {
        (Reverse(self.n_ties), Reverse(self.n_citations), self.entity)
    }

    fn add(&mut self, n_citations: u32) {
        self.n_ties += 1;
        self.n_citations += u64::from(n_citations);
    }
}

/// What is next to the entities of a step.
#[derive(Default)]
struct Beyond {
    candidates: Vec<Candidate>,
    /// Every tie, with the entity that it leads to.
    ties: Vec<(EntityIx, StatementIx)>,
}

/// Where each entity that was met stands: [`CHOSEN`], or the place of the candidate that it is.
type Places = FxHashMap<EntityIx, u32>;

const CHOSEN: u32 = u32::MAX;

impl Snapshot {
    /// Every entity within `n_hops_max` steps of any of `of`, through entities of the wanted kinds, at most
    /// `n_entities_max` (but always those given), and at most `n_statements_max` of the statements between them.
    ///
    /// Breadth-first search from all of them at once. The entities that are a step further than those chosen so far are
    /// all chosen, or, when they are too many, those that are tied to more of the ones a step nearer; of as many, those
    /// whose ties have more citations together; of as many, the first by kind and name. A tie counts once for each two
    /// entities, by the best cited statement that may be used. Nothing is looked for behind a step that was cut, and a
    /// step in which the budget runs out is left out whole. Of too many statements the best cited remain.
    ///
    /// The reasons are of each entity that was chosen all statements that may be used between it and those a step nearer.
    /// They alone give the same entities in the same order; without them nothing is found, but what a cut had left out.
    ///
    /// O(edges of the entities before the last step + entities · the smaller of their number and degree · log).
    pub fn neighborhood(
        &self,
        of: &[EntityIx],
        via: &Traversal,
        n_hops_max: usize,
        (n_entities_max, n_statements_max): (usize, usize),
        budget: &mut Budget,
    ) -> Neighborhood {
        let mut places = Places::default();
        let mut entities = Vec::new();
        entities.extend(of.iter().copied().filter(|entity| places.insert(*entity, CHOSEN).is_none()));
        let (mut reasons, mut n_entities_left_out, mut stopped_early) = (Vec::new(), 0, false);
        let mut n_before = 0;
        for _ in 0..n_hops_max {
            let Ok(Beyond { mut candidates, ties }) = self.beyond(&entities[n_before..], &mut places, via, budget)
            else {
                stopped_early = true;
                break;
            };
            let n_free = n_entities_max.saturating_sub(entities.len());
            n_entities_left_out = candidates.len().saturating_sub(n_free);
            if n_entities_left_out > 0 {
                // Only those that stay need be in order.
                if n_free > 0 {
                    candidates.select_nth_unstable_by_key(n_free - 1, Candidate::key);
                }
                candidates.truncate(n_free);
            }
            candidates.sort_unstable_by_key(Candidate::key);
            n_before = entities.len();
            for candidate in &candidates {
                entities.push(candidate.entity);
                places.insert(candidate.entity, CHOSEN);
            }
            reasons.extend(ties.iter().filter(|(entity, _)| places[entity] == CHOSEN).map(|(_, ix)| *ix));
            if n_entities_left_out > 0 || candidates.is_empty() {
                break;
            }
        }
        let reasons = self.statements_beside(&reasons, via);
        let mut statements = self.statements_among(&entities, via);
        let n_statements_left_out = statements.len().saturating_sub(n_statements_max);
        if n_statements_left_out > 0 {
            statements.sort_by_key(|ix| (Reverse(self.brief(*ix).n_citations), *ix));
            statements.truncate(n_statements_max);
        }
        statements.sort_unstable();
        Neighborhood { entities, statements, reasons, n_entities_left_out, n_statements_left_out, stopped_early }
    }

    /// What is next to these entities and not chosen yet, with a tie for each of the entities that it is next to.
    fn beyond(
        &self,
        edge: &[EntityIx],
        places: &mut Places,
        via: &Traversal,
        budget: &mut Budget,
    ) -> Result<Beyond, OutOfBudget> {
        let mut beyond = Beyond::default();
        for entity in edge {
            for neighbor in self.each_neighbor(*entity, via.direction) {
                budget.spend()?;
                let far = neighbor.entity;
                let known = places.get(&far).copied();
                if known == Some(CHOSEN) || !self.is_passable(far, via) {
                    continue;
                }
                let Some(tie) = self.best_statement(&neighbor, via) else { continue };
                beyond.ties.push((far, tie));
                let place = known.unwrap_or_else(|| {
                    let place = dense(beyond.candidates.len());
                    beyond.candidates.push(Candidate { entity: far, n_ties: 0, n_citations: 0 });
                    places.insert(far, place);
                    place
                });
                beyond.candidates[place as usize].add(self.brief(tie).n_citations);
            }
        }
        Ok(beyond)
    }

    /// The statements of which both ends are among these entities.
    fn statements_among(&self, entities: &[EntityIx], via: &Traversal) -> Vec<StatementIx> {
        let mut sorted: Vec<u32> = entities.iter().map(|entity| entity.0).collect();
        sorted.sort_unstable();
        let mut among = Vec::new();
        for entity in &sorted {
            let (objects, firsts) = (self.outgoing.neighbors_slice(*entity), self.outgoing.edges_slice(*entity));
            for i in places_of_common(objects, &sorted) {
                among.extend(self.run(firsts[i]).filter(|ix| self.is_usable(*ix, via)));
            }
        }
        among
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Direction;
    use crate::graph::tangle::{N_IN_TANGLE, in_tangle, tangle, threads, traversals};
    use crate::graph::world::{World, world};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn slugs(world: &World, entities: &[EntityIx]) -> Vec<String> {
        entities.iter().map(|ix| world.snapshot.slug(*ix).to_owned()).collect()
    }

    #[test]
    fn a_cut_prefers_what_is_tied_to_more_then_what_is_better_cited() {
        let world = world(
            "organization/a -SUPPORTS-> law/both; organization/b -SUPPORTS-> law/both; organization/a -ASSERTS x3-> claim/cited; \
             organization/a -ASSERTS-> claim/b; organization/b -ASSERTS-> claim/a; study/far -BACKS-> claim/cited",
        );
        let of = ["organization/b", "organization/a", "organization/b"].map(|id| world.entity(id));
        let around = |depth, n_max, n_statements_max| {
            let via = Traversal::default();
            world.snapshot.neighborhood(&of, &via, depth, (n_max, n_statements_max), &mut Budget::new(100))
        };
        let all = around(2, 10, 10);
        assert_eq!(slugs(&world, &all.entities), ["b", "a", "both", "cited", "a", "b", "far"]);
        assert_eq!((all.statements.len(), all.reasons.len(), all.n_entities_left_out), (6, 6, 0));
        let cut = around(2, 4, 2);
        assert_eq!(slugs(&world, &cut.entities), ["b", "a", "both", "cited"]);
        assert_eq!((cut.n_entities_left_out, cut.n_statements_left_out), (2, 1));
        let told: Vec<_> = cut.statements.iter().map(|ix| world.told(*ix)).collect();
        assert_eq!(told, ["a SUPPORTS both", "a ASSERTS cited"]);
        assert_eq!(slugs(&world, &around(0, 1, 10).entities), ["b", "a"], "the given ones are never left out");
        let stopped = world.snapshot.neighborhood(&of, &Traversal::default(), 2, (10, 10), &mut Budget::new(8));
        assert_eq!(slugs(&world, &stopped.entities), ["b", "a", "both", "cited", "a", "b"]);
        assert!(stopped.stopped_early);
    }

    /// Distances by plain relaxation over all statements, then cut step by step as it is promised.
    fn naive(world: &World, of: &[EntityIx], via: &Traversal, depth: usize, n_max: usize) -> (Vec<EntityIx>, usize) {
        let usable = |ix: &StatementIx| world.is_within(*ix, via);
        let passable = |it| via.kinds.as_ref().is_none_or(|kinds| kinds.contains(&world.snapshot.kind(it)));
        let mut chosen: Vec<EntityIx> = Vec::new();
        for it in of {
            if !chosen.contains(it) {
                chosen.push(*it);
            }
        }
        for _ in 0..depth {
            let mut ties: BTreeMap<EntityIx, BTreeMap<EntityIx, u32>> = BTreeMap::new();
            for row in world.statements().filter(usable).map(|ix| world.snapshot.statement(ix)) {
                let ends = [(row.subject, row.object, Direction::In), (row.object, row.subject, Direction::Out)];
                for (near, far, barred) in ends {
                    if chosen.contains(&near) && !chosen.contains(&far) && passable(far) && via.direction != barred {
                        let best = ties.entry(far).or_default().entry(near).or_default();
                        *best = (*best).max(row.n_citations);
                    }
                }
            }
            let mut next: Vec<_> = ties.into_iter().collect();
            next.sort_by_key(|(far, ties)| (Reverse(ties.len()), Reverse(ties.values().sum::<u32>()), *far));
            let n = next.len().min(n_max.saturating_sub(chosen.len()));
            chosen.extend(next[..n].iter().map(|(far, _)| *far));
            if n < next.len() {
                return (chosen, next.len() - n);
            }
        }
        (chosen, 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn a_neighborhood_is_the_naive_one(
            threads in threads(30),
            of in prop::collection::vec(0..2 * N_IN_TANGLE, 1..4),
            (depth, n_max, n_statements_max) in (0..5usize, 1..19usize, 1..30usize),
            via in traversals(),
        ) {
            let world = tangle(&threads);
            let of: Vec<_> = of.iter().map(|i| world.entity(&in_tangle(*i))).collect();
            let around = |world: &World| {
                let limits = (n_max, n_statements_max);
                world.snapshot.neighborhood(&of, &via, depth, limits, &mut Budget::new(100_000))
            };
            let found = around(&world);
            prop_assert_eq!((found.entities.clone(), found.n_entities_left_out), naive(&world, &of, &via, depth, n_max));
            let is_among = |ix: &StatementIx| {
                let row = world.snapshot.statement(*ix);
                [row.subject, row.object].iter().all(|end| found.entities.contains(end)) && world.is_within(*ix, &via)
            };
            let mut among: Vec<_> = world.statements().filter(is_among).collect();
            prop_assert_eq!(found.n_statements_left_out, among.len().saturating_sub(n_statements_max));
            among.sort_by_key(|ix| (Reverse(world.snapshot.statement(*ix).n_citations), *ix));
            among.truncate(n_statements_max);
            among.sort();
            prop_assert_eq!(&found.statements, &among);
        }

        /// The reasons alone give the same entities in the same order, without any other statement too; without them the
        /// entities are others, or none beside the given ones.
        #[test]
        fn a_neighborhood_rests_on_its_reasons(
            threads in threads(14),
            of in prop::collection::vec(0..N_IN_TANGLE, 1..3),
            (depth, n_max) in (1..4usize, 1..12usize),
            via in traversals(),
        ) {
            let world = tangle(&threads);
            let of: Vec<_> = of.iter().map(|i| world.entity(&in_tangle(*i))).collect();
            let around = |world: &World| {
                world.snapshot.neighborhood(&of, &via, depth, (n_max, 100), &mut Budget::new(100_000))
            };
            let Neighborhood { entities, reasons, .. } = around(&world);
            let is_listed = |ix| reasons.contains(&ix);
            let n_given = of.iter().collect::<BTreeSet<_>>().len();
            prop_assert_eq!(reasons.is_empty(), entities.len() == n_given);
            prop_assert_eq!(&around(&world.only(is_listed)).entities, &entities);
            if !reasons.is_empty() {
                prop_assert_ne!(&around(&world.only(|ix| !is_listed(ix))).entities, &entities);
            }
            for unlisted in world.statements().filter(|ix| !is_listed(*ix)) {
                prop_assert_eq!(&around(&world.only(|ix| ix != unlisted)).entities, &entities);
            }
        }
    }
}

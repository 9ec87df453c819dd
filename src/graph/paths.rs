//! Several shortest walks from one entity to another: finds the part of the graph in which they lie.
//!
//! Which of the walks in that part come first is worked out by [`super::yen`].

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use super::traversal::{Budget, OutOfBudget, Traversal};
use super::yen::{Step, ranked};
use super::{Direction, EntityIx, Neighbor, Path, Snapshot, StatementIx};

impl Snapshot {
    /// The first `n_max` of all walks of at most `n_hops_max` steps between two entities, in which no entity occurs
    /// twice; from an entity to itself only the empty one.
    ///
    /// The order is total: fewer steps first; of as many, the one whose statements have more citations together; of as
    /// many, the one whose entities come first, compared one by one from the start by kind and name. For each step
    /// stands the best cited statement that may be used, so that parallel statements make no different walks.
    ///
    /// Breadth-first search from both ends (Pohl 1971), the side with fewer edges first, gathers every edge that a walk
    /// of up to so many steps can use; Yen's algorithm (1971) ranks the walks among them; one step more as long as they
    /// are too few. Before a side goes a step further, the edges between the outermost entities of both sides are
    /// looked up one by one where that costs less than all edges of a hub. O(edges looked at · log), each counted in
    /// the budget.
    ///
    /// # Errors
    /// When the budget is spent before it is certain which they are: the list is never silently incomplete.
    pub fn shortest_paths(
        &self,
        ends: (EntityIx, EntityIx),
        via: &Traversal,
        n_hops_max: usize,
        n_max: usize,
        budget: &mut Budget,
    ) -> Result<Vec<Path>, OutOfBudget> {
        if n_max == 0 {
            return Ok(Vec::new());
        }
        if ends.0 == ends.1 {
            return Ok(vec![Path { entities: vec![ends.0], statements: Vec::new() }]);
        }
        let mut search = Search { snapshot: self, via, ends, passed: Vec::new() };
        let Some(Forced { before, after }) = search.take_forced_steps(n_hops_max, budget)? else {
            return Ok(Vec::new());
        };
        let n_hops_left = n_hops_max - before.len() - after.len();
        let between = search.walks(n_hops_left, n_max, budget)?;
        let whole = |between: Path| Path {
            entities: before
                .iter()
                .map(|step| step.from)
                .chain(between.entities)
                .chain(after.iter().map(|step| step.to))
                .collect(),
            statements: (before.iter().map(|step| step.statement).chain(between.statements))
                .chain(after.iter().map(|step| step.statement))
                .collect(),
        };
        Ok(between.into_iter().map(whole).collect())
    }
}

/// What is searched. The ends move together over steps that every walk takes.
struct Search<'a> {
    snapshot: &'a Snapshot,
    via: &'a Traversal,
    ends: (EntityIx, EntityIx),
    /// The ends that were left behind.
    passed: Vec<EntityIx>,
}

/// Steps that every walk takes, in the direction of the walk.
struct Forced {
    before: Vec<Step>,
    after: Vec<Step>,
}

/// A search from one end.
struct Half {
    /// How many steps away from the end an entity is.
    reached: FxHashMap<EntityIx, usize>,
    /// The outermost entities, all `n_hops` away.
    edge: Vec<EntityIx>,
    n_hops: usize,
    /// Every step at the entities within the edge, in the direction of the walk.
    steps: Vec<Step>,
    /// Where the other half began; this one does not go on from there.
    goal: EntityIx,
    direction: Direction,
    is_ahead: bool,
}

impl Search<'_> {
    /// While an end has only one way on, goes it. An entity behind a hub would otherwise be looked for among all that
    /// the hub is joined with. `None` when there is no way at all.
    fn take_forced_steps(&mut self, n_hops_max: usize, budget: &mut Budget) -> Result<Option<Forced>, OutOfBudget> {
        let mut forced = Forced { before: Vec::new(), after: Vec::new() };
        let directions = [(true, self.via.direction), (false, self.via.direction.reversed())];
        for (is_ahead, direction) in directions {
            while self.ends.0 != self.ends.1 {
                let here = if is_ahead { self.ends.0 } else { self.ends.1 };
                let mut ways = self.first_ways(here, direction, budget)?;
                if ways.len() > 1 {
                    break;
                }
                let is_too_far = forced.before.len() + forced.after.len() == n_hops_max;
                let Some((next, statement)) = ways.pop().filter(|_| !is_too_far) else { return Ok(None) };
                self.passed.push(here);
                if is_ahead {
                    forced.before.push(Step { from: here, to: next, statement });
                    self.ends.0 = next;
                } else {
                    forced.after.insert(0, Step { from: next, to: here, statement });
                    self.ends.1 = next;
                }
            }
        }
        Ok(Some(forced))
    }

    /// The first two ways on from an end.
    fn first_ways(
        &self,
        end: EntityIx,
        direction: Direction,
        budget: &mut Budget,
    ) -> Result<Vec<(EntityIx, StatementIx)>, OutOfBudget> {
        let mut ways = Vec::new();
        for neighbor in self.snapshot.each_neighbor(end, direction) {
            budget.spend()?;
            if neighbor.entity == end || !self.may_enter(neighbor.entity) {
                continue;
            }
            ways.extend(self.snapshot.best_statement(&neighbor, self.via).map(|it| (neighbor.entity, it)));
            if ways.len() == 2 {
                break;
            }
        }
        Ok(ways)
    }

    /// The first walks between the ends as they are now.
    fn walks(&self, n_hops_max: usize, n_max: usize, budget: &mut Budget) -> Result<Vec<Path>, OutOfBudget> {
        let (from, to) = self.ends;
        if from == to {
            return Ok(vec![Path { entities: vec![from], statements: Vec::new() }]);
        }
        if n_hops_max == 0 {
            return Ok(Vec::new());
        }
        let mut ahead = Half::new(from, to, self.via.direction, true);
        let mut back = Half::new(to, from, self.via.direction.reversed(), false);
        // Whether both sides have reached the same entity, or an edge leads from one to the other.
        let mut have_met = false;
        loop {
            let n_hops = ahead.n_hops + back.n_hops + 1;
            let bridges = self.bridges(&ahead, &back, budget)?;
            // A side that cannot go on has met every step of every walk.
            let is_all = n_hops >= n_hops_max || ahead.edge.is_empty() || back.edge.is_empty();
            let mut walks = Vec::new();
            if have_met || !bridges.is_empty() {
                let steps = useful_steps(&ahead, &back, bridges);
                let n_hops = if is_all { n_hops_max } else { n_hops };
                walks = ranked(self.snapshot, steps, self.ends, n_hops, n_max, budget)?;
            }
            if is_all || walks.len() == n_max {
                return Ok(walks);
            }
            let is_ahead_nearer = self.cost(&ahead) <= self.cost(&back);
            let (near, far) = if is_ahead_nearer { (&mut ahead, &back) } else { (&mut back, &ahead) };
            have_met |= self.advance(near, far, budget)?;
        }
    }

    /// How many edges the next step of this side has to look at.
    fn cost(&self, half: &Half) -> usize {
        half.edge.iter().map(|entity| self.snapshot.n_runs(*entity, half.direction)).sum()
    }

    /// Goes one step further. Says whether it came upon an entity that the other side has reached.
    fn advance(&self, half: &mut Half, other: &Half, budget: &mut Budget) -> Result<bool, OutOfBudget> {
        half.n_hops += 1;
        let mut have_met = false;
        for entity in std::mem::take(&mut half.edge) {
            for neighbor in self.snapshot.each_neighbor(entity, half.direction) {
                budget.spend()?;
                let next = neighbor.entity;
                if next == entity || !self.may_enter(next) {
                    continue;
                }
                let Some(statement) = self.snapshot.best_statement(&neighbor, self.via) else { continue };
                half.steps.push(half.step(entity, next, statement));
                if next == half.goal {
                    have_met = true;
                    continue;
                }
                if let Entry::Vacant(place) = half.reached.entry(next) {
                    place.insert(half.n_hops);
                    half.edge.push(next);
                    have_met |= other.reached.contains_key(&next);
                }
            }
        }
        Ok(have_met)
    }

    /// The steps from the edge of the one half to the edge of the other, which neither has gone yet.
    fn bridges(&self, ahead: &Half, back: &Half, budget: &mut Budget) -> Result<Vec<Step>, OutOfBudget> {
        let cost = |near: &Half, far: &Half| -> usize {
            let cost = |entity| self.snapshot.n_runs(entity, near.direction).min(far.edge.len());
            near.edge.iter().map(|entity| cost(*entity)).sum()
        };
        let (near, far) = if cost(ahead, back) <= cost(back, ahead) { (ahead, back) } else { (back, ahead) };
        let mut bridges = Vec::new();
        for entity in &near.edge {
            let mut cross = |neighbor: &Neighbor| {
                let statement = self.snapshot.best_statement(neighbor, self.via);
                bridges.extend(statement.map(|it| near.step(*entity, neighbor.entity, it)));
            };
            if self.snapshot.n_runs(*entity, near.direction) <= far.edge.len() {
                for neighbor in self.snapshot.each_neighbor(*entity, near.direction) {
                    budget.spend()?;
                    if neighbor.entity != *entity && far.is_at_edge(neighbor.entity) {
                        cross(&neighbor);
                    }
                }
            } else {
                for other in far.edge.iter().filter(|other| *other != entity) {
                    budget.spend()?;
                    self.snapshot.neighbor(*entity, *other, near.direction).iter().for_each(&mut cross);
                }
            }
        }
        Ok(bridges)
    }

    fn may_enter(&self, entity: EntityIx) -> bool {
        entity == self.ends.0
            || entity == self.ends.1
            || (self.snapshot.is_passable(entity, self.via) && !self.passed.contains(&entity))
    }
}

impl Half {
    fn new(end: EntityIx, goal: EntityIx, direction: Direction, is_ahead: bool) -> Self {
        let reached = FxHashMap::from_iter([(end, 0)]);
        Self { reached, edge: vec![end], n_hops: 0, steps: Vec::new(), goal, direction, is_ahead }
    }

    /// The step from an entity of this half to the next, in the direction of the walk.
    fn step(&self, entity: EntityIx, next: EntityIx, statement: StatementIx) -> Step {
        let (from, to) = if self.is_ahead { (entity, next) } else { (next, entity) };
        Step { from, to, statement }
    }

    fn is_at_edge(&self, entity: EntityIx) -> bool {
        self.reached.get(&entity) == Some(&self.n_hops)
    }

    fn has_left(&self, entity: EntityIx) -> bool {
        self.reached.get(&entity).is_some_and(|n_hops| *n_hops < self.n_hops)
    }
}

/// The steps of both halves and between them, each once, without those to an edge from which none goes on: most steps
/// at a hub lead nowhere.
fn useful_steps(ahead: &Half, back: &Half, bridges: Vec<Step>) -> Vec<Step> {
    let ends: FxHashSet<_> = bridges.iter().flat_map(|step| [step.from, step.to]).collect();
    let goes_on = |half: &Half, other: &Half, entity| {
        entity == half.goal || half.has_left(entity) || ends.contains(&entity) || other.reached.contains_key(&entity)
    };
    let first = ahead.steps.iter().filter(|step| goes_on(ahead, back, step.to));
    let last = back.steps.iter().filter(|step| !ahead.has_left(step.from) && goes_on(back, ahead, step.from));
    first.chain(last).copied().chain(bridges).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::StatementRow;
    use crate::graph::tangle::{N_IN_TANGLE, in_tangle, tangle, threads};
    use crate::graph::world::{World, world};
    use crate::model::{Basis, EntityKind};
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::HashMap;

    fn told(world: &World, from: &str, to: &str, n_hops_max: usize, n_max: usize) -> Vec<String> {
        let ends = (world.entity(from), world.entity(to));
        let budget = &mut Budget::new(100_000);
        let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), n_hops_max, n_max, budget);
        let told = |path: Path| path.entities.iter().map(|ix| world.snapshot.slug(*ix)).collect::<Vec<_>>().join(" ");
        paths.expect("within the budget").into_iter().map(told).collect()
    }

    #[test]
    fn shorter_ones_come_first_then_better_cited_ones_then_by_name() {
        let world = world(
            "organization/a -SUPPORTS x1-> law/l; organization/b -SUPPORTS-> law/l; \
             organization/a -ASSERTS x2-> claim/c; organization/b -DISPUTES x3-> claim/c; \
             organization/a -CITES x4-> study/s; organization/b -CITES-> study/s; organization/b -FUNDED x1-> study/s; \
             organization/a -WORKS_WITH-> organization/z; organization/z -WORKS_WITH-> organization/y; \
             organization/y -WORKS_WITH-> organization/b",
        );
        let all = ["a s b", "a c b", "a l b", "a z y b"];
        assert_eq!(told(&world, "organization/a", "organization/b", 6, 50), all);
        assert_eq!(told(&world, "organization/a", "organization/b", 6, 2), all[..2]);
        assert_eq!(told(&world, "organization/a", "organization/b", 2, 50), all[..3]);
        assert_eq!(told(&world, "organization/a", "organization/b", 1, 50), [""; 0]);
        assert_eq!(told(&world, "organization/a", "organization/a", 6, 50), ["a"]);
        assert_eq!(told(&world, "organization/a", "organization/b", 6, 0), [""; 0]);
    }

    #[test]
    fn an_end_with_one_way_on_is_not_looked_for_behind_a_hub() {
        let members = (0..300).flat_map(|i| {
            [format!("organization/o{i} -ABOUT-> topic/hub"), format!("organization/o{i} -ABOUT-> topic/t{}", i % 20)]
        });
        let ends = ["organization/a -ABOUT-> topic/hub", "organization/b -ABOUT-> topic/hub"].map(str::to_owned);
        let text = members.chain(ends).collect::<Vec<_>>().join(";");
        let world = world(&text);
        let ends = (world.entity("organization/a"), world.entity("organization/b"));
        let budget = &mut Budget::new(10);
        let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 5, budget);
        assert_eq!(paths.map(|paths| paths.len()), Ok(1));
        let spent = &mut Budget::new(3);
        assert_eq!(world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 5, spent), Err(OutOfBudget));
    }

    #[test]
    fn hubs_are_crossed_without_a_look_at_all_they_are_joined_with() {
        let members = (0..800).map(|i| format!("organization/o{i} -ABOUT-> topic/hub{}", i % 4));
        let ends = [
            "organization/a -ABOUT-> topic/hub0; organization/a -ABOUT-> topic/hub1; topic/hub0 -ABOUT-> topic/hub2",
            "organization/b -ABOUT-> topic/hub2; organization/b -ABOUT-> topic/hub3; topic/hub1 -ABOUT x2-> topic/hub3",
        ];
        let world = world(&members.chain(ends.map(str::to_owned)).collect::<Vec<_>>().join(";"));
        let ends = (world.entity("organization/a"), world.entity("organization/b"));
        let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), 6, 2, &mut Budget::new(40));
        let through = |path: Path| world.snapshot.slug(path.entities[1]).to_owned();
        let through: Vec<_> = paths.expect("the hubs have 200 neighbors each").into_iter().map(through).collect();
        assert_eq!(through, ["hub1", "hub0"]);
    }

    /// Every walk without a loop, found by trying them all, in the order that is promised.
    fn naive(world: &World, from: EntityIx, to: EntityIx, via: &Traversal, n_hops_max: usize) -> Vec<Path> {
        let mut done = Vec::new();
        let mut open = vec![Path { entities: vec![from], statements: Vec::new() }];
        while let Some(path) = open.pop() {
            let here = path.entities[path.entities.len() - 1];
            if here == to {
                done.push(path);
                continue;
            }
            let is_passable = |it| via.kinds.as_ref().is_none_or(|kinds| kinds.contains(&world.snapshot.kind(it)));
            if path.statements.len() == n_hops_max || (here != from && !is_passable(here)) {
                continue;
            }
            let mut ways: HashMap<EntityIx, Vec<StatementIx>> = HashMap::new();
            for ix in world.statements() {
                let StatementRow { subject, object, basis, .. } = *world.snapshot.statement(ix);
                let is_out = subject == here && via.direction != Direction::In;
                let is_in = object == here && via.direction != Direction::Out;
                let next = if subject == here { object } else { subject };
                let is_usable = via.basis.is_none_or(|wanted| wanted == basis);
                if (is_out || is_in) && is_usable && !path.entities.contains(&next) {
                    ways.entry(next).or_default().push(ix);
                }
            }
            for (next, mut statements) in ways {
                statements.sort_by_key(|ix| (Reverse(world.snapshot.statement(*ix).n_citations), *ix));
                let mut longer = path.clone();
                longer.entities.push(next);
                longer.statements.push(statements[0]);
                open.push(longer);
            }
        }
        done.sort_by_key(|path| {
            let n_citations: u32 = path.statements.iter().map(|ix| world.snapshot.statement(*ix).n_citations).sum();
            (path.statements.len(), Reverse(n_citations), path.entities.clone())
        });
        done
    }

    fn traversal() -> impl Strategy<Value = Traversal> {
        let kinds = prop::option::weighted(0.2, Just(vec![EntityKind::Organization]));
        let basis = prop::option::weighted(0.7, Just(Basis::Stated));
        let directions = [Direction::Both, Direction::Both, Direction::Out, Direction::In];
        (kinds, basis, 0..4usize).prop_map(move |(kinds, basis, direction)| Traversal {
            kinds,
            basis,
            direction: directions[direction],
            ..Traversal::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn the_walks_are_the_first_of_all_walks(
            threads in threads(30),
            ends in (0..2 * N_IN_TANGLE, 0..2 * N_IN_TANGLE),
            via in traversal(),
            (n_hops_max, n_max) in (0..8usize, 1..60usize),
        ) {
            let world = tangle(&threads);
            let (from, to) = (world.entity(&in_tangle(ends.0)), world.entity(&in_tangle(ends.1)));
            let mut all = naive(&world, from, to, &via, n_hops_max);
            let found = |n_max| {
                let budget = &mut Budget::new(1_000_000);
                world.snapshot.shortest_paths((from, to), &via, n_hops_max, n_max, budget).expect("within the budget")
            };
            all.truncate(n_max);
            prop_assert_eq!(found(n_max), all.clone());
            all.truncate(1);
            prop_assert_eq!(found(1), all);
        }

        /// With only the statements along it a walk is found again, as the first; without them all it is not; without
        /// any other one it is where it was, or further in front.
        #[test]
        fn a_walk_rests_on_the_statements_along_it(
            threads in threads(14),
            ends in (0..N_IN_TANGLE, 0..N_IN_TANGLE),
            place in 0..3usize,
        ) {
            let world = tangle(&threads);
            let walks = |world: &World| {
                let ends = (world.entity(&in_tangle(ends.0)), world.entity(&in_tangle(ends.1)));
                let budget = &mut Budget::new(10_000);
                let paths = world.snapshot.shortest_paths(ends, &Traversal::default(), 6, place + 1, budget);
                let ids = |path: Path| path.statements.iter().map(|ix| world.snapshot.statement(*ix).id).collect();
                paths.expect("within the budget").into_iter().map(ids).collect::<Vec<Vec<_>>>()
            };
            let Some(found) = walks(&world).pop() else { return Ok(()) };
            let is_listed = |ix| found.contains(&world.snapshot.statement(ix).id);
            prop_assert_eq!(&walks(&world.only(is_listed))[0], &found);
            if ends.0 != ends.1 {
                prop_assert!(!walks(&world.only(|ix| !is_listed(ix))).contains(&found));
            }
            for unlisted in world.statements().filter(|ix| !is_listed(*ix)) {
                prop_assert!(walks(&world.only(|ix| ix != unlisted)).contains(&found));
            }
        }
    }
}

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
mod tests;

//! What ties several entities together: a small tree that joins them.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::traversal::{Budget, OutOfBudget, Traversal};
use super::{Direction, EntityIx, Neighbor, Snapshot, StatementIx};

/// A tree that joins entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteinerTree {
    /// The joined ones as they were given, then those in between in their order.
    pub entities: Vec<EntityIx>,
    /// One for each edge of the tree: the best cited that may be used. In their order.
    pub statements: Vec<StatementIx>,
    /// All statements that may be used along its edges: what it rests on. In their order.
    pub reasons: Vec<StatementIx>,
    /// Which of the given ones are not in the tree, as they were given.
    pub unconnected: Vec<EntityIx>,
}

impl Snapshot {
    /// A tree of few statements that joins `terminals`, whichever way the statements lead (the direction of `via` is
    /// not looked at). All its leaves are terminals. Where not all can be joined by walks of at most `n_hops_max` steps
    /// from one to the next, it joins the largest group that can; of as large ones that of the terminal given first.
    ///
    /// Mehlhorn's approximation (1988) of the Steiner tree, with at most 2 (1 − 1/l) times the fewest possible edges, l
    /// being the number of leaves of a smallest tree: a breadth-first search from all terminals at once gives each
    /// entity to the nearest; edges between the regions of two terminals make walks between these; the shortest that
    /// join all terminals (Kruskal 1956) make the tree. Of equally short ways the one with more citations is taken, then
    /// the first by kind and name. Deviation: the search stops as soon as no longer walk can matter, so that the cost
    /// grows with what is found, not with the graph; that of `rustworkx-core` works out all distances first. O(edges within
    /// half the longest walk of the tree · log).
    ///
    /// # Errors
    /// When the budget is spent before it is found.
    pub fn steiner_tree(
        &self,
        terminals: &[EntityIx],
        via: &Traversal,
        n_hops_max: usize,
        budget: &mut Budget,
    ) -> Result<SteinerTree, OutOfBudget> {
        let mut growth = Growth::new(self, via, terminals);
        for n_hops in 0.. {
            if growth.is_done() || 2 * n_hops + 1 > n_hops_max {
                break;
            }
            let joins = growth.joins_at_edge(n_hops, budget)?;
            growth.join(joins);
            if growth.is_done() || 2 * n_hops + 2 > n_hops_max {
                break;
            }
            let joins = growth.advance(n_hops, budget)?;
            growth.join(joins);
        }
        Ok(growth.tree())
    }
}

/// How the nearest terminal is reached from an entity.
#[derive(Debug, Clone, Copy)]
struct Reached {
    /// Which terminal, by its place.
    terminal: usize,
    /// Of all statements on the way.
    n_citations: u64,
    /// The next entity on the way, and the statement that leads there; `None` for a terminal.
    back: Option<(EntityIx, StatementIx)>,
}

/// A walk between two terminals by an edge between their regions. Ordered by which is taken first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Join {
    n_hops: usize,
    n_citations: Reverse<u64>,
    from: EntityIx,
    to: EntityIx,
    statement: StatementIx,
}

/// The regions of the terminals as they grow, and what was joined so far.
struct Growth<'a> {
    snapshot: &'a Snapshot,
    via: &'a Traversal,
    terminals: Vec<EntityIx>,
    reached: FxHashMap<EntityIx, Reached>,
    /// The outermost entities of all regions.
    edge: Vec<EntityIx>,
    /// Of each terminal the group that it has been joined to: the first place in it.
    groups: Vec<usize>,
    taken: Vec<Join>,
}

impl<'a> Growth<'a> {
    fn new(snapshot: &'a Snapshot, via: &'a Traversal, given: &[EntityIx]) -> Self {
        let (mut terminals, mut reached) = (Vec::new(), FxHashMap::default());
        for terminal in given {
            reached.entry(*terminal).or_insert_with(|| {
                terminals.push(*terminal);
                Reached { terminal: terminals.len() - 1, n_citations: 0, back: None }
            });
        }
        let groups = (0..terminals.len()).collect();
        Self { snapshot, via, edge: terminals.clone(), terminals, reached, groups, taken: Vec::new() }
    }

    /// Whether no further walk can join anything: fewer than two groups still grow.
    fn is_done(&self) -> bool {
        let mut growing = self.edge.iter().map(|entity| self.groups[self.reached[entity].terminal]);
        let first = growing.next();
        growing.all(|group| Some(group) == first)
    }

    /// The walks by an edge between two of the outermost entities, `n_hops` from their terminals each.
    fn joins_at_edge(&self, n_hops: usize, budget: &mut Budget) -> Result<Vec<Join>, OutOfBudget> {
        let place: FxHashMap<_, _> = self.edge.iter().zip(0..).map(|(entity, i)| (*entity, i)).collect();
        let mut joins = Vec::new();
        for (entity, i) in self.edge.iter().zip(0..) {
            let mut look_at = |neighbor: &Neighbor| {
                let is_apart = self.reached[entity].terminal != self.reached[&neighbor.entity].terminal;
                let statement = is_apart.then(|| self.snapshot.best_statement(neighbor, self.via)).flatten();
                joins.extend(statement.map(|ix| self.walk(2 * n_hops + 1, *entity, neighbor.entity, ix)));
            };
            // Each two once.
            if self.snapshot.n_runs(*entity, Direction::Both) <= self.edge.len() - i {
                for neighbor in self.snapshot.each_neighbor(*entity, Direction::Both) {
                    budget.spend()?;
                    if place.get(&neighbor.entity).is_some_and(|other| *other > i) {
                        look_at(&neighbor);
                    }
                }
            } else {
                for other in &self.edge[i + 1..] {
                    budget.spend()?;
                    self.snapshot.neighbor(*entity, *other, Direction::Both).iter().for_each(&mut look_at);
                }
            }
        }
        Ok(joins)
    }

    /// Lets all regions grow a step. Gives the walks by an edge from one of the outermost entities, `n_hops` from its
    /// terminal, to an entity that another region has got.
    fn advance(&mut self, n_hops: usize, budget: &mut Budget) -> Result<Vec<Join>, OutOfBudget> {
        let mut ways = Vec::new();
        for entity in std::mem::take(&mut self.edge) {
            for neighbor in self.snapshot.each_neighbor(entity, Direction::Both) {
                budget.spend()?;
                let next = neighbor.entity;
                if self.reached.contains_key(&next) || !self.snapshot.is_passable(next, self.via) {
                    continue;
                }
                let Some(statement) = self.snapshot.best_statement(&neighbor, self.via) else { continue };
                let n_citations = self.reached[&entity].n_citations + self.n_citations(statement);
                ways.push((next, Reverse(n_citations), entity, statement));
            }
        }
        ways.sort_unstable();
        let mut joins = Vec::new();
        for ways in ways.chunk_by(|a, b| a.0 == b.0) {
            let (entity, Reverse(n_citations), back, statement) = ways[0];
            let terminal = self.reached[&back].terminal;
            self.reached.insert(entity, Reached { terminal, n_citations, back: Some((back, statement)) });
            self.edge.push(entity);
            let others = ways.iter().filter(|(_, _, other, _)| self.reached[other].terminal != terminal);
            joins.extend(others.map(|(_, _, other, statement)| self.walk(2 * n_hops + 2, *other, entity, *statement)));
        }
        Ok(joins)
    }

    fn walk(&self, n_hops: usize, a: EntityIx, b: EntityIx, statement: StatementIx) -> Join {
        let to_terminals = self.reached[&a].n_citations + self.reached[&b].n_citations;
        let n_citations = Reverse(to_terminals + self.n_citations(statement));
        Join { n_hops, n_citations, from: a.min(b), to: a.max(b), statement }
    }

    fn n_citations(&self, statement: StatementIx) -> u64 {
        self.snapshot.brief(statement).n_citations.into()
    }

    /// Takes those walks that join what was apart; all that are shorter have been offered before.
    fn join(&mut self, mut joins: Vec<Join>) {
        joins.sort_unstable();
        for join in joins {
            let [a, b] = [join.from, join.to].map(|end| self.groups[self.reached[&end].terminal]);
            if a != b {
                self.groups.iter_mut().filter(|group| **group == a.max(b)).for_each(|group| *group = a.min(b));
                self.taken.push(join);
            }
        }
    }

    /// The tree of the largest group. Its walks share what they share: within a region they follow the same ways back.
    fn tree(self) -> SteinerTree {
        let size = |group| self.groups.iter().filter(|it| **it == group).count();
        let largest = (0..self.groups.len()).min_by_key(|group| (Reverse(size(*group)), *group)).unwrap_or_default();
        let is_joined = |entity| self.groups[self.reached[&entity].terminal] == largest;
        let (mut between, mut statements) = (Vec::new(), Vec::new());
        for join in self.taken.iter().filter(|join| is_joined(join.from)) {
            statements.push(join.statement);
            for end in [join.from, join.to] {
                between.push(end);
                let way = std::iter::successors(self.reached[&end].back, |(next, _)| self.reached[next].back);
                for (next, statement) in way {
                    between.push(next);
                    statements.push(statement);
                }
            }
        }
        statements.sort_unstable();
        statements.dedup();
        between.sort_unstable();
        between.dedup();
        between.retain(|entity| self.reached[entity].back.is_some());
        let (mut entities, unconnected): (Vec<_>, Vec<_>) = self.terminals.iter().partition(|it| is_joined(**it));
        entities.extend(between);
        let either_way = Traversal { direction: Direction::Both, ..self.via.clone() };
        let reasons = self.snapshot.statements_beside(&statements, &either_way);
        SteinerTree { entities, statements, reasons, unconnected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::tangle::{N_IN_TANGLE, in_tangle, tangle, threads, traversals};
    use crate::graph::world::{World, world};
    use crate::model::Basis;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn tree(world: &World, terminals: &[EntityIx], n_hops_max: usize) -> SteinerTree {
        let via = Traversal::default();
        world.snapshot.steiner_tree(terminals, &via, n_hops_max, &mut Budget::new(100_000)).expect("within the budget")
    }

    #[test]
    fn the_tree_says_what_ties_them_together_and_what_it_could_not_tie() {
        let world = world(
            "organization/a -SUPPORTS-> law/l; organization/b -OPPOSES-> law/l; law/l -RESTS_ON-> claim/c; study/s -BACKS-> claim/c; \
             organization/a -ABOUT-> topic/t; organization/b -ABOUT-> topic/t; study/s -ABOUT-> topic/u; \
             organization/x -WORKS_WITH-> organization/y",
        );
        let entities = |ids: &[&str]| ids.iter().map(|id| world.entity(id)).collect::<Vec<_>>();
        let three = entities(&["study/s", "organization/b", "organization/a"]);
        let found = tree(&world, &three, 6);
        assert_eq!(found.entities, entities(&["study/s", "organization/b", "organization/a", "law/l", "claim/c"]));
        let told: Vec<_> = found.statements.iter().map(|ix| world.told(*ix)).collect();
        assert_eq!(told, ["a SUPPORTS l", "b OPPOSES l", "s BACKS c", "l RESTS_ON c"]);
        assert_eq!(found.unconnected, []);

        let apart = entities(&["organization/x", "organization/b", "organization/a", "study/s"]);
        assert_eq!(tree(&world, &apart, 2).entities, entities(&["organization/b", "organization/a", "law/l"]));
        assert_eq!(tree(&world, &apart, 2).unconnected, entities(&["organization/x", "study/s"]));
        let alone = tree(&world, &entities(&["organization/x", "organization/b"]), 10);
        assert_eq!((alone.entities, alone.statements.len()), (entities(&["organization/x"]), 0));
        let spent = &mut Budget::new(2);
        assert_eq!(world.snapshot.steiner_tree(&apart, &Traversal::default(), 6, spent), Err(OutOfBudget));
    }

    type Adjacency = BTreeMap<EntityIx, BTreeSet<EntityIx>>;

    /// For each entity those next to it, by stated statements.
    fn adjacency(world: &World) -> Adjacency {
        let mut next = Adjacency::new();
        for row in world.statements().map(|ix| world.snapshot.statement(ix)).filter(|row| row.basis == Basis::Stated) {
            next.entry(row.subject).or_default().insert(row.object);
            next.entry(row.object).or_default().insert(row.subject);
        }
        next
    }

    /// What can be reached from `start` within `among` in at most `n_hops_max` steps.
    fn reach(
        next: &Adjacency,
        start: EntityIx,
        among: &dyn Fn(EntityIx) -> bool,
        n_hops_max: usize,
    ) -> BTreeSet<EntityIx> {
        let mut reached = BTreeSet::from([start]);
        for _ in 0..n_hops_max {
            let further: Vec<_> = reached.iter().flat_map(|it| &next[it]).copied().filter(|it| among(*it)).collect();
            reached.extend(further);
        }
        reached
    }

    /// The fewest edges of a tree that joins the terminals: of every choice of others it is seen whether it joins them.
    fn optimum(world: &World, terminals: &[EntityIx]) -> Option<usize> {
        let others: Vec<_> =
            (0..N_IN_TANGLE).map(|i| world.entity(&in_tangle(i))).filter(|it| !terminals.contains(it)).collect();
        let next = adjacency(world);
        let joined = |choice: u32| {
            let among = |entity| {
                let i = others.iter().position(|other| *other == entity);
                terminals.contains(&entity) || i.is_some_and(|i| choice >> i & 1 == 1)
            };
            let reached = reach(&next, terminals[0], &among, 20);
            terminals.iter().all(|terminal| reached.contains(terminal)).then(|| reached.len() - 1)
        };
        (0..1 << others.len()).filter_map(joined).min()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn the_tree_is_at_most_twice_the_smallest(
            threads in threads(18),
            of in prop::collection::btree_set(0..N_IN_TANGLE, 4..6),
        ) {
            let world = tangle(&threads);
            let terminals: Vec<_> = of.iter().map(|i| world.entity(&in_tangle(*i))).collect();
            let found = tree(&world, &terminals, 20);
            let reachable = reach(&adjacency(&world), terminals[0], &|_| true, 20);
            let optimum = if terminals.iter().all(|it| reachable.contains(it)) { optimum(&world, &terminals) } else { None };
            prop_assert_eq!(found.unconnected.is_empty(), optimum.is_some());
            if let Some(optimum) = optimum {
                let n = found.statements.len();
                prop_assert!(n >= optimum && n * terminals.len() <= 2 * (terminals.len() - 1) * optimum, "{n} for {optimum}");
            }
        }

        /// Whatever the limit: a tree, with terminals for leaves, of the largest group of those that are near enough.
        #[test]
        fn what_is_near_enough_is_joined_by_a_tree(
            threads in threads(24),
            of in prop::collection::vec(0..2 * N_IN_TANGLE, 2..7),
            n_hops_max in 0..7usize,
        ) {
            let world = tangle(&threads);
            let mut terminals: Vec<_> = of.iter().map(|i| world.entity(&in_tangle(*i))).collect();
            let found = tree(&world, &terminals, n_hops_max);
            terminals.sort();
            terminals.dedup();

            let next = adjacency(&world);
            let group = |start| {
                let mut group = BTreeSet::from([start]);
                for _ in &terminals {
                    let near: Vec<_> = group.iter().flat_map(|it| reach(&next, *it, &|_| true, n_hops_max)).collect();
                    group.extend(near.into_iter().filter(|it| terminals.contains(it)));
                }
                group
            };
            let joined: BTreeSet<_> = terminals.iter().copied().filter(|it| found.entities.contains(it)).collect();
            let largest = terminals.iter().map(|it| group(*it).len()).max();
            prop_assert_eq!(largest, Some(joined.len()));
            prop_assert_eq!(&group(found.entities[0]), &joined);
            prop_assert_eq!(found.unconnected.len(), terminals.len() - joined.len());

            prop_assert_eq!(found.entities.len(), found.statements.len() + 1);
            let only = world.only(|ix| found.statements.contains(&ix));
            if !found.statements.is_empty() {
                let tied = adjacency(&only);
                prop_assert!(found.entities.iter().all(|it| tied[it].len() > 1 || joined.contains(it)));
                prop_assert!(found.entities.iter().all(|it| tied.contains_key(it)));
                prop_assert_eq!(reach(&tied, found.entities[0], &|_| true, 20).len(), found.entities.len());
            }
        }

        /// The reasons alone give the same tree; without them none has an edge of it. Without a statement that is not
        /// among them the tree may change, since which of equally short ways is taken depends on what else is near, but
        /// the same entities are joined.
        #[test]
        fn a_tree_rests_on_its_reasons(
            threads in threads(14),
            of in prop::collection::btree_set(0..N_IN_TANGLE, 2..5),
            via in traversals(),
        ) {
            let world = tangle(&threads);
            let terminals: Vec<_> = of.iter().map(|i| world.entity(&in_tangle(*i))).collect();
            let tree = |world: &World| {
                let tree = world.snapshot.steiner_tree(&terminals, &via, 6, &mut Budget::new(100_000));
                tree.expect("within the budget")
            };
            let edges = |world: &World, tree: &SteinerTree| -> BTreeSet<_> {
                let rows = tree.statements.iter().map(|ix| world.snapshot.statement(*ix));
                rows.map(|row| (row.subject.min(row.object), row.subject.max(row.object))).collect()
            };
            let found = tree(&world);
            let is_listed = |ix| found.reasons.contains(&ix);
            prop_assert!(found.statements.iter().all(|ix| is_listed(*ix)));
            let alone = world.only(is_listed);
            let again = tree(&alone);
            prop_assert_eq!((&again.entities, &again.unconnected), (&found.entities, &found.unconnected));
            prop_assert_eq!(edges(&alone, &again), edges(&world, &found));
            let without = world.only(|ix| !is_listed(ix));
            prop_assert!(edges(&without, &tree(&without)).is_disjoint(&edges(&world, &found)));
            for unlisted in world.statements().filter(|ix| !is_listed(*ix)) {
                prop_assert_eq!(&tree(&world.only(|ix| ix != unlisted)).unconnected, &found.unconnected);
            }
        }
    }
}

//! The shortest walk from one entity to another.

use super::traversal::{Budget, OutOfBudget, Traversal};
use super::{EntityIx, Snapshot, StatementIx};

/// A walk: n entities and the n − 1 statements between them, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// From the first end to the last.
    pub entities: Vec<EntityIx>,
    /// The best cited one that may be used, for each step.
    pub statements: Vec<StatementIx>,
}

impl Snapshot {
    /// A shortest walk of at most `n_hops_max` steps, both ends included; from an entity to itself the empty one. Of
    /// several the best cited: the first of [`Snapshot::shortest_paths`].
    ///
    /// `None` when there is none.
    ///
    /// # Errors
    /// When the budget is spent before it is certain which it is.
    pub fn shortest_path(
        &self,
        from: EntityIx,
        to: EntityIx,
        via: &Traversal,
        n_hops_max: usize,
        budget: &mut Budget,
    ) -> Result<Option<Path>, OutOfBudget> {
        Ok(self.shortest_paths((from, to), via, n_hops_max, 1, budget)?.pop())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::graph::Direction;
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn walk(world: &World, from: &str, to: &str, via: &Traversal) -> Option<Vec<String>> {
        let (from, to) = (world.entity(from), world.entity(to));
        let path =
            world.snapshot.shortest_path(from, to, via, 6, &mut Budget::new(10_000)).expect("within the budget")?;
        assert_eq!(path.entities.len(), path.statements.len() + 1);
        Some(path.statements.iter().map(|ix| world.told(*ix)).collect())
    }

    #[test]
    fn a_walk_tells_the_statements_along_it() {
        let world = world(
            "organization/a -SUPPORTS-> law/l; organization/b -OPPOSES-> law/l; organization/b -ASSERTS-> claim/c; \
             study/s -BACKS-> claim/c; organization/z -ASSERTS-> claim/d",
        );
        let via = Traversal::default();
        let told = walk(&world, "organization/a", "study/s", &via).expect("connected");
        assert_eq!(told, ["a SUPPORTS l", "b OPPOSES l", "b ASSERTS c", "s BACKS c"]);
        assert_eq!(walk(&world, "organization/a", "claim/d", &via), None);
        assert_eq!(walk(&world, "claim/c", "claim/c", &via), Some(Vec::new()));
        let forwards = Traversal { direction: Direction::Out, ..Traversal::default() };
        assert_eq!(walk(&world, "organization/a", "study/s", &forwards), None);
        assert_eq!(walk(&world, "organization/a", "law/l", &forwards), Some(vec!["a SUPPORTS l".to_owned()]));
    }

    #[test]
    fn what_may_not_be_used_is_not_used() {
        use crate::model::EntityKind::{Claim, Law};
        use crate::model::Predicate::Supports;
        let world = world(
            "organization/a -SUPPORTS inferred-> law/l; organization/a -ASSERTS-> claim/c; organization/b -ASSERTS-> claim/c; \
             organization/b -SUPPORTS-> law/l",
        );
        let walk = |via: &Traversal| walk(&world, "organization/a", "law/l", via).map(|told| told.len());
        assert_eq!(walk(&Traversal::default()), Some(3), "what is inferred does not count");
        assert_eq!(walk(&Traversal { basis: None, ..Traversal::default() }), Some(1));
        assert_eq!(walk(&Traversal { kinds: Some(vec![Law, Claim]), ..Traversal::default() }), None);
        assert_eq!(walk(&Traversal { predicates: Some(vec![Supports]), ..Traversal::default() }), None);
        let spent = &mut Budget::new(1);
        let (a, l) = (world.entity("organization/a"), world.entity("law/l"));
        assert_eq!(world.snapshot.shortest_path(a, l, &Traversal::default(), 6, spent), Err(OutOfBudget));
    }

    /// The length of a shortest walk by plain breadth-first search over the statements.
    fn naive(world: &World, from: EntityIx, to: EntityIx, direction: Direction) -> Option<usize> {
        let mut distance = HashMap::from([(from, 0)]);
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(entity) = queue.pop_front() {
            let all =
                world.snapshot.all_statements(crate::graph::StatementOrder::Subject, crate::graph::Sort::Ascending);
            for row in all.iter().map(|ix| world.snapshot.statement(ix)) {
                let out = (row.subject == entity && direction != Direction::In).then_some(row.object);
                let into = (row.object == entity && direction != Direction::Out).then_some(row.subject);
                for next in out.into_iter().chain(into) {
                    if !distance.contains_key(&next) {
                        distance.insert(next, distance[&entity] + 1);
                        queue.push_back(next);
                    }
                }
            }
        }
        distance.get(&to).copied()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn a_walk_is_as_short_as_the_naive_one(
            edges in prop::collection::vec((0..12u8, 0..12u8), 1..30),
            ends in (0..12u8, 0..12u8),
            direction in 0..3usize,
        ) {
            let sentences = edges.iter().filter(|(a, b)| a != b);
            let text = sentences.map(|(a, b)| format!("organization/o{a} -WORKS_WITH-> organization/o{b}"));
            let all = (0..12).map(|i| format!("organization/o{i} -OPERATES_IN-> jurisdiction/j{i}"));
            let world = world(&text.chain(all).collect::<Vec<_>>().join(";"));
            let end = |i: u8| world.entity(&format!("organization/o{i}"));
            let direction = [Direction::Out, Direction::In, Direction::Both][direction];
            let via = Traversal { direction, ..Traversal::default() };
            let found = world.snapshot.shortest_path(end(ends.0), end(ends.1), &via, 20, &mut Budget::new(100_000)).expect("within the budget");
            prop_assert_eq!(found.as_ref().map(|path| path.statements.len()), naive(&world, end(ends.0), end(ends.1), direction));
            if let Some(path) = found {
                for (step, statement) in path.entities.windows(2).zip(&path.statements) {
                    let row = world.snapshot.statement(*statement);
                    let there = (row.subject, row.object) == (step[0], step[1]);
                    let back = (row.subject, row.object) == (step[1], step[0]);
                    let fits = match direction {
                        Direction::Out => there,
                        Direction::In => back,
                        Direction::Both => there || back,
                    };
                    prop_assert!(fits);
                }
            }
        }
    }
}

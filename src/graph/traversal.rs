//! Which statements a walk may use, and how far it may go.

use super::{Direction, EntityIx, Neighbor, Snapshot, StatementIx};
use crate::model::{Basis, Certainty, EntityKind, Predicate};

/// Which statements a walk may use; every part that is set must hold.
#[derive(Debug, Clone)]
pub struct Traversal {
    /// With one of these predicates.
    pub predicates: Option<Vec<Predicate>>,
    /// Through entities of these kinds; the ends of the walk may be of any.
    pub kinds: Option<Vec<EntityKind>>,
    /// From subject to object, the other way, or either.
    pub direction: Direction,
    /// Stated, or inferred; both when `None`.
    pub basis: Option<Basis>,
    /// At least this certain; statements whose certainty nobody judged do not count.
    pub min_certainty: Option<Certainty>,
}

impl Default for Traversal {
    /// Every stated statement, either way.
    fn default() -> Self {
        Self {
            predicates: None,
            kinds: None,
            direction: Direction::Both,
            basis: Some(Basis::Stated),
            min_certainty: None,
        }
    }
}

impl Traversal {
    /// The same with its lists in order and without repetitions, so that what means the same is written the same.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        fn tidy<T: Ord>(list: &mut Option<Vec<T>>) {
            if let Some(list) = list {
                list.sort_unstable();
                list.dedup();
            }
        }
        tidy(&mut self.predicates);
        tidy(&mut self.kinds);
        self
    }
}

/// How many steps of a walk may still be tried.
#[derive(Debug)]
pub struct Budget {
    n_left: usize,
}

/// A walk took more steps than it may, and gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the walk took more steps than it may")]
pub struct OutOfBudget;

impl Budget {
    /// So many.
    pub fn new(n_steps: usize) -> Self {
        Self { n_left: n_steps }
    }

    /// Takes one; `false` when none is left.
    pub(super) fn take(&mut self) -> bool {
        let any = self.n_left > 0;
        self.n_left = self.n_left.saturating_sub(1);
        any
    }

    /// Takes one.
    ///
    /// # Errors
    /// When none is left.
    pub(super) fn spend(&mut self) -> Result<(), OutOfBudget> {
        if self.take() { Ok(()) } else { Err(OutOfBudget) }
    }
}

impl Snapshot {
    /// The statement that stands for all those between an entity and its neighbor: the best cited of those that `via`
    /// may use; of equally cited ones the first. `None` when it may use none.
    pub(super) fn best_statement(&self, neighbor: &Neighbor, via: &Traversal) -> Option<StatementIx> {
        let usable = self.each_between(neighbor).filter(|ix| self.is_usable(*ix, via));
        usable.min_by_key(|ix| (std::cmp::Reverse(self.brief(*ix).n_citations), *ix))
    }

    /// Every statement that `via` may use between two entities that one of `statements` joins, in their order: what
    /// steps rest on for which the best cited statements stand. O(log n) each, and those between.
    pub fn statements_beside(&self, statements: &[StatementIx], via: &Traversal) -> Vec<StatementIx> {
        let direction = if via.direction == Direction::Both { Direction::Both } else { Direction::Out };
        let joined = statements.iter().filter_map(|ix| {
            let row = self.statement(*ix);
            self.neighbor(row.subject, row.object, direction)
        });
        let between = |neighbor: Neighbor| self.statements_between(&neighbor);
        let mut beside: Vec<_> = joined.flat_map(between).filter(|ix| self.is_usable(*ix, via)).collect();
        beside.sort_unstable();
        beside.dedup();
        beside
    }

    /// Whether a walk may pass through `entity`.
    pub(super) fn is_passable(&self, entity: EntityIx, via: &Traversal) -> bool {
        via.kinds.as_ref().is_none_or(|kinds| kinds.contains(&self.kind(entity)))
    }

    /// Whether a walk may use `statement`, whichever way.
    pub(super) fn is_usable(&self, statement: StatementIx, via: &Traversal) -> bool {
        let row = self.brief(statement);
        via.predicates.as_ref().is_none_or(|predicates| predicates.contains(&row.predicate))
            && via.basis.is_none_or(|basis| row.basis == basis)
            // Certainties are ordered from the highest down.
            && via.min_certainty.is_none_or(|least| row.certainty.is_some_and(|certainty| certainty <= least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;

    #[test]
    fn a_walk_uses_what_is_certain_enough() {
        let world = world(
            "organization/a -ASSERTS HIGH-> claim/high; organization/a -ASSERTS MODERATE-> claim/moderate; \
             organization/a -ASSERTS LOW-> claim/low; organization/a -ASSERTS VERY_LOW-> claim/very-low; \
             organization/a -ASSERTS-> claim/unjudged; organization/a -ASSERTS inferred HIGH-> claim/inferred",
        );
        let all = world.snapshot.statements_of_subject(world.entity("organization/a"));
        let usable = |min_certainty| {
            let via = Traversal { min_certainty, ..Traversal::default() };
            let usable = all.iter().filter(|ix| world.snapshot.is_usable(**ix, &via));
            let mut objects: Vec<_> =
                usable.map(|ix| world.snapshot.slug(world.snapshot.statement(*ix).object)).collect();
            objects.sort_unstable();
            objects
        };
        assert_eq!(usable(None), ["high", "low", "moderate", "unjudged", "very-low"]);
        assert_eq!(usable(Some(Certainty::VeryLow)), ["high", "low", "moderate", "very-low"]);
        assert_eq!(usable(Some(Certainty::Moderate)), ["high", "moderate"]);
        assert_eq!(usable(Some(Certainty::High)), ["high"]);
    }

    #[test]
    fn a_step_rests_on_all_that_may_be_used_between_its_ends() {
        let world = world(
            "organization/a -WORKS_WITH x2-> organization/b; organization/a -WORKS_WITH 2025-> organization/b; \
             organization/b -MEMBER_OF-> organization/a; organization/b -WORKS_WITH inferred-> organization/a; \
             organization/a -MEMBER_OF-> organization/c",
        );
        let of_a = world.snapshot.statements_of_subject(world.entity("organization/a"));
        let best = of_a.iter().copied().find(|ix| world.told(*ix) == "a WORKS_WITH b").expect("it is told");
        let told = |via: Traversal| {
            let beside = world.snapshot.statements_beside(&[best], &via);
            beside.iter().map(|ix| world.told(*ix)).collect::<Vec<_>>()
        };
        let out = Traversal { direction: Direction::Out, ..Traversal::default() };
        assert_eq!(told(Traversal::default()), ["a WORKS_WITH b", "a WORKS_WITH b", "b MEMBER_OF a"]);
        assert_eq!(told(Traversal { direction: Direction::In, ..out.clone() }), ["a WORKS_WITH b"; 2]);
        assert_eq!(told(out), ["a WORKS_WITH b"; 2]);
    }
}

//! Neighbors: every entity next to one, whatever the predicates.

use super::{Direction, EntityIx, Snapshot, StatementIx};

/// An entity next to another, and the statements between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbor {
    /// The neighbor.
    pub entity: EntityIx,
    /// The first of the run of statements that lead to the neighbor.
    outgoing: Option<StatementIx>,
    /// The first of the run of statements that lead from the neighbor.
    incoming: Option<StatementIx>,
}

/// The statements from one entity to another, met on a walk from one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// The entity at the other end.
    pub(super) neighbor: EntityIx,
    /// The first of the statements.
    pub(super) first: StatementIx,
}

impl Snapshot {
    /// The runs of statements that leave `entity` in `direction`: first those from it, then those to it, each by the
    /// kind and name of the other end.
    pub(super) fn runs_at(&self, entity: EntityIx, direction: Direction) -> impl Iterator<Item = Run> + '_ {
        let [out, into] = self.rows(entity, direction);
        out.chain(into)
    }

    /// Every entity with a statement to or from `entity`, in the order of kind and name. A merge of two sorted rows,
    /// O(degree).
    pub fn neighbors(&self, entity: EntityIx, direction: Direction) -> Vec<Neighbor> {
        self.each_neighbor(entity, direction).collect()
    }

    /// The same one by one, for walks that may stop before the last.
    pub(super) fn each_neighbor(&self, entity: EntityIx, direction: Direction) -> impl Iterator<Item = Neighbor> + '_ {
        let [mut out, mut into] = self.rows(entity, direction).map(Iterator::peekable);
        std::iter::from_fn(move || {
            let next = [out.peek(), into.peek()].into_iter().flatten().map(|run| run.neighbor).min()?;
            let outgoing = out.next_if(|run| run.neighbor == next).map(|run| run.first);
            let incoming = into.next_if(|run| run.neighbor == next).map(|run| run.first);
            Some(Neighbor { entity: next, outgoing, incoming })
        })
    }

    /// What leads from `entity` to `other` in `direction`, without a look at what else is next to them; `None` when
    /// nothing does. O(log of the smaller degree).
    pub(super) fn neighbor(&self, entity: EntityIx, other: EntityIx, direction: Direction) -> Option<Neighbor> {
        let outgoing = (direction != Direction::In).then(|| self.first_statement(entity, other)).flatten();
        let incoming = (direction != Direction::Out).then(|| self.first_statement(other, entity)).flatten();
        (outgoing.is_some() || incoming.is_some()).then_some(Neighbor { entity: other, outgoing, incoming })
    }

    /// The first of the run of statements from `subject` to `object`, looked up in the shorter of the two rows it is in;
    /// `None` when there is none. O(log of the smaller degree).
    pub(super) fn first_statement(&self, subject: EntityIx, object: EntityIx) -> Option<StatementIx> {
        let (out, into) = (self.outgoing.neighbors_slice(subject.0), self.incoming.neighbors_slice(object.0));
        if out.len() <= into.len() {
            let i = out.binary_search(&object.0).ok()?;
            Some(self.outgoing.edges_slice(subject.0)[i])
        } else {
            let i = into.binary_search(&subject.0).ok()?;
            Some(self.incoming.edges_slice(object.0)[i])
        }
    }

    /// How many runs of statements leave `entity` in `direction`: what a look at all its neighbors costs. O(1).
    pub(super) fn n_runs(&self, entity: EntityIx, direction: Direction) -> usize {
        let out = if direction == Direction::In { 0 } else { self.outgoing.neighbors_slice(entity.0).len() };
        let into = if direction == Direction::Out { 0 } else { self.incoming.neighbors_slice(entity.0).len() };
        out + into
    }

    /// Those from `entity` and those to it, as far as `direction` wants them, each in the order of the other ends.
    fn rows(&self, entity: EntityIx, direction: Direction) -> [impl Iterator<Item = Run> + '_; 2] {
        let wanted = [(&self.outgoing, direction != Direction::In), (&self.incoming, direction != Direction::Out)];
        wanted.map(|(edges, is_wanted)| {
            let far = edges.neighbors_slice(entity.0).iter().zip(edges.edges_slice(entity.0));
            let runs = far.map(|(far, first)| Run { neighbor: EntityIx(*far), first: *first });
            runs.take(if is_wanted { usize::MAX } else { 0 })
        })
    }

    /// The statements between an entity and its neighbor: those that lead there, then those that lead back.
    pub fn statements_between(&self, neighbor: &Neighbor) -> Vec<StatementIx> {
        let mut between: Vec<_> = self.each_between(neighbor).collect();
        // A statement of an entity about itself is met on both ways.
        between.dedup();
        between
    }

    /// The statements from one entity to another, by predicate, then day. O(log of the smaller degree) for the first.
    pub(super) fn between(&self, from: EntityIx, to: EntityIx) -> impl Iterator<Item = StatementIx> + '_ {
        self.first_statement(from, to).into_iter().flat_map(|first| self.run(first))
    }

    /// The same one by one; those of an entity about itself twice.
    pub(super) fn each_between(&self, neighbor: &Neighbor) -> impl Iterator<Item = StatementIx> + '_ {
        [neighbor.outgoing, neighbor.incoming].into_iter().flatten().flat_map(|first| self.run(first))
    }

    /// The statements with the same ends as `first`, which is the first of them.
    pub(super) fn run(&self, first: StatementIx) -> impl Iterator<Item = StatementIx> + '_ {
        let mut next = Some(first.0);
        std::iter::from_fn(move || {
            let ix = StatementIx(next?);
            next = (!self.brief(ix).is_last).then_some(ix.0 + 1);
            Some(ix)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;

    #[test]
    fn parallel_statements_stay_distinct() {
        let world = world(
            "organization/a -SUPPORTS 2025-> law/l; organization/a -OPPOSES 2026-> law/l; organization/a -AUTHORED-> law/l; \
             organization/b -WORKS_WITH-> organization/a; organization/a -WORKS_WITH-> organization/b",
        );
        let a = world.entity("organization/a");
        let neighbors = world.snapshot.neighbors(a, Direction::Both);
        let found: Vec<_> = neighbors
            .iter()
            .map(|n| (world.snapshot.slug(n.entity), world.snapshot.statements_between(n).len()))
            .collect();
        assert_eq!(found, [("b", 2), ("l", 3)]);
        assert_eq!(world.snapshot.n_neighbors(a), 2);
        assert_eq!(world.snapshot.neighbors(a, Direction::In).len(), 1);
        assert_eq!(world.snapshot.counts().n_edges, 3);
        let both = world.snapshot.neighbor(a, world.entity("organization/b"), Direction::Both);
        assert_eq!(both.as_ref(), neighbors.first(), "looked up or met on the way: the same");
        assert_eq!(world.snapshot.neighbor(a, world.entity("law/l"), Direction::In), None);
    }
}

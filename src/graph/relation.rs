//! Typed relations: whom a predicate joins an entity with, and by which statements.

use std::iter::Peekable;

use super::{EntityIx, Snapshot, StatementIx, StatementRow};
use crate::model::{Basis, Predicate};

/// Which way statements are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From subject to object.
    Out,
    /// From object to subject.
    In,
    /// Either way.
    Both,
}

impl Direction {
    /// The other way; either way stays either way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Out => Self::In,
            Self::In => Self::Out,
            Self::Both => Self::Both,
        }
    }
}

/// The entities that one predicate joins with one entity, in the order of kind and name.
#[derive(Debug)]
pub struct Relation<'a> {
    related: Vec<Related<'a>>,
}

/// An entity at the far end, and the statements that are the reason.
#[derive(Debug, Clone, Copy)]
pub struct Related<'a> {
    /// The far end.
    pub entity: EntityIx,
    /// Those that lead there; of them and the next, at least one has the basis that was asked for.
    outgoing: &'a [StatementIx],
    /// Those that lead from there.
    incoming: &'a [StatementIx],
}

impl Snapshot {
    /// Whom `predicate` joins `entity` with in `direction`, counting only statements with `basis`, or all when it is
    /// `None`.
    ///
    /// O(log d + n), d being the number of the entity's statements and n those with the predicate.
    pub fn relation(
        &self,
        entity: EntityIx,
        predicate: Predicate,
        direction: Direction,
        basis: Option<Basis>,
    ) -> Relation<'_> {
        let none: &[StatementIx] = &[];
        let out = if direction == Direction::In { none } else { self.statements_of_subject(entity) };
        let into = if direction == Direction::Out { none } else { self.statements_of_object(entity) };
        let mut out = self.runs(out, predicate, |row| row.object);
        let mut into = self.runs(into, predicate, |row| row.subject);
        let mut related = Vec::new();
        while let Some(next) = [out.peek(), into.peek()].into_iter().flatten().map(|(far, _)| *far).min() {
            let outgoing = out.next_if(|(far, _)| *far == next).map_or(none, |(_, run)| run);
            let incoming = into.next_if(|(far, _)| *far == next).map_or(none, |(_, run)| run);
            let far = Related { entity: next, outgoing, incoming };
            if far.outgoing.iter().chain(incoming).any(|ix| self.has_basis(*ix, basis)) {
                related.push(far);
            }
        }
        Relation { related }
    }

    /// The statements with `predicate`, of those of one entity, by far end.
    fn runs<'a>(
        &'a self,
        statements: &'a [StatementIx],
        predicate: Predicate,
        far: fn(&StatementRow) -> EntityIx,
    ) -> Peekable<impl Iterator<Item = (EntityIx, &'a [StatementIx])>> {
        let far = move |ix: &StatementIx| far(self.statement(*ix));
        let runs = self.with_predicate(statements, predicate).chunk_by(move |a, b| far(a) == far(b));
        runs.map(move |run| (far(&run[0]), run)).peekable()
    }

    /// Those with `predicate`, of statements that are in the order of their predicates. O(log n).
    pub(super) fn with_predicate<'a>(&self, statements: &'a [StatementIx], predicate: Predicate) -> &'a [StatementIx] {
        let start = statements.partition_point(|ix| self.statement(*ix).predicate < predicate);
        let n = statements[start..].partition_point(|ix| self.statement(*ix).predicate == predicate);
        &statements[start..start + n]
    }

    pub(super) fn has_basis(&self, statement: StatementIx, basis: Option<Basis>) -> bool {
        basis.is_none_or(|basis| self.statement(statement).basis == basis)
    }
}

impl<'a> Relation<'a> {
    /// In the order of kind and name.
    pub fn related(&self) -> &[Related<'a>] {
        &self.related
    }
}

impl Related<'_> {
    /// The reasons with this basis, or all when it is `None`; never empty for the basis that was asked for.
    pub fn statements(&self, snapshot: &Snapshot, basis: Option<Basis>) -> Vec<StatementIx> {
        let all = self.outgoing.iter().chain(self.incoming).copied();
        all.filter(|ix| snapshot.has_basis(*ix, basis)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;

    #[test]
    fn a_relation_names_each_far_end_once_with_all_its_reasons() {
        let world = world(
            "law/a <-SUPPORTS- organization/z; law/a <-SUPPORTS 2025- organization/b; law/a <-SUPPORTS 2026- organization/b; law/a <-OPPOSES- organization/c",
        );
        let law = world.entity("law/a");
        let supporters = world.snapshot.relation(law, Predicate::Supports, Direction::In, None);
        let names: Vec<_> = supporters.related().iter().map(|r| world.snapshot.slug(r.entity)).collect();
        assert_eq!(names, ["b", "z"]);
        assert_eq!(supporters.related()[0].statements(&world.snapshot, None).len(), 2);
    }

    #[test]
    fn a_relation_can_be_read_both_ways() {
        let world = world("claim/b -NEGATES-> claim/a; claim/c -NEGATES-> claim/b; claim/b -NEGATES 2025-> claim/c");
        let b = world.entity("claim/b");
        let both = world.snapshot.relation(b, Predicate::Negates, Direction::Both, None);
        let found: Vec<_> = both
            .related()
            .iter()
            .map(|r| (world.snapshot.slug(r.entity), r.statements(&world.snapshot, None).len()))
            .collect();
        assert_eq!(found, [("a", 1), ("c", 2)]);
    }

    #[test]
    fn what_is_inferred_does_not_count_as_stated() {
        let world = world("organization/a -SUPPORTS inferred-> law/a; organization/b -SUPPORTS-> law/a");
        let law = world.entity("law/a");
        let n = |basis| world.snapshot.relation(law, Predicate::Supports, Direction::In, basis).related().len();
        assert_eq!((n(Some(Basis::Stated)), n(Some(Basis::Inferred)), n(None)), (1, 1, 2));
    }
}

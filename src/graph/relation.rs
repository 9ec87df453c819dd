//! Typed relations: whom a predicate joins an entity with, and by which statements.

use super::{EntityIx, Snapshot, StatementIx};
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
    /// At least one of them has the basis that was asked for.
    run: &'a [StatementIx],
}

impl Snapshot {
    /// Whom `predicate` joins `entity` with in `direction` ([`Direction::Both`] is no direction of a typed relation
    /// and gives the outgoing ones), counting only statements with `basis`, or all when it is `None`.
    ///
    /// O(log d + answer), d being the number of the entity's statements.
    pub fn relation(
        &self,
        entity: EntityIx,
        predicate: Predicate,
        direction: Direction,
        basis: Option<Basis>,
    ) -> Relation<'_> {
        let (statements, far): (_, fn(&Snapshot, StatementIx) -> EntityIx) = match direction {
            Direction::Out | Direction::Both => (self.statements_of_subject(entity), |s, ix| s.statement(ix).object),
            Direction::In => (self.statements_of_object(entity), |s, ix| s.statement(ix).subject),
        };
        let start = statements.partition_point(|ix| self.statement(*ix).predicate < predicate);
        let n = statements[start..].partition_point(|ix| self.statement(*ix).predicate == predicate);
        let related = statements[start..start + n]
            .chunk_by(|a, b| far(self, *a) == far(self, *b))
            .filter(|run| run.iter().any(|ix| self.has_basis(*ix, basis)))
            .map(|run| Related { entity: far(self, run[0]), run })
            .collect();
        Relation { related }
    }

    fn has_basis(&self, statement: StatementIx, basis: Option<Basis>) -> bool {
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
        self.run.iter().copied().filter(|ix| snapshot.has_basis(*ix, basis)).collect()
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
    fn what_is_inferred_does_not_count_as_stated() {
        let world = world("organization/a -SUPPORTS inferred-> law/a; organization/b -SUPPORTS-> law/a");
        let law = world.entity("law/a");
        let n = |basis| world.snapshot.relation(law, Predicate::Supports, Direction::In, basis).related().len();
        assert_eq!((n(Some(Basis::Stated)), n(Some(Basis::Inferred)), n(None)), (1, 1, 2));
    }
}

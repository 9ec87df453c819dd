//! Own words: which statements count as what their subjects themselves say or find.

use super::{Direction, EntityIx, Snapshot, StatementIx, StatementRow};
use crate::model::{Basis, Predicate, Voice};

impl StatementRow {
    /// Whether a source states it, and not as the word of a mere member of the subject. What is inferred nobody said, and
    /// a member does not speak for the whole.
    pub(super) fn is_own_word(&self) -> bool {
        self.basis == Basis::Stated && self.voice != Some(Voice::Member)
    }
}

impl Snapshot {
    /// Whether a statement counts: it is its subject's own word, and the subject no study that was retracted.
    pub(super) fn stands(&self, statement: StatementIx) -> bool {
        let row = self.statement(statement);
        row.is_own_word() && !self.is_retracted(row.subject)
    }

    /// Whom statements with `predicate` that count join `entity` with, as their subject (`Out`) or their object (`In`), by
    /// name.
    pub(super) fn stated_at(&self, entity: EntityIx, predicate: Predicate, direction: Direction) -> Vec<EntityIx> {
        let (all, far): (_, fn(&StatementRow) -> EntityIx) = match direction {
            Direction::Out => (self.statements_of_subject(entity), |row| row.object),
            _ => (self.statements_of_object(entity), |row| row.subject),
        };
        let mut joined: Vec<_> = self.stated_with(all, predicate).map(|ix| far(self.statement(ix))).collect();
        joined.dedup();
        joined
    }

    /// The statements with `predicate` from one entity to another that count. O(log of the smaller degree) for the first.
    pub(super) fn stated_of(
        &self,
        subject: EntityIx,
        predicate: Predicate,
        object: EntityIx,
    ) -> impl Iterator<Item = StatementIx> + '_ {
        let is_one = move |ix: &StatementIx| self.statement(*ix).predicate == predicate && self.stands(*ix);
        self.between(subject, object).filter(is_one)
    }

    /// Those with `predicate` that count, of statements that are in the order of their predicates. O(log n) for the first.
    pub(super) fn stated_with<'a>(
        &'a self,
        statements: &'a [StatementIx],
        predicate: Predicate,
    ) -> impl Iterator<Item = StatementIx> + 'a {
        self.with_predicate(statements, predicate).iter().copied().filter(|ix| self.stands(*ix))
    }
}

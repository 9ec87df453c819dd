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

    /// Whom own words with `predicate` join `entity` with, as their subject (`Out`) or their object (`In`), by name.
    pub(super) fn stated_at(&self, entity: EntityIx, predicate: Predicate, direction: Direction) -> Vec<EntityIx> {
        let (all, is_out) = match direction {
            Direction::Out => (self.statements_of_subject(entity), true),
            _ => (self.statements_of_object(entity), false),
        };
        let rows = self.with_predicate(all, predicate).iter().map(|ix| self.statement(*ix));
        let mut far: Vec<_> =
            rows.filter(|row| row.is_own_word()).map(|row| if is_out { row.object } else { row.subject }).collect();
        far.dedup();
        far
    }
}

//! Ordered lists of entities and statements, without copying where a ready order serves.

use std::cmp::Reverse;
use std::ops::Range;

use super::index::dense;
use super::{DocumentIx, EntityIx, Snapshot, StatementIx};
use crate::model::{Attributes, EntityKind};

/// The orders of entities of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntityOrder {
    /// By name, case folded.
    #[default]
    Name,
    /// By slug.
    Slug,
    /// By the number of neighbors, most first.
    Degree,
    /// By year, newest first, those without one last; of other kinds than studies, by name.
    Year,
}

/// The orders of statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatementOrder {
    /// By subject, then object, then predicate.
    #[default]
    Subject,
    /// By the day on which it was said or happened, earliest first, those without one last.
    Day,
}

/// A list of dense indices: a range, a ready order or a list made for the purpose, read forwards or backwards.
#[derive(Debug, Clone)]
pub struct List<'a, Ix> {
    items: Items<'a, Ix>,
    reversed: bool,
}

#[derive(Debug, Clone)]
enum Items<'a, Ix> {
    Range(Range<u32>, fn(u32) -> Ix),
    Ready(&'a [Ix]),
    Made(Vec<Ix>),
}

impl<'a, Ix: Copy> List<'a, Ix> {
    pub(super) fn range(range: Range<u32>, ix: fn(u32) -> Ix) -> Self {
        Self { items: Items::Range(range, ix), reversed: false }
    }

    pub(super) fn ready(items: &'a [Ix]) -> Self {
        Self { items: Items::Ready(items), reversed: false }
    }

    /// In this order.
    pub fn made(items: Vec<Ix>) -> Self {
        Self { items: Items::Made(items), reversed: false }
    }

    /// Last first.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.reversed = !self.reversed;
        self
    }

    /// How many items there are. O(1).
    pub fn len(&self) -> usize {
        match &self.items {
            Items::Range(range, _) => range.len(),
            Items::Ready(items) => items.len(),
            Items::Made(items) => items.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at this place; `None` behind the end. O(1).
    pub fn get(&self, i: usize) -> Option<Ix> {
        let i = if self.reversed { self.len().checked_sub(i + 1)? } else { i };
        match &self.items {
            Items::Range(range, ix) => (i < range.len()).then(|| ix(range.start + dense(i))),
            Items::Ready(items) => items.get(i).copied(),
            Items::Made(items) => items.get(i).copied(),
        }
    }

    /// Where the item stands now: at `hint`, if it has not moved, else wherever it is found. O(1) or O(n); `None` when
    /// it is not in the list.
    pub fn place_of(&self, item: Ix, hint: usize) -> Option<usize>
    where
        Ix: PartialEq,
    {
        if self.get(hint) == Some(item) { Some(hint) } else { self.iter().position(|other| other == item) }
    }

    /// All items in order.
    pub fn iter(&self) -> impl Iterator<Item = Ix> + '_ {
        (0..self.len()).filter_map(|i| self.get(i))
    }
}

impl Snapshot {
    /// All entities of a kind. O(1), by year O(n log n) in the number of studies.
    pub fn entities(&self, kind: EntityKind, order: EntityOrder) -> List<'_, EntityIx> {
        let range = self.of_kind(kind);
        let of_kind = range.start as usize..range.end as usize;
        match order {
            EntityOrder::Name => List::range(range, EntityIx),
            EntityOrder::Slug => List::ready(&self.by_slug[of_kind]),
            EntityOrder::Degree => List::ready(&self.by_degree[of_kind]),
            EntityOrder::Year => self.in_order(range.map(EntityIx).collect(), order),
        }
    }

    /// These entities in another order. O(n log n).
    pub fn in_order(&self, mut entities: Vec<EntityIx>, order: EntityOrder) -> List<'static, EntityIx> {
        match order {
            EntityOrder::Name => entities.sort_unstable(),
            EntityOrder::Slug => entities.sort_by_key(|ix| self.slug(*ix)),
            EntityOrder::Degree => entities.sort_by_key(|ix| (Reverse(self.n_neighbors(*ix)), *ix)),
            EntityOrder::Year => entities.sort_by_key(|ix| (Reverse(self.year(*ix)), *ix)),
        }
        List::made(entities)
    }

    fn year(&self, entity: EntityIx) -> Option<i16> {
        match self.attributes(entity) {
            Attributes::Study(study) => study.year,
            _ => None,
        }
    }

    /// All documents, by slug. O(1).
    pub fn documents(&self) -> List<'static, DocumentIx> {
        List::range(0..dense(self.documents.len()), DocumentIx)
    }

    /// All statements. O(1).
    pub fn all_statements(&self, order: StatementOrder) -> List<'_, StatementIx> {
        match order {
            StatementOrder::Subject => List::range(0..dense(self.statements.len()), StatementIx),
            StatementOrder::Day => List::ready(&self.by_day),
        }
    }

    /// These statements in another order. O(n log n).
    pub fn statements_in_order(
        &self,
        mut statements: Vec<StatementIx>,
        order: StatementOrder,
    ) -> List<'static, StatementIx> {
        match order {
            StatementOrder::Subject => statements.sort_unstable(),
            StatementOrder::Day => {
                statements.sort_by_key(|ix| (self.statement(*ix).on.is_none(), self.statement(*ix).on, *ix));
            }
        }
        List::made(statements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::world;

    #[test]
    fn entities_come_in_the_order_asked_for() {
        let world = world("organization/b -WORKS_WITH-> organization/c; organization/c -WORKS_WITH-> organization/a");
        let slugs =
            |list: &List<EntityIx>| list.iter().map(|ix| world.snapshot.slug(ix).to_owned()).collect::<Vec<_>>();
        let list = |order| world.snapshot.entities(EntityKind::Organization, order);
        assert_eq!(slugs(&list(EntityOrder::Name)), ["a", "b", "c"]);
        assert_eq!(slugs(&list(EntityOrder::Degree)), ["c", "a", "b"]);
        assert_eq!(slugs(&list(EntityOrder::Slug).reversed()), ["c", "b", "a"]);
        assert_eq!(list(EntityOrder::Name).get(3), None);
        assert_eq!(list(EntityOrder::Name).reversed().get(3), None);
    }

    #[test]
    fn a_ready_order_and_a_made_one_agree() {
        let world = world(
            "organization/a -ASSERTS 2025-> claim/c; organization/a -DISPUTES 2024-> claim/c; organization/a -ASSERTS-> claim/d",
        );
        for order in [StatementOrder::Subject, StatementOrder::Day] {
            let ready: Vec<_> = world.snapshot.all_statements(order).iter().collect();
            let made: Vec<_> =
                world.snapshot.statements_in_order(ready.iter().rev().copied().collect(), order).iter().collect();
            assert_eq!((ready.len(), &ready), (3, &made));
        }
    }
}

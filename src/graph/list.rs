//! Ordered lists of entities and statements, without copying where a ready order serves.

use std::cmp::Reverse;
use std::ops::Range;

use super::index::dense;
use super::{DocumentIx, EntityIx, Snapshot, StatementIx};
use crate::model::{Attributes, EntityKind};

/// By what entities of one kind can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntityOrder {
    /// The name, case folded.
    #[default]
    Name,
    /// The slug.
    Slug,
    /// The number of neighbors.
    Degree,
    /// The year of a study; entities without one come last, in whatever direction.
    Year,
}

/// By what statements can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StatementOrder {
    /// The subject, then the object, then the predicate.
    #[default]
    Subject,
    /// The day on which it was said or happened; statements without one come last, in whatever direction.
    Day,
}

/// By what documents can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DocumentOrder {
    /// The slug.
    #[default]
    Slug,
    /// The title, case folded.
    Title,
    /// The day of publication; documents without one come last, in whatever direction.
    PublishedOn,
}

/// Which end of an order comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The smallest, the earliest, the first in the alphabet.
    #[default]
    Ascending,
    /// The other end.
    Descending,
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

    /// The same items, the last first when `sort` descends.
    fn turned(self, sort: Sort) -> Self {
        Self { reversed: self.reversed ^ (sort == Sort::Descending), ..self }
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
        let i = if self.reversed { self.len().checked_sub(i)?.checked_sub(1)? } else { i };
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
    pub fn entities(&self, kind: EntityKind, order: EntityOrder, sort: Sort) -> List<'_, EntityIx> {
        let range = self.of_kind(kind);
        let of_kind = range.start as usize..range.end as usize;
        match order {
            EntityOrder::Name => List::range(range, EntityIx).turned(sort),
            EntityOrder::Slug => List::ready(&self.by_slug[of_kind]).turned(sort),
            EntityOrder::Degree => List::ready(&self.by_degree[of_kind]).turned(sort),
            EntityOrder::Year => self.in_order(range.map(EntityIx).collect(), order, sort),
        }
    }

    /// These entities in another order. O(n log n).
    pub fn in_order(&self, mut entities: Vec<EntityIx>, order: EntityOrder, sort: Sort) -> List<'static, EntityIx> {
        match (order, sort) {
            (EntityOrder::Name, _) => entities.sort_unstable(),
            (EntityOrder::Slug, _) => entities.sort_by_key(|ix| self.slug(*ix)),
            (EntityOrder::Degree, _) => entities.sort_by_key(|ix| (self.n_neighbors(*ix), *ix)),
            (EntityOrder::Year, Sort::Ascending) => {
                entities.sort_by_key(|ix| (self.year(*ix).is_none(), self.year(*ix), *ix));
            }
            (EntityOrder::Year, Sort::Descending) => entities.sort_by_key(|ix| (Reverse(self.year(*ix)), *ix)),
        }
        // By year the last ones are last in both directions.
        let sort = if order == EntityOrder::Year { Sort::Ascending } else { sort };
        List::made(entities).turned(sort)
    }

    /// The year of a study's publication.
    pub(super) fn year(&self, entity: EntityIx) -> Option<i16> {
        match self.attributes(entity) {
            Attributes::Study(study) => study.year,
            _ => None,
        }
    }

    /// All documents, by slug. O(1).
    pub fn documents(&self, sort: Sort) -> List<'static, DocumentIx> {
        List::range(0..dense(self.documents.len()), DocumentIx).turned(sort)
    }

    /// These documents in another order. O(n log n).
    pub fn documents_in_order(
        &self,
        mut documents: Vec<DocumentIx>,
        order: DocumentOrder,
        sort: Sort,
    ) -> List<'static, DocumentIx> {
        documents.sort_unstable();
        let day = |ix: &DocumentIx| self.document(*ix).published_on;
        match (order, sort) {
            (DocumentOrder::Slug, _) => return List::made(documents).turned(sort),
            (DocumentOrder::Title, _) => {
                documents.sort_by_key(|ix| self.document(*ix).title.to_lowercase());
                return List::made(documents).turned(sort);
            }
            (DocumentOrder::PublishedOn, Sort::Ascending) => documents.sort_by_key(|ix| (day(ix).is_none(), day(ix))),
            (DocumentOrder::PublishedOn, Sort::Descending) => documents.sort_by_key(|ix| Reverse(day(ix))),
        }
        List::made(documents)
    }

    /// All statements. O(1).
    pub fn all_statements(&self, order: StatementOrder, sort: Sort) -> List<'_, StatementIx> {
        match (order, sort) {
            (StatementOrder::Subject, _) => List::range(0..dense(self.statements.len()), StatementIx).turned(sort),
            (StatementOrder::Day, Sort::Ascending) => List::ready(&self.by_day),
            (StatementOrder::Day, Sort::Descending) => List::ready(&self.by_day_backwards),
        }
    }

    /// These statements in another order. O(n log n).
    pub fn statements_in_order(
        &self,
        mut statements: Vec<StatementIx>,
        order: StatementOrder,
        sort: Sort,
    ) -> List<'static, StatementIx> {
        let day = |ix: &StatementIx| self.statement(*ix).on;
        match (order, sort) {
            (StatementOrder::Subject, _) => {
                statements.sort_unstable();
                return List::made(statements).turned(sort);
            }
            (StatementOrder::Day, Sort::Ascending) => statements.sort_by_key(|ix| (day(ix).is_none(), day(ix), *ix)),
            (StatementOrder::Day, Sort::Descending) => statements.sort_by_key(|ix| (Reverse(day(ix)), *ix)),
        }
        List::made(statements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use crate::model::PartialDate;

    fn slugs(world: &World, list: &List<EntityIx>) -> Vec<String> {
        list.iter().map(|ix| world.snapshot.slug(ix).to_owned()).collect()
    }

    #[test]
    fn entities_come_in_the_order_asked_for() {
        use EntityOrder::{Degree, Name, Slug};
        use Sort::{Ascending, Descending};
        let world = world("organization/b -WORKS_WITH-> organization/c; organization/c -WORKS_WITH-> organization/a");
        for (order, sort, expected) in [
            (Name, Ascending, ["a", "b", "c"]),
            (Slug, Descending, ["c", "b", "a"]),
            (Degree, Ascending, ["a", "b", "c"]),
            (Degree, Descending, ["c", "b", "a"]),
        ] {
            let ready = world.snapshot.entities(EntityKind::Organization, order, sort);
            let made = world.snapshot.in_order(ready.iter().collect(), order, sort);
            assert_eq!(slugs(&world, &ready), expected, "{order:?} {sort:?}");
            assert_eq!(slugs(&world, &made), expected, "{order:?} {sort:?}");
            for beyond in [3, usize::MAX] {
                assert_eq!((ready.get(beyond), made.get(beyond)), (None, None));
            }
        }
    }

    #[test]
    fn statements_without_a_day_come_last_in_both_directions() {
        let world = world(
            "organization/a -ASSERTS 2025-> claim/c; organization/a -DISPUTES 2024-> claim/c; \
             organization/a -ASSERTS-> claim/d",
        );
        for (sort, expected) in [(Sort::Ascending, [2024, 2025]), (Sort::Descending, [2025, 2024])] {
            let ready: Vec<_> = world.snapshot.all_statements(StatementOrder::Day, sort).iter().collect();
            let years: Vec<_> =
                ready.iter().filter_map(|ix| world.snapshot.statement(*ix).on).map(PartialDate::year).collect();
            assert_eq!(years, expected);
            assert_eq!(world.snapshot.statement(ready[2]).on, None);
            let shuffled = ready.iter().rev().copied().collect();
            let made = world.snapshot.statements_in_order(shuffled, StatementOrder::Day, sort);
            assert_eq!(made.iter().collect::<Vec<_>>(), ready);
        }
    }
}

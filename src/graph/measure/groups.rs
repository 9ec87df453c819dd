//! Groups of entities: components and communities.

use super::Projection;
use crate::graph::index::{Rows, dense};
use crate::graph::{EntityIx, List};

/// All vertices of a projection in groups, each in one. The largest group comes first, of equally large ones the one
/// with the first entity.
#[derive(Debug)]
pub struct Groups {
    members: Rows<EntityIx>,
    n: u32,
    /// The vertices in the order of entities, each with the number of its group.
    group_of: Vec<(EntityIx, u32)>,
}

impl Groups {
    /// Of the vertices of `graph`, those with one label in one group. O(n log n).
    pub(super) fn of_labels(graph: &Projection, labels: &[u32]) -> Self {
        let mut by_label: Vec<_> =
            labels.iter().zip(graph.entities()).map(|(label, entity)| (*label, *entity)).collect();
        by_label.sort_unstable();
        let mut groups: Vec<_> = by_label.chunk_by(|a, b| a.0 == b.0).collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0].1));
        let numbered = || (0..).zip(&groups).flat_map(|(i, group)| group.iter().map(move |(_, entity)| (i, *entity)));
        let mut group_of: Vec<_> = numbered().map(|(group, entity)| (entity, group)).collect();
        group_of.sort_unstable();
        Self { n: dense(groups.len()), members: Rows::from_sorted(dense(groups.len()), numbered()), group_of }
    }

    /// How many groups there are.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// How many entities there are in all groups.
    pub fn n_members(&self) -> usize {
        self.group_of.len()
    }

    /// How many groups have at least `size` members: the first so many. O(log n).
    pub fn n_of_size(&self, size: usize) -> u32 {
        let (mut low, mut high) = (0, self.n);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.members.row(middle).len() >= size { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The members of a group, by kind and name.
    pub fn members(&self, group: u32) -> &[EntityIx] {
        self.members.row(group)
    }

    /// The same as a list.
    pub fn list(&self, group: u32) -> List<'_, EntityIx> {
        List::ready(self.members(group))
    }

    /// For each vertex the number of its group.
    pub(super) fn of_vertices(&self) -> Vec<u32> {
        self.group_of.iter().map(|(_, group)| *group).collect()
    }

    /// The group that `entity` belongs to; `None` when it is no vertex. O(log n).
    pub fn group_of(&self, entity: EntityIx) -> Option<u32> {
        let i = self.group_of.binary_search_by_key(&entity, |(entity, _)| *entity).ok()?;
        Some(self.group_of[i].1)
    }
}

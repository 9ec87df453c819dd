//! Components: what hangs together.

use petgraph::unionfind::UnionFind;

use super::{Groups, Projection};
use crate::graph::index::dense;

/// The connected components: two vertices are in one when edges join them, over however many others, whichever way they
/// lead ("weakly connected" where they have a direction).
///
/// Union-find (Tarjan 1975), O(edges · α).
pub fn components(graph: &Projection) -> Groups {
    let mut joined = UnionFind::<u32>::new(graph.n());
    for vertex in 0..dense(graph.n()) {
        for far in graph.targets(vertex) {
            joined.union(vertex, *far);
        }
    }
    Groups::of_labels(graph, &joined.into_labeling())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{grouped, samples};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// The naive way: everybody takes the smallest number near, until nothing changes.
        #[test]
        fn components_are_the_naive_ones(sample in samples()) {
            let mut smallest: Vec<usize> = (0..sample.n).collect();
            for _ in 0..sample.n {
                for (a, b) in &sample.edges {
                    let least = smallest[*a].min(smallest[*b]);
                    (smallest[*a], smallest[*b]) = (least, least);
                }
            }
            let groups = components(&sample.projection());
            prop_assert_eq!(grouped(&groups), grouped(&Groups::of_labels(&sample.projection(), &smallest.iter().map(|i| dense(*i)).collect::<Vec<_>>())));
            let sizes: Vec<usize> = (0..groups.n()).map(|group| groups.members(group).len()).collect();
            prop_assert!(sizes.is_sorted_by(|a, b| a >= b));
            for size in 0..=sample.n {
                prop_assert_eq!(groups.n_of_size(size) as usize, sizes.iter().filter(|n| **n >= size).count());
            }
            for group in 0..groups.n() {
                for member in groups.members(group) {
                    prop_assert_eq!(groups.group_of(*member), Some(group));
                    prop_assert_eq!(smallest[member.0 as usize], groups.members(group)[0].0 as usize);
                }
            }
        }
    }
}

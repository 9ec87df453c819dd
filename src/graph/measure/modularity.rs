//! Modularity: how much more edges lie within groups than chance would put there.

use super::{Groups, Projection};

/// The modularity of `groups`: the share of edges within groups, less the share that would lie there if the ends of all
/// edges were joined at random. From −1/2 to 1; 0 for everything in one group. `None` without an edge.
///
/// Newman & Girvan 2004. Edges count whichever way they lead, one both ways once. O(edges).
pub fn modularity(graph: &Projection, groups: &Groups) -> Option<f64> {
    let undirected = graph.undirected();
    let of_vertices = groups.of_vertices();
    let n_ends = undirected.edge_count();
    let mut n_inside = vec![0_usize; groups.n() as usize];
    let mut n_ends_of = vec![0_usize; groups.n() as usize];
    for (vertex, group) in (0..).zip(&of_vertices) {
        let neighbors = undirected.neighbors_slice(vertex);
        n_ends_of[*group as usize] += neighbors.len();
        n_inside[*group as usize] += neighbors.iter().filter(|far| of_vertices[**far as usize] == *group).count();
    }
    #[expect(clippy::cast_precision_loss, reason = "2^53 edges do not fit into memory")]
    let share = |n: usize| n as f64 / n_ends as f64;
    let of_group = |(inside, ends): (&usize, &usize)| share(*inside) - share(*ends) * share(*ends);
    (n_ends > 0).then(|| n_inside.iter().zip(&n_ends_of).map(of_group).sum())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{assert_near, samples};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Over all pairs of vertices, as Newman and Girvan write it.
        #[test]
        fn modularity_is_the_naive_one(sample in samples(), labels in prop::collection::vec(0..4_u32, 12)) {
            let graph = sample.projection();
            let found = modularity(&graph, &Groups::of_labels(&graph, &labels[..sample.n]));
            let naive = sample.modularity(&labels[..sample.n]);
            prop_assert_eq!(found.is_some(), naive.is_some());
            assert_near(found.as_slice(), naive.as_slice());
        }
    }
}

//! Degrees: how many neighbors a vertex has.

use super::Projection;
use crate::graph::index::dense;

/// The number of vertices that each is joined with, whichever way; one that is joined both ways counts once. O(edges).
pub fn degree(graph: &Projection) -> Vec<f64> {
    let undirected = graph.undirected();
    counts(graph, |vertex| undirected.neighbors_slice(vertex))
}

/// The number of vertices from which an edge leads to each. O(n).
pub fn in_degree(graph: &Projection) -> Vec<f64> {
    counts(graph, |vertex| graph.sources(vertex))
}

/// The number of vertices to which an edge leads from each. O(n).
pub fn out_degree(graph: &Projection) -> Vec<f64> {
    counts(graph, |vertex| graph.targets(vertex))
}

fn counts<'a>(graph: &Projection, neighbors: impl Fn(u32) -> &'a [u32]) -> Vec<f64> {
    (0..dense(graph.n())).map(|vertex| f64::from(dense(neighbors(vertex).len()))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::samples;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn degrees_are_the_naive_ones(sample in samples()) {
            let all = |joins: &dyn Fn(usize, usize) -> bool| -> Vec<f64> {
                (0..sample.n).map(|v| f64::from(dense((0..sample.n).filter(|w| joins(v, *w)).count()))).collect()
            };
            let graph = sample.projection();
            prop_assert_eq!(out_degree(&graph), all(&|v, w| sample.joins(v, w)));
            prop_assert_eq!(in_degree(&graph), all(&|v, w| sample.joins(w, v)));
            prop_assert_eq!(degree(&graph), all(&|v, w| sample.joins(v, w) || sample.joins(w, v)));
        }
    }
}

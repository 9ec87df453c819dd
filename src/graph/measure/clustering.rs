//! Clustering: whether the neighbors of a vertex are joined with each other.

use super::Projection;
use crate::graph::index::{Rows, dense};
use crate::graph::{Deadline, OutOfTime};

/// The local clustering coefficient of each vertex: of the d · (d − 1) edges that could lead from one of its d neighbors
/// to another, the share that does; 0 with fewer than two neighbors. From 0 to 1.
///
/// As LDBC Graphalytics defines it, for directed graphs too: neighbors are the vertices joined with it whichever way,
/// each counted once, while an edge between two of them counts for each way that it leads. Without directions it is the
/// coefficient of Watts & Strogatz 1998. Triangles are found once each, from their end with the fewest neighbors, so
/// that hubs cost no more than others (Latapy 2008, "compact-forward"): O(edges^1.5).
///
/// # Errors
/// When the deadline is over; looked at for each vertex.
pub fn clustering_coefficient(graph: &Projection, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    let undirected = graph.undirected();
    let neighbors = |vertex: u32| undirected.neighbors_slice(vertex);
    let key = |vertex: u32| (neighbors(vertex).len(), vertex);
    // Of each vertex the neighbors with more neighbors of their own, with the number of ways to each. A vertex has at
    // most √(2 · edges) of them, however many neighbors it has.
    let vertices = 0..dense(graph.n());
    let higher =
        vertices.clone().flat_map(|a| neighbors(a).iter().map(move |b| (a, *b))).filter(|(a, b)| key(*b) > key(*a));
    let higher = Rows::from_sorted(dense(graph.n()), higher.map(|(a, b)| (a, (b, graph.n_ways(a, b)))));
    let mut n_edges_of = vec![0_u64; graph.n()];
    // Of the vertex that is looked at, the number of ways to each; 0 to those that are not higher.
    let mut n_ways_to = vec![0_u64; graph.n()];
    for a in vertices {
        deadline.check()?;
        for (b, n_ways) in higher.row(a) {
            n_ways_to[*b as usize] = *n_ways;
        }
        for (b, a_b) in higher.row(a) {
            for (c, b_c) in higher.row(*b) {
                let a_c = n_ways_to[*c as usize];
                if a_c > 0 {
                    n_edges_of[a as usize] += b_c;
                    n_edges_of[*b as usize] += a_c;
                    n_edges_of[*c as usize] += a_b;
                }
            }
        }
        for (b, _) in higher.row(a) {
            n_ways_to[*b as usize] = 0;
        }
    }
    let coefficient = |(vertex, n_edges): (u32, u64)| {
        let n_pairs = neighbors(vertex).len() as u64 * neighbors(vertex).len().saturating_sub(1) as u64;
        #[expect(clippy::cast_precision_loss, reason = "2^53 edges do not fit into memory")]
        if n_pairs == 0 { 0.0 } else { n_edges as f64 / n_pairs as f64 }
    };
    Ok((0..).zip(n_edges_of).map(coefficient).collect())
}

impl Projection {
    /// How many of the edges from `a` to `b` and from `b` to `a` there are, one of which is known to be; without
    /// direction it leads both ways.
    fn n_ways(&self, a: u32, b: u32) -> u64 {
        if !self.is_directed() {
            return 2;
        }
        let leads = |from, to| u64::from(self.targets(from).binary_search(&to).is_ok());
        leads(a, b) + leads(b, a)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{Sample, assert_near, samples};

    /// By the definition, all pairs of neighbors in turn.
    fn naive(sample: &Sample) -> Vec<f64> {
        let coefficient = |v: usize| {
            let near: Vec<usize> = (0..sample.n).filter(|w| sample.joins(v, *w) || sample.joins(*w, v)).collect();
            let pairs = near.iter().flat_map(|a| near.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
            let (n_joined, n_pairs) =
                pairs.fold((0, 0), |(n, all), (a, b)| (n + u32::from(sample.joins(a, b)), all + 1));
            f64::from(n_joined) / f64::from(n_pairs.max(1))
        };
        (0..sample.n).map(coefficient).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn clustering_is_the_naive_one(sample in samples()) {
            let scores = clustering_coefficient(&sample.projection(), Deadline::never()).expect("no deadline");
            assert_near(&scores, &naive(&sample));
        }
    }
}

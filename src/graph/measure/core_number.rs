//! Core numbers: how deep in the dense part of the graph a vertex lies.

use super::Projection;
use crate::graph::index::dense;

/// The core number of each vertex: the largest k such that it belongs to a part of the graph in which each has at least
/// k neighbors. Edges count whichever way they lead, one both ways once.
///
/// Seidman 1983; the vertices are taken away by their degree in buckets, Batagelj & Zaveršnik 2003, "An O(m) Algorithm
/// for Cores Decomposition of Networks". O(n + edges).
pub fn core_number(graph: &Projection) -> Vec<f64> {
    let undirected = graph.undirected();
    let neighbors = |vertex: u32| undirected.neighbors_slice(vertex);
    let mut degree: Vec<usize> = (0..dense(graph.n())).map(|vertex| neighbors(vertex).len()).collect();
    let mut by_degree: Vec<u32> = (0..dense(graph.n())).collect();
    by_degree.sort_by_key(|vertex| degree[*vertex as usize]);
    let mut place = vec![0; graph.n()];
    for (i, vertex) in by_degree.iter().enumerate() {
        place[*vertex as usize] = i;
    }
    let degree_max = by_degree.last().map_or(0, |vertex| degree[*vertex as usize]);
    // Where the vertices of each degree begin.
    let mut starts: Vec<usize> =
        (0..=degree_max).map(|d| by_degree.partition_point(|vertex| degree[*vertex as usize] < d)).collect();
    for i in 0..by_degree.len() {
        let vertex = by_degree[i];
        for far in neighbors(vertex).iter().map(|far| *far as usize) {
            if degree[far] <= degree[vertex as usize] {
                continue;
            }
            // It has one neighbor fewer: to the end of the bucket below, which grows by one, in exchange for the first
            // of its own.
            let start = starts[degree[far]];
            let (first, there) = (by_degree[start], place[far]);
            by_degree.swap(there, start);
            place[first as usize] = there;
            place[far] = start;
            starts[degree[far]] = start + 1;
            degree[far] -= 1;
        }
    }
    degree.into_iter().map(|degree| f64::from(dense(degree))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{Sample, samples};

    /// Taking away, again and again, whoever has fewer than k neighbors left: who then remains is in the k-core.
    fn naive(sample: &Sample) -> Vec<f64> {
        let core = |k: usize| {
            let mut left: Vec<usize> = (0..sample.n).collect();
            loop {
                let n_before = left.len();
                let n_near = |v: usize| left.iter().filter(|w| sample.joins(v, **w) || sample.joins(**w, v)).count();
                left = left.iter().copied().filter(|v| n_near(*v) >= k).collect();
                if left.len() == n_before {
                    return left;
                }
            }
        };
        let cores: Vec<_> = (0..=sample.n).map(core).collect();
        let deepest = |v: usize| (0..=sample.n).rev().find(|k| cores[*k].contains(&v)).expect("all are in the 0-core");
        (0..sample.n).map(|v| f64::from(dense(deepest(v)))).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn core_numbers_are_the_naive_ones(sample in samples()) {
            prop_assert_eq!(core_number(&sample.projection()), naive(&sample));
        }
    }
}

//! Communities by label propagation: everybody takes the label that most neighbors have.

use super::{Groups, Projection};
use crate::graph::index::dense;
use crate::graph::{Deadline, OutOfTime};

/// Rounds as in LDBC Graphalytics' benchmark.
pub const N_ROUNDS: u32 = 10;

/// The communities after so many rounds. At first each vertex has a label of its own, ordered as the vertices are; in
/// each round all take, at once, the label that most of their neighbors had, of several the smallest. One without
/// neighbors keeps its own. Where edges have a direction, a neighbor joined both ways counts twice.
///
/// Raghavan, Albert & Kumara 2007, made deterministic as LDBC Graphalytics defines it ("CDLP"). The labels of two sides
/// may swap for ever; it ends after `n_rounds` all the same. O(edges) a round.
///
/// # Errors
/// When the deadline is over; looked at before each round.
pub fn label_propagation(graph: &Projection, n_rounds: u32, deadline: Deadline) -> Result<Groups, OutOfTime> {
    Ok(Groups::of_labels(graph, &labels(graph, n_rounds, deadline)?))
}

pub(super) fn labels(graph: &Projection, n_rounds: u32, deadline: Deadline) -> Result<Vec<u32>, OutOfTime> {
    let mut labels: Vec<u32> = (0..dense(graph.n())).collect();
    let mut n_with = vec![0_u32; graph.n()];
    for _ in 0..n_rounds {
        deadline.check()?;
        let next = (0..dense(graph.n())).map(|vertex| most_frequent(graph, vertex, &labels, &mut n_with)).collect();
        if std::mem::replace(&mut labels, next) == labels {
            break;
        }
    }
    Ok(labels)
}

/// The label that most neighbors of `vertex` have, of several the smallest. `n_with` is 0 everywhere, before and after.
fn most_frequent(graph: &Projection, vertex: u32, labels: &[u32], n_with: &mut [u32]) -> u32 {
    let again: &[u32] = if graph.is_directed() { graph.sources(vertex) } else { &[] };
    let of_neighbors = || graph.targets(vertex).iter().chain(again).map(|far| labels[*far as usize]);
    for label in of_neighbors() {
        n_with[label as usize] += 1;
    }
    let best = of_neighbors().max_by_key(|label| (n_with[*label as usize], std::cmp::Reverse(*label)));
    for label in of_neighbors() {
        n_with[label as usize] = 0;
    }
    best.unwrap_or(labels[vertex as usize])
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::samples;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn labels_are_the_naive_ones(sample in samples(), n_rounds in 0..12_u32) {
            let mut naive: Vec<u32> = (0..dense(sample.n)).collect();
            for _ in 0..n_rounds {
                let n_with = |v: usize, label: u32| {
                    let ways = |w: usize| {
                        let back = sample.is_directed && sample.joins(w, v);
                        usize::from(sample.joins(v, w)) + usize::from(back)
                    };
                    (0..sample.n).filter(|w| naive[*w] == label).map(ways).sum::<usize>()
                };
                let next = |v: usize| {
                    let best = (0..dense(sample.n)).max_by_key(|label| (n_with(v, *label), Reverse(*label)));
                    best.filter(|best| n_with(v, *best) > 0).unwrap_or(naive[v])
                };
                naive = (0..sample.n).map(next).collect();
            }
            prop_assert_eq!(labels(&sample.projection(), n_rounds, Deadline::never()), Ok(naive));
        }
    }
}

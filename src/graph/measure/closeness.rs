//! Closeness: how near a vertex is to those that reach it.

use super::Projection;
use crate::graph::index::dense;
use crate::graph::{Deadline, OutOfTime};

/// How far the vertices are from which a vertex is reached.
struct Distances {
    /// How many there are.
    n_reaching: f64,
    /// Their distances, summed.
    sum: f64,
    /// What 1 divided by each distance comes to.
    sum_of_inverses: f64,
}

/// The closeness of each vertex: (r / (n − 1)) · (r / sum of distances), r being the number of others from which it is
/// reached along the edges; 0 when there is none. From 0 to 1.
///
/// Wasserman & Faust 1994, "Social Network Analysis", p. 201, for graphs that do not hang together; as networkx has it.
/// A breadth-first search from each vertex, O(n · edges).
///
/// # Errors
/// When the deadline is over; looked at before each search.
pub fn closeness(graph: &Projection, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    let n_others = f64::from(dense(graph.n().saturating_sub(1)));
    let score = |it: &Distances| {
        if it.sum == 0.0 { 0.0 } else { (it.n_reaching / n_others) * (it.n_reaching / it.sum) }
    };
    each(graph, score, deadline)
}

/// The harmonic centrality of each vertex: the sum of 1 / distance over all others from which it is reached along the
/// edges.
///
/// Marchiori & Latora 2000; Boldi & Vigna 2014, "Axioms for Centrality". Not divided by n − 1, as in networkx. Cost and
/// errors as of [`closeness`].
///
/// # Errors
/// When the deadline is over; looked at before each search.
pub fn harmonic(graph: &Projection, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    each(graph, |it| it.sum_of_inverses, deadline)
}

fn each(graph: &Projection, score: impl Fn(&Distances) -> f64, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    let mut is_reached = vec![false; graph.n()];
    let mut reached = Vec::new();
    let vertices = 0..dense(graph.n());
    vertices
        .map(|vertex| {
            deadline.check()?;
            Ok(score(&distances(graph, vertex, &mut is_reached, &mut reached)))
        })
        .collect()
}

/// `is_reached` is left as it was found, `false` everywhere: clearing all of it for each search would make small
/// components as costly as the whole graph.
fn distances(graph: &Projection, vertex: u32, is_reached: &mut [bool], reached: &mut Vec<u32>) -> Distances {
    reached.clear();
    reached.push(vertex);
    is_reached[vertex as usize] = true;
    let mut found = Distances { n_reaching: 0.0, sum: 0.0, sum_of_inverses: 0.0 };
    let (mut distance, mut start) = (0.0, 0);
    while start < reached.len() {
        let end = reached.len();
        distance += 1.0;
        for i in start..end {
            for from in graph.sources(reached[i]) {
                if !std::mem::replace(&mut is_reached[*from as usize], true) {
                    reached.push(*from);
                }
            }
        }
        let n_there = f64::from(dense(reached.len() - end));
        found.n_reaching += n_there;
        found.sum += n_there * distance;
        found.sum_of_inverses += n_there / distance;
        start = end;
    }
    for vertex in reached {
        is_reached[*vertex as usize] = false;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{assert_near, samples};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn closeness_and_harmonic_are_the_naive_ones(sample in samples()) {
            let distances = sample.distances();
            let reaching = |v: usize| {
                let distances = distances.iter().map(move |from| from[v]);
                distances.filter(|d| (1..usize::MAX).contains(d)).map(|d| f64::from(dense(d))).collect::<Vec<_>>()
            };
            let close = |v: usize| {
                let reaching = reaching(v);
                let (r, sum) = (f64::from(dense(reaching.len())), reaching.iter().sum::<f64>());
                if r == 0.0 { 0.0 } else { r * r / sum / f64::from(dense(sample.n - 1)) }
            };
            let graph = sample.projection();
            let naive: Vec<f64> = (0..sample.n).map(close).collect();
            assert_near(&closeness(&graph, Deadline::never()).expect("no deadline"), &naive);
            let naive: Vec<f64> = (0..sample.n).map(|v| reaching(v).iter().map(|d| 1.0 / d).sum()).collect();
            assert_near(&harmonic(&graph, Deadline::never()).expect("no deadline"), &naive);
        }
    }
}

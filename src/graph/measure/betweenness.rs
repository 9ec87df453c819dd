//! Betweenness: on how many shortest paths of others a vertex lies.

use super::Projection;
use crate::graph::index::dense;
use crate::graph::{Deadline, OutOfTime};

/// What is known of the shortest paths from one source.
struct Search {
    /// The vertices that are reached, the nearest first.
    reached: Vec<u32>,
    /// For each vertex its distance from the source; [`u32::MAX`] when it is not reached.
    distance: Vec<u32>,
    /// For each vertex the number of shortest paths to it. In a float, since it can grow as a power.
    n_paths: Vec<f64>,
    /// For each vertex the share of the paths to all others that go through it.
    dependency: Vec<f64>,
}

/// The betweenness of each vertex: the sum over all pairs of other vertices of the share of their shortest paths that
/// pass through it, divided by the number of such pairs, (n − 1)(n − 2) ordered ones. From 0 to 1.
///
/// Freeman 1977; Brandes 2001, "A Faster Algorithm for Betweenness Centrality". Normalised as in networkx. O(n · edges):
/// seconds on ten thousand vertices, hours on a hundred thousand.
///
/// # Errors
/// When the deadline is over; looked at before each source.
pub fn betweenness(graph: &Projection, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    let n = graph.n();
    let mut search = Search {
        reached: Vec::with_capacity(n),
        distance: vec![u32::MAX; n],
        n_paths: vec![0.0; n],
        dependency: vec![0.0; n],
    };
    let mut scores = vec![0.0; n];
    for source in 0..dense(n) {
        deadline.check()?;
        search.ahead(graph, source);
        search.back(graph);
        for vertex in &search.reached[1..] {
            scores[*vertex as usize] += search.dependency[*vertex as usize];
        }
        search.forget();
    }
    let n_pairs = f64::from(dense(n.saturating_sub(1))) * f64::from(dense(n.saturating_sub(2)));
    if n_pairs > 0.0 {
        for score in &mut scores {
            *score /= n_pairs;
        }
    }
    Ok(scores)
}

impl Search {
    /// Counts the shortest paths from `source`, breadth first.
    fn ahead(&mut self, graph: &Projection, source: u32) {
        self.reached.push(source);
        self.distance[source as usize] = 0;
        self.n_paths[source as usize] = 1.0;
        let mut next = 0;
        while let Some(vertex) = self.reached.get(next).copied() {
            next += 1;
            let further = self.distance[vertex as usize] + 1;
            for far in graph.targets(vertex) {
                let distance = &mut self.distance[*far as usize];
                if *distance == u32::MAX {
                    *distance = further;
                    self.reached.push(*far);
                }
                if *distance == further {
                    self.n_paths[*far as usize] += self.n_paths[vertex as usize];
                }
            }
        }
    }

    /// Sums the shares up from the furthest vertex to the nearest. Who comes before a vertex on a shortest path is found
    /// by its distance instead of being kept.
    fn back(&mut self, graph: &Projection) {
        for vertex in self.reached.iter().rev() {
            let share = (1.0 + self.dependency[*vertex as usize]) / self.n_paths[*vertex as usize];
            let distance = self.distance[*vertex as usize];
            for before in graph.sources(*vertex).iter().map(|before| *before as usize) {
                if self.distance[before] != u32::MAX && self.distance[before] + 1 == distance {
                    self.dependency[before] += self.n_paths[before] * share;
                }
            }
        }
    }

    /// Only of what was reached: clearing everything for each source would make small components as costly as the whole
    /// graph.
    fn forget(&mut self) {
        for vertex in self.reached.drain(..).map(|vertex| vertex as usize) {
            self.distance[vertex] = u32::MAX;
            self.n_paths[vertex] = 0.0;
            self.dependency[vertex] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{Sample, assert_near, samples};

    /// From the distances of all pairs: v lies on a shortest path from s to t where d(s, v) + d(v, t) = d(s, t), and on
    /// as many as lead from s to v times those from v to t.
    fn naive(sample: &Sample) -> Vec<f64> {
        let n = sample.n;
        let d = sample.distances();
        let mut n_paths = vec![vec![0.0; n]; n];
        for s in 0..n {
            n_paths[s][s] = 1.0;
            let mut far: Vec<usize> = (0..n).filter(|t| *t != s && d[s][*t] != usize::MAX).collect();
            far.sort_by_key(|t| d[s][*t]);
            for t in far {
                let before =
                    (0..n).filter(|v| sample.joins(*v, t) && d[s][*v] != usize::MAX && d[s][*v] + 1 == d[s][t]);
                n_paths[s][t] = before.map(|v| n_paths[s][v]).sum();
            }
        }
        let share = |s: usize, t: usize, v: usize| {
            let ways = [d[s][v], d[v][t], d[s][t]];
            let is_between = s != t && v != s && v != t && !ways.contains(&usize::MAX) && ways[0] + ways[1] == ways[2];
            if is_between { n_paths[s][v] * n_paths[v][t] / n_paths[s][t] } else { 0.0 }
        };
        let n_pairs = f64::from(dense(n.saturating_sub(1) * n.saturating_sub(2)));
        let pairs = || (0..n).flat_map(|s| (0..n).map(move |t| (s, t)));
        let all = |v: usize| pairs().map(|(s, t)| share(s, t, v)).sum::<f64>();
        (0..n).map(|v| if n_pairs == 0.0 { 0.0 } else { all(v) / n_pairs }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn betweenness_is_the_naive_one(sample in samples()) {
            let scores = betweenness(&sample.projection(), Deadline::never()).expect("no deadline");
            assert_near(&scores, &naive(&sample));
        }
    }
}

//! Small graphs for the tests of measures, and what their naive versions share.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Groups, Projection};
use crate::graph::EntityIx;
use crate::graph::index::dense;

/// A graph as a list of edges.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) n: usize,
    /// Perhaps several of the same, but none from a vertex to itself.
    pub(super) edges: Vec<(usize, usize)>,
    pub(super) is_directed: bool,
}

/// Graphs of 1 to 12 vertices, from none joined to nearly all.
pub(super) fn samples() -> impl Strategy<Value = Sample> {
    let edges = |n: usize| prop::collection::vec((0..n, 0..n), 0..4 * n);
    (1..=12_usize).prop_flat_map(move |n| (Just(n), edges(n), any::<bool>())).prop_map(|(n, mut edges, is_directed)| {
        edges.retain(|(a, b)| a != b);
        Sample { n, edges, is_directed }
    })
}

impl Sample {
    /// Whether an edge leads from `a` to `b`.
    pub(super) fn joins(&self, a: usize, b: usize) -> bool {
        self.edges.contains(&(a, b)) || !self.is_directed && self.edges.contains(&(b, a))
    }

    /// Its vertices numbered likewise.
    pub(super) fn projection(&self) -> Projection {
        let entities = (0..dense(self.n)).map(EntityIx).collect();
        let edges = self.edges.iter().map(|(a, b)| (dense(*a), dense(*b))).collect();
        Projection::of_edges(entities, edges, self.is_directed)
    }

    /// From each vertex to each, by Floyd and Warshall; [`usize::MAX`] where no way leads.
    pub(super) fn distances(&self) -> Vec<Vec<usize>> {
        let n = self.n;
        let direct = |a, b| {
            if a == b {
                0
            } else if self.joins(a, b) {
                1
            } else {
                usize::MAX
            }
        };
        let mut d: Vec<Vec<usize>> = (0..n).map(|a| (0..n).map(|b| direct(a, b)).collect()).collect();
        for by in 0..n {
            for a in 0..n {
                for b in 0..n {
                    d[a][b] = d[a][b].min(d[a][by].saturating_add(d[by][b]));
                }
            }
        }
        d
    }

    /// Of the groups of vertices with one label; `None` without an edge.
    pub(super) fn modularity(&self, labels: &[u32]) -> Option<f64> {
        let joined = |a: usize, b: usize| f64::from(u8::from(self.joins(a, b) || self.joins(b, a)));
        let degree: Vec<f64> = (0..self.n).map(|a| (0..self.n).map(|b| joined(a, b)).sum()).collect();
        let n_ends: f64 = degree.iter().sum();
        let pairs = (0..self.n).flat_map(|a| (0..self.n).map(move |b| (a, b)));
        let together = pairs.filter(|(a, b)| labels[*a] == labels[*b]);
        let sum: f64 = together.map(|(a, b)| joined(a, b) - degree[a] * degree[b] / n_ends).sum();
        (n_ends > 0.0).then(|| sum / n_ends)
    }
}

/// # Panics
/// When one of them differs by more than 10⁻⁹.
pub(super) fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let is_near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
    assert!(is_near, "{found:?} is not {expected:?}");
}

/// The members of each group by their numbers, the groups by their first.
pub(super) fn grouped(groups: &Groups) -> Vec<Vec<u32>> {
    let members = |group| groups.members(group).iter().map(|member| member.0).collect::<Vec<_>>();
    let by_first: BTreeMap<_, _> = (0..groups.n()).map(members).map(|members| (members[0], members)).collect();
    by_first.into_values().collect()
}

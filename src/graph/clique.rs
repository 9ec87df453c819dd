//! Maximal cliques: groups in which everybody is joined with everybody, and which nobody can be added to.

use super::index::dense;
use super::{Deadline, OutOfTime};

/// Steps between two looks at the clock.
const STEPS_UNCHECKED: usize = 100_000;

/// An undirected graph whose vertices have weights.
#[derive(Debug, Default)]
pub(super) struct Weighted {
    /// Of each vertex those that it is joined with, sorted, itself not among them; symmetric.
    pub(super) neighbors: Vec<Vec<u32>>,
    /// At least 1 each.
    pub(super) weights: Vec<usize>,
}

/// A search that is somewhere: the vertices that may join the clique, those that may but were tried before, and those
/// of the first that are still to be tried.
struct Frame {
    candidates: Vec<u32>,
    tried: Vec<u32>,
    branches: Vec<u32>,
}

/// Looks at the clock from time to time.
struct Steps {
    deadline: Deadline,
    n_unchecked: usize,
}

impl Steps {
    fn spend(&mut self, n: usize) -> Result<(), OutOfTime> {
        self.n_unchecked += n;
        if self.n_unchecked < STEPS_UNCHECKED {
            return Ok(());
        }
        self.n_unchecked = 0;
        self.deadline.check()
    }
}

impl Weighted {
    /// Shows `visit` every maximal clique of at least the weight that it last asked for: it gives back the least weight
    /// that it still wants. Each clique is shown once, its vertices in no order, always in the same sequence.
    ///
    /// Bron & Kerbosch (1973, algorithm 457) with the pivot of Tomita, Tanaka & Takahashi (2006): of the vertices that
    /// may join, only those that are not next to the one with the most candidates for neighbors are tried. The outermost
    /// level takes the vertices by degree, so that sparse graphs cost little (after Eppstein, Löffler & Strash 2010, who
    /// take them by degeneracy). A branch that cannot come to the wanted weight is left. O(3^(n/3)) at the worst, which
    /// is how many maximal cliques there can be (Moon & Moser 1965). The stack is our own: a clique can be larger than
    /// a thread's. `petgraph::algo::maximal_cliques` keeps all of them in sets and cannot be stopped.
    ///
    /// # Errors
    /// When the deadline passes, or when `visit` says so.
    pub(super) fn each_maximal_clique(
        &self,
        deadline: Deadline,
        mut visit: impl FnMut(&[u32]) -> Result<usize, OutOfTime>,
    ) -> Result<(), OutOfTime> {
        let mut steps = Steps { deadline, n_unchecked: 0 };
        let mut weight_min = 0;
        let degree = |vertex: u32| (self.neighbors[vertex as usize].len(), vertex);
        let mut by_degree: Vec<u32> = (0..dense(self.neighbors.len())).collect();
        by_degree.sort_by_key(|vertex| degree(*vertex));
        for root in by_degree {
            let (candidates, tried) =
                self.neighbors[root as usize].iter().partition(|vertex| degree(**vertex) > degree(root));
            let mut clique = vec![root];
            let mut stack = Vec::new();
            self.descend(&mut stack, &clique, (candidates, tried), &mut weight_min, &mut steps, &mut visit)?;
            while let Some(frame) = stack.last_mut() {
                let Some(next) = frame.branches.pop() else {
                    stack.pop();
                    clique.pop();
                    continue;
                };
                let candidates = self.next_to(next, &frame.candidates);
                let tried = self.next_to(next, &frame.tried);
                steps.spend(frame.candidates.len() + frame.tried.len())?;
                move_over(next, frame);
                clique.push(next);
                if !self.descend(&mut stack, &clique, (candidates, tried), &mut weight_min, &mut steps, &mut visit)? {
                    clique.pop();
                }
            }
        }
        Ok(())
    }

    /// Goes a level deeper where there is something to find. Shows `visit` the clique when it is maximal.
    fn descend(
        &self,
        stack: &mut Vec<Frame>,
        clique: &[u32],
        (candidates, tried): (Vec<u32>, Vec<u32>),
        weight_min: &mut usize,
        steps: &mut Steps,
        visit: &mut impl FnMut(&[u32]) -> Result<usize, OutOfTime>,
    ) -> Result<bool, OutOfTime> {
        let weight = |vertices: &[u32]| vertices.iter().map(|vertex| self.weights[*vertex as usize]).sum::<usize>();
        if weight(clique) + weight(&candidates) < *weight_min {
            return Ok(false);
        }
        if candidates.is_empty() {
            if tried.is_empty() {
                *weight_min = visit(clique)?;
            }
            return Ok(false);
        }
        let branches = self.branches(&candidates, &tried, steps)?;
        stack.push(Frame { candidates, tried, branches });
        Ok(true)
    }

    /// The candidates that are not next to the pivot, the last to be tried first in the list.
    fn branches(&self, candidates: &[u32], tried: &[u32], steps: &mut Steps) -> Result<Vec<u32>, OutOfTime> {
        let mut pivot = (None, 0);
        for vertex in tried.iter().chain(candidates) {
            let n = self.next_to(*vertex, candidates).len();
            steps.spend(candidates.len())?;
            if pivot.0.is_none() || n > pivot.1 {
                pivot = (Some(*vertex), n);
            }
            // Next to all others: no pivot leaves fewer.
            let is_candidate = candidates.binary_search(vertex).is_ok();
            if n + usize::from(is_candidate) == candidates.len() {
                break;
            }
        }
        let (Some(pivot), _) = pivot else { return Ok(Vec::new()) };
        let near = &self.neighbors[pivot as usize];
        Ok(candidates.iter().rev().copied().filter(|vertex| near.binary_search(vertex).is_err()).collect())
    }

    /// Those of `vertices` that are joined with `vertex`; the shorter of the two sorted lists is looked up in the longer.
    fn next_to(&self, vertex: u32, vertices: &[u32]) -> Vec<u32> {
        let near = &self.neighbors[vertex as usize][..];
        let (short, long) = if near.len() < vertices.len() { (near, vertices) } else { (vertices, near) };
        short.iter().copied().filter(|vertex| long.binary_search(vertex).is_ok()).collect()
    }
}

/// From the candidates to those that were tried.
fn move_over(vertex: u32, frame: &mut Frame) {
    if let Ok(i) = frame.candidates.binary_search(&vertex) {
        frame.candidates.remove(i);
    }
    if let Err(i) = frame.tried.binary_search(&vertex) {
        frame.tried.insert(i, vertex);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use proptest::prelude::*;

    fn graph(n: u32, joined: impl Fn(u32, u32) -> bool) -> Weighted {
        let near = |a: u32| (0..n).filter(|b| a != *b && joined(a.min(*b), a.max(*b))).collect();
        Weighted { neighbors: (0..n).map(near).collect(), weights: vec![1; n as usize] }
    }

    fn cliques(graph: &Weighted, weight_min: usize) -> Vec<Vec<u32>> {
        let mut found = Vec::new();
        let mut visit = |clique: &[u32]| {
            let mut clique = clique.to_vec();
            clique.sort_unstable();
            found.push(clique);
            Ok(weight_min)
        };
        graph.each_maximal_clique(Deadline::never(), &mut visit).expect("there is no deadline");
        found.sort();
        found
    }

    /// Every set of vertices in which all are joined, and which no other vertex is joined with.
    fn by_subsets(graph: &Weighted) -> Vec<Vec<u32>> {
        let n = dense(graph.neighbors.len());
        let joined = |a: u32, b: u32| graph.neighbors[a as usize].contains(&b);
        let is_clique = |set: u32| {
            let members = || (0..n).filter(|vertex| set >> vertex & 1 == 1);
            members().all(|a| members().all(|b| a == b || joined(a, b)))
        };
        let is_maximal = |set: u32| (0..n).all(|vertex| set >> vertex & 1 == 1 || !is_clique(set | 1 << vertex));
        let sets = (1..1u32 << n).filter(|set| is_clique(*set) && is_maximal(*set));
        let mut found: Vec<Vec<u32>> =
            sets.map(|set| (0..n).filter(|vertex| set >> vertex & 1 == 1).collect()).collect();
        found.sort();
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn they_are_those_that_trying_all_subsets_finds(
            n in 0..9u32,
            edges in prop::collection::vec(any::<bool>(), 36),
            weight_min in 0..6usize,
        ) {
            let graph = graph(n, |a, b| edges[(b * (b - 1) / 2 + a) as usize]);
            prop_assert_eq!(cliques(&graph, 0), by_subsets(&graph));
            let of_weight = |cliques: Vec<Vec<u32>>| -> Vec<_> {
                cliques.into_iter().filter(|clique| clique.len() >= weight_min).collect()
            };
            prop_assert_eq!(of_weight(cliques(&graph, weight_min)), of_weight(by_subsets(&graph)));
        }
    }

    #[test]
    fn a_clique_of_thousands_is_one_and_is_found_at_once() {
        let graph = graph(1_500, |_, _| true);
        assert_eq!(cliques(&graph, 0).len(), 1);
    }

    #[test]
    fn a_search_without_end_is_stopped() {
        // Fifty pairs of strangers, all others joined: 2^50 maximal cliques (Moon & Moser 1965).
        let graph = graph(100, |a, b| a / 2 != b / 2);
        let deadline = Deadline::at(Instant::now());
        assert_eq!(graph.each_maximal_clique(deadline, |_| Ok(0)), Err(OutOfTime));
    }
}

//! Communities by modularity: groups within which there are more edges than chance would put there.

use petgraph::unionfind::UnionFind;

use super::{Groups, Projection};
use crate::graph::index::{Rows, dense};
use crate::graph::{Deadline, OutOfTime};

/// Communities whose [`modularity`](super::modularity) nothing small can raise: not moving one vertex to another
/// community or to one of its own, nor joining two communities, nor splitting one into parts that no edge joins. It need
/// not be the highest there is: that is NP-hard to find.
///
/// The Louvain method, Blondel, Guillaume, Lambiotte & Lefebvre 2008. Edges count whichever way they lead, one both
/// ways once. Where it leaves off it is run again on its own outcome, first moving single vertices, and communities that
/// came apart on the way are split (both are flaws of it that Traag, Waltman & van Eck 2019 show), until nothing
/// changes. Vertices are taken in their order and gains are compared as whole numbers, so that the same graph always has
/// the same communities. Some tens of rounds, O(edges) each.
///
/// # Errors
/// When the deadline is over; looked at some thousand times a round.
pub fn louvain(graph: &Projection, deadline: Deadline) -> Result<Groups, OutOfTime> {
    Ok(Groups::of_labels(graph, &labels(graph, deadline)?))
}

fn labels(graph: &Projection, deadline: Deadline) -> Result<Vec<u32>, OutOfTime> {
    let base = Network::of(graph);
    let mut community: Vec<u32> = (0..dense(graph.n())).collect();
    loop {
        let mut has_changed = base.move_vertices(&mut community, deadline)?;
        loop {
            let (coarse, vertex_of) = base.joined(&community);
            let mut joined: Vec<u32> = (0..dense(coarse.n())).collect();
            if !coarse.move_vertices(&mut joined, deadline)? {
                break;
            }
            has_changed = true;
            community = vertex_of.iter().map(|vertex| joined[*vertex as usize]).collect();
        }
        has_changed |= base.split(&mut community);
        if !has_changed {
            return Ok(community);
        }
    }
}

/// An undirected graph with weights; a vertex may stand for a whole community.
struct Network {
    /// For each vertex its neighbors and the weight of the edge to each; the vertex itself is not among them.
    edges: Rows<(u32, u32)>,
    /// For each vertex the number of ends of edges at it, those of the edges within it included.
    n_ends: Vec<u64>,
}

/// Where the vertices of a [`Network`] are while they move.
struct Places {
    /// For each community the sum of its members' ends.
    n_ends: Vec<u64>,
    n_members: Vec<u32>,
    /// Communities without members.
    empty: Vec<u32>,
    /// For each community the weight of the edges from the vertex that is looked at; 0 when it is not `near`.
    weight_to: Vec<u64>,
    /// The communities next to that vertex.
    near: Vec<u32>,
}

impl Network {
    fn of(graph: &Projection) -> Self {
        let undirected = graph.undirected();
        let vertices = 0..dense(graph.n());
        let neighbors = |vertex: u32| undirected.neighbors_slice(vertex);
        let edges = vertices.clone().flat_map(|vertex| neighbors(vertex).iter().map(move |far| (vertex, (*far, 1))));
        Self {
            edges: Rows::from_sorted(dense(graph.n()), edges),
            n_ends: vertices.map(|vertex| neighbors(vertex).len() as u64).collect(),
        }
    }

    fn n(&self) -> usize {
        self.n_ends.len()
    }

    /// Moves each vertex in turn to the community where it raises modularity most, until no move of one vertex raises
    /// it. Says whether any moved.
    fn move_vertices(&self, community: &mut [u32], deadline: Deadline) -> Result<bool, OutOfTime> {
        let n_ends: i128 = self.n_ends.iter().map(|n| i128::from(*n)).sum();
        let mut places = Places::new(self, community);
        let mut has_moved = false;
        // After a sweep over all, only those next to one that moved are looked at, until a sweep over all moves none.
        let all = || (0..dense(self.n())).collect::<std::collections::VecDeque<_>>();
        let (mut queue, mut is_queued, mut has_moved_since) = (all(), vec![true; self.n()], false);
        let mut n_looks = 0_u32;
        loop {
            let Some(vertex) = queue.pop_front() else {
                if !has_moved_since {
                    return Ok(has_moved);
                }
                (queue, has_moved_since) = (all(), false);
                is_queued.fill(true);
                continue;
            };
            n_looks = n_looks.wrapping_add(1);
            if n_looks % 1024 == 1 {
                deadline.check()?;
            }
            is_queued[vertex as usize] = false;
            let before = community[vertex as usize];
            let best = places.best(self, vertex, community, n_ends);
            places.put(self, vertex, before, best);
            if best == before {
                continue;
            }
            community[vertex as usize] = best;
            (has_moved, has_moved_since) = (true, true);
            for (far, _) in self.edges.row(vertex) {
                if community[*far as usize] != best && !std::mem::replace(&mut is_queued[*far as usize], true) {
                    queue.push_back(*far);
                }
            }
        }
    }

    /// The network whose vertices are the communities, and for each vertex the one that stands for its community.
    fn joined(&self, community: &[u32]) -> (Self, Vec<u32>) {
        let mut number = vec![None; self.n()];
        let mut members: Vec<Vec<u32>> = Vec::new();
        let vertex_of: Vec<u32> = (0..)
            .zip(community)
            .map(|(vertex, community)| {
                let joined = *number[*community as usize].get_or_insert_with(|| {
                    members.push(Vec::new());
                    dense(members.len() - 1)
                });
                members[joined as usize].push(vertex);
                joined
            })
            .collect();
        let mut edges = Vec::new();
        let mut weight_to = vec![0; members.len()];
        let mut near = Vec::new();
        for (joined, members) in (0..).zip(&members) {
            for (far, weight) in members.iter().flat_map(|member| self.edges.row(*member)) {
                let far = vertex_of[*far as usize];
                if far != joined {
                    if weight_to[far as usize] == 0 {
                        near.push(far);
                    }
                    weight_to[far as usize] += weight;
                }
            }
            near.sort_unstable();
            edges.extend(near.drain(..).map(|far| (joined, (far, std::mem::take(&mut weight_to[far as usize])))));
        }
        let n_ends = members.iter().map(|members| members.iter().map(|member| self.n_ends[*member as usize]).sum());
        (Self { n_ends: n_ends.collect(), edges: Rows::from_sorted(dense(members.len()), edges) }, vertex_of)
    }

    /// Splits the communities that do not hang together. Says whether there was one.
    fn split(&self, community: &mut Vec<u32>) -> bool {
        let n_before = n_different(community);
        let mut parts = UnionFind::<u32>::new(self.n());
        for vertex in 0..dense(self.n()) {
            for (far, _) in self.edges.row(vertex) {
                if community[vertex as usize] == community[*far as usize] {
                    parts.union(vertex, *far);
                }
            }
        }
        *community = parts.into_labeling();
        n_different(community) > n_before
    }
}

impl Places {
    fn new(network: &Network, community: &[u32]) -> Self {
        let n = network.n();
        let (mut n_ends, mut n_members) = (vec![0; n], vec![0_u32; n]);
        for (community, n_ends_of) in community.iter().zip(&network.n_ends) {
            n_ends[*community as usize] += n_ends_of;
            n_members[*community as usize] += 1;
        }
        let empty = (0..dense(n)).rev().filter(|community| n_members[*community as usize] == 0).collect();
        Self { n_ends, n_members, empty, weight_to: vec![0; n], near: Vec::new() }
    }

    /// The community in which `vertex` raises modularity most; where several do, its own or else the smallest number.
    fn best(&mut self, network: &Network, vertex: u32, community: &[u32], n_ends: i128) -> u32 {
        for (far, weight) in network.edges.row(vertex) {
            let near = community[*far as usize];
            if self.weight_to[near as usize] == 0 {
                self.near.push(near);
            }
            self.weight_to[near as usize] += u64::from(*weight);
        }
        let own = community[vertex as usize];
        let n_ends_of = network.n_ends[vertex as usize];
        // What modularity gains when the vertex, taken out of its community, is put into `place`; times n_ends² / 2.
        let gain = |place: u32| {
            let n_ends_there = self.n_ends[place as usize] - if place == own { n_ends_of } else { 0 };
            i128::from(self.weight_to[place as usize]) * n_ends - i128::from(n_ends_of) * i128::from(n_ends_there)
        };
        let alone = if self.n_members[own as usize] > 1 { self.empty.last() } else { None };
        let places = self.near.iter().chain(alone).copied().chain([own]);
        let best = places.max_by_key(|place| (gain(*place), *place == own, std::cmp::Reverse(*place)));
        for near in self.near.drain(..) {
            self.weight_to[near as usize] = 0;
        }
        best.expect("its own is among them")
    }

    fn put(&mut self, network: &Network, vertex: u32, from: u32, to: u32) {
        if from == to {
            return;
        }
        let n_ends = network.n_ends[vertex as usize];
        if self.empty.last() == Some(&to) {
            self.empty.pop();
        }
        self.n_ends[from as usize] -= n_ends;
        self.n_ends[to as usize] += n_ends;
        self.n_members[from as usize] -= 1;
        self.n_members[to as usize] += 1;
        if self.n_members[from as usize] == 0 {
            self.empty.push(from);
        }
    }
}

fn n_different(labels: &[u32]) -> usize {
    let mut labels = labels.to_vec();
    labels.sort_unstable();
    labels.dedup();
    labels.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::modularity;
    use crate::graph::measure::samples::{Sample, grouped, samples};

    #[test]
    fn two_triangles_joined_by_an_edge_are_two_communities() {
        let edges = vec![(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];
        let graph = Sample { n: 7, edges, is_directed: false }.projection();
        let groups = louvain(&graph, Deadline::never()).expect("no deadline");
        assert_eq!(grouped(&groups), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        let expected = 6.0 / 7.0 - 0.5;
        assert!((modularity(&graph, &groups).expect("there are edges") - expected).abs() < 1e-12);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Neither moving one vertex, nor joining two communities, nor splitting one along a gap raises modularity.
        #[test]
        fn nothing_small_raises_modularity(sample in samples()) {
            let found = labels(&sample.projection(), Deadline::never()).expect("no deadline");
            let Some(reached) = sample.modularity(&found) else {
                prop_assert_eq!(found.len(), n_different(&found));
                return Ok(());
            };
            let raises = |labels: &[u32]| sample.modularity(labels).expect("there are edges") > reached + 1e-12;
            let alone = dense(sample.n);
            for v in 0..sample.n {
                for to in found.iter().copied().chain([alone]) {
                    let mut moved = found.clone();
                    moved[v] = to;
                    prop_assert!(!raises(&moved), "{v} to {to} of {found:?}");
                }
                for w in 0..v {
                    let joined = found.iter().map(|label| if *label == found[v] { found[w] } else { *label });
                    prop_assert!(!raises(&joined.collect::<Vec<_>>()));
                }
            }
            let mut parts: Vec<usize> = (0..sample.n).collect();
            for _ in 0..sample.n {
                for (a, b) in sample.edges.iter().filter(|(a, b)| found[*a] == found[*b]) {
                    let least = parts[*a].min(parts[*b]);
                    (parts[*a], parts[*b]) = (least, least);
                }
            }
            let parts: Vec<u32> = parts.into_iter().map(dense).collect();
            prop_assert_eq!(n_different(&parts), n_different(&found), "each community hangs together");
        }
    }
}

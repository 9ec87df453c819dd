//! Measures of the whole graph: who is central, what hangs together, who belongs with whom.
//!
//! Each runs on a [`Projection`], the simple graph that a [`Traversal`](super::Traversal) makes of the snapshot. What may
//! take more than a few looks at each edge takes a [`Deadline`](super::Deadline) and fails only when it is over; degrees,
//! core numbers, components and modularity need none. One measure a file, each with its definition and source. A score is
//! given for each vertex, in the order of [`Projection::entities`].
//!
//! **Why our own.** `petgraph::algo::page_rank` is quadratic. rustworkx-core 0.18 computes the same betweenness and
//! closeness, but took three and six times as long as these on 10,000 vertices and 30,000 edges (23 s to 7.5 s, 15 s to
//! 2.5 s, on one core), cannot be interrupted, brings a thread pool of its own with some thirty crates, and has no
//! communities. What petgraph itself does well is used: compressed sparse rows and union-find.
//!
//! **What a measure rests on.** On [all statements of its projection](super::Snapshot::statements_projected): run on
//! them alone it gives the same, and no other statement has any weight. It cannot always be said that without them the
//! answer changes: a graph in which all are alike (a ring) has the same PageRank for all with its edges and without,
//! and nobody stands between others where everybody is joined with everybody. Degrees, components and communities of
//! more than one member do change.

mod betweenness;
mod closeness;
mod clustering;
mod communities;
mod components;
mod core_number;
mod degree;
mod groups;
mod label_propagation;
#[cfg(test)]
mod ldbc_example;
mod louvain;
mod modularity;
mod page_rank;
mod projection;
mod ranking;
#[cfg(test)]
mod samples;

pub use betweenness::betweenness;
pub use closeness::{closeness, harmonic};
pub use clustering::clustering_coefficient;
pub use communities::{Communities, CommunityMethod, Components, Grouped};
pub use components::components;
pub use core_number::core_number;
pub use degree::{degree, in_degree, out_degree};
pub use groups::Groups;
pub use label_propagation::{N_ROUNDS, label_propagation};
pub use louvain::louvain;
pub use modularity::modularity;
pub use page_rank::{DAMPING, page_rank};
pub use projection::Projection;
pub use ranking::{Centrality, Ranked, Ranking, Scores};

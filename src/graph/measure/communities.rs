//! Which entities hang together, and which belong together: groups over the whole graph.

use super::{Groups, N_ROUNDS, Projection, components, label_propagation, louvain, modularity};
use crate::graph::{Computation, Deadline, OutOfTime, Snapshot, Traversal};

/// What hangs together?
#[derive(Debug)]
pub struct Components {
    via: Traversal,
}

/// How communities are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommunityMethod {
    /// [`louvain`].
    Louvain,
    /// [`label_propagation`], [`N_ROUNDS`] rounds.
    LabelPropagation,
}

/// Who belongs with whom?
#[derive(Debug)]
pub struct Communities {
    by: CommunityMethod,
    via: Traversal,
}

/// All entities of a projection in groups.
#[derive(Debug)]
pub struct Grouped {
    /// The groups.
    pub groups: Groups,
    /// [`modularity`].
    pub modularity: Option<f64>,
    /// How many statements they were made from.
    pub n_statements: usize,
}

impl Components {
    /// Of the projection that `via` makes.
    pub fn new(via: Traversal) -> Self {
        Self { via: via.in_order() }
    }
}

impl Communities {
    /// Of the projection that `via` makes.
    pub fn new(by: CommunityMethod, via: Traversal) -> Self {
        Self { by, via: via.in_order() }
    }
}

impl Grouped {
    fn new(graph: &Projection, groups: Groups) -> Self {
        Self { modularity: modularity(graph, &groups), groups, n_statements: graph.n_statements() }
    }

    fn size(&self) -> usize {
        // A member's index, and the index and the group's number to find the group of a member, at 32 bits each.
        self.groups.n_members() * 3 / 2
    }
}

impl Computation for Components {
    type Answer = Grouped;

    fn compute(&self, snapshot: &Snapshot, _: Deadline) -> Result<Grouped, OutOfTime> {
        let graph = Projection::of(snapshot, &self.via);
        Ok(Grouped::new(&graph, components(&graph)))
    }

    fn size(answer: &Grouped) -> usize {
        answer.size()
    }
}

impl Computation for Communities {
    type Answer = Grouped;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Grouped, OutOfTime> {
        let graph = Projection::of(snapshot, &self.via);
        let groups = match self.by {
            CommunityMethod::Louvain => louvain(&graph, deadline)?,
            CommunityMethod::LabelPropagation => label_propagation(&graph, N_ROUNDS, deadline)?,
        };
        Ok(Grouped::new(&graph, groups))
    }

    fn size(answer: &Grouped) -> usize {
        answer.size()
    }
}

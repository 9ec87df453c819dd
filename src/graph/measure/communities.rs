//! Which entities hang together, and which belong together: groups over the whole graph.

use super::{Groups, N_ROUNDS, Projection, components, label_propagation, louvain, modularity};
use crate::graph::{Computation, Deadline, OutOfTime, Snapshot, StatementIx, Traversal};

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
    /// For each group how many of them join two of its members.
    n_within: Vec<u32>,
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
    fn new(snapshot: &Snapshot, via: &Traversal, graph: &Projection, groups: Groups) -> Self {
        let mut group_of = vec![None; snapshot.counts().n_entities as usize];
        for (entity, group) in graph.entities().iter().zip(groups.of_vertices()) {
            group_of[entity.0 as usize] = Some(group);
        }
        let mut n_statements = 0;
        let mut n_within = vec![0; groups.n() as usize];
        for ix in snapshot.statements_projected(via) {
            n_statements += 1;
            let row = snapshot.statement(ix);
            let [of_subject, of_object] = [row.subject, row.object].map(|end| group_of[end.0 as usize]);
            if let Some(group) = of_subject.filter(|group| of_object == Some(*group)) {
                n_within[group as usize] += 1;
            }
        }
        Self { modularity: modularity(graph, &groups), groups, n_statements, n_within }
    }

    /// How many statements join two members of the group. O(1).
    pub fn n_statements_within(&self, group: u32) -> usize {
        self.n_within[group as usize] as usize
    }

    /// The statements through `via` that join two members of the group, by subject. O(the members' statements).
    pub fn statements_within<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        via: &'a Traversal,
        group: u32,
    ) -> impl Iterator<Item = StatementIx> + 'a {
        let of_members = self.groups.members(group).iter().flat_map(|member| snapshot.statements_of_subject(*member));
        of_members.copied().filter(move |ix| {
            let object = snapshot.statement(*ix).object;
            snapshot.is_projected(*ix, via) && self.groups.group_of(object) == Some(group)
        })
    }

    fn size(&self) -> usize {
        // At 32 bits each: a member's index, index and group to find the group of a member, and a count a group.
        self.groups.n_members() * 3 / 2 + self.n_within.len() / 2
    }
}

impl Computation for Components {
    type Answer = Grouped;

    fn compute(&self, snapshot: &Snapshot, _: Deadline) -> Result<Grouped, OutOfTime> {
        let graph = Projection::of(snapshot, &self.via);
        Ok(Grouped::new(snapshot, &self.via, &graph, components(&graph)))
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
        Ok(Grouped::new(snapshot, &self.via, &graph, groups))
    }

    fn size(answer: &Grouped) -> usize {
        answer.size()
    }
}

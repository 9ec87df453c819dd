//! The simple graph on which a measure runs.

use std::borrow::Cow;

use petgraph::Directed;
use petgraph::csr::Csr;

use crate::graph::index::dense;
use crate::graph::{Direction, EntityIx, Snapshot, Sort, StatementIx, StatementOrder, Traversal};
use crate::model::Predicate;

/// For each vertex the ends of its edges, in order, each once.
pub(super) type Adjacency = Csr<(), (), Directed, u32>;

/// The simple graph that a [`Traversal`] makes of a snapshot.
///
/// Its vertices are all entities of the wanted kinds, also those without an edge, numbered from 0 in the order of kind
/// and name. From one vertex to another there is an edge when at least one usable statement leads there: from subject to
/// object for [`Direction::Out`], from object to subject for [`Direction::In`]; for [`Direction::Both`] the graph is
/// undirected. Edges have no weight: ten statements between two entities make one edge. Statements of an entity about
/// itself are left out.
#[derive(Debug)]
pub struct Projection {
    entities: Vec<EntityIx>,
    outgoing: Adjacency,
    /// The edges turned round; `None` when the graph is undirected and they are the same.
    incoming: Option<Adjacency>,
    n_statements: usize,
}

impl Projection {
    /// Of the statements in `snapshot` that `via` may use. O(entities + statements).
    pub fn of(snapshot: &Snapshot, via: &Traversal) -> Self {
        let n_all = snapshot.counts().n_entities;
        let entities: Vec<_> = (0..n_all).map(EntityIx).filter(|ix| snapshot.is_passable(*ix, via)).collect();
        let mut vertex_of = vec![None; n_all as usize];
        for (vertex, entity) in (0..).zip(&entities) {
            vertex_of[entity.0 as usize] = Some(vertex);
        }
        let edges = |direction| {
            let mut edges = Vec::new();
            for (vertex, entity) in (0..).zip(&entities) {
                let neighbors = snapshot.neighbors_by(*entity, direction, via);
                edges.extend(neighbors.filter_map(|far| vertex_of[far.0 as usize]).map(|far: u32| (vertex, far)));
            }
            adjacency(entities.len(), &edges)
        };
        let (outgoing, incoming) = match via.direction {
            Direction::Out => (edges(Direction::Out), Some(edges(Direction::In))),
            Direction::In => (edges(Direction::In), Some(edges(Direction::Out))),
            Direction::Both => (either_way(&edges(Direction::Out), &edges(Direction::In)), None),
        };
        let n_statements = snapshot.statements_projected(via).count();
        Self { entities, outgoing, incoming, n_statements }
    }

    /// Of edges in any order, perhaps several of the same, between vertices of these entities.
    #[cfg(test)]
    pub(super) fn of_edges(entities: Vec<EntityIx>, mut edges: Vec<(u32, u32)>, is_directed: bool) -> Self {
        let sorted = |mut edges: Vec<(u32, u32)>| {
            edges.sort_unstable();
            edges.dedup();
            adjacency(entities.len(), &edges)
        };
        let turned: Vec<_> = edges.iter().map(|(from, to)| (*to, *from)).collect();
        if !is_directed {
            edges.extend(&turned);
        }
        let (outgoing, incoming) = (sorted(edges), is_directed.then(|| sorted(turned)));
        Self { entities, outgoing, incoming, n_statements: 0 }
    }

    /// Its vertices.
    pub fn entities(&self) -> &[EntityIx] {
        &self.entities
    }

    /// How many vertices there are.
    pub fn n(&self) -> usize {
        self.entities.len()
    }

    /// Whether its edges have a direction.
    pub fn is_directed(&self) -> bool {
        self.incoming.is_some()
    }

    /// How many statements its edges stand for.
    pub fn n_statements(&self) -> usize {
        self.n_statements
    }

    /// Where the edges of `vertex` lead.
    pub(super) fn out(&self, vertex: u32) -> &[u32] {
        self.outgoing.neighbors_slice(vertex)
    }

    /// Where the edges to `vertex` come from.
    pub(super) fn into(&self, vertex: u32) -> &[u32] {
        self.incoming.as_ref().unwrap_or(&self.outgoing).neighbors_slice(vertex)
    }

    /// The same without direction: for each vertex all that an edge joins it with. O(1) when it has none, else
    /// O(n + edges).
    pub(super) fn undirected(&self) -> Cow<'_, Adjacency> {
        match &self.incoming {
            None => Cow::Borrowed(&self.outgoing),
            Some(incoming) => Cow::Owned(either_way(&self.outgoing, incoming)),
        }
    }
}

impl Snapshot {
    /// The statements that a measure through `via` rests on: those that `via` may use, between two different entities
    /// of its kinds. By subject and object; where `via` names predicates, by predicate first. O(1) for the next one,
    /// as far as all statements with the named predicates are usable.
    pub fn statements_projected(&self, via: &Traversal) -> impl Iterator<Item = StatementIx> {
        let mut predicates = via.predicates.clone().unwrap_or_default();
        predicates.sort_unstable();
        predicates.dedup();
        let all = via.predicates.is_none().then(|| self.all_statements(StatementOrder::Subject, Sort::Ascending));
        let all = all.into_iter().flat_map(|all| (0..all.len()).filter_map(move |i| all.get(i)));
        let of_predicate = |predicate: Predicate| self.by_predicate.row(predicate as u32).iter().copied();
        let named = predicates.into_iter().flat_map(of_predicate);
        all.chain(named).filter(|ix| {
            let row = self.statement(*ix);
            row.subject != row.object
                && self.is_passable(row.subject, via)
                && self.is_passable(row.object, via)
                && self.is_usable(*ix, via)
        })
    }

    /// Where at least one usable statement leads from `entity`, itself left out, in order.
    fn neighbors_by(&self, entity: EntityIx, direction: Direction, via: &Traversal) -> impl Iterator<Item = EntityIx> {
        let others = self.runs_at(entity, direction).filter(move |run| run.neighbor != entity);
        others.filter(|run| self.run(run.first).any(|ix| self.is_usable(ix, via))).map(|run| run.neighbor)
    }
}

/// From edges in order, each once.
fn adjacency(n: usize, sorted: &[(u32, u32)]) -> Adjacency {
    let mut csr = Adjacency::from_sorted_edges(sorted).expect("in the order of their ends, and each pair once");
    // Vertices behind the last one that has an edge.
    while csr.node_count() < n {
        csr.add_node(());
    }
    csr
}

/// For each vertex what an edge joins it with, whichever way.
fn either_way(outgoing: &Adjacency, incoming: &Adjacency) -> Adjacency {
    let mut edges = Vec::with_capacity(2 * outgoing.edge_count());
    for vertex in 0..dense(outgoing.node_count()) {
        let far = merged(outgoing.neighbors_slice(vertex), incoming.neighbors_slice(vertex));
        edges.extend(far.map(|far| (vertex, far)));
    }
    adjacency(outgoing.node_count(), &edges)
}

/// Two ordered lists as one, what is in both once.
fn merged<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    std::iter::from_fn(move || {
        let next = [a.peek(), b.peek()].into_iter().flatten().min().copied()?;
        a.next_if_eq(&next);
        b.next_if_eq(&next);
        Some(next)
    })
}

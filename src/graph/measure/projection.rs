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
        let mut edges = Vec::new();
        for (vertex, entity) in (0..).zip(&entities) {
            let objects = snapshot.objects_by(*entity, via);
            edges.extend(objects.filter_map(|far| vertex_of[far.0 as usize]).map(|far: u32| (vertex, far)));
        }
        let out = adjacency(entities.len(), &edges);
        let back = turned(&out);
        let (outgoing, incoming) = match via.direction {
            Direction::Out => (out, Some(back)),
            Direction::In => (back, Some(out)),
            Direction::Both => (either_way(&out, &back), None),
        };
        Self { entities, outgoing, incoming }
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
        Self { entities, outgoing, incoming }
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

    /// Where the edges of `vertex` lead.
    pub(super) fn targets(&self, vertex: u32) -> &[u32] {
        self.outgoing.neighbors_slice(vertex)
    }

    /// Where the edges to `vertex` come from.
    pub(super) fn sources(&self, vertex: u32) -> &[u32] {
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
        all.chain(named).filter(|ix| self.is_projected(*ix, via))
    }

    /// Those of them that an edge of `entity` stands for: that leads from it (`Out`), to it (`In`) or either, as `via`
    /// turns edges. What its degree rests on. By predicate, those from it first. O(statements of the entity).
    pub fn statements_projected_at(&self, entity: EntityIx, side: Direction, via: &Traversal) -> Vec<StatementIx> {
        let side = if via.direction == Direction::In { side.reversed() } else { side };
        let from = if side == Direction::In { &[] } else { self.statements_of_subject(entity) };
        let to = if side == Direction::Out { &[] } else { self.statements_of_object(entity) };
        from.iter().chain(to).copied().filter(|ix| self.is_projected(*ix, via)).collect()
    }

    /// Whether a projection through `via` has an edge for `statement`.
    pub(super) fn is_projected(&self, statement: StatementIx, via: &Traversal) -> bool {
        let row = self.statement(statement);
        row.subject != row.object
            && self.is_passable(row.subject, via)
            && self.is_passable(row.object, via)
            && self.is_usable(statement, via)
    }

    /// The objects of usable statements of `entity`, itself left out, in order.
    fn objects_by(&self, entity: EntityIx, via: &Traversal) -> impl Iterator<Item = EntityIx> {
        let others = self.runs_at(entity, Direction::Out).filter(move |run| run.neighbor != entity);
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

/// The same edges, turned round. O(n + edges): asking all statements once more would take far longer.
fn turned(edges: &Adjacency) -> Adjacency {
    let vertices = || 0..dense(edges.node_count());
    let mut starts = vec![0_usize; edges.node_count() + 1];
    for far in vertices().flat_map(|vertex| edges.neighbors_slice(vertex)) {
        starts[*far as usize + 1] += 1;
    }
    for vertex in 1..starts.len() {
        starts[vertex] += starts[vertex - 1];
    }
    let mut turned = vec![(0, 0); edges.edge_count()];
    for vertex in vertices() {
        for far in edges.neighbors_slice(vertex) {
            turned[starts[*far as usize]] = (*far, vertex);
            starts[*far as usize] += 1;
        }
    }
    adjacency(edges.node_count(), &turned)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::{Centrality, Communities, CommunityMethod, Components, Grouped, Ranking, Scores};
    use crate::graph::world::{World, world};
    use crate::graph::{Computation, Deadline};
    use crate::model::{Basis, EntityKind};

    /// Ten entities of three kinds, all of which are in every world.
    fn worlds() -> impl Strategy<Value = String> {
        const WORDS: [(&str, &str, &str); 4] = [
            ("organization/o", "WORKS_WITH", "organization/o"),
            ("organization/o", "ASSERTS", "claim/c"),
            ("study/s", "BACKS", "claim/c"),
            ("claim/c", "NARROWS", "claim/c"),
        ];
        let statement = (0..WORDS.len(), 0..4_u8, 0..4_u8, 2020..2023_u16, any::<bool>());
        prop::collection::vec(statement, 0..25).prop_map(|said| {
            let sentence = |(word, from, to, year, inferred): &(usize, u8, u8, u16, bool)| {
                let (subject, predicate, object) = WORDS[*word];
                let basis = if *inferred { " inferred" } else { "" };
                format!("{subject}{from} -{predicate} {year}{basis}-> {object}{to}")
            };
            let all = (0..4).map(|i| format!("organization/o{i} -ABOUT 2000-> topic/t; study/s{i} -ABOUT 2000-> topic/t; claim/c{i} -ABOUT 2000-> topic/t"));
            let mut sentences: Vec<_> = said.iter().map(sentence).chain(all).collect();
            sentences.sort();
            // A statement that is both stated and inferred is one statement; the first counts.
            sentences.dedup_by_key(|sentence| sentence.replace(" inferred", ""));
            sentences.join(";")
        })
    }

    fn traversals() -> impl Strategy<Value = Traversal> {
        use EntityKind::{Claim, Organization, Study, Topic};
        use Predicate::{Asserts, Backs, Narrows, WorksWith};
        let direction = prop::sample::select(vec![Direction::Out, Direction::In, Direction::Both]);
        let kinds = prop::sample::subsequence(vec![Claim, Organization, Study, Topic], 1..=4);
        let predicates = prop::sample::subsequence(vec![Asserts, Backs, Narrows, WorksWith], 0..=4);
        let basis = prop::sample::select(vec![Some(Basis::Stated), Some(Basis::Inferred), None]);
        (direction, prop::option::of(kinds), prop::option::of(predicates), basis).prop_map(
            |(direction, kinds, predicates, basis)| Traversal {
                direction,
                kinds,
                predicates,
                basis,
                min_certainty: None,
            },
        )
    }

    fn ranked(world: &World, by: Centrality, via: &Traversal) -> Scores {
        Ranking::new(by, via.clone()).compute(&world.snapshot, Deadline::never()).expect("no deadline")
    }

    fn grouped(world: &World, via: &Traversal) -> [Vec<Vec<EntityIx>>; 3] {
        let never = Deadline::never();
        let communities = |by| Communities::new(by, via.clone()).compute(&world.snapshot, never).expect("no deadline");
        let all = [
            Components::new(via.clone()).compute(&world.snapshot, never).expect("no deadline"),
            communities(CommunityMethod::Louvain),
            communities(CommunityMethod::LabelPropagation),
        ];
        let members = |it: Grouped| (0..it.groups.n()).map(|group| it.groups.members(group).to_vec()).collect();
        all.map(members)
    }

    const CENTRALITIES: [Centrality; 9] = [
        Centrality::PageRank,
        Centrality::Degree,
        Centrality::InDegree,
        Centrality::OutDegree,
        Centrality::Betweenness,
        Centrality::Closeness,
        Centrality::Harmonic,
        Centrality::CoreNumber,
        Centrality::ClusteringCoefficient,
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn an_edge_stands_for_usable_statements(text in worlds(), via in traversals()) {
            let world = world(&text);
            let snapshot = &world.snapshot;
            let graph = Projection::of(snapshot, &via);
            let wanted = |kind| via.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
            let all = (0..snapshot.counts().n_entities).map(EntityIx);
            let entities: Vec<_> = all.filter(|ix| wanted(snapshot.kind(*ix))).collect();
            prop_assert_eq!(graph.entities(), &entities);

            let (mut expected, mut statements) = (BTreeSet::new(), Vec::new());
            for ix in world.statements() {
                let row = snapshot.statement(ix);
                let ends = (row.subject, row.object);
                let is_usable = via.predicates.as_ref().is_none_or(|all| all.contains(&row.predicate))
                    && via.basis.is_none_or(|basis| basis == row.basis)
                    && ends.0 != ends.1
                    && entities.contains(&ends.0)
                    && entities.contains(&ends.1);
                if is_usable {
                    statements.push(ix);
                    let (forth, back) = (via.direction != Direction::In, via.direction != Direction::Out);
                    expected.extend(forth.then_some(ends));
                    expected.extend(back.then_some((ends.1, ends.0)));
                }
            }
            let found = (0..).zip(&entities).flat_map(|(vertex, entity)| {
                graph.targets(vertex).iter().map(|far| (*entity, entities[*far as usize])).collect::<Vec<_>>()
            });
            let turned = (0..).zip(&entities).flat_map(|(vertex, entity)| {
                graph.sources(vertex).iter().map(|far| (entities[*far as usize], *entity)).collect::<Vec<_>>()
            });
            prop_assert_eq!(found.collect::<BTreeSet<_>>(), expected.clone());
            prop_assert_eq!(turned.collect::<BTreeSet<_>>(), expected);
            let mut listed: Vec<_> = snapshot.statements_projected(&via).collect();
            listed.sort_unstable();
            prop_assert_eq!(listed, statements);
        }

        /// What a measure lists is all that it rests on: on that alone it is the same, and so it is without any one
        /// statement that is not listed, whichever. Without what it lists nobody has a neighbor, and all groups are of one.
        #[test]
        fn a_measure_rests_on_what_it_lists(text in worlds(), via in traversals(), pick in any::<prop::sample::Index>()) {
            let world = world(&text);
            let any_but = |listed: &BTreeSet<StatementIx>| {
                let others: Vec<_> = world.statements().filter(|ix| !listed.contains(ix)).collect();
                (!others.is_empty()).then(|| others[pick.index(others.len())])
            };
            let listed: BTreeSet<_> = world.snapshot.statements_projected(&via).collect();
            let unlisted = any_but(&listed);
            let alone = world.only(|ix| listed.contains(&ix));
            let but_one = world.only(|ix| Some(ix) != unlisted);
            let without = world.only(|ix| !listed.contains(&ix));
            let scores = |world: &World, by| {
                let scores = ranked(world, by, &via);
                scores.among(&world.snapshot, None).collect::<Vec<_>>()
            };
            for by in CENTRALITIES {
                let expected = scores(&world, by);
                prop_assert_eq!(&scores(&alone, by), &expected);
                prop_assert_eq!(&scores(&but_one, by), &expected);
                prop_assert_eq!(ranked(&world, by, &via).n_statements(), listed.len());
            }
            let groups = grouped(&world, &via);
            prop_assert_eq!(&grouped(&alone, &via), &groups);
            prop_assert_eq!(&grouped(&but_one, &via), &groups);
            let components = Components::new(via.clone()).compute(&world.snapshot, Deadline::never()).expect("no deadline");
            prop_assert_eq!(components.n_statements, listed.len());
            for group in 0..components.groups.n() {
                let within: BTreeSet<_> = components.statements_within(&world.snapshot, &via, group).collect();
                prop_assert_eq!(within.len(), components.n_statements_within(group));
                let members = components.groups.members(group);
                let outside = any_but(&within);
                let [again, ..] = grouped(&world.only(|ix| within.contains(&ix)), &via);
                prop_assert!(again.iter().any(|group| group == members), "on what it lists it is the same");
                let [again, ..] = grouped(&world.only(|ix| Some(ix) != outside), &via);
                prop_assert!(again.iter().any(|group| group == members), "without what it does not list it is the same");
            }
            for (by, side) in [
                (Centrality::Degree, Direction::Both),
                (Centrality::InDegree, Direction::In),
                (Centrality::OutDegree, Direction::Out),
            ] {
                let side = if via.direction == Direction::Both { Direction::Both } else { side };
                let all = scores(&world, by);
                let Some(first) = (!all.is_empty()).then(|| all[pick.index(all.len())]) else { continue };
                let of_it = |world: &World| scores(world, by).iter().find(|it| it.entity == first.entity).map(|it| it.score);
                let its: BTreeSet<_> = world.snapshot.statements_projected_at(first.entity, side, &via).into_iter().collect();
                let other = any_but(&its);
                prop_assert_eq!(of_it(&world.only(|ix| its.contains(&ix))), Some(first.score));
                prop_assert_eq!(of_it(&world.only(|ix| Some(ix) != other)), Some(first.score));
                prop_assert_eq!(of_it(&world.only(|ix| !its.contains(&ix))), Some(0.0));
            }
            prop_assert!(scores(&without, Centrality::Degree).iter().all(|it| it.score == 0.0));
            prop_assert!(grouped(&without, &via).iter().flatten().all(|group| group.len() == 1));
            prop_assert_eq!(listed.is_empty(), scores(&world, Centrality::Degree).iter().all(|it| it.score == 0.0));
        }
    }

    #[test]
    fn ranks_are_shared_and_counted_among_the_wanted() {
        let world = world(
            "organization/a -WORKS_WITH-> organization/b; organization/c -WORKS_WITH-> organization/d; \
             organization/d -ASSERTS-> claim/x; organization/d -ASSERTS-> claim/y",
        );
        let scores = ranked(&world, Centrality::Degree, &Traversal::default());
        let told = |kinds: Option<&[EntityKind]>| {
            let all = scores.among(&world.snapshot, kinds);
            all.map(|it| (world.snapshot.slug(it.entity), it.score, it.rank)).collect::<Vec<_>>()
        };
        let organizations = [("d", 3.0, 1), ("a", 1.0, 2), ("b", 1.0, 2), ("c", 1.0, 2)];
        assert_eq!(told(Some(&[EntityKind::Organization])), organizations);
        assert_eq!(told(Some(&[EntityKind::Claim])), [("x", 1.0, 1), ("y", 1.0, 1)]);
        assert_eq!(told(None).len(), 6);
        assert_eq!(scores.n_statements(), 4);
    }
}

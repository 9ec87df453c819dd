//! How long the questions of the relationship engine take on a big graph: 100,000 entities and 1,000,000 statements
//! whose degrees follow a power law.
//!
//! ```text
//! cargo bench --bench relationships            # all; `-- path` only what has `path` in its name
//! ```
//!
//! Every sample is another question, drawn from a seeded stream, and is asked once: the median is that of the
//! questions, and the slowest is the worst of them. The world and what is asked of it are the same in every run and on
//! every machine, so that two runs differ by the machine and the code alone.

mod evidence;
#[path = "../../tests/generated/mod.rs"]
mod generated;
mod subgraph;
mod whole_graph;

use std::collections::HashSet;
use std::sync::LazyLock;

use divan::Bencher;
use grounds::graph::{
    Budget, Direction, DocumentIx, EntityIx, EntityOrder, Path, Snapshot, Sort, StanceSummary, StatementOrder,
    Traversal,
};
use grounds::model::{Basis, EntityKind};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use strum::VariantArray as _;

const N_ENTITIES: usize = 100_000;
const N_STATEMENTS: usize = 1_000_000;
const SEED: u64 = 4;

/// As a GraphQL query has them when it says nothing else.
const HOPS_MAX: usize = 6;
const VISITS_MAX: usize = 500_000;

static WORLD: LazyLock<Snapshot> = LazyLock::new(|| Snapshot::build(generated::facts(SEED, N_ENTITIES, N_STATEMENTS)));

fn main() {
    let counts = WORLD.counts();
    println!("{counts:?}, seed {SEED}");
    for kind in EntityKind::VARIANTS {
        let most = hub(*kind, 0);
        println!("  {}, at most {} neighbors", kind.counted(WORLD.n_of_kind(*kind) as usize), WORLD.n_neighbors(most));
    }
    divan::main();
}

/// The `i`th of a kind by the number of its neighbors.
fn hub(kind: EntityKind, i: usize) -> EntityIx {
    let by_degree = WORLD.entities(kind, EntityOrder::Degree, Sort::Descending);
    by_degree.get(i).expect("there are more")
}

/// Questions: a stream of chance, the same in every run.
struct Questions(ChaCha8Rng);

impl Questions {
    fn new() -> Self {
        Self(ChaCha8Rng::seed_from_u64(SEED))
    }

    /// Any entity that has a neighbor, each as likely as any other.
    fn entity(&mut self) -> EntityIx {
        loop {
            let mut i = self.0.random_range(0..N_ENTITIES);
            for kind in EntityKind::VARIANTS {
                let of_kind = WORLD.entities(*kind, EntityOrder::Name, Sort::Ascending);
                match of_kind.get(i) {
                    Some(entity) if WORLD.n_neighbors(entity) > 0 => return entity,
                    Some(_) => break,
                    None => i -= of_kind.len(),
                }
            }
        }
    }

    /// An entity of the kind as likely as it has statements: the end of one, as queries come upon it.
    fn named(&mut self, kind: EntityKind) -> EntityIx {
        let all = WORLD.all_statements(StatementOrder::Subject, Sort::Ascending);
        loop {
            let statement = all.get(self.0.random_range(0..all.len())).expect("below their number");
            let row = WORLD.statement(statement);
            let end = if self.0.random() { row.subject } else { row.object };
            if WORLD.kind(end) == kind {
                return end;
            }
        }
    }

    /// The same, of any kind.
    fn named_anything(&mut self) -> EntityIx {
        let kind = EntityKind::VARIANTS[self.0.random_range(0..EntityKind::VARIANTS.len())];
        self.named(kind)
    }

    /// A document as likely as it is cited.
    fn document(&mut self) -> DocumentIx {
        let all = WORLD.all_statements(StatementOrder::Subject, Sort::Ascending);
        let statement = all.get(self.0.random_range(0..all.len())).expect("below their number");
        WORLD.documents_cited_for(statement)[0]
    }
}

/// From facts in memory to the snapshot.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn build_snapshot(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| generated::facts(SEED, N_ENTITIES, N_STATEMENTS)).bench_values(Snapshot::build);
}

mod path {
    use super::{
        Basis, Bencher, Budget, Direction, EntityIx, EntityKind, HOPS_MAX, HashSet, Path, Questions, Traversal,
        VISITS_MAX, WORLD, hub,
    };

    fn path(from: EntityIx, to: EntityIx, via: &Traversal) -> Option<Path> {
        WORLD.shortest_path(from, to, via, HOPS_MAX, &mut Budget::new(VISITS_MAX)).expect("enough visits")
    }

    /// The five best instead of the best alone.
    #[divan::bench(sample_count = 1000, sample_size = 1)]
    fn five_between_any_two(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        let via = Traversal::default();
        bencher.with_inputs(|| (questions.entity(), questions.entity())).bench_local_values(|ends| {
            WORLD.shortest_paths(ends, &via, HOPS_MAX, 5, &mut Budget::new(VISITS_MAX)).expect("enough visits")
        });
    }

    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn between_any_two(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        let via = Traversal::default();
        bencher
            .with_inputs(|| (questions.entity(), questions.entity()))
            .bench_local_values(|(from, to)| path(from, to, &via));
    }

    /// The same questions, searched from one end only and without the statements along the way: what it would cost.
    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn between_any_two_from_one_end(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| (questions.entity(), questions.entity()))
            .bench_local_values(|(from, to)| distance_from_one_end(from, to));
    }

    /// Ends as likely as they have statements.
    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn between_two_often_named(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        let via = Traversal::default();
        bencher
            .with_inputs(|| (questions.named_anything(), questions.named_anything()))
            .bench_local_values(|(from, to)| path(from, to, &via));
    }

    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn along_the_direction_of_statements(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        let via = Traversal { direction: Direction::Out, ..Traversal::default() };
        bencher
            .with_inputs(|| (questions.entity(), questions.entity()))
            .bench_local_values(|(from, to)| path(from, to, &via));
    }

    /// From each of the ten claims to each of the ten laws with the most neighbors.
    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn between_hubs(bencher: Bencher<'_, '_>) {
        let mut i = 0;
        let via = Traversal::default();
        bencher
            .with_inputs(|| {
                i += 1;
                (hub(EntityKind::Claim, i / 10 % 10), hub(EntityKind::Law, i % 10))
            })
            .bench_local_values(|(from, to)| path(from, to, &via));
    }

    /// Statements lead from claims to claims and topics, and to organizations from organizations: all of these are
    /// searched in vain, from both ends.
    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn between_hubs_in_vain(bencher: Bencher<'_, '_>) {
        let mut i = 0;
        let via = Traversal { direction: Direction::Out, ..Traversal::default() };
        bencher
            .with_inputs(|| {
                i += 1;
                (hub(EntityKind::Claim, i / 10 % 10), hub(EntityKind::Organization, i % 10))
            })
            .bench_local_values(|(from, to)| assert_eq!(path(from, to, &via), None));
    }

    /// Breadth first over stated statements.
    fn distance_from_one_end(from: EntityIx, to: EntityIx) -> Option<usize> {
        let mut reached = HashSet::from([from]);
        let mut frontier = vec![from];
        for n_hops in 0..=HOPS_MAX {
            if reached.contains(&to) {
                return Some(n_hops);
            }
            let mut next = Vec::new();
            for entity in frontier {
                for neighbor in WORLD.neighbors(entity, Direction::Both) {
                    let is_stated = |ix| WORLD.statement(ix).basis == Basis::Stated;
                    if WORLD.statements_between(&neighbor).into_iter().any(is_stated) && reached.insert(neighbor.entity)
                    {
                        next.push(neighbor.entity);
                    }
                }
            }
            frontier = next;
        }
        None
    }
}

mod stance {
    use super::{Bencher, EntityKind, Questions, StanceSummary, WORLD, hub};

    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn on_a_law(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| questions.named(EntityKind::Law))
            .bench_local_values(|law| -> Vec<StanceSummary> { WORLD.stances_on(law, None) });
    }

    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn on_the_law_with_the_most_neighbors(bencher: Bencher<'_, '_>) {
        let law = hub(EntityKind::Law, 0);
        bencher.bench_local(|| WORLD.stances_on(law, None));
    }

    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn of_an_organization(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| questions.named(EntityKind::Organization))
            .bench_local_values(|organization| WORLD.stances_of(organization, None));
    }

    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn of_the_organization_with_the_most_neighbors(bencher: Bencher<'_, '_>) {
        let organization = hub(EntityKind::Organization, 0);
        bencher.bench_local(|| WORLD.stances_of(organization, None));
    }
}

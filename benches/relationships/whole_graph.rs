//! Questions that cost a walk over the whole graph, each from nothing: what a snapshot is asked twice is kept. Those
//! that take three seconds are stopped then, as in a query, which is told so.

use std::time::{Duration, Instant};

use divan::Bencher;
use grounds::graph::measure::{Centrality, Communities, CommunityMethod, Components, Ranking};
use grounds::graph::{
    AgreementsOf, CoalitionsIn, Computation, ConflictFilter, Conflicts, Deadline, Direction, EntityIx, GapKind, Gaps,
    OutOfTime, Traversal,
};
use grounds::model::EntityKind;

use super::{WORLD, hub};

const ALIGNED_MAX: usize = 5_000_000;
const TIME_MAX: Duration = Duration::from_secs(3);

fn answer<Q: Computation>(question: &Q) -> Result<Q::Answer, OutOfTime> {
    question.compute(&WORLD, Deadline::at(Instant::now() + TIME_MAX))
}

fn via(direction: Direction) -> Traversal {
    Traversal { direction, ..Traversal::default() }
}

fn ranking(bencher: Bencher<'_, '_>, by: Centrality, direction: Direction) {
    let question = Ranking::new(by, via(direction));
    bencher.bench_local(|| answer(&question));
}

#[divan::bench(args = [Direction::Both, Direction::Out], sample_count = 5, sample_size = 1)]
fn page_rank(bencher: Bencher<'_, '_>, direction: Direction) {
    ranking(bencher, Centrality::PageRank, direction);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn degree(bencher: Bencher<'_, '_>) {
    ranking(bencher, Centrality::Degree, Direction::Both);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn clustering_coefficient(bencher: Bencher<'_, '_>) {
    ranking(bencher, Centrality::ClusteringCoefficient, Direction::Both);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn components(bencher: Bencher<'_, '_>) {
    let question = Components::new(via(Direction::Both));
    bencher.bench_local(|| answer(&question));
}

#[divan::bench(args = [CommunityMethod::Louvain, CommunityMethod::LabelPropagation], sample_count = 3, sample_size = 1)]
fn communities(bencher: Bencher<'_, '_>, by: CommunityMethod) {
    let question = Communities::new(by, via(Direction::Both));
    bencher.bench_local(|| answer(&question));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn conflicts(bencher: Bencher<'_, '_>) {
    let question = Conflicts(ConflictFilter::default());
    bencher.bench_local(|| answer(&question));
}

#[divan::bench(args = GapKind::ALL, sample_count = 3, sample_size = 1)]
fn gaps(bencher: Bencher<'_, '_>, kind: GapKind) {
    let question = Gaps { kinds: vec![kind], about: None };
    bencher.bench_local(|| answer(&question));
}

/// Of the ten organizations with the most neighbors.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn agreement_of_ten(bencher: Bencher<'_, '_>) {
    let organizations = (0..10).map(|i| hub(EntityKind::Organization, i)).collect();
    let question = AgreementsOf { organizations, day: None };
    bencher.bench_local(|| answer(&question));
}

fn coalitions(bencher: Bencher<'_, '_>, about: Option<EntityIx>, n_shared_min: usize) {
    let question = CoalitionsIn { about, day: None, n_shared_min, n_aligned_max: ALIGNED_MAX };
    bencher.bench_local(|| answer(&question));
}

#[divan::bench(args = [2, 20], sample_count = 3, sample_size = 1)]
fn coalitions_on_everything(bencher: Bencher<'_, '_>, n_shared_min: usize) {
    coalitions(bencher, None, n_shared_min);
}

/// Of the law with the most neighbors and the claims that it rests on.
#[divan::bench(args = [2, 5], sample_count = 3, sample_size = 1)]
fn coalitions_about_a_law(bencher: Bencher<'_, '_>, n_shared_min: usize) {
    coalitions(bencher, Some(hub(EntityKind::Law, 0)), n_shared_min);
}

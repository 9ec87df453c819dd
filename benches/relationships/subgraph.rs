//! What lies around an entity, and what ties several together.

use divan::Bencher;
use grounds::graph::{Budget, EntityIx, Neighborhood, Traversal};
use grounds::model::EntityKind;

use super::{HOPS_MAX, Questions, VISITS_MAX, WORLD, hub};

/// Entities and statements, as a GraphQL query has them when it says nothing else.
const NEIGHBORHOOD_MAX: (usize, usize) = (200, 5_000);

mod neighborhood {
    use super::{
        Bencher, Budget, EntityIx, EntityKind, NEIGHBORHOOD_MAX, Neighborhood, Questions, Traversal, VISITS_MAX, WORLD,
        hub,
    };

    fn neighborhood(of: EntityIx, n_hops: usize) -> Neighborhood {
        let budget = &mut Budget::new(VISITS_MAX);
        WORLD.neighborhood(&[of], &Traversal::default(), n_hops, NEIGHBORHOOD_MAX, budget)
    }

    #[divan::bench(args = [1, 2], sample_count = 1000, sample_size = 1)]
    fn of_any(bencher: Bencher<'_, '_>, n_hops: usize) {
        let mut questions = Questions::new();
        bencher.with_inputs(|| questions.entity()).bench_local_values(|of| neighborhood(of, n_hops));
    }

    #[divan::bench(args = [1, 2], sample_count = 1000, sample_size = 1)]
    fn of_one_often_named(bencher: Bencher<'_, '_>, n_hops: usize) {
        let mut questions = Questions::new();
        bencher.with_inputs(|| questions.named_anything()).bench_local_values(|of| neighborhood(of, n_hops));
    }

    #[divan::bench(args = [1, 2], sample_count = 100, sample_size = 1)]
    fn of_the_organization_with_the_most_neighbors(bencher: Bencher<'_, '_>, n_hops: usize) {
        let organization = hub(EntityKind::Organization, 0);
        bencher.bench_local(|| neighborhood(organization, n_hops));
    }
}

mod tree {
    use super::{Bencher, Budget, EntityIx, HOPS_MAX, Questions, Traversal, VISITS_MAX, WORLD};

    /// Some have no tree within the visits that a query may make: that is an answer too.
    fn joins(terminals: &[EntityIx]) -> bool {
        let tree = WORLD.steiner_tree(terminals, &Traversal::default(), HOPS_MAX, &mut Budget::new(VISITS_MAX));
        tree.is_ok()
    }

    #[divan::bench(sample_count = 200, sample_size = 1)]
    fn of_any_five(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| [(); 5].map(|()| questions.entity()))
            .bench_local_values(|terminals: [EntityIx; 5]| joins(&terminals));
    }

    #[divan::bench(sample_count = 200, sample_size = 1)]
    fn of_five_often_named(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| [(); 5].map(|()| questions.named_anything()))
            .bench_local_values(|terminals: [EntityIx; 5]| joins(&terminals));
    }
}

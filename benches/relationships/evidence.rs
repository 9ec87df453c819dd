//! How claims stand, what their verdicts hang on, and what would change.

use divan::Bencher;
use grounds::graph::{Assessment, Assumed, Budget, DocumentIx, Impact, Sort, Weighing};
use grounds::model::EntityKind;

use super::{Questions, WORLD, hub};

/// As a GraphQL query has them when it says nothing else.
const FLIPS_MAX: usize = 20;
const FLIPS_TRIED_MAX: usize = 100_000;

mod assessment {
    use super::{Assessment, Bencher, EntityKind, Questions, WORLD, Weighing, hub};

    #[divan::bench(sample_count = 2000, sample_size = 1)]
    fn of_a_claim(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        let weighing = Weighing::default();
        bencher
            .with_inputs(|| questions.named(EntityKind::Claim))
            .bench_local_values(|claim| -> Assessment { WORLD.assessment(claim, &weighing) });
    }

    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn of_the_claim_with_the_most_neighbors(bencher: Bencher<'_, '_>) {
        let (claim, weighing) = (hub(EntityKind::Claim, 0), Weighing::default());
        bencher.bench_local(|| WORLD.assessment(claim, &weighing));
    }
}

mod flips {
    use super::{Assessment, Bencher, Budget, EntityKind, FLIPS_MAX, FLIPS_TRIED_MAX, Questions, WORLD, Weighing, hub};

    fn n_flips(assessment: &Assessment) -> usize {
        let budget = &mut Budget::new(FLIPS_TRIED_MAX);
        WORLD.flips(assessment, &Weighing::default(), FLIPS_MAX, budget).sets.len()
    }

    #[divan::bench(sample_count = 500, sample_size = 1)]
    fn of_a_claim(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| WORLD.assessment(questions.named(EntityKind::Claim), &Weighing::default()))
            .bench_local_values(|assessment| n_flips(&assessment));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn of_the_claim_with_the_most_neighbors(bencher: Bencher<'_, '_>) {
        let assessment = WORLD.assessment(hub(EntityKind::Claim, 0), &Weighing::default());
        bencher.bench_local(|| n_flips(&assessment));
    }
}

mod impact {
    use super::{Assumed, Bencher, DocumentIx, EntityKind, Impact, Questions, Sort, WORLD, hub};

    /// The `i`th by the number of statements that cite it.
    fn document(i: usize) -> DocumentIx {
        let mut documents: Vec<_> = WORLD.documents(Sort::Ascending).iter().collect();
        documents.sort_by_key(|ix| std::cmp::Reverse(WORLD.statements_citing(*ix).len()));
        documents[i]
    }

    #[divan::bench(sample_count = 500, sample_size = 1)]
    fn of_the_retraction_of_a_study(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| questions.named(EntityKind::Study))
            .bench_local_values(|study| -> Impact { WORLD.impact(Assumed::Retracted(study)) });
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn of_the_retraction_of_the_study_with_the_most_neighbors(bencher: Bencher<'_, '_>) {
        let study = hub(EntityKind::Study, 0);
        bencher.bench_local(|| WORLD.impact(Assumed::Retracted(study)));
    }

    #[divan::bench(sample_count = 100, sample_size = 1)]
    fn of_the_withdrawal_of_a_document(bencher: Bencher<'_, '_>) {
        let mut questions = Questions::new();
        bencher
            .with_inputs(|| questions.document())
            .bench_local_values(|document| -> Impact { WORLD.impact(Assumed::Withdrawn(document)) });
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn of_the_withdrawal_of_the_document_cited_most(bencher: Bencher<'_, '_>) {
        let document = document(0);
        bencher.bench_local(|| WORLD.impact(Assumed::Withdrawn(document)));
    }
}

//! The example graphs of LDBC Graphalytics with their published outputs (Iosup et al., "The LDBC Graphalytics
//! Benchmark", appendix; `github.com/ldbc/ldbc_graphalytics`, `graphalytics-validation/…/validation-graphs/example`,
//! Apache-2.0): two rounds of PageRank with damping 0.85, two rounds of CDLP, LCC and WCC.
//!
//! Vertex ids as there, from 1; the undirected graph has none with id 1.

use super::label_propagation::labels;
use super::page_rank::page_rank_after;
use super::samples::{Sample, assert_near};
use super::{clustering_coefficient, components};
use crate::graph::Deadline;

struct Example {
    sample: Sample,
    first_id: usize,
    page_rank: &'static [f64],
    label: &'static [usize],
    clustering: &'static [f64],
}

fn directed() -> Example {
    #[rustfmt::skip]
    let edges = [
        (1, 3), (1, 5), (2, 4), (2, 5), (2, 10), (3, 1), (3, 5), (3, 8), (3, 10), (5, 3), (5, 4), (5, 8), (6, 3), (6, 4),
        (7, 4), (8, 1), (9, 4),
    ];
    Example {
        sample: Sample { n: 10, edges: edges.map(|(a, b)| (a - 1, b - 1)).to_vec(), is_directed: true },
        first_id: 1,
        page_rank: &[
            1.477_629_166_666_667e-1,
            4.753_375e-2,
            1.550_469_444_444_444e-1,
            1.597_573_611_111_111e-1,
            1.462_4e-1,
            4.753_375e-2,
            4.753_375e-2,
            1.135_740_277_777_778e-1,
            4.753_375e-2,
            8.748_375e-2,
        ],
        label: &[1, 2, 3, 4, 1, 1, 2, 3, 2, 1],
        clustering: &[2.0 / 3.0, 1.0 / 6.0, 0.15, 0.05, 0.25, 0.0, 0.0, 5.0 / 6.0, 0.0, 0.0],
    }
}

fn undirected() -> Example {
    let edges = [(2, 3), (2, 4), (3, 4), (3, 5), (3, 8), (5, 6), (5, 8), (6, 7), (6, 8), (6, 9), (6, 10), (7, 9)];
    Example {
        sample: Sample { n: 9, edges: edges.map(|(a, b)| (a - 2, b - 2)).to_vec(), is_directed: false },
        first_id: 2,
        page_rank: &[
            9.084_490_740_740_739e-2,
            1.424_089_506_172_839e-1,
            9.084_490_740_740_739e-2,
            1.249_891_975_308_642e-1,
            1.686_172_839_506_173e-1,
            9.749_537_037_037_037e-2,
            1.249_891_975_308_642e-1,
            9.749_537_037_037_037e-2,
            6.231_481_481_481_481e-2,
        ],
        label: &[2, 3, 2, 2, 6, 5, 2, 5, 5],
        clustering: &[1.0, 1.0 / 3.0, 1.0, 2.0 / 3.0, 0.2, 1.0, 2.0 / 3.0, 1.0, 0.0],
    }
}

#[test]
fn the_published_outputs_are_reproduced() {
    for example in [directed(), undirected()] {
        let graph = example.sample.projection();
        let never = Deadline::never();
        assert_near(&page_rank_after(&graph, 0.85, 2, never).expect("no deadline"), example.page_rank);
        let found = labels(&graph, 2, never).expect("no deadline");
        let found: Vec<_> = found.into_iter().map(|label| label as usize + example.first_id).collect();
        assert_eq!(found, example.label);
        assert_near(&clustering_coefficient(&graph, never).expect("no deadline"), example.clustering);
        assert_eq!(components(&graph).n(), 1);
    }
}

//! PageRank: where one arrives who follows edges at random.

use super::Projection;
use crate::graph::index::dense;
use crate::graph::{Deadline, OutOfTime};

/// How often an edge is followed; otherwise one starts again anywhere. As in the paper and in LDBC Graphalytics.
pub const DAMPING: f64 = 0.85;

/// When the scores of two rounds differ by less in sum, they have come to rest. What is left of the error is then at
/// most `CHANGE_MIN · DAMPING / (1 − DAMPING)`, 6 · 10⁻¹².
const CHANGE_MIN: f64 = 1e-12;
/// Rounds after which the change is below [`CHANGE_MIN`] whatever the graph is, since each makes it smaller by
/// [`DAMPING`]: ln(2 · 10¹²) / −ln 0.85 = 174.3.
const N_ROUNDS_MAX: u32 = 200;

/// The PageRank of each vertex: the share of time that one spends there who follows an edge, each as likely, with
/// probability `DAMPING`, and otherwise, and wherever no edge leads on, jumps to any vertex. All together are 1.
///
/// Page, Brin, Motwani & Winograd 1998, "The PageRank Citation Ranking". Dangling vertices hand their score on to all
/// evenly, as in Iosup et al. 2016, "LDBC Graphalytics", and networkx. Power iteration until the scores rest, O(edges)
/// a round, some 20 to 170 rounds.
///
/// # Errors
/// When the deadline is over.
pub fn page_rank(graph: &Projection, deadline: Deadline) -> Result<Vec<f64>, OutOfTime> {
    let mut scores = even(graph.n());
    for _ in 0..N_ROUNDS_MAX {
        deadline.check()?;
        let next = round(graph, DAMPING, &scores);
        let change: f64 = scores.iter().zip(&next).map(|(before, after)| (before - after).abs()).sum();
        scores = next;
        if change < CHANGE_MIN {
            break;
        }
    }
    Ok(scores)
}

/// The scores after so many rounds, which is what LDBC Graphalytics defines and publishes outputs of.
///
/// # Errors
/// When the deadline is over.
#[cfg(test)]
pub(super) fn page_rank_after(
    graph: &Projection,
    damping: f64,
    n_rounds: u32,
    deadline: Deadline,
) -> Result<Vec<f64>, OutOfTime> {
    (0..n_rounds).try_fold(even(graph.n()), |scores, _| {
        deadline.check()?;
        Ok(round(graph, damping, &scores))
    })
}

#[expect(clippy::cast_precision_loss, reason = "a graph has fewer than 2^32 vertices")]
fn even(n: usize) -> Vec<f64> {
    vec![1.0 / n as f64; n]
}

#[expect(clippy::cast_precision_loss, reason = "a graph has fewer than 2^32 vertices and edges")]
fn round(graph: &Projection, damping: f64, scores: &[f64]) -> Vec<f64> {
    let n = scores.len() as f64;
    let mut dangling = 0.0;
    let mut handed_on = Vec::with_capacity(scores.len());
    for (vertex, score) in (0..).zip(scores) {
        let n_out = graph.targets(vertex).len();
        if n_out == 0 {
            dangling += score;
        }
        handed_on.push(score / n_out.max(1) as f64);
    }
    let everywhere = (1.0 - damping) / n + damping * dangling / n;
    let handed_to = |vertex| graph.sources(vertex).iter().map(|from| handed_on[*from as usize]).sum::<f64>();
    (0..dense(scores.len())).map(|vertex| everywhere + damping * handed_to(vertex)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::measure::samples::{Sample, assert_near, samples};

    /// By the whole matrix, squared until it rests: where one is after 2^12 steps.
    fn naive(sample: &Sample) -> Vec<f64> {
        let n = sample.n;
        let even = 1.0 / f64::from(dense(n));
        let step = |from: usize, to: usize| {
            let n_out = (0..n).filter(|w| sample.joins(from, *w)).count();
            let follow = match (n_out, sample.joins(from, to)) {
                (0, _) => even,
                (_, true) => 1.0 / f64::from(dense(n_out)),
                (_, false) => 0.0,
            };
            (1.0 - DAMPING) * even + DAMPING * follow
        };
        let mut steps: Vec<Vec<f64>> = (0..n).map(|from| (0..n).map(|to| step(from, to)).collect()).collect();
        for _ in 0..12 {
            let twice = |from: usize, to: usize| (0..n).map(|by| steps[from][by] * steps[by][to]).sum();
            steps = (0..n).map(|from| (0..n).map(|to| twice(from, to)).collect()).collect();
        }
        steps.swap_remove(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn page_rank_is_the_naive_one(sample in samples()) {
            let scores = page_rank(&sample.projection(), Deadline::never()).expect("no deadline");
            assert_near(&scores, &naive(&sample));
            assert_near(&[scores.iter().sum()], &[1.0]);
        }
    }

    #[test]
    fn a_deadline_is_kept() {
        let graph = Sample { n: 2, edges: vec![(0, 1)], is_directed: true }.projection();
        let now = Deadline::at(std::time::Instant::now());
        // The clock may be too coarse to tell the next look from this one.
        while now.check().is_ok() {}
        assert_eq!(page_rank(&graph, now), Err(OutOfTime));
    }

    #[test]
    fn of_nothing_there_is_no_rank() {
        let graph = Sample { n: 0, edges: Vec::new(), is_directed: false }.projection();
        assert_eq!(page_rank(&graph, Deadline::never()), Ok(Vec::new()));
    }
}

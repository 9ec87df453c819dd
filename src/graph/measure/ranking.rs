//! Rankings: all entities by a measure of how central they are.

use super::{
    Projection, betweenness, closeness, clustering_coefficient, core_number, degree, harmonic, in_degree, out_degree,
    page_rank,
};
use crate::graph::{Computation, Deadline, EntityIx, OutOfTime, Snapshot, Traversal};
use crate::model::EntityKind;

/// By what entities are ranked. Eigenvector and Katz centrality are not among them: on a graph of several parts, or of
/// two sides as positions on laws are, the one is not unique or does not settle, and the other hangs on a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Centrality {
    /// [`page_rank`].
    PageRank,
    /// [`degree`].
    Degree,
    /// [`in_degree`].
    InDegree,
    /// [`out_degree`].
    OutDegree,
    /// [`betweenness`].
    Betweenness,
    /// [`closeness`].
    Closeness,
    /// [`harmonic`].
    Harmonic,
    /// [`core_number`].
    CoreNumber,
    /// [`clustering_coefficient`].
    ClusteringCoefficient,
}

/// How does each entity score?
#[derive(Debug)]
pub struct Ranking {
    by: Centrality,
    via: Traversal,
}

/// How each entity scores, the highest first, of equal ones by kind and name.
#[derive(Debug)]
pub struct Scores {
    scores: Vec<(EntityIx, f64)>,
    n_statements: usize,
}

/// An entity in a ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Which one.
    pub entity: EntityIx,
    /// Its score, to 12 significant digits.
    pub score: f64,
    /// One more than there are entities in the ranking with a higher score.
    pub rank: usize,
}

impl Ranking {
    /// By this measure, on the projection that `via` makes.
    pub fn new(by: Centrality, via: Traversal) -> Self {
        Self { by, via: via.in_order() }
    }
}

impl Computation for Ranking {
    type Answer = Scores;

    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Scores, OutOfTime> {
        let graph = Projection::of(snapshot, &self.via);
        let scores = match self.by {
            Centrality::PageRank => page_rank(&graph, deadline)?,
            Centrality::Degree => degree(&graph),
            Centrality::InDegree => in_degree(&graph),
            Centrality::OutDegree => out_degree(&graph),
            Centrality::Betweenness => betweenness(&graph, deadline)?,
            Centrality::Closeness => closeness(&graph, deadline)?,
            Centrality::Harmonic => harmonic(&graph, deadline)?,
            Centrality::CoreNumber => core_number(&graph),
            Centrality::ClusteringCoefficient => clustering_coefficient(&graph, deadline)?,
        };
        let rounded = scores.into_iter().map(to_12_digits);
        let mut scores: Vec<_> = graph.entities().iter().copied().zip(rounded).collect();
        scores.sort_by(|(a, a_score), (b, b_score)| b_score.total_cmp(a_score).then(a.cmp(b)));
        Ok(Scores { scores, n_statements: snapshot.statements_projected(&self.via).count() })
    }

    fn size(answer: &Scores) -> usize {
        // An index of 32 bits, padded, beside its score.
        2 * answer.scores.len()
    }
}

impl Scores {
    /// The entities of `kinds`, or all, with their ranks among them. O(1) for the next one of all, else O(those before
    /// it).
    pub fn among<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        kinds: Option<&'a [EntityKind]>,
    ) -> impl Iterator<Item = Ranked> + 'a {
        let is_wanted = move |entity| kinds.is_none_or(|kinds| kinds.contains(&snapshot.kind(entity)));
        let wanted = self.scores.iter().filter(move |(entity, _)| is_wanted(*entity));
        let mut before = (f64::NAN, 0);
        wanted.zip(1..).map(move |((entity, score), place)| {
            if before.0.total_cmp(score).is_ne() {
                before = (*score, place);
            }
            Ranked { entity: *entity, score: *score, rank: before.1 }
        })
    }

    /// How many statements the measure ran on.
    pub fn n_statements(&self) -> usize {
        self.n_statements
    }
}

/// Rounded, so that those who are alike score alike: sums of the same numbers in another order differ in the last bits.
fn to_12_digits(score: f64) -> f64 {
    format!("{score:.11e}").parse().expect("a number was written")
}

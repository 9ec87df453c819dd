//! Rankings: the entities by how central they are.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};

use super::closed_set::Term;
use super::entity::{Entity, listed};
use super::error::{ApiError, ApiResult};
use super::handle::{Handle, Pinned};
use super::paging::page_of;
use super::path::Traversal;
use super::scalar::number;
use super::why::{Gathered, Why};
use crate::graph::measure::{self, Ranking, Scores};
use crate::graph::{self, Direction};
use crate::model::EntityKind;

/// Measures of how central an entity is in the graph that `via` makes: its entities are the vertices, and however many
/// statements between two of them are one edge.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "measure::Centrality")]
pub(crate) enum Centrality {
    /// Where one arrives who follows edges at random: much linked by the much linked. All together are 1 (Page and Brin
    /// 1998; damping 0.85, dangling mass spread evenly).
    PageRank,
    /// The number of neighbors, in whichever direction.
    Degree,
    /// The number of entities from which an edge leads to it. Needs a direction: `via: { direction: OUT }`.
    InDegree,
    /// The number of entities to which an edge leads from it. Needs a direction: `via: { direction: OUT }`.
    OutDegree,
    /// The share of the shortest paths between all others that pass through it, from 0 to 1 (Freeman 1977; Brandes
    /// 2001). The dearest of all: for some ten thousand entities.
    Betweenness,
    /// How near it is to those that reach it, times the share of all that do, from 0 to 1 (Wasserman and Faust 1994).
    /// For some ten thousand entities.
    Closeness,
    /// The sum of 1 / distance over all that reach it (Marchiori and Latora 2000). For some ten thousand entities.
    Harmonic,
    /// The largest k such that it belongs to a part of the graph in which each has k neighbors there (Seidman 1983).
    CoreNumber,
    /// The share of the possible edges between its neighbors that are there, from 0 to 1 (Watts and Strogatz 1998; with
    /// directions as in LDBC Graphalytics). High within a clique, low for who joins others that do not know each other.
    ClusteringCoefficient,
}

impl Centrality {
    /// The name of the rule, and the rule in words.
    fn rule(self) -> (&'static str, &'static str) {
        match self {
            Self::PageRank => (
                "PAGE_RANK",
                "The share of time that one spends at the entity who follows an edge, each as likely, with probability \
                 0.85, and otherwise, and wherever no edge leads on, jumps to any entity; computed by power iteration \
                 until the scores change by less than 10^-12 in sum.",
            ),
            Self::Degree => ("DEGREE", "The number of entities that an edge joins with it, whichever way it leads."),
            Self::InDegree => ("IN_DEGREE", "The number of entities from which an edge leads to it."),
            Self::OutDegree => ("OUT_DEGREE", "The number of entities to which an edge leads from it."),
            Self::Betweenness => (
                "BETWEENNESS",
                "The sum over all ordered pairs of other entities of the share of their shortest paths that pass through \
                 it, divided by the number of such pairs, (n - 1)(n - 2).",
            ),
            Self::Closeness => (
                "CLOSENESS",
                "(r / (n - 1)) * (r / the sum of their distances to it), r being the number of the n - 1 other entities \
                 that reach it along the edges; 0 when none does.",
            ),
            Self::Harmonic => {
                ("HARMONIC", "The sum of 1 / distance over all other entities that reach it along the edges.")
            }
            Self::CoreNumber => (
                "CORE_NUMBER",
                "The largest k such that it is left when all entities with fewer than k neighbors are taken away, again \
                 and again.",
            ),
            Self::ClusteringCoefficient => (
                "CLUSTERING_COEFFICIENT",
                "Of the d(d - 1) edges that could lead from one of its d neighbors to another, the share that does; 0 \
                 with fewer than two neighbors.",
            ),
        }
    }
}

/// An entity in a ranking.
pub(crate) struct Ranked {
    pinned: Pinned,
    by: Centrality,
    via: Arc<graph::Traversal>,
    /// All statements that the measure ran on, the same for all in one ranking.
    projected: Gathered,
    place: measure::Ranked,
}

/// An entity in a ranking.
#[Object]
impl Ranked {
    /// The entity.
    async fn entity(&self) -> Entity {
        Handle { pinned: self.pinned.clone(), ix: self.place.entity }.into()
    }

    /// What the measure gives it, to 12 significant digits. The enum value of the measure tells what it means; it can
    /// be compared within one ranking only.
    async fn score(&self) -> f64 {
        self.place.score
    }

    /// Its place among the entities of the listed kinds, from 1: one more than score higher, so that those who score
    /// alike share a rank.
    async fn rank(&self) -> i32 {
        number(self.place.rank)
    }

    /// The measure, and the statements that it rests on. Of a degree: those that its edges stand for, first those from
    /// the entity, each by predicate. Of any other measure all that it ran on, the same for all in one ranking, by
    /// predicate first where `via` names predicates: on them alone every score is the same.
    async fn why(&self) -> Why {
        let (rule, explanation) = self.by.rule();
        let at_it = |side| {
            let (entity, via) = (self.place.entity, Arc::clone(&self.via));
            Gathered::uncounted(move |snapshot| snapshot.statements_projected_at(entity, side, &via))
        };
        let statements = match self.by {
            Centrality::Degree => at_it(Direction::Both),
            Centrality::InDegree => at_it(Direction::In),
            Centrality::OutDegree => at_it(Direction::Out),
            _ => self.projected.clone(),
        };
        Why { pinned: self.pinned.clone(), rule, explanation, statements: statements.into() }
    }
}

/// All statements that a measure through `via` ran on.
pub(super) fn projected(via: &Arc<graph::Traversal>, n: usize) -> Gathered {
    let via = Arc::clone(via);
    Gathered::counted(n, move |snapshot, n| snapshot.statements_projected(&via).take(n).collect())
}

/// The root field that ranks.
#[derive(Default)]
pub(crate) struct RankingQuery;

#[Object]
impl RankingQuery {
    /// The entities by a measure of how central they are, highest first, of equal ones by kind and name. Computed over
    /// the whole graph and kept until the data change; an error when that takes longer than, by default, 3 seconds.
    ///
    /// The measure runs on all entities of `via.kinds`, also those without an edge; statements of an entity about itself
    /// are left out.
    async fn ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The measure.")] by: Centrality,
        #[graphql(
            desc = "Which kinds are listed and ranked among each other; null means all. At most 100 by default. The measure still \
                    runs on all that `via` allows."
        )]
        kinds: Option<Vec<Term<EntityKind>>>,
        #[graphql(desc = "What the measure runs on; all stated statements, either way, when null.")] via: Option<
            Traversal,
        >,
        #[graphql(desc = "At most so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
        #[graphql(desc = "Leaves out so many at the start, 0 or more, to page further; 0 when null.")] skip: Option<
            i32,
        >,
    ) -> ApiResult<Vec<Ranked>> {
        let pinned = Pinned::of(ctx);
        let kinds = listed(kinds);
        let via = Traversal::or_any(via);
        let n = page_of(&pinned, first)?;
        let n_skipped = skip.map_or(Ok(0), |skip| usize::try_from(skip).map_err(|_| skip));
        let n_skipped =
            n_skipped.map_err(|skip| ApiError::BadUserInput(format!("`skip` is {skip}: it must be 0 or more.")))?;
        let needs_direction = matches!(by, Centrality::InDegree | Centrality::OutDegree);
        if needs_direction && via.direction == Direction::Both {
            let name = by.rule().0;
            return Err(ApiError::BadUserInput(format!(
                "`by` is {name}, but `via` follows statements either way: ask for DEGREE, or give `via: {{ direction: \
                 OUT }}`."
            )));
        }
        let scores: Arc<Scores> = pinned.computed(Ranking::new(by.into(), via.clone())).await?;
        let page: Vec<_> = scores.among(&pinned, kinds.as_deref()).skip(n_skipped).take(n).collect();
        pinned.charge(page.len())?;
        let via = Arc::new(via);
        let projected = projected(&via, scores.n_statements());
        let ranked =
            |place| Ranked { pinned: pinned.clone(), by, via: via.clone(), projected: projected.clone(), place };
        Ok(page.into_iter().map(ranked).collect())
    }
}

//! Parts of the graph: what lies around entities, and what ties them together.

use std::collections::HashSet;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::entity::{Entity, at_most};
use super::error::{ApiError, ApiResult};
use super::filter::entities_of;
use super::handle::{Handle, Pinned};
use super::path::{Traversal, hops, too_far, within};
use super::scalar::number;
use super::statement::Statement;
use super::why::Why;
use crate::graph::{self, Budget, EntityIx, Neighborhood, StatementIx, SteinerTree};

/// Steps around an entity when the client does not say.
const DEPTH_DEFAULT: usize = 1;
/// Entities when the client does not say: what a picture can hold.
const ENTITIES_DEFAULT: usize = 200;

/// Some entities, and statements between them.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Subgraph {
    #[graphql(skip)]
    pinned: Pinned,
    #[graphql(skip)]
    entities: Vec<EntityIx>,
    #[graphql(skip)]
    statements: Vec<StatementIx>,
    #[graphql(skip)]
    unconnected: Vec<EntityIx>,
    #[graphql(skip)]
    rule: Rule,
    #[graphql(skip)]
    reasons: Vec<StatementIx>,
    /// What was left out, and at which limit, in the order of `SubgraphLimit`; empty when nothing was.
    cuts: Vec<Cut>,
}

/// Something that was left out of a part of the graph.
#[derive(SimpleObject, Clone)]
pub(crate) struct Cut {
    /// At which limit.
    limit: SubgraphLimit,
    /// How many were left out: of ENTITIES those of the step that was cut, without what lies beyond them; null where
    /// it is not known.
    n_left_out: Option<i32>,
}

/// The limits at which a part of the graph is cut.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubgraphLimit {
    /// The `limit` that was asked for.
    Entities,
    /// The statements between the entities of a neighborhood, by default 5,000.
    Statements,
    /// The edges that a search may look at, by default 500,000: the step in which they ran out is missing, and what lies
    /// beyond.
    Visits,
}

/// How the entities were chosen.
#[derive(Clone, Copy)]
enum Rule {
    Nearest,
    SteinerTree,
}

impl Subgraph {
    fn of_neighborhood(pinned: &Pinned, found: Neighborhood) -> ApiResult<Self> {
        let count = |limit, n: usize| (n > 0).then(|| Cut { limit, n_left_out: i32::try_from(n).ok() });
        let cuts = [
            count(SubgraphLimit::Entities, found.n_entities_left_out),
            count(SubgraphLimit::Statements, found.n_statements_left_out),
            found.stopped_early.then_some(Cut { limit: SubgraphLimit::Visits, n_left_out: None }),
        ];
        Self {
            pinned: pinned.clone(),
            entities: found.entities,
            statements: found.statements,
            unconnected: Vec::new(),
            rule: Rule::Nearest,
            reasons: found.reasons,
            cuts: cuts.into_iter().flatten().collect(),
        }
        .charged()
    }

    fn of_tree(pinned: &Pinned, found: SteinerTree) -> ApiResult<Self> {
        Self {
            pinned: pinned.clone(),
            entities: found.entities,
            reasons: found.reasons,
            statements: found.statements,
            unconnected: found.unconnected,
            rule: Rule::SteinerTree,
            cuts: Vec::new(),
        }
        .charged()
    }

    fn charged(self) -> ApiResult<Self> {
        self.pinned.charge(self.entities.len() + self.statements.len() + self.unconnected.len())?;
        Ok(self)
    }

    fn handles(&self, entities: &[EntityIx]) -> Vec<Entity> {
        entities.iter().map(|ix| Handle { pinned: self.pinned.clone(), ix: *ix }.into()).collect()
    }
}

#[async_graphql::ComplexObject]
impl Subgraph {
    /// The entities that were asked about, as they were given, then: of a neighborhood the nearest first, of as near ones
    /// those tied to more of the entities a step nearer, then those whose ties are better cited, then by kind and name;
    /// of a connecting subgraph those in between, by kind and name. Each once.
    async fn entities(&self) -> Vec<Entity> {
        self.handles(&self.entities)
    }

    /// The statements between them, by subject, object and predicate: of a neighborhood all that may be used, by default
    /// at most 5,000, the best cited; of a connecting subgraph one for each step of the tree, the best cited.
    async fn statements(&self) -> Vec<Statement> {
        self.statements.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect()
    }

    /// Whether anything was left out.
    async fn truncated(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// Which of the entities that were asked about could not be tied to the others within `maxHops`, and are not among
    /// `entities`, in the order in which they were given; of a neighborhood none.
    async fn unconnected(&self) -> Vec<Entity> {
        self.handles(&self.unconnected)
    }

    /// The rule, and the statements for which these entities were chosen. Empty when there are no others than were asked
    /// about.
    async fn why(&self) -> Why {
        let (rule, explanation) = match self.rule {
            Rule::Nearest => (
                "NEAREST",
                "Every entity within `depth` steps. Where a step would hold too many, those that are tied to more of the \
                 entities a step nearer, then those whose ties are better cited, then by kind and name. Listed are all \
                 statements that tie an entity to those a step nearer. They alone give the same entities in the same \
                 order, whatever else is missing; without them there is nothing but what a cut had left out.",
            ),
            Rule::SteinerTree => (
                "STEINER_TREE",
                "A tree of few statements that joins the entities, by Mehlhorn's approximation: each entity in between \
                 belongs to the nearest of them, and the shortest walks between neighboring ones are taken; of equally \
                 short ones the better cited. Listed are all statements along the tree that may be used. They alone give \
                 the same tree; without them no tree has a step in common with it. Without one that is not listed the same \
                 entities are still joined, though perhaps by another tree.",
            ),
        };
        Why { pinned: self.pinned.clone(), rule, explanation, statements: self.reasons.clone().into() }
    }
}

/// The root fields that cut out parts of the graph.
#[derive(Default)]
pub(crate) struct SubgraphQuery;

#[Object]
impl SubgraphQuery {
    /// What lies around some entities: everything within `depth` steps of any of them, nearest first, and all statements
    /// between what was found. What was left out stands in `cuts`.
    async fn neighborhood(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entities in the middle, by their `id`s; by default 1 to 100.")] of: Vec<ID>,
        #[graphql(desc = "The most steps, by default 0 to 5; 1 when null.")] depth: Option<i32>,
        #[graphql(
            desc = "Which statements it may use, and which kinds are wanted beside the entities in the middle; all stated statements, either way, when null."
        )]
        via: Option<Traversal>,
        #[graphql(
            desc = "The most entities, by default 1 to 2000, and at least as many as are in the middle; 200 when null.",
            default_with = "Some(number(ENTITIES_DEFAULT))"
        )]
        limit: Option<i32>,
    ) -> ApiResult<Subgraph> {
        let pinned = Pinned::of(ctx);
        let allowed = pinned.limits();
        let n_hops = within("depth", (depth, DEPTH_DEFAULT), 0, ("neighborhood_depth", allowed.neighborhood_depth))?;
        // The default of the schema arrives as if the client had written it.
        let limit = limit.filter(|n| *n != number(ENTITIES_DEFAULT));
        let most = ("neighborhood_entities", allowed.neighborhood_entities);
        let n_max = within("limit", (limit, ENTITIES_DEFAULT), 1, most)?;
        let of = entities(&pinned, &of, 1)?;
        if of.len() > n_max {
            return Err(ApiError::BadUserInput(format!(
                "`limit` is {n_max}: it must leave room for the {} entities of `of`.",
                of.len()
            )));
        }
        let via = Traversal::or_any(via);
        let (limits, n_visits_max) = ((n_max, allowed.neighborhood_statements), allowed.visits);
        let search = move |snapshot: &graph::Snapshot| {
            snapshot.neighborhood(&of, &via, n_hops, limits, &mut Budget::new(n_visits_max))
        };
        let found = pinned.run(search).await;
        Subgraph::of_neighborhood(&pinned, found)
    }

    /// What ties some entities together: a tree of few statements that joins them (at most 2 - 2/n times as many as the
    /// smallest has that joins n; Mehlhorn 1988). Where not all can be joined, it joins the largest group that can, and
    /// names the others in `unconnected`. An error (`LIMIT_EXCEEDED`) when the edges that a search
    /// may look at, by default 500,000, do not suffice.
    async fn subgraph(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entities to join, by their `id`s; by default 2 to 20.")] of: Vec<ID>,
        #[graphql(
            desc = "Which statements it may use; all stated ones when null. It always goes either way, so that `direction` must be BOTH or null."
        )]
        via: Option<Traversal>,
        #[graphql(desc = "The most steps from one of the entities to the next, by default 0 to 10; 6 when null.")]
        max_hops: Option<i32>,
    ) -> ApiResult<Subgraph> {
        let pinned = Pinned::of(ctx);
        let n_hops = hops(&pinned, max_hops)?;
        at_most("joined", pinned.limits().joined, "of", of.len())?;
        let of = entities(&pinned, &of, 2)?;
        let via = Traversal::or_any(via);
        if via.direction != graph::Direction::Both {
            let sentence = "`via.direction` must be BOTH or null: a tree that joins entities has no direction.";
            return Err(ApiError::BadUserInput(sentence.to_owned()));
        }
        let n_visits_max = pinned.limits().visits;
        let search =
            move |snapshot: &graph::Snapshot| snapshot.steiner_tree(&of, &via, n_hops, &mut Budget::new(n_visits_max));
        let found = pinned.run(search).await;
        let advice = "fewer entities, fewer hops, or fewer predicates or kinds";
        Subgraph::of_tree(&pinned, found.map_err(|_| too_far(n_visits_max, advice))?)
    }
}

/// The entities with these ids, each once.
///
/// # Errors
/// When they are too few, or some do not exist: all of these are named.
fn entities(pinned: &Pinned, ids: &[ID], n_min: usize) -> ApiResult<Vec<EntityIx>> {
    let mut entities = entities_of(pinned, "of", None, ids).map_err(ApiError::BadUserInput)?;
    let mut seen = HashSet::new();
    entities.retain(|entity| seen.insert(*entity));
    if entities.len() < n_min {
        return Err(ApiError::BadUserInput(format!(
            "`of` names too few different entities, {}: it must name {n_min} or more.",
            entities.len()
        )));
    }
    Ok(entities)
}

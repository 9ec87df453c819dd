//! Walks from one entity to another.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};

use super::closed_set::Term;
use super::direction::Direction;
use super::entity::{Entity, listed};
use super::error::{ApiError, ApiResult, or_null};
use super::filter::{entity_of, unless_nothing};
use super::handle::{Handle, Pinned};
use super::scalar::number;
use super::statement::Statement;
use super::why::Why;
use crate::graph::{self, Budget, Meaning};
use crate::model::{Basis, Certainty, EntityKind, Predicate};

/// Steps of a walk when the client does not say.
const HOPS_DEFAULT: usize = 6;
/// Walks that are listed when the client does not say.
const PATHS_DEFAULT: usize = 5;

/// Which statements a walk may use; every field that is given must hold.
#[derive(InputObject)]
pub(crate) struct Traversal {
    /// With one of these predicates; null means any. At most 100 by default.
    predicates: Option<Vec<Term<Predicate>>>,
    /// Through entities of these kinds; the ends may be of any. Null means any. At most 100 by default.
    kinds: Option<Vec<Term<EntityKind>>>,
    /// OUT: from subject to object; IN: the other way; BOTH or null: either.
    direction: Option<Direction>,
    /// Stated (the default) or inferred; null means both.
    #[graphql(default_with = "super::entity::stated()")]
    basis: Option<Term<Basis>>,
    /// At least this certain, statements whose certainty nobody judged left out; null: however certain.
    min_certainty: Option<Term<Certainty>>,
}

impl Traversal {
    /// The one that is given, or all stated statements either way.
    pub(crate) fn or_any(via: Option<Self>) -> graph::Traversal {
        via.map_or_else(graph::Traversal::default, Self::resolve)
    }

    fn resolve(self) -> graph::Traversal {
        graph::Traversal {
            predicates: listed(self.predicates),
            kinds: listed(self.kinds),
            direction: self.direction.unwrap_or(Direction::Both).into(),
            basis: self.basis.map(|Term(basis)| basis),
            min_certainty: self.min_certainty.map(|Term(certainty)| certainty),
        }
    }
}

/// What a walk says of its ends, by the statements along it. Never that one has the stance of the other: a stance is not
/// inherited.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathMeaning {
    /// One end speaks for the other. In one step: an organization by SUPPORTS or ASSERTS, a study by BACKS or by being
    /// cited (CITES) by a law or a study, a claim by ENTAILS or by being what a law rests on (`RESTS_ON`). In several:
    /// a finding or a claim, handed on from claim to claim by ENTAILS and to a law by `RESTS_ON`. What an organization
    /// says is not handed on, nor what a cited study finds.
    Support,
    /// One end speaks against the other: the same with exactly one step that speaks against, by OPPOSES, DISPUTES,
    /// CONTRADICTS or NEGATES, and no ENTAILS behind it: what follows from a claim is not wrong because the claim is.
    Opposition,
    /// It passes through a topic or a jurisdiction: the ends have a subject or a place in common by it, nothing more.
    SharedContext,
    /// Anything else: the ends are connected, nothing more. A walk with a statement that is inferred, a mere member's
    /// word or of a retracted study is never SUPPORT or OPPOSITION.
    Connection,
}

/// A walk from one entity to another: n entities and the n-1 statements between them, in order. It says that the two
/// are connected; whether it says more, `meaning` tells.
pub(crate) struct Path {
    pinned: Pinned,
    walk: graph::Path,
    /// Which statements it may use.
    via: Arc<graph::Traversal>,
}

impl Path {
    /// # Errors
    /// When the answer grows too large.
    fn all(pinned: &Pinned, paths: Vec<graph::Path>, via: &Arc<graph::Traversal>) -> ApiResult<Vec<Self>> {
        pinned.charge(paths.iter().map(|path| path.entities.len() + path.statements.len()).sum())?;
        Ok(paths.into_iter().map(|walk| Self { pinned: pinned.clone(), walk, via: via.clone() }).collect())
    }

    fn entity(&self, ix: graph::EntityIx) -> Entity {
        Handle { pinned: self.pinned.clone(), ix }.into()
    }
}

/// A walk from one entity to another: n entities and the n-1 statements between them, in order. It says that the two
/// are connected; whether it says more, `meaning` tells.
#[Object]
impl Path {
    /// The entities in the order of the walk, both ends included.
    async fn entities(&self) -> Vec<Entity> {
        self.walk.entities.iter().map(|ix| self.entity(*ix)).collect()
    }

    /// For each step, in the order of the walk, the best cited statement that may be used; whether it leads forwards or
    /// backwards, its subject and object tell.
    async fn statements(&self) -> Vec<Statement> {
        self.walk.statements.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect()
    }

    /// The number of steps, hence of `statements`.
    async fn length(&self) -> i32 {
        number(self.walk.statements.len())
    }

    /// What the walk says of its ends.
    async fn meaning(&self) -> PathMeaning {
        match self.pinned.meaning(&self.walk) {
            Meaning::Support { .. } => PathMeaning::Support,
            Meaning::Opposition { .. } => PathMeaning::Opposition,
            Meaning::SharedContext => PathMeaning::SharedContext,
            Meaning::Connection => PathMeaning::Connection,
        }
    }

    /// The end that the other speaks for (SUPPORT) or against (OPPOSITION); the last one where each speaks against the
    /// other. Null for a walk that says neither.
    async fn speaks_of(&self) -> Option<Entity> {
        match self.pinned.meaning(&self.walk) {
            Meaning::Support { of: end } | Meaning::Opposition { to: end } => Some(self.entity(end)),
            Meaning::SharedContext | Meaning::Connection => None,
        }
    }

    /// The rule, and all statements along the walk that it may use, step by step: `statements`, and others between the same
    /// two entities.
    /// With them alone the same entities are passed; without them no walk goes that way; without any other statement it
    /// is still a walk, and the first stays the first.
    async fn why(&self) -> Why {
        let along = |ix| self.pinned.statements_beside(&[ix], &self.via);
        Why {
            pinned: self.pinned.clone(),
            rule: "SHORTEST_WALK",
            explanation: "A walk that passes no entity twice, along statements that may be used. Fewer steps come first; \
                of as many, more citations of its statements together; of as many, the entities by kind and name. For \
                each step stands the best cited statement between the two entities; listed are all that may be used.",
            statements: self.walk.statements.iter().copied().flat_map(along).collect::<Vec<_>>().into(),
        }
    }
}

/// The root fields that walk.
#[derive(Default)]
pub(crate) struct PathQuery;

#[Object]
impl PathQuery {
    /// A shortest walk, with the statements along it: the first that `paths` gives, so of several the best cited. Null
    /// when there is none of at most `maxHops` steps, or when there is no such entity.
    async fn path(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entity at one end, by its `id`.")] from: ID,
        #[graphql(desc = "The entity at the other end, by its `id`.")] to: ID,
        #[graphql(desc = "Which statements it may use; all stated ones, either way, when null.")] via: Option<
            Traversal,
        >,
        #[graphql(desc = "The most steps, by default 0 to 10; 6 when null.")] max_hops: Option<i32>,
    ) -> Option<Path> {
        let path = walks(&Pinned::of(ctx), (&from, &to), via, max_hops, 1).await;
        or_null(ctx, path.map(|mut paths| paths.pop()))
    }

    /// The first walks between two entities that pass no entity twice, with the statements along them (Yen's algorithm):
    /// fewer steps first; of as many, those whose statements have more citations together; of as many, by the kinds and
    /// names of the entities, from the start. Parallel statements make no different walks: the best cited one stands for
    /// the step. From an entity to itself only the empty walk; empty when there is none, or no such entity. All of them,
    /// or an error (`LIMIT_EXCEEDED`) when the edges that a search may look at, by default 500,000, do not suffice to
    /// tell.
    async fn paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entity at one end, by its `id`.")] from: ID,
        #[graphql(desc = "The entity at the other end, by its `id`.")] to: ID,
        #[graphql(desc = "Which statements they may use; all stated ones, either way, when null.")] via: Option<
            Traversal,
        >,
        #[graphql(desc = "The most steps of a walk, by default 0 to 10; 6 when null.")] max_hops: Option<i32>,
        #[graphql(desc = "The first so many, by default 0 to 50; 5 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Path>> {
        let pinned = Pinned::of(ctx);
        let first = within("first", (first, PATHS_DEFAULT), 0, ("walks", pinned.limits().walks))?;
        walks(&pinned, (&from, &to), via, max_hops, first).await
    }
}

/// The first `n_max` walks; none when one of the ends does not exist.
async fn walks(
    pinned: &Pinned,
    (from, to): (&ID, &ID),
    via: Option<Traversal>,
    max_hops: Option<i32>,
    n_max: usize,
) -> ApiResult<Vec<Path>> {
    let n_hops = hops(pinned, max_hops)?;
    let via = Arc::new(Traversal::or_any(via));
    let ends = entity_of(pinned, "from", None, Some(from))
        .and_then(|from| Ok((from, entity_of(pinned, "to", None, Some(to))?)));
    let Some((Some(from), Some(to))) = unless_nothing(ends)? else { return Ok(Vec::new()) };
    let (usable, n_visits_max) = (via.clone(), pinned.limits().visits);
    let search = move |snapshot: &graph::Snapshot| {
        snapshot.shortest_paths((from, to), &usable, n_hops, n_max, &mut Budget::new(n_visits_max))
    };
    let paths = pinned.run(search).await;
    let too_far = |_| too_far(n_visits_max, "fewer walks, fewer hops, or fewer predicates or kinds");
    Path::all(pinned, paths.map_err(too_far)?, &via)
}

/// The most steps of a walk, as the client wants it.
///
/// # Errors
/// When it is out of bounds.
pub(super) fn hops(pinned: &Pinned, max_hops: Option<i32>) -> ApiResult<usize> {
    within("maxHops", (max_hops, HOPS_DEFAULT), 0, ("hops", pinned.limits().hops))
}

/// The number that an argument gives: `min` or more, and what a limit of this name allows. When it gives none, the default,
/// as far as the limit allows it.
///
/// # Errors
/// When it is out of bounds.
pub(super) fn within(
    argument: &str,
    (n, default): (Option<i32>, usize),
    min: usize,
    (limit, max): (&'static str, usize),
) -> ApiResult<usize> {
    let Some(n) = n else { return Ok(default.min(max)) };
    let sentence = || format!("`{argument}` is {n}: it must be from {min} to {max}.");
    match usize::try_from(n) {
        Ok(n) if n > max => {
            Err(ApiError::LimitExceeded { limit, max: max as u64, actual: n as u64, advice: sentence() })
        }
        Ok(n) if n >= min => Ok(n),
        _ => Err(ApiError::BadUserInput(sentence())),
    }
}

/// The error of a search that did not come to its end within `n_visits_max` edges.
pub(super) fn too_far(n_visits_max: usize, ask_for: &str) -> ApiError {
    ApiError::LimitExceeded {
        limit: "visits",
        max: n_visits_max as u64,
        actual: n_visits_max as u64,
        advice: format!("{n_visits_max} edges did not suffice to answer: ask for {ask_for}."),
    }
}

//! Walks from one entity to another.

use async_graphql::{Context, ID, InputObject, Object};

use super::closed_set::Term;
use super::direction::Direction;
use super::entity::{Entity, listed};
use super::error::{ApiError, ApiResult, or_null};
use super::filter::{Unmet, entity_of};
use super::handle::{Handle, Pinned};
use super::statement::Statement;
use crate::graph::{self, Budget};
use crate::model::{Basis, Certainty, EntityKind, Predicate};

/// Steps of a walk when the client does not say.
const HOPS_DEFAULT: i32 = 6;
/// The most steps of a walk: further apart, being connected says nothing.
const HOPS_MAX: i32 = 10;
/// Edges that a search may look at: some tens of milliseconds.
const VISITS_MAX: usize = 500_000;

/// Which statements a walk may use; every field that is given must hold.
#[derive(InputObject)]
pub(crate) struct Traversal {
    /// With one of these predicates; null means any. At most 100.
    predicates: Option<Vec<Term<Predicate>>>,
    /// Through entities of these kinds; the ends may be of any. Null means any. At most 100.
    kinds: Option<Vec<Term<EntityKind>>>,
    /// OUT: from subject to object; IN: the other way; BOTH or null: either.
    direction: Option<Direction>,
    /// Stated (the default) or inferred; null means both.
    #[graphql(default_with = "super::entity::stated()")]
    basis: Option<Term<Basis>>,
    /// At least this certain; statements whose certainty nobody judged are then left out.
    min_certainty: Option<Term<Certainty>>,
}

impl Traversal {
    /// # Errors
    /// When a list is too long.
    pub(crate) fn resolve(self) -> ApiResult<graph::Traversal> {
        Ok(graph::Traversal {
            predicates: listed("predicates", self.predicates)?,
            kinds: listed("kinds", self.kinds)?,
            direction: self.direction.unwrap_or(Direction::Both).into(),
            basis: self.basis.map(|Term(basis)| basis),
            min_certainty: self.min_certainty.map(|Term(certainty)| certainty),
        })
    }
}

/// A walk from one entity to another: n entities and the n-1 statements between them, in order. It says that the two
/// are connected, never that one supports the other: what it means stands in its statements.
pub(crate) struct Path {
    pinned: Pinned,
    path: graph::Path,
}

/// A walk from one entity to another: n entities and the n-1 statements between them, in order. It says that the two
/// are connected, never that one supports the other: what it means stands in its statements.
#[Object]
impl Path {
    /// The entities, both ends included.
    async fn entities(&self) -> Vec<Entity> {
        let handle = |ix: &graph::EntityIx| Handle { pinned: self.pinned.clone(), ix: *ix };
        self.path.entities.iter().map(|ix| handle(ix).into()).collect()
    }

    /// For each step the best cited statement that may be used; whether it leads forwards or backwards, its subject and
    /// object tell.
    async fn statements(&self) -> Vec<Statement> {
        self.path.statements.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect()
    }

    /// The number of statements.
    async fn length(&self) -> i32 {
        i32::try_from(self.path.statements.len()).unwrap_or(i32::MAX)
    }
}

/// The root field that walks.
#[derive(Default)]
pub(crate) struct PathQuery;

#[Object]
impl PathQuery {
    /// A shortest walk, with the statements along it (bidirectional breadth-first search). Null when there is none of at
    /// most `maxHops` steps, or when there is no such entity.
    async fn path(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entity at one end, by its `id`.")] from: ID,
        #[graphql(desc = "The entity at the other end, by its `id`.")] to: ID,
        #[graphql(desc = "Which statements it may use; all stated ones, either way, when null.")] via: Option<
            Traversal,
        >,
        #[graphql(desc = "The most steps, 0 to 10; 6 when null.")] max_hops: Option<i32>,
    ) -> Option<Path> {
        or_null(ctx, walk(Pinned::of(ctx), &from, &to, via, max_hops))
    }
}

fn walk(pinned: Pinned, from: &ID, to: &ID, via: Option<Traversal>, max_hops: Option<i32>) -> ApiResult<Option<Path>> {
    let n_hops = max_hops.unwrap_or(HOPS_DEFAULT);
    if !(0..=HOPS_MAX).contains(&n_hops) {
        return Err(ApiError::BadUserInput(format!("`maxHops` is {n_hops}: it must be from 0 to {HOPS_MAX}.")));
    }
    let via = via.map_or_else(|| Ok(graph::Traversal::default()), Traversal::resolve)?;
    let ends = entity_of(&pinned, "from", None, Some(from))
        .and_then(|from| Ok((from, entity_of(&pinned, "to", None, Some(to))?)));
    let (from, to) = match ends {
        Ok((Some(from), Some(to))) => (from, to),
        Ok(_) | Err(Unmet::NothingPasses) => return Ok(None),
        Err(Unmet::Wrong(error)) => return Err(error),
    };
    let mut budget = Budget::new(VISITS_MAX);
    let path = pinned.shortest_path(from, to, &via, usize::try_from(n_hops).unwrap_or(0), &mut budget);
    if path.is_none() && budget.is_spent() {
        return Err(ApiError::LimitExceeded {
            limit: "visits",
            max: VISITS_MAX as u64,
            actual: VISITS_MAX as u64,
            advice: format!(
                "No walk was found among {VISITS_MAX} edges: allow fewer predicates or kinds, or fewer hops."
            ),
        });
    }
    let Some(path) = path else { return Ok(None) };
    pinned.charge(path.entities.len() + path.statements.len())?;
    Ok(Some(Path { pinned, path }))
}

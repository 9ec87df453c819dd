//! Handles: a pinned snapshot and an index. What GraphQL objects are made of, instead of copies.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use async_graphql::{Context, ID};
use tokio::sync::OnceCell;

use super::error::{ApiError, ApiResult};
use super::limits::ExecutionLimits;
use crate::app::{ComputeError, Current};
use crate::graph::{Computation, EntityIx, Snapshot};
use crate::model::NodeId;

/// The snapshot that a request sees from its first field to its last, and what its answer may still hold.
#[derive(Clone)]
pub(crate) struct Pinned {
    current: Arc<Current>,
    budget: Arc<Budget>,
}

/// What an answer may still hold. Resolvers that read memory never wait, so no time limit could interrupt them: they
/// count.
#[derive(Debug)]
pub struct Budget {
    limits: Arc<ExecutionLimits>,
    n_objects: AtomicU32,
    begun: Instant,
    n_fields: u64,
}

impl Budget {
    /// For the answer to an operation of so many fields, whose time began at `begun`. No object has more, with those of the
    /// objects within.
    pub(super) fn new(limits: Arc<ExecutionLimits>, n_fields: u64, begun: Instant) -> Self {
        Self { limits, n_fields: n_fields.max(1), n_objects: AtomicU32::new(0), begun }
    }

    /// Counts the objects from the beginning; the time goes on.
    pub(super) fn begin_again(&self) {
        self.n_objects.store(0, Relaxed);
    }

    /// How many objects were counted until now.
    pub(super) fn n_objects(&self) -> u32 {
        self.n_objects.load(Relaxed)
    }

    /// How long ago its time began.
    pub(super) fn spent_time(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Pinned {
    /// For a request that may make what is left of `budget`.
    pub(crate) fn new(current: Arc<Current>, budget: Arc<Budget>) -> Self {
        Self { current, budget }
    }

    /// The one that was pinned when the request began.
    pub(crate) fn of(ctx: &Context<'_>) -> Self {
        ctx.data_unchecked::<Self>().clone()
    }

    /// The snapshot and when it was loaded.
    pub(crate) fn current(&self) -> &Current {
        &self.current
    }

    /// What the request may ask for.
    pub(crate) fn limits(&self) -> &ExecutionLimits {
        &self.budget.limits
    }

    /// The answer to a question about the whole graph, computed once a snapshot.
    ///
    /// # Errors
    /// When it takes too long.
    pub(crate) async fn computed<C: Computation>(&self, question: C) -> ApiResult<Arc<C::Answer>> {
        self.current
            .compute(question, self.limits().computation_time)
            .await
            .map_err(|ComputeError::OutOfTime(max)| ApiError::ComputationTooLong { max })
    }

    /// What `work` gives, done elsewhere than on a thread that serves requests.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Snapshot) -> T + Send + 'static) -> T {
        self.current.run(work).await
    }

    /// What `cell` holds: what `work` gave when a field first asked, once for all that share the cell. Likewise elsewhere.
    ///
    /// # Errors
    /// When the time is over.
    pub(crate) async fn once<'a, T: Send + 'static>(
        &self,
        cell: &'a OnceCell<T>,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> ApiResult<&'a T> {
        let found = async {
            self.charge(0)?;
            Ok(self.run(work).await)
        };
        cell.get_or_try_init(|| found).await
    }

    /// Counts objects before they are made.
    ///
    /// # Errors
    /// When the answer would hold too many, or the time is over.
    pub(crate) fn charge(&self, n: usize) -> ApiResult<()> {
        let budget = &self.budget;
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        let before = budget.n_objects.fetch_update(Relaxed, Relaxed, |spent| Some(spent.saturating_add(n)));
        let spent = before.unwrap_or_else(|spent| spent).saturating_add(n);
        if spent > budget.limits.objects {
            return Err(ApiError::LimitExceeded {
                limit: "objects",
                max: budget.limits.objects.into(),
                actual: spent.into(),
                advice: format!(
                    "The answer would hold more than {} objects: ask for smaller pages, or for fewer lists within lists.",
                    budget.limits.objects
                ),
            });
        }
        let fields = u64::from(spent).saturating_mul(budget.n_fields);
        if fields > budget.limits.answer_fields {
            return Err(ApiError::LimitExceeded {
                limit: "answer_fields",
                max: budget.limits.answer_fields,
                actual: fields,
                advice: format!(
                    "The answer could hold more than {} fields, {spent} objects and more with {} each: ask for smaller \
                     pages, or for fewer fields.",
                    budget.limits.answer_fields, budget.n_fields
                ),
            });
        }
        if budget.spent_time() > budget.limits.time {
            return Err(ApiError::TimeIsOver { max: budget.limits.time, actual: budget.spent_time() });
        }
        Ok(())
    }
}

impl Deref for Pinned {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.current.snapshot
    }
}

/// An entity of a pinned snapshot.
#[derive(Clone)]
pub(crate) struct Handle {
    pub(crate) pinned: Pinned,
    pub(crate) ix: EntityIx,
}

impl Handle {
    pub(crate) fn id(&self) -> ID {
        NodeId::Entity(self.pinned.key(self.ix)).to_string().into()
    }
}

//! What a computation over the whole graph is, and how long it may take.

use std::fmt::Debug;
use std::time::Instant;

use super::Snapshot;

/// A question whose answer costs a walk over the whole graph, so that it is worth keeping for the next who asks the same.
///
/// Two with the same `Debug` text are the same question.
pub trait Computation: Debug + Send + Sync + 'static {
    /// What comes out.
    type Answer: Send + Sync + 'static;

    /// The answer, from the snapshot alone.
    ///
    /// # Errors
    /// When the deadline passes before it is there.
    fn compute(&self, snapshot: &Snapshot, deadline: Deadline) -> Result<Self::Answer, OutOfTime>;

    /// About how many numbers the answer holds: what keeping it costs.
    fn size(answer: &Self::Answer) -> usize;
}

/// How many things are gone through between two looks at the clock.
const N_BETWEEN_CHECKS: usize = 64;

/// When a computation must stop.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Option<Instant>);

/// A computation took longer than it may, and gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the computation took longer than it may")]
pub struct OutOfTime;

impl Deadline {
    /// None: the computation may take as long as it needs.
    pub fn never() -> Self {
        Self(None)
    }

    /// At that moment.
    pub fn at(moment: Instant) -> Self {
        Self(Some(moment))
    }

    /// To be asked every some thousand steps: asking the clock takes as long as some tens of them.
    ///
    /// # Errors
    /// When the moment has passed.
    pub fn check(self) -> Result<(), OutOfTime> {
        if self.0.is_some_and(|moment| Instant::now() > moment) { Err(OutOfTime) } else { Ok(()) }
    }

    /// To be asked at each of many things that take some tens of steps, by its number: looks at the clock at some of them.
    ///
    /// # Errors
    /// When the moment has passed.
    pub fn check_at(self, i: usize) -> Result<(), OutOfTime> {
        if i.is_multiple_of(N_BETWEEN_CHECKS) { self.check() } else { Ok(()) }
    }
}

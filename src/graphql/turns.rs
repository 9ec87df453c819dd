//! How many answers one reader has at a time, who may have asked for many.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Turns of one reader: an answer has one from before it is made until the reader is done with it. Clones share them.
#[derive(Debug, Clone)]
pub struct Turns(Arc<Semaphore>);

/// One of them, until it is dropped.
#[derive(Debug)]
#[must_use = "dropped, it is over"]
pub struct Turn(#[expect(dead_code, reason = "it is kept to be dropped")] OwnedSemaphorePermit);

impl Turns {
    /// So many at once; with none, nothing would ever be answered, so there is one at least.
    pub fn new(n: usize) -> Self {
        Self(Arc::new(Semaphore::new(n.clamp(1, Semaphore::MAX_PERMITS))))
    }

    /// Waits for one; who has waited longest gets it.
    #[expect(clippy::missing_panics_doc, reason = "nobody can close it")]
    pub async fn take(&self) -> Turn {
        Turn(self.0.clone().acquire_owned().await.expect("nobody closes it"))
    }
}

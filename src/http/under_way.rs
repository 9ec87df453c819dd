//! How many requests one connection has under way: over HTTP/2 that could be any number, and the library sets no bound.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The requests that a connection has under way. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct UnderWay(Arc<AtomicUsize>);

/// One of them, until this is dropped.
#[derive(Debug)]
pub(super) struct Begun(UnderWay);

impl UnderWay {
    pub(super) fn begin(&self) -> Begun {
        self.0.fetch_add(1, Ordering::Relaxed);
        Begun(self.clone())
    }

    pub(super) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

//! What a subscription knows between its events: what it has told of, and whether it owes a look.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_graphql::Context;

use crate::app::Fingerprint;

/// How long a subscription waits before it looks again for what it could not tell.
const RETRY: Duration = Duration::from_secs(1);
/// How often in a row the wait is doubled: up to half a minute.
const RETRIES_DOUBLED: u32 = 5;

/// What a subscription saw at its last event; all that is kept of that event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The snapshot with this revision.
    Graph { version: u64 },
    /// The one entity that it is about.
    Entity(Sight),
}

/// What was seen of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// It was not in the snapshot.
    Absent,
    /// It was not looked at in the snapshot of this revision, or the store could not say all of it.
    Unread { version: u64 },
    /// All of it.
    Read(Fingerprint),
}

/// What a subscription keeps from event to event. The resolver of its root field finds it in the context, decides by it
/// whether there is anything to tell, and gives one item or none.
#[derive(Debug, Default)]
pub(crate) struct Source(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    is_open: bool,
    is_owing: bool,
    /// How many events in a row have owed something.
    n_debts: u32,
    seen: Option<Seen>,
}

impl Source {
    /// That of the subscription whose event is executed.
    pub(crate) fn of<'a>(ctx: &Context<'a>) -> &'a Self {
        ctx.data_unchecked::<Arc<Self>>()
    }

    /// Says that the arguments are good. A subscription whose source was not opened at its first event is over with the
    /// answer to it.
    pub(crate) fn open(&self) {
        self.state().is_open = true;
    }

    /// Says that something may be to tell which is not known yet. When the event ends so, there will be another one soon.
    pub(crate) fn owe(&self) {
        self.state().is_owing = true;
    }

    /// Says that what was to be known is known.
    pub(crate) fn settle(&self) {
        self.state().is_owing = false;
    }

    /// What was seen at the last event that saw anything.
    pub(crate) fn seen(&self) -> Option<Seen> {
        self.state().seen
    }

    /// Keeps what is seen now.
    pub(crate) fn see(&self, seen: Seen) {
        self.state().seen = Some(seen);
    }

    pub(super) fn is_open(&self) -> bool {
        self.state().is_open
    }

    /// How soon there is to be another event, when the last one owes anything; the next one begins without debts.
    pub(super) fn take_debt(&self) -> Option<Duration> {
        let mut state = self.state();
        if !std::mem::take(&mut state.is_owing) {
            state.n_debts = 0;
            return None;
        }
        let wait = RETRY * 2_u32.pow(state.n_debts.min(RETRIES_DOUBLED));
        state.n_debts += 1;
        Some(wait)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is one assignment, so a panic leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! What runs on a socket, taking turns.

use std::collections::HashMap;
use std::rc::Rc;

use futures_util::stream::{self, AbortHandle, Abortable, LocalBoxStream, SelectAll, Stream, StreamExt as _};

use crate::graphql::{Answer, Turns};

/// Answers that are being made at once, or are made and not yet with the client: of all the others not even the making has
/// begun. Two, which is the least that lets quick operations by while one takes its time.
const ANSWERS_AT_ONCE: usize = 2;

/// The operations of a socket. None begins an answer unless [`Operations::next`] is waited for, and there is a turn for it;
/// of those that could, the one that has waited longest gets it.
pub(super) struct Operations {
    turns: Turns,
    running: SelectAll<Abortable<LocalBoxStream<'static, Event>>>,
    by_id: HashMap<Rc<str>, Running>,
}

struct Running {
    handle: AbortHandle,
    /// Whether it has been answered before.
    is_answered: bool,
}

/// What came of the operation with an id: an answer, or `None` for its end.
pub(super) type Event = (Rc<str>, Option<Answer>);

impl Default for Operations {
    fn default() -> Self {
        Self { turns: Turns::new(ANSWERS_AT_ONCE), running: SelectAll::new(), by_id: HashMap::new() }
    }
}

impl Operations {
    /// What the answers of all of them must share.
    pub(super) fn turns(&self) -> Turns {
        self.turns.clone()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Adds one; `id` must be new.
    pub(super) fn start(&mut self, id: String, answers: impl Stream<Item = Answer> + 'static) {
        let id: Rc<str> = id.into();
        let (handle, registration) = AbortHandle::new_pair();
        self.by_id.insert(Rc::clone(&id), Running { handle, is_answered: false });
        let events = answers.map(Some).chain(stream::iter([None])).map(move |answer| (Rc::clone(&id), answer));
        self.running.push(Abortable::new(events.boxed_local(), registration));
    }

    /// Forgets one: nothing more comes of it. Nothing happens when there is none with this id.
    pub(super) fn stop(&mut self, id: &str) {
        if let Some(running) = self.by_id.remove(id) {
            running.handle.abort();
        }
    }

    /// Whether this is asked for the first time of a running operation: at its first answer.
    pub(super) fn is_first(&mut self, id: &str) -> bool {
        self.by_id.get_mut(id).is_some_and(|running| !std::mem::replace(&mut running.is_answered, true))
    }

    /// The next event of any; `None` when nothing runs. The turn of the last answer ends. Loses nothing when it is dropped and asked again.
    pub(super) async fn next(&mut self) -> Option<Event> {
        let event = self.running.next().await?;
        if event.1.is_none() {
            self.by_id.remove(&event.0);
        }
        Some(event)
    }
}

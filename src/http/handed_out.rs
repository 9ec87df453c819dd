//! Answers in pieces, and what becomes of those that nobody takes.
//!
//! A connection asks a body for more when it has room, and the client says when it has: by reading, over HTTP/2 also in so
//! many words. By never doing so it would have the server hold any number of answers without end. So an answer lies where a
//! timer can reach it, and the connection is handed copies of pieces, of which few at a time can be left with it.

use std::cell::RefCell;
use std::error::Error;
use std::io;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::rt::task::JoinHandle;
use actix_web::web::Bytes;
use tokio::time::{Instant, sleep_until};

use super::connection::Connection;

/// How much of an answer is handed to a connection at a time. One of HTTP/1.1 keeps some 32 KiB of what it was handed until
/// the client reads; the rest of the answer is not copied there.
pub(super) const PIECE_BYTES: usize = 16 * 1024;

/// How long a client may take. What it has not taken then is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deadline {
    /// For each piece of a body that is there as a whole.
    Piece(Duration),
    /// For all that a body has at a time; left with the response.
    Event(Duration),
}

/// `body` in pieces; past the deadline it is dropped, and with it `connection`. Needs the runtime of a worker.
pub(super) fn hand_out(body: BoxBody, deadline: Deadline, connection: Option<Connection>) -> BoxBody {
    let size = body.size();
    if size.is_eof() {
        return body;
    }
    let slot = Slot { body: Some(body), rest: Bytes::new(), untaken_since: Some(Instant::now()) };
    let slot = Rc::new(RefCell::new(slot));
    let timer = actix_web::rt::spawn(drop_when_late(Rc::downgrade(&slot), deadline, connection));
    BoxBody::new(HandedOut { slot, size, is_by_piece: matches!(deadline, Deadline::Piece(_)), timer })
}

/// What of an answer has not yet been handed out.
struct Slot {
    /// `None` when it was dropped.
    body: Option<BoxBody>,
    /// What is left of the last that it gave.
    rest: Bytes,
    /// Since when the connection has not asked for more, or takes what came last; `None` while it waits for more.
    untaken_since: Option<Instant>,
}

/// Drops what `slot` holds when its deadline has passed.
async fn drop_when_late(slot: Weak<RefCell<Slot>>, deadline: Deadline, connection: Option<Connection>) {
    let (Deadline::Piece(patience) | Deadline::Event(patience)) = deadline;
    let mut time_to_look = Instant::now() + patience;
    let slot = loop {
        sleep_until(time_to_look).await;
        let Some(slot) = slot.upgrade() else {
            return;
        };
        let now = Instant::now();
        let untaken_since = slot.borrow().untaken_since;
        time_to_look = untaken_since.unwrap_or(now) + patience;
        if time_to_look <= now {
            break slot;
        }
    };
    tracing::debug!("a client left an answer unread");
    let untaken = {
        let slot = &mut *slot.borrow_mut();
        (slot.body.take(), std::mem::take(&mut slot.rest))
    };
    drop(untaken);
    if let Some(connection) = connection {
        connection.end();
    }
}

/// A body that is handed out in pieces.
struct HandedOut {
    slot: Rc<RefCell<Slot>>,
    size: BodySize,
    is_by_piece: bool,
    timer: JoinHandle<()>,
}

impl MessageBody for HandedOut {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.size
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let Slot { body, rest, untaken_since } = &mut *self.slot.borrow_mut();
        let is_fresh = rest.is_empty();
        while rest.is_empty() {
            *untaken_since = None;
            let Some(body) = body else {
                // An end would have the connection wait for the client to read the rest, an error closes it.
                let late = io::Error::new(io::ErrorKind::TimedOut, "a client left an answer unread");
                return Poll::Ready(Some(Err(late.into())));
            };
            match ready!(Pin::new(body).poll_next(cx)) {
                Some(Ok(more)) => *rest = more,
                end => return Poll::Ready(end),
            }
        }
        if is_fresh || self.is_by_piece {
            *untaken_since = Some(Instant::now());
        }
        if is_fresh && rest.len() <= PIECE_BYTES {
            return Poll::Ready(Some(Ok(std::mem::take(rest))));
        }
        // A copy: a part would keep the whole.
        let piece = Bytes::copy_from_slice(&rest[..rest.len().min(PIECE_BYTES)]);
        *rest = rest.slice(piece.len()..);
        Poll::Ready(Some(Ok(piece)))
    }
}

impl Drop for HandedOut {
    fn drop(&mut self) {
        self.timer.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use actix_web::body::{BodyStream, to_bytes};
    use futures_util::{FutureExt as _, StreamExt as _, stream};
    use tokio::sync::oneshot;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATE: Duration = Duration::from_mins(10);

    type Texts = Vec<Result<Bytes, io::Error>>;

    /// A body of these texts and then nothing, and what tells that it was dropped.
    fn endless(texts: &[&'static str]) -> (BoxBody, oneshot::Receiver<()>) {
        let (kept, dropped) = oneshot::channel::<()>();
        let texts: Texts = texts.iter().map(|text| Ok(Bytes::from_static(text.as_bytes()))).collect();
        let texts = stream::iter(texts).chain(stream::pending()).map(move |text| {
            let _kept = &kept;
            text
        });
        (BoxBody::new(BodyStream::new(texts)), dropped)
    }

    async fn next(body: &mut BoxBody) -> Option<Result<Bytes, Box<dyn Error>>> {
        poll_fn(|cx| Pin::new(&mut *body).poll_next(cx)).await
    }

    async fn next_len(body: &mut BoxBody) -> usize {
        next(body).await.expect("the body goes on").expect("it is not late").len()
    }

    /// Waits until the body is dropped of which this tells.
    async fn told(dropped: oneshot::Receiver<()>) {
        dropped.await.expect_err("it is dropped, and nothing is sent");
    }

    #[actix_web::test]
    async fn it_is_whole_when_it_is_taken() {
        let text: Bytes = (0..=u8::MAX).cycle().take(100_000).collect();
        let mut body = hand_out(BoxBody::new(text.clone()), Deadline::Piece(LATE), None);
        assert_eq!(body.size(), BodySize::Sized(100_000));
        assert_eq!(next(&mut body).await.expect("a piece").expect("in time"), text[..PIECE_BYTES]);
        assert_eq!(to_bytes(body).await.expect("in time"), text[PIECE_BYTES..]);
        for n in [0, 1, PIECE_BYTES] {
            let body = hand_out(BoxBody::new(vec![b'x'; n]), Deadline::Piece(LATE), None);
            assert_eq!(to_bytes(body).await.expect("in time").len(), n);
        }
    }

    #[actix_web::test]
    async fn it_is_dropped_when_it_is_not_taken() {
        for deadline in [Deadline::Piece(SOON), Deadline::Event(SOON)] {
            let (body, dropped) = endless(&["a", "b"]);
            let mut body = hand_out(body, deadline, None);
            assert_eq!(next_len(&mut body).await, 1);
            told(dropped).await;
            assert!(next(&mut body).await.is_some_and(|end| end.is_err()), "{deadline:?}");
        }
    }

    #[actix_web::test]
    async fn who_waits_for_more_is_not_late() {
        let (body, mut dropped) = endless(&["a"]);
        let mut body = hand_out(body, Deadline::Event(SOON), None);
        assert_eq!(next_len(&mut body).await, 1);
        assert!(next(&mut body).now_or_never().is_none());
        // Longer than the deadline; were it too short, the test would only see less.
        tokio::time::sleep(SOON * 5).await;
        assert!(dropped.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
        assert!(next(&mut body).now_or_never().is_none());
    }

    #[actix_web::test]
    async fn an_event_has_one_deadline_and_not_one_a_piece() {
        let event: &'static str = "x".repeat(PIECE_BYTES * 1_000).leak();
        let (body, dropped) = endless(&[event]);
        let mut body = hand_out(body, Deadline::Event(SOON), None);
        let taking = async {
            // Slowly, yet never so slowly that a piece would be late.
            while let Some(Ok(_)) = next(&mut body).await {
                tokio::time::sleep(SOON / 10).await;
            }
        };
        taking.await;
        told(dropped).await;
    }
}

//! One message at a time to the client, as fast as it reads.
//!
//! The session of actix-ws is a queue of 32 messages, and its body copies all that are in it into one buffer. So the next
//! message is put there when the connection has taken the last one, and the connection is handed pieces.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::web::Bytes;
use actix_ws::{CloseReason, Closed, Session};
use tokio::sync::Notify;

use crate::http::handed_out::PIECE_BYTES;
use crate::http::live::Seat;

/// The client cannot be told anything more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// The connection is gone.
    Gone,
    /// It left a message unread for too long, and was cut.
    TooSlow,
}

impl From<Closed> for Lost {
    fn from(_: Closed) -> Self {
        Self::Gone
    }
}

/// The way to the client.
pub(super) struct Outgoing {
    session: Session,
    link: Rc<Link>,
    deadline: Duration,
}

impl Outgoing {
    /// The way to the client over `session`, whose response is to be sent as it is returned. `seat` is kept as long as
    /// the connection, `deadline` is how long it may take for a message.
    pub(super) fn new(
        session: Session,
        response: HttpResponse,
        seat: Seat,
        deadline: Duration,
    ) -> (Self, HttpResponse) {
        let link = Rc::new(Link::default());
        let body_link = Rc::clone(&link);
        let response = response.map_body(|_, body| {
            link.state.borrow_mut().body = Some(body);
            BoxBody::new(Pieces { link: body_link, _seat: seat })
        });
        (Self { session, link, deadline }, response)
    }

    /// Sends a message and waits until the connection has taken all of it.
    pub(super) async fn text(&mut self, message: String) -> Result<(), Lost> {
        self.session.text(message).await?;
        self.taken().await
    }

    /// As [`Outgoing::text`].
    pub(super) async fn ping(&mut self) -> Result<(), Lost> {
        self.session.ping(b"").await?;
        self.taken().await
    }

    /// As [`Outgoing::text`].
    pub(super) async fn pong(&mut self, content: &[u8]) -> Result<(), Lost> {
        self.session.pong(content).await?;
        self.taken().await
    }

    /// Sends the last frame there is.
    pub(super) async fn close(self, reason: Option<CloseReason>) -> Result<(), Lost> {
        let Self { session, link, deadline } = self;
        session.close(reason).await?;
        link.taken(deadline).await
    }

    async fn taken(&self) -> Result<(), Lost> {
        self.link.taken(self.deadline).await
    }
}

/// What the socket and its connection share. Both are on one thread.
#[derive(Default)]
struct Link {
    state: RefCell<State>,
    /// The connection has taken all, or is gone.
    progress: Notify,
}

#[derive(Default)]
struct State {
    /// The frames, one after the other; `None` when the socket was cut.
    body: Option<BoxBody>,
    /// What the connection has not yet taken of the last frame.
    unsent: Bytes,
    /// Whether the connection asked for more when there was none.
    is_idle: bool,
    /// Whether there is no connection any more.
    is_gone: bool,
    /// Wakes the connection, which waits for more.
    connection: Option<Waker>,
}

impl Link {
    /// Waits until the connection has taken what was put into the session; cuts it after `deadline`.
    async fn taken(&self, deadline: Duration) -> Result<(), Lost> {
        // The connection runs on this thread, so it cannot have taken anything since the message was put there.
        self.state.borrow_mut().is_idle = false;
        let taken = async {
            loop {
                {
                    let state = self.state.borrow();
                    if state.is_gone {
                        return Err(Lost::Gone);
                    }
                    if state.is_idle {
                        return Ok(());
                    }
                }
                self.progress.notified().await;
            }
        };
        tokio::time::timeout(deadline, taken).await.unwrap_or_else(|_| {
            self.cut();
            Err(Lost::TooSlow)
        })
    }

    /// Frees what was not sent and ends the connection as soon as it asks for more.
    fn cut(&self) {
        let mut state = self.state.borrow_mut();
        state.body = None;
        state.unsent = Bytes::new();
        if let Some(connection) = state.connection.take() {
            connection.wake();
        }
    }
}

/// The response's body: the frames in pieces.
struct Pieces {
    link: Rc<Link>,
    _seat: Seat,
}

impl MessageBody for Pieces {
    type Error = actix_web::Error;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let link = &self.link;
        let state = &mut *link.state.borrow_mut();
        if state.unsent.is_empty() {
            let Some(body) = &mut state.body else {
                // An end would have the connection wait for the client to read the rest, an error closes it.
                let cut = io::Error::new(io::ErrorKind::TimedOut, "a client left unread what a WebSocket sent");
                return Poll::Ready(Some(Err(cut.into())));
            };
            let next = Pin::new(body).poll_next(cx);
            if !matches!(next, Poll::Ready(Some(_))) {
                state.is_idle = true;
                link.progress.notify_one();
                state.connection = Some(cx.waker().clone());
            }
            match ready!(next) {
                Some(Ok(frame)) => state.unsent = frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(actix_web::error::ErrorInternalServerError(error)))),
                None => return Poll::Ready(None),
            }
        }
        let n = state.unsent.len().min(PIECE_BYTES);
        Poll::Ready(Some(Ok(state.unsent.split_to(n))))
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        let mut state = self.link.state.borrow_mut();
        state.is_gone = true;
        state.body = None;
        state.unsent = Bytes::new();
        self.link.progress.notify_one();
    }
}

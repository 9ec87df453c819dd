//! Bodies that nobody reads to their end.
//!
//! What is left of a chunked body the library reads on for as long as it comes, without a deadline, once nobody holds it.
//! Held until the answer is on its way, it is left unread instead and the connection closed.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage as _;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;

/// The body of a request, read elsewhere.
#[derive(Clone)]
pub(super) struct Held(Rc<RefCell<Payload>>);

/// Holds the body of `request`, which can be read as before; `None` when it has none.
pub(super) fn hold(request: &mut ServiceRequest) -> Option<Held> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return None;
    }
    let held = Held(Rc::new(RefCell::new(payload)));
    request.set_payload(Payload::Stream { payload: Box::pin(held.clone()) });
    Some(held)
}

impl Stream for Held {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(cx)
    }
}

//! Server-sent events on `/graphql`: one request a connection, the "distinct connections mode" of graphql-sse.
//!
//! An answer is an event `next`; the event `complete` follows when there will be no more. A stream that ends without it
//! was cut short, and a client may ask again.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::thread;

use actix_web::http::header;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::{self, LocalBoxStream, StreamExt as _};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::access::{self, RequestId};
use super::answer::{Body, would_write};
use super::draining::Stopping;
use super::errors::HttpError;
use super::figures::Figures;
use super::handed_out::Deadline;
use super::live::{Live, Seat, Transport};
use crate::graphql::{Answer, Answers, Outcome, Request, Turns};

/// Answers `request` event by event, until there are no more, the client leaves or the server is stopped.
///
/// # Errors
/// When too many connections stay open already.
pub(super) fn response(
    http: &HttpRequest,
    api: &impl Answers,
    live: &Live,
    figures: web::Data<Figures>,
    request: Request,
) -> Result<HttpResponse, HttpError> {
    let seat = live.seat(Transport::EventStream)?;
    // A client that says nothing cannot be told from one that is gone: only sending shows it.
    let period = live.settings.idle_deadline / 2;
    let mut keep_alive = interval_at(Instant::now() + period, period);
    keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let events = Events {
        answers: Some(Box::pin(AssertUnwindSafe(api.stream(request, Turns::new(1))).catch_unwind())),
        keep_alive,
        stopping: Stopping::of(http),
        figures,
        request_id: RequestId::of(http),
        is_logged: false,
        _seat: seat,
    };
    let body = stream::unfold(events, |mut events| async move {
        let event = events.next_event().await?;
        events.keep_alive.reset();
        Some((Ok::<_, Infallible>(event), events))
    });
    let mut response = HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        // Compression would hold events back until it has a block full. This keeps the server's from it, and the other
        // header that of a proxy.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(body);
    // The next event is made when this one is taken: a client that takes its time would hold one and a seat.
    response.extensions_mut().insert(Deadline::Event(live.settings.send_deadline));
    Ok(response)
}

struct Events {
    /// `None` when there will be no more.
    answers: Option<LocalBoxStream<'static, thread::Result<Answer>>>,
    keep_alive: Interval,
    stopping: Stopping,
    figures: web::Data<Figures>,
    request_id: RequestId,
    /// Whether the operation has its line in the log.
    is_logged: bool,
    _seat: Seat,
}

impl Events {
    /// The next event or comment; `None` at the end.
    async fn next_event(&mut self) -> Option<Bytes> {
        let answers = self.answers.as_mut()?;
        let answer = tokio::select! {
            biased;
            () = self.stopping.told() => return None,
            answer = answers.next() => answer,
            _ = self.keep_alive.tick() => return Some(Bytes::from_static(b":\n\n")),
        };
        if let Some(Ok(answer)) = &answer {
            self.figures.count(answer);
            if !std::mem::replace(&mut self.is_logged, true) {
                access::operation(Transport::EventStream.label(), &self.request_id, answer);
            }
        }
        let mut event = NEXT.to_vec();
        let written = match answer {
            Some(Ok(answer)) if answer.outcome == Outcome::WouldWrite => {
                event.extend_from_slice(would_write().json().as_bytes());
                Ok(())
            }
            Some(Ok(answer)) => serde_json::to_writer(&mut event, &Body::from(&answer)).map_err(|error| {
                tracing::error!(%error, "an answer could not be written as JSON");
                HttpError::Internal
            }),
            Some(Err(_)) => {
                tracing::error!("a stream of answers made the server panic");
                Err(HttpError::Internal)
            }
            None => {
                self.answers = None;
                return Some(Bytes::from_static(COMPLETE));
            }
        };
        match written {
            Ok(()) => event.extend_from_slice(END),
            Err(error) => {
                self.answers = None;
                event = [NEXT, error.json().as_bytes(), END, COMPLETE].concat();
            }
        }
        Some(event.into())
    }
}

const NEXT: &[u8] = b"event: next\ndata: ";
/// The end of an event.
const END: &[u8] = b"\n\n";
/// Its data are empty, not absent: without any, a browser's `EventSource` does not tell the page.
const COMPLETE: &[u8] = b"event: complete\ndata: \n\n";

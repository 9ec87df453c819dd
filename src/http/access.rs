//! What is seen of every request: its id, a line in the log, its figures.
//!
//! Never the document, never a raw address, never what variables hold unless the settings want it. The line is written
//! when the answer has left, or its connection has; so that of an answer that goes on for an hour comes after the hour.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, AcceptEncoding, Encoding, Header as _, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{HttpMessage as _, HttpRequest};
use tracing::{Instrument as _, Span};
use uuid::Uuid;

use super::connection::{Begun, Connection};
use super::errors::RefusedWith;
use super::figures;
use super::handed_out::{Deadline, hand_out};
use super::settings::HttpSettings;
use super::unread::{self, Held};
use crate::graphql::Answer;

/// The header in which a request may bring its id, and an answer always brings it back.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Characters of an id that is taken from a request.
const REQUEST_ID_MAX_CHARS: usize = 100;
/// Characters of what a stranger wrote, as far as it is logged.
const NAME_MAX_CHARS: usize = 100;
const VARIABLES_MAX_CHARS: usize = 10_000;

/// The encodings that [`actix_web::middleware::Compress`] has with the features in `Cargo.toml`.
const ENCODINGS: [Encoding; 4] = [Encoding::identity(), Encoding::brotli(), Encoding::gzip(), Encoding::deflate()];

/// What the log of requests says of a `GraphQL` operation; left with the response.
#[derive(Debug)]
pub(super) struct OperationSeen {
    name: Option<String>,
    operation_type: Option<&'static str>,
    cost: Option<u64>,
    n_errors: usize,
    codes: String,
    variables: Option<String>,
}

impl OperationSeen {
    /// `variables` is their text, when it is to be logged.
    pub(super) fn of(answer: &Answer, variables: Option<&str>) -> Self {
        let mut codes: Vec<&str> = answer.response.errors.iter().map(figures::code).collect();
        codes.sort_unstable();
        codes.dedup();
        Self {
            name: answer.asked.operation_name.as_deref().map(|name| start_of(name, NAME_MAX_CHARS)),
            operation_type: answer.asked.operation_type.map(figures::type_name),
            cost: answer.asked.cost,
            n_errors: answer.response.errors.len(),
            codes: codes.join(","),
            variables: variables.map(|text| start_of(text, VARIABLES_MAX_CHARS)),
        }
    }
}

/// The id of a request. Clones share its text.
#[derive(Debug, Clone)]
pub(super) struct RequestId(Rc<str>);

impl RequestId {
    /// That of a request which came through [`seen`]; else it is empty.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request.extensions().get().cloned().unwrap_or_else(|| Self("".into()))
    }
}

/// The line of an operation on a connection that stays open, written with its first answer: the connection's own line
/// comes when it ends. Both have the id of the `request` that opened the connection.
pub(super) fn operation(transport: &'static str, request: &RequestId, answer: &Answer) {
    let seen = OperationSeen::of(answer, None);
    tracing::info!(
        target: "grounds::access",
        request_id = &*request.0,
        transport,
        duration_ms = answer.took.as_secs_f64() * 1e3,
        operation_name = seen.name.as_deref(),
        operation_type = seen.operation_type,
        cost = seen.cost,
        n_errors = seen.n_errors,
        codes = Some(seen.codes.as_str()).filter(|codes| !codes.is_empty()),
    );
}

/// The outermost of what every request goes through.
pub(super) async fn seen(
    settings: web::Data<HttpSettings>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let begun = Instant::now();
    let connection = request.conn_data().cloned();
    let under_way = connection.as_ref().map(Connection::begin);
    let id = RequestId(id_of(request.headers()).into());
    request.extensions_mut().insert(id.clone());
    let method = known(request.method());
    forget_impossible_encodings(&mut request);
    let unread = unread::hold(&mut request);

    // What is logged on the way to the answer has the id too. An error's level, so that no filter leaves it out.
    let span = tracing::error_span!("request", id = &*id.0);
    let mut response = next.call(request).instrument(span.clone()).await?.map_into_boxed_body();

    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status().as_u16();
    figures::answered(&route, method, status, begun.elapsed());

    let mut left = response.response_mut().extensions_mut();
    let operation = left.remove::<OperationSeen>();
    let refused_with = left.remove::<RefusedWith>();
    let deadline = left.remove::<Deadline>().unwrap_or(Deadline::Piece(settings.unread_deadline));
    drop(left);
    let entry = Entry { begun, id, method, route, status, operation, refused_with };
    let is_socket = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    Ok(response.map_body(|_, body| {
        // A WebSocket has deadlines of its own.
        let body = if is_socket { body } else { hand_out(body, deadline, connection) };
        BoxBody::new(Sent { body, n_bytes: 0, entry, span, _under_way: under_way, _unread: unread })
    }))
}

/// The id that the request brought, if it is one that can be written anywhere as it is; else a new one.
fn id_of(headers: &HeaderMap) -> String {
    let mut brought = headers.get_all(&REQUEST_ID);
    let only = brought.next().filter(|_| brought.next().is_none());
    let is_plain = |id: &&str| {
        (1..=REQUEST_ID_MAX_CHARS).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    };
    let taken = only.and_then(|id| id.to_str().ok()).filter(is_plain);
    taken.map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

/// The method, one of those that have a meaning here: a stranger can make up others without end.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// A client that takes no encoding at all, not even none, is answered without one; else the library would refuse it, and
/// not in JSON.
fn forget_impossible_encodings(request: &mut ServiceRequest) {
    let accepted = request.headers().contains_key(header::ACCEPT_ENCODING).then(|| AcceptEncoding::parse(request));
    if let Some(Ok(accepted)) = accepted
        && accepted.negotiate(ENCODINGS.iter()).is_none()
    {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
}

fn start_of(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// A line of the log of requests.
struct Entry {
    begun: Instant,
    id: RequestId,
    method: &'static str,
    route: String,
    status: u16,
    operation: Option<OperationSeen>,
    refused_with: Option<RefusedWith>,
}

impl Entry {
    fn write(&self, n_bytes: u64) {
        let operation = self.operation.as_ref();
        let codes = operation.map(|it| it.codes.as_str()).or(self.refused_with.map(|RefusedWith(code)| code));
        tracing::info!(
            target: "grounds::access",
            request_id = &*self.id.0,
            method = self.method,
            route = &*self.route,
            status = self.status,
            duration_ms = self.begun.elapsed().as_secs_f64() * 1e3,
            bytes = n_bytes,
            operation_name = operation.and_then(|it| it.name.as_deref()),
            operation_type = operation.and_then(|it| it.operation_type),
            cost = operation.and_then(|it| it.cost),
            n_errors = operation.map(|it| it.n_errors),
            codes = codes.filter(|codes| !codes.is_empty()),
            variables = operation.and_then(|it| it.variables.as_deref()),
        );
    }
}

/// A body that is counted while it is sent.
struct Sent {
    body: BoxBody,
    n_bytes: u64,
    entry: Entry,
    /// What is logged while the answer is made piece by piece has the id too.
    span: Span,
    /// The request is under way until its answer is away.
    _under_way: Option<Begun>,
    _unread: Option<Held>,
}

impl MessageBody for Sent {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let sent = self.get_mut();
        let piece = ready!(sent.span.in_scope(|| Pin::new(&mut sent.body).poll_next(cx)));
        if let Some(Ok(piece)) = &piece {
            sent.n_bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        }
        Poll::Ready(piece)
    }
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.entry.write(self.n_bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_from(brought: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for id in brought {
            headers.append(REQUEST_ID, HeaderValue::from_bytes(id.as_bytes()).expect("a header"));
        }
        id_of(&headers)
    }

    #[test]
    fn an_id_is_taken_when_it_can_be_written_anywhere() {
        let long = "x".repeat(100);
        for good in ["a", "0196f0a4-7c1e.B_2", &long] {
            assert_eq!(id_from(&[good]), good);
        }
        let too_long = "x".repeat(101);
        let bad: [&[&str]; 8] = [&[], &[""], &[&too_long], &["a b"], &["a\tb"], &["\"a\""], &["ä"], &["a", "b"]];
        for bad in bad {
            let id = id_from(bad);
            let made = Uuid::parse_str(&id).expect("a new id");
            assert_eq!(made.get_version_num(), 7, "{bad:?}");
        }
    }

    #[test]
    fn what_a_stranger_wrote_is_cut() {
        assert_eq!(start_of("äöü", 3), "äöü");
        assert_eq!(start_of("äöü", 2), "äö…");
    }
}

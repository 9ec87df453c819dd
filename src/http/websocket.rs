//! `GraphQL` over WebSocket: the subprotocol `graphql-transport-ws`, as the protocol of graphql-ws defines it.
//!
//! | file | what is in it |
//! |---|---|
//! | `frames` | the client's bytes, looked at before anything is kept of them |
//! | `messages` | the protocol's messages, and why a socket is closed |
//! | `operations` | what runs on a socket, taking turns |
//! | `outgoing` | one message at a time to the client, as fast as it reads |
//! | `socket` | what happens when, from `connection_init` to the end |
//!
//! A socket holds two answers at most, whatever the client asks for and however slowly it reads: one that is being sent,
//! and one that is made or being made. The others wait for their turn.

mod frames;
mod messages;
mod operations;
mod outgoing;
mod socket;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{FromRequest as _, HttpRequest, HttpResponse, web};
use tracing::Instrument as _;

use self::outgoing::Outgoing;
use self::socket::Socket;
use super::connection::Connection;
use super::errors::HttpError;
use super::figures::Figures;
use super::live::{Live, Transport};
use super::origin;
use super::settings::HttpSettings;
use crate::graphql::Answers;

const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Whether a GET request is one for a WebSocket.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    listed(headers, &header::UPGRADE).any(|protocol| protocol.eq_ignore_ascii_case("websocket"))
}

/// Opens a WebSocket, unless the request is refused.
///
/// # Errors
/// When the page that asks is of an origin that may not, the subprotocol is not offered, the handshake is incomplete, or
/// too many connections stay open already.
pub(super) async fn open<A: Answers>(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<A>,
    live: web::Data<Live>,
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
) -> Result<HttpResponse, actix_web::Error> {
    origin::check(request.headers(), &settings.allowed_origins)?;
    // Before the upgrade, so that whoever speaks an older protocol reads why. Clients of this one always offer it.
    if !listed(request.headers(), &header::SEC_WEBSOCKET_PROTOCOL).any(|protocol| protocol == SUBPROTOCOL) {
        return Err(
            HttpError::bad_request("WebSockets here speak `graphql-transport-ws`: offer that subprotocol").into()
        );
    }
    let seat = live.seat(Transport::WebSocket)?;
    let settings = live.settings;
    let mut checked = frames::checked(payload.into_inner(), settings.message_max_bytes);
    let payload = web::Payload::from_request(&request, &mut checked).await?;
    let (response, session, messages) = match actix_ws::handle_with_protocols(&request, payload, &[SUBPROTOCOL]) {
        Ok(opened) => opened,
        Err(error) => return Ok(incomplete(&error)),
    };
    let messages = messages
        .max_frame_size(settings.message_max_bytes)
        .aggregate_continuations()
        .max_continuation_size(settings.message_max_bytes);
    let (outgoing, response) = Outgoing::new(session, response, seat, settings.send_deadline);
    let socket = Socket::new(&request, api, figures, settings, messages, outgoing);
    let connection = request.conn_data::<Connection>().cloned();
    let run = async move {
        let closed_by = socket.run().await;
        // The library would leave it to the client, which waits for the server, as RFC 6455 wants it.
        tokio::time::sleep(closed_by.patience()).await;
        if let Some(connection) = connection {
            connection.end();
        }
    };
    actix_web::rt::spawn(run.in_current_span());
    Ok(response)
}

/// What the headers of a name list, separated by commas.
fn listed<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim)
}

/// A handshake that the library refuses keeps its status and headers, which name the version that there is.
fn incomplete(error: &actix_web::Error) -> HttpResponse {
    let json = HttpError::bad_request("the handshake of the WebSocket is incomplete, or of another version than 13");
    let mut response = error.error_response().set_body(actix_web::body::BoxBody::new(json.json()));
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

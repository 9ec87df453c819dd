//! `/graphql`: `GraphQL` over HTTP, as its specification and the audits of graphql-http want it.

use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, guard, web};
use async_graphql::{ServerError, Value};
use serde::Serialize;
use std::collections::BTreeMap;

use super::body;
use super::errors::HttpError;
use super::live::Live;
use super::media_type::{self, Accepted, AnswerType};
use super::settings::HttpSettings;
use super::{event_stream, websocket};
use crate::graphql::{Answer, Answers, Outcome, Request};

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig) {
    // The library's guard of a method would name it in `Allow` a second time.
    let is_upgrade = guard::fn_guard(|request| {
        request.head().method == Method::GET && websocket::is_wanted(request.head().headers())
    });
    cfg.service(web::resource("/graphql").guard(is_upgrade).route(web::to(websocket::open::<A>)))
        .service(web::resource("/graphql").route(web::get().to(get::<A>)).route(web::post().to(post::<A>)));
}

async fn get<A: Answers>(request: HttpRequest, api: web::Data<A>, live: web::Data<Live>) -> HttpResponse {
    let Some(accepted) = Accepted::negotiate(request.headers()) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = body::from_address(request.query_string());
    answer(&request, &**api, &live, accepted, parsed).await
}

async fn post<A: Answers>(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<A>,
    live: web::Data<Live>,
    settings: web::Data<HttpSettings>,
) -> HttpResponse {
    let headers = request.headers();
    let Some(accepted) = Accepted::negotiate(headers) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = match readable(headers) {
        Ok(()) => body::read(headers, payload, &settings).await.and_then(|body| body::from_json(&body)),
        Err(error) => Err(error),
    };
    answer(&request, &**api, &live, accepted, parsed).await
}

/// # Errors
/// When the body is not said to be JSON as it is.
fn readable(headers: &HeaderMap) -> Result<(), HttpError> {
    if !media_type::is_json(headers) {
        return Err(HttpError::UnsupportedMediaType("send `Content-Type: application/json`, in UTF-8"));
    }
    // A compressed body can be a thousand times larger than it arrives.
    let encoded = headers.get_all(header::CONTENT_ENCODING).any(|encoding| encoding != "identity");
    if encoded {
        return Err(HttpError::UnsupportedMediaType("send the body as it is, without `Content-Encoding`"));
    }
    Ok(())
}

async fn answer(
    http: &HttpRequest,
    api: &impl Answers,
    live: &Live,
    accepted: Accepted,
    request: Result<Request, HttpError>,
) -> HttpResponse {
    match (accepted, request) {
        (Accepted::Answer(answer_type), Ok(request)) => response(answer_type, &api.execute(request).await),
        (Accepted::Answer(answer_type), Err(error)) => error.response(answer_type.content_type()),
        (Accepted::EventStream, request) => request
            .and_then(|request| event_stream::response(http, api, live, request))
            .unwrap_or_else(|error| error.response(AnswerType::Json.content_type())),
    }
}

/// An answer as `GraphQL` writes it: without `data` when nothing was executed.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> From<&'a Answer> for Body<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self {
            data: (answer.outcome == Outcome::Executed).then_some(&answer.response.data),
            errors: &answer.response.errors,
            extensions: &answer.response.extensions,
        }
    }
}

/// What a client is told that wants to write where it only reads.
pub(super) const fn would_write() -> HttpError {
    HttpError::MethodNotAllowed { allow: Some("POST"), message: "a GET request only reads: send a mutation with POST" }
}

fn response(answer_type: AnswerType, answer: &Answer) -> HttpResponse {
    let status = match (answer.outcome, answer_type) {
        (Outcome::WouldWrite, _) => return would_write().response(answer_type.content_type()),
        (Outcome::Executed, _) | (Outcome::Refused, AnswerType::Json) => StatusCode::OK,
        (Outcome::Refused, AnswerType::GraphqlResponse) => StatusCode::BAD_REQUEST,
        // Whatever the media type: what watches a server looks at the status.
        (Outcome::TimedOut, _) => StatusCode::GATEWAY_TIMEOUT,
        (Outcome::Crashed, _) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    match serde_json::to_vec(&Body::from(answer)) {
        Ok(body) => HttpResponse::build(status).content_type(answer_type.content_type()).body(body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            HttpError::Internal.response(answer_type.content_type())
        }
    }
}

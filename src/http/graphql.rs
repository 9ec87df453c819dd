//! `/graphql`: `GraphQL` over HTTP, as its specification and the audits of graphql-http want it.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::{ServerError, Value};
use serde::Serialize;
use std::collections::BTreeMap;

use super::body;
use super::errors::HttpError;
use super::media_type::{self, AnswerType};
use super::settings::HttpSettings;
use crate::graphql::{Answer, Answers, Outcome, Request};

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/graphql").route(web::get().to(get::<A>)).route(web::post().to(post::<A>)));
}

async fn get<A: Answers>(request: HttpRequest, api: web::Data<A>) -> HttpResponse {
    let Some(answer_type) = AnswerType::negotiate(request.headers()) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = body::from_address(request.query_string());
    answer(&**api, answer_type, parsed).await
}

async fn post<A: Answers>(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
) -> HttpResponse {
    let headers = request.headers();
    let Some(answer_type) = AnswerType::negotiate(headers) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = match readable(headers) {
        Ok(()) => body::read(headers, payload, &settings).await.and_then(|body| body::from_json(&body)),
        Err(error) => Err(error),
    };
    answer(&**api, answer_type, parsed).await
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

async fn answer(api: &impl Answers, answer_type: AnswerType, request: Result<Request, HttpError>) -> HttpResponse {
    let content_type = answer_type.content_type();
    match request {
        Ok(request) => response(answer_type, &api.execute(request).await),
        Err(error) => error.response(content_type),
    }
}

/// An answer as `GraphQL` writes it: without `data` when nothing was executed.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

fn response(answer_type: AnswerType, answer: &Answer) -> HttpResponse {
    let status = match (answer.outcome, answer_type) {
        (Outcome::WouldWrite, _) => {
            let message = "a GET request only reads: send a mutation with POST";
            return HttpError::MethodNotAllowed { allow: Some("POST"), message }.response(answer_type.content_type());
        }
        (Outcome::Executed, _) | (Outcome::Refused, AnswerType::Json) => StatusCode::OK,
        (Outcome::Refused, AnswerType::GraphqlResponse) => StatusCode::BAD_REQUEST,
        // Whatever the media type: what watches a server looks at the status.
        (Outcome::TimedOut, _) => StatusCode::GATEWAY_TIMEOUT,
        (Outcome::Crashed, _) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let body = Body {
        data: (answer.outcome == Outcome::Executed).then_some(&answer.response.data),
        errors: &answer.response.errors,
        extensions: &answer.response.extensions,
    };
    match serde_json::to_vec(&body) {
        Ok(body) => HttpResponse::build(status).content_type(answer_type.content_type()).body(body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            HttpError::Internal.response(answer_type.content_type())
        }
    }
}

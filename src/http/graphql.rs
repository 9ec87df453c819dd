//! `/graphql`: `GraphQL` over HTTP, as its specification and the audits of graphql-http want it.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::{ServerError, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Instant;

use super::access::OperationSeen;
use super::body;
use super::cors::cors;
use super::errors::HttpError;
use super::figures::Figures;
use super::media_type::{self, AnswerType};
use super::settings::HttpSettings;
use crate::graphql::{Answer, Answers, Outcome, Request};

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig, allowed_origins: &[String]) {
    let resource = web::resource("/graphql").wrap(cors(allowed_origins));
    cfg.service(resource.route(web::get().to(get::<A>)).route(web::post().to(post::<A>)));
}

async fn get<A: Answers>(
    request: HttpRequest,
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
) -> HttpResponse {
    let Some(answer_type) = AnswerType::negotiate(request.headers()) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = body::from_address(request.query_string());
    answer(&**api, answer_type, parsed, &settings, &figures).await
}

async fn post<A: Answers>(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
) -> HttpResponse {
    let headers = request.headers();
    let Some(answer_type) = AnswerType::negotiate(headers) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = match readable(headers) {
        Ok(()) => body::read(headers, payload, &settings).await.and_then(|body| body::from_json(&body)),
        Err(error) => Err(error),
    };
    answer(&**api, answer_type, parsed, &settings, &figures).await
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
    api: &impl Answers,
    answer_type: AnswerType,
    request: Result<Request, HttpError>,
    settings: &HttpSettings,
    figures: &Figures,
) -> HttpResponse {
    let request = match request {
        Ok(request) => request,
        Err(error) => return error.response(answer_type.content_type()),
    };
    let begun = Instant::now();
    let variables = settings.log_variables.then(|| request.variables.to_string());
    let answer = api.execute(request).await;
    figures.count(&answer, begun.elapsed());
    let mut response = response(answer_type, &answer);
    response.extensions_mut().insert(OperationSeen::of(&answer, variables.as_deref()));
    response
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

//! `/graphql`: `GraphQL` over HTTP, as its specification and the audits of graphql-http want it.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, guard, web};

use super::access::OperationSeen;
use super::answer::{Body, would_write};
use super::body;
use super::cors::cors;
use super::errors::HttpError;
use super::figures::Figures;
use super::live::Live;
use super::media_type::{self, Accepted, AnswerType};
use super::settings::HttpSettings;
use super::{event_stream, websocket};
use crate::graphql::{Answer, Answers, Outcome, Request};

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig, allowed_origins: &[String]) {
    // The library's guard of a method would name it in `Allow` a second time.
    let is_upgrade = guard::fn_guard(|request| {
        request.head().method == Method::GET && websocket::is_wanted(request.head().headers())
    });
    let resource = web::resource("/graphql").wrap(cors(allowed_origins)).wrap(from_fn(by_accept));
    cfg.service(web::resource("/graphql").guard(is_upgrade).route(web::to(websocket::open::<A>)))
        .service(resource.route(web::get().to(get::<A>)).route(web::post().to(post::<A>)));
}

/// Says to caches that an answer is of the media type that was asked for, which decides on its status too.
async fn by_accept(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// What has a part in an answer, beside the API.
struct Beside {
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
    live: web::Data<Live>,
}

async fn get<A: Answers>(
    request: HttpRequest,
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
    live: web::Data<Live>,
) -> HttpResponse {
    let Some(accepted) = Accepted::negotiate(request.headers()) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = body::from_address(request.query_string());
    answer(&request, &**api, &Beside { settings, figures, live }, accepted, parsed).await
}

async fn post<A: Answers>(
    request: HttpRequest,
    payload: web::Payload,
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
    figures: web::Data<Figures>,
    live: web::Data<Live>,
) -> HttpResponse {
    let headers = request.headers();
    let Some(accepted) = Accepted::negotiate(headers) else {
        return HttpError::NotAcceptable.response(AnswerType::Json.content_type());
    };
    let parsed = match readable(headers) {
        Ok(()) => body::read(headers, payload, &settings).await.and_then(|body| body::from_json(&body)),
        Err(error) => Err(error),
    };
    answer(&request, &**api, &Beside { settings, figures, live }, accepted, parsed).await
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
    beside: &Beside,
    accepted: Accepted,
    request: Result<Request, HttpError>,
) -> HttpResponse {
    let answer_type = match accepted {
        Accepted::Answer(answer_type) => answer_type,
        Accepted::EventStream => {
            return request
                .and_then(|request| event_stream::response(http, api, &beside.live, beside.figures.clone(), request))
                .unwrap_or_else(|error| error.response(AnswerType::Json.content_type()));
        }
    };
    let request = match request {
        Ok(request) => request,
        Err(error) => return error.response(answer_type.content_type()),
    };
    let variables = beside.settings.log_variables.then(|| request.variables.to_string());
    let answer = api.execute(request).await;
    beside.figures.count(&answer);
    let mut response = response(answer_type, &answer);
    response.extensions_mut().insert(OperationSeen::of(&answer, variables.as_deref()));
    response
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

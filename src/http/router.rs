//! Which address is whose, and what all answers have in common.

use std::sync::Arc;

use actix_cors::CorsError;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{HttpResponse, ResponseError as _, web};

use super::connection::Connection;
use super::draining::Draining;
use super::errors::{HttpError, RefusedWith};
use super::figures::{self, Figures};
use super::live::Live;
use super::schema::{self, SchemaText};
use super::settings::HttpSettings;
use super::{access, cors, graphiql, graphql, health};
use crate::graphql::Answers;

/// What all routes share, beside the API.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    pub(super) settings: HttpSettings,
    figures: Arc<Figures>,
    pub(super) draining: Draining,
    /// Connections that may have one.
    pub(super) second_handles: usize,
}

impl Shared {
    /// Settings, and figures that can be read at `/metrics`.
    pub fn new(settings: HttpSettings, figures: Figures) -> Self {
        let second_handles = settings.connections_max;
        Self { settings, figures: Arc::new(figures), draining: Draining::default(), second_handles }
    }

    /// So many connections may have a second handle, by which they can be ended; all, unless this is said.
    #[must_use]
    pub fn with_second_handles(self, n: usize) -> Self {
        Self { second_handles: n, ..self }
    }
}

impl From<HttpSettings> for Shared {
    /// Without figures to read.
    fn from(settings: HttpSettings) -> Self {
        Self::new(settings, Figures::default())
    }
}

/// All that the server offers, for [`actix_web::App::configure`].
pub fn router<A: Answers>(
    api: Arc<A>,
    shared: impl Into<Shared>,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    let Shared { settings, figures, draining, .. } = shared.into();
    let schema = web::Data::new(SchemaText::of(&*api));
    let api = web::Data::from(api);
    let live = web::Data::new(Live::new(settings.live));
    let settings = web::Data::new(settings);
    let figures = web::Data::from(figures);
    let draining = web::Data::new(draining);
    move |cfg| {
        let origins = &settings.allowed_origins;
        cfg.app_data(api.clone())
            .app_data(schema.clone())
            .app_data(settings.clone())
            .app_data(figures.clone())
            .app_data(draining.clone())
            .app_data(live.clone())
            .service(
                web::scope("")
                    .wrap(from_fn(finish))
                    .wrap(Compress::default())
                    .wrap(from_fn(access::seen))
                    .configure(|cfg| graphql::configure::<A>(cfg, origins))
                    .configure(health::configure::<A>)
                    .configure(|cfg| schema::configure(cfg, origins))
                    .configure(figures::configure::<A>)
                    .configure(graphiql::configure),
            );
    }
}

/// Nothing of an answer may be shown as a page, and no page may show it within itself. A page of ours says otherwise.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// A browser that was here over TLS comes back over TLS only, for a year.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=31536000";

/// What every answer has in common: no browser guesses its type or runs what is in it, and every error is JSON.
async fn finish(
    settings: web::Data<HttpSettings>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let method = request.method().clone();
    let n_under_way = request.conn_data().map_or(0, Connection::n_under_way);
    // First of all, since any other answer may have a body that waits for its reader.
    let mut response = if n_under_way > settings.streams_max {
        request.into_response(too_many_streams())
    } else if let Some(error) = too_large(&request, settings.head_max_bytes) {
        request.into_response(error.error_response())
    } else {
        next.call(request).await?.map_into_boxed_body()
    };

    if let Some(error) = error_of_the_library(&response).filter(|_| method != Method::HEAD) {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        *response.response_mut().status_mut() = error.status_code();
        response.response_mut().extensions_mut().insert(RefusedWith(error.code()));
        response = response.map_body(|_, _| BoxBody::new(error.json()));
    }

    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    say(header::REFERRER_POLICY, "no-referrer");
    if settings.tls.is_some() {
        say(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY);
    }
    Ok(response)
}

/// Without a body, which would wait until the client has room for it, and there may be any number of them.
fn too_many_streams() -> HttpResponse {
    let mut response = HttpResponse::TooManyRequests().finish();
    response.extensions_mut().insert(RefusedWith("TOO_MANY_STREAMS"));
    response
}

/// What a refusal of the library's own, which is empty or plain text, is in our words. `None` for answers of ours.
fn error_of_the_library(response: &ServiceResponse<BoxBody>) -> Option<HttpError> {
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<CorsError>()) {
        return Some(cors::refusal(error));
    }
    let is_bare = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    match response.status() {
        StatusCode::NOT_FOUND if is_bare => Some(HttpError::NotFound),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => Some(HttpError::MethodNotAllowed {
            allow: None,
            message: "this address does not answer that method; the header `Allow` names those that it does",
        }),
        _ => None,
    }
}

/// What is to be said of a head of more than `max` bytes: its first line and its headers, as HTTP/1.1 writes them.
fn too_large(request: &ServiceRequest, max: usize) -> Option<HttpError> {
    let uri = request.uri();
    let address = uri.path_and_query().map_or(0, |address| address.as_str().len())
        + uri.authority().map_or(0, |authority| authority.as_str().len());
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let actual = request.method().as_str().len() + address + " HTTP/1.1\r\n ".len() + headers + "\r\n".len();
    (actual > max).then_some(HttpError::HeadTooLarge { max, actual })
}

//! Which address is whose.

use std::sync::Arc;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::web;

use super::errors::HttpError;
use super::live::Live;
use super::schema::{self, SchemaText};
use super::settings::HttpSettings;
use super::{graphiql, graphql, health};
use crate::graphql::Answers;

/// All that the server offers, for [`actix_web::App::configure`].
pub fn router<A: Answers>(
    api: Arc<A>,
    settings: HttpSettings,
) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    let schema = web::Data::new(SchemaText::of(&*api));
    let api = web::Data::from(api);
    let live = web::Data::new(Live::new(settings.live));
    let settings = web::Data::new(settings);
    move |cfg| {
        cfg.app_data(api.clone()).app_data(schema.clone()).app_data(live.clone()).app_data(settings.clone()).service(
            web::scope("")
                .wrap(from_fn(finish))
                .wrap(Compress::default())
                .configure(graphql::configure::<A>)
                .configure(health::configure::<A>)
                .configure(schema::configure)
                .configure(graphiql::configure),
        );
    }
}

/// What every answer has in common: no browser guesses its type, and what no route has answered says so in JSON.
async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let method = request.method().clone();
    let mut response = next.call(request).await?.map_into_boxed_body();
    let is_bare = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    let error = match response.status() {
        StatusCode::NOT_FOUND => Some(HttpError::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(HttpError::MethodNotAllowed {
            allow: None,
            message: "this address does not answer that method; the header `Allow` names those that it does",
        }),
        _ => None,
    };
    if let Some(error) = error.filter(|_| is_bare && method != Method::HEAD) {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response = response.map_body(|_, _| BoxBody::new(error.json()));
    }
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

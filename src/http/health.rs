//! `/healthz` and `/readyz`: is the process alive, and can it answer?

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::draining::Draining;
use super::errors::HttpError;
use super::settings::HttpSettings;
use crate::graphql::Answers;

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/healthz").route(web::get().to(alive)).route(web::head().to(alive)))
        .service(web::resource("/readyz").route(web::get().to(ready::<A>)).route(web::head().to(ready::<A>)));
}

async fn alive() -> HttpResponse {
    ok()
}

async fn ready<A: Answers>(
    api: web::Data<A>,
    settings: web::Data<HttpSettings>,
    draining: web::Data<Draining>,
) -> Result<HttpResponse, HttpError> {
    if draining.has_begun() {
        return Err(HttpError::Unavailable("the server is stopping: it only finishes what it has begun"));
    }
    match tokio::time::timeout(settings.ready_deadline, api.ready()).await {
        Ok(Ok(())) => Ok(ok()),
        Ok(Err(not_ready)) => Err(HttpError::Unavailable(not_ready.0)),
        Err(_) => Err(HttpError::Unavailable("the probe of readiness got no answer in time")),
    }
}

fn ok() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "ok"}))
}

//! `/schema.graphql`: the schema, for people and code generators.

use actix_web::http::header::{self, ETag, EntityTag, Header as _, IfNoneMatch};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};

use super::cors::cors;
use crate::graphql::Answers;
use crate::model::Sha256;

/// The schema and its tag, made once.
#[derive(Debug, Clone)]
pub(super) struct SchemaText {
    text: Bytes,
    tag: EntityTag,
}

impl SchemaText {
    pub(super) fn of(api: &impl Answers) -> Self {
        let text = Bytes::copy_from_slice(api.sdl().as_bytes());
        // Weak, since the same text is sent in several encodings.
        let tag = EntityTag::new_weak(Sha256::of(&text).to_string());
        Self { text, tag }
    }
}

pub(super) fn configure(cfg: &mut web::ServiceConfig, allowed_origins: &[String]) {
    let resource = web::resource("/schema.graphql").wrap(cors(allowed_origins));
    cfg.service(resource.route(web::get().to(schema)).route(web::head().to(schema)));
}

async fn schema(request: HttpRequest, schema: web::Data<SchemaText>) -> HttpResponse {
    let unchanged = match IfNoneMatch::parse(&request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(&schema.tag)),
        Err(_) => false,
    };
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(schema.tag.clone())).insert_header((header::CACHE_CONTROL, "no-cache"));
    if unchanged {
        return response.finish();
    }
    // Plain text, so that a browser shows it.
    response.content_type("text/plain; charset=utf-8").body(schema.text.clone())
}

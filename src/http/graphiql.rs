//! The `GraphiQL` page at `/`, out of the bundle that `build.rs` puts into the binary.
//!
//! Every file is served as it was embedded, compressed beforehand: nothing is read, compressed or copied at run time. A
//! build without npm has no bundle; then `/` is a short page that says so.
//!
//! Knows nothing of GraphQL, of the schema or of any other route: the page finds `/graphql` by itself.

use std::borrow::Cow;

use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, ETag, Encoding, EntityTag, Header, IfNoneMatch};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$OUT_DIR/graphiql"]
struct Bundle;

const PAGE: &str = "index.html";
const PAGE_LEFT_OUT: &str = include_str!("no_graphiql.html");

/// The compressed copies that the bundle holds beside a file that gets smaller by it.
const COMPRESSED: [(ContentEncoding, &str); 2] = [(ContentEncoding::Brotli, ".br"), (ContentEncoding::Gzip, ".gz")];

/// The page loads from its own server and sends requests to no other. Web sockets are let through to any host, since
/// not every browser counts its own server's as `'self'`. The editor writes styles into the page and carries fonts and
/// pictures as `data:`; it may start its workers from a `blob:`.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'";

/// An asset's name changes with its content, so a browser that has it need never ask again.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// All else keeps its name from build to build, so a browser asks each time and mostly hears 304.
const ASK_EACH_TIME: &str = "no-cache";

/// Adds `/` and the files that belong to the page. They are found by the path of the request, so this is for the root
/// of the server, not for a scope.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    for path in ["/", "/licenses.txt", "/assets/{name}"] {
        cfg.service(web::resource(path).route(web::get().to(bundled_file)).route(web::head().to(bundled_file)));
    }
}

async fn bundled_file(request: HttpRequest) -> HttpResponse {
    let name = match request.path().trim_start_matches('/') {
        "" => PAGE,
        name => name,
    };
    let found = content_type(name).zip(representation(name, &request));
    let Some((content_type, (file, encoding))) = found else {
        return if name == PAGE { page_left_out() } else { HttpResponse::NotFound().finish() };
    };

    let tag = entity_tag(&file);
    let unchanged = has_already(&request, &tag);
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    restrict(&mut response)
        .insert_header(ETag(tag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, cache_control(name)));
    if unchanged {
        return response.finish();
    }
    if encoding != ContentEncoding::Identity {
        response.insert_header(encoding);
    }
    response.content_type(content_type).body(match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    })
}

fn page_left_out() -> HttpResponse {
    restrict(&mut HttpResponse::Ok())
        .insert_header((header::CACHE_CONTROL, ASK_EACH_TIME))
        .content_type("text/html; charset=utf-8")
        .body(PAGE_LEFT_OUT)
}

/// What keeps a file from being taken for something else, or from reaching out. The policy goes with every file, since
/// a worker obeys the one that came with its own script.
fn restrict(response: &mut HttpResponseBuilder) -> &mut HttpResponseBuilder {
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
}

/// The type of a file by its name. `None` for a name that is no address of its own, such as that of a compressed copy.
fn content_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

fn cache_control(name: &str) -> &'static str {
    if name.starts_with("assets/") { FOREVER } else { ASK_EACH_TIME }
}

/// The file in the encoding that the client likes best: Brotli, then gzip, among those it likes equally.
///
/// `None` when the bundle has no such file. A client that accepts none of the encodings gets the file as it is.
fn representation(name: &str, request: &HttpRequest) -> Option<(EmbeddedFile, ContentEncoding)> {
    let copies = COMPRESSED.map(|(encoding, suffix)| (encoding, Bundle::get(&format!("{name}{suffix}"))));
    let on_offer: Vec<Encoding> = copies
        .iter()
        .filter(|(_, copy)| copy.is_some())
        .map(|&(encoding, _)| Encoding::Known(encoding))
        .chain([Encoding::identity()])
        .collect();
    let chosen = AcceptEncoding::parse(request).ok().and_then(|accepted| accepted.negotiate(on_offer.iter()));

    copies
        .into_iter()
        .find(|&(encoding, _)| chosen == Some(Encoding::Known(encoding)))
        .and_then(|(encoding, copy)| Some((copy?, encoding)))
        .or_else(|| Some((Bundle::get(name)?, ContentEncoding::Identity)))
}

/// Half of the SHA-256 of the very bytes that are sent, so each encoding has a tag of its own.
fn entity_tag(file: &EmbeddedFile) -> EntityTag {
    let hash = file.metadata.sha256_hash();
    let half = hash.first_chunk().expect("32 bytes have a first 16");
    EntityTag::new_strong(format!("{:032x}", u128::from_be_bytes(*half)))
}

fn has_already(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::body::to_bytes;
    use actix_web::dev::ServiceResponse;
    use actix_web::http::header::HeaderMap;
    use actix_web::http::{Method, StatusCode};
    use actix_web::test::{TestRequest, call_service, init_service};

    use super::*;

    /// Whether `build.rs` says that it put the page into this binary.
    fn page_was_bundled() -> bool {
        match env!("GROUNDS_GRAPHIQL") {
            "bundled" => true,
            "absent" => false,
            other => panic!("build.rs sets GROUNDS_GRAPHIQL to {other:?}"),
        }
    }

    /// The names of the files in the bundle, without the compressed copies.
    fn files() -> Vec<Cow<'static, str>> {
        Bundle::iter().filter(|name| COMPRESSED.iter().all(|(_, suffix)| !name.ends_with(suffix))).collect()
    }

    async fn send(method: Method, path: &str, headers: &[(&str, &str)]) -> ServiceResponse {
        let app = init_service(App::new().configure(configure)).await;
        let request = TestRequest::default().method(method).uri(path);
        let request = headers.iter().fold(request, |request, &header| request.insert_header(header));
        call_service(&app, request.to_request()).await
    }

    async fn get(path: &str, headers: &[(&str, &str)]) -> ServiceResponse {
        send(Method::GET, path, headers).await
    }

    fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        headers.get(name).map(|value| value.to_str().expect("headers of ours are ASCII"))
    }

    #[actix_web::test]
    async fn the_page_is_in_the_binary_unless_it_was_left_out() {
        let response = get("/", &[]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(text(response.headers(), "content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(text(response.headers(), "cache-control"), Some("no-cache"));
        assert_eq!(text(response.headers(), "content-security-policy"), Some(CONTENT_SECURITY_POLICY));
        assert_eq!(text(response.headers(), "x-content-type-options"), Some("nosniff"));
        assert_eq!(text(response.headers(), "referrer-policy"), Some("no-referrer"));

        let body = to_bytes(response.into_body()).await.expect("the body is in memory");
        let body = std::str::from_utf8(&body).expect("the page is UTF-8");
        if page_was_bundled() {
            assert!(body.contains("<title>Grounds · GraphiQL</title>"), "{body}");
            assert!(files().len() > 10, "the page has scripts, workers and styles: {:?}", files());
        } else {
            assert!(body.contains("install <strong>Node.js</strong>"), "{body}");
            assert_eq!(Bundle::iter().count(), 0);
        }
    }

    #[actix_web::test]
    async fn every_file_has_an_address_a_type_and_a_tag() {
        for name in files() {
            let path = if name == PAGE { "/" } else { &format!("/{name}") };
            let response = get(path, &[]).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let headers = response.headers();
            assert!(headers.contains_key("content-type"), "{path}");
            assert_eq!(text(headers, "vary"), Some("Accept-Encoding"), "{path}");
            assert!(!headers.contains_key("content-encoding"), "{path}");
            let kept = if name.starts_with("assets/") { FOREVER } else { ASK_EACH_TIME };
            assert_eq!(text(headers, "cache-control"), Some(kept), "{path}");

            let tag = text(headers, "etag").expect("a file has a tag").to_owned();
            assert!(tag.starts_with('"'), "a strong tag: {tag}");
            for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
                let again = get(path, &[("if-none-match", &known)]).await;
                assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path} if none match {known}");
                assert_eq!(text(again.headers(), "etag"), Some(&*tag), "{path}");
                assert!(to_bytes(again.into_body()).await.is_ok_and(|body| body.is_empty()), "{path}");
            }
            assert_eq!(get(path, &[("if-none-match", "\"other\"")]).await.status(), StatusCode::OK, "{path}");

            let whole = to_bytes(response.into_body()).await.expect("the body is in memory");
            assert_eq!(Some(whole.as_ref()), Bundle::get(&name).as_ref().map(|file| &*file.data), "{path}");
        }
    }

    #[actix_web::test]
    async fn the_client_decides_on_the_encoding() {
        let cases = [
            (None, None),
            (Some("br"), Some("br")),
            (Some("gzip"), Some("gzip")),
            (Some("gzip, deflate, br, zstd"), Some("br")),
            (Some("br;q=0.5, gzip"), Some("gzip")),
            (Some("br;q=0, gzip"), Some("gzip")),
            (Some("br;q=0, gzip;q=0"), None),
            (Some("zstd"), None),
            (Some("identity, br;q=0.9"), None),
            (Some("zstd, *;q=0"), None),
        ];
        for (accepted, expected) in cases {
            // Without a bundle there is one page, and no copies of it.
            let expected = expected.filter(|_| page_was_bundled());
            let asked: Vec<_> = accepted.iter().map(|&accepted| ("accept-encoding", accepted)).collect();
            let response = get("/", &asked).await;
            assert_eq!(response.status(), StatusCode::OK, "{accepted:?}");
            assert_eq!(text(response.headers(), "content-encoding"), expected, "{accepted:?}");
        }
    }

    #[actix_web::test]
    async fn tags_differ_between_encodings() {
        let mut tags: Vec<_> =
            Bundle::iter().filter_map(|name| Bundle::get(&name)).map(|file| entity_tag(&file)).collect();
        tags.sort_by(|a, b| a.tag().cmp(b.tag()));
        let all = tags.len();
        tags.dedup_by(|a, b| a.strong_eq(b));
        assert_eq!(tags.len(), all);
        assert_eq!(all > 0, page_was_bundled());
    }

    #[actix_web::test]
    async fn no_other_address_or_method_is_answered() {
        for path in [
            "/assets/",
            "/assets/missing.js",
            "/index.html",
            "/index.html.br",
            "/licenses.txt.gz",
            "/assets/../index.html",
        ] {
            assert_eq!(get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
        for name in Bundle::iter().filter(|name| name.ends_with(".br")) {
            assert_eq!(get(&format!("/{name}"), &[]).await.status(), StatusCode::NOT_FOUND, "{name}");
        }
        assert_eq!(send(Method::HEAD, "/", &[]).await.status(), StatusCode::OK);
        let posted = send(Method::POST, "/", &[]).await;
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert!(text(posted.headers(), "allow").is_some_and(|allow| allow.contains("GET") && allow.contains("HEAD")));
    }
}

//! Which pages of other sites may read answers: none, unless the settings name them.
//!
//! A browser asks before it sends JSON to another site, and shows an answer to a page only when a header allows it. Who is
//! not allowed gets no such header; nobody ever gets one that lets cookies through.

use actix_cors::{Cors, CorsError};
use actix_web::http::{Method, header};
use actix_web::middleware::Condition;

use super::errors::HttpError;

/// The origin that stands for all.
const ANY: &str = "*";

/// Headers that pages may send: those of `GraphQL` over HTTP, of tracing a request, and of the common clients.
const REQUEST_HEADERS: [&str; 11] = [
    "accept",
    "content-type",
    "x-request-id",
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "graphql-preflight",
    "last-event-id",
    "traceparent",
    "tracestate",
    "x-apollo-operation-name",
];

/// How long a browser may remember what it was told, in seconds: an hour.
const MAX_AGE_SECS: usize = 3_600;

/// Lets pages of these origins read the answers of the routes that this wraps; with none it does nothing.
///
/// Each must be one that [`is_origin`] takes.
pub(super) fn cors(allowed_origins: &[String]) -> Condition<Cors> {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::POST])
        .allowed_headers(REQUEST_HEADERS)
        .expose_headers([header::HeaderName::from_static("x-request-id")])
        .max_age(MAX_AGE_SECS);
    let cors = if allowed_origins.iter().any(|origin| origin == ANY) {
        cors.allow_any_origin().send_wildcard()
    } else {
        allowed_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
    };
    Condition::new(!allowed_origins.is_empty(), cors)
}

/// Whether this is an origin as browsers write it, in small letters, without the usual port and without a path, or `*` for
/// all. Any other text would allow nothing, in silence.
pub fn is_origin(text: &str) -> bool {
    let https = text.strip_prefix("https://").map(|rest| (rest, 443));
    let Some((rest, usual_port)) = https.or_else(|| text.strip_prefix("http://").map(|rest| (rest, 80))) else {
        return text == ANY;
    };
    let (host, port) = match rest.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host_is_good = match bare {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.')),
    };
    let is_as_written = |port: &str| port.parse::<u16>().is_ok_and(|n| n != usual_port && n.to_string() == port);
    host_is_good && port.is_none_or(is_as_written)
}

/// What a refusal is called here.
pub(super) fn refusal(error: &CorsError) -> HttpError {
    HttpError::CrossOrigin(match error {
        CorsError::OriginNotAllowed => {
            "pages of this origin may not read answers: the server's `allowed_origins` says who may"
        }
        CorsError::MissingOrigin => "a preflight request must have the header `Origin`",
        CorsError::MethodNotAllowed => "pages of other origins may send GET and POST",
        CorsError::HeadersNotAllowed => "pages of other origins may not send one of the headers that were asked for",
        _ => "the headers of this preflight request cannot be read",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in [
            "*",
            "https://example.org",
            "http://localhost:5173",
            "http://127.0.0.1:8080",
            "http://[::1]",
            "http://[::1]:8080",
            "https://example.org:80",
            "http://example.org:443",
            "https://xn--bcher-kva.example",
        ] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "",
            "null",
            "example.org",
            "https://",
            "https://example.org/",
            "https://Example.org",
            "HTTPS://example.org",
            "https://example.org:",
            "https://example.org:99999",
            "https://example.org:080",
            "https://example.org:443",
            "http://example.org:80",
            "http://[::1]:80",
            "https://*.example.org",
            "https://bücher.example",
            "https://a b",
            "https://user@example.org",
            "https://[::1",
            "ftp://example.org",
        ] {
            assert!(!is_origin(bad), "{bad}");
        }
    }
}

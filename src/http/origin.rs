//! Whether a page may talk to the server in a way that CORS does not guard.

use actix_web::http::header::{self, HeaderMap, HeaderValue};

use super::errors::HttpError;

/// Browsers let any page open a WebSocket to any server and read what it says, but they do tell the page's origin.
///
/// # Errors
/// When a browser sent the request from a page of another origin than the server's own and those allowed. Who sends no
/// origin is no browser.
pub(super) fn check(headers: &HeaderMap, allowed: &[String]) -> Result<(), HttpError> {
    let mut origins = headers.get_all(header::ORIGIN);
    let is_good = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => origin.to_str().is_ok_and(|origin| {
            is_own(origin, headers.get(header::HOST))
                || allowed.iter().any(|allowed| allowed == "*" || allowed.eq_ignore_ascii_case(origin))
        }),
        (Some(_), Some(_)) => false,
    };
    if is_good { Ok(()) } else { Err(HttpError::CrossOrigin("pages of this origin may not open WebSockets here")) }
}

/// Whether a page of `origin` came from this server, as far as the address tells. The scheme is left out of account: what
/// ends TLS before the server, the server does not see.
fn is_own(origin: &str, host: Option<&HeaderValue>) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else {
        return false;
    };
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let without_port = |authority: &str| authority.strip_suffix(default_port).unwrap_or(authority).to_ascii_lowercase();
    let host = host.and_then(|host| host.to_str().ok());
    host.is_some_and(|host| without_port(host) == without_port(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(origins: &[&str], host: &str, allowed: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for origin in origins {
            headers.append(header::ORIGIN, HeaderValue::from_str(origin).expect("a header's value"));
        }
        headers.insert(header::HOST, HeaderValue::from_str(host).expect("a header's value"));
        let allowed: Vec<String> = allowed.iter().map(|&origin| origin.to_owned()).collect();
        check(&headers, &allowed).is_ok()
    }

    #[test]
    fn own_and_allowed_origins_pass() {
        for (origins, host, allowed) in [
            (&[][..], "example.org", &[][..]),
            (&["https://example.org"], "example.org", &[]),
            (&["http://example.org"], "example.org", &[]),
            (&["https://Example.org"], "example.ORG:443", &[]),
            (&["http://127.0.0.1:8000"], "127.0.0.1:8000", &[]),
            (&["http://[::1]:8000"], "[::1]:8000", &[]),
            (&["https://other.example"], "example.org", &["https://a.example", "https://other.example"]),
            (&["https://other.example"], "example.org", &["*"]),
            (&["null"], "example.org", &["*"]),
        ] {
            assert!(passes(origins, host, allowed), "{origins:?} at {host} with {allowed:?}");
        }
    }

    #[test]
    fn other_origins_do_not() {
        for (origins, host, allowed) in [
            (&["https://evil.example"][..], "example.org", &[][..]),
            (&["https://example.org.evil.example"], "example.org", &[]),
            (&["https://evil.example"], "example.org", &["https://other.example"]),
            (&["https://other.example:444"], "example.org", &["https://other.example"]),
            (&["http://other.example"], "example.org", &["https://other.example"]),
            (&["https://example.org:80"], "example.org", &[]),
            (&["http://example.org:8000"], "example.org:8001", &[]),
            (&["null"], "null", &[]),
            (&["://example.org"], "example.org", &[]),
            (&["example.org"], "example.org", &[]),
            (&["file://"], "", &[]),
            (&[""], "", &[]),
            (&["https://example.org", "https://evil.example"], "example.org", &[]),
        ] {
            assert!(!passes(origins, host, allowed), "{origins:?} at {host} with {allowed:?}");
        }
    }
}

//! Pages of other sites: what they may read, and what they cannot make a visitor's browser do.

use std::sync::Arc;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::Value;

use super::stub::Stub;
use crate::http::{HttpSettings, router};

const FRIEND: &str = "https://friend.example";
const STRANGER: &str = "https://stranger.example";
const QUERY: &str = r#"{"query": "{ __typename }"}"#;

async fn send(
    allowed: &[&str],
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> ServiceResponse {
    let allowed_origins = allowed.iter().map(|&origin| origin.to_owned()).collect();
    let settings = HttpSettings { allowed_origins, ..HttpSettings::default() };
    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), settings))).await;
    let request = TestRequest::default().method(method).uri(address).set_payload(body.to_owned());
    let request = headers.iter().fold(request, |request, &header| request.append_header(header));
    call_service(&app, request.to_request()).await
}

/// What a browser asks before it lets a page of `origin` post JSON.
async fn preflight(allowed: &[&str], origin: &str, address: &str, method: &str, headers: &str) -> ServiceResponse {
    let asked =
        [("origin", origin), ("access-control-request-method", method), ("access-control-request-headers", headers)];
    send(allowed, Method::OPTIONS, address, &asked, "").await
}

fn header<'a>(response: &'a ServiceResponse, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().expect("headers of ours are ASCII"))
}

fn list(response: &ServiceResponse, name: &str) -> Vec<String> {
    let mut list: Vec<_> =
        header(response, name).unwrap_or_default().split(',').map(|item| item.trim().to_lowercase()).collect();
    list.sort();
    list
}

fn cors_headers(response: &ServiceResponse) -> Vec<&str> {
    response.headers().keys().map(HeaderName::as_str).filter(|name| name.starts_with("access-control")).collect()
}

async fn code(response: ServiceResponse) -> String {
    let body = to_bytes(response.into_body()).await.expect("the body is in memory");
    let body: Value = serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{error}: {body:?}"));
    body["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("no code in {body}")).to_owned()
}

#[actix_web::test]
async fn closed_unless_it_is_set() {
    for address in ["/graphql", "/schema.graphql", "/healthz"] {
        let asked = preflight(&[], FRIEND, address, "POST", "content-type").await;
        assert_eq!((asked.status().as_u16(), cors_headers(&asked)), (405, vec![]), "{address}");
        assert_eq!(code(asked).await, "METHOD_NOT_ALLOWED");
    }
    let headers = [("origin", FRIEND), ("content-type", "application/json")];
    let response = send(&[], Method::POST, "/graphql", &headers, QUERY).await;
    assert_eq!((response.status().as_u16(), cors_headers(&response)), (200, vec![]));
    assert!(header(&response, "vary").is_none_or(|vary| !vary.to_lowercase().contains("origin")));
}

#[actix_web::test]
async fn an_origin_that_is_listed_may_ask_and_read() {
    for (address, method) in [("/graphql", "POST"), ("/graphql", "GET"), ("/schema.graphql", "GET")] {
        let headers = "content-type, accept, x-request-id, apollographql-client-name";
        let asked = preflight(&[STRANGER, FRIEND], FRIEND, address, method, headers).await;
        assert_eq!(asked.status().as_u16(), 200, "{address}");
        assert_eq!(header(&asked, "access-control-allow-origin"), Some(FRIEND));
        assert_eq!(list(&asked, "access-control-allow-methods"), ["get", "post"]);
        assert!(list(&asked, "access-control-allow-headers").contains(&"content-type".to_owned()));
        assert_eq!(header(&asked, "access-control-allow-credentials"), None);
        assert!(list(&asked, "vary").contains(&"origin".to_owned()));
    }
    let headers = [("origin", FRIEND), ("content-type", "application/json")];
    let response = send(&[FRIEND], Method::POST, "/graphql", &headers, QUERY).await;
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), Some(FRIEND));
    assert_eq!(header(&response, "access-control-expose-headers"), Some("x-request-id"));
    assert_eq!(header(&response, "access-control-allow-credentials"), None);
    assert!(list(&response, "vary").contains(&"origin".to_owned()));

    let refused = send(&[FRIEND], Method::POST, "/graphql", &headers, "[]").await;
    assert_eq!(header(&refused, "access-control-allow-origin"), Some(FRIEND), "errors can be read too");
    assert_eq!(code(refused).await, "BAD_REQUEST");
}

#[actix_web::test]
async fn an_origin_that_is_not_listed_is_refused_and_never_repeated() {
    let near = ["https://friend.example.evil", "http://friend.example", "https://friend.example:444", "null", STRANGER];
    for origin in near {
        let asked = preflight(&[FRIEND], origin, "/graphql", "POST", "content-type").await;
        assert_eq!((asked.status().as_u16(), cors_headers(&asked)), (403, vec![]), "{origin}");
        assert!(header(&asked, "content-type").is_some_and(|it| it.starts_with("application/json")));
        assert_eq!(code(asked).await, "CROSS_ORIGIN_REFUSED");

        let headers = [("origin", origin), ("content-type", "application/json")];
        let response = send(&[FRIEND], Method::POST, "/graphql", &headers, QUERY).await;
        assert_eq!(header(&response, "access-control-allow-origin"), None, "{origin}");
        assert!(list(&response, "vary").contains(&"origin".to_owned()), "a cache must keep them apart");
    }
    for (method, headers) in [("DELETE", "content-type"), ("POST", "x-other"), ("POST", "authorization")] {
        let asked = preflight(&[FRIEND], FRIEND, "/graphql", method, headers).await;
        assert_eq!((asked.status().as_u16(), cors_headers(&asked)), (403, vec![]), "{method} {headers}");
        assert_eq!(code(asked).await, "CROSS_ORIGIN_REFUSED");
    }
}

#[actix_web::test]
async fn a_star_is_for_all_and_repeats_nobody() {
    let asked = preflight(&["*"], STRANGER, "/graphql", "POST", "content-type").await;
    assert_eq!((asked.status().as_u16(), header(&asked, "access-control-allow-origin")), (200, Some("*")));
    let headers = [("origin", STRANGER), ("content-type", "application/json")];
    let response = send(&["*"], Method::POST, "/graphql", &headers, QUERY).await;
    assert_eq!(header(&response, "access-control-allow-origin"), Some("*"));
    assert_eq!(header(&response, "access-control-allow-credentials"), None);
}

#[actix_web::test]
async fn what_a_browser_sends_unasked_does_nothing() {
    let multipart = "multipart/form-data; boundary=x";
    let parts =
        "--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{\"query\":\"mutation{write}\"}\r\n--x--";
    for allowed in [&[][..], &[FRIEND], &["*"]] {
        for origin in [None, Some(STRANGER), Some(FRIEND)] {
            for (content_type, body) in [
                ("application/x-www-form-urlencoded", "query=mutation%7Bwrite%7D"),
                ("text/plain", r#"{"query": "mutation { write }"}"#),
                ("text/plain;application/json", r#"{"query": "mutation { write }"}"#),
                (multipart, parts),
            ] {
                let headers: Vec<_> =
                    origin.map(|it| ("origin", it)).into_iter().chain([("content-type", content_type)]).collect();
                let response = send(allowed, Method::POST, "/graphql", &headers, body).await;
                assert_eq!(response.status().as_u16(), 415, "{headers:?}");
                assert_eq!(code(response).await, "UNSUPPORTED_MEDIA_TYPE");
            }
            let headers: Vec<_> = origin.map(|it| ("origin", it)).into_iter().collect();
            let response = send(allowed, Method::GET, "/graphql?query=mutation%7Bwrite%7D", &headers, "").await;
            assert_eq!(response.status().as_u16(), 405, "{headers:?}");
            assert_eq!(code(response).await, "METHOD_NOT_ALLOWED");
        }
    }
}

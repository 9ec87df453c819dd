//! One request, one answer: (method, address, headers, body) → (status, code).

use std::sync::Arc;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::{Value, json};

use super::stub::Stub;
use crate::graphql::Answers as _;
use crate::http::{HttpSettings, Shared, router};

const JSON: Header = ("content-type", "application/json");
const MODERN: Header = ("accept", "application/graphql-response+json");
const LEGACY: Header = ("accept", "application/json");

type Header<'a> = (&'a str, &'a str);

struct Case<'a> {
    method: Method,
    address: &'a str,
    headers: &'a [Header<'a>],
    body: &'a [u8],
}

async fn send_to(api: Stub, case: &Case<'_>) -> ServiceResponse {
    let settings = HttpSettings { body_max_bytes: 1_000, ..HttpSettings::default() };
    let app = init_service(App::new().configure(router(Arc::new(api), settings))).await;
    let request = TestRequest::default().method(case.method.clone()).uri(case.address).set_payload(case.body.to_vec());
    let request = case.headers.iter().fold(request, |request, &header| request.append_header(header));
    call_service(&app, request.to_request()).await
}

async fn send(case: &Case<'_>) -> ServiceResponse {
    send_to(Stub::new(), case).await
}

fn post<'a>(headers: &'a [Header<'a>], body: &'a [u8]) -> Case<'a> {
    Case { method: Method::POST, address: "/graphql", headers, body }
}

fn get<'a>(address: &'a str, headers: &'a [Header<'a>]) -> Case<'a> {
    Case { method: Method::GET, address, headers, body: b"" }
}

fn header(response: &ServiceResponse, name: &str) -> Option<String> {
    response.headers().get(name).map(|value| value.to_str().expect("headers of ours are ASCII").to_owned())
}

async fn json_of(response: ServiceResponse) -> Value {
    let body = to_bytes(response.into_body()).await.expect("the body is in memory");
    serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{error}: {body:?}"))
}

/// The status and the code of the first error, which is "" when there is none.
async fn check(case: Case<'_>, status: u16, code: &str) {
    let response = send(&case).await;
    let what = format!("{} {} {:?} {:?}", case.method, case.address, case.headers, String::from_utf8_lossy(case.body));
    assert_eq!(response.status().as_u16(), status, "{what}");
    assert_eq!(header(&response, "x-content-type-options").as_deref(), Some("nosniff"), "{what}");
    assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control")), "{what}");
    let content_type = header(&response, "content-type").unwrap_or_default();
    assert!(content_type.starts_with("application/"), "{what}: {content_type}");

    let json = json_of(response).await;
    assert_eq!(json["errors"][0]["extensions"]["code"].as_str().unwrap_or(""), code, "{what}: {json}");
    if !code.is_empty() {
        assert!(json["errors"][0]["message"].as_str().is_some_and(|message| message.len() > 10), "{what}: {json}");
    }
}

#[actix_web::test]
async fn a_body_must_be_json_and_say_so() {
    let good = br#"{"query": "{ __typename }"}"#;
    let cases: [(&[Header], u16, &str); 16] = [
        (&[JSON], 200, ""),
        (&[("content-type", "application/json; charset=utf-8")], 200, ""),
        (&[("content-type", "application/json;charset=\"UTF-8\"")], 200, ""),
        (&[JSON, ("content-encoding", "identity")], 200, ""),
        (&[], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("content-type", "text/plain")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("content-type", "application/x-www-form-urlencoded")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("content-type", "multipart/form-data; boundary=x")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("content-type", "application/graphql")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[("content-type", "application/json; charset=latin1")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("content-type", "text/plain")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("content-encoding", "gzip")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("content-encoding", "gzip, identity")], 415, "UNSUPPORTED_MEDIA_TYPE"),
        (&[JSON, ("accept", "text/html")], 406, "NOT_ACCEPTABLE"),
        (&[JSON, ("accept", "application/json;q=0")], 406, "NOT_ACCEPTABLE"),
        (&[("content-type", "text/plain"), ("accept", "image/png")], 406, "NOT_ACCEPTABLE"),
    ];
    for (headers, status, code) in cases {
        check(post(headers, good), status, code).await;
    }
}

#[actix_web::test]
async fn a_request_that_is_not_well_formed_is_a_bad_request_whatever_the_client_accepts() {
    let bodies: [&[u8]; 27] = [
        b"",
        b"NONSENSE",
        br#"{ "not a JSON"#,
        br#"{"query":"#,
        b"null",
        b"7",
        br#""{ __typename }""#,
        b"[]",
        br#"[{"query": "{ __typename }"}]"#,
        b"{}",
        br#"{"qeury": "{ __typename }"}"#,
        br#"{"query": null}"#,
        br#"{"query": {"obj": "ect"}}"#,
        br#"{"query": 0}"#,
        br#"{"query": false}"#,
        br#"{"query": ["array"]}"#,
        br#"{"query": "{ __typename }", "operationName": {"obj": "ect"}}"#,
        br#"{"query": "{ __typename }", "operationName": 0}"#,
        br#"{"query": "{ __typename }", "variables": "string"}"#,
        br#"{"query": "{ __typename }", "variables": 0}"#,
        br#"{"query": "{ __typename }", "variables": ["array"]}"#,
        br#"{"query": "{ __typename }", "extensions": "string"}"#,
        br#"{"query": "{ __typename }", "extensions": ["array"]}"#,
        br#"{"query": "{ __typename }", "query": "{ __typename }"}"#,
        b"{\"query\": \"{ __typename }\0\"}",
        b"{\"query\": \"{ echo(text: \\\"\xff\\\") }\"}",
        b"\xef\xbb\xbf{\"query\": \"{ __typename }\"}",
    ];
    for body in bodies {
        for accept in [MODERN, LEGACY] {
            check(post(&[JSON, accept], body), 400, "BAD_REQUEST").await;
        }
    }
    for query in [
        "",
        "?",
        "?query",
        "?query=&query=",
        "?query=%7B__typename%7D&variables=x",
        "?query=%7B__typename%7D&variables=%5B%5D",
        "?query=%7B__typename%7D&extensions=7",
        "?query=%7Becho(text:%22%FF%22)%7D",
    ] {
        let code = if query == "?query" { "GRAPHQL_PARSE_FAILED" } else { "BAD_REQUEST" };
        check(get(&format!("/graphql{query}"), &[MODERN]), 400, code).await;
    }
}

#[actix_web::test]
async fn what_graphql_refuses_has_a_status_by_the_media_type() {
    let deep = format!(r#"{{"query": "{{ echo(text: {}) }}"}}"#, "[".repeat(400));
    let cases: [(&str, &str); 12] = [
        (r#"{"query": "{"}"#, "GRAPHQL_PARSE_FAILED"),
        (r#"{"query": ""}"#, "GRAPHQL_PARSE_FAILED"),
        (r#"{"query": "{ __typename \u0000 }"}"#, "GRAPHQL_PARSE_FAILED"),
        (r#"{"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#, "GRAPHQL_PARSE_FAILED"),
        (r#"{"query": "{ nothing }"}"#, "GRAPHQL_VALIDATION_FAILED"),
        (r#"{"query": "{ ...F } fragment F on Query { ...F }"}"#, "GRAPHQL_VALIDATION_FAILED"),
        (r#"{"query": "query A { __typename } query B { __typename }"}"#, "OPERATION_RESOLUTION_FAILURE"),
        (r#"{"query": "query A { __typename }", "operationName": "B"}"#, "OPERATION_RESOLUTION_FAILURE"),
        (r#"{"query": "subscription { a }"}"#, "OPERATION_RESOLUTION_FAILURE"),
        (r#"{"query": "query CoerceFailure($id: ID!) { __typename }", "variables": {"id": null}}"#, "BAD_USER_INPUT"),
        (r#"{"query": "query($n: Int!) { half(of: $n) }", "variables": {"n": "x"}}"#, "BAD_USER_INPUT"),
        (&deep, "LIMIT_EXCEEDED"),
    ];
    for (body, code) in cases {
        check(post(&[JSON, MODERN], body.as_bytes()), 400, code).await;
        check(post(&[JSON], body.as_bytes()), 400, code).await;
        check(post(&[JSON, LEGACY], body.as_bytes()), 200, code).await;
        let answer = json_of(send(&post(&[JSON, MODERN], body.as_bytes())).await).await;
        assert!(answer.get("data").is_none(), "{body}: {answer}");
    }
}

#[actix_web::test]
async fn what_was_executed_is_ok_even_when_a_field_failed() {
    let cases = [
        (r#"{"query": "{ __typename }"}"#, json!({"data": {"__typename": "Query"}})),
        (
            r#"{"query": "{ __typename }", "variables": null, "operationName": null, "extensions": null}"#,
            json!({"data": {"__typename": "Query"}}),
        ),
        (
            r#"{"query": "query Q { __typename }", "operationName": "Q", "extensions": {"some": "value"}, "more": [1]}"#,
            json!({"data": {"__typename": "Query"}}),
        ),
        (
            r#"{"query": "query Type($name: String!) { __type(name: $name) { name } }", "variables": {"name": "Query"}}"#,
            json!({"data": {"__type": {"name": "Query"}}}),
        ),
        (r#"{"query": "{ echo(text: \"Run🏃Swim🏊\") }"}"#, json!({"data": {"echo": "Run🏃Swim🏊"}})),
        (
            r#"{"query": "query($t: String!) { echo(text: $t) }", "variables": {"t": "\u0000"}}"#,
            json!({"data": {"echo": "\0"}}),
        ),
        (r#"{"query": "mutation { write }"}"#, json!({"data": {"write": true}})),
    ];
    for (body, expected) in cases {
        for (accept, content_type) in [
            (MODERN, "application/graphql-response+json; charset=utf-8"),
            (LEGACY, "application/json; charset=utf-8"),
            (("accept", "*/*"), "application/json; charset=utf-8"),
        ] {
            let response = send(&post(&[JSON, accept], body.as_bytes())).await;
            assert_eq!(response.status().as_u16(), 200, "{body}");
            assert_eq!(header(&response, "content-type").as_deref(), Some(content_type), "{body}");
            assert_eq!(json_of(response).await, expected, "{body}");
        }
    }
    let failed = send(&post(&[JSON, MODERN], br#"{"query": "{ half(of: 3) echo(text: \"a\") }"}"#)).await;
    assert_eq!(failed.status().as_u16(), 200);
    let failed = json_of(failed).await;
    assert!(failed.as_object().is_some_and(|answer| answer.contains_key("data")), "{failed}");
    assert_eq!(failed["errors"][0]["path"], json!(["half"]));
}

#[actix_web::test]
async fn get_reads_and_never_writes() {
    let typename = "/graphql?query=%7B__typename%7D";
    for accept in [MODERN, LEGACY, ("accept", "*/*")] {
        check(get(typename, &[accept]), 200, "").await;
    }
    check(get(typename, &[]), 200, "").await;
    check(get(typename, &[("accept", "text/html")]), 406, "NOT_ACCEPTABLE").await;
    check(
        get("/graphql?query=query+Q%7B__typename%7D&operationName=Q&variables=%7B%7D&extensions=%7B%7D", &[]),
        200,
        "",
    )
    .await;
    check(get("/graphql?query=query($n:Int!)%7Bhalf(of:$n)%7D&variables=%7B%22n%22:4%7D", &[]), 200, "").await;
    check(get("/graphql?query=%7B__typename%00%7D", &[]), 400, "GRAPHQL_PARSE_FAILED").await;
    for accept in [MODERN, LEGACY] {
        let response = send(&get("/graphql?query=mutation%7Bwrite%7D", &[accept])).await;
        assert_eq!(header(&response, "allow").as_deref(), Some("POST"));
        check(get("/graphql?query=mutation%7Bwrite%7D", &[accept]), 405, "METHOD_NOT_ALLOWED").await;
    }
    let both = "query=query+A%7B__typename%7D+mutation+B%7Bwrite%7D";
    check(get(&format!("/graphql?{both}&operationName=A"), &[]), 200, "").await;
    check(get(&format!("/graphql?{both}&operationName=B"), &[]), 405, "METHOD_NOT_ALLOWED").await;
}

#[actix_web::test]
async fn what_takes_too_long_or_panics_is_told_apart() {
    for accept in [MODERN, LEGACY] {
        check(post(&[JSON, accept], br#"{"query": "{ endless }"}"#), 504, "TIMEOUT").await;
        check(post(&[JSON, accept], br#"{"query": "{ broken }"}"#), 500, "INTERNAL").await;
    }
    let text = json_of(send(&post(&[JSON], br#"{"query": "{ broken }"}"#)).await).await.to_string();
    assert!(!text.contains("secret"), "{text}");
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let body = |n: usize| format!(r#"{{"query": "{{ __typename }}"{}}}"#, " ".repeat(n - 27)).into_bytes();
    assert_eq!(body(1_000).len(), 1_000);
    check(post(&[JSON], &body(1_000)), 200, "").await;
    check(post(&[JSON], &body(1_001)), 413, "BODY_TOO_LARGE").await;
    let refused = json_of(send(&post(&[JSON], &body(1_001))).await).await;
    let expected = json!({"code": "BODY_TOO_LARGE", "limit": "body_max_bytes", "max": 1_000, "actual": 1_001});
    assert_eq!(refused["errors"][0]["extensions"], expected);
}

#[actix_web::test]
async fn other_addresses_and_methods_are_refused_in_json() {
    for address in ["/nothing", "/graphql/", "/graphql/x", "//", "/.env", "/healthz/", "/%2e%2e/etc/passwd"] {
        check(get(address, &[]), 404, "NOT_FOUND").await;
        check(Case { method: Method::POST, address, headers: &[], body: b"x" }, 404, "NOT_FOUND").await;
    }
    for (method, address, allowed) in [
        (Method::PUT, "/graphql", "GET, POST"),
        (Method::DELETE, "/graphql", "GET, POST"),
        (Method::OPTIONS, "/graphql", "GET, POST"),
        (Method::POST, "/healthz", "GET, HEAD"),
        (Method::POST, "/readyz", "GET, HEAD"),
        (Method::PATCH, "/schema.graphql", "GET, HEAD"),
        (Method::POST, "/", "GET, HEAD"),
    ] {
        let response = send(&Case { method: method.clone(), address, headers: &[], body: b"" }).await;
        assert_eq!(header(&response, "allow").as_deref(), Some(allowed), "{method} {address}");
        check(Case { method, address, headers: &[], body: b"" }, 405, "METHOD_NOT_ALLOWED").await;
    }
}

#[actix_web::test]
async fn health_and_readiness_are_two_questions() {
    check(get("/healthz", &[]), 200, "").await;
    check(get("/readyz", &[]), 200, "").await;
    assert_eq!(json_of(send(&get("/healthz", &[])).await).await, json!({"status": "ok"}));

    assert_eq!(
        send_to(Stub::not_ready("The store does not answer."), &get("/healthz", &[])).await.status().as_u16(),
        200
    );
    let response = send_to(Stub::not_ready("The store does not answer."), &get("/readyz", &[])).await;
    assert_eq!(response.status().as_u16(), 503);
    let answer = json_of(response).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    assert_eq!(answer["errors"][0]["message"], "The store does not answer.");
}

#[actix_web::test]
async fn a_server_that_stops_is_not_ready_but_alive() {
    let shared = Shared::from(HttpSettings::default());
    let draining = shared.draining.clone();
    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), shared))).await;
    let status =
        async |address: &str| call_service(&app, TestRequest::get().uri(address).to_request()).await.status().as_u16();
    assert_eq!((status("/readyz").await, status("/healthz").await), (200, 200));
    draining.begin();
    assert_eq!((status("/readyz").await, status("/healthz").await), (503, 200));
}

#[actix_web::test]
async fn the_schema_is_text_with_a_tag() {
    let response = send(&get("/schema.graphql", &[])).await;
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(header(&response, "content-type").as_deref(), Some("text/plain; charset=utf-8"));
    assert_eq!(header(&response, "x-content-type-options").as_deref(), Some("nosniff"));
    let tag = header(&response, "etag").expect("a tag");
    let text = to_bytes(response.into_body()).await.expect("the body is in memory");
    assert_eq!(text, Stub::new().sdl());

    let strong = tag.trim_start_matches("W/");
    for known in [tag.as_str(), "*", strong, &format!("\"other\", {tag}")] {
        let again = send(&get("/schema.graphql", &[("if-none-match", known)])).await;
        assert_eq!(again.status().as_u16(), 304, "{known}");
        assert_eq!(header(&again, "etag"), Some(tag.clone()));
    }
    assert_eq!(send(&get("/schema.graphql", &[("if-none-match", "\"other\"")])).await.status().as_u16(), 200);
}

#[actix_web::test]
async fn answers_are_compressed_for_clients_that_take_it() {
    for (accepted, encoding) in [("br, gzip", Some("br")), ("gzip", Some("gzip")), ("identity", None), ("zstd", None)] {
        let accepted = [("accept-encoding", accepted)];
        for address in ["/graphql?query=%7Becho(text:%22a%22)%7D", "/schema.graphql", "/healthz", "/nowhere"] {
            let plain = send(&get(address, &[])).await;
            let response = send(&get(address, &accepted)).await;
            assert_eq!(response.status(), plain.status(), "{address}");
            assert_eq!(header(&response, "content-encoding").as_deref(), encoding, "{address} {accepted:?}");
            if encoding.is_some() {
                let mut vary = response.headers().get_all("vary");
                assert!(vary.any(|name| name == "accept-encoding"), "{address}: a cache must keep them apart");
            }
            let [sent, whole] = [response, plain].map(|response| to_bytes(response.into_body()));
            let (sent, whole) = (sent.await.expect("in memory"), whole.await.expect("in memory"));
            assert_eq!(sent == whole, encoding.is_none(), "{address} {accepted:?}");
        }
    }
}

//! What every answer says beside its body.

use std::sync::Arc;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::{Value, json};

use super::sockets::with_settings;
use super::stub::Stub;
use crate::http::{HttpSettings, router};

async fn send(settings: HttpSettings, method: Method, address: &str, headers: &[(&str, &str)]) -> ServiceResponse {
    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), settings))).await;
    let request = TestRequest::default().method(method).uri(address);
    let request = headers.iter().fold(request, |request, &header| request.append_header(header));
    call_service(&app, request.to_request()).await
}

async fn get(address: &str, headers: &[(&str, &str)]) -> ServiceResponse {
    send(HttpSettings::default(), Method::GET, address, headers).await
}

fn header<'a>(response: &'a ServiceResponse, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().expect("headers of ours are ASCII"))
}

const ADDRESSES: [&str; 6] =
    ["/graphql?query=%7B__typename%7D", "/graphql", "/healthz", "/schema.graphql", "/nowhere", "/metrics"];

#[actix_web::test]
async fn no_answer_is_run_framed_or_guessed() {
    for method in [Method::GET, Method::HEAD, Method::DELETE] {
        for address in ADDRESSES {
            let response = send(HttpSettings::default(), method.clone(), address, &[]).await;
            let policy = "default-src 'none'; frame-ancestors 'none'";
            assert_eq!(header(&response, "content-security-policy"), Some(policy), "{method} {address}");
            assert_eq!(header(&response, "x-content-type-options"), Some("nosniff"), "{method} {address}");
            assert_eq!(header(&response, "referrer-policy"), Some("no-referrer"), "{method} {address}");
            assert_eq!(header(&response, "strict-transport-security"), None, "{method} {address}");
        }
    }
    let page = get("/", &[]).await;
    let policy = header(&page, "content-security-policy").expect("the page has a policy");
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[actix_web::test]
async fn answers_that_differ_by_media_type_say_so() {
    let stream = ("accept", "text/event-stream");
    for (address, headers) in [
        ("/graphql?query=%7B__typename%7D", &[][..]),
        ("/graphql?query=%7B__typename%7D", &[stream]),
        ("/graphql?query=%7B__typename%7D", &[("accept", "text/html")]),
        ("/graphql?query=%7B", &[]),
    ] {
        for allowed_origins in [vec![], vec!["https://good.example".to_owned()]] {
            let is_shared = !allowed_origins.is_empty();
            let settings = HttpSettings { allowed_origins, ..HttpSettings::default() };
            let headers = [headers, &[("accept-encoding", "gzip"), ("origin", "https://good.example")]].concat();
            let response = send(settings, Method::GET, address, &headers).await;
            let vary: Vec<_> = response.headers().get_all("vary").map(|value| value.to_str().expect("ASCII")).collect();
            let vary = vary.join(",").to_lowercase();
            let named: Vec<_> = vary.split(',').map(str::trim).collect();
            assert!(named.contains(&"accept"), "{address} {headers:?}: {vary}");
            assert_eq!(named.contains(&"origin"), is_shared, "{address} {headers:?}: {vary}");
            let is_compressed = header(&response, "content-encoding") == Some("gzip");
            assert_eq!(named.contains(&"accept-encoding"), is_compressed, "{address} {headers:?}: {vary}");
        }
    }
}

#[actix_web::test]
async fn every_answer_brings_the_id_of_its_request_back() {
    for address in ADDRESSES {
        let response = get(address, &[("x-request-id", "frontend-7.a_B")]).await;
        assert_eq!(header(&response, "x-request-id"), Some("frontend-7.a_B"), "{address}");
        let [first, second] = [get(address, &[]).await, get(address, &[("x-request-id", "a b")]).await];
        let [first, second] = [&first, &second].map(|response| header(response, "x-request-id").expect("an id").len());
        assert_eq!((first, second), (36, 36), "{address}: ids are made for those that bring none or an odd one");
    }
}

#[actix_web::test]
async fn a_client_that_takes_no_encoding_at_all_is_answered_in_json() {
    for accepted in ["identity;q=0", "*;q=0", "zstd, identity;q=0", "identity;q=0, br;q=0, gzip;q=0"] {
        let response = get("/graphql?query=%7B__typename%7D", &[("accept-encoding", accepted)]).await;
        assert_eq!(response.status().as_u16(), 200, "{accepted}");
        assert_eq!(header(&response, "content-encoding"), None, "{accepted}");
        let body = to_bytes(response.into_body()).await.expect("the body is in memory");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(body["data"]["__typename"], "Query", "{accepted}");
    }
    let forced = get("/graphql?query=%7B__typename%7D", &[("accept-encoding", "gzip, identity;q=0")]).await;
    assert_eq!(header(&forced, "content-encoding"), Some("gzip"));
}

#[actix_web::test]
async fn compressed_answers_are_what_they_were() {
    let settings = HttpSettings { body_max_bytes: 1_000_000, ..HttpSettings::default() };
    let sent = with_settings(settings, |address| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            // The first two do not decode what they ask for; the others do, and ask for it by themselves.
            let client = || reqwest::Client::builder().no_brotli().no_gzip();
            let plain = client().build().expect("a client");
            let clients = [
                (plain.clone(), Some("br")),
                (plain.clone(), Some("gzip")),
                (plain, None),
                (client().brotli(true).build().expect("a client"), None),
                (client().gzip(true).build().expect("a client"), None),
            ];
            let mut sent = Vec::new();
            for (client, accepted) in clients {
                let body = json!({
                    "query": "query($t: String!) { echo(text: $t) }", "variables": {"t": "ground ".repeat(10_000)},
                });
                let request = client.post(format!("http://{address}/graphql")).json(&body);
                let request = accepted.iter().fold(request, |request, it| request.header("accept-encoding", *it));
                let answer = request.send().await.expect("an answer");
                let encoding = answer.headers().get("content-encoding").map(|it| it.as_bytes().to_vec());
                sent.push((encoding, answer.bytes().await.expect("a body").to_vec()));
            }
            sent
        })
    })
    .await;
    let [(brotli, br), (gzip, gz), (none, plain), (_, from_br), (_, from_gz)] = &sent[..] else {
        panic!("five were asked for")
    };
    assert_eq!((brotli.as_deref(), gzip.as_deref()), (Some(&b"br"[..]), Some(&b"gzip"[..])));
    assert_eq!(*none, None);
    let answer: Value = serde_json::from_slice(plain).expect("JSON");
    assert_eq!(answer["data"]["echo"].as_str().map(str::len), Some(70_000));
    assert!(br.len() < plain.len() / 20 && gz.len() < plain.len() / 20, "{} {} {}", br.len(), gz.len(), plain.len());
    assert!(from_br == plain && from_gz == plain, "what is decoded is what was sent plain");
}

#[actix_web::test]
async fn a_large_head_is_refused_by_name_and_number() {
    let settings = || HttpSettings { head_max_bytes: 2_000, ..HttpSettings::default() };
    let long = "x".repeat(2_000);
    for (address, headers) in [("/graphql", vec![("x-long", &*long)]), (&*format!("/{long}"), vec![])] {
        let response = send(settings(), Method::GET, address, &headers).await;
        assert_eq!(response.status().as_u16(), 431);
        assert!(header(&response, "x-request-id").is_some());
        let body = to_bytes(response.into_body()).await.expect("the body is in memory");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        let extensions = &body["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "HEAD_TOO_LARGE", "{body}");
        assert_eq!((&extensions["limit"], &extensions["max"]), (&"head_max_bytes".into(), &2_000.into()));
        assert!(extensions["actual"].as_u64().is_some_and(|actual| (2_001..2_200).contains(&actual)), "{body}");
    }
    let short = "x".repeat(1_800);
    assert_eq!(send(settings(), Method::GET, "/healthz", &[("x-long", &short)]).await.status().as_u16(), 200);
}

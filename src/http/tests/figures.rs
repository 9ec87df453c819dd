//! What `/metrics` says after requests of each kind.

use std::sync::Arc;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::test::{TestRequest, call_service, init_service};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use super::stub::Stub;
use crate::http::{Figures, HttpSettings, Shared, router};

/// The figures after these documents were posted and these addresses were asked for; with the status of `/metrics`.
async fn figures_after(settings: HttpSettings, documents: &[&str], addresses: &[&str]) -> (u16, String) {
    let recorder = PrometheusBuilder::new().set_buckets(&[1.0, 60.0]).expect("steps").build_recorder();
    let handle = recorder.handle();
    let _recording = metrics::set_default_local_recorder(&recorder);
    let shared = Shared::new(settings, Figures::new(move || handle.render()));
    let app = init_service(App::new().configure(router(Arc::new(Stub::new()), shared))).await;
    for document in documents {
        let request = TestRequest::post().uri("/graphql").set_json(json!({"query": document}));
        call_service(&app, request.to_request()).await;
    }
    for address in addresses {
        call_service(&app, TestRequest::get().uri(address).to_request()).await;
    }
    let response = call_service(&app, TestRequest::get().uri("/metrics").to_request()).await;
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body()).await.expect("the body is in memory");
    (status, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

/// The value of the figure that has this name and all of these labels.
fn value(text: &str, name: &str, labels: &[&str]) -> Option<f64> {
    let line = text.lines().find(|line| {
        line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|it| line.contains(it))
    })?;
    line.rsplit(' ').next()?.parse().ok()
}

#[actix_web::test]
async fn requests_errors_and_durations_are_counted() {
    let documents = [
        "query Good { __typename }",
        "query Good { __typename }",
        "{ __typename }",
        "mutation Write { write }",
        "query Half { half(of: 3) }",
        "query Slow { endless }",
        "query Wrong { nothing }",
        "query Cut {",
    ];
    let (status, text) =
        figures_after(HttpSettings::default(), &documents, &["/healthz", "/healthz", "/secret/1", "/secret/2"]).await;
    assert_eq!(status, 200);
    let counted = |name: &str, labels: &[&str]| value(&text, name, labels);
    let operations = "grounds_graphql_requests_total";
    for (labels, n) in [
        (["operation=\"Good\"", "type=\"query\"", "outcome=\"executed\""], 2.0),
        (["operation=\"anonymous\"", "type=\"query\"", "outcome=\"executed\""], 1.0),
        (["operation=\"Write\"", "type=\"mutation\"", "outcome=\"executed\""], 1.0),
        (["operation=\"Slow\"", "type=\"query\"", "outcome=\"timed_out\""], 1.0),
        (["operation=\"other\"", "type=\"query\"", "outcome=\"refused\""], 1.0),
        (["operation=\"anonymous\"", "type=\"unknown\"", "outcome=\"refused\""], 1.0),
    ] {
        assert_eq!(counted(operations, &labels), Some(n), "{labels:?} in\n{text}");
    }
    let errors = "grounds_graphql_errors_total";
    for code in ["BAD_USER_INPUT", "TIMEOUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"] {
        assert_eq!(counted(errors, &[&format!("code=\"{code}\"")]), Some(1.0), "{code} in\n{text}");
    }
    assert_eq!(counted("grounds_graphql_duration_seconds_count", &["operation=\"Good\""]), Some(2.0));
    assert_eq!(counted("grounds_graphql_duration_seconds_bucket", &["operation=\"Slow\"", "le=\"60\""]), Some(1.0));
    let durations = "grounds_graphql_duration_seconds_count";
    assert_eq!(counted(durations, &["operation=\"anonymous\""]), Some(1.0), "one was executed, and one refused");
    assert_eq!(counted(durations, &["operation=\"other\""]), None, "nothing of that name was executed");

    let requests = "grounds_http_requests_total";
    for (route, method, status, n) in
        [("/graphql", "POST", "504", 1.0), ("/healthz", "GET", "200", 2.0), ("unmatched", "GET", "404", 2.0)]
    {
        let labels = [format!("route=\"{route}\""), format!("method=\"{method}\""), format!("status=\"{status}\"")];
        assert_eq!(counted(requests, &labels.each_ref().map(String::as_str)), Some(n), "{labels:?} in\n{text}");
    }
    assert_eq!(counted("grounds_http_duration_seconds_count", &["route=\"/graphql\""]), Some(8.0));
    assert!(!text.contains("secret"), "{text}");
}

#[actix_web::test]
async fn a_stranger_makes_a_hundred_names_at_most() {
    let documents: Vec<_> = (0..150).map(|n| format!("query Q{n} {{ __typename }}")).collect();
    let documents: Vec<_> = documents.iter().map(String::as_str).collect();
    let (_, text) = figures_after(HttpSettings::default(), &documents, &[]).await;
    let n_names = text.lines().filter(|line| line.starts_with("grounds_graphql_requests_total{")).count();
    assert_eq!(n_names, 101);
    assert_eq!(value(&text, "grounds_graphql_requests_total", &["operation=\"other\""]), Some(50.0));
}

#[actix_web::test]
async fn figures_may_be_switched_off() {
    let settings = HttpSettings { metrics: false, ..HttpSettings::default() };
    let (status, text) = figures_after(settings, &["{ __typename }"], &[]).await;
    assert!(status == 404 && text.contains("NOT_FOUND"), "{status} {text}");
}

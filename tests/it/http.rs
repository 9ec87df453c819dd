//! Bad input over a real socket: each gets a clear error with a code, and the server goes on.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::inside::shown_of_the_inside;
use crate::server::{without_cost, world};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn send(method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> (u16, Value) {
    let mut request = Client::new().request(method, world().url(path)).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.expect("the server answers");
    (answer.status().as_u16(), answer.json().await.expect("every error is JSON"))
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("no code")
}

/// Nothing of the inside is shown, and a healthy request is answered afterwards.
async fn assert_well(answer: &Value, what: &str) {
    assert_eq!(shown_of_the_inside(&answer.to_string()), None, "{what}: {answer}");
    assert_eq!(world().data("{ __typename }").await, json!({ "__typename": "Query" }), "after {what}");
}

/// What it is, the headers, the body, and the status and code that it gets.
type Refused = (&'static str, &'static [(&'static str, &'static str)], Vec<u8>, u16, &'static str);

#[tokio::test]
async fn bodies_that_are_no_request_are_refused() {
    let huge = format!("{{\"query\": \"{}\"}}", "x".repeat(10 * 1024 * 1024)).into_bytes();
    let cases: Vec<Refused> = vec![
        ("no JSON", &[JSON], b"{ law }".to_vec(), 400, "BAD_REQUEST"),
        ("an empty body", &[JSON], Vec::new(), 400, "BAD_REQUEST"),
        ("NUL bytes", &[JSON], vec![0; 64], 400, "BAD_REQUEST"),
        ("no UTF-8", &[JSON], b"{\"query\": \"\xff\"}".to_vec(), 400, "BAD_REQUEST"),
        ("a list", &[JSON], b"[{\"query\": \"{ __typename }\"}]".to_vec(), 400, "BAD_REQUEST"),
        ("no query", &[JSON], b"{}".to_vec(), 400, "BAD_REQUEST"),
        (
            "variables that are none",
            &[JSON],
            br#"{"query": "{ __typename }", "variables": "x"}"#.to_vec(),
            400,
            "BAD_REQUEST",
        ),
        ("10 MB", &[JSON], huge, 413, "BODY_TOO_LARGE"),
        (
            "a form",
            &[("content-type", "application/x-www-form-urlencoded")],
            b"query=x".to_vec(),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            "plain text",
            &[("content-type", "text/plain")],
            br#"{"query": "{ __typename }"}"#.to_vec(),
            415,
            "UNSUPPORTED_MEDIA_TYPE",
        ),
        (
            "an Accept that cannot be met",
            &[JSON, ("accept", "text/html")],
            br#"{"query": "{ __typename }"}"#.to_vec(),
            406,
            "NOT_ACCEPTABLE",
        ),
    ];
    for (what, headers, body, status, expected) in cases {
        let (actual, answer) = send(Method::POST, "/graphql", headers, body).await;
        assert_eq!((actual, code(&answer)), (status, expected), "{what}: {answer}");
        assert_well(&answer, what).await;
    }
}

#[tokio::test]
async fn documents_that_are_none_are_refused() {
    let deep = format!("{{ law(slug: {}1{}) {{ name }} }}", "[".repeat(2_000), "]".repeat(2_000));
    let fragments =
        (1..=25).map(|i| format!("fragment f{i} on Query {{ ...f{0} ...f{0} }}\n", i - 1)).collect::<Vec<_>>().concat();
    let exponential = format!("{{ ...f25 }}\nfragment f0 on Query {{ __typename }}\n{fragments}");
    let aliases = (0..5_000).map(|i| format!("a{i}: __typename ")).collect::<Vec<_>>().concat();
    let cases = [
        ("{ law(", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ \0 }", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ law { name } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ law(slug: 3) { name } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ laws(filter: { types: [BIL] }) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("mutation { write }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { graphChanged }", "OPERATION_RESOLUTION_FAILURE"),
        (&deep, "LIMIT_EXCEEDED"),
        (&exponential, "LIMIT_EXCEEDED"),
        (&format!("{{ {aliases} }}"), "LIMIT_EXCEEDED"),
    ];
    for (query, expected) in cases {
        let (status, answer) = world().ask(query, Value::Null).await;
        let shown: String = query.chars().take(60).collect();
        assert!((200..500).contains(&status), "{shown}: {status} {answer}");
        assert_eq!(code(&answer), expected, "{shown}: {answer}");
        assert_well(&answer, &shown).await;
    }
}

#[tokio::test]
async fn searches_are_words_and_nothing_else() {
    for text in [
        "\"",
        "*",
        "NEAR(",
        "-",
        "a AND",
        "OR",
        "NOT a",
        "^a",
        "name:a",
        "a + b",
        "{a b}",
        "(",
        "\u{0}",
        "a\u{0}b",
        "😀",
        "%",
        "'; DROP TABLE entity; --",
        " ",
    ] {
        let query = "query S($text: String!) { search(query: $text, first: 3) { totalCount nodes { id } } }";
        let (status, answer) = world().ask(query, json!({ "text": text })).await;
        assert!(status == 200 && answer.get("errors").is_none(), "{text:?}: {status} {answer}");
        assert_well(&answer, text).await;
    }
}

#[tokio::test]
async fn every_route_answers_and_no_other_does() {
    for (path, status) in [
        ("/", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/schema.graphql", 200),
        ("/nothing", 404),
        ("/graphql/x", 404),
    ] {
        let answer = reqwest::get(world().url(path)).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert_eq!(
            answer.headers().get("x-content-type-options").and_then(|value| value.to_str().ok()),
            Some("nosniff"),
            "{path}"
        );
    }
    let schema = reqwest::get(world().url("/schema.graphql")).await.expect("an answer").text().await.expect("text");
    assert_eq!(schema, grounds::graphql::sdl());
    let (status, answer) = send(Method::DELETE, "/graphql", &[], Vec::new()).await;
    assert_eq!((status, code(&answer)), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn queries_may_be_got() {
    let url = world().url("/graphql?query=%7B__typename%7D");
    let mut answer: Value = reqwest::get(url).await.expect("an answer").json().await.expect("JSON");
    without_cost(&mut answer);
    assert_eq!(answer, json!({ "data": { "__typename": "Query" } }));
}

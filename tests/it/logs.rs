//! What a serving process says of requests: to its log, and in figures.

use std::time::Duration;

use serde_json::json;

use crate::process::Process;

/// The next line of the log that has this in it.
fn next_line(server: &Process, with: &str) -> String {
    loop {
        let line = server.log.recv_timeout(Duration::from_secs(20));
        let line = line.unwrap_or_else(|error| panic!("no line with {with:?}: {error}"));
        if line.contains(with) {
            return line;
        }
    }
}

#[tokio::test]
async fn a_request_leaves_one_line_and_no_stranger_writes_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), "warn,grounds::access=info");
    let forged = "\n2026-01-01T00:00:00Z  INFO grounds::access: forged\u{1b}[2J";
    let body = json!({"query": "{ secret(text: \"secret\") }", "operationName": forged, "variables": {"a": "secret"}});
    let client = reqwest::Client::new();
    let request = client.post(&server.url).header("x-request-id", "forged id").json(&body);
    let answer = request.send().await.expect("an answer");
    let id = answer.headers()["x-request-id"].to_str().expect("ASCII").to_owned();
    let line = next_line(&server, "forged");
    for part in ["INFO grounds::access: ", &*id, "route=\"/graphql\"", "status=200", "OPERATION_RESOLUTION_FAILURE"] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    assert!(!line.starts_with("2026-01-01") && !line.contains(char::is_control), "{line:?}");
    assert!(!line.contains("secret"), "{line}");
    assert!(!id.contains(' '), "{id}");

    let request = client
        .post(&server.url)
        .header("x-request-id", "my-id")
        .json(&json!({"query": "query My { laws { totalCount } }"}));
    request.send().await.expect("an answer");
    let line = next_line(&server, "grounds::access");
    for part in ["request_id=\"my-id\"", "operation_name=\"My\"", " cost=1 ", "duration_ms="] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    assert!(!line.contains("forged"), "nothing came between: {line}");
}

#[tokio::test]
async fn a_log_for_programs_is_a_json_object_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = ["--log", "info", "--set", "log_format=json", "--set", "log_variables=true"];
    let server = Process::start_with(folder.path(), &settings);
    let query = "query Named($slug: String!) { law(slug: $slug) { name } }";
    let body = json!({"query": query, "variables": {"slug": "no \"such\"\nlaw"}});
    let request = reqwest::Client::new().post(&server.url).header("x-request-id", "my-id").json(&body);
    request.send().await.expect("an answer");
    loop {
        let line = server.log.recv_timeout(Duration::from_secs(20)).expect("a line of the request");
        let event: serde_json::Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(event["timestamp"].is_string() && event["level"].is_string(), "{line}");
        if event["target"] != "grounds::access" {
            continue;
        }
        for (key, value) in [
            ("request_id", json!("my-id")),
            ("operation_name", json!("Named")),
            ("status", json!(200)),
            ("cost", json!(1)),
        ] {
            assert_eq!(event[key], value, "{line}");
        }
        assert!(event["duration_ms"].as_f64() > Some(0.0), "{line}");
        let variables = event["variables"].as_str().expect("they were asked for");
        let variables: serde_json::Value = serde_json::from_str(variables).expect("JSON");
        assert_eq!(variables, body["variables"]);
        break;
    }
}

/// The value of a figure, with its labels.
fn figure(text: &str, name: &str) -> f64 {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} has no value in\n{text}"))
}

#[tokio::test]
async fn figures_of_a_process_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), "warn");
    server.data("query Named { laws(first: 20) { nodes { summary } } }").await;
    let watching =
        reqwest::Client::new().get(format!("{}?query=subscription%7BgraphChanged%7Bversion%7D%7D", server.url));
    let watching = watching.header("accept", "text/event-stream").send().await.expect("an answer");
    assert_eq!(watching.status().as_u16(), 200);
    let address = server.at("/metrics");
    let answer = reqwest::get(&address).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text().await.expect("a body");
    for (name, value) in [
        (concat!("grounds_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"}"), 1.0),
        ("grounds_graphql_requests_total{operation=\"Named\",type=\"query\",outcome=\"executed\"}", 1.0),
        ("grounds_graphql_duration_seconds_count{operation=\"Named\"}", 1.0),
        ("grounds_graphql_cost_sum{operation=\"Named\"}", 21.0),
        ("grounds_graphql_cost_count{operation=\"Named\"}", 1.0),
        ("grounds_store_duration_seconds_count{operation=\"entity_texts\"}", 1.0),
        ("grounds_http_requests_total{route=\"/graphql\",method=\"POST\",status=\"200\"}", 1.0),
        ("grounds_snapshot_version", 1.0),
        ("grounds_live_connections{transport=\"sse\"}", 1.0),
    ] {
        assert_eq!(figure(&text, name).to_string(), value.to_string(), "{name} in\n{text}");
    }
    for name in [
        "grounds_graphql_duration_seconds_sum{operation=\"Named\"}",
        "grounds_store_duration_seconds_sum{operation=\"entity_texts\"}",
        "grounds_snapshot_load_seconds",
        "grounds_snapshot_age_seconds",
        "grounds_snapshot_loaded_timestamp_seconds",
    ] {
        assert!(figure(&text, name) > 0.0, "{name} in\n{text}");
    }
    // The steps tell costs apart: this one lies between two of them, and not beyond all.
    let steps = text.lines().filter(|line| line.starts_with("grounds_graphql_cost_bucket{operation=\"Named\",le=\""));
    let steps: Vec<_> = steps.filter(|line| !line.contains("+Inf")).map(|line| line.ends_with(" 1")).collect();
    assert!(steps.contains(&false) && steps.last() == Some(&true), "{text}");
    drop(watching);
}

//! What an operation costs, and the limits, as clients see them.

use std::path::PathBuf;
use std::time::Duration;

use async_graphql::Value as GraphqlValue;
use grounds::graphql::{Answers as _, Api, ExecutionLimits, Request};
use grounds::model::Sha256;
use reqwest::{Client, Url};
use serde_json::{Value, json};

use crate::golden::files_below;
use crate::server::{Server, kratom, world};

const GRAPHQL: &str = "application/graphql-response+json";

/// The whole answer, extensions and all.
async fn whole(server: &Server, body: &Value) -> (u16, Value) {
    let request = Client::new().post(server.url("/graphql")).header("accept", GRAPHQL).json(body);
    let answer = request.send().await.expect("the server answers");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

async fn cost(server: &Server, query: &str) -> Value {
    let (_, mut answer) = whole(server, &json!({ "query": query })).await;
    answer["extensions"]["cost"].take()
}

#[tokio::test]
async fn every_answer_tells_what_it_cost() {
    for (query, estimated, objects) in [
        ("{ __typename }", 0, 0),
        ("{ law(slug: \"bill-7\") { name } }", 1, 0),
        ("{ laws(first: 2) { totalCount nodes { name } } }", 3, 2),
        ("query($n: Int = 2) { laws(first: $n) { nodes { name } edges { node { name } } } }", 7, 2),
        ("{ nodes(ids: [\"law/bill-7\", \"law/no\"]) { id } }", 2, 0),
    ] {
        let expected = json!({ "estimated": estimated, "max": 1_000_000, "objects": objects });
        assert_eq!(cost(world(), query).await, expected, "{query}");
    }
    let with_an_error =
        "{ law(slug: \"bill-7\") { name } path(from: \"law/x\", to: \"law/y\", maxHops: 99) { length } }";
    assert_eq!(cost(world(), with_an_error).await["estimated"], 2);
    assert_eq!(cost(world(), "{ nothing }").await, Value::Null, "nothing was executed");
}

#[tokio::test]
async fn what_could_cost_too_much_is_refused_before_it_is_executed() {
    let within = |inner: &str| format!("neighbors(first: 100) {{ nodes {{ {inner} }} }}");
    let query = (0..3).fold("id".to_owned(), |inner, _| within(&inner));
    let (status, answer) =
        whole(kratom(), &json!({ "query": format!("{{ claims(first: 100) {{ nodes {{ {query} }} }} }}") })).await;
    let actual = 1 + 100 * (2 + 100 * (2 + 100 * (2 + 100)));
    assert_eq!(status, 400, "{answer}");
    let extensions = json!({ "code": "LIMIT_EXCEEDED", "limit": "cost", "max": 1_000_000, "actual": actual });
    assert_eq!(answer["errors"][0]["extensions"], extensions);
    let message = answer["errors"][0]["message"].as_str().expect("a sentence");
    assert!(message.ends_with("ask for smaller pages, or for fewer lists within lists."), "{message}");
}

/// Lists within lists grow with each level. Where nobody can know before how long they are, what the answer holds is
/// counted while it is made.
#[tokio::test]
async fn answers_that_hold_too_much_are_stopped_while_they_are_made() {
    let within = |inner: &str| format!("neighbors(first: 100) {{ nodes {{ {inner} }} }}");
    let query = (0..5).fold("id".to_owned(), |inner, _| within(&inner));
    let query = format!("{{ claims(first: 100) {{ nodes {{ {query} }} }} }}");
    let time = Duration::from_mins(10);
    let defaults = ExecutionLimits { cost: u64::MAX, time, ..ExecutionLimits::default() };
    for (limit, limits) in [
        ("objects", ExecutionLimits { answer_fields: u64::MAX, ..defaults }),
        // Thirteen fields.
        ("answer_fields", defaults),
    ] {
        let api = Api::new(kratom().app.clone(), limits);
        let answer = api.execute(Request { query: query.clone(), ..Request::default() }).await;
        assert_eq!(answer.response.data, GraphqlValue::Null);
        let extensions = serde_json::to_value(&answer.response.errors[0].extensions).expect("JSON");
        assert_eq!((&extensions["code"], &extensions["limit"]), (&json!("LIMIT_EXCEEDED"), &json!(limit)));
        assert!(extensions["actual"].as_u64() > extensions["max"].as_u64(), "{extensions}");
        assert_eq!(serde_json::json!(answer.response.errors[0].path)[0], "claims", "{answer:?}");
    }
    let (status, answer) =
        kratom().ask("{ claims(first: 100) { nodes { neighbors(first: 100) { nodes { id } } } } }", Value::Null).await;
    assert!(status == 200 && answer.get("errors").is_none(), "a page of pages is well within: {answer}");
}

/// Whatever a limit is set to, it is told.
#[tokio::test]
async fn the_limits_can_be_asked_for() {
    let data = world().data("{ graph { limits { name max unit description } } }").await;
    let told = data["graph"]["limits"].as_array().expect("a list");
    let table = ExecutionLimits::default().table();
    assert!(table.len() > 25);
    assert_eq!(told.len(), table.len());
    for (told, limit) in told.iter().zip(table) {
        let expected =
            json!({ "name": limit.name, "max": limit.max, "unit": limit.unit, "description": limit.description });
        assert_eq!(told, &expected);
    }
}

/// What the product itself asks passes with the defaults.
#[tokio::test]
async fn the_golden_queries_and_those_of_the_page_are_within_the_limit() {
    let mut costs = Vec::new();
    let mut n_of_the_page = 0;
    for (path, query) in documents("tests/queries") {
        // Variables only where there are some: the default page stands for the others.
        let variables = std::fs::read_to_string(path.with_extension("variables.json"));
        let variables: Value = variables.map_or(json!({}), |text| serde_json::from_str(&text).expect("JSON"));
        let of_the_corpora =
            ["worked", "questions"].iter().any(|theme| path.parent().is_some_and(|it| it.ends_with(theme)));
        let server = if of_the_corpora { kratom() } else { world() };
        let (_, answer) = whole(server, &json!({ "query": query, "variables": variables })).await;
        assert_ne!(answer["errors"][0]["extensions"]["limit"], "cost", "{}", path.display());
        if let Some(estimated) = answer["extensions"]["cost"]["estimated"].as_u64() {
            costs.push((estimated, path));
        }
    }
    let of_the_page = documents("web/src");
    let fragments: String = of_the_page.iter().map(|(_, text)| fragments_of(text)).collect();
    for (path, text) in &of_the_page {
        for operation in operations_of(text) {
            n_of_the_page += 1;
            let used = used_fragments(&operation, &fragments);
            let (_, answer) =
                whole(kratom(), &json!({ "query": format!("{operation}\n{used}"), "variables": page_variables() }))
                    .await;
            let estimated = answer["extensions"]["cost"]["estimated"].as_u64();
            let estimated = estimated.unwrap_or_else(|| panic!("{}: {operation}\n{answer:#}", path.display()));
            costs.push((estimated, path.clone()));
        }
    }
    costs.sort_unstable();
    assert!(costs.len() > 100 && n_of_the_page >= 8, "{} and {n_of_the_page}", costs.len());
    let (most, path) = costs.last().expect("there are many");
    assert!(*most <= ExecutionLimits::default().cost, "{}: {most}", path.display());
}

fn documents(folder: &str) -> Vec<(PathBuf, String)> {
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).expect("it was listed"));
    files_below(folder, "graphql").into_iter().map(read).collect()
}

/// The definitions of a file, each of which begins at the start of a line and ends with a bracket there.
fn definitions(text: &str) -> Vec<String> {
    let mut definitions = vec![String::new()];
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let last = definitions.last_mut().expect("it never gets empty");
        last.push_str(line);
        last.push('\n');
        if line.starts_with('}') {
            definitions.push(String::new());
        }
    }
    definitions.retain(|definition| !definition.trim().is_empty());
    definitions
}

fn operations_of(text: &str) -> Vec<String> {
    definitions(text).into_iter().filter(|definition| !definition.trim_start().starts_with("fragment")).collect()
}

fn fragments_of(text: &str) -> String {
    definitions(text).into_iter().filter(|definition| definition.trim_start().starts_with("fragment")).collect()
}

/// Those of `fragments` that an operation spreads, directly or not.
fn used_fragments(operation: &str, fragments: &str) -> String {
    let all = definitions(fragments);
    let mut used: Vec<&String> = Vec::new();
    let mut text = operation.to_owned();
    loop {
        let next = all.iter().find(|fragment| {
            let name = fragment.split_whitespace().nth(1).expect("a fragment has a name");
            let spread = format!("...{name}");
            !used.contains(fragment) && text.split_whitespace().any(|word| word == spread)
        });
        let Some(next) = next else { break };
        text.push_str(next);
        used.push(next);
    }
    used.into_iter().cloned().collect()
}

/// Large values for the variables of the page's operations: the size of each list as large as the page asks for.
fn page_variables() -> Value {
    let id = "law/kratom-consumer-protection-act";
    json!({
        "of": id, "id": id, "from": id, "to": id, "ids": [id], "among": [id, "topic/safety"], "slug": "x",
        "query": "kratom", "first": 50, "limit": 200, "kinds": ["LAW"], "laws": [id], "about": id,
        "organizations": ["organization/american-kratom-association", "organization/fda"],
    })
}

fn named(query: &str) -> Value {
    let digest = Sha256::of(query.as_bytes()).to_string();
    json!({ "persistedQuery": { "version": 1, "sha256Hash": digest } })
}

#[tokio::test]
async fn a_document_is_sent_once_and_then_asked_for_by_its_digest() {
    let query = "query Persisted($slug: String!) { law(slug: $slug) { slug } }";
    let variables = json!({ "slug": "bill-7" });
    let by_digest = json!({ "variables": variables, "extensions": named(query) });
    let (status, answer) = whole(world(), &by_digest).await;
    let expected = json!({ "errors": [{ "message": "PersistedQueryNotFound", "extensions": { "code": "PERSISTED_QUERY_NOT_FOUND" } }] });
    assert_eq!((status, answer), (400, expected.clone()));
    // As the clients of Apollo expect it.
    let request = Client::new().post(world().url("/graphql")).header("accept", "application/json").json(&by_digest);
    let answer = request.send().await.expect("the server answers");
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.json::<Value>().await.expect("JSON"), expected);

    let data = json!({ "law": { "slug": "bill-7" } });
    let (_, answer) =
        whole(world(), &json!({ "query": query, "variables": variables, "extensions": named(query) })).await;
    assert_eq!(answer["data"], data, "{answer}");
    let (status, answer) = whole(world(), &by_digest).await;
    assert_eq!((status, &answer["data"]), (200, &data));
    let parameters = [("variables", variables.to_string()), ("extensions", named(query).to_string())];
    let address = Url::parse_with_params(&world().url("/graphql"), &parameters).expect("an address");
    let answer: Value = reqwest::get(address).await.expect("an answer").json().await.expect("JSON");
    assert_eq!(answer["data"], data);
}

#[tokio::test]
async fn what_is_no_good_document_is_not_kept() {
    for (query, code) in [
        ("{ nothing persisted }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ persisted(", "GRAPHQL_PARSE_FAILED"),
        ("mutation Persisted { write }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let (_, answer) = whole(world(), &json!({ "query": query, "extensions": named(query) })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        let (_, answer) = whole(world(), &json!({ "extensions": named(query) })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "PERSISTED_QUERY_NOT_FOUND", "{answer}");
    }
    let (status, answer) =
        whole(world(), &json!({ "query": "{ __typename }", "extensions": named("{ a: __typename }") })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (400, &json!("BAD_REQUEST")), "{answer}");
    let (status, answer) =
        whole(world(), &json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "x" } } })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (400, &json!("BAD_REQUEST")), "{answer}");
}

//! Documents that go round and round, and questions about the whole graph, on a server that does not mind what they could
//! cost: what they do cost is counted and timed while they are answered.

use std::time::{Duration, Instant};

use serde_json::json;

use super::target::{Answer, PATIENCE, Target};

/// On top of the patience with which everything is answered: the limits of time are looked at now and then.
const MARGIN: Duration = Duration::from_secs(3);

/// Documents whose cost is below the limit as it is by default.
pub(super) async fn within_the_cost(target: &Target) {
    ask_all(target, [roundabouts(20, 1), roundabouts(70, 1), questions()].concat()).await;
}

/// Documents that are refused for their cost unless that is as good as unlimited.
pub(super) async fn beyond_the_cost(target: &Target) {
    ask_all(target, [roundabouts(30, 2), roundabouts(50, 2)].concat()).await;
}

async fn ask_all(target: &Target, cases: Vec<(String, String)>) {
    for (what, document) in cases {
        let start = Instant::now();
        let body = json!({ "query": document });
        let answer = target.client().post(target.url()).json(&body).send().await;
        let answer = answer.unwrap_or_else(|_| target.is_gone(&what));
        let status = answer.status().as_u16();
        let answer = Answer { status, text: answer.text().await.unwrap_or_default() };
        let took = start.elapsed();
        println!("{what}: {status} after {took:?}, {} bytes: {:?}", answer.text.len(), answer.refusal());
        if took > PATIENCE + MARGIN {
            target.wrong(format!("{what}: took {took:?}"));
        }
        target.judge_text(&what, &answer);
        check(target, &what, &answer);
        target.count("heavy", 1);
        target.assert_well(&what).await;
    }
}

/// Answered, or stopped by a limit that names itself.
fn check(target: &Target, what: &str, answer: &Answer) {
    let (code, limit) = answer.refusal();
    let is_stopped = match (code.as_str(), limit.as_str()) {
        ("LIMIT_EXCEEDED", "objects" | "answer_fields" | "visits")
        | ("TIMEOUT", "time" | "computation_time" | "sql_time") => true,
        ("", "") => false,
        _ => {
            target.wrong(format!("{what}: {} {:.300}", answer.status, answer.text));
            false
        }
    };
    if is_stopped && !answer.json()["errors"][0]["extensions"]["max"].is_number() {
        target.wrong(format!("{what}: a limit without its number: {:.300}", answer.text));
    }
    if answer.status != if code == "TIMEOUT" && !answer.was_executed() { 504 } else { 200 } {
        target.wrong(format!("{what}: {} {:.300}", answer.status, answer.text));
    }
    target.count("stopped", usize::from(is_stopped));
}

/// From lists to lists and back, in pages of so many, so many times.
fn roundabouts(first: u32, n: usize) -> Vec<(String, String)> {
    let page = format!("(first: {first}) {{ nodes {{ ");
    // Each step stands within the last.
    let within = |root: &str, step: &str, leaf: &str| {
        let step = step.replace("* ", &page);
        let n_brackets = step.matches('{').count() * n;
        format!("{{ {root}{page}{}{leaf}{} }} }} }}", step.repeat(n), " }".repeat(n_brackets))
    };
    let cases = [
        ("neighbors", within("claims", "neighbors* neighbors* ", "id")),
        ("neighbors with texts", within("claims", "neighbors* neighbors* ", "id name summary")),
        ("organizations and laws", within("organizations", "supports* supporters* ", "name summary")),
        ("statements of their ends", within("statements", "subject { statements* ", "id note")),
        ("citations of citations", within("statements", "citations { document { statements* ", "id")),
        ("quotes in documents", within("documents", "statements* citations { quote document { ", "title")),
        ("what studies back", within("claims", "backedBy* backs* ", "name summary")),
        ("what claims hang on", within("claims", "backedBy* backs* ", "assessment { verdict }")),
    ];
    cases.map(|(what, document)| (format!("{what}, {n} times {first}"), document)).to_vec()
}

/// Questions about the whole graph, many at once and each a little different from the last.
fn questions() -> Vec<(String, String)> {
    let many = |part: &dyn Fn(usize) -> String| format!("{{ {} }}", (0..10).map(part).collect::<String>());
    let cases = [
        (
            "whole subgraphs",
            many(&|i| {
                format!(
                    "a{i}: neighborhood(of: \"topic/safety\", depth: 5, limit: {}) {{ entities {{ id name summary }} \
                     statements {{ id note }} }} ",
                    2_000 - i
                )
            }),
        ),
        (
            "all walks",
            many(&|i| {
                format!(
                    "a{i}: paths(from: \"topic/safety\", to: \"organization/american-kratom-association\", first: {}, \
                     maxHops: 10) {{ statements {{ id }} }} ",
                    50 - i
                )
            }),
        ),
        (
            "rankings",
            many(&|i| format!("a{i}: ranking(by: BETWEENNESS, first: {}) {{ rank entity {{ name }} }} ", 100 - i)),
        ),
        (
            "coalitions, conflicts and components",
            "{ coalitions(minShared: 1, first: 100) { members(first: 100) { nodes { name summary } } } \
             conflicts(first: 100) { nodes { id sides { statements(first: 100) { id } } } } \
             components(minSize: 1, first: 100) { nodes { entities(first: 100) { nodes { name } } } } }"
                .to_owned(),
        ),
    ];
    cases.map(|(what, document)| (what.to_owned(), document)).to_vec()
}

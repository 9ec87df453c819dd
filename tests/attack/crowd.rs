//! Many at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt as _, stream};
use reqwest::Client;
use serde_json::{Value, json};

use super::target::{self, Answer, PATIENCE, Target};

/// Requests at once.
const CROWD: usize = 200;
/// By how much they may let the server grow while they last, all together: some 600 KiB each.
pub(super) const GROWTH_MAX_KIB: u64 = 2 * target::GROWTH_MAX_KIB;

/// What takes long, each a little different from the last, so that nothing that was kept helps.
fn heavy(i: usize) -> (&'static str, Value) {
    let n = i % 7 + 1;
    match i % 5 {
        0 => (
            "query($n: Int) { paths(from: \"law/bill-7\", to: \"topic/bees\", first: $n, maxHops: 10) { statements { id } } }",
            json!({ "n": n * 7 }),
        ),
        1 => (
            "query($n: Int) { neighborhood(of: \"topic/moonmint\", depth: 5, limit: 200) { entities { id name } statements { id } } ranking(by: PAGE_RANK, first: $n) { rank } }",
            json!({ "n": n }),
        ),
        2 => (
            "query($n: Int) { laws(first: $n) { nodes { supporters(first: 20) { nodes { name summary } } statements(first: 20) { nodes { citations { document { title } } } } } } }",
            json!({ "n": n }),
        ),
        3 => (
            "query($t: String!) { search(query: $t, first: 20) { totalCount nodes { id } } }",
            json!({ "t": format!("moonmint k{n}") }),
        ),
        _ => (
            "query($n: Int) { components(first: $n, minSize: 1) { totalCount } conflicts(first: $n) { totalCount } }",
            json!({ "n": n }),
        ),
    }
}

pub(super) async fn attack(target: &Target) {
    let n_answered = AtomicUsize::new(0);
    // Who goes away afterwards; what the server keeps for a connection goes with it.
    let client = Client::builder().timeout(PATIENCE * 6).build().expect("a client");
    stream::iter(0..CROWD)
        .for_each_concurrent(CROWD, async |i| {
            let (query, variables) = heavy(i);
            let request = client.post(target.url()).json(&json!({ "query": query, "variables": variables }));
            // How long two hundred wait for each other is the machine's affair; that each is answered is the server's.
            match request.send().await {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    let answer = Answer { status, text: answer.text().await.unwrap_or_default() };
                    target.judge_text(&format!("one of {CROWD}"), &answer);
                    let has_errors = answer.json()["errors"].is_array();
                    // A limit of time is what is tried here.
                    let is_too_late = has_errors && answer.refusal().0 == "TIMEOUT";
                    if !is_too_late && (status != 200 || has_errors) {
                        target.wrong(format!("one of {CROWD}: {status} {:.200}", answer.text));
                    }
                    n_answered.fetch_add(usize::from(answer.was_executed() && !has_errors), Ordering::Relaxed);
                }
                Err(error) => target.wrong(format!("one of {CROWD}: {error:?}")),
            }
            target.count("crowd", 1);
        })
        .await;
    drop(client);
    let n_answered = n_answered.into_inner();
    if n_answered < CROWD / 2 {
        target.wrong(format!("of {CROWD} only {n_answered} were answered"));
    }
    target.assert_well("a crowd").await;
}

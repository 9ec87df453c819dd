//! Many at once.

use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};

use super::target::Target;

/// Requests at once.
const CROWD: usize = 200;

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
    stream::iter(0..CROWD)
        .for_each_concurrent(CROWD, async |i| {
            let (query, variables) = heavy(i);
            let request = target.client().post(target.url()).json(&json!({ "query": query, "variables": variables }));
            // How long two hundred wait for each other is the machine's affair; that each is answered is the server's.
            match request.send().await {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    let text = answer.text().await.unwrap_or_default();
                    // A limit of time is what is tried here.
                    if status != 200 && status != 504 {
                        target.wrong(format!("one of {CROWD}: {status} {text:.200}"));
                    }
                    let is_json = serde_json::from_str::<Value>(&text).is_ok();
                    if !is_json
                        || text.contains("INTERNAL")
                        || text.contains("BAD_USER_INPUT")
                        || text.contains("VALIDATION")
                    {
                        target.wrong(format!("one of {CROWD}: {text:.200}"));
                    }
                }
                Err(error) => target.wrong(format!("one of {CROWD}: {error:?}")),
            }
            target.count("crowd", 1);
        })
        .await;
    target.assert_well("a crowd").await;
}

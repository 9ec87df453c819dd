//! Pages forwards are pages backwards are everything, through the API.

use serde_json::{Value, json};

use crate::server::kratom;

const PAGE: &str = "query Page($first: Int, $after: String, $last: Int, $before: String) {
  claims(first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}";

async fn page(variables: Value) -> Value {
    let (status, mut answer) = kratom().ask(PAGE, variables).await;
    assert!(status == 200 && answer.get("errors").is_none(), "{answer:#}");
    answer["data"]["claims"].take()
}

fn ids(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().expect("edges are a list");
    let ids: Vec<_> = edges.iter().map(|edge| edge["node"]["id"].as_str().expect("an id").to_owned()).collect();
    let nodes = page["nodes"].as_array().expect("nodes are a list").iter();
    assert!(nodes.eq(edges.iter().map(|edge| &edge["node"])), "nodes are the edges' nodes");
    ids
}

#[tokio::test]
async fn pages_forwards_are_pages_backwards_are_everything() {
    let everything = page(json!({ "first": 100 })).await["totalCount"].as_u64().expect("a number");
    assert!(everything > 100, "the test needs more than a page of claims");
    for size in [7, 100] {
        let (mut forwards, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = page(json!({ "first": size, "after": after })).await;
            assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!forwards.is_empty()));
            forwards.extend(ids(&page));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        let (mut backwards, mut before) = (Vec::new(), Value::Null);
        loop {
            let page = page(json!({ "last": size, "before": before })).await;
            assert_eq!(page["pageInfo"]["hasNextPage"], json!(!backwards.is_empty()));
            backwards.splice(0..0, ids(&page));
            before = page["pageInfo"]["startCursor"].clone();
            if page["pageInfo"]["hasPreviousPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(forwards.len() as u64, everything);
        assert_eq!(forwards, backwards);
    }
}

#[tokio::test]
async fn a_cursor_outlives_a_new_snapshot() {
    let first = page(json!({ "first": 3 })).await;
    kratom().app.reload().await.expect("the store is there");
    let next = page(json!({ "first": 1, "after": first["pageInfo"]["endCursor"] })).await;
    let four = page(json!({ "first": 4 })).await;
    assert_eq!(ids(&next)[..], ids(&four)[3..]);
}

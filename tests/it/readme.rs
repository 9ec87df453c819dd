//! The README's worked answers are excerpts of the golden ones: things are left out, nothing is changed.

use std::fs;

use serde_json::Value;

use crate::server::{kratom, root};

/// Whether `excerpt` is `whole` with fields and list elements left out.
fn is_excerpt(excerpt: &Value, whole: &Value) -> bool {
    match (excerpt, whole) {
        (Value::Object(excerpt), Value::Object(whole)) => {
            excerpt.iter().all(|(key, value)| whole.get(key).is_some_and(|whole| is_excerpt(value, whole)))
        }
        (Value::Array(excerpt), Value::Array(whole)) => {
            let mut whole = whole.iter();
            excerpt.iter().all(|element| whole.any(|whole| is_excerpt(element, whole)))
        }
        _ => excerpt == whole,
    }
}

#[test]
fn the_worked_answers_are_excerpts_of_the_golden_ones() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there");
    let mut n_answers = 0;
    for part in readme.split("[answer](").skip(1) {
        let (path, rest) = part.split_once(')').expect("a link ends");
        let (_, rest) = rest.split_once("```json\n").expect("an answer follows");
        let (excerpt, _) = rest.split_once("```").expect("the answer ends");
        let excerpt: Value = serde_json::from_str(excerpt).unwrap_or_else(|error| panic!("{path}: {error}: {excerpt}"));
        let golden = fs::read_to_string(root().join(path)).expect("the link leads somewhere");
        let golden: Value = serde_json::from_str(&golden).expect("a golden answer is JSON");
        assert!(is_excerpt(&excerpt, &golden), "README.md shows another answer than {path}:\n{excerpt:#}");
        n_answers += 1;
    }
    assert_eq!(n_answers, 15);
}

/// Those shown are shorter than the ones behind the links; who copies one gets what stands below it.
#[tokio::test]
async fn the_queries_that_are_shown_give_the_answers_that_are_shown() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there");
    let mut n_queries = 0;
    for part in readme.split("```graphql\n").skip(1) {
        let (query, rest) = part.split_once("```").expect("the query ends");
        let (_, rest) = rest.split_once("```json\n").expect("an answer follows");
        let (excerpt, _) = rest.split_once("```").expect("the answer ends");
        let excerpt: Value = serde_json::from_str(excerpt).expect("the answer is JSON");
        let (_, answer) = kratom().ask(query, Value::Null).await;
        assert!(
            is_excerpt(&excerpt, &answer),
            "README.md shows another answer than its query gives:\n{query}\n{answer:#}"
        );
        n_queries += 1;
    }
    assert_eq!(n_queries, 11);
}

#[test]
fn an_excerpt_leaves_out_and_changes_nothing() {
    let whole: Value = serde_json::json!({ "a": [1, { "b": 2, "c": 3 }], "d": null });
    assert!(is_excerpt(&serde_json::json!({ "a": [{ "c": 3 }] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "a": [{ "c": 4 }] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "a": [{ "c": 3 }, 1] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "e": null }), &whole));
}

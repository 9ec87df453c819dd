//! A request sees one snapshot; what the store has lost meanwhile is null, with an error beside the data.

use std::sync::Arc;

use grounds::app::{self, App, CorpusFiles};
use grounds::format::SourceFile;
use grounds::graphql::{Answers as _, Api, ExecutionLimits, Request};
use grounds::model::Slug;
use grounds::store::Store;
use jiff::Timestamp;
use serde_json::{Value, json};

fn corpus(text: &str) -> Vec<CorpusFiles> {
    let default_name = Slug::parse("town").expect("a slug");
    vec![CorpusFiles { default_name, files: vec![SourceFile { name: "town.toml".into(), text: text.to_owned() }] }]
}

async fn import(store: &Store, text: &str) {
    let imported = app::import(store, &corpus(text), None, "a test", Timestamp::UNIX_EPOCH).await;
    imported.unwrap_or_else(|error| panic!("{error}"));
}

async fn ask(api: &Api, query: &str) -> Value {
    let answer = api.execute(Request { query: query.to_owned(), ..Request::default() }).await;
    serde_json::to_value(&answer.response).expect("an answer is JSON")
}

const BEFORE: &str = "
[[law]]
slug = \"old\"
name = \"Old law\"
type = \"STATUTE\"
summary = \"It is old.\"
";
const AFTER: &str = "
[[law]]
slug = \"new\"
name = \"New law\"
type = \"STATUTE\"
";

#[tokio::test]
async fn a_snapshot_answers_until_it_is_swapped_and_what_is_gone_is_null() {
    let store = Store::open("sqlite::memory:").await.expect("a database in memory");
    import(&store, BEFORE).await;
    let app = Arc::new(App::load(store).await.expect("loads"));
    let api = Api::new(app.clone(), ExecutionLimits::default());
    let query = "{ old: law(slug: \"old\") { name summary aliases } new: law(slug: \"new\") { name } }";
    let whole = json!({ "old": { "name": "Old law", "summary": "It is old.", "aliases": [] }, "new": null });
    assert_eq!(ask(&api, query).await["data"], whole);

    let held = app.current();
    import(app.store(), AFTER).await;
    let answer = ask(&api, "{ law(slug: \"old\") { name again: summary } }").await;
    assert_eq!(answer["data"], json!({ "law": { "name": "Old law", "again": null } }), "the parent stays: {answer}");
    let error = &answer["errors"][0];
    assert_eq!((&error["path"], &error["extensions"]["code"]), (&json!(["law", "again"]), &json!("SNAPSHOT_CHANGED")));
    let answer = ask(&api, query).await;
    assert_eq!(answer["data"]["old"], Value::Null, "a field that cannot be null makes its parent null: {answer}");

    app.reload().await.expect("the store is there");
    assert_eq!(held.snapshot.counts().n_entities, 1, "who holds the old snapshot goes on seeing it");
    let answer = ask(&api, "{ old: law(slug: \"old\") { name } new: law(slug: \"new\") { name } }").await;
    assert_eq!(answer["data"], json!({ "old": null, "new": { "name": "New law" } }));
}

//! The specification's rules of validation and execution (October 2021, chapters 5 and 6), on the real schema: where
//! the library departs from them, and where it must not begin to.

use serde_json::{Value, json};

use crate::server::world;

/// The data that a document must give, in the order of its fields.
async fn gives(query: &str, variables: Value, data: &Value) {
    let (status, answer) = world().ask(query, variables).await;
    assert_eq!((status, answer.get("errors")), (200, None), "{query}: {answer:#}");
    assert_eq!(answer["data"].to_string(), data.to_string(), "{query}");
}

/// The document is refused before anything is executed, with this code.
async fn refused(query: &str, variables: Value, code: &str) -> String {
    let (status, answer) = world().ask(query, variables).await;
    assert_eq!(status, 400, "{query}: {answer:#}");
    assert!(answer.get("data").is_none(), "{query}: {answer:#}");
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], code, "{query}: {answer:#}");
    error["message"].as_str().expect("an error has a message").to_owned()
}

const INVALID: &str = "GRAPHQL_VALIDATION_FAILED";
const BAD_INPUT: &str = "BAD_USER_INPUT";

#[tokio::test]
async fn documents_that_break_a_rule_of_validation_are_refused() {
    let documents = [
        // 5.2 operations
        "query A { __typename } query B { a: __typename b }",
        "mutation { write }",
        // 5.3 fields
        "{ nothing }",
        "{ law(slug: \"bill-7\") { nothing } }",
        "{ law(slug: \"bill-7\") }",
        "{ law(slug: \"bill-7\") { name { length } } }",
        "{ nodes(ids: []) { slug } }",
        "{ a: law(slug: \"bill-7\") { name } a: law(slug: \"lantern-act\") { name } }",
        "{ law(slug: \"bill-7\") { name name: slug } }",
        "{ law(slug: \"bill-7\") { name ...F } } fragment F on Law { name: slug }",
        "{ law(slug: \"bill-7\") { laws: neighbors(kinds: [LAW]) { totalCount } laws: neighbors { totalCount } } }",
        "{ law(slug: \"bill-7\") { it: name } law(slug: \"bill-7\") { it: slug } }",
        "{ law(slug: \"bill-7\") { ...F } ...G } fragment F on Law { it: name } \
         fragment G on Query { law(slug: \"bill-7\") { it: slug } }",
        "{ nodes(ids: []) { ... on Law { it: name } ... on Study { it: nNeighbors } } }",
        // 5.4 arguments
        "{ law(slug: \"bill-7\", size: 3) { name } }",
        "{ law { name } }",
        "{ law(slug: null) { name } }",
        "{ law(slug: \"bill-7\", slug: \"bill-7\") { name } }",
        "{ __typename(x: 1) }",
        "{ __typename { name } }",
        // 5.5 fragments
        "{ ...Nowhere }",
        "{ __typename } fragment Unused on Law { name }",
        "{ ...F } fragment F on Nothing { name }",
        "{ ... on Nothing { name } }",
        "{ ... on Direction { name } }",
        "{ ...F } fragment F on ID { name }",
        "{ law(slug: \"bill-7\") { ... on Study { name } } }",
        "{ law(slug: \"bill-7\") { ...F } } fragment F on Study { name }",
        "{ ...F } fragment F on Query { ...F }",
        // 5.6 values
        "{ law(slug: 7) { name } }",
        "{ law(slug: BILL) { name } }",
        "{ laws(first: \"7\") { totalCount } }",
        "{ laws(first: 7.0) { totalCount } }",
        "{ laws(filter: {nothing: 1}) { totalCount } }",
        "{ laws(orderBy: {}) { totalCount } }",
        "{ laws(orderBy: {field: WEIGHT}) { totalCount } }",
        "{ laws(orderBy: []) { totalCount } }",
        "{ law(slug: \"bill-7\") { neighbors(kinds: [LAW, null]) { totalCount } } }",
        // 5.7 directives
        "{ law(slug: \"bill-7\") { name @unknown } }",
        "{ law(slug: \"bill-7\") { name @skip } }",
        "{ law(slug: \"bill-7\") { name @skip(if: 1) } }",
        "{ law(slug: \"bill-7\") { name @skip(if: true, unless: false) } }",
        "{ law(slug: \"bill-7\") { name @skip(if: true) @skip(if: false) } }",
        "query @skip(if: true) { __typename }",
        "{ __typename @unknown }",
        "{ __typename @skip }",
        "{ __typename @skip(if: \"yes\") }",
        "{ __typename @specifiedBy(url: \"x\") }",
        "{ __typename @include(if: $undefined) }",
        "{ ...F } fragment F on Query { __typename @unknown }",
        "{ ... { __typename @include(if: true) @include(if: true) } }",
        // 5.8 variables
        "query($x: Int, $x: Int) { laws(first: $x) { totalCount } }",
        "query($x: Law) { __typename }",
        "query($x: Nothing) { laws(first: $x) { totalCount } }",
        "query($x: Int) { __typename }",
        "{ laws(first: $x) { totalCount } }",
        "query { ...F } fragment F on Query { laws(first: $x) { totalCount } }",
        "query($x: String) { laws(first: $x) { totalCount } }",
        "query($x: [Int]) { laws(first: $x) { totalCount } }",
        "query($x: Boolean) { __typename @skip(if: $x) }",
        "query($x: Int = \"7\") { laws(first: $x) { totalCount } }",
    ];
    let mut accepted = Vec::new();
    for query in documents {
        let (status, answer) = world().ask(query, json!({})).await;
        let code = &answer["errors"][0]["extensions"]["code"];
        if status != 400
            || answer.get("data").is_some()
            || ![INVALID, BAD_INPUT, "OPERATION_RESOLUTION_FAILURE"].iter().any(|it| code == it)
        {
            accepted.push(format!("{query}\n  {status} {answer}"));
        }
    }
    assert!(accepted.is_empty(), "{} of {}:\n{}", accepted.len(), documents.len(), accepted.join("\n"));
}

/// 5.8.5: by the types that are declared, whatever a variable holds, or whether it holds anything.
#[tokio::test]
async fn variables_stand_only_where_their_type_fits() {
    for (query, value) in [
        ("query($x: String) { law(slug: $x) { name } }", json!("bill-7")),
        ("query($x: ID!) { law(slug: $x) { name } }", json!("bill-7")),
        ("query($x: [String!]!) { law(slug: $x) { name } }", json!("bill-7")),
        ("query($x: String!) { node(id: $x) { id } }", json!("law/bill-7")),
        ("query($x: ID!) { nodes(ids: $x) { id } }", json!("law/bill-7")),
        ("query($x: ID) { nodes(ids: [\"law/bill-7\", $x]) { id } }", json!("law/bill-7")),
        ("query($x: String) { law(slug: \"bill-7\") { neighbors(kinds: [$x]) { totalCount } } }", json!("LAW")),
    ] {
        for variables in [json!({ "x": value }), json!({ "x": null }), json!({})] {
            let (status, answer) = world().ask(query, variables).await;
            assert_eq!((status, answer.get("data")), (400, None), "{query}: {answer:#}");
        }
        let (_, answer) = world().ask(query, json!({ "x": value })).await;
        let message = answer["errors"][0]["message"].as_str().expect("a sentence");
        assert!(message.starts_with("The variable `$x` is of type `"), "{query}: {message}");
    }
    for (query, value) in [
        ("query($x: String = \"bill-7\") { law(slug: $x) { name } }", json!("bill-7")),
        ("query($x: Int!) { laws(first: $x) { totalCount } }", json!(1)),
        ("query($x: ID!) { nodes(ids: [$x]) { id } }", json!("law/bill-7")),
    ] {
        let (status, answer) = world().ask(query, json!({ "x": value })).await;
        assert_eq!((status, answer.get("errors")), (200, None), "{query}: {answer:#}");
    }
}

#[tokio::test]
async fn operations_have_names_of_their_own() {
    refused("query A { __typename } query A { __typename }", json!({}), "GRAPHQL_PARSE_FAILED").await;
    refused("{ __typename } query A { __typename }", json!({}), "GRAPHQL_PARSE_FAILED").await;
    refused(
        "{ ...F } fragment F on Query { __typename } fragment F on Query { __typename }",
        json!({}),
        "GRAPHQL_PARSE_FAILED",
    )
    .await;
}

#[tokio::test]
async fn values_in_documents_are_of_their_types() {
    let cases = [
        ("{ laws(first: 2147483648) { totalCount } }", "`first` is 2147483648: it must be an integer of 32 bits."),
        ("{ laws(first: -2147483649) { totalCount } }", "`first` is -2147483649: it must be an integer of 32 bits."),
        (
            "{ law(slug: \"bill-7\") { neighbors(direction: \"OUT\") { totalCount } } }",
            "`direction` is a string: it must be a value of the enum Direction, which is written without quotes.",
        ),
        (
            "{ ...F } fragment F on Query { laws(orderBy: {field: \"NAME\"}) { totalCount } }",
            "`orderBy.field` is a string: it must be a value of the enum EntityOrderField, which is written without quotes.",
        ),
        (
            "query($d: Direction = \"OUT\") { law(slug: \"bill-7\") { neighbors(direction: $d) { totalCount } } }",
            "`$d` is a string: it must be a value of the enum Direction, which is written without quotes.",
        ),
    ];
    for (query, message) in cases {
        assert_eq!(refused(query, json!({}), BAD_INPUT).await, message);
    }
}

#[tokio::test]
async fn variables_are_of_their_types_before_anything_is_executed() {
    let laws = "query($x: Int) { law(slug: \"bill-7\") { name } laws(first: $x) { totalCount } }";
    let law = "query($x: String!) { law(slug: $x) { name } }";
    let order = "query($x: EntityOrder) { laws(orderBy: $x) { totalCount } }";
    let kinds = "query($x: [EntityKind!]) { law(slug: \"bill-7\") { neighbors(kinds: $x) { totalCount } } }";
    let day = "query($x: PartialDate) { law(slug: \"bill-7\") { status(on: $x) } }";
    let skip = "query($x: Boolean!) { __typename @skip(if: $x) }";
    let cases = [
        (laws, json!({"x": "7"}), "`$x` is \"7\": it must be a value of type Int."),
        (laws, json!({"x": 7.5}), "`$x` is 7.5: it must be a value of type Int."),
        (laws, json!({"x": true}), "`$x` is true: it must be a value of type Int."),
        (laws, json!({"x": [7]}), "`$x` is a list: it must be a value of type Int."),
        (laws, json!({"x": 2_147_483_648_u32}), "`$x` is 2147483648: it must be an integer of 32 bits."),
        (law, json!({"x": 7}), "`$x` is 7: it must be a value of type String."),
        (law, json!({"x": null}), "The variable `$x` of type `String!` must have a value that is not null."),
        (law, json!({}), "The variable `$x` of type `String!` must have a value that is not null."),
        (law, json!({"x": "a".repeat(10_001)}), ""),
        (
            order,
            json!({"x": {"field": "WEIGHT"}}),
            "`$x.field` is \"WEIGHT\": it must be a value of the enum EntityOrderField.",
        ),
        (order, json!({"x": {}}), "`$x` is an object without `field`: it must be EntityOrder."),
        (
            order,
            json!({"x": {"field": "NAME", "size": 1}}),
            "`$x` is an object with a field `size`: it must be EntityOrder.",
        ),
        (order, json!({"x": "NAME"}), "`$x` is \"NAME\": it must be an object of type EntityOrder."),
        (kinds, json!({"x": ["LAW", null]}), "`$x[1]` is null: it must be a value of type EntityKind!."),
        (kinds, json!({"x": ["LAW", "BILL"]}), "`$x[1]` is \"BILL\": it must be a value of the enum EntityKind."),
        (skip, json!({"x": "yes"}), "`$x` is \"yes\": it must be a value of type Boolean."),
    ];
    for (query, variables, message) in cases {
        let code = if message.is_empty() { "LIMIT_EXCEEDED" } else { BAD_INPUT };
        let told = refused(query, variables, code).await;
        assert!(message.is_empty() || told == message, "{told}");
    }
    for wrong in [json!("2025-02-30"), json!(2025), json!({})] {
        let told = refused(day, json!({"x": wrong}), BAD_INPUT).await;
        assert!(told.starts_with("`$x`: "), "{told}");
    }
    gives(kinds, json!({"x": "TOPIC"}), &json!({"law": {"neighbors": {"totalCount": 1}}})).await;
}

#[tokio::test]
async fn conditions_are_obeyed_wherever_they_stand() {
    let both = json!({"__typename": "Query", "b": "Query"});
    let one = json!({"b": "Query"});
    for (query, variables, data) in [
        ("{ __typename @skip(if: true) b: __typename }", json!({}), &one),
        ("{ __typename @skip(if: false) b: __typename }", json!({}), &both),
        ("{ __typename @include(if: true) @skip(if: true) b: __typename }", json!({}), &one),
        ("query($x: Boolean!) { __typename @include(if: $x) b: __typename }", json!({"x": false}), &one),
        ("query($x: Boolean = false) { __typename @include(if: $x) b: __typename }", json!({}), &one),
        ("query($x: Boolean = false) { __typename @include(if: $x) b: __typename }", json!({"x": true}), &both),
        (
            "query($x: Boolean! = true) { ...F @skip(if: $x) b: __typename } fragment F on Query { __typename }",
            json!({}),
            &one,
        ),
        ("query($x: Boolean = true) { ... @skip(if: $x) { __typename } b: __typename }", json!({}), &one),
        (
            "query($x: Boolean = true) { ...F b: __typename } fragment F on Query { __typename @skip(if: $x) }",
            json!({}),
            &one,
        ),
    ] {
        gives(query, variables, data).await;
    }
}

#[tokio::test]
async fn variables_without_a_value_leave_the_default_of_the_argument() {
    let query = "query($b: Basis) { law(slug: \"bill-7\") { supporters(basis: $b) { totalCount } } }";
    let (_, by_default) = world().ask("{ law(slug: \"bill-7\") { supporters { totalCount } } }", json!({})).await;
    let (_, both) =
        world().ask("{ law(slug: \"bill-7\") { supporters(basis: null) { totalCount } } }", json!({})).await;
    assert_ne!(by_default, both, "null is not the default");
    gives(query, json!({}), &by_default["data"]).await;
    gives(query, json!({"b": null}), &both["data"]).await;
    let in_object = "query($t: ID, $n: String) { laws(filter: {topic: $t, nameContains: $n}) { totalCount } }";
    let (_, all) = world().ask("{ laws { totalCount } }", json!({})).await;
    gives(in_object, json!({}), &all["data"]).await;
    let in_object =
        "query($d: OrderDirection) { laws(first: 1, orderBy: {field: NAME, direction: $d}) { nodes { name } } }";
    let (_, first) = world().ask("{ laws(first: 1, orderBy: {field: NAME}) { nodes { name } } }", json!({})).await;
    gives(in_object, json!({}), &first["data"]).await;
    let in_list = "query($k: [EntityKind!]) { law(slug: \"bill-7\") { neighbors(kinds: $k) { totalCount } } }";
    let (_, all) = world().ask("{ law(slug: \"bill-7\") { neighbors { totalCount } } }", json!({})).await;
    gives(in_list, json!({}), &all["data"]).await;
}

#[tokio::test]
async fn one_value_stands_for_a_list_of_it() {
    let topics = json!({"law": {"neighbors": {"totalCount": 1}}});
    gives("{ law(slug: \"bill-7\") { neighbors(kinds: TOPIC) { totalCount } } }", json!({}), &topics).await;
    gives("{ nodes(ids: \"law/bill-7\") { id } }", json!({}), &json!({"nodes": [{"id": "law/bill-7"}]})).await;
}

#[tokio::test]
async fn fields_come_in_the_order_of_the_document_and_once() {
    let query = "{ b: law(slug: \"bill-7\") { summary name ...F slug name } a: search(query: \"moonmint\") { totalCount } \
                 __typename b: law(slug: \"bill-7\") { kind } } fragment F on Law { id name }";
    let (_, answer) = world().ask(query, json!({})).await;
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&answer["data"]), ["b", "a", "__typename"], "{answer:#}");
    assert_eq!(keys(&answer["data"]["b"]), ["summary", "name", "id", "slug", "kind"], "{answer:#}");
}

/// The errors of an answer that was executed: their paths.
fn paths(answer: &Value) -> Vec<&Value> {
    answer["errors"].as_array().into_iter().flatten().map(|error| &error["path"]).collect()
}

#[tokio::test]
async fn an_error_makes_the_nearest_nullable_field_null_and_nothing_else() {
    // The field itself may be null.
    let query = "{ path(from: \"law/bill-7\", to: \"law/lantern-act\", maxHops: 99) { length } law(slug: \"bill-7\") { slug } }";
    let (status, answer) = world().ask(query, json!({})).await;
    assert_eq!((status, &answer["data"]), (200, &json!({"path": null, "law": {"slug": "bill-7"}})), "{answer:#}");
    assert_eq!(paths(&answer), [&json!(["path"])]);

    // The field may not, the items of the list may.
    let query = "{ nodes(ids: [\"study/tea-trial\", \"law/bill-7\", \"law/lantern-act\"]) { \
                 id ... on Law { neighbors(first: 101) { totalCount } } } __typename }";
    let (status, answer) = world().ask(query, json!({})).await;
    let data = json!({"nodes": [{"id": "study/tea-trial"}, null, null], "__typename": "Query"});
    assert_eq!((status, &answer["data"]), (200, &data), "{answer:#}");
    assert_eq!(paths(&answer), [&json!(["nodes", 1, "neighbors"]), &json!(["nodes", 2, "neighbors"])]);

    // Nothing on the way may be null.
    let query = "{ all: laws(first: 2) { nodes { near: neighbors(first: 101) { totalCount } } } }";
    let (status, answer) = world().ask(query, json!({})).await;
    assert_eq!((status, &answer["data"]), (200, &Value::Null), "{answer:#}");
    assert_eq!(paths(&answer), [&json!(["all", "nodes", 0, "near"])]);
}

#[tokio::test]
async fn an_error_says_by_its_path_in_which_field_of_which_items_it_arose() {
    // Lists within lists, an alias, a fragment; of an argument that is wrong, a cursor that is none, a page too large.
    for (field, code) in [
        ("near: neighbors(first: -1) { totalCount }", "BAD_USER_INPUT"),
        ("near: neighbors(after: \"none\") { totalCount }", "INVALID_CURSOR"),
        ("near: neighbors(first: 101) { totalCount }", "LIMIT_EXCEEDED"),
    ] {
        let query = format!(
            "{{ claims(first: 2) {{ nodes {{ id statements: neighbors(first: 2) {{ edges {{ node {{ ...F }} }} }} }} }} }} \
             fragment F on Entity {{ ... on Entity {{ {field} }} }}"
        );
        let (status, answer) = world().ask(&query, json!({})).await;
        assert_eq!((status, &answer["data"]), (200, &Value::Null), "{answer:#}");
        let whole = json!(["claims", "nodes", 0, "statements", "edges", 0, "node", "near"]);
        assert_eq!(paths(&answer), [&whole], "{answer:#}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer:#}");
    }
}

#[tokio::test]
async fn the_schema_tells_of_itself() {
    let named =
        "{ __type(name: \"PartialDate\") { kind name specifiedByURL } none: __type(name: \"Nothing\") { name } }";
    let url = "https://www.loc.gov/standards/datetime/";
    let data = json!({"__type": {"kind": "SCALAR", "name": "PartialDate", "specifiedByURL": url}, "none": null});
    gives(named, json!({}), &data).await;
    let deprecated = "{ __type(name: \"EntityOrder\") { inputFields(includeDeprecated: true) { name defaultValue } \
                      fields(includeDeprecated: true) { name } } \
                      __schema { directives { name args(includeDeprecated: true) { name } isRepeatable } } }";
    let (status, answer) = world().ask(deprecated, json!({})).await;
    assert_eq!((status, answer.get("errors")), (200, None), "{answer:#}");
    assert_eq!(answer["data"]["__type"]["fields"], Value::Null);
    assert_eq!(answer["data"]["__type"]["inputFields"][1], json!({"name": "direction", "defaultValue": "ASC"}));
    let by_name = "query($n: String!) { __type(name: $n) { ...T } } fragment T on __Type { __typename name }";
    gives(by_name, json!({"n": "Law"}), &json!({"__type": {"__typename": "__Type", "name": "Law"}})).await;
}

//! What the first corpus must say, and what it must not.

use serde_json::Value;

use crate::server::kratom;

fn names(connection: &Value) -> Vec<&str> {
    let nodes = connection["nodes"].as_array().expect("a connection has nodes");
    nodes.iter().map(|node| node["name"].as_str().expect("a name")).collect()
}

/// No document says that the others do; membership and mention hand nothing down.
#[tokio::test]
async fn two_organizations_support_the_model_act_and_nobody_else() {
    let data = kratom()
        .data(
            r#"{ law(slug: "kratom-consumer-protection-act") {
                supporters { nodes { name } edges { statements { citations { locator { ... on Lines { start end } } } } } }
                all: supporters(basis: null) { nodes { name } } opponents { totalCount } neutrals { totalCount } } }"#,
        )
        .await;
    let law = &data["law"];
    let supporters = ["American Kratom Association", "Botanical Education Alliance"];
    assert_eq!(names(&law["supporters"]), supporters);
    assert_eq!(names(&law["all"]), supporters, "nothing is inferred either");
    for edge in law["supporters"]["edges"].as_array().expect("edges") {
        for statement in edge["statements"].as_array().expect("statements") {
            assert!(statement["citations"][0]["locator"]["start"].is_u64(), "each reason has its lines: {edge}");
        }
    }
    assert_eq!((&law["opponents"]["totalCount"], &law["neutrals"]["totalCount"]), (&0.into(), &0.into()));
}

/// The claims of the documents on analgesia, dependence, liver injury and contamination each have an answer.
#[tokio::test]
async fn the_main_claims_know_their_studies() {
    let cases = [
        ("kratom-has-analgesic-effects-in-humans", 1),
        ("regular-use-can-lead-to-dependence", 1),
        ("kratom-compounds-not-particularly-liable-to-dependence", 1),
        ("liver-injury-rare", 1),
        ("some-products-contaminated", 1),
    ];
    for (slug, at_least) in cases {
        let query = format!(
            "{{ claim(slug: {slug:?}) {{ name backedBy {{ totalCount }} contradictedBy {{ totalCount }} \
             assertedBy {{ totalCount }} mentions {{ totalCount }} }} }}"
        );
        let data = kratom().data(&query).await;
        let claim = &data["claim"];
        let count = |field: &str| claim[field]["totalCount"].as_u64().unwrap_or_else(|| panic!("{slug}: {claim}"));
        let n = count("backedBy") + count("contradictedBy") + count("assertedBy") + count("mentions");
        assert!(n >= at_least, "{claim}");
    }
}

/// Each adoption is known only as of a date, which is no date of enactment.
#[tokio::test]
async fn adoptions_are_known_as_of_a_date() {
    let data = kratom()
        .data(
            r#"{ law(slug: "kratom-consumer-protection-act") { implementations { nodes { name
                events { kind on asOf } before: status(on: "2025-01") then: status(on: "2025-02") } } } }"#,
        )
        .await;
    let adoptions = data["law"]["implementations"]["nodes"].as_array().expect("nodes");
    let adopted: Vec<_> = adoptions.iter().filter(|law| law["events"][0]["asOf"] == "2025-02").collect();
    assert_eq!(adopted.len(), 4, "{data:#}");
    for law in adopted {
        assert_eq!(
            (&law["events"][0]["on"], &law["before"], &law["then"]),
            (&Value::Null, &"UNKNOWN".into(), &"ENACTED".into())
        );
    }
}

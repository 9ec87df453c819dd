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

/// The claims of the documents on analgesia, dependence, liver injury and contamination, with the studies that are said
/// to back them; that regular use can lead to dependence the documents say themselves, and name no study.
#[tokio::test]
async fn the_main_claims_know_their_studies() {
    let who = "who-ecdd-kratom-assessment-2021";
    let cases: [(&str, &[&str]); 5] = [
        ("kratom-has-analgesic-effects-in-humans", &["human-studies-of-analgesia", who]),
        ("regular-use-can-lead-to-dependence", &[]),
        ("kratom-compounds-not-particularly-liable-to-dependence", &[who]),
        ("liver-injury-rare", &["liver-injury-case-reports"]),
        ("some-products-contaminated", &["laboratory-analyses-of-products"]),
    ];
    for (slug, studies) in cases {
        let query = format!(
            "{{ claim(slug: {slug:?}) {{ backedBy {{ nodes {{ slug }} }} contradictedBy {{ totalCount }} \
             mentions {{ totalCount }} }} }}"
        );
        let data = kratom().data(&query).await;
        let claim = &data["claim"];
        let backing = claim["backedBy"]["nodes"].as_array().unwrap_or_else(|| panic!("{slug}: {data}"));
        assert!(backing.iter().map(|study| &study["slug"]).eq(studies), "{slug}: {claim}");
        assert_eq!(claim["contradictedBy"]["totalCount"], 0, "{slug}");
        assert!(claim["mentions"]["totalCount"].as_u64() >= Some(1), "{slug}");
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

/// In the hearings an organization is for a bill and undecided on its substitute, and another is recorded for and
/// against at one hearing: a stance is of one version, and a contradiction is a result.
#[tokio::test]
async fn stances_at_the_hearings_are_those_that_were_recorded() {
    let data = kratom()
        .data(
            r#"{
                poison: organization(slug: "washington-poison-center") { stances { law { slug } stance since } }
                food: organization(slug: "washington-food-industry-association") {
                    stances(on: "2026-01-27") { law { slug } stance why { statements { predicate } } }
                }
                wasavp: organization(slug: "washington-association-for-substance-misuse-and-violence-prevention") {
                    stances { law { slug } stance }
                }
                aka: organization(slug: "american-kratom-association") { stances { law { slug } stance } }
            }"#,
        )
        .await;
    let stance = |organization: &str, law: &str| {
        let stances = data[organization]["stances"].as_array().expect("a list");
        let of_law = stances.iter().find(|it| it["law"]["slug"] == law);
        of_law.unwrap_or_else(|| panic!("{organization} has no stance on {law}: {stances:#?}")).clone()
    };
    let (original, substitute) = ("wa-2025-26-sb-6287", "wa-2025-26-sb-6287-s");
    assert_eq!(
        (&stance("poison", original)["stance"], &stance("poison", original)["since"]),
        (&"SUPPORT".into(), &"2026-01-27".into())
    );
    assert_eq!(
        (&stance("poison", substitute)["stance"], &stance("poison", substitute)["since"]),
        (&"NEUTRAL".into(), &"2026-02-06".into())
    );
    let mixed = stance("food", original);
    assert_eq!((&mixed["stance"], mixed["why"]["statements"].as_array().map(Vec::len)), (&"MIXED".into(), Some(2)));
    assert_eq!(stance("wasavp", original)["stance"], "NEUTRAL");
    assert_eq!(stance("wasavp", substitute)["stance"], "SUPPORT");
    assert_eq!(stance("aka", "kratom-consumer-protection-act")["stance"], "SUPPORT");
    for bill in ["wa-2025-26-sb-6196", original, substitute] {
        assert_eq!(stance("aka", bill)["stance"], "OPPOSE", "{bill}");
    }
}

/// What is called just so comes before what only holds the word.
#[tokio::test]
async fn an_alias_finds_whose_it_is_first() {
    for (alias, id) in [
        ("AKA", "organization/american-kratom-association"),
        ("fda", "organization/us-food-and-drug-administration"),
        ("KCPA", "law/kratom-consumer-protection-act"),
    ] {
        let data = kratom().data(&format!("{{ search(query: {alias:?}, first: 1) {{ nodes {{ id }} }} }}")).await;
        assert_eq!(data["search"]["nodes"][0]["id"], id, "{alias}");
    }
}

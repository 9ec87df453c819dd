//! What settings do, as clients see it: each is set to another value than its default, and asked for.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use grounds::graphql::{Answers as _, Api, ExecutionLimits, Request};
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use tempfile::TempDir;

use crate::process::{Process, import_world};
use crate::server::kratom;

/// Longer than anything takes that happens at all.
const PATIENCE: Duration = Duration::from_mins(1);

/// A database with the small world, in a folder of its own.
fn world() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let imported = import_world(folder.path(), &[]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    folder
}

fn serve(folder: &Path, settings: &[String]) -> Process {
    let arguments: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
    Process::start_with(folder, &arguments)
}

/// That an answer was given up at a limit of time, in milliseconds.
fn assert_timed_out(answer: &Value, limit: &str, max: u64) {
    let extensions = &answer["errors"][0]["extensions"];
    let (code, named, is) = (&extensions["code"], &extensions["limit"], &extensions["max"]);
    assert_eq!((code, named, is), (&json!("TIMEOUT"), &json!(limit), &json!(max)), "{answer}");
}

/// A limit that is refused by its name.
struct Refused {
    limit: &'static str,
    /// What it is set to.
    max: u64,
    /// A request that goes beyond.
    body: Value,
}

fn refused() -> Vec<Refused> {
    let many = |n: usize, part: &str| part.repeat(n);
    let numbered = |n: usize, part: &dyn Fn(usize) -> String| (0..n).map(part).collect::<String>();
    let nested = |n: usize, open: &str, leaf: &str| format!("{}{leaf}{}", many(n, open), many(n, " }"));
    let ids = |n: usize| many(n, "\"law/bill-7\" ");
    let ends = "from: \"law/bill-7\", to: \"topic/bees\"";
    let cases = [
        ("bytes", 3_000, format!("{{ __typename }}{}", many(3_000, " "))),
        ("tokens", 400, format!("{{ {} }}", many(500, "a "))),
        ("nesting", 20, nested(21, "{ a ", "")),
        ("directives", 8, format!("{{ {} }}", numbered(9, &|i| format!("a{i}: __typename @skip(if: false) ")))),
        ("directives_at_a_place", 2, format!("{{ __typename {} }}", many(3, "@skip(if: false) "))),
        ("operations", 2, numbered(3, &|i| format!("query Q{i} {{ __typename }} "))),
        ("variables", 3, format!("query({}) {{ __typename }}", numbered(4, &|i| format!("$v{i}: Int ")))),
        ("fields", 40, format!("{{ laws {{ nodes {{ {} }} }} }}", many(41, "name "))),
        (
            "depth",
            6,
            "{ topics { nodes { neighbors { nodes { neighbors { nodes { id } } } } } } }".to_owned(),
        ),
        (
            "depth_of_introspection",
            7,
            format!("{{ __schema {{ types {{ fields {{ type {{ {} }} }} }} }} }}", nested(4, "ofType { ", "name")),
        ),
        ("aliases", 9, format!("{{ {} }}", numbered(10, &|i| format!("a{i}: __typename ")))),
        ("root_fields", 12, format!("{{ {} }}", many(13, "__typename "))),
        ("root_fields_of_mutation", 2, format!("mutation {{ {} }}", many(3, "write "))),
        ("list", 11, format!("{{ nodes(ids: [{}]) {{ id }} }}", ids(12))),
        ("text_chars", 1_000, format!("{{ law(slug: \"{}\") {{ name }} }}", many(1_001, "a"))),
        (
            "cost",
            1_800,
            "{ claims(first: 30) { nodes { neighbors(first: 30) { nodes { neighbors(first: 30) { totalCount } } } } } }"
                .to_owned(),
        ),
        ("objects", 40, "{ laws(first: 20) { nodes { statements(first: 20) { nodes { id } } } } }".to_owned()),
        ("answer_fields", 300, format!("{{ laws(first: 20) {{ nodes {{ {} }} }} }}", many(36, "name "))),
        ("page", 30, "{ laws(first: 31) { totalCount } }".to_owned()),
        ("name_chars", 20, format!("{{ laws(filter: {{nameContains: \"{}\"}}) {{ totalCount }} }}", many(21, "a"))),
        ("search_chars", 50, format!("{{ search(query: \"{}\") {{ totalCount }} }}", many(51, "a"))),
        ("visits", 1, format!("{{ path({ends}, maxHops: 4) {{ length }} }}")),
        ("hops", 4, format!("{{ path({ends}, maxHops: 5) {{ length }} }}")),
        ("walks", 3, format!("{{ paths({ends}, maxHops: 4, first: 4) {{ length }} }}")),
        ("neighborhood_depth", 2, "{ neighborhood(of: \"law/bill-7\", depth: 3) { truncated } }".to_owned()),
        (
            "neighborhood_entities",
            9,
            "{ neighborhood(of: \"law/bill-7\", depth: 1, limit: 10) { truncated } }".to_owned(),
        ),
        ("joined", 4, format!("{{ subgraph(of: [{}], maxHops: 4) {{ truncated }} }}", ids(5))),
        ("compared", 5, format!("{{ agreement(organizations: [{}]) {{ nAlike }} }}", ids(6))),
        ("alignments", 1, "{ coalitions(minShared: 1) { nMembers } }".to_owned()),
    ];
    let queries = cases.map(|(limit, max, query)| Refused { limit, max, body: json!({ "query": query }) });
    let body = json!({ "query": "query($v: [[Int]]) { __typename }", "variables": { "v": vec![json!([]); 50] } });
    queries.into_iter().chain([Refused { limit: "tokens_of_variables", max: 100, body }]).collect()
}

/// Limits that show in answers, and not as an error: what each is set to, a request, and what is seen of the answer.
type Shown = (&'static str, u64, Value, fn(&Value) -> Value, Value);

fn shown() -> Vec<Shown> {
    let query = |text: &str| json!({ "query": text });
    vec![
        (
            "page_default",
            3,
            query("{ laws { nodes { id } } }"),
            |answer| json!(answer["data"]["laws"]["nodes"].as_array().map(Vec::len)),
            json!(3),
        ),
        // All words must be found: those behind the first are not looked for.
        (
            "search_terms",
            1,
            query("{ search(query: \"moonmint thatisnowhere\", first: 1) { nodes { __typename } } }"),
            |answer| json!(answer["data"]["search"]["nodes"].as_array().map(Vec::len)),
            json!(1),
        ),
        (
            "neighborhood_statements",
            1,
            query(
                "{ neighborhood(of: [\"law/bill-7\", \"topic/moonmint\", \"organization/growers-union\", \
                 \"organization/friends-of-moonmint\"], depth: 0, limit: 9) { statements { id } } }",
            ),
            |answer| json!(answer["data"]["neighborhood"]["statements"].as_array().map(Vec::len)),
            json!(1),
        ),
        (
            "flips_tried",
            1,
            query("{ claims(first: 20) { nodes { assessment { flips { complete } } } } }"),
            |answer| {
                let claims = answer["data"]["claims"]["nodes"].as_array();
                let are_complete =
                    claims.map(|claims| claims.iter().all(|it| it["assessment"]["flips"]["complete"] == true));
                json!(are_complete)
            },
            json!(false),
        ),
        (
            "errors",
            2,
            query("{ nothing neither nor }"),
            |answer| json!(answer["errors"].as_array().map(Vec::len)),
            json!(2),
        ),
        (
            "message_chars",
            50,
            query("{ aFieldWithALongNameOfWhichNobodyHasEverHeardAnything }"),
            |answer| json!(answer["errors"][0]["message"].as_str().map(|message| message.chars().count())),
            json!(50),
        ),
        // Nothing is kept.
        (
            "persisted_bytes",
            0,
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": PERSISTED_HASH } } }),
            |answer| answer["errors"][0]["extensions"]["code"].clone(),
            json!("PERSISTED_QUERY_NOT_FOUND"),
        ),
    ]
}

const PERSISTED: &str = "{ __typename }";
const PERSISTED_HASH: &str = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";

/// All limits of operations at once, each as small as the others allow.
#[tokio::test]
async fn every_limit_is_the_one_that_was_set() {
    let (refused, shown) = (refused(), shown());
    let set = refused.iter().map(|Refused { limit, max, .. }| (*limit, *max));
    let set: Vec<_> = set.chain(shown.iter().map(|(limit, max, ..)| (*limit, *max))).collect();
    let folder = world();
    let settings: Vec<_> = set.iter().map(|(limit, max)| format!("limits.{limit}={max}")).collect();
    let server = serve(folder.path(), &settings);

    let mut wrong = Vec::new();
    for Refused { limit, max, body } in &refused {
        let answer = server.ask(body).await;
        let extensions = &answer["errors"][0]["extensions"];
        let names_itself = (&extensions["code"], &extensions["limit"], &extensions["max"])
            == (&json!("LIMIT_EXCEEDED"), &json!(limit), &json!(max));
        if !names_itself || extensions["actual"].as_u64() < Some(*max) {
            wrong.push(format!("{limit}: {:.100}: {answer:.500}", body.to_string()));
        }
    }
    let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": PERSISTED_HASH } });
    let kept_not = server.ask(&json!({ "query": PERSISTED, "extensions": persisted })).await;
    assert_eq!(kept_not["data"], json!({ "__typename": "Query" }), "{kept_not}");
    for (limit, _, body, look, expected) in shown {
        let answer = server.ask(&body).await;
        if look(&answer) != expected {
            wrong.push(format!("{limit}: {} is not {expected}: {answer:.500}", look(&answer)));
        }
    }
    assert!(wrong.is_empty(), "{} settings:\n{}", wrong.len(), wrong.join("\n"));

    // Two are limits of time, which others below show; that one more operation waits for its turn, `execute.rs` shows.
    let others = ["computation_time", "time", "executed_at_once"];
    let names: BTreeSet<&str> = set.iter().map(|(limit, _)| *limit).chain(others).collect();
    let all = ExecutionLimits::default().table();
    assert_eq!(names, all.iter().map(|limit| limit.name).collect(), "each limit is shown here");
}

/// Defaults that are greater than what is allowed give way: to ask without saying how much is no error.
#[tokio::test]
async fn defaults_give_way_to_limits() {
    let folder = world();
    let limits = ["hops=2", "walks=2", "neighborhood_entities=1", "page=1"];
    let server = serve(folder.path(), &limits.map(|limit| format!("limits.{limit}")));
    let query = r#"{
        paths(from: "law/bill-7", to: "topic/moonmint") { length }
        within2: paths(from: "law/bill-7", to: "organization/friends-of-moonmint") { length }
        neighborhood(of: "law/bill-7") { entities { slug } truncated }
        laws { nodes { slug } }
        coalitions(minShared: 1) { nMembers }
        impact(of: "document/hearing-minutes", assume: WITHDRAWN) { nStances stances { __typename } }
    }"#;
    let data = server.data(query).await;
    let lengths =
        |key: &str| data[key].as_array().map(|walks| walks.iter().map(|it| it["length"].clone()).collect::<Vec<_>>());
    assert_eq!(lengths("paths"), Some(vec![json!(2); 2]), "of five");
    assert_eq!(lengths("within2"), Some(vec![json!(1), json!(2)]), "others are longer");
    let around = json!({ "entities": [{ "slug": "bill-7" }], "truncated": true });
    assert_eq!(data["neighborhood"], around);
    for (list, of_more) in [("laws", &data["laws"]["nodes"]), ("coalitions", &data["coalitions"])] {
        assert_eq!(of_more.as_array().map(Vec::len), Some(1), "{list}");
    }
    assert!(data["impact"]["nStances"].as_u64() > Some(1), "{data}");
    assert_eq!(data["impact"]["stances"].as_array().map(Vec::len), Some(1), "{data}");
}

/// A view that never comes to its end instead of the table of aliases.
async fn make_aliases_endless(folder: &Path) {
    let url = format!("sqlite:{}", folder.join("grounds.db").display());
    let mut connection = SqliteConnection::connect(&url).await.expect("the database is there");
    connection.execute("DROP TABLE alias").await.expect("SQL");
    let view = "CREATE VIEW alias (entity, ordinal, alias) AS
        WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted)
        SELECT 'law/bill-7', n, 'x' FROM counted WHERE n < 0";
    connection.execute(view).await.expect("SQL");
    connection.close().await.expect("it ends well");
}

const ALIASES: &str = r#"{ law(slug: "bill-7") { aliases } }"#;

#[tokio::test]
async fn a_statement_is_given_up_at_its_limit() {
    let folder = world();
    let settings = ["store.sql_time=1", "limits.time=60"].map(str::to_owned);
    let server = serve(folder.path(), &settings);
    make_aliases_endless(folder.path()).await;
    let answer = server.ask(&json!({ "query": ALIASES })).await;
    assert_timed_out(&answer, "sql_time", 1_000);
    assert_eq!(server.data(r#"{ law(slug: "bill-7") { name } }"#).await["law"]["name"], "Bill 7 on moonmint");
}

/// One connection, on which a statement lasts: others wait for it as long as they may, and no longer.
#[tokio::test]
async fn who_waits_for_the_database_gives_up_at_the_limits() {
    let folder = world();
    let settings = [
        "store.connections_max=1",
        "store.sql_time=600",
        // Before the limit of time, which is before what is waited for by default.
        "store.acquire_timeout=3",
        "limits.time=4.5",
        // Long enough to learn that the store gave up.
        "http.ready_deadline=60",
    ];
    let server = serve(folder.path(), &settings.map(str::to_owned));
    make_aliases_endless(folder.path()).await;
    let body = json!({ "query": ALIASES });
    let (first, ()) = tokio::join!(server.ask(&body), async {
        let begin = Instant::now();
        let not_ready = loop {
            let answer = reqwest::get(server.at("/readyz")).await.expect("an answer");
            if answer.status().as_u16() != 200 {
                break answer;
            }
            assert!(begin.elapsed() < PATIENCE, "the statement holds up nobody");
        };
        assert_eq!(not_ready.status().as_u16(), 503);
        let text = not_ready.text().await.expect("a body");
        assert!(text.contains("store does not answer"), "{text}");
        let answer = server.ask(&body).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer}");
    });
    assert_timed_out(&first, "time", 4_500);
    // What is in memory is there as ever.
    assert_eq!(server.data(r#"{ law(slug: "bill-7") { name } }"#).await["law"]["name"], "Bill 7 on moonmint");
}

#[tokio::test]
async fn an_import_waits_for_another_writer_as_long_as_is_set() {
    let folder = world();
    let url = format!("sqlite:{}", folder.path().join("grounds.db").display());
    let mut other = SqliteConnection::connect(&url).await.expect("the database is there");
    other.execute("BEGIN IMMEDIATE").await.expect("SQL");
    let begin = Instant::now();
    let refused = import_world(folder.path(), &["store.busy_timeout=0"]);
    let took = begin.elapsed();
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("the database is busy"), "{said}");
    assert!(took < Duration::from_secs(5), "as long as by default: {took:?}");
    other.execute("COMMIT").await.expect("SQL");
    assert!(import_world(folder.path(), &["store.busy_timeout=0"]).status.success());
}

/// The shortest time that can be set is long for a test, so that this one goes past the settings.
#[tokio::test]
async fn a_computation_is_given_up_at_its_limit() {
    let limits = ExecutionLimits { computation_time: Duration::ZERO, ..ExecutionLimits::default() };
    let api = Api::new(kratom().app.clone(), limits);
    // Not what another test computes too, which would be kept.
    let query = "{ ranking(by: BETWEENNESS, via: {direction: OUT, minCertainty: LOW}, first: 1) { rank } }";
    let answer = api.execute(Request { query: query.to_owned(), ..Request::default() }).await;
    let answer = serde_json::to_value(&answer.response).expect("JSON");
    assert_timed_out(&answer, "computation_time", 0);
}

#[tokio::test]
async fn figures_can_be_kept_to_oneself() {
    let folder = world();
    let server = serve(folder.path(), &["http.metrics=false".to_owned()]);
    let answer = reqwest::get(server.at("/metrics")).await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 404);
}

/// A connection on which one request after the other is sent.
struct Kept(TcpStream);

impl Kept {
    fn open(server: &Process) -> Self {
        // The system takes the connection, even while the server does not.
        Self(server.connect())
    }

    fn send(&mut self) {
        write!(self.0, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").expect("the connection is open");
    }

    fn hear(&mut self) {
        let mut heard = Vec::new();
        let mut piece = [0; 1_024];
        while !heard.ends_with(br#"{"status":"ok"}"#) {
            let n = self.0.read(&mut piece).expect("the server answers");
            assert!(n > 0, "the server closed the connection: {}", String::from_utf8_lossy(&heard));
            heard.extend_from_slice(&piece[..n]);
        }
    }
}

#[test]
fn one_connection_more_than_is_set_waits_until_another_goes() {
    let folder = world();
    let server = serve(folder.path(), &["http.workers=3", "http.connections_max=3"].map(str::to_owned));
    let mut open = [(); 3].map(|()| Kept::open(&server));
    for connection in &mut open {
        connection.send();
        connection.hear();
    }
    #[cfg(target_os = "linux")]
    assert_eq!(n_workers(server.id()), 3);
    let mut waiting = Kept::open(&server);
    waiting.send();
    let [first, second, _third] = &mut open;
    // Time enough for the fourth to be answered, if it were.
    for _ in 0..100 {
        for connection in [&mut *first, &mut *second] {
            connection.send();
            connection.hear();
        }
    }
    waiting.0.set_nonblocking(true).expect("it can be set");
    let heard = waiting.0.read(&mut [0]).map_err(|error| error.kind());
    assert_eq!(heard, Err(ErrorKind::WouldBlock), "it was not its turn");
    waiting.0.set_nonblocking(false).expect("it can be set");
    drop(open);
    waiting.hear();
}

/// How many threads of the process serve connections.
#[cfg(target_os = "linux")]
fn n_workers(id: u32) -> usize {
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).expect("the process runs");
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    // The system keeps fifteen letters of `actix-server worker 0`.
    names.filter(|name| name.starts_with("actix-server wo")).count()
}

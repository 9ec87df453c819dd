//! Imports are seen while the server runs: subscriptions tell them, nobody is kept waiting, nothing piles up.

use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::process::Command;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use grounds::app::{self, App, CorpusFiles, Current};
use grounds::format::SourceFile;
use grounds::graphql::{Answer, Answers as _, Api, ExecutionLimits, Outcome, Request, Turns};
use grounds::model::Slug;
use grounds::store::Store;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::process::Process;

const TOWN: &str = r#"
[[document]]
slug = "minutes"
title = "Minutes of a hearing"

[[organization]]
slug = "growers"
name = "Growers' union"
type = "TRADE_ASSOCIATION"
summary = "Grows herbs."

[[law]]
slug = "bill-1"
name = "Bill 1"
type = "BILL"

[[law]]
slug = "bill-2"
name = "Bill 2"
type = "BILL"

[[statement]]
subject = "organization/growers"
predicate = "SUPPORTS"
object = "law/bill-1"
note = "At the table."
citations = [{ document = "minutes", lines = 3 }]
"#;

/// What is awaited comes at last, or the test fails; far longer than anything takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// A product whose store may be written by this process and by others.
struct Town {
    app: Arc<App>,
    api: Api,
}

impl Town {
    /// Has seen nothing but `TOWN`, as revision 1.
    async fn open(url: &str) -> Self {
        let store = Store::open(url).await.expect("opens");
        write(&store, TOWN).await;
        let app = Arc::new(App::load(store).await.expect("loads"));
        Self { api: Api::new(app.clone(), ExecutionLimits::default()), app }
    }

    async fn becomes(&self, text: &str) {
        write(self.app.store(), text).await;
        self.app.reload().await.expect("loads");
    }

    fn subscribe(&self, query: &str) -> Told {
        let request = Request { query: query.to_owned(), ..Request::default() };
        Told(Box::pin(self.api.stream(request, Turns::new(1))))
    }

    async fn ask(&self, query: &str) -> Value {
        let answer = self.api.execute(Request { query: query.to_owned(), ..Request::default() }).await;
        serde_json::to_value(&answer.response).expect("an answer is JSON")
    }
}

async fn write(store: &Store, text: &str) {
    let files = vec![SourceFile { name: "town.toml".to_owned(), text: text.to_owned() }];
    let corpus = CorpusFiles { default_name: Slug::parse("town").expect("a slug"), files };
    let imported = app::import(store, &[corpus], None, "a test", Timestamp::UNIX_EPOCH).await;
    imported.unwrap_or_else(|error| panic!("{error}"));
}

/// The answers to a subscription.
struct Told(Pin<Box<dyn Stream<Item = Answer>>>);

impl Told {
    async fn answer(&mut self) -> Option<Answer> {
        tokio::time::timeout(PATIENCE, self.0.next()).await.expect("an answer, or the end")
    }

    async fn data(&mut self) -> Value {
        let answer = self.answer().await.expect("it goes on");
        assert_eq!((answer.outcome, &answer.response.errors[..]), (Outcome::Executed, &[][..]));
        answer.response.data.into_json().expect("data are JSON")
    }
}

/// `grounds import`, a process of its own.
fn import_elsewhere(folder: &Path, text: &str) {
    fs::write(folder.join("town.toml"), text).expect("writable");
    let mut program = Command::new(env!("CARGO_BIN_EXE_grounds"));
    let output = program.current_dir(folder).args(["import", "town.toml"]).output().expect("the program was built");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_running_server_sees_what_another_process_imports_and_fails_no_request() {
    let folder = tempfile::tempdir().expect("a folder");
    import_elsewhere(folder.path(), TOWN);
    let server = Process::start(folder.path(), "warn,sqlx=error");
    let query = "{ graph { revision } laws { nodes { name } } organization(slug: \"growers\") { summary } }";
    let seen = |data: &Value| data["graph"]["revision"].as_u64().expect("a number");
    assert_eq!(seen(&server.data(query).await), 1);
    for revision in 2..=4 {
        let path = folder.path().to_owned();
        let text = TOWN.replace("Bill 2", &format!("Bill {revision}00"));
        let importing = tokio::task::spawn_blocking(move || import_elsewhere(&path, &text));
        let asking = async {
            // No answer has an error, before, while and after.
            while seen(&server.data(query).await) < revision {}
        };
        let (imported, asked) = tokio::join!(importing, tokio::time::timeout(PATIENCE, asking));
        imported.expect("imports");
        asked.expect("the server sees it");
        let laws = &server.data(query).await["laws"]["nodes"];
        assert_eq!(*laws, json!([{ "name": "Bill 1" }, { "name": format!("Bill {revision}00") }]));
    }
    assert_eq!(server.log.try_iter().collect::<Vec<_>>(), Vec::<String>::new(), "nothing to warn of");
}

#[tokio::test]
async fn subscribers_are_told_of_what_another_process_imports() {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Town::open(&format!("sqlite:{}", folder.path().join("grounds.db").display())).await;
    let mut graph = town.subscribe("subscription { graphChanged(since: 1) { version graph { revision nEntities } } }");
    let mut growers = town.subscribe(
        "subscription { entityChanged(id: \"organization/growers\", since: 1) { version change entity { summary } } }",
    );
    let tea = TOWN.replace("herbs", "tea");
    let path = folder.path().to_owned();
    let importing = tokio::task::spawn_blocking(move || import_elsewhere(&path, &tea));
    tokio::select! {
        () = town.app.keep_current(Duration::from_millis(20)) => unreachable!("it never ends"),
        (graph, growers, imported) = async { tokio::join!(graph.data(), growers.data(), importing) } => {
            imported.expect("imports");
            let info = json!({ "revision": 2, "nEntities": 3 });
            assert_eq!(graph, json!({ "graphChanged": { "version": 2, "graph": info } }));
            let entity = json!({ "summary": "Grows tea." });
            assert_eq!(growers, json!({ "entityChanged": { "version": 2, "change": "CHANGED", "entity": entity } }));
        }
    }
}

#[tokio::test]
async fn a_subscriber_is_told_of_an_entity_what_concerns_it() {
    let town = Town::open("sqlite::memory:").await;
    let mut growers = town.subscribe(
        "subscription { entityChanged(id: \"organization/growers\", since: 0) { version change entityId entity { summary } } }",
    );
    let change = |version: i32, change: &str, summary: &str| {
        let entity = if change == "REMOVED" { Value::Null } else { json!({ "summary": summary }) };
        let id = "organization/growers";
        json!({ "entityChanged": { "version": version, "change": change, "entityId": id, "entity": entity } })
    };
    assert_eq!(growers.data().await, change(1, "CHANGED", "Grows herbs."), "at once, since the client saw another");

    town.becomes(&TOWN.replace("herbs", "tea")).await;
    assert_eq!(growers.data().await, change(2, "CHANGED", "Grows tea."));
    town.becomes(&TOWN.replace("At the table.", "By letter.")).await;
    assert_eq!(growers.data().await, change(3, "CHANGED", "Grows herbs."));
    town.becomes(TOWN).await;
    assert_eq!(growers.data().await, change(4, "CHANGED", "Grows herbs."));
    town.becomes(&TOWN.replace("lines = 3", "lines = 4")).await;
    assert_eq!(growers.data().await, change(5, "CHANGED", "Grows herbs."));

    // What happens to others is told to those who asked for it, and not to this one, who listens meanwhile.
    let mut bill = town.subscribe("subscription { entityChanged(id: \"law/bill-2\", since: 5) { version change } }");
    let renamed = TOWN.replace("lines = 3", "lines = 4").replace("\"Bill 2\"", "\"Act 2\"");
    town.becomes(&renamed).await;
    let told = json!({ "entityChanged": { "version": 6, "change": "CHANGED" } });
    tokio::select! {
        biased;
        answer = growers.data() => panic!("it does not concern them: {answer}"),
        answer = bill.data() => assert_eq!(answer, told),
    }

    let (others, _) = renamed.split_once("[[statement]]").expect("a statement");
    let (documents, laws) = others.split_once("[[organization]]").expect("an organization");
    let (_, laws) = laws.split_once("[[law]]").expect("a law");
    town.becomes(&format!("{documents}\n[[law]]{laws}")).await;
    assert_eq!(growers.data().await, change(7, "REMOVED", ""), "and nothing of version 6");
    town.becomes(TOWN).await;
    assert_eq!(growers.data().await, change(8, "ADDED", "Grows herbs."));
}

#[tokio::test]
async fn an_entity_that_is_not_there_yet_may_be_awaited_and_what_is_none_may_not() {
    let town = Town::open("sqlite::memory:").await;
    for (query, outcome) in [
        ("subscription { entityChanged(id: \"law/Bill 1\") { version } }", Outcome::Executed),
        ("subscription { entityChanged(id: \"document/minutes\") { version } }", Outcome::Executed),
        ("subscription { entityChanged(id: \"law/bill-1\", since: -1) { version } }", Outcome::Executed),
        ("subscription { graphChanged(since: -1) { version } }", Outcome::Executed),
        ("subscription { graphChanged(since: \"x\") { version } }", Outcome::Refused),
        ("subscription { graphChanged { version } entityChanged(id: \"law/x\") { version } }", Outcome::Refused),
    ] {
        let mut told = town.subscribe(query);
        let answer = told.answer().await.expect("an error is told");
        let code = answer.response.errors[0].extensions.as_ref().and_then(|it| it.get("code")).cloned();
        let expected = if outcome == Outcome::Refused { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" };
        assert_eq!((answer.outcome, code), (outcome, Some(expected.into())), "{query}");
        assert!(told.answer().await.is_none(), "{query}");
    }

    let mut bill = town.subscribe("subscription { entityChanged(id: \"law/bill-3\", since: 0) { change version } }");
    assert_eq!(bill.data().await, json!({ "entityChanged": { "change": "REMOVED", "version": 1 } }));
    town.becomes(&TOWN.replace("bill-2", "bill-3")).await;
    assert_eq!(bill.data().await, json!({ "entityChanged": { "change": "ADDED", "version": 2 } }));
}

#[tokio::test]
async fn whoever_reads_slowly_is_told_of_the_newest_only_and_keeps_nothing_alive() {
    let town = Town::open("sqlite::memory:").await;
    let mut graph = town.subscribe("subscription { graphChanged(since: 0) { version graph { nEntities } } }");
    let mut growers = town
        .subscribe("subscription { entityChanged(id: \"organization/growers\", since: 0) { version entity { id } } }");
    assert_eq!(graph.data().await["graphChanged"]["version"], 1);
    assert_eq!(growers.data().await["entityChanged"]["version"], 1);

    let mut snapshots: Vec<Weak<Current>> = vec![Arc::downgrade(&town.app.current())];
    for n in 0..200 {
        town.becomes(&TOWN.replace("herbs", &format!("{n} herbs"))).await;
        snapshots.push(Arc::downgrade(&town.app.current()));
    }
    let n_alive = || snapshots.iter().filter(|snapshot| snapshot.strong_count() > 0).count();
    assert_eq!((snapshots.len(), n_alive()), (201, 1), "only the current one is there");

    assert_eq!(graph.data().await["graphChanged"]["version"], 201);
    assert_eq!(growers.data().await["entityChanged"]["version"], 201);
    town.becomes(TOWN).await;
    assert_eq!(graph.data().await["graphChanged"]["version"], 202, "nothing between had piled up");
    assert_eq!(growers.data().await["entityChanged"]["version"], 202);
    assert_eq!(n_alive(), 0);
}

#[tokio::test]
async fn a_cursor_names_its_item_over_a_swap_and_is_refused_when_the_item_is_gone() {
    let laws = |slugs: &[&str]| -> String {
        let law = |slug: &&str| format!("[[law]]\nslug = \"{slug}\"\nname = \"Law {slug}\"\ntype = \"BILL\"\n");
        slugs.iter().map(law).collect()
    };
    let town = Town::open("sqlite::memory:").await;
    town.becomes(&laws(&["b", "d", "f", "h"])).await;
    let page = async |arguments: &str| {
        town.ask(&format!("{{ laws({arguments}) {{ nodes {{ slug }} pageInfo {{ endCursor }} }} }}")).await
    };
    let slugs = |answer: &Value| -> Vec<String> {
        let nodes = answer["data"]["laws"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer:#}"));
        nodes.iter().map(|node| node["slug"].as_str().expect("text").to_owned()).collect()
    };
    let first = page("first: 2").await;
    assert_eq!(slugs(&first), ["b", "d"]);
    let cursor = first["data"]["laws"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    let (after, before) = (format!("first: 2, after: \"{cursor}\""), format!("last: 2, before: \"{cursor}\""));

    for (now, expected_after, expected_before) in [
        (["a", "b", "c", "d", "f", "h"].as_slice(), ["f", "h"].as_slice(), ["b", "c"].as_slice()),
        (&["d", "e", "f", "h"], &["e", "f"], &[]),
        (&["c", "d"], &[], &["c"]),
    ] {
        town.becomes(&laws(now)).await;
        assert_eq!(slugs(&page(&after).await), expected_after, "{now:?}");
        assert_eq!(slugs(&page(&before).await), expected_before, "{now:?}");
    }
    town.becomes(&laws(&["b", "f", "h"])).await;
    for arguments in [after, before] {
        let answer = page(&arguments).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_CURSOR", "{answer:#}");
    }
}

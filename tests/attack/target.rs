//! The server that is attacked: a process of its own, and what must hold of each of its answers.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::Process;
use crate::server::root;

/// No answer may take longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// What would show the inside. None of it stands in anything that the attacks send.
const INSIDE: [&str; 18] = [
    "SELECT ",
    "sqlite",
    "sqlx",
    "SQLITE",
    "SQL logic",
    "fts5",
    ".rs:",
    "src/",
    "thread '",
    "panicked",
    "RUST_BACKTRACE",
    "/home",
    "/tmp",
    "/rustc",
    "cargo/registry",
    "no such table",
    "no such column",
    "entity_search",
];

/// A server with the small world, in which every predicate and every attribute occurs, in a database of its own.
pub(super) struct Target {
    pub(super) process: Process,
    client: Client,
    seen: Mutex<Seen>,
    _folder: TempDir,
}

/// What was asked so far, and what was wrong with it.
#[derive(Default)]
struct Seen {
    n_cases: BTreeMap<&'static str, usize>,
    n_answers: usize,
    slowest: Option<(Duration, String)>,
    /// The first of many.
    wrong: Vec<String>,
}

/// An answer as it came.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl Target {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let import = Command::new(env!("CARGO_BIN_EXE_grounds"))
            .current_dir(folder.path())
            .arg("import")
            .arg(root().join("tests/world"))
            .output()
            .expect("the program was built");
        assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
        let process = Process::start(folder.path(), "warn");
        // A client that gives up hears nothing of what is wrong, so that it waits longer than is allowed.
        let client = Client::builder().timeout(PATIENCE * 6).build().expect("a client");
        Self { process, client, seen: Mutex::default(), _folder: folder }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn url(&self) -> &str {
        &self.process.url
    }

    /// The host and port that it listens on.
    pub(super) fn address(&self) -> &str {
        let url = self.url();
        url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect("an address of HTTP")
    }

    /// Posts a request; `what` names it where something is wrong.
    pub(super) async fn ask(&self, what: &str, query: &str, variables: &Value) -> Answer {
        self.ask_in_text(what, query, &variables.to_string()).await
    }

    /// The same with variables as they are written, which may be no JSON.
    pub(super) async fn ask_in_text(&self, what: &str, query: &str, variables: &str) -> Answer {
        let body = format!(r#"{{"query":{},"variables":{variables}}}"#, json!(query));
        let request = self.client.post(self.url()).header("content-type", "application/json").body(body);
        self.send(what, request).await
    }

    /// The same by GET.
    pub(super) async fn get(&self, what: &str, query: &str, more: &str) -> Answer {
        // Whatever is no letter or digit is escaped.
        let escaped: String = query
            .bytes()
            .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02x}") })
            .collect();
        self.send(what, self.client.get(format!("{}?query={escaped}{more}", self.url()))).await
    }

    /// Sends a request and holds the answer against what must be.
    pub(super) async fn send(&self, what: &str, request: RequestBuilder) -> Answer {
        let start = Instant::now();
        let answer = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                answer.text().await.map(|text| Answer { status, text })
            }
            Err(error) => Err(error),
        };
        match answer {
            Ok(answer) => {
                self.judge(what, &answer, start.elapsed());
                answer
            }
            Err(error) if error.is_connect() => self.is_gone(what),
            Err(error) => {
                self.wrong(format!("{what}: no answer after {:?}: {error:?}", start.elapsed()));
                Answer { status: 0, text: String::new() }
            }
        }
    }

    /// What must hold of every answer, however it came.
    pub(super) fn judge(&self, what: &str, answer: &Answer, took: Duration) {
        let shown: String = answer.text.chars().take(300).collect();
        if answer.status >= 500 {
            self.wrong(format!("{what}: {} {shown}", answer.status));
        }
        if took > PATIENCE {
            self.wrong(format!("{what}: took {took:?}"));
        }
        for inside in INSIDE {
            if answer.text.contains(inside) {
                self.wrong(format!("{what} shows {inside:?}: {shown}"));
            }
        }
        if let Some(errors) = answer.json()["errors"].as_array() {
            if errors.iter().any(|error| error["extensions"]["code"].as_str().is_none_or(str::is_empty)) {
                self.wrong(format!("{what}: an error without a code: {shown}"));
            }
            if errors.iter().any(|error| error["extensions"]["code"] == "INTERNAL") {
                self.wrong(format!("{what}: {shown}"));
            }
        } else if answer.status >= 400 {
            self.wrong(format!("{what}: {} without errors: {shown}", answer.status));
        }
        let mut seen = self.seen();
        seen.n_answers += 1;
        if seen.slowest.as_ref().is_none_or(|(slowest, _)| took > *slowest) {
            seen.slowest = Some((took, what.chars().take(100).collect()));
        }
    }

    /// Writes down that something is wrong; the whole is told at the end, so that one finding hides no other.
    pub(super) fn wrong(&self, what: String) {
        let mut seen = self.seen();
        if seen.wrong.len() < 50 {
            seen.wrong.push(what);
        }
    }

    /// Counts cases: a value at a place, a document, a body, a connection.
    pub(super) fn count(&self, theme: &'static str, n: usize) {
        *self.seen().n_cases.entry(theme).or_default() += n;
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("no attack panics while it writes down")
    }

    /// Whether a healthy request is answered as ever.
    pub(super) async fn assert_well(&self, after: &str) {
        let answer = self.ask("a healthy request", r#"{ law(slug: "bill-7") { name } }"#, &Value::Null).await;
        if answer.json()["data"] != json!({ "law": { "name": "Bill 7 on moonmint" } }) {
            self.wrong(format!("after {after}: {} {}", answer.status, answer.text));
        }
    }

    /// The memory that it holds, in KiB; `None` where the system does not tell.
    pub(super) fn memory_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    }

    /// Ends the test where the server has ended: nothing that follows would mean anything.
    pub(super) fn is_gone(&self, what: &str) -> ! {
        let log: Vec<_> = self.process.log.try_iter().collect();
        panic!("{what}: the server is gone, with: {}\nfound before: {:#?}", log.join("\n"), self.seen().wrong);
    }

    /// Tells what was done, and fails when there were fewer cases than `at_least` or anything was wrong.
    pub(super) fn finish(&self, at_least: &[(&str, usize)]) {
        for line in self.process.log.try_iter() {
            // The library calls it an error of its own when a client speaks no HTTP.
            let is_of_client = line.contains("actix_http::h1::dispatcher: stream error: request parse error");
            if (line.contains("ERROR") && !is_of_client) || line.contains("panicked") {
                self.wrong(format!("the log has: {line}"));
            }
        }
        let seen = self.seen();
        println!("{} answers; cases: {:?}; the slowest: {:?}", seen.n_answers, seen.n_cases, seen.slowest);
        for (theme, n) in at_least {
            let actual = seen.n_cases.get(theme).copied().unwrap_or(0);
            assert!(actual >= *n, "only {actual} cases of {theme}, which has {n} at least");
        }
        assert!(seen.wrong.is_empty(), "{} findings:\n{}", seen.wrong.len(), seen.wrong.join("\n"));
    }
}

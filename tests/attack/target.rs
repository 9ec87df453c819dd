//! The server that is attacked: a process of its own, and what must hold of each of its answers.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::inside::shown_of_the_inside;
use crate::process::{Process, import_world};

/// No answer may take longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// By how much the server may grow over what it held before any attack, and over what it held before
/// attacks of one family, while they last.
pub(super) const GROWTH_MAX_KIB: u64 = 64 * 1024;

/// A server in a database of its own.
pub(super) struct Target {
    pub(super) process: Process,
    client: Client,
    /// A query that is always answered, and its data.
    healthy: (&'static str, Value),
    /// What it held after ordinary requests, before any attack.
    at_rest: Option<Memory>,
    seen: Mutex<Seen>,
    _folder: TempDir,
}

/// The memory of a process, in KiB, without the pages of its own program, which come when they are first used.
#[derive(Debug, Clone, Copy)]
struct Memory {
    /// What it holds.
    held: u64,
    /// The most that it held since [`Target::watch`] began to look.
    peak: u64,
}

/// What was asked so far, and what was wrong with it.
#[derive(Default)]
struct Seen {
    n_cases: BTreeMap<&'static str, usize>,
    n_answers: usize,
    slowest: Option<(Duration, String)>,
    /// The most memory since [`Target::watch`] began to look, and after what it was noticed.
    peak_kib: (u64, String),
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

    /// Whether the operation was executed, and not refused before.
    pub(super) fn was_executed(&self) -> bool {
        self.json().get("data").is_some()
    }

    /// The code of the first error, and the limit that it names.
    pub(super) fn refusal(&self) -> (String, String) {
        let extensions = &self.json()["errors"][0]["extensions"];
        let [code, limit] = ["code", "limit"].map(|key| extensions[key].as_str().unwrap_or_default().to_owned());
        (code, limit)
    }

    /// The first event, where the answer is a stream of them.
    fn first_event(self) -> Self {
        let event = self.text.strip_prefix("event: next\ndata: ").and_then(|rest| rest.split('\n').next());
        match event {
            Some(data) => Self { status: self.status, text: data.to_owned() },
            None => self,
        }
    }
}

impl Target {
    /// With the small world, in which every predicate and every attribute occurs.
    pub(super) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let imported = import_world(folder.path(), &[]);
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        let healthy = (r#"{ law(slug: "bill-7") { name } }"#, json!({ "law": { "name": "Bill 7 on moonmint" } }));
        Self::serve(folder, &[], healthy).await
    }

    /// With the built-in corpora, in which there is much to find, and these settings.
    pub(super) async fn with_corpora(settings: &[&str]) -> Self {
        let healthy = (r#"{ topic(slug: "safety") { slug } }"#, json!({ "topic": { "slug": "safety" } }));
        Self::serve(tempfile::tempdir().expect("a folder"), settings, healthy).await
    }

    async fn serve(folder: TempDir, settings: &[&str], healthy: (&'static str, Value)) -> Self {
        let mut arguments = vec!["--log", "warn"];
        arguments.extend(settings.iter().flat_map(|setting| ["--set", *setting]));
        // What is free goes back to the system at once, so that what is measured is what the server holds and not what its
        // allocator keeps.
        let environment = [("MIMALLOC_PURGE_DELAY", "0")];
        let process = Process::start_in(folder.path(), &environment, &arguments);
        // A client that gives up hears nothing of what is wrong, so that it waits longer than is allowed.
        let client = Client::builder().timeout(PATIENCE * 6).build().expect("a client");
        let mut target = Self { process, client, healthy, at_rest: None, seen: Mutex::default(), _folder: folder };
        target.assert_well("the start").await;
        target.is_at_rest();
        target
    }

    /// From now on its memory is held against what it is now.
    pub(super) fn is_at_rest(&mut self) {
        self.at_rest = self.memory();
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

    /// The same by GET; `variables` as they are written.
    pub(super) async fn get(&self, what: &str, query: &str, variables: Option<&str>) -> Answer {
        let variables = variables.map_or_else(String::new, |text| format!("&variables={}", escaped(text)));
        self.send(what, self.client.get(format!("{}?query={}{variables}", self.url(), escaped(query)))).await
    }

    /// The same as a stream of events; `variables` as they are written.
    pub(super) async fn ask_for_events(&self, what: &str, query: &str, variables: &str) -> Answer {
        let body = format!(r#"{{"query":{},"variables":{variables}}}"#, json!(query));
        let request = self.client.post(self.url()).header("content-type", "application/json").body(body);
        self.send(what, request.header("accept", "text/event-stream")).await
    }

    /// The text of `/metrics`.
    async fn figures(&self) -> String {
        let address = self.process.at("/metrics");
        let answer = self.client.get(address).send().await.unwrap_or_else(|_| self.is_gone("the figures"));
        answer.text().await.unwrap_or_default()
    }

    /// How many connections are open for subscriptions, as the server counts them; `None` when none ever was.
    async fn n_live(&self) -> Option<f64> {
        let figures = self.figures().await;
        let live = figures.lines().filter(|line| line.starts_with("grounds_live_connections{"));
        let counts: Vec<f64> = live.filter_map(|line| line.split(' ').nth(1)?.parse().ok()).collect();
        (!counts.is_empty()).then(|| counts.iter().sum())
    }

    /// Waits until no connection is open for subscriptions and no more than `n_files` files are; they all belonged to clients
    /// that have gone.
    pub(super) async fn assert_left_behind_nothing(&self, what: &str, n_files: Option<usize>) {
        let begin = Instant::now();
        loop {
            let (n_live, n_open) = (self.n_live().await, self.n_files());
            let are_files_closed = n_files.zip(n_open).is_none_or(|(before, now)| now <= before);
            if n_live == Some(0.0) && are_files_closed {
                return;
            }
            if begin.elapsed() > PATIENCE * 6 {
                self.wrong(format!(
                    "{what} left behind {n_live:?} live connections and {n_open:?} files, not {n_files:?}"
                ));
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many files and connections it has open; `None` where the system does not tell.
    pub(super) fn n_files(&self) -> Option<usize> {
        Some(std::fs::read_dir(format!("/proc/{}/fd", self.process.id())).ok()?.count())
    }

    /// Sends a request and holds the answer against what must be.
    pub(super) async fn send(&self, what: &str, request: RequestBuilder) -> Answer {
        let start = Instant::now();
        let answer = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                answer.text().await.map(|text| Answer { status, text }.first_event())
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

    /// What must hold of every answer to one who is alone, however it came.
    pub(super) fn judge(&self, what: &str, answer: &Answer, took: Duration) {
        if answer.status >= 500 {
            self.wrong(format!("{what}: {} {:.300}", answer.status, answer.text));
        }
        if took > PATIENCE {
            self.wrong(format!("{what}: took {took:?}"));
        }
        self.judge_text(what, answer);
        let mut seen = self.seen();
        seen.n_answers += 1;
        if seen.slowest.as_ref().is_none_or(|(slowest, _)| took > *slowest) {
            seen.slowest = Some((took, what.chars().take(100).collect()));
        }
    }

    /// What must hold of every answer of the server's own, whatever its status and however long it took.
    pub(super) fn judge_text(&self, what: &str, answer: &Answer) {
        let shown: String = answer.text.chars().take(300).collect();
        if let Some(inside) = shown_of_the_inside(&answer.text) {
            self.wrong(format!("{what} shows {inside:?}: {shown}"));
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
        let (query, data) = &self.healthy;
        let answer = self.ask("a healthy request", query, &Value::Null).await;
        if answer.json()["data"] != *data {
            self.wrong(format!("after {after}: {} {}", answer.status, answer.text));
        }
        self.note_peak(after);
    }

    /// Carries out attacks of one family, one after the other, and holds what the server held meanwhile and holds now
    /// against what it may.
    pub(super) async fn watch<T>(&self, family: &str, attacks: impl Future<Output = T>) -> T {
        self.watch_up_to(GROWTH_MAX_KIB, family, attacks).await
    }

    /// The same where many attack at once, and hold so much together.
    pub(super) async fn watch_up_to<T>(&self, peak_max_kib: u64, family: &str, attacks: impl Future<Output = T>) -> T {
        let before = self.memory();
        // The peak counts from now on. Where the system does not do that, it is that of the whole test.
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5");
        self.seen().peak_kib = (0, String::new());
        let outcome = attacks.await;
        self.note_peak("the last of them");
        let (Some(at_rest), Some(before)) = (self.at_rest, before) else { return outcome };

        let (peak, after) = self.seen().peak_kib.clone();
        let grown_by = peak.saturating_sub(before.held);
        let begin = Instant::now();
        let stayed = loop {
            let stayed = self.memory().map_or(0, |now| now.held.saturating_sub(at_rest.held));
            if stayed <= GROWTH_MAX_KIB || begin.elapsed() > PATIENCE * 2 {
                break stayed;
            }
            // What others freed goes back when the thread that it belongs to has something to do again.
            futures_util::future::join_all((0..16).map(|_| self.assert_well(family))).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let told =
            format!("{family}: grew by {grown_by} KiB, after {after:.80}; {stayed} KiB more than at rest stayed");
        println!("{told}, after {:?}", begin.elapsed());
        if grown_by > peak_max_kib || stayed > GROWTH_MAX_KIB {
            self.wrong(told);
        }
        outcome
    }

    fn note_peak(&self, after: &str) {
        if let Some(Memory { peak, .. }) = self.memory() {
            let mut seen = self.seen();
            if peak > seen.peak_kib.0 {
                seen.peak_kib = (peak, after.to_owned());
            }
        }
    }

    /// `None` where the system does not tell.
    fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let kib = |name: &str| -> Option<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix(" kB")?.trim().parse().ok()
        };
        Some(Memory { held: kib("RssAnon:")?, peak: kib("VmHWM:")?.saturating_sub(kib("RssFile:")?) })
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
        let mut seen = self.seen();
        println!("{} answers; cases: {:?}; the slowest: {:?}", seen.n_answers, seen.n_cases, seen.slowest);
        for (theme, n) in at_least {
            let actual = seen.n_cases.get(theme).copied().unwrap_or(0);
            if actual < *n {
                seen.wrong.push(format!("only {actual} cases of {theme}, which has {n} at least"));
            }
        }
        assert!(seen.wrong.is_empty(), "{} findings:\n{}", seen.wrong.len(), seen.wrong.join("\n"));
    }
}

/// A part of an address in which whatever is no letter or digit is escaped.
pub(super) fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02x}") })
        .collect()
}

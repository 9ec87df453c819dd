//! One query a level, never one an item: counted where nothing can be hidden, in the log of a server of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

/// A `grounds serve` process that logs each SQL statement.
struct Logged {
    process: Child,
    address: String,
    log: std::sync::mpsc::Receiver<String>,
    _folder: tempfile::TempDir,
}

impl Logged {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_grounds"))
            .current_dir(folder.path())
            .env("GROUNDS_LOG", "off,sqlx::query=debug")
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let stdout = BufReader::new(process.stdout.take().expect("piped"));
        let address = stdout
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.trim().strip_prefix("GraphQL   ").map(|url| url.trim().to_owned()))
            .expect("the server prints its address");
        let (tell, log) = std::sync::mpsc::channel();
        let stderr = BufReader::new(process.stderr.take().expect("piped"));
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { process, address, log, _folder: folder }
    }

    /// How many SQL statements the query costs: those logged between two probes of readiness, which cost one each.
    async fn n_statements(&self, query: &str) -> usize {
        self.probe().await;
        self.ask(query).await;
        self.probe().await;
        self.n_statements_to_probe();
        self.n_statements_to_probe()
    }

    async fn ask(&self, query: &str) {
        let answer = reqwest::Client::new().post(&self.address).json(&json!({ "query": query })).send().await;
        let answer: serde_json::Value = answer.expect("an answer").json().await.expect("JSON");
        assert!(answer.get("errors").is_none(), "{query}: {answer:#}");
    }

    async fn probe(&self) {
        let answer = reqwest::get(self.address.replace("/graphql", "/readyz")).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
    }

    /// Reads the log to the statement of the next probe, which is not counted.
    fn n_statements_to_probe(&self) -> usize {
        // A connection that the pool opens meanwhile sets itself up with PRAGMAs, which no query asked for.
        let is_statement = |line: &String| line.contains("db.statement=") && !line.contains("PRAGMA");
        let mut n = 0;
        loop {
            let line = self.log.recv_timeout(std::time::Duration::from_secs(20)).expect("statements are logged");
            if line.contains("SELECT max(number) FROM revision") {
                return n;
            }
            n += usize::from(is_statement(&line));
        }
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_level_costs_one_statement_however_many_items_it_has() {
    let server = Logged::start();
    let cases = [
        // What the snapshot holds costs nothing.
        ("{ claims(first: 100) { nodes { name backedBy { edges { node { name design } } } } } }", 0),
        // Summaries, aliases and identifiers come together.
        ("{ claims(first: 100) { nodes { summary aliases identifiers { value } } } }", 1),
        ("{ statements(first: 100) { nodes { citations { document { title } } } } }", 1),
        ("{ statements(first: 100) { nodes { note condition citations { document { title } } } } }", 2),
        ("{ laws(first: 100) { nodes { status events { kind } statusEvent { kind } } } }", 1),
        ("{ claims(first: 100) { nodes { mentions(first: 5) { nodes { quote } } } } }", 1),
        // The number of hits, and a page of them.
        (r#"{ search(query: "kratom", first: 50) { totalCount nodes { name } } }"#, 2),
        (r#"{ search(query: "kratom", last: 5) { totalCount nodes { name } } }"#, 3),
        // The relation costs nothing, so the summaries of both levels are asked for at once.
        ("{ claims(first: 50) { nodes { summary backedBy { nodes { summary } } } } }", 1),
        // The texts of documents' claims: known once the citations are.
        ("{ claims(first: 20) { nodes { mentions { nodes { document { states { nodes { summary } } } } } } } }", 2),
    ];
    for (query, n) in cases {
        assert_eq!(server.n_statements(query).await, n, "{query}");
    }
}

//! One query a level, never one an item: counted where nothing can be hidden, in the log of a server of its own.

use std::time::Duration;

use crate::process::Process;

/// A server that logs each SQL statement.
struct Logged(Process);

impl Logged {
    /// How many SQL statements the query costs: those logged between two probes of readiness, which cost one each.
    async fn n_statements(&self, query: &str) -> usize {
        self.probe().await;
        self.0.data(query).await;
        self.probe().await;
        self.n_statements_to_probe();
        self.n_statements_to_probe()
    }

    async fn probe(&self) {
        let answer = reqwest::get(self.0.at("/readyz")).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
    }

    /// Reads the log to the statement of the next probe, which is not counted.
    fn n_statements_to_probe(&self) -> usize {
        // Not asked for by any query: PRAGMAs with which the pool sets up a new connection, and the question for news.
        let others = ["PRAGMA", "coalesce(max(number), 0)"];
        let is_statement =
            |line: &String| line.contains("db.statement=") && !others.iter().any(|other| line.contains(other));
        let mut n = 0;
        loop {
            let line = self.0.log.recv_timeout(Duration::from_secs(20)).expect("statements are logged");
            if line.contains("SELECT max(number) FROM revision") {
                return n;
            }
            n += usize::from(is_statement(&line));
        }
    }
}

#[tokio::test]
async fn a_level_costs_one_statement_however_many_items_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Logged(Process::start(folder.path(), "off,sqlx::query=debug"));
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

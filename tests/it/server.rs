//! Servers on ports of their own, and a client.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use grounds::app::{self, App, CorpusFiles, embedded_corpora, read_corpus_files};
use grounds::graphql::{Api, ExecutionLimits};
use grounds::http::{HttpSettings, serve};
use grounds::store::Store;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A server of this process, in memory, until the process ends.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) app: Arc<App>,
}

/// The server with the built-in corpus.
pub(crate) fn kratom() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(embedded_corpora()))
}

/// The server with the small world of `tests/world/`, in which every predicate and every attribute occurs.
pub(crate) fn world() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let files = read_corpus_files(&root().join("tests/world")).expect("the world can be read");
        Server::start(vec![files])
    })
}

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Takes `extensions.cost` out of an answer; `extensions` with it, when there is nothing else.
pub(crate) fn without_cost(answer: &mut Value) {
    let Some(answer) = answer.as_object_mut() else { return };
    let Some(Value::Object(extensions)) = answer.get_mut("extensions") else { return };
    extensions.shift_remove("cost");
    if extensions.is_empty() {
        answer.shift_remove("extensions");
    }
}

/// Says that a test was left out, and why. Not with `eprintln!`, whose words nobody sees of a test that passes.
pub(crate) fn left_out(why: &str) {
    writeln!(std::io::stderr(), "left out: {why}").expect("standard error is there");
}

impl Server {
    /// Starts a server on threads of its own, so that it outlives the test that happens to be first.
    fn start(corpora: Vec<CorpusFiles>) -> Self {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let store = Store::open("sqlite::memory:").await.expect("a database in memory");
                let imported = app::import(&store, &corpora, None, "a test", Timestamp::UNIX_EPOCH).await;
                imported.unwrap_or_else(|error| panic!("{error}"));
                let app = Arc::new(App::load(store).await.expect("what was imported can be loaded"));
                let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
                let address = listener.local_addr().expect("it is bound");
                let api = Arc::new(Api::new(app.clone(), ExecutionLimits::default()));
                let (server, _) = serve(listener, api, HttpSettings::default()).expect("the listener is good");
                tell.send(Self { address, app }).expect("the test waits");
                server.await.expect("the server runs");
            });
        });
        told.recv().expect("the server starts")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Posts a query and gives back status and answer, without what it cost: `costs.rs` looks at that.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> (u16, Value) {
        let body = json!({ "query": query, "variables": variables });
        let request = reqwest::Client::new().post(self.url("/graphql")).json(&body);
        let answer = request.header("accept", "application/graphql-response+json").send().await;
        let answer = answer.expect("the server answers");
        let status = answer.status().as_u16();
        let mut answer: Value = answer.json().await.expect("an answer is JSON");
        without_cost(&mut answer);
        (status, answer)
    }

    /// The data of a query that must succeed.
    pub(crate) async fn data(&self, query: &str) -> Value {
        let (status, mut answer) = self.ask(query, Value::Null).await;
        assert!(status == 200 && answer.get("errors").is_none(), "{query}: {status} {answer:#}");
        answer["data"].take()
    }
}

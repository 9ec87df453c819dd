//! What is asked, and what each answer must be.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::figures::{CHANGED, CURSOR_GONE, Figures};

/// The kinds of requests, in the turns in which each asker makes them.
const TURNS: [Kind; 12] = [
    Kind::Question,
    Kind::Worked,
    Kind::Search,
    Kind::Question,
    Kind::OneImport,
    Kind::Page,
    Kind::Question,
    Kind::Get,
    Kind::Worked,
    Kind::Bad,
    Kind::Search,
    Kind::Page,
];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Worked,
    Question,
    Search,
    Page,
    Get,
    OneImport,
    Bad,
}

/// Everything that is asked.
pub(crate) struct Mix {
    client: Client,
    url: String,
    worked: Vec<Value>,
    questions: Vec<Value>,
    /// The newest version that any answer has shown.
    version: AtomicU64,
}

/// Where an asker stands.
pub(crate) struct Turn {
    n: usize,
    after: Option<String>,
}

impl Turn {
    pub(crate) fn of(asker: usize) -> Self {
        // Each begins elsewhere.
        Self { n: asker * 31, after: None }
    }
}

const WORDS: [&str; 8] =
    ["kratom", "liver inj", "safety of", "who", "american kratom association", "wa", "x", "withdrawal abuse"];

/// What is bad, and the statuses with which it is refused.
const BAD: [(&str, u16); 8] = [
    ("", 400),
    ("{", 400),
    ("[]", 400),
    (r#"{"query": "{ law("}"#, 400),
    (r#"{"query": "{ nothing }"}"#, 400),
    (r#"{"query": "{ law(slug: 3) { name } }"}"#, 400),
    (r#"{"query": "{ a(x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}"#, 400),
    (r#"{"query": "mutation { write }"}"#, 400),
];

const PAGE: &str = "query($after: String) { statements(first: 50, after: $after) { pageInfo { endCursor hasNextPage } \
                    nodes { id note subject { name } object { name } citations { document { title } } } } }";

const ONE_IMPORT: &str =
    "{ graph { revision } law(slug: \"town-bill\") { name supporters(first: 100) { totalCount nodes { name } } } }";

impl Mix {
    pub(crate) fn new(url: &str) -> Self {
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        let read = |theme: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries").join(theme);
            let mut files: Vec<_> = fs::read_dir(folder)
                .expect("the queries are there")
                .map(|file| file.expect("it is listed").path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "graphql"))
                .collect();
            files.sort();
            let body = |path: &std::path::PathBuf| {
                let variables = fs::read_to_string(path.with_extension("variables.json")).unwrap_or("null".to_owned());
                let variables: Value = serde_json::from_str(&variables).expect("variables are JSON");
                json!({ "query": fs::read_to_string(path).expect("it is listed"), "variables": variables })
            };
            files.iter().map(body).collect::<Vec<_>>()
        };
        let (worked, questions) = (read("worked"), read("questions"));
        Self { client, url: url.to_owned(), worked, questions, version: AtomicU64::new(0) }
    }

    pub(crate) fn n_questions(&self) -> usize {
        self.worked.len() + self.questions.len()
    }

    /// The newest version that was seen.
    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::SeqCst)
    }

    /// Asks what is next in turn, and looks at the answer.
    pub(crate) async fn ask(&self, turn: &mut Turn, figures: &Figures) {
        let n = turn.n;
        turn.n += 1;
        match TURNS[n % TURNS.len()] {
            Kind::Worked => {
                let body = &self.worked[n / 2 % self.worked.len()];
                self.good("worked", self.post(body), figures).await;
            }
            Kind::Question => {
                let body = &self.questions[n / 3 % self.questions.len()];
                self.good("question", self.post(body), figures).await;
            }
            Kind::Search => {
                let query = "query($q: String!) { search(query: $q, first: 20) { totalCount nodes { id name } } }";
                let body = json!({ "query": query, "variables": { "q": WORDS[n / 5 % WORDS.len()] } });
                self.good("search", self.post(&body), figures).await;
            }
            Kind::Get => {
                let address =
                    format!("{}?query=%7Bclaims(first:20)%7BtotalCount%20nodes%7Bname%20summary%7D%7D%7D", self.url);
                self.good("get", self.client.get(address), figures).await;
            }
            Kind::Page => self.page(turn, figures).await,
            Kind::OneImport => self.one_import(figures).await,
            Kind::Bad => {
                let (body, status) = BAD[n / 12 % BAD.len()];
                let request = self.client.post(&self.url).header("content-type", "application/json").body(body);
                let request = request.header("accept", "application/graphql-response+json");
                if let Some((actual, answer)) = self.send("bad input", request, figures).await
                    && (actual != status || !answer["errors"][0]["extensions"]["code"].is_string())
                {
                    figures.wrong(format!("{body}: {actual} {answer:.200}"));
                }
            }
        }
    }

    fn post(&self, body: &Value) -> RequestBuilder {
        self.client.post(&self.url).json(body)
    }

    /// An answer as it came; `None` when none did, which is told.
    async fn send(&self, kind: &'static str, request: RequestBuilder, figures: &Figures) -> Option<(u16, Value)> {
        let start = Instant::now();
        let answer = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                answer.json().await.map(|json: Value| (status, json))
            }
            Err(error) => Err(error),
        };
        figures.took(kind, start.elapsed());
        answer.map_err(|error| figures.wrong(format!("{kind}: {error:?}"))).ok()
    }

    /// The data of a request in which nothing is wrong; `None` when they changed while they were read, or more is wrong,
    /// which is told.
    async fn good(&self, kind: &'static str, request: RequestBuilder, figures: &Figures) -> Option<Value> {
        let (status, mut answer) = self.send(kind, request, figures).await?;
        let errors = answer["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        if let Some(error) =
            errors.iter().find(|error| !["SNAPSHOT_CHANGED", "INVALID_CURSOR"].contains(&&*code(error)))
        {
            figures.wrong(format!("{kind}: {status} {error}"));
            return None;
        }
        if let Some(error) = errors.first() {
            // The text of an item that an import took away, or a page that began behind one.
            figures.note(if code(error) == "SNAPSHOT_CHANGED" { CHANGED } else { CURSOR_GONE });
            return None;
        }
        if status != 200 || !answer["data"].is_object() {
            figures.wrong(format!("{kind}: {status} {answer:.200}"));
            return None;
        }
        Some(answer["data"].take())
    }

    async fn page(&self, turn: &mut Turn, figures: &Figures) {
        let body = json!({ "query": PAGE, "variables": { "after": turn.after } });
        let data = self.good("page", self.post(&body), figures).await;
        // After the last page, or where the list is no longer the one that it was, from the start.
        turn.after = data.and_then(|data| {
            let info = &data["statements"]["pageInfo"];
            info["hasNextPage"].as_bool().unwrap_or_default().then(|| info["endCursor"].as_str().map(str::to_owned))?
        });
    }

    /// Versions only grow, and all names of an answer are of one import.
    async fn one_import(&self, figures: &Figures) {
        let seen = self.version();
        let Some(data) = self.good("one import", self.post(&json!({ "query": ONE_IMPORT })), figures).await else {
            return;
        };
        let version = data["graph"]["revision"].as_u64().unwrap_or_default();
        self.version.fetch_max(version, Ordering::SeqCst);
        if version < seen || version == 0 {
            figures.wrong(format!("version {version} after {seen}"));
        }
        let number = |name: &Value| name.as_str().and_then(|name| name.rsplit(' ').next()?.parse::<u64>().ok());
        let law = &data["law"];
        let import = number(&law["name"]);
        let bodies = law["supporters"]["nodes"].as_array().map_or(&[][..], Vec::as_slice);
        let is_whole = law["supporters"]["totalCount"].as_u64() == import.map(|n| 200 + n % 7);
        if import.is_none()
            || bodies.len() != 100
            || !is_whole
            || bodies.iter().any(|body| number(&body["name"]) != import)
        {
            figures.wrong(format!("not of one import: {data:.400}"));
        }
    }
}

//! `grounds serve` as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Imports the small world, in which every predicate and every attribute occurs, into the database of `folder`.
pub(crate) fn import_world(folder: &Path, settings: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_grounds"))
        .current_dir(folder)
        .args(["import", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/world")])
        .args(settings.iter().flat_map(|setting| ["--set", setting]))
        .output()
        .expect("the program was built")
}

/// A serving process, which ends with the test at the latest.
pub(crate) struct Process {
    child: Child,
    /// What it said up to the address of the API and the line behind.
    pub(crate) greeting: String,
    /// The address of the API.
    pub(crate) url: String,
    /// The lines of standard error.
    pub(crate) log: Receiver<String>,
}

impl Process {
    /// Starts it in `folder`, logging what `filter` wants.
    pub(crate) fn start(folder: &Path, filter: &str) -> Self {
        Self::start_with(folder, &["--log", filter])
    }

    /// Starts it in `folder`, with these arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        Self::start_in(folder, &[], arguments)
    }

    /// The same in this environment, beside that of the test.
    pub(crate) fn start_in(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_grounds"))
            .current_dir(folder)
            .envs(environment.iter().copied())
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let (tell, log) = channel();
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));

        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut process = Self { child, greeting: String::new(), url: String::new(), log };
        for line in stdout.lines().map_while(Result::ok) {
            if let Some(url) = line.trim().strip_prefix("GraphQL   ") {
                url.trim().clone_into(&mut process.url);
            }
            process.greeting += &line;
            process.greeting.push('\n');
            if line.starts_with("Ctrl-C") {
                return process;
            }
        }
        let log: Vec<_> = process.log.iter().collect();
        panic!("the server did not start: {}{}", process.greeting, log.join("\n"));
    }

    /// The number by which the system knows it.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as Ctrl-C does, and waits until it has.
    #[cfg(unix)]
    pub(crate) fn interrupt(self) -> ExitStatus {
        self.signal("INT");
        self.ended()
    }

    /// Sends it a signal of this name, such as `TERM`.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let told = Command::new("kill").args([&format!("-{name}"), &self.id().to_string()]).status();
        assert!(told.expect("kill is there").success());
    }

    /// Waits until it has ended.
    pub(crate) fn ended(mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }

    /// A connection to it, on which nothing has been said yet, and which fails a test rather than wait for ever.
    pub(crate) fn connect(&self) -> TcpStream {
        let address = self.url.split('/').nth(2).expect("an address has a host");
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a timeout can be set");
        stream
    }

    /// The address of something else than the API, by its path.
    pub(crate) fn at(&self, path: &str) -> String {
        let site = self.url.strip_suffix("/graphql").expect("the address of the API");
        format!("{site}{path}")
    }

    /// The answer to what is posted to the API.
    pub(crate) async fn ask(&self, body: &Value) -> Value {
        let answer = reqwest::Client::new().post(&self.url).json(body).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// The data of a query that must succeed.
    pub(crate) async fn data(&self, query: &str) -> Value {
        let mut answer = self.ask(&json!({ "query": query })).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer:#}");
        answer["data"].take()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

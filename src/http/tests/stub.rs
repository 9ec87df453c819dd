//! A schema of a few fields, each for one thing that can happen to a request.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_graphql::{Object, Schema, Subscription, Value};
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::sync::Semaphore;

use crate::graphql::{Answer, Answers, Asked, Executable, ExecutionLimits, Limits, NotReady, Outcome, Request, Turns};

#[derive(Clone)]
pub(super) struct Stub {
    schema: Schema<Query, Mutation, Events>,
    sdl: String,
    observed: Arc<Observed>,
    ready: Result<(), NotReady>,
}

impl Stub {
    pub(super) fn new() -> Self {
        let observed = Arc::new(Observed::new());
        let schema = Schema::new(Query, Mutation, Events(Arc::clone(&observed)));
        Self { sdl: schema.sdl(), schema, observed, ready: Ok(()) }
    }

    pub(super) fn not_ready(reason: &'static str) -> Self {
        Self { ready: Err(NotReady(reason)), ..Self::new() }
    }

    /// How many values of `large` were made so far.
    pub(super) fn n_large(&self) -> usize {
        self.observed.n_large.load(Ordering::SeqCst)
    }

    /// How many queries of streams had a turn at the same time, at the most.
    pub(super) fn n_at_once_max(&self) -> usize {
        self.observed.n_at_once_max.load(Ordering::SeqCst)
    }

    /// Waits until a stream of `large` or `once` is dropped that was not waited for yet.
    pub(super) async fn stream_ended(&self) {
        self.observed.ended.acquire().await.expect("the semaphore is never closed").forget();
    }
}

impl Answers for Stub {
    async fn execute(&self, request: Request) -> Answer {
        let document = Limits { text_chars: 10_000_000, ..Limits::default() };
        let limits = ExecutionLimits { document, time: Duration::from_millis(50), ..ExecutionLimits::default() };
        let events = || Events(Arc::clone(&self.observed));
        let executable = Executable::new(limits, || Schema::build(Query, Mutation, events()));
        let mut answer = executable.execute(request, |request, _| request).await;
        // What it costs is not for these tests to say.
        answer.response.extensions.clear();
        answer
    }

    fn stream(&self, request: Request, turns: Turns) -> impl Stream<Item = Answer> + 'static {
        let stub = self.clone();
        if request.query.starts_with("subscription") {
            let variables = serde_json::from_str(&request.variables.to_string()).expect("JSON");
            let request = async_graphql::Request::new(request.query).variables(variables);
            let answers = stub.schema.execute_stream(request).map(|response| {
                let is_refused = response.is_err() && response.data == Value::Null;
                let outcome = if is_refused { Outcome::Refused } else { Outcome::Executed };
                Answer { response, outcome, asked: Asked::default(), took: Duration::ZERO }
            });
            return answers.left_stream();
        }
        let answers = stream::unfold(Some((stub, request)), move |asked| {
            let turns = turns.clone();
            async move {
                let (stub, request) = asked?;
                let _turn = turns.take().await;
                let n_at_once = stub.observed.n_at_once.fetch_add(1, Ordering::SeqCst) + 1;
                stub.observed.n_at_once_max.fetch_max(n_at_once, Ordering::SeqCst);
                let answer = stub.execute(request).await;
                stub.observed.n_at_once.fetch_sub(1, Ordering::SeqCst);
                Some((answer, None))
            }
        });
        answers.right_stream()
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    async fn ready(&self) -> Result<(), NotReady> {
        self.ready
    }
}

struct Query;

#[Object]
impl Query {
    async fn echo(&self, text: String) -> String {
        text
    }

    async fn half(&self, of: i32) -> async_graphql::Result<Option<i32>> {
        if of % 2 == 0 { Ok(Some(of / 2)) } else { Err("an odd number has no half".into()) }
    }

    async fn endless(&self) -> bool {
        std::future::pending().await
    }

    async fn broken(&self) -> bool {
        fails()
    }
}

fn fails() -> bool {
    panic!("secret: /var/lib")
}

struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self) -> bool {
        true
    }
}

/// What a test may see of the streams.
struct Observed {
    n_large: AtomicUsize,
    n_at_once: AtomicUsize,
    n_at_once_max: AtomicUsize,
    /// A permit for each stream that has ended.
    ended: Semaphore,
}

impl Observed {
    fn new() -> Self {
        let n = AtomicUsize::default;
        Self { n_large: n(), n_at_once: n(), n_at_once_max: n(), ended: Semaphore::new(0) }
    }
}

/// Is dropped with the stream that owns it.
struct Ends(Arc<Observed>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.ended.add_permits(1);
    }
}

struct Events(Arc<Observed>);

#[Subscription]
impl Events {
    async fn ticks(&self, n: i32) -> impl Stream<Item = i32> {
        stream::iter(0..n)
    }

    /// Always has another one.
    async fn endless(&self) -> impl Stream<Item = i32> {
        stream::iter(0..)
    }

    /// One, and never another one.
    async fn once(&self) -> impl Stream<Item = i32> {
        let ends = Ends(Arc::clone(&self.0));
        stream::iter([0]).chain(stream::pending()).map(move |i| {
            let _kept = &ends;
            i
        })
    }

    /// Always has another one of so many bytes.
    async fn large(&self, bytes: usize) -> impl Stream<Item = String> {
        let ends = Ends(Arc::clone(&self.0));
        stream::repeat(()).map(move |()| {
            ends.0.n_large.fetch_add(1, Ordering::SeqCst);
            "x".repeat(bytes)
        })
    }

    async fn breaks(&self) -> impl Stream<Item = bool> {
        stream::iter([()]).map(|()| fails())
    }
}

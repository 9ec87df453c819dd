//! From a request to its answers, one after the other: of a subscription one at each event.
//!
//! Every event is an execution of its own, on the snapshot that is current then, within limits of its own. Between
//! events a subscription holds its document, its variables and what it told last; no snapshot.
//!
//! Knows nothing of what the schema offers, nor of what carries requests.

use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use async_graphql::{ObjectType, SubscriptionType};
use futures_util::{Stream, StreamExt as _, stream};
use tokio::sync::watch;

use super::error_path;
use super::execute::{Executable, guarded, told};
use super::handle::Budget;
use super::prepare::{Prepared, prepare};
use super::request::{Answer, Request};
use super::source_stream::Source;
use super::turns::{Turn, Turns};
use crate::app;

/// Answers `request` for as long as the stream is polled; never panics. To a query it gives one answer.
///
/// An event begins when the stream is polled, and then goes on by itself, to its end or until the stream is dropped:
/// whoever stops polling in the midst of it keeps neither the snapshot nor the turn of another reader. Of the reader's own
/// `turns` an answer has one until the stream is polled again; what is made meanwhile waits for it.
///
/// `equip` adds what resolvers need and no other execution may share, anew for each event. The events are the beginning
/// and each change of `news`; between two polls any number of changes are one event. The stream ends with a request that
/// is refused, with a subscription whose source does not open, and with the sender of `news`. Needs a Tokio runtime.
pub(super) fn stream<Q, M, S>(
    executable: Arc<Executable<Q, M, S>>,
    news: watch::Receiver<u64>,
    request: Request,
    turns: Turns,
    equip: impl Fn(async_graphql::Request, Arc<Budget>) -> async_graphql::Request + Send + Sync + 'static,
) -> impl Stream<Item = Answer> + 'static
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let events = Events { executor: Arc::new(Executor { executable, equip }), news, turns, turn: None };
    stream::unfold((events, Stage::Asked(request)), |(mut events, stage)| async move {
        events.turn = None;
        let (answer, stage) = match stage {
            Stage::Asked(request) => events.begin(request).await?,
            Stage::Open(subscription) => events.go_on(subscription).await?,
            Stage::Over => return None,
        };
        Some((answer, (events, stage)))
    })
}

/// How far a stream of answers has come.
enum Stage {
    Asked(Request),
    Open(Arc<Subscribed>),
    Over,
}

/// A subscription whose document is known to be harmless.
struct Subscribed {
    prepared: Prepared,
    source: Arc<Source>,
}

struct Events<Q, M, S, E> {
    executor: Arc<Executor<Q, M, S, E>>,
    news: watch::Receiver<u64>,
    turns: Turns,
    /// That of the answer which is being made, or was made last.
    turn: Option<Turn>,
}

/// What executes an operation, once or at each event.
struct Executor<Q, M, S, E> {
    executable: Arc<Executable<Q, M, S>>,
    equip: E,
}

impl<Q, M, S, E> Events<Q, M, S, E>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    E: Fn(async_graphql::Request, Arc<Budget>) -> async_graphql::Request + Send + Sync + 'static,
{
    async fn begin(&mut self, request: Request) -> Option<(Answer, Stage)> {
        let executor = self.executor.clone();
        let mut prepared = match app::execute(async move { prepare(&executor.executable.rules, request) }).await {
            Ok(prepared) => prepared,
            Err(refused) => return Some((*refused, Stage::Over)),
        };
        if prepared.asked.operation_type != Some(OperationType::Subscription) {
            self.turn = Some(self.turns.take().await);
            let executor = self.executor.clone();
            let answer = app::execute(async move {
                executor
                    .executable
                    .execute_prepared(prepared, |request, budget| (executor.equip)(request, budget))
                    .await
            });
            let answer = answer.await;
            return Some((answer, Stage::Over));
        }
        prepared.forget_texts();
        let subscription = Arc::new(Subscribed { prepared, source: Arc::default() });
        let answer = self.event(&subscription).await;
        if !subscription.source.is_open() {
            return answer.map(|answer| (answer, Stage::Over));
        }
        match answer {
            Some(answer) => Some((answer, Stage::Open(subscription))),
            None => self.go_on(subscription).await,
        }
    }

    /// Waits until there is something to tell.
    async fn go_on(&mut self, subscription: Arc<Subscribed>) -> Option<(Answer, Stage)> {
        loop {
            if let Some(wait) = subscription.source.take_debt() {
                let changed = tokio::time::timeout(wait, self.news.changed()).await;
                changed.unwrap_or(Ok(())).ok()?;
            } else {
                self.news.changed().await.ok()?;
            }
            if let Some(answer) = self.event(&subscription).await {
                return Some((answer, Stage::Open(subscription)));
            }
        }
    }

    /// The answer on what is current now; `None` when there is nothing to tell.
    async fn event(&mut self, subscription: &Arc<Subscribed>) -> Option<Answer> {
        self.turn = Some(self.turns.take().await);
        // Before it is executed, so that what is swapped in from here on is another event.
        self.news.borrow_and_update();
        let (executor, subscription) = (self.executor.clone(), subscription.clone());
        let answer = app::execute(async move { executor.event(&subscription).await }).await;
        if answer.is_none() {
            self.turn = None;
        }
        answer
    }
}

impl<Q, M, S, E> Executor<Q, M, S, E>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
    E: Fn(async_graphql::Request, Arc<Budget>) -> async_graphql::Request,
{
    /// What is to be told at an event, if anything.
    async fn event(&self, subscription: &Subscribed) -> Option<Answer> {
        let Executable { with_whole_paths, rules, turns_of_events, .. } = &*self.executable;
        // Whoever waits for a turn holds no snapshot, and the time of the event has not begun.
        let _turn = turns_of_events.acquire().await.expect("nobody closes it");
        let Subscribed { prepared, source } = subscription;
        let begun = Instant::now();
        let budget = Arc::new(Budget::new(rules.limits.clone(), prepared.n_fields, begun));
        let request = (self.equip)(prepared.to_request(), budget.clone()).data(source.clone());
        // An event cannot be executed twice: what is told is news once. They are few, so that they may be slower.
        let execution = async {
            let mut response = with_whole_paths.execute_stream(request).next().await?;
            error_path::restore(&mut response);
            Some(response)
        };
        let response = guarded(rules, begun, execution).await.transpose()?;
        Some(told(rules, &prepared.asked, &budget, response))
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use async_graphql::{Context, EmptyMutation, Object, Schema, Subscription, Value};
    use futures_util::FutureExt as _;
    use serde_json::{Value as Json, json};
    use tokio::sync::Semaphore;

    use super::*;
    use crate::graphql::source_stream::Seen;
    use crate::graphql::{ExecutionLimits, Outcome};

    struct Query;

    #[Object]
    impl Query {
        async fn law(&self) -> &str {
            "HB 1"
        }
    }

    /// Has no permit until a test gives one.
    static GATE: Semaphore = Semaphore::const_new(0);

    /// The number that is current at an event.
    struct Number(u64);

    #[Object]
    #[expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]
    impl Number {
        async fn value(&self) -> u64 {
            self.0
        }

        async fn even(&self) -> async_graphql::Result<Option<u64>> {
            if self.0.is_multiple_of(2) { Ok(Some(self.0)) } else { Err("odd".into()) }
        }

        async fn broken_at_2(&self) -> u64 {
            assert!(self.0 != 2, "secret: /var/lib");
            self.0
        }

        async fn behind_the_gate(&self) -> u64 {
            let _opened = GATE.acquire().await.expect("nobody closes it");
            self.0
        }

        async fn endless_at_2(&self) -> u64 {
            if self.0 == 2 { std::future::pending().await } else { self.0 }
        }
    }

    #[derive(Default)]
    struct Numbers {
        n_looks: AtomicU32,
    }

    #[Subscription]
    impl Numbers {
        /// Each number that is not the one before, the first included.
        async fn number(&self, ctx: &Context<'_>) -> impl Stream<Item = Number> {
            let (source, version) = (Source::of(ctx), *ctx.data_unchecked::<u64>());
            source.open();
            let is_new = source.seen() != Some(Seen::Graph { version });
            source.see(Seen::Graph { version });
            stream::iter(is_new.then_some(Number(version)))
        }

        /// What is only found at the third look.
        async fn hidden(&self, ctx: &Context<'_>) -> impl Stream<Item = u32> {
            let source = Source::of(ctx);
            source.open();
            let n_looks = self.n_looks.fetch_add(1, Ordering::SeqCst) + 1;
            if n_looks < 3 {
                source.owe();
            }
            stream::iter((n_looks == 3).then_some(n_looks))
        }

        #[expect(clippy::unused_async, reason = "fields of subscriptions are async, whether they wait or not")]
        async fn closed(&self) -> async_graphql::Result<stream::Empty<u32>> {
            Err("there is no such thing".into())
        }
    }

    type Answers = Pin<Box<dyn Stream<Item = Answer>>>;

    type Numbered = Executable<Query, EmptyMutation, Numbers>;

    fn executable(limits: &ExecutionLimits) -> Arc<Numbered> {
        Arc::new(Executable::new(*limits, || Schema::build(Query, EmptyMutation, Numbers::default())))
    }

    fn subscribe(news: &watch::Sender<u64>, query: &str, limits: &ExecutionLimits) -> Answers {
        subscribe_on(&executable(limits), news, query, Turns::new(1))
    }

    fn subscribe_on(executable: &Arc<Numbered>, news: &watch::Sender<u64>, query: &str, turns: Turns) -> Answers {
        let current = news.subscribe();
        let equip = move |request: async_graphql::Request, _| request.data(*current.borrow());
        let request = Request { query: query.to_owned(), ..Request::default() };
        Box::pin(stream(executable.clone(), news.subscribe(), request, turns, equip))
    }

    async fn next(answers: &mut Answers) -> Answer {
        answers.next().await.expect("the stream goes on")
    }

    async fn data(answers: &mut Answers) -> Json {
        let answer = next(answers).await;
        assert_eq!((answer.outcome, &answer.response.errors[..]), (Outcome::Executed, &[][..]));
        answer.response.data.into_json().expect("data are JSON")
    }

    fn code(answer: &Answer) -> Option<&str> {
        match answer.response.errors.first()?.extensions.as_ref()?.get("code")? {
            Value::String(code) => Some(code),
            _ => None,
        }
    }

    #[tokio::test]
    async fn each_event_sees_what_is_current_and_only_the_newest_is_told() {
        let (news, _) = watch::channel(1);
        let query = "subscription S { ...F } fragment F on Numbers { number { n: value } ... { number { even } } }";
        let mut answers = subscribe(&news, query, &ExecutionLimits::default());
        news.send_replace(2);
        assert_eq!(data(&mut answers).await, json!({ "number": { "n": 2, "even": 2 } }), "lazy from the beginning");
        for number in 3..=100 {
            news.send_replace(number);
        }
        assert_eq!(data(&mut answers).await, json!({ "number": { "n": 100, "even": 100 } }));
        // Told again, it is no news: the next answer is to the next number.
        news.send_replace(100);
        let (answer, _) = tokio::join!(data(&mut answers), async { news.send_replace(102) });
        assert_eq!(answer["number"]["n"], 102);
        drop(news);
        assert!(answers.next().await.is_none(), "nobody tells anything any more");
    }

    #[tokio::test]
    async fn what_is_refused_is_answered_once() {
        let (news, _) = watch::channel(1);
        for (query, outcome, expected) in [
            ("subscription { number { value }", Outcome::Refused, "GRAPHQL_PARSE_FAILED"),
            ("subscription { nothing }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { __typename }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { __schema { types { name } } }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { number { value } hidden }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { number { value } ... { closed } }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { hidden @skip(if: true) }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { ...F } fragment F on Query { law }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { ...F }", Outcome::Refused, "GRAPHQL_VALIDATION_FAILED"),
            ("subscription($x: Int!) { hidden }", Outcome::Refused, "BAD_USER_INPUT"),
            ("subscription { closed }", Outcome::Executed, "BAD_USER_INPUT"),
        ] {
            let mut answers = subscribe(&news, query, &ExecutionLimits::default());
            let answer = next(&mut answers).await;
            assert_eq!((answer.outcome, code(&answer)), (outcome, Some(expected)), "{query}");
            assert!(answers.next().await.is_none(), "{query}");
        }
    }

    #[tokio::test]
    async fn a_query_has_one_answer() {
        let (news, _) = watch::channel(1);
        let mut answers = subscribe(&news, "{ law }", &ExecutionLimits::default());
        assert_eq!(data(&mut answers).await, json!({ "law": "HB 1" }));
        assert!(answers.next().await.is_none());
    }

    #[tokio::test]
    async fn what_goes_wrong_in_an_event_is_its_answer_and_the_next_one_is_told() {
        let limits = ExecutionLimits { time: Duration::from_millis(500), ..ExecutionLimits::default() };
        for (field, outcome, expected) in
            [("endlessAt2", Outcome::TimedOut, "TIMEOUT"), ("brokenAt2", Outcome::Crashed, "INTERNAL")]
        {
            let (news, _) = watch::channel(2);
            let mut answers = subscribe(&news, &format!("subscription {{ number {{ {field} }} }}"), &limits);
            let answer = next(&mut answers).await;
            assert_eq!((answer.outcome, code(&answer)), (outcome, Some(expected)));
            assert!(!answer.response.errors[0].message.contains("secret"));
            news.send_replace(3);
            assert_eq!(data(&mut answers).await, json!({ "number": { field: 3 } }));
        }
        let (news, _) = watch::channel(1);
        let mut answers = subscribe(&news, "subscription { number { value even } }", &limits);
        let answer = next(&mut answers).await;
        assert_eq!((answer.outcome, code(&answer)), (Outcome::Executed, Some("BAD_USER_INPUT")));
        news.send_replace(4);
        assert_eq!(data(&mut answers).await, json!({ "number": { "value": 4, "even": 4 } }));
    }

    #[tokio::test]
    async fn whoever_stops_reading_in_the_midst_of_an_event_takes_nobodys_turn() {
        let (news, _) = watch::channel(1);
        // Two events are executed at once.
        let executable = executable(&ExecutionLimits { executed_at_once: 8, ..ExecutionLimits::default() });
        let ask = || subscribe_on(&executable, &news, "subscription { number { behindTheGate } }", Turns::new(1));
        let mut stuck: Vec<Answers> = (0..30).map(|_| ask()).collect();
        for answers in &mut stuck {
            assert!(answers.next().now_or_never().is_none(), "polled once, which is not enough for an answer");
        }
        GATE.add_permits(1);
        let mut read = ask();
        assert_eq!(data(&mut read).await, json!({ "number": { "behindTheGate": 1 } }));
    }

    #[tokio::test]
    async fn a_reader_has_so_many_answers_at_a_time_and_no_more() {
        let (news, _) = watch::channel(1);
        let (executable, turns) = (executable(&ExecutionLimits::default()), Turns::new(1));
        let ask = |query| subscribe_on(&executable, &news, query, turns.clone());
        let subscription = "subscription { number { value } }";
        // Waits for an event that does not come, and so for no turn.
        let mut quiet = ask(subscription);
        data(&mut quiet).await;
        assert!(quiet.next().now_or_never().is_none());
        for (first, second) in [("{ law }", subscription), (subscription, "{ law }"), ("{ law }", "{ law }")] {
            let (mut first, mut second) = (ask(first), ask(second));
            data(&mut first).await;
            // Too short a time would show nothing, and fail nothing.
            let early = tokio::time::timeout(Duration::from_millis(50), second.next()).await;
            assert!(early.is_err(), "the first answer is still being read");
            assert!(matches!(first.next().now_or_never(), None | Some(None)), "the first is read");
            data(&mut second).await;
        }
        let (mut first, mut second) = (ask("{ law }"), ask("{ law }"));
        data(&mut first).await;
        drop(first);
        data(&mut second).await;
    }

    #[tokio::test]
    async fn what_is_owed_is_looked_for_again_without_news() {
        let (news, _) = watch::channel(1);
        let mut answers = subscribe(&news, "subscription { hidden }", &ExecutionLimits::default());
        assert_eq!(data(&mut answers).await, json!({ "hidden": 3 }));
    }
}

//! From a request to its answer: execution within limits of a request that was prepared.
//!
//! Knows nothing of what the schema offers, nor of what carries requests.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use async_graphql::{ObjectType, Response, Schema, SchemaBuilder, SubscriptionType, value};
use futures_util::FutureExt as _;
use tokio::sync::Semaphore;
use tokio::time::timeout_at;

use super::answer::{self, Code};
use super::error_path::{self, WholePaths};
use super::handle::Budget;
use super::limits::ExecutionLimits;
use super::prepare::{Prepared, Rules, prepare};
use super::request::{Answer, Asked, Outcome, Request};

/// A schema that requests are executed on, and what they are held to. Made once.
pub struct Executable<Q, M, S> {
    pub(super) schema: Schema<Q, M, S>,
    /// The same, slower: its errors say where they arose.
    pub(super) with_whole_paths: Schema<Q, M, S>,
    pub(super) rules: Rules,
    /// Requests that are executed at once.
    turns: Semaphore,
    /// Events that are executed at once, of all subscriptions: a new snapshot is an event for each of them, and requests
    /// go on being asked meanwhile.
    pub(super) turns_of_events: Semaphore,
}

impl<Q, M, S> Executable<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Requests to the schema that `build` begins may cost what `limits` say.
    pub fn new(limits: ExecutionLimits, build: impl Fn() -> SchemaBuilder<Q, M, S>) -> Self {
        let schema = build().finish();
        Self {
            with_whole_paths: build().extension(WholePaths).finish(),
            rules: Rules::new(Arc::new(limits), &schema.sdl()),
            schema,
            turns: Semaphore::new(limits.executed_at_once),
            turns_of_events: Semaphore::new((limits.executed_at_once / 4).max(1)),
        }
    }

    /// What one request may cost.
    pub fn limits(&self) -> &ExecutionLimits {
        &self.rules.limits
    }

    /// Answers `request`, whatever it is; never panics.
    ///
    /// `equip` adds what resolvers need and no other request may share: the snapshot, loaders, and the budget on which they
    /// count what they make. An answer that was executed says in `extensions.cost` what was `estimated` before, what is
    /// allowed (`max`), and how many `objects` were counted. Needs a Tokio runtime. The time limit begins when the request
    /// was received, and takes hold where a resolver waits, or waits for its turn; those that do not wait must count what
    /// they make.
    ///
    /// A query whose errors would be told with paths that are cut is executed once more, within the same time, so that
    /// they are whole; what it would have told is let go of, also when the time then ends. A mutation is executed once.
    pub async fn execute(
        &self,
        request: Request,
        equip: impl Fn(async_graphql::Request, Arc<Budget>) -> async_graphql::Request,
    ) -> Answer {
        let prepared = match prepare(&self.rules, request) {
            Ok(prepared) => prepared,
            Err(refused) => return *refused,
        };
        if prepared.asked.operation_type == Some(OperationType::Subscription) {
            let message = "A subscription has many answers, and this request has one: subscribe over a WebSocket \
                           (graphql-transport-ws), or with `Accept: text/event-stream`.";
            let error = answer::error(Code::OperationResolutionFailure, message);
            return Answer { asked: prepared.asked, ..answer::stopped(self.limits(), Outcome::Refused, error) };
        }
        self.execute_prepared(prepared, equip).await
    }

    /// As [`Executable::execute`], of a request that has one answer.
    pub(super) async fn execute_prepared(
        &self,
        prepared: Prepared,
        equip: impl Fn(async_graphql::Request, Arc<Budget>) -> async_graphql::Request,
    ) -> Answer {
        let rules = &self.rules;
        let begun = prepared.received();
        let budget = Arc::new(Budget::new(rules.limits.clone(), prepared.n_fields, begun));
        let asked = prepared.asked.clone();
        let execution = async {
            let _turn = self.turns.acquire().await.expect("nobody closes it");
            let only_reads = prepared.asked.operation_type == Some(OperationType::Query);
            let (mut request, original) = prepared.into_request();
            if only_reads {
                let response = self.schema.execute(equip(request, budget.clone())).await;
                if !error_path::are_cut(&response.errors) {
                    return response;
                }
                let Ok(prepared) = prepare(rules, original) else { return response };
                // The budget is that of one answer.
                drop(response);
                budget.begin_again();
                (request, _) = prepared.into_request();
            }
            let mut response = self.with_whole_paths.execute(equip(request, budget.clone())).await;
            error_path::restore(&mut response);
            response
        };
        told(rules, &asked, &budget, guarded(rules, begun, execution).await)
    }
}

/// What `execution` gives within the time that began at `begun`; never panics.
///
/// # Errors
/// With the answer to be given when it takes too long or panics.
pub(super) async fn guarded<T>(rules: &Rules, begun: Instant, execution: impl Future<Output = T>) -> Result<T, Answer> {
    let limits = &rules.limits;
    match timeout_at((begun + limits.time).into(), AssertUnwindSafe(execution).catch_unwind()).await {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(panic)) => Err(answer::crashed(limits, &*panic)),
        Err(_) => Err(answer::timed_out(limits)),
    }
}

/// The answer that a response is, or that was given instead, with what it cost.
pub(super) fn told(rules: &Rules, asked: &Asked, budget: &Budget, response: Result<Response, Answer>) -> Answer {
    let limits = &rules.limits;
    let mut answer = response.map_or_else(|stopped| stopped, |response| answer::from_execution(limits, response));
    if answer.outcome == Outcome::Executed {
        let cost = value!({ "estimated": asked.cost, "max": limits.cost, "objects": budget.n_objects() });
        answer.response.extensions.insert("cost".to_owned(), cost);
    }
    Answer { asked: asked.clone(), took: budget.spent_time(), ..answer }
}

#[cfg(test)]
#[expect(clippy::unused_async, reason = "resolvers are async, whether they wait or not")]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use async_graphql::{Context, EmptySubscription, Object, Response, Value};
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::graphql::JsonVariables;

    struct Query;

    #[Object]
    impl Query {
        async fn law(&self, ctx: &Context<'_>) -> &str {
            ctx.data_opt::<&'static str>().copied().unwrap_or("no law")
        }

        async fn page(&self, #[graphql(default = 20)] first: i32) -> i32 {
            first
        }

        async fn year(&self, year: i32) -> Option<i32> {
            Some(year)
        }

        async fn endless(&self) -> bool {
            std::future::pending().await
        }

        async fn broken(&self) -> bool {
            fails()
        }

        async fn claims(&self) -> [Claim; 2] {
            [Claim, Claim]
        }

        async fn laws(&self) -> [Law; 2] {
            [Law, Law]
        }
    }

    fn fails() -> bool {
        panic!("secret: /var/lib")
    }

    struct Claim;

    #[Object]
    impl Claim {
        async fn text(&self) -> async_graphql::Result<&str> {
            Err("unreadable".into())
        }
    }

    struct Law;

    #[Object]
    impl Law {
        async fn claims(&self) -> Option<[Claim; 2]> {
            Some([Claim, Claim])
        }
    }

    struct Mutation;

    #[Object]
    impl Mutation {
        async fn write(&self) -> bool {
            true
        }

        /// Says what became of each of two, which nobody can read.
        async fn count(&self, ctx: &Context<'_>) -> [Claim; 2] {
            ctx.data_unchecked::<Arc<AtomicU32>>().fetch_add(1, Ordering::SeqCst);
            [Claim, Claim]
        }
    }

    async fn answer(request: Request) -> Answer {
        let limits = ExecutionLimits { time: Duration::from_millis(50), ..ExecutionLimits::default() };
        let executable = Executable::new(limits, || Schema::build(Query, Mutation, EmptySubscription));
        executable.execute(request, |request, _| request.data("HB 1")).await
    }

    fn request(query: &str) -> Request {
        Request { query: query.to_owned(), ..Request::default() }
    }

    fn with_variables(query: &str, variables: &Json) -> Request {
        let variables = serde_json::value::to_raw_value(variables).expect("JSON");
        Request { variables: JsonVariables::new(&variables).expect("an object"), ..request(query) }
    }

    fn code(response: &Response) -> Option<String> {
        match response.errors.first()?.extensions.as_ref()?.get("code")? {
            Value::String(code) => Some(code.clone()),
            _ => None,
        }
    }

    #[tokio::test]
    async fn what_writes_is_executed_once_though_its_errors_have_whole_paths() {
        let executable =
            Executable::new(ExecutionLimits::default(), || Schema::build(Query, Mutation, EmptySubscription));
        let n_written = Arc::new(AtomicU32::new(0));
        let equip = |request: async_graphql::Request, _| request.data(n_written.clone());
        let answer = executable.execute(request("mutation { count { text } }"), equip).await;
        assert_eq!(n_written.load(Ordering::SeqCst), 1);
        let path = serde_json::to_value(&answer.response.errors[0].path).expect("JSON");
        assert_eq!(path, json!(["count", 0, "text"]));
    }

    async fn data(request: Request) -> Json {
        let answer = answer(request).await;
        assert_eq!((answer.outcome, &answer.response.errors[..]), (Outcome::Executed, &[][..]));
        answer.response.data.into_json().expect("data are JSON")
    }

    #[tokio::test]
    async fn resolvers_find_what_the_request_was_equipped_with() {
        assert_eq!(data(request("{ law }")).await, json!({"law": "HB 1"}));
    }

    #[tokio::test]
    async fn what_is_refused_has_an_outcome_and_a_code() {
        use Outcome::{Crashed, Executed, Refused, TimedOut, WouldWrite};
        let named = |query: &str, name: &str| Request { operation_name: Some(name.into()), ..request(query) };
        let read_only = |request: Request| Request { read_only: true, ..request };
        let two = "query A { law } mutation B { write }";
        let cases = [
            (request("{ law "), Refused, "GRAPHQL_PARSE_FAILED"),
            (request(""), Refused, "GRAPHQL_PARSE_FAILED"),
            (request("{ law(x: \"\"\" ) }"), Refused, "GRAPHQL_PARSE_FAILED"),
            (request("{ law \0 }"), Refused, "GRAPHQL_PARSE_FAILED"),
            (request(&format!("{{law(x:{}", "[".repeat(40_000))), Refused, "LIMIT_EXCEEDED"),
            (request(&"{a".repeat(2_000)), Refused, "LIMIT_EXCEEDED"),
            (request(&"x".repeat(70_000)), Refused, "LIMIT_EXCEEDED"),
            (request("{ ...F } fragment F on Query { ...F }"), Refused, "GRAPHQL_VALIDATION_FAILED"),
            (request("{ nothing }"), Refused, "GRAPHQL_VALIDATION_FAILED"),
            (request("{ year(year: \"x\") }"), Refused, "GRAPHQL_VALIDATION_FAILED"),
            (with_variables("query($y: Int!) { year(year: $y) }", &json!({"y": "x"})), Refused, "BAD_USER_INPUT"),
            (request("query($y: Int!) { year(year: $y) }"), Refused, "BAD_USER_INPUT"),
            (with_variables("query($y: Int!) { year(year: $y) }", &json!({"y": null})), Refused, "BAD_USER_INPUT"),
            (request(two), Refused, "OPERATION_RESOLUTION_FAILURE"),
            (named(two, "C"), Refused, "OPERATION_RESOLUTION_FAILURE"),
            (named("{ law }", "A"), Refused, "OPERATION_RESOLUTION_FAILURE"),
            (request("subscription { law }"), Refused, "OPERATION_RESOLUTION_FAILURE"),
            (read_only(named(two, "B")), WouldWrite, "OPERATION_RESOLUTION_FAILURE"),
            (request("{ endless }"), TimedOut, "TIMEOUT"),
            (request("{ broken }"), Crashed, "INTERNAL"),
            (request("{ claims { text } }"), Executed, "BAD_USER_INPUT"),
        ];
        for (request, outcome, expected) in cases {
            let query: String = request.query.chars().take(80).collect();
            let answer = answer(request).await;
            assert_eq!((answer.outcome, code(&answer.response).as_deref()), (outcome, Some(expected)), "{query}");
        }
        assert_eq!(answer(read_only(named(two, "A"))).await.outcome, Executed);
        assert_eq!(answer(named(two, "B")).await.outcome, Executed);
    }

    #[tokio::test]
    async fn who_was_given_up_on_learns_at_which_limit() {
        let answer = answer(request("{ endless }")).await;
        let extensions = serde_json::to_value(&answer.response.errors[0].extensions).expect("extensions are JSON");
        assert_eq!((&extensions["code"], &extensions["limit"]), (&json!("TIMEOUT"), &json!("time")));
        assert_eq!(extensions["max"], 50);
    }

    #[tokio::test]
    async fn what_was_asked_is_told_as_far_as_it_was_understood() {
        use OperationType::{Mutation, Query, Subscription};
        let named = |query: &str, name: &str| Request { operation_name: Some(name.into()), ..request(query) };
        let two = "query A { law } mutation B { write }";
        let cases = [
            (request("{ law }"), None, Some(Query)),
            (request("query Only { law }"), Some("Only"), Some(Query)),
            (named(two, "B"), Some("B"), Some(Mutation)),
            (request("subscription S { law }"), Some("S"), Some(Subscription)),
            (request("query Slow { endless }"), Some("Slow"), Some(Query)),
            (request("query Broken { broken }"), Some("Broken"), Some(Query)),
            (request(two), None, None),
            (named(two, "any text"), Some("any text"), None),
            (request("query Cut { law "), None, None),
        ];
        for (request, name, operation_type) in cases {
            let query = request.query.clone();
            let asked = answer(request).await.asked;
            assert_eq!((asked.operation_name.as_deref(), asked.operation_type), (name, operation_type), "{query}");
        }
    }

    #[tokio::test]
    async fn an_error_says_where_it_arose_also_through_lists() {
        let of = "{ laws { c: claims { __typename ... { text } } } }";
        let response = answer(request(of)).await.response;
        let paths: Vec<_> = response.errors.iter().map(|error| json!(error.path)).collect();
        assert_eq!(paths, [json!(["laws", 0, "c", 0, "text"]), json!(["laws", 1, "c", 0, "text"])]);
        assert_eq!(response.data.into_json().expect("JSON"), json!({"laws": [{"c": null}, {"c": null}]}));
    }

    #[tokio::test]
    async fn a_panic_does_not_show_its_text() {
        let answer = answer(request("{ broken }")).await;
        let text = serde_json::to_string(&answer.response).expect("an answer is JSON");
        assert!(!text.contains("secret") && text.contains("Something went wrong"), "{text}");
    }

    #[tokio::test]
    async fn variables_that_are_left_out_have_their_defaults() {
        let skipped = "query($hide: Boolean = true) { law @skip(if: $hide) page }";
        assert_eq!(data(request(skipped)).await, json!({"page": 20}));
        assert_eq!(data(with_variables(skipped, &json!({"hide": false}))).await, json!({"law": "HB 1", "page": 20}));
        let included = "query($show: Boolean! = true) { law @include(if: $show) }";
        assert_eq!(data(request(included)).await, json!({"law": "HB 1"}));
        assert_eq!(data(request("query($n: Int = 7) { page(first: $n) }")).await, json!({"page": 7}));
        assert_eq!(data(request("query($n: Int) { page(first: $n) }")).await, json!({"page": 20}));
    }

    #[tokio::test]
    async fn variables_are_measured_before_they_are_read() {
        let with = |x: &str| {
            let json = format!(r#"{{"n": 7, "x": {x}}}"#);
            let json: &serde_json::value::RawValue = serde_json::from_str(&json).expect("JSON");
            let variables = JsonVariables::new(json).expect("an object");
            Request { variables, ..request("query($n: Int) { page(first: $n) }") }
        };
        for (x, limit) in [
            (format!("[{}0]", "[],".repeat(5_000)), "tokens_of_variables"),
            (format!("{}{}", "[".repeat(32), "]".repeat(32)), "nesting"),
        ] {
            let answer = answer(with(&x)).await;
            let extensions = serde_json::to_value(&answer.response.errors[0].extensions).expect("JSON");
            assert_eq!((answer.outcome, &extensions["limit"]), (Outcome::Refused, &json!(limit)));
        }
        assert_eq!(data(with("{}")).await, json!({ "page": 7 }));
    }

    #[tokio::test]
    async fn whoever_waits_for_a_turn_waits_within_the_time_of_the_request() {
        let limits =
            ExecutionLimits { time: Duration::from_mins(1), executed_at_once: 1, ..ExecutionLimits::default() };
        let executable = Executable::new(limits, || Schema::build(Query, Mutation, EmptySubscription));
        let ask = |request| executable.execute(request, |request, _| request);
        let received = Instant::now().checked_sub(Duration::from_mins(1)).expect("the machine runs for a minute");
        let late = Request { received, ..request("{ law }") };
        let mut endless = Box::pin(ask(request("{ endless }")));
        // Polled once, so that it has the only turn.
        assert!(endless.as_mut().now_or_never().is_none());
        assert_eq!(ask(late).await.outcome, Outcome::TimedOut);
        drop(endless);
        assert_eq!(ask(request("{ law }")).await.outcome, Outcome::Executed);
    }

    #[tokio::test]
    async fn fragments_that_double_are_refused_at_once() {
        let doubled = (1..=25).map(|i| format!("fragment f{i} on Query {{ ...f{p} ...f{p} }}", p = i - 1));
        let doubled = doubled.collect::<Vec<_>>().join(" ");
        let text = format!("{{ ...f25 }} fragment f0 on Query {{ law }} {doubled}");
        let answer = answer(request(&text)).await;
        assert_eq!((answer.outcome, code(&answer.response).as_deref()), (Outcome::Refused, Some("LIMIT_EXCEEDED")));
    }
}

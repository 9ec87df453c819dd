//! A schema of a few fields, each for one thing that can happen to a request.

use std::time::Duration;

use async_graphql::{EmptySubscription, Object, Schema};
use futures_util::{Stream, stream};

use crate::graphql::{Answer, Answers, ExecutionLimits, NotReady, Request, Rules, execute};

#[derive(Clone)]
pub(super) struct Stub {
    schema: Schema<Query, Mutation, EmptySubscription>,
    sdl: String,
    ready: Result<(), NotReady>,
}

impl Stub {
    pub(super) fn new() -> Self {
        let schema = Schema::new(Query, Mutation, EmptySubscription);
        Self { sdl: schema.sdl(), schema, ready: Ok(()) }
    }

    pub(super) fn not_ready(reason: &'static str) -> Self {
        Self { ready: Err(NotReady(reason)), ..Self::new() }
    }
}

impl Answers for Stub {
    async fn execute(&self, request: Request) -> Answer {
        let limits = ExecutionLimits { time: Duration::from_millis(50), ..ExecutionLimits::default() };
        let rules = Rules::new(limits, &self.schema);
        execute(&self.schema, &rules, request, |request, _| request).await
    }

    fn stream(&self, request: Request) -> impl Stream<Item = Answer> + 'static {
        let stub = self.clone();
        stream::once(async move { stub.execute(request).await })
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

//! The GraphQL API: objects, filters, connections, loaders. The home of async-graphql.
//!
//! A request comes in as a [`Request`] and leaves as an [`Answer`]: it is scanned, parsed, measured, then executed with
//! the snapshot that was current when it began (`handle.rs`) and loaders of its own (`loaders.rs`). Objects are
//! handles into that snapshot; what it does not hold comes from the store by the batch. Knows nothing of HTTP.
//!
//! Root fields live with their type, one file a type; this file only merges them.

mod agreement;
mod answer;
mod assessment;
mod citation;
mod claim;
mod closed_set;
mod coalition;
mod community;
mod conflict;
mod connection;
mod direction;
mod document;
mod entity;
mod error;
mod execute;
mod filter;
mod gap;
mod graph_info;
mod handle;
mod impact;
mod jurisdiction;
mod kinds;
mod law;
mod limits;
mod loaders;
mod organization;
mod paging;
mod path;
mod persisted;
mod ranking;
mod request;
mod scalar;
mod search;
mod source;
mod stance;
mod standpoint;
mod statement;
mod study;
mod subgraph;
mod timeline;
mod topic;
mod why;

use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, MergedObject, SDLExportOptions, Schema};
use futures_util::{Stream, stream};

pub use document::{LimitExceeded, Limits};
pub use execute::{Rules, execute};
pub use handle::Budget;
pub use limits::{ExecutionLimits, Limit};
pub use request::{Answer, Answers, NotReady, Outcome, Request};

use crate::app::App;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    entity::NodeQuery,
    organization::OrganizationQuery,
    study::StudyQuery,
    law::LawQuery,
    claim::ClaimQuery,
    jurisdiction::JurisdictionQuery,
    topic::TopicQuery,
    source::DocumentQuery,
    statement::StatementQuery,
    search::SearchQuery,
    path::PathQuery,
    ranking::RankingQuery,
    community::CommunityQuery,
    conflict::ConflictQuery,
    gap::GapQuery,
    impact::ImpactQuery,
    subgraph::SubgraphQuery,
    agreement::AgreementQuery,
    coalition::CoalitionQuery,
    timeline::TimelineQuery,
    graph_info::GraphQuery,
);

/// The API over a running product. Clones share it.
#[derive(Clone)]
pub struct Api {
    app: Arc<App>,
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    sdl: Arc<str>,
    rules: Rules,
    persisted: persisted::PersistedQueries,
}

impl Api {
    /// The schema is built once, here.
    pub fn new(app: Arc<App>, limits: ExecutionLimits) -> Self {
        let schema = schema().data(app.clone()).finish();
        let rules = Rules::new(limits, &schema);
        Self { app, schema, sdl: sdl().into(), rules, persisted: persisted::PersistedQueries::new(&limits) }
    }

    /// Answers on the snapshot that is current now, whatever is swapped in meanwhile.
    async fn answer(&self, request: Request) -> Answer {
        let current = self.app.current();
        let loaders = loaders::loaders(self.app.store().clone());
        let equip =
            |request: async_graphql::Request, budget| request.data(handle::Pinned::new(current, budget)).data(loaders);
        execute(&self.schema, &self.rules, request, equip).await
    }
}

impl Answers for Api {
    async fn execute(&self, mut request: Request) -> Answer {
        let new = match self.persisted.complete(&mut request, &self.rules.limits).await {
            Ok(new) => new,
            Err(refused) => return *refused,
        };
        let answer = self.answer(request).await;
        self.persisted.keep(new, &answer).await;
        answer
    }

    fn stream(&self, request: Request) -> impl Stream<Item = Answer> + 'static {
        let api = self.clone();
        stream::once(async move { api.execute(request).await })
    }

    fn sdl(&self) -> &str {
        &self.sdl
    }

    async fn ready(&self) -> Result<(), NotReady> {
        self.app.store().ping().await.map_err(|error| {
            tracing::error!(%error, "the store does not answer");
            NotReady("the store does not answer")
        })
    }
}

fn schema() -> async_graphql::SchemaBuilder<Query, EmptyMutation, EmptySubscription> {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .register_output_type::<entity::EntityIsNode>()
        .override_output_type_description::<Query>(
            "Everything that can be asked. Every field is answered from one snapshot of the data.",
        )
        // Suggestions of names cost time that a stranger could make us spend, and errors are read by programs.
        .disable_suggestions()
}

/// The schema in the GraphQL schema definition language, sorted.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions();
    schema().finish().sdl_with_options(options)
}

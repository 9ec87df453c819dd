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
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod gap;
mod graph_info;
mod handle;
mod impact;
mod jurisdiction;
mod kinds;
mod law;
mod loaders;
mod organization;
mod paging;
mod path;
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
use std::time::Instant;

use async_graphql::{EmptyMutation, EmptySubscription, MergedObject, SDLExportOptions, Schema};
use futures_util::{Stream, stream};

pub use document::{LimitExceeded, Limits};
pub use execute::{ExecutionLimits, execute};
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
    limits: ExecutionLimits,
}

impl Api {
    /// The schema is built once, here.
    pub fn new(app: Arc<App>, limits: ExecutionLimits) -> Self {
        let schema = schema().data(app.clone()).finish();
        Self { app, schema, sdl: sdl().into(), limits }
    }
}

impl Answers for Api {
    /// Answers on the snapshot that is current now, whatever is swapped in meanwhile.
    async fn execute(&self, request: Request) -> Answer {
        let until = Instant::now() + self.limits.time;
        let pinned = handle::Pinned::new(self.app.current(), self.limits.objects, until);
        let loaders = loaders::loaders(self.app.store().clone());
        execute(&self.schema, &self.limits, request, |request| request.data(pinned).data(loaders)).await
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

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
mod error_path;
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
mod limits;
mod live;
mod loaders;
mod organization;
mod paging;
mod path;
mod persisted;
mod prepare;
mod ranking;
mod request;
mod scalar;
mod search;
mod source;
mod source_stream;
mod stance;
mod standpoint;
mod statement;
mod stream;
mod study;
mod subgraph;
mod timeline;
mod topic;
mod turns;
mod why;

use std::sync::Arc;

use async_graphql::{EmptyMutation, MergedObject, SDLExportOptions, Schema};
use futures_util::future::{self, Either};
use futures_util::{Stream, StreamExt as _, stream as streams};
use jiff::Timestamp;

pub use document::{LimitExceeded, Limits};
pub use execute::Executable;
pub use handle::Budget;
pub use limits::{ExecutionLimits, Limit};
pub use request::{Answer, Answers, Asked, JsonVariables, NotReady, Outcome, Request};
pub use turns::{Turn, Turns};

use crate::app::{self, App};

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
    executable: Arc<Executable<Query, EmptyMutation, live::Subscription>>,
    sdl: Arc<str>,
    persisted: persisted::PersistedQueries,
}

impl Api {
    /// The schema is built once, here.
    pub fn new(app: Arc<App>, limits: ExecutionLimits) -> Self {
        let executable = Arc::new(Executable::new(limits, || schema().data(app.clone())));
        Self { app, executable, sdl: sdl().into(), persisted: persisted::PersistedQueries::new(&limits) }
    }

    /// What one execution needs and no other may share: the snapshot that is current now, what its answer may still
    /// hold and until when, loaders.
    fn equip(&self, request: async_graphql::Request, budget: Arc<Budget>) -> async_graphql::Request {
        let pinned = handle::Pinned::new(self.app.current(), budget);
        request.data(pinned).data(loaders::loaders(self.app.store().clone()))
    }
}

impl Answers for Api {
    /// Answers on the snapshot that is current now, whatever is swapped in meanwhile.
    async fn execute(&self, mut request: Request) -> Answer {
        let api = self.clone();
        app::execute(async move {
            let new = match api.persisted.complete(&mut request, api.executable.limits()).await {
                Ok(new) => new,
                Err(refused) => return *refused,
            };
            let equip = |request, budget| api.equip(request, budget);
            let answer = api.executable.execute(request, equip).await;
            api.persisted.keep(new, &answer).await;
            answer
        })
        .await
    }

    /// Answers each event on the snapshot that is current then. Between two events no snapshot is held. A document that
    /// is named by its digest is found, but only requests with one answer make documents known.
    fn stream(&self, mut request: Request, turns: Turns) -> impl Stream<Item = Answer> + 'static {
        let api = self.clone();
        let answers = async move {
            if let Err(refused) = api.persisted.complete(&mut request, api.executable.limits()).await {
                return Either::Left(streams::once(future::ready(*refused)));
            }
            let (executable, news) = (api.executable.clone(), api.app.news());
            let equip = move |request, budget| api.equip(request, budget);
            Either::Right(stream::stream(executable, news, request, turns, equip))
        };
        streams::once(answers).flatten()
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

    fn refresh_figures(&self) {
        let age = Timestamp::now().duration_since(self.app.current().loaded_at);
        metrics::gauge!("grounds_snapshot_age_seconds").set(age.as_secs_f64());
    }
}

fn schema() -> async_graphql::SchemaBuilder<Query, EmptyMutation, live::Subscription> {
    Schema::build(Query::default(), EmptyMutation, live::Subscription)
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

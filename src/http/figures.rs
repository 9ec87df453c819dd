//! What is counted and measured of requests, and `/metrics`, where all figures of the process can be read.
//!
//! Their names follow Prometheus. Labels are bounded: what a stranger writes never makes more than a hundred of them.

use std::collections::HashSet;
use std::fmt;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError as _, web};
use async_graphql::parser::types::OperationType;
use async_graphql::{ServerError, Value};
use metrics::{counter, histogram};

use super::errors::HttpError;
use super::settings::HttpSettings;
use crate::graphql::{Answer, Answers, Asked, Outcome};

/// Names of operations that have figures of their own; those that come later share the figures of "other".
const NAMES_MAX: usize = 100;
/// Bytes of such a name.
const NAME_MAX_BYTES: usize = 100;

/// The figures of the process: how to read them, and whose are kept apart.
#[derive(Default)]
pub struct Figures {
    render: Option<Box<dyn Fn() -> String + Send + Sync>>,
    names: RwLock<HashSet<String>>,
}

impl fmt::Debug for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Figures").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Figures {
    /// Figures that `render` writes in the text format of Prometheus. Those by [`Figures::default`] cannot be read, and
    /// `/metrics` is not there.
    pub fn new(render: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self { render: Some(Box::new(render)), names: RwLock::default() }
    }

    /// Counts the answer to one operation, by whatever transport it goes.
    pub(super) fn count(&self, answer: &Answer) {
        let Answer { response, outcome, asked, took } = answer;
        let operation = self.label(asked, *outcome);
        let operation_type = asked.operation_type.map_or("unknown", type_name);
        let was_run = was_run(*outcome);
        let outcome: &'static str = outcome.into();
        counter!(
            "grounds_graphql_requests_total",
            "operation" => operation.clone(), "type" => operation_type, "outcome" => outcome
        )
        .increment(1);
        // What is refused takes no time, and would pull down what the others take.
        if was_run {
            histogram!("grounds_graphql_duration_seconds", "operation" => operation.clone()).record(*took);
        }
        if let Some(cost) = asked.cost {
            #[expect(clippy::cast_precision_loss, reason = "a cost beyond 2^53 has been refused")]
            histogram!("grounds_graphql_cost", "operation" => operation).record(cost as f64);
        }
        for error in &response.errors {
            counter!("grounds_graphql_errors_total", "code" => code(error).to_owned()).increment(1);
        }
    }

    /// The name of the operation as a label. A name gets one of its own when it was run; what only failed to be understood
    /// could be any text.
    fn label(&self, asked: &Asked, outcome: Outcome) -> String {
        let Some(name) = &asked.operation_name else {
            return "anonymous".to_owned();
        };
        let known = self.names.read().unwrap_or_else(PoisonError::into_inner).contains(name);
        if known {
            return name.clone();
        }
        if was_run(outcome) && name.len() <= NAME_MAX_BYTES {
            let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
            if names.len() < NAMES_MAX {
                names.insert(name.clone());
                return name.clone();
            }
        }
        "other".to_owned()
    }
}

/// Whether an operation was executed, with whatever success.
const fn was_run(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Executed | Outcome::TimedOut | Outcome::Crashed => true,
        Outcome::Refused | Outcome::WouldWrite => false,
    }
}

/// Counts an answer over HTTP, once its head is known.
pub(super) fn answered(route: &str, method: &'static str, status: u16, took: Duration) {
    let route = route.to_owned();
    counter!(
        "grounds_http_requests_total",
        "route" => route.clone(), "method" => method, "status" => status.to_string()
    )
    .increment(1);
    histogram!("grounds_http_duration_seconds", "route" => route).record(took);
}

/// The code of an error; all of them are ours.
pub(super) fn code(error: &ServerError) -> &str {
    match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code,
        _ => "UNKNOWN",
    }
}

/// As `GraphQL` writes it.
pub(super) fn type_name(operation_type: OperationType) -> &'static str {
    match operation_type {
        OperationType::Query => "query",
        OperationType::Mutation => "mutation",
        OperationType::Subscription => "subscription",
    }
}

pub(super) fn configure<A: Answers>(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/metrics").route(web::get().to(read::<A>)).route(web::head().to(read::<A>)));
}

async fn read<A: Answers>(
    api: web::Data<A>,
    figures: web::Data<Figures>,
    settings: web::Data<HttpSettings>,
) -> HttpResponse {
    let Some(render) = figures.render.as_ref().filter(|_| settings.metrics) else {
        return HttpError::NotFound.error_response();
    };
    api.refresh_figures();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(render())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Asked {
        Asked { operation_name: Some(name.to_owned()), ..Asked::default() }
    }

    #[test]
    fn a_hundred_names_are_kept_apart() {
        let figures = Figures::default();
        assert_eq!(figures.label(&Asked::default(), Outcome::Executed), "anonymous");
        assert_eq!(figures.label(&named("Refused"), Outcome::Refused), "other", "it was never run");
        assert_eq!(figures.label(&named(&"x".repeat(101)), Outcome::Executed), "other", "it is too long");
        for n in 0..NAMES_MAX {
            assert_eq!(figures.label(&named(&format!("Q{n}")), Outcome::Executed), format!("Q{n}"));
        }
        assert_eq!(figures.label(&named("OneMore"), Outcome::Executed), "other", "there are a hundred already");
        assert_eq!(figures.label(&named("Q7"), Outcome::Refused), "Q7", "it is known");
    }
}

//! An answer as it is written, whatever carries it.

use std::collections::BTreeMap;

use async_graphql::{ServerError, Value};
use serde::Serialize;

use super::errors::HttpError;
use crate::graphql::{Answer, Outcome};

/// An answer as `GraphQL` writes it: without `data` when nothing was executed.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> From<&'a Answer> for Body<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self {
            data: (answer.outcome == Outcome::Executed).then_some(&answer.response.data),
            errors: &answer.response.errors,
            extensions: &answer.response.extensions,
        }
    }
}

/// What a client is told that wants to write where it only reads.
pub(super) const fn would_write() -> HttpError {
    HttpError::MethodNotAllowed { allow: Some("POST"), message: "a GET request only reads: send a mutation with POST" }
}

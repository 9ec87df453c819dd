//! What is asked and what is answered, whatever carries it.

use std::fmt;
use std::time::{Duration, Instant};

use async_graphql::Response;
use async_graphql::parser::types::OperationType;
use futures_util::Stream;
use serde_json::value::RawValue;
use strum::IntoStaticStr;

use super::turns::Turns;
use crate::model::Sha256;

/// What answers requests: all that a carrier of them needs to know.
pub trait Answers: Send + Sync + 'static {
    /// The answer to `request`, whatever it is. Does not panic.
    fn execute(&self, request: Request) -> impl Future<Output = Answer>;

    /// The answers to `request`, one after the other: to a query one, to a subscription one at each event, for as long
    /// as the stream is polled. Each is made when it is asked for, from what is current then: whoever reads slowly
    /// gets fewer, and nothing piles up. Each has one of `turns` from before it is made until the stream is polled again
    /// or dropped. Does not panic.
    fn stream(&self, request: Request, turns: Turns) -> impl Stream<Item = Answer> + 'static;

    /// The schema in the schema definition language.
    fn sdl(&self) -> &str;

    /// Whether requests can be answered at the moment.
    ///
    /// # Errors
    /// When they cannot.
    fn ready(&self) -> impl Future<Output = Result<(), NotReady>>;

    /// Brings those figures up to date that change by themselves, such as an age; called before figures are read.
    fn refresh_figures(&self) {}
}

/// A request of one operation.
#[derive(Debug, Clone)]
pub struct Request {
    /// The document; empty when it is only named by its `digest`.
    pub query: String,
    /// The digest of the document, when the client wants it to be kept, or named by it.
    pub digest: Option<Sha256>,
    /// Which operation of the document; may be `None` when it has only one.
    pub operation_name: Option<String>,
    /// Values of the operation's variables.
    pub variables: JsonVariables,
    /// Whether only queries may run, as for a GET request over HTTP.
    pub read_only: bool,
    /// When it was received: the time that it may take begins then.
    pub received: Instant,
}

impl Default for Request {
    /// An empty document, received now.
    fn default() -> Self {
        Self {
            query: String::new(),
            digest: None,
            operation_name: None,
            variables: JsonVariables::default(),
            read_only: false,
            received: Instant::now(),
        }
    }
}

/// The values of variables as JSON, which nobody has read yet: values take up to a hundred times the memory of their text.
#[derive(Debug, Clone)]
pub struct JsonVariables(Box<str>);

impl JsonVariables {
    /// `None` when the JSON is no object.
    pub fn new(json: &RawValue) -> Option<Self> {
        json.get().starts_with('{').then(|| Self(json.get().into()))
    }

    /// The JSON object.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl Default for JsonVariables {
    /// Those of a request without variables.
    fn default() -> Self {
        Self("{}".into())
    }
}

impl fmt::Display for JsonVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The answer to a [`Request`].
#[derive(Debug)]
pub struct Answer {
    /// Data and errors. When the operation was not executed there are errors only, and `data` is to be left out.
    pub response: Response,
    /// How far it came.
    pub outcome: Outcome,
    /// What was asked, as far as it was understood.
    pub asked: Asked,
    /// How long it took since it was received, or the event began, until it was executed or given up; zero when it was
    /// refused.
    pub took: Duration,
}

/// What was asked, as far as it was understood; for logs and figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The name of the operation: that in the document once it is known which operation is meant, before that the one
    /// that was asked for, which may be any text. `None` when it has none.
    pub operation_name: Option<String>,
    /// `None` when the document was refused before it was read.
    pub operation_type: Option<OperationType>,
    /// Objects that the answer could hold; `None` when that was not computed.
    pub cost: Option<u64>,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// It was executed; single fields may have failed.
    Executed,
    /// Something is wrong with the document, the choice of its operation or the variables.
    Refused,
    /// It is to be read only and asks for a mutation.
    WouldWrite,
    /// It was given up at the time limit.
    TimedOut,
    /// A mistake of ours stopped it.
    Crashed,
}

/// Why nothing can be answered at the moment: a sentence that anyone may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotReady(pub &'static str);

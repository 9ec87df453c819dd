//! What a client is told when something goes wrong.

use std::time::Duration;

use async_graphql::{Context, ErrorExtensionValues, Value};

use super::answer::name_limit;
use super::limits::Figure as _;

/// An error as a client sees it: a code and a sentence that helps to act.
///
/// Deliberately without `Display` and without a conversion from the errors of other rooms: async-graphql would hand
/// any error's text to clients, and SQL or paths with it. Inner errors are logged where they occur.
#[derive(Debug, Clone)]
pub(crate) enum ApiError {
    /// An argument is wrong; the sentence says which, and what would be right.
    BadUserInput(String),
    /// A cursor that this list did not give, or whose item has gone since.
    InvalidCursor { argument: &'static str },
    /// More was asked for than is given at once.
    LimitExceeded { limit: &'static str, max: u64, actual: u64, advice: String },
    /// The store changed between the snapshot and the look-up of its texts.
    SnapshotChanged,
    /// The store does not answer.
    Unavailable,
    /// A look-up in the store took longer than it may.
    LookUpTooLong { max: Duration },
    /// The request took too long.
    TimeIsOver { max: Duration, actual: Duration },
    /// What was asked of the whole graph takes too long.
    ComputationTooLong { max: Duration },
}

/// The result of a resolver.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadUserInput(_) => "BAD_USER_INPUT",
            Self::InvalidCursor { .. } => "INVALID_CURSOR",
            Self::LimitExceeded { .. } => "LIMIT_EXCEEDED",
            Self::SnapshotChanged => "SNAPSHOT_CHANGED",
            Self::Unavailable => "UNAVAILABLE",
            Self::TimeIsOver { .. } | Self::LookUpTooLong { .. } | Self::ComputationTooLong { .. } => "TIMEOUT",
        }
    }

    /// The limit that was exceeded, what it is, and what there was where that is known; times in milliseconds.
    fn exceeded(&self) -> Option<(&'static str, Value, Option<Value>)> {
        let milliseconds = |time: &Duration| Value::from(time.figure());
        match self {
            Self::LimitExceeded { limit, max, actual, .. } => {
                Some((limit, Value::from(*max), Some(Value::from(*actual))))
            }
            Self::TimeIsOver { max, actual } => Some(("time", milliseconds(max), Some(milliseconds(actual)))),
            // Interrupted at the limit: nobody knows how long it would have taken.
            Self::LookUpTooLong { max } => Some(("sql_time", milliseconds(max), None)),
            Self::ComputationTooLong { max } => Some(("computation_time", milliseconds(max), None)),
            Self::BadUserInput(_) | Self::InvalidCursor { .. } | Self::SnapshotChanged | Self::Unavailable => None,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::BadUserInput(sentence) => sentence.clone(),
            Self::InvalidCursor { argument } => format!(
                "`{argument}` is no cursor of this list, or its item has gone since: take a `cursor`, `startCursor` or \
                 `endCursor` that this very list has given, or begin again without one."
            ),
            Self::LimitExceeded { advice, .. } => advice.clone(),
            Self::SnapshotChanged => "The data changed while this was being read: ask again.".to_owned(),
            Self::Unavailable => "The store does not answer at the moment: try again later.".to_owned(),
            Self::LookUpTooLong { max } => format!(
                "Looking this up in the store took longer than {} s: ask for less at once, or for other words.",
                max.as_secs_f64()
            ),
            Self::ComputationTooLong { max } => format!(
                "Computing this over the whole graph took longer than {} s: choose fewer predicates or kinds with \
                 `via`, name what it is `about`, or take a measure that costs less.",
                max.as_secs_f64()
            ),
            Self::TimeIsOver { .. } => "The request took too long: ask for less at once.".to_owned(),
        }
    }
}

/// The value of a nullable field: null where it cannot be had, with the error beside the data.
///
/// The library would make the parent of a nullable field null, and everything with it that could be had.
pub(crate) fn or_null<T>(ctx: &Context<'_>, found: ApiResult<Option<T>>) -> Option<T> {
    found.unwrap_or_else(|error| {
        let error = async_graphql::Error::from(error).into_server_error(ctx.item.pos);
        ctx.add_error(ctx.set_error_path(error));
        None
    })
}

impl From<ApiError> for async_graphql::Error {
    fn from(error: ApiError) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code());
        if let Some((limit, max, actual)) = error.exceeded() {
            name_limit(&mut extensions, limit, max, actual);
        }
        let mut answer = Self::new(error.sentence());
        answer.extensions = Some(extensions);
        answer
    }
}

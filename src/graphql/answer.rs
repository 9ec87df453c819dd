//! Errors as clients get them: few, short, each with a code, none with more than a client should know.

use std::any::Any;
use std::time::Duration;

use async_graphql::parser::Error as ParseError;
use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use strum::IntoStaticStr;

use super::document::{DocumentRefused, LimitExceeded};
use super::limits::{ExecutionLimits, Figure as _};
use super::request::{Answer, Asked, Outcome};

/// `extensions.code` of the errors that are made here. Resolvers have codes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Code {
    /// The document is no document.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// The document is larger than a limit allows.
    LimitExceeded,
    /// It is not clear which operation to run, or it cannot be run here.
    OperationResolutionFailure,
    /// An argument or variable has a wrong value.
    BadUserInput,
    /// The request contradicts itself.
    BadRequest,
    /// No document is known by the digest that was sent.
    PersistedQueryNotFound,
    /// The time limit was reached.
    Timeout,
    /// A mistake of ours.
    Internal,
}

/// An error with a code.
pub(super) fn error(code: Code, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    set_code(&mut error, code);
    error
}

/// An answer with one error, to a request that was not executed, or not to the end.
pub(super) fn stopped(limits: &ExecutionLimits, outcome: Outcome, error: ServerError) -> Answer {
    let response = Response::from_errors(vec![shortened(error, limits.message_chars)]);
    Answer { response, outcome, asked: Asked::default(), took: Duration::ZERO }
}

/// The answer to a request that was given up at the limit of time: how long it would have taken, nobody knows.
pub(super) fn timed_out(limits: &ExecutionLimits) -> Answer {
    let seconds = limits.time.as_secs_f64();
    let mut error = error(Code::Timeout, format!("The request took longer than {seconds} s and was given up."));
    name_limit(error.extensions.get_or_insert_default(), "time", limits.time.figure().into(), None);
    stopped(limits, Outcome::TimedOut, error)
}

/// The answer to a request that made us panic. What the panic says is for the log alone.
pub(super) fn crashed(limits: &ExecutionLimits, panic: &(dyn Any + Send)) -> Answer {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a text");
    tracing::error!(panic = text, "a request made the server panic");
    let error = error(Code::Internal, "Something went wrong on our side. It has been logged.");
    stopped(limits, Outcome::Crashed, error)
}

/// Says which limit an error is about, what it is, and what there was where that is known.
pub(super) fn name_limit(extensions: &mut ErrorExtensionValues, limit: &str, max: Value, actual: Option<Value>) {
    extensions.set("limit", limit);
    extensions.set("max", max);
    if let Some(actual) = actual {
        extensions.set("actual", actual);
    }
}

/// Whether an error has a code, as those of resolvers have; the library gives none.
pub(super) fn has_code(error: &ServerError) -> bool {
    error.extensions.as_ref().is_some_and(|it| it.get("code").is_some())
}

/// What is wrong with the syntax, and where. The document is not repeated.
pub(super) fn from_parse_error(parse_error: &ParseError) -> ServerError {
    let message = match parse_error {
        // The message draws the line that is wrong, however long; its last line says what was expected.
        ParseError::Syntax { message, .. } => {
            let expected = message.rsplit_once('\n').map_or(message.as_str(), |(_, last)| last);
            expected.trim_start_matches([' ', '=']).to_owned()
        }
        other => other.to_string(),
    };
    let mut error = error(Code::GraphqlParseFailed, format!("Syntax error: {message}."));
    error.locations = parse_error.positions().collect();
    error
}

impl From<DocumentRefused> for ServerError {
    fn from(refused: DocumentRefused) -> Self {
        let text = refused.to_string();
        let (code, message, places, exceeded) = match refused {
            DocumentRefused::Limit(exceeded) | DocumentRefused::Cost(exceeded) => {
                (Code::LimitExceeded, sentence(&text), Vec::new(), Some(exceeded))
            }
            DocumentRefused::ValueTooLong { exceeded, at, .. } => (Code::LimitExceeded, text, vec![at], Some(exceeded)),
            DocumentRefused::OpenBlockString { .. } => (Code::GraphqlParseFailed, sentence(&text), Vec::new(), None),
            DocumentRefused::FragmentCycle { .. }
            | DocumentRefused::RootFields { .. }
            | DocumentRefused::RootDirective { .. } => {
                (Code::GraphqlValidationFailed, sentence(&text), Vec::new(), None)
            }
            DocumentRefused::TypeName { at } => (Code::GraphqlValidationFailed, sentence(&text), vec![at], None),
            DocumentRefused::Conflict { at, .. } => (Code::GraphqlValidationFailed, sentence(&text), at.to_vec(), None),
            DocumentRefused::Variable { at, .. } => (Code::GraphqlValidationFailed, text, vec![at], None),
            DocumentRefused::Value { at, .. } => (Code::BadUserInput, text, vec![at], None),
        };
        let mut error = error(code, message);
        error.locations.extend(places);
        if let Some(LimitExceeded { limit, max, actual }) = exceeded {
            name_limit(error.extensions.get_or_insert_default(), limit, max.into(), Some(actual.into()));
        }
        error
    }
}

/// The answer of the library, told apart: was anything executed? Each error gets a code, too many and too long ones
/// are cut.
pub(super) fn from_execution(limits: &ExecutionLimits, mut response: Response) -> Answer {
    // Before execution nothing has a path or a code of ours, and there is no data.
    let executed = response.errors.is_empty()
        || response.data != Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty() || has_code(error));

    // The library says of some documents the same thing twice.
    response.errors.dedup_by(|a, b| (&a.message, &a.locations, &a.path) == (&b.message, &b.locations, &b.path));
    response.errors.truncate(limits.errors);
    response.errors = response.errors.into_iter().map(|error| shortened(error, limits.message_chars)).collect();
    for error in &mut response.errors {
        let code = if executed { Code::BadUserInput } else { Code::GraphqlValidationFailed };
        if !has_code(error) {
            set_code(error, code);
        }
    }
    let outcome = if executed { Outcome::Executed } else { Outcome::Refused };
    Answer { response, outcome, asked: Asked::default(), took: Duration::ZERO }
}

fn set_code(error: &mut ServerError, code: Code) {
    let code: &'static str = code.into();
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}

fn shortened(mut error: ServerError, n_chars_max: usize) -> ServerError {
    if let Some((end, _)) = error.message.char_indices().nth(n_chars_max) {
        let end = error.message[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        error.message.truncate(end);
        error.message.push('…');
    }
    error
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).chain(['.']).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use async_graphql::PathSegment;
    use async_graphql::parser::parse_query;

    use super::super::document::LimitExceeded;
    use async_graphql::Pos;

    use super::*;

    fn code_of(error: &ServerError) -> Option<Value> {
        error.extensions.as_ref()?.get("code").cloned()
    }

    fn executed(response: Response) -> Answer {
        from_execution(&ExecutionLimits::default(), response)
    }

    fn in_field(message: &str) -> ServerError {
        ServerError { path: vec![PathSegment::Field("law".into())], ..ServerError::new(message, None) }
    }

    #[test]
    fn errors_without_a_path_or_data_mean_that_nothing_was_executed() {
        let refused = executed(Response::from_errors(vec![ServerError::new("no such field", None)]));
        assert_eq!(refused.outcome, Outcome::Refused);
        assert_eq!(code_of(&refused.response.errors[0]), Some("GRAPHQL_VALIDATION_FAILED".into()));

        let executed_one = executed(Response::from_errors(vec![in_field("not a number")]));
        assert_eq!(executed_one.outcome, Outcome::Executed);
        assert_eq!(code_of(&executed_one.response.errors[0]), Some("BAD_USER_INPUT".into()));

        assert_eq!(executed(Response::new(true)).outcome, Outcome::Executed);
        assert_eq!(executed(Response::new(Value::Null)).outcome, Outcome::Executed);
    }

    #[test]
    fn a_code_that_is_there_stays() {
        let mut error = in_field("not there");
        error.extensions.get_or_insert_default().set("code", "NOT_FOUND");
        let answer = executed(Response::from_errors(vec![error]));
        assert_eq!(code_of(&answer.response.errors[0]), Some("NOT_FOUND".into()));
    }

    #[test]
    fn errors_are_few_and_short() {
        let long = "ä".repeat(501);
        let at = |line| Some(Pos { line, column: 1 });
        let many = (0..5_000).map(|line| ServerError::new(&long, at(line))).collect();
        let errors = executed(Response::from_errors(many)).response.errors;
        assert_eq!(errors.len(), 10);
        for error in errors {
            assert_eq!(error.message, "ä".repeat(499) + "…");
        }
        assert_eq!(shortened(ServerError::new("ä".repeat(500), None), 500).message, "ä".repeat(500));
    }

    #[test]
    fn the_same_is_said_once() {
        let twice = vec![ServerError::new("no", None), ServerError::new("no", None), ServerError::new("nor", None)];
        assert_eq!(executed(Response::from_errors(twice)).response.errors.len(), 2);
    }

    #[test]
    fn a_limit_is_named_with_its_number() {
        let exceeded = LimitExceeded { limit: "depth", max: 15, actual: 16 };
        let error = ServerError::from(DocumentRefused::from(exceeded));
        assert_eq!(error.message, "The limit `depth` is 15, and this request has 16.");
        let extensions = serde_json::to_value(error.extensions).expect("extensions are JSON");
        let expected = serde_json::json!({"code": "LIMIT_EXCEEDED", "limit": "depth", "max": 15, "actual": 16});
        assert_eq!(extensions, expected);
    }

    #[test]
    fn a_syntax_error_says_where_and_what_but_does_not_repeat_the_document() {
        let parse_error = parse_query("{ secret( }").expect_err("no argument");
        let error = from_parse_error(&parse_error);
        assert_eq!(error.message, "Syntax error: expected name.");
        assert_eq!((error.locations[0].line, error.locations[0].column), (1, 11));
        assert_eq!(code_of(&error), Some("GRAPHQL_PARSE_FAILED".into()));

        let empty = from_parse_error(&parse_query("fragment F on T { a }").expect_err("no operation"));
        assert_eq!(empty.message, "Syntax error: document does not contain an operation.");
    }
}

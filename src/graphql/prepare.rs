//! From a request to one that is known to be harmless: scanned, parsed, measured, its operation found, its variables read.
//!
//! Knows nothing of what carries requests, and of what the schema offers no more than its text says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, ServerError, Value, Variables};

use super::answer::{self, Code};
use super::document::{
    DocumentRefused, LimitExceeded, Limits, PageSizes, Types, check_expansion, check_literals, check_merging,
    check_uses, check_variables, cost, scan, scan_variables, take_out_omitted, take_sole_root_field, wrap_type_names,
};
use super::limits::{ExecutionLimits, Figure as _};
use super::request::{Answer, Asked, JsonVariables, Outcome, Request};
use super::scalar::SCALARS;

/// What requests are held to: limits, and what the schema offers.
pub(super) struct Rules {
    pub(super) limits: Arc<ExecutionLimits>,
    types: Types,
}

impl Rules {
    /// Those of the schema with this text in the schema definition language.
    pub(super) fn new(limits: Arc<ExecutionLimits>, sdl: &str) -> Self {
        Self { limits, types: Types::of(sdl, SCALARS) }
    }
}

/// A request that is known to be harmless: its document is parsed, its operation found, its cost known.
pub(super) struct Prepared {
    pub(super) asked: Asked,
    /// Fields of the operation, fragments put in place.
    pub(super) n_fields: u64,
    request: Request,
    variables: Variables,
    document: ExecutableDocument,
}

impl Prepared {
    /// When the request was received.
    pub(super) fn received(&self) -> Instant {
        self.request.received
    }

    /// As the library takes it, and as it came.
    pub(super) fn into_request(self) -> (async_graphql::Request, Request) {
        (library_request(&self.request, self.variables, self.document), self.request)
    }

    /// Lets go of what came but the name of the operation: whoever only [repeats](Self::to_request) it has no use for it.
    pub(super) fn forget_texts(&mut self) {
        self.request = Request { operation_name: self.request.operation_name.take(), ..Request::default() };
    }

    /// As the library takes it, once more.
    pub(super) fn to_request(&self) -> async_graphql::Request {
        library_request(&self.request, self.variables.clone(), self.document.clone())
    }
}

/// Without the text, of which the library has no need once the document is parsed.
fn library_request(of: &Request, variables: Variables, document: ExecutableDocument) -> async_graphql::Request {
    let mut request = async_graphql::Request::new("").variables(variables);
    request.operation_name.clone_from(&of.operation_name);
    request.set_parsed_query(document);
    request
}

/// Looks at everything that can be said of a request before the schema is asked. Never panics.
///
/// # Errors
/// With the answer to be given when it is refused.
pub(super) fn prepare(rules: &Rules, request: Request) -> Result<Prepared, Box<Answer>> {
    let limits = &rules.limits;
    let mut asked = Asked { operation_name: request.operation_name.clone(), ..Asked::default() };
    let outcome = catch_unwind(AssertUnwindSafe(|| read(rules, request, &mut asked)));
    let (outcome, error) = match outcome {
        Ok(Ok(read)) => return Ok(Prepared { asked, ..read }),
        Ok(Err(refused)) => *refused,
        Err(panic) => return Err(Box::new(Answer { asked, ..answer::crashed(limits, &*panic) })),
    };
    Err(Box::new(Answer { asked, ..answer::stopped(limits, outcome, error) }))
}

/// As [`prepare`]; `asked` learns what is asked for, also of a request that is then refused.
fn read(rules: &Rules, request: Request, asked: &mut Asked) -> Result<Prepared, Box<(Outcome, ServerError)>> {
    let Rules { limits, types } = rules;
    let name = request.operation_name.as_deref();
    let refuse = |error: ServerError| Box::new((Outcome::Refused, error));
    let refuse_document = |refused: DocumentRefused| refuse(refused.into());

    scan(&request.query, &limits.document).map_err(refuse_document)?;
    let mut document = parse_query(&request.query).map_err(|error| refuse(answer::from_parse_error(&error)))?;
    let n_fields = check_expansion(&document, name, &limits.document).map_err(refuse_document)?;

    let chosen = operation(&document, name).map_err(refuse)?;
    let operation_type = chosen.ty;
    asked.operation_type = Some(operation_type);
    if let (None, DocumentOperations::Multiple(only)) = (name, &document.operations) {
        asked.operation_name = only.keys().next().map(ToString::to_string);
    }
    if operation_type == OperationType::Mutation && request.read_only {
        let error = answer::error(Code::OperationResolutionFailure, "This request may only read, not run a mutation.");
        return Err(Box::new((Outcome::WouldWrite, error)));
    }
    let mut variables = read_variables(&request.variables, chosen, &limits.document).map_err(refuse)?;
    complete(&mut variables, chosen).map_err(refuse)?;
    check_uses(&document, chosen, types).map_err(refuse_document)?;
    check_merging(&document, types).map_err(refuse_document)?;
    check_variables(chosen, &variables, types, &limits.document).map_err(refuse_document)?;
    check_literals(&document, types, &limits.document).map_err(refuse_document)?;
    wrap_type_names(&mut document).map_err(refuse_document)?;
    take_out_omitted(&mut document, name, &variables);
    if operation_type == OperationType::Subscription {
        take_sole_root_field(&mut document, name).map_err(refuse_document)?;
    }

    let chosen = operation(&document, name).map_err(refuse)?;
    let pages = PageSizes { default: limits.page_default.min(limits.page).figure(), max: limits.page.figure() };
    let cost = cost(&document, chosen, &variables, types, pages).map_err(refuse_document)?;
    asked.cost = Some(cost);
    LimitExceeded::check("cost", limits.cost, cost)
        .map_err(|exceeded| refuse_document(DocumentRefused::Cost(exceeded)))?;
    Ok(Prepared { asked: Asked::default(), n_fields, request, variables, document })
}

/// The operation to run, as `GetOperation` of the specification finds it.
fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition, ServerError> {
    let unresolved = |message: String| answer::error(Code::OperationResolutionFailure, message);
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(&operation.node),
        (DocumentOperations::Multiple(operations), None) => match operations.values().next() {
            Some(operation) if operations.len() == 1 => Ok(&operation.node),
            _ => Err(unresolved(format!(
                "The document has {} operations: `operationName` must say which one to run.",
                operations.len()
            ))),
        },
        (DocumentOperations::Multiple(operations), Some(name)) if operations.contains_key(name) => {
            Ok(&operations[name].node)
        }
        (_, Some(name)) => Err(unresolved(format!("The document has no operation named `{name}`."))),
    }
}

/// The values of the variables that the operation declares; others are of no use to it.
fn read_variables(
    json: &JsonVariables,
    operation: &OperationDefinition,
    limits: &Limits,
) -> Result<Variables, ServerError> {
    scan_variables(json.text(), limits).map_err(ServerError::from)?;
    let mut variables: Variables = serde_json::from_str(json.text())
        .map_err(|_| answer::error(Code::BadUserInput, "`variables` must be a JSON object of names and values."))?;
    let declares = |name: &Name| operation.variable_definitions.iter().any(|it| it.node.name.node == *name);
    variables.retain(|name, _| declares(name));
    Ok(variables)
}

/// Gives each variable that was left out its default.
///
/// The library does so for arguments, but forgets the conditions of `@skip` and `@include`, and finds a missing value
/// only once other fields have run.
fn complete(variables: &mut Variables, operation: &OperationDefinition) -> Result<(), ServerError> {
    for definition in &operation.variable_definitions {
        let definition_at = definition.pos;
        let definition = &definition.node;
        let given = variables.get(&definition.name.node);
        if let (None, Some(default)) = (given, &definition.default_value) {
            variables.insert(definition.name.node.clone(), default.node.clone());
        } else if !definition.var_type.node.nullable && matches!(given, None | Some(Value::Null)) {
            let message = format!(
                "The variable `${}` of type `{}` must have a value that is not null.",
                definition.name.node, definition.var_type.node
            );
            let mut error = answer::error(Code::BadUserInput, message);
            error.locations.push(definition_at);
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;

    #[test]
    fn only_variables_that_are_declared_are_kept() {
        let rules = Rules::new(Arc::default(), "type Query { page(first: Int): Int }");
        let json: &RawValue = serde_json::from_str(r#"{"n": 7, "x": [{"\"\"\"": "[[["}, "\"", ""]}"#).expect("JSON");
        let request = Request {
            query: "query($n: Int) { page(first: $n) }".to_owned(),
            variables: JsonVariables::new(json).expect("an object"),
            ..Request::default()
        };
        let prepared = prepare(&rules, request).unwrap_or_else(|refused| panic!("{refused:?}"));
        assert_eq!(prepared.variables, Variables::from_json(serde_json::json!({ "n": 7 })));
    }
}

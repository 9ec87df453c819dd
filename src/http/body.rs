//! From the bytes of a body, or the query of an address, to a `GraphQL` request.

use std::borrow::Cow;

use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{self, Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::errors::HttpError;
use super::settings::HttpSettings;
use crate::graphql::{JsonVariables, Request};
use crate::model::Sha256;

/// The whole body.
///
/// # Errors
/// When it is longer than allowed, which is seen without reading it all and before the first byte when the client says
/// so itself; when it does not arrive in time; when the connection breaks.
pub(super) async fn read(
    headers: &HeaderMap,
    mut payload: web::Payload,
    settings: &HttpSettings,
) -> Result<Bytes, HttpError> {
    let max = settings.body_max_bytes;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(actual) = announced.filter(|&announced: &u64| usize::try_from(announced).map_or(true, |n| n > max)) {
        return Err(HttpError::BodyTooLarge { max, actual });
    }
    let read = async {
        let mut body = BytesMut::new();
        while let Some(piece) = payload.next().await {
            let piece = piece.map_err(|error| {
                tracing::debug!(%error, "a body could not be read");
                HttpError::bad_request("the body ended too early or was not sent as HTTP wants it")
            })?;
            let n_bytes = body.len() + piece.len();
            if n_bytes > max {
                return Err(HttpError::BodyTooLarge { max, actual: u64::try_from(n_bytes).unwrap_or(u64::MAX) });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    };
    let within = settings.body_deadline;
    tokio::time::timeout(within, read).await.unwrap_or(Err(HttpError::RequestTimeout { within }))
}

/// What a request may hold, each of any JSON type and not read yet: as values they would take up to a hundred times the
/// memory of their text. Deserializing refuses a name that is given twice; names that are not known are skipped, as the
/// specification wants.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters<'a> {
    #[serde(borrow)]
    query: Option<&'a RawValue>,
    #[serde(borrow)]
    operation_name: Option<&'a RawValue>,
    #[serde(borrow)]
    variables: Option<&'a RawValue>,
    #[serde(borrow)]
    extensions: Option<&'a RawValue>,
}

/// The request that a JSON body holds.
///
/// # Errors
/// When the body is not a JSON object in UTF-8, or a parameter is missing, given twice or of a wrong type.
pub(super) fn from_json(body: &[u8]) -> Result<Request, HttpError> {
    let text = std::str::from_utf8(body).map_err(|_| HttpError::bad_request("the body is not valid UTF-8"))?;
    from_text(text, "the body")
}

/// The request that JSON holds; `what` is what to call the JSON in messages.
///
/// # Errors
/// As of [`from_json`].
pub(super) fn from_text(text: &str, what: &str) -> Result<Request, HttpError> {
    match text.trim_ascii_start().bytes().next() {
        None => return Err(HttpError::bad_request(format!("{what} is empty: send a JSON object{WITH_QUERY}"))),
        Some(b'[') => {
            return Err(HttpError::bad_request(format!(
                "{what} is a list, and batches are switched off: send one JSON object a request",
            )));
        }
        Some(_) => {}
    }
    let parameters = serde_json::from_str::<Parameters>(text).map_err(|error| match error.classify() {
        Category::Data if text.trim_ascii_start().starts_with('{') => {
            HttpError::bad_request("a parameter of the request is given twice")
        }
        Category::Data => HttpError::bad_request(format!("{what} must be a JSON object{WITH_QUERY}")),
        Category::Syntax | Category::Eof | Category::Io => HttpError::bad_request(format!(
            "{what} is not valid JSON, or nested too deep: line {}, column {}",
            error.line(),
            error.column()
        )),
    })?;
    let texts = (text_of("query", parameters.query)?, text_of("operationName", parameters.operation_name)?);
    request(texts, parameters.variables, parameters.extensions, false)
}

const WITH_QUERY: &str = " with a `query`";

/// The request that the query of an address holds; it may only read.
///
/// # Errors
/// When a parameter is missing, given twice or of a wrong type.
pub(super) fn from_address(query: &str) -> Result<Request, HttpError> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| HttpError::bad_request("the query of the address cannot be read"))?;
    // What is not UTF-8 has been replaced by this character; nobody writes it.
    let replaced = pairs.iter().any(|(name, value)| name.contains('\u{fffd}') || value.contains('\u{fffd}'));
    if replaced && !query.to_ascii_uppercase().contains("%EF%BF%BD") {
        return Err(HttpError::bad_request("the query of the address is not valid UTF-8"));
    }

    let (mut query, mut operation_name, mut variables, mut extensions) = (None, None, None, None);
    for (name, value) in pairs.into_inner() {
        let (name, parameter) = match name.as_str() {
            "query" => ("query", &mut query),
            "operationName" => ("operationName", &mut operation_name),
            "variables" => ("variables", &mut variables),
            "extensions" => ("extensions", &mut extensions),
            _ => continue,
        };
        if parameter.replace(value).is_some() {
            return Err(HttpError::bad_request(format!("`{name}` is given twice")));
        }
    }
    let variables = written("variables", variables.as_deref())?;
    let extensions = written("extensions", extensions.as_deref())?;
    request((query, operation_name), variables, extensions, true)
}

/// The JSON that an address holds as text; empty text is none.
fn written<'a>(name: &str, text: Option<&'a str>) -> Result<Option<&'a RawValue>, HttpError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    serde_json::from_str(text)
        .map_err(|_| HttpError::bad_request(format!("`{name}` must be a JSON object, written as text")))
}

/// The request with these parameters, the first two of which are `query` and `operationName`.
fn request(
    (query, operation_name): (Option<String>, Option<String>),
    variables: Option<&RawValue>,
    extensions: Option<&RawValue>,
    read_only: bool,
) -> Result<Request, HttpError> {
    let digest = extensions.map(persisted_query).transpose()?.flatten();
    let query = match query {
        Some(query) => query,
        None if digest.is_some() => String::new(),
        None => {
            let message = "`query` is missing: it must be the text of a GraphQL document";
            return Err(HttpError::bad_request(message));
        }
    };
    let operation_name = operation_name.filter(|name| !name.is_empty());
    let variables = match variables {
        None => JsonVariables::default(),
        Some(json) => JsonVariables::new(json).ok_or_else(|| no_object("variables", json))?,
    };
    Ok(Request { query, digest, operation_name, variables, read_only, ..Request::default() })
}

/// What is of interest in `extensions`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    #[serde(borrow)]
    persisted_query: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery<'a> {
    version: u64,
    #[serde(borrow)]
    sha256_hash: Cow<'a, str>,
}

/// The digest by which `extensions` name a document, as Apollo's clients send it; `None` when they name none.
fn persisted_query(extensions: &RawValue) -> Result<Option<Sha256>, HttpError> {
    if !extensions.get().starts_with('{') {
        return Err(no_object("extensions", extensions));
    }
    let Extensions { persisted_query } = serde_json::from_str(extensions.get())
        .map_err(|_| HttpError::bad_request("`persistedQuery` is given twice"))?;
    let Some(named) = persisted_query else { return Ok(None) };
    let digest = serde_json::from_str(named.get()).ok().and_then(|named: PersistedQuery<'_>| {
        let digest = Sha256::parse(&named.sha256_hash).ok();
        digest.filter(|_| named.version == 1)
    });
    let message = "`persistedQuery` must be of `version` 1, with a `sha256Hash` of 64 hexadecimal digits";
    digest.map(Some).ok_or_else(|| HttpError::bad_request(message))
}

/// The text that a parameter is.
fn text_of(name: &str, json: Option<&RawValue>) -> Result<Option<String>, HttpError> {
    let Some(json) = json else { return Ok(None) };
    serde_json::from_str(json.get()).map(Some).map_err(|_| {
        if json.get().starts_with('"') {
            return HttpError::bad_request(format!("`{name}` is a string with an escape that stands for no character"));
        }
        HttpError::bad_request(format!("`{name}` must be a string, not {}", with_article(json)))
    })
}

fn no_object(name: &str, json: &RawValue) -> HttpError {
    HttpError::bad_request(format!("`{name}` must be a JSON object or null, not {}", with_article(json)))
}

fn with_article(json: &RawValue) -> &'static str {
    match json.get().bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a string",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(result: Result<Request, HttpError>) -> String {
        result.map_or_else(|error| error.to_string(), |request| panic!("{request:?} passed"))
    }

    #[test]
    fn a_body_is_read_as_it_is_meant() {
        let body = r#" {"query": "{ a }", "operationName": "", "variables": {"x": [1]}, "extensions": null, "id": 7} "#;
        let request = from_json(body.as_bytes()).expect("a good request");
        assert_eq!((request.query.as_str(), request.operation_name, request.read_only), ("{ a }", None, false));
        assert_eq!(request.variables.to_string(), r#"{"x": [1]}"#);
    }

    #[test]
    fn an_address_is_read_as_it_is_meant() {
        let request =
            from_address("query=%7B+a+%7D&operationName=A&variables=%7B%22x%22%3A%22%C3%A4%22%7D&extensions=&id=7")
                .expect("a good request");
        let name = request.operation_name.as_deref();
        assert_eq!((request.query.as_str(), name, request.read_only), ("{ a }", Some("A"), true));
        assert_eq!(request.variables.to_string(), r#"{"x":"ä"}"#);
        assert!(from_address("query=%7Ba(x:%22%EF%BF%BD%22)%7D").is_ok(), "the character itself may be sent");
    }

    #[test]
    fn a_document_may_be_named_by_its_digest() {
        let digest = Sha256::of(b"{ a }");
        let named = format!(r#"{{"persistedQuery": {{"version": 1, "sha256Hash": "{digest}"}}}}"#);
        let bodies = [format!(r#"{{"extensions": {named}}}"#), format!(r#"{{"query": "", "extensions": {named}}}"#)];
        for body in bodies {
            let request = from_json(body.as_bytes()).expect("a good request");
            assert_eq!((request.query.as_str(), request.digest), ("", Some(digest)), "{body}");
        }
        let request = from_address(&format!("extensions={named}")).expect("a good request");
        assert_eq!((request.query.as_str(), request.digest, request.read_only), ("", Some(digest), true));
        let other = from_json(br#"{"query": "{ a }", "extensions": {"persistedQuery": null, "tracing": {}}}"#);
        assert_eq!(other.expect("extensions of others are theirs").digest, None);
    }

    #[test]
    fn messages_say_what_to_do_and_repeat_nothing() {
        let cases = [
            ("", "the body is empty: send a JSON object with a `query`"),
            (" \n", "the body is empty: send a JSON object with a `query`"),
            ("[]", "the body is a list, and batches are switched off: send one JSON object a request"),
            ("7", "the body must be a JSON object with a `query`"),
            (r#""secret""#, "the body must be a JSON object with a `query`"),
            ("secret", "the body is not valid JSON, or nested too deep: line 1, column 1"),
            (r#"{"query": "#, "the body is not valid JSON, or nested too deep: line 1, column 10"),
            (r#"{"query": "{ a }"} x"#, "the body is not valid JSON, or nested too deep: line 1, column 20"),
            (r#"{"query": "{ a }", "query": "{ b }"}"#, "a parameter of the request is given twice"),
            ("{}", "`query` is missing: it must be the text of a GraphQL document"),
            (r#"{"query": null}"#, "`query` is missing: it must be the text of a GraphQL document"),
            (r#"{"query": 7}"#, "`query` must be a string, not a number"),
            (r#"{"query": "", "operationName": []}"#, "`operationName` must be a string, not a list"),
            (r#"{"query": "", "variables": "{}"}"#, "`variables` must be a JSON object or null, not a string"),
            (
                r#"{"extensions": {"persistedQuery": {"version": 2, "sha256Hash": ""}}}"#,
                "`persistedQuery` must be of `version` 1, with a `sha256Hash` of 64 hexadecimal digits",
            ),
            (
                r#"{"query": "{ a }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "1234"}}}"#,
                "`persistedQuery` must be of `version` 1, with a `sha256Hash` of 64 hexadecimal digits",
            ),
            (r#"{"extensions": {"persistedQuery": null, "persistedQuery": null}}"#, "`persistedQuery` is given twice"),
            (r#"{"query": "\ud800"}"#, "`query` is a string with an escape that stands for no character"),
            (r#"{"query": "", "extensions": true}"#, "`extensions` must be a JSON object or null, not a boolean"),
        ];
        for (body, expected) in cases {
            assert_eq!(message(from_json(body.as_bytes())), expected, "{body}");
        }
        assert_eq!(message(from_json(b"{\"query\": \"\xff\"}")), "the body is not valid UTF-8");
        let cases = [
            ("", "`query` is missing: it must be the text of a GraphQL document"),
            ("query=a&query=b", "`query` is given twice"),
            ("query=a&variables=x", "`variables` must be a JSON object, written as text"),
            ("query=a&variables=%5B%5D", "`variables` must be a JSON object or null, not a list"),
            ("query=a%FF", "the query of the address is not valid UTF-8"),
        ];
        for (query, expected) in cases {
            assert_eq!(message(from_address(query)), expected, "{query}");
        }
    }

    #[test]
    fn json_that_is_nested_deep_is_left_to_whoever_reads_it() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
            let variables = from_json(format!(r#"{{"query": "", "variables": {{"x": {deep}}}}}"#).as_bytes());
            assert_eq!(variables.expect("not looked into").variables.to_string(), format!(r#"{{"x": {deep}}}"#));
            for skipped in [format!(r#""other": {deep}"#), format!(r#""extensions": {{"x": {deep}}}"#)] {
                assert!(from_json(format!(r#"{{"query": "", {skipped}}}"#).as_bytes()).is_ok());
            }
            for wrong in
                [format!(r#""query": {deep}"#), format!(r#""query": "", "extensions": {{"persistedQuery": {deep}}}"#)]
            {
                assert!(from_json(format!("{{{wrong}}}").as_bytes()).is_err());
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>(), text in any::<String>()) {
            let _ = from_json(&bytes);
            let _ = from_address(&text);
        }
    }
}

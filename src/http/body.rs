//! From the bytes of a body, or the query of an address, to a `GraphQL` request.

use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{self, Bytes, BytesMut};
use async_graphql::Variables;
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use super::errors::HttpError;
use super::settings::HttpSettings;
use crate::graphql::Request;
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
    if announced.is_some_and(|announced: u64| usize::try_from(announced).map_or(true, |announced| announced > max)) {
        return Err(HttpError::BodyTooLarge { max });
    }
    let read = async {
        let mut body = BytesMut::new();
        while let Some(piece) = payload.next().await {
            let piece = piece.map_err(|error| {
                tracing::debug!(%error, "a body could not be read");
                HttpError::bad_request("the body ended too early or was not sent as HTTP wants it")
            })?;
            if body.len() + piece.len() > max {
                return Err(HttpError::BodyTooLarge { max });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body.freeze())
    };
    let within = settings.body_deadline;
    tokio::time::timeout(within, read).await.unwrap_or(Err(HttpError::RequestTimeout { within }))
}

/// What a request may hold, each of any JSON type. Deserializing refuses a name that is given twice; names that are not
/// known are skipped, as the specification wants.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<Value>,
    operation_name: Option<Value>,
    variables: Option<Value>,
    extensions: Option<Value>,
}

/// The request that a JSON body holds.
///
/// # Errors
/// When the body is not a JSON object in UTF-8, or a parameter is missing, given twice or of a wrong type. How deep the
/// JSON may be nested is the JSON library's to say: 128.
pub(super) fn from_json(body: &[u8]) -> Result<Request, HttpError> {
    let text = std::str::from_utf8(body).map_err(|_| HttpError::bad_request("the body is not valid UTF-8"))?;
    match text.trim_ascii_start().bytes().next() {
        None => return Err(HttpError::bad_request("the body is empty: send a JSON object with a `query`")),
        Some(b'[') => {
            return Err(HttpError::bad_request(
                "the body is a list, and batches are switched off: send one JSON object a request",
            ));
        }
        Some(_) => {}
    }
    let parameters = serde_json::from_str::<Parameters>(text).map_err(|error| match error.classify() {
        Category::Data if text.trim_ascii_start().starts_with('{') => {
            HttpError::bad_request("a parameter of the request is given twice")
        }
        Category::Data => HttpError::bad_request(format!("the body must be a JSON object{WITH_QUERY}")),
        Category::Syntax | Category::Eof | Category::Io => HttpError::bad_request(format!(
            "the body is not valid JSON, or nested too deep: line {}, column {}",
            error.line(),
            error.column()
        )),
    })?;
    parameters.into_request(false)
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

    let mut parameters = Parameters::default();
    for (name, value) in pairs.into_inner() {
        let (name, parameter, is_json) = match name.as_str() {
            "query" => ("query", &mut parameters.query, false),
            "operationName" => ("operationName", &mut parameters.operation_name, false),
            "variables" => ("variables", &mut parameters.variables, true),
            "extensions" => ("extensions", &mut parameters.extensions, true),
            _ => continue,
        };
        let value = if !is_json {
            Value::String(value)
        } else if value.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&value)
                .map_err(|_| HttpError::bad_request(format!("`{name}` must be a JSON object, written as text")))?
        };
        if parameter.replace(value).is_some() {
            return Err(HttpError::bad_request(format!("`{name}` is given twice")));
        }
    }
    parameters.into_request(true)
}

impl Parameters {
    fn into_request(self, read_only: bool) -> Result<Request, HttpError> {
        let digest =
            object("extensions", self.extensions)?.and_then(|extensions| persisted_query(&extensions)).transpose()?;
        let query = match text("query", self.query)? {
            Some(query) => query,
            None if digest.is_some() => String::new(),
            None => {
                let message = "`query` is missing: it must be the text of a GraphQL document";
                return Err(HttpError::bad_request(message));
            }
        };
        let operation_name = text("operationName", self.operation_name)?.filter(|name| !name.is_empty());
        let variables = object("variables", self.variables)?.map(Variables::from_json).unwrap_or_default();
        Ok(Request { query, digest, operation_name, variables, read_only })
    }
}

/// The digest by which `extensions` name a document, as Apollo's clients send it; `None` when they name none.
fn persisted_query(extensions: &Value) -> Option<Result<Sha256, HttpError>> {
    let named = extensions.get("persistedQuery").filter(|named| !named.is_null())?;
    let digest = (named.get("version").and_then(Value::as_u64) == Some(1))
        .then(|| Sha256::parse(named.get("sha256Hash")?.as_str()?).ok())
        .flatten();
    Some(digest.ok_or_else(|| {
        let message = "`persistedQuery` must be of `version` 1, with a `sha256Hash` of 64 hexadecimal digits";
        HttpError::bad_request(message)
    }))
}

fn text(name: &str, value: Option<Value>) -> Result<Option<String>, HttpError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(HttpError::bad_request(format!("`{name}` must be a string, not {}", with_article(&other)))),
    }
}

fn object(name: &str, value: Option<Value>) -> Result<Option<Value>, HttpError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(object @ Value::Object(_)) => Ok(Some(object)),
        Some(other) => {
            Err(HttpError::bad_request(format!("`{name}` must be a JSON object or null, not {}", with_article(&other))))
        }
    }
}

fn with_article(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
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
        assert_eq!(request.variables.into_value().to_string(), "{x: [1]}");
    }

    #[test]
    fn an_address_is_read_as_it_is_meant() {
        let request =
            from_address("query=%7B+a+%7D&operationName=A&variables=%7B%22x%22%3A%22%C3%A4%22%7D&extensions=&id=7")
                .expect("a good request");
        let name = request.operation_name.as_deref();
        assert_eq!((request.query.as_str(), name, request.read_only), ("{ a }", Some("A"), true));
        assert_eq!(request.variables.into_value().to_string(), r#"{x: "ä"}"#);
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
    fn json_that_is_nested_deep_is_refused() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let body =
                |n: usize| format!(r#"{{"query": "", "variables": {{"x": {}1{}}}}}"#, open.repeat(n), close.repeat(n));
            assert!(from_json(body(100).as_bytes()).is_ok());
            for n in [130, 100_000] {
                let message = message(from_json(body(n).as_bytes()));
                assert!(message.starts_with("the body is not valid JSON, or nested too deep"), "{message}");
            }
            // A name that is not known is skipped without recursion.
            let skipped = format!(r#"{{"query": "", "other": {}1{}}}"#, open.repeat(100_000), close.repeat(100_000));
            assert!(from_json(skipped.as_bytes()).is_ok());
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

//! What can be wrong with a request before `GraphQL` has a say, and how the client is told.

use std::borrow::Cow;
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Value, json};

/// A request that is not answered. Its text goes to the client, so it says nothing of the inside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum HttpError {
    #[error("{0}")]
    BadRequest(Cow<'static, str>),
    #[error("{0}")]
    UnsupportedMediaType(&'static str),
    #[error(
        "answers are `application/graphql-response+json`, `application/json` or `text/event-stream`, and `Accept` names \
         none of them"
    )]
    NotAcceptable,
    #[error("{message}")]
    MethodNotAllowed {
        /// The methods that are, for the header `Allow`; `None` when it is there already.
        allow: Option<&'static str>,
        message: &'static str,
    },
    #[error("{0}")]
    CrossOrigin(&'static str),
    #[error("the address and the headers have {actual} bytes together, and {max} are allowed: send a query with POST")]
    HeadTooLarge { max: usize, actual: usize },
    /// `actual` is what was announced, or what had come when there was too much.
    #[error("the body has more than {max} bytes")]
    BodyTooLarge { max: usize, actual: u64 },
    #[error("the body did not arrive within {} s", .within.as_secs_f64())]
    RequestTimeout { within: Duration },
    #[error("there is nothing at this address")]
    NotFound,
    #[error("{0}")]
    Unavailable(&'static str),
    #[error("as many connections are open for subscriptions as may be, {max}: try again later")]
    TooManyConnections { max: usize },
    #[error("something went wrong on our side; it has been logged")]
    Internal,
}

/// A limit that a request went past.
struct Limit {
    /// Its name in the settings.
    name: &'static str,
    /// Bytes, milliseconds or requests.
    max: Value,
    /// `None` for a deadline: nobody waited to see.
    actual: Option<u64>,
}

/// The code of an error, left with the response for the log of requests.
#[derive(Debug, Clone, Copy)]
pub(super) struct RefusedWith(pub(super) &'static str);

impl HttpError {
    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::BadRequest(message.into())
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BAD_REQUEST",
            Self::UnsupportedMediaType(_) => "UNSUPPORTED_MEDIA_TYPE",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::MethodNotAllowed { .. } => "METHOD_NOT_ALLOWED",
            Self::CrossOrigin(_) => "CROSS_ORIGIN_REFUSED",
            Self::HeadTooLarge { .. } => "HEAD_TOO_LARGE",
            Self::BodyTooLarge { .. } => "BODY_TOO_LARGE",
            Self::RequestTimeout { .. } => "REQUEST_TIMEOUT",
            Self::NotFound => "NOT_FOUND",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::TooManyConnections { .. } => "LIMIT_EXCEEDED",
            Self::Internal => "INTERNAL",
        }
    }

    fn limit(&self) -> Option<Limit> {
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        match *self {
            Self::HeadTooLarge { max, actual } => {
                Some(Limit { name: "head_max_bytes", max: max.into(), actual: Some(number(actual)) })
            }
            Self::TooManyConnections { max } => {
                Some(Limit { name: "open_max", max: max.into(), actual: Some(number(max).saturating_add(1)) })
            }
            Self::BodyTooLarge { max, actual } => {
                Some(Limit { name: "body_max_bytes", max: max.into(), actual: Some(actual) })
            }
            Self::RequestTimeout { within } => {
                Some(Limit { name: "body_deadline", max: milliseconds(within).into(), actual: None })
            }
            _ => None,
        }
    }

    /// The body, in the shape of a `GraphQL` answer, so that a client needs one way only to read errors.
    pub(super) fn json(&self) -> String {
        let mut extensions = json!({"code": self.code()});
        if let Some(Limit { name, max, actual }) = self.limit() {
            extensions["limit"] = name.into();
            extensions["max"] = max;
            if let Some(actual) = actual {
                extensions["actual"] = actual.into();
            }
        }
        json!({"errors": [{"message": self.to_string(), "extensions": extensions}]}).to_string()
    }

    /// The answer, with a body of this type.
    pub(super) fn response(&self, content_type: &'static str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Self::MethodNotAllowed { allow: Some(allow), .. } = self {
            response.insert_header((header::ALLOW, *allow));
        }
        if matches!(self, Self::BodyTooLarge { .. } | Self::RequestTimeout { .. }) {
            // What is left of the body may never come.
            response.force_close();
        }
        let mut response = response.content_type(content_type).body(self.json());
        response.extensions_mut().insert(RefusedWith(self.code()));
        response
    }
}

impl ResponseError for HttpError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossOrigin(_) => StatusCode::FORBIDDEN,
            Self::HeadTooLarge { .. } => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RequestTimeout { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unavailable(_) | Self::TooManyConnections { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        self.response("application/json; charset=utf-8")
    }
}

//! What can be wrong with a request before `GraphQL` has a say, and how the client is told.

use std::borrow::Cow;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

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
    Forbidden(&'static str),
    #[error("the body has more than {max} bytes")]
    BodyTooLarge { max: usize },
    #[error("the body did not arrive within {} seconds", .within.as_secs_f32())]
    RequestTimeout { within: std::time::Duration },
    #[error("there is nothing at this address")]
    NotFound,
    #[error("{0}")]
    Unavailable(&'static str),
    #[error("{max} connections are open for subscriptions already: try again later")]
    TooManyConnections { max: usize },
    #[error("something went wrong on our side; it has been logged")]
    Internal,
}

impl HttpError {
    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::BadRequest(message.into())
    }

    fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "BAD_REQUEST",
            Self::UnsupportedMediaType(_) => "UNSUPPORTED_MEDIA_TYPE",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::MethodNotAllowed { .. } => "METHOD_NOT_ALLOWED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::BodyTooLarge { .. } => "BODY_TOO_LARGE",
            Self::RequestTimeout { .. } => "REQUEST_TIMEOUT",
            Self::NotFound => "NOT_FOUND",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::TooManyConnections { .. } => "LIMIT_EXCEEDED",
            Self::Internal => "INTERNAL",
        }
    }

    /// The body, in the shape of a `GraphQL` answer, so that a client needs one way only to read errors.
    pub(super) fn json(&self) -> String {
        let mut extensions = json!({"code": self.code()});
        if let Self::TooManyConnections { max } = self {
            extensions["limit"] = json!("liveConnections");
            extensions["max"] = json!(max);
            extensions["actual"] = json!(max + 1);
        }
        json!({"errors": [{"message": self.to_string(), "extensions": extensions}]}).to_string()
    }

    /// The answer, with a body of this type.
    pub(super) fn response(&self, content_type: &'static str) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Self::MethodNotAllowed { allow: Some(allow), .. } = self {
            response.insert_header((header::ALLOW, *allow));
        }
        response.content_type(content_type).body(self.json())
    }
}

impl ResponseError for HttpError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
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

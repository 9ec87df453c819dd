//! The protocol's messages, and why a socket is closed.

use std::borrow::Cow;

use actix_ws::{CloseCode, CloseReason};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::graphql::{Answer, Request};
use crate::http::answer::Body;
use crate::http::body;

/// What a client says.
#[derive(Debug)]
pub(super) enum Received<'a> {
    ConnectionInit,
    /// With its payload, which the answer is to repeat.
    Ping(Option<&'a RawValue>),
    Pong,
    Subscribe {
        id: String,
        request: Request,
    },
    Complete {
        id: String,
    },
}

/// A message before anything is made of it. Deserializing refuses a name that is given twice.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    payload: Option<&'a RawValue>,
}

/// Every message about an operation repeats its id. graphql-ws makes ids of 36 bytes.
const ID_MAX_BYTES: usize = 256;

impl<'a> Received<'a> {
    /// # Errors
    /// When `text` is no message of the protocol: a sentence that says what is wrong.
    pub(super) fn parse(text: &'a str) -> Result<Self, Cow<'static, str>> {
        const NO_MESSAGE: Cow<'_, str> = Cow::Borrowed("a message is a JSON object with a `type`, and each name once");
        if !text.trim_ascii_start().starts_with('{') {
            return Err(NO_MESSAGE);
        }
        let Envelope { kind, id, payload } = serde_json::from_str(text).map_err(|_| NO_MESSAGE)?;
        let Some(kind) = kind.and_then(string) else {
            return Err("`type` must be a string".into());
        };
        match kind.as_ref() {
            "connection_init" => object(payload).map(|_| Self::ConnectionInit),
            "ping" => object(payload).map(Self::Ping),
            "pong" => object(payload).map(|_| Self::Pong),
            "complete" => Ok(Self::Complete { id: operation(id)? }),
            "subscribe" => {
                let id = operation(id)?;
                let payload = payload.ok_or("`payload` is missing: it must be a JSON object with a `query`")?;
                let request = body::from_text(payload.get(), "`payload`").map_err(|error| error.to_string())?;
                Ok(Self::Subscribe { id, request })
            }
            _ => Err("this `type` is not one that clients send in `graphql-transport-ws`".into()),
        }
    }
}

fn operation(id: Option<&RawValue>) -> Result<String, Cow<'static, str>> {
    match id.and_then(string) {
        Some(id) if (1..=ID_MAX_BYTES).contains(&id.len()) => Ok(id.into_owned()),
        _ => Err(format!("`id` must be a string of 1 to {ID_MAX_BYTES} bytes").into()),
    }
}

/// `None` when the JSON is no string.
fn string(json: &RawValue) -> Option<Cow<'_, str>> {
    serde_json::from_str(json.get()).map(|Text(text)| text).ok()
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn object(payload: Option<&RawValue>) -> Result<Option<&RawValue>, Cow<'static, str>> {
    match payload {
        Some(payload) if !payload.get().starts_with('{') => Err("`payload` must be a JSON object or null".into()),
        payload => Ok(payload),
    }
}

/// What the server says.
#[derive(Serialize)]
struct Message<'a, P> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<P>,
}

impl<P: Serialize> Message<'_, P> {
    /// # Errors
    /// When a value cannot be written as JSON, which no value of an answer is known for.
    fn text(&self) -> Result<String, Close> {
        serde_json::to_string(self).map_err(|error| {
            tracing::error!(%error, "a message could not be written as JSON");
            Close::Internal
        })
    }
}

pub(super) const CONNECTION_ACK: &str = r#"{"type":"connection_ack"}"#;

/// The answer to a `ping`.
pub(super) fn pong(payload: Option<&RawValue>) -> Result<String, Close> {
    Message { id: None, kind: "pong", payload }.text()
}

/// One answer of an operation.
pub(super) fn next(id: &str, answer: &Answer) -> Result<String, Close> {
    Message { id: Some(id), kind: "next", payload: Some(Body::from(answer)) }.text()
}

/// The errors for which an operation did not begin. Nothing follows about it.
pub(super) fn error(id: &str, answer: &Answer) -> Result<String, Close> {
    Message { id: Some(id), kind: "error", payload: Some(&answer.response.errors) }.text()
}

/// Nothing more comes of an operation.
pub(super) fn complete(id: &str) -> Result<String, Close> {
    Message::<()> { id: Some(id), kind: "complete", payload: None }.text()
}

/// Why the server closes a socket: the text goes to the client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Close {
    /// The client did, for this reason.
    #[error("")]
    Answered(Option<u16>),
    #[error("The server is being stopped")]
    Stopping,
    #[error("{0}")]
    Protocol(&'static str),
    #[error("A text is not valid UTF-8")]
    NotUtf8,
    #[error("A message has more than {max} bytes")]
    TooLarge { max: usize },
    #[error("{0}")]
    Invalid(Cow<'static, str>),
    #[error("Unauthorized")]
    Unauthorized,
    #[error("Connection initialisation timeout")]
    InitTimeout,
    #[error("{}", already_exists(.0))]
    SubscriberExists(String),
    #[error("Too many initialisation requests")]
    InitTwice,
    #[error("Too many operations: at most {max} at once on a socket")]
    TooManyOperations { max: usize },
    /// As graphql-ws closes a socket that froze: its clients connect again.
    #[error("Nothing was heard in time")]
    Silent,
    #[error("Something went wrong on our side; it has been logged")]
    Internal,
}

fn already_exists(id: &str) -> Cow<'static, str> {
    let text = format!("Subscriber for {id} already exists");
    if text.len() > REASON_MAX_BYTES { "Subscriber already exists".into() } else { text.into() }
}

/// A control frame holds 125 bytes, and the code takes two.
const REASON_MAX_BYTES: usize = 123;

impl Close {
    /// What goes into the frame; `None` when the client gave no code that could be repeated.
    pub(super) fn reason(&self) -> Option<CloseReason> {
        let description = Some(self.to_string()).filter(|text| !text.is_empty());
        self.code().map(|code| CloseReason { code: CloseCode::from(code), description })
    }

    /// As a label of figures: what a client may choose does not make new ones.
    pub(super) fn label(&self) -> Cow<'static, str> {
        match self {
            Self::Answered(Some(1000 | 1001) | None) => "1000".into(),
            Self::Answered(Some(_)) => "client".into(),
            other => other.code().unwrap_or_default().to_string().into(),
        }
    }

    const fn code(&self) -> Option<u16> {
        Some(match self {
            Self::Answered(code) => return *code,
            Self::Stopping => 1001,
            Self::Protocol(_) => 1002,
            Self::NotUtf8 => 1007,
            Self::TooLarge { .. } => 1009,
            Self::Invalid(_) => 4400,
            Self::Unauthorized => 4401,
            Self::InitTimeout => 4408,
            Self::SubscriberExists(_) => 4409,
            Self::InitTwice | Self::TooManyOperations { .. } => 4429,
            Self::Silent => 4499,
            Self::Internal => 4500,
        })
    }
}

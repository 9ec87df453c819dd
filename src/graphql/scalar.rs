//! Scalars of our own.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

use super::document::ReadScalar;
use crate::model;

/// A day, a month or a year: `2025-02-14`, `2025-02`, `2025` (EDTF level 0).
#[derive(Debug, Clone, Copy)]
pub(crate) struct PartialDate(pub(crate) model::PartialDate);

/// A day, a month or a year: `2025-02-14`, `2025-02`, `2025` (EDTF level 0).
#[Scalar(specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                model::PartialDate::parse(text).map(Self).map_err(|error| InputValueError::custom(error.to_string()))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment in UTC: `2026-11-22T12:00:00Z` (RFC 3339).
#[derive(Debug, Clone, Copy)]
pub(crate) struct DateTime(pub(crate) Timestamp);

/// A moment in UTC: `2026-11-22T12:00:00Z` (RFC 3339).
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(|_| InputValueError::custom("not a moment")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// What is wrong with a value of these scalars, which the library says only once it is used.
pub(super) const SCALARS: &[ReadScalar] = &[
    ("PartialDate", |value| match value {
        Value::String(text) => model::PartialDate::parse(&text).map(drop).map_err(|error| error.to_string()),
        _ => Err("a date is a string, such as \"2025-02-14\"".to_owned()),
    }),
    ("DateTime", |value| match value {
        Value::String(text) if text.parse::<Timestamp>().is_ok() => Ok(()),
        _ => Err("a moment is a string, such as \"2026-11-22T12:00:00Z\"".to_owned()),
    }),
];

/// A count, as GraphQL's 32 bits allow it.
pub(crate) fn number(n: impl TryInto<i32>) -> i32 {
    n.try_into().unwrap_or(i32::MAX)
}

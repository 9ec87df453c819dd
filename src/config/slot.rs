//! Where a setting's value is kept, and what may be written there.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::LogFormat;
use crate::format::SettingValue;

/// Where the value of a setting is kept, and so of what type it is.
pub(super) enum Slot<'a> {
    Text(&'a mut String),
    Texts(&'a mut Vec<String>),
    Flag(&'a mut bool),
    Count(&'a mut u64),
    Size(&'a mut usize),
    Small(&'a mut u32),
    /// In seconds, with up to three decimals.
    Seconds(&'a mut Duration),
    /// `None` is 0: one a core.
    Threads(&'a mut Option<NonZeroUsize>),
    /// `None` is the empty text: no file.
    File(&'a mut Option<PathBuf>),
    Format(&'a mut LogFormat),
}

/// What a value must be, when it is something else.
type Wanted = String;

impl Slot<'_> {
    /// Keeps `value` as far as it is one of these.
    ///
    /// # Errors
    /// What would be right.
    pub(super) fn put(self, value: &SettingValue, range: &RangeInclusive<u64>) -> Result<(), Wanted> {
        let (least, most) = (range.start(), range.end());
        let whole = || match value {
            SettingValue::Integer(n) => u64::try_from(*n).ok().filter(|n| range.contains(n)),
            SettingValue::Text(text) => text.trim().parse().ok().filter(|n| range.contains(n)),
            _ => None,
        };
        let wanted_whole = || format!("a whole number from {least} to {most}");
        let whole_in = |fits: fn(u64) -> bool| whole().filter(|n| fits(*n)).ok_or_else(wanted_whole);
        match self {
            Self::Text(slot) => match value {
                SettingValue::Text(text) => slot.clone_from(text),
                _ => return Err("a text, in quotes".to_owned()),
            },
            Self::Texts(slot) => match value {
                SettingValue::Texts(texts) => slot.clone_from(texts),
                SettingValue::Text(text) => {
                    let texts = text.split(',').map(str::trim).filter(|text| !text.is_empty());
                    *slot = texts.map(str::to_owned).collect();
                }
                _ => return Err("a list of texts, as in [\"a\", \"b\"]; in a flag or the environment, a,b".to_owned()),
            },
            Self::Flag(slot) => match value {
                SettingValue::Flag(flag) => *slot = *flag,
                SettingValue::Text(text) if text == "true" => *slot = true,
                SettingValue::Text(text) if text == "false" => *slot = false,
                _ => return Err("true or false".to_owned()),
            },
            Self::Count(slot) => *slot = whole().ok_or_else(wanted_whole)?,
            Self::Size(slot) => {
                let n = whole_in(|n| usize::try_from(n).is_ok())?;
                *slot = usize::try_from(n).map_err(|_| wanted_whole())?;
            }
            Self::Small(slot) => {
                *slot = u32::try_from(whole().ok_or_else(wanted_whole)?).map_err(|_| wanted_whole())?;
            }
            Self::Seconds(slot) => {
                *slot = seconds(value, range).ok_or_else(|| format!("seconds, from {least} to {most}"))?;
            }
            Self::Threads(slot) => {
                let n = whole().ok_or_else(wanted_whole)?;
                *slot = NonZeroUsize::new(usize::try_from(n).map_err(|_| wanted_whole())?);
            }
            Self::File(slot) => match value {
                SettingValue::Text(text) => *slot = (!text.is_empty()).then(|| PathBuf::from(text)),
                _ => return Err("a path, in quotes".to_owned()),
            },
            Self::Format(slot) => match value {
                SettingValue::Text(text) if text == "human" => *slot = LogFormat::Human,
                SettingValue::Text(text) if text == "json" => *slot = LogFormat::Json,
                _ => return Err("\"human\" or \"json\"".to_owned()),
            },
        }
        Ok(())
    }

    /// The value as JSON, which is TOML too.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Text(slot) => json!(slot),
            Self::Texts(slot) => json!(slot),
            Self::Flag(slot) => json!(slot),
            Self::Count(slot) => json!(slot),
            Self::Size(slot) => json!(slot),
            Self::Small(slot) => json!(slot),
            Self::Seconds(slot) if slot.subsec_nanos() == 0 => json!(slot.as_secs()),
            Self::Seconds(slot) => json!(slot.as_secs_f64()),
            Self::Threads(slot) => json!(slot.map_or(0, NonZeroUsize::get)),
            Self::File(slot) => json!(slot.as_ref().map_or_else(String::new, |path| path.display().to_string())),
            Self::Format(slot) => json!(match slot {
                LogFormat::Human => "human",
                LogFormat::Json => "json",
            }),
        }
    }

    /// The JSON Schema of what may be kept here, with what is kept now as the default.
    pub(super) fn schema(self, range: &RangeInclusive<u64>) -> Value {
        let mut schema = match &self {
            Self::Text(_) | Self::File(_) => json!({ "type": "string" }),
            Self::Texts(_) => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Flag(_) => json!({ "type": "boolean" }),
            Self::Count(_) | Self::Size(_) | Self::Small(_) | Self::Threads(_) => {
                json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() })
            }
            Self::Seconds(_) => json!({ "type": "number", "minimum": range.start(), "maximum": range.end() }),
            Self::Format(_) => json!({ "enum": ["human", "json"] }),
        };
        schema["default"] = self.value();
        schema
    }

    /// What the number counts, for people; empty where the kind of value says it.
    pub(super) fn unit(&self) -> &'static str {
        match self {
            Self::Seconds(_) => "seconds",
            _ => "",
        }
    }
}

/// Milliseconds are as fine as any clock of ours is read.
fn seconds(value: &SettingValue, range: &RangeInclusive<u64>) -> Option<Duration> {
    let seconds: f64 = match value {
        SettingValue::Integer(n) => {
            return u64::try_from(*n).ok().filter(|n| range.contains(n)).map(Duration::from_secs);
        }
        SettingValue::Decimal(seconds) => *seconds,
        SettingValue::Text(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    let duration = Duration::try_from_secs_f64(seconds).ok()?;
    let rounded = Duration::from_millis(u64::try_from(duration.as_millis()).ok()?);
    let within = Duration::from_secs(*range.start()) <= rounded && rounded <= Duration::from_secs(*range.end());
    within.then_some(rounded)
}

//! Single values: text to slug, date, number …, or what is wrong with it.

use toml::de::DeValue;

use super::fields::Value;
use super::shape::{Choice, SPAN_DIGITS_MAX, Shape, URL_CHARS_MAX, YEARS};
use crate::model::{EntityKey, PartialDate, Sha256, Slug, nearest};

const SHOWN_CHARS_MAX: usize = 60;

/// The value as the shape demands it.
///
/// # Errors
/// What is wrong and what would be right, as a sentence that the key begins.
pub(super) fn read(shape: &Shape, value: &DeValue<'_>) -> Result<Value, String> {
    match (shape, value) {
        (Shape::Date, DeValue::Datetime(literal)) => {
            let is_day = literal.date.is_some() && literal.time.is_none();
            let date = is_day.then(|| PartialDate::parse(&literal.to_string()).ok()).flatten();
            date.map(Value::Date).ok_or_else(|| "is a time of day: write the day only, as in \"2025-02-14\"".to_owned())
        }
        (Shape::Date, DeValue::Integer(number)) => {
            Err(format!("must be text: a year stands in quotation marks, as in \"{}\"", shortened(number.as_str())))
        }
        (Shape::Year, DeValue::Integer(number)) => {
            let year = i16::from_str_radix(number.as_str(), number.radix()).ok().filter(|year| YEARS.contains(year));
            let wrong = || format!("is {}, which is not {}", shortened(&number.to_string()), shape.expected());
            year.map(Value::Year).ok_or_else(wrong)
        }
        (Shape::Span, DeValue::Integer(number)) => {
            let decimal = if number.radix() == 10 { number.as_str() } else { "" };
            span(decimal).ok_or_else(|| format!("must be {}", shape.expected()))
        }
        (Shape::Flag, DeValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
        (Shape::Year | Shape::Flag | Shape::List(_) | Shape::Part(_), _) => Err(wrong_type(shape, value)),
        (_, DeValue::String(text)) => text_value(shape, text),
        _ => Err(wrong_type(shape, value)),
    }
}

fn wrong_type(shape: &Shape, value: &DeValue<'_>) -> String {
    let found = match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    format!("must be {}, and is {found}", shape.expected())
}

fn text_value(shape: &Shape, text: &str) -> Result<Value, String> {
    let parse_slug = |text| Slug::parse(text).map(Value::Slug).map_err(|error| format!("is wrong: {error}"));
    match shape {
        Shape::Slug => parse_slug(text),
        Shape::SlugOf(kind) => {
            // Where the kind is known, the id of that kind is a likely slip.
            let prefix = kind.map_or("document", crate::model::EntityKind::prefix);
            match text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')) {
                Some(slug) if Slug::parse(slug).is_ok() => Err(format!("takes the slug alone: write \"{slug}\"")),
                _ => parse_slug(text),
            }
        }
        Shape::EntityId => EntityKey::parse(text).map(Value::Id).map_err(|error| format!("is wrong: {error}")),
        Shape::Line(chars_max) => line(text, *chars_max).map(Value::Text),
        Shape::Prose(chars_max) => prose(text, *chars_max).map(Value::Text),
        Shape::Words { words_max, chars_max } => {
            let text = line(text, *chars_max)?;
            match text.split_whitespace().count() {
                n_words if n_words > *words_max => {
                    Err(format!("has {n_words} words; write at most {words_max} that are found in the lines"))
                }
                _ => Ok(Value::Text(text)),
            }
        }
        Shape::Url => url(text).ok_or_else(|| format!("is {}; it must be {}", shown(text), shape.expected())),
        Shape::Sha256 => Sha256::parse(text).map(Value::Sha256).map_err(|error| format!("is {error}")),
        Shape::Date => PartialDate::parse(text).map(Value::Date).map_err(|error| format!("is wrong: {error}")),
        Shape::Choice(choice) => chosen(choice, text),
        Shape::Span => span(text).ok_or_else(|| wrong_span(text)),
        Shape::Year | Shape::Flag | Shape::List(_) | Shape::Part(_) => {
            unreachable!("`read` refuses a text where one of these is due")
        }
    }
}

/// Text on one line, without the space around it.
fn line(text: &str, chars_max: usize) -> Result<String, String> {
    if text.contains(['\n', '\r', '\t']) {
        return Err("runs over a line or holds a tab; write it on one line".to_owned());
    }
    prose(text, chars_max)
}

/// Text that may run over lines, without the space around it.
fn prose(text: &str, chars_max: usize) -> Result<String, String> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if let Some(bad) = text.chars().find(|c| is_bad(*c)) {
        return Err(format!("holds the control character U+{:04X}; take it out", u32::from(bad)));
    }
    if text.trim().is_empty() {
        return Err("is empty; write a text, or leave the key out where it is not needed".to_owned());
    }
    let n_chars = text.chars().count();
    if n_chars > chars_max {
        return Err(format!("has {n_chars} characters; at most {chars_max} are allowed"));
    }
    Ok(text.trim().replace("\r\n", "\n"))
}

fn url(text: &str) -> Option<Value> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let good = !rest.is_empty()
        && text.chars().nth(URL_CHARS_MAX).is_none()
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    good.then(|| Value::Text(text.to_owned()))
}

/// Names longer than this are no slips of the pen, and comparing them would cost much.
const NAME_CHARS_MAX: usize = 100;

/// The candidate that was meant, whatever case and separators it was written with.
pub(super) fn near(text: &str, candidates: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if text.chars().nth(NAME_CHARS_MAX).is_some() {
        return None;
    }
    let candidates: Vec<_> = candidates.collect();
    let upper = candidates.iter().any(|candidate| candidate.starts_with(|c: char| c.is_ascii_uppercase()));
    let text = text.trim().replace([' ', '-'], "_");
    let text = if upper { text.to_uppercase() } else { text.to_lowercase() };
    candidates.iter().copied().find(|candidate| *candidate == text).or_else(|| nearest(&text, candidates))
}

fn chosen(choice: &Choice, text: &str) -> Result<Value, String> {
    let texts = (choice.texts)();
    if let Some(text) = texts.iter().find(|candidate| **candidate == text) {
        return Ok(Value::Chosen(text));
    }
    let there_are = match near(text, texts.iter().copied()) {
        Some(near) => format!("did you mean {near}? There are"),
        None => "there are".to_owned(),
    };
    Err(format!("is {}, which is no {}; {there_are} {}", shown(text), choice.noun, texts.join(", ")))
}

/// `18` or `18-19`, counted from 1, not backwards.
fn span(text: &str) -> Option<Value> {
    let (start, end) = ends(text)?;
    (start <= end).then_some(Value::Span((start, end)))
}

fn ends(text: &str) -> Option<(u32, u32)> {
    let number = |text: &str| {
        let good = text.len() <= SPAN_DIGITS_MAX
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.starts_with(|c| ('1'..='9').contains(&c));
        good.then(|| text.parse().ok()).flatten()
    };
    let (start, end) = text.split_once('-').unwrap_or((text, text));
    Some((number(start)?, number(end)?))
}

fn wrong_span(text: &str) -> String {
    match ends(text) {
        Some((start, end)) => format!("is {}, which runs backwards: write \"{end}-{start}\"", shown(text)),
        None => format!("is {}; it must be {}", shown(text), Shape::Span.expected()),
    }
}

/// The text in quotation marks, escaped, and not too long for a message.
pub(super) fn shown(text: &str) -> String {
    format!("{:?}", shortened(text))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

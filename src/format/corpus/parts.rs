//! Parts of records: citations, identifiers, events, notices.

use super::fields::Fields;
use super::judge::Judge;
use crate::model::{Citation, Citations, Identifier, LawEvent, Lines, Locator, Notice, Pages};

impl Judge<'_> {
    /// Those without problems.
    pub(super) fn identifiers(&mut self, fields: &mut Fields) -> Vec<Identifier> {
        parts(fields, "identifiers", |part| self.identifier(part))
    }

    fn identifier(&mut self, mut part: Fields) -> Option<Identifier> {
        let at = part.place_of("value").unwrap_or(part.at);
        let (scheme, value) = (part.take_chosen("scheme")?, part.take::<String>("value")?);
        Identifier::parse(scheme, &value).map_err(|error| self.problem(at, error.to_string())).ok()
    }
}

/// The parts under `key` that can be read; what is wrong with the others has been reported.
pub(super) fn parts<T>(fields: &mut Fields, key: &str, read: impl FnMut(Fields) -> Option<T>) -> Vec<T> {
    fields.take_list(key).into_iter().map(|(_, part)| part).filter_map(read).collect()
}

/// `None` when something that it needs is missing or wrong, which has been reported.
pub(super) fn event(mut part: Fields) -> Option<LawEvent> {
    Some(LawEvent {
        kind: part.take_chosen("kind")?,
        on: part.take("on"),
        as_of: part.take("as_of"),
        note: part.take("note"),
        citations: citations(&mut part)?,
    })
}

/// `None` when something that it needs is missing or wrong, which has been reported.
pub(super) fn notice(mut part: Fields) -> Option<Notice> {
    Some(Notice {
        kind: part.take_chosen("kind")?,
        on: part.take("on"),
        note: part.take("note"),
        citations: citations(&mut part)?,
    })
}

/// `None` when none is good, which has been reported.
pub(super) fn citations(fields: &mut Fields) -> Option<Citations> {
    Citations::new(parts(fields, "citations", citation))
}

/// `None` when something that it needs is missing or wrong, which has been reported.
pub(super) fn citation(mut part: Fields) -> Option<Citation> {
    let anchor = part.take("anchor");
    let lines = part.take("lines").and_then(|(start, end)| Lines::new(start, end, anchor)).map(Locator::Lines);
    let pages = part.take("pages").and_then(|(start, end)| Pages::new(start, end)).map(Locator::Pages);
    let section = part.take("section").map(Locator::Section);
    let fragment = part.take("fragment").map(Locator::Fragment);
    Some(Citation {
        document: part.take("document")?,
        locator: lines.or(pages).or(section).or(fragment),
        quote: part.take("quote"),
        direction: part.take_chosen("direction")?,
    })
}

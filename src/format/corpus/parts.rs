//! Parts of records: citations, identifiers, events, notices.

use std::sync::Arc;

use super::Cited;
use super::fields::Fields;
use super::judge::Judge;
use crate::model::{Citation, Citations, Identifier, LawEvent, Lines, Locator, Notice, Pages, Uncited};

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

    /// `None` when something that it needs is missing or wrong, which has been reported; as with all that follow.
    pub(super) fn event(&mut self, mut part: Fields) -> Option<LawEvent> {
        Some(LawEvent {
            kind: part.take_chosen("kind")?,
            on: part.take("on"),
            as_of: part.take("as_of"),
            note: part.take("note"),
            citations: self.citations(&mut part)?,
        })
    }

    pub(super) fn notice(&mut self, mut part: Fields) -> Option<Notice> {
        Some(Notice {
            kind: part.take_chosen("kind")?,
            on: part.take("on"),
            note: part.take("note"),
            citations: self.citations(&mut part)?,
        })
    }

    /// `None` when none is good.
    pub(super) fn citations(&mut self, fields: &mut Fields) -> Option<Citations> {
        Citations::new(parts(fields, "citations", |part| self.citation(part)))
    }

    pub(super) fn citation(&mut self, mut part: Fields) -> Option<Citation> {
        let at = part.place_of("lines").unwrap_or(part.at);
        let anchor = part.take("anchor");
        let lines = part.take("lines").and_then(|(start, end)| Lines::new(start, end, anchor)).map(Locator::Lines);
        let pages = part.take("pages").and_then(|(start, end)| Pages::new(start, end)).map(Locator::Pages);
        let section = part.take("section").map(Locator::Section);
        let fragment = part.take("fragment").map(Locator::Fragment);
        let citation = Citation {
            document: part.take("document")?,
            locator: lines.or(pages).or(section).or(fragment),
            quote: part.take("quote"),
            direction: part.take_chosen("direction")?,
            verification: None,
        };
        let (place, record) = (self.place(at), Arc::clone(&self.label));
        self.cited.push(Cited { place, record, citation: citation.clone() });
        Some(citation)
    }
}

/// The parts under `key` that can be read; what is wrong with the others has been reported.
pub(super) fn parts<T>(fields: &mut Fields, key: &str, read: impl FnMut(Fields) -> Option<T>) -> Vec<T> {
    fields.take_list(key).into_iter().map(|(_, part)| part).filter_map(read).collect()
}

/// `None` when something that it needs is missing or wrong, which has been reported.
pub(super) fn uncited(fields: &mut Fields) -> Option<Uncited> {
    let (start, end) = fields.take("lines")?;
    Some(Uncited {
        document: fields.take("document")?,
        lines: Lines::new(start, end, None)?,
        reason: fields.take_chosen("reason")?,
        note: fields.take("note"),
    })
}

//! Citations: which document says so, and where.

use super::{Slug, Verification};

/// A pointer into a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Citation {
    /// The document.
    pub document: Slug,
    /// Where in it; `None` means the document as a whole.
    pub locator: Option<Locator>,
    /// The document's own words, kept only where they matter and are short.
    pub quote: Option<String>,
    /// The document's attitude to what it is cited for.
    pub direction: CitationDirection,
    /// What became of it when it was held against the document's text; `None` where the text was not at hand.
    pub verification: Option<Verification>,
}

closed_set! {
    /// What a document does with what it is cited for.
    pub enum CitationDirection {
        /// It says so itself.
        Supports,
        /// It denies it.
        Disputes,
        /// It speaks of it without saying or denying it.
        Mentions,
    }
}

/// Where in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locator {
    /// Lines of a text.
    Lines(Lines),
    /// Pages of a printed or paged text.
    Pages(Pages),
    /// A section with this title.
    Section(String),
    /// A part of a web page, as it stands after `#` in its address.
    Fragment(String),
}

/// Lines `start` to `end`, both included, counted from 1; a last line without a newline counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lines {
    start: u32,
    end: u32,
    anchor: Option<String>,
}

/// Pages `start` to `end`, both included, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pages {
    start: u32,
    end: u32,
}

impl Lines {
    /// `None` when `start` is 0 or behind `end`. `anchor`: a few exact words of the lines, by which they can be found
    /// again when the document is edited.
    pub fn new(start: u32, end: u32, anchor: Option<String>) -> Option<Self> {
        (1..=end).contains(&start).then_some(Self { start, end, anchor })
    }

    /// The first line.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The last line.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// A few exact words of the lines.
    pub fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }
}

impl Pages {
    /// `None` when `start` is 0 or behind `end`.
    pub fn new(start: u32, end: u32) -> Option<Self> {
        (1..=end).contains(&start).then_some(Self { start, end })
    }

    /// The first page.
    pub fn start(self) -> u32 {
        self.start
    }

    /// The last page.
    pub fn end(self) -> u32 {
        self.end
    }
}

/// At least one citation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Citations(Vec<Citation>);

impl Citations {
    /// In the order of documents and places, each once. `None` when there is none: no citation, no fact.
    pub fn new(mut citations: Vec<Citation>) -> Option<Self> {
        citations.sort();
        citations.dedup();
        (!citations.is_empty()).then_some(Self(citations))
    }

    /// Never empty.
    pub fn as_slice(&self) -> &[Citation] {
        &self.0
    }

    /// Each changed by `change`.
    #[must_use]
    pub fn map(self, change: impl FnMut(Citation) -> Citation) -> Self {
        Self(self.0.into_iter().map(change).collect())
    }

    /// These and those of `other`, each once.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self.0.sort();
        self.0.dedup();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one_and_do_not_run_backwards() {
        assert!(Lines::new(1, 1, None).is_some());
        assert!(Lines::new(0, 1, None).is_none());
        assert!(Lines::new(3, 2, None).is_none());
        assert!(Pages::new(2, 3).is_some() && Pages::new(3, 2).is_none());
    }

    #[test]
    fn no_citation_no_fact() {
        assert_eq!(Citations::new(Vec::new()), None);
    }
}

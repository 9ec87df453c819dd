//! Citations and their locators.

use async_graphql::{Context, SimpleObject, Union};

use super::closed_set::Term;
use super::error::{ApiError, ApiResult};
use super::handle::{Handle, Pinned};
use super::loaders::{MentionsOf, load};
use super::paging::{Cursor, Edge, Edges, PageArgs, connection, page_of, up_to};
use super::scalar::number;
use super::source::Document;
use crate::model::{self, CitationDirection, VerificationResult};

/// Which document says so, and where.
#[derive(SimpleObject, Clone)]
pub(crate) struct Citation {
    /// The document.
    document: Document,
    /// Where in it; null means the document as a whole.
    locator: Option<Locator>,
    /// The document's own words; null unless they matter and are short, and so are kept.
    quote: Option<String>,
    /// The document's attitude to what it is cited for.
    direction: Term<CitationDirection>,
    /// What became of it when it was held against the document's text at the import; null where the text was not at
    /// hand.
    verification: Option<Verification>,
}

/// What became of a citation when it was held against the document's text.
#[derive(SimpleObject, Clone)]
pub(crate) struct Verification {
    /// The outcome.
    result: Term<VerificationResult>,
    /// Where the words of the anchor stand now, when they have moved; null otherwise.
    moved_to: Option<Lines>,
}

impl Verification {
    fn of(verification: &model::Verification) -> Self {
        let moved_to =
            verification.found.map(|(start, end)| Lines { start: number(start), end: number(end), anchor: None });
        Self { result: Term(verification.result), moved_to }
    }
}

/// Where in the document. Lines count from 1; a last line without a newline counts.
#[derive(Union, Clone)]
pub(crate) enum Locator {
    Lines(Lines),
    Pages(Pages),
    Section(Section),
    Fragment(Fragment),
}

/// Lines of a text, both ends included, counted from 1; a last line without a newline counts.
#[derive(SimpleObject, Clone)]
pub(crate) struct Lines {
    /// The first line.
    start: i32,
    /// The last line.
    end: i32,
    /// A few exact words of these lines, by which they can be found again when the document is edited; null when none
    /// were noted.
    anchor: Option<String>,
}

/// Pages, both ends included, counted from 1.
#[derive(SimpleObject, Clone)]
pub(crate) struct Pages {
    /// The first page.
    start: i32,
    /// The last page.
    end: i32,
}

/// A section of a document.
#[derive(SimpleObject, Clone)]
pub(crate) struct Section {
    /// Its title.
    title: String,
}

/// A part of a web page.
#[derive(SimpleObject, Clone)]
pub(crate) struct Fragment {
    /// As it stands after `#` in the page's address.
    value: String,
}

impl Lines {
    pub(crate) fn of(lines: &model::Lines) -> Self {
        Self { start: number(lines.start()), end: number(lines.end()), anchor: lines.anchor().map(str::to_owned) }
    }
}

impl Locator {
    fn of(locator: &model::Locator) -> Self {
        match locator {
            model::Locator::Lines(lines) => Self::Lines(Lines::of(lines)),
            model::Locator::Pages(pages) => {
                Self::Pages(Pages { start: number(pages.start()), end: number(pages.end()) })
            }
            model::Locator::Section(title) => Self::Section(Section { title: title.clone() }),
            model::Locator::Fragment(value) => Self::Fragment(Fragment { value: value.clone() }),
        }
    }
}

impl Citation {
    /// # Errors
    /// When the citation is of a document that came after the snapshot.
    pub(crate) fn of(pinned: &Pinned, citation: &model::Citation) -> ApiResult<Self> {
        let ix = pinned.document_of_slug(citation.document.as_str()).ok_or(ApiError::SnapshotChanged)?;
        Ok(Self {
            document: Document::new(pinned.clone(), ix),
            locator: citation.locator.as_ref().map(Locator::of),
            quote: citation.quote.clone(),
            direction: Term(citation.direction),
            verification: citation.verification.as_ref().map(Verification::of),
        })
    }

    /// # Errors
    /// As [`of`](Self::of).
    pub(crate) fn all_of(pinned: &Pinned, citations: &[model::Citation]) -> ApiResult<Vec<Self>> {
        pinned.charge(citations.len())?;
        citations.iter().map(|citation| Self::of(pinned, citation)).collect()
    }
}

/// Where documents themselves speak of `entity` in this way, by document, then place; the first so many, as [`up_to`]
/// bounds them.
///
/// # Errors
/// When `first` is out of bounds, the store does not answer, or a document came after the snapshot.
pub(crate) async fn mentions_that(
    ctx: &Context<'_>,
    entity: &Handle,
    direction: CitationDirection,
    first: Option<i32>,
) -> ApiResult<Vec<Citation>> {
    let n = page_of(&entity.pinned, first)?;
    let all = load(ctx, MentionsOf(entity.pinned.key(entity.ix))).await?.unwrap_or_default();
    let so: Vec<_> = all.iter().filter(|citation| citation.direction == direction).collect();
    let some = up_to(&entity.pinned, n, &so)?;
    some.iter().map(|citation| Citation::of(&entity.pinned, citation)).collect()
}

connection!(CitationConnection, CitationEdge, Citation, "citations");

/// A citation with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct CitationEdge {
    /// The citation.
    node: Citation,
    /// Names this place in this list, for `after` and `before`. Opaque.
    cursor: String,
}

impl Edge for CitationEdge {
    type Node = Citation;

    fn node(&self) -> Citation {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

impl CitationConnection {
    /// # Errors
    /// When an argument is wrong, or a citation is of a document that came after the snapshot.
    pub(crate) fn new(pinned: &Pinned, owner: &str, citations: &[model::Citation], args: &PageArgs) -> ApiResult<Self> {
        // A citation has no id of its own: whose it is, and its place, are all that names it.
        let cursor = |place: usize| Cursor { place, id: owner.to_owned() };
        let locate =
            |given: &Cursor| (given.place < citations.len() && *given == cursor(given.place)).then_some(given.place);
        let edge = |place| {
            let node = Citation::of(pinned, &citations[place])?;
            Ok(CitationEdge { node, cursor: cursor(place).encode() })
        };
        Edges::new(pinned, args, citations.len(), locate, edge).map(Self)
    }
}

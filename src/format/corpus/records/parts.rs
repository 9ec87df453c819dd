//! The parts that stand inside records: citations, identifiers, events, notices.

use super::{Choice, Field, NAME_CHARS_MAX, NOTHING, Need, PROSE_CHARS_MAX, Presence, QUOTE_CHARS_MAX, Record, Shape};
use crate::model::{CitationDirection, IdentifierScheme, LawEventKind, NoticeKind};

pub(super) const NOTE: Field =
    Field::optional("note", Shape::Prose(PROSE_CHARS_MAX), "What a reader should know, in our words.");
pub(super) const CITATIONS: Field = Field::required(
    "citations",
    Shape::List(&Shape::Part(&CITATION)),
    "Who says so: at least one place in a document. No citation, no fact.",
);

pub(super) const DOCUMENT_CITED: Field =
    Field::required("document", Shape::SlugOf(None), "The slug of the document that is cited.");
const LINES: Field = Field::optional(
    "lines",
    Shape::Span,
    "Lines of the document, the first and the last, counted from 1: \"18-19\", \"18\" or 18.",
);
const PAGES: Field = Field::optional(
    "pages",
    Shape::Span,
    "Pages of the document, the first and the last, counted from 1: \"3-4\", \"3\" or 3.",
);
const SECTION: Field =
    Field::optional("section", Shape::Line(NAME_CHARS_MAX), "The title of a section of the document.");
const FRAGMENT: Field = Field::optional(
    "fragment",
    Shape::Line(NAME_CHARS_MAX),
    "A part of a web page, as it stands after `#` in its address.",
);
const ANCHOR: Field = Field::optional(
    "anchor",
    Shape::Words { words_max: 6, chars_max: 200 },
    "A few exact words of the cited lines, by which they are found again when the document is edited.",
);
const QUOTE: Field = Field::optional(
    "quote",
    Shape::Prose(QUOTE_CHARS_MAX),
    "The document's own words, only where they matter and are short.",
);
const DIRECTION_DOC: &str = "What the document does with what it is cited for: SUPPORTS where it says so itself, DISPUTES where it denies it, \
     MENTIONS where it speaks of it without saying or denying it.";
const ANCHOR_NEEDS_LINES: Need = Need { key: "anchor", needed: "lines", why: "it repeats words of the cited lines" };
const ONE_LOCATOR: &[&[&str]] = &[&["lines", "pages", "section", "fragment"]];

/// Of a statement, an event or a notice.
pub(super) const CITATION: Record = Record {
    name: "citation",
    doc: "A place in a document that says so.",
    fields: &[
        DOCUMENT_CITED,
        LINES,
        PAGES,
        SECTION,
        FRAGMENT,
        ANCHOR,
        QUOTE,
        Field::or(
            "direction",
            Shape::Choice(Choice::of::<CitationDirection>("direction")),
            Presence::DefaultText("SUPPORTS"),
            DIRECTION_DOC,
        ),
    ],
    at_most_one_of: ONE_LOCATOR,
    needs: &[ANCHOR_NEEDS_LINES],
    ..NOTHING
};

/// Of an entity: the same but for the direction where none is written.
pub(super) const MENTION: Record = Record {
    name: "mention",
    doc: "A place in a document that speaks of the entity.",
    fields: &[
        DOCUMENT_CITED,
        LINES,
        PAGES,
        SECTION,
        FRAGMENT,
        ANCHOR,
        QUOTE,
        Field::or(
            "direction",
            Shape::Choice(Choice::of::<CitationDirection>("direction")),
            Presence::DefaultText("MENTIONS"),
            DIRECTION_DOC,
        ),
    ],
    ..CITATION
};

pub(super) const IDENTIFIER: Record = Record {
    name: "identifier",
    doc: "A name that a register gave.",
    fields: &[
        Field::required("scheme", Shape::Choice(Choice::of::<IdentifierScheme>("scheme")), "Whose name it is."),
        Field::required(
            "value",
            Shape::Line(NAME_CHARS_MAX),
            "The name itself, without a resolver's address: 10.3390/molecules29050984, 32612562, NCT04392011, SB 6287.",
        ),
    ],
    ..NOTHING
};

pub(super) const EVENT: Record = Record {
    name: "event",
    doc: "Something that happened to a law.",
    fields: &[
        Field::required("kind", Shape::Choice(Choice::of::<LawEventKind>("kind of event")), "What happened."),
        Field::optional("on", Shape::Date, "When it happened, where a source says so."),
        Field::optional(
            "as_of",
            Shape::Date,
            "Where only this is known: by when it had happened (\"adopted as of February 2025\").",
        ),
        NOTE,
        CITATIONS,
    ],
    at_most_one_of: &[&["on", "as_of"]],
    ..NOTHING
};

pub(super) const NOTICE: Record = Record {
    name: "notice",
    doc: "A mark that a publisher put on a study after its publication.",
    fields: &[
        Field::required("kind", Shape::Choice(Choice::of::<NoticeKind>("kind of notice")), "What sort of mark."),
        Field::optional("on", Shape::Date, "When it was put."),
        NOTE,
        CITATIONS,
    ],
    ..NOTHING
};

//! The records of the corpus format, each described once.

mod entities;
mod parts;

use strum::VariantArray as _;

use self::entities::{CLAIM, JURISDICTION, LAW, ORGANIZATION, STUDY, TOPIC};
use self::parts::{CITATION, CITATIONS, DOCUMENT_CITED, EVENT, IDENTIFIER, MENTION, NOTE, NOTICE};
use super::shape::{Choice, Field, Need, Presence, Record, RecordKind, Shape, listed};
use crate::model::{Basis, Certainty, ClosedSet, EntityKind, Predicate, UncitedReason, Venue, Voice};

/// All tables, in the order in which a corpus is best written.
pub(in crate::format) const TABLES: &[&Record] =
    &[&CORPUS, &DOCUMENT, &ORGANIZATION, &STUDY, &LAW, &CLAIM, &JURISDICTION, &TOPIC, &STATEMENT, &UNCITED];

/// The parts that stand inside records.
pub(in crate::format) const PARTS: &[&Record] = &[&CITATION, &MENTION, &IDENTIFIER, &EVENT, &NOTICE];

const NAME_CHARS_MAX: usize = 500;
const PROSE_CHARS_MAX: usize = 10_000;
const QUOTE_CHARS_MAX: usize = 2_000;

/// What a record has where nothing is said of it.
const NOTHING: Record =
    Record { name: "", kind: RecordKind::Part, doc: "", fields: &[], at_most_one_of: &[], needs: &[], instead: &[] };

const CORPUS: Record = Record {
    name: "corpus",
    kind: RecordKind::Corpus,
    doc: "The corpus itself, in one of its files at most.",
    fields: &[
        Field::optional(
            "name",
            Shape::Slug,
            "What the corpus is called among corpora. Where it is left out, the name of its folder or file.",
        ),
        Field::optional("title", Shape::Line(NAME_CHARS_MAX), "What the corpus is about, in a few words."),
    ],
    ..NOTHING
};

const DOCUMENT: Record = Record {
    name: "document",
    kind: RecordKind::Document,
    doc: "A source text, which citations point into.",
    fields: &[
        Field::required("slug", Shape::Slug, "Unique among documents, and never changed: citations name it."),
        Field::required(
            "title",
            Shape::Line(NAME_CHARS_MAX),
            "The document's title, or what the text is where it has none.",
        ),
        Field::optional("publisher", Shape::Line(NAME_CHARS_MAX), "Who put it out."),
        Field::optional("published_on", Shape::Date, "When it was put out, as precisely as is known."),
        Field::optional("url", Shape::Url, "Where it stands."),
        Field::optional(
            "sha256",
            Shape::Sha256,
            "Of the bytes that lines and pages were counted on, as `sha256sum FILE` prints it.",
        ),
        Field::optional(
            "file",
            Shape::Line(NAME_CHARS_MAX),
            "The name of the file with its text, as `grounds check --documents FOLDER` is to find it there.",
        ),
        Field::optional(
            "interest",
            Shape::Line(QUOTE_CHARS_MAX),
            "What its publisher or author gains by what it says, as the document itself shows.",
        ),
        Field::optional(
            "origin",
            Shape::Slug,
            "A name for where its words come from, where that is not the document itself: documents with the same origin, \
             such as a page and a table copied from it, count as one source.",
        ),
    ],
    instead: &[("name", "title"), ("date", "published_on"), ("on", "published_on")],
    ..NOTHING
};

const STATEMENT: Record = Record {
    name: "statement",
    kind: RecordKind::Statement,
    doc: "What was said, and on whose word: subject, predicate, object, what qualifies it, and citations. The same \
          statement written twice is one statement with the citations of both.",
    fields: &[
        Field::required(
            "subject",
            Shape::EntityId,
            "Whose statement it is, or what it is about: a kind, a slash and a slug.",
        ),
        Field::required(
            "predicate",
            Shape::Choice(Choice {
                noun: "predicate",
                texts: <Predicate as ClosedSet>::texts,
                meaning: predicate_meaning,
            }),
            "How the subject is related to the object.",
        ),
        Field::required("object", Shape::EntityId, "What the subject is related to: a kind, a slash and a slug."),
        Field::optional(
            "aspect",
            Shape::SlugOf(Some(EntityKind::Topic)),
            "The slug of the topic that names the part of the object that is meant.",
        ),
        Field::optional("on", Shape::Date, "When it was said or happened, as precisely as is known."),
        Field::optional("from", Shape::Date, "Since when it held."),
        Field::optional("until", Shape::Date, "Until when it held."),
        Field::or(
            "basis",
            Shape::Choice(Choice::of::<Basis>("basis")),
            Presence::DefaultText("STATED"),
            "STATED where a source says it, INFERRED where we conclude it; what is inferred never counts as stated.",
        ),
        Field::optional(
            "certainty",
            Shape::Choice(Choice::of::<Certainty>("certainty")),
            "How sure you are of having read the source rightly; says nothing on whether the source is right.",
        ),
        Field::optional(
            "condition",
            Shape::Prose(QUOTE_CHARS_MAX),
            "Under which condition it was said (\"if amended to …\").",
        ),
        Field::optional("venue", Shape::Choice(Choice::of::<Venue>("venue")), "Where it was said."),
        Field::optional(
            "voice",
            Shape::Choice(Choice::of::<Voice>("voice")),
            "Who spoke for the subject. Somebody with a title is not their employer: MEMBER or UNCLEAR.",
        ),
        NOTE,
        CITATIONS,
    ],
    ..NOTHING
};

const UNCITED: Record = Record {
    name: "uncited",
    kind: RecordKind::Uncited,
    doc: "Lines of a document that no statement or mention rests on, and why: so that nothing was overlooked.",
    fields: &[
        DOCUMENT_CITED,
        Field::required("lines", Shape::Span, "The first and the last line, counted from 1: \"18-19\", \"18\" or 18."),
        Field::required("reason", Shape::Choice(Choice::of::<UncitedReason>("reason")), "Why nothing rests on them."),
        NOTE,
    ],
    ..NOTHING
};

/// `The law holds … Joins a law with a jurisdiction. The opposite of …. eli:jurisdiction.`
fn predicate_meaning(text: &str) -> Option<String> {
    let predicate = text.parse::<Predicate>().ok()?;
    let (row, meaning) = (predicate.row(), predicate.meaning());
    let opposite = row.opposite.map_or_else(String::new, |opposite| format!(" The opposite of {opposite}."));
    let term = row.term.map_or_else(String::new, |term| format!(" In other vocabularies: {term}."));
    Some(format!("{meaning} {text}: {} → {}.{opposite}{term}", kinds(row.subjects), kinds(row.objects)))
}

/// `law or topic`.
pub(in crate::format) fn kinds(kinds: &[EntityKind]) -> String {
    let names: Vec<_> = kinds.iter().map(|kind| kind.prefix().to_owned()).collect();
    if names.len() == EntityKind::VARIANTS.len() { "any".to_owned() } else { listed(&names, "or") }
}

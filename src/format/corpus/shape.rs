//! How records are described: which keys they have, and what each key takes.
//!
//! The reader judges by these descriptions and the JSON Schema is written from them, so the two cannot differ.

use crate::model::{ClosedSet, EntityKind};

/// A table of the format, or a part of one that stands in braces.
#[derive(Debug)]
pub(in crate::format) struct Record {
    /// What it is called: the name of its table, or of the part.
    pub name: &'static str,
    /// What it becomes.
    pub kind: RecordKind,
    /// What it stands for, for whoever writes one.
    pub doc: &'static str,
    /// In the order in which they are best written.
    pub fields: &'static [Field],
    /// Of each of these groups a record has one key at most.
    pub at_most_one_of: &'static [&'static [&'static str]],
    /// Keys that stand only beside another.
    pub needs: &'static [Need],
    /// Keys that people write, with the one that is meant.
    pub instead: &'static [(&'static str, &'static str)],
}

/// What a record becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum RecordKind {
    /// The name and the title of the corpus itself.
    Corpus,
    Document,
    Entity(EntityKind),
    Statement,
    /// Lines of a document that nothing rests on.
    Uncited,
    /// A part of another record.
    Part,
}

/// A key that stands only beside another.
#[derive(Debug)]
pub(in crate::format) struct Need {
    pub key: &'static str,
    pub needed: &'static str,
    /// A sentence without its full stop.
    pub why: &'static str,
}

/// A key of a record.
#[derive(Debug)]
pub(in crate::format) struct Field {
    pub key: &'static str,
    pub shape: Shape,
    pub presence: Presence,
    /// What it means, for whoever writes it.
    pub doc: &'static str,
}

/// Whether a key must be written.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) enum Presence {
    Required,
    Optional,
    /// Where it is not written, it is as if this value were.
    DefaultText(&'static str),
    DefaultFlag(bool),
}

/// What a key takes.
#[derive(Debug)]
pub(in crate::format) enum Shape {
    /// The record's own slug.
    Slug,
    /// The slug of something whose kind is fixed; `None`: of a document.
    SlugOf(Option<EntityKind>),
    /// The id of an entity of any kind.
    EntityId,
    /// Text on one line, of at most so many characters.
    Line(usize),
    /// Text that may run over several lines, of at most so many characters.
    Prose(usize),
    /// A few words on one line.
    Words { words_max: usize, chars_max: usize },
    /// An http(s) address.
    Url,
    /// A SHA-256 digest.
    Sha256,
    /// A partial date.
    Date,
    /// A year as a number.
    Year,
    /// `true` or `false`.
    Flag,
    /// One of a closed set.
    Choice(Choice),
    /// Lines or pages from one to another.
    Span,
    /// At least one value of a shape, and none twice where the values are texts.
    List(&'static Shape),
    /// A part, in braces.
    Part(&'static Record),
}

/// A closed set of texts.
#[derive(Debug)]
pub(in crate::format) struct Choice {
    /// What one of them is called: `study design`.
    pub noun: &'static str,
    /// All of them, in order.
    pub texts: fn() -> Vec<&'static str>,
    /// What one of them means; `None` for a text that is none of them.
    pub meaning: fn(&str) -> Option<String>,
}

/// The first and the last year that a study may be of.
pub(in crate::format) const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;
/// The longest address, in characters.
pub(in crate::format) const URL_CHARS_MAX: usize = 2_000;
/// The most digits in the number of a line or a page.
pub(in crate::format) const SPAN_DIGITS_MAX: usize = 9;

impl Field {
    pub(in crate::format) const fn required(key: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { key, shape, presence: Presence::Required, doc }
    }

    pub(in crate::format) const fn optional(key: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self { key, shape, presence: Presence::Optional, doc }
    }

    pub(in crate::format) const fn or(key: &'static str, shape: Shape, default: Presence, doc: &'static str) -> Self {
        Self { key, shape, presence: default, doc }
    }
}

impl Record {
    /// What a record has under this key.
    pub(in crate::format) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Choice {
    /// The values of `T`.
    pub(in crate::format) const fn of<T: ClosedSet>(noun: &'static str) -> Self {
        Self { noun, texts: T::texts, meaning: |text| text.parse::<T>().ok().map(T::meaning) }
    }
}

impl Shape {
    /// What may stand there, as the end of "must be …".
    pub(in crate::format) fn expected(&self) -> String {
        match self {
            Self::Slug => "a slug such as \"american-kratom-association\"".to_owned(),
            Self::SlugOf(kind) => format!("the slug of {}", a(kind.map_or("document", EntityKind::prefix))),
            Self::EntityId => "an id such as \"organization/american-kratom-association\"".to_owned(),
            Self::Line(_) | Self::Prose(_) => "a text in quotation marks".to_owned(),
            Self::Words { words_max, .. } => format!("a text of at most {words_max} words in quotation marks"),
            Self::Url => "an address such as \"https://example.org/report\"".to_owned(),
            Self::Sha256 => "a text of 64 hexadecimal digits".to_owned(),
            Self::Date => {
                "a day, a month or a year in quotation marks: \"2025-02-14\", \"2025-02\" or \"2025\"".to_owned()
            }
            Self::Year => {
                format!("a year from {} to {} without quotation marks, as in 2024", YEARS.start(), YEARS.end())
            }
            Self::Flag => "true or false, without quotation marks".to_owned(),
            Self::Choice(choice) => format!("one of {}", (choice.texts)().join(", ")),
            Self::Span => "\"18-19\", \"18\" or 18, counted from 1".to_owned(),
            Self::List(of) => format!("a list in square brackets, each element {}", of.expected()),
            Self::Part(record) => {
                let keys = record.fields.iter().filter(|field| matches!(field.presence, Presence::Required));
                let keys: Vec<_> = keys.map(|field| format!("{} = …", field.key)).collect();
                format!("{} in braces: {{ {} }}", a(record.name), keys.join(", "))
            }
        }
    }
}

/// The noun with its indefinite article.
pub(in crate::format) fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) || noun.starts_with("un") { "an" } else { "a" };
    format!("{article} {noun}")
}

/// `x`, `x and y`, `x, y and z`.
pub(in crate::format) fn listed(items: &[String], joiner: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} {joiner} {last}", init.join(", ")),
    }
}

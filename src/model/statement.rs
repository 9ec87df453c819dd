//! Statements: the edges. What was said, and on whose word.

use std::fmt;

use super::document::{read_hex, write_hex};
use super::{Citations, EntityKey, PartialDate, Predicate, Sha256, Slug};

/// `subject — predicate → object`, with what qualifies it and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whose statement, or what it is about.
    pub subject: EntityKey,
    /// How the two are related.
    pub predicate: Predicate,
    /// What the subject is related to.
    pub object: EntityKey,
    /// What limits or colours it.
    pub qualifiers: Qualifiers,
    /// Never empty.
    pub citations: Citations,
}

/// What limits or colours a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualifiers {
    /// The topic that names the part of the object that is meant.
    pub aspect: Option<Slug>,
    /// When it was said or happened.
    pub on: Option<PartialDate>,
    /// Since when it held.
    pub from: Option<PartialDate>,
    /// Until when it held.
    pub until: Option<PartialDate>,
    /// Under which condition ("if amended to …").
    pub condition: Option<String>,
    /// Where it was said.
    pub venue: Option<Venue>,
    /// Who spoke for the subject.
    pub voice: Option<Voice>,
    /// Whether a source says it or we conclude it.
    pub basis: Basis,
    /// How sure the curator is of having read the source rightly.
    pub certainty: Option<Certainty>,
    /// What a reader should know.
    pub note: Option<String>,
}

impl Default for Qualifiers {
    /// Stated, and nothing else.
    fn default() -> Self {
        Self {
            aspect: None,
            on: None,
            from: None,
            until: None,
            condition: None,
            venue: None,
            voice: None,
            basis: Basis::Stated,
            certainty: None,
            note: None,
        }
    }
}

closed_set! {
    /// Whether a source says it.
    pub enum Basis {
        /// A source says it.
        Stated,
        /// We conclude it; it never counts as stated.
        Inferred,
    }
}

closed_set! {
    /// How sure the curator is of having read the source rightly; says nothing on whether the source is right.
    pub enum Certainty {
        /// It can hardly be read otherwise.
        High,
        /// It is the likely reading.
        Moderate,
        /// Other readings are as likely.
        Low,
        /// A guess that is worth recording.
        VeryLow,
    }
}

closed_set! {
    /// Where something was said.
    pub enum Venue {
        /// Spoken or written before a body.
        Testimony,
        /// Recorded in a list at a hearing.
        SignIn,
        /// A comment, petition or brief that was filed.
        Filing,
        /// To the press.
        Press,
        /// In a publication of its own.
        Publication,
        /// On a web page or in social media.
        Online,
        /// In an official decision or notice.
        Decision,
        /// Somewhere else.
        Other,
    }
}

closed_set! {
    /// Who spoke for the subject.
    pub enum Voice {
        /// The body itself.
        Official,
        /// Somebody who speaks for it.
        Spokesperson,
        /// A member or employee.
        Member,
        /// The source leaves it open.
        Unclear,
    }
}

/// A content hash of what identifies a statement: subject, predicate, object, aspect, on, from, until, condition,
/// venue. The same fact found in two documents is therefore one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId([u8; 16]);

impl StatementId {
    /// `None` when `text` is not 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        (!text.bytes().any(|b| b.is_ascii_uppercase())).then(|| read_hex(text).map(Self)).flatten()
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl Statement {
    /// The first 128 bits of the SHA-256 of the identifying parts, joined by the unit separator (U+001F).
    pub fn id(&self) -> StatementId {
        let date = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
        let qualifiers = &self.qualifiers;
        let parts = [
            self.subject.to_string(),
            self.predicate.to_string(),
            self.object.to_string(),
            qualifiers.aspect.as_ref().map_or_else(String::new, Slug::to_string),
            date(qualifiers.on),
            date(qualifiers.from),
            date(qualifiers.until),
            qualifiers.condition.clone().unwrap_or_default(),
            qualifiers.venue.map_or_else(String::new, |venue| venue.to_string()),
        ];
        StatementId(Sha256::of(parts.join("\u{1f}").as_bytes()).prefix())
    }
}

/// A qualifier that two records of one statement give differently: its name, and the two values in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// `basis`, `certainty`, `voice` or `note`.
    pub field: &'static str,
    /// What the one says.
    pub this: String,
    /// What the other says.
    pub other: String,
}

impl Qualifiers {
    /// The first of those qualifiers on which records of one statement must agree although they do not identify it, and
    /// on which these two do not.
    pub fn disagreement(&self, other: &Self) -> Option<Disagreement> {
        let shown = |value: Option<String>| value.unwrap_or_else(|| "not given".to_owned());
        let differ = |field, this: Option<String>, other: Option<String>| {
            (this != other).then(|| Disagreement { field, this: shown(this), other: shown(other) })
        };
        let text = |value: Option<&String>| value.map(|text| format!("{text:?}"));
        differ("basis", Some(self.basis.to_string()), Some(other.basis.to_string()))
            .or_else(|| {
                differ("certainty", self.certainty.map(|it| it.to_string()), other.certainty.map(|it| it.to_string()))
            })
            .or_else(|| differ("voice", self.voice.map(|it| it.to_string()), other.voice.map(|it| it.to_string())))
            .or_else(|| differ("note", text(self.note.as_ref()), text(other.note.as_ref())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, CitationDirection};

    fn statement() -> Statement {
        let citation = Citation {
            document: Slug::parse("d").expect("good"),
            locator: None,
            quote: None,
            direction: CitationDirection::Supports,
            verification: None,
        };
        Statement {
            subject: EntityKey::parse("organization/a").expect("good"),
            predicate: Predicate::Supports,
            object: EntityKey::parse("law/b").expect("good"),
            qualifiers: Qualifiers::default(),
            citations: Citations::new(vec![citation]).expect("one"),
        }
    }

    #[test]
    fn the_id_depends_on_what_identifies_and_on_nothing_else() {
        let id = statement().id();
        // Written down, so that an id given to a client today is found tomorrow.
        assert_eq!(id.to_string(), "8a9094e015fabf5830c4caca17ef7c90");
        let with = |change: fn(&mut Statement)| {
            let mut statement = statement();
            change(&mut statement);
            statement.id()
        };
        assert_ne!(with(|s| s.predicate = Predicate::Opposes), id);
        assert_ne!(with(|s| s.qualifiers.venue = Some(Venue::Press)), id);
        assert_ne!(with(|s| s.qualifiers.on = PartialDate::parse("2025").ok()), id);
        assert_ne!(
            with(|s| s.qualifiers.from = PartialDate::parse("2025").ok()),
            with(|s| s.qualifiers.until = PartialDate::parse("2025").ok())
        );
        assert_eq!(with(|s| s.qualifiers.note = Some("a note".to_owned())), id);
        assert_eq!(with(|s| s.qualifiers.certainty = Some(Certainty::Low)), id);
    }

    #[test]
    fn an_id_is_read_back() {
        let id = statement().id();
        assert_eq!(StatementId::parse(&id.to_string()), Some(id));
        assert_eq!(StatementId::parse(&id.to_string().to_uppercase()), None);
        assert_eq!(StatementId::parse(""), None);
    }
}

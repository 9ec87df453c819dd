//! How things are named: slugs, entity keys and the ids of everything that has one.

use std::fmt;

use strum::VariantArray as _;

use super::{Between, StatementId};

closed_set! {
    /// The six kinds of vertex.
    pub enum EntityKind {
        /// A body that can take a position or do research, or a collective voice.
        Organization,
        /// A piece or a class of research.
        Study,
        /// A norm or a kind of norm: act, bill, regulation, scheduling, recommendation, policy.
        Law,
        /// One assertion in one fixed wording.
        Claim,
        /// A territory or a body of states within which a law holds.
        Jurisdiction,
        /// A subject matter.
        Topic,
    }
}

impl EntityKind {
    /// The kind in lower case, as ids begin with it: `organization`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Study => "study",
            Self::Law => "law",
            Self::Claim => "claim",
            Self::Jurisdiction => "jurisdiction",
            Self::Topic => "topic",
        }
    }

    /// So many of the kind, for people to read: `2 studies`.
    pub fn counted(self, n: usize) -> String {
        let noun = match self {
            _ if n == 1 => self.prefix(),
            Self::Organization => "organizations",
            Self::Study => "studies",
            Self::Law => "laws",
            Self::Claim => "claims",
            Self::Jurisdiction => "jurisdictions",
            Self::Topic => "topics",
        };
        format!("{n} {noun}")
    }

    /// The kind with this [`prefix`](Self::prefix); `None` for any other text.
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        Self::VARIANTS.iter().copied().find(|kind| kind.prefix() == prefix)
    }
}

/// A name that is unique within its kind and never changes: lower-case words and numbers joined by single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

/// The text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a slug: at most {max} lower-case letters a-z and digits, in words joined by single hyphens, as in \"{like}\"", max = Slug::BYTES_MAX, like = self.like())]
pub struct NotASlug {
    text: String,
}

impl NotASlug {
    fn like(&self) -> String {
        let words = self
            .text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect::<Vec<_>>()
            .join("-");
        match words.get(..words.len().min(Slug::BYTES_MAX)) {
            Some(slug) if !slug.is_empty() => slug.trim_end_matches('-').to_owned(),
            _ => "american-kratom-association".to_owned(),
        }
    }
}

impl Slug {
    /// The longest slug, in bytes.
    pub const BYTES_MAX: usize = 120;

    /// # Errors
    /// When `text` is empty, too long, or holds anything but lower-case ASCII letters and digits in words joined by
    /// single hyphens.
    pub fn parse(text: &str) -> Result<Self, NotASlug> {
        let word_is_good =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= Self::BYTES_MAX && text.split('-').all(word_is_good) {
            Ok(Self(text.into()))
        } else {
            let text = text.chars().take(Self::BYTES_MAX).collect();
            Err(NotASlug { text })
        }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// What names an entity: its kind and its slug, written `organization/american-kratom-association`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey {
    /// The kind of vertex.
    pub kind: EntityKind,
    /// The name within the kind.
    pub slug: Slug,
}

impl fmt::Display for EntityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.prefix(), self.slug)
    }
}

impl EntityKey {
    /// # Errors
    /// When `text` is not a kind in lower case, a slash and a slug.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        match NodeId::parse(text)? {
            NodeId::Entity(key) => Ok(key),
            NodeId::Statement(_) | NodeId::Document(_) | NodeId::Conflict(_) => Err(NotAnId::new(text)),
        }
    }
}

/// The id of anything that has one, unique over all kinds: an entity, a statement, a document or a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NodeId {
    /// `organization/american-kratom-association`.
    Entity(EntityKey),
    /// `statement/` and 32 hexadecimal digits.
    Statement(StatementId),
    /// `document/` and a slug.
    Document(Slug),
    /// `conflict/` and what it is between: `conflict/evidence/kratom-is-safe`.
    Conflict(Between<EntityKey>),
}

/// The text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not an id: a kind ({kinds}), a slash and a slug, as in \"organization/american-kratom-association\"",
    kinds = EntityKind::VARIANTS.iter().map(|kind| kind.prefix()).collect::<Vec<_>>().join(", ")
)]
pub struct NotAnId {
    text: String,
}

impl NotAnId {
    fn new(text: &str) -> Self {
        Self { text: text.chars().take(Slug::BYTES_MAX).collect() }
    }
}

impl NodeId {
    /// # Errors
    /// When `text` has not the form of an id. Whether the thing exists is another question.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let not_an_id = || NotAnId::new(text);
        let (prefix, rest) = text.split_once('/').ok_or_else(not_an_id)?;
        match prefix {
            "statement" => StatementId::parse(rest).map(Self::Statement).ok_or_else(not_an_id),
            "document" => Slug::parse(rest).map(Self::Document).map_err(|_| not_an_id()),
            "conflict" => Between::parse(rest).map(Self::Conflict).ok_or_else(not_an_id),
            _ => {
                let kind = EntityKind::from_prefix(prefix).ok_or_else(not_an_id)?;
                let slug = Slug::parse(rest).map_err(|_| not_an_id())?;
                Ok(Self::Entity(EntityKey { kind, slug }))
            }
        }
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(key) => key.fmt(f),
            Self::Statement(id) => write!(f, "statement/{id}"),
            Self::Document(slug) => write!(f, "document/{slug}"),
            Self::Conflict(between) => write!(f, "conflict/{between}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_are_lower_case_words_joined_by_hyphens() {
        for good in ["a", "a-b", "hb-2291", "7-hydroxymitragynine"] {
            assert_eq!(Slug::parse(good).map(|slug| slug.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "-", "a-", "-a", "a--b", "A", "a b", "a/b", "ä", "a\0", &"a".repeat(121)] {
            assert!(Slug::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    #[test]
    fn a_bad_slug_is_answered_with_a_good_one() {
        let error = Slug::parse("American Kratom_Association!").expect_err("has spaces");
        assert!(error.to_string().ends_with("as in \"american-kratom-association\""), "{error}");
    }

    #[test]
    fn ids_name_their_kind() {
        for bad in ["", "law", "law/", "/a", "laws/a", "Law/a", "statement/xyz", "law/a/b", "document/A"] {
            assert!(NodeId::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    #[test]
    fn a_conflict_has_one_id() {
        for good in [
            "conflict/stance/food/law/sb-6287",
            "conflict/stance/food/topic/bans",
            "conflict/evidence/safe",
            "conflict/position/risky/or/safe",
            "conflict/value/safe/but-not/safe-in-pregnancy",
        ] {
            assert_eq!(NodeId::parse(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "conflict",
            "conflict/",
            "conflict/evidence",
            "conflict/stance/food/claim/a",
            "conflict/stance/food/sb-6287",
            "conflict/opinion/safe",
            "conflict/evidence/safe/or/risky",
            "conflict/evidence/safe/or/safe",
            "conflict/evidence/safe/but-not/safe",
            "conflict/evidence/safe/or/unsafe/or/unwise",
            "conflict/evidence/Safe",
        ] {
            assert!(NodeId::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    proptest! {
        #[test]
        fn printing_and_parsing_an_id_is_the_identity(kind in 0..6usize, slug in "[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,4}") {
            let key = EntityKey { kind: EntityKind::VARIANTS[kind], slug: Slug::parse(&slug).expect("made to be one") };
            prop_assert_eq!(NodeId::parse(&key.to_string()), Ok(NodeId::Entity(key)));
        }

        #[test]
        fn what_looks_like_a_conflict_is_parsed_or_refused(
            text in "conflict/(stance|evidence|position|value)(/(a|b|c-d|law|topic|or|but-not)){1,4}",
        ) {
            if let Ok(id) = NodeId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }

        #[test]
        fn any_text_is_parsed_or_refused(text in ".{0,200}") {
            if let Ok(id) = NodeId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}

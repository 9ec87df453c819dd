//! What names a conflict: what it is between.

use std::fmt;

use super::{EntityKey, EntityKind, Slug};

/// Whose words stand against each other over claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speakers {
    /// Studies, by what they found.
    Studies,
    /// Organizations, by what they say.
    Organizations,
    /// Documents, by what they themselves state.
    Documents,
}

/// What a conflict is between. `E` is what names an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Between<E> {
    /// What one organization said for a law or a cause, and what it said against it.
    Positions {
        /// The organization.
        organization: E,
        /// The law, or the topic.
        on: E,
    },
    /// Who speaks for a claim, and who speaks against it.
    Sides {
        /// Whose words.
        of: Speakers,
        /// The claim.
        claim: E,
    },
    /// Who speaks for the one claim, and who speaks for the other, which pulls the other way.
    Rivals {
        /// Whose words.
        of: Speakers,
        /// The claim whose slug comes first.
        claim: E,
        /// The claim whose slug comes second.
        other: E,
    },
    /// Who speaks for a claim, and who speaks against another that is a part of it, or of which it is a part.
    Scopes {
        /// Whose words.
        of: Speakers,
        /// The claim that is spoken for.
        held: E,
        /// The claim that is spoken against.
        denied: E,
    },
}

impl<E> Between<E> {
    /// The same between entities that are named otherwise; `None` when one of them is not found.
    pub fn renamed<F>(&self, name: impl Fn(&E) -> Option<F>) -> Option<Between<F>> {
        Some(match self {
            Self::Positions { organization, on } => {
                Between::Positions { organization: name(organization)?, on: name(on)? }
            }
            Self::Sides { of, claim } => Between::Sides { of: *of, claim: name(claim)? },
            Self::Rivals { of, claim, other } => Between::Rivals { of: *of, claim: name(claim)?, other: name(other)? },
            Self::Scopes { of, held, denied } => Between::Scopes { of: *of, held: name(held)?, denied: name(denied)? },
        })
    }
}

impl Speakers {
    const ALL: [Self; 3] = [Self::Studies, Self::Organizations, Self::Documents];

    fn word(self) -> &'static str {
        match self {
            Self::Studies => "evidence",
            Self::Organizations => "position",
            Self::Documents => "value",
        }
    }
}

/// As its id goes on after `conflict/`: `stance/<organization>/law/<law>`, `stance/<organization>/topic/<topic>`,
/// `evidence/<claim>`, `evidence/<claim>/or/<claim>` with the slugs in their order, and
/// `evidence/<claim>/but-not/<claim>`; likewise with `position` and `value`.
impl fmt::Display for Between<EntityKey> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Positions { organization, on } => write!(f, "stance/{}/{on}", organization.slug),
            Self::Sides { of, claim } => write!(f, "{}/{}", of.word(), claim.slug),
            Self::Rivals { of, claim, other } => write!(f, "{}/{}/or/{}", of.word(), claim.slug, other.slug),
            Self::Scopes { of, held, denied } => write!(f, "{}/{}/but-not/{}", of.word(), held.slug, denied.slug),
        }
    }
}

impl Between<EntityKey> {
    /// From the text that [`Display`](fmt::Display) gives; `None` for any other.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('/').collect();
        let entity = |kind, slug: &str| Some(EntityKey { kind, slug: Slug::parse(slug).ok()? });
        let claim = |slug| entity(EntityKind::Claim, slug);
        if let ["stance", organization, kind, slug] = parts[..] {
            let kind = EntityKind::from_prefix(kind).filter(|it| matches!(it, EntityKind::Law | EntityKind::Topic))?;
            let organization = entity(EntityKind::Organization, organization)?;
            return Some(Self::Positions { organization, on: entity(kind, slug)? });
        }
        let of = Speakers::ALL.into_iter().find(|of| parts.first() == Some(&of.word()))?;
        match parts[1..] {
            [slug] => Some(Self::Sides { of, claim: claim(slug)? }),
            [first, "or", second] if first < second => {
                Some(Self::Rivals { of, claim: claim(first)?, other: claim(second)? })
            }
            [held, "but-not", denied] if held != denied => {
                Some(Self::Scopes { of, held: claim(held)?, denied: claim(denied)? })
            }
            _ => None,
        }
    }
}

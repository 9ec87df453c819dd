//! Plain data and its parsing: what an entity, a statement, a citation and a document *are*.
//!
//! Knows nothing of SQL, TOML, GraphQL, HTTP or graphs, and does no input or output. Text becomes one of these types
//! once, at the door (`Slug::parse`, `PartialDate::parse` …); inside, a value of such a type is always good.
//!
//! The closed sets (kinds, designs, predicates …) are Rust enums whose text form is upper snake case
//! (`RANDOMIZED_TRIAL`), the same in the corpus files, in the database and in GraphQL.

/// Declares a closed set: an enum with text forms in upper snake case, whose comments are its published descriptions.
macro_rules! closed_set {
    ($(#[$attribute:meta])* pub enum $name:ident { $($values:tt)* }) => {
        $(#[$attribute])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            strum::Display, strum::EnumMessage, strum::EnumString, strum::IntoStaticStr, strum::VariantArray,
        )]
        #[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name { $($values)* }
    };
}

mod citation;
mod claim;
mod conflict;
mod corpus;
mod date;
mod document;
mod entity;
mod identifier;
mod jurisdiction;
mod key;
mod law;
mod organization;
mod predicate;
mod statement;
mod study;
mod suggestion;
mod topic;

pub use citation::{Citation, CitationDirection, Citations, Lines, Locator, Pages};
pub use claim::Claim;
pub use conflict::{Between, Speakers};
pub use corpus::Corpus;
pub use date::{NotADate, PartialDate};
pub use document::{
    Document, NotASha256, Provenance, Sha256, Uncited, UncitedReason, Verification, VerificationResult,
};
pub use entity::{Attributes, Entity};
pub use identifier::{Identifier, IdentifierScheme, NotAnIdentifier};
pub use jurisdiction::{Jurisdiction, JurisdictionType};
pub use key::{EntityKey, EntityKind, NodeId, NotASlug, NotAnId, Slug};
pub use law::{Law, LawEvent, LawEventKind, LawStatus, LawType};
pub use organization::{Organization, OrganizationType};
pub use predicate::{Bearing, Predicate, PredicateRow, Sign, Speaker};
pub use statement::{Basis, Certainty, Disagreement, Qualifiers, Statement, StatementId, Venue, Voice};
pub use study::{Notice, NoticeKind, Study, StudyDesign, StudyStatus};
pub use suggestion::{ClosedSet, nearest};
pub use topic::Topic;

//! Guards on a `GraphQL` document: on its text before it is parsed, and on what it expands to before it is validated.
//!
//! The parser and the validation of the library recurse on brackets and follow every spread of a fragment, so a few
//! kilobytes can end the process or keep a worker busy for minutes, and no time limit can interrupt either. Hence
//! [`scan`], then the parser, then [`check_expansion`], then everything else.
//!
//! Knows the parser's types only: nothing of the schema, of execution or of HTTP.

mod expansion;
mod limits;
mod omitted;
mod scan;
mod sole_root;

pub(super) use expansion::check_expansion;
pub use limits::{LimitExceeded, Limits};
pub(super) use omitted::take_out_omitted;
pub(super) use scan::scan;
pub(super) use sole_root::take_sole_root_field;

/// Why a document is refused unread.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum DocumentRefused {
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// The parser would take the quotes for an empty string and a further quote, and read on as nobody meant it.
    #[error("a block string, begun with \"\"\" on line {line}, does not end")]
    OpenBlockString { line: usize },
    #[error("the fragment `{fragment}` spreads itself, directly or through others")]
    FragmentCycle { fragment: String },
    #[error("a subscription must select exactly one field, and this one selects `{one}` and `{other}`")]
    RootFields { one: String, other: String },
    #[error("the field of a subscription must not depend on a directive, and here is `@{directive}`")]
    RootDirective { directive: String },
}

//! Guards on a `GraphQL` document: on its text before it is parsed, and on what it expands to before it is validated.
//!
//! The parser and the validation of the library recurse on brackets and follow every spread of a fragment, so a few
//! kilobytes can end the process or keep a worker busy for minutes, and no time limit can interrupt either. Hence
//! [`scan`], then the parser, then [`check_expansion`], then everything else: what the library gets wrong is mended or
//! refused (`omitted.rs`, `type_name.rs`, `values.rs`), and what the answer could hold is weighed (`cost.rs`).
//!
//! Knows the parser's types, and of the schema what its own text says: nothing of resolvers, of execution or of HTTP.

mod cost;
mod expansion;
mod limits;
mod merging;
mod omitted;
mod scan;
mod sole_root;
mod type_name;
mod types;
mod values;

use async_graphql::Pos;

pub(super) use cost::{PageSizes, cost};
pub(super) use expansion::check_expansion;
pub use limits::{LimitExceeded, Limits};
pub(super) use merging::check_merging;
pub(super) use omitted::take_out_omitted;
pub(super) use scan::{scan, scan_variables};
pub(super) use sole_root::take_sole_root_field;
pub(super) use type_name::wrap_type_names;
pub(super) use types::{ReadScalar, Types};
pub(super) use values::{check_literals, check_uses, check_variables};

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
    /// A value is not of its type; the message is a whole sentence.
    #[error("{message}")]
    Value { message: String, at: Pos },
    /// Likewise, longer than a limit allows.
    #[error("{message}")]
    ValueTooLong { exceeded: LimitExceeded, message: String, at: Pos },
    /// Two fields want the same place in the answer.
    #[error(
        "the fields that are called `{key}` in the answer are not the same, or have different arguments or types: give \
         one of them an alias"
    )]
    Conflict { key: String, at: [Pos; 2] },
    /// The declaration of a variable, or its use, breaks a rule; the message is a whole sentence.
    #[error("{message}")]
    Variable { message: String, at: Pos },
    /// `__typename` is asked for what it does not have.
    #[error("`__typename` has neither arguments nor fields")]
    TypeName { at: Pos },
    /// The answer could hold too much.
    #[error(
        "this operation could be answered with {} objects, and the limit `cost` is {}: ask for smaller pages, or for \
         fewer lists within lists", .0.actual, .0.max
    )]
    Cost(LimitExceeded),
}

//! Which way statements are followed.

use async_graphql::Enum;

/// Which way statements are followed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::graph::Direction")]
pub(crate) enum Direction {
    /// From subject to object.
    Out,
    /// From object to subject.
    In,
    /// Either way.
    Both,
}

/// Whether a list runs forwards or backwards.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum OrderDirection {
    /// Smallest, earliest, first in the alphabet first.
    #[default]
    Asc,
    /// The other way round.
    Desc,
}

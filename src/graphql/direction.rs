//! Which way statements are followed.

use async_graphql::Enum;

use crate::graph::Sort;

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

/// Which end of an order comes first. What has nothing to be ordered by (no year, no day) comes last in both.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Default)]
#[graphql(remote = "Sort")]
pub(crate) enum OrderDirection {
    /// The smallest, the earliest, the first in the alphabet.
    #[default]
    #[graphql(name = "ASC")]
    Ascending,
    /// The largest, the latest, the last in the alphabet.
    #[graphql(name = "DESC")]
    Descending,
}

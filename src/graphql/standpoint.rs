//! Standpoints: where organizations stand on a matter, and why.

use async_graphql::Object;

use super::handle::{Handle, Pinned};
use super::organization::Organization;
use super::stance::Stance;
use super::why::Why;
use crate::graph;
use crate::model::EntityKind;

/// Where an organization stands on a law, a cause or a claim; computed from what it is stated to have said.
pub(crate) struct Standpoint {
    pinned: Pinned,
    standpoint: graph::Standpoint,
}

impl Standpoint {
    pub(crate) fn of(pinned: &Pinned, standpoint: &graph::Standpoint) -> Self {
        Self { pinned: pinned.clone(), standpoint: standpoint.clone() }
    }
}

/// Where an organization stands on a law, a cause or a claim; computed from what it is stated to have said.
#[Object]
impl Standpoint {
    /// Whose it is.
    async fn organization(&self) -> Organization {
        Handle { pinned: self.pinned.clone(), ix: self.standpoint.organization }.into()
    }

    /// Where it stands. On a claim SUPPORT means that it asserts it, OPPOSE that it disputes it.
    async fn stance(&self) -> Stance {
        self.standpoint.stance.into()
    }

    /// The rule, and all that the organization said on the matter up to the day, in the order of days.
    async fn why(&self) -> Why {
        let (rule, explanation) = if self.pinned.kind(self.standpoint.matter.about) == EntityKind::Claim {
            (
                "EVERYTHING_SAID",
                "All that the organization is stated to have said of the claim and not given up by the day, whenever it \
                 said so: SUPPORT when it asserts it, OPPOSE when it disputes it, MIXED when it does both. Where no day was \
                 asked for, it does not matter what was given up. What is inferred does not count, nor what a member or a \
                 collective says.",
            )
        } else {
            (
                "LATEST_POSITION",
                "Of the stated positions of the organization on this version of the law, or on this cause, and on this \
                 aspect, those of the latest day decide, as far as they had not been given up by the day that was asked \
                 for; MIXED when they differ. A position under a condition counts as any other. The earlier ones are \
                 listed with them. What is inferred does not count, nor what a member or a collective says.",
            )
        };
        Why { pinned: self.pinned.clone(), rule, explanation, statements: self.standpoint.statements.clone().into() }
    }
}

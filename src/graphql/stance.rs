//! Computed stances, and why.

use async_graphql::{Enum, ID, Object};

use super::error::ApiResult;
use super::filter::{entity_of, unless_nothing};
use super::handle::{Handle, Pinned};
use super::paging::n_of;
use super::scalar::PartialDate;
use super::why::Why;
use super::{law::Law, organization::Organization, topic::Topic};
use crate::graph;
use crate::model::EntityKind;

/// How an organization stands on a law.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::Stance")]
pub(crate) enum Stance {
    /// For it.
    Support,
    /// Against it.
    Oppose,
    /// Neither, as it said itself. Nothing known is not neutral.
    Neutral,
    /// Of one day there are positions that differ.
    Mixed,
}

/// How an organization stands on a law on a day; computed from its dated statements.
pub(crate) struct StanceSummary {
    pinned: Pinned,
    summary: graph::StanceSummary,
}

impl StanceSummary {
    /// All of them, or those on an aspect; of these the first so many, if so many only are wanted.
    ///
    /// # Errors
    /// When the aspect is no topic's id, `first` is negative, or the answer grows too large.
    pub(crate) fn all(
        pinned: &Pinned,
        mut summaries: Vec<graph::StanceSummary>,
        aspect: Option<&ID>,
        first: Option<i32>,
    ) -> ApiResult<Vec<Self>> {
        match unless_nothing(entity_of(pinned, "aspect", Some(EntityKind::Topic), aspect))? {
            Some(None) => {}
            Some(aspect) => summaries.retain(|summary| summary.aspect == aspect),
            None => summaries.clear(),
        }
        summaries.truncate(n_of(summaries.len(), first)?);
        pinned.charge(summaries.len())?;
        Ok(summaries.into_iter().map(|summary| Self::new(pinned.clone(), summary)).collect())
    }

    pub(crate) fn new(pinned: Pinned, summary: graph::StanceSummary) -> Self {
        Self { pinned, summary }
    }

    fn handle(&self, ix: graph::EntityIx) -> Handle {
        Handle { pinned: self.pinned.clone(), ix }
    }
}

/// How an organization stands on a law on a day; computed from its dated statements.
#[Object]
impl StanceSummary {
    /// Whose stance it is.
    async fn organization(&self) -> Organization {
        self.handle(self.summary.organization).into()
    }

    /// On which law: this very version. A position on a substitute is none on the original.
    async fn law(&self) -> Law {
        self.handle(self.summary.law).into()
    }

    /// On which part of the law; null means the whole.
    async fn aspect(&self) -> Option<Topic> {
        self.summary.aspect.map(|ix| self.handle(ix).into())
    }

    /// The stance.
    async fn stance(&self) -> Stance {
        self.summary.stance.into()
    }

    /// Whether it holds only under a condition: all positions of the latest day do. Which one, the statements tell.
    async fn conditional(&self) -> bool {
        self.summary.is_conditional
    }

    /// Since when it is known to be so: the earliest date of the positions that it rests on, which is when it was said
    /// or, where no source tells that, since when it held; null when no source dates it.
    async fn since(&self) -> Option<PartialDate> {
        self.summary.since.map(PartialDate)
    }

    /// The rule, and the positions that it rests on, in the order of days.
    async fn why(&self) -> Why {
        Why {
            pinned: self.pinned.clone(),
            rule: "LATEST_POSITION",
            explanation: "The position of the organization on this version of the law, and on this aspect, of the latest \
                day up to the day that was asked for; MIXED when positions of that latest day differ. Positions that had \
                been given up by then (`until`) are left out; when all of the latest day were, there is no stance, for an \
                earlier one does not come back. Where no day was asked for, it does not matter what was given up. A \
                position under a condition counts as any other, and `conditional` tells. The stance rests on the \
                positions of the latest day and on those of the days before, as long as they come to it without a break. \
                What is inferred does not count, nor what is said of another version, nor what a member or a collective \
                says.",
            statements: self.summary.statements.clone().into(),
        }
    }
}

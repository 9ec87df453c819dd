//! Agreement: how each two of some organizations stand to one another, matter by matter.

use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::entity::{Entity, at_most};
use super::error::{ApiError, ApiResult};
use super::filter::{entities_of, shown};
use super::handle::{Handle, Pinned};
use super::organization::Organization;
use super::paging::page_of;
use super::scalar::{PartialDate, number};
use super::standpoint::Standpoint;
use super::topic::Topic;
use super::why::Why;
use crate::graph::{Accord, Agreements, AgreementsOf, EntityIx, PairAgreement};
use crate::model::EntityKind;

/// How two organizations agree: on what they stand alike, on what they differ. Computed from what they are stated to
/// have said.
pub(crate) struct Agreement {
    pinned: Pinned,
    agreements: Arc<Agreements>,
    pair: PairAgreement,
}

/// A matter on which both organizations of a pair have a standpoint, and the two standpoints.
#[derive(SimpleObject)]
pub(crate) struct SharedStandpoint {
    /// The law, the cause (a topic) or the claim.
    about: Entity,
    /// On which part of it; null means the whole.
    aspect: Option<Topic>,
    /// The standpoint of the pair's `a`.
    a: Standpoint,
    /// The standpoint of the pair's `b`.
    b: Standpoint,
}

impl Agreement {
    fn shared(&self, wanted: Accord, first: Option<i32>) -> ApiResult<Vec<SharedStandpoint>> {
        let n = page_of(&self.pinned, first)?;
        let is_wanted =
            |a: &crate::graph::Standpoint, b: &crate::graph::Standpoint| Accord::of(a.stance, b.stance) == wanted;
        let found: Vec<_> = self.agreements.shared(&self.pair).filter(|(a, b)| is_wanted(a, b)).take(n).collect();
        self.pinned.charge(3 * found.len())?;
        let handle = |ix: EntityIx| Handle { pinned: self.pinned.clone(), ix };
        let shared = found.into_iter().map(|(a, b)| SharedStandpoint {
            about: handle(a.matter.about).into(),
            aspect: a.matter.aspect.map(|ix| handle(ix).into()),
            a: Standpoint::of(&self.pinned, a),
            b: Standpoint::of(&self.pinned, b),
        });
        Ok(shared.collect())
    }
}

/// How two organizations agree: on what they stand alike, on what they differ. Computed from what they are stated to
/// have said.
#[Object]
impl Agreement {
    /// The one that was named first.
    async fn a(&self) -> Organization {
        Handle { pinned: self.pinned.clone(), ix: self.agreements.organizations(&self.pair).0 }.into()
    }

    /// The other.
    async fn b(&self) -> Organization {
        Handle { pinned: self.pinned.clone(), ix: self.agreements.organizations(&self.pair).1 }.into()
    }

    /// Matters on which both take a side: `nAlike` and `nDiffering` together. A matter is a law, a cause (a topic) or a
    /// claim, or an aspect of it.
    async fn n_shared(&self) -> i32 {
        number(self.pair.n_shared())
    }

    /// Matters on which both are for, or both are against.
    async fn n_alike(&self) -> i32 {
        number(self.pair.n_alike)
    }

    /// Matters on which one is for and the other against.
    async fn n_differing(&self) -> i32 {
        number(self.pair.n_differing)
    }

    /// Matters on which both spoke, and one of them at least takes no side, being NEUTRAL or MIXED. They count neither as
    /// alike nor as differing, not even when both are neutral.
    async fn n_neither(&self) -> i32 {
        number(self.pair.n_neither)
    }

    /// `nAlike` of `nShared`, from 0 to 1: the simple matching coefficient (Sokal and Michener 1958), as the agreement
    /// score of roll-call analysis, in which abstentions do not count. Null when they share nothing.
    async fn score(&self) -> Option<f64> {
        self.pair.score()
    }

    /// What they stand alike on, by kind and name.
    async fn alike(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. `nAlike` tells how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<SharedStandpoint>> {
        self.shared(Accord::Alike, first)
    }

    /// What they differ on, by kind and name.
    async fn differing(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. `nDiffering` tells how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<SharedStandpoint>> {
        self.shared(Accord::Differing, first)
    }

    /// What both spoke on without both taking a side, by kind and name.
    async fn neither(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. `nNeither` tells how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<SharedStandpoint>> {
        self.shared(Accord::Neither, first)
    }

    /// The rule, and all that the two said on the matters on which both spoke, matter by matter, first what `a` said.
    /// Without these statements they share nothing; no other statement makes a difference.
    async fn why(&self) -> Why {
        Why {
            pinned: self.pinned.clone(),
            rule: "SIMPLE_MATCHING",
            explanation: "Each law, cause and claim on which both organizations are stated to have said something is \
                compared: they stand alike when both are for it or both against it, they differ when one is for it and \
                the other against, and it does not count when one of them is neutral or on both sides. On a claim, \
                asserting is for and disputing is against; on laws and causes the latest positions decide. Nothing is \
                inherited from members or collectives.",
            statements: self.agreements.why(&self.pair).into(),
        }
    }
}

/// The root field that compares organizations.
#[derive(Default)]
pub(crate) struct AgreementQuery;

#[Object]
impl AgreementQuery {
    /// How each two of these organizations agree: the first with each that follows it, then the second with each that
    /// follows, and so on. Costs their statements, whatever the size of the graph.
    async fn agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By their `id`s: by default 2 to 50, each once.")] organizations: Vec<ID>,
        #[graphql(
            desc = "Up to the last day of this date; what no source dates then does not count. Null: as far as the sources tell, whenever that was."
        )]
        on: Option<PartialDate>,
    ) -> ApiResult<Vec<Agreement>> {
        let pinned = Pinned::of(ctx);
        let organizations = organizations_of(&pinned, &organizations)?;
        let day = on.map(|PartialDate(date)| date.last_day());
        let agreements = pinned.computed(AgreementsOf { organizations, day }).await?;
        pinned.charge(agreements.pairs.len())?;
        let cell = |pair: &PairAgreement| Agreement {
            pinned: pinned.clone(),
            agreements: Arc::clone(&agreements),
            pair: *pair,
        };
        Ok(agreements.pairs.iter().map(cell).collect())
    }
}

/// # Errors
/// All that is wrong with the list, at once.
fn organizations_of(pinned: &Pinned, ids: &[ID]) -> ApiResult<Vec<EntityIx>> {
    at_most("compared", pinned.limits().compared, "organizations", ids.len())?;
    let mut problems = Vec::new();
    if ids.len() < 2 {
        problems.push(format!(
            "`organizations` holds {} value{}: at least 2 can be compared.",
            ids.len(),
            if ids.len() == 1 { "" } else { "s" }
        ));
    }
    let organizations = entities_of(pinned, "organizations", Some(EntityKind::Organization), ids);
    let organizations = organizations.unwrap_or_else(|sentence| {
        problems.push(sentence);
        Vec::new()
    });
    let mut met = HashSet::new();
    let again: Vec<_> = ids.iter().filter(|id| !met.insert(*id)).map(shown).collect();
    if !again.is_empty() {
        problems.push(format!("`organizations`: {} again: name each once.", again.join(", ")));
    }
    if problems.is_empty() { Ok(organizations) } else { Err(ApiError::BadUserInput(problems.join(" "))) }
}

//! Gaps: where positions and laws rest on claims that research does not carry.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use tokio::sync::OnceCell;

use super::citation::{Citation, mentions_that};
use super::claim::Claim;
use super::entity::{Entity, listed_as};
use super::error::ApiResult;
use super::filter::{entity_of_kinds, unless_nothing};
use super::handle::{Handle, Pinned};
use super::law::Law;
use super::organization::Organization;
use super::paging::{Cursor, Edge, Edges, PageArgs, connection, page_of, up_to};
use super::scalar::number;
use super::why::{Gathered, Why};
use crate::graph::{self, EntityIx, GapParts, Gaps, Verdict};
use crate::model::{CitationDirection, EntityKey, EntityKind, NodeId};

/// What gaps can be about, or on.
const KINDS: [EntityKind; 3] = [EntityKind::Law, EntityKind::Organization, EntityKind::Claim];

/// What is missing or odd. Only what is stated counts, and no study that was retracted. "No evidence for" is not "evidence
/// against": an unstudied claim is one of which no study speaks either way.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "graph::GapKind")]
pub(crate) enum GapKind {
    /// About a claim: an organization asserts it, a law rests on it or a document itself states it, and no study backs or
    /// contradicts it.
    UnstudiedClaim,
    /// About a law: it rests on a claim that no study backs or contradicts.
    LawOnUnstudiedClaim,
    /// About a law: it rests on a claim whose verdict is CONTESTED or CONTRADICTED.
    LawOnContestedClaim,
    /// About an organization: it supports a law, as far as is known, and asserts a claim whose verdict is CONTESTED or
    /// CONTRADICTED. The law need not rest on the claim; `lawsOnClaim` tells which do.
    SupporterOfContradictedClaim,
    /// About a law: an organization that supports it and another that opposes it, as far as is known, assert the same
    /// claim.
    ClaimOfBothSides,
}

/// A place where positions or laws rest on a claim that research does not carry, or that both sides use. Computed.
#[derive(Clone)]
pub(crate) struct Gap {
    pinned: Pinned,
    found: graph::Gap,
    /// Found when a field first asks for them.
    parts: Arc<OnceCell<GapParts>>,
}

impl Gap {
    async fn parts(&self) -> ApiResult<&GapParts> {
        let found = self.found;
        self.pinned.once(&self.parts, move |snapshot| snapshot.parts_of_gap(found)).await
    }

    fn handle(&self, ix: EntityIx) -> Handle {
        Handle { pinned: self.pinned.clone(), ix }
    }

    fn about_if(&self, kind: EntityKind) -> Option<Handle> {
        (self.pinned.kind(self.found.about) == kind).then(|| self.handle(self.found.about))
    }

    fn some<T: From<Handle>>(&self, n: usize, all: &[EntityIx]) -> ApiResult<Vec<T>> {
        Ok(up_to(&self.pinned, n, all)?.iter().map(|ix| self.handle(*ix).into()).collect())
    }
}

/// A place where positions or laws rest on a claim that research does not carry, or that both sides use. Computed.
#[Object]
impl Gap {
    /// What is missing or odd.
    async fn kind(&self) -> GapKind {
        self.found.kind.into()
    }

    /// The law, the organization, or of `UNSTUDIED_CLAIM` the claim itself.
    async fn about(&self) -> Entity {
        self.handle(self.found.about).into()
    }

    /// The claim.
    async fn claim(&self) -> Claim {
        self.handle(self.found.claim).into()
    }

    /// Where documents themselves state the claim, by document, then place. Of `UNSTUDIED_CLAIM` this is what it rests on
    /// where `why` lists no statement: that a document states something is no statement of an organization.
    async fn mentions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Citation>> {
        mentions_that(ctx, &self.handle(self.found.claim), CitationDirection::Supports, first).await
    }

    /// The law that it is about; null where it is not about a law.
    async fn law(&self) -> Option<Law> {
        self.about_if(EntityKind::Law).map(Into::into)
    }

    /// The organization that it is about; null where it is not about one.
    async fn organization(&self) -> Option<Organization> {
        self.about_if(EntityKind::Organization).map(Into::into)
    }

    /// Of `SUPPORTER_OF_CONTRADICTED_CLAIM`: the laws that the organization supports, by name. Else empty.
    async fn laws(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Law>> {
        self.some(page_of(&self.pinned, first)?, &self.parts().await?.laws)
    }

    /// How many laws there are in `laws`.
    async fn n_laws(&self) -> ApiResult<i32> {
        Ok(number(self.parts().await?.laws.len()))
    }

    /// Those of `laws` that rest on the claim, by name.
    async fn laws_on_claim(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Law>> {
        self.some(page_of(&self.pinned, first)?, &self.parts().await?.laws_on_claim)
    }

    /// How many laws there are in `lawsOnClaim`.
    async fn n_laws_on_claim(&self) -> ApiResult<i32> {
        Ok(number(self.parts().await?.laws_on_claim.len()))
    }

    /// Of `CLAIM_OF_BOTH_SIDES`: the supporters of the law that assert the claim, by name. Else empty.
    async fn supporters(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Organization>> {
        self.some(page_of(&self.pinned, first)?, &self.parts().await?.supporters)
    }

    /// How many organizations there are in `supporters`.
    async fn n_supporters(&self) -> ApiResult<i32> {
        Ok(number(self.parts().await?.supporters.len()))
    }

    /// Of `CLAIM_OF_BOTH_SIDES`: the opponents of the law that assert the claim, by name; one that supports an aspect and
    /// opposes another is in both lists. Else empty.
    async fn opponents(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Organization>> {
        self.some(page_of(&self.pinned, first)?, &self.parts().await?.opponents)
    }

    /// How many organizations there are in `opponents`.
    async fn n_opponents(&self) -> ApiResult<i32> {
        Ok(number(self.parts().await?.opponents.len()))
    }

    /// The gap in one sentence.
    async fn explanation(&self) -> ApiResult<String> {
        let (about, claim) = (self.pinned.name(self.found.about), self.pinned.name(self.found.claim));
        let claim = claim.trim_end_matches('.');
        let found = match self.pinned.verdict(self.found.claim) {
            Verdict::Contested => "some studies back and others contradict",
            _ => "studies contradict and none backs",
        };
        Ok(match self.found.kind {
            graph::GapKind::UnstudiedClaim => {
                format!("It is said or relied on that \u{201c}{claim}\u{201d}, and no study backs or contradicts it.")
            }
            graph::GapKind::LawOnUnstudiedClaim => {
                format!("{about} rests on \u{201c}{claim}\u{201d}, which no study backs or contradicts.")
            }
            graph::GapKind::LawOnContestedClaim => {
                format!("{about} rests on \u{201c}{claim}\u{201d}, which {found}.")
            }
            graph::GapKind::SupporterOfContradictedClaim => {
                let laws = EntityKind::Law.counted(self.parts().await?.laws.len());
                let n_on_claim = self.parts().await?.laws_on_claim.len();
                format!(
                    "{about} supports {laws} (resting on the claim: {n_on_claim}) and asserts \u{201c}{claim}\u{201d}, \
                     which {found}."
                )
            }
            graph::GapKind::ClaimOfBothSides => {
                format!("Organizations for {about} and organizations against it assert \u{201c}{claim}\u{201d}.")
            }
        })
    }

    /// The rule, and the statements that the gap rests on, part after part of the rule. Of an `UNSTUDIED_CLAIM` that only documents themselves state
    /// there are none; `claim { mentions }` tells the documents.
    async fn why(&self) -> Why {
        let (rule, explanation) = rule(self.found.kind);
        let found = self.found;
        let statements = Gathered::uncounted(move |snapshot| snapshot.parts_of_gap(found).statements).into();
        Why { pinned: self.pinned.clone(), rule, explanation, statements }
    }
}

fn rule(kind: graph::GapKind) -> (&'static str, &'static str) {
    match kind {
        graph::GapKind::UnstudiedClaim => (
            "UNSTUDIED_CLAIM",
            "The claim is stated to be asserted by an organization or relied on by a law (these statements), or a document \
             states it itself, and no study that was not retracted is stated to back or contradict it.",
        ),
        graph::GapKind::LawOnUnstudiedClaim => (
            "LAW_ON_UNSTUDIED_CLAIM",
            "The law is stated to rest on the claim, and no study that was not retracted is stated to back or contradict it.",
        ),
        graph::GapKind::LawOnContestedClaim => (
            "LAW_ON_CONTESTED_CLAIM",
            "The law is stated to rest on the claim, and studies that were not retracted are stated to contradict it, \
             whether or not others back it.",
        ),
        graph::GapKind::SupporterOfContradictedClaim => (
            "SUPPORTER_OF_CONTRADICTED_CLAIM",
            "The latest stated positions of the organization on at least one law, or on an aspect of it, are for it; it is \
             stated to assert the claim; and studies that were not retracted are stated to contradict the claim.",
        ),
        graph::GapKind::ClaimOfBothSides => (
            "CLAIM_OF_BOTH_SIDES",
            "Two different organizations are stated to assert the claim; by their latest stated positions on the law, or on \
             an aspect of it, one supports and the other opposes it.",
        ),
    }
}

connection!(GapConnection, GapEdge, Gap, "gaps");

/// A gap with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct GapEdge {
    /// The gap.
    node: Gap,
    /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the gap stays in the list.
    cursor: String,
}

impl Edge for GapEdge {
    type Node = Gap;

    fn node(&self) -> Gap {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// The root field for gaps.
#[derive(Default)]
pub(crate) struct GapQuery;

#[Object]
impl GapQuery {
    /// All gaps that are wanted: by kind, in the order of the enum, then by the kind and name of what they are about, then by
    /// the claim. Computed once a snapshot; `CLAIM_OF_BOTH_SIDES` looks at all that the supporters and opponents of each law
    /// assert, so that on very large graphs it may end with TIMEOUT: ask for it with `about`, or for other kinds without it.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of one of these kinds; null means all. At most 100 by default.")] kinds: Option<Vec<GapKind>>,
        #[graphql(
            desc = "About this law, organization or claim, by its id; of a claim all gaps that have to do with it. Null: about anything."
        )]
        about: Option<ID>,
        #[graphql(
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
        #[graphql(
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
    ) -> ApiResult<GapConnection> {
        let pinned = Pinned::of(ctx);
        let args = PageArgs { first, after, last, before };
        let wanted = listed_as(kinds, graph::GapKind::from);
        let is_wanted = |kind: &graph::GapKind| wanted.as_ref().is_none_or(|wanted| wanted.contains(kind));
        let kinds: Vec<_> = graph::GapKind::ALL.into_iter().filter(is_wanted).collect();
        let list = match unless_nothing(entity_of_kinds(&pinned, "about", &KINDS, about.as_ref()))? {
            Some(about) => pinned.computed(Gaps { kinds, about }).await?,
            None => Arc::default(),
        };
        let locate = |cursor: &Cursor| list.binary_search(&gap_of(&pinned, &cursor.id)?).ok();
        let edge = |place: usize| {
            let found = list[place];
            let node = Gap { pinned: pinned.clone(), found, parts: Arc::default() };
            Ok(GapEdge { node, cursor: Cursor { place, id: name(&pinned, found) }.encode() })
        };
        Edges::new(&pinned, &args, list.len(), locate, edge).map(GapConnection)
    }
}

/// What tells a gap from others, for a cursor: its place among the kinds, and two ids.
fn name(pinned: &Pinned, gap: graph::Gap) -> String {
    let id = |ix| NodeId::Entity(pinned.key(ix));
    format!("{} {} {}", gap.kind as usize, id(gap.about), id(gap.claim))
}

/// The gap that [`name`] names.
fn gap_of(pinned: &Pinned, name: &str) -> Option<graph::Gap> {
    let mut parts = name.split(' ');
    let kind = *graph::GapKind::ALL.get(parts.next()?.parse::<usize>().ok()?)?;
    let mut entity = || pinned.entity_of_key(&EntityKey::parse(parts.next()?).ok()?);
    Some(graph::Gap { kind, about: entity()?, claim: entity()? })
}

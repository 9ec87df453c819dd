//! Coalitions: organizations of which every two stand alike, what they share and where they differ.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::connection::{OrganizationConnection, page_of_list};
use super::entity::Entity;
use super::error::{ApiError, ApiResult};
use super::filter::{entity_of_kinds, unless_nothing};
use super::handle::{Handle, Pinned};
use super::paging::{PageArgs, first_or, page_of, up_to};
use super::scalar::{PartialDate, number};
use super::standpoint::Standpoint;
use super::topic::Topic;
use super::why::{Gathered, Why};
use crate::graph::{self, Coalitions, CoalitionsIn, EntityIx, List, Tally};
use crate::model::EntityKind;

/// Coalitions when the client does not say.
const FIRST_DEFAULT: usize = 10;
/// The most matters that may be asked for: more than anybody takes a side on.
const SHARED_MAX: usize = 1_000;
/// What `about` can be.
const MATTERS: [EntityKind; 3] = [EntityKind::Law, EntityKind::Claim, EntityKind::Topic];

/// A coalition of what was found.
#[derive(Clone)]
struct Found {
    pinned: Pinned,
    coalitions: Arc<Result<Coalitions, graph::TooManyAligned>>,
    place: usize,
}

impl Found {
    fn all(&self) -> &Coalitions {
        self.coalitions.as_ref().as_ref().expect("an error is told before a coalition is made")
    }

    fn coalition(&self) -> &graph::Coalition {
        &self.all().coalitions[self.place]
    }

    fn matters(&self, tallies: &[Tally], first: Option<i32>) -> ApiResult<Vec<CoalitionMatter>> {
        let matter = |tally: &Tally| CoalitionMatter { found: self.clone(), tally: *tally };
        Ok(up_to(&self.pinned, page_of(&self.pinned, first)?, tallies)?.iter().map(matter).collect())
    }
}

/// Organizations of which every two stand alike on more matters than they differ on; computed from what they are stated
/// to have said. That they act together nobody says.
pub(crate) struct Coalition(Found);

/// Organizations of which every two stand alike on more matters than they differ on; computed from what they are stated
/// to have said. That they act together nobody says.
#[Object]
impl Coalition {
    /// Who belongs to it, by name; at least two. An organization can belong to several.
    async fn members(
        &self,
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
    ) -> ApiResult<OrganizationConnection> {
        let list = List::made(self.0.coalition().members.clone());
        page_of_list(&self.0.pinned, &list, &PageArgs { first, after, last, before }).map(OrganizationConnection)
    }

    /// Whether there are more coalitions than the 100 largest, which alone are kept; the same for all in one answer.
    async fn others_left_out(&self) -> bool {
        !self.0.all().is_complete
    }

    /// How many belong to it.
    async fn n_members(&self) -> i32 {
        number(self.0.coalition().members.len())
    }

    /// What at least two members are for, or at least two are against, and no member is on the other side; what most of
    /// them take a side on first, of equal ones by kind and name.
    async fn shared(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. `nShared` tells how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<CoalitionMatter>> {
        self.0.matters(&self.0.coalition().shared, first)
    }

    /// How many matters are `shared`.
    async fn n_shared(&self) -> i32 {
        number(self.0.coalition().shared.len())
    }

    /// What some members are for and others against; what most of them take a side on first, of equal ones by kind and
    /// name.
    async fn differing(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. `nDiffering` tells how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<CoalitionMatter>> {
        self.0.matters(&self.0.coalition().differing, first)
    }

    /// How many matters are `differing`.
    async fn n_differing(&self) -> i32 {
        number(self.0.coalition().differing.len())
    }

    /// The rule, and all that the members said on the matters on which at least two of them spoke; where `about` was
    /// given, with the statements that say that the matters belong to it. Without these statements no two of the members
    /// are aligned. Without any other one they are still in one coalition, which may have grown by those whom that
    /// statement had kept apart from them.
    async fn why(&self) -> Why {
        let found = self.0.clone();
        Why {
            pinned: self.0.pinned.clone(),
            rule: "MAXIMAL_CLIQUE_OF_ALIGNMENT",
            explanation: "Two organizations are aligned when they stand alike on at least `minShared` laws, causes and \
                claims, and on more than they differ on; they stand alike on what both are for or both are against. \
                Every two members are aligned, and nobody else is aligned with all of them. On a claim, asserting is for \
                and disputing is against; on laws and causes the latest positions decide; who is neutral or on both \
                sides takes no side. Nothing is inherited from members or collectives.",
            statements: Gathered::uncounted(move |_| found.all().why(found.coalition())).into(),
        }
    }
}

/// A law, a cause (a topic) or a claim, or an aspect of it, and how members of a coalition stand on it.
pub(crate) struct CoalitionMatter {
    found: Found,
    tally: Tally,
}

impl CoalitionMatter {
    fn handle(&self, ix: EntityIx) -> Handle {
        Handle { pinned: self.found.pinned.clone(), ix }
    }
}

/// A law, a cause (a topic) or a claim, or an aspect of it, and how members of a coalition stand on it.
#[Object]
impl CoalitionMatter {
    /// The law, the topic or the claim.
    async fn about(&self) -> Entity {
        self.handle(self.tally.matter.about).into()
    }

    /// On which part of it; null means the whole.
    async fn aspect(&self) -> Option<Topic> {
        self.tally.matter.aspect.map(|ix| self.handle(ix).into())
    }

    /// Members that are for it; of a claim, that assert it.
    async fn n_supporting(&self) -> i32 {
        number(self.tally.n_supporting)
    }

    /// Members that are against it; of a claim, that dispute it.
    async fn n_opposing(&self) -> i32 {
        number(self.tally.n_opposing)
    }

    /// Members that said that they are neither for nor against it.
    async fn n_neutral(&self) -> i32 {
        number(self.tally.n_neutral)
    }

    /// Members that are on both sides.
    async fn n_mixed(&self) -> i32 {
        number(self.tally.n_mixed)
    }

    /// How each member stands that spoke on it, in the order of the members' names.
    async fn standpoints(
        &self,
        #[graphql(
            desc = "The first so many, by default 0 to 100, and 20 when null. The four counts add up to how many there are."
        )]
        first: Option<i32>,
    ) -> ApiResult<Vec<Standpoint>> {
        let n = page_of(&self.found.pinned, first)?.min(self.tally.n_standpoints());
        self.found.pinned.charge(n)?;
        let standpoints = self.found.all().standpoints_on(self.found.coalition(), self.tally.matter);
        Ok(standpoints.take(n).map(|standpoint| Standpoint::of(&self.found.pinned, standpoint)).collect())
    }
}

/// The root field that finds coalitions.
#[derive(Default)]
pub(crate) struct CoalitionQuery;

#[Object]
impl CoalitionQuery {
    /// Organizations that stand alike: the largest coalitions first; among equals those that share more matters, then by
    /// the names of their members. Computed once for the data as they are, whoever asks. The 100 largest at
    /// most; `othersLeftOut` of any of them tells whether there are more. Empty when `about` does not exist.
    async fn coalitions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only what belongs to this: a law and the claims that it is stated to rest on; a claim; a topic as a cause, and the laws and claims stated to be about it. Null: everything."
        )]
        about: Option<ID>,
        #[graphql(
            desc = "On how many matters every two members stand alike at least, 1 to 1000; when null, 2, or 1 with `about`."
        )]
        min_shared: Option<i32>,
        #[graphql(
            desc = "Up to the last day of this date; what no source dates then does not count. Null: as far as the sources tell, whenever that was."
        )]
        on: Option<PartialDate>,
        #[graphql(desc = "The first so many, by default 0 to 100; 10 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Coalition>> {
        let pinned = Pinned::of(ctx);
        let n = first_or(FIRST_DEFAULT, pinned.limits().page, first)?;
        let n_shared_min = min_shared.unwrap_or(if about.is_some() { 1 } else { 2 });
        let n_shared_min =
            usize::try_from(n_shared_min).ok().filter(|n| (1..=SHARED_MAX).contains(n)).ok_or_else(|| {
                ApiError::BadUserInput(format!("`minShared` is {n_shared_min}: it must be from 1 to {SHARED_MAX}."))
            })?;
        let about = unless_nothing(entity_of_kinds(&pinned, "about", &MATTERS, about.as_ref()))?;
        let Some(about) = about else { return Ok(Vec::new()) };
        let day = on.map(|PartialDate(date)| date.last_day());
        let question = CoalitionsIn { about, day, n_shared_min, n_aligned_max: pinned.limits().alignments };
        let coalitions = pinned.computed(question).await?;
        let n_found = match coalitions.as_ref() {
            Ok(found) => found.coalitions.len().min(n),
            Err(too_many) => return Err(too_many_aligned(too_many.max)),
        };
        pinned.charge(n_found)?;
        let found = |place| Found { pinned: pinned.clone(), coalitions: Arc::clone(&coalitions), place };
        Ok((0..n_found).map(|place| Coalition(found(place))).collect())
    }
}

fn too_many_aligned(max: usize) -> ApiError {
    ApiError::LimitExceeded {
        limit: "alignments",
        max: max as u64,
        actual: max as u64 + 1,
        advice: format!(
            "More than {max} pairs of organizations stand alike: ask for a larger `minShared`, or what it is `about`."
        ),
    }
}

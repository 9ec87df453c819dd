//! Studies: what they speak for and against, and who did, paid for and cites them.

use async_graphql::{Context, Enum, InputObject, SimpleObject};

use super::citation::Citation;
use super::closed_set::Term;
use super::direction::OrderDirection;
use super::entity::{Entity, listed};
use super::error::ApiResult;
use super::filter::{Ordering, OwnFilter, OwnTest};
use super::handle::Pinned;
use super::kinds::{entity_object, entity_query};
use super::loaders::{NoticesOf, load};
use super::scalar::PartialDate;
use super::{claim::Claim, organization::Organization};
use crate::graph;
use crate::model::{self, Attributes, NoticeKind, StudyDesign, StudyStatus};

entity_object! {
    /// A piece of research, or a class of research that a source only describes (`identified: false`).
    Study

    relations {
        /// Claims that its findings speak for, by wording.
        backs -> ClaimConnection<Claim>: Backs Out;
        /// Claims that its findings speak against, by wording.
        contradicts -> ClaimConnection<Claim>: Contradicts Out;
        /// Claims that its findings limit, by wording.
        qualifies -> ClaimConnection<Claim>: Qualifies Out;
        /// Organizations that did it, by name.
        conducted_by -> OrganizationConnection<Organization>: Conducted In;
        /// Organizations that paid for it, by name.
        funded_by -> OrganizationConnection<Organization>: Funded In;
        /// Organizations that put it out, by name.
        published_by -> OrganizationConnection<Organization>: Published In;
        /// Organizations, laws and studies that refer to it as evidence, by kind and name.
        cited_by -> EntityConnection<Entity>: Cites In;
        /// Studies that it refers to as evidence, by name.
        cites -> StudyConnection<Study>: Cites Out;
    }

    fields {
        /// How the research was done.
        async fn design(&self) -> Term<StudyDesign> {
            Term(self.attributes().design)
        }

        /// How far it has come.
        async fn status(&self) -> Term<StudyStatus> {
            Term(self.attributes().status)
        }

        /// The year of publication; null when no source says.
        async fn year(&self) -> Option<i32> {
            self.attributes().year.map(i32::from)
        }

        /// Whether a source names it so that it can be looked up; false for studies that are only spoken of.
        async fn identified(&self) -> bool {
            self.attributes().identified
        }

        /// Retractions, corrections and expressions of concern, in the order in which they were recorded.
        async fn notices(&self, ctx: &Context<'_>) -> ApiResult<Vec<Notice>> {
            let notices = load(ctx, NoticesOf(self.0.pinned.key(self.0.ix).slug)).await?.unwrap_or_default();
            notices.iter().map(|notice| Notice::of(&self.0.pinned, notice)).collect()
        }
    }
}

impl Study {
    fn attributes(&self) -> &model::Study {
        match self.0.pinned.attributes(self.0.ix) {
            Attributes::Study(study) => study,
            other => unreachable!("a study's handle leads to a {}", other.kind()),
        }
    }
}

/// A mark that a publisher put on a study after its publication.
#[derive(SimpleObject)]
pub(crate) struct Notice {
    /// What sort of mark.
    kind: Term<NoticeKind>,
    /// When it was put; null when no source says.
    on: Option<PartialDate>,
    /// What it says, in our words; null when nothing was noted.
    note: Option<String>,
    /// Who says so, by document and place. Never empty.
    citations: Vec<Citation>,
}

impl Notice {
    pub(crate) fn of(pinned: &Pinned, notice: &model::Notice) -> ApiResult<Self> {
        Ok(Self {
            kind: Term(notice.kind),
            on: notice.on.map(PartialDate),
            note: notice.note.clone(),
            citations: Citation::all_of(pinned, notice.citations.as_slice())?,
        })
    }
}

/// In which order studies come.
#[derive(InputObject)]
pub(crate) struct StudyOrder {
    /// By what.
    field: StudyOrderField,
    /// Forwards or backwards.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What studies can be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StudyOrderField {
    /// The name, whatever the case.
    Name,
    /// The slug.
    Slug,
    /// The number of neighbors, as `nNeighbors` tells it; with DESC the most connected first.
    Connections,
    /// The year of publication; studies without one come last.
    Year,
}

impl From<StudyOrder> for Ordering {
    fn from(StudyOrder { field, direction }: StudyOrder) -> Self {
        let order = match field {
            StudyOrderField::Name => graph::EntityOrder::Name,
            StudyOrderField::Slug => graph::EntityOrder::Slug,
            StudyOrderField::Connections => graph::EntityOrder::Degree,
            StudyOrderField::Year => graph::EntityOrder::Year,
        };
        Self { order, direction }
    }
}

entity_query! {
    StudyQuery: study, studies -> Study, StudyConnection by StudyOrder, "study", "studies"
    filter StudyFilter {
        /// Of one of these designs; null: of any. At most 100 by default.
        designs: Option<Vec<Term<StudyDesign>>>,
        /// Of one of these statuses; null: of any. At most 100 by default.
        statuses: Option<Vec<Term<StudyStatus>>>,
        /// That a source identifies (true) or only describes (false); null: either.
        identified: Option<bool>,
        /// Published in this calendar year or later, those without a year left out; null: whenever.
        year_from: Option<i32>,
        /// Published in this calendar year or earlier, those without a year left out; null: whenever.
        year_to: Option<i32>,
    } => |given| {
        let designs = listed(given.designs);
        let statuses = listed(given.statuses);
        let (identified, from, to) = (given.identified, given.year_from, given.year_to);
        let wants_any =
            designs.is_none() && statuses.is_none() && identified.is_none() && from.is_none() && to.is_none();
        let test = move |attributes: &Attributes| {
            let Attributes::Study(study) = attributes else { return false };
            let year = study.year.map(i32::from);
            designs.as_ref().is_none_or(|designs| designs.contains(&study.design))
                && statuses.as_ref().is_none_or(|statuses| statuses.contains(&study.status))
                && identified.is_none_or(|identified| study.identified == identified)
                && from.is_none_or(|from| year.is_some_and(|year| year >= from))
                && to.is_none_or(|to| year.is_some_and(|year| year <= to))
        };
        OwnFilter { attributes: (!wants_any).then(|| -> OwnTest { Box::new(test) }), ..OwnFilter::default() }
    }
}

//! Organizations: where they stand, what they assert, what they do.

use async_graphql::ID;

use super::closed_set::Term;
use super::entity::{Entity, listed};
use super::error::ApiResult;
use super::filter::{EntityOrder, OwnFilter, OwnTest};
use super::kinds::{entity_object, entity_query};
use super::scalar::PartialDate;
use super::stance::StanceSummary;
use super::{claim::Claim, jurisdiction::Jurisdiction, law::Law, study::Study, topic::Topic};
use crate::model::{Attributes, EntityKind, OrganizationType, Predicate};

entity_object! {
    /// A body that can take a position, do research or make law; or a collective voice ("advocacy groups"), which
    /// hands nothing down to its members.
    Organization

    positions {
        /// Laws that it is for, by name.
        supports -> LawConnection<Law>: Supports Out as Support;
        /// Laws that it is against, by name.
        opposes -> LawConnection<Law>: Opposes Out as Oppose;
        /// Laws on which it said that it is neither for nor against, by name. Nothing known is not neutral.
        neutral_on -> LawConnection<Law>: NeutralOn Out as Neutral;
    }

    relations {
        /// Causes (topics) that it is for, by name.
        supports_causes -> TopicConnection<Topic>: Supports Out;
        /// Causes (topics) that it is against, by name.
        opposes_causes -> TopicConnection<Topic>: Opposes Out;
        /// Causes (topics) on which it said that it is neither for nor against, by name.
        neutral_on_causes -> TopicConnection<Topic>: NeutralOn Out;
        /// Claims that it says hold, by wording.
        asserts -> ClaimConnection<Claim>: Asserts Out;
        /// Claims that it says do not hold, by wording.
        disputes -> ClaimConnection<Claim>: Disputes Out;
        /// Studies that it did, by name.
        conducted -> StudyConnection<Study>: Conducted Out;
        /// Studies that it paid for, by name.
        funded -> StudyConnection<Study>: Funded Out;
        /// Studies that it put out, by name.
        published -> StudyConnection<Study>: Published Out;
        /// Studies that it refers to as evidence, by name.
        cites -> StudyConnection<Study>: Cites Out;
        /// Laws that it wrote, by name.
        authored -> LawConnection<Law>: Authored Out;
        /// Laws that it applies, by name.
        administers -> LawConnection<Law>: Administers Out;
        /// Laws that it enacted, by name.
        enacted -> LawConnection<Law>: Enacted Out;
        /// Organizations that it is a part of, by name.
        part_of -> OrganizationConnection<Organization>: PartOf Out;
        /// Organizations that are a part of it, by name.
        parts -> OrganizationConnection<Organization>: PartOf In;
        /// Organizations that it is a member of, by name. A stance is never inherited from them.
        member_of -> OrganizationConnection<Organization>: MemberOf Out;
        /// Organizations that are members of it, by name. They do not inherit its stances.
        members -> OrganizationConnection<Organization>: MemberOf In;
        /// Organizations that it is said to work with, or that are said to work with it, by name.
        works_with -> OrganizationConnection<Organization>: WorksWith Both;
        /// Organizations and topics that it regulates, by kind and name.
        regulates -> EntityConnection<Entity>: Regulates Out;
        /// Organizations that regulate it, by name.
        regulated_by -> OrganizationConnection<Organization>: Regulates In;
        /// Organizations and topics that it speaks for, by kind and name.
        represents -> EntityConnection<Entity>: Represents Out;
        /// Organizations that speak for it, by name.
        represented_by -> OrganizationConnection<Organization>: Represents In;
        /// Jurisdictions that it is active in, by name.
        jurisdictions -> JurisdictionConnection<Jurisdiction>: OperatesIn Out;
    }

    computed {
        /// Conflicts with its own stances or words on a side; in the order of the root field `conflicts`.
        conflicts by organization;
        /// Everything dated about it, earliest first: the dates of statements with it at either end.
        timeline;
    }

    fields {
        /// How it stands on laws on a day, by the law's name, then by aspect, the whole first; computed. Laws on which no source states a position of its own up to
        /// that day, or on which it had given up its last, are not in the list; a member's word is not its own.
        /// `nUndatedPositions` tells how much is left out for want of a date where a day is asked for.
        async fn stances(
            &self,
            #[graphql(
                desc = "As it stands on the last day of this date, by the positions that are certain to have been taken by then; those given up before (`until`) make no stance, nor do those that came before them, and what no source dates does not count. Null: by the last position that each took, whenever that was and whatever became of it; unlike `supports` and `opposes`, which without a day tell whoever was ever so."
            )]
            on: Option<PartialDate>,
            #[graphql(desc = "Only stances on this part of laws, by the topic's `id`; null: on all and on the whole.")]
            aspect: Option<ID>,
            #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
        ) -> ApiResult<Vec<StanceSummary>> {
            let day = on.map(|PartialDate(date)| date.last_day());
            StanceSummary::all(&self.0.pinned, self.0.pinned.stances_of(self.0.ix, day), aspect.as_ref(), first)
        }

        /// What sort of body it is.
        #[graphql(name = "type")]
        async fn organization_type(&self) -> Term<OrganizationType> {
            match self.0.pinned.attributes(self.0.ix) {
                Attributes::Organization(organization) => Term(organization.organization_type),
                other => unreachable!("an organization's handle leads to a {}", other.kind()),
            }
        }
    }
}

entity_query! {
    OrganizationQuery: organization, organizations -> Organization, OrganizationConnection by EntityOrder, "organization", "organizations"
    filter OrganizationFilter {
        /// Of one of these types; null: of any. At most 100 by default.
        types: Option<Vec<Term<OrganizationType>>>,
        /// That are active in this jurisdiction, by its id; null: wherever.
        jurisdiction: Option<ID>,
    } => |given| {
        let types = listed(given.types);
        OwnFilter {
            attributes: types.map(|types| -> OwnTest {
                Box::new(move |attributes| matches!(attributes, Attributes::Organization(it) if types.contains(&it.organization_type)))
            }),
            joined: vec![(Predicate::OperatesIn, "jurisdiction", EntityKind::Jurisdiction, given.jurisdiction)],
            ..OwnFilter::default()
        }
    }
}

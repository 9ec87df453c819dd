//! Claims: who asserts and disputes them, and which studies speak for and against them.

use async_graphql::ID;

use super::assessment::{Assessment, DesignWeight};
use super::error::ApiResult;
use super::filter::{EntityOrder, OwnFilter};
use super::kinds::{entity_object, entity_query};
use super::{law::Law, organization::Organization, study::Study};
use crate::model::Predicate;

entity_object! {
    /// One assertion in one fixed wording, relative to which every direction is meant.
    Claim

    relations {
        /// Studies whose findings speak for it, by name.
        backed_by -> StudyConnection<Study>: Backs In;
        /// Studies whose findings speak against it, by name.
        contradicted_by -> StudyConnection<Study>: Contradicts In;
        /// Studies whose findings limit it, by name.
        qualified_by -> StudyConnection<Study>: Qualifies In;
        /// Organizations that say that it holds, by name.
        asserted_by -> OrganizationConnection<Organization>: Asserts In;
        /// Organizations that say that it does not hold, by name.
        disputed_by -> OrganizationConnection<Organization>: Disputes In;
        /// Laws whose stated reasons include it, by name.
        relied_on_by -> LawConnection<Law>: RestsOn In;
        /// Claims that cannot hold together with it, by wording.
        negates -> ClaimConnection<Claim>: Negates Both;
        /// Claims that pull the other way without excluding it, by wording.
        in_tension_with -> ClaimConnection<Claim>: InTensionWith Both;
        /// Wider claims of which this one says the same of fewer cases, by wording.
        narrows -> ClaimConnection<Claim>: Narrows Out;
        /// Narrower claims that say the same of fewer cases, by wording.
        narrowed_by -> ClaimConnection<Claim>: Narrows In;
        /// Claims that hold if this one does, by wording.
        entails -> ClaimConnection<Claim>: Entails Out;
        /// Claims with which this one holds, by wording.
        entailed_by -> ClaimConnection<Claim>: Entails In;
    }

    computed {
        /// Conflicts about it, alone or with another claim; in the order of the root field `conflicts`.
        conflicts by about;
        /// Everything dated about it, earliest first: the dates of statements with it at either end, the findings of studies
        /// on it, and the notices on these studies.
        timeline;
    }

    fields {
        /// The one fixed wording; the same as `name`.
        async fn wording(&self) -> &str {
            self.0.pinned.name(self.0.ix)
        }

        /// How it stands by the studies that are stated to back and to contradict it; computed. Retracted studies and
        /// inferred statements do not count.
        async fn assessment(
            &self,
            #[graphql(desc = "What a study of each design weighs; 1 for designs that are not given, and for all when null. At most 100 by default.")]
            weights: Option<Vec<DesignWeight>>,
            #[graphql(desc = "Studies to leave out, by `id`; null: none. At most 100 by default.")] exclude: Option<Vec<ID>>,
            #[graphql(
                desc = "From 0 up to less than 0.5: with studies on both sides, the claim is CONTESTED when the weaker side has more than this part of the whole weight; else the stronger side decides. With 0 any study on the other side contests.",
                default = 0.0
            )]
            contested_above: f64,
        ) -> ApiResult<Assessment> {
            Assessment::of_claim(&self.0, weights, exclude.as_deref(), contested_above)
        }
    }
}

entity_query! {
    ClaimQuery: claim, claims -> Claim, ClaimConnection by EntityOrder, "claim", "claims"
    filter ClaimFilter {
        /// With (true) or without (false) a study of which a source states that it backs or contradicts the claim; null: either.
        studied: Option<bool>,
        /// With (true) or without (false) a study that is stated to back it; null: either.
        backed: Option<bool>,
        /// With (true) or without (false) a study that is stated to contradict it; null: either.
        contradicted: Option<bool>,
        /// With (true) or without (false) an organization that is stated to assert it; null: either.
        asserted: Option<bool>,
        /// With (true) or without (false) an organization that is stated to dispute it; null: either.
        disputed: Option<bool>,
    } => |given| {
        let wanted: [(&[Predicate], Option<bool>); 5] = [
            (&[Predicate::Backs, Predicate::Contradicts], given.studied),
            (&[Predicate::Backs], given.backed),
            (&[Predicate::Contradicts], given.contradicted),
            (&[Predicate::Asserts], given.asserted),
            (&[Predicate::Disputes], given.disputed),
        ];
        let object_of = wanted.into_iter().filter_map(|(predicates, wanted)| Some((predicates, wanted?))).collect();
        OwnFilter { object_of, ..OwnFilter::default() }
    }
}

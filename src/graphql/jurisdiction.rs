//! Jurisdictions: where laws hold and organizations are active.

use super::closed_set::Term;
use super::entity::listed;
use super::filter::{EntityOrder, OwnFilter, OwnTest};
use super::handle::Handle;
use super::kinds::{entity_object, entity_query};
use super::{law::Law, organization::Organization};
use crate::model::{self, Attributes, EntityKind, JurisdictionType};

entity_object! {
    /// A territory, or a body of states, within which a law holds or an organization is active.
    Jurisdiction

    relations {
        /// Laws that hold or are meant to hold there, by name.
        laws -> LawConnection<Law>: AppliesIn In;
        /// Organizations that are active there, by name.
        organizations -> OrganizationConnection<Organization>: OperatesIn In;
        /// Jurisdictions in which a source says that it lies, by name. `parent` is the legal order.
        located_in -> JurisdictionConnection<Jurisdiction>: LocatedIn Out;
        /// Jurisdictions of which a source says that they lie in it, by name.
        locations -> JurisdictionConnection<Jurisdiction>: LocatedIn In;
    }

    fields {
        /// What sort of territory it is.
        #[graphql(name = "type")]
        async fn jurisdiction_type(&self) -> Term<JurisdictionType> {
            Term(self.attributes().jurisdiction_type)
        }

        /// The jurisdiction that it is a part of; null when it is a part of none.
        async fn parent(&self) -> Option<Jurisdiction> {
            let parent = self.attributes().parent.as_ref()?;
            let ix = self.0.pinned.entity(EntityKind::Jurisdiction, parent.as_str())?;
            Some(Handle { pinned: self.0.pinned.clone(), ix }.into())
        }
    }
}

impl Jurisdiction {
    fn attributes(&self) -> &model::Jurisdiction {
        match self.0.pinned.attributes(self.0.ix) {
            Attributes::Jurisdiction(jurisdiction) => jurisdiction,
            other => unreachable!("a jurisdiction's handle leads to a {}", other.kind()),
        }
    }
}

entity_query! {
    JurisdictionQuery: jurisdiction, jurisdictions -> Jurisdiction, JurisdictionConnection by EntityOrder, "jurisdiction", "jurisdictions"
    filter JurisdictionFilter {
        /// Of one of these types; null: of any. At most 100 by default.
        types: Option<Vec<Term<JurisdictionType>>>,
    } => |given| {
        let types = listed(given.types);
        OwnFilter {
            attributes: types.map(|types| -> OwnTest {
                Box::new(move |attributes| matches!(attributes, Attributes::Jurisdiction(it) if types.contains(&it.jurisdiction_type)))
            }),
            ..OwnFilter::default()
        }
    }
}

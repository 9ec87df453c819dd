//! Topics: what entities are about, and the causes that organizations are for or against.

use super::entity::Entity;
use super::filter::{EntityOrder, OwnFilter};
use super::kinds::{entity_object, entity_query};
use super::{law::Law, organization::Organization};

entity_object! {
    /// A subject matter. As the `aspect` of a statement it names the part of the object that is meant; as the object
    /// of SUPPORTS or OPPOSES it is a cause.
    Topic

    relations {
        /// Everything that is about it, by kind and name.
        subjects -> EntityConnection<Entity>: About In;
        /// Organizations that are for it as a cause, by name.
        supporters -> OrganizationConnection<Organization>: Supports In;
        /// Organizations that are against it as a cause, by name.
        opponents -> OrganizationConnection<Organization>: Opposes In;
        /// Organizations that said that they are neither for nor against it, by name.
        neutrals -> OrganizationConnection<Organization>: NeutralOn In;
        /// Laws that demand it, by name.
        required_by -> LawConnection<Law>: Requires In;
        /// Organizations that regulate it, by name.
        regulated_by -> OrganizationConnection<Organization>: Regulates In;
        /// Organizations that speak for it, by name.
        represented_by -> OrganizationConnection<Organization>: Represents In;
    }

    fields {}
}

entity_query! {
    TopicQuery: topic, topics -> Topic, TopicConnection by EntityOrder, "topic", "topics"
    filter TopicFilter {} => |given| OwnFilter::default()
}

//! Jurisdictions: where a law holds.

use super::Slug;

/// What a jurisdiction has beside what every entity has. Its codes (ISO 3166, OCD) are identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Jurisdiction {
    /// What sort of territory it is.
    pub jurisdiction_type: JurisdictionType,
    /// The jurisdiction that it is a part of.
    pub parent: Option<Slug>,
}

closed_set! {
    /// Sorts of jurisdiction.
    pub enum JurisdictionType {
        /// Of several states, or the whole world.
        International,
        /// A sovereign state.
        Country,
        /// A state, province or territory of a country.
        Subdivision,
        /// A county, a city, a municipality.
        Local,
        /// An area that is no legal entity: Southeast Asia, North America.
        Region,
    }
}

//! Organizations: who can take a position, do research or make law.

/// What an organization has beside what every entity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Organization {
    /// What sort of body it is.
    pub organization_type: OrganizationType,
}

closed_set! {
    /// Sorts of organization.
    pub enum OrganizationType {
        /// Speaks for consumers, patients or a cause.
        Advocacy,
        /// Speaks for the businesses of a trade.
        TradeAssociation,
        /// Speaks for the members of a profession.
        ProfessionalAssociation,
        /// Does or gathers research.
        Research,
        /// Applies law: an agency, a ministry.
        Regulator,
        /// Makes law: a parliament, a chamber, a committee of one.
        Legislature,
        /// Of several states.
        International,
        /// Experts called together to assess.
        ExpertCommittee,
        /// Provides health care or health information.
        HealthService,
        /// Trades.
        Company,
        /// Publishes.
        Media,
        /// People who meet without being a legal body: a forum, a movement.
        Community,
        /// A voice that a source gives to many at once ("advocacy groups", "critics"). Hands nothing down to its members.
        Collective,
        /// None of these.
        Other,
    }
}

//! Claims: what is asserted and disputed, backed and contradicted.

/// What a claim has beside what every entity has: nothing. Its wording is the entity's name, and every direction
/// ("backs", "disputes") is meant relative to that one wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Claim;

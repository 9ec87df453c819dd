//! Names for what is generated: `Northern Council 17`.

use grounds::model::EntityKind;

use super::chance::Chance;

/// They scatter the entities over the alphabet: those of the best ranks, which have many statements, do not stand
/// together.
const FIRST: [&str; 16] = [
    "Amber", "Brisk", "Coastal", "Distant", "Eastern", "Formal", "Granite", "Hollow", "Inland", "Joint", "Lasting",
    "Modern", "Northern", "Open", "Rural", "Silver",
];

/// The name of the `i`th entity of its kind; no two of a kind are alike.
pub(super) fn name(kind: EntityKind, i: usize, chance: &mut Chance) -> String {
    let nouns: &[&str] = match kind {
        EntityKind::Organization => &["Association", "Council", "Agency", "Institute", "Alliance", "Company"],
        EntityKind::Study => &["Trial", "Survey", "Cohort", "Review", "Assay"],
        EntityKind::Law => &["Act", "Bill", "Rule", "Standard"],
        EntityKind::Claim => &["Finding", "Risk", "Benefit", "Number"],
        EntityKind::Jurisdiction => &["State", "County", "City", "Region"],
        EntityKind::Topic => &["Question", "Product", "Practice"],
    };
    format!("{} {} {i}", chance.any(&FIRST), chance.any(nouns))
}

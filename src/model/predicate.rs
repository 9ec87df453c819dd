//! The predicates: one closed table from which everything else about them derives.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::EntityKind::{self, Claim, Jurisdiction, Law, Organization, Study, Topic};

/// How the subject of a statement is related to its object. What each means stands in its [`PredicateRow`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumString, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the table below says what each means")]
pub enum Predicate {
    Supports,
    Opposes,
    NeutralOn,
    Asserts,
    Disputes,
    Backs,
    Contradicts,
    Qualifies,
    Conducted,
    Funded,
    Published,
    Cites,
    RestsOn,
    Requires,
    Authored,
    Administers,
    Enacted,
    Implements,
    Amends,
    Repeals,
    VersionOf,
    Negates,
    InTensionWith,
    Narrows,
    Entails,
    PartOf,
    MemberOf,
    WorksWith,
    Regulates,
    Represents,
    AppliesIn,
    OperatesIn,
    LocatedIn,
    About,
}

/// What is known of a predicate.
#[derive(Debug, Clone, Copy)]
pub struct PredicateRow {
    /// Which one.
    pub predicate: Predicate,
    /// The kinds that its subject may have.
    pub subjects: &'static [EntityKind],
    /// The kinds that its object may have.
    pub objects: &'static [EntityKind],
    /// The predicate that says the contrary of the same two ends.
    pub opposite: Option<Predicate>,
    /// The nearest term of a standard vocabulary, as a compact IRI.
    pub term: Option<&'static str>,
    /// What a statement with it says, in one sentence.
    pub meaning: &'static str,
}

impl Predicate {
    /// What is known of it.
    pub fn row(self) -> &'static PredicateRow {
        &TABLE[self as usize]
    }

    /// Whether a statement with it may join entities of these kinds.
    pub fn allows(self, subject: EntityKind, object: EntityKind) -> bool {
        let row = self.row();
        row.subjects.contains(&subject) && row.objects.contains(&object)
    }
}

/// In the order of the enum.
const TABLE: &[PredicateRow] = &[
    PredicateRow {
        predicate: Predicate::Supports,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: Some(Predicate::Opposes),
        term: Some("schema:EndorseAction"),
        meaning: "The organization is for the law or the cause.",
    },
    PredicateRow {
        predicate: Predicate::Opposes,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: Some(Predicate::Supports),
        term: Some("schema:DisagreeAction"),
        meaning: "The organization is against the law or the cause.",
    },
    PredicateRow {
        predicate: Predicate::NeutralOn,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: None,
        term: None,
        meaning: "The organization said that it is neither for nor against.",
    },
    PredicateRow {
        predicate: Predicate::Asserts,
        subjects: &[Organization],
        objects: &[Claim],
        opposite: Some(Predicate::Disputes),
        term: Some("schema:AgreeAction"),
        meaning: "The organization says that the claim holds.",
    },
    PredicateRow {
        predicate: Predicate::Disputes,
        subjects: &[Organization],
        objects: &[Claim],
        opposite: Some(Predicate::Asserts),
        term: Some("schema:DisagreeAction"),
        meaning: "The organization says that the claim does not hold.",
    },
    PredicateRow {
        predicate: Predicate::Backs,
        subjects: &[Study],
        objects: &[Claim],
        opposite: Some(Predicate::Contradicts),
        term: Some("cito:supports"),
        meaning: "The study's findings speak for the claim.",
    },
    PredicateRow {
        predicate: Predicate::Contradicts,
        subjects: &[Study],
        objects: &[Claim],
        opposite: Some(Predicate::Backs),
        term: Some("cito:disputes"),
        meaning: "The study's findings speak against the claim.",
    },
    PredicateRow {
        predicate: Predicate::Qualifies,
        subjects: &[Study],
        objects: &[Claim],
        opposite: None,
        term: Some("cito:qualifies"),
        meaning: "The study's findings limit the claim or attach a condition to it.",
    },
    PredicateRow {
        predicate: Predicate::Conducted,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        term: Some("prov:wasAttributedTo"),
        meaning: "The organization did the study.",
    },
    PredicateRow {
        predicate: Predicate::Funded,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        term: Some("schema:funder"),
        meaning: "The organization paid for the study.",
    },
    PredicateRow {
        predicate: Predicate::Published,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        term: Some("schema:publisher"),
        meaning: "The organization put the study out.",
    },
    PredicateRow {
        predicate: Predicate::Cites,
        subjects: &[Organization, Law, Study],
        objects: &[Study],
        opposite: None,
        term: Some("cito:citesAsEvidence"),
        meaning: "The subject refers to the study as evidence.",
    },
    PredicateRow {
        predicate: Predicate::RestsOn,
        subjects: &[Law],
        objects: &[Claim],
        opposite: None,
        term: Some("cito:citesAsEvidence"),
        meaning: "The law's stated reasons include the claim.",
    },
    PredicateRow {
        predicate: Predicate::Requires,
        subjects: &[Law],
        objects: &[Topic],
        opposite: None,
        term: None,
        meaning: "The law demands what the topic names.",
    },
    PredicateRow {
        predicate: Predicate::Authored,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        term: Some("schema:legislationResponsible"),
        meaning: "The organization wrote the law.",
    },
    PredicateRow {
        predicate: Predicate::Administers,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        term: Some("eli:responsibility_of"),
        meaning: "The organization applies the law.",
    },
    PredicateRow {
        predicate: Predicate::Enacted,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        term: Some("schema:legislationPassedBy"),
        meaning: "The organization made it law.",
    },
    PredicateRow {
        predicate: Predicate::Implements,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        term: Some("eli:based_on"),
        meaning: "The subject puts the object into law, as a statute does with a model act.",
    },
    PredicateRow {
        predicate: Predicate::Amends,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        term: Some("schema:legislationAmends"),
        meaning: "The subject changes the object's text.",
    },
    PredicateRow {
        predicate: Predicate::Repeals,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        term: Some("schema:legislationRepeals"),
        meaning: "The subject ends the object.",
    },
    PredicateRow {
        predicate: Predicate::VersionOf,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        term: Some("eli:realizes"),
        meaning: "The subject is a version of the object, such as a substitute bill.",
    },
    PredicateRow {
        predicate: Predicate::Negates,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        term: None,
        meaning: "The two claims cannot both hold.",
    },
    PredicateRow {
        predicate: Predicate::InTensionWith,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        term: None,
        meaning: "The two claims pull in opposite directions without excluding each other.",
    },
    PredicateRow {
        predicate: Predicate::Narrows,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        term: None,
        meaning: "The subject says the same as the object of fewer cases.",
    },
    PredicateRow {
        predicate: Predicate::Entails,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        term: None,
        meaning: "If the subject holds, the object does.",
    },
    PredicateRow {
        predicate: Predicate::PartOf,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        term: Some("schema:parentOrganization"),
        meaning: "The subject is a part of the object.",
    },
    PredicateRow {
        predicate: Predicate::MemberOf,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        term: Some("schema:memberOf"),
        meaning: "The subject is a member of the object.",
    },
    PredicateRow {
        predicate: Predicate::WorksWith,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        term: Some("dcterms:relation"),
        meaning: "The two work together.",
    },
    PredicateRow {
        predicate: Predicate::Regulates,
        subjects: &[Organization],
        objects: &[Organization, Topic],
        opposite: None,
        term: None,
        meaning: "The subject makes or applies rules for the object.",
    },
    PredicateRow {
        predicate: Predicate::Represents,
        subjects: &[Organization],
        objects: &[Organization, Topic],
        opposite: None,
        term: None,
        meaning: "The subject speaks for the object.",
    },
    PredicateRow {
        predicate: Predicate::AppliesIn,
        subjects: &[Law],
        objects: &[Jurisdiction],
        opposite: None,
        term: Some("eli:jurisdiction"),
        meaning: "The law holds or is meant to hold there.",
    },
    PredicateRow {
        predicate: Predicate::OperatesIn,
        subjects: &[Organization],
        objects: &[Jurisdiction],
        opposite: None,
        term: Some("schema:areaServed"),
        meaning: "The organization is active there.",
    },
    PredicateRow {
        predicate: Predicate::LocatedIn,
        subjects: &[Jurisdiction],
        objects: &[Jurisdiction],
        opposite: None,
        term: Some("schema:containedInPlace"),
        meaning: "The subject lies in the object.",
    },
    PredicateRow {
        predicate: Predicate::About,
        subjects: &[Organization, Study, Law, Claim, Jurisdiction, Topic],
        objects: &[Topic],
        opposite: None,
        term: Some("schema:about"),
        meaning: "The subject concerns the topic.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_predicate_has_its_row() {
        assert_eq!(TABLE.len(), Predicate::VARIANTS.len());
        for predicate in Predicate::VARIANTS {
            let row = predicate.row();
            assert_eq!(row.predicate, *predicate);
            assert!(!row.subjects.is_empty() && !row.objects.is_empty() && row.meaning.ends_with('.'));
        }
    }

    #[test]
    fn opposites_are_mutual_and_join_the_same_kinds() {
        for row in TABLE {
            if let Some(opposite) = row.opposite {
                let other = opposite.row();
                assert_eq!(other.opposite, Some(row.predicate));
                assert_eq!((other.subjects, other.objects), (row.subjects, row.objects));
            }
        }
    }
}

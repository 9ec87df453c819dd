//! The predicates: one closed table from which everything else about them derives.

use super::EntityKind::{self, Claim, Jurisdiction, Law, Organization, Study, Topic};

closed_set! {
    /// How the subject of a statement is related to its object. The comment on each is its published description.
    pub enum Predicate {
        /// The organization is for the law or the cause.
        Supports,
        /// The organization is against the law or the cause.
        Opposes,
        /// The organization said that it is neither for nor against.
        NeutralOn,
        /// The organization says that the claim holds.
        Asserts,
        /// The organization says that the claim does not hold.
        Disputes,
        /// The study's findings speak for the claim.
        Backs,
        /// The study's findings speak against the claim.
        Contradicts,
        /// The study's findings limit the claim or attach a condition to it.
        Qualifies,
        /// The organization did the study.
        Conducted,
        /// The organization paid for the study.
        Funded,
        /// The organization put the study out.
        Published,
        /// The subject refers to the study as evidence.
        Cites,
        /// The law's stated reasons include the claim.
        RestsOn,
        /// The law demands what the topic names.
        Requires,
        /// The organization wrote the law.
        Authored,
        /// The organization applies the law.
        Administers,
        /// The organization made it law.
        Enacted,
        /// The subject puts the object into law, as a statute does with a model act.
        Implements,
        /// The subject changes the object's text.
        Amends,
        /// The subject ends the object.
        Repeals,
        /// The subject is a version of the object, such as a substitute bill.
        VersionOf,
        /// The two claims cannot both hold.
        Negates,
        /// The two claims pull in opposite directions without excluding each other.
        InTensionWith,
        /// The subject says the same as the object of fewer cases.
        Narrows,
        /// If the subject holds, the object does.
        Entails,
        /// The subject is a part of the object.
        PartOf,
        /// The subject is a member of the object.
        MemberOf,
        /// The two work together.
        WorksWith,
        /// The subject makes or applies rules for the object.
        Regulates,
        /// The subject speaks for the object.
        Represents,
        /// The law holds or is meant to hold there.
        AppliesIn,
        /// The organization is active there.
        OperatesIn,
        /// The subject lies in the object.
        LocatedIn,
        /// The subject concerns the topic.
        About,
    }
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
    /// Whether it says the same with its ends exchanged.
    pub symmetric: bool,
    /// Which end speaks for or against the other; `None` when neither does.
    pub bearing: Option<Bearing>,
    /// The nearest term of a standard vocabulary, as a compact IRI.
    pub term: Option<&'static str>,
}

/// That one end of a statement speaks for or against the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearing {
    /// For it, or against it.
    pub sign: Sign,
    /// Which of the two ends speaks.
    pub speaker: Speaker,
}

/// For or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Sign {
    For,
    Against,
}

/// Which end of a statement speaks for or against the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Speaker {
    Subject,
    Object,
    Either,
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

const FOR_OBJECT: Option<Bearing> = Some(Bearing { sign: Sign::For, speaker: Speaker::Subject });
const FOR_SUBJECT: Option<Bearing> = Some(Bearing { sign: Sign::For, speaker: Speaker::Object });
const AGAINST_OBJECT: Option<Bearing> = Some(Bearing { sign: Sign::Against, speaker: Speaker::Subject });
const AGAINST_EACH_OTHER: Option<Bearing> = Some(Bearing { sign: Sign::Against, speaker: Speaker::Either });

/// In the order of the enum.
const TABLE: &[PredicateRow] = &[
    PredicateRow {
        predicate: Predicate::Supports,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: Some(Predicate::Opposes),
        symmetric: false,
        bearing: FOR_OBJECT,
        term: Some("schema:EndorseAction"),
    },
    PredicateRow {
        predicate: Predicate::Opposes,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: Some(Predicate::Supports),
        symmetric: false,
        bearing: AGAINST_OBJECT,
        term: Some("schema:DisagreeAction"),
    },
    PredicateRow {
        predicate: Predicate::NeutralOn,
        subjects: &[Organization],
        objects: &[Law, Topic],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::Asserts,
        subjects: &[Organization],
        objects: &[Claim],
        opposite: Some(Predicate::Disputes),
        symmetric: false,
        bearing: FOR_OBJECT,
        term: Some("schema:AgreeAction"),
    },
    PredicateRow {
        predicate: Predicate::Disputes,
        subjects: &[Organization],
        objects: &[Claim],
        opposite: Some(Predicate::Asserts),
        symmetric: false,
        bearing: AGAINST_OBJECT,
        term: Some("schema:DisagreeAction"),
    },
    PredicateRow {
        predicate: Predicate::Backs,
        subjects: &[Study],
        objects: &[Claim],
        opposite: Some(Predicate::Contradicts),
        symmetric: false,
        bearing: FOR_OBJECT,
        term: Some("cito:supports"),
    },
    PredicateRow {
        predicate: Predicate::Contradicts,
        subjects: &[Study],
        objects: &[Claim],
        opposite: Some(Predicate::Backs),
        symmetric: false,
        bearing: AGAINST_OBJECT,
        term: Some("cito:disputes"),
    },
    PredicateRow {
        predicate: Predicate::Qualifies,
        subjects: &[Study],
        objects: &[Claim],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("cito:qualifies"),
    },
    PredicateRow {
        predicate: Predicate::Conducted,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("prov:wasAttributedTo"),
    },
    PredicateRow {
        predicate: Predicate::Funded,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:funder"),
    },
    PredicateRow {
        predicate: Predicate::Published,
        subjects: &[Organization],
        objects: &[Study],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:publisher"),
    },
    PredicateRow {
        predicate: Predicate::Cites,
        subjects: &[Organization, Law, Study],
        objects: &[Study],
        opposite: None,
        symmetric: false,
        bearing: FOR_SUBJECT,
        term: Some("cito:citesAsEvidence"),
    },
    PredicateRow {
        predicate: Predicate::RestsOn,
        subjects: &[Law],
        objects: &[Claim],
        opposite: None,
        symmetric: false,
        bearing: FOR_SUBJECT,
        term: Some("cito:citesAsEvidence"),
    },
    PredicateRow {
        predicate: Predicate::Requires,
        subjects: &[Law],
        objects: &[Topic],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::Authored,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:legislationResponsible"),
    },
    PredicateRow {
        predicate: Predicate::Administers,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("eli:responsibility_of"),
    },
    PredicateRow {
        predicate: Predicate::Enacted,
        subjects: &[Organization],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:legislationPassedBy"),
    },
    PredicateRow {
        predicate: Predicate::Implements,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("eli:based_on"),
    },
    PredicateRow {
        predicate: Predicate::Amends,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:legislationAmends"),
    },
    PredicateRow {
        predicate: Predicate::Repeals,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:legislationRepeals"),
    },
    PredicateRow {
        predicate: Predicate::VersionOf,
        subjects: &[Law],
        objects: &[Law],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("eli:realizes"),
    },
    PredicateRow {
        predicate: Predicate::Negates,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        symmetric: true,
        bearing: AGAINST_EACH_OTHER,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::InTensionWith,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        symmetric: true,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::Narrows,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::Entails,
        subjects: &[Claim],
        objects: &[Claim],
        opposite: None,
        symmetric: false,
        bearing: FOR_OBJECT,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::PartOf,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:parentOrganization"),
    },
    PredicateRow {
        predicate: Predicate::MemberOf,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:memberOf"),
    },
    PredicateRow {
        predicate: Predicate::WorksWith,
        subjects: &[Organization],
        objects: &[Organization],
        opposite: None,
        symmetric: true,
        bearing: None,
        term: Some("dcterms:relation"),
    },
    PredicateRow {
        predicate: Predicate::Regulates,
        subjects: &[Organization],
        objects: &[Organization, Topic],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::Represents,
        subjects: &[Organization],
        objects: &[Organization, Topic],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: None,
    },
    PredicateRow {
        predicate: Predicate::AppliesIn,
        subjects: &[Law],
        objects: &[Jurisdiction],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("eli:jurisdiction"),
    },
    PredicateRow {
        predicate: Predicate::OperatesIn,
        subjects: &[Organization],
        objects: &[Jurisdiction],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:areaServed"),
    },
    PredicateRow {
        predicate: Predicate::LocatedIn,
        subjects: &[Jurisdiction],
        objects: &[Jurisdiction],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:containedInPlace"),
    },
    PredicateRow {
        predicate: Predicate::About,
        subjects: &[Organization, Study, Law, Claim, Jurisdiction, Topic],
        objects: &[Topic],
        opposite: None,
        symmetric: false,
        bearing: None,
        term: Some("schema:about"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray as _;

    #[test]
    fn every_predicate_has_its_row() {
        assert_eq!(TABLE.len(), Predicate::VARIANTS.len());
        for predicate in Predicate::VARIANTS {
            let row = predicate.row();
            assert_eq!(row.predicate, *predicate);
            assert!(!row.subjects.is_empty() && !row.objects.is_empty());
        }
    }

    #[test]
    fn a_symmetric_predicate_joins_a_kind_with_itself() {
        let symmetric: Vec<_> = TABLE.iter().filter(|row| row.symmetric).collect();
        assert!(!symmetric.is_empty() && symmetric.iter().all(|row| row.subjects == row.objects));
    }

    #[test]
    fn opposites_that_bear_on_an_end_do_so_with_opposite_signs() {
        let mut n_seen = 0;
        for row in TABLE {
            let other = row.opposite.and_then(|opposite| opposite.row().bearing);
            assert_eq!(other.is_some(), row.opposite.is_some(), "{}", row.predicate);
            if let (Some(bearing), Some(other)) = (row.bearing, other) {
                assert!(bearing.sign != other.sign && bearing.speaker == other.speaker, "{}", row.predicate);
                n_seen += 1;
            }
            let is_mutual = row.bearing.is_some_and(|bearing| bearing.speaker == Speaker::Either);
            assert!(!is_mutual || row.symmetric, "{}", row.predicate);
        }
        assert_eq!(n_seen, 6);
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

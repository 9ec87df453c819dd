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

/// A row of the table before anything else is told.
const fn joins(predicate: Predicate, subjects: &'static [EntityKind], objects: &'static [EntityKind]) -> PredicateRow {
    PredicateRow { predicate, subjects, objects, opposite: None, symmetric: false, bearing: None, term: None }
}

impl PredicateRow {
    const fn opposite(self, opposite: Predicate) -> Self {
        Self { opposite: Some(opposite), ..self }
    }

    const fn symmetric(self) -> Self {
        Self { symmetric: true, ..self }
    }

    const fn bears(self, sign: Sign, speaker: Speaker) -> Self {
        Self { bearing: Some(Bearing { sign, speaker }), ..self }
    }

    const fn term(self, term: &'static str) -> Self {
        Self { term: Some(term), ..self }
    }
}

/// In the order of the enum.
const TABLE: &[PredicateRow] = {
    use Predicate as P;
    use Sign::{Against, For};
    &[
        joins(P::Supports, &[Organization], &[Law, Topic])
            .opposite(P::Opposes)
            .bears(For, Speaker::Subject)
            .term("schema:EndorseAction"),
        joins(P::Opposes, &[Organization], &[Law, Topic])
            .opposite(P::Supports)
            .bears(Against, Speaker::Subject)
            .term("schema:DisagreeAction"),
        joins(P::NeutralOn, &[Organization], &[Law, Topic]),
        joins(P::Asserts, &[Organization], &[Claim])
            .opposite(P::Disputes)
            .bears(For, Speaker::Subject)
            .term("schema:AgreeAction"),
        joins(P::Disputes, &[Organization], &[Claim])
            .opposite(P::Asserts)
            .bears(Against, Speaker::Subject)
            .term("schema:DisagreeAction"),
        joins(P::Backs, &[Study], &[Claim]).opposite(P::Contradicts).bears(For, Speaker::Subject).term("cito:supports"),
        joins(P::Contradicts, &[Study], &[Claim])
            .opposite(P::Backs)
            .bears(Against, Speaker::Subject)
            .term("cito:disputes"),
        joins(P::Qualifies, &[Study], &[Claim]).term("cito:qualifies"),
        joins(P::Conducted, &[Organization], &[Study]).term("prov:wasAttributedTo"),
        joins(P::Funded, &[Organization], &[Study]).term("schema:funder"),
        joins(P::Published, &[Organization], &[Study]).term("schema:publisher"),
        joins(P::Cites, &[Organization, Law, Study], &[Study]).bears(For, Speaker::Object).term("cito:citesAsEvidence"),
        joins(P::RestsOn, &[Law], &[Claim]).bears(For, Speaker::Object).term("cito:citesAsEvidence"),
        joins(P::Requires, &[Law], &[Topic]),
        joins(P::Authored, &[Organization], &[Law]).term("schema:legislationResponsible"),
        joins(P::Administers, &[Organization], &[Law]).term("eli:responsibility_of"),
        joins(P::Enacted, &[Organization], &[Law]).term("schema:legislationPassedBy"),
        joins(P::Implements, &[Law], &[Law]).term("eli:based_on"),
        joins(P::Amends, &[Law], &[Law]).term("schema:legislationAmends"),
        joins(P::Repeals, &[Law], &[Law]).term("schema:legislationRepeals"),
        joins(P::VersionOf, &[Law], &[Law]).term("eli:realizes"),
        joins(P::Negates, &[Claim], &[Claim]).symmetric().bears(Against, Speaker::Either),
        joins(P::InTensionWith, &[Claim], &[Claim]).symmetric(),
        joins(P::Narrows, &[Claim], &[Claim]),
        joins(P::Entails, &[Claim], &[Claim]).bears(For, Speaker::Subject),
        joins(P::PartOf, &[Organization], &[Organization]).term("schema:parentOrganization"),
        joins(P::MemberOf, &[Organization], &[Organization]).term("schema:memberOf"),
        joins(P::WorksWith, &[Organization], &[Organization]).symmetric().term("dcterms:relation"),
        joins(P::Regulates, &[Organization], &[Organization, Topic]),
        joins(P::Represents, &[Organization], &[Organization, Topic]),
        joins(P::AppliesIn, &[Law], &[Jurisdiction]).term("eli:jurisdiction"),
        joins(P::OperatesIn, &[Organization], &[Jurisdiction]).term("schema:areaServed"),
        joins(P::LocatedIn, &[Jurisdiction], &[Jurisdiction]).term("schema:containedInPlace"),
        joins(P::About, &[Organization, Study, Law, Claim, Jurisdiction, Topic], &[Topic]).term("schema:about"),
    ]
};

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

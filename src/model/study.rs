//! Studies: research that can back, contradict or qualify a claim.

use super::{Citations, PartialDate};

/// What a study has beside what every entity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Study {
    /// How the research was done.
    pub design: StudyDesign,
    /// How far it has come.
    pub status: StudyStatus,
    /// The year of publication.
    pub year: Option<i16>,
    /// Whether a source names it so that it can be looked up. A source that only speaks of "surveys" or "case
    /// reports" describes studies and identifies none.
    pub identified: bool,
}

closed_set! {
    /// Designs of research, after the usual hierarchies of evidence.
    pub enum StudyDesign {
        /// Results of several studies pooled.
        MetaAnalysis,
        /// All studies of a question, found and weighed by a method.
        SystematicReview,
        /// Participants assigned by chance.
        RandomizedTrial,
        /// Participants assigned otherwise.
        NonRandomizedTrial,
        /// A group followed over time.
        Cohort,
        /// Cases compared with controls.
        CaseControl,
        /// A group at one time, such as a survey.
        CrossSectional,
        /// Several patients described.
        CaseSeries,
        /// One patient described.
        CaseReport,
        /// What a body does with a substance.
        Pharmacokinetic,
        /// On living animals.
        Animal,
        /// On cells or receptors.
        InVitro,
        /// Of products or samples.
        LaboratoryAnalysis,
        /// Judgement of a panel on the evidence at hand.
        ExpertAssessment,
        /// A review without a stated method.
        NarrativeReview,
        /// Reports gathered as they come in.
        Surveillance,
        /// The source does not say.
        Unspecified,
    }
}

closed_set! {
    /// How far a study has come.
    pub enum StudyStatus {
        /// Entered in a register, not known to have begun.
        Registered,
        /// Under way.
        Ongoing,
        /// Finished, not known to be published.
        Completed,
        /// Published.
        Published,
        /// Broken off or withdrawn.
        Withdrawn,
        /// The source does not say.
        Unspecified,
    }
}

/// A mark that a publisher put on a study after its publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Notice {
    /// What sort of mark.
    pub kind: NoticeKind,
    /// When it was put.
    pub on: Option<PartialDate>,
    /// What it says, in our words.
    pub note: Option<String>,
    /// Who says so.
    pub citations: Citations,
}

closed_set! {
    /// Sorts of notice, as Crossref and Retraction Watch have them.
    pub enum NoticeKind {
        /// The study no longer stands.
        Retraction,
        /// Its reliability is doubted.
        ExpressionOfConcern,
        /// A mistake in it was mended.
        Correction,
    }
}

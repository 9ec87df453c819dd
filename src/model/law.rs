//! Laws, their events, and the status that follows from the events.

use super::{Citations, PartialDate};
use jiff::civil::Date;

/// What a law has beside what every entity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Law {
    /// What sort of norm it is.
    pub law_type: LawType,
}

closed_set! {
    /// Sorts of norm.
    pub enum LawType {
        /// A text offered to legislatures for adoption; itself in force nowhere.
        ModelAct,
        /// Before a legislature.
        Bill,
        /// Enacted by a legislature.
        Statute,
        /// Made by an agency under a statute; also its formal notices.
        Regulation,
        /// The listing of a substance under a control regime.
        Scheduling,
        /// A norm that somebody proposes outside a legislature.
        Proposal,
        /// A private or technical standard.
        Standard,
        /// Advice of a body that cannot bind.
        Recommendation,
        /// A kind of norm spoken of in general ("state bans"), kept apart from named ones.
        PolicyKind,
    }
}

/// Something that happened to a law.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LawEvent {
    /// What happened.
    pub kind: LawEventKind,
    /// When it happened, where a source says so.
    pub on: Option<PartialDate>,
    /// Where only this is known: by when it had happened ("adopted as of February 2025").
    pub as_of: Option<PartialDate>,
    /// What else there is to say, in our words.
    pub note: Option<String>,
    /// Who says so.
    pub citations: Citations,
}

closed_set! {
    /// What can happen to a law.
    pub enum LawEventKind {
        /// Put forward outside a legislature.
        Proposed,
        /// Brought before a legislature.
        Introduced,
        /// Referred to a committee.
        Referred,
        /// Passed by a chamber or by the legislature.
        Passed,
        /// Signed into law.
        Signed,
        /// Vetoed.
        Vetoed,
        /// Became law, in whatever way.
        Enacted,
        /// Given out by a body that cannot or need not enact: a recommendation, a notice, a standard.
        Issued,
        /// Began to hold.
        InForce,
        /// Defeated, withdrawn or lapsed before it became law.
        Failed,
        /// Ended.
        Repealed,
    }
}

closed_set! {
    /// How a law stands on a day.
    pub enum LawStatus {
        /// No event is known up to that day.
        Unknown,
        /// Put forward, before no legislature.
        Proposed,
        /// Before a legislature.
        Pending,
        /// Passed, not yet law.
        Passed,
        /// Vetoed.
        Vetoed,
        /// Law, not known to be in force.
        Enacted,
        /// Given out.
        Issued,
        /// In force.
        InForce,
        /// Did not become law.
        Failed,
        /// No longer in force.
        Repealed,
    }
}

impl LawEventKind {
    /// How a law stands once this has happened.
    pub fn status(self) -> LawStatus {
        match self {
            Self::Proposed => LawStatus::Proposed,
            Self::Introduced | Self::Referred => LawStatus::Pending,
            Self::Passed => LawStatus::Passed,
            Self::Vetoed => LawStatus::Vetoed,
            Self::Signed | Self::Enacted => LawStatus::Enacted,
            Self::Issued => LawStatus::Issued,
            Self::InForce => LawStatus::InForce,
            Self::Failed => LawStatus::Failed,
            Self::Repealed => LawStatus::Repealed,
        }
    }
}

impl LawEvent {
    /// The day by which it is certain to have happened; `None` when no source says.
    pub fn certain_by(&self) -> Option<Date> {
        self.on.or(self.as_of).map(PartialDate::last_day)
    }
}

impl Law {
    /// The event that the status on `day` rests on: of those that are certain to have happened by then, the latest;
    /// of several of one day, the one furthest on the way. `None` when there is none: the status is then
    /// [`LawStatus::Unknown`].
    ///
    /// Without a `day`, events that no source dates count too, before all dated ones. O(events).
    pub fn deciding_event(events: &[LawEvent], day: Option<Date>) -> Option<&LawEvent> {
        events
            .iter()
            .filter(|event| match (day, event.certain_by()) {
                (None, _) => true,
                (Some(day), Some(by)) => by <= day,
                (Some(_), None) => false,
            })
            .max_by_key(|event| (event.certain_by(), event.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, CitationDirection, Slug};

    fn event(kind: LawEventKind, on: Option<&str>, as_of: Option<&str>) -> LawEvent {
        let date = |text| PartialDate::parse(text).expect("good");
        let document = Slug::parse("d").expect("good");
        let citation = Citation {
            document,
            locator: None,
            quote: None,
            direction: CitationDirection::Supports,
            verification: None,
        };
        let citations = Citations::new(vec![citation]).expect("one");
        LawEvent { kind, on: on.map(date), as_of: as_of.map(date), note: None, citations }
    }

    fn status(events: &[LawEvent], day: Option<&str>) -> LawStatus {
        let day = day.map(|text| PartialDate::parse(text).expect("good").first_day());
        Law::deciding_event(events, day).map_or(LawStatus::Unknown, |event| event.kind.status())
    }

    #[test]
    fn the_status_on_a_day_follows_from_the_events_up_to_it() {
        use LawEventKind::{InForce, Introduced, Passed, Signed};
        let events = [
            event(Introduced, Some("2024-01-10"), None),
            event(Passed, Some("2024-03"), None),
            event(Signed, Some("2024-04-02"), None),
            event(InForce, Some("2024-04-02"), None),
        ];
        assert_eq!(status(&events, Some("2024-01-09")), LawStatus::Unknown);
        assert_eq!(status(&events, Some("2024-03-30")), LawStatus::Pending, "March may not be over");
        assert_eq!(status(&events, Some("2024-03-31")), LawStatus::Passed);
        assert_eq!(status(&events, Some("2024-04-02")), LawStatus::InForce);
        assert_eq!(status(&events, None), LawStatus::InForce);
    }

    #[test]
    fn an_as_of_date_says_nothing_of_the_time_before() {
        let events = [event(LawEventKind::Enacted, None, Some("2025-02"))];
        assert_eq!(status(&events, Some("2025-02-27")), LawStatus::Unknown);
        assert_eq!(status(&events, Some("2025-02-28")), LawStatus::Enacted);
    }

    #[test]
    fn an_undated_event_counts_only_where_no_day_is_asked() {
        let events = [event(LawEventKind::Issued, None, None)];
        assert_eq!(status(&events, None), LawStatus::Issued);
        assert_eq!(status(&events, Some("2025-01-01")), LawStatus::Unknown);
    }
}

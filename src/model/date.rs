//! Partial dates: a year, a month or a day, as sources give them.

use std::fmt;

use jiff::civil::Date;

/// A day, a month or a year: `2025-02-14`, `2025-02`, `2025` (EDTF level 0, ISO 8601-2).
///
/// Ordered by the first day that it can mean; of two that begin alike, the less precise comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    /// 0 where only the year is known.
    month: i8,
    /// 0 where only the month is known.
    day: i8,
}

/// The text is no partial date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a date: write a day, a month or a year that exists, as in \"2025-02-14\", \"2025-02\" or \"2025\""
)]
pub struct NotADate {
    text: String,
}

impl PartialDate {
    /// # Errors
    /// When `text` is not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or there is no such month or day.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        Self::read(text).ok_or_else(|| NotADate { text: text.chars().take(40).collect() })
    }

    fn read(text: &str) -> Option<Self> {
        let (year, month, day) = match text.split('-').collect::<Vec<_>>()[..] {
            [year] => (year, None, None),
            [year, month] => (year, Some(month), None),
            [year, month, day] => (year, Some(month), Some(day)),
            _ => return None,
        };
        let part =
            |text: Option<&str>| text.map_or(Some(0), |text| number(text, 2)?.try_into().ok().filter(|n| *n > 0));
        let date = Self { year: number(year, 4).filter(|year| *year > 0)?, month: part(month)?, day: part(day)? };
        // The first of a missing month or day exists whenever the rest does.
        Date::new(date.year, date.month.max(1), date.day.max(1)).ok().map(|_| date)
    }

    /// That very day.
    pub fn from_day(day: Date) -> Self {
        Self { year: day.year(), month: day.month(), day: day.day() }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The first day that it can mean.
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month.max(1), self.day.max(1))
    }

    /// The last day that it can mean.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (0, _) => Date::constant(self.year, 12, 31),
            (_, 0) => self.first_day().last_of_month(),
            _ => self.first_day(),
        }
    }
}

/// Exactly `n_digits` ASCII digits.
fn number(text: &str, n_digits: usize) -> Option<i16> {
    (text.len() == n_digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_months_and_years_that_exist_are_dates() {
        for good in ["2025", "2025-02", "2025-02-14", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(PartialDate::parse(good).map(|date| date.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "25",
            "2025-",
            "2025-2",
            "2025-13",
            "2025-00",
            "2025-02-30",
            "2025-02-29",
            "2025-02-14-1",
            "2025/02/14",
            "0000",
            "20250214",
            "+025",
            "2025-02-1४",
            "Feb 2025",
            "2025-02-14T00:00",
        ] {
            assert!(PartialDate::parse(bad).is_err(), "{bad:?} passed");
        }
    }

    #[test]
    fn a_partial_date_spans_its_days() {
        let date = |text| PartialDate::parse(text).expect("good");
        assert_eq!(date("2024").last_day(), date("2024-12-31").first_day());
        assert_eq!(date("2024-02").last_day(), date("2024-02-29").first_day());
        assert!(date("2024") < date("2024-01") && date("2024-01") < date("2024-01-01"));
        assert!(date("2024-01-31") < date("2024-02"));
    }

    proptest! {
        #[test]
        fn parsing_and_printing_is_the_identity(text in "[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?") {
            if let Ok(date) = PartialDate::parse(&text) {
                prop_assert_eq!(date.to_string(), text);
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }
}

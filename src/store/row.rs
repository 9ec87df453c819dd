//! From text in a row to a value of the model.

use std::str::FromStr;

use sqlx::FromRow;

use super::StoreError;
use crate::model::{
    Citation, CitationDirection, EntityKey, EntityKind, Lines, Locator, Pages, PartialDate, Sha256, Slug, StatementId,
    Verification,
};

/// The row that is being read, for the error that says where the trouble is.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowName<'a> {
    pub(super) table: &'static str,
    pub(super) id: &'a str,
}

impl RowName<'_> {
    /// The error that `problem` is, here.
    pub(super) fn inconsistent(self, problem: impl Into<String>) -> StoreError {
        StoreError::Inconsistent { table: self.table, id: self.id.to_owned(), problem: problem.into() }
    }

    /// A value of a closed set.
    pub(super) fn one_of<T: FromStr>(self, text: &str) -> Result<T, StoreError> {
        text.parse().map_err(|_| self.inconsistent(format!("{text:?} is not in the set")))
    }

    /// A value of a closed set, or none.
    pub(super) fn maybe_one_of<T: FromStr>(self, text: Option<&str>) -> Result<Option<T>, StoreError> {
        text.map(|text| self.one_of(text)).transpose()
    }

    pub(super) fn date(self, text: Option<&str>) -> Result<Option<PartialDate>, StoreError> {
        text.map(PartialDate::parse).transpose().map_err(|error| self.inconsistent(error.to_string()))
    }

    pub(super) fn slug(self, text: &str) -> Result<Slug, StoreError> {
        Slug::parse(text).map_err(|error| self.inconsistent(error.to_string()))
    }

    pub(super) fn key(self, text: &str) -> Result<EntityKey, StoreError> {
        EntityKey::parse(text).map_err(|error| self.inconsistent(error.to_string()))
    }

    /// The slug of an entity that must be of this kind.
    pub(super) fn slug_of(self, kind: EntityKind, text: &str) -> Result<Slug, StoreError> {
        let key = self.key(text)?;
        if key.kind == kind {
            Ok(key.slug)
        } else {
            Err(self.inconsistent(format!("{text:?} is no {}", kind.prefix())))
        }
    }

    pub(super) fn statement(self, text: &str) -> Result<StatementId, StoreError> {
        StatementId::parse(text).ok_or_else(|| self.inconsistent(format!("{text:?} is no id of a statement")))
    }

    pub(super) fn sha256(self, text: Option<&str>) -> Result<Option<Sha256>, StoreError> {
        text.map(Sha256::parse).transpose().map_err(|error| self.inconsistent(error.to_string()))
    }

    pub(super) fn number<T: TryFrom<i64>>(self, number: i64) -> Result<T, StoreError> {
        number.try_into().map_err(|_| self.inconsistent(format!("{number} is out of range")))
    }
}

/// The columns of a citation beside what it is a citation of.
#[derive(Debug, FromRow)]
pub(super) struct CitationRow {
    document: String,
    direction: String,
    quote: Option<String>,
    locator: Option<String>,
    line_start: Option<i64>,
    line_end: Option<i64>,
    anchor: Option<String>,
    page_start: Option<i64>,
    page_end: Option<i64>,
    section: Option<String>,
    fragment: Option<String>,
    verification: Option<String>,
    found_start: Option<i64>,
    found_end: Option<i64>,
}

/// The columns of a [`CitationRow`], of a table that is called `c`.
macro_rules! citation_columns {
    () => {
        "c.document, c.direction, c.quote, c.locator, c.line_start, c.line_end, c.anchor, c.page_start, c.page_end, \
         c.section, c.fragment, c.verification, c.found_start, c.found_end "
    };
}
pub(super) use citation_columns;

impl CitationRow {
    /// The citation. `row` is what it is a citation of.
    pub(super) fn read(self, row: RowName<'_>) -> Result<Citation, StoreError> {
        let range = |start: Option<i64>, end: Option<i64>| {
            let number = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
            number(start).zip(number(end))
        };
        let locator = match self.locator.as_deref() {
            None => None,
            Some(kind) => Some(
                match kind {
                    "LINES" => range(self.line_start, self.line_end)
                        .and_then(|(start, end)| Lines::new(start, end, self.anchor))
                        .map(Locator::Lines),
                    "PAGES" => range(self.page_start, self.page_end)
                        .and_then(|(start, end)| Pages::new(start, end))
                        .map(Locator::Pages),
                    "SECTION" => self.section.map(Locator::Section),
                    "FRAGMENT" => self.fragment.map(Locator::Fragment),
                    _ => None,
                }
                .ok_or_else(|| row.inconsistent(format!("a citation of {} with a bad locator", self.document)))?,
            ),
        };
        let verification = match &self.verification {
            None => None,
            Some(result) => {
                Some(Verification { result: row.one_of(result)?, found: range(self.found_start, self.found_end) })
            }
        };
        Ok(Citation {
            document: row.slug(&self.document)?,
            locator,
            quote: self.quote,
            direction: row.one_of::<CitationDirection>(&self.direction)?,
            verification,
        })
    }
}

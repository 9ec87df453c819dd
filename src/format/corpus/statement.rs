//! Statements, each once however often it is written.

use std::collections::hash_map::Entry;

use super::fields::Fields;
use super::judge::Judge;
use super::place::Place;
use super::reader::Reader;
use super::records::kinds;
use super::shape::a;
use crate::model::{Citation, Citations, EntityKey, PartialDate, Predicate, Qualifiers, Statement, StatementId};

/// A statement with all the places that say so.
#[derive(Debug)]
pub(super) struct Written {
    statement: Statement,
    /// Where it was first written.
    place: Place,
    /// Citations of the further records of it, kept apart so that they are put in order once.
    more: Vec<Citation>,
}

impl Written {
    pub(super) fn new(statement: Statement, place: Place) -> Self {
        Self { statement, place, more: Vec::new() }
    }

    /// What it is called, and where it was first written.
    pub(super) fn place(&self) -> (StatementId, Place) {
        (self.statement.id(), self.place.clone())
    }

    pub(super) fn into_statement(self) -> Statement {
        let mut statement = self.statement;
        if let Some(more) = Citations::new(self.more) {
            statement.citations = statement.citations.and(more);
        }
        statement
    }
}

impl Judge<'_> {
    /// `None` when something that it needs is missing or wrong, which has been reported.
    pub(super) fn statement(&mut self, fields: &mut Fields) -> Option<Statement> {
        let subject: Option<EntityKey> = fields.take("subject");
        let predicate: Option<Predicate> = fields.take_chosen("predicate");
        let object: Option<EntityKey> = fields.take("object");
        if let (Some(subject), Some(object)) = (&subject, &object) {
            self.ends(subject, predicate, object, fields);
        }
        let (from, until): (Option<PartialDate>, Option<PartialDate>) = (fields.take("from"), fields.take("until"));
        if let (Some(from), Some(until), Some(at)) = (from, until, fields.place_of("until"))
            && from.first_day() > until.last_day()
        {
            self.problem(at, format!("`until` ({until}) lies before `from` ({from}); exchange them"));
        }
        let citations = self.citations(fields);
        Some(Statement {
            subject: subject?,
            predicate: predicate?,
            object: object?,
            qualifiers: Qualifiers {
                aspect: fields.take("aspect"),
                on: fields.take("on"),
                from,
                until,
                condition: fields.take("condition"),
                venue: fields.take_chosen("venue"),
                voice: fields.take_chosen("voice"),
                basis: fields.take_chosen("basis")?,
                certainty: fields.take_chosen("certainty"),
                note: fields.take("note"),
            },
            citations: citations?,
        })
    }

    /// Which ends may be joined.
    fn ends(&mut self, subject: &EntityKey, predicate: Option<Predicate>, object: &EntityKey, fields: &Fields) {
        if subject == object {
            let at = fields.place_of("object").unwrap_or(fields.at);
            self.problem(at, format!("subject and object are both {subject}; a statement joins two entities"));
            return;
        }
        let Some(predicate) = predicate.filter(|predicate| !predicate.allows(subject.kind, object.kind)) else {
            return;
        };
        let row = predicate.row();
        let (from, to) = (subject.kind.prefix(), object.kind.prefix());
        let swapped = predicate.allows(object.kind, subject.kind);
        let swap = if swapped { "; exchange subject and object" } else { "" };
        let what = format!(
            "{predicate} joins {} with {}, not {} with {}{swap}",
            a(&kinds(row.subjects)),
            a(&kinds(row.objects)),
            a(from),
            a(to),
        );
        self.problem(fields.place_of("predicate").unwrap_or(fields.at), what);
    }
}

impl Reader {
    pub(super) fn add_statement(&mut self, judge: &mut Judge<'_>, statement: Statement, fields: &Fields) {
        let written = Written::new(statement, judge.place(fields.at));
        self.merge(judge, written, |key| fields.place_of(key).unwrap_or(fields.at));
    }

    /// Keeps a statement, or adds its citations to those of the same statement. `place_of` tells where a key of it
    /// stands.
    pub(super) fn merge(&mut self, judge: &mut Judge<'_>, written: Written, place_of: impl Fn(&str) -> usize) {
        match self.statement_ix.entry(written.statement.id()) {
            Entry::Vacant(vacant) => {
                vacant.insert(self.statements.len());
                self.statements.push(written);
            }
            Entry::Occupied(occupied) => {
                let first = &mut self.statements[*occupied.get()];
                if let Some(found) = written.statement.qualifiers.disagreement(&first.statement.qualifiers) {
                    let what = format!(
                        "the same statement stands at {} with another `{}`; let the two agree, or make them one",
                        first.place, found.field
                    );
                    judge.problem(place_of(found.field), what);
                } else {
                    first.more.extend_from_slice(written.statement.citations.as_slice());
                }
            }
        }
    }
}

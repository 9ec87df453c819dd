//! Timelines: what is dated about an entity, by its statements.

use super::{EntityIx, Snapshot, StatementIx};
use crate::model::{Attributes, Basis, EntityKind, PartialDate, Predicate};

/// A date of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dated {
    /// The date.
    pub on: PartialDate,
    /// What of the statement it dates.
    pub kind: DatedKind,
    /// The statement.
    pub statement: StatementIx,
}

/// What of a statement a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatedKind {
    /// It ceased to hold.
    Ended,
    /// It began to hold.
    Began,
    /// It was said or happened.
    Said,
    /// No source dates the statement itself: the year of the study whose finding it is.
    Found,
}

/// What a study says of a claim.
const FINDINGS: [Predicate; 3] = [Predicate::Backs, Predicate::Contradicts, Predicate::Qualifies];

impl Snapshot {
    /// The dates of the statements with `entity` at either end and with `basis` (`None`: any), earliest first; and how
    /// many such statements no date is known of.
    ///
    /// In the order of [`PartialDate`]: by the first day that each can mean, of those the less precise first; then by
    /// [`DatedKind`], then by statement. A statement is there once for each of its dates. O(degree · log).
    pub fn dated_statements(&self, entity: EntityIx, basis: Option<Basis>) -> (Vec<Dated>, usize) {
        let at_either_end = self.statements_of_subject(entity).iter().chain(self.statements_of_object(entity));
        let mut statements: Vec<_> = at_either_end.copied().filter(|ix| self.has_basis(*ix, basis)).collect();
        // A statement of an entity about itself is met twice.
        statements.sort_unstable();
        statements.dedup();
        let mut dated = Vec::new();
        let mut n_undated = 0;
        for statement in statements {
            let n_before = dated.len();
            dated.extend(self.dates(statement).map(|(kind, on)| Dated { on, kind, statement }));
            n_undated += usize::from(dated.len() == n_before);
        }
        dated.sort_unstable();
        (dated, n_undated)
    }

    /// The studies of which a statement with `basis` says what they found on the claim, each once, by name.
    pub fn studies_of(&self, claim: EntityIx, basis: Option<Basis>) -> Vec<EntityIx> {
        let findings = self
            .statements_of_object(claim)
            .iter()
            .filter(|ix| FINDINGS.contains(&self.statement(**ix).predicate) && self.has_basis(**ix, basis));
        let mut studies: Vec<_> = findings.map(|ix| self.statement(*ix).subject).collect();
        studies.sort_unstable();
        studies.dedup();
        studies
    }

    fn dates(&self, statement: StatementIx) -> impl Iterator<Item = (DatedKind, PartialDate)> {
        let row = self.statement(statement);
        let own = [(DatedKind::Said, row.on), (DatedKind::Began, row.from), (DatedKind::Ended, row.until)];
        let is_dated = own.iter().any(|(_, on)| on.is_some());
        let year = if is_dated || !FINDINGS.contains(&row.predicate) { None } else { self.year_of(row.subject) };
        own.into_iter().chain([(DatedKind::Found, year)]).filter_map(|(kind, on)| Some((kind, on?)))
    }

    /// The year of a study's publication.
    fn year_of(&self, entity: EntityIx) -> Option<PartialDate> {
        debug_assert_eq!(self.kind(entity), EntityKind::Study, "only studies find");
        match self.attributes(entity) {
            Attributes::Study(study) => PartialDate::parse(&format!("{:04}", study.year?)).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    fn told(world: &World, id: &str, basis: Option<Basis>) -> (Vec<String>, usize) {
        let (dated, n_undated) = world.snapshot.dated_statements(world.entity(id), basis);
        (dated.iter().map(|it| format!("{} {}", it.on, world.told(it.statement))).collect(), n_undated)
    }

    #[test]
    fn the_earliest_comes_first_and_of_those_that_begin_alike_the_less_precise() {
        let world = world(
            "organization/a -SUPPORTS 2025-02-14-> law/l; organization/b -OPPOSES 2025-> law/l; \
             organization/c -OPPOSES 2025-01-01-> law/l; organization/d -SUPPORTS 2025-02-> law/l; \
             organization/e -SUPPORTS-> law/l; organization/f -SUPPORTS 2020 inferred-> law/l; \
             law/m -AMENDS 2024-12-31-> law/l; law/l -RESTS_ON-> claim/c",
        );
        let expected = [
            "2024-12-31 m AMENDS l",
            "2025 b OPPOSES l",
            "2025-01-01 c OPPOSES l",
            "2025-02 d SUPPORTS l",
            "2025-02-14 a SUPPORTS l",
        ];
        let (stated, n_undated) = told(&world, "law/l", Some(Basis::Stated));
        assert_eq!((&stated[..], n_undated), (&expected.map(str::to_owned)[..], 2));
        assert_eq!(told(&world, "law/l", None).0[0], "2020 f SUPPORTS l");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Everything is dated or counted, once, and nothing comes before what is earlier.
        #[test]
        fn nothing_is_lost_and_the_order_holds(
            said in prop::collection::btree_set((0..6u8, prop::option::of((2020..2023i32, 1..13u8)), any::<bool>()), 1..12),
        ) {
            let sentence = |(who, on, turned): &(u8, Option<(i32, u8)>, bool)| {
                let on = on.map_or(String::new(), |(year, month)| format!(" {year}-{month:02}"));
                if *turned { format!("law/l -AMENDS{on}-> law/m{who}") } else { format!("organization/o{who} -SUPPORTS{on}-> law/l") }
            };
            let world = world(&said.iter().map(sentence).collect::<Vec<_>>().join(";"));
            let (dated, n_undated) = world.snapshot.dated_statements(world.entity("law/l"), None);
            prop_assert_eq!(dated.len() + n_undated, said.len());
            prop_assert_eq!(n_undated, said.iter().filter(|(_, on, _)| on.is_none()).count());
            prop_assert!(dated.is_sorted_by_key(|it| it.on.first_day()));
        }
    }
}

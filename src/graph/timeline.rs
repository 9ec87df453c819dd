//! Timelines: what is dated about an entity, by its statements.

use super::assessment::FINDINGS;
use super::{Computation, Deadline, Direction, EntityIx, OutOfTime, Snapshot, StatementFilter, StatementIx};
use crate::model::{Basis, PartialDate};

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

/// The question which dates the statements with an entity at either end have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DatesOf {
    /// The entity.
    pub entity: EntityIx,
    /// Of which basis the statements are; `None`: any.
    pub basis: Option<Basis>,
}

/// The dates of some statements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dates {
    /// Earliest first, in the order of [`PartialDate`]: by the first day that each can mean, of those the less precise
    /// first; then by [`DatedKind`], then by statement. A statement is there once for each of its dates.
    pub dated: Vec<Dated>,
    /// How many statements no date is known of.
    pub n_undated: usize,
}

impl Computation for DatesOf {
    type Answer = Dates;

    fn compute(&self, snapshot: &Snapshot, _: Deadline) -> Result<Dates, OutOfTime> {
        Ok(snapshot.dates_of(self.entity, self.basis))
    }

    fn size(answer: &Dates) -> usize {
        // A date, a kind and an index.
        answer.dated.len() * 4
    }
}

impl Snapshot {
    /// The dates of the statements with `entity` at either end and with `basis` (`None`: any). O(degree · log).
    pub fn dates_of(&self, entity: EntityIx, basis: Option<Basis>) -> Dates {
        let wanted = StatementFilter { basis, ..StatementFilter::default() };
        let mut dated = Vec::new();
        let mut n_undated = 0;
        for statement in self.statements_at(entity, Direction::Both, &wanted).iter() {
            let n_before = dated.len();
            dated.extend(self.dates(statement).map(|(kind, on)| Dated { on, kind, statement }));
            n_undated += usize::from(dated.len() == n_before);
        }
        dated.sort_unstable();
        Dates { dated, n_undated }
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
        let is_told_by_year = !is_dated && FINDINGS.contains(&row.predicate);
        let year = is_told_by_year.then(|| self.year(row.subject)).flatten();
        let year = year.and_then(|year| PartialDate::parse(&format!("{year:04}")).ok());
        own.into_iter().chain([(DatedKind::Found, year)]).filter_map(|(kind, on)| Some((kind, on?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};
    use crate::model::{Attributes, Predicate};
    use proptest::prelude::*;

    fn told(world: &World, id: &str, basis: Option<Basis>) -> (Vec<String>, usize) {
        let Dates { dated, n_undated } = world.snapshot.dates_of(world.entity(id), basis);
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

    /// Statements of and about the law `l` and the claim `c`, each with up to three dates of its own; the years of
    /// studies; and whether each statement is inferred.
    type Drawn = (Vec<(usize, bool, [Option<PartialDate>; 3])>, [Option<i16>; 3]);

    const SENTENCES: [(&str, &str, &str); 10] = [
        ("organization/o", "SUPPORTS", "law/l"),
        ("organization/o", "OPPOSES", "law/l"),
        ("law/m", "AMENDS", "law/l"),
        ("law/l", "RESTS_ON", "claim/c"),
        ("organization/o", "ASSERTS", "claim/c"),
        ("study/s0", "BACKS", "claim/c"),
        ("study/s0", "QUALIFIES", "claim/c"),
        ("study/s1", "CONTRADICTS", "claim/c"),
        ("study/s2", "BACKS", "claim/c"),
        ("claim/c", "NARROWS", "claim/d"),
    ];

    fn any_date() -> impl Strategy<Value = PartialDate> {
        let text =
            (2020..2023u16, prop::option::of((1..4u8, prop::option::of(1..4u8)))).prop_map(|(year, rest)| match rest {
                None => format!("{year}"),
                Some((month, None)) => format!("{year}-{month:02}"),
                Some((month, Some(day))) => format!("{year}-{month:02}-{day:02}"),
            });
        text.prop_map(|text| PartialDate::parse(&text).expect("a date"))
    }

    fn drawn() -> impl Strategy<Value = Drawn> {
        let date = || prop::option::weighted(0.4, any_date());
        let statement = (0..SENTENCES.len(), any::<bool>(), [date(), date(), date()]);
        (prop::collection::vec(statement, 1..10), [(); 3].map(|()| prop::option::of(2020..2023i16)))
    }

    fn world_of((statements, years): &Drawn) -> World {
        let sentence = |(i, (which, inferred, _)): (usize, &(usize, bool, _))| {
            let (subject, predicate, object) = SENTENCES[*which];
            // The aspect tells statements apart that are otherwise the same, and leads back to what was drawn.
            format!("{subject} -{predicate}{} #t{i}-> {object}", if *inferred { " inferred" } else { "" })
        };
        let all = statements.iter().enumerate().map(sentence).collect::<Vec<_>>().join("; ");
        let mut world = world(&all);
        for (i, (_, _, dates)) in statements.iter().enumerate() {
            let aspect = world.entity(&format!("topic/t{i}"));
            let row = world.snapshot.statements.iter_mut().find(|row| row.aspect == Some(aspect)).expect("it was told");
            [row.on, row.from, row.until] = *dates;
        }
        for (i, of_study) in years.iter().enumerate() {
            let key = crate::model::EntityKey::parse(&format!("study/s{i}")).expect("an id");
            let Some(study) = world.snapshot.entity_of_key(&key) else { continue };
            if let Attributes::Study(attributes) = &mut world.snapshot.attributes[study.0 as usize] {
                attributes.year = *of_study;
            }
        }
        world
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// As a look at each drawn statement dates it.
        #[test]
        fn dates_are_those_that_were_drawn(drawn in drawn(), basis in prop::option::of(any::<bool>())) {
            let world = world_of(&drawn);
            let is_wanted = |inferred: bool| basis.is_none_or(|wanted| wanted == inferred);
            let wanted = basis.map(|inferred| if inferred { Basis::Inferred } else { Basis::Stated });
            for whose in ["law/l", "claim/c", "organization/o"] {
                let key = crate::model::EntityKey::parse(whose).expect("an id");
                let Some(entity) = world.snapshot.entity_of_key(&key) else { continue };
                let (mut expected, mut n_undated, mut studies) = (Vec::new(), 0, Vec::new());
                for (i, (which, inferred, [on, from, until])) in drawn.0.iter().enumerate() {
                    let (subject, predicate, object) = SENTENCES[*which];
                    if !is_wanted(*inferred) || ![subject, object].contains(&whose) {
                        continue;
                    }
                    let mut of_it: Vec<(PartialDate, DatedKind)> = Vec::new();
                    of_it.extend(until.map(|date| (date, DatedKind::Ended)));
                    of_it.extend(from.map(|date| (date, DatedKind::Began)));
                    of_it.extend(on.map(|date| (date, DatedKind::Said)));
                    if let Some(number) = subject.strip_prefix("study/s") {
                        studies.push(subject);
                        let year = drawn.1[number.parse::<usize>().expect("a number")];
                        if let (true, Some(year)) = (of_it.is_empty(), year) {
                            of_it.push((PartialDate::parse(&year.to_string()).expect("a year"), DatedKind::Found));
                        }
                    }
                    n_undated += usize::from(of_it.is_empty());
                    let predicate: Predicate = predicate.parse().expect("a predicate");
                    expected.extend(of_it.into_iter().map(|(date, kind)| (date.to_string(), kind, predicate, i)));
                }
                let found = world.snapshot.dates_of(entity, wanted);
                prop_assert_eq!(found.n_undated, n_undated);
                let told = |it: &Dated| {
                    let row = world.snapshot.statement(it.statement);
                    let slug = world.snapshot.slug(row.aspect.expect("each has one"));
                    (it.on.to_string(), it.kind, row.predicate, slug[1..].parse::<usize>().expect("a number"))
                };
                // By the first day, of those the less precise first, which is the shorter text; then by kind.
                let by_day = |it: &Dated| (it.on.first_day(), it.on.to_string().len(), it.kind);
                prop_assert!(found.dated.is_sorted_by_key(by_day));
                let mut dated: Vec<_> = found.dated.iter().map(told).collect();
                dated.sort_unstable();
                expected.sort_unstable();
                prop_assert_eq!(dated, expected);

                studies.sort_unstable();
                studies.dedup();
                if whose == "claim/c" {
                    let found = world.snapshot.studies_of(entity, wanted);
                    let ids: Vec<_> = found.iter().map(|ix| world.snapshot.key(*ix).to_string()).collect();
                    prop_assert_eq!(ids, studies);
                }
            }
        }
    }
}

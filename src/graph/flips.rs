//! What a verdict hangs on: the smallest sets of studies, or of documents, without which it would be another.

use std::collections::BTreeMap;

use super::weighing::Tally;
use super::{Assessment, Assumed, Budget, DocumentIx, EntityIx, Snapshot, StatementIx, Verdict, Weighing};
use crate::model::Predicate;

/// The sets of one or two without which a verdict changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flips {
    /// Sets of studies, then sets of documents; of each those of one first, then in the order of names and of slugs. No
    /// set of two holds one that is enough alone.
    pub sets: Vec<Flip>,
    /// Whether these are all there are.
    pub is_complete: bool,
}

/// A set without which a verdict changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// One or two of them, in their order.
    pub removing: Removed,
    /// The verdict that is then come to.
    pub verdict: Verdict,
}

/// What is thought away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removed {
    /// Studies, with all that they are stated to find.
    Studies(Vec<EntityIx>),
    /// Documents, with the statements that cite none but them.
    Documents(Vec<DocumentIx>),
}

impl Snapshot {
    /// What the verdict of `assessment`, which was come to with `weighing`, hangs on: at most `n_sets_max` sets.
    ///
    /// A verdict depends on nothing but how many studies of each design are on each side. So studies of one design on
    /// the same side are alike, and so are documents that take as much away with them; it is enough to try each sort,
    /// and each pair of sorts. Two documents may together take away a study that cites both, which neither does alone:
    /// such pairs are tried one by one. O(statements · log + sorts²), the pairs of sorts taken from `budget`; where it
    /// ends the sets are not complete.
    pub fn flips(&self, assessment: &Assessment, weighing: &Weighing, n_sets_max: usize, budget: &mut Budget) -> Flips {
        let findings = self.findings(&assessment.statements);
        let tally = Tally::of(findings.iter().map(|finding| finding.counted));
        let mut flips = Flips { sets: Vec::new(), is_complete: true };
        let mut search = Search { tally, as_it_is: assessment.verdict, weighing, n_sets_max: n_sets_max + 1, budget };
        let mut add = |(found, is_complete): (Vec<(Removed, Verdict)>, bool)| {
            flips.sets.extend(found.into_iter().map(|(removing, verdict)| Flip { removing, verdict }));
            flips.is_complete &= is_complete;
        };
        add(search.flips(&losses_by_study(&findings), Removed::Studies));
        add(search.flips(&self.losses_by_document(&findings, weighing.assumed), Removed::Documents));
        flips.is_complete &= flips.sets.len() <= n_sets_max;
        flips.sets.truncate(n_sets_max);
        flips
    }

    /// The findings that were counted. `statements` are in the order of predicate and study.
    fn findings<'a>(&self, statements: &'a [StatementIx]) -> Vec<Finding<'a>> {
        let whose = |ix: &StatementIx| (self.statement(*ix).predicate, self.statement(*ix).subject);
        let finding = |statements: &'a [StatementIx]| {
            let (predicate, study) = whose(&statements[0]);
            Finding { study, counted: (predicate, self.design(study)), statements }
        };
        statements.chunk_by(|a, b| whose(a) == whose(b)).map(finding).collect()
    }

    fn losses_by_document(&self, findings: &[Finding<'_>], assumed: Option<Assumed>) -> Losses<DocumentIx> {
        let mut losses = Losses { alone: BTreeMap::new(), together: BTreeMap::new() };
        for finding in findings {
            // It falls when every statement of it falls, that is, with all documents that any of them cites.
            let cited = finding.statements.iter().flat_map(|ix| self.documents_left(*ix, assumed));
            let mut documents: Vec<DocumentIx> = Vec::new();
            for document in cited {
                if !documents.contains(&document) {
                    documents.push(document);
                }
                if documents.len() > 2 {
                    break;
                }
            }
            documents.sort_unstable();
            match documents[..] {
                [one] => losses.alone.entry(one).or_default().add(finding.counted),
                [one, other] => {
                    losses.alone.entry(one).or_default();
                    losses.alone.entry(other).or_default();
                    losses.together.entry((one, other)).or_default().add(finding.counted);
                }
                _ => {}
            }
        }
        losses
    }
}

/// A study on one side of a claim.
struct Finding<'a> {
    study: EntityIx,
    counted: (Predicate, crate::model::StudyDesign),
    statements: &'a [StatementIx],
}

/// What each item takes away with it, and what pairs of them take away beyond that.
struct Losses<T> {
    alone: BTreeMap<T, Tally>,
    together: BTreeMap<(T, T), Tally>,
}

fn losses_by_study(findings: &[Finding<'_>]) -> Losses<EntityIx> {
    let mut alone = BTreeMap::<_, Tally>::new();
    for finding in findings {
        alone.entry(finding.study).or_default().add(finding.counted);
    }
    Losses { alone, together: BTreeMap::new() }
}

struct Search<'a> {
    tally: Tally,
    as_it_is: Verdict,
    weighing: &'a Weighing,
    n_sets_max: usize,
    budget: &'a mut Budget,
}

/// Items that take away the same.
struct Alike<T> {
    loss: Tally,
    items: Vec<T>,
    /// The sorts with one of which an item of this one changes the verdict, and to what; empty where it does so alone.
    partners: Vec<(usize, Verdict)>,
}

impl Search<'_> {
    /// The verdict without these, if it is another.
    fn flipped(&self, losses: &[&Tally]) -> Option<Verdict> {
        let left = losses.iter().fold(self.tally, |left, loss| left.without(loss));
        let verdict = self.weighing.verdict(&left);
        (verdict != self.as_it_is).then_some(verdict)
    }

    /// The sets of one, then those of two, each in their order; and whether these are all.
    fn flips<T: Copy + Ord>(
        &mut self,
        losses: &Losses<T>,
        removed: fn(Vec<T>) -> Removed,
    ) -> (Vec<(Removed, Verdict)>, bool) {
        let mut by_loss = BTreeMap::<_, Vec<T>>::new();
        let mut found = Vec::new();
        for (item, loss) in &losses.alone {
            match self.flipped(&[loss]) {
                Some(verdict) => found.push((removed(vec![*item]), verdict)),
                None => by_loss.entry(*loss).or_default().push(*item),
            }
        }
        found.truncate(self.n_sets_max);
        let sort = |(loss, items)| Alike { loss, items, partners: Vec::new() };
        let mut sorts: Vec<Alike<T>> = by_loss.into_iter().map(sort).collect();
        let all_tried = self.find_partners(&mut sorts);
        let pairs = self.pairs(&sorts, losses, self.n_sets_max - found.len());
        found.extend(pairs.into_iter().map(|([one, other], verdict)| (removed(vec![one, other]), verdict)));
        (found, all_tried)
    }

    /// Tries each pair of sorts. Whether the budget was enough.
    fn find_partners<T>(&mut self, sorts: &mut [Alike<T>]) -> bool {
        for i in 0..sorts.len() {
            for j in i..sorts.len() {
                if !self.budget.take() {
                    return false;
                }
                let has_two = i != j || sorts[i].items.len() > 1;
                let Some(verdict) = has_two.then(|| self.flipped(&[&sorts[i].loss, &sorts[j].loss])).flatten() else {
                    continue;
                };
                sorts[i].partners.push((j, verdict));
                if i != j {
                    sorts[j].partners.push((i, verdict));
                }
            }
        }
        true
    }

    /// The first `n_max` pairs of items that change the verdict.
    fn pairs<T: Copy + Ord>(&self, sorts: &[Alike<T>], losses: &Losses<T>, n_max: usize) -> Vec<([T; 2], Verdict)> {
        let sort_of = sorts.iter().enumerate().flat_map(|(i, sort)| sort.items.iter().map(move |item| (*item, i)));
        let sort_of: BTreeMap<T, usize> = sort_of.collect();
        let mut together: BTreeMap<T, Vec<(T, Verdict)>> = BTreeMap::new();
        for ((one, other), loss) in &losses.together {
            // One that changes the verdict alone is of no sort.
            let (Some(_), Some(_)) = (sort_of.get(one), sort_of.get(other)) else { continue };
            if let Some(verdict) = self.flipped(&[&losses.alone[one], &losses.alone[other], loss]) {
                together.entry(*one).or_default().push((*other, verdict));
            }
        }
        let mut found = Vec::new();
        for (one, sort) in &sort_of {
            let mut others = together.remove(one).unwrap_or_default();
            for (partner, verdict) in &sorts[*sort].partners {
                let items = &sorts[*partner].items;
                let later = &items[items.partition_point(|item| item <= one)..];
                let apart = later.iter().filter(|other| !losses.together.contains_key(&(*one, **other)));
                others.extend(apart.take(n_max).map(|other| (*other, *verdict)));
            }
            others.sort_unstable_by_key(|(other, _)| *other);
            found.extend(others.into_iter().map(|(other, verdict)| ([*one, other], verdict)));
            if found.len() >= n_max {
                break;
            }
        }
        found.truncate(n_max);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::assessment::tests::{any_weighing, any_world, weighing};
    use super::*;
    use crate::graph::world::{World, world};
    use proptest::prelude::*;

    const PLENTY: usize = 10_000;

    fn flips(world: &World, weighing: &Weighing, n_sets_max: usize, n_steps: usize) -> Flips {
        let assessment = world.snapshot.assessment(world.entity("claim/c"), weighing);
        world.snapshot.flips(&assessment, weighing, n_sets_max, &mut Budget::new(n_steps))
    }

    fn told(world: &World, flips: &Flips) -> Vec<String> {
        let told = |flip: &Flip| {
            let names: Vec<_> = match &flip.removing {
                Removed::Studies(studies) => studies.iter().map(|ix| world.snapshot.slug(*ix)).collect(),
                Removed::Documents(them) => them.iter().map(|ix| world.snapshot.document(*ix).slug.as_str()).collect(),
            };
            format!("{} -> {:?}", names.join("+"), flip.verdict)
        };
        flips.sets.iter().map(told).collect()
    }

    #[test]
    fn a_verdict_hangs_on_the_last_study_of_a_side() {
        let world = world(
            "study/a -BACKS @d1-> claim/c; study/b -BACKS @d1 @d2-> claim/c; study/x -CONTRADICTS @d3-> claim/c; \
             study/z -CONTRADICTS @d3 @d4 @d5-> claim/c",
        );
        let all = flips(&world, &Weighing::default(), 10, PLENTY);
        assert_eq!(told(&world, &all), ["a+b -> Contradicted", "x+z -> Backed", "d1+d2 -> Contradicted"]);
        assert!(all.is_complete);
        let some = flips(&world, &Weighing::default(), 2, PLENTY);
        assert_eq!((told(&world, &some).len(), some.is_complete), (2, false));
        assert!(!flips(&world, &Weighing::default(), 10, 2).is_complete, "two steps are too few");
    }

    #[test]
    fn nothing_hangs_on_many() {
        let text: Vec<_> = (0..40).map(|i| format!("study/s{i} -BACKS @d{i}-> claim/c")).collect();
        let all = flips(&world(&text.join(";")), &Weighing::default(), 10, 4);
        assert_eq!(all, Flips { sets: Vec::new(), is_complete: true }, "all are of one sort, tried in two steps");
        let none = flips(&world("study/s -QUALIFIES-> claim/c"), &Weighing::default(), 10, PLENTY);
        assert_eq!(none, Flips { sets: Vec::new(), is_complete: true });
    }

    /// Every subset of one or two, tried.
    fn brute<T: Copy>(all: &[T], verdict: &dyn Fn(&[T]) -> Verdict) -> Vec<(Vec<T>, Verdict)> {
        let as_it_is = verdict(&[]);
        let flips = |set: &[T]| Some(verdict(set)).filter(|verdict| *verdict != as_it_is);
        let alone: Vec<_> = all.iter().map(|item| flips(&[*item])).collect();
        let mut found: Vec<_> =
            all.iter().zip(&alone).filter_map(|(item, verdict)| Some((vec![*item], (*verdict)?))).collect();
        for i in 0..all.len() {
            for j in i + 1..all.len() {
                if alone[i].is_none() && alone[j].is_none() {
                    found.extend(flips(&[all[i], all[j]]).map(|verdict| (vec![all[i], all[j]], verdict)));
                }
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn flips_are_those_that_trying_all_finds(text in any_world(), weights in any_weighing(), n_max in 1..8usize) {
            let world = world(&text);
            let snapshot = &world.snapshot;
            let claim = world.entity("claim/c");
            let weighing = weighing(&world, weights);
            let studies: Vec<_> = snapshot.of_kind(crate::model::EntityKind::Study).map(EntityIx).collect();
            let without_studies = |removed: &[EntityIx]| {
                let mut weighing = weighing.clone();
                weighing.excluded.extend(removed);
                snapshot.assessment(claim, &weighing).verdict
            };
            let documents: Vec<_> = (0..snapshot.counts().n_documents).map(DocumentIx).collect();
            let without_documents = |removed: &[DocumentIx]| {
                let mut left = snapshot.statements_of_object(claim).to_vec();
                left.retain(|ix| snapshot.documents_cited_for(*ix).iter().any(|cited| !removed.contains(cited)));
                snapshot.assessment_of(&left, &weighing).verdict
            };
            let by_study = brute(&studies, &without_studies).into_iter();
            let by_document = brute(&documents, &without_documents).into_iter();
            let sets: Vec<_> = by_study
                .map(|(set, verdict)| Flip { removing: Removed::Studies(set), verdict })
                .chain(by_document.map(|(set, verdict)| Flip { removing: Removed::Documents(set), verdict }))
                .collect();
            let found = flips(&world, &weighing, 1_000, PLENTY);
            prop_assert_eq!(&found, &Flips { sets: sets.clone(), is_complete: true });
            let some = flips(&world, &weighing, n_max, PLENTY);
            prop_assert_eq!(some.is_complete, sets.len() <= n_max);
            prop_assert_eq!(some.sets, &sets[..n_max.min(sets.len())]);
        }
        /// The sets hang on what decides on the verdict: on that alone they are the same, and so without any other
        /// statement; without it there are none.
        #[test]
        fn flips_rest_on_what_the_verdict_rests_on(text in any_world(), weights in any_weighing()) {
            let world = world(&text);
            let weighing = weighing(&world, weights);
            let of = |world: &World| flips(world, &weighing, 1_000, PLENTY);
            let found = of(&world);
            let listed = world.snapshot.assessment(world.entity("claim/c"), &weighing).statements;
            prop_assert_eq!(&of(&world.only(|ix| listed.contains(&ix))), &found);
            prop_assert!(of(&world.only(|ix| !listed.contains(&ix))).sets.is_empty());
            for unlisted in world.statements().filter(|ix| !listed.contains(ix)) {
                prop_assert_eq!(&of(&world.only(|ix| ix != unlisted)), &found);
            }
        }
    }
}

//! Filters of entities and of statements. Each begins at the shortest ready list that holds the whole answer.

use super::{
    Direction, DocumentIx, DocumentOrder, EntityIx, EntityOrder, List, Snapshot, Sort, StatementIx, StatementOrder,
};
use crate::model::{Attributes, Basis, Certainty, EntityKind, PartialDate, Predicate, Venue};

/// Which entities of a kind are wanted; every part that is set must hold.
#[derive(Default)]
pub struct EntityFilter<'a> {
    /// Its name holds this text, whatever the case.
    pub name_contains: Option<&'a str>,
    /// It is the subject of a statement with each of these predicates and objects.
    pub joined: Vec<(Predicate, EntityIx)>,
    /// This document mentions it.
    pub mentioned_in: Option<DocumentIx>,
    /// Its attributes are like that.
    pub attributes: Option<&'a dyn Fn(&Attributes) -> bool>,
    /// It is (`true`) or is not (`false`) the object of a stated statement with one of these predicates.
    pub object_of: Vec<(&'static [Predicate], bool)>,
}

/// Which statements are wanted; every part that is set must hold.
#[derive(Debug, Default)]
pub struct StatementFilter {
    /// Its predicate is one of these.
    pub predicates: Option<Vec<Predicate>>,
    /// Its subject.
    pub subject: Option<EntityIx>,
    /// Its object.
    pub object: Option<EntityIx>,
    /// Its aspect.
    pub aspect: Option<EntityIx>,
    /// Whether a source says it.
    pub basis: Option<Basis>,
    /// At least this certain; statements whose certainty nobody judged do not count.
    pub min_certainty: Option<Certainty>,
    /// Where it was said.
    pub venue: Option<Venue>,
    /// A document that it cites.
    pub cites: Option<DocumentIx>,
    /// Said or happened on this day or later; statements without a day do not count.
    pub on_or_after: Option<PartialDate>,
    /// Said or happened on this day or earlier; likewise.
    pub on_or_before: Option<PartialDate>,
}

/// Which documents are wanted; every part that is set must hold.
#[derive(Debug, Default)]
pub struct DocumentFilter<'a> {
    /// Its title holds this text, whatever the case.
    pub title_contains: Option<&'a str>,
    /// Its publisher's name holds this text, whatever the case.
    pub publisher_contains: Option<&'a str>,
}

impl EntityFilter<'_> {
    fn is_empty(&self) -> bool {
        self.name_contains.is_none()
            && self.joined.is_empty()
            && self.mentioned_in.is_none()
            && self.attributes.is_none()
            && self.object_of.is_empty()
    }
}

impl Snapshot {
    /// The entities of a kind that `filter` wants. Without a filter O(1); with a joined entity or a document O(those
    /// that it has); else O(entities of the kind).
    pub fn entities_where(
        &self,
        kind: EntityKind,
        filter: &EntityFilter<'_>,
        order: EntityOrder,
        sort: Sort,
    ) -> List<'_, EntityIx> {
        if filter.is_empty() {
            return self.entities(kind, order, sort);
        }
        let name_contains = filter.name_contains.map(str::to_lowercase);
        let wanted = |ix: &EntityIx| {
            name_contains.as_ref().is_none_or(|text| self.folded_names.get(ix.0).contains(text.as_str()))
                && filter.attributes.is_none_or(|holds| holds(self.attributes(*ix)))
                && filter.object_of.iter().all(|(predicates, wanted)| self.is_object_of(*ix, predicates) == *wanted)
        };
        let joined = filter.joined.iter().map(|(predicate, object)| self.subjects_of(*predicate, *object));
        let sets: Vec<_> = joined.chain(filter.mentioned_in.map(|document| self.mentioned(document))).collect();
        let found = match sets.split_first() {
            None => self.entities(kind, EntityOrder::Name, Sort::Ascending).iter().filter(wanted).collect(),
            Some((first, others)) => {
                let in_all = |ix: &EntityIx| others.iter().all(|set| set.binary_search(ix).is_ok());
                let of_kind = first.iter().copied().filter(|ix| self.kind(*ix) == kind);
                of_kind.filter(in_all).filter(wanted).collect()
            }
        };
        self.in_order(found, order, sort)
    }

    /// The documents that `filter` wants. By slug and without a filter O(1), else O(n log n) in their number, which is
    /// small beside that of the statements.
    pub fn documents_where(
        &self,
        filter: &DocumentFilter<'_>,
        order: DocumentOrder,
        sort: Sort,
    ) -> List<'static, DocumentIx> {
        let all = self.documents(sort);
        let [title, publisher] =
            [filter.title_contains, filter.publisher_contains].map(|text| text.map(str::to_lowercase));
        if title.is_none() && publisher.is_none() && order == DocumentOrder::Slug {
            return all;
        }
        let holds = |text: Option<&str>, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| text.is_some_and(|text| text.to_lowercase().contains(wanted.as_str())))
        };
        let wanted = |ix: &DocumentIx| {
            let document = self.document(*ix);
            holds(Some(&document.title), &title) && holds(document.publisher.as_deref(), &publisher)
        };
        self.documents_in_order(all.iter().filter(wanted).collect(), order, sort)
    }

    /// Sorted, each once.
    fn subjects_of(&self, predicate: Predicate, object: EntityIx) -> Vec<EntityIx> {
        let relation = self.relation(object, predicate, Direction::In, None);
        relation.related().iter().map(|related| related.entity).collect()
    }

    /// Sorted, each once.
    fn mentioned(&self, document: DocumentIx) -> Vec<EntityIx> {
        let mut mentioned: Vec<_> = self.entities_mentioned_in(document).iter().map(|(ix, _)| *ix).collect();
        mentioned.dedup();
        mentioned
    }

    fn is_object_of(&self, entity: EntityIx, predicates: &[Predicate]) -> bool {
        predicates.iter().any(|predicate| {
            !self.relation(entity, *predicate, Direction::In, Some(Basis::Stated)).related().is_empty()
        })
    }

    /// The statements that `filter` wants. Begins at the subject's, the object's or the document's statements, else at
    /// those of the predicates, else at all: O(that list).
    pub fn statements_where(
        &self,
        filter: &StatementFilter,
        order: StatementOrder,
        sort: Sort,
    ) -> List<'_, StatementIx> {
        let wanted = |ix: &StatementIx| self.is_wanted(*ix, filter);
        let found: Vec<_> = if let Some(subject) = filter.subject {
            self.statements_of_subject(subject).iter().copied().filter(wanted).collect()
        } else if let Some(object) = filter.object {
            self.statements_of_object(object).iter().copied().filter(wanted).collect()
        } else if let Some(document) = filter.cites {
            self.statements_citing(document).iter().copied().filter(wanted).collect()
        } else if let Some(predicates) = &filter.predicates {
            let mut predicates = predicates.clone();
            predicates.sort_unstable();
            predicates.dedup();
            let rows = predicates.into_iter().flat_map(|predicate| self.by_predicate.row(predicate as u32));
            rows.copied().filter(wanted).collect()
        } else if filter.is_empty() {
            return self.all_statements(order, sort);
        } else {
            self.all_statements(StatementOrder::Subject, Sort::Ascending).iter().filter(wanted).collect()
        };
        self.statements_in_order(found, order, sort)
    }

    /// The statements at either end of `entity`, as `filter` wants them, by subject, object and
    /// predicate. O(degree log degree).
    pub fn statements_at(
        &self,
        entity: EntityIx,
        direction: Direction,
        filter: &StatementFilter,
    ) -> List<'static, StatementIx> {
        let out = if direction == Direction::In { &[] } else { self.statements_of_subject(entity) };
        let into = if direction == Direction::Out { &[] } else { self.statements_of_object(entity) };
        let mut found: Vec<_> = out.iter().chain(into).copied().filter(|ix| self.is_wanted(*ix, filter)).collect();
        found.sort_unstable();
        found.dedup();
        List::made(found)
    }

    fn is_wanted(&self, statement: StatementIx, filter: &StatementFilter) -> bool {
        let row = self.statement(statement);
        filter.predicates.as_ref().is_none_or(|predicates| predicates.contains(&row.predicate))
            && filter.subject.is_none_or(|subject| row.subject == subject)
            && filter.object.is_none_or(|object| row.object == object)
            && filter.aspect.is_none_or(|aspect| row.aspect == Some(aspect))
            && filter.basis.is_none_or(|basis| row.basis == basis)
            // Certainties are ordered from the highest down.
            && filter.min_certainty.is_none_or(|least| row.certainty.is_some_and(|certainty| certainty <= least))
            && filter.venue.is_none_or(|venue| row.venue == Some(venue))
            && filter.cites.is_none_or(|document| self.statements_citing(document).binary_search(&statement).is_ok())
            && filter.on_or_after.is_none_or(|day| row.on.is_some_and(|on| on.first_day() >= day.first_day()))
            && filter.on_or_before.is_none_or(|day| row.on.is_some_and(|on| on.last_day() <= day.last_day()))
    }
}

impl StatementFilter {
    fn is_empty(&self) -> bool {
        let Self { predicates, subject, object, aspect, basis, min_certainty, venue, cites, on_or_after, on_or_before } =
            self;
        predicates.is_none()
            && subject.or(*object).or(*aspect).is_none()
            && basis.is_none()
            && min_certainty.is_none()
            && venue.is_none()
            && cites.is_none()
            && on_or_after.or(*on_or_before).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::world::{World, world};

    fn found(world: &World, filter: &StatementFilter) -> Vec<String> {
        let list = world.snapshot.statements_where(filter, StatementOrder::Subject, Sort::Ascending);
        list.iter().map(|ix| world.told(ix)).collect()
    }

    #[test]
    fn every_start_gives_what_a_scan_of_all_gives() {
        let world = world(
            "organization/a -SUPPORTS 2025-01-> law/l; organization/a -OPPOSES 2025-03-02-> law/l; \
             organization/b -SUPPORTS inferred-> law/l; organization/b -ASSERTS 2024-> claim/c; study/s -BACKS-> claim/c",
        );
        let (a, l) = (world.entity("organization/a"), world.entity("law/l"));
        let date = |text| PartialDate::parse(text).ok();
        let filters = [
            (StatementFilter::default(), 5),
            (StatementFilter { subject: Some(a), ..Default::default() }, 2),
            (StatementFilter { object: Some(l), ..Default::default() }, 3),
            (StatementFilter { object: Some(l), basis: Some(Basis::Stated), ..Default::default() }, 2),
            (StatementFilter { predicates: Some(vec![Predicate::Supports]), ..Default::default() }, 2),
            (StatementFilter { predicates: Some(vec![]), ..Default::default() }, 0),
            (StatementFilter { on_or_after: date("2025-01-15"), ..Default::default() }, 1),
            (StatementFilter { on_or_before: date("2025-01"), ..Default::default() }, 2),
            (
                StatementFilter {
                    subject: Some(a),
                    object: Some(l),
                    predicates: Some(vec![Predicate::Opposes]),
                    ..Default::default()
                },
                1,
            ),
        ];
        for (filter, n) in filters {
            let all = world.snapshot.all_statements(StatementOrder::Subject, Sort::Ascending);
            let scan: Vec<_> =
                all.iter().filter(|ix| world.snapshot.is_wanted(*ix, &filter)).map(|ix| world.told(ix)).collect();
            assert_eq!(found(&world, &filter), scan, "{filter:?}");
            assert_eq!(scan.len(), n, "{filter:?}: {scan:?}");
        }
    }

    #[test]
    fn claims_that_no_study_speaks_of_are_found() {
        let world = world("study/s -BACKS-> claim/c; study/s -QUALIFIES-> claim/d; organization/o -ASSERTS-> claim/e");
        let claims = |studied| {
            let studies: &[Predicate] = &[Predicate::Backs, Predicate::Contradicts];
            let filter = EntityFilter { object_of: vec![(studies, studied)], ..Default::default() };
            let list = world.snapshot.entities_where(EntityKind::Claim, &filter, EntityOrder::Name, Sort::Ascending);
            list.iter().map(|ix| world.snapshot.slug(ix).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(claims(true), ["c"]);
        assert_eq!(claims(false), ["d", "e"]);
    }

    #[test]
    fn documents_are_filtered_and_ordered() {
        use DocumentOrder::{PublishedOn, Slug, Title};
        let world = world("organization/a -ASSERTS-> claim/c");
        let slugs = |filter: &DocumentFilter<'_>, order, sort| {
            let list = world.snapshot.documents_where(filter, order, sort);
            list.iter().map(|ix| world.snapshot.document(ix).slug.to_string()).collect::<Vec<_>>()
        };
        let all = DocumentFilter::default();
        assert_eq!(slugs(&all, Slug, Sort::Descending), ["letter", "essay", "d"]);
        assert_eq!(slugs(&all, Title, Sort::Ascending), ["letter", "d", "essay"]);
        assert_eq!(slugs(&all, PublishedOn, Sort::Descending), ["essay", "letter", "d"]);
        assert_eq!(slugs(&all, PublishedOn, Sort::Ascending), ["letter", "essay", "d"]);
        let filter = DocumentFilter { title_contains: Some("A LETTER"), ..DocumentFilter::default() };
        assert_eq!(slugs(&filter, Slug, Sort::Ascending), ["letter"]);
        let filter = DocumentFilter { publisher_contains: Some("press"), ..DocumentFilter::default() };
        assert_eq!(slugs(&filter, Slug, Sort::Ascending), ["essay"]);
    }

    #[test]
    fn names_are_matched_whatever_the_case() {
        let world = world("organization/kratom-alliance -WORKS_WITH-> organization/reddit");
        let filter = EntityFilter { name_contains: Some("KRATOM"), ..Default::default() };
        assert_eq!(
            world.snapshot.entities_where(EntityKind::Organization, &filter, EntityOrder::Name, Sort::Ascending).len(),
            1
        );
    }
}

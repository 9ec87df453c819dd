//! The six kinds of entity.

use super::fields::Fields;
use super::judge::Judge;
use super::parts::parts;
use super::reader::Reader;
use super::statement::Written;
use crate::model::{
    Attributes, Citation, CitationDirection, Citations, Claim, Entity, EntityKey, EntityKind, Jurisdiction, Law,
    Organization, Predicate, Qualifiers, Slug, Statement, Study, Topic,
};

impl Judge<'_> {
    /// `None` when something that it needs is missing or wrong, which has been reported.
    pub(super) fn entity(&mut self, kind: EntityKind, slug: Slug, fields: &mut Fields) -> Option<Entity> {
        let name_key = if kind == EntityKind::Claim { "wording" } else { "name" };
        // What can have problems of its own is read before the first return.
        let identifiers = self.identifiers(fields);
        let attributes = self.attributes(kind, &slug, fields);
        Some(Entity {
            slug,
            name: fields.take(name_key)?,
            summary: fields.take("summary"),
            aliases: fields.take_list("aliases").into_iter().map(|(_, alias)| alias).collect(),
            identifiers,
            mentions: parts(fields, "mentions", |part| self.citation(part)),
            events: parts(fields, "events", |part| self.event(part)),
            notices: parts(fields, "notices", |part| self.notice(part)),
            attributes: attributes?,
        })
    }

    fn attributes(&mut self, kind: EntityKind, slug: &Slug, fields: &mut Fields) -> Option<Attributes> {
        Some(match kind {
            EntityKind::Organization => {
                Attributes::Organization(Organization { organization_type: fields.take_chosen("type")? })
            }
            EntityKind::Study => Attributes::Study(Study {
                design: fields.take_chosen("design")?,
                status: fields.take_chosen("status")?,
                year: fields.take("year"),
                identified: fields.take("identified")?,
            }),
            EntityKind::Law => Attributes::Law(Law { law_type: fields.take_chosen("type")? }),
            EntityKind::Claim => Attributes::Claim(Claim),
            EntityKind::Jurisdiction => {
                let parent = fields.take("parent");
                if parent.as_ref() == Some(slug) {
                    let at = fields.place_of("parent").unwrap_or(fields.at);
                    self.problem(at, "is its own parent; name the jurisdiction that it is a part of, or leave it out");
                }
                Attributes::Jurisdiction(Jurisdiction { jurisdiction_type: fields.take_chosen("type")?, parent })
            }
            EntityKind::Topic => Attributes::Topic(Topic),
        })
    }
}

impl Reader {
    /// The statements that the shorthand `topics` stands for, if the record has had no problems since `n_before`.
    pub(super) fn add_topics(
        &mut self,
        judge: &mut Judge<'_>,
        entity: &Entity,
        topics: Vec<(usize, Slug)>,
        n_before: usize,
    ) {
        let Some((first_at, _)) = topics.first() else { return };
        let says_so = |citation: &&Citation| citation.direction != CitationDirection::Disputes;
        let mentions: Vec<_> = entity.mentions.iter().filter(says_so).cloned().collect();
        let Some(citations) = Citations::new(mentions) else {
            // Mentions that are missing or wrong have been reported.
            if judge.problems.len() == n_before {
                let what = "`topics` rest on mentions with direction SUPPORTS or MENTIONS, and there is none";
                judge.problem(*first_at, what);
            }
            return;
        };
        let mut statements = Vec::with_capacity(topics.len());
        for (at, topic) in topics {
            let object = EntityKey { kind: EntityKind::Topic, slug: topic };
            if object == entity.key() {
                judge.problem(at, "the topic is about itself; leave it out");
                continue;
            }
            let statement = Statement {
                subject: entity.key(),
                predicate: Predicate::About,
                object,
                qualifiers: Qualifiers::default(),
                citations: citations.clone(),
            };
            statements.push((at, statement));
        }
        if judge.problems.len() == n_before {
            for (at, statement) in statements {
                self.merge(judge, Written::new(statement, judge.place(at)), |_| at);
            }
        }
    }
}

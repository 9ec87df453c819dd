//! Small worlds for tests, written as sentences: `organization/a -SUPPORTS 2025-> law/l; …`.

use super::index::dense;
use super::{DocumentIx, EntityFacts, EntityIx, Facts, Snapshot, StatementFacts, StatementIx};
use crate::model::{
    Attributes, Basis, Claim, Document, EntityKey, EntityKind, Jurisdiction, JurisdictionType, Law, LawType,
    Organization, OrganizationType, PartialDate, Predicate, Qualifiers, Statement, Study, StudyDesign, StudyStatus,
    Topic,
};
use crate::model::{Citation, CitationDirection, Citations, Slug};

/// A snapshot and how to speak of it.
pub(crate) struct World {
    pub(crate) snapshot: Snapshot,
}

/// The world of these statements. Between the ends stand the predicate and, if wanted, a date, since when and until when
/// it held (`from:2019`, `until:2022-06`), `inferred`, an aspect (`#labels`), a certainty (`LOW`), a voice (`MEMBER`),
/// `conditional`, the documents that it cites (`@d1 @d2`; else `d`) and how many citations it has (`x3`; else one of
/// each); `a -X-> b` and `b <-X- a` mean the same.
///
/// Three more sentences: `study/s is ANIMAL RETRACTED` tells a study's design, and whether it was retracted;
/// `document/d1 from herald` tells a document's origin; `document/d1 states claim/c` (or `denies`, or `mentions`) tells
/// a document's own attitude.
pub(crate) fn world(text: &str) -> World {
    let mut facts = Facts { revision: 1, ..Facts::default() };
    facts.documents = vec![
        document("d", "A report", None, None),
        document("letter", "a letter", None, Some("2024-05")),
        document("essay", "On letters", Some("Press"), Some("2025")),
    ];
    for sentence in text.split(';').map(str::trim).filter(|sentence| !sentence.is_empty()) {
        let words: Vec<_> = sentence.split(' ').collect();
        match words[..] {
            [study, "is", ref what @ ..] => tell_study(&mut facts, &key(study), what),
            [document, "from", origin] => {
                let slug = document.strip_prefix("document/").expect("a document");
                cited(&mut facts, slug).origin = Some(Slug::parse(origin).expect("a slug"));
            }
            [document, how @ ("states" | "denies" | "mentions"), entity] => {
                tell_mention(&mut facts, document, how, entity);
            }
            _ => tell_statement(&mut facts, sentence),
        }
    }
    World { snapshot: Snapshot::build(facts) }
}

fn tell_study(facts: &mut Facts, study: &EntityKey, what: &[&str]) {
    let design = what.iter().find_map(|word| word.parse().ok()).unwrap_or(StudyDesign::Unspecified);
    if what.contains(&"RETRACTED") {
        facts.retracted.push(study.slug.clone());
    }
    let entity = told_of(facts, study);
    let Attributes::Study(attributes) = &mut entity.attributes else { panic!("{study} is no study") };
    attributes.design = design;
}

fn tell_mention(facts: &mut Facts, document: &str, how: &str, entity: &str) {
    let direction = match how {
        "states" => CitationDirection::Supports,
        "denies" => CitationDirection::Disputes,
        _ => CitationDirection::Mentions,
    };
    let slug = cited(facts, document.strip_prefix("document/").expect("a document")).slug.clone();
    let entity = told_of(facts, &key(entity)).key.clone();
    facts.mentioned_by.push((slug, entity, direction));
}

fn tell_statement(facts: &mut Facts, sentence: &str) {
    let (left, rest) = sentence.split_once(' ').expect("a subject");
    let (middle, right) = rest.rsplit_once(' ').expect("an object");
    let (subject, object) = if middle.starts_with('<') { (right, left) } else { (left, right) };
    let words = middle.trim_matches(['<', '>', '-']).split(' ').collect::<Vec<_>>();
    let after = |sign: char| words.iter().filter_map(move |word| word.strip_prefix(sign));
    let dated = |what: &str| {
        let text = words.iter().find_map(|word| word.strip_prefix(what))?;
        Some(PartialDate::parse(text).expect("a date"))
    };
    let qualifiers = Qualifiers {
        aspect: after('#').next().map(|slug| Slug::parse(slug).expect("a slug")),
        on: words.iter().find_map(|word| PartialDate::parse(word).ok()),
        from: dated("from:"),
        until: dated("until:"),
        voice: words.iter().find_map(|word| word.parse().ok()),
        basis: if words.contains(&"inferred") { Basis::Inferred } else { Basis::Stated },
        certainty: words.iter().find_map(|word| word.parse().ok()),
        condition: words.contains(&"conditional").then(|| "if amended".to_owned()),
        ..Qualifiers::default()
    };
    let mut documents: Vec<_> = after('@').collect();
    if documents.is_empty() {
        documents.push("d");
    }
    let citation = |slug: &&str| Citation {
        document: Slug::parse(slug).expect("a slug"),
        locator: None,
        quote: None,
        direction: CitationDirection::Supports,
        verification: None,
    };
    let statement = Statement {
        subject: key(subject),
        predicate: words[0].parse::<Predicate>().expect("a predicate"),
        object: key(object),
        qualifiers,
        citations: Citations::new(documents.iter().map(citation).collect()).expect("one at least"),
    };
    let aspect = statement.qualifiers.aspect.clone();
    let aspect_key = aspect.clone().map(|slug| EntityKey { kind: EntityKind::Topic, slug });
    for key in [&statement.subject, &statement.object].into_iter().chain(&aspect_key) {
        told_of(facts, key);
    }
    for slug in &documents {
        let slug = cited(facts, slug).slug.clone();
        facts.cited_by.push((slug, statement.id()));
    }
    facts.statements.push(StatementFacts {
        id: statement.id(),
        subject: statement.subject,
        predicate: statement.predicate,
        object: statement.object,
        aspect,
        on: statement.qualifiers.on,
        from: statement.qualifiers.from,
        until: statement.qualifiers.until,
        basis: statement.qualifiers.basis,
        certainty: statement.qualifiers.certainty,
        venue: None,
        voice: statement.qualifiers.voice,
        is_conditional: statement.qualifiers.condition.is_some(),
        n_citations: after('x').find_map(|n| n.parse().ok()).unwrap_or(dense(documents.len())),
    });
}

fn key(id: &str) -> EntityKey {
    EntityKey::parse(id).expect("an id")
}

/// The entity, with plain attributes where nothing was told of it before.
fn told_of<'a>(facts: &'a mut Facts, key: &EntityKey) -> &'a mut EntityFacts {
    let i = facts.entities.iter().position(|entity| entity.key == *key).unwrap_or_else(|| {
        let name = key.slug.as_str().replace('-', " ");
        facts.entities.push(EntityFacts { key: key.clone(), name, attributes: plain(key.kind) });
        facts.entities.len() - 1
    });
    &mut facts.entities[i]
}

/// The document, with a plain title where nothing was told of it before.
fn cited<'a>(facts: &'a mut Facts, slug: &str) -> &'a mut Document {
    let i = facts.documents.iter().position(|document| document.slug.as_str() == slug).unwrap_or_else(|| {
        facts.documents.push(document(slug, slug, None, None));
        facts.documents.len() - 1
    });
    &mut facts.documents[i]
}

fn document(slug: &str, title: &str, publisher: Option<&str>, published_on: Option<&str>) -> Document {
    Document {
        slug: Slug::parse(slug).expect("a slug"),
        title: title.to_owned(),
        publisher: publisher.map(str::to_owned),
        published_on: published_on.map(|text| PartialDate::parse(text).expect("a date")),
        url: None,
        sha256: None,
        file: None,
        interest: None,
        origin: None,
        provenance: None,
    }
}

fn plain(kind: EntityKind) -> Attributes {
    match kind {
        EntityKind::Organization => {
            Attributes::Organization(Organization { organization_type: OrganizationType::Other })
        }
        EntityKind::Study => Attributes::Study(Study {
            design: StudyDesign::Unspecified,
            status: StudyStatus::Unspecified,
            year: None,
            identified: true,
        }),
        EntityKind::Law => Attributes::Law(Law { law_type: LawType::Bill }),
        EntityKind::Claim => Attributes::Claim(Claim),
        EntityKind::Jurisdiction => {
            Attributes::Jurisdiction(Jurisdiction { jurisdiction_type: JurisdictionType::Country, parent: None })
        }
        EntityKind::Topic => Attributes::Topic(Topic),
    }
}

impl World {
    /// The entity with this id.
    pub(crate) fn entity(&self, id: &str) -> EntityIx {
        let key = EntityKey::parse(id).expect("an id");
        self.snapshot.entity_of_key(&key).unwrap_or_else(|| panic!("{id} is not in this world"))
    }

    /// Every statement.
    pub(crate) fn statements(&self) -> impl Iterator<Item = StatementIx> {
        (0..self.snapshot.counts().n_statements).map(StatementIx)
    }

    /// The same entities and documents, with only these statements: what a rule sees that is applied to them alone.
    pub(crate) fn only(&self, keep: impl Fn(StatementIx) -> bool) -> World {
        self.changed(keep, &[])
    }

    /// The same entities and documents, none of which cites this one; what cited nothing else is gone.
    pub(crate) fn without(&self, document: DocumentIx) -> World {
        let mut facts = self.facts(|ix| self.snapshot.documents_cited_for(ix) != [document]);
        let slug = &self.snapshot.document(document).slug;
        facts.cited_by.retain(|(cited, _)| cited != slug);
        World { snapshot: Snapshot::build(facts) }
    }

    /// The same entities and documents, with only these statements, and with these studies retracted too.
    pub(crate) fn changed(&self, keep: impl Fn(StatementIx) -> bool, retracted: &[EntityIx]) -> World {
        let mut facts = self.facts(keep);
        facts.retracted.extend(retracted.iter().map(|ix| self.snapshot.key(*ix).slug));
        World { snapshot: Snapshot::build(facts) }
    }

    fn facts(&self, keep: impl Fn(StatementIx) -> bool) -> Facts {
        let all = &self.snapshot;
        let counts = all.counts();
        let entity = |ix| EntityFacts {
            key: all.key(ix),
            name: all.name(ix).to_owned(),
            attributes: all.attributes(ix).clone(),
        };
        let statement = |ix| {
            let row = all.statement(ix);
            StatementFacts {
                id: row.id,
                subject: all.key(row.subject),
                predicate: row.predicate,
                object: all.key(row.object),
                aspect: row.aspect.map(|aspect| all.key(aspect).slug),
                on: row.on,
                from: row.from,
                until: row.until,
                basis: row.basis,
                certainty: row.certainty,
                venue: row.venue,
                voice: row.voice,
                is_conditional: row.is_conditional,
                n_citations: row.n_citations,
            }
        };
        let documents = || (0..counts.n_documents).map(DocumentIx);
        let cited_by = documents().flat_map(|document| {
            let citing = all.statements_citing(document).iter().filter(|ix| keep(**ix));
            citing.map(move |ix| (all.document(document).slug.clone(), all.statement(*ix).id))
        });
        let mentioned_by = documents().flat_map(|document| {
            let mentioned = all.entities_mentioned_in(document).iter();
            mentioned.map(move |(ix, how)| (all.document(document).slug.clone(), all.key(*ix), *how))
        });
        Facts {
            revision: all.revision(),
            entities: (0..counts.n_entities).map(EntityIx).map(entity).collect(),
            documents: documents().map(|ix| all.document(ix).clone()).collect(),
            statements: self.statements().filter(|ix| keep(*ix)).map(statement).collect(),
            cited_by: cited_by.collect(),
            mentioned_by: mentioned_by.collect(),
            retracted: all.retracted.iter().map(|ix| all.key(*ix).slug).collect(),
        }
    }

    /// The statement in words.
    pub(crate) fn told(&self, statement: StatementIx) -> String {
        let row = self.snapshot.statement(statement);
        format!("{} {} {}", self.snapshot.slug(row.subject), row.predicate, self.snapshot.slug(row.object))
    }
}

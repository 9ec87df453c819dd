//! Small worlds for tests, written as sentences: `organization/a -SUPPORTS 2025-> law/l; …`.

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

/// The world of these statements. Between the ends stand the predicate and, if wanted, a date and `inferred`;
/// `a -X-> b` and `b <-X- a` mean the same.
pub(crate) fn world(text: &str) -> World {
    let mut facts = Facts { revision: 1, ..Facts::default() };
    for sentence in text.split(';').map(str::trim).filter(|sentence| !sentence.is_empty()) {
        let (left, rest) = sentence.split_once(' ').expect("a subject");
        let (middle, right) = rest.rsplit_once(' ').expect("an object");
        let (subject, object) = if middle.starts_with('<') { (right, left) } else { (left, right) };
        let words = middle.trim_matches(['<', '>', '-']).split(' ').collect::<Vec<_>>();
        let key = |text| EntityKey::parse(text).expect("an id");
        let qualifiers = Qualifiers {
            on: words.iter().find_map(|word| PartialDate::parse(word).ok()),
            basis: if words.contains(&"inferred") { Basis::Inferred } else { Basis::Stated },
            ..Qualifiers::default()
        };
        let citation = Citation {
            document: Slug::parse("d").expect("a slug"),
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
            citations: Citations::new(vec![citation]).expect("one"),
        };
        for key in [&statement.subject, &statement.object] {
            if !facts.entities.iter().any(|entity| entity.key == *key) {
                let name = key.slug.as_str().replace('-', " ");
                facts.entities.push(EntityFacts { key: key.clone(), name, attributes: plain(key.kind) });
            }
        }
        facts.statements.push(StatementFacts {
            id: statement.id(),
            subject: statement.subject,
            predicate: statement.predicate,
            object: statement.object,
            aspect: None,
            on: statement.qualifiers.on,
            from: None,
            until: None,
            basis: statement.qualifiers.basis,
            certainty: None,
            venue: None,
            voice: None,
            is_conditional: false,
            n_citations: 1,
        });
    }
    facts.documents = vec![
        document("d", "A report", None, None),
        document("letter", "a letter", None, Some("2024-05")),
        document("essay", "On letters", Some("Press"), Some("2025")),
    ];
    World { snapshot: Snapshot::build(facts) }
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

    /// The same entities and documents, with only these statements: what a rule sees that is applied to them alone.
    pub(crate) fn only(&self, keep: impl Fn(StatementIx) -> bool) -> World {
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
        let documents = (0..counts.n_documents).map(DocumentIx);
        World {
            snapshot: Snapshot::build(Facts {
                revision: all.revision(),
                entities: (0..counts.n_entities).map(EntityIx).map(entity).collect(),
                documents: documents.map(|ix| all.document(ix).clone()).collect(),
                statements: (0..counts.n_statements).map(StatementIx).filter(|ix| keep(*ix)).map(statement).collect(),
                ..Facts::default()
            }),
        }
    }

    /// The statement in words.
    pub(crate) fn told(&self, statement: StatementIx) -> String {
        let row = self.snapshot.statement(statement);
        format!("{} {} {}", self.snapshot.slug(row.subject), row.predicate, self.snapshot.slug(row.object))
    }
}

//! A corpus with every record and every key, and what it is in the model.

use super::super::records::{PARTS, TABLES};
use super::read;
use crate::model::{
    Attributes, Basis, Certainty, Citation, CitationDirection, Citations, Claim, Corpus, Document, Entity, EntityKey,
    EntityKind, Identifier, IdentifierScheme, Jurisdiction, JurisdictionType, Law, LawEvent, LawEventKind, LawType,
    Lines, Locator, NodeId, Notice, NoticeKind, Organization, OrganizationType, Pages, PartialDate, Predicate,
    Qualifiers, Sha256, Slug, Statement, Study, StudyDesign, StudyStatus, Topic, Uncited, UncitedReason, Venue, Voice,
};

/// Good, and complete: a test below asserts that no key is forgotten.
pub(in crate::format) const CORPUS: &str = include_str!("good.toml");

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("good")
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).expect("good")
}

fn citation(document: &str, locator: Option<Locator>, direction: CitationDirection) -> Citation {
    Citation { document: slug(document), locator, quote: None, direction, verification: None }
}

fn lines(start: u32, end: u32, anchor: Option<&str>) -> Locator {
    Locator::Lines(Lines::new(start, end, anchor.map(str::to_owned)).expect("good"))
}

fn citations(of: &[Citation]) -> Citations {
    Citations::new(of.to_vec()).expect("at least one")
}

fn entity(name: &str, text: &str, attributes: Attributes) -> Entity {
    Entity {
        slug: slug(name),
        name: text.to_owned(),
        summary: None,
        aliases: Vec::new(),
        identifiers: Vec::new(),
        mentions: Vec::new(),
        events: Vec::new(),
        notices: Vec::new(),
        attributes,
    }
}

fn identifier(scheme: IdentifierScheme, value: &str) -> Identifier {
    Identifier::parse(scheme, value).expect("good")
}

fn documents() -> Vec<Document> {
    vec![
        Document {
            slug: slug("hearing-2025"),
            title: "Hearing on HB 1".to_owned(),
            publisher: Some("The House".to_owned()),
            published_on: Some(date("2025-02")),
            url: Some("https://example.org/hearing#top".to_owned()),
            sha256: Some(Sha256::of(b"")),
            file: Some("hearing.txt".to_owned()),
            interest: Some("Sells what it praises.".to_owned()),
            origin: Some(slug("the-house")),
            provenance: None,
        },
        Document {
            slug: slug("report"),
            title: "Report".to_owned(),
            publisher: None,
            published_on: Some(date("2025-02-14")),
            url: None,
            sha256: None,
            file: None,
            interest: None,
            origin: None,
            provenance: None,
        },
    ]
}

fn entities() -> Vec<Entity> {
    use CitationDirection::{Disputes, Mentions, Supports};
    vec![
        Entity {
            summary: Some("Two lines\nof summary.".to_owned()),
            aliases: vec!["FR".to_owned(), "Friends".to_owned()],
            identifiers: vec![identifier(IdentifierScheme::Wikidata, "Q1")],
            mentions: vec![citation("report", Some(lines(7, 7, None)), Mentions)],
            ..entity(
                "friends",
                "Friends of the Remedy",
                Attributes::Organization(Organization { organization_type: OrganizationType::Advocacy }),
            )
        },
        Entity {
            identifiers: vec![identifier(IdentifierScheme::Doi, "10.1000/1"), identifier(IdentifierScheme::Pmid, "1")],
            notices: vec![Notice {
                kind: NoticeKind::Correction,
                on: Some(date("2024-05")),
                note: Some("Table 2.".to_owned()),
                citations: citations(&[citation("report", None, Supports)]),
            }],
            ..entity(
                "cohort-2023",
                "A cohort",
                Attributes::Study(Study {
                    design: StudyDesign::Cohort,
                    status: StudyStatus::Published,
                    year: Some(2023),
                    identified: false,
                }),
            )
        },
        entity(
            "survey",
            "A survey",
            Attributes::Study(Study {
                design: StudyDesign::Unspecified,
                status: StudyStatus::Unspecified,
                year: None,
                identified: true,
            }),
        ),
        Entity {
            events: vec![
                LawEvent {
                    kind: LawEventKind::Introduced,
                    on: Some(date("2025-01-10")),
                    as_of: None,
                    note: None,
                    citations: citations(&[citation(
                        "hearing-2025",
                        Some(Locator::Pages(Pages::new(3, 4).expect("good"))),
                        Supports,
                    )]),
                },
                LawEvent {
                    kind: LawEventKind::Passed,
                    on: None,
                    as_of: Some(date("2025-02")),
                    note: Some("By the House.".to_owned()),
                    citations: citations(&[citation(
                        "hearing-2025",
                        Some(Locator::Section("Votes".to_owned())),
                        Mentions,
                    )]),
                },
            ],
            ..entity("hb-1", "HB 1", Attributes::Law(Law { law_type: LawType::Bill }))
        },
        Entity {
            mentions: vec![
                citation("report", Some(lines(1, 2, Some("it is safe"))), Supports),
                citation("hearing-2025", Some(Locator::Fragment("s2".to_owned())), Disputes),
            ],
            ..entity("safe", "The remedy is safe.", Attributes::Claim(Claim))
        },
        entity(
            "utah",
            "Utah",
            Attributes::Jurisdiction(Jurisdiction {
                jurisdiction_type: JurisdictionType::Subdivision,
                parent: Some(slug("united-states")),
            }),
        ),
        entity("age-limit", "Age limit", Attributes::Topic(Topic)),
    ]
}

fn statements() -> Vec<Statement> {
    use CitationDirection::{Disputes, Supports};
    let key = |text| EntityKey::parse(text).expect("good");
    vec![
        Statement {
            subject: key("claim/safe"),
            predicate: Predicate::About,
            object: key("topic/age-limit"),
            qualifiers: Qualifiers::default(),
            citations: citations(&[citation("report", Some(lines(1, 2, Some("it is safe"))), Supports)]),
        },
        Statement {
            subject: key("organization/friends"),
            predicate: Predicate::Supports,
            object: key("law/hb-1"),
            qualifiers: Qualifiers {
                aspect: Some(slug("age-limit")),
                on: Some(date("2025-02-14")),
                from: Some(date("2024")),
                until: Some(date("2025")),
                condition: Some("if amended".to_owned()),
                venue: Some(Venue::Testimony),
                voice: Some(Voice::Official),
                basis: Basis::Inferred,
                certainty: Some(Certainty::High),
                note: Some("By letter.".to_owned()),
            },
            citations: citations(&[
                Citation {
                    quote: Some("We are for it.".to_owned()),
                    ..citation("hearing-2025", Some(lines(18, 19, None)), Disputes)
                },
                citation("report", None, Supports),
            ]),
        },
        Statement {
            subject: key("law/hb-1"),
            predicate: Predicate::AppliesIn,
            object: key("jurisdiction/utah"),
            qualifiers: Qualifiers::default(),
            citations: citations(&[citation("hearing-2025", None, Supports)]),
        },
    ]
}

#[test]
fn a_corpus_is_read_as_what_it_says() {
    let reading = read(CORPUS);
    assert_eq!(reading.problems, []);
    let Corpus {
        name,
        title,
        documents: read_documents,
        entities: read_entities,
        statements: read_statements,
        uncited,
    } = reading.corpus;
    assert_eq!((name, title), (slug("remedy"), Some("A remedy".to_owned())));
    assert_eq!(read_documents, documents());
    assert_eq!(read_entities, entities());
    assert_eq!(read_statements, statements());
    let heading = Uncited {
        document: slug("hearing-2025"),
        lines: Lines::new(1, 2, None).expect("good"),
        reason: UncitedReason::Heading,
        note: Some("Title and date.".to_owned()),
    };
    assert_eq!(uncited, std::slice::from_ref(&heading));
    assert_eq!(reading.uncited.iter().map(|(_, uncited)| uncited).collect::<Vec<_>>(), [&heading]);
    let n_cited = read_entities.iter().map(|entity| entity.mentions.len()).sum::<usize>();
    assert!(reading.cited.len() > n_cited && reading.cited.iter().all(|cited| cited.place.line > 1));
}

#[test]
fn what_it_defines_and_refers_to_is_told_with_its_place() {
    let reading = read(CORPUS);
    assert_eq!(reading.defined.len(), documents().len() + entities().len());
    let line_of = |text: &str| CORPUS.lines().position(|line| line.contains(text)).expect("there") + 1;
    let place = &reading.defined[&NodeId::Entity(EntityKey { kind: EntityKind::Claim, slug: slug("safe") })];
    assert_eq!((place.line as usize, place.column), (line_of("[[claim]]"), 1));
    let parent = NodeId::Entity(EntityKey { kind: EntityKind::Jurisdiction, slug: slug("united-states") });
    let [reference] = &reading.references.iter().filter(|reference| reference.to == parent).collect::<Vec<_>>()[..]
    else {
        panic!("one reference to the parent")
    };
    assert_eq!((reference.place.line as usize, reference.place.column), (line_of("parent ="), 10));
    assert_eq!(&*reference.record, "jurisdiction \"utah\"");
}

#[test]
fn the_good_corpus_has_every_record_and_every_key() {
    let mut n_keys = 0;
    for record in TABLES {
        assert!(CORPUS.contains(&format!("[{}]", record.name)), "{}", record.name);
    }
    for record in TABLES.iter().chain(PARTS) {
        for field in record.fields {
            let written = [format!("{} = ", field.key), format!("[[{}.{}]]", record.name, field.key)];
            assert!(written.iter().any(|text| CORPUS.contains(text)), "{} of {}", field.key, record.name);
            n_keys += 1;
        }
    }
    assert!(n_keys > 80, "only {n_keys} keys were looked for");
}

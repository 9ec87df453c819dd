//! A small world to keep, and what the tests ask of every store.

mod import;
mod lookup;
mod open;
mod search;
mod watch;

use jiff::Timestamp;

use super::{Imported, Loaded, Store, StoreError};
use crate::model::{
    Attributes, Citation, CitationDirection, Citations, Claim, Corpus, Document, Entity, EntityKey, EntityKind,
    Identifier, IdentifierScheme, Jurisdiction, JurisdictionType, Law, LawEvent, LawEventKind, LawType, Lines, Locator,
    Notice, NoticeKind, Organization, OrganizationType, Pages, PartialDate, Provenance, Qualifiers, Sha256, Slug,
    Statement, StatementId, Study, StudyDesign, StudyStatus, Topic, Uncited, UncitedReason,
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("good")
}

fn key(text: &str) -> EntityKey {
    EntityKey::parse(text).expect("good")
}

#[expect(clippy::unnecessary_wraps, reason = "every date of the model is optional")]
fn date(text: &str) -> Option<PartialDate> {
    Some(PartialDate::parse(text).expect("good"))
}

/// `d`: the document; `d:3-5`: lines of it; `d p3-5`: pages; `d §Title`: a section; `d #part`: a fragment.
fn cite(text: &str) -> Citation {
    let range = |text: &str| {
        let (start, end) = text.split_once('-').expect("a range");
        (start.parse().expect("a number"), end.parse().expect("a number"))
    };
    let (document, locator) = if let Some((document, lines)) = text.split_once(':') {
        let (start, end) = range(lines);
        (document, Lines::new(start, end, Some("a few words".to_owned())).map(Locator::Lines))
    } else if let Some((document, pages)) = text.split_once(" p") {
        let (start, end) = range(pages);
        (document, Pages::new(start, end).map(Locator::Pages))
    } else if let Some((document, title)) = text.split_once(" §") {
        (document, Some(Locator::Section(title.to_owned())))
    } else if let Some((document, part)) = text.split_once(" #") {
        (document, Some(Locator::Fragment(part.to_owned())))
    } else {
        (text, None)
    };
    Citation {
        document: slug(document),
        locator,
        quote: None,
        direction: CitationDirection::Supports,
        verification: None,
    }
}

fn citations(places: &[&str]) -> Citations {
    Citations::new(places.iter().map(|place| cite(place)).collect()).expect("at least one")
}

/// `organization/aka SUPPORTS law/hb-2291`.
fn statement(text: &str, places: &[&str]) -> Statement {
    let [subject, predicate, object] = text.split(' ').collect::<Vec<_>>()[..] else { panic!("{text}") };
    Statement {
        subject: key(subject),
        predicate: predicate.parse().expect("a predicate"),
        object: key(object),
        qualifiers: Qualifiers::default(),
        citations: citations(places),
    }
}

fn id_of(text: &str) -> StatementId {
    statement(text, &["d"]).id()
}

fn entity(id: &str, name: &str) -> Entity {
    let EntityKey { kind, slug } = key(id);
    let attributes = match kind {
        EntityKind::Organization => {
            Attributes::Organization(Organization { organization_type: OrganizationType::Advocacy })
        }
        EntityKind::Study => Attributes::Study(Study {
            design: StudyDesign::RandomizedTrial,
            status: StudyStatus::Published,
            year: Some(2020),
            identified: true,
        }),
        EntityKind::Law => Attributes::Law(Law { law_type: LawType::Bill }),
        EntityKind::Claim => Attributes::Claim(Claim),
        EntityKind::Jurisdiction => {
            Attributes::Jurisdiction(Jurisdiction { jurisdiction_type: JurisdictionType::Subdivision, parent: None })
        }
        EntityKind::Topic => Attributes::Topic(Topic),
    };
    Entity {
        slug,
        name: name.to_owned(),
        summary: None,
        aliases: Vec::new(),
        identifiers: Vec::new(),
        mentions: Vec::new(),
        events: Vec::new(),
        notices: Vec::new(),
        attributes,
    }
}

fn document(text: &str) -> Document {
    Document {
        slug: slug(text),
        title: text.to_uppercase(),
        publisher: None,
        published_on: None,
        url: None,
        sha256: None,
        file: None,
        interest: None,
        origin: None,
        provenance: None,
    }
}

/// Documents `d …`, entities named after their slugs, statements each cited from the first document.
fn corpus(name: &str, documents: &str, entities: &str, statements: &[&str]) -> Corpus {
    let documents: Vec<Document> = documents.split_whitespace().map(document).collect();
    Corpus {
        name: slug(name),
        title: None,
        statements: statements.iter().map(|text| statement(text, &[documents[0].slug.as_str()])).collect(),
        entities: entities.split_whitespace().map(|id| entity(id, key(id).slug.as_str())).collect(),
        documents,
        uncited: Vec::new(),
    }
}

/// Something of everything.
fn kratom() -> Corpus {
    let mut aka = entity("organization/aka", "American Kratom Association");
    aka.summary = Some("Speaks for people who use kratom and is for regulating its sale.".to_owned());
    aka.aliases = vec!["AKA".to_owned(), "the association".to_owned()];
    aka.identifiers = vec![
        Identifier { scheme: IdentifierScheme::Wikidata, value: "Q26899".to_owned() },
        Identifier { scheme: IdentifierScheme::Iso31661, value: "US".to_owned() },
    ];
    aka.mentions = vec![cite("report:9-9"), cite("hearing p2-3"), cite("hearing")];
    aka.mentions[1].direction = CitationDirection::Mentions;

    let mut act = entity("law/hb-2291", "HB 2291, a kratom consumer protection act");
    act.events = vec![
        LawEvent {
            kind: LawEventKind::Introduced,
            on: date("2026-01-12"),
            as_of: None,
            note: Some("in the House".to_owned()),
            citations: citations(&["hearing:1-1", "report:1-2"]),
        },
        LawEvent {
            kind: LawEventKind::Referred,
            on: None,
            as_of: date("2026-02"),
            note: None,
            citations: citations(&["hearing"]),
        },
    ];

    let mut trial = entity("study/trial-2020", "A trial");
    trial.notices = vec![Notice {
        kind: NoticeKind::Retraction,
        on: date("2021"),
        note: Some("a table".to_owned()),
        citations: citations(&["report #correction"]),
    }];

    let mut utah = entity("jurisdiction/utah", "Utah");
    utah.attributes = Attributes::Jurisdiction(Jurisdiction {
        jurisdiction_type: JurisdictionType::Subdivision,
        parent: Some(slug("us")),
    });

    let mut support = statement("organization/aka SUPPORTS law/hb-2291", &["report §Positions", "hearing:4-7"]);
    support.qualifiers = Qualifiers {
        aspect: Some(slug("age-limit")),
        on: date("2026-01-20"),
        from: date("2026-01"),
        until: date("2026"),
        condition: Some("if amended".to_owned()),
        note: Some("at the table".to_owned()),
        venue: Some(crate::model::Venue::Testimony),
        voice: Some(crate::model::Voice::Official),
        certainty: Some(crate::model::Certainty::High),
        ..Qualifiers::default()
    };

    let mut report = document("report");
    report.publisher = Some("A publisher".to_owned());
    report.published_on = date("2026-02");
    report.url = Some("https://example.org/report".to_owned());
    report.sha256 = Some(Sha256::of(b"a report"));
    report.file = Some("report.txt".to_owned());
    report.interest = Some("Sells it.".to_owned());
    report.origin = Some(slug("the-house"));
    report.provenance = Some(Provenance {
        is_same_text: true,
        n_lines: 9,
        n_lines_cited: 5,
        n_lines_uncited: 4,
        n_verified: 3,
        n_moved: 2,
        n_altered: 1,
        n_missing: 0,
    });

    Corpus {
        name: slug("kratom"),
        title: Some("Kratom".to_owned()),
        documents: vec![report, document("hearing")],
        entities: vec![
            trial,
            aka,
            act,
            utah,
            entity("jurisdiction/us", "United States"),
            entity("claim/safe", "Kratom is safe"),
            entity("topic/age-limit", "Age limit"),
        ],
        statements: vec![support, statement("study/trial-2020 BACKS claim/safe", &["report:3-3"])],
        uncited: vec![Uncited {
            document: slug("report"),
            lines: Lines::new(1, 2, None).expect("good"),
            reason: UncitedReason::Heading,
            note: Some("Its title.".to_owned()),
        }],
    }
}

async fn empty() -> Store {
    Store::open("sqlite::memory:").await.expect("there is always memory")
}

async fn store_of(corpora: &[Corpus]) -> Store {
    let store = empty().await;
    import(&store, corpora).await.expect("good corpora");
    store
}

async fn import(store: &Store, corpora: &[Corpus]) -> Result<Imported, StoreError> {
    store.import(corpora, "a curator", Timestamp::UNIX_EPOCH).await
}

async fn load(store: &Store) -> Loaded {
    store.load().await.expect("the store is ours")
}

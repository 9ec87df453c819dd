//! From values of the model to rows.
//!
//! U+0000 is left out of every text: `SQLite`'s JSON ends a text there, and `PostgreSQL` refuses it.

use std::borrow::Cow;

use serde::Serialize;

use super::search::SearchRow;
use crate::model::{
    Attributes, Citation, ClosedSet, Corpus, Document, Entity, EntityKey, EntityKind, LawEvent, Locator, Notice,
    PartialDate, Slug, Statement, Uncited,
};

/// The rows of one import.
#[derive(Default)]
pub(super) struct Rows<'a> {
    pub(super) documents: Vec<DocumentRow<'a>>,
    pub(super) provenance: Vec<ProvenanceRow<'a>>,
    pub(super) uncited: Vec<UncitedRow<'a>>,
    pub(super) entities: Vec<EntityRow<'a>>,
    pub(super) statements: Vec<StatementRow<'a>>,
    pub(super) citations: Vec<CitationRow<'a>>,
    pub(super) aliases: Vec<AliasRow<'a>>,
    pub(super) identifiers: Vec<IdentifierRow<'a>>,
    pub(super) organizations: Vec<TypeRow>,
    pub(super) studies: Vec<StudyRow>,
    pub(super) laws: Vec<TypeRow>,
    pub(super) jurisdictions: Vec<JurisdictionRow>,
    pub(super) law_events: Vec<LawEventRow<'a>>,
    pub(super) study_notices: Vec<StudyNoticeRow<'a>>,
    pub(super) search: Vec<SearchRow>,
}

#[derive(Serialize)]
pub(super) struct DocumentRow<'a> {
    pub(super) slug: &'a str,
    pub(super) corpus: &'a str,
    title: Cow<'a, str>,
    publisher: Option<Cow<'a, str>>,
    published_on: Option<String>,
    url: Option<Cow<'a, str>>,
    sha256: Option<String>,
    file: Option<Cow<'a, str>>,
    interest: Option<Cow<'a, str>>,
    origin: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ProvenanceRow<'a> {
    document: &'a str,
    is_same_text: bool,
    n_lines: u32,
    n_lines_cited: u32,
    n_lines_uncited: u32,
    n_verified: u32,
    n_moved: u32,
    n_altered: u32,
    n_missing: u32,
}

#[derive(Serialize)]
pub(super) struct UncitedRow<'a> {
    document: &'a str,
    corpus: &'a str,
    line_start: u32,
    line_end: u32,
    reason: &'static str,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct EntityRow<'a> {
    pub(super) id: String,
    pub(super) corpus: &'a str,
    kind: &'static str,
    slug: &'a str,
    name: Cow<'a, str>,
    summary: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct AliasRow<'a> {
    entity: String,
    ordinal: usize,
    alias: Cow<'a, str>,
}

#[derive(Serialize)]
pub(super) struct IdentifierRow<'a> {
    entity: String,
    ordinal: usize,
    scheme: &'static str,
    value: Cow<'a, str>,
}

/// Of an organization or a law.
#[derive(Serialize)]
pub(super) struct TypeRow {
    id: String,
    #[serde(rename = "type")]
    type_: &'static str,
}

#[derive(Serialize)]
pub(super) struct StudyRow {
    id: String,
    design: &'static str,
    status: &'static str,
    year: Option<i16>,
    identified: u8,
}

#[derive(Serialize)]
pub(super) struct JurisdictionRow {
    id: String,
    #[serde(rename = "type")]
    type_: &'static str,
    parent: Option<String>,
}

#[derive(Serialize)]
pub(super) struct LawEventRow<'a> {
    id: String,
    law: String,
    ordinal: usize,
    kind: &'static str,
    happened_on: Option<String>,
    as_of: Option<String>,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct StudyNoticeRow<'a> {
    id: String,
    study: String,
    ordinal: usize,
    kind: &'static str,
    put_on: Option<String>,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct StatementRow<'a> {
    id: String,
    /// No column: a statement belongs to no corpus. It says who gives it, where corpora disagree.
    corpus: &'a str,
    subject: String,
    predicate: &'static str,
    object: String,
    aspect: Option<String>,
    said_on: Option<String>,
    held_from: Option<String>,
    held_until: Option<String>,
    condition: Option<Cow<'a, str>>,
    venue: Option<&'static str>,
    voice: Option<&'static str>,
    basis: &'static str,
    certainty: Option<&'static str>,
    note: Option<Cow<'a, str>>,
}

#[derive(Serialize, Default)]
pub(super) struct CitationRow<'a> {
    pub(super) corpus: &'a str,
    statement: Option<String>,
    entity: Option<String>,
    law_event: Option<String>,
    study_notice: Option<String>,
    document: &'a str,
    direction: &'static str,
    quote: Option<Cow<'a, str>>,
    locator: Option<&'static str>,
    line_start: Option<u32>,
    line_end: Option<u32>,
    anchor: Option<Cow<'a, str>>,
    page_start: Option<u32>,
    page_end: Option<u32>,
    section: Option<Cow<'a, str>>,
    fragment: Option<Cow<'a, str>>,
    verification: Option<&'static str>,
    found_start: Option<u32>,
    found_end: Option<u32>,
}

/// The text as it is kept.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

fn maybe_kept(text: Option<&String>) -> Option<Cow<'_, str>> {
    text.map(|text| kept(text))
}

fn date(date: Option<PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// The id of the entity of this kind.
fn id(kind: EntityKind, slug: &Slug) -> String {
    EntityKey { kind, slug: slug.clone() }.to_string()
}

impl<'a> Rows<'a> {
    pub(super) fn of(corpora: &'a [Corpus]) -> Self {
        let mut rows = Self::default();
        for corpus in corpora {
            let name = corpus.name.as_str();
            rows.documents.extend(corpus.documents.iter().map(|document| DocumentRow::of(name, document)));
            rows.provenance.extend(corpus.documents.iter().filter_map(ProvenanceRow::of));
            rows.uncited.extend(corpus.uncited.iter().map(|uncited| UncitedRow::of(name, uncited)));
            for entity in &corpus.entities {
                rows.add_entity(name, entity);
            }
            for statement in &corpus.statements {
                let row = StatementRow::of(name, statement);
                rows.cite(name, statement.citations.as_slice(), || CitationRow {
                    statement: Some(row.id.clone()),
                    ..CitationRow::default()
                });
                rows.statements.push(row);
            }
        }
        rows
    }

    /// Adds a citation of what `owner` names for each of `citations`.
    fn cite(&mut self, corpus: &'a str, citations: &'a [Citation], owner: impl Fn() -> CitationRow<'a>) {
        self.citations.extend(citations.iter().map(|citation| owner().at(corpus, citation)));
    }

    fn add_entity(&mut self, corpus: &'a str, entity: &'a Entity) {
        let key = entity.key().to_string();
        self.cite(corpus, &entity.mentions, || CitationRow { entity: Some(key.clone()), ..CitationRow::default() });
        self.aliases.extend(entity.aliases.iter().enumerate().map(|(ordinal, alias)| AliasRow {
            entity: key.clone(),
            ordinal,
            alias: kept(alias),
        }));
        self.identifiers.extend(entity.identifiers.iter().enumerate().map(|(ordinal, identifier)| IdentifierRow {
            entity: key.clone(),
            ordinal,
            scheme: identifier.scheme.text(),
            value: kept(&identifier.value),
        }));
        for (ordinal, event) in entity.events.iter().enumerate() {
            self.add_event(corpus, &key, ordinal, event);
        }
        for (ordinal, notice) in entity.notices.iter().enumerate() {
            self.add_notice(corpus, &key, ordinal, notice);
        }
        self.add_attributes(&key, &entity.attributes);
        self.search.push(SearchRow::of(&key, entity));
        self.entities.push(EntityRow {
            id: key,
            corpus,
            kind: entity.attributes.kind().text(),
            slug: entity.slug.as_str(),
            name: kept(&entity.name),
            summary: maybe_kept(entity.summary.as_ref()),
        });
    }

    fn add_event(&mut self, corpus: &'a str, law: &str, ordinal: usize, event: &'a LawEvent) {
        let id = format!("{law}#{ordinal}");
        self.cite(corpus, event.citations.as_slice(), || CitationRow {
            law_event: Some(id.clone()),
            ..CitationRow::default()
        });
        self.law_events.push(LawEventRow {
            id,
            law: law.to_owned(),
            ordinal,
            kind: event.kind.text(),
            happened_on: date(event.on),
            as_of: date(event.as_of),
            note: maybe_kept(event.note.as_ref()),
        });
    }

    fn add_notice(&mut self, corpus: &'a str, study: &str, ordinal: usize, notice: &'a Notice) {
        let id = format!("{study}#{ordinal}");
        self.cite(corpus, notice.citations.as_slice(), || CitationRow {
            study_notice: Some(id.clone()),
            ..CitationRow::default()
        });
        self.study_notices.push(StudyNoticeRow {
            id,
            study: study.to_owned(),
            ordinal,
            kind: notice.kind.text(),
            put_on: date(notice.on),
            note: maybe_kept(notice.note.as_ref()),
        });
    }

    fn add_attributes(&mut self, key: &str, attributes: &Attributes) {
        let key = key.to_owned();
        match attributes {
            Attributes::Organization(organization) => {
                self.organizations.push(TypeRow { id: key, type_: organization.organization_type.text() });
            }
            Attributes::Study(study) => self.studies.push(StudyRow {
                id: key,
                design: study.design.text(),
                status: study.status.text(),
                year: study.year,
                identified: study.identified.into(),
            }),
            Attributes::Law(law) => self.laws.push(TypeRow { id: key, type_: law.law_type.text() }),
            Attributes::Jurisdiction(jurisdiction) => self.jurisdictions.push(JurisdictionRow {
                id: key,
                type_: jurisdiction.jurisdiction_type.text(),
                parent: jurisdiction.parent.as_ref().map(|parent| id(EntityKind::Jurisdiction, parent)),
            }),
            Attributes::Claim(_) | Attributes::Topic(_) => {}
        }
    }
}

impl<'a> DocumentRow<'a> {
    fn of(corpus: &'a str, document: &'a Document) -> Self {
        Self {
            slug: document.slug.as_str(),
            corpus,
            title: kept(&document.title),
            publisher: maybe_kept(document.publisher.as_ref()),
            published_on: date(document.published_on),
            url: maybe_kept(document.url.as_ref()),
            sha256: document.sha256.map(|digest| digest.to_string()),
            file: maybe_kept(document.file.as_ref()),
            interest: maybe_kept(document.interest.as_ref()),
            origin: document.origin.as_ref().map(Slug::as_str),
        }
    }
}

impl<'a> ProvenanceRow<'a> {
    /// `None` when the document's text was not at hand.
    fn of(document: &'a Document) -> Option<Self> {
        let provenance = document.provenance?;
        Some(Self {
            document: document.slug.as_str(),
            is_same_text: provenance.is_same_text,
            n_lines: provenance.n_lines,
            n_lines_cited: provenance.n_lines_cited,
            n_lines_uncited: provenance.n_lines_uncited,
            n_verified: provenance.n_verified,
            n_moved: provenance.n_moved,
            n_altered: provenance.n_altered,
            n_missing: provenance.n_missing,
        })
    }
}

impl<'a> UncitedRow<'a> {
    fn of(corpus: &'a str, uncited: &'a Uncited) -> Self {
        Self {
            document: uncited.document.as_str(),
            corpus,
            line_start: uncited.lines.start(),
            line_end: uncited.lines.end(),
            reason: uncited.reason.text(),
            note: maybe_kept(uncited.note.as_ref()),
        }
    }
}

impl<'a> StatementRow<'a> {
    fn of(corpus: &'a str, statement: &'a Statement) -> Self {
        let qualifiers = &statement.qualifiers;
        Self {
            id: statement.id().to_string(),
            corpus,
            subject: statement.subject.to_string(),
            predicate: statement.predicate.text(),
            object: statement.object.to_string(),
            aspect: qualifiers.aspect.as_ref().map(|aspect| id(EntityKind::Topic, aspect)),
            said_on: date(qualifiers.on),
            held_from: date(qualifiers.from),
            held_until: date(qualifiers.until),
            condition: maybe_kept(qualifiers.condition.as_ref()),
            venue: qualifiers.venue.map(ClosedSet::text),
            voice: qualifiers.voice.map(ClosedSet::text),
            basis: qualifiers.basis.text(),
            certainty: qualifiers.certainty.map(ClosedSet::text),
            note: maybe_kept(qualifiers.note.as_ref()),
        }
    }
}

impl<'a> CitationRow<'a> {
    fn at(mut self, corpus: &'a str, citation: &'a Citation) -> Self {
        self.corpus = corpus;
        self.document = citation.document.as_str();
        self.direction = citation.direction.text();
        self.quote = maybe_kept(citation.quote.as_ref());
        if let Some(verification) = &citation.verification {
            self.verification = Some(verification.result.text());
            (self.found_start, self.found_end) = verification.found.unzip();
        }
        match &citation.locator {
            None => {}
            Some(Locator::Lines(lines)) => {
                self.locator = Some("LINES");
                self.line_start = Some(lines.start());
                self.line_end = Some(lines.end());
                self.anchor = lines.anchor().map(kept);
            }
            Some(Locator::Pages(pages)) => {
                self.locator = Some("PAGES");
                self.page_start = Some(pages.start());
                self.page_end = Some(pages.end());
            }
            Some(Locator::Section(title)) => {
                self.locator = Some("SECTION");
                self.section = Some(kept(title));
            }
            Some(Locator::Fragment(fragment)) => {
                self.locator = Some("FRAGMENT");
                self.fragment = Some(kept(fragment));
            }
        }
        self
    }
}

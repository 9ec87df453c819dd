//! What the snapshot in memory is made of, and what belongs to whom.

use std::collections::HashMap;

use sqlx::{FromRow, SqliteConnection};

use super::row::RowName;
use super::sqlite::wanted;
use super::texts::list;
use super::{Store, StoreError, Timed};
use crate::model::{
    Attributes, Basis, Certainty, CitationDirection, Claim, Document, EntityKey, EntityKind, Jurisdiction, Law,
    Organization, PartialDate, Predicate, Provenance, Qualifiers, Slug, StatementId, Study, Topic, Venue, Voice,
};

/// All that the snapshot needs, of one moment. Long texts and citations are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The latest revision; 0 before the first import.
    pub revision: u64,
    /// In the order of their ids as text.
    pub entities: Vec<LoadedEntity>,
    /// In the order of their slugs.
    pub documents: Vec<Document>,
    /// In the order of subject, object (both as text) and id.
    pub statements: Vec<LoadedStatement>,
    /// Which document cites which statement, each pair once, in the order of documents.
    pub citing: Vec<CitingPair>,
    /// Which document speaks of which entity, each triple once, in the order of documents.
    pub mentioning: Vec<MentioningTriple>,
    /// The studies on which a notice of retraction was put, in the order of their slugs.
    pub retracted: Vec<Slug>,
}

/// An entity without its long texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `model::Entity`")]
pub struct LoadedEntity {
    pub key: EntityKey,
    pub name: String,
    pub attributes: Attributes,
}

/// A statement without its condition, its note and its citations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `model::Statement` and `model::Qualifiers`")]
pub struct LoadedStatement {
    pub id: StatementId,
    pub subject: EntityKey,
    pub predicate: Predicate,
    pub object: EntityKey,
    pub aspect: Option<Slug>,
    pub on: Option<PartialDate>,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub basis: Basis,
    pub certainty: Option<Certainty>,
    pub venue: Option<Venue>,
    pub voice: Option<Voice>,
    /// Whether it holds only under a condition.
    pub is_conditional: bool,
    /// How many different citations it has; at least one.
    pub n_citations: u32,
}

/// The document cites something for the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CitingPair {
    pub document: Slug,
    pub statement: StatementId,
}

/// The document speaks of the entity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MentioningTriple {
    pub document: Slug,
    pub entity: EntityKey,
    pub direction: CitationDirection,
}

/// Which corpus each entity and each document belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Owners {
    pub entities: HashMap<EntityKey, Slug>,
    pub documents: HashMap<Slug, Slug>,
    /// Statements, with the corpora that cite them.
    pub statements: HashMap<StatementId, Said>,
}

/// What is stored of a statement beside what identifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The corpora that cite it, in the order of their names; at least one.
    pub corpora: Vec<Slug>,
    /// Its basis, certainty, voice and note; the other qualifiers are left at their defaults.
    pub qualifiers: Qualifiers,
}

impl Store {
    /// All that the snapshot needs, as it was at one moment.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] when a row is none that an import writes.
    pub async fn load(&self) -> Result<Loaded, StoreError> {
        let _timed = Timed::start("load");
        let mut transaction = self.pool.begin().await?;
        let loaded = Loaded {
            revision: revision(&mut transaction).await?,
            entities: entities(&mut transaction).await?,
            documents: documents(&mut transaction).await?,
            statements: statements(&mut transaction).await?,
            citing: citing(&mut transaction).await?,
            mentioning: mentioning(&mut transaction).await?,
            retracted: retracted(&mut transaction).await?,
        };
        transaction.commit().await?;
        Ok(loaded)
    }

    /// All entities and documents that there are, with the corpus that each belongs to; and what is stored of those of
    /// `statements` that are there.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] when a row is none that an import writes.
    pub async fn owners(&self, statements: &[StatementId]) -> Result<Owners, StoreError> {
        const SQL: &str = "SELECT id, corpus FROM entity UNION ALL SELECT 'document/' || slug, corpus FROM document";
        let _timed = Timed::start("owners");
        let rows: Vec<(String, String)> = sqlx::query_as(SQL).fetch_all(&self.pool).await?;
        let mut owners = Owners::default();
        for (id, corpus) in rows {
            let row = RowName { table: "entity or document", id: &id };
            let corpus = row.slug(&corpus)?;
            match id.strip_prefix("document/") {
                Some(slug) => owners.documents.insert(row.slug(slug)?, corpus),
                None => owners.entities.insert(row.key(&id)?, corpus),
            };
        }
        owners.statements = self.said(statements).await?;
        Ok(owners)
    }

    async fn said(&self, statements: &[StatementId]) -> Result<HashMap<StatementId, Said>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT DISTINCT s.id, s.basis, s.certainty, s.voice, s.note, c.corpus
             FROM wanted JOIN statement AS s ON s.id = wanted.id JOIN citation AS c ON c.statement = s.id
             ORDER BY s.id, c.corpus"
        );
        let rows: Vec<SaidRow> = sqlx::query_as(SQL).bind(list(statements)).fetch_all(&self.pool).await?;
        let mut found: HashMap<StatementId, Said> = HashMap::new();
        for said in rows {
            let row = RowName { table: "statement", id: &said.id };
            let qualifiers = Qualifiers {
                basis: row.one_of(&said.basis)?,
                certainty: said.certainty.as_deref().map(|text| row.one_of(text)).transpose()?,
                voice: said.voice.as_deref().map(|text| row.one_of(text)).transpose()?,
                note: said.note,
                ..Qualifiers::default()
            };
            let corpus = row.slug(&said.corpus)?;
            let known = found.entry(row.statement(&said.id)?).or_insert(Said { corpora: Vec::new(), qualifiers });
            known.corpora.push(corpus);
        }
        Ok(found)
    }
}

impl Store {
    /// The number of the last write; 0 when nothing was ever written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn revision(&self) -> Result<u64, StoreError> {
        let _timed = Timed::start("revision");
        revision(&mut *self.lookups.acquire().await?).await
    }
}

#[derive(FromRow)]
struct SaidRow {
    id: String,
    basis: String,
    certainty: Option<String>,
    voice: Option<String>,
    note: Option<String>,
    corpus: String,
}

pub(super) async fn revision(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    let number: i64 = sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM revision").fetch_one(connection).await?;
    RowName { table: "revision", id: "" }.number(number)
}

const ENTITIES: &str = "
SELECT entity.id, entity.name,
    organization.type AS organization_type,
    study.design, study.status, study.year, study.identified,
    law.type AS law_type,
    jurisdiction.type AS jurisdiction_type, jurisdiction.parent
FROM entity
LEFT JOIN organization ON organization.id = entity.id
LEFT JOIN study ON study.id = entity.id
LEFT JOIN law ON law.id = entity.id
LEFT JOIN jurisdiction ON jurisdiction.id = entity.id
ORDER BY entity.id";

#[derive(FromRow)]
struct EntityRow {
    id: String,
    name: String,
    organization_type: Option<String>,
    design: Option<String>,
    status: Option<String>,
    year: Option<i64>,
    identified: Option<i64>,
    law_type: Option<String>,
    jurisdiction_type: Option<String>,
    parent: Option<String>,
}

async fn entities(connection: &mut SqliteConnection) -> Result<Vec<LoadedEntity>, StoreError> {
    let rows: Vec<EntityRow> = sqlx::query_as(ENTITIES).fetch_all(connection).await?;
    rows.into_iter().map(EntityRow::read).collect()
}

impl EntityRow {
    fn read(self) -> Result<LoadedEntity, StoreError> {
        let row = RowName { table: "entity", id: &self.id };
        let key = row.key(&self.id)?;
        let attributes = self.attributes(row, key.kind)?;
        Ok(LoadedEntity { key, name: self.name, attributes })
    }

    fn attributes(&self, row: RowName<'_>, kind: EntityKind) -> Result<Attributes, StoreError> {
        let has = |text: &'_ Option<String>| {
            text.clone().ok_or_else(|| row.inconsistent(format!("no row in {}", kind.prefix())))
        };
        Ok(match kind {
            EntityKind::Organization => Attributes::Organization(Organization {
                organization_type: row.one_of(&has(&self.organization_type)?)?,
            }),
            EntityKind::Study => Attributes::Study(Study {
                design: row.one_of(&has(&self.design)?)?,
                status: row.one_of(&has(&self.status)?)?,
                year: self.year.map(|year| row.number(year)).transpose()?,
                identified: self.identified == Some(1),
            }),
            EntityKind::Law => Attributes::Law(Law { law_type: row.one_of(&has(&self.law_type)?)? }),
            EntityKind::Claim => Attributes::Claim(Claim),
            EntityKind::Jurisdiction => Attributes::Jurisdiction(Jurisdiction {
                jurisdiction_type: row.one_of(&has(&self.jurisdiction_type)?)?,
                parent: self
                    .parent
                    .as_deref()
                    .map(|parent| row.slug_of(EntityKind::Jurisdiction, parent))
                    .transpose()?,
            }),
            EntityKind::Topic => Attributes::Topic(Topic),
        })
    }
}

const DOCUMENTS: &str = "
SELECT slug, title, publisher, published_on, url, sha256, file, interest, origin,
    p.is_same_text, p.n_lines, p.n_lines_cited, p.n_lines_uncited, p.n_verified, p.n_moved, p.n_altered, p.n_missing
FROM document LEFT JOIN document_provenance AS p ON p.document = document.slug
ORDER BY slug
";

#[derive(FromRow)]
struct DocumentRow {
    slug: String,
    title: String,
    publisher: Option<String>,
    published_on: Option<String>,
    url: Option<String>,
    sha256: Option<String>,
    file: Option<String>,
    interest: Option<String>,
    origin: Option<String>,
    is_same_text: Option<bool>,
    n_lines: Option<u32>,
    n_lines_cited: Option<u32>,
    n_lines_uncited: Option<u32>,
    n_verified: Option<u32>,
    n_moved: Option<u32>,
    n_altered: Option<u32>,
    n_missing: Option<u32>,
}

impl DocumentRow {
    /// `None` when the document was not held against its text.
    fn provenance(&self) -> Option<Provenance> {
        Some(Provenance {
            is_same_text: self.is_same_text?,
            n_lines: self.n_lines?,
            n_lines_cited: self.n_lines_cited?,
            n_lines_uncited: self.n_lines_uncited?,
            n_verified: self.n_verified?,
            n_moved: self.n_moved?,
            n_altered: self.n_altered?,
            n_missing: self.n_missing?,
        })
    }
}

async fn documents(connection: &mut SqliteConnection) -> Result<Vec<Document>, StoreError> {
    let rows: Vec<DocumentRow> = sqlx::query_as(DOCUMENTS).fetch_all(connection).await?;
    let read = |document: DocumentRow| {
        let row = RowName { table: "document", id: &document.slug };
        Ok(Document {
            slug: row.slug(&document.slug)?,
            published_on: row.date(document.published_on.as_deref())?,
            sha256: row.sha256(document.sha256.as_deref())?,
            origin: document.origin.as_deref().map(|origin| row.slug(origin)).transpose()?,
            provenance: document.provenance(),
            title: document.title,
            publisher: document.publisher,
            url: document.url,
            file: document.file,
            interest: document.interest,
        })
    };
    rows.into_iter().map(read).collect()
}

// Two corpora may cite the same place: it counts once.
const STATEMENTS: &str = "
SELECT s.id, s.subject, s.predicate, s.object, s.aspect, s.said_on, s.held_from, s.held_until, s.basis, s.certainty,
    s.venue, s.voice, s.condition IS NOT NULL AS is_conditional, c.n_citations
FROM statement AS s
JOIN (
    SELECT statement, count(*) AS n_citations
    FROM (
        SELECT DISTINCT statement, document, direction, quote, locator, line_start, line_end, anchor, page_start,
            page_end, section, fragment
        FROM citation
        WHERE statement IS NOT NULL
    ) AS place
    GROUP BY statement
) AS c ON c.statement = s.id
ORDER BY s.subject, s.object, s.id";

#[derive(FromRow)]
struct StatementRow {
    id: String,
    subject: String,
    predicate: String,
    object: String,
    aspect: Option<String>,
    said_on: Option<String>,
    held_from: Option<String>,
    held_until: Option<String>,
    basis: String,
    certainty: Option<String>,
    venue: Option<String>,
    voice: Option<String>,
    is_conditional: bool,
    n_citations: i64,
}

async fn statements(connection: &mut SqliteConnection) -> Result<Vec<LoadedStatement>, StoreError> {
    let rows: Vec<StatementRow> = sqlx::query_as(STATEMENTS).fetch_all(connection).await?;
    let read = |statement: StatementRow| {
        let row = RowName { table: "statement", id: &statement.id };
        Ok(LoadedStatement {
            id: row.statement(&statement.id)?,
            subject: row.key(&statement.subject)?,
            predicate: row.one_of(&statement.predicate)?,
            object: row.key(&statement.object)?,
            aspect: statement.aspect.as_deref().map(|aspect| row.slug_of(EntityKind::Topic, aspect)).transpose()?,
            on: row.date(statement.said_on.as_deref())?,
            from: row.date(statement.held_from.as_deref())?,
            until: row.date(statement.held_until.as_deref())?,
            basis: row.one_of(&statement.basis)?,
            certainty: row.maybe_one_of(statement.certainty.as_deref())?,
            venue: row.maybe_one_of(statement.venue.as_deref())?,
            voice: row.maybe_one_of(statement.voice.as_deref())?,
            is_conditional: statement.is_conditional,
            n_citations: row.number(statement.n_citations)?,
        })
    };
    rows.into_iter().map(read).collect()
}

async fn citing(connection: &mut SqliteConnection) -> Result<Vec<CitingPair>, StoreError> {
    const SQL: &str = "SELECT DISTINCT document, statement FROM citation WHERE statement IS NOT NULL
        ORDER BY document, statement";
    let rows: Vec<(String, String)> = sqlx::query_as(SQL).fetch_all(connection).await?;
    let read = |(document, statement): (String, String)| {
        let row = RowName { table: "citation", id: &document };
        Ok(CitingPair { document: row.slug(&document)?, statement: row.statement(&statement)? })
    };
    rows.into_iter().map(read).collect()
}

async fn mentioning(connection: &mut SqliteConnection) -> Result<Vec<MentioningTriple>, StoreError> {
    const SQL: &str = "SELECT DISTINCT document, entity, direction FROM citation WHERE entity IS NOT NULL
        ORDER BY document, entity, direction";
    let rows: Vec<(String, String, String)> = sqlx::query_as(SQL).fetch_all(connection).await?;
    let read = |(document, entity, direction): (String, String, String)| {
        let row = RowName { table: "citation", id: &document };
        Ok(MentioningTriple {
            document: row.slug(&document)?,
            entity: row.key(&entity)?,
            direction: row.one_of(&direction)?,
        })
    };
    rows.into_iter().map(read).collect()
}

async fn retracted(connection: &mut SqliteConnection) -> Result<Vec<Slug>, StoreError> {
    const SQL: &str = "SELECT DISTINCT study FROM study_notice WHERE kind = 'RETRACTION' ORDER BY study";
    let studies: Vec<String> = sqlx::query_scalar(SQL).fetch_all(connection).await?;
    let read = |study: String| RowName { table: "study_notice", id: &study }.slug_of(EntityKind::Study, &study);
    studies.into_iter().map(read).collect()
}

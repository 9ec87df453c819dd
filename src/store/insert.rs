//! Rows go in: those of a table with one statement, as a JSON array of objects whose names are the columns' names.

use serde::Serialize;
use sqlx::SqliteConnection;

use super::StoreError;
use super::rows::Rows;
use super::sqlite::given;

impl Rows<'_> {
    /// Puts all rows in. A statement that is there already stays as it is.
    pub(super) async fn insert(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        put(connection, DOCUMENT, &self.documents).await?;
        put(connection, PROVENANCE, &self.provenance).await?;
        put(connection, UNCITED, &self.uncited).await?;
        put(connection, ENTITY, &self.entities).await?;
        put(connection, ALIAS, &self.aliases).await?;
        put(connection, IDENTIFIER, &self.identifiers).await?;
        put(connection, ORGANIZATION, &self.organizations).await?;
        put(connection, STUDY, &self.studies).await?;
        put(connection, LAW, &self.laws).await?;
        put(connection, JURISDICTION, &self.jurisdictions).await?;
        put(connection, LAW_EVENT, &self.law_events).await?;
        put(connection, STUDY_NOTICE, &self.study_notices).await?;
        put(connection, STATEMENT, &self.statements).await?;
        put(connection, CITATION, &self.citations).await?;
        put(connection, super::search::INSERT, &self.search).await
    }
}

/// As a parameter: the rows as JSON.
pub(super) fn json<T: Serialize>(rows: &[T]) -> String {
    serde_json::to_string(rows).expect("rows are texts and numbers")
}

async fn put<T: Serialize>(connection: &mut SqliteConnection, sql: &'static str, rows: &[T]) -> Result<(), StoreError> {
    if !rows.is_empty() {
        sqlx::query(sql).bind(json(rows)).execute(connection).await?;
    }
    Ok(())
}

const DOCUMENT: &str = concat!(
    "INSERT INTO document (slug, corpus, title, publisher, published_on, url, sha256, file, interest,
        origin)
     SELECT value ->> 'slug', value ->> 'corpus', value ->> 'title', value ->> 'publisher', value ->> 'published_on',
        value ->> 'url', value ->> 'sha256', value ->> 'file', value ->> 'interest',
        value ->> 'origin'
     FROM ",
    given!()
);

const PROVENANCE: &str = concat!(
    "INSERT INTO document_provenance (document, is_same_text, n_lines, n_lines_cited, n_lines_uncited, n_verified,
        n_moved, n_altered, n_missing)
     SELECT value ->> 'document', CAST(value ->> 'is_same_text' AS INTEGER), CAST(value ->> 'n_lines' AS INTEGER),
        CAST(value ->> 'n_lines_cited' AS INTEGER), CAST(value ->> 'n_lines_uncited' AS INTEGER),
        CAST(value ->> 'n_verified' AS INTEGER), CAST(value ->> 'n_moved' AS INTEGER),
        CAST(value ->> 'n_altered' AS INTEGER), CAST(value ->> 'n_missing' AS INTEGER)
     FROM ",
    given!()
);

const UNCITED: &str = concat!(
    "INSERT INTO uncited (document, corpus, line_start, line_end, reason, note)
     SELECT value ->> 'document', value ->> 'corpus', CAST(value ->> 'line_start' AS INTEGER),
        CAST(value ->> 'line_end' AS INTEGER), value ->> 'reason', value ->> 'note'
     FROM ",
    given!()
);

const ENTITY: &str = concat!(
    "INSERT INTO entity (id, corpus, kind, slug, name, summary)
     SELECT value ->> 'id', value ->> 'corpus', value ->> 'kind', value ->> 'slug', value ->> 'name',
        value ->> 'summary'
     FROM ",
    given!()
);

const ALIAS: &str = concat!(
    "INSERT INTO alias (entity, ordinal, alias)
     SELECT value ->> 'entity', CAST(value ->> 'ordinal' AS INTEGER), value ->> 'alias' FROM ",
    given!()
);

const IDENTIFIER: &str = concat!(
    "INSERT INTO identifier (entity, ordinal, scheme, value)
     SELECT value ->> 'entity', CAST(value ->> 'ordinal' AS INTEGER), value ->> 'scheme', value ->> 'value' FROM ",
    given!()
);

const ORGANIZATION: &str =
    concat!("INSERT INTO organization (id, type) SELECT value ->> 'id', value ->> 'type' FROM ", given!());

const STUDY: &str = concat!(
    "INSERT INTO study (id, design, status, year, identified)
     SELECT value ->> 'id', value ->> 'design', value ->> 'status', CAST(value ->> 'year' AS INTEGER),
        CAST(value ->> 'identified' AS INTEGER)
     FROM ",
    given!()
);

const LAW: &str = concat!("INSERT INTO law (id, type) SELECT value ->> 'id', value ->> 'type' FROM ", given!());

const JURISDICTION: &str = concat!(
    "INSERT INTO jurisdiction (id, type, parent)
     SELECT value ->> 'id', value ->> 'type', value ->> 'parent' FROM ",
    given!()
);

const LAW_EVENT: &str = concat!(
    "INSERT INTO law_event (id, law, ordinal, kind, happened_on, as_of, note)
     SELECT value ->> 'id', value ->> 'law', CAST(value ->> 'ordinal' AS INTEGER), value ->> 'kind',
        value ->> 'happened_on', value ->> 'as_of', value ->> 'note'
     FROM ",
    given!()
);

const STUDY_NOTICE: &str = concat!(
    "INSERT INTO study_notice (id, study, ordinal, kind, put_on, note)
     SELECT value ->> 'id', value ->> 'study', CAST(value ->> 'ordinal' AS INTEGER), value ->> 'kind',
        value ->> 'put_on', value ->> 'note'
     FROM ",
    given!()
);

// WHERE true keeps SQLite from reading ON as that of a join.
const STATEMENT: &str = concat!(
    "INSERT INTO statement (id, subject, predicate, object, aspect, said_on, held_from, held_until, condition, venue,
        voice, basis, certainty, note)
     SELECT value ->> 'id', value ->> 'subject', value ->> 'predicate', value ->> 'object', value ->> 'aspect',
        value ->> 'said_on', value ->> 'held_from', value ->> 'held_until', value ->> 'condition', value ->> 'venue',
        value ->> 'voice', value ->> 'basis', value ->> 'certainty', value ->> 'note'
     FROM ",
    given!(),
    " WHERE true ON CONFLICT (id) DO NOTHING"
);

const CITATION: &str = concat!(
    "INSERT INTO citation (corpus, statement, entity, law_event, study_notice, document, direction, quote, locator,
        line_start, line_end, anchor, page_start, page_end, section, fragment, verification, found_start, found_end)
     SELECT value ->> 'corpus', value ->> 'statement', value ->> 'entity', value ->> 'law_event',
        value ->> 'study_notice', value ->> 'document', value ->> 'direction', value ->> 'quote', value ->> 'locator',
        CAST(value ->> 'line_start' AS INTEGER), CAST(value ->> 'line_end' AS INTEGER), value ->> 'anchor',
        CAST(value ->> 'page_start' AS INTEGER), CAST(value ->> 'page_end' AS INTEGER), value ->> 'section',
        value ->> 'fragment', value ->> 'verification', CAST(value ->> 'found_start' AS INTEGER),
        CAST(value ->> 'found_end' AS INTEGER)
     FROM ",
    given!()
);

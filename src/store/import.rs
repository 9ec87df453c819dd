//! Bringing corpora in: all or nothing.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::SqliteConnection;

use super::insert::json;
use super::rows::Rows;
use super::sqlite::{BEGIN_WRITE, given, wanted};
use super::texts::list;
use super::{Store, StoreError, Timed, check};
use crate::model::{Corpus, Slug};

/// What an import brought, as the corpora give it: a statement that two of them make counts twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Imported {
    pub n_documents: usize,
    pub n_entities: usize,
    pub n_statements: usize,
    /// Of statements, entities, events of laws and notices on studies.
    pub n_citations: usize,
    /// The number of the revision that the import made.
    pub revision: u64,
}

impl Store {
    /// Replaces what the corpora of these names contributed before by what they contribute now, in one transaction.
    ///
    /// Entities and documents belong to the corpus that defines them, and go with it; any corpus may refer to them. A
    /// statement belongs to nobody: it stays as long as a corpus cites it. `actor` and `at` go to the revision log.
    ///
    /// # Errors
    /// [`StoreError::Owned`] when an entity or a document is another corpus's, [`StoreError::Disagreement`] when
    /// corpora give a statement differently, [`StoreError::MissingReferences`] when anything, of whatever corpus, would
    /// refer to what does not exist; and when the store cannot write. Nothing is changed then.
    pub async fn import(&self, corpora: &[Corpus], actor: &str, at: Timestamp) -> Result<Imported, StoreError> {
        let _timed = Timed::start("import");
        let rows = Rows::of(corpora);
        check::defined_once(corpora)?;
        let names: Vec<&Slug> = corpora.iter().map(|corpus| &corpus.name).collect();

        // Dropped without a commit, on any error, it is rolled back.
        let mut transaction = self.pool.begin_with(BEGIN_WRITE).await?;
        put_corpora(&mut transaction, corpora, at).await?;
        take_out(&mut transaction, &list(&names)).await?;
        check::owned_by_no_other(&mut transaction, corpora).await?;
        rows.insert(&mut transaction).await?;
        check::agreement(&mut transaction, &rows.statements).await?;
        check::references(&mut transaction).await?;
        check::citations(&mut transaction).await?;
        let contributions: Vec<Contribution> = corpora.iter().map(|corpus| Contribution::of(corpus, &rows)).collect();
        let revision = append_revision(&mut transaction, &contributions, actor, at).await?;
        transaction.commit().await?;

        Ok(Imported {
            n_documents: rows.documents.len(),
            n_entities: rows.entities.len(),
            n_statements: rows.statements.len(),
            n_citations: rows.citations.len(),
            revision,
        })
    }
}

async fn put_corpora(connection: &mut SqliteConnection, corpora: &[Corpus], at: Timestamp) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO corpus (name, title, imported_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, imported_at = excluded.imported_at";
    for corpus in corpora {
        sqlx::query(SQL)
            .bind(corpus.name.as_str())
            .bind(corpus.title.as_deref())
            .bind(at.to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Deletes what the corpora named in `names` contributed.
async fn take_out(connection: &mut SqliteConnection, names: &str) -> Result<(), StoreError> {
    const CITATIONS: &str = concat!(wanted!(), "DELETE FROM citation WHERE corpus IN (SELECT id FROM wanted)");
    const STATEMENTS: &str =
        "DELETE FROM statement WHERE NOT EXISTS (SELECT 1 FROM citation WHERE citation.statement = statement.id)";
    const SEARCH: &str = concat!(
        wanted!(),
        "DELETE FROM entity_search
         WHERE id IN (SELECT entity.id FROM entity WHERE corpus IN (SELECT id FROM wanted))"
    );
    const ENTITIES: &str = concat!(wanted!(), "DELETE FROM entity WHERE corpus IN (SELECT id FROM wanted)");
    const PROVENANCE: &str = concat!(
        wanted!(),
        "DELETE FROM document_provenance
         WHERE document IN (SELECT slug FROM document WHERE corpus IN (SELECT id FROM wanted))"
    );
    const UNCITED: &str = concat!(wanted!(), "DELETE FROM uncited WHERE corpus IN (SELECT id FROM wanted)");
    const DOCUMENTS: &str = concat!(wanted!(), "DELETE FROM document WHERE corpus IN (SELECT id FROM wanted)");
    sqlx::query(CITATIONS).bind(names).execute(&mut *connection).await?;
    sqlx::query(STATEMENTS).execute(&mut *connection).await?;
    sqlx::query(SEARCH).bind(names).execute(&mut *connection).await?;
    sqlx::query(ENTITIES).bind(names).execute(&mut *connection).await?;
    sqlx::query(PROVENANCE).bind(names).execute(&mut *connection).await?;
    sqlx::query(UNCITED).bind(names).execute(&mut *connection).await?;
    sqlx::query(DOCUMENTS).bind(names).execute(connection).await?;
    Ok(())
}

/// What one corpus brought, for the log.
#[derive(Serialize)]
struct Contribution<'a> {
    corpus: &'a str,
    n_documents: usize,
    n_entities: usize,
    n_statements: usize,
    n_citations: usize,
}

impl<'a> Contribution<'a> {
    fn of(corpus: &'a Corpus, rows: &Rows<'_>) -> Self {
        let name = corpus.name.as_str();
        Self {
            corpus: name,
            n_documents: corpus.documents.len(),
            n_entities: corpus.entities.len(),
            n_statements: corpus.statements.len(),
            n_citations: rows.citations.iter().filter(|citation| citation.corpus == name).count(),
        }
    }
}

async fn append_revision(
    connection: &mut SqliteConnection,
    contributions: &[Contribution<'_>],
    actor: &str,
    at: Timestamp,
) -> Result<u64, StoreError> {
    const REVISION: &str = "INSERT INTO revision (at, actor, action) VALUES ($1, $2, 'IMPORT') RETURNING number";
    const CORPORA: &str = concat!(
        "INSERT INTO revision_corpus (corpus, n_documents, n_entities, n_statements, n_citations, revision)
         SELECT value ->> 'corpus', CAST(value ->> 'n_documents' AS INTEGER), CAST(value ->> 'n_entities' AS INTEGER),
            CAST(value ->> 'n_statements' AS INTEGER), CAST(value ->> 'n_citations' AS INTEGER), $2
         FROM ",
        given!()
    );
    let number: i64 = sqlx::query_scalar(REVISION).bind(at.to_string()).bind(actor).fetch_one(&mut *connection).await?;
    sqlx::query(CORPORA).bind(json(contributions)).bind(number).execute(connection).await?;
    Ok(number.unsigned_abs())
}

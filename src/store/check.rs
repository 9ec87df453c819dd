//! What must hold before an import is committed. The schema holds most of it as well, but cannot name what is wrong.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::{FromRow, SqliteConnection};

use super::insert::json;
use super::row::RowName;
use super::rows::StatementRow;
use super::sqlite::given;
use super::{Clash, Disagreement, Listed, MissingReference, StoreError};
use crate::model::{Corpus, Slug};

/// What a corpus defines: an entity or a document.
#[derive(Serialize)]
struct Definition<'a> {
    id: String,
    /// The slug, of a document.
    document: Option<&'a str>,
    #[serde(serialize_with = "as_text")]
    corpus: &'a Slug,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference to the field")]
fn as_text<S: serde::Serializer>(slug: &&Slug, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(slug.as_str())
}

fn definitions(corpora: &[Corpus]) -> impl Iterator<Item = Definition<'_>> {
    corpora.iter().flat_map(|corpus| {
        let entities = corpus.entities.iter().map(|entity| Definition {
            id: entity.key().to_string(),
            document: None,
            corpus: &corpus.name,
        });
        let documents = corpus.documents.iter().map(|document| Definition {
            id: format!("document/{}", document.slug),
            document: Some(document.slug.as_str()),
            corpus: &corpus.name,
        });
        entities.chain(documents)
    })
}

/// No corpus comes twice, and nothing is defined twice among the corpora that come in together.
pub(super) fn defined_once(corpora: &[Corpus]) -> Result<(), StoreError> {
    let mut owners: HashMap<String, &Slug> = HashMap::new();
    let mut clashes = Vec::new();
    let corpora_themselves = corpora.iter().map(|corpus| (format!("corpus/{}", corpus.name), &corpus.name));
    let defined = definitions(corpora).map(|definition| (definition.id, definition.corpus));
    for (id, corpus) in corpora_themselves.chain(defined) {
        match owners.get(&id) {
            Some(owner) => clashes.push(Clash { id, owner: (*owner).clone(), also: corpus.clone() }),
            None => {
                owners.insert(id, corpus);
            }
        }
    }
    Listed::of(clashes).map_or(Ok(()), |clashes| Err(StoreError::Owned(clashes)))
}

// By now, nothing in the store belongs to the corpora that come in: what is there is another's.
const OWNED: &str = concat!(
    "SELECT value ->> 'id', entity.corpus, value ->> 'corpus'
     FROM ",
    given!(),
    " JOIN entity ON entity.id = value ->> 'id'
     UNION ALL
     SELECT value ->> 'id', document.corpus, value ->> 'corpus'
     FROM ",
    given!(),
    " JOIN document ON document.slug = value ->> 'document'
     ORDER BY 1 LIMIT 21"
);

pub(super) async fn owned_by_no_other(connection: &mut SqliteConnection, corpora: &[Corpus]) -> Result<(), StoreError> {
    let definitions: Vec<Definition<'_>> = definitions(corpora).collect();
    let rows: Vec<(String, String, String)> =
        sqlx::query_as(OWNED).bind(json(&definitions)).fetch_all(connection).await?;
    let read = |(id, owner, also): (String, String, String)| {
        let row = RowName { table: "corpus", id: &owner };
        Ok(Clash { owner: row.slug(&owner)?, also: row.slug(&also)?, id })
    };
    let clashes = rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    Listed::of(clashes).map_or(Ok(()), |clashes| Err(StoreError::Owned(clashes)))
}

const DISAGREEMENTS: &str = concat!(
    "SELECT s.id, s.subject, s.predicate, s.object,
        CASE
            WHEN s.basis IS DISTINCT FROM value ->> 'basis' THEN 'basis'
            WHEN s.certainty IS DISTINCT FROM value ->> 'certainty' THEN 'certainty'
            WHEN s.voice IS DISTINCT FROM value ->> 'voice' THEN 'voice'
            ELSE 'note'
        END AS field,
        value ->> 'corpus' AS corpus,
        (
            SELECT min(c.corpus) FROM citation AS c WHERE c.statement = s.id AND c.corpus <> value ->> 'corpus'
        ) AS other
     FROM ",
    given!(),
    " JOIN statement AS s ON s.id = value ->> 'id'
     WHERE s.basis IS DISTINCT FROM value ->> 'basis'
        OR s.certainty IS DISTINCT FROM value ->> 'certainty'
        OR s.voice IS DISTINCT FROM value ->> 'voice'
        OR s.note IS DISTINCT FROM value ->> 'note'
     ORDER BY s.subject, s.object, s.id LIMIT 21"
);

#[derive(FromRow)]
struct DisagreementRow {
    id: String,
    subject: String,
    predicate: String,
    object: String,
    field: String,
    corpus: String,
    other: Option<String>,
}

/// The statements are in the store as the first corpus gave them that cites them; the others must agree.
pub(super) async fn agreement(
    connection: &mut SqliteConnection,
    statements: &[StatementRow<'_>],
) -> Result<(), StoreError> {
    let rows: Vec<DisagreementRow> = sqlx::query_as(DISAGREEMENTS).bind(json(statements)).fetch_all(connection).await?;
    let read = |found: DisagreementRow| {
        let row = RowName { table: "statement", id: &found.id };
        Ok(Disagreement {
            id: row.statement(&found.id)?,
            subject: row.key(&found.subject)?,
            predicate: row.one_of(&found.predicate)?,
            object: row.key(&found.object)?,
            corpus: row.slug(&found.corpus)?,
            other: found.other.as_deref().map(|other| row.slug(other)).transpose()?,
            field: found.field,
        })
    };
    let found = rows.into_iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
    Listed::of(found).map_or(Ok(()), |found| Err(StoreError::Disagreement(found)))
}

// Foreign keys would refuse the same at the commit, without a name.
const MISSING_REFERENCES: &str = "
WITH said AS (
    SELECT id, subject, object, aspect, subject || ' ' || predicate || ' ' || object AS text,
        (SELECT min(citation.corpus) FROM citation WHERE citation.statement = statement.id) AS corpus
    FROM statement
)
SELECT corpus, 'subject of ' || text AS referrer, subject AS missing
FROM said WHERE NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = subject)
UNION ALL
SELECT corpus, 'object of ' || text, object
FROM said WHERE NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = object)
UNION ALL
SELECT corpus, 'aspect of ' || text, aspect
FROM said WHERE aspect IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = aspect)
UNION ALL
SELECT entity.corpus, 'parent of ' || child.id, child.parent
FROM jurisdiction AS child JOIN entity ON entity.id = child.id
WHERE child.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jurisdiction WHERE jurisdiction.id = child.parent)
UNION ALL
SELECT citation.corpus, 'citation of ' || coalesce(said.text, entity, law_event, study_notice), 'document/' || document
FROM citation LEFT JOIN said ON said.id = citation.statement
WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.slug = citation.document)
ORDER BY 1, 2, 3 LIMIT 21";

/// Everything that is referred to exists.
pub(super) async fn references(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(MISSING_REFERENCES).fetch_all(connection).await?;
    let missing =
        rows.into_iter().map(|(corpus, referrer, missing)| MissingReference { corpus, referrer, missing }).collect();
    Listed::of(missing).map_or(Ok(()), |missing| Err(StoreError::MissingReferences(missing)))
}

const UNCITED: &str = "
SELECT 'statement/' || id AS id FROM statement
WHERE NOT EXISTS (SELECT 1 FROM citation WHERE citation.statement = statement.id)
UNION ALL
SELECT id FROM law_event WHERE NOT EXISTS (SELECT 1 FROM citation WHERE citation.law_event = law_event.id)
UNION ALL
SELECT id FROM study_notice WHERE NOT EXISTS (SELECT 1 FROM citation WHERE citation.study_notice = study_notice.id)
ORDER BY 1 LIMIT 21";

/// No citation, no fact.
pub(super) async fn citations(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let uncited: Vec<String> = sqlx::query_scalar(UNCITED).fetch_all(connection).await?;
    Listed::of(uncited).map_or(Ok(()), |uncited| Err(StoreError::Uncited(uncited)))
}

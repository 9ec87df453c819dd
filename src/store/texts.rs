//! The long texts of entities and statements.

use std::collections::HashMap;

use sqlx::FromRow;

use super::row::RowName;
use super::sqlite::wanted;
use super::{Store, StoreError, Timed};
use crate::model::{EntityKey, Identifier, StatementId};

/// What is told of an entity beside its name and attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "as in `model::Entity`")]
pub struct EntityTexts {
    pub summary: Option<String>,
    pub aliases: Vec<String>,
    pub identifiers: Vec<Identifier>,
}

/// The texts that qualify a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "as in `model::Qualifiers`")]
pub struct StatementTexts {
    pub condition: Option<String>,
    pub note: Option<String>,
}

/// As a parameter: a JSON array of texts.
pub(super) fn list<T: ToString>(ids: &[T]) -> String {
    let ids: Vec<String> = ids.iter().map(T::to_string).collect();
    serde_json::to_string(&ids).expect("texts are JSON")
}

// One question: the three parts of an entity come as rows of one shape.
const ENTITY_TEXTS: &str = concat!(
    wanted!(),
    "SELECT entity.id, 'SUMMARY' AS part, 0 AS ordinal, summary AS text, NULL AS scheme
     FROM wanted JOIN entity ON entity.id = wanted.id
     UNION ALL
     SELECT entity, 'ALIAS', ordinal, alias, NULL FROM wanted JOIN alias ON alias.entity = wanted.id
     UNION ALL
     SELECT entity, 'IDENTIFIER', ordinal, value, scheme FROM wanted JOIN identifier ON identifier.entity = wanted.id
     ORDER BY 1, 2, 3"
);

#[derive(FromRow)]
struct EntityTextRow {
    id: String,
    part: String,
    text: Option<String>,
    scheme: Option<String>,
}

impl Store {
    /// Summary, aliases and identifiers of each entity, the lists in the order in which the corpus gives them. An
    /// entity that is not there, is not in the answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn entity_texts(&self, entities: &[EntityKey]) -> Result<HashMap<EntityKey, EntityTexts>, StoreError> {
        let mut found: HashMap<EntityKey, EntityTexts> = HashMap::new();
        if entities.is_empty() {
            return Ok(found);
        }
        let _timed = Timed::start("entity_texts");
        let rows: Vec<EntityTextRow> =
            sqlx::query_as(ENTITY_TEXTS).bind(list(entities)).fetch_all(&self.lookups).await?;
        for EntityTextRow { id, part, text, scheme } in rows {
            let row = RowName { table: "entity", id: &id };
            let texts = found.entry(row.key(&id)?).or_default();
            match (part.as_str(), text, scheme) {
                ("SUMMARY", summary, _) => texts.summary = summary,
                ("ALIAS", Some(alias), _) => texts.aliases.push(alias),
                ("IDENTIFIER", Some(value), Some(scheme)) => {
                    texts.identifiers.push(Identifier { scheme: row.one_of(&scheme)?, value });
                }
                (part, ..) => return Err(row.inconsistent(format!("{part} without a text"))),
            }
        }
        Ok(found)
    }

    /// Condition and note of each statement. A statement that is not there, is not in the answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn statement_texts(
        &self,
        statements: &[StatementId],
    ) -> Result<HashMap<StatementId, StatementTexts>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT statement.id, condition, note FROM wanted JOIN statement ON statement.id = wanted.id"
        );
        if statements.is_empty() {
            return Ok(HashMap::new());
        }
        let _timed = Timed::start("statement_texts");
        let rows: Vec<(String, Option<String>, Option<String>)> =
            sqlx::query_as(SQL).bind(list(statements)).fetch_all(&self.lookups).await?;
        let read = |(id, condition, note): (String, Option<String>, Option<String>)| {
            let id = RowName { table: "statement", id: &id }.statement(&id)?;
            Ok((id, StatementTexts { condition, note }))
        };
        rows.into_iter().map(read).collect()
    }
}

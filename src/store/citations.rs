//! Citations, and what carries citations of its own: events of laws, notices on studies. Each look-up is one question.

use std::collections::HashMap;
use std::hash::Hash;

use sqlx::FromRow;

use super::row::{CitationRow, RowName, citation_columns};
use super::sqlite::wanted;
use super::texts::list;
use super::{Store, StoreError, Timed};
use crate::model::{
    Citation, Citations, EntityKey, EntityKind, LawEvent, LawEventKind, Lines, Notice, NoticeKind, Slug, StatementId,
    Uncited,
};

#[derive(FromRow)]
struct OwnedCitationRow {
    owner: String,
    #[sqlx(flatten)]
    citation: CitationRow,
}

/// An event or a notice, once for each of its citations.
#[derive(FromRow)]
struct CitedHappeningRow {
    #[sqlx(flatten)]
    happening: HappeningRow,
    #[sqlx(flatten)]
    citation: CitationRow,
}

#[derive(FromRow)]
struct HappeningRow {
    owner: String,
    ordinal: i64,
    kind: String,
    on_date: Option<String>,
    as_of: Option<String>,
    note: Option<String>,
}

impl Store {
    /// Who says so: the citations of each statement, in the order of documents and places, each once. What is not
    /// there, is not in the answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn statement_citations(
        &self,
        statements: &[StatementId],
    ) -> Result<HashMap<StatementId, Vec<Citation>>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT c.statement AS owner, ",
            citation_columns!(),
            "FROM wanted JOIN citation AS c ON c.statement = wanted.id ORDER BY c.statement"
        );
        self.citations_of("statement_citations", SQL, statements, |row| row.statement(row.id)).await
    }

    /// Where documents speak of each entity, in the order of documents and places, each once. What is not there, or
    /// not mentioned, is not in the answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn mentions(&self, entities: &[EntityKey]) -> Result<HashMap<EntityKey, Vec<Citation>>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT c.entity AS owner, ",
            citation_columns!(),
            "FROM wanted JOIN citation AS c ON c.entity = wanted.id ORDER BY c.entity"
        );
        self.citations_of("mentions", SQL, entities, |row| row.key(row.id)).await
    }

    async fn citations_of<T, K: Eq + Hash>(
        &self,
        operation: &'static str,
        sql: &'static str,
        ids: &[T],
        key: impl Fn(RowName<'_>) -> Result<K, StoreError>,
    ) -> Result<HashMap<K, Vec<Citation>>, StoreError>
    where
        T: ToString,
    {
        let mut found: HashMap<K, Vec<Citation>> = HashMap::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let _timed = Timed::start(operation);
        let rows: Vec<OwnedCitationRow> = sqlx::query_as(sql).bind(list(ids)).fetch_all(&self.lookups).await?;
        for OwnedCitationRow { owner, citation } in rows {
            let row = RowName { table: "citation", id: &owner };
            found.entry(key(row)?).or_default().push(citation.read(row)?);
        }
        for citations in found.values_mut() {
            citations.sort();
            citations.dedup();
        }
        Ok(found)
    }

    /// The lines of each document on which nothing rests, in their order. A document without any is not in the answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn uncited(&self, documents: &[Slug]) -> Result<HashMap<Slug, Vec<Uncited>>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT u.document, u.line_start, u.line_end, u.reason, u.note
             FROM wanted JOIN uncited AS u ON u.document = wanted.id ORDER BY u.document, u.line_start, u.line_end"
        );
        let _timed = Timed::start("uncited");
        let rows: Vec<(String, i64, i64, String, Option<String>)> =
            sqlx::query_as(SQL).bind(list(documents)).fetch_all(&self.lookups).await?;
        let mut found: HashMap<Slug, Vec<Uncited>> = HashMap::new();
        for (document, start, end, reason, note) in rows {
            let row = RowName { table: "uncited", id: &document };
            let lines = Lines::new(row.number(start)?, row.number(end)?, None);
            let lines = lines.ok_or_else(|| row.inconsistent(format!("lines {start}-{end}")))?;
            let uncited = Uncited { document: row.slug(&document)?, lines, reason: row.one_of(&reason)?, note };
            found.entry(uncited.document.clone()).or_default().push(uncited);
        }
        Ok(found)
    }

    /// What happened to each law, in the order in which its corpus tells it. A law without events is not in the
    /// answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn law_events(&self, laws: &[Slug]) -> Result<HashMap<Slug, Vec<LawEvent>>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT e.law AS owner, e.ordinal, e.kind, e.happened_on AS on_date, e.as_of, e.note, ",
            citation_columns!(),
            "FROM wanted JOIN law_event AS e ON e.law = wanted.id JOIN citation AS c ON c.law_event = e.id \
             ORDER BY e.law, e.ordinal"
        );
        let read = |row: RowName<'_>, event: HappeningRow, citations| {
            Ok(LawEvent {
                kind: row.one_of::<LawEventKind>(&event.kind)?,
                on: row.date(event.on_date.as_deref())?,
                as_of: row.date(event.as_of.as_deref())?,
                note: event.note,
                citations,
            })
        };
        self.happenings("law_events", SQL, EntityKind::Law, laws, read).await
    }

    /// The notices on each study, in the order in which its corpus gives them. A study without notices is not in the
    /// answer.
    ///
    /// # Errors
    /// When the store does not answer, or holds what no import writes.
    pub async fn study_notices(&self, studies: &[Slug]) -> Result<HashMap<Slug, Vec<Notice>>, StoreError> {
        const SQL: &str = concat!(
            wanted!(),
            "SELECT n.study AS owner, n.ordinal, n.kind, n.put_on AS on_date, NULL AS as_of, n.note, ",
            citation_columns!(),
            "FROM wanted JOIN study_notice AS n ON n.study = wanted.id JOIN citation AS c ON c.study_notice = n.id \
             ORDER BY n.study, n.ordinal"
        );
        let read = |row: RowName<'_>, notice: HappeningRow, citations| {
            Ok(Notice {
                kind: row.one_of::<NoticeKind>(&notice.kind)?,
                on: row.date(notice.on_date.as_deref())?,
                note: notice.note,
                citations,
            })
        };
        self.happenings("study_notices", SQL, EntityKind::Study, studies, read).await
    }

    /// `sql` gives the rows of one happening one after another.
    async fn happenings<T>(
        &self,
        operation: &'static str,
        sql: &'static str,
        kind: EntityKind,
        slugs: &[Slug],
        read: impl Fn(RowName<'_>, HappeningRow, Citations) -> Result<T, StoreError>,
    ) -> Result<HashMap<Slug, Vec<T>>, StoreError> {
        let mut found: HashMap<Slug, Vec<T>> = HashMap::new();
        if slugs.is_empty() {
            return Ok(found);
        }
        let keys: Vec<EntityKey> = slugs.iter().map(|slug| EntityKey { kind, slug: slug.clone() }).collect();
        let _timed = Timed::start(operation);
        let rows: Vec<CitedHappeningRow> = sqlx::query_as(sql).bind(list(&keys)).fetch_all(&self.lookups).await?;
        let mut rows = rows.into_iter().peekable();
        while let Some(CitedHappeningRow { happening, citation }) = rows.next() {
            let owner = happening.owner.clone();
            let row = RowName { table: kind.prefix(), id: &owner };
            let mut citations = vec![citation.read(row)?];
            while let Some(next) =
                rows.next_if(|next| next.happening.owner == owner && next.happening.ordinal == happening.ordinal)
            {
                citations.push(next.citation.read(row)?);
            }
            let citations = Citations::new(citations).expect("there is at least the first");
            found.entry(row.slug_of(kind, &owner)?).or_default().push(read(row, happening, citations)?);
        }
        Ok(found)
    }
}

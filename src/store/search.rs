//! Finding entities by words.

use serde::Serialize;
use sqlx::FromRow;
use strum::VariantArray as _;

use super::row::RowName;
use super::sqlite::{self, MARK_END, MARK_START, given};
use super::texts::list;
use super::{Store, StoreError, Timed};
use crate::model::{ClosedSet as _, Entity, EntityKey, EntityKind};

/// Words to search for, made of any text. Nothing in them means anything but itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchWords(Vec<String>);

/// A page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHits {
    /// How many entities there are on all pages.
    pub total: u64,
    /// The best first.
    pub hits: Vec<SearchHit>,
}

/// An entity that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The entity.
    pub key: EntityKey,
    /// BM25 (Robertson & Zaragoza 2009) with weights: the name counts more than an alias, an alias more than the
    /// summary. Higher is better; only within one search.
    pub score: f64,
    /// Where the words stand. Empty where only the beginning of a word was typed that stands in another form.
    pub highlights: Vec<Highlight>,
}

/// A text with the words in it that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// What text it is.
    pub field: SearchField,
    /// Joined, they are the text; of a summary, a part of it.
    pub parts: Vec<HighlightPart>,
}

/// A text of an entity that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    /// The name.
    Name,
    /// One of the other names, or an identifier.
    Aliases,
    /// A part of the summary.
    Summary,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HighlightPart {
    pub text: String,
    pub matched: bool,
}

impl SearchWords {
    /// The words of `text`, at most `n_max`, those behind left out: what stands between anything that is neither letter
    /// nor digit. Possibly none.
    pub fn parse(text: &str, n_max: usize) -> Self {
        Self(words(text).take(n_max).map(str::to_owned).collect())
    }

    /// Whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    // Accents that stand behind their letter are part of the word, for the index too.
    let is_of_word = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    text.split(move |c| !is_of_word(c)).filter(|word| !word.is_empty())
}

#[derive(FromRow)]
struct HitRow {
    id: String,
    score: f64,
    name: String,
    aliases: String,
    summary: String,
}

impl Store {
    /// The entities of `kinds` (of any kind, where none is named) in whose name, aliases or summary all words stand,
    /// in any form; of the last word the beginning is enough, since it may still be typed. The best first, and
    /// before them what is called just so; equally good ones in the order of their ids; `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// When the store does not answer. No text is an error.
    pub async fn search(
        &self,
        words: &SearchWords,
        kinds: &[EntityKind],
        limit: u32,
        offset: u32,
    ) -> Result<SearchHits, StoreError> {
        if words.is_empty() {
            return Ok(SearchHits { total: 0, hits: Vec::new() });
        }
        let _timed = Timed::start("search");
        let kinds = list(if kinds.is_empty() { EntityKind::VARIANTS } else { kinds });
        let expression = sqlite::match_expression(&words.0);
        let total: i64 =
            sqlx::query_scalar(sqlite::COUNT_HITS).bind(&kinds).bind(&expression).fetch_one(&self.lookups).await?;
        let total = total.unsigned_abs();
        if limit == 0 || u64::from(offset) >= total {
            return Ok(SearchHits { total, hits: Vec::new() });
        }
        let rows: Vec<HitRow> = sqlx::query_as(sqlite::HITS)
            .bind(&kinds)
            .bind(&expression)
            .bind(limit)
            .bind(offset)
            .bind(words.0.join(" ").to_lowercase())
            .fetch_all(&self.lookups)
            .await?;
        let hits = rows.into_iter().map(HitRow::read).collect::<Result<_, _>>()?;
        Ok(SearchHits { total, hits })
    }
}

impl HitRow {
    fn read(self) -> Result<SearchHit, StoreError> {
        let key = RowName { table: "entity_search", id: &self.id }.key(&self.id)?;
        let name = highlight(SearchField::Name, &self.name);
        let aliases = self.aliases.lines().filter_map(|alias| highlight(SearchField::Aliases, alias));
        let summary = highlight(SearchField::Summary, &self.summary);
        let highlights = name.into_iter().chain(aliases).chain(summary).collect();
        Ok(SearchHit { key, score: self.score, highlights })
    }
}

/// `None` when nothing in the text is marked.
fn highlight(field: SearchField, marked: &str) -> Option<Highlight> {
    let mut parts = Vec::new();
    let mut add = |text: &str, matched| {
        if !text.is_empty() {
            parts.push(HighlightPart { text: text.to_owned(), matched });
        }
    };
    let mut pieces = marked.split(MARK_START);
    add(pieces.next().unwrap_or_default(), false);
    for piece in pieces {
        let (matched, rest) = piece.split_once(MARK_END).unwrap_or((piece, ""));
        add(matched, true);
        add(rest, false);
    }
    parts.iter().any(|part| part.matched).then_some(Highlight { field, parts })
}

/// What the index holds of an entity.
#[derive(Serialize)]
pub(super) struct SearchRow {
    id: String,
    kind: &'static str,
    name: String,
    aliases: String,
    summary: String,
    typed: String,
}

impl SearchRow {
    pub(super) fn of(key: &str, entity: &Entity) -> Self {
        // No control characters: they mark what was found.
        let plain = |text: &str| text.replace(char::is_control, " ");
        let other_names = || entity.aliases.iter().chain(entity.identifiers.iter().map(|identifier| &identifier.value));
        let names = || std::iter::once(&entity.name).chain(other_names());
        Self {
            id: key.to_owned(),
            kind: entity.attributes.kind().text(),
            name: plain(&entity.name),
            aliases: other_names().map(|name| plain(name)).collect::<Vec<_>>().join("\n"),
            summary: plain(entity.summary.as_deref().unwrap_or_default()),
            typed: names().flat_map(|name| words(name)).map(|word| format!("{word}0")).collect::<Vec<_>>().join(" "),
        }
    }
}

pub(super) const INSERT: &str = concat!(
    "INSERT INTO entity_search (id, kind, name, aliases, summary, typed)
     SELECT value ->> 'id', value ->> 'kind', value ->> 'name', value ->> 'aliases', value ->> 'summary',
        value ->> 'typed'
     FROM ",
    given!()
);

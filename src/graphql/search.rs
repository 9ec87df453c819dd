//! Full text search.

use std::ops::Range;

use async_graphql::{Context, Enum, Object, SimpleObject};
use strum::VariantArray as _;

use super::closed_set::Term;
use super::entity::{Entity, listed};
use super::error::ApiResult;
use super::filter::text_at_most;
use super::handle::{Handle, Pinned};
use super::loaders::unavailable;
use super::paging::{Cursor, Edge, Edges, PageArgs, Take, connection};
use crate::app::App;
use crate::model::{EntityKind, Sha256};
use crate::store::{self, SearchHit, SearchHits, SearchWords};

connection!(SearchConnection, SearchEdge, Entity, "what a search found, best first");

/// An entity that a search found.
#[derive(SimpleObject)]
pub(crate) struct SearchEdge {
    /// The entity.
    node: Entity,
    /// Names this place among the results of this query, for `after` and `before`. Opaque.
    cursor: String,
    /// How well it matches (BM25, with names above aliases above summaries, and 100 more where the query is its very
    /// name or alias); higher is better, and only comparable within one search.
    score: f64,
    /// The texts that match, cut into parts that match and parts that do not; the name first, then aliases and
    /// identifiers, then the summary.
    highlights: Vec<Highlight>,
}

impl Edge for SearchEdge {
    type Node = Entity;

    fn node(&self) -> Entity {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// A text that matches, in parts, so that no markup has to be trusted.
#[derive(SimpleObject, Clone)]
pub(crate) struct Highlight {
    /// Which text of the entity it is.
    field: SearchField,
    /// The text in order; of a long one, the passage around the matches.
    parts: Vec<HighlightPart>,
}

/// A part of a text that matches or does not.
#[derive(SimpleObject, Clone)]
pub(crate) struct HighlightPart {
    /// The part.
    text: String,
    /// Whether it is what was searched for.
    matched: bool,
}

/// The texts of an entity that are searched.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "store::SearchField")]
pub(crate) enum SearchField {
    /// The name; of a claim, the wording.
    Name,
    /// The aliases and the identifiers.
    Aliases,
    /// The summary.
    Summary,
}

/// The root field that searches.
#[derive(Default)]
pub(crate) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Full text over names, aliases, identifiers, wordings and summaries; best first, of equally good ones by id, with
    /// highlights. All words must occur, in any form (English stems) and any case; the last may be the beginning of one. No operators: punctuation only
    /// separates words. A query without a word finds nothing.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words to look for; by default at most 500 characters, of which the first 16 words count.")]
        query: String,
        #[graphql(desc = "Only entities of these kinds; null means all. At most 100 by default.")] kinds: Option<
            Vec<Term<EntityKind>>,
        >,
        #[graphql(
            desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
        #[graphql(
            desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start."
        )]
        last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
    ) -> ApiResult<SearchConnection> {
        let pinned = Pinned::of(ctx);
        let limits = pinned.limits();
        text_at_most("search_chars", limits.search_chars, "query", &query)?;
        let kinds = listed(kinds).unwrap_or_else(|| EntityKind::VARIANTS.to_vec());
        let args = PageArgs { first, after, last, before };
        // No kind at all can match nothing.
        let words =
            if kinds.is_empty() { SearchWords::default() } else { SearchWords::parse(&query, limits.search_terms) };
        let asked = format!("{query} {kinds:?}");
        let asked: String = Sha256::of(asked.as_bytes()).to_string().chars().take(16).collect();
        let store = ctx.data_unchecked::<std::sync::Arc<App>>().store();
        let find = async |places: &Range<usize>| {
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let found = store.search(&words, &kinds, number(places.len()), number(places.start)).await;
            found.map_err(|error| unavailable(store, &error))
        };
        // Where a page counts from the start, it is known before the number of hits is; the store is asked once.
        let (window, found) = if let Take::First(_) = args.take(limits)? {
            let wanted = args.window(limits, usize::MAX, |cursor| (cursor.id == asked).then_some(cursor.place))?.places;
            let found = find(&wanted).await?;
            (args.window(limits, n_items(&found), |cursor| standing(cursor, &asked, &found))?, found)
        } else {
            let all = find(&(0..0)).await?;
            let window = args.window(limits, n_items(&all), |cursor| standing(cursor, &asked, &all))?;
            let found = find(&window.places).await?;
            (window, found)
        };
        pinned.charge(found.hits.len())?;
        let hits = window.places.clone().zip(found.hits);
        let edges =
            hits.filter_map(|(place, hit)| edge(&pinned, Cursor { place, id: asked.clone() }.encode(), hit)).collect();
        Ok(SearchConnection(Edges::cut(edges, window)))
    }
}

fn n_items(found: &SearchHits) -> usize {
    usize::try_from(found.total).unwrap_or(usize::MAX)
}

/// Where to go on. A cursor names what was asked and a place; what stood there may have changed with the data.
fn standing(cursor: &Cursor, asked: &str, found: &SearchHits) -> Option<usize> {
    (cursor.id == asked && cursor.place < n_items(found)).then_some(cursor.place)
}

/// `None` when the entity came after the snapshot.
fn edge(pinned: &Pinned, cursor: String, hit: SearchHit) -> Option<SearchEdge> {
    let ix = pinned.entity_of_key(&hit.key)?;
    let highlights = hit.highlights.into_iter().map(|highlight| Highlight {
        field: highlight.field.into(),
        parts: highlight
            .parts
            .into_iter()
            .map(|part| HighlightPart { text: part.text, matched: part.matched })
            .collect(),
    });
    Some(SearchEdge {
        node: Handle { pinned: pinned.clone(), ix }.into(),
        cursor,
        score: hit.score,
        highlights: highlights.collect(),
    })
}

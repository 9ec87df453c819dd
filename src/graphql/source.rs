//! Documents: the sources.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};

use super::citation::Lines;
use super::closed_set::Term;
use super::connection::{ClaimConnection, page_of_list};
use super::direction::OrderDirection;
use super::entity::listed;
use super::error::ApiResult;
use super::filter::text_at_most;
use super::handle::Pinned;
use super::loaders::{UncitedIn, load};
use super::paging::{Cursor, Edge, Edges, PageArgs, connection};
use super::scalar::{PartialDate, number};
use super::statement::StatementConnection;
use crate::graph::{self, DocumentIx, List, Sort, StatementFilter, StatementOrder};
use crate::model::{self, CitationDirection, EntityKind, NodeId, Predicate, UncitedReason};

/// A source text, into which citations point.
#[derive(Clone)]
pub(crate) struct Document {
    pinned: Pinned,
    ix: DocumentIx,
}

impl Document {
    pub(crate) fn new(pinned: Pinned, ix: DocumentIx) -> Self {
        Self { pinned, ix }
    }

    fn row(&self) -> &model::Document {
        self.pinned.document(self.ix)
    }
}

/// A source text, into which citations point.
#[Object]
impl Document {
    /// `document/` and the slug.
    pub(crate) async fn id(&self) -> ID {
        NodeId::Document(self.row().slug.clone()).to_string().into()
    }

    /// Unique among documents; lower-case words joined by hyphens; never changes.
    async fn slug(&self) -> &str {
        self.row().slug.as_str()
    }

    /// Its title, or what it is where it has none.
    async fn title(&self) -> &str {
        &self.row().title
    }

    /// Who put it out; null when not known.
    async fn publisher(&self) -> Option<&str> {
        self.row().publisher.as_deref()
    }

    /// When it was put out; null when not known.
    async fn published_on(&self) -> Option<PartialDate> {
        self.row().published_on.map(PartialDate)
    }

    /// Where it stands; null when not known.
    async fn url(&self) -> Option<&str> {
        self.row().url.as_deref()
    }

    /// Of the bytes that the locators were made on, in hexadecimal; null when not recorded.
    async fn sha256(&self) -> Option<String> {
        self.row().sha256.map(|digest| digest.to_string())
    }

    /// What its publisher or author gains by what it says, as the document itself shows; null when nothing is noted.
    async fn interest(&self) -> Option<&str> {
        self.row().interest.as_deref()
    }

    /// The name of the source that it counts as: documents of one origin, such as a page and a table copied from it, have
    /// the same. Its own slug where the corpus tells no other origin.
    async fn origin(&self) -> &str {
        self.row().source().as_str()
    }

    /// How the corpus stood to the document's text when it was imported; null where the text was not at hand.
    async fn provenance(&self) -> Option<Provenance> {
        self.row().provenance.as_ref().map(Provenance::of)
    }

    /// Lines on which nothing rests, and why, in their order; with the cited lines they are all that are not blank, if
    /// the corpus accounts for every line.
    async fn uncited(&self, ctx: &Context<'_>) -> ApiResult<Vec<Uncited>> {
        let uncited = load(ctx, UncitedIn(self.row().slug.clone())).await?.unwrap_or_default();
        self.pinned.charge(uncited.len())?;
        Ok(uncited.iter().map(Uncited::of).collect())
    }

    /// Claims that the document itself states, by wording.
    async fn states(
        &self,
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
    ) -> ApiResult<ClaimConnection> {
        let pinned = &self.pinned;
        let stated = pinned.entities_mentioned_in(self.ix).iter().filter(|(entity, direction)| {
            *direction == CitationDirection::Supports && pinned.kind(*entity) == EntityKind::Claim
        });
        let list = List::made(stated.map(|(entity, _)| *entity).collect());
        page_of_list(pinned, &list, &PageArgs { first, after, last, before }).map(ClaimConnection)
    }

    /// Statements that cite it, by subject, object and predicate.
    async fn statements(
        &self,
        #[graphql(desc = "Only these predicates; null means all. At most 100 by default.")] predicates: Option<
            Vec<Term<Predicate>>,
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
    ) -> ApiResult<StatementConnection> {
        let predicates = listed(predicates);
        let filter = StatementFilter { predicates, cites: Some(self.ix), ..StatementFilter::default() };
        let list = self.pinned.statements_where(&filter, StatementOrder::Subject, Sort::Ascending);
        StatementConnection::of_list(&self.pinned, &list, &PageArgs { first, after, last, before })
    }
}

/// How a corpus stood to the text of a document when it was imported. Lines are those that are not blank.
#[derive(SimpleObject)]
pub(crate) struct Provenance {
    /// Whether the text is, byte for byte, the one that the locators were made on.
    is_same_text: bool,
    /// All lines.
    n_lines: i32,
    /// Those that some citation rests on.
    n_lines_cited: i32,
    /// Those that are told to hold nothing to cite.
    n_lines_uncited: i32,
    /// Citations whose words stand where they are said to stand.
    n_verified: i32,
    /// Citations whose words stand elsewhere.
    n_moved: i32,
    /// Citations whose words stand nowhere.
    n_altered: i32,
    /// Citations whose lines are not there.
    n_missing: i32,
}

impl Provenance {
    fn of(provenance: &model::Provenance) -> Self {
        Self {
            is_same_text: provenance.is_same_text,
            n_lines: number(provenance.n_lines),
            n_lines_cited: number(provenance.n_lines_cited),
            n_lines_uncited: number(provenance.n_lines_uncited),
            n_verified: number(provenance.n_verified),
            n_moved: number(provenance.n_moved),
            n_altered: number(provenance.n_altered),
            n_missing: number(provenance.n_missing),
        }
    }
}

/// Lines of a document on which nothing rests.
#[derive(SimpleObject)]
pub(crate) struct Uncited {
    /// The lines.
    lines: Lines,
    /// Why nothing rests on them.
    reason: Term<UncitedReason>,
    /// What else there is to say, in our words; null when there is nothing.
    note: Option<String>,
}

impl Uncited {
    fn of(uncited: &model::Uncited) -> Self {
        Self { lines: Lines::of(&uncited.lines), reason: Term(uncited.reason), note: uncited.note.clone() }
    }
}

connection!(DocumentConnection, DocumentEdge, Document, "documents");

/// A document with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct DocumentEdge {
    /// The document.
    node: Document,
    /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the document stays in the list.
    cursor: String,
}

impl Edge for DocumentEdge {
    type Node = Document;

    fn node(&self) -> Document {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Which documents are wanted; every field that is given must hold.
#[derive(InputObject, Default)]
pub(crate) struct DocumentFilter {
    /// Whose title holds this text, whatever the case; null: any title. At most 200 characters by default.
    title_contains: Option<String>,
    /// Whose publisher's name holds this text, whatever the case; null: any publisher, or none. At most 200 characters
    /// by default.
    publisher_contains: Option<String>,
}

/// In which order documents come.
#[derive(InputObject)]
pub(crate) struct DocumentOrder {
    /// By what.
    field: DocumentOrderField,
    /// Forwards or backwards.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What documents can be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentOrderField {
    /// The slug.
    Slug,
    /// The title, whatever the case.
    Title,
    /// The day of publication; documents without one come last.
    PublishedOn,
}

impl From<DocumentOrderField> for graph::DocumentOrder {
    fn from(field: DocumentOrderField) -> Self {
        match field {
            DocumentOrderField::Slug => Self::Slug,
            DocumentOrderField::Title => Self::Title,
            DocumentOrderField::PublishedOn => Self::PublishedOn,
        }
    }
}

/// Root fields for documents.
#[derive(Default)]
pub(crate) struct DocumentQuery;

#[Object]
impl DocumentQuery {
    /// The document with this slug; null when there is none.
    async fn document(&self, ctx: &Context<'_>, #[graphql(desc = "Its `slug`.")] slug: String) -> Option<Document> {
        let pinned = Pinned::of(ctx);
        let ix = pinned.document_of_slug(&slug)?;
        Some(Document::new(pinned, ix))
    }

    /// All documents that the filter wants, in the order of `orderBy`.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which are wanted; null means all.")] filter: Option<DocumentFilter>,
        #[graphql(desc = "In which order; by slug when null.")] order_by: Option<DocumentOrder>,
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
    ) -> ApiResult<DocumentConnection> {
        let pinned = Pinned::of(ctx);
        let DocumentFilter { title_contains, publisher_contains } = filter.unwrap_or_default();
        for (argument, text) in [("titleContains", &title_contains), ("publisherContains", &publisher_contains)] {
            text.as_ref()
                .map_or(Ok(()), |text| text_at_most("name_chars", pinned.limits().name_chars, argument, text))?;
        }
        let filter = graph::DocumentFilter {
            title_contains: title_contains.as_deref(),
            publisher_contains: publisher_contains.as_deref(),
        };
        let (order, sort) = order_by.map_or((graph::DocumentOrder::Slug, Sort::Ascending), |order| {
            (order.field.into(), order.direction.into())
        });
        let list = pinned.documents_where(&filter, order, sort);
        let args = PageArgs { first, after, last, before };
        let locate = |cursor: &Cursor| {
            let Ok(NodeId::Document(slug)) = NodeId::parse(&cursor.id) else { return None };
            list.place_of(pinned.document_of_slug(slug.as_str())?, cursor.place)
        };
        let edge = |place| {
            let node = Document::new(pinned.clone(), list.get(place).expect("a window lies within its list"));
            let id = NodeId::Document(node.row().slug.clone()).to_string();
            Ok(DocumentEdge { node, cursor: Cursor { place, id }.encode() })
        };
        Edges::new(&pinned, &args, list.len(), locate, edge).map(DocumentConnection)
    }
}

//! A side of a conflict: who stands there, and on whose word.

use std::sync::Arc;

use async_graphql::{Context, Object};
use tokio::sync::OnceCell;

use crate::graph::{self, DocumentIx, SideRole};
use crate::graphql::citation::{Citation, mentions_that};
use crate::graphql::entity::Entity;
use crate::graphql::error::ApiResult;
use crate::graphql::handle::{Handle, Pinned};
use crate::graphql::paging::{all_or_first, page_of, up_to};
use crate::graphql::scalar::number;
use crate::graphql::source::Document;
use crate::graphql::statement::Statement;
use crate::model::CitationDirection;

/// One of the two sides of a conflict.
pub(crate) struct ConflictSide {
    pinned: Pinned,
    sides: Arc<[graph::ConflictSide; 2]>,
    place: usize,
    /// Found when a field first asks for them.
    documents: OnceCell<Vec<DocumentIx>>,
}

impl ConflictSide {
    pub(super) fn new(pinned: &Pinned, sides: &Arc<[graph::ConflictSide; 2]>, place: usize) -> Self {
        Self { pinned: pinned.clone(), sides: Arc::clone(sides), place, documents: OnceCell::new() }
    }

    fn side(&self) -> &graph::ConflictSide {
        &self.sides[self.place]
    }

    async fn documents_behind(&self) -> ApiResult<&[DocumentIx]> {
        let (sides, place) = (Arc::clone(&self.sides), self.place);
        let found = move |snapshot: &graph::Snapshot| snapshot.documents_of_side(&sides[place]);
        Ok(self.pinned.once(&self.documents, found).await?)
    }
}

/// One of the two sides of a conflict.
#[Object]
impl ConflictSide {
    /// Who stands here, in words: `studies that back it`.
    async fn label(&self) -> &'static str {
        match self.side().role {
            SideRole::Supports => "positions for it",
            SideRole::Opposes => "positions against it",
            SideRole::Backs => "studies that back it",
            SideRole::Contradicts => "studies that contradict it",
            SideRole::Qualifies => "studies that limit it",
            SideRole::Asserts => "organizations that assert it",
            SideRole::Disputes => "organizations that dispute it",
            SideRole::States => "documents that state it",
            SideRole::Denies => "documents that deny it",
        }
    }

    /// The law, the topic or the claim that this side speaks of.
    async fn about(&self) -> Entity {
        Handle { pinned: self.pinned.clone(), ix: self.side().about }.into()
    }

    /// What those on this side say, by the name of who says it, then by day (`on`), what has none first. Of documents:
    /// what they are cited for of those who likewise speak for (ASSERTS, then BACKS) or against (DISPUTES, then
    /// CONTRADICTS) the claim, which may be nothing.
    async fn statements(
        &self,
        #[graphql(desc = "Only the first so many, 0 or more; all when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Statement>> {
        let some = all_or_first(&self.pinned, first, &self.side().statements)?;
        Ok(some.iter().map(|ix| Statement::new(self.pinned.clone(), *ix)).collect())
    }

    /// How many statements there are in `statements`.
    async fn n_statements(&self) -> i32 {
        number(self.side().statements.len())
    }

    /// The documents that state or deny the claim (VALUE), or that the statements of this side cite; by slug.
    async fn documents(
        &self,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Document>> {
        let n = page_of(&self.pinned, first)?;
        let some = up_to(&self.pinned, n, self.documents_behind().await?)?;
        Ok(some.iter().map(|ix| Document::new(self.pinned.clone(), *ix)).collect())
    }

    /// Of VALUE: where the documents state or deny the claim, by document, then place. Else empty: the statements have
    /// citations.
    async fn mentions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many, by default 0 to 100, and 20 when null.")] first: Option<i32>,
    ) -> ApiResult<Vec<Citation>> {
        let direction = match self.side().role {
            SideRole::States => CitationDirection::Supports,
            SideRole::Denies => CitationDirection::Disputes,
            _ => return Ok(Vec::new()),
        };
        let about = Handle { pinned: self.pinned.clone(), ix: self.side().about };
        mentions_that(ctx, &about, direction, first).await
    }

    /// How many documents there are in `documents`.
    async fn n_documents(&self) -> ApiResult<i32> {
        Ok(number(self.documents_behind().await?.len()))
    }
}

//! Handles: a pinned snapshot and an index. What GraphQL objects are made of, instead of copies.

use std::ops::Deref;
use std::sync::Arc;

use async_graphql::{Context, ID};

use crate::app::Current;
use crate::graph::{EntityIx, Snapshot};
use crate::model::NodeId;

/// The snapshot that a request sees from its first field to its last.
#[derive(Clone)]
pub(crate) struct Pinned(Arc<Current>);

impl Pinned {
    pub(crate) fn new(current: Arc<Current>) -> Self {
        Self(current)
    }

    /// The one that was pinned when the request began.
    pub(crate) fn of(ctx: &Context<'_>) -> Self {
        ctx.data_unchecked::<Self>().clone()
    }

    /// The snapshot and when it was loaded.
    pub(crate) fn current(&self) -> &Current {
        &self.0
    }
}

impl Deref for Pinned {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0.snapshot
    }
}

/// An entity of a pinned snapshot.
#[derive(Clone)]
pub(crate) struct Handle {
    pub(crate) pinned: Pinned,
    pub(crate) ix: EntityIx,
}

impl Handle {
    pub(crate) fn id(&self) -> ID {
        NodeId::Entity(self.pinned.key(self.ix)).to_string().into()
    }
}

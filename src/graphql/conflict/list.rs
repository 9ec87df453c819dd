//! Lists of conflicts: pages cut from the list that is kept for a snapshot.

use std::ops::Range;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{Conflict, ConflictKind, ConflictStrength};
use crate::graph::{self, ConflictFilter, Conflicts};
use crate::graphql::entity::listed_as;
use crate::graphql::error::ApiResult;
use crate::graphql::filter::{Unmet, document_of, entity_of, entity_of_kinds, unless_nothing};
use crate::graphql::handle::Pinned;
use crate::graphql::paging::{Cursor, Edge, Edges, PageArgs, connection};
use crate::model::{EntityKind, NodeId};

/// What conflicts can be about.
const KINDS: [EntityKind; 3] = [EntityKind::Law, EntityKind::Topic, EntityKind::Claim];

connection!(ConflictConnection, ConflictEdge, Conflict, "conflicts");

/// A conflict with its place in the list.
#[derive(SimpleObject)]
pub(crate) struct ConflictEdge {
    /// The conflict.
    node: Conflict,
    /// Names this place in this list, for `after` and `before`. Opaque; it outlives a reload of the data as long as
    /// the conflict stays in the list.
    cursor: String,
}

impl Edge for ConflictEdge {
    type Node = Conflict;

    fn node(&self) -> Conflict {
        self.node.clone()
    }

    fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Of which kinds and strengths conflicts are wanted.
#[derive(Default)]
pub(crate) struct ConflictsWanted {
    pub(crate) kinds: Option<Vec<ConflictKind>>,
    pub(crate) strengths: Option<Vec<ConflictStrength>>,
}

impl ConflictConnection {
    /// A page of the conflicts that pass `filter`, which are computed once a snapshot.
    ///
    /// # Errors
    /// When an argument is wrong, or the computation takes too long.
    pub(crate) async fn of(
        pinned: &Pinned,
        filter: ConflictFilter,
        wanted: ConflictsWanted,
        args: &PageArgs,
    ) -> ApiResult<Self> {
        Self::page(pinned, &pinned.computed(Conflicts(filter)).await?, wanted, args)
    }

    /// A page of those of `list` that are wanted.
    fn page(pinned: &Pinned, list: &[graph::Conflict], wanted: ConflictsWanted, args: &PageArgs) -> ApiResult<Self> {
        let kinds = listed_as(wanted.kinds, graph::ConflictKind::from);
        let strengths = listed_as(wanted.strengths, graph::ConflictStrength::from);
        let is_wanted = |(kind, strength): (graph::ConflictKind, graph::ConflictStrength)| {
            kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
                && strengths.as_ref().is_none_or(|strengths| strengths.contains(&strength))
        };
        let wanted = Runs::of(list, is_wanted);
        let locate = |cursor: &Cursor| {
            let Ok(NodeId::Conflict(key)) = NodeId::parse(&cursor.id) else { return None };
            let between = key.renamed(|key| pinned.entity_of_key(key))?;
            let is_it = |conflict: &graph::Conflict| conflict.between == between;
            let stands_at = |place: &usize| wanted.get(list, *place).is_some_and(is_it);
            Some(cursor.place).filter(stands_at).or_else(|| (0..wanted.n()).find(stands_at))
        };
        let edge = |place: usize| {
            let conflict = *wanted.get(list, place).expect("a window lies within its list");
            let id = NodeId::Conflict(pinned.conflict_key(conflict.between)).to_string();
            let node = Conflict::new(pinned, conflict);
            Ok(ConflictEdge { node, cursor: Cursor { place, id }.encode() })
        };
        Edges::new(pinned, args, wanted.n(), locate, edge).map(Self)
    }
}

/// Parts of a list of conflicts, which are in the order of kinds and strengths: a run for each of those that are wanted.
struct Runs(Vec<Range<usize>>);

impl Runs {
    fn of(
        list: &[graph::Conflict],
        is_wanted: impl Fn((graph::ConflictKind, graph::ConflictStrength)) -> bool,
    ) -> Self {
        let sort = |conflict: &graph::Conflict| (conflict.kind(), conflict.strength);
        let mut runs = Vec::new();
        let mut start = 0;
        while let Some(first) = list.get(start) {
            let end = start + list[start..].partition_point(|it| sort(it) == sort(first));
            if is_wanted(sort(first)) {
                runs.push(start..end);
            }
            start = end;
        }
        Self(runs)
    }

    /// How many conflicts are wanted.
    fn n(&self) -> usize {
        self.0.iter().map(Range::len).sum()
    }

    /// The conflict at a place among those that are wanted.
    fn get<'a>(&self, list: &'a [graph::Conflict], mut place: usize) -> Option<&'a graph::Conflict> {
        for run in &self.0 {
            if place < run.len() {
                return list.get(run.start + place);
            }
            place -= run.len();
        }
        None
    }
}

/// The root field for conflicts.
#[derive(Default)]
pub(crate) struct ConflictQuery;

#[Object]
impl ConflictQuery {
    /// All conflicts that are wanted: by kind, in the order of the enum, the direct ones of a kind first, then by the kind
    /// and name of what they are about. Every argument that is given must hold.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of one of these kinds; null means all. At most 100 by default.")] kinds: Option<
            Vec<ConflictKind>,
        >,
        #[graphql(desc = "Of one of these strengths; null means both. At most 100 by default.")] strengths: Option<
            Vec<ConflictStrength>,
        >,
        #[graphql(
            desc = "About this law, topic or claim, by its id; of two claims, either; null: about anything. For those in which an organization takes part, give its id as `organization`."
        )]
        about: Option<ID>,
        #[graphql(desc = "With this organization's own stances or words on a side, by its id; null: with anybody's.")]
        organization: Option<ID>,
        #[graphql(
            desc = "With what this document itself states or denies on a side, by its id; such are of kind VALUE. Null: with any or none."
        )]
        document: Option<ID>,
        #[graphql(
            desc = "With (true) or without (false) an organization, a study or a document that stands on both sides; null: either."
        )]
        self_contradicting: Option<bool>,
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
    ) -> ApiResult<ConflictConnection> {
        let pinned = Pinned::of(ctx);
        let args = PageArgs { first, after, last, before };
        let wanted = ConflictsWanted { kinds, strengths };
        let filter = filter(&pinned, about.as_ref(), organization.as_ref(), document.as_ref(), self_contradicting);
        match unless_nothing(filter)? {
            Some(filter) => ConflictConnection::of(&pinned, filter, wanted, &args).await,
            None => ConflictConnection::page(&pinned, &[], wanted, &args),
        }
    }
}

fn filter(
    pinned: &Pinned,
    about: Option<&ID>,
    organization: Option<&ID>,
    document: Option<&ID>,
    self_contradicting: Option<bool>,
) -> Result<ConflictFilter, Unmet> {
    Ok(ConflictFilter {
        about: entity_of_kinds(pinned, "about", &KINDS, about)?,
        organization: entity_of(pinned, "organization", Some(EntityKind::Organization), organization)?,
        document: document_of(pinned, "document", document)?,
        self_contradicting,
    })
}

//! Components and communities: what hangs together, and who belongs with whom.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::connection::{EntityConnection, page_of_list};
use super::error::{ApiError, ApiResult, or_null};
use super::filter::{entity_of, unless_nothing};
use super::handle::Pinned;
use super::paging::{Cursor, Edge, Edges, PageArgs, connection};
use super::path::Traversal;
use super::ranking::projected;
use super::scalar::number;
use super::why::{Gathered, Why};
use crate::graph;
use crate::graph::measure::{self, Grouped};
use crate::model::EntityKey;

/// How communities are found.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "measure::CommunityMethod")]
pub(crate) enum CommunityMethod {
    /// Groups with more edges within than chance would put there: modularity is raised until nothing small raises it any
    /// more (Blondel and others 2008, with the refinements of Traag and others 2019).
    Louvain,
    /// Everybody takes, ten times, the label that most neighbors have, of several the smallest (Raghavan and others
    /// 2007; "CDLP" of LDBC Graphalytics). Cheaper and rougher: it tends to one very large community, or, where edges join
    /// two sides only, as positions join organizations with laws, to the two sides.
    LabelPropagation,
}

impl CommunityMethod {
    /// The name of the rule, and the rule in words.
    fn rule(self) -> (&'static str, &'static str) {
        match self {
            Self::Louvain => (
                "LOUVAIN",
                "The Louvain method on the edges without direction, each once: entities in turn, by kind and name, then \
                 whole communities, move to where modularity rises most, until neither moving one entity nor joining two \
                 communities raises it; communities that no edge holds together are split.",
            ),
            Self::LabelPropagation => (
                "LABEL_PROPAGATION",
                "At first each entity has a label of its own, in the order of kind and name; in each of ten rounds all \
                 take at once the label that most of their neighbors had, of several the smallest. Where edges have a \
                 direction, a neighbor joined both ways counts twice.",
            ),
        }
    }
}

/// All groups of a graph, and the rule that made them.
#[derive(Clone)]
struct AllGroups {
    pinned: Pinned,
    grouped: Arc<Grouped>,
    via: Arc<graph::Traversal>,
    /// All statements that the method ran on.
    projected: Gathered,
    rule: &'static str,
    explanation: &'static str,
}

/// One of them.
#[derive(Clone)]
struct Group {
    all: AllGroups,
    number: u32,
}

impl AllGroups {
    /// A page of those with at least `size_min` members, the largest first. A cursor names a group by its first member.
    fn page<E: Edge + From<Place>>(&self, size_min: Option<i32>, args: &PageArgs) -> ApiResult<Edges<E>> {
        let size_min = size_min.unwrap_or(1);
        let size = usize::try_from(size_min)
            .map_err(|_| ApiError::BadUserInput(format!("`minSize` is {size_min}: it must be 0 or more.")))?;
        let groups = &self.grouped.groups;
        let first = |number: u32| groups.members(number)[0];
        let locate = |cursor: &Cursor| {
            let entity = self.pinned.entity_of_key(&EntityKey::parse(&cursor.id).ok()?)?;
            groups.group_of(entity).filter(|number| first(*number) == entity).map(|number| number as usize)
        };
        let edge = |place: usize| {
            let number = u32::try_from(place).expect("a place in a list of groups");
            let id = self.pinned.key(first(number)).to_string();
            Ok(Place { group: self.group(number), cursor: Cursor { place, id }.encode() }.into())
        };
        Edges::new(&self.pinned, args, groups.n_of_size(size) as usize, locate, edge)
    }

    fn group(&self, number: u32) -> Group {
        Group { all: self.clone(), number }
    }

    fn why(&self, statements: Gathered) -> Why {
        Why {
            pinned: self.pinned.clone(),
            rule: self.rule,
            explanation: self.explanation,
            statements: statements.into(),
        }
    }

    /// All groups rest on all statements that the method ran on.
    fn why_all(&self) -> Why {
        self.why(self.projected.clone())
    }
}

impl Group {
    fn size(&self) -> i32 {
        number(self.all.grouped.groups.members(self.number).len())
    }

    fn n_statements_within(&self) -> i32 {
        number(self.all.grouped.n_statements_within(self.number))
    }

    fn entities(&self, args: &PageArgs) -> ApiResult<EntityConnection> {
        page_of_list(&self.all.pinned, &self.all.grouped.groups.list(self.number), args).map(EntityConnection)
    }

    fn why_within(&self) -> Why {
        let Self { all: AllGroups { grouped, via, .. }, number } = self.clone();
        let n = grouped.n_statements_within(number);
        let within =
            move |snapshot: &graph::Snapshot, n| grouped.statements_within(snapshot, &via, number).take(n).collect();
        self.all.why(Gathered::counted(n, within))
    }
}

/// A group at its place in a list.
struct Place {
    group: Group,
    cursor: String,
}

macro_rules! group_edge {
    ($edge:ident, $node:ident, $what:literal) => {
        #[doc = concat!("A ", $what, " with its place in the list.")]
        #[derive(SimpleObject)]
        pub(crate) struct $edge {
            #[doc = concat!("The ", $what, ".")]
            node: $node,
            /// Names this place in this list, for `after` and `before`. Opaque.
            cursor: String,
        }

        impl From<Place> for $edge {
            fn from(place: Place) -> Self {
                Self { node: $node(place.group), cursor: place.cursor }
            }
        }

        impl Edge for $edge {
            type Node = $node;

            fn node(&self) -> $node {
                self.node.clone()
            }

            fn cursor(&self) -> &str {
                &self.cursor
            }
        }
    };
}

connection!(ComponentConnection, ComponentEdge, Component, "components, the largest first");
group_edge!(ComponentEdge, Component, "component");
connection!(CommunityConnection, CommunityEdge, Community, "communities, the largest first");
group_edge!(CommunityEdge, Community, "community");

/// Entities that hang together: chains of statements join each with each, and none leads out.
#[derive(Clone)]
pub(crate) struct Component(Group);

/// Entities that hang together: chains of statements join each with each, and none leads out.
#[Object]
impl Component {
    /// How many entities belong to it; 1 for one that nothing joins with another.
    async fn size(&self) -> i32 {
        self.0.size()
    }

    /// The entities, by kind and name.
    async fn entities(
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
    ) -> ApiResult<EntityConnection> {
        self.0.entities(&PageArgs { first, after, last, before })
    }

    /// The rule, and all statements between its entities, by subject and predicate: on them alone it is the same
    /// component.
    async fn why(&self) -> Why {
        self.0.why_within()
    }
}

/// Entities that belong together: among them there are more statements than chance would put there, or most neighbors
/// of each have the same label, as the method says. It says nothing on whether they agree: who is for a law
/// and who is against it are both joined with it.
#[derive(Clone)]
pub(crate) struct Community(Group);

/// Entities that belong together: among them there are more statements than chance would put there, or most neighbors
/// of each have the same label, as the method says. It says nothing on whether they agree: who is for a law
/// and who is against it are both joined with it.
#[Object]
impl Community {
    /// How many entities belong to it.
    async fn size(&self) -> i32 {
        self.0.size()
    }

    /// How many of the statements that the method ran on join two of its entities.
    async fn n_statements_within(&self) -> i32 {
        self.0.n_statements_within()
    }

    /// The entities, by kind and name.
    async fn entities(
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
    ) -> ApiResult<EntityConnection> {
        self.0.entities(&PageArgs { first, after, last, before })
    }

    /// The method, and all statements that it ran on, not only those between its entities: a community is told from the
    /// others by what joins it with them and what does not. By predicate first where `via` names predicates.
    async fn why(&self) -> Why {
        self.0.all.why_all()
    }
}

/// All entities in communities, each in one.
pub(crate) struct Partition {
    all: AllGroups,
    method: CommunityMethod,
}

/// All entities in communities, each in one.
#[Object]
impl Partition {
    /// How they were found.
    async fn method(&self) -> CommunityMethod {
        self.method
    }

    /// The share of edges within communities, less the share that would lie there if the ends of all edges were joined
    /// at random: from -1/2 to 1, 0 for everything in one (Newman and Girvan 2004). Null when there is no edge.
    async fn modularity(&self) -> Option<f64> {
        self.all.grouped.modularity
    }

    /// The communities, the largest first, of equally large ones the one with the first entity by kind and name.
    async fn communities(
        &self,
        #[graphql(desc = "Only those with at least so many entities, 0 or more; 1, which is all, when null.")]
        min_size: Option<i32>,
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
    ) -> ApiResult<CommunityConnection> {
        self.all.page(min_size, &PageArgs { first, after, last, before }).map(CommunityConnection)
    }

    /// The community of one entity; null when there is no such entity, or `via` leaves its kind out.
    async fn community_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entity, by its `id`.")] entity: ID,
    ) -> Option<Community> {
        let pinned = &self.all.pinned;
        let found = unless_nothing(entity_of(pinned, "entity", None, Some(&entity)));
        let number = |entity| self.all.grouped.groups.group_of(entity);
        let community = |number| Community(self.all.group(number));
        or_null(ctx, found.map(|entity| entity.flatten().and_then(number).map(community)))
    }

    /// The method, and all statements that it ran on, by predicate first where `via` names predicates. On them alone the
    /// communities are the same.
    async fn why(&self) -> Why {
        self.all.why_all()
    }
}

/// The root fields that group.
#[derive(Default)]
pub(crate) struct CommunityQuery;

#[Object]
impl CommunityQuery {
    /// The connected components, the largest first, of equally large ones the one with the first entity by kind and
    /// name. Computed over the whole graph and kept until the data change.
    #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
    async fn components(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What joins entities; all stated statements when null. Its direction does not matter, and entities of \
                    other kinds than `kinds` belong to no component."
        )]
        via: Option<Traversal>,
        #[graphql(desc = "Only those with at least so many entities, 0 or more; 1, which is all, when null.")]
        min_size: Option<i32>,
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
    ) -> ApiResult<ComponentConnection> {
        let pinned = Pinned::of(ctx);
        let via = Traversal::or_any(via);
        let grouped = pinned.computed(measure::Components::new(via.clone())).await?;
        let via = Arc::new(via);
        let all = AllGroups {
            pinned,
            projected: projected(&via, grouped.n_statements),
            grouped,
            via,
            rule: "COMPONENT",
            explanation: "Two entities belong to one component when usable statements join them, over however many \
                          others and whichever way they point.",
        };
        all.page(min_size, &PageArgs { first, after, last, before }).map(ComponentConnection)
    }

    /// All entities in communities: groups that have much to do with each other and little with the rest. Computed over
    /// the whole graph and kept until the data change; an error when that takes longer than, by default, 3 seconds.
    async fn communities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they are found.", default_with = "CommunityMethod::Louvain")] by: CommunityMethod,
        #[graphql(desc = "What joins entities; all stated statements, either way, when null.")] via: Option<Traversal>,
    ) -> ApiResult<Partition> {
        let pinned = Pinned::of(ctx);
        let via = Traversal::or_any(via);
        let grouped = pinned.computed(measure::Communities::new(by.into(), via.clone())).await?;
        let (rule, explanation) = by.rule();
        let via = Arc::new(via);
        let projected = projected(&via, grouped.n_statements);
        Ok(Partition { all: AllGroups { pinned, grouped, via, projected, rule, explanation }, method: by })
    }
}

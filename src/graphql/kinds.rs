//! What is written once for all six kinds: the object type with its common fields and relations, and the root fields.

/// Declares the object type of a kind: the fields that all kinds share, its relations, and fields of its own.
///
/// A relation reads `name -> Connection: PREDICATE Direction`; it lists the far ends of the statements with that
/// predicate that lead out of the entity (`Out`) or into it (`In`), by kind and name. A position is a relation that can
/// also be asked for as it stands on a day; it reads likewise, with the stance behind `as`. What is computed of a kind that
/// can take part in a conflict are its conflicts, by the field of the filter that names it, and its timeline.
macro_rules! entity_object {
    (
        $(#[$doc:meta])*
        $name:ident
        $(positions { $( $(#[$position_doc:meta])* $position:ident -> $positions:ident<$far:ident>: $taken:ident $way:ident as $stance:ident; )* })?
        relations { $( $(#[$relation_doc:meta])* $relation:ident -> $connection:ident<$node:ident>: $predicate:ident $direction:ident; )* }
        $(computed {
            $(#[$conflicts_doc:meta])*
            conflicts by $part:ident;
            $(#[$timeline_doc:meta])*
            timeline;
        })?
        fields { $($fields:tt)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $name($crate::graphql::handle::Handle);

        impl From<$crate::graphql::handle::Handle> for $name {
            fn from(handle: $crate::graphql::handle::Handle) -> Self {
                Self(handle)
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL fields")]
        impl $name {
            /// The kind in lower case, a slash and the slug; unique over everything.
            pub(crate) async fn id(&self) -> async_graphql::ID {
                self.0.id()
            }

            /// Which of the six kinds it is.
            pub(crate) async fn kind(&self) -> $crate::graphql::closed_set::Term<$crate::model::EntityKind> {
                $crate::graphql::closed_set::Term(self.0.pinned.kind(self.0.ix))
            }

            /// Unique within its kind; lower-case words joined by hyphens; never changes.
            pub(crate) async fn slug(&self) -> String {
                self.0.pinned.slug(self.0.ix).to_owned()
            }

            /// What people call it; of a claim, its one fixed wording.
            pub(crate) async fn name(&self) -> String {
                self.0.pinned.name(self.0.ix).to_owned()
            }

            /// A few sentences on it in our own words; null when there are none.
            pub(crate) async fn summary(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<Option<String>, $crate::graphql::error::ApiError> {
                let summary = self.0.texts(ctx).await.map(|texts| texts.summary.clone());
                Ok($crate::graphql::error::or_null(ctx, summary))
            }

            /// Other names and spellings, the most usual first.
            pub(crate) async fn aliases(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<Vec<String>, $crate::graphql::error::ApiError> {
                Ok(self.0.texts(ctx).await?.aliases.clone())
            }

            /// Names that registers gave it, in the order in which the corpus gives them.
            pub(crate) async fn identifiers(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<Vec<$crate::graphql::entity::Identifier>, $crate::graphql::error::ApiError> {
                self.0.identifiers(ctx).await
            }

            /// What it is about, by name.
            pub(crate) async fn topics(
                &self,
            ) -> Result<Vec<$crate::graphql::topic::Topic>, $crate::graphql::error::ApiError> {
                self.0.topics()
            }

            /// Statements with this entity at either end, by subject, object and predicate.
            pub(crate) async fn statements(
                &self,
                #[graphql(desc = "Only these predicates; null means all. At most 100 by default.")]
                predicates: Option<Vec<$crate::graphql::closed_set::Term<$crate::model::Predicate>>>,
                #[graphql(desc = "OUT: it is the subject; IN: it is the object; BOTH or null: either.")]
                direction: Option<$crate::graphql::direction::Direction>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::statement::StatementConnection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                self.0.statements(predicates, direction, &args)
            }

            /// Documents that mention it, with where; by document, then place.
            pub(crate) async fn mentions(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::citation::CitationConnection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                self.0.mentions(ctx, &args).await
            }

            /// How many other entities have a statement with this one, in either direction.
            pub(crate) async fn n_neighbors(&self) -> i32 {
                self.0.n_neighbors()
            }

            /// Every entity with a statement to or from this one, by kind and name; each edge carries all statements
            /// between the two.
            pub(crate) async fn neighbors(
                &self,
                #[graphql(desc = "Only entities of these kinds; null means all. At most 100 by default.")]
                kinds: Option<Vec<$crate::graphql::closed_set::Term<$crate::model::EntityKind>>>,
                #[graphql(desc = "OUT: this entity is the subject; IN: it is the object; BOTH or null: either.")]
                direction: Option<$crate::graphql::direction::Direction>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::connection::EntityConnection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                self.0.neighbors(kinds, direction, &args)
            }

            $(
            /// How many stated positions that organizations took on laws are dated by no source, of those with this entity
            /// at either end: `stances` and lists of positions that are asked for on a day leave them out.
            async fn n_undated_positions(&self) -> i32 {
                $crate::graphql::scalar::number(self.0.pinned.n_undated_positions(self.0.ix))
            }

            $(
            $(#[$position_doc])*
            async fn $position(
                &self,
                #[graphql(
                    desc = "As it stands on the last day of this date: those whose computed stance, on the whole or on an aspect, is this one, each with the statements that it rests on; MIXED is none of the three. What no source dates then does not count (`nUndatedPositions`). Null: whoever was ever so, whatever came later, and be it on a member's word; unlike `stances`, which without a day tells by the last position that each took."
                )]
                on: Option<$crate::graphql::scalar::PartialDate>,
                #[graphql(
                    desc = "Which statements count: those that a source states (the default), those that are inferred, or with null both. With `on` only stated ones do.",
                    default_with = "crate::graphql::entity::stated()"
                )]
                basis: Option<$crate::graphql::closed_set::Term<$crate::model::Basis>>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::connection::$positions, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                let basis = basis.map(|$crate::graphql::closed_set::Term(basis)| basis);
                match on {
                    Some(on) => {
                        let stance = $crate::graph::Stance::$stance;
                        $crate::graphql::connection::page_of_standing(&self.0, stance, on, basis, &args)
                    }
                    None => $crate::graphql::connection::page_of_relation(
                        &self.0,
                        <$far as $crate::graphql::connection::EntityNode>::KIND,
                        ($crate::model::Predicate::$taken, $crate::graph::Direction::$way),
                        basis,
                        &args,
                    ),
                }
                .map($crate::graphql::connection::$positions)
            }
            )*)?

            $(
            $(#[$relation_doc])*
            async fn $relation(
                &self,
                #[graphql(
                    desc = "Which statements count: those that a source states (the default), those that are inferred, or with null both.",
                    default_with = "crate::graphql::entity::stated()"
                )]
                basis: Option<$crate::graphql::closed_set::Term<$crate::model::Basis>>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::connection::$connection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                $crate::graphql::connection::page_of_relation(
                    &self.0,
                    <$node as $crate::graphql::connection::EntityNode>::KIND,
                    ($crate::model::Predicate::$predicate, $crate::graph::Direction::$direction),
                    basis.map(|$crate::graphql::closed_set::Term(basis)| basis),
                    &args,
                )
                .map($crate::graphql::connection::$connection)
            }
            )*

            $(
            $(#[$conflicts_doc])*
            async fn conflicts(
                &self,
                #[graphql(desc = "Of one of these kinds; null means all. At most 100 by default.")]
                kinds: Option<Vec<$crate::graphql::conflict::ConflictKind>>,
                #[graphql(desc = "Of one of these strengths; null means both. At most 100 by default.")]
                strengths: Option<Vec<$crate::graphql::conflict::ConflictStrength>>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::conflict::ConflictConnection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                let filter = $crate::graph::ConflictFilter { $part: Some(self.0.ix), ..Default::default() };
                let wanted = $crate::graphql::conflict::ConflictsWanted { kinds, strengths };
                $crate::graphql::conflict::ConflictConnection::of(&self.0.pinned, filter, wanted, &args).await
            }

            $(#[$timeline_doc])*
            async fn timeline(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only what is dated on or after the first day of this date; null: from the earliest on.")]
                from: Option<$crate::graphql::scalar::PartialDate>,
                #[graphql(desc = "Only what is dated on or before the last day of this date; null: to the latest.")]
                to: Option<$crate::graphql::scalar::PartialDate>,
                #[graphql(
                    desc = "Which statements count: those that a source states (the default), those that are inferred, or with null both.",
                    default_with = "crate::graphql::entity::stated()"
                )]
                basis: Option<$crate::graphql::closed_set::Term<$crate::model::Basis>>,
                #[graphql(desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::timeline::TimelineConnection, $crate::graphql::error::ApiError> {
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                let wanted = $crate::graphql::timeline::DatesWanted { from, to, basis };
                $crate::graphql::timeline::TimelineConnection::of(ctx, &self.0, &wanted, &args).await
            }
            )?

            $($fields)*
        }
    };
}
pub(crate) use entity_object;

/// Declares the filter and the two root fields of a kind: one by slug, one list.
macro_rules! entity_query {
    (
        $query:ident: $one:ident, $many:ident -> $node:ident, $connection:ident by $order:ident, $a:literal, $what:literal
        filter $filter:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* } => |$given:ident| $own:expr
    ) => {
        #[doc = concat!("Which ", $what, " are wanted; every field that is given must hold.")]
        #[derive(async_graphql::InputObject, Default)]
        pub(crate) struct $filter {
            /// Whose name holds this text, whatever the case; null: any name. At most 200 characters by default.
            name_contains: Option<String>,
            /// That are about this topic, by its id; null: about any or none.
            topic: Option<async_graphql::ID>,
            /// That this document mentions, by its id; null: wherever they are mentioned.
            document: Option<async_graphql::ID>,
            $($(#[$field_doc])* $field: $type,)*
        }

        #[doc = concat!("Root fields for ", $what, ".")]
        #[derive(Default)]
        pub(crate) struct $query;

        #[async_graphql::Object]
        impl $query {
            #[doc = concat!("The ", $a, " with this slug; null when there is none.")]
            async fn $one(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Its `slug`.")] slug: String,
            ) -> Option<$node> {
                let pinned = $crate::graphql::handle::Pinned::of(ctx);
                let ix = pinned.entity($crate::model::EntityKind::$node, &slug)?;
                Some($crate::graphql::handle::Handle { pinned, ix }.into())
            }

            #[doc = concat!("All ", $what, " that the filter wants, in the order of `orderBy`.")]
            #[expect(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
            async fn $many(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Which are wanted; null means all.")] filter: Option<$filter>,
                #[graphql(desc = "In which order; by name when null.")]
                order_by: Option<$order>,
                #[graphql(
                    desc = "So many from the start of the list, by default 0 to 100; 20 when null, unless `last` is given."
                )]
                first: Option<i32>,
                #[graphql(desc = "Only what comes after this cursor; null: from the start.")] after: Option<String>,
                #[graphql(desc = "So many from the end of the list, by default 0 to 100; not together with `first`. Null: counted from the start.")]
                last: Option<i32>,
                #[graphql(desc = "Only what comes before this cursor; null: to the end.")] before: Option<String>,
            ) -> Result<$crate::graphql::connection::$connection, $crate::graphql::error::ApiError> {
                let pinned = $crate::graphql::handle::Pinned::of(ctx);
                let $given = filter.unwrap_or_default();
                let common = $crate::graphql::filter::CommonFilter {
                    name_contains: $given.name_contains,
                    topic: $given.topic,
                    document: $given.document,
                };
                let args = $crate::graphql::paging::PageArgs { first, after, last, before };
                let kind = $crate::model::EntityKind::$node;
                let own = $own;
                $crate::graphql::filter::entities(&pinned, kind, &common, own, order_by.map(Into::into), &args)
                    .map($crate::graphql::connection::$connection)
            }
        }
    };
}
pub(crate) use entity_query;

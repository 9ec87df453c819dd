//! What one operation may cost: every limit of it a setting with a name, told to clients as it is.

use std::time::Duration;

use super::document::Limits;

/// A limit as it is told: to clients by `graph { limits }`, to operators by the reference of settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// As the field of the settings, and as `extensions.limit` of an error names it.
    pub name: &'static str,
    /// What is allowed at the most.
    pub max: u64,
    /// What is counted.
    pub unit: &'static str,
    /// What is limited, its default and why.
    pub description: &'static str,
}

/// A setting as a number.
pub(super) trait Figure {
    fn figure(self) -> u64;
}

impl Figure for u64 {
    fn figure(self) -> u64 {
        self
    }
}

impl Figure for u32 {
    fn figure(self) -> u64 {
        self.into()
    }
}

impl Figure for usize {
    fn figure(self) -> u64 {
        u64::try_from(self).unwrap_or(u64::MAX)
    }
}

impl Figure for Duration {
    /// In milliseconds.
    fn figure(self) -> u64 {
        u64::try_from(self.as_millis()).unwrap_or(u64::MAX)
    }
}

/// Declares a struct of limits, its defaults and its table: what is no row of the table is no field.
macro_rules! limits {
    (
        $(#[$of_struct:meta])*
        $struct:ident {
            $(with $part:ident: $part_type:ty, $of_part:literal;)?
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty = $default:expr, $unit:literal;)+
        }
    ) => {
        $(#[$of_struct])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $struct {
            $(#[doc = $of_part] pub $part: $part_type,)?
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Default for $struct {
            fn default() -> Self {
                Self { $($part: <$part_type>::default(),)? $($field: $default,)+ }
            }
        }

        impl $struct {
            /// All of them, in the order in which they take hold.
            pub fn table(&self) -> Vec<$crate::graphql::limits::Limit> {
                #[allow(unused_mut, reason = "most of these structs have no part")]
                let mut table = Vec::new();
                $(table.extend(self.$part.table());)?
                table.extend([$($crate::graphql::limits::Limit {
                    name: stringify!($field),
                    max: $crate::graphql::limits::Figure::figure(self.$field),
                    unit: $unit,
                    description: concat!($($doc),+).trim_ascii(),
                }),+]);
                table
            }
        }
    };
}
pub(super) use limits;

limits! {
    /// What one request may cost.
    ExecutionLimits {
        with document: Limits, "How large its document and its variables may be.";
        /// Objects that the answer could hold, weighed before anything is executed: whatever has fields, the size of
        /// each page times what is asked of each item, five for a list of which nothing says how long it may be.
        /// 1,000,000: a page of 100, with a page of 100 each, and the citations of every statement makes 826,101, and is
        /// a question that people ask; few of those lists are ever full, and `objects` counts what there is. GitHub
        /// allows 500,000 nodes, Open Targets 150,000.
        cost: u64 = 1_000_000, "objects";
        /// Objects that the answer does hold, counted while it is made: lists whose length nobody can know before are
        /// stopped here, and those that are fuller than others. 50,000: some megabytes of JSON.
        objects: u32 = 50_000, "objects";
        /// Fields that the answer may hold: its objects times the fields of the operation, counted while it is made.
        /// 500,000: some tens of megabytes while they are.
        answer_fields: u64 = 500_000, "fields";
        /// Operations that are executed at once, and besides a fourth as many events of subscriptions; others wait for
        /// their turn within the time that they may take. 32: more would only hold their half-made answers in memory.
        executed_at_once: usize = 32, "operations";
        /// Items on a page when the client does not say, as far as `page` allows. 20: what a screen shows.
        page_default: usize = 20, "items";
        /// Items on the largest page. 100, as GitHub; Shopify gives 250.
        page: usize = 100, "items";
        /// Characters of a text by which names are filtered. 200: longer than any name.
        name_chars: usize = 200, "characters";
        /// Characters of what is searched for. 500: a long sentence.
        search_chars: usize = 500, "characters";
        /// Words that are searched for; those behind them are left out. 16: each is looked up in an index of its own.
        search_terms: usize = 16, "words";
        /// Edges that a search for walks may look at. 500,000: some tens of milliseconds.
        visits: usize = 500_000, "edges";
        /// Steps of a walk, and of what joins entities from one to the next; where the client does not say, 6 of them at
        /// the most. 10: further apart, being connected says nothing.
        hops: usize = 10, "steps";
        /// Walks between two entities that are listed; where the client does not say, 5 of them at the most. 50: each is
        /// searched for anew.
        walks: usize = 50, "walks";
        /// Steps around entities; 1 where the client does not say. 5: further out lies everything.
        neighborhood_depth: usize = 5, "steps";
        /// Entities around entities; where the client does not say, 200 of them at the most. 2,000: ten times what a
        /// picture can hold.
        neighborhood_entities: usize = 2_000, "entities";
        /// Statements between them; the best cited stay, and the answer says that there are more. 5,000: some megabytes
        /// of JSON.
        neighborhood_statements: usize = 5_000, "statements";
        /// Entities that are joined by a tree. 20: more make no picture that says anything.
        joined: usize = 20, "entities";
        /// Organizations that are compared with one another. 50: 1,225 pairs.
        compared: usize = 50, "organizations";
        /// Pairs of organizations that stand alike, among which coalitions are looked for; those with the same standpoints
        /// on everything are taken as one. 5,000,000: some 40 MB while they are.
        alignments: usize = 5_000_000, "pairs";
        /// Pairs of studies or documents that the search for what a verdict hangs on tries; then the answer says that it
        /// is not complete. 100,000: some milliseconds.
        flips_tried: usize = 100_000, "pairs";
        /// How long a question about the whole graph may be computed. 3 seconds: shorter than a request, so that whoever
        /// asked learns which of the two limits it was.
        computation_time: Duration = Duration::from_secs(3), "milliseconds";
        /// How long a request may take, from when it was received. 4 seconds: GitHub gives up after 10, and a person has
        /// turned away before.
        time: Duration = Duration::from_secs(4), "milliseconds";
        /// Errors in an answer; further ones are left out. 10: graphql-js stops at 100, and a reader sooner.
        errors: usize = 10, "errors";
        /// Characters of an error's message, which is cut there. 500: messages repeat parts of the document, and must
        /// not multiply it.
        message_chars: usize = 500, "characters";
        /// Bytes of the documents that are kept to be asked for by their hash; the least used give way. 8 MiB: some
        /// thousands of the size that code generators write.
        persisted_bytes: u64 = 8 * 1024 * 1024, "bytes";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_field_is_a_row_with_a_name_of_its_own() {
        let ExecutionLimits {
            document,
            cost: _,
            objects: _,
            answer_fields: _,
            executed_at_once: _,
            page_default: _,
            page: _,
            name_chars: _,
            search_chars: _,
            search_terms: _,
            visits: _,
            hops: _,
            walks: _,
            neighborhood_depth: _,
            neighborhood_entities: _,
            neighborhood_statements: _,
            joined: _,
            compared: _,
            alignments: _,
            flips_tried: _,
            computation_time,
            time: _,
            errors: _,
            message_chars: _,
            persisted_bytes: _,
        } = ExecutionLimits::default();
        let own = 24;
        let table = ExecutionLimits::default().table();
        assert_eq!(table.len(), document.table().len() + own);
        assert_eq!(table.iter().map(|limit| limit.name).collect::<HashSet<_>>().len(), table.len());
        let row = table.iter().find(|limit| limit.name == "computation_time").expect("a row a field");
        assert_eq!((u128::from(row.max), row.unit), (computation_time.as_millis(), "milliseconds"));
        for Limit { name, max, unit, description } in table {
            assert!(max > 0 && !unit.is_empty() && description.ends_with('.'), "{name}: {description}");
            assert!(!description.contains("  "), "{name}: {description}");
        }
    }
}

//! How large a document may be.

use crate::graphql::limits::limits;

limits! {
    /// How large a document and its variables may be, before and after its fragments are put in place.
    ///
    /// Every limit is generous for a document that a person or a code generator writes, and small beside what makes a
    /// server suffer.
    Limits {
        /// Bytes of the text. 65,536: half of the time of a small request goes into parsing, and it grows with the text.
        /// `GraphQL` Armor stops at 15,000 characters.
        bytes: u64 = 64 * 1024, "bytes";
        /// Lexical tokens. 5,000: between `GraphQL` Armor's 1,000 and Apollo Router's 15,000.
        tokens: u64 = 5_000, "tokens";
        /// How deep `{`, `[` and `(` may stand in one another, fragments put in place; also in the JSON of variables. 32: the parser recurses on them and
        /// ends the process between 1,000 and 1,500 of them, in an unoptimised build much earlier; the standard
        /// introspection query has 18.
        nesting: u64 = 32, "brackets";
        /// Tokens of the JSON that gives the variables their values. 10,000: a hundred lists of names; in memory each takes
        /// up to a hundred times its size.
        tokens_of_variables: u64 = 10_000, "tokens";
        /// Uses of directives in the whole text. 20: `GraphQL` Armor allows 50, and no directive of ours needs more.
        directives: u64 = 20, "directives";
        /// Directives at one place. 5: the known ones are each allowed once, so more cannot be valid.
        directives_at_a_place: u64 = 5, "directives";
        /// Operations. 10: `GraphiQL` sends all that stand in the editor; only one of them runs, all are validated.
        operations: u64 = 10, "operations";
        /// Variables that one operation declares. 100: generated forms have dozens.
        variables: u64 = 100, "variables";
        /// Fields of one operation or fragment, fragments put in place. 500, as graphql-cop advises; the standard
        /// introspection query has some 230.
        fields: u64 = 500, "fields";
        /// Fields within fields, fragments put in place. 15, above `GraphQL` Armor's 6, since a graph is there to be walked.
        depth: u64 = 15, "fields";
        /// Fields within fields of an operation that only asks for the schema. 20: the standard introspection query is 15 deep and has
        /// grown before.
        depth_of_introspection: u64 = 20, "fields";
        /// Aliases of one operation, fragments put in place. 30: each can run a costly field once more. Armor 15.
        aliases: u64 = 30, "aliases";
        /// Fields at the root of a query, fragments put in place. 20, as Apollo Router.
        root_fields: u64 = 20, "fields";
        /// Fields at the root of a mutation. 10: they run one after the other, each a transaction.
        root_fields_of_mutation: u64 = 10, "fields";
        /// Values in a list, of the document or of a variable. 100; Shopify takes 250.
        list: u64 = 100, "values";
        /// Characters of any text or id, of the document or of a variable. 10,000: some pages of prose.
        text_chars: u64 = 10_000, "characters";
    }
}

/// A document is larger than a limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the limit `{limit}` is {max}, and this request has {actual}")]
pub struct LimitExceeded {
    /// The name of the limit, as in [`Limits`].
    pub limit: &'static str,
    /// What is allowed.
    pub max: u64,
    /// What was found; `u64::MAX` stands for all that cannot be counted.
    pub actual: u64,
}

impl LimitExceeded {
    /// # Errors
    /// When `actual` is greater than `max`.
    pub(in crate::graphql) fn check(limit: &'static str, max: u64, actual: u64) -> Result<(), Self> {
        if actual > max { Err(Self { limit, max, actual }) } else { Ok(()) }
    }
}

//! How large a document may be.

/// How large a document may be, before and after its fragments are put in place.
///
/// Every limit is generous for a document that a person or a code generator writes, and small beside what makes a
/// server suffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text. 65,536: half of the time of a small request goes into parsing, and it grows with the text.
    /// `GraphQL` Armor stops at 15,000 characters.
    pub bytes: u64,
    /// Lexical tokens. 5,000: between `GraphQL` Armor's 1,000 and Apollo Router's 15,000.
    pub tokens: u64,
    /// How deep `{`, `[` and `(` may stand in one another, fragments put in place. 32: the parser recurses on them and
    /// ends the process between 1,000 and 1,500 of them, in an unoptimised build much earlier; the standard
    /// introspection query has 18.
    pub nesting: u64,
    /// Uses of directives in the whole text. 20: `GraphQL` Armor allows 50, and no directive of ours needs more.
    pub directives: u64,
    /// Directives at one place. 5: the known ones are each allowed once, so more cannot be valid.
    pub directives_at_a_place: u64,
    /// Operations. 10: `GraphiQL` sends all that stand in the editor; only one of them runs, all are validated.
    pub operations: u64,
    /// Variables that one operation declares. 100: generated forms have dozens.
    pub variables: u64,
    /// Fields of one operation or fragment, fragments put in place. 500, as graphql-cop advises; the standard
    /// introspection query has some 230.
    pub fields: u64,
    /// Fields within fields, fragments put in place. 15, above `GraphQL` Armor's 6, since a graph is there to be walked.
    pub depth: u64,
    /// The same for an operation that only asks for the schema. 20: the standard introspection query is 15 deep and has
    /// grown before.
    pub depth_of_introspection: u64,
    /// Aliases of one operation, fragments put in place. 30: each can run a costly field once more. Armor 15.
    pub aliases: u64,
    /// Fields at the root of a query, fragments put in place. 20, as Apollo Router.
    pub root_fields: u64,
    /// Fields at the root of a mutation. 10: they run one after the other, each a transaction.
    pub root_fields_of_mutation: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 5_000,
            nesting: 32,
            directives: 20,
            directives_at_a_place: 5,
            operations: 10,
            variables: 100,
            fields: 500,
            depth: 15,
            depth_of_introspection: 20,
            aliases: 30,
            root_fields: 20,
            root_fields_of_mutation: 10,
        }
    }
}

/// A document is larger than a limit allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the limit `{limit}` is {max}, and this document has {actual}")]
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
    pub(super) fn check(limit: &'static str, max: u64, actual: u64) -> Result<(), Self> {
        if actual > max { Err(Self { limit, max, actual }) } else { Ok(()) }
    }
}

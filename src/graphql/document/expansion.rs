//! What a document holds when its fragments are put in place.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};

use super::{DocumentRefused, LimitExceeded, Limits};

pub(super) type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// Refuses a document that would keep validation or execution busy for long.
///
/// Every operation is held to the limits, not only the one that will run, and every fragment to those of size: validation
/// walks them all, and follows each spread anew. Each fragment is measured once, so the time is linear in the document however often its
/// fragments spread one another; counts that overflow stay at their maximum.
///
/// Gives the number of fields of the operation that `name` chooses; 0 when it chooses none.
///
/// # Errors
/// When fragments spread themselves, or something is above one of `limits`. Of several problems, always the same one.
pub(in crate::graphql) fn check_expansion(
    document: &ExecutableDocument,
    name: Option<&str>,
    limits: &Limits,
) -> Result<u64, DocumentRefused> {
    let mut operations: Vec<_> = document.operations.iter().collect();
    operations.sort_unstable_by_key(|(name, _)| *name);
    let is_chosen = |of: Option<&Name>| name.map_or(operations.len() == 1, |name| of.is_some_and(|of| of == name));
    let named = || operations.iter().map(|(name, operation)| (*name, &operation.node));
    let operations = || named().map(|(_, operation)| operation);

    LimitExceeded::check("operations", limits.operations, count(operations().count()))?;
    for operation in operations() {
        LimitExceeded::check("variables", limits.variables, count(operation.variable_definitions.len()))?;
    }
    let most = most_directives_at_a_place(operations(), &document.fragments);
    LimitExceeded::check("directives_at_a_place", limits.directives_at_a_place, most)?;

    let fragments = measure_fragments(&document.fragments)?;
    for (_, extent) in by_name(&fragments) {
        extent.check_size(limits)?;
    }
    let mut n_fields = 0;
    for (of, operation) in named() {
        let extent = Extent::of(&operation.selection_set.node, &fragments);
        if is_chosen(of) {
            n_fields = extent.fields;
        }
        extent.check(limits)?;
        match operation.ty {
            OperationType::Mutation => {
                let max = limits.root_fields_of_mutation;
                LimitExceeded::check("root_fields_of_mutation", max, extent.root_fields)?;
            }
            _ => LimitExceeded::check("root_fields", limits.root_fields, extent.root_fields)?,
        }
    }
    Ok(n_fields)
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("a length in memory fits in 64 bits")
}

fn by_name<N: Ord, T>(named: &HashMap<N, T>) -> Vec<(&N, &T)> {
    let mut named: Vec<_> = named.iter().collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    named
}

/// How much a selection set holds when its fragments are put in place.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Extent {
    fields: u64,
    /// Fields within fields.
    depth: u64,
    /// Selection sets within selection sets, those of fragments included: on these the library recurses.
    nesting: u64,
    aliases: u64,
    /// Fields that stand in the set itself.
    root_fields: u64,
    /// Those of them that ask for the schema.
    root_fields_of_introspection: u64,
}

impl Extent {
    /// What a spread of a fragment that does not exist counts as. The document is invalid then, but the library walks
    /// it before it says so, and a walk over nothing must not be free.
    const OF_UNKNOWN: Self =
        Self { fields: 1, depth: 1, nesting: 1, aliases: 0, root_fields: 1, root_fields_of_introspection: 0 };

    /// Recurses on the brackets of one definition only, of which the parser allows 64.
    fn of(set: &SelectionSet, fragments: &HashMap<&str, Self>) -> Self {
        let mut sum = Self::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => {
                    let inner = Self::of(&field.node.selection_set.node, fragments);
                    let asks_for_schema = matches!(field.node.name.node.as_str(), "__schema" | "__type" | "__typename");
                    Self {
                        fields: inner.fields.saturating_add(1),
                        depth: inner.depth.saturating_add(1),
                        nesting: inner.nesting,
                        aliases: inner.aliases.saturating_add(field.node.alias.is_some().into()),
                        root_fields: 1,
                        root_fields_of_introspection: asks_for_schema.into(),
                    }
                }
                Selection::FragmentSpread(spread) => {
                    fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or(Self::OF_UNKNOWN)
                }
                Selection::InlineFragment(inline) => Self::of(&inline.node.selection_set.node, fragments),
            };
            sum.fields = sum.fields.saturating_add(part.fields);
            sum.depth = sum.depth.max(part.depth);
            sum.nesting = sum.nesting.max(part.nesting);
            sum.aliases = sum.aliases.saturating_add(part.aliases);
            sum.root_fields = sum.root_fields.saturating_add(part.root_fields);
            sum.root_fields_of_introspection =
                sum.root_fields_of_introspection.saturating_add(part.root_fields_of_introspection);
        }
        if !set.items.is_empty() {
            sum.nesting = sum.nesting.saturating_add(1);
        }
        sum
    }

    /// What makes validation slow or recurse.
    fn check_size(&self, limits: &Limits) -> Result<(), LimitExceeded> {
        LimitExceeded::check("fields", limits.fields, self.fields)?;
        LimitExceeded::check("nesting", limits.nesting, self.nesting)
    }

    /// What makes execution costly, too.
    fn check(&self, limits: &Limits) -> Result<(), LimitExceeded> {
        self.check_size(limits)?;
        LimitExceeded::check("aliases", limits.aliases, self.aliases)?;
        if self.root_fields_of_introspection == self.root_fields {
            LimitExceeded::check("depth_of_introspection", limits.depth_of_introspection, self.depth)
        } else {
            LimitExceeded::check("depth", limits.depth, self.depth)
        }
    }
}

/// The extent of every fragment, each measured after those that it spreads.
fn measure_fragments(fragments: &Fragments) -> Result<HashMap<&str, Extent>, DocumentRefused> {
    let mut measured = HashMap::with_capacity(fragments.len());
    for name in spread_first(fragments)? {
        let extent = Extent::of(&fragments[name].node.selection_set.node, &measured);
        measured.insert(name, extent);
    }
    Ok(measured)
}

/// All fragments, each after those that it spreads. Takes time linear in their text.
///
/// A walk in depth with a stack of its own: a chain of fragments can be longer than the thread's stack has room for.
///
/// # Errors
/// When fragments spread themselves.
pub(super) fn spread_first(fragments: &Fragments) -> Result<Vec<&str>, DocumentRefused> {
    let mut order = Vec::with_capacity(fragments.len());
    let mut done = HashSet::with_capacity(fragments.len());
    // To meet one that was begun and is not yet done is a cycle.
    let mut begun = HashSet::new();
    for (start, _) in by_name(fragments) {
        if done.contains(start.as_str()) {
            continue;
        }
        let mut path = vec![(start.as_str(), spreads_of(start, fragments))];
        while let Some((name, spreads)) = path.last_mut() {
            let name = *name;
            begun.insert(name);
            match spreads.pop() {
                Some(next) if done.contains(next) => {}
                Some(next) if begun.contains(next) => {
                    return Err(DocumentRefused::FragmentCycle { fragment: next.to_owned() });
                }
                Some(next) => {
                    if let Some((next, _)) = fragments.get_key_value(next) {
                        path.push((next.as_str(), spreads_of(next, fragments)));
                    }
                }
                None => {
                    done.insert(name);
                    order.push(name);
                    path.pop();
                }
            }
        }
    }
    Ok(order)
}

/// The names that a fragment spreads, in whatever depth of its own brackets.
fn spreads_of<'a>(fragment: &str, fragments: &'a Fragments) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut sets = vec![&fragments[fragment].node.selection_set.node];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => sets.push(&field.node.selection_set.node),
                Selection::FragmentSpread(spread) => names.push(spread.node.fragment_name.node.as_str()),
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
            }
        }
    }
    names
}

fn most_directives_at_a_place<'a>(
    operations: impl Iterator<Item = &'a OperationDefinition>,
    fragments: &'a Fragments,
) -> u64 {
    let mut most = 0;
    let mut see = |directives: &[Positioned<Directive>]| most = most.max(directives.len());
    let mut sets = Vec::new();
    for operation in operations {
        see(&operation.directives);
        operation.variable_definitions.iter().for_each(|variable| see(&variable.node.directives));
        sets.push(&operation.selection_set.node);
    }
    for fragment in fragments.values() {
        see(&fragment.node.directives);
        sets.push(&fragment.node.selection_set.node);
    }
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            see(selection.node.directives());
            match &selection.node {
                Selection::Field(field) => sets.push(&field.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
            }
        }
    }
    count(most)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::super::scan;
    use super::*;

    /// What the graphql package 16.15 of npm asks with every option on, as `GraphiQL` 5 and code generators do.
    const INTROSPECTION: &str = include_str!("introspection.graphql");

    /// The limit that a document breaks, and by what; `None` when it passes.
    fn refused(text: &str) -> Option<(&'static str, u64)> {
        let document = parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        match check_expansion(&document, None, &Limits::default()) {
            Ok(_) => None,
            Err(DocumentRefused::Limit(exceeded)) => Some((exceeded.limit, exceeded.actual)),
            Err(DocumentRefused::FragmentCycle { .. }) => Some(("cycle", 0)),
            Err(other) => panic!("{other}"),
        }
    }

    fn extent(text: &str) -> Extent {
        let document = parse_query(text).expect("the test wrote a document");
        let fragments = measure_fragments(&document.fragments).expect("no cycle");
        let (_, operation) = document.operations.iter().next().expect("a document has an operation");
        Extent::of(&operation.node.selection_set.node, &fragments)
    }

    /// A limit, what it allows, and a document that has so many.
    type Case<'a> = (&'static str, u64, &'a dyn Fn(usize) -> String);

    fn many(numbers: impl IntoIterator<Item = usize>, part: impl Fn(usize) -> String) -> String {
        numbers.into_iter().map(part).collect::<Vec<_>>().join(" ")
    }

    /// `f0` holds one field; each of the others spreads the one before it twice.
    fn doubling(n: usize, leaf: &str) -> String {
        let doubled = many(1..=n, |i| format!("fragment f{i} on Q {{ ...f{p} ...f{p} }}", p = i - 1));
        format!("fragment f0 on Q {{ {leaf} }} {doubled}")
    }

    #[test]
    fn the_standard_introspection_query_passes() {
        assert_eq!(scan(INTROSPECTION, &Limits::default()), Ok(()));
        assert_eq!(refused(INTROSPECTION), None);
        let extent = extent(INTROSPECTION);
        assert_eq!((extent.fields, extent.depth, extent.nesting), (230, 15, 18));
    }

    #[test]
    fn fragments_count_as_often_as_they_are_spread() {
        let text = "{ a { ...F b: c { ... on T { ...F } } } } fragment F on T { x y: z { t } }";
        let expected = Extent { fields: 8, depth: 4, nesting: 6, aliases: 3, root_fields: 1, ..Extent::default() };
        assert_eq!(extent(text), expected);
    }

    #[test]
    fn fragments_that_double_are_refused_wherever_they_stand() {
        for n in [9, 25, 300] {
            // Beyond 63 doublings the count stays at its maximum.
            let fields = if n < 64 { 1 << n } else { u64::MAX };
            let fragments = doubling(n, "a");
            assert!(scan(&fragments, &Limits::default()).is_ok(), "the text alone looks harmless");
            for operation in
                [format!("{{ ...f{n} }}"), "{ b }".into(), format!("query A {{ b }} query B {{ ...f{n} }}")]
            {
                let (limit, actual) = refused(&format!("{operation} {fragments}")).expect("too many fields");
                assert_eq!(limit, "fields");
                // The first of the fragments by name that is too large may be a smaller one.
                assert!((501..=fields).contains(&actual), "{actual}");
            }
        }
        assert!(refused(&(doubling(12, "...missing") + "{ ...f12 }")).is_some_and(|(limit, _)| limit == "fields"));
    }

    #[test]
    fn fragments_that_spread_themselves_are_refused_wherever_they_stand() {
        for text in [
            "{ ...A } fragment A on Q { ...A }",
            "{ ...A } fragment A on Q { a { ...B } } fragment B on Q { ... on Q { c { ...A } } }",
            "{ a } fragment A on Q { ...B } fragment B on Q { ...A }",
            "query X { a } query Y { ...A } fragment A on Q { b ...B } fragment B on Q { b ...C } fragment C on Q { ...B }",
        ] {
            assert_eq!(refused(text), Some(("cycle", 0)), "{text}");
        }
        let diamond = "{ ...A ...B } fragment A on Q { ...C } fragment B on Q { ...C ...A } fragment C on Q { c }";
        assert_eq!(refused(diamond), None);
    }

    #[test]
    fn a_long_chain_of_fragments_is_nesting_too() {
        let chain = |n: usize| {
            let links = many(1..n, |i| format!("fragment f{i} on Q {{ a {{ ...f{} }} }} ", i + 1));
            format!("{{ ...f1 }} {links} fragment f{n} on Q {{ a }}")
        };
        assert_eq!(refused(&chain(15)), None);
        assert!(refused(&chain(600)).is_some());
        let spreads = |n: usize| {
            let links = many(1..n, |i| format!("fragment f{i:03} on Q {{ ...f{:03} }} ", i + 1));
            format!("{{ ...f001 }} {links} fragment f{n:03} on Q {{ a }}")
        };
        // A chain of mere spreads is one field, but the library recurses on it all the same.
        let expected = Extent { fields: 1, depth: 1, nesting: 401, root_fields: 1, ..Extent::default() };
        assert_eq!(extent(&spreads(400)), expected);
        assert_eq!(refused(&spreads(400)).map(|(limit, _)| limit), Some("nesting"));
    }

    #[test]
    fn each_limit_is_met_and_named() {
        let nested = |n: usize, leaf: &str| format!("{}{leaf}{}", "{ a ".repeat(n - 1) + "{ ", " }".repeat(n));
        let cases: [Case; 9] = [
            ("operations", 10, &|n| many(0..n, |i| format!("query q{i} {{ a }}"))),
            ("variables", 100, &|n| format!("query({}) {{ a }}", many(0..n, |i| format!("$v{i}: Int")))),
            ("directives_at_a_place", 5, &|n| format!("{{ a {{ ... on T {} {{ b }} }} }}", "@d ".repeat(n))),
            ("fields", 500, &|n| format!("{{ a {{ {} }} }}", many(0..n - 1, |i| format!("f{i}")))),
            ("depth", 15, &|n| nested(n, "a")),
            ("depth_of_introspection", 20, &|n| format!("{{ __schema {} }}", nested(n - 1, "a"))),
            ("aliases", 30, &|n| format!("{{ a {{ {} }} }}", many(0..n, |i| format!("b{i}: b")))),
            ("root_fields", 20, &|n| format!("{{ {} }}", many(0..n, |i| format!("f{i}")))),
            ("root_fields_of_mutation", 10, &|n| format!("mutation {{ {} }}", many(0..n, |i| format!("f{i}")))),
        ];
        for (limit, max, text) in cases {
            let n = usize::try_from(max).expect("limits are small");
            assert_eq!(refused(&text(n)), None, "{limit}");
            assert_eq!(refused(&text(n + 1)), Some((limit, max + 1)));
        }
    }

    #[test]
    fn directives_are_counted_at_every_place() {
        let six = "@d ".repeat(6);
        for text in [
            format!("query {six} {{ a }}"),
            format!("query($x: Int {six}) {{ a }}"),
            format!("{{ a {six} }}"),
            format!("{{ ...F {six} }} fragment F on Q {{ a }}"),
            format!("{{ ...F }} fragment F on Q {six} {{ a }}"),
            format!("{{ ...F }} fragment F on Q {{ a {{ b {six} }} }}"),
        ] {
            assert_eq!(refused(&text), Some(("directives_at_a_place", 6)), "{text}");
        }
    }

    #[test]
    fn thousands_of_aliases_are_refused() {
        let aliases = many(0..1_600, |i| format!("a{i}: a"));
        assert_eq!(refused(&format!("{{ b {{ {aliases} }} }}")).map(|(limit, _)| limit), Some("fields"));
        let four = "{ ...F ...F ...F ...F } fragment F on Q { b { ".to_owned();
        let eight = many(0..8, |i| format!("a{i}: a"));
        assert_eq!(refused(&(four + &eight + "} }")), Some(("aliases", 32)));
    }

    /// A selection set without fragments, as text.
    fn selection() -> impl Strategy<Value = String> {
        "[a-c]".prop_recursive(6, 60, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("x {{ {} }}", parts.join(" "))),
                prop::collection::vec(inner, 1..4).prop_map(|parts| format!("... on T {{ {} }}", parts.join(" "))),
                Just("k: y".to_owned()),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_spread_weighs_as_much_as_its_fields_in_place(parts in prop::collection::vec(selection(), 1..4)) {
            let inner = parts.join(" ");
            let spread = extent(&format!("{{ a {{ ...F }} ...F }} fragment F on T {{ {inner} }}"));
            let in_place = extent(&format!("{{ a {{ ... on T {{ {inner} }} }} ... on T {{ {inner} }} }}"));
            prop_assert_eq!(spread, in_place);
        }
    }
}

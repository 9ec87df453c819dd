//! The one field of a subscription.

use std::collections::HashSet;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, Field, Selection};
use async_graphql::{Name, Positioned};

use super::DocumentRefused;

/// Puts the one field that a subscription selects where the library looks for it: it would answer each field that stands
/// in the operation itself by events of its own, and none that stands in a fragment.
///
/// What is selected of the field in several places is joined, in the order in which it stands. Fragments stay where they
/// are, for validation. `operation_name` is that of an operation of the document, `None` where it has only one.
///
/// # Errors
/// When the subscription selects more than one field, or makes it depend on a directive whether it selects any. So the
/// specification wants it, since 2025 also the latter: <https://spec.graphql.org/September2025/#sec-Single-Root-Field>.
pub(in crate::graphql) fn take_sole_root_field(
    document: &mut ExecutableDocument,
    operation_name: Option<&str>,
) -> Result<(), DocumentRefused> {
    let ExecutableDocument { operations, fragments } = document;
    let operation = match operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => operations
            .iter_mut()
            .find_map(|(name, operation)| operation_name.is_none_or(|it| it == name.as_str()).then_some(operation)),
    };
    let set = &mut operation.expect("the operation was chosen from this document").node.selection_set.node;

    let mut sole: Option<Positioned<Field>> = None;
    let mut spread: HashSet<&Name> = HashSet::new();
    // With a stack of its own: a chain of fragments can be longer than the thread's stack has room for.
    let mut walks = vec![set.items.iter()];
    while let Some(walk) = walks.last_mut() {
        let Some(selection) = walk.next() else {
            walks.pop();
            continue;
        };
        if let Some(directive) = selection.node.directives().first() {
            return Err(DocumentRefused::RootDirective { directive: directive.node.name.node.to_string() });
        }
        match &selection.node {
            Selection::Field(field) => match &mut sole {
                None => sole = Some(field.clone()),
                Some(sole) => join(&mut sole.node, &field.node)?,
            },
            Selection::InlineFragment(inline) => walks.push(inline.node.selection_set.node.items.iter()),
            Selection::FragmentSpread(fragment) => {
                let name = &fragment.node.fragment_name.node;
                if let (true, Some(fragment)) = (spread.insert(name), fragments.get(name)) {
                    walks.push(fragment.node.selection_set.node.items.iter());
                }
            }
        }
    }

    set.items.retain(|selection| !matches!(selection.node, Selection::Field(_)));
    set.items.extend(sole.map(|field| Positioned::new(Selection::Field(field.clone()), field.pos)));
    Ok(())
}

/// Adds what is selected of the other, when it is the same field with the same arguments in whatever order.
fn join(sole: &mut Field, other: &Field) -> Result<(), DocumentRefused> {
    let same = sole.response_key() == other.response_key()
        && sole.name == other.name
        && sole.arguments.len() == other.arguments.len()
        && sole.arguments.iter().all(|argument| other.arguments.contains(argument));
    if !same {
        let key = |field: &Field| field.response_key().node.to_string();
        return Err(DocumentRefused::RootFields { one: key(sole), other: key(other) });
    }
    sole.selection_set.node.items.extend(other.selection_set.node.items.iter().cloned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    /// The fields in the operation itself, each with the names of what is selected of it.
    fn taken(text: &str) -> Result<Vec<String>, DocumentRefused> {
        let mut document = parse_query(text).expect("the test wrote a document");
        take_sole_root_field(&mut document, None)?;
        let (_, operation) = document.operations.iter().next().expect("a document has an operation");
        let fields = operation.node.selection_set.node.items.iter().filter_map(|selection| match &selection.node {
            Selection::Field(field) => Some(field),
            _ => None,
        });
        let names = |field: &Field| {
            let inner = field.selection_set.node.items.iter().filter_map(|selection| match &selection.node {
                Selection::Field(field) => Some(field.node.name.node.as_str()),
                _ => None,
            });
            inner.collect::<Vec<_>>().join(" ")
        };
        Ok(fields.map(|field| format!("{}: {}", field.node.response_key(), names(&field.node))).collect())
    }

    #[test]
    fn a_field_is_found_wherever_it_stands() {
        for text in [
            "subscription { a { x y z } }",
            "subscription { a { x y } ...F } fragment F on S { a { z } }",
            "subscription { ... on S { a { x } ...F } a { z } } fragment F on S { ...G ...G } fragment G on S { a { y } }",
            "subscription { ...F } fragment F on S { a(n: 1, m: 2) { x } a(m: 2, n: 1) { y z } }",
        ] {
            assert_eq!(taken(text), Ok(vec!["a: x y z".to_owned()]), "{text}");
        }
    }

    #[test]
    fn more_than_one_field_is_refused() {
        for text in [
            "subscription { a b }",
            "subscription { a b: a }",
            "subscription { a(n: 1) { x } a(n: 2) { x } }",
            "subscription { a(n: 1) { x } a { x } }",
            "subscription { a { x } ...F } fragment F on S { ... on S { b { x } } }",
        ] {
            assert!(matches!(taken(text), Err(DocumentRefused::RootFields { .. })), "{text}");
        }
        for text in [
            "subscription { a @skip(if: false) { x } }",
            "subscription { ...F @include(if: true) } fragment F on S { a { x } }",
            "subscription { ... @include(if: true) { a { x } } }",
        ] {
            assert!(matches!(taken(text), Err(DocumentRefused::RootDirective { .. })), "{text}");
        }
    }
}

//! Variables that a request leaves out.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

/// Takes out the arguments whose variable the request leaves out and that has no default, so that each has the default
/// of the argument: the specification wants it so, and the library says that null was found.
///
/// Looks at arguments that are a variable and nothing else; within a list or an object the library's null is right or
/// as good. `operation_name` is that of an operation of the document, `None` where it has only one. When something is
/// taken out of a document with several operations, the others go too, since a fragment that they share may have
/// changed under them.
pub(in crate::graphql) fn take_out_omitted(
    document: &mut ExecutableDocument,
    operation_name: Option<&str>,
    given: &Variables,
) {
    let ExecutableDocument { operations, fragments } = document;
    let chosen = |name: &Name| operation_name.is_none_or(|chosen| chosen == name.as_str());
    let operation = match operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => {
            operations.iter_mut().find_map(|(name, operation)| chosen(name).then_some(operation))
        }
    };
    let operation = &mut operation.expect("the operation was chosen from this document").node;
    let omitted: HashSet<Name> = operation
        .variable_definitions
        .iter()
        .filter(|variable| variable.node.default_value.is_none() && !given.contains_key(&variable.node.name.node))
        .map(|variable| variable.node.name.node.clone())
        .collect();
    if omitted.is_empty() {
        return;
    }

    let mut pass = Pass { omitted, taken_out: HashSet::new(), left: HashSet::new() };
    pass.directives(&operation.directives);
    pass.selections(&mut operation.selection_set.node);
    for fragment in fragments.values_mut() {
        pass.directives(&fragment.node.directives);
        pass.selections(&mut fragment.node.selection_set.node);
    }
    if pass.taken_out.is_empty() {
        return;
    }
    // A variable that is used nowhere is an error, but not the client's.
    operation.variable_definitions.retain(|variable| {
        let name = &variable.node.name.node;
        !pass.taken_out.contains(name) || pass.left.contains(name)
    });

    let used = spread_from(&operation.selection_set.node, fragments);
    if let DocumentOperations::Multiple(operations) = operations
        && operations.len() > 1
    {
        operations.retain(|name, _| chosen(name));
        fragments.retain(|name, _| used.contains(name));
    }
}

/// The names of all fragments that a selection set spreads, directly or through others.
fn spread_from(set: &SelectionSet, fragments: &HashMap<Name, Positioned<FragmentDefinition>>) -> HashSet<Name> {
    let mut names = HashSet::new();
    let mut sets = vec![set];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => sets.push(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if names.insert(name.clone()) {
                        sets.extend(fragments.get(name).map(|fragment| &fragment.node.selection_set.node));
                    }
                }
            }
        }
    }
    names
}

/// One pass over all arguments.
struct Pass {
    omitted: HashSet<Name>,
    /// Those of the omitted that stood alone in an argument.
    taken_out: HashSet<Name>,
    /// All variables in the arguments that remain.
    left: HashSet<Name>,
}

impl Pass {
    /// Recurses on the brackets of one definition only, of which the parser allows 64.
    fn selections(&mut self, set: &mut SelectionSet) {
        for selection in &mut set.items {
            self.directives(selection.node.directives());
            match &mut selection.node {
                Selection::Field(field) => {
                    field.node.arguments.retain(|(_, value)| {
                        // Of all values only a variable is written with a dollar first.
                        let text = value.node.to_string();
                        let alone = text.strip_prefix('$').and_then(|name| self.omitted.get(name).cloned());
                        let stays = alone.is_none();
                        if stays {
                            let Ok(_) = value.node.clone().into_const_with(|name| self.leave(name));
                        }
                        self.taken_out.extend(alone);
                        stays
                    });
                    self.selections(&mut field.node.selection_set.node);
                }
                Selection::FragmentSpread(_) => {}
                Selection::InlineFragment(inline) => self.selections(&mut inline.node.selection_set.node),
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for (_, value) in directives.iter().flat_map(|directive| &directive.node.arguments) {
            let Ok(_) = value.node.clone().into_const_with(|name| self.leave(name));
        }
    }

    /// Notes a variable; the value is of no interest.
    #[expect(clippy::unnecessary_wraps, reason = "the library wants a result")]
    fn leave(&mut self, name: Name) -> Result<Value, Infallible> {
        self.left.insert(name);
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    /// The arguments and variables that are left, as the parser's debug text holds them.
    fn left(text: &str, operation: Option<&str>) -> (Vec<String>, Vec<String>, usize) {
        let mut document = parse_query(text).expect("the test wrote a document");
        take_out_omitted(&mut document, operation, &Variables::from_json(json!({"given": 1})));
        let mut arguments = Vec::new();
        let mut variables = Vec::new();
        for (_, operation) in document.operations.iter() {
            variables.extend(operation.node.variable_definitions.iter().map(|v| v.node.name.node.to_string()));
            for selection in &operation.node.selection_set.node.items {
                if let Selection::Field(field) = &selection.node {
                    arguments.extend(field.node.arguments.iter().map(|(name, value)| format!("{name}: {value}")));
                }
            }
        }
        arguments.sort_unstable();
        variables.sort_unstable();
        (arguments, variables, document.fragments.len())
    }

    fn check(text: &str, operation: Option<&str>, arguments: &[&str], variables: &[&str], n_fragments: usize) {
        let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        assert_eq!(left(text, operation), (strings(arguments), strings(variables), n_fragments), "{text}");
    }

    #[test]
    fn an_argument_goes_with_its_variable() {
        let text = "query($given: Int, $other: Int, $has: Int = 1) { a(x: $given, y: $other, z: $has, w: 1) }";
        check(text, None, &["w: 1", "x: $given", "z: $has"], &["given", "has"], 0);
    }

    #[test]
    fn a_variable_that_stands_elsewhere_too_stays() {
        check("query($o: Int) { a(x: $o, y: [$o]) }", None, &["y: [$o]"], &["o"], 0);
        check("query($o: Int) { a(x: $o) b @skip(if: $o) }", None, &[], &["o"], 0);
        check("query($o: Int) { a(x: $o) ...F } fragment F on Q { b(y: {z: $o}) }", None, &[], &["o"], 1);
        check("query($o: Int) { ...F } fragment F on Q { b(y: $o) }", None, &[], &[], 1);
    }

    #[test]
    fn a_variable_that_was_never_used_stays_an_error() {
        check("query($o: Int) { a(x: 1) }", None, &["x: 1"], &["o"], 0);
    }

    #[test]
    fn other_operations_go_only_when_something_was_taken_out() {
        let text = "query A($o: Int) { a(x: $o) ...F } query B($o: Int) { b(y: $o) ...F ...G }
            fragment F on Q { c(z: $o) ...H } fragment G on Q { d } fragment H on Q { e }";
        check(text, Some("A"), &[], &[], 2);
        check(
            "query A($o: Int) { a(x: 2) } query B { b(y: 1) ...F } fragment F on Q { c }",
            Some("A"),
            &["x: 2", "y: 1"],
            &["o"],
            1,
        );
    }
}

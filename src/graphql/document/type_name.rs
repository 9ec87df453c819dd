//! `__typename` as the specification has it: a field like any other.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, InlineFragment, Selection, SelectionSet,
};

use super::DocumentRefused;

/// Puts every `__typename` that has directives into an inline fragment with these directives.
///
/// That means the same. The library neither validates nor counts the uses of variables in directives on `__typename`
/// itself, but does both on fragments.
///
/// # Errors
/// When a `__typename` has arguments or fields: the library would not notice.
pub(in crate::graphql) fn wrap_type_names(document: &mut ExecutableDocument) -> Result<(), DocumentRefused> {
    let ExecutableDocument { operations, fragments } = document;
    match operations {
        DocumentOperations::Single(operation) => wrap(&mut operation.node.selection_set.node)?,
        DocumentOperations::Multiple(operations) => {
            operations.values_mut().try_for_each(|operation| wrap(&mut operation.node.selection_set.node))?;
        }
    }
    fragments.values_mut().try_for_each(|fragment| wrap(&mut fragment.node.selection_set.node))
}

/// Recurses on the brackets of one definition only.
fn wrap(set: &mut SelectionSet) -> Result<(), DocumentRefused> {
    for selection in &mut set.items {
        let at = selection.pos;
        match &mut selection.node {
            Selection::Field(field) if field.node.name.node == "__typename" => {
                let Field { arguments, directives, selection_set, .. } = &mut field.node;
                if !arguments.is_empty() || !selection_set.node.items.is_empty() {
                    return Err(DocumentRefused::TypeName { at });
                }
                if directives.is_empty() {
                    continue;
                }
                let directives = std::mem::take(directives);
                let alone = SelectionSet { items: vec![selection.clone()] };
                let selection_set = Positioned::new(alone, at);
                let inline = InlineFragment { type_condition: None, directives, selection_set };
                selection.node = Selection::InlineFragment(Positioned::new(inline, at));
            }
            Selection::Field(field) => wrap(&mut field.node.selection_set.node)?,
            Selection::InlineFragment(inline) => wrap(&mut inline.node.selection_set.node)?,
            Selection::FragmentSpread(_) => {}
        }
    }
    Ok(())
}

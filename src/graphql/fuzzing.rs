//! What must hold of any document and of any cursor, for the fuzz targets.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    BaseType, Directive, ExecutableDocument, FragmentDefinition, Selection, SelectionSet, Type,
};
use async_graphql::{Name, Positioned, Value};

use super::document::{Limits, check_expansion, scan};
use super::paging::Cursor;

/// A document that the scan lets pass can be parsed; the parser finds no more brackets within one another and just as
/// many directives as the scan; and a document that passes the check of its expansion has, counted one by one, no more
/// fields than are allowed.
///
/// # Panics
/// When it does not hold.
pub fn document(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let limits = Limits::default();
    if scan(text, &limits).is_err() {
        return;
    }
    let Ok(document) = parse_query(text) else { return };

    let seen = Seen::of(&document);
    let passes = |limits: &Limits| scan(text, limits).is_ok();
    assert!(seen.nesting > 0, "a document has a selection");
    assert!(
        !passes(&Limits { nesting: seen.nesting - 1, ..limits }),
        "the parser sees {} levels, the scan fewer",
        seen.nesting
    );
    assert!(passes(&Limits { directives: seen.directives, ..limits }), "the scan sees more directives");
    if let Some(fewer) = seen.directives.checked_sub(1) {
        assert!(!passes(&Limits { directives: fewer, ..limits }), "the scan sees fewer directives");
    }

    let passes = check_expansion(&document, None, &limits).is_ok();
    for (_, operation) in document.operations.iter() {
        let n_fields = n_fields(&operation.node.selection_set.node, &document.fragments, limits.fields);
        assert!(n_fields <= limits.fields || !passes, "a document of more than {} fields passes", limits.fields);
    }
}

/// A cursor that can be read is the text that is written for it, and any place can be written and read.
///
/// # Panics
/// When it does not hold.
pub fn cursor(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(cursor) = Cursor::decode(text) {
        assert_eq!(cursor.encode(), text);
    }
    let written = Cursor { place: bytes.len(), id: text.to_owned() };
    assert_eq!(Cursor::decode(&written.encode()), Some(written));
}

/// What the parser saw of a text.
#[derive(Default)]
struct Seen {
    /// The deepest nesting of brackets. That of empty ones, and of a field of an object that is given twice, is lost.
    nesting: u64,
    directives: u64,
}

impl Seen {
    fn of(document: &ExecutableDocument) -> Self {
        let mut seen = Self::default();
        for (_, operation) in document.operations.iter() {
            let operation = &operation.node;
            seen.see_directives(&operation.directives, 0);
            for variable in &operation.variable_definitions {
                let variable = &variable.node;
                seen.see(1 + depth_of_type(&variable.var_type.node));
                seen.see_directives(&variable.directives, 1);
                if let Some(value) = &variable.default_value {
                    seen.see(1 + depth_of_value(&value.node));
                }
            }
            seen.see_set(&operation.selection_set.node, 0);
        }
        for fragment in document.fragments.values() {
            seen.see_directives(&fragment.node.directives, 0);
            seen.see_set(&fragment.node.selection_set.node, 0);
        }
        seen
    }

    fn see(&mut self, depth: u64) {
        self.nesting = self.nesting.max(depth);
    }

    fn see_directives(&mut self, directives: &[Positioned<Directive>], depth: u64) {
        for directive in directives {
            self.directives += 1;
            let values = directive.node.arguments.iter().map(|(_, value)| value.node.clone().into_const_with(without));
            self.see_arguments(values, depth);
        }
    }

    fn see_arguments(&mut self, values: impl Iterator<Item = Result<Value, Infallible>>, depth: u64) {
        for value in values {
            let Ok(value) = value;
            self.see(depth + 1 + depth_of_value(&value));
        }
    }

    fn see_set(&mut self, set: &SelectionSet, depth: u64) {
        if set.items.is_empty() {
            return;
        }
        let depth = depth + 1;
        self.see(depth);
        for selection in &set.items {
            self.see_directives(selection.node.directives(), depth);
            match &selection.node {
                Selection::Field(field) => {
                    let values =
                        field.node.arguments.iter().map(|(_, value)| value.node.clone().into_const_with(without));
                    self.see_arguments(values, depth);
                    self.see_set(&field.node.selection_set.node, depth);
                }
                Selection::FragmentSpread(_) => {}
                Selection::InlineFragment(inline) => self.see_set(&inline.node.selection_set.node, depth),
            }
        }
    }
}

/// Stands for a variable in a value: it has no brackets.
#[expect(clippy::unnecessary_wraps, reason = "what the library asks for")]
fn without(_: Name) -> Result<Value, Infallible> {
    Ok(Value::Null)
}

fn depth_of_type(of: &Type) -> u64 {
    match &of.base {
        BaseType::Named(_) => 0,
        BaseType::List(element) => 1 + depth_of_type(element),
    }
}

fn depth_of_value(value: &Value) -> u64 {
    match value {
        Value::List(elements) => 1 + elements.iter().map(depth_of_value).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth_of_value).max().unwrap_or(0),
        _ => 0,
    }
}

/// How many fields a set has with its fragments in place, counted one by one until there are more than `max`.
fn n_fields(set: &SelectionSet, fragments: &HashMap<Name, Positioned<FragmentDefinition>>, max: u64) -> u64 {
    let mut n = 0;
    // Fragments may spread themselves or nothing but each other, so that a spread counts as well.
    let mut sets = vec![set];
    let mut spreads_left = 100_000_u32;
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    n += 1;
                    sets.push(&field.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    sets.extend(fragments.get(&spread.node.fragment_name.node).map(|it| &it.node.selection_set.node));
                    spreads_left = spreads_left.saturating_sub(1);
                }
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
            }
            if n > max || spreads_left == 0 {
                return n;
            }
        }
    }
    n
}

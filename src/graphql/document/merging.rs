//! Whether fields with the same name in the answer can be one there: `FieldsInSetCanMerge` of the specification (5.3.2).

use std::collections::HashMap;

use async_graphql::parser::types::{BaseType, ExecutableDocument, Field, Selection, SelectionSet, Type};
use async_graphql::{Pos, Positioned};

use super::DocumentRefused;
use super::expansion::Fragments;
use super::types::{Composite, Types};

/// Refuses operations in which two fields want the same place in the answer for different things.
///
/// The library looks at the fields of one selection set and not at those below fields that are repeated; it would
/// answer with one of the two. Fields of an interface are compared with those of its types, but what is below them only
/// with what is below fields of the same type: so each field is looked at once a level, and the time is linear in the
/// document with its fragments put in place, times its depth. What passes by this is merged, and harms nobody.
///
/// # Errors
/// When there are such fields.
pub(in crate::graphql) fn check_merging(document: &ExecutableDocument, types: &Types) -> Result<(), DocumentRefused> {
    let merging = Merging { types, fragments: &document.fragments };
    let mut operations: Vec<_> = document.operations.iter().collect();
    operations.sort_unstable_by_key(|(name, _)| *name);
    for (_, operation) in operations {
        let mut fields = Vec::new();
        merging.collect(&operation.node.selection_set.node, types.root(operation.node.ty), &mut fields);
        merging.check_shapes(&fields)?;
        merging.check_names(&fields)?;
    }
    Ok(())
}

/// A field and the type on which it is asked for.
type Asked<'a> = (Option<&'a Composite>, &'a Positioned<Field>);

struct Merging<'a> {
    types: &'a Types,
    fragments: &'a Fragments,
}

impl<'a> Merging<'a> {
    /// The fields of a selection set, fragments put in place.
    fn collect(&self, set: &'a SelectionSet, parent: Option<&'a Composite>, fields: &mut Vec<Asked<'a>>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => fields.push((parent, field)),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(parent, |condition| self.types.composite(&condition.node.on.node));
                    self.collect(&inline.node.selection_set.node, of, fields);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.fragments.get(&spread.node.fragment_name.node) {
                        let of = self.types.composite(&fragment.node.type_condition.node.on.node);
                        self.collect(&fragment.node.selection_set.node, of, fields);
                    }
                }
            }
        }
    }

    /// What is asked for below some fields.
    fn below(&self, fields: &[Asked<'a>]) -> Vec<Asked<'a>> {
        let mut below = Vec::new();
        for (parent, field) in fields {
            let of = ty(*parent, field).and_then(|field| self.types.composite(field.0));
            self.collect(&field.node.selection_set.node, of, &mut below);
        }
        below
    }

    /// Whatever the type of an object, a place in the answer has one shape.
    fn check_shapes(&self, fields: &[Asked<'a>]) -> Result<(), DocumentRefused> {
        for group in grouped(fields, |(_, field)| field.node.response_key().node.as_str()) {
            let typed = |(parent, field): &Asked<'a>| Some((ty(*parent, field)?.1, field.pos));
            let mut shapes = group.iter().filter_map(typed);
            if let Some((shape, pos)) = shapes.next()
                && let Some((_, other)) = shapes.find(|(other, _)| !self.have_same_shape(shape, other))
            {
                return Err(conflict(&group[0], pos, other));
            }
            self.check_shapes(&self.below(&group))?;
        }
        Ok(())
    }

    fn have_same_shape(&self, a: &Type, b: &Type) -> bool {
        a.nullable == b.nullable
            && match (&a.base, &b.base) {
                (BaseType::List(a), BaseType::List(b)) => self.have_same_shape(a, b),
                (BaseType::Named(a), BaseType::Named(b)) => {
                    a == b || (self.types.composite(a).is_some() && self.types.composite(b).is_some())
                }
                _ => false,
            }
    }

    /// On one object, a place in the answer is one field with one set of arguments.
    fn check_names(&self, fields: &[Asked<'a>]) -> Result<(), DocumentRefused> {
        for group in grouped(fields, |(_, field)| field.node.response_key().node.as_str()) {
            let by_parent = grouped(&group, |(parent, _)| parent.map_or("", |parent| parent.name.as_str()));
            let firsts: Vec<Asked<'a>> = by_parent.iter().map(|asked| asked[0]).collect();
            for (i, a) in firsts.iter().enumerate() {
                let others = firsts[i + 1..].iter().filter(|b| may_be_one_object(a.0, b.0));
                if let Some(other) = by_parent[i][1..].iter().chain(others).find(|b| !is_same_field(a.1, b.1)) {
                    return Err(conflict(a, a.1.pos, other.1.pos));
                }
            }
            for asked in by_parent {
                self.check_names(&self.below(&asked))?;
            }
        }
        Ok(())
    }
}

/// The name of the type that a field gives, and the type; `None` when the schema has no such field.
fn ty<'a>(parent: Option<&'a Composite>, field: &Positioned<Field>) -> Option<(&'a str, &'a Type)> {
    let field = parent?.field(&field.node.name.node)?;
    Some((field.of(), &field.ty))
}

/// In the order of the first of each group.
fn grouped<'a, 'k>(fields: &[Asked<'a>], key: impl Fn(&Asked<'a>) -> &'k str) -> Vec<Vec<Asked<'a>>> {
    let mut places = HashMap::new();
    let mut groups: Vec<Vec<Asked<'a>>> = Vec::new();
    for asked in fields {
        let place = *places.entry(key(asked)).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(*asked);
    }
    groups
}

fn may_be_one_object(a: Option<&Composite>, b: Option<&Composite>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_abstract || b.is_abstract || a.name == b.name,
        _ => false,
    }
}

fn is_same_field(a: &Positioned<Field>, b: &Positioned<Field>) -> bool {
    let (a, b) = (&a.node, &b.node);
    let is_given = |(name, value): &(Positioned<_>, Positioned<_>)| {
        let name: &async_graphql::Name = &name.node;
        b.get_argument(name).is_some_and(|other: &Positioned<async_graphql_value::Value>| other.node == value.node)
    };
    a.name.node == b.name.node && a.arguments.len() == b.arguments.len() && a.arguments.iter().all(is_given)
}

fn conflict((_, field): &Asked<'_>, first: Pos, second: Pos) -> DocumentRefused {
    DocumentRefused::Conflict { key: field.node.response_key().node.to_string(), at: [first, second] }
}

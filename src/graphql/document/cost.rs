//! How many objects an answer could hold, before anything is read.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Positioned, Value, Variables};
use async_graphql_value::Value as Written;

use super::DocumentRefused;
use super::expansion::spread_first;
use super::types::{Composite, FieldType, Types, named};

/// Objects in a list of which nothing says how long it may be. Most are shorter: notices, topics, identifiers, the
/// citations of a statement; those that are longer are stopped by the limit `objects` while they are made.
const UNSIZED_LIST: u64 = 5;
/// Arguments that say how many items are wanted.
const SIZES: [&str; 3] = ["first", "last", "limit"];
/// The argument that names each item that is wanted.
const IDS: &str = "ids";

/// How long lists are when the client does not say, and at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) struct PageSizes {
    pub(in crate::graphql) default: u64,
    pub(in crate::graphql) max: u64,
}

/// How many objects the answer to `operation` could hold: entities, statements, edges, connections, whatever has fields.
/// Scalars, enums and the root itself do not count.
///
/// A list is as long as its `first`, `last` or `limit` says, else as the default of that argument, else, where it comes
/// in pages, a default page; the lists within a connection or another object that was asked for with these are as long as that page. A list that
/// is asked for by `ids` is as long as they are. Any other counts [five](UNSIZED_LIST). A field that is repeated is
/// counted again, as it is executed again; of fragments on different types of object only the largest counts, since an
/// object has one type; what `@skip` and `@include` leave out does not count. What the schema does not have counts one:
/// validation refuses it.
///
/// `variables` are those of the operation, with their defaults. Each fragment is weighed once, so the time is linear in
/// the document; what cannot be counted stays at `u64::MAX`.
///
/// # Errors
/// When fragments spread themselves.
pub(in crate::graphql) fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &Types,
    pages: PageSizes,
) -> Result<u64, DocumentRefused> {
    let mut weighing = Weighing { types, variables, pages, fragments: HashMap::new() };
    for name in spread_first(&document.fragments)? {
        let fragment = &document.fragments[name].node;
        let of = types.composite(&fragment.type_condition.node.on.node);
        let load = weighing.of_set(&fragment.selection_set.node, of);
        weighing.fragments.insert(name, (of, load));
    }
    Ok(weighing.of_set(&operation.selection_set.node, types.root(operation.ty)).with_lists_of(UNSIZED_LIST))
}

/// The objects below one object.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Load {
    fixed: u64,
    /// For each item of the lists that are as long as the page that the object is.
    per_item: u64,
}

impl Load {
    fn with_lists_of(self, n_items: u64) -> u64 {
        self.fixed.saturating_add(self.per_item.saturating_mul(n_items))
    }

    fn and(self, other: Self) -> Self {
        Self { fixed: self.fixed.saturating_add(other.fixed), per_item: self.per_item.saturating_add(other.per_item) }
    }

    /// No less than either.
    fn or(self, other: Self) -> Self {
        Self { fixed: self.fixed.max(other.fixed), per_item: self.per_item.max(other.per_item) }
    }
}

struct Weighing<'a> {
    types: &'a Types,
    variables: &'a Variables,
    pages: PageSizes,
    fragments: HashMap<&'a str, (Option<&'a Composite>, Load)>,
}

impl<'a> Weighing<'a> {
    /// What is selected of one object. Recurses on the brackets of one definition only.
    fn of_set(&self, set: &SelectionSet, parent: Option<&'a Composite>) -> Load {
        let mut always = Load::default();
        // By the type that an object must have for it.
        let mut either: HashMap<&str, Load> = HashMap::new();
        for selection in &set.items {
            if self.is_left_out(selection.node.directives()) {
                continue;
            }
            let (of, load) = match &selection.node {
                Selection::Field(field) => (None, self.of_field(&field.node, parent)),
                Selection::FragmentSpread(spread) => {
                    self.fragments.get(spread.node.fragment_name.node.as_str()).copied().unwrap_or_default()
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(parent, |condition| self.types.composite(&condition.node.on.node));
                    (of, self.of_set(&inline.node.selection_set.node, of))
                }
            };
            match of {
                Some(of) if !of.is_abstract && parent.is_some_and(|parent| parent.is_abstract) => {
                    let sum = either.entry(of.name.as_str()).or_default();
                    *sum = sum.and(load);
                }
                _ => always = always.and(load),
            }
        }
        always.and(either.into_values().fold(Load::default(), Load::or))
    }

    fn of_field(&self, field: &Field, parent: Option<&'a Composite>) -> Load {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return Load::default();
        }
        let Some(field_type) = parent.and_then(|parent| parent.field(name)) else {
            let below = self.of_set(&field.selection_set.node, None).with_lists_of(UNSIZED_LIST);
            return Load { fixed: below.saturating_add(1), per_item: 0 };
        };
        let (of, is_list) = named(&field_type.ty);
        let Some(of) = self.types.composite(of) else { return Load::default() };
        let below = self.of_set(&field.selection_set.node, Some(of));
        let n = self.n_wanted(field, field_type, is_list);
        if !is_list {
            let n = n.unwrap_or(UNSIZED_LIST);
            return Load { fixed: below.with_lists_of(n).saturating_add(1), per_item: 0 };
        }
        let each = below.with_lists_of(UNSIZED_LIST).saturating_add(1);
        match n {
            Some(n) => Load { fixed: each.saturating_mul(n), per_item: 0 },
            None => Load { fixed: 0, per_item: each },
        }
    }

    /// How many items a field is asked for; `None` when it has no argument for it.
    fn n_wanted(&self, field: &Field, field_type: &FieldType, is_list: bool) -> Option<u64> {
        let value = |name: &str| match &field.get_argument(name)?.node {
            Written::Variable(variable) => self.variables.get(variable).cloned(),
            Written::List(items) => Some(Value::List(vec![Value::Null; items.len()])),
            written => written.clone().into_const(),
        };
        let number = |value: Value| match value {
            Value::Number(n) => n.as_i64().map(|n| u64::try_from(n).unwrap_or(0)),
            _ => None,
        };
        let sizes = || SIZES.iter().filter_map(|name| Some((*name, field_type.argument(name)?)));
        if let Some((name, n)) = sizes().find_map(|(name, _)| Some((name, number(value(name)?)?))) {
            // A page that is too large is refused by the field itself, which can say so better.
            return Some(if is_list || name == "limit" { n } else { n.min(self.pages.max) });
        }
        if sizes().next().is_some() {
            let default = sizes().find_map(|(_, argument)| number(argument.default.clone()?));
            return default.or_else(|| (!is_list).then_some(self.pages.default));
        }
        field_type.argument(IDS)?;
        Some(match value(IDS) {
            Some(Value::List(ids)) => u64::try_from(ids.len()).unwrap_or(u64::MAX),
            Some(Value::Null) | None => 0,
            // One value stands for a list of it.
            Some(_) => 1,
        })
    }

    /// Whether `@skip` or `@include` leaves it out.
    fn is_left_out(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let leaves_out = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = directive.node.get_argument("if").map(|condition| &condition.node);
            let value = match condition {
                Some(Written::Variable(name)) => self.variables.get(name),
                Some(Written::Boolean(value)) => return *value == leaves_out,
                _ => None,
            };
            matches!(value, Some(Value::Boolean(value)) if *value == leaves_out)
        })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const SDL: &str = "
        type Query {
            laws(first: Int, last: Int): LawConnection!
            nodes(ids: [ID!]!): [Node]!
            around(limit: Int = 200): Part!
            best(first: Int): [Law!]!
            law: Law
        }
        interface Node { id: ID!, near: [Law!]! }
        type Law implements Node { id: ID!, near: [Law!]!, notes: [Note!]!, names: [String!]! }
        type Claim implements Node { id: ID!, near: [Law!]!, why: Note! }
        type Note { text: String!, law: Law! }
        type LawConnection { edges: [LawEdge!]!, nodes: [Law!]!, total: Int!, one: Law }
        type LawEdge { node: Law! }
        type Part { entities: [Node!]! }
        schema { query: Query }
    ";

    fn weighed(text: &str, variables: serde_json::Value) -> u64 {
        let document = parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let (_, operation) = document.operations.iter().next().expect("a document has an operation");
        let pages = PageSizes { default: 20, max: 100 };
        let variables = Variables::from_json(variables);
        cost(&document, &operation.node, &variables, &Types::of(SDL, &[]), pages).expect("no cycle")
    }

    #[test]
    fn pages_are_as_long_as_the_client_wants_them() {
        let cases = [
            ("{ __typename }", 0),
            ("{ law { id names } }", 1),
            ("{ laws { total } }", 1),
            ("{ laws { nodes { id } } }", 1 + 20),
            ("{ laws(first: 3) { nodes { id } edges { node { id } } one { id } } }", 1 + 3 + 3 + 3 + 1),
            ("{ laws(last: 3) { nodes { notes { text } } } }", 1 + 3 * (1 + 5)),
            ("{ laws(first: 3) { nodes { notes { law { notes { text } } } } } }", 1 + 3 * (1 + 5 * (1 + 1 + 5))),
            ("{ best(first: 7) { id } }", 7),
            ("{ best { id } }", 5),
            ("{ around { entities { id } } }", 1 + 200),
            ("{ around(limit: 3) { entities { near { id } } } }", 1 + 3 * (1 + 5)),
            ("{ nodes(ids: [\"a\", \"b\"]) { id } }", 2),
            ("{ nodes(ids: \"a\") { id } }", 1),
            ("{ laws(first: 0) { nodes { id } } }", 1),
            ("{ laws(first: -3) { nodes { id } } }", 1),
            ("{ laws(first: 2147483647) { nodes { id } } }", 1 + 100),
            ("{ nothing { nor { this } } }", 3),
        ];
        for (text, expected) in cases {
            assert_eq!(weighed(text, json!({})), expected, "{text}");
        }
    }

    #[test]
    fn variables_say_how_long_a_list_is() {
        let page = "query($n: Int) { laws(first: $n) { nodes { id } } }";
        for (variables, n) in [(json!({"n": 3}), 3), (json!({"n": null}), 20), (json!({}), 20), (json!({"n": -1}), 0)] {
            assert_eq!(weighed(page, variables), 1 + n);
        }
        let ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        for (variables, n) in [(json!({"ids": ["a", "b", "c"]}), 3), (json!({"ids": "a"}), 1), (json!({}), 0)] {
            assert_eq!(weighed(ids, variables), n);
        }
    }

    #[test]
    fn what_is_left_out_does_not_count() {
        let text = "query($yes: Boolean!) { law @skip(if: $yes) { id } a: law @include(if: $yes) { id } \
                    ... @include(if: false) { b: law { id } } }";
        assert_eq!((weighed(text, json!({"yes": true})), weighed(text, json!({"yes": false}))), (1, 1));
    }

    #[test]
    fn an_object_has_one_type() {
        let nodes = |inner: &str| weighed(&format!("{{ nodes(ids: [1, 2]) {{ {inner} }} }}"), json!({}));
        assert_eq!(nodes("... on Law { notes { text } } ... on Claim { near { id } }"), 2 * (1 + 5));
        assert_eq!(
            nodes("near { id } ... on Law { notes { text } } ... on Law { a: notes { text } }"),
            2 * (1 + 5 + 10)
        );
        assert_eq!(nodes("... on Node { near { id } } ... on Claim { why { text } }"), 2 * (1 + 5 + 1));
    }

    #[test]
    fn fragments_count_as_often_as_they_are_spread_and_are_weighed_once() {
        let text = "{ laws(first: 3) { ...Page } b: laws(first: 7) { ...Page } } fragment Page on LawConnection { nodes { id } }";
        assert_eq!(weighed(text, json!({})), 1 + 3 + 1 + 7);
        let doubling: Vec<String> =
            (1..=300).map(|i| format!("fragment f{i} on Law {{ near {{ ...f{p} ...f{p} }} }}", p = i - 1)).collect();
        let doubling = doubling.join(" ");
        let text = format!("{{ law {{ ...f300 }} }} fragment f0 on Law {{ notes {{ text }} }} {doubling}");
        assert_eq!(weighed(&text, json!({})), u64::MAX);
    }

    proptest! {
        #[test]
        fn more_is_never_cheaper(n in 0..100_u32, depth in 1..5_usize, more in any::<bool>()) {
            let query = |n: u32, leaf: &str| {
                let inner = (0..depth).fold(leaf.to_owned(), |inner, _| format!("id near {{ {inner} }}"));
                weighed(&format!("{{ laws(first: {n}) {{ nodes {{ {inner} }} }} }}"), json!({}))
            };
            let leaf = if more { "id notes { text }" } else { "id" };
            prop_assert!(query(n + 1, leaf) > query(n, leaf));
            prop_assert!(query(n, leaf) >= query(n, "id"));
        }
    }
}

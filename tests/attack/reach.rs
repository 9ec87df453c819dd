//! How each type of the schema is reached: by fields that lead to real objects of it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use super::schema::{Field, Input, Schema, Type};
use super::target::Target;

/// For each object type the fields that lead to one, each with its arguments; between them conditions of type.
pub(super) struct Reach(BTreeMap<String, Vec<String>>);

/// Types that are only found further on than where the first of their parents is found.
const FURTHER: [(&str, &[&str]); 2] = [
    ("Section", &["law(slug: \"lantern-act\")", "events", "citations", "locator", "... on Section"]),
    ("Fragment", &["law(slug: \"otterford-moonmint-act\")", "events", "citations", "locator", "... on Fragment"]),
];

/// Types of which the world holds no object, since nobody held it against the texts of its documents. Their fields are
/// selected all the same, as far as the way to their parents goes.
const UNREACHED: [(&str, &[&str]); 3] = [
    ("Provenance", &["document(slug: \"hearing-minutes\")", "provenance"]),
    ("Uncited", &["document(slug: \"hearing-minutes\")", "uncited"]),
    ("Verification", &["statements(first: 1)", "nodes", "citations", "verification"]),
];

impl Reach {
    /// Goes from field to field, breadth first, and keeps for each type the first way on which an object was found.
    pub(super) async fn find(target: &Target, schema: &Schema) -> Self {
        let mut reach = Self(BTreeMap::from([("Query".to_owned(), Vec::new())]));
        // At first with little of each list; what is not found so, with much, all over again.
        for size in [3, 50] {
            let mut wider = Self(BTreeMap::from([("Query".to_owned(), Vec::new())]));
            let mut next = VecDeque::from(["Query".to_owned()]);
            while let Some(name) = next.pop_front() {
                for (name, way) in wider.look(target, schema, &name, size).await {
                    if let Entry::Vacant(place) = wider.0.entry(name) {
                        next.push_back(place.key().clone());
                        place.insert(way);
                    }
                }
            }
            for (name, way) in wider.0 {
                reach.0.entry(name).or_insert(way);
            }
        }
        for (name, way) in FURTHER {
            let way: Vec<_> = way.iter().map(|step| (*step).to_owned()).collect();
            let query = format!(
                "{{ {} }}",
                Self(BTreeMap::from([(name.to_owned(), way.clone())])).selection(name, "__typename")
            );
            let answer = target.ask("a way into the schema", &query, &Value::Null).await;
            assert!(answer.text.contains(&format!("\"__typename\":\"{name}\"")), "{name}: {}", answer.text);
            reach.0.entry(name.to_owned()).or_insert(way);
        }
        let missing: Vec<_> = schema.objects.keys().filter(|name| !reach.0.contains_key(*name)).collect();
        assert_eq!(missing, UNREACHED.map(|(name, _)| name), "no object of these types is reached");
        for (name, way) in UNREACHED {
            reach.0.insert(name.to_owned(), way.iter().map(|step| (*step).to_owned()).collect());
        }
        reach
    }

    /// The types of the objects to which the fields of one type lead.
    async fn look(&self, target: &Target, schema: &Schema, name: &str, size: u32) -> Vec<(String, Vec<String>)> {
        let mut found = Vec::new();
        // Much is found from lists, little from the one that a slug names.
        let is_wanted = |field: &&Field| {
            let by_slug = field.arguments.iter().any(|argument| argument.name == "slug");
            schema.is_composite(field.of.name()) && !(by_slug && size > 3)
        };
        let composite: Vec<&Field> = schema.objects[name].iter().filter(is_wanted).collect();
        for fields in composite.chunks(8) {
            let selections: Vec<_> =
                fields.iter().map(|field| format!("{} {{ __typename }}", opening(schema, field, size))).collect();
            let query = self.document(name, &selections.join(" "));
            let answer = target.ask("a way into the schema", &query, &Value::Null).await.json();
            for field in fields {
                let mut types = Vec::new();
                let path = self.0[name].iter().filter_map(|step| response_key(step)).chain([field.name.as_str()]);
                gather_types(&answer["data"], &path.collect::<Vec<_>>(), &mut types);
                for of in types {
                    let mut way = self.0[name].clone();
                    way.push(opening(schema, field, size));
                    if schema.possible.contains_key(field.of.name()) {
                        way.push(format!("... on {of}"));
                    }
                    found.push((of, way));
                }
            }
        }
        found
    }

    /// A document that selects something of an object of a type.
    pub(super) fn document(&self, of: &str, selection: &str) -> String {
        format!("{{ {} }}", self.selection(of, selection))
    }

    /// Its selection at the root.
    pub(super) fn selection(&self, of: &str, selection: &str) -> String {
        let way = &self.0[of];
        let opened: String = way.iter().flat_map(|step| [step.as_str(), " { "]).collect();
        format!("{opened}{selection}{}", " }".repeat(way.len()))
    }

    /// Whether what is wrong with one such selection leaves others at the root in peace: the first field may be null.
    pub(super) fn stands_alone(&self, schema: &Schema, of: &str) -> bool {
        let Some(key) = self.0[of].first().and_then(|step| response_key(step)) else { return false };
        let field = schema.objects["Query"].iter().find(|field| field.name == key);
        field.is_some_and(|field| !matches!(field.of, Type::NonNull(_)))
    }
}

/// A field with the arguments that it needs, and a page of so many where it has pages.
pub(super) fn opening(schema: &Schema, field: &Field, size: u32) -> String {
    let mut arguments: Vec<_> = required(schema, field, &field.arguments);
    if field.arguments.iter().any(|argument| argument.name == "first") {
        arguments.push(format!("first: {}", size.min(50)));
    }
    // So that there is something to find.
    match field.name.as_str() {
        "coalitions" => arguments.push("minShared: 1".to_owned()),
        "neighborhood" => arguments.push("limit: 3".to_owned()),
        _ => {}
    }
    if arguments.is_empty() { field.name.clone() } else { format!("{}({})", field.name, arguments.join(", ")) }
}

/// The inputs that must be given, with good values.
pub(super) fn required(schema: &Schema, field: &Field, inputs: &[Input]) -> Vec<String> {
    let required = inputs.iter().filter(|input| input.is_required());
    required.map(|input| format!("{}: {}", input.name, good(schema, field, &input.name, &input.of))).collect()
}

/// A value that leads to something, as a literal.
pub(super) fn good(schema: &Schema, field: &Field, input: &str, of: &Type) -> String {
    let one = match (field.name.as_str(), input) {
        ("law", "slug") => "\"bill-7\"",
        ("organization", "slug") => "\"growers-union\"",
        ("claim", "slug") => "\"moonmint-hastens-sleep\"",
        ("study", "slug") => "\"tea-trial\"",
        ("document", "slug") => "\"hearing-minutes\"",
        ("jurisdiction", "slug") => "\"marlland\"",
        ("topic", "slug") | ("search", "query") => "\"moonmint\"",
        ("impact", "of") => "\"document/hearing-minutes\"",
        ("impact", "assume") => "WITHDRAWN",
        ("agreement", "organizations") => {
            return "[\"organization/friends-of-moonmint\", \"organization/critics\"]".to_owned();
        }
        ("subgraph" | "neighborhood" | "nodes", _) => return "[\"law/bill-7\", \"topic/moonmint\"]".to_owned(),
        (_, "from") => "\"organization/growers-union\"",
        _ => match of.name() {
            "ID" => "\"law/bill-7\"",
            "Float" => "0.5",
            "Int" => "1",
            "Boolean" => "true",
            "String" => "\"moonmint\"",
            "PartialDate" => "\"2025-02\"",
            name => match (schema.enums.get(name), schema.inputs.get(name)) {
                (Some(values), _) => return values[0].clone(),
                (_, Some(inputs)) => return format!("{{{}}}", required(schema, field, inputs).join(", ")),
                _ => "\"\"",
            },
        },
    };
    one.to_owned()
}

/// The name under which a step stands in the answer; `None` for a condition of type.
fn response_key(step: &str) -> Option<&str> {
    (!step.starts_with("...")).then(|| step.split('(').next().unwrap_or(step))
}

fn gather_types(value: &Value, path: &[&str], types: &mut Vec<String>) {
    match (value, path) {
        (Value::Array(elements), _) => elements.iter().for_each(|element| gather_types(element, path, types)),
        (Value::Object(fields), [key, rest @ ..]) => {
            if let Some(inner) = fields.get(*key) {
                gather_types(inner, rest, types);
            }
        }
        (Value::Object(fields), []) => {
            let name = fields.get("__typename").and_then(Value::as_str).unwrap_or_default().to_owned();
            if !types.contains(&name) {
                types.push(name);
            }
        }
        _ => {}
    }
}

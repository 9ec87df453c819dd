//! The schema, as the server tells it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::target::Target;

/// All that can be asked.
pub(super) struct Schema {
    /// The fields of each object to which a query can lead.
    pub(super) objects: BTreeMap<String, Vec<Field>>,
    /// What can be subscribed to.
    pub(super) subscriptions: Vec<Field>,
    /// The objects that an interface or a union can be.
    pub(super) possible: BTreeMap<String, Vec<String>>,
    pub(super) inputs: BTreeMap<String, Vec<Input>>,
    pub(super) enums: BTreeMap<String, Vec<String>>,
    scalars: BTreeSet<String>,
}

pub(super) struct Field {
    pub(super) name: String,
    pub(super) arguments: Vec<Input>,
    pub(super) of: Type,
}

/// An argument, or a field of an input object.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) of: Type,
    pub(super) has_default: bool,
}

impl Input {
    pub(super) fn is_required(&self) -> bool {
        matches!(self.of, Type::NonNull(_)) && !self.has_default
    }
}

#[derive(Clone)]
pub(super) enum Type {
    Named(String),
    List(Box<Type>),
    NonNull(Box<Type>),
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(of) => write!(f, "[{of}]"),
            Self::NonNull(of) => write!(f, "{of}!"),
        }
    }
}

impl Type {
    /// The type within lists.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::List(of) | Self::NonNull(of) => of.name(),
        }
    }

    /// The same, where null is a value of it too.
    pub(super) fn nullable(&self) -> &Self {
        match self {
            Self::NonNull(of) => of,
            other => other,
        }
    }

    fn read(told: &Value) -> Self {
        match told["kind"].as_str() {
            Some("NON_NULL") => Self::NonNull(Box::new(Self::read(&told["ofType"]))),
            Some("LIST") => Self::List(Box::new(Self::read(&told["ofType"]))),
            _ => Self::Named(text(&told["name"])),
        }
    }
}

impl Schema {
    pub(super) async fn of(target: &Target) -> Self {
        let query = "{ __schema { subscriptionType { name } types { kind name possibleTypes { name } enumValues { name } \
                     inputFields { ...I } fields { name args { ...I } type { ...T } } } } } \
                     fragment I on __InputValue { name defaultValue type { ...T } } \
                     fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
        let answer = target.ask("the schema", query, &Value::Null).await.json();
        let mut schema = Self {
            objects: BTreeMap::new(),
            subscriptions: Vec::new(),
            possible: BTreeMap::new(),
            inputs: BTreeMap::new(),
            enums: BTreeMap::new(),
            scalars: BTreeSet::new(),
        };
        for told in list(&answer["data"]["__schema"]["types"]) {
            let name = text(&told["name"]);
            if name.starts_with("__") {
                continue;
            }
            match told["kind"].as_str() {
                Some("OBJECT") => {
                    schema.objects.insert(name, list(&told["fields"]).iter().map(field).collect());
                }
                Some("INTERFACE" | "UNION") => {
                    schema.possible.insert(name, names(&told["possibleTypes"]));
                }
                Some("INPUT_OBJECT") => {
                    schema.inputs.insert(name, list(&told["inputFields"]).iter().map(input).collect());
                }
                Some("ENUM") => {
                    schema.enums.insert(name, names(&told["enumValues"]));
                }
                _ => {
                    schema.scalars.insert(name);
                }
            }
        }
        let subscription = text(&answer["data"]["__schema"]["subscriptionType"]["name"]);
        schema.subscriptions = schema.objects.remove(&subscription).unwrap_or_default();
        schema.keep_what_queries_reach();
        assert!(schema.objects.len() > 80 && schema.inputs.len() > 10, "the schema was told: {answer:.300}");
        schema
    }

    /// Leaves out the objects that only subscriptions lead to.
    fn keep_what_queries_reach(&mut self) {
        let (mut reached, mut open) = (BTreeSet::new(), vec!["Query".to_owned()]);
        while let Some(name) = open.pop() {
            if reached.insert(name.clone()) {
                open.extend(self.possible.get(&name).into_iter().flatten().cloned());
                let fields = self.objects.get(&name).into_iter().flatten();
                open.extend(fields.map(|field| field.of.name().to_owned()));
            }
        }
        self.objects.retain(|name, _| reached.contains(name));
    }

    /// Whether a field of this type needs a selection.
    pub(super) fn is_composite(&self, name: &str) -> bool {
        !(self.enums.contains_key(name) || self.scalars.contains(name))
    }
}

fn field(told: &Value) -> Field {
    Field {
        name: text(&told["name"]),
        arguments: list(&told["args"]).iter().map(input).collect(),
        of: Type::read(&told["type"]),
    }
}

fn input(told: &Value) -> Input {
    Input { name: text(&told["name"]), of: Type::read(&told["type"]), has_default: !told["defaultValue"].is_null() }
}

fn list(told: &Value) -> &[Value] {
    told.as_array().map_or(&[], Vec::as_slice)
}

fn names(told: &Value) -> Vec<String> {
    list(told).iter().map(|one| text(&one["name"])).collect()
}

fn text(told: &Value) -> String {
    told.as_str().unwrap_or_default().to_owned()
}

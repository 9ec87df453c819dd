//! What a schema offers, as far as documents are judged by it before the library sees them.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, OperationType, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Positioned, Value};

/// The types of a schema by their names. Made once, with the schema.
#[derive(Debug)]
pub(in crate::graphql) struct Types {
    scalars: &'static [ReadScalar],
    roots: [(OperationType, Option<String>); 3],
    composites: HashMap<String, Composite>,
    inputs: HashMap<String, Input>,
}

/// The name of a scalar of our own, and what is wrong with a value that is none.
pub(in crate::graphql) type ReadScalar = (&'static str, fn(Value) -> Result<(), String>);

/// A type that has fields, or a union.
#[derive(Debug, Default)]
pub(in crate::graphql) struct Composite {
    pub(super) name: String,
    /// Whether its objects are of other types, one each.
    pub(super) is_abstract: bool,
    fields: HashMap<String, FieldType>,
}

/// What a field takes and gives.
#[derive(Debug)]
pub(super) struct FieldType {
    pub(super) ty: Type,
    arguments: HashMap<String, InputValue>,
}

/// An argument, or a field of an input object.
#[derive(Debug)]
pub(super) struct InputValue {
    pub(super) ty: Type,
    pub(super) default: Option<Value>,
}

/// A type that values can have.
#[derive(Debug)]
pub(super) enum Input {
    Scalar,
    Enum(HashSet<String>),
    Object(HashMap<String, InputValue>),
}

impl Types {
    /// The types of a schema, by its text in the schema definition language, and those of introspection. A scalar that
    /// is none of `scalars` takes any value.
    ///
    /// # Panics
    /// When the text is none: it is our own.
    pub(in crate::graphql) fn of(sdl: &str, scalars: &'static [ReadScalar]) -> Self {
        let mut types = Self {
            scalars,
            roots: [(OperationType::Query, None), (OperationType::Mutation, None), (OperationType::Subscription, None)],
            composites: HashMap::new(),
            inputs: ["Int", "Float", "String", "Boolean", "ID"].map(|name| (name.to_owned(), Input::Scalar)).into(),
        };
        for text in [sdl, include_str!("introspection_types.graphql")] {
            let document = parse_schema(text).expect("our own schema can be read");
            document.definitions.into_iter().for_each(|definition| types.add(definition));
        }
        // Every schema may be asked about itself at the root of a query.
        let introspection = types.composites.remove("__Root").expect("it is in our own file");
        if let Some(query) = types.roots[0].1.clone().and_then(|query| types.composites.get_mut(&query)) {
            query.fields.extend(introspection.fields);
        }
        types
    }

    fn add(&mut self, definition: TypeSystemDefinition) {
        match definition {
            TypeSystemDefinition::Schema(schema) => {
                let schema = schema.node;
                let names = [schema.query, schema.mutation, schema.subscription];
                for (root, name) in self.roots.iter_mut().zip(names) {
                    root.1 = name.map(|name| name.node.to_string());
                }
            }
            TypeSystemDefinition::Type(definition) => {
                let name = definition.node.name.node.to_string();
                let composite = |is_abstract, fields: Vec<Positioned<FieldDefinition>>| Composite {
                    name: name.clone(),
                    is_abstract,
                    fields: fields.into_iter().map(|field| named_field(field.node)).collect(),
                };
                match definition.node.kind {
                    TypeKind::Object(object) => {
                        let composite = composite(false, object.fields);
                        self.composites.insert(name, composite);
                    }
                    TypeKind::Interface(interface) => {
                        let composite = composite(true, interface.fields);
                        self.composites.insert(name, composite);
                    }
                    TypeKind::Union(_) => {
                        let composite = composite(true, Vec::new());
                        self.composites.insert(name, composite);
                    }
                    TypeKind::Scalar => drop(self.inputs.insert(name, Input::Scalar)),
                    TypeKind::Enum(it) => {
                        let values = it.values.into_iter().map(|value| value.node.value.node.to_string());
                        self.inputs.insert(name, Input::Enum(values.collect()));
                    }
                    TypeKind::InputObject(it) => {
                        self.inputs.insert(name, Input::Object(it.fields.into_iter().map(named_value).collect()));
                    }
                }
            }
            TypeSystemDefinition::Directive(_) => {}
        }
    }

    /// The type at whose fields an operation begins; `None` when the schema has no such operations.
    pub(super) fn root(&self, operation: OperationType) -> Option<&Composite> {
        let name = self.roots.iter().find(|(ty, _)| *ty == operation)?.1.as_deref()?;
        self.composite(name)
    }

    /// The type with fields, or the union, of this name; `None` when there is none.
    pub(super) fn composite(&self, name: &str) -> Option<&Composite> {
        self.composites.get(name)
    }

    /// # Errors
    /// When the value is none of this scalar: why.
    pub(super) fn read_scalar(&self, name: &str, value: Value) -> Result<(), String> {
        let read = self.scalars.iter().find(|(scalar, _)| *scalar == name);
        read.map_or(Ok(()), |(_, read)| read(value))
    }

    /// What values of a type must be; `None` when no input type has this name.
    pub(super) fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.get(name)
    }
}

impl Composite {
    pub(super) fn field(&self, name: &str) -> Option<&FieldType> {
        self.fields.get(name)
    }
}

impl FieldType {
    /// The name of the type that it gives one of, or a list of.
    pub(super) fn of(&self) -> &str {
        named(&self.ty).0
    }

    pub(super) fn argument(&self, name: &str) -> Option<&InputValue> {
        self.arguments.get(name)
    }
}

impl InputValue {
    pub(super) fn is_required(&self) -> bool {
        !self.ty.nullable && self.default.is_none()
    }
}

/// The name that a type is built upon, and whether it is a list of it.
pub(super) fn named(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(item) => (named(item).0, true),
    }
}

fn named_field(field: FieldDefinition) -> (String, FieldType) {
    let arguments = field.arguments.into_iter().map(named_value).collect();
    (field.name.node.to_string(), FieldType { ty: field.ty.node, arguments })
}

fn named_value(value: Positioned<InputValueDefinition>) -> (String, InputValue) {
    let InputValueDefinition { name, ty, default_value, .. } = value.node;
    (name.node.to_string(), InputValue { ty: ty.node, default: default_value.map(|value| value.node) })
}

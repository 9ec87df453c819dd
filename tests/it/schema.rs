//! The published GraphQL schema is the server's, and holds what clients rely on.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

use crate::server::root;

#[test]
fn the_published_schema_is_the_servers() {
    let path = root().join("schema/graphql/schema.graphql");
    let sdl = grounds::graphql::sdl();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &sdl).expect("the folder may be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == sdl, "schema/graphql/schema.graphql is out of date: run the tests with UPDATE=1");
}

/// Types, fields, arguments and values, all described.
#[test]
fn everything_in_the_schema_is_described() {
    let sdl = grounds::graphql::sdl();
    let document = parse_schema(&sdl).expect("the schema is in the schema definition language");
    let mut n_described = 0;
    let mut silent = Vec::new();
    let mut look = |what: String, described: bool| {
        n_described += usize::from(described);
        if !described {
            silent.push(what);
        }
    };
    for definition in &document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, definition) = (&definition.node.name.node, &definition.node);
        look(name.to_string(), definition.description.is_some());
        let fields = match &definition.kind {
            TypeKind::Object(object) => &object.fields[..],
            TypeKind::Interface(interface) => &interface.fields[..],
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    look(format!("{name}.{}", field.node.name), field.node.description.is_some());
                }
                &[]
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    look(format!("{name}.{}", value.node.value), value.node.description.is_some());
                }
                &[]
            }
            TypeKind::Scalar | TypeKind::Union(_) => &[],
        };
        for field in fields {
            look(format!("{name}.{}", field.node.name), field.node.description.is_some());
            for argument in &field.node.arguments {
                let what = format!("{name}.{}({})", field.node.name, argument.node.name);
                look(what, argument.node.description.is_some());
            }
        }
    }
    assert!(n_described > 500, "only {n_described} descriptions were found");
    assert!(silent.is_empty(), "without a description: {}", silent.join(", "));
}

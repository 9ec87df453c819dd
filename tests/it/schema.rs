//! The published GraphQL schema is the server's, and says what clients rely on.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};

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

/// What a description belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    TypeOrValue,
    /// A field that is answered.
    Field,
    /// An argument, or a field of an input.
    Input,
}

/// Something that the schema defines, with what it says of it.
struct Described {
    name: String,
    sort: Sort,
    /// Of fields and inputs.
    ty: Option<Type>,
    /// On one line; empty when there is none.
    description: String,
}

impl Described {
    fn is_list(&self) -> bool {
        self.ty.as_ref().is_some_and(|ty| match &ty.base {
            BaseType::List(_) => true,
            BaseType::Named(name) => name.ends_with("Connection"),
        })
    }
}

/// All that the schema defines: types, enum values, fields, arguments, fields of inputs.
fn everything() -> Vec<Described> {
    let sdl = grounds::graphql::sdl();
    let document = parse_schema(&sdl).expect("the schema is in the schema definition language");
    let mut everything = Vec::new();
    let mut add = |name: String, sort, ty: Option<&Type>, description: Option<&str>| {
        let words: Vec<_> = description.unwrap_or_default().split_whitespace().collect();
        everything.push(Described { name, sort, ty: ty.cloned(), description: words.join(" ") });
    };
    for definition in &document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let definition = &definition.node;
        let name = &definition.name.node;
        add(name.to_string(), Sort::TypeOrValue, None, definition.description.as_ref().map(|it| it.node.as_str()));
        let fields = match &definition.kind {
            TypeKind::Object(object) => &object.fields[..],
            TypeKind::Interface(interface) => &interface.fields[..],
            TypeKind::InputObject(input) => {
                for field in input.fields.iter().map(|field| &field.node) {
                    let description = field.description.as_ref().map(|it| it.node.as_str());
                    add(format!("{name}.{}", field.name), Sort::Input, Some(&field.ty.node), description);
                }
                &[]
            }
            TypeKind::Enum(values) => {
                for value in values.values.iter().map(|value| &value.node) {
                    let description = value.description.as_ref().map(|it| it.node.as_str());
                    add(format!("{name}.{}", value.value), Sort::TypeOrValue, None, description);
                }
                &[]
            }
            TypeKind::Scalar | TypeKind::Union(_) => &[],
        };
        for field in fields.iter().map(|field| &field.node) {
            let description = field.description.as_ref().map(|it| it.node.as_str());
            add(format!("{name}.{}", field.name), Sort::Field, Some(&field.ty.node), description);
            for argument in field.arguments.iter().map(|argument| &argument.node) {
                let description = argument.description.as_ref().map(|it| it.node.as_str());
                let name = format!("{name}.{}({})", field.name, argument.name);
                add(name, Sort::Input, Some(&argument.ty.node), description);
            }
        }
    }
    everything
}

fn names<'a>(described: impl Iterator<Item = &'a Described>) -> String {
    described.map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The words of a description, in lower case, without the names that it quotes: `first` is an argument, no order.
fn words(description: &str) -> Vec<String> {
    let unquoted = description.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    unquoted.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(|word| !word.is_empty()).collect()
}

#[test]
fn everything_in_the_schema_is_described() {
    let everything = everything();
    let silent = names(everything.iter().filter(|it| it.description.is_empty()));
    assert!(silent.is_empty(), "without a description: {silent}");
    assert!(everything.len() > 500, "only {} descriptions were found", everything.len());
}

/// Of a field, when it is null; of an argument or a field of an input, what it means to give null or nothing.
#[test]
fn whatever_can_be_null_says_what_null_means() {
    let nullable: Vec<_> = everything().into_iter().filter(|it| it.ty.as_ref().is_some_and(|ty| ty.nullable)).collect();
    let says_null = |it: &&Described| words(&it.description).iter().any(|word| word == "null");
    let silent = names(nullable.iter().filter(|it| !says_null(it)));
    assert!(silent.is_empty(), "nothing is said of null: {silent}");
    let n = |sort| nullable.iter().filter(|it| it.sort == sort).count();
    assert!(n(Sort::Field) > 50 && n(Sort::Input) > 500, "{} fields, {} inputs", n(Sort::Field), n(Sort::Input));
}

/// Either that they come in an order, or what comes first, or by what they are ordered.
#[test]
fn every_list_says_in_which_order_it_comes() {
    const BY: [&str; 6] = ["name", "wording", "slug", "kind", "document", "subject"];
    let lists: Vec<_> = everything().into_iter().filter(|it| it.sort == Sort::Field && it.is_list()).collect();
    let says_order = |it: &&Described| {
        let words = words(&it.description);
        let by = words.windows(2).any(|pair| pair[0] == "by" && BY.contains(&pair[1].as_str()));
        by || words.iter().any(|word| word == "order" || word == "first")
    };
    let silent = names(lists.iter().filter(|it| !says_order(it)));
    assert!(silent.is_empty(), "nothing is said of the order: {silent}");
    assert!(lists.len() > 150, "only {} lists were found", lists.len());
}

#[test]
fn what_is_quoted_is_no_word_of_a_description() {
    assert_eq!(
        words("The `first` so many, 0 or more; Null: all."),
        ["the", "so", "many", "0", "or", "more", "null", "all"]
    );
}

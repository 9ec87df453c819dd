//! The JSON Schema of the corpus files, written from the descriptions that the reader judges by.
//!
//! It says of one record what the reader says of it. What takes several records (the same slug twice), a calendar (30
//! February), a comparison (a last line before the first) or a register's rules (a DOI) only the reader says.

use serde_json::{Map, Value, json};
use strum::VariantArray as _;

use super::corpus::records::{PARTS, TABLES};
use super::corpus::shape::{Choice, Presence, Record, RecordKind, SPAN_DIGITS_MAX, Shape, URL_CHARS_MAX, YEARS};
use crate::model::{EntityKind, Predicate, Slug};

/// The JSON Schema (draft 2020-12) of a corpus file.
pub(super) fn corpus_schema() -> Value {
    let tables = TABLES.iter().map(|record| {
        let reference = reference(record);
        let value = match record.kind {
            RecordKind::Corpus => json!({ "$ref": reference, "description": record.doc }),
            _ => json!({ "type": "array", "description": record.doc, "items": { "$ref": reference } }),
        };
        (record.name.to_owned(), value)
    });
    let definitions = TABLES.iter().chain(PARTS).map(|record| (record.name.to_owned(), record_schema(record)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "corpus.schema.json",
        "title": "Corpus",
        "description": "What a set of sources says: documents, the entities that they speak of, and statements, each \
            with the places that say so. A corpus may be spread over files; each may hold any of these tables.",
        "type": "object",
        "properties": tables.collect::<Map<_, _>>(),
        "additionalProperties": false,
        "$defs": definitions.collect::<Map<_, _>>(),
    })
}

/// The JSON Schema of a corpus file as text, indented, with a newline at its end.
pub fn corpus_schema_text() -> String {
    format!("{:#}\n", corpus_schema())
}

fn reference(record: &Record) -> String {
    format!("#/$defs/{}", record.name)
}

fn record_schema(record: &Record) -> Value {
    let properties = record.fields.iter().map(|field| {
        let mut schema = shape_schema(&field.shape);
        let mut property = Map::new();
        property.insert("description".to_owned(), field.doc.into());
        property.append(&mut schema);
        match field.presence {
            Presence::Required | Presence::Optional => {}
            Presence::DefaultText(text) => drop(property.insert("default".to_owned(), text.into())),
            Presence::DefaultFlag(flag) => drop(property.insert("default".to_owned(), flag.into())),
        }
        (field.key.to_owned(), Value::Object(property))
    });
    let required: Vec<_> = record
        .fields
        .iter()
        .filter(|field| matches!(field.presence, Presence::Required))
        .map(|field| field.key)
        .collect();
    let mut schema = object(json!({
        "title": title(record.name),
        "description": record.doc,
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "additionalProperties": false,
    }));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if !record.needs.is_empty() {
        let needs = record.needs.iter().map(|need| (need.key.to_owned(), json!([need.needed])));
        schema.insert("dependentRequired".to_owned(), Value::Object(needs.collect()));
    }
    let mut rules: Vec<_> = record.at_most_one_of.iter().flat_map(|group| not_both(group)).collect();
    if record.kind == RecordKind::Statement {
        rules.extend(predicate_rules());
    }
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), rules.into());
    }
    Value::Object(schema)
}

/// For each two keys of the group: not both of them.
fn not_both(group: &[&'static str]) -> Vec<Value> {
    let pairs = group.iter().enumerate().flat_map(|(ix, one)| group[ix + 1..].iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| json!({ "not": { "required": [one, other] } })).collect()
}

/// For each group of predicates that join the same kinds: which ids its subject and its object may have.
fn predicate_rules() -> Vec<Value> {
    let mut groups: Vec<(&[EntityKind], &[EntityKind], Vec<&'static str>)> = Vec::new();
    for predicate in Predicate::VARIANTS {
        let row = predicate.row();
        match groups.iter_mut().find(|(subjects, objects, _)| (*subjects, *objects) == (row.subjects, row.objects)) {
            Some((_, _, predicates)) => predicates.push(predicate.into()),
            None => groups.push((row.subjects, row.objects, vec![predicate.into()])),
        }
    }
    let rule = |(subjects, objects, predicates)| {
        json!({
            "if": { "properties": { "predicate": { "enum": predicates } }, "required": ["predicate"] },
            "then": { "properties": {
                "subject": { "pattern": of_kinds(subjects) },
                "object": { "pattern": of_kinds(objects) },
            } },
        })
    };
    groups.into_iter().map(rule).collect()
}

/// `^(law|topic)/`.
fn of_kinds(kinds: &[EntityKind]) -> String {
    let prefixes: Vec<_> = kinds.iter().map(|kind| kind.prefix()).collect();
    format!("^({})/", prefixes.join("|"))
}

/// The longest id of an entity.
fn id_bytes_max() -> usize {
    let longest = EntityKind::VARIANTS.iter().map(|kind| kind.prefix().len()).max().unwrap_or_default();
    longest + "/".len() + Slug::BYTES_MAX
}

const SLUG_PATTERN: &str = "[a-z0-9]+(-[a-z0-9]+)*";

fn shape_schema(shape: &Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Slug => json!({
            "type": "string",
            "pattern": format!("^{SLUG_PATTERN}$"),
            "maxLength": Slug::BYTES_MAX,
            "examples": ["american-kratom-association"],
        }),
        Shape::SlugOf(_) => {
            json!({ "type": "string", "pattern": format!("^{SLUG_PATTERN}$"), "maxLength": Slug::BYTES_MAX })
        }
        Shape::EntityId => json!({
            "type": "string",
            "pattern": format!("{}{SLUG_PATTERN}$", of_kinds(EntityKind::VARIANTS)),
            "maxLength": id_bytes_max(),
            "examples": ["organization/american-kratom-association", "law/kratom-consumer-protection-act"],
        }),
        Shape::Line(chars_max) => json!({
            "type": "string",
            "maxLength": chars_max,
            "pattern": text_pattern(CONTROL),
        }),
        Shape::Prose(chars_max) => json!({
            "type": "string",
            "maxLength": chars_max,
            "pattern": text_pattern(CONTROL_BUT_LINES),
        }),
        Shape::Words { words_max, chars_max } => json!({
            "type": "string",
            "maxLength": chars_max,
            "pattern": format!(
                r"^{space}*{word}({space}+{word}){{0,{}}}{space}*$",
                words_max - 1,
                space = format_args!(r"[^\S{CONTROL}]"),
                word = format_args!(r"[^\s{CONTROL}]+"),
            ),
        }),
        Shape::Url => json!({
            "type": "string",
            "maxLength": URL_CHARS_MAX,
            "pattern": format!(r"^https?://[^\s{CONTROL}]+$"),
            "examples": ["https://example.org/report"],
        }),
        Shape::Sha256 => json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" }),
        Shape::Date => json!({
            "type": "string",
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
            "examples": ["2025-02-14", "2025-02", "2025"],
        }),
        Shape::Year => json!({ "type": "integer", "minimum": YEARS.start(), "maximum": YEARS.end() }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(choice) => choice_schema(choice),
        Shape::Span => {
            let number = format!("[1-9][0-9]{{0,{}}}", SPAN_DIGITS_MAX - 1);
            let number_max = 10_u64.pow(u32::try_from(SPAN_DIGITS_MAX).unwrap_or(1)) - 1;
            json!({
                "type": ["string", "integer"],
                "pattern": format!("^{number}(-{number})?$"),
                "minimum": 1,
                "maximum": number_max,
                "examples": ["18-19", 18],
            })
        }
        Shape::List(of) => {
            let mut list = object(json!({ "type": "array", "minItems": 1, "items": shape_schema(of) }));
            // The same part twice is the same said twice; the same text twice is a slip.
            if !matches!(of, Shape::Part(_)) {
                list.insert("uniqueItems".to_owned(), true.into());
            }
            Value::Object(list)
        }
        Shape::Part(record) => json!({ "$ref": reference(record) }),
    };
    object(schema)
}

fn choice_schema(choice: &Choice) -> Value {
    let texts = (choice.texts)();
    let meanings: Vec<_> =
        texts.iter().filter_map(|text| (choice.meaning)(text).map(|meaning| (text, meaning))).collect();
    if meanings.is_empty() {
        return json!({ "type": "string", "enum": texts });
    }
    let each = meanings.iter().map(|(text, meaning)| json!({ "const": text, "description": meaning }));
    json!({ "type": "string", "oneOf": each.collect::<Vec<_>>() })
}

/// What `char::is_control` takes, as the inside of a character class.
const CONTROL: &str = r"\u0000-\u001F\u007F-\u009F";

/// The same without tab, line feed and carriage return.
const CONTROL_BUT_LINES: &str = r"\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F";

/// Some text that is not only space, without the control characters `refused`.
fn text_pattern(refused: &str) -> String {
    format!(r"^[^{refused}]*[^\s{CONTROL}][^{refused}]*$")
}

/// `Law`.
fn title(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => unreachable!("the braces of json!() make an object"),
    }
}

#[cfg(test)]
mod tests;

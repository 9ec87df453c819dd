//! The settings file: TOML, as keys with values and places. What a key means is not known here.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::corpus::place::{Place, Problem, Text};
use super::corpus::syntax::pieces;

/// A setting as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenSetting {
    /// The names of the tables that it stands in and its own, joined by dots: `http.body_max_bytes`.
    pub key: String,
    /// Where its key stands.
    pub place: Place,
    /// Its value.
    pub value: SettingValue,
}

/// The value of a setting, of any type.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingValue {
    /// A string.
    Text(String),
    /// A list of strings.
    Texts(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Decimal(f64),
    /// `true` or `false`.
    Flag(bool),
    /// What no setting is: a date, a list of something else, a number too large.
    Other,
}

/// What a setting may be, for the JSON Schema.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingShape {
    /// As in [`GivenSetting::key`], with one dot at the most.
    pub key: &'static str,
    /// What it is for.
    pub doc: String,
    /// The JSON Schema of its value, without the description.
    pub schema: Value,
}

/// The settings of a file in the order of its text, and the mistakes in its syntax. O(length of the text).
pub fn read_settings(name: &str, text: &str) -> (Vec<GivenSetting>, Vec<Problem>) {
    let places = Text::new(name, text);
    let (tables, mistakes) = pieces(text);
    let label: Arc<str> = Arc::from("settings");
    let problem = |at, what| Problem { place: places.place(at), record: Some(label.clone()), what };
    let mut problems: Vec<_> = mistakes.into_iter().map(|mistake| problem(mistake.at, mistake.what)).collect();
    problems.sort();
    let mut given = Vec::new();
    for piece in &tables {
        gather(&places, piece.base, "", &piece.table, &mut given);
    }
    given.sort_by(|a, b| a.place.cmp(&b.place));
    (given, problems)
}

/// Tables nest as deep as the parser allows.
fn gather(places: &Text<'_>, base: usize, within: &str, table: &DeTable<'_>, given: &mut Vec<GivenSetting>) {
    for (name, value) in table {
        let key = if within.is_empty() { name.get_ref().to_string() } else { format!("{within}.{}", name.get_ref()) };
        if let DeValue::Table(inner) = value.get_ref() {
            gather(places, base, &key, inner, given);
        } else {
            let place = places.place(base + name.span().start);
            given.push(GivenSetting { key, place, value: value_of(value) });
        }
    }
}

fn value_of(value: &Spanned<DeValue<'_>>) -> SettingValue {
    match value.get_ref() {
        DeValue::String(text) => SettingValue::Text(text.to_string()),
        DeValue::Boolean(flag) => SettingValue::Flag(*flag),
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix()).map_or(SettingValue::Other, SettingValue::Integer)
        }
        DeValue::Float(digits) => digits.as_str().parse().map_or(SettingValue::Other, SettingValue::Decimal),
        DeValue::Array(items) => {
            let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            };
            items.iter().map(text).collect::<Option<_>>().map_or(SettingValue::Other, SettingValue::Texts)
        }
        DeValue::Datetime(_) | DeValue::Table(_) => SettingValue::Other,
    }
}

/// The JSON Schema (draft 2020-12) of a settings file, as text, indented, with a newline at its end.
pub fn settings_schema_text(shapes: &[SettingShape]) -> String {
    let mut properties = Map::new();
    for shape in shapes {
        let mut schema = json!({ "description": shape.doc });
        merge(&mut schema, &shape.schema);
        match shape.key.split_once('.') {
            None => drop(properties.insert(shape.key.to_owned(), schema)),
            Some((table, key)) => {
                let group = properties
                    .entry(table)
                    .or_insert_with(|| json!({ "type": "object", "properties": {}, "additionalProperties": false }));
                group["properties"][key] = schema;
            }
        }
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "settings.schema.json",
        "title": "Settings",
        "description": "Settings of the server. A flag goes before an environment variable, and both before this file.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

fn merge(into: &mut Value, from: &Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_with_their_tables_and_places() {
        let text = "listen = \"127.0.0.1:0\"\n[http]\nmetrics = false\nbody_deadline = 0.5\n\n[limits]\ndepth = 0x10\n\
            [live]\nx.y = [\"a\", \"b\"]\nd = 2026-01-01\ne = [1]\n";
        let (given, problems) = read_settings("g.toml", text);
        assert_eq!(problems, []);
        let told: Vec<_> = given.iter().map(|it| format!("{} {} {:?}", it.place, it.key, it.value)).collect();
        let expected = [
            "g.toml:1:1 listen Text(\"127.0.0.1:0\")",
            "g.toml:3:1 http.metrics Flag(false)",
            "g.toml:4:1 http.body_deadline Decimal(0.5)",
            "g.toml:7:1 limits.depth Integer(16)",
            "g.toml:9:3 live.x.y Texts([\"a\", \"b\"])",
            "g.toml:10:1 live.d Other",
            "g.toml:11:1 live.e Other",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_mistake_in_the_syntax_is_told_with_its_place() {
        let (_, problems) = read_settings("g.toml", "listen = \n[http]\nmetrics = true\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].to_string().starts_with("g.toml:1:"), "{problems:?}");
    }
}

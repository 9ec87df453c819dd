//! Judges a record by its description: which keys it has, and whether each value has the shape that its key demands.

use std::collections::HashSet;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::{Fields, Value};
use super::place::{Place, Problem, Text};
use super::records::{PARTS, TABLES};
use super::shape::{Field, Presence, Record, RecordKind, Shape, a, listed};
use super::{Cited, Reference, scalar};
use crate::model::{EntityKey, EntityKind, NodeId, Slug};

/// One record under judgement: where it stands, and where its problems and references go.
pub(in crate::format) struct Judge<'a> {
    pub(in crate::format) text: &'a Text<'a>,
    /// Where the parsed piece of the text begins, in bytes.
    pub(in crate::format) base: usize,
    /// How problems name the record.
    pub(in crate::format) label: Arc<str>,
    pub(in crate::format) problems: &'a mut Vec<Problem>,
    pub(in crate::format) references: &'a mut Vec<Reference>,
    pub(in crate::format) cited: &'a mut Vec<Cited>,
}

impl Judge<'_> {
    pub(in crate::format) fn place(&self, at: usize) -> Place {
        self.text.place(at)
    }

    pub(in crate::format) fn problem(&mut self, at: usize, what: impl Into<String>) {
        let place = self.place(at);
        self.problems.push(Problem { place, record: Some(Arc::clone(&self.label)), what: what.into() });
    }

    fn refer(&mut self, at: usize, to: NodeId) {
        let place = self.place(at);
        self.references.push(Reference { place, record: Arc::clone(&self.label), to });
    }

    /// The good values of the record; everything else becomes a problem. `at`: where the record begins.
    pub(in crate::format) fn fields(&mut self, record: &'static Record, table: &DeTable<'_>, at: usize) -> Fields {
        let mut fields = Fields::new(at);
        // A key that a misspelt one stands for is not missing too.
        let mut meant = Vec::new();
        for (key, value) in table {
            let value_at = self.base + value.span().start;
            if let Some(field) = record.field(key.get_ref()) {
                fields.note_written(field.key, value_at);
                if let Some(value) = self.value(field.key, &field.shape, value) {
                    fields.put(field.key, value);
                }
            } else {
                let (what, instead) = unknown_key(record, key.get_ref());
                self.problem(self.base + key.span().start, what);
                meant.extend(instead);
            }
        }
        for field in record.fields {
            if fields.place_of(field.key).is_some() || meant.contains(&field.key) {
                continue;
            }
            match field.presence {
                Presence::Required => self.problem(at, missing(record, field)),
                Presence::Optional => {}
                Presence::DefaultText(text) => fields.put(field.key, Value::Chosen(text)),
                Presence::DefaultFlag(flag) => fields.put(field.key, Value::Flag(flag)),
            }
        }
        self.together(record, &fields, &meant);
        fields
    }

    /// Which keys may stand together.
    fn together(&mut self, record: &Record, fields: &Fields, meant: &[&str]) {
        for group in record.at_most_one_of {
            let mut written: Vec<_> =
                group.iter().filter_map(|key| fields.place_of(key).map(|place| (place, *key))).collect();
            written.sort_unstable();
            if let [first, second, ..] = written[..] {
                let of = listed(&group.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>(), "or");
                let what = format!("`{}` stands beside `{}`: {} has one of {of}", second.1, first.1, a(record.name));
                self.problem(second.0, what);
            }
        }
        for need in record.needs {
            if let (Some(at), None) = (fields.place_of(need.key), fields.place_of(need.needed))
                && !meant.contains(&need.needed)
            {
                self.problem(at, format!("`{}` needs `{}` beside it: {}", need.key, need.needed, need.why));
            }
        }
    }

    fn value(&mut self, key: &'static str, shape: &'static Shape, value: &Spanned<DeValue<'_>>) -> Option<Value> {
        let at = self.base + value.span().start;
        match (shape, value.get_ref()) {
            (Shape::List(of), DeValue::Array(elements)) => {
                if elements.is_empty() {
                    self.problem(at, format!("`{key}` is empty: write at least one element{}", or_leave_out(key)));
                    return None;
                }
                let mut seen = HashSet::new();
                let mut good = Vec::with_capacity(elements.len());
                for element in elements {
                    let element_at = self.base + element.span().start;
                    if let DeValue::String(text) = element.get_ref()
                        && !seen.insert(text.as_ref())
                    {
                        self.problem(element_at, format!("{} stands twice in `{key}`", scalar::shown(text)));
                    }
                    good.extend(self.value(key, of, element).map(|value| (element_at, value)));
                }
                Some(Value::List(good))
            }
            (Shape::Part(record), DeValue::Table(table)) => Some(Value::Part(self.fields(record, table, at))),
            _ => match scalar::read(shape, value.get_ref()) {
                Ok(value) => {
                    self.note_reference(shape, &value, at);
                    Some(value)
                }
                Err(what) => {
                    self.problem(at, format!("`{key}` {what}"));
                    None
                }
            },
        }
    }

    fn note_reference(&mut self, shape: &Shape, value: &Value, at: usize) {
        match (shape, value) {
            (Shape::SlugOf(kind), Value::Slug(slug)) => self.refer(at, node(*kind, slug.clone())),
            (Shape::EntityId, Value::Id(key)) => self.refer(at, NodeId::Entity(key.clone())),
            _ => {}
        }
    }
}

/// The id of an entity of this kind; without a kind, of a document.
fn node(kind: Option<EntityKind>, slug: Slug) -> NodeId {
    match kind {
        Some(kind) => NodeId::Entity(EntityKey { kind, slug }),
        None => NodeId::Document(slug),
    }
}

/// Lists that are not required may be left out.
fn or_leave_out(key: &str) -> &'static str {
    if key == "citations" { " (no citation, no fact)" } else { ", or leave it out" }
}

fn missing(record: &Record, field: &Field) -> String {
    let doc = field.doc.split(". ").next().unwrap_or_default().trim_end_matches('.');
    format!("`{}` is missing; {} needs it: {}. {doc}", field.key, a(record.name), field.shape.expected())
}

/// What to say of a key that the record has not, and the key that was meant, where that is clear.
fn unknown_key(record: &'static Record, key: &str) -> (String, Option<&'static str>) {
    let shown = scalar::shown(key);
    let noun = a(record.name);
    if let Some((_, instead)) = record.instead.iter().find(|(written, _)| *written == key) {
        return (format!("{noun} has no {shown}; write `{instead}`"), Some(instead));
    }
    let others: Vec<_> = TABLES
        .iter()
        .chain(PARTS)
        .filter(|other| other.kind != RecordKind::Corpus && other.field(key).is_some())
        .map(|other| a(other.name))
        .collect();
    if !others.is_empty() {
        let has = if others.len() == 1 { "has" } else { "have" };
        return (format!("{noun} has no {shown}; only {} {has} one", listed(&others, "and")), None);
    }
    let keys = || record.fields.iter().map(|field| field.key);
    if let Some(near) = scalar::near(key, keys()) {
        return (format!("unknown key {shown}; did you mean `{near}`?"), Some(near));
    }
    let keys: Vec<_> = keys().map(|key| format!("`{key}`")).collect();
    (format!("unknown key {shown}; {noun} has {}", listed(&keys, "and")), None)
}

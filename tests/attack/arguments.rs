//! Every field and every argument, with values that mean no good, written out and as variables.

use std::collections::HashSet;

use futures_util::{StreamExt as _, stream};
use serde_json::{Map, Value, json};

use super::reach::{Reach, good, opening};
use super::schema::{Field, Schema, Type};
use super::sockets;
use super::target::{Answer, Target, escaped};
use super::values::{MISFIT_LITERALS, MISFIT_VARIABLES, fitting};

/// Requests at once.
const AT_ONCE: usize = 4;

/// A place for a value: an argument of a field, or what is within it.
struct Place<'a> {
    object: &'a str,
    field: &'a Field,
    /// The argument and the fields of input objects within it.
    path: Vec<&'a str>,
    of: &'a Type,
    /// The first by its path and type: it gets every value, the others of its like a choice.
    is_first: bool,
    /// Its number, by which the values go round that only one of its like is given.
    number: usize,
}

/// A request and what it is.
struct Shot {
    what: String,
    query: String,
    variables: String,
    /// The same with one value each, where there are several: to be sent when what is wrong with one has kept the others
    /// from being looked at.
    apart: Vec<Shot>,
}

/// How a request is sent.
#[derive(Clone, Copy)]
enum Transport {
    Post,
    Get,
    WebSocket,
    Events,
}

/// What fits into a head of 32 KiB.
const ADDRESS_MAX: usize = 20_000;
/// What fits into a message of 64 KiB.
const MESSAGE_MAX: usize = 60_000;

pub(super) async fn attack(target: &Target, schema: &Schema, reach: &Reach) {
    fields(target, schema, reach).await;
    let places = places(schema);
    target.count("arguments", places.len());

    let shots = places.iter().flat_map(|place| {
        let (fitting, n_fitting) = fitting_shots(schema, reach, place);
        let (misfits, n_misfits) = misfit_shots(schema, reach, place);
        target.count("values", n_fitting + n_misfits);
        fitting.into_iter().chain(misfits)
    });
    let shots: Vec<_> = shots.enumerate().collect();
    for shots in shots.chunks(20) {
        stream::iter(shots).for_each_concurrent(AT_ONCE, async |(i, shot)| shot.fire(target, *i).await).await;
        target.assert_well(&shots[0].1.what).await;
    }
}

impl Shot {
    /// Sends it, by another transport than the one before.
    async fn fire(&self, target: &Target, number: usize) {
        let answer = self.send(target, number).await;
        if answer.was_executed() {
            target.count("values executed", self.apart.len().max(1));
            return;
        }
        for (i, shot) in self.apart.iter().enumerate() {
            if shot.send(target, number + i).await.was_executed() {
                target.count("values executed", 1);
            }
        }
    }

    async fn send(&self, target: &Target, number: usize) -> Answer {
        let Self { what, query, variables, .. } = self;
        match self.transport(number) {
            Transport::Post => {
                target.count("by POST", 1);
                target.ask_in_text(what, query, variables).await
            }
            Transport::Get => {
                target.count("by GET", 1);
                target.get(&format!("{what}, by GET"), query, Some(variables)).await
            }
            Transport::WebSocket => {
                target.count("by WebSocket", 1);
                sockets::ask(target, &format!("{what}, over a WebSocket"), query, variables).await
            }
            Transport::Events => {
                target.count("by event stream", 1);
                target.ask_for_events(&format!("{what}, as events"), query, variables).await
            }
        }
    }

    /// One after the other, as far as the request fits.
    fn transport(&self, number: usize) -> Transport {
        let n_bytes = self.query.len() + self.variables.len();
        let fits_address =
            || n_bytes < ADDRESS_MAX && escaped(&self.query).len() + escaped(&self.variables).len() < ADDRESS_MAX;
        match number % 4 {
            1 if fits_address() => Transport::Get,
            2 if n_bytes < MESSAGE_MAX => Transport::WebSocket,
            3 => Transport::Events,
            _ => Transport::Post,
        }
    }
}

/// Each field of each type once, as it is meant: that there is data shows that the attacks reach it.
async fn fields(target: &Target, schema: &Schema, reach: &Reach) {
    for (object, fields) in &schema.objects {
        for some in fields.chunks(10) {
            let selections = some.iter().map(|field| with_selection(schema, field, opening(schema, field, 2)));
            let selections: Vec<_> = selections.collect();
            let query = reach.document(object, &selections.join(" "));
            let answer = target.ask(&format!("the fields of {object}"), &query, &Value::Null).await;
            if answer.status != 200 || answer.json()["errors"].is_array() {
                target.wrong(format!("{query}: {} {:.300}", answer.status, answer.text));
            }
            target.count("fields", some.len());
        }
    }
}

fn with_selection(schema: &Schema, field: &Field, opening: String) -> String {
    if schema.is_composite(field.of.name()) { format!("{opening} {{ __typename }}") } else { opening }
}

fn places(schema: &Schema) -> Vec<Place<'_>> {
    let (mut places, mut met) = (Vec::new(), HashSet::new());
    for (object, fields) in &schema.objects {
        for field in fields {
            for (path, of) in within(schema, field) {
                let is_first = met.insert((path.clone(), of.to_string()));
                places.push(Place { object, field, path, of, is_first, number: places.len() });
            }
        }
    }
    places
}

/// The arguments of a field and what is within them, each by the names that lead there.
fn within<'a>(schema: &'a Schema, field: &'a Field) -> Vec<(Vec<&'a str>, &'a Type)> {
    let mut within = Vec::new();
    let mut open: Vec<(Vec<&str>, &Type)> =
        field.arguments.iter().map(|argument| (vec![argument.name.as_str()], &argument.of)).collect();
    while let Some((path, of)) = open.pop() {
        if let Some(inputs) = schema.inputs.get(of.name()) {
            open.extend(inputs.iter().map(|input| ([&path[..], &[&input.name]].concat(), &input.of)));
        }
        within.push((path, of));
    }
    within
}

/// Payloads of messages that subscribe to everything that there is with values that mean no good, as they are written.
pub(super) fn subscriptions(schema: &Schema) -> Vec<String> {
    let mut payloads = Vec::new();
    for field in &schema.subscriptions {
        for (path, of) in within(schema, field) {
            let place = Place { object: "Subscription", field, path, of, is_first: true, number: 0 };
            let given = format!("subscription($v: {of}) {{ {} }}", place.with(schema, "$v"));
            let values = fitting(schema, of, true).into_iter().map(|value| value.to_string());
            for value in values.chain(MISFIT_VARIABLES.map(str::to_owned)) {
                payloads.push(format!(r#"{{"query": {}, "variables": {{"v": {value}}}}}"#, json!(given)));
            }
            for literal in MISFIT_LITERALS {
                let written_out = format!("subscription {{ {} }}", place.with(schema, literal));
                payloads.push(json!({ "query": written_out }).to_string());
            }
        }
    }
    payloads
}

impl Place<'_> {
    fn name(&self) -> String {
        format!("{}.{}({})", self.object, self.field.name, self.path.join("."))
    }

    /// The field with a value at this place, and with all else that it needs.
    fn with(&self, schema: &Schema, value: &str) -> String {
        let mut arguments = Vec::new();
        for argument in &self.field.arguments {
            if argument.name == self.path[0] {
                arguments.push(format!(
                    "{}: {}",
                    argument.name,
                    self.within(schema, &argument.of, &self.path[1..], value)
                ));
            } else if argument.is_required() {
                let good = good(schema, self.field, &argument.name, &argument.of);
                arguments.push(format!("{}: {good}", argument.name));
            }
        }
        with_selection(schema, self.field, format!("{}({})", self.field.name, arguments.join(", ")))
    }

    fn within(&self, schema: &Schema, of: &Type, path: &[&str], value: &str) -> String {
        let [name, rest @ ..] = path else { return value.to_owned() };
        let inputs = schema.inputs[of.name()].iter().filter(|input| input.name == *name || input.is_required());
        let fields = inputs.map(|input| {
            let value = if input.name == *name {
                self.within(schema, &input.of, rest, value)
            } else {
                good(schema, self.field, &input.name, &input.of)
            };
            format!("{}: {value}", input.name)
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
    }
}

/// Values that pass the schema, as variables; where an error at one leaves the others in peace, ten at once.
fn fitting_shots(schema: &Schema, reach: &Reach, place: &Place<'_>) -> (Vec<Shot>, usize) {
    let mut values = fitting(schema, place.of, place.is_first);
    if place.is_first && matches!(place.of.name(), "String" | "ID") && !matches!(place.of.nullable(), Type::List(_)) {
        values.push(json!("m".repeat(1_000_000)));
    }
    if matches!(place.of, Type::NonNull(_)) {
        values.retain(|value| !value.is_null());
    }
    let shot = |values: &[Value]| {
        let (mut selections, mut variables, mut declared) = (String::new(), Map::new(), Vec::new());
        for (i, value) in values.iter().enumerate() {
            declared.push(format!("$v{i}: {}", place.of));
            let selection = reach.selection(place.object, &place.with(schema, &format!("$v{i}")));
            selections.extend([format!("a{i}: "), selection, " ".to_owned()]);
            variables.insert(format!("v{i}"), value.clone());
        }
        // At the root a condition of type has no alias.
        if place.object == "Query" {
            selections = place.with(schema, "$v0");
        }
        Shot {
            what: format!("{} with {:.60}", place.name(), values[0].to_string()),
            query: format!("query({}) {{ {selections} }}", declared.join(", ")),
            variables: Value::Object(variables).to_string(),
            apart: Vec::new(),
        }
    };
    let at_once = if reach.stands_alone(schema, place.object) { 10 } else { 1 };
    let shots = values.chunks(at_once).map(|values| match values {
        [_] => shot(values),
        _ => Shot { apart: values.chunks(1).map(shot).collect(), ..shot(values) },
    });
    (shots.collect(), values.len())
}

/// Values that are of no type, or not of this one; written out and as variables.
fn misfit_shots(schema: &Schema, reach: &Reach, place: &Place<'_>) -> (Vec<Shot>, usize) {
    let n = if place.is_first { usize::MAX } else { 1 };
    let from = if place.is_first { 0 } else { place.number };
    let literals = MISFIT_LITERALS.iter().cycle().skip(from % MISFIT_LITERALS.len()).take(n.min(MISFIT_LITERALS.len()));
    let written_out = literals.map(|literal| Shot {
        what: format!("{} with {literal:.60}", place.name()),
        query: reach.document(place.object, &place.with(schema, literal)),
        variables: "{}".to_owned(),
        apart: Vec::new(),
    });
    let texts = MISFIT_VARIABLES.iter().cycle().skip(from % MISFIT_VARIABLES.len()).take(n.min(MISFIT_VARIABLES.len()));
    let given = texts.map(|text| Shot {
        what: format!("{} with the variable {text:.60}", place.name()),
        query: format!("query($v: {}) {}", place.of, reach.document(place.object, &place.with(schema, "$v"))),
        variables: format!(r#"{{"v": {text}}}"#),
        apart: Vec::new(),
    });
    let shots: Vec<_> = written_out.chain(given).collect();
    let n_shots = shots.len();
    (shots, n_shots)
}

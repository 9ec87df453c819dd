//! Whether values are what their types want, as far as the library does not say so, or says so too late.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use async_graphql::parser::types::{
    BaseType, ExecutableDocument, OperationDefinition, Selection, SelectionSet, Type, VariableDefinition,
};
use async_graphql::{Pos, Positioned, Value, Variables};
use async_graphql_value::Value as Written;

use super::types::{Composite, Input, Types, named};
use super::{DocumentRefused, LimitExceeded, Limits};

/// Refuses variables that are not of their types, before anything is executed with them.
///
/// The library finds such a value only where it is used, with other fields already executed. A variable without a value
/// passes: whether it may have none was asked before. One of a type that the schema does not have passes too:
/// validation refuses it.
///
/// # Errors
/// When a value is wrong, a list or a text too long.
pub(in crate::graphql) fn check_variables(
    operation: &OperationDefinition,
    variables: &Variables,
    types: &Types,
    limits: &Limits,
) -> Result<(), DocumentRefused> {
    for Positioned { pos, node: definition } in &operation.variable_definitions {
        let VariableDefinition { name, var_type, .. } = definition;
        let Some(value) = variables.get(&name.node) else { continue };
        let check = Check { types, limits, origin: Origin::Variable };
        let name = format!("${}", name.node);
        check.value(&var_type.node, &value.clone().into_value(), &name).map_err(|problem| problem.at(*pos))?;
    }
    Ok(())
}

/// Refuses values in the text of a document that the library takes though they are wrong: a string for an enum, an
/// integer beyond 32 bits, a date that is none. Also lists and texts that are too long.
///
/// Takes time linear in the document.
///
/// # Errors
/// When there is such a value.
pub(in crate::graphql) fn check_literals(
    document: &ExecutableDocument,
    types: &Types,
    limits: &Limits,
) -> Result<(), DocumentRefused> {
    let check = Check { types, limits, origin: Origin::Document };
    let mut operations: Vec<_> = document.operations.iter().collect();
    operations.sort_unstable_by_key(|(name, _)| *name);
    for (_, operation) in operations {
        for Positioned { pos, node: definition } in &operation.node.variable_definitions {
            if let Some(default) = &definition.default_value {
                let name = format!("${}", definition.name.node);
                let value = default.node.clone().into_value();
                check.value(&definition.var_type.node, &value, &name).map_err(|problem| problem.at(*pos))?;
            }
        }
        check.selections(&operation.node.selection_set.node, types.root(operation.node.ty))?;
    }
    let mut fragments: Vec<_> = document.fragments.iter().collect();
    fragments.sort_unstable_by_key(|(name, _)| *name);
    for (_, fragment) in fragments {
        let of = types.composite(&fragment.node.type_condition.node.on.node);
        check.selections(&fragment.node.selection_set.node, of)?;
    }
    Ok(())
}

/// Refuses declarations and uses of variables that validation would not see, or only by their values: a name that is
/// declared twice, a type that is none of values, and variables that stand where their type does not fit, whatever they
/// hold, also within lists and objects and in the conditions of `@skip` and `@include`.
///
/// # Errors
/// When there is such a variable.
pub(in crate::graphql) fn check_uses(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    types: &Types,
) -> Result<(), DocumentRefused> {
    let mut declared = HashMap::new();
    for Positioned { pos, node: definition } in &operation.variable_definitions {
        let refuse = |message| Err(DocumentRefused::Variable { message, at: *pos });
        let name = &definition.name.node;
        let of = named(&definition.var_type.node).0;
        if types.input(of).is_none() {
            return refuse(format!("The variable `${name}` is of type `{of}`, which is no type of values here."));
        }
        if declared.insert(name.as_str(), definition).is_some() {
            return refuse(format!("The variable `${name}` is declared twice."));
        }
    }
    let mut sets = vec![(&operation.selection_set.node, types.root(operation.ty))];
    let mut spread = HashSet::new();
    while let Some((set, parent)) = sets.pop() {
        for selection in &set.items {
            for directive in selection.node.directives() {
                let Some(condition) = directive.node.get_argument("if") else { continue };
                let Written::Variable(name) = &condition.node else { continue };
                let Some(definition) = declared.get(name.as_str()) else { continue };
                fits_at(definition, &BOOLEAN, false).map_err(|message| at(message, condition.pos))?;
            }
            match &selection.node {
                Selection::Field(field) => {
                    let field_type = parent.and_then(|parent| parent.field(&field.node.name.node));
                    for (name, value) in &field.node.arguments {
                        let Some(argument) = field_type.and_then(|field| field.argument(&name.node)) else { continue };
                        fit_within(&value.node, &argument.ty, argument.default.is_some(), &declared, types)
                            .map_err(|message| at(message, value.pos))?;
                    }
                    let of = field_type.and_then(|field| types.composite(field.of()));
                    sets.push((&field.node.selection_set.node, of));
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(parent, |condition| types.composite(&condition.node.on.node));
                    sets.push((&inline.node.selection_set.node, of));
                }
                Selection::FragmentSpread(it) => {
                    let name = &it.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name).filter(|_| spread.insert(name)) {
                        let of = types.composite(&fragment.node.type_condition.node.on.node);
                        sets.push((&fragment.node.selection_set.node, of));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The condition of `@skip` and `@include`.
static BOOLEAN: LazyLock<Type> = LazyLock::new(|| Type::new("Boolean!").expect("it is one"));

fn at(message: String, at: Pos) -> DocumentRefused {
    DocumentRefused::Variable { message, at }
}

/// Recurses on the brackets of the value, as far as its type has some too.
///
/// # Errors
/// When a variable in `value`, which stands where one of type `wanted` must, may not stand where it does.
fn fit_within(
    value: &Written,
    wanted: &Type,
    has_default: bool,
    declared: &HashMap<&str, &VariableDefinition>,
    types: &Types,
) -> Result<(), String> {
    match (value, &wanted.base) {
        (Written::Variable(name), _) => {
            declared.get(name.as_str()).map_or(Ok(()), |definition| fits_at(definition, wanted, has_default))
        }
        (Written::List(items), BaseType::List(item)) => {
            items.iter().try_for_each(|value| fit_within(value, item, false, declared, types))
        }
        // One value stands for a list of it.
        (value, BaseType::List(item)) => fit_within(value, item, false, declared, types),
        (Written::Object(values), BaseType::Named(of)) => {
            let Some(Input::Object(fields)) = types.input(of) else { return Ok(()) };
            values.iter().try_for_each(|(key, value)| match fields.get(key.as_str()) {
                Some(field) => fit_within(value, &field.ty, field.default.is_some(), declared, types),
                None => Ok(()),
            })
        }
        _ => Ok(()),
    }
}

/// # Errors
/// When a variable may not stand where a value of type `wanted` must, or one `has_default` there.
fn fits_at(definition: &VariableDefinition, wanted: &Type, has_default: bool) -> Result<(), String> {
    fn fits(given: &Type, wanted: &Type) -> bool {
        (wanted.nullable || !given.nullable)
            && match (&given.base, &wanted.base) {
                (BaseType::Named(given), BaseType::Named(wanted)) => given == wanted,
                (BaseType::List(given), BaseType::List(wanted)) => fits(given, wanted),
                _ => false,
            }
    }
    let own = definition.default_value.as_ref().is_some_and(|default| default.node != Value::Null);
    let given = &definition.var_type.node;
    let given = Type { base: given.base.clone(), nullable: given.nullable && !own };
    let wanted_here = Type { base: wanted.base.clone(), nullable: wanted.nullable || has_default };
    if fits(&given, &wanted_here) {
        return Ok(());
    }
    let (name, given) = (&definition.name.node, &definition.var_type.node);
    Err(format!("The variable `${name}` is of type `{given}` and stands where a `{wanted}` must."))
}

/// Where values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// From the text of a document, which has enums, and whose validation finds most that is wrong.
    Document,
    /// From JSON, where an enum is a string.
    Variable,
}

/// What is wrong with a value.
enum Problem {
    Wrong(String),
    TooMuch(LimitExceeded, String),
}

impl Problem {
    fn at(self, at: Pos) -> DocumentRefused {
        match self {
            Self::Wrong(message) => DocumentRefused::Value { message, at },
            Self::TooMuch(exceeded, message) => DocumentRefused::ValueTooLong { exceeded, message, at },
        }
    }
}

struct Check<'a> {
    types: &'a Types,
    limits: &'a Limits,
    origin: Origin,
}

impl<'a> Check<'a> {
    /// Recurses on the brackets of one definition only.
    fn selections(&self, set: &SelectionSet, parent: Option<&'a Composite>) -> Result<(), DocumentRefused> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field_type = parent.and_then(|parent| parent.field(&field.node.name.node));
                    for (name, value) in &field.node.arguments {
                        if let Some(argument) = field_type.and_then(|field| field.argument(&name.node)) {
                            let checked = self.value(&argument.ty, &value.node, &name.node);
                            checked.map_err(|problem| problem.at(value.pos))?;
                        }
                    }
                    let of = field_type.and_then(|field| self.types.composite(field.of()));
                    self.selections(&field.node.selection_set.node, of)?;
                }
                Selection::FragmentSpread(_) => {}
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let of = condition.map_or(parent, |condition| self.types.composite(&condition.node.on.node));
                    self.selections(&inline.node.selection_set.node, of)?;
                }
            }
        }
        Ok(())
    }

    /// `name` is what the value is called in messages. Recurses on the brackets of the value, as far as its type has
    /// some too.
    fn value(&self, ty: &Type, value: &Written, name: &str) -> Result<(), Problem> {
        match (&ty.base, value) {
            // Whether a variable may stand here is for validation; its value is checked by the type that it declares.
            (_, Written::Variable(_)) => Ok(()),
            (_, Written::Null) if ty.nullable => Ok(()),
            (_, Written::Null) => self.wrong(name, "null", &format!("a value of type {ty}")),
            (BaseType::List(item), Written::List(items)) => {
                let n = u64::try_from(items.len()).unwrap_or(u64::MAX);
                LimitExceeded::check("list", self.limits.list, n).map_err(|exceeded| {
                    let message = format!("`{name}` holds {n} values: at most {}.", exceeded.max);
                    Problem::TooMuch(exceeded, message)
                })?;
                items.iter().enumerate().try_for_each(|(i, value)| self.value(item, value, &format!("{name}[{i}]")))
            }
            // One value stands for a list of it.
            (BaseType::List(item), value) => self.value(item, value, name),
            (BaseType::Named(of), value) => match self.types.input(of) {
                None => Ok(()),
                Some(Input::Scalar) => self.scalar(of, value, name),
                Some(Input::Enum(values)) => {
                    let text = match (value, self.origin) {
                        (Written::Enum(text), _) => Some(text.as_str()),
                        (Written::String(text), Origin::Variable) => Some(text.as_str()),
                        (Written::String(_), Origin::Document) => {
                            let what = format!("a value of the enum {of}, which is written without quotes");
                            return Err(wrong(name, "a string", &what));
                        }
                        _ => None,
                    };
                    if text.is_some_and(|text| values.contains(text)) {
                        return Ok(());
                    }
                    self.wrong(name, &shown(value), &format!("a value of the enum {of}"))
                }
                Some(Input::Object(fields)) => {
                    let Written::Object(values) = value else {
                        return Err(wrong(name, &shown(value), &format!("an object of type {of}")));
                    };
                    for (key, value) in values {
                        let path = format!("{name}.{key}");
                        match fields.get(key.as_str()) {
                            Some(field) => self.value(&field.ty, value, &path)?,
                            None => self.wrong(name, &format!("an object with a field `{}`", cut(key)), of)?,
                        }
                    }
                    let missing =
                        fields.iter().filter(|(key, field)| field.is_required() && !values.contains_key(key.as_str()));
                    match missing.map(|(key, _)| key).min() {
                        Some(key) => self.wrong(name, &format!("an object without `{key}`"), of),
                        None => Ok(()),
                    }
                }
            },
        }
    }

    fn scalar(&self, of: &str, value: &Written, name: &str) -> Result<(), Problem> {
        if let Written::String(text) = value {
            let n = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            LimitExceeded::check("text_chars", self.limits.text_chars, n).map_err(|exceeded| {
                let message = format!("`{name}` has {n} characters: at most {}.", exceeded.max);
                Problem::TooMuch(exceeded, message)
            })?;
        }
        let fits = match (of, value) {
            ("Int", Written::Number(n)) if n.is_i64() || n.is_u64() => {
                if n.as_i64().is_none_or(|n| i32::try_from(n).is_err()) {
                    return Err(wrong(name, &n.to_string(), "an integer of 32 bits"));
                }
                true
            }
            ("Float", Written::Number(_))
            | ("String" | "ID", Written::String(_))
            | ("Boolean", Written::Boolean(_)) => true,
            ("ID", Written::Number(n)) => n.is_i64() || n.is_u64(),
            ("Int" | "Float" | "String" | "Boolean" | "ID", _) => false,
            _ => {
                // The scalars of our own.
                let value = value.clone().into_const().unwrap_or(Value::Null);
                return self
                    .types
                    .read_scalar(of, value)
                    .map_err(|reason| Problem::Wrong(format!("`{name}`: {reason}.")));
            }
        };
        if fits { Ok(()) } else { self.wrong(name, &shown(value), &format!("a value of type {of}")) }
    }

    /// In a document it is for validation to say, which finds all that is wrong at once.
    fn wrong(&self, name: &str, is: &str, should_be: &str) -> Result<(), Problem> {
        match self.origin {
            Origin::Document => Ok(()),
            Origin::Variable => Err(wrong(name, is, should_be)),
        }
    }
}

fn wrong(name: &str, is: &str, should_be: &str) -> Problem {
    Problem::Wrong(format!("`{name}` is {is}: it must be {should_be}."))
}

/// What a value is, in few words.
fn shown(value: &Written) -> String {
    match value {
        Written::Variable(_) => "a variable".to_owned(),
        Written::Null => "null".to_owned(),
        Written::Number(n) => n.to_string(),
        Written::String(text) => format!("\"{}\"", cut(text)),
        Written::Boolean(value) => value.to_string(),
        Written::Binary(_) => "bytes".to_owned(),
        Written::Enum(name) => cut(name),
        Written::List(_) => "a list".to_owned(),
        Written::Object(_) => "an object".to_owned(),
    }
}

/// The begin of a text of the client's, which may be long.
fn cut(text: &str) -> String {
    const CHARS_MAX: usize = 50;
    let mut begin: String = text.chars().take(CHARS_MAX).collect();
    if begin.len() < text.len() {
        begin.push('…');
    }
    begin
}

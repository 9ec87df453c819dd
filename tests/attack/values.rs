//! Values that mean no good.

use serde_json::{Value, json};

use super::schema::{Schema, Type};

/// Texts for places whose like has been given all of them already.
const SHORT: [&str; 7] = [
    "",
    "a\0b\u{1}\u{1b}[31m\u{7f}",
    "\u{202e}\u{200b}e\u{301}\u{301}\u{1f469}\u{200d}\u{1f52c}\u{10ffff}",
    "'; drop table entity; --",
    "NEAR(a b, 5) AND name:* OR ^x NOT \"",
    "conflict/evidence/safe",
    "MTg0NDY3NDQwNzM3MDk1NTE2MTU6bGF3L2JpbGwtNw",
];

const LONG: [&str; 27] = [
    "a",
    " ",
    "\0",
    "\u{feff}",
    "\u{fdfd}\u{0}\u{fffd}\u{d7ff}\u{e000}",
    "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "\" or 1=1 union select null, null --",
    "%_%\\_[a-z]*%",
    "../../../../etc/passwd%00",
    "..\\..\\windows\\win.ini",
    "%s%s%n{0}{}{{}}${x}",
    "<script>alert(1)</script>",
    "null",
    "-0",
    "1e400",
    "law/bill-7",
    "LAW/BILL-7",
    "law/",
    "law/../law/bill-7",
    "document/hearing-minutes",
    "statement/00000000000000000000000000000000",
    "conflict/stance/a/law/b/law/c",
    "2025-02-30",
    "9999-12-32",
    "0000",
    "MDo",
    "LTE6bGF3L2JpbGwtNw",
];

/// Odd ones that are dates all the same: the first year and the last day, a leap day.
const DATES: [&str; 4] = ["0001", "9999-12-31", "2024-02-29", "2025-02"];

/// Texts: all of them, or the short list.
pub(super) fn texts(all: bool) -> Vec<Value> {
    let mut texts: Vec<Value> = SHORT.iter().map(|text| json!(text)).collect();
    texts.push(json!("x".repeat(10_000)));
    if all {
        texts.extend(LONG.iter().map(|text| json!(text)));
        texts.push(json!("e\u{301}".repeat(5_000)));
        texts.push(json!("a b ".repeat(120)));
        texts.push(json!(format!("law/{}", "a-".repeat(200))));
        texts.push(json!("\"".repeat(500)));
        texts.push(json!("*".repeat(500)));
        texts.push(json!("1".repeat(400)));
    }
    texts
}

/// Values that are of the type as far as the schema tells, so that they come to whoever reads them.
pub(super) fn fitting(schema: &Schema, of: &Type, all: bool) -> Vec<Value> {
    match of.nullable() {
        Type::List(element) => lists(&fitting(schema, element, false)),
        Type::NonNull(_) => unreachable!("what is nullable is not non-null"),
        Type::Named(name) => match name.as_str() {
            "Int" => [i32::MIN, -1, 0, 1, 100, 101, 9_999, i32::MAX].map(Value::from).to_vec(),
            "Float" => [0.0, -1.0, 1e308, -1e308, 5e-324, 0.1].map(Value::from).to_vec(),
            "Boolean" => vec![json!(true), json!(false), Value::Null],
            "PartialDate" => DATES.iter().map(|date| json!(date)).chain(texts(all)).collect(),
            "String" | "ID" | "DateTime" => texts(all),
            name => match schema.enums.get(name) {
                Some(values) => values.iter().take(if all { 40 } else { 3 }).map(|value| json!(value)).collect(),
                // An object of nothing; what is in it has places of its own.
                None => vec![json!({}), Value::Null],
            },
        },
    }
}

fn lists(elements: &[Value]) -> Vec<Value> {
    let mut lists = vec![json!([])];
    lists.extend(elements.iter().map(|element| json!([element])));
    if let Some(element) = elements.first() {
        lists.extend([2, 101, 10_000].map(|n| json!(vec![element; n])));
    }
    lists.push(json!((0..2_001).map(|i| elements[i % elements.len()].clone()).collect::<Vec<_>>()));
    // What is good for ids: one too many of the same.
    lists.push(json!(vec!["law/bill-7"; 101]));
    lists
}

/// Literals of types that hardly anything has.
pub(super) const MISFIT_LITERALS: [&str; 22] = [
    "null",
    "\"x\"",
    "1",
    "-1.5",
    "2147483648",
    "-9223372036854775809",
    "99999999999999999999999999999999999999999999",
    "1e400",
    "-1e-400",
    "true",
    "X_Y_Z",
    "law",
    "[]",
    "[null]",
    "[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]",
    "{}",
    "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}",
    "{field: NAME, field: SLUG, __typename: 1}",
    "$nowhere",
    "\"\\uD800\"",
    "\"\"\" \\\"\"\" \u{200f} \"\"\"",
    "\"\\u0000\\u001b\"",
];

/// Texts of JSON, or nearly, for variables.
pub(super) const MISFIT_VARIABLES: [&str; 20] = [
    "null",
    "\"x\"",
    "1",
    "-1.5",
    "2147483648",
    "-9223372036854775809",
    "99999999999999999999999999999999999999999999",
    "1e400",
    "-0.0",
    "NaN",
    "true",
    "[]",
    "[null]",
    "[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]",
    "{}",
    r#"{"a": {"a": {"a": {"a": {"a": 1}}}}}"#,
    r#"{"field": "NAME", "field": "SLUG"}"#,
    r#""\ud800""#,
    r#""\udc00\ud800""#,
    "\"\\u0000\\u001b\\u202e\"",
];

//! What can be seen of a document without parsing it.

use super::{DocumentRefused, LimitExceeded, Limits};

/// Refuses a text that could harm the parser: too long, with too many tokens or directives, or nested too deep.
///
/// Does not recurse and reads every byte once, so it is safe for any text; whether the text is a document is for the
/// parser to say. Brackets and `@` in strings, block strings and comments do not count.
///
/// # Errors
/// When the text is above one of `limits`, or a block string does not end.
pub(in crate::graphql) fn scan(text: &str, limits: &Limits) -> Result<(), DocumentRefused> {
    LimitExceeded::check("bytes", limits.bytes, count(text.len()))?;
    let tally = Tally::of(text)
        .map_err(|open| DocumentRefused::OpenBlockString { line: text[..open.at].matches('\n').count() + 1 })?;
    LimitExceeded::check("tokens", limits.tokens, tally.tokens)?;
    LimitExceeded::check("nesting", limits.nesting, tally.nesting)?;
    LimitExceeded::check("directives", limits.directives, tally.directives)?;
    Ok(())
}

/// As [`scan`], of the JSON of variables, which has the tokens of a document: too many of them, or nested too deep.
///
/// # Errors
/// When the text is above one of `limits`.
pub(in crate::graphql) fn scan_variables(json: &str, limits: &Limits) -> Result<(), DocumentRefused> {
    // No three quotes stand side by side in JSON, so that nothing is taken for a block string.
    let Ok(tally) = Tally::of(json) else { return Ok(()) };
    LimitExceeded::check("tokens_of_variables", limits.tokens_of_variables, tally.tokens)?;
    LimitExceeded::check("nesting", limits.nesting, tally.nesting)?;
    Ok(())
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("a length in memory fits in 64 bits")
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    tokens: u64,
    /// The deepest nesting of `{`, `[` and `(`.
    nesting: u64,
    directives: u64,
}

/// A block string that begins at the byte `at` and does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OpenBlockString {
    at: usize,
}

impl Tally {
    fn of(text: &str) -> Result<Self, OpenBlockString> {
        let bytes = text.as_bytes();
        let mut tally = Self::default();
        let mut open = 0_u64;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = &bytes[at..];
            let length = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                    at += 1;
                    continue;
                }
                b'#' => {
                    at += until(rest, |byte| matches!(byte, b'\n' | b'\r'));
                    continue;
                }
                _ if rest.starts_with(BYTE_ORDER_MARK) => {
                    at += BYTE_ORDER_MARK.len();
                    continue;
                }
                b'"' if rest.starts_with(BLOCK_QUOTES) => block_string(rest).ok_or(OpenBlockString { at })?,
                b'"' => string(rest),
                b'.' if rest.starts_with(b"...") => 3,
                b'_' | b'a'..=b'z' | b'A'..=b'Z' => until(rest, |byte| !is_of_name(byte)),
                b'-' | b'0'..=b'9' => number(rest),
                _ => {
                    match byte {
                        b'{' | b'[' | b'(' => open += 1,
                        // The parser stops at a bracket that closes nothing; there is nothing to count below zero.
                        b'}' | b']' | b')' => open = open.saturating_sub(1),
                        b'@' => tally.directives += 1,
                        _ => {}
                    }
                    // A character outside ASCII is one token, however many bytes it has.
                    1 + until(&rest[1..], |byte| byte & 0b1100_0000 != 0b1000_0000)
                }
            };
            tally.tokens += 1;
            tally.nesting = tally.nesting.max(open);
            at += length;
        }
        Ok(tally)
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
const BLOCK_QUOTES: &[u8] = b"\"\"\"";
const ESCAPED_BLOCK_QUOTES: &[u8] = b"\\\"\"\"";

/// How many bytes come before the first that is `wanted`, all when there is none.
fn until(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| wanted(byte)).unwrap_or(bytes.len())
}

fn is_of_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

/// The length of the number at the start, with whatever letters cling to it: the parser refuses those.
fn number(bytes: &[u8]) -> usize {
    let mut length = 1;
    while let Some(&byte) = bytes.get(length) {
        let goes_on = match byte {
            b'+' | b'-' => matches!(bytes[length - 1], b'e' | b'E'),
            b'.' => bytes.get(length + 1).is_some_and(u8::is_ascii_digit),
            _ => is_of_name(byte),
        };
        if !goes_on {
            break;
        }
        length += 1;
    }
    length
}

/// The length of the string at the start. One that does not end goes to the end of the line, where the parser stops.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            b'\\' if bytes.get(at + 1).is_some_and(|next| !matches!(next, b'\n' | b'\r')) => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The length of the block string at the start; `None` when it does not end.
fn block_string(bytes: &[u8]) -> Option<usize> {
    let mut at = BLOCK_QUOTES.len();
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(ESCAPED_BLOCK_QUOTES) {
            at += ESCAPED_BLOCK_QUOTES.len();
        } else if rest.starts_with(BLOCK_QUOTES) {
            return Some(at + BLOCK_QUOTES.len());
        } else {
            at += 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::*;

    fn tally(text: &str) -> (u64, u64, u64) {
        let Tally { tokens, nesting, directives } = Tally::of(text).expect("every block string ends");
        (tokens, nesting, directives)
    }

    fn refused(text: &str) -> Option<(&'static str, u64)> {
        match scan(text, &Limits::default()) {
            Ok(()) => None,
            Err(DocumentRefused::Limit(exceeded)) => Some((exceeded.limit, exceeded.actual)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn tokens_nesting_and_directives_are_counted_as_the_specification_says() {
        let cases = [
            ("", (0, 0, 0)),
            ("{ a }", (3, 1, 0)),
            ("\u{feff}{,a,b,}", (4, 1, 0)),
            ("query Q($id: [ID!]! = [\"x\"]) @d { a(b: {c: [1]}) { ...F } }", (36, 4, 1)),
            ("{ a # }}}} @no [[[[ \" \n b }", (4, 1, 0)),
            ("{ a # to the end", (2, 1, 0)),
            ("{ a # until a carriage return\r}", (3, 1, 0)),
            (r#"{ a(b: "[[[[ @ \" [[ \\") }"#, (8, 2, 0)),
            (r#"{ a(b: """[[ " "" \""" @ [[""") }"#, (8, 2, 0)),
            (r#"{ a(b: "" c: """""") }"#, (11, 2, 0)),
            (r#"{ a(b: "ends with the line"#, (6, 2, 0)),
            ("{ a(b: \"open [[[\n[ ) }", (9, 3, 0)),
            ("{ a(b: \"open \\\n[ ) }", (9, 3, 0)),
            ("-1.5e+10 1.0E-3 0 12", (4, 0, 0)),
            ("1...a", (3, 0, 0)),
            ("é @ 日", (3, 0, 1)),
            ("}}}} {", (5, 1, 0)),
            ("[[]][[[]]]", (10, 3, 0)),
        ];
        for (text, expected) in cases {
            assert_eq!(tally(text), expected, "{text}");
        }
    }

    #[test]
    fn a_block_string_that_does_not_end_is_refused() {
        // The parser takes the first two quotes for an empty string, the third for the begin of the next one.
        let hidden = format!("{{ a(x: [\n\"\"\" \" \" {}", "[".repeat(2_000));
        assert_eq!(scan(&hidden, &Limits::default()), Err(DocumentRefused::OpenBlockString { line: 2 }));
        assert!(scan(r#"{ a(x: """ \""") }"#, &Limits::default()).is_err());
    }

    #[test]
    fn nesting_that_would_overflow_the_parser_is_refused_wherever_it_stands() {
        let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(1_200), close.repeat(1_200));
        for (name, text) in [
            ("argument", format!("{{ a(x: {}) }}", deep("[", "]"))),
            ("open argument", format!("{{a(x:{}", "[".repeat(1_200))),
            ("object", format!("{{ a(x: {}) }}", deep("{a:", "}"))),
            ("default value", format!("query($x: T = {}) {{ a }}", deep("[", "]"))),
            ("directive", format!("{{ a @skip(if: {}) }}", deep("{a:", "}"))),
            ("type", format!("query($x: {}T{}) {{ a }}", "[".repeat(1_200), "]".repeat(1_200))),
            ("fields", "{a".repeat(1_200)),
            ("fragment", format!("fragment F on T {}", "{a".repeat(1_200))),
        ] {
            let (limit, actual) = refused(&text).unwrap_or_else(|| panic!("{name} passed"));
            assert_eq!(limit, "nesting", "{name}");
            assert!(actual >= 1_200, "{name}: {actual}");
        }
    }

    #[test]
    fn each_limit_is_met_and_named() {
        let nested = |n: usize| format!("{}a{}", "{a".repeat(n - 1) + "{", "}".repeat(n));
        assert_eq!((refused(&nested(32)), refused(&nested(33))), (None, Some(("nesting", 33))));
        assert!(parse_query(nested(32)).is_ok(), "what passes can be parsed");
        let tokens = |n: usize| format!("{{{}}}", "a ".repeat(n - 2));
        assert_eq!((refused(&tokens(5_000)), refused(&tokens(5_001))), (None, Some(("tokens", 5_001))));
        let directives = |n: usize| format!("{{ a {} }}", "@d ".repeat(n));
        assert_eq!((refused(&directives(20)), refused(&directives(21))), (None, Some(("directives", 21))));
        let bytes = |n: usize| format!("{{a{}}}", " ".repeat(n - 3));
        assert_eq!((refused(&bytes(65_536)), refused(&bytes(65_537))), (None, Some(("bytes", 65_537))));
    }

    /// The same by another way: cut off one lexical element after the other, as characters.
    fn naive(text: &str) -> Option<Tally> {
        let mut tally = Tally::default();
        let mut open = 0_u64;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_name = |c: char| c == '_' || c.is_ascii_alphanumeric();
            let after = if " \t\n\r,\u{feff}".contains(first) {
                rest = &rest[first.len_utf8()..];
                continue;
            } else if first == '#' {
                rest = rest.find(['\n', '\r']).map_or("", |end| &rest[end..]);
                continue;
            } else if let Some(inner) = rest.strip_prefix("\"\"\"") {
                // Escaped quotes are replaced by as many characters that mean nothing.
                let end = inner.replace("\\\"\"\"", "....").find("\"\"\"")?;
                &inner[end + 3..]
            } else if let Some(inner) = rest.strip_prefix('"') {
                let mut escaped = false;
                let end = inner.find(|c| {
                    let ends = matches!(c, '\n' | '\r') || (c == '"' && !escaped);
                    escaped = c == '\\' && !escaped;
                    ends
                });
                end.map_or("", |end| inner[end..].strip_prefix('"').unwrap_or(&inner[end..]))
            } else if let Some(after) = rest.strip_prefix("...") {
                after
            } else if first == '_' || first.is_ascii_alphabetic() {
                rest.trim_start_matches(is_name)
            } else if first == '-' || first.is_ascii_digit() {
                let mut after = &rest[1..];
                let mut before = first;
                while let Some(c) = after.chars().next() {
                    let digit_next = after[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
                    if is_name(c) || (c == '.' && digit_next) || ("+-".contains(c) && "eE".contains(before)) {
                        (before, after) = (c, &after[1..]);
                    } else {
                        break;
                    }
                }
                after
            } else {
                if "{[(".contains(first) {
                    open += 1;
                } else if "}])".contains(first) && open > 0 {
                    open -= 1;
                } else if first == '@' {
                    tally.directives += 1;
                }
                &rest[first.len_utf8()..]
            };
            tally.tokens += 1;
            tally.nesting = tally.nesting.max(open);
            rest = after;
        }
        Some(tally)
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_as_the_naive_way_does(text in any::<String>()) {
            prop_assert_eq!(Tally::of(&text).ok(), naive(&text));
        }

        #[test]
        fn texts_of_what_matters_are_scanned_as_the_naive_way_does(
            text in r#"([{}()\[\]@#"\\\n\r ,.aeE_0-9+-]|"""|\\"""|\.\.\.|é|\x{feff}){0,60}"#,
        ) {
            prop_assert_eq!(Tally::of(&text).ok(), naive(&text));
        }

        #[test]
        fn any_bytes_are_scanned(bytes in any::<Vec<u8>>()) {
            let text = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(Tally::of(&text).ok(), naive(&text));
        }

        #[test]
        fn what_the_parser_reads_has_the_brackets_that_the_scan_saw(
            depth in 1_usize..20,
            string in r"[a-z\[\]{}#@ ]{0,10}",
        ) {
            let text = format!("{{ a(x: {}\"{string}\" \"\"\"{string}\"\"\"{}) }}", "[".repeat(depth), "]".repeat(depth));
            prop_assert!(parse_query(&text).is_ok(), "{}", text);
            prop_assert_eq!(tally(&text).1, 2 + count(depth));
        }
    }
}

//! From a file's text to tables, losing as little as possible to mistakes in the syntax.

use toml::de::{DeTable, Error};

/// A part of a file that was parsed on its own.
#[derive(Debug)]
pub(in crate::format) struct Piece<'a> {
    /// Where it begins in the file, in bytes.
    pub(in crate::format) base: usize,
    pub(in crate::format) table: DeTable<'a>,
    /// Whether a mistake in the syntax makes what it says uncertain.
    pub(in crate::format) damaged: bool,
}

/// A mistake in the syntax.
#[derive(Debug)]
pub(in crate::format) struct Mistake {
    /// Where, in bytes from the start of the file.
    pub(in crate::format) at: usize,
    /// What is wrong, and what would be right.
    pub(in crate::format) what: String,
}

/// The tables of a file, and the mistakes in its syntax.
///
/// A file without mistakes is one piece. One with mistakes is cut before every line that is the header of a table, so
/// that a mistake costs one record and not all that follow. O(length of the text).
pub(in crate::format) fn pieces(text: &str) -> (Vec<Piece<'_>>, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return (vec![Piece { base: 0, table: table.into_inner(), damaged: false }], Vec::new());
    }
    let mut mistakes = Vec::new();
    let mut pieces = Vec::new();
    for (base, text) in cut_at_headers(text) {
        let (table, errors) = DeTable::parse_recoverable(text);
        pieces.push(Piece { base, table: table.into_inner(), damaged: !errors.is_empty() });
        mistakes.extend(independent(text, errors).into_iter().map(|error| mistake(base, text, &error)));
    }
    if mistakes.is_empty() {
        // Every table is good by itself: what is wrong lies between two of them, and the rest follows from it.
        mistakes.extend(independent(text, errors).first().map(|error| mistake(0, text, error)));
    }
    (pieces, mistakes)
}

/// The text before the first header, and each header with what follows it.
///
/// A line within a text of several lines can look like a header. It is taken for one: that costs a strange message
/// beside the true one, and only in a file that has a mistake anyway.
fn cut_at_headers(text: &str) -> Vec<(usize, &str)> {
    let mut offset = 0;
    let mut cuts = vec![0];
    for line in text.split_inclusive('\n') {
        if is_header(line) && offset > 0 {
            cuts.push(offset);
        }
        offset += line.len();
    }
    let ends = cuts.iter().copied().skip(1).chain([text.len()]);
    cuts.iter().copied().zip(ends).map(|(start, end)| (start, &text[start..end])).collect()
}

/// `[[claim]]` or `[corpus]`; not `[[study.notices]]`, which belongs to the study before it.
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let name = line
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"))
        .or_else(|| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' '))
    })
}

/// The errors in the order of the text, up to the first behind which the parser may have lost its way.
fn independent(text: &str, mut errors: Vec<Error>) -> Vec<Error> {
    errors.sort_by_key(start);
    // Of several on one line the first: the others tend to follow from it.
    let mut before = None;
    errors.retain(|error| {
        let here = start(error).min(text.len());
        let is_first_on_line = before.is_none_or(|before| text.as_bytes()[before..here].contains(&b'\n'));
        before = Some(here);
        is_first_on_line
    });
    let stays_in_its_value = |error: &Error| {
        ["invalid ", "string values must be quoted", "duplicate key"]
            .iter()
            .any(|beginning| error.message().starts_with(beginning))
    };
    let n = errors.iter().position(|error| !stays_in_its_value(error)).map_or(errors.len(), |ix| ix + 1);
    errors.truncate(n);
    errors
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn mistake(base: usize, text: &str, error: &Error) -> Mistake {
    let span = error.span().unwrap_or_default();
    let there = text.get(span.clone()).unwrap_or_default();
    let message = error.message();
    let what = if message.starts_with("duplicate key") {
        format!("`{there}` stands twice in one table; keep one")
    } else if message.starts_with("string values must be quoted") && there.is_empty() {
        "a value is missing here".to_owned()
    } else if message.starts_with("string values must be quoted") {
        format!("text stands in quotation marks: write {there:?}")
    } else if message.starts_with("invalid date") {
        format!(
            "`{there}` is no day that exists; months and years stand in quotation marks: \"2025-02-14\", \"2025-02\" or \
             \"2025\""
        )
    } else if message.starts_with("invalid basic string, expected `\"`") {
        "the text that begins on this line is not closed: end it with a quotation mark".to_owned()
    } else {
        format!("not TOML: {message}")
    };
    Mistake { at: base + span.start, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_costs_one_record() {
        let text =
            "[[claim]]\nslug = \"a\"\nwording \"b\"\n[[claim]] # next\nslug = \"c\"\n[[claim.mentions]]\nx = [1\n";
        let (pieces, mistakes) = pieces(text);
        let damaged: Vec<_> = pieces.iter().map(|piece| (piece.base, piece.damaged)).collect();
        assert_eq!(damaged, [(0, true), (text.find("[[claim]] #").expect("there"), true)]);
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
    }

    #[test]
    fn what_is_wrong_between_tables_is_told_too() {
        let (pieces, mistakes) = pieces("[corpus]\nname = \"a\"\n[corpus]\nname = \"b\"\n");
        assert!(pieces.iter().all(|piece| !piece.damaged));
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert_eq!(mistakes[0].what, "`corpus` stands twice in one table; keep one");
    }
}

//! Places in files, and what is wrong there.

use std::fmt;
use std::sync::Arc;

/// A place in a file, as editors count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as its reader named it.
    pub file: Arc<str>,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Something that is wrong in a corpus, where, and what would be right:
/// `seed/kratom/claims.toml:41:12: claim "liver-injury-rare": document "who-2021" does not exist`.
///
/// Ordered by place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[error("{place}: {}{what}", record.as_ref().map_or_else(String::new, |record| format!("{record}: ")))]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// In which record: `claim "liver-injury-rare"`. `None` where it is in none.
    pub record: Option<Arc<str>>,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// One file's text with what is needed to tell places fast.
#[derive(Debug)]
pub(in crate::format) struct Text<'a> {
    file: Arc<str>,
    all: &'a str,
    /// Where each line begins.
    line_starts: Vec<usize>,
    /// How many characters begin before each [`STRIDE`]-th byte, so that a column costs no walk along a long line.
    n_chars: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'a> Text<'a> {
    /// O(length of the text).
    pub(in crate::format) fn new(file: &str, text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        let mut n_before = 0;
        let n_chars = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let here = n_before;
            n_before += n_chars_in(chunk);
            here
        });
        Self {
            file: file.into(),
            all: text,
            line_starts: std::iter::once(0).chain(ends).collect(),
            n_chars: n_chars.collect(),
        }
    }

    /// The text itself.
    pub(in crate::format) fn as_str(&self) -> &'a str {
        self.all
    }

    /// The place of a byte. O(log of the number of lines).
    pub(in crate::format) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.all.len());
        let n_lines = self.line_starts.partition_point(|start| *start <= offset);
        let column = self.n_chars_before(offset) - self.n_chars_before(self.line_starts[n_lines - 1]) + 1;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { file: Arc::clone(&self.file), line: count(n_lines), column: count(column) }
    }

    fn n_chars_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        // At the very end of a text whose length is a multiple of the stride there is no stride left to look up.
        let stride = stride.min(self.n_chars.len().saturating_sub(1));
        let before = self.n_chars.get(stride).copied().unwrap_or(0);
        before + n_chars_in(&self.all.as_bytes()[stride * STRIDE..offset])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn n_chars_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_count_characters() {
        let text = Text::new("f.toml", "ä = 1\n\nüü = 2");
        let at = |offset| text.place(offset).to_string();
        assert_eq!(at(0), "f.toml:1:1");
        assert_eq!(at("ä ".len()), "f.toml:1:3");
        assert_eq!(at("ä = 1\n".len()), "f.toml:2:1");
        assert_eq!(at("ä = 1\n\nüü".len()), "f.toml:3:3");
        assert_eq!(at(1000), "f.toml:3:7");
        assert_eq!(Text::new("empty", "").place(0).to_string(), "empty:1:1");
    }

    proptest! {
        #[test]
        fn places_are_those_that_counting_gives(text in "[aä€\n]{0,900}", at in 0..900usize) {
            let offset = text.char_indices().map(|(offset, _)| offset).nth(at).unwrap_or(text.len());
            let before = &text[..offset];
            let place = Text::new("f", &text).place(offset);
            prop_assert_eq!(place.line as usize, before.matches('\n').count() + 1);
            let line = before.rsplit('\n').next().expect("at least one");
            prop_assert_eq!(place.column as usize, line.chars().count() + 1);
        }
    }
}

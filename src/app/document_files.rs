//! The texts of documents, where somebody has them at hand.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::AppError;
use crate::model::{Document, Sha256};

/// Files among which documents are looked for.
#[derive(Debug, Default)]
pub struct DocumentFiles {
    texts: Vec<DocumentText>,
    by_name: HashMap<String, usize>,
    by_digest: HashMap<Sha256, usize>,
}

/// The text of a document.
#[derive(Debug)]
pub struct DocumentText {
    digest: Sha256,
    lines: Vec<String>,
}

/// All files in `folders` and in the folders in them.
///
/// # Errors
/// When something cannot be read.
pub fn read_document_files(folders: &[PathBuf]) -> Result<DocumentFiles, AppError> {
    let mut paths = Vec::new();
    for folder in folders {
        gather(folder, &mut paths)?;
    }
    paths.sort();
    let mut files = DocumentFiles::default();
    for path in paths {
        let bytes = fs::read(&path).map_err(|error| AppError::unreadable(&path, error.to_string()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.add(name, &bytes);
    }
    Ok(files)
}

fn gather(path: &Path, paths: &mut Vec<PathBuf>) -> Result<(), AppError> {
    let say = |error: std::io::Error| AppError::unreadable(path, error.to_string());
    for entry in fs::read_dir(path).map_err(say)? {
        let entry = entry.map_err(say)?.path();
        if entry.is_dir() { gather(&entry, paths)? } else { paths.push(entry) }
    }
    Ok(())
}

impl DocumentFiles {
    /// Adds a file.
    pub fn add(&mut self, name: String, bytes: &[u8]) {
        let text = DocumentText::new(bytes);
        self.by_name.entry(name).or_insert(self.texts.len());
        self.by_digest.entry(text.digest).or_insert(self.texts.len());
        self.texts.push(text);
    }

    /// The text of `document`: the file of its name, else the file of its digest. `None` when there is neither.
    pub fn text_of(&self, document: &Document) -> Option<&DocumentText> {
        let named = document.file.as_ref().and_then(|name| self.by_name.get(name));
        let ix = named.or_else(|| self.by_digest.get(&document.sha256?))?;
        Some(&self.texts[*ix])
    }
}

impl DocumentText {
    /// A last line without a newline counts; behind a last newline there is no line.
    fn new(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        Self { digest: Sha256::of(bytes), lines: text.lines().map(str::to_owned).collect() }
    }

    /// Whether it is the text that the document's digest was taken of; so where the document has none.
    pub fn is_same(&self, document: &Document) -> bool {
        document.sha256.is_none_or(|digest| digest == self.digest)
    }

    /// The digest of its bytes.
    pub fn digest(&self) -> Sha256 {
        self.digest
    }

    /// How many lines there are.
    pub fn n_lines(&self) -> usize {
        self.lines.len()
    }

    /// The line of this number, counted from 1; `None` beyond the last.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.lines.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// Whether `words` stand in the lines from `start` to `end`, whole and in a row. Where a line ends, a space stands.
    pub fn holds(&self, start: usize, end: usize, words: &str) -> bool {
        let lines = (start..=end.min(self.n_lines())).filter_map(|number| self.line(number));
        stands_in(&lines.collect::<Vec<_>>().join(" "), words)
    }

    /// The first lines in which `words` stand: one, or two neighboring ones. O(length of the text).
    pub fn find(&self, words: &str) -> Option<(usize, usize)> {
        let one = (1..=self.n_lines()).find(|line| self.holds(*line, *line, words)).map(|line| (line, line));
        one.or_else(|| (1..self.n_lines()).find(|line| self.holds(*line, line + 1, words)).map(|line| (line, line + 1)))
    }
}

/// Whether `words` stand in `text` as whole words, white space folded.
fn stands_in(text: &str, words: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, words) = (fold(text), fold(words));
    text.match_indices(&words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + words.len()..].chars().next();
        let is_edge = |outside: Option<char>, inside: Option<char>| {
            !(outside.is_some_and(char::is_alphanumeric) && inside.is_some_and(char::is_alphanumeric))
        };
        is_edge(before, words.chars().next()) && is_edge(behind, words.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_over_the_end_of_a_line() {
        let text = DocumentText::new(b"a part of it\r\nends  here.\nand goes on");
        assert_eq!(text.n_lines(), 3, "a last line without a newline counts");
        assert_eq!(DocumentText::new(b"one\ntwo\n").n_lines(), 2);
        assert!(text.holds(1, 1, "part of it") && text.holds(2, 2, "ends here"));
        assert!(!text.holds(1, 1, "art of it") && !text.holds(1, 1, "part of i"));
        assert_eq!(text.find("it ends"), Some((1, 2)));
        assert_eq!(text.find("goes on"), Some((3, 3)));
        assert_eq!(text.find("nowhere"), None);
        assert!(!text.holds(9, 12, "a"));
    }
}

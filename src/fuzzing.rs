//! What must hold of any bytes that a parser of strangers' texts is given. Each function is a fuzz target of `fuzz/` and
//! panics where something does not hold; a test gives them what fuzzing found worth keeping.
//!
//! Only there for fuzzing and for tests.

use crate::format::{Reading, SourceFile, read_corpus};
pub use crate::graphql::fuzzing::{cursor, document};
use crate::model::{EntityKey, NodeId, PartialDate, Slug};

/// A parser, by the name of its target.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 5] =
    [("corpus", corpus), ("cursor", cursor), ("date", date), ("document", document), ("id", id)];

/// A corpus read twice is the same; every problem has its place within the text; what is good is not told of as a
/// problem, and what is told of costs a record.
///
/// # Panics
/// When it does not hold.
pub fn corpus(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let reading = read(&[text]);
    let again = read(&[text]);
    assert_eq!(reading.corpus, again.corpus);
    assert_eq!(reading.problems, again.problems);
    assert_eq!(reading.references, again.references);
    assert_eq!(reading.cited, again.cited);
    assert_eq!(reading.uncited, again.uncited);
    assert_eq!(reading.defined, again.defined);
    assert_eq!(reading.said, again.said);

    let n_lines = text.matches('\n').count() + 1;
    for problem in &reading.problems {
        let (line, column) = (problem.place.line as usize, problem.place.column as usize);
        assert!((1..=n_lines).contains(&line), "line {line} of {n_lines}: {problem}");
        let n_chars = text.split('\n').nth(line - 1).map_or(0, |line| line.chars().count());
        assert!((1..=n_chars + 1).contains(&column), "column {column} of {n_chars}: {problem}");
        assert!(!problem.what.is_empty());
    }

    // Given twice, everything with a slug is there twice.
    let twice = read(&[text, text]);
    assert!(twice.corpus.entities.len() <= reading.corpus.entities.len());
    assert!(reading.defined.is_empty() || !twice.problems.is_empty(), "a slug is taken once");
}

fn read(texts: &[&str]) -> Reading {
    let files = texts.iter().map(|text| SourceFile { name: "a.toml".to_owned(), text: (*text).to_owned() });
    let name = Slug::parse("fuzzed").expect("a slug");
    read_corpus(&name, &files.collect::<Vec<_>>())
}

/// An id that is read prints back to itself; the key of an entity is an id, and its slug is a slug.
///
/// # Panics
/// When it does not hold.
pub fn id(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let id = NodeId::parse(text);
    if let Ok(id) = &id {
        assert_eq!(id.to_string(), text);
    }
    match (EntityKey::parse(text), &id) {
        (Ok(key), Ok(NodeId::Entity(same))) => {
            assert_eq!(&key, same);
            assert_eq!(Slug::parse(key.slug.as_str()).as_ref(), Ok(&key.slug));
        }
        (Err(error), Ok(NodeId::Statement(_) | NodeId::Document(_) | NodeId::Conflict(_)) | Err(_)) => {
            assert!(error.to_string().len() < 2_000, "a long text makes no long message");
        }
        (key, id) => panic!("{key:?}, but {id:?}"),
    }
    match Slug::parse(text) {
        Ok(slug) => assert_eq!(slug.to_string(), text),
        Err(error) => assert!(error.to_string().len() < 2_000, "a long text makes no long message"),
    }
}

/// A date that is read prints back to itself, and its days are in order and within its year.
///
/// # Panics
/// When it does not hold.
pub fn date(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match PartialDate::parse(text) {
        Ok(date) => {
            assert_eq!(date.to_string(), text);
            assert!(date.first_day() <= date.last_day());
            assert_eq!((date.first_day().year(), date.last_day().year()), (date.year(), date.year()));
            assert!(date <= PartialDate::from_day(date.first_day()));
        }
        Err(error) => assert!(error.to_string().len() < 1_000, "a long text makes no long message"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn what_fuzzing_kept_holds() {
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
        for (name, target) in TARGETS {
            let files = fs::read_dir(corpora.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            let mut n = 0;
            for file in files {
                target(&fs::read(file.expect("it is listed").path()).expect("it can be read"));
                n += 1;
            }
            assert!(n >= 8, "only {n} texts are kept for {name}");
        }
        let n_folders = fs::read_dir(corpora).expect("the folder is there").count();
        assert_eq!(n_folders, TARGETS.len(), "each folder is a target's");
    }
}

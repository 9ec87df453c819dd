//! A corpus with thirty mistakes in three files. Each is marked on its line with what must be said of it there:
//! `# <- did you mean`.

use super::{file, read_corpus, slug};

const FILES: [(&str, &str); 3] = [
    ("documents.toml", include_str!("mistakes_documents.toml")),
    ("entities.toml", include_str!("mistakes_entities.toml")),
    ("statements.toml", include_str!("mistakes_statements.toml")),
];

#[test]
fn thirty_mistakes_are_thirty_problems_each_on_its_line() {
    let files = FILES.map(|(name, text)| file(name, text));
    let reading = read_corpus(&slug("world"), &files);
    let mut left: Vec<_> = reading.problems.iter().collect();
    let mut n_marked = 0;
    for (name, text) in FILES {
        for (line, number) in text.lines().zip(1..) {
            for says in line.split(" # <- ").skip(1) {
                n_marked += 1;
                let place = |problem: &super::Problem| (&*problem.place.file, problem.place.line) == (name, number);
                let ix = left.iter().position(|problem| place(problem) && problem.what.contains(says));
                let ix = ix.unwrap_or_else(|| panic!("nobody says {says:?} at {name}:{number}; left: {left:#?}"));
                left.remove(ix);
            }
        }
    }
    assert_eq!(n_marked, 30);
    assert!(left.is_empty(), "not marked: {left:#?}");
    assert!(reading.problems.is_sorted());
}

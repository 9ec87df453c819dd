//! What no answer may show. Shared with the attacks.

/// Words that would show the inside: SQL, paths, panics. None of them stands in anything that the tests send.
const INSIDE: [&str; 18] = [
    "SELECT ",
    "sqlite",
    "sqlx",
    "SQLITE",
    "SQL logic",
    "fts5",
    ".rs:",
    "src/",
    "thread '",
    "panicked",
    "RUST_BACKTRACE",
    "/home",
    "/tmp",
    "/rustc",
    "cargo/registry",
    "no such table",
    "no such column",
    "entity_search",
];

/// The first of them that stands in a text.
pub(crate) fn shown_of_the_inside(text: &str) -> Option<&'static str> {
    INSIDE.into_iter().find(|inside| text.contains(inside))
}

//! Who looks at whom: a room imports itself and lower floors only, never sideways, never up; and each dependency has
//! its rooms.

use std::fs;

use crate::golden::files_below;
use crate::server::root;

/// The rooms and their floors. Rooms of one floor do not know each other.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("graph", 1),
    ("store", 1),
    ("format", 1),
    ("app", 2),
    ("graphql", 3),
    ("http", 4),
    ("fuzzing", 4),
    ("config", 5),
    ("telemetry", 5),
    ("cli", 6),
];

/// Where a dependency may be named in code.
const HOMES: &[(&str, &[&str])] = &[
    ("arc_swap", &["app"]),
    ("async_graphql", &["graphql", "http"]),
    ("async_graphql_value", &["graphql"]),
    ("actix_web", &["http"]),
    ("base64", &["graphql"]),
    ("clap", &["cli"]),
    ("actix_cors", &["http"]),
    ("actix_ws", &["http"]),
    ("metrics", &["store", "app", "graphql", "http", "telemetry"]),
    ("metrics_exporter_prometheus", &["telemetry"]),
    ("rustix", &["http"]),
    ("rustls", &["http"]),
    ("socket2", &["http"]),
    ("uuid", &["http"]),
    ("futures_util", &["graphql", "http"]),
    ("mimalloc", &["main"]),
    ("moka", &["app", "graphql"]),
    ("petgraph", &["graph"]),
    ("rust_embed", &["app", "http"]),
    ("rustc_hash", &["graph"]),
    ("rustix", &["http"]),
    ("rustls", &["http"]),
    ("serde", &["store", "http"]),
    ("serde_json", &["store", "format", "graphql", "http", "config"]),
    ("sha2", &["model"]),
    ("socket2", &["http"]),
    ("sqlx", &["store"]),
    ("strsim", &["model"]),
    ("toml", &["format"]),
    ("tracing_subscriber", &["telemetry"]),
    ("uuid", &["http"]),
];

fn floor(room: &str) -> u8 {
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} is on no floor")).1
}

/// Every source file with its room and its code (comments and tests' doc left in: they are harmless).
fn sources() -> Vec<(String, String, String)> {
    let src = root().join("src");
    files_below("src", "rs")
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("below src").to_string_lossy().into_owned();
            let room = inside.split(['/', '\\', '.']).next().expect("a first part").to_owned();
            let code = fs::read_to_string(&path)
                .expect("listed")
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            (inside, room, code)
        })
        .collect()
}

/// The rooms that a piece of code names after `crate::`, also in groups such as `crate::{graph::…, model}`.
fn rooms_named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut name) = (0, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => named.push(std::mem::take(&mut name)),
                    c if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            named.push(name);
        } else {
            named.push(rest.to_owned());
        }
    }
    let first_word = |text: &String| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    named.iter().map(first_word).filter(|room: &String| FLOORS.iter().any(|(name, _)| name == room)).collect()
}

#[test]
fn a_room_looks_down_only() {
    let (mut n_looks, mut wrong) = (0, Vec::new());
    for (file, room, code) in sources() {
        if room == "lib" || room == "main" {
            continue;
        }
        for other in rooms_named(&code) {
            n_looks += 1;
            if other != room && floor(&other) >= floor(&room) {
                wrong.push(format!("{file} looks at {other}"));
            }
        }
    }
    assert!(n_looks > 100, "only {n_looks} looks were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn groups_of_imports_are_looked_into() {
    assert_eq!(
        rooms_named("use crate::{graph::{Snapshot, List}, model};\nuse crate::http::serve;"),
        ["graph", "model", "http"]
    );
}

#[test]
fn a_dependency_has_its_rooms() {
    let (mut n_uses, mut wrong) = (0, Vec::new());
    for (file, room, code) in sources() {
        // Tests of a room may use what they like.
        if file.contains("tests") {
            continue;
        }
        let code = code.split("#[cfg(test)]").next().expect("a part before the tests");
        for (dependency, homes) in HOMES {
            if code.contains(&format!("{dependency}::")) {
                n_uses += 1;
                if !homes.contains(&room.as_str()) {
                    wrong.push(format!("{file} uses {dependency}, whose rooms are {}", homes.join(", ")));
                }
            }
        }
    }
    assert!(n_uses > 30, "only {n_uses} uses were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

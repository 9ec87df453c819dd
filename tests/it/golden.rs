//! Golden queries: `tests/queries/<theme>/<case>.graphql` with its exact answer beside it in `<case>.json`, and its
//! variables, if any, in `<case>.variables.json`.
//!
//! Those under `worked/` and `questions/` are asked of the built-in corpora; the worked ones are also the tabs of
//! `GraphiQL` and the README's examples. All others are asked of the small world in `tests/world/`. `UPDATE=1 cargo test
//! golden` writes the answers; read the difference before you keep it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::server::{kratom, root, world};

/// All golden queries, with their answers as they are and as they should be.
#[tokio::test]
async fn every_golden_query_has_its_answer() {
    let queries = files_below("tests/queries", "graphql");
    assert!(queries.len() >= 20, "only {} golden queries were found", queries.len());

    let mut wrong = Vec::new();
    for path in &queries {
        let query = std::fs::read_to_string(path).expect("it was listed");
        let variables = std::fs::read_to_string(path.with_extension("variables.json"));
        let variables = variables.map_or(Value::Null, |text| serde_json::from_str(&text).expect("variables are JSON"));
        let of_the_corpora = ["worked", "questions"];
        let is_of_them = path.parent().is_some_and(|folder| of_the_corpora.iter().any(|theme| folder.ends_with(theme)));
        let server = if is_of_them { kratom() } else { world() };
        let (status, answer) = server.ask(&query, variables).await;
        let answer = if status == 200 { answer } else { json!({ "status": status, "answer": answer }) };

        let expected_path = path.with_extension("json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected_path, format!("{answer:#}\n")).expect("the folder may be written");
        }
        let expected = std::fs::read_to_string(&expected_path).unwrap_or_default();
        if expected != format!("{answer:#}\n") {
            wrong.push(format!("{}\n  got {answer:#}", shown(path)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), queries.len(), wrong.join("\n"));
}

/// No answer lies about without its question.
#[test]
fn every_answer_has_its_query() {
    let queries = files_below("tests/queries", "graphql");
    let mut n_answers = 0;
    for theme in std::fs::read_dir(root().join("tests/queries")).expect("there") {
        for file in std::fs::read_dir(theme.expect("there").path()).expect("a folder a theme") {
            let path = file.expect("there").path();
            let name = path.to_string_lossy().into_owned();
            if let Some(stem) = name.strip_suffix(".json").map(|stem| stem.trim_end_matches(".variables")) {
                n_answers += 1;
                assert!(queries.contains(&PathBuf::from(format!("{stem}.graphql"))), "{name} answers nothing");
            }
        }
    }
    assert!(n_answers >= queries.len());
}

/// The files of this kind in a folder of the project and in those within it, in order.
pub(crate) fn files_below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

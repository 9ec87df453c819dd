//! What the README shows is what the program gives. Of the worked answers things are left out, nothing is changed; all else
//! is whole.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::process::Process;
use crate::server::{kratom, root};

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("there")
}

/// What stands in `text` behind `start`, up to `end`.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("README.md has no {start:?}"));
    rest.split_once(end).unwrap_or_else(|| panic!("README.md has no {end:?} behind {start:?}")).0
}

/// Whether `excerpt` is `whole` with fields and list elements left out.
fn is_excerpt(excerpt: &Value, whole: &Value) -> bool {
    match (excerpt, whole) {
        (Value::Object(excerpt), Value::Object(whole)) => {
            excerpt.iter().all(|(key, value)| whole.get(key).is_some_and(|whole| is_excerpt(value, whole)))
        }
        (Value::Array(excerpt), Value::Array(whole)) => {
            let mut whole = whole.iter();
            excerpt.iter().all(|element| whole.any(|whole| is_excerpt(element, whole)))
        }
        _ => excerpt == whole,
    }
}

#[test]
fn the_worked_answers_are_excerpts_of_the_golden_ones() {
    let readme = readme();
    let mut n_answers = 0;
    for part in readme.split("[answer](").skip(1) {
        let (path, rest) = part.split_once(')').expect("a link ends");
        let (_, rest) = rest.split_once("```json\n").expect("an answer follows");
        let (excerpt, _) = rest.split_once("```").expect("the answer ends");
        let excerpt: Value = serde_json::from_str(excerpt).unwrap_or_else(|error| panic!("{path}: {error}: {excerpt}"));
        let golden = fs::read_to_string(root().join(path)).expect("the link leads somewhere");
        let golden: Value = serde_json::from_str(&golden).expect("a golden answer is JSON");
        assert!(is_excerpt(&excerpt, &golden), "README.md shows another answer than {path}:\n{excerpt:#}");
        n_answers += 1;
    }
    assert_eq!(n_answers, 15);
}

/// Those shown are shorter than the ones behind the links; who copies one gets what stands below it.
#[tokio::test]
async fn the_queries_that_are_shown_give_the_answers_that_are_shown() {
    let readme = readme();
    let mut n_queries = 0;
    for part in readme.split("```graphql\n").skip(1) {
        let (query, rest) = part.split_once("```").expect("the query ends");
        let (_, rest) = rest.split_once("```json\n").expect("an answer follows");
        let (excerpt, _) = rest.split_once("```").expect("the answer ends");
        let excerpt: Value = serde_json::from_str(excerpt).expect("the answer is JSON");
        let (_, answer) = kratom().ask(query, Value::Null).await;
        assert!(
            is_excerpt(&excerpt, &answer),
            "README.md shows another answer than its query gives:\n{query}\n{answer:#}"
        );
        n_queries += 1;
    }
    assert_eq!(n_queries, 11);
}

#[test]
fn an_excerpt_leaves_out_and_changes_nothing() {
    let whole: Value = serde_json::json!({ "a": [1, { "b": 2, "c": 3 }], "d": null });
    assert!(is_excerpt(&serde_json::json!({ "a": [{ "c": 3 }] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "a": [{ "c": 4 }] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "a": [{ "c": 3 }, 1] }), &whole));
    assert!(!is_excerpt(&serde_json::json!({ "e": null }), &whole));
}

/// Posts a body as curl does, and gives back the answer's text.
async fn posted(body: String) -> String {
    let request = reqwest::Client::new().post(kratom().url("/graphql")).header("content-type", "application/json");
    request.body(body).send().await.expect("the server answers").text().await.expect("text")
}

#[tokio::test]
async fn the_requests_that_are_shown_give_the_very_answers_that_are_shown() {
    let readme = readme();
    let (_, calling) = readme.split_once("## Calling it from a program").expect("there is such a section");

    let answer = posted(between(calling, "  -d '", "'\n```").to_owned()).await;
    assert_eq!(answer, between(calling, "```json\n", "\n```"), "of curl");

    let (refused, answer) = (between(calling, "could spend. To\n`", "` the answer is"), "the answer is\n\n```json\n");
    assert_eq!(
        posted(json!({ "query": refused }).to_string()).await,
        between(calling, answer, "\n```"),
        "of {refused}"
    );

    assert!(calling.contains("variables: { slug: \"liver-injury-rare\" }"), "the program has other variables");
    let body = json!({ "query": between(calling, "query: `", "`,"), "variables": { "slug": "liver-injury-rare" } });
    let answer: Value = serde_json::from_str(&posted(body.to_string()).await).expect("JSON");
    let shown = between(calling, "// data: ", "\n```").replace("\n//", "");
    assert_eq!(answer["data"], serde_json::from_str::<Value>(&shown).expect("JSON"), "of the program");

    let link = kratom().url(between(calling, "for caches and links: `", "`"));
    let answer: Value = reqwest::get(link).await.expect("an answer").json().await.expect("JSON");
    assert!(answer["data"]["graph"]["nEntities"].is_u64(), "{answer}");
}

#[test]
fn the_first_start_prints_what_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start_with(folder.path(), &[]);
    let address = between(&server.url, "http://", "/");
    // How long it took is another time each time.
    let untimed = |line: &str| line.split_once("; loaded in ").map_or(line, |(line, _)| line).to_owned();
    let greeting: Vec<_> = server.greeting.replace(address, "127.0.0.1:8080").lines().map(untimed).collect();
    let readme = readme();
    let shown: Vec<_> = between(&readme, "and prints:\n\n```text\n", "```").lines().map(untimed).collect();
    assert_eq!(shown.len(), 7);
    // A system that grants few open files is told of in a line more.
    let missing: Vec<_> = shown.iter().filter(|line| !greeting.contains(*line)).collect();
    assert!(missing.is_empty(), "{missing:#?} is not in {greeting:#?}");
}

/// Runs the commands of a session in a terminal, each behind a `$`, and compares what they print.
fn check_session(folder: &Path, session: &str) {
    let mut n_commands = 0;
    for part in session.split("$ grounds ").skip(1).filter(|part| !part.starts_with("serve")) {
        let (arguments, shown) = part.split_once('\n').expect("a command ends");
        let mut program = Command::new(env!("CARGO_BIN_EXE_grounds"));
        let output = program.current_dir(folder).args(arguments.split(' ')).output().expect("the program was built");
        let printed = [output.stdout, output.stderr].concat();
        assert_eq!(String::from_utf8_lossy(&printed), shown, "grounds {arguments}");
        n_commands += 1;
    }
    assert!(n_commands > 0, "no command in {session:?}");
}

#[test]
fn the_corpus_that_is_shown_is_checked_and_imported_as_shown() {
    let readme = readme();
    let (_, section) = readme.split_once("## Bringing your own corpus").expect("there is such a section");
    let corpus = between(section, "```toml\n", "```");
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("town")).expect("writable");
    fs::write(folder.path().join("town/town.toml"), corpus).expect("writable");
    check_session(folder.path(), between(section, "```console\n", "```"));

    let wrong = corpus
        .replace("object = \"law/bike-lane-ordinance\"", "object = \"law/bike-lane-ordnance\"")
        .replace("on = \"2026-03-10\"", "on = \"March 10\"")
        .replace("41-44", "44-41");
    fs::write(folder.path().join("wrong.toml"), wrong).expect("writable");
    let (_, misspelt) = section.split_once("With the\nlaw misspelt").expect("it is shown");
    check_session(folder.path(), between(misspelt, "```console\n", "```"));
}

#[test]
fn what_is_counted_and_listed_is_there() {
    let n_queries = |theme: &str| {
        let files = fs::read_dir(root().join("tests/queries").join(theme)).expect("a folder");
        files.filter(|file| file.as_ref().expect("there").path().extension().is_some_and(|it| it == "graphql")).count()
    };
    let (n_worked, n_more) = (n_queries("worked"), n_queries("questions"));
    let readme = readme();
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("there");
    for (text, words) in [
        (&readme, format!("{} questions by theme", n_worked + n_more)),
        (&readme, format!("offers with {n_more} more")),
        (&readme, format!("{n_more} questions on the built-in")),
        (&changelog, format!("{} of them by theme", n_worked + n_more)),
    ] {
        assert!(text.contains(&words), "nowhere: {words}");
    }

    let help = Command::new(env!("CARGO_BIN_EXE_grounds")).arg("--help").output().expect("the program was built");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    // Behind two blanks stands a command, behind more what it does.
    let lines = between(&help, "Commands:\n", "\n\n").lines().filter_map(|line| line.strip_prefix("  "));
    let commands = lines.filter(|line| !line.starts_with(' ')).filter_map(|line| line.split_whitespace().next());
    let commands: Vec<_> = commands.filter(|command| *command != "help").collect();
    assert!(commands.len() == 5, "{help}");
    let table = between(&readme, "| command | what it does |", "\n\n");
    let missing: Vec<_> = commands.iter().filter(|command| !table.contains(&format!("`grounds {command}"))).collect();
    assert!(missing.is_empty(), "README.md lists no {missing:?}");
}

//! The settings as those who run a server meet them.

use std::fs;
use std::process::Command;

use grounds::config::{Config, in_force, reference, shapes};
use grounds::format::settings_schema_text;

use crate::golden::files_below;
use crate::server::root;

/// What is written down is what the program says.
#[test]
fn the_reference_and_the_json_schema_are_the_programs() {
    for (path, text) in
        [("docs/settings.md", reference()), ("schema/json/settings.schema.json", settings_schema_text(&shapes()))]
    {
        let file = root().join(path);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &text).expect("the folder may be written");
        }
        let written = fs::read_to_string(&file).unwrap_or_default();
        assert!(written == text, "{path} is out of date: run the tests with UPDATE=1");
    }
}

#[test]
fn the_json_schema_takes_what_the_program_prints_and_nothing_else() {
    let schema = serde_json::from_str(&settings_schema_text(&shapes())).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let json = |text: &str| -> serde_json::Value {
        let table = text.parse::<toml::Table>().expect("TOML");
        serde_json::to_value(table).expect("no dates")
    };
    assert!(schema.is_valid(&json(&in_force(&Config::default()))));
    for wrong in ["lisen = \"x\"", "[limits]\ndepth = -1", "[http]\nmetrics = 1", "[http]\nbody_max = 1", "[htp]"] {
        assert!(!schema.is_valid(&json(wrong)), "{wrong}");
    }
}

/// Every setting that is a number, given in the file, in the environment and by flag, each time another one.
#[test]
fn every_setting_can_be_given_in_three_ways() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = |arguments: &[String], variables: &[(String, String)]| {
        let output = Command::new(env!("CARGO_BIN_EXE_grounds"))
            .current_dir(folder.path())
            .arg("settings")
            .args(arguments)
            .envs(variables.iter().cloned())
            .output()
            .expect("the program was built");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(text, text.trim_start(), "nothing else is printed");
        text.parse::<toml::Table>().expect("a settings file")
    };
    let defaults = printed(&[], &[]);
    let numbers: Vec<(String, i64)> = defaults
        .iter()
        .filter_map(|(table, settings)| Some((table, settings.as_table()?)))
        .flat_map(|(table, settings)| settings.iter().map(move |(key, value)| (format!("{table}.{key}"), value)))
        .filter_map(|(key, value)| Some((key, value.as_integer()?)))
        .collect();
    assert!(numbers.len() > 25, "{numbers:?}");

    let value_of = |settings: &toml::Table, key: &str| {
        let (table, key) = key.split_once('.').expect("numbers stand in tables");
        settings[table][key].as_integer()
    };
    let file: Vec<String> = numbers.iter().map(|(key, n)| format!("{key} = {}\n", n + 1)).collect();
    fs::write(folder.path().join("s.toml"), file.concat()).expect("writable");
    let config = ["--config".to_owned(), "s.toml".to_owned()];
    let variables: Vec<_> = numbers
        .iter()
        .map(|(key, n)| (format!("GROUNDS_{}", key.replace('.', "_").to_uppercase()), (n + 2).to_string()))
        .collect();
    let flags = numbers.iter().flat_map(|(key, n)| ["--set".to_owned(), format!("{key}={}", n + 3)]);
    let all: Vec<_> = config.iter().cloned().chain(flags).collect();
    for (plus, settings) in
        [(1, printed(&config, &[])), (2, printed(&config, &variables)), (3, printed(&all, &variables))]
    {
        for (key, n) in &numbers {
            assert_eq!(value_of(&settings, key), Some(n + plus), "{key}");
        }
    }
}

/// No setting is left at its default by all tests: some test sets it for a process (`http.workers=3`, `--log`, a key of a
/// file), or in the room that it is for (`workers: `). That each limit of an operation has its effect, `effects.rs` holds.
#[test]
fn every_setting_is_set_by_a_test() {
    let all = in_force(&Config::default()).replace("# ", "");
    let (mut table, mut left_out, mut n) = (String::new(), Vec::new(), 0);
    let tests = texts_below("tests/it");
    for line in all.lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut table);
        }
        let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.contains(' ')) else { continue };
        n += 1;
        let (ways, room) = match table.as_str() {
            "limits" => continue,
            "" => (vec![format!("{key}="), format!("\"--{key}\"")], None),
            "tls" => (vec![format!("{key} = ")], None),
            "store" => (vec![format!("store.{key}=")], Some("src/store/tests")),
            _ => (vec![format!("{table}.{key}=")], Some("src/http/tests")),
        };
        let is_set = |text: &str, ways: &[String]| ways.iter().any(|way| text.contains(way));
        let in_room = room.is_some_and(|room| is_set(&texts_below(room), &[format!("{key}: ")]));
        if !is_set(&tests, &ways) && !in_room {
            left_out.push(format!("{table}.{key}"));
        }
    }
    assert!(n > 60, "only {n} settings were found in {all}");
    assert!(left_out.is_empty(), "no test sets {left_out:?}");
}

/// All Rust files in a folder but this one, one after the other.
fn texts_below(folder: &str) -> String {
    let files = files_below(folder, "rs").into_iter().filter(|path| !path.ends_with("it/settings.rs"));
    files.map(|path| fs::read_to_string(path).expect("it was listed")).collect()
}

/// Flag, file and environment tell their problems together, and nothing is served.
#[test]
fn all_problems_are_told_at_once_and_where_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("s.toml"), "[limits]\ndepht = 3\ntime = \"long\"\n").expect("writable");
    let output = Command::new(env!("CARGO_BIN_EXE_grounds"))
        .current_dir(folder.path())
        .args(["--config", "s.toml", "--listen", "8080", "--set", "limits.depth=x"])
        .env("GROUNDS_HTTP_METRIX", "true")
        .output()
        .expect("the program was built");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    for words in [
        "s.toml:2:1: there is no setting `limits.depht`; did you mean `limits.depth`?",
        "s.toml:3:1: `limits.time` is \"long\": it must be seconds",
        "GROUNDS_HTTP_METRIX: there is no setting `http.metrix`; did you mean `http.metrics`?",
        "--set: `limits.depth` is \"x\": it must be a whole number from 1 to 64",
        "--listen: `listen` is \"8080\": it must be a host and a port",
    ] {
        assert!(said.contains(words), "{words:?} is not in: {said}");
    }
    assert!(!folder.path().join("grounds.db").exists());
}

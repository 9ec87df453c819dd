//! The commands as a person at a terminal meets them.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use crate::process::Process;
use crate::server::root;

/// Runs `grounds` in `folder`.
fn grounds(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_grounds"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program was built")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

const SMALL: &str = r#"
[[document]]
slug = "minutes"
title = "Minutes of a hearing"

[[organization]]
slug = "growers"
name = "Growers' union"
type = "TRADE_ASSOCIATION"

[[law]]
slug = "bill-1"
name = "Bill 1"
type = "BILL"

[[statement]]
subject = "organization/growers"
predicate = "SUPPORTS"
object = "law/bill-1"
citations = [{ document = "minutes", lines = 3 }]
"#;

#[test]
fn the_built_in_corpora_are_in_order() {
    let output = grounds(root(), &["check", "seed/kratom", "seed/washington"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("in order: 18 documents, "), "{}", stdout(&output));
    let alone = grounds(root(), &["check", "seed/washington"]);
    assert!(stderr(&alone).contains("does not exist"), "it refers to the other: {}", stderr(&alone));
}

#[test]
fn a_corpus_is_imported_replaced_and_left_alone_when_it_is_wrong() {
    let folder = folder();
    let corpus = folder.path().join("hearing.toml");
    fs::write(&corpus, SMALL).expect("writable");
    let import = || grounds(folder.path(), &["import", "hearing.toml", "--database", "sqlite:mine.db"]);
    let output = import();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("as revision 1: 1 document, 2 entities, 1 statement with 1 citation"));

    fs::write(&corpus, SMALL.replace("bill-1", "bill-2")).expect("writable");
    assert!(import().status.success());

    fs::write(&corpus, SMALL.replace("law/bill-1", "law/bill-2")).expect("writable");
    let output = import();
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("hearing.toml:19:10: ") && said.contains("law \"bill-2\" does not exist"), "{said}");
    assert!(said.contains("did you mean \"bill-1\"?") && said.contains("nothing was imported"), "{said}");
}

#[test]
fn what_cannot_be_held_against_a_text_is_told() {
    let folder = folder();
    fs::write(folder.path().join("hearing.toml"), SMALL).expect("writable");
    let told = "not verified: minutes: it names neither `file` nor `sha256`";
    let without = stdout(&grounds(folder.path(), &["check", "hearing.toml"]));
    assert!(without.starts_with("in order") && !without.contains("not verified"), "{without}");
    let with = stdout(&grounds(folder.path(), &["check", "hearing.toml", "--documents", "."]));
    assert!(with.starts_with("in order") && with.lines().any(|line| line == told), "{with}");
}

#[test]
fn a_corpus_may_refer_to_what_the_database_holds() {
    let folder = folder();
    fs::write(folder.path().join("hearing.toml"), SMALL).expect("writable");
    fs::write(
        folder.path().join("more.toml"),
        "[[document]]\nslug = \"letter\"\ntitle = \"A letter\"\n[[statement]]\nsubject = \"organization/growers\"\n\
         predicate = \"OPPOSES\"\nobject = \"law/bill-1\"\ncitations = [{ document = \"letter\" }]\n",
    )
    .expect("writable");
    let run = |arguments: &[&str]| grounds(folder.path(), arguments);
    let alone = run(&["check", "more.toml"]);
    assert_eq!(alone.status.code(), Some(1), "{}", stdout(&alone));
    assert_eq!(stderr(&alone).matches("does not exist").count(), 2, "{}", stderr(&alone));
    assert!(stderr(&alone).contains("--database"), "it says where else they may be: {}", stderr(&alone));
    assert!(run(&["check", "more.toml", "hearing.toml"]).status.success());
    assert!(run(&["import", "hearing.toml"]).status.success());
    assert!(run(&["check", "more.toml", "--database", "sqlite:grounds.db"]).status.success());
    assert!(run(&["import", "more.toml"]).status.success());

    // What both say, both say in the same words: told by the check as by the import.
    let again = "[[document]]\nslug = \"radio\"\ntitle = \"On the radio\"\n[[statement]]\nsubject = \"organization/growers\"\n\
                 predicate = \"SUPPORTS\"\nobject = \"law/bill-1\"\ncertainty = \"LOW\"\ncitations = [{ document = \"radio\" }]\n";
    fs::write(folder.path().join("again.toml"), again).expect("writable");
    for arguments in [
        &["check", "again.toml", "hearing.toml"][..],
        &["check", "again.toml", "--database", "sqlite:grounds.db"],
        &["import", "again.toml"],
    ] {
        let said = stderr(&run(arguments));
        assert!(
            said.contains("`certainty` is not given, here LOW") || said.contains("`certainty` is LOW, here not given"),
            "{arguments:?}: {said}"
        );
    }
    fs::write(folder.path().join("again.toml"), again.replace("certainty = \"LOW\"\n", "")).expect("writable");
    assert!(run(&["check", "again.toml", "--database", "sqlite:grounds.db"]).status.success());

    fs::write(folder.path().join("second.toml"), SMALL).expect("writable");
    let twice = run(&["import", "second.toml"]);
    assert!(stderr(&twice).contains("defined already by corpus \"hearing\""), "{}", stderr(&twice));
}

#[test]
fn thirty_mistakes_are_told_at_once() {
    let output = grounds(root(), &["check", "tests/mistakes"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    let problems: Vec<_> = said.lines().filter(|line| line.starts_with("tests/mistakes/")).collect();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("tests/mistakes/expected.txt"), format!("{}\n", problems.join("\n"))).expect("writable");
    }
    let expected = fs::read_to_string(root().join("tests/mistakes/expected.txt")).unwrap_or_default();
    assert!(problems.len() >= 30, "only {} problems: {said}", problems.len());
    for (told, expected) in problems.iter().zip(expected.lines()) {
        assert_eq!(*told, expected);
    }
    assert_eq!(problems.len(), expected.lines().count());
    assert!(said.contains(&format!("error: {} problems in ", problems.len())), "{said}");
}

#[test]
fn what_cannot_be_done_says_what_would_be_right() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("notes.txt"), "This is no database, but long enough to be taken for one. ".repeat(20))
        .expect("writable");
    fs::write(path.join("latin.toml"), b"[corpus]\ntitle = \"caf\xe9\"\n").expect("writable");
    fs::write(path.join("settings.toml"), "lisen = \"127.0.0.1:1\"\n").expect("writable");
    fs::create_dir(path.join("empty")).expect("writable");
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&["--listen", "127.0.0.1:0", "--database", "sqlite:notes.txt"], 1, &["notes.txt", "not a"]),
        (&["--listen", "127.0.0.1:0", "--database", "sqlite:no/such/folder/g.db"], 1, &["no/such/folder"]),
        (&["--listen", "127.0.0.1:0", "--database", "postgres://x"], 2, &["sqlite:"]),
        (&["--listen", "8080"], 2, &["127.0.0.1:8080", "GROUNDS_LISTEN"]),
        (&["check", "settings.toml", "--database", "sqlite:none.db"], 1, &["none.db", "no database"]),
        (&["--listen", "nowhere.invalid:80"], 1, &["nowhere.invalid:80"]),
        (&["--log", "grounds=loud"], 2, &["loud", "debug"]),
        (&["--log", "wran"], 2, &["wran", "warn"]),
        (&["--config", "none.toml"], 2, &["none.toml"]),
        (&["--config", "settings.toml"], 2, &["settings.toml:1:1", "`listen`"]),
        (&["check", "nothing-here"], 1, &["nothing-here"]),
        (&["check", "empty"], 1, &["empty", ".toml"]),
        (&["check", "latin.toml"], 1, &["latin.toml", "line 2", "UTF-8"]),
        (&["import"], 2, &["<PATH>"]),
        (&["serv"], 2, &["serve"]),
        (&["--lisen", "x"], 2, &["--listen"]),
    ];
    for (arguments, status, words) in cases {
        let output = grounds(path, arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(*status), "{arguments:?}: {said}");
        for word in *words {
            assert!(said.contains(word), "{arguments:?} does not say {word:?}: {said}");
        }
        assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{arguments:?}: {said}");
    }
    assert_eq!(
        fs::read(path.join("notes.txt")).expect("there").len(),
        59 * 20 - 20,
        "a foreign file is left as it was"
    );
}

#[test]
fn a_port_in_use_is_told_before_anything_is_made() {
    let folder = folder();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("bound").to_string();
    let output = grounds(folder.path(), &["--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains(&address) && said.contains("listens there already") && said.contains("--listen"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 0, "nothing was made");
}

#[test]
fn help_teaches() {
    let output = grounds(root(), &["--help"]);
    let help = stdout(&output);
    for word in [
        "serve",
        "import",
        "check",
        "schema",
        "--listen",
        "--database",
        "GROUNDS_LISTEN",
        "Exit status",
        "127.0.0.1:8080",
    ] {
        assert!(help.contains(word), "{word} is not in: {help}");
    }
}

#[test]
fn schemas_are_printed() {
    for (of, words) in [("graphql", "type Law implements"), ("corpus", "\"$defs\""), ("settings", "\"listen\"")] {
        let output = grounds(root(), &["schema", of]);
        assert!(output.status.success() && stdout(&output).contains(words), "{of}: {}", stderr(&output));
    }
}

/// What another process imports is answered by a running server, whole.
#[tokio::test]
async fn a_running_server_sees_what_is_imported() {
    let folder = folder();
    let server = Process::start(folder.path(), "warn");
    fs::write(folder.path().join("hearing.toml"), SMALL).expect("writable");
    let output = grounds(folder.path(), &["import", "hearing.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));

    let query = r#"{ graph { revision } law(slug: "bill-1") { summary supporters { nodes { slug } } } }"#;
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(50));
    for _ in 0..200 {
        ticks.tick().await;
        let data = server.data(query).await;
        if data["graph"]["revision"] == 2 {
            assert_eq!(data["law"]["supporters"]["nodes"][0]["slug"], "growers");
            return;
        }
    }
    panic!("the server did not see the import within 10 seconds");
}

/// A command whose reader goes away ends quietly.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    for command in ["schema corpus | true", "check seed/kratom | true", "check nothing 2>&1 | true"] {
        let program = env!("CARGO_BIN_EXE_grounds");
        let script = format!("set -o pipefail; {program} {command}; echo status ${{PIPESTATUS[0]}}");
        let output = Command::new("bash").args(["-c", &script]).current_dir(root()).output().expect("bash is there");
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(
            said.contains("status 0") || command.contains("nothing") && said.contains("status 1"),
            "{command}: {said}"
        );
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{command}: {said}");
    }
}

#[test]
fn what_fails_leaves_no_database_behind() {
    let folder = folder();
    fs::write(folder.path().join("bad.toml"), SMALL.replace("law/bill-1", "law/bill-2")).expect("writable");
    fs::write(folder.path().join("good.toml"), SMALL).expect("writable");
    for arguments in [
        &["import", "bad.toml", "--database", "sqlite:new.db"][..],
        &["import", "good.toml", "good.toml", "--database", "sqlite:new.db"],
        &["check", "good.toml", "--database", "sqlite:new.db"],
    ] {
        let output = grounds(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", stderr(&output));
        assert!(!folder.path().join("new.db").exists(), "{arguments:?} made a database");
    }
}

/// Ctrl-C ends the server well, and the database can be opened again.
#[cfg(unix)]
#[test]
fn the_server_stops_when_told() {
    let folder = folder();
    for start in ["new, with the built-in corpora: kratom, washington", "sqlite:grounds.db\n"] {
        let server = Process::start(folder.path(), "warn");
        assert!(server.greeting.contains(start), "{}", server.greeting);
        assert!(server.interrupt().success());
    }
}

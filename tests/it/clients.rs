//! The clients that frontend developers use and the suites of the standards: `tests/clients/`, run by Node.js against the
//! real server. Needs npm and its registry: a machine without npm says that the tests were left out, but under `CI=true`
//! they must run.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::process::Process;
use crate::server::{kratom, left_out, root};

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
/// What the clients read of the repository beside `tests/clients/`: the schema, and operations to hold against it.
const READ_BY_THE_CLIENTS: [&str; 4] = ["schema/graphql", "tests/queries/questions", "tests/queries/worked", "web/src"];
/// What installing and building leave inside `tests/clients/`.
const NOT_SOURCES: [&str; 3] = ["node_modules", "built", "generated"];

#[tokio::test]
async fn graphql_over_http_by_its_own_audits() {
    run("graphql-http", 62, &kratom().url("/graphql"), &[]).await;
}

#[tokio::test]
async fn relay_compiles_and_pages_through_every_connection() {
    run("relay", 144, &kratom().url("/graphql"), &[]).await;
}

#[tokio::test]
async fn the_schema_and_the_operations_keep_to_graphql_eslint() {
    run("eslint", 3, "", &[]).await;
}

#[tokio::test]
async fn what_graphql_codegen_makes_of_the_questions_compiles() {
    run("codegen", 2, "", &[]).await;
}

#[tokio::test]
async fn apollo_client_pages_and_sends_hashes() {
    run("apollo", 3, &kratom().url("/graphql"), &[]).await;
}

#[tokio::test]
async fn urql_pages() {
    run("urql", 2, &kratom().url("/graphql"), &[]).await;
}

#[tokio::test]
async fn graphql_ws_and_graphql_sse_are_told_of_an_import() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Process::start(folder.path(), "warn");
    let database = format!("sqlite:{}", folder.path().join("grounds.db").display());
    let program = env!("CARGO_BIN_EXE_grounds");
    run("live", 13, &server.url, &[("GROUNDS_BIN", program), ("GROUNDS_DATABASE", &database)]).await;
}

/// Runs a suite against the API at `url`. All of it has to pass, and no less than `n_min` tests: fewer would mean that
/// some were lost on the way.
async fn run(suite: &str, n_min: u64, url: &str, environment: &[(&str, &str)]) {
    let Some(package) = package() else { return };
    let mut npm = npm(package, &["run", "--silent", &format!("test:{suite}")]);
    npm.env("GROUNDS_URL", url).envs(environment.iter().copied());
    let output = tokio::task::spawn_blocking(move || npm.output()).await.expect("it runs");
    let output = output.expect("npm is there, since it installed the packages");
    let report = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{suite}:\n{}{errors}", failures(&report));

    let count = |outcome: &str| -> u64 {
        let line = report.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(outcome)?.strip_prefix(' '));
        line.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{suite} does not count {outcome}:\n{report}"))
    };
    let not_passed = ["fail", "cancelled", "skipped", "todo"].map(count);
    assert_eq!(not_passed, [0; 4], "{suite}:\n{report}");
    assert!(count("pass") >= n_min, "{suite}: only {} of {n_min} tests\n{report}", count("pass"));
    say(&format!("{suite}: {} tests passed. {}", count("pass"), figures(&report)));
}

/// The package with its dependencies, compiled; `None` on a machine without npm. Made once for all suites.
fn package() -> Option<&'static Path> {
    static PACKAGE: OnceLock<Option<PathBuf>> = OnceLock::new();
    PACKAGE.get_or_init(make_package).as_deref()
}

/// Works in a copy below the target folder, so that nothing is installed among the sources.
fn make_package() -> Option<PathBuf> {
    let found = Command::new(NPM).arg("--version").output();
    if !found.is_ok_and(|output| output.status.success()) {
        let missing = "npm was not found";
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}, and CI must run this test");
        left_out(missing);
        return None;
    }
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients");
    let package = copy.join("tests/clients");
    fs::create_dir_all(&package).expect("the target folder can be written");
    // Another run of the tests may be at it; the lock goes with the file.
    let lock = File::create(copy.join("lock")).expect("the target folder can be written");
    lock.lock().expect("files can be locked");

    for entry in fs::read_dir(&package).expect("it was made").map(|entry| entry.expect("it can be read")) {
        if entry.file_name() != "node_modules" {
            remove(&entry.path());
        }
    }
    copy_folder(&root().join("tests/clients"), &package);
    for path in READ_BY_THE_CLIENTS {
        remove(&copy.join(path));
        copy_folder(&root().join(path), &copy.join(path));
    }
    install(&package, &copy.join("installed-packages.txt"));
    let built = npm(&package, &["run", "--silent", "build"]).output().expect("npm is there");
    assert!(built.status.success(), "tests/clients does not compile:\n{}", all_said(&built));
    Some(package)
}

/// Runs `npm ci`, unless the very same packages are installed already.
fn install(package: &Path, installed: &Path) {
    let wanted = ["package.json", "package-lock.json"]
        .map(|name| fs::read_to_string(package.join(name)).expect("it was copied"))
        .concat();
    if fs::read_to_string(installed).is_ok_and(|installed| installed == wanted) {
        return;
    }
    remove(installed);
    // No package needs its install script, so none gets to run one on this machine.
    let arguments = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
    let output = npm(package, &arguments).output().expect("npm is there");
    assert!(
        output.status.success(),
        "the packages of tests/clients could not be installed; is npm's registry within reach?\n{}",
        all_said(&output)
    );
    fs::write(installed, wanted).expect("the target folder can be written");
}

fn npm<Argument: AsRef<OsStr>>(package: &Path, arguments: &[Argument]) -> Command {
    let mut npm = Command::new(NPM);
    npm.args(arguments).current_dir(package);
    npm
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the target folder can be written");
    for entry in fs::read_dir(from).expect("it is in the repository").map(|entry| entry.expect("it can be read")) {
        let (name, path) = (entry.file_name(), entry.path());
        if NOT_SOURCES.iter().any(|other| name == *other) {
            continue;
        }
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("the target folder can be written");
        }
    }
}

/// Does nothing where nothing is.
fn remove(path: &Path) {
    if path.is_dir() {
        fs::remove_dir_all(path).expect("what a test made it can remove");
    } else if path.exists() {
        fs::remove_file(path).expect("what a test made it can remove");
    }
}

fn all_said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What a report in the Test Anything Protocol tells of the tests that failed.
fn failures(report: &str) -> String {
    let mut is_failure = false;
    let mut failures = String::new();
    for line in report.lines() {
        is_failure = (is_failure && line.trim() != "...") || line.trim_start().starts_with("not ok ");
        if is_failure {
            failures += line;
            failures.push('\n');
        }
    }
    if failures.is_empty() { report.to_owned() } else { failures }
}

/// What the tests counted themselves: audits, connections, rules.
fn figures(report: &str) -> String {
    const OF_THE_RUNNER: [&str; 10] = [
        "Subtest:",
        "tests ",
        "suites ",
        "pass ",
        "fail ",
        "cancelled ",
        "skipped ",
        "todo ",
        "duration_ms ",
        "Warning:",
    ];
    let told = report.lines().filter_map(|line| line.strip_prefix("# "));
    let told: Vec<_> = told.filter(|line| !OF_THE_RUNNER.iter().any(|start| line.starts_with(start))).collect();
    told.join("; ")
}

/// Not with `eprintln!`, whose words nobody sees of a test that passes.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error is there");
}

//! `GraphiQL` and its panels in a headless Chromium, by clicking as a person would: `web/tests/`, run by Playwright. Needs
//! Chromium and npm: a machine without them says that the tests were left out, but under `CI=true` they must run.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::server::{kratom, left_out};

const CHROMIUMS: &[&str] = &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// Fewer would mean that some were lost on the way.
const TESTS_MIN: u64 = 80;

#[tokio::test]
async fn graphiql_and_its_panels_can_be_used() {
    let chosen = std::env::var("CHROMIUM").ok();
    let chromium = chosen.as_deref().or_else(|| CHROMIUMS.iter().copied().find(|path| Path::new(path).exists()));
    let is_bundled = env!("GROUNDS_GRAPHIQL") == "bundled";
    let (Some(chromium), true) = (chromium, is_bundled) else {
        let missing = if is_bundled { "Chromium was not found" } else { "GraphiQL is not in this build" };
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}, and CI must run this test");
        left_out(missing);
        return;
    };
    let mut playwright = Command::new("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test", "--reporter=json"])
        .current_dir(env!("GROUNDS_WEB_BUILD"))
        .env("GROUNDS_URL", kratom().url("/"))
        .env("CHROMIUM", chromium);
    let output = tokio::task::spawn_blocking(move || playwright.output()).await.expect("it runs");
    let output = output.expect("node is there, since npm was");
    let errors = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no report: {}{errors}", String::from_utf8_lossy(&output.stdout)));
    assert!(output.status.success(), "{:#}{errors}", failures(&report));
    let count = |outcome: &str| report["stats"][outcome].as_u64().expect("Playwright counts them");
    assert!(count("expected") >= TESTS_MIN, "{}", report["stats"]);
    assert_eq!((count("unexpected"), count("flaky"), count("skipped")), (0, 0, 0), "{}", report["stats"]);
}

/// What the tests that failed were called, and what each said; and what kept the others from running.
fn failures(report: &Value) -> Value {
    let mut failures = report["errors"].as_array().cloned().unwrap_or_default();
    let mut suites: Vec<&Value> = report["suites"].as_array().into_iter().flatten().collect();
    while let Some(suite) = suites.pop() {
        suites.extend(suite["suites"].as_array().into_iter().flatten());
        let specs = suite["specs"].as_array().into_iter().flatten();
        failures.extend(specs.filter(|spec| spec["ok"] != true).cloned());
    }
    failures.into()
}

//! GraphiQL in a headless Chromium, by clicking as a person would. Needs Chromium and npm: a machine without them says
//! that the test was left out, but under `CI=true` it must run.

use std::path::Path;
use std::process::Command;

use crate::server::{kratom, left_out};

const CHROMIUMS: &[&str] = &["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

#[tokio::test]
async fn graphiql_answers_the_worked_questions() {
    let chosen = std::env::var("CHROMIUM").ok();
    let chromium = chosen.as_deref().or_else(|| CHROMIUMS.iter().copied().find(|path| Path::new(path).exists()));
    let is_bundled = env!("GROUNDS_GRAPHIQL") == "bundled";
    let (Some(chromium), true) = (chromium, is_bundled) else {
        let missing = if is_bundled { "Chromium was not found" } else { "GraphiQL is not in this build" };
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{missing}, and CI must run this test");
        left_out(missing);
        return;
    };
    let script = Path::new(env!("GROUNDS_WEB_BUILD")).join("tests/browser.mjs");
    let url = kratom().url("/");
    let chromium = chromium.to_owned();
    let run = move || Command::new("node").arg(script).arg(url).env("CHROMIUM", chromium).output();
    let output = tokio::task::spawn_blocking(run).await.expect("it runs").expect("node is there, since npm was");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.matches("\nok ").count() + usize::from(said.starts_with("ok ")) >= 6,
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

//! Imports by another process, each of another state of the same little corpus.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::figures::Figures;

/// The folder of the database, and how many imports there were.
pub(crate) struct Imports {
    folder: PathBuf,
    pub(crate) done: AtomicU64,
}

impl Imports {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), done: AtomicU64::new(0) }
    }

    /// Imports the built-in corpora at first, then the little one, in which every name says which import it is of.
    pub(crate) async fn import_next(&self) -> Result<(), String> {
        let n = self.done.load(Ordering::Relaxed) + 1;
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed");
        let mut paths = vec![PathBuf::from("town.toml")];
        if n == 1 {
            paths.extend(["kratom", "washington"].map(|name| seed.join(name)));
        }
        std::fs::write(self.folder.join("town.toml"), town(n)).map_err(|error| error.to_string())?;
        let mut import = Command::new(env!("CARGO_BIN_EXE_grounds"));
        import.current_dir(&self.folder).arg("import").args(paths);
        let output = tokio::task::spawn_blocking(move || import.output()).await.expect("a command does not panic");
        let output = output.map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        self.done.store(n, Ordering::Relaxed);
        Ok(())
    }
}

/// As many statements as makes an import that is felt, and names by which an answer shows of which import it is.
fn town(n: u64) -> String {
    let mut text = format!(
        "[[document]]\nslug = \"town-minutes\"\ntitle = \"Minutes {n}\"\n\
         [[law]]\nslug = \"town-bill\"\nname = \"Town bill {n}\"\ntype = \"BILL\"\nsummary = \"As of import {n}.\"\n"
    );
    for i in 0..200 + n % 7 {
        let one = format!(
            "[[organization]]\nslug = \"town-body-{i}\"\nname = \"Town body {i} of {n}\"\ntype = \"ADVOCACY\"\n\
             [[statement]]\nsubject = \"organization/town-body-{i}\"\npredicate = \"SUPPORTS\"\nobject = \"law/town-bill\"\n\
             citations = [{{ document = \"town-minutes\", lines = {} }}]\n",
            i + 1
        );
        text.push_str(&one);
    }
    text
}

pub(crate) async fn every_ten_seconds(imports: Arc<Imports>, figures: Arc<Figures>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(10));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = imports.import_next().await {
            figures.wrong(format!("an import failed: {error}"));
        }
    }
}

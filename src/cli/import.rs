//! `grounds import`: checks corpora and writes them into the database.

use std::collections::HashSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::CliError;
use super::options::ImportOptions;
use super::serve::runtime;
use super::terminal::say;
use crate::app::{self, AppError, CorpusFiles, DocumentFiles, read_corpus_files, read_document_files};
use crate::store::{Owners, Store};

/// Who the revision log says it was.
const ACTOR: &str = "grounds import";

pub(super) fn import(options: ImportOptions) -> Result<(), CliError> {
    let (paths, folders) = (options.paths.clone(), options.documents.clone());
    let config = options.config()?;
    super::start_log(&config)?;
    let corpora = read_corpora(&paths)?;
    let files = read_documents(&folders)?;
    if !Store::exists(&config.database)? {
        // So that corpora with problems leave no empty database behind.
        let checked = app::check(&corpora, &Owners::default(), files.as_ref());
        if !checked.problems.is_empty() {
            return Err(AppError::Mistaken(checked.problems).into());
        }
    }
    let (counts, revision) = runtime()?.block_on(async {
        let store = Store::open_with(&config.database, config.store).await?;
        let imported = app::import(&store, &corpora, files.as_ref(), ACTOR, Timestamp::now()).await;
        store.close().await;
        imported
    })?;
    say(format_args!("imported into {} as revision {revision}: {counts}", config.database))
}

/// The texts in `folders`; `None` when none is given.
pub(super) fn read_documents(folders: &[PathBuf]) -> Result<Option<DocumentFiles>, CliError> {
    if folders.is_empty() { Ok(None) } else { Ok(Some(read_document_files(folders)?)) }
}

/// The files of the corpora at `paths`.
pub(super) fn read_corpora(paths: &[PathBuf]) -> Result<Vec<CorpusFiles>, CliError> {
    let mut seen = HashSet::new();
    paths
        .iter()
        .map(|path| {
            let files = read_corpus_files(path)?;
            if path.canonicalize().is_ok_and(|place| !seen.insert(place)) {
                return Err(CliError::Twice { path: path.display().to_string() });
            }
            Ok(files)
        })
        .collect()
}

//! `grounds import`: checks corpora and writes them into the database.

use jiff::Timestamp;

use super::CliError;
use super::options::ImportOptions;
use super::serve::runtime;
use crate::app::{self, AppError, read_corpus_files};
use crate::store::Store;
use crate::telemetry;

/// Who the revision log says it was.
const ACTOR: &str = "grounds import";

pub(super) fn import(options: ImportOptions) -> Result<(), CliError> {
    let paths = options.paths.clone();
    let config = options.config()?;
    telemetry::start(&config.log)?;
    let corpora = paths.iter().map(|path| read_corpus_files(path)).collect::<Result<Vec<_>, AppError>>()?;
    let imported = runtime()?.block_on(async {
        let store = Store::open(&config.database).await?;
        let imported = app::import(&store, &corpora, ACTOR, Timestamp::now()).await;
        store.close().await;
        imported
    })?;
    println!(
        "imported into {}: {} documents, {} entities, {} statements with {} citations (revision {})",
        config.database,
        imported.n_documents,
        imported.n_entities,
        imported.n_statements,
        imported.n_citations,
        imported.revision
    );
    Ok(())
}

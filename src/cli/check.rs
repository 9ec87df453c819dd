//! `grounds check`: tells all that is wrong with corpora.

use strum::VariantArray as _;

use super::CliError;
use super::options::CheckOptions;
use super::serve::runtime;
use crate::app::{self, AppError, read_corpus_files};
use crate::model::EntityKind;
use crate::store::{Owners, Store};

pub(super) fn check(options: CheckOptions) -> Result<(), CliError> {
    let corpora = options.paths.iter().map(|path| read_corpus_files(path)).collect::<Result<Vec<_>, AppError>>()?;
    let stored = match options.database {
        None => Owners::default(),
        Some(url) => runtime()?.block_on(async { Store::open(&url).await?.owners().await })?,
    };
    let checked = app::check(&corpora, &stored);
    if !checked.problems.is_empty() {
        for problem in &checked.problems {
            eprintln!("{problem}");
        }
        let n_files: usize = corpora.iter().map(|corpus| corpus.files.len()).sum();
        return Err(CliError::Problems { n: checked.problems.len(), n_files });
    }
    let kinds = EntityKind::VARIANTS.iter().map(|kind| format!("{} {}", checked.n_of_kind(*kind), kind.plural()));
    println!("in order: {}", checked.counts());
    println!("          {}", kinds.collect::<Vec<_>>().join(", "));
    Ok(())
}

//! `grounds check`: tells all that is wrong with corpora.

use strum::VariantArray as _;

use super::CliError;
use super::import::{read_corpora, read_documents};
use super::options::CheckOptions;
use super::serve::runtime;
use super::terminal::{complain, say};
use crate::app;
use crate::model::EntityKind;
use crate::store::{Owners, Store};

pub(super) fn check(options: CheckOptions) -> Result<(), CliError> {
    let corpora = read_corpora(&options.paths)?;
    let looked_in_store = options.database.is_some();
    let files = read_documents(&options.documents)?;
    let checked = match options.database {
        None => app::check(&corpora, &Owners::default(), files.as_ref()),
        Some(url) if !Store::exists(&url)? => return Err(CliError::NoDatabase { url }),
        Some(url) => runtime()?.block_on(async {
            let store = Store::open_to_read(&url).await?;
            app::check_against(&store, &corpora, files.as_ref()).await
        })?,
    };
    if !checked.problems.is_empty() {
        for problem in &checked.problems {
            complain(problem);
        }
        if !looked_in_store && checked.problems.iter().any(|problem| problem.what.contains("does not exist")) {
            complain("note: if another corpus has it, check both together, or say with --database where it is stored");
        }
        let n_files: usize = corpora.iter().map(|corpus| corpus.files.len()).sum();
        return Err(CliError::Problems { n: checked.problems.len(), n_files });
    }
    let kinds = EntityKind::VARIANTS.iter().map(|kind| (kind, checked.n_of_kind(*kind)));
    let kinds: Vec<_> = kinds.filter(|(_, n)| *n > 0).map(|(kind, n)| kind.counted(n)).collect();
    say(format_args!("in order: {}", checked.counts()))?;
    if !kinds.is_empty() {
        say(format_args!("          {}", kinds.join(", ")))?;
    }
    for document in checked.corpora.iter().flat_map(|corpus| &corpus.documents) {
        match document.provenance {
            Some(provenance) => {
                say(format_args!(
                    "verified: {}: {} citations; of {} lines {} cited, {} told to hold nothing to cite",
                    document.slug,
                    provenance.n_verified,
                    provenance.n_lines,
                    provenance.n_lines_cited,
                    provenance.n_lines_uncited
                ))?;
            }
            None if files.is_some() => {
                say(format_args!("not verified: {}: it names neither `file` nor `sha256`", document.slug))?;
            }
            None => {}
        }
    }
    Ok(())
}

//! Where corpora come from: a folder, a file, or the binary itself.

use std::fs;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use super::AppError;
use crate::format::SourceFile;
use crate::model::Slug;

/// The files of one corpus, with the name that it has if it names none itself.
#[derive(Debug, Clone)]
pub struct CorpusFiles {
    /// After the folder or the file.
    pub default_name: Slug,
    /// In the order of their paths.
    pub files: Vec<SourceFile>,
}

#[derive(RustEmbed)]
#[folder = "seed/"]
#[include = "*.toml"]
struct Seed;

/// The corpora inside the binary: one a folder of `seed/`.
pub fn embedded_corpora() -> Vec<CorpusFiles> {
    let mut corpora: Vec<CorpusFiles> = Vec::new();
    let mut names: Vec<_> = Seed::iter().collect();
    names.sort();
    for name in names {
        let (Some((folder, _)), Some(embedded)) = (name.split_once('/'), Seed::get(&name)) else { continue };
        let text = String::from_utf8_lossy(&embedded.data).into_owned();
        let file = SourceFile { name: format!("seed/{name}"), text };
        match corpora.last_mut() {
            Some(corpus) if corpus.default_name.as_str() == folder => corpus.files.push(file),
            _ => corpora.push(CorpusFiles { default_name: slug_of(folder), files: vec![file] }),
        }
    }
    corpora
}

/// The corpus at `path`: one TOML file, or all TOML files of a folder and the folders in it.
///
/// # Errors
/// When something cannot be read, is no UTF-8, or when there is no TOML file.
pub fn read_corpus_files(path: &Path) -> Result<CorpusFiles, AppError> {
    let mut paths = Vec::new();
    gather(path, &mut paths)?;
    paths.sort();
    if paths.is_empty() {
        return Err(AppError::unreadable(path, "there is no file ending in .toml in it".to_owned()));
    }
    let files = paths
        .iter()
        .map(|path| {
            let bytes = fs::read(path).map_err(|error| AppError::unreadable(path, error.to_string()))?;
            let text = String::from_utf8(bytes).map_err(|error| {
                let n_good = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..n_good].split(|byte| *byte == b'\n').count();
                AppError::unreadable(path, format!("line {line} is not UTF-8: save the file as UTF-8"))
            })?;
            Ok(SourceFile { name: path.display().to_string(), text })
        })
        .collect::<Result<_, AppError>>()?;
    let absolute = path.canonicalize().map_err(|error| AppError::unreadable(path, error.to_string()))?;
    let stem = if absolute.is_dir() { absolute.file_name() } else { absolute.file_stem() };
    let default_name = slug_of(&stem.unwrap_or_default().to_string_lossy());
    Ok(CorpusFiles { default_name, files })
}

fn gather(path: &Path, paths: &mut Vec<PathBuf>) -> Result<(), AppError> {
    let say = |error: std::io::Error| AppError::unreadable(path, error.to_string());
    if fs::metadata(path).map_err(say)?.is_file() {
        paths.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(say)? {
        let entry = entry.map_err(say)?.path();
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "toml") {
            gather(&entry, paths)?;
        }
    }
    Ok(())
}

/// The slug nearest to the name of a file or folder; `corpus` where nothing of it can stay.
fn slug_of(name: &str) -> Slug {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    Slug::parse(&slug).unwrap_or_else(|_| Slug::parse("corpus").expect("a slug"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_holds_the_first_corpus() {
        let corpora = embedded_corpora();
        let names: Vec<_> = corpora.iter().map(|corpus| corpus.default_name.as_str()).collect();
        assert!(names.contains(&"kratom"), "{names:?}");
        assert!(corpora.iter().all(|corpus| !corpus.files.is_empty()));
    }

    #[test]
    fn a_corpus_is_named_after_its_folder() {
        assert_eq!(slug_of("My Corpus_2").as_str(), "my-corpus-2");
        assert_eq!(slug_of("…").as_str(), "corpus");
    }
}

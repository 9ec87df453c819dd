//! The built-in corpora, held against the documents that they cite: every anchor, every line, and our own words.
//!
//! The documents are not ours to put into the repository. Where they are not at hand these tests say that they were left
//! out; `GROUNDS_TEST_DOCUMENTS` names their folders, separated by colons, and then they must be there.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::Command;

use grounds::app::{self, App, embedded_corpora, read_document_files};
use grounds::format::read_corpus;
use grounds::graphql::{Answers as _, Api, ExecutionLimits, Request};
use grounds::model::{Corpus, EntityKind};
use grounds::store::Store;
use jiff::Timestamp;

use crate::server::{left_out, root};

/// The folders with the documents; `None`, said aloud, where they are not at hand.
fn folders() -> Option<Vec<PathBuf>> {
    if let Ok(named) = std::env::var("GROUNDS_TEST_DOCUMENTS") {
        let folders: Vec<PathBuf> = named.split(':').map(PathBuf::from).collect();
        assert!(
            folders.iter().all(|folder| folder.is_dir()),
            "GROUNDS_TEST_DOCUMENTS names {named}, which is not there"
        );
        return Some(folders);
    }
    left_out("the documents are not at hand (GROUNDS_TEST_DOCUMENTS names their folders)");
    None
}

#[test]
fn every_citation_stands_and_every_line_is_accounted_for() {
    let Some(folders) = folders() else { return };
    let mut command = Command::new(env!("CARGO_BIN_EXE_grounds"));
    command.current_dir(root()).args(["check", "seed/kratom", "seed/washington"]);
    for folder in &folders {
        command.arg("--documents").arg(folder);
    }
    let output = command.output().expect("the program was built");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complained}");
    let verified: Vec<_> = said.lines().filter(|line| line.starts_with("verified: ")).collect();
    assert!(verified.len() >= 10, "{said}");
    for line in verified {
        let numbers: Vec<u32> = line.split([' ', ';']).filter_map(|word| word.parse().ok()).collect();
        let [n_citations, n_lines, n_cited, n_uncited] = numbers[..] else { panic!("{line}") };
        assert_eq!(n_lines, n_cited + n_uncited, "{line}");
        assert!(n_citations > 0, "{line}");
    }
}

#[tokio::test]
async fn the_outcome_is_shown_by_the_api() {
    let Some(folders) = folders() else { return };
    let files = read_document_files(&folders).expect("readable");
    let store = Store::open("sqlite::memory:").await.expect("a database in memory");
    let imported = app::import(&store, &embedded_corpora(), Some(&files), "a test", Timestamp::UNIX_EPOCH).await;
    imported.unwrap_or_else(|error| panic!("{error}"));
    let app = std::sync::Arc::new(App::load(store).await.expect("loads"));
    let query = r#"{
        law(slug: "kratom-consumer-protection-act") {
            supporters { edges { statements { citations { verification { result movedTo { start } } } } } }
        }
        document(slug: "advocacy-groups-2025") {
            provenance { isSameText nLines nLinesCited nLinesUncited nVerified nMoved nAltered nMissing }
            uncited { reason lines { start end } }
        }
    }"#;
    let api = Api::new(app, ExecutionLimits::default());
    let answer = api.execute(Request { query: query.to_owned(), ..Request::default() }).await;
    assert!(answer.response.errors.is_empty(), "{:?}", answer.response.errors);
    let data = answer.response.data.into_json().expect("JSON");
    let citations: Vec<_> = data["law"]["supporters"]["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .flat_map(|edge| edge["statements"][0]["citations"].as_array().expect("citations"))
        .collect();
    assert!(citations.len() >= 6);
    assert!(citations.iter().all(|citation| citation["verification"]["result"] == "VERIFIED"), "{data:#}");
    let provenance = &data["document"]["provenance"];
    assert_eq!(provenance["isSameText"], true);
    assert_eq!(provenance["nLines"], 61, "of 64 lines three are blank");
    for none in ["nMoved", "nAltered", "nMissing"] {
        assert_eq!(provenance[none], 0, "{none}");
    }
    assert!(!data["document"]["uncited"].as_array().expect("a list").is_empty());
}

/// So many words in a row are no longer our own.
const RUN: usize = 8;

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn runs(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(RUN).map(|run| run.join(" "))
}

/// The first run of words that `ours` shares with a document, proper names aside.
fn borrowed(ours: &str, proper_names: &[Vec<String>], theirs: &HashSet<String>) -> Option<String> {
    let mut words = words(ours);
    for name in proper_names {
        while let Some(at) = words.windows(name.len()).position(|run| run == name) {
            // A mark that no document has, in place of the name.
            words.splice(at..at + name.len(), [String::from("§")]);
        }
    }
    runs(&words).find(|run| theirs.contains(run))
}

/// What we have written ourselves, with where.
fn our_texts(corpus: &Corpus) -> Vec<(String, &str)> {
    let mut texts = Vec::new();
    for document in &corpus.documents {
        texts.extend(document.interest.iter().map(|text| (format!("interest of {}", document.slug), text.as_str())));
    }
    for entity in &corpus.entities {
        texts.push((format!("name of {}", entity.key()), entity.name.as_str()));
        texts.extend(entity.summary.iter().map(|text| (format!("summary of {}", entity.key()), text.as_str())));
        let notes = entity.events.iter().filter_map(|event| event.note.as_deref());
        texts.extend(notes.map(|note| (format!("an event of {}", entity.key()), note)));
    }
    for statement in &corpus.statements {
        let label = format!("{} {} {}", statement.subject, statement.predicate, statement.object);
        let qualifiers = &statement.qualifiers;
        let texts_of = [&qualifiers.note, &qualifiers.condition].into_iter().flatten();
        texts.extend(texts_of.map(|text| (label.clone(), text.as_str())));
    }
    for uncited in &corpus.uncited {
        texts.extend(uncited.note.iter().map(|note| (format!("uncited of {}", uncited.document), note.as_str())));
    }
    texts
}

#[test]
fn names_wordings_summaries_and_notes_are_our_own_words() {
    let Some(folders) = folders() else { return };
    let mut theirs = HashSet::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let bytes = std::fs::read(entry.expect("listed").path()).expect("readable");
            theirs.extend(runs(&words(&String::from_utf8_lossy(&bytes))));
        }
    }
    assert!(theirs.len() > 5_000, "only {} runs of words were found in the documents", theirs.len());

    let corpora: Vec<Corpus> =
        embedded_corpora().iter().map(|files| read_corpus(&files.default_name, &files.files).corpus).collect();
    let named = corpora
        .iter()
        .flat_map(|corpus| &corpus.entities)
        .filter(|entity| matches!(entity.attributes.kind(), EntityKind::Organization | EntityKind::Law));
    let mut proper_names: Vec<Vec<String>> =
        named.flat_map(|entity| entity.aliases.iter().chain([&entity.name])).map(|name| words(name)).collect();
    proper_names.retain(|name| name.len() > 1);
    proper_names.sort_by_key(|name| std::cmp::Reverse(name.len()));

    let texts: Vec<_> = corpora.iter().flat_map(our_texts).collect();
    assert!(texts.len() > 200, "only {} texts of ours were found", texts.len());
    let borrowed: Vec<_> = texts
        .iter()
        .filter_map(|(label, text)| Some(format!("{label}: {:?}", borrowed(text, &proper_names, &theirs)?)))
        .collect();
    assert!(borrowed.is_empty(), "shared with a document:\n{}", borrowed.join("\n"));
}

#[test]
fn a_borrowed_sentence_is_seen_and_a_name_is_not() {
    let theirs: HashSet<String> =
        runs(&words("The Society for the Study of Small Green Leaves says that leaves are, on the whole, green."))
            .collect();
    let name = [words("The Society for the Study of Small Green Leaves")];
    let shared =
        borrowed("It holds: that leaves are on the whole green. Says that leaves are on the whole green", &[], &theirs);
    assert_eq!(shared.as_deref(), Some("says that leaves are on the whole green"));
    assert_eq!(borrowed("The Society for the Study of Small Green Leaves says so.", &name, &theirs), None);
}

//! Holds a corpus against the texts of its documents: does each citation stand there, and is each line accounted for?

use std::collections::HashMap;

use super::document_files::{DocumentFiles, DocumentText};
use crate::format::{Problem, Reading};
use crate::model::{Citation, Document, Lines, Locator, Provenance, Slug, Verification, VerificationResult};

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Verified {
    /// What is wrong, at the citation or at the document.
    pub(super) problems: Vec<Problem>,
    /// By document, as far as its text was at hand.
    pub(super) provenance: HashMap<Slug, Provenance>,
    /// By document and place. Without those of documents that name no text that could be at hand, neither by a file nor
    /// by a digest, such as pages of the web.
    pub(super) outcomes: HashMap<(Slug, Option<Locator>), Verification>,
}

fn names_a_text(document: &Document) -> bool {
    document.file.is_some() || document.sha256.is_some()
}

fn outcome(document: &Document, text: Option<&DocumentText>, citation: &Citation) -> Verification {
    use VerificationResult::{Altered, Missing, Moved, Verified};
    let plain = |result| Verification { result, found: None };
    let Some(text) = text else { return plain(Missing) };
    let unless_altered = || plain(if text.is_same(document) { Verified } else { Altered });
    match &citation.locator {
        Some(Locator::Lines(lines)) => match lines.anchor() {
            Some(anchor) if text.holds(lines.start() as usize, lines.end() as usize, anchor) => plain(Verified),
            Some(anchor) => text.find(anchor).map_or(plain(Altered), |(start, end)| {
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                Verification { result: Moved, found: Some((number(start), number(end))) }
            }),
            None if lines.end() as usize <= text.n_lines() => unless_altered(),
            None => plain(Missing),
        },
        // Pages, sections and fragments are not to be found in a text of lines.
        Some(Locator::Pages(_) | Locator::Section(_) | Locator::Fragment(_)) | None => unless_altered(),
    }
}

/// Holds all citations of `readings` against the texts in `files`, and all lines of the documents against the
/// citations. O(length of the texts + citations), but for citations whose words have moved.
pub(super) fn verify(readings: &[Reading], files: &DocumentFiles) -> Verified {
    let mut verified = Verified::default();
    let documents = readings.iter().flat_map(|reading| &reading.corpus.documents);
    let mut ledgers: HashMap<&Slug, Ledger<'_>> =
        documents.map(|document| (&document.slug, Ledger::new(document, files.text_of(document)))).collect();

    for reading in readings {
        for cited in &reading.cited {
            let Some(ledger) = ledgers.get_mut(&cited.citation.document) else { continue };
            let verification = ledger.cite(&cited.citation);
            if names_a_text(ledger.document) {
                let place = (cited.citation.document.clone(), cited.citation.locator.clone());
                verified.outcomes.insert(place, verification.clone());
            }
            // A document whose text is not there is told of once, at the document.
            if let (Some(_), Some(what)) = (ledger.text, ledger.complaint(&cited.citation, &verification)) {
                let (place, record) = (cited.place.clone(), Some(cited.record.clone()));
                verified.problems.push(Problem { place, record, what });
            }
        }
    }
    for reading in readings {
        for (place, uncited) in &reading.uncited {
            let Some(ledger) = ledgers.get_mut(&uncited.document) else { continue };
            for what in ledger.leave_out(&uncited.lines) {
                let record = Some(format!("uncited {:?}", uncited.document.as_str()).into());
                verified.problems.push(Problem { place: place.clone(), record, what });
            }
        }
    }
    for reading in readings {
        for document in &reading.corpus.documents {
            let ledger = &ledgers[&document.slug];
            let id = crate::model::NodeId::Document(document.slug.clone());
            let place = &reading.defined[&id];
            for what in ledger.complaints() {
                let record = Some(format!("document {:?}", document.slug.as_str()).into());
                verified.problems.push(Problem { place: place.clone(), record, what });
            }
            verified.provenance.extend(ledger.provenance().map(|provenance| (document.slug.clone(), provenance)));
        }
    }
    verified
}

/// What is known of a document's lines.
struct Ledger<'a> {
    document: &'a Document,
    text: Option<&'a DocumentText>,
    /// One a line.
    cited: Vec<bool>,
    left_out: Vec<bool>,
    outcomes: [u32; 4],
}

impl<'a> Ledger<'a> {
    fn new(document: &'a Document, text: Option<&'a DocumentText>) -> Self {
        let n_lines = text.map_or(0, DocumentText::n_lines);
        Self { document, text, cited: vec![false; n_lines], left_out: vec![false; n_lines], outcomes: [0; 4] }
    }

    fn cite(&mut self, citation: &Citation) -> Verification {
        let verification = outcome(self.document, self.text, citation);
        self.outcomes[verification.result as usize] += 1;
        if let Some(Locator::Lines(lines)) = &citation.locator {
            mark(&mut self.cited, lines);
        }
        verification
    }

    /// What to say of an outcome; `None` when the citation stands.
    fn complaint(&self, citation: &Citation, verification: &Verification) -> Option<String> {
        let Some(Locator::Lines(lines)) = &citation.locator else {
            // A text that is not the one cited is told of once, at the document.
            return None;
        };
        let shown = shown(lines.start(), lines.end());
        match (verification.result, lines.anchor(), verification.found) {
            (VerificationResult::Moved, Some(anchor), Some((start, end))) => {
                Some(format!("MOVED: {anchor:?} does not stand in {shown} but in {}", self::shown(start, end)))
            }
            (VerificationResult::Altered, Some(anchor), _) => {
                Some(format!("ALTERED: {anchor:?} does not stand in {shown}, nor anywhere else in the document"))
            }
            (VerificationResult::Missing, ..) => Some(format!(
                "MISSING: {shown} does not exist; the document has {} lines",
                self.text.map_or(0, DocumentText::n_lines)
            )),
            _ => None,
        }
    }

    /// Takes lines out of what must be cited; gives what is wrong with that.
    fn leave_out(&mut self, lines: &Lines) -> Vec<String> {
        let mut wrong = Vec::new();
        let n_lines = self.cited.len();
        if self.text.is_some() && lines.end() as usize > n_lines {
            wrong.push(format!(
                "{} does not exist; the document has {n_lines} lines",
                shown(lines.start(), lines.end())
            ));
        }
        let numbers = lines.start() as usize..=(lines.end() as usize).min(n_lines);
        let both: Vec<_> = numbers.filter(|number| self.cited[number - 1]).collect();
        for (start, end) in runs(&both) {
            wrong.push(format!("{} is cited after all: take it out of here", shown(start, end)));
        }
        mark(&mut self.left_out, lines);
        wrong
    }

    /// What is wrong with the document as a whole.
    fn complaints(&self) -> Vec<String> {
        let Some(text) = self.text else {
            if !names_a_text(self.document) {
                return Vec::new();
            }
            let name = self.document.file.as_deref().unwrap_or("by its sha256");
            return vec![format!("MISSING: its text ({name}) is not among the documents")];
        };
        let mut complaints = Vec::new();
        if !text.is_same(self.document) {
            complaints.push(format!(
                "ALTERED: the text has another sha256 than the document, {}: find out what was changed before you take it over",
                text.digest()
            ));
        }
        let is_open = |number: &usize| {
            !self.cited[number - 1]
                && !self.left_out[number - 1]
                && text.line(*number).is_some_and(|line| !line.trim().is_empty())
        };
        let open: Vec<_> = (1..=text.n_lines()).filter(is_open).collect();
        for (start, end) in runs(&open) {
            let beginning: String = text.line(start as usize).unwrap_or_default().trim().chars().take(40).collect();
            complaints.push(format!(
                "{} ({beginning:?} …) is neither cited nor told of under [[uncited]]",
                shown(start, end)
            ));
        }
        complaints
    }

    fn provenance(&self) -> Option<Provenance> {
        let text = self.text?;
        let is_full = |number: &usize| text.line(*number).is_some_and(|line| !line.trim().is_empty());
        let count = |holds: &dyn Fn(usize) -> bool| {
            let lines = (1..=text.n_lines()).filter(is_full).filter(|number| holds(*number));
            u32::try_from(lines.count()).unwrap_or(u32::MAX)
        };
        let [n_verified, n_moved, n_altered, n_missing] = self.outcomes;
        Some(Provenance {
            is_same_text: text.is_same(self.document),
            n_lines: count(&|_| true),
            n_lines_cited: count(&|number| self.cited[number - 1]),
            n_lines_uncited: count(&|number| self.left_out[number - 1] && !self.cited[number - 1]),
            n_verified,
            n_moved,
            n_altered,
            n_missing,
        })
    }
}

fn mark(marks: &mut [bool], lines: &Lines) {
    let end = (lines.end() as usize).min(marks.len());
    if let Some(marks) = marks.get_mut(lines.start() as usize - 1..end) {
        marks.fill(true);
    }
}

/// `line 3` or `lines 3-5`.
fn shown(start: u32, end: u32) -> String {
    if start == end { format!("line {start}") } else { format!("lines {start}-{end}") }
}

/// The first and the last of each run of numbers in a row.
fn runs(numbers: &[usize]) -> Vec<(u32, u32)> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    numbers.chunk_by(|a, b| a + 1 == *b).map(|run| (number(run[0]), number(run[run.len() - 1]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{CorpusFiles, check};
    use crate::format::SourceFile;
    use crate::store::Owners;

    const TEXT: &[u8] = b"A heading\n\nKratom eases pain, some users say.\nNobody knows why.\nSubscribe now\nThe end, without a newline";

    /// The problems of a corpus on this text; `{sha}` stands for its digest.
    fn problems(records: &str, text: Option<&[u8]>) -> Vec<String> {
        let digest = crate::model::Sha256::of(TEXT).to_string();
        let document = "[[document]]\nslug = \"d\"\ntitle = \"D\"\nfile = \"d.txt\"\nsha256 = \"{sha}\"\n";
        let text_of_corpus = format!("{document}{records}").replace("{sha}", &digest);
        let files = vec![SourceFile { name: "c.toml".to_owned(), text: text_of_corpus }];
        let corpus = CorpusFiles { default_name: Slug::parse("c").expect("good"), files };
        let mut documents = DocumentFiles::default();
        if let Some(text) = text {
            documents.add("d.txt".to_owned(), text);
        }
        let checked = check(&[corpus], &Owners::default(), Some(&documents));
        checked.problems.iter().map(ToString::to_string).collect()
    }

    fn claim(mention: &str) -> String {
        format!("[[claim]]\nslug = \"c\"\nwording = \"W\"\nmentions = [{{ document = \"d\", {mention} }}]\n")
    }

    fn uncited(lines: &str) -> String {
        format!("[[uncited]]\ndocument = \"d\"\nlines = \"{lines}\"\nreason = \"HEADING\"\n")
    }

    #[test]
    fn a_corpus_that_accounts_for_every_line_is_in_order() {
        let corpus = claim("lines = \"3-4\", anchor = \"some users say\"") + &uncited("1-2") + &uncited("5-6");
        assert_eq!(problems(&corpus, Some(TEXT)), [""; 0]);
    }

    #[test]
    fn what_does_not_stand_there_is_told_with_where_it_stands() {
        let rest = uncited("1-6");
        let told = |mention: &str| {
            let problems = problems(&(claim(mention) + &rest), Some(TEXT));
            let about_claim: Vec<_> = problems.into_iter().filter(|problem| problem.contains("claim \"c\"")).collect();
            about_claim.join("\n")
        };
        assert!(told("lines = 5, anchor = \"some users say\"").ends_with("but in line 3"));
        assert!(told("lines = \"3-4\", anchor = \"all users say\"").contains("ALTERED: \"all users say\""));
        assert!(told("lines = 7").contains("MISSING: line 7 does not exist; the document has 6 lines"));
        assert!(told("lines = 6, anchor = \"without a newline\"").is_empty(), "the last line counts");
        assert!(told("lines = 3, anchor = \"ease\"").contains("ALTERED"), "words are whole");
    }

    #[test]
    fn lines_that_nobody_accounts_for_and_lines_that_are_told_of_twice_are_told() {
        let corpus = claim("lines = 3, anchor = \"some users say\"") + &uncited("1-3") + &uncited("9");
        let problems = problems(&corpus, Some(TEXT));
        let holds = |text: &str| problems.iter().any(|problem| problem.contains(text));
        assert!(holds("lines 4-6 (\"Nobody knows why.\" …) is neither cited nor told of"), "{problems:#?}");
        assert!(holds("uncited \"d\": line 3 is cited after all"), "{problems:#?}");
        assert!(holds("uncited \"d\": line 9 does not exist"), "{problems:#?}");
        assert_eq!(problems.len(), 3, "{problems:#?}");
    }

    #[test]
    fn a_text_that_is_another_or_not_there_is_told_once() {
        let corpus = claim("lines = \"3-4\", anchor = \"some users say\"") + &uncited("1-2") + &uncited("5-6");
        let edited = String::from_utf8_lossy(TEXT).replace("Nobody", "No one");
        let problems_of_edited = problems(&corpus, Some(edited.as_bytes()));
        assert!(
            problems_of_edited.len() == 1 && problems_of_edited[0].contains("ALTERED: the text has another sha256")
        );
        let problems_of_none = problems(&corpus, None);
        assert!(problems_of_none.len() == 1 && problems_of_none[0].contains("MISSING: its text (d.txt)"));
    }
}

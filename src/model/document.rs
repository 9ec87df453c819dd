//! Documents: what citations point into.

use std::fmt;

use sha2::Digest as _;

use super::{Lines, PartialDate, Slug};

/// A source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Unique among documents.
    pub slug: Slug,
    /// The title, or what the text is where it has none.
    pub title: String,
    /// Who put it out, where known.
    pub publisher: Option<String>,
    /// When it was put out, where known.
    pub published_on: Option<PartialDate>,
    /// Where it stands, where known.
    pub url: Option<String>,
    /// Of the bytes that the locators were made on.
    pub sha256: Option<Sha256>,
    /// The name of the file that holds the text, by which a curator's tools find it.
    pub file: Option<String>,
    /// What its publisher or author gains by what it says, as the document itself shows.
    pub interest: Option<String>,
    /// A name for where its words come from, where that is not the document itself. Documents of one origin, such as a
    /// page and a table copied from it, are one source.
    pub origin: Option<Slug>,
    /// How the corpus stood to the text when it was imported; `None` where the text was not at hand.
    pub provenance: Option<Provenance>,
}

impl Document {
    /// The name of the source that it counts as: its origin, or itself.
    pub fn source(&self) -> &Slug {
        self.origin.as_ref().unwrap_or(&self.slug)
    }
}

/// How a corpus stands to the text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// Whether the text is, byte for byte, the one that the locators were made on.
    pub is_same_text: bool,
    /// Its lines that are not blank.
    pub n_lines: u32,
    /// Those of them that some citation rests on.
    pub n_lines_cited: u32,
    /// Those of them that are told to hold nothing to cite.
    pub n_lines_uncited: u32,
    /// Citations by their outcomes.
    pub n_verified: u32,
    /// Likewise.
    pub n_moved: u32,
    /// Likewise.
    pub n_altered: u32,
    /// Likewise.
    pub n_missing: u32,
}

/// Lines of a document that nothing rests on, and why. Together with the cited lines they are all lines that are not
/// blank, so that nothing was overlooked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncited {
    /// The document.
    pub document: Slug,
    /// The lines.
    pub lines: Lines,
    /// Why nothing rests on them.
    pub reason: UncitedReason,
    /// What else there is to say, in our words.
    pub note: Option<String>,
}

closed_set! {
    /// Why nothing rests on lines of a document.
    pub enum UncitedReason {
        /// A title or heading.
        Heading,
        /// Tells the reader what to do, and states nothing.
        Advice,
        /// Declines responsibility.
        Disclaimer,
        /// Menus, forms, links, contacts.
        Navigation,
        /// What a page's template left: an error, a filler.
        Template,
        /// Announces what the text is going to do.
        Promise,
        /// Opinion, praise or a turn of phrase without a claim that could be checked.
        Rhetoric,
        /// Says again what is cited elsewhere in the same document.
        Repetition,
        /// A story about one person that claims nothing in general.
        Anecdote,
        /// A person's row: no statement of an organization is made of it.
        Person,
    }
}

/// What became of a citation when it was held against the document's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Verification {
    /// The outcome.
    pub result: VerificationResult,
    /// Where the words stand now, when they have moved: the first and the last line.
    pub found: Option<(u32, u32)>,
}

closed_set! {
    /// Outcomes of holding a citation against the document's text.
    pub enum VerificationResult {
        /// The words of the anchor stand in the cited lines; without an anchor: the lines are there, in the very text
        /// that was cited.
        Verified,
        /// The words stand elsewhere in the document.
        Moved,
        /// The words stand nowhere in the document; without an anchor: the lines are there, but the text is another.
        Altered,
        /// The document, or the lines without an anchor, are not there.
        Missing,
    }
}

/// A SHA-256 digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256([u8; 32]);

/// The text is no SHA-256 digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 digest: write the 64 hexadecimal digits that `sha256sum FILE` prints")]
pub struct NotASha256;

impl Sha256 {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// # Errors
    /// When `text` is not 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, NotASha256> {
        read_hex(text).map(Self).ok_or(NotASha256)
    }

    /// The first `N` bytes. `N` is at most 32.
    pub(super) fn prefix<const N: usize>(&self) -> [u8; N] {
        std::array::from_fn(|i| self.0[i])
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

/// `N` bytes from `2 · N` hexadecimal digits.
pub(super) fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, i) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[i..i + 2], 16).ok()?;
    }
    Some(bytes)
}

/// Two lower-case hexadecimal digits a byte.
pub(super) fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_one_that_sha256sum_prints() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Sha256::of(b"").to_string(), empty);
        assert_eq!(Sha256::parse(empty), Ok(Sha256::of(b"")));
        assert!(Sha256::parse(&empty[1..]).is_err());
        assert!(Sha256::parse(&empty.replace('e', "g")).is_err());
    }
}

//! Documents: what citations point into.

use std::fmt;

use sha2::Digest as _;

use super::{PartialDate, Slug};

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

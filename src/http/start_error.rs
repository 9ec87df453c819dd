//! Why a server does not start.

use std::io;
use std::path::PathBuf;

/// Why a server does not start, in words for whoever set it up.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum StartError {
    #[error("the listener cannot be used: {0}")]
    Listener(#[from] io::Error),
    #[error(
        "{0:?} in `allowed_origins` is no origin: write scheme and host in small letters, and the port unless it is the \
         usual one, without anything behind, as in \"https://example.org\" or \"http://localhost:5173\"; \"*\" is for all"
    )]
    Origin(String),
    #[error("the TLS {kind} in {} cannot be read: {reason}", file.display())]
    TlsUnreadable { kind: &'static str, file: PathBuf, reason: String },
    #[error(
        "there is no {kind} in {}: it must be a PEM file with a section that begins with -----BEGIN {}-----",
        file.display(), kind.to_ascii_uppercase()
    )]
    TlsMissing { kind: &'static str, file: PathBuf },
    #[error("the TLS key in {} is not that of the certificate in {}", key.display(), certificate.display())]
    KeyDoesNotFit { key: PathBuf, certificate: PathBuf },
    #[error(
        "the TLS certificate in {} with the key in {} cannot be used: {reason}", certificate.display(), key.display()
    )]
    TlsUnusable { key: PathBuf, certificate: PathBuf, reason: String },
}

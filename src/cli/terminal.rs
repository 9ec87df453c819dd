//! What a command says, and to whom.

use std::fmt::Display;
use std::io::{self, Write as _};

use super::CliError;

/// Writes a line to standard output. Whoever closed it, as `head` does, wants no more, which is no failure.
///
/// # Errors
/// When it cannot be written for any other reason, such as a full disk.
pub(super) fn say(line: impl Display) -> Result<(), CliError> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        _ => Ok(()),
    }
}

/// Writes a line to standard error, if anybody still listens there.
pub(super) fn complain(line: impl Display) {
    // There is nowhere left to tell that this failed.
    let _ = writeln!(io::stderr(), "{line}");
}

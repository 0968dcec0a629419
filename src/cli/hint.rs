//! Errors that also tell the way out, and how an error is printed: message, causes, hints.

use crate::graph::{BackupError, StoreError};
use crate::query::WriteError;
use std::error::Error;
use std::fmt;
use std::io;

/// An error with a hint; shows as the error itself.
#[derive(Debug)]
struct Hinted {
    error: anyhow::Error,
    hint: String,
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for Hinted {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// Adds the way out to an error.
pub(super) trait Hint<T> {
    /// `hint` is printed under the error and its causes, after "hint:".
    fn hint(self, hint: impl Into<String>) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Hint<T> for Result<T, E> {
    fn hint(self, hint: impl Into<String>) -> anyhow::Result<T> {
        self.map_err(|error| anyhow::Error::new(Hinted { error: error.into(), hint: hint.into() }))
    }
}

/// Message, causes and hints of an error, one a line.
pub(super) fn render(error: &anyhow::Error) -> String {
    let mut lines = vec![format!("error: {error}")];
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let text = cause.to_string();
        // Many libraries repeat their cause in their own message.
        if !said.contains(&text) {
            lines.push(format!("  because: {text}"));
        }
        said = text;
    }
    for hinted in error.chain().filter_map(|e| e.downcast_ref::<Hinted>()) {
        lines.push(format!("  hint: {}", hinted.hint));
    }
    for hint in error.chain().filter_map(|e| e.downcast_ref::<StoreError>()).filter_map(StoreError::hint) {
        lines.push(format!("  hint: {hint}"));
    }
    for hint in error.chain().filter_map(|e| e.downcast_ref::<BackupError>()).filter_map(BackupError::hint) {
        lines.push(format!("  hint: {hint}"));
    }
    lines.join("\n")
}

/// Whether the reader of our output went away (`entente … | head`), which is no error of ours. Of a backup it is one: nobody has
/// it whole.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    !error.is::<BackupError>() && error.chain().filter_map(kind_of_io).any(|kind| kind == io::ErrorKind::BrokenPipe)
}

/// The kind of the input or output error that a cause is, also where its own message hides that it is one.
fn kind_of_io(cause: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    if let Some(json) = cause.downcast_ref::<serde_json::Error>() {
        return json.io_error_kind();
    }
    let transparent = match (cause.downcast_ref::<StoreError>(), cause.downcast_ref::<WriteError>()) {
        (Some(StoreError::Output(io)), _) | (_, Some(WriteError::Io(io))) => Some(io),
        _ => None,
    };
    transparent.or_else(|| cause.downcast_ref()).map(io::Error::kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn an_error_shows_its_causes_once_and_its_hint_last() {
        let io = io::Error::new(io::ErrorKind::NotFound, "no such store");
        let error = Err::<(), _>(io).hint("run `entente build`").context("cannot answer").unwrap_err();
        assert_eq!(render(&error), "error: cannot answer\n  because: no such store\n  hint: run `entente build`");
    }

    #[test]
    fn a_broken_pipe_is_known_through_contexts() {
        let io = io::Error::from(io::ErrorKind::BrokenPipe);
        let error = Err::<(), _>(io).context("writing").unwrap_err();
        assert!(is_broken_pipe(&error));
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_broken_pipe(&StoreError::Output(gone()).into()));
        assert!(is_broken_pipe(&anyhow::Error::new(WriteError::Io(gone())).context("cannot write the answer")));
        assert!(!is_broken_pipe(&StoreError::Output(io::ErrorKind::StorageFull.into()).into()));
        assert!(!is_broken_pipe(&BackupError::Output(gone()).into()));
        assert!(!is_broken_pipe(&anyhow::anyhow!("other")));
    }
}

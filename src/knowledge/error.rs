//! What can be wrong with a knowledge file, always with its place and the offending value.

use std::path::PathBuf;

/// A knowledge file that cannot be read or says something impossible.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// The file could not be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file whose name says nothing here.
    #[error("{} is no file of an overlay{}", .path.display(), hint(.nearest.as_deref()))]
    File {
        /// The file.
        path: PathBuf,
        /// The known name closest to it.
        nearest: Option<String>,
    },
    /// The file is no CSV.
    #[error("{file}: not a CSV table")]
    Csv {
        /// The file.
        file: String,
        /// Why.
        source: csv::Error,
    },
    /// The file is no Turtle.
    #[error("{file}:{line}: {message}")]
    Turtle {
        /// The file.
        file: String,
        /// Its line, from 1.
        line: u64,
        /// What the parser says.
        message: String,
    },
    /// A column that the table does not have, or one that is missing.
    #[error("{file}: {problem} column `{column}`{}", hint(.nearest.as_deref()))]
    Column {
        /// The file.
        file: String,
        /// "unknown" or "missing".
        problem: &'static str,
        /// Name of the column.
        column: String,
        /// The known name closest to it.
        nearest: Option<String>,
    },
    /// A value outside what its column allows.
    #[error("{file}:{line}: `{value}` is no {expected}{}", hint(.nearest.as_deref()))]
    Value {
        /// The file.
        file: String,
        /// Its line, from 1.
        line: u64,
        /// The value as written.
        value: String,
        /// What the column holds ("date", "office", "country code" …).
        expected: &'static str,
        /// The allowed value closest to it.
        nearest: Option<String>,
    },
    /// A code of a state or organization that no file defines.
    #[error("{file}: unknown code `{code}` of `{of}`{}", hint(.nearest.as_deref()))]
    Code {
        /// The file that uses the code.
        file: String,
        /// The code.
        code: String,
        /// The row that uses it.
        of: String,
        /// The known code closest to it.
        nearest: Option<String>,
    },
    /// A code that is a state's and an organization's: facts could not tell which they mean.
    #[error("{file}: `{code}` is the code of a state; give the organization another")]
    Taken {
        /// The file of the organization.
        file: String,
        /// The code.
        code: String,
    },
    /// A lexicon file that does not fit.
    #[error(transparent)]
    Lexicon(#[from] super::lexicon::LexiconError),
    /// Something that lacks a part of its description.
    #[error("{file}: `{of}` lacks {what}")]
    Missing {
        /// The file.
        file: String,
        /// The thing.
        of: String,
        /// What must be said of it.
        what: &'static str,
    },
    /// Two rows for one id.
    #[error("{file}:{line}: second row for `{id}`")]
    Duplicate {
        /// The file.
        file: String,
        /// The line of the second row, from 1.
        line: u64,
        /// The id.
        id: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default()
}

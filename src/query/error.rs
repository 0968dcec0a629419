//! What can be wrong with a question's file, with the values given for it, and with one value.

use crate::graph::sparql::SparqlError;

/// A question's file that does not fit the rules, with its place.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct QuestionFileError {
    /// The file, for messages.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// What keeps a question from being asked.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// A value for a parameter that the question does not have.
    #[error("`{question}` has no parameter `{name}`{}", hint(.nearest.as_deref()))]
    Parameter {
        /// The question.
        question: String,
        /// The name as given.
        name: String,
        /// The parameter closest to it.
        nearest: Option<String>,
    },
    /// A parameter given twice.
    #[error("`{0}` is set twice")]
    Twice(String),
    /// A parameter without a value.
    #[error("`{question}` needs a value for `{name}` ({kind}): {meaning}")]
    Missing {
        /// The question.
        question: String,
        /// The parameter.
        name: String,
        /// Its type.
        kind: &'static str,
        /// What it means.
        meaning: String,
    },
    /// A value that does not fit its parameter.
    #[error("`{name}`: {error}")]
    Value {
        /// The parameter.
        name: String,
        /// What is wrong.
        error: ValueError,
    },
    /// The query itself.
    #[error(transparent)]
    Sparql(#[from] SparqlError),
}

/// A value that does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Not in the list.
    #[error("`{value}` is no {kind} known here{}", any_of(.nearest))]
    Unknown {
        /// The value as given.
        value: String,
        /// What it should be.
        kind: &'static str,
        /// What comes closest, best first.
        nearest: Vec<String>,
    },
    /// Stands for several.
    #[error("`{value}` may stand for {}", .candidates.join(" or "))]
    Ambiguous {
        /// The value as given.
        value: String,
        /// What it may stand for.
        candidates: Vec<String>,
    },
    /// Not of the form.
    #[error("`{value}` is no {kind}: expected {expected}")]
    Form {
        /// The value as given.
        value: String,
        /// What it should be.
        kind: &'static str,
        /// The form.
        expected: &'static str,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default()
}

fn any_of(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = nearest.iter().map(|n| format!("`{n}`")).collect();
    format!("; did you mean {}?", names.join(" or "))
}

//! The comments at the head of a question's file → its theme, what it answers, its parameters, its columns.
//!
//! ```text
//! # title: Agreements of a country
//! # theme: country
//! # answers: Which countries agreed on what with a country?
//! # param: country country — whose agreements
//! # param: since date [0001-01-01] — not before this day
//! # param: partner party|any — with whom; `any` leaves it open, which must be said
//! # param: limit integer [100] — at most so many rows: the number behind `LIMIT`
//! # column: date — when
//! ```

use super::error::QuestionFileError;
use super::kind::Kind;
use super::theme::Theme;
use crate::knowledge::vocab::nearest;
use serde::Serialize;

/// Keys of a header.
const KEYS: [&str; 5] = ["title", "theme", "answers", "param", "column"];

/// The parameter that is the number behind `LIMIT`, and no block.
pub(super) const LIMIT: &str = "limit";

/// What stands for a parameter that is left open.
pub(super) const ANY: &str = "any";

/// What the head of a file tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// A few words.
    pub title: String,
    /// What it is about; `None` in a file of one's own that does not tell.
    pub theme: Option<Theme>,
    /// The question, as one asks it.
    pub answers: String,
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The columns of the answer, in order.
    pub columns: Vec<Column>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// Its name, and the variable's.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Whether it may be left open with `any`, though that is not the default: what takes long on a large graph.
    pub open: bool,
    /// Its value where none is given (`any`: left open); `None` where one must be given.
    pub default: Option<String>,
    /// A value to try it with, as a person writes it: the default, or that of the block in the file; `None` where the
    /// parameter is left open.
    pub example: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Line in the file, from 1.
    #[serde(skip)]
    pub line: usize,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name, and the variable's.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// Line in the file, from 1.
    #[serde(skip)]
    pub line: usize,
}

impl Header {
    /// Whether a text begins with a header.
    #[must_use]
    pub fn heads(text: &str) -> bool {
        text.starts_with("# title:")
    }

    /// Reads the comments with which `text` begins; `file` is its name for messages.
    ///
    /// # Errors
    /// A line that is no `# key: value`, a key unknown, missing or twice, a parameter or column that is not well formed.
    pub fn parse(file: &str, text: &str) -> Result<Self, QuestionFileError> {
        let mut reader =
            Reader { file, title: None, theme: None, answers: None, parameters: Vec::new(), columns: Vec::new() };
        let mut last = 0;
        for (line, comment) in text.lines().enumerate().map_while(|(at, l)| Some((at + 1, l.strip_prefix('#')?))) {
            reader.read(line, comment.trim())?;
            last = line;
        }
        let missing = |key: &str| reader.error(last + 1, format!("the header lacks `# {key}:`"));
        let title = reader.title.clone().ok_or_else(|| missing("title"))?;
        let answers = reader.answers.clone().ok_or_else(|| missing("answers"))?;
        Ok(Self { title, theme: reader.theme, answers, parameters: reader.parameters, columns: reader.columns })
    }
}

struct Reader<'f> {
    file: &'f str,
    title: Option<String>,
    theme: Option<Theme>,
    answers: Option<String>,
    parameters: Vec<Parameter>,
    columns: Vec<Column>,
}

impl Reader<'_> {
    fn error(&self, line: usize, problem: impl Into<String>) -> QuestionFileError {
        QuestionFileError { file: self.file.to_owned(), line, problem: problem.into() }
    }

    fn read(&mut self, line: usize, comment: &str) -> Result<(), QuestionFileError> {
        let (key, value) = comment
            .split_once(':')
            .map(|(key, value)| (key.trim(), value.trim()))
            .ok_or_else(|| self.error(line, "expected `# key: value` in the header"))?;
        if value.is_empty() {
            return Err(self.error(line, format!("`{key}` is empty")));
        }
        match key {
            "title" if self.title.is_none() => self.title = Some(value.to_owned()),
            "answers" if self.answers.is_none() => self.answers = Some(value.to_owned()),
            "theme" if self.theme.is_none() => self.theme = Some(self.named_theme(line, value)?),
            "title" | "theme" | "answers" => return Err(self.error(line, format!("second `{key}`"))),
            "param" => {
                let parameter = self.parameter(line, value)?;
                self.parameters.push(parameter);
            }
            "column" => {
                let (name, meaning) = self.described(line, value)?;
                self.columns.push(Column { name: name.to_owned(), meaning: meaning.to_owned(), line });
            }
            _ => {
                let hint = nearest(key, KEYS).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return Err(self.error(line, format!("unknown key `{key}`{hint}")));
            }
        }
        Ok(())
    }

    fn named_theme(&self, line: usize, value: &str) -> Result<Theme, QuestionFileError> {
        Theme::named(value).ok_or_else(|| {
            let names: Vec<&str> = Theme::ALL.iter().map(|t| t.as_str()).collect();
            self.error(line, format!("unknown theme `{value}`; the themes are {}", names.join(", ")))
        })
    }

    /// `name type [default] — meaning`.
    fn parameter(&self, line: usize, value: &str) -> Result<Parameter, QuestionFileError> {
        let (left, meaning) = self.described(line, value)?;
        let (left, default) = match left.strip_suffix(']').and_then(|l| l.split_once('[')) {
            Some((left, default)) => (left, Some(default.trim().to_owned())),
            None => (left, None),
        };
        let [name, kind] = left.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(self.error(line, "expected `# param: name type [default] — meaning`"));
        };
        if !name.chars().all(|c| c.is_ascii_lowercase()) {
            return Err(self.error(line, format!("the parameter `{name}` is not written in small letters")));
        }
        if self.parameters.iter().any(|p| p.name == name) {
            return Err(self.error(line, format!("second parameter `{name}`")));
        }
        let (kind, open) = kind.strip_suffix("|any").map_or((kind, false), |kind| (kind, true));
        let kind = Kind::named(kind).ok_or_else(|| {
            let hint = nearest(kind, Kind::ALL.iter().map(|k| k.as_str()));
            let hint = hint.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
            self.error(line, format!("unknown type `{kind}`{hint}"))
        })?;
        let open = open || default.as_deref() == Some(ANY);
        Ok(Parameter { name: name.to_owned(), kind, open, default, example: None, meaning: meaning.to_owned(), line })
    }

    /// `left — meaning`.
    fn described<'v>(&self, line: usize, value: &'v str) -> Result<(&'v str, &'v str), QuestionFileError> {
        value
            .split_once('—')
            .map(|(left, meaning)| (left.trim(), meaning.trim()))
            .filter(|(left, meaning)| !left.is_empty() && !meaning.is_empty())
            .ok_or_else(|| self.error(line, "expected ` — ` and the meaning"))
    }
}

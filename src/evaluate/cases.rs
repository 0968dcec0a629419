//! Our own cases → texts with what must hold of their facts: the specification `tests/spec/*.md` and the examples of the
//! lexicon. They test the engine and teach its judge.

use super::notation::{Expectation, Fault};
use crate::article::Article;
use crate::knowledge::lexicon::Frame;
use crate::text::Span;
use chrono::NaiveDate;

/// A text and what must hold of its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// File and heading, or frame and sentence.
    pub id: String,
    /// Line of the file on which it begins, from 1.
    pub line: usize,
    /// Headline, or nothing.
    pub title: String,
    /// Body.
    pub body: String,
    /// Day of publication.
    pub published: NaiveDate,
    /// What must hold.
    pub expected: Vec<Expectation>,
    /// Whether it is an example of the lexicon (otherwise a case of the specification).
    pub of_lexicon: bool,
}

impl Case {
    /// The text as an article.
    #[must_use]
    pub fn article(&self) -> Article {
        let text = match (self.title.as_str(), self.body.as_str()) {
            ("", body) => body.to_owned(),
            (title, "") => title.to_owned(),
            (title, body) => format!("{title}\n\n{body}"),
        };
        Article {
            id: self.id.clone(),
            title: self.title.clone(),
            published: Some(self.published),
            source: None,
            url: None,
            language: "en".into(),
            text,
            dated_by_fetch: false,
            title_span: (!self.title.is_empty()).then(|| Span::new(0, self.title.len())),
            sha256: String::new(),
        }
    }
}

/// The examples and near misses of a frame, and what is wrong with them, by sentence.
#[must_use]
pub fn of_frame(frame: &Frame) -> (Vec<Case>, Vec<(String, Fault)>) {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    let none = vec!["none".to_owned()];
    let sentences = (frame.examples.iter().map(|e| (&e.text, &e.expect)))
        .chain(frame.near_misses.iter().map(|sentence| (sentence, &none)));
    for (sentence, lines) in sentences {
        match lines.iter().map(|line| line.parse()).collect::<Result<Vec<Expectation>, _>>() {
            Ok(expected) if expected.is_empty() => faults.push((sentence.clone(), "nothing is expected".into())),
            Ok(expected) => cases.push(Case {
                id: format!("{}#{sentence}", frame.name),
                line: 1,
                title: String::new(),
                body: sentence.clone(),
                // A Wednesday: weekdays before and after it lie in the same week.
                published: NaiveDate::from_ymd_opt(2024, 5, 15).unwrap_or_default(),
                expected,
                of_lexicon: true,
            }),
            Err(fault) => faults.push((sentence.clone(), fault)),
        }
    }
    (cases, faults)
}

/// The cases of a file of the specification, and what is wrong with it, by line. `name` begins the ids.
#[must_use]
pub fn read_spec(name: &str, text: &str) -> (Vec<Case>, Vec<(usize, Fault)>) {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(i, line)| (i + 1, line)).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].1.starts_with("## ")).collect();
    if !text.starts_with("# ") || starts.is_empty() {
        faults.push((1, "expected a title (`# …`) and cases (`## …`)".into()));
    }
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        match read_case(name, &lines[*start..end]) {
            Ok(case) => cases.push(case),
            Err(fault) => faults.push(fault),
        }
    }
    (cases, faults)
}

/// One case: heading, prose, quoted lines, list, in this order.
fn read_case(file: &str, lines: &[(usize, &str)]) -> Result<Case, (usize, Fault)> {
    let (start, heading) = lines[0];
    let mut quoted = Vec::new();
    let mut expected: Vec<Expectation> = Vec::new();
    for &(n, line) in &lines[1..] {
        if let Some(text) = line.strip_prefix('>') {
            if !expected.is_empty() {
                return Err((n, "the text stands before the list".into()));
            }
            if !text.is_empty() && !text.starts_with(' ') {
                return Err((n, "a space is missing after `>`".into()));
            }
            quoted.push((n, text.trim()));
        } else if let Some(item) = line.strip_prefix("- ") {
            expected.push(item.parse().map_err(|fault| (n, fault))?);
        } else if !line.trim().is_empty() && (!quoted.is_empty() || !expected.is_empty()) {
            return Err((n, format!("neither text (`> …`) nor expectation (`- …`): `{line}`")));
        }
    }
    if expected.is_empty() {
        return Err((start, "nothing is expected".into()));
    }
    let (published, title, body) = read_text(start, &quoted)?;
    let id = format!("{file}#{}", heading[3..].trim());
    Ok(Case { id, line: start, title, body, published, expected, of_lexicon: false })
}

/// The quoted lines: date of publication, headline, paragraphs.
fn read_text(start: usize, quoted: &[(usize, &str)]) -> Result<(NaiveDate, String, String), (usize, Fault)> {
    let (&(n, first), rest) = quoted.split_first().ok_or((start, "there is no text".to_owned()))?;
    let date = first.strip_prefix("date: ").and_then(|d| d.parse().ok());
    let published = date.ok_or_else(|| (n, format!("expected `date: YYYY-MM-DD`, found `{first}`")))?;
    let (title, rest) = match rest.split_first() {
        Some(((_, line), after)) if line.starts_with("# ") => (line[2..].trim().to_owned(), after),
        _ => (String::new(), rest),
    };
    if let Some((n, _)) = rest.iter().find(|(_, line)| line.starts_with('#')) {
        return Err((*n, "the headline is the first line of the text".into()));
    }
    let body = rest.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n").trim().to_owned();
    if title.is_empty() && body.is_empty() {
        return Err((n, "there is no text after the date".into()));
    }
    Ok((published, title, body))
}

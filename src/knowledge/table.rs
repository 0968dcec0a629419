//! CSV text → rows whose cells are asked for by column and checked; every complaint names file, line and value.

use super::error::KnowledgeError;
use super::types::{NameForm, NameKind, PartialDate};
use super::vocab::{UnknownTerm, nearest};
use csv::StringRecord;
use std::str::FromStr;

/// Calls `visit` with each row of `text`, a CSV table that must have exactly `columns` (in this order). Lines that begin
/// with `#` are comments.
pub(super) fn each_row(
    file: &str,
    text: &str,
    columns: &[&str],
    mut visit: impl FnMut(&Row<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let csv_error = |source| KnowledgeError::Csv { file: file.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    check_columns(file, reader.headers().map_err(csv_error)?, columns)?;
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(csv_error)? {
        visit(&Row { file, record: &record })?;
    }
    Ok(())
}

fn check_columns(file: &str, found: &StringRecord, wanted: &[&str]) -> Result<(), KnowledgeError> {
    let complain = |problem, column: &str, nearest: Option<&str>| KnowledgeError::Column {
        file: file.to_owned(),
        problem,
        column: column.to_owned(),
        nearest: nearest.map(str::to_owned),
    };
    for column in found {
        if !wanted.contains(&column) {
            return Err(complain("unknown", column, nearest(column, wanted.iter().copied())));
        }
    }
    for (at, column) in wanted.iter().enumerate() {
        match found.iter().position(|c| c == *column) {
            None => return Err(complain("missing", column, None)),
            Some(place) if place != at => return Err(complain("misplaced", column, None)),
            Some(_) => {}
        }
    }
    Ok(())
}

/// One row, while it is read.
pub(super) struct Row<'a> {
    file: &'a str,
    record: &'a StringRecord,
}

impl Row<'_> {
    /// The cell of column `at`, trimmed.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.record.get(at).unwrap_or_default().trim()
    }

    /// The cell, which may not be empty.
    pub(super) fn filled(&self, at: usize, expected: &'static str) -> Result<&str, KnowledgeError> {
        Some(self.cell(at)).filter(|c| !c.is_empty()).ok_or_else(|| self.value("", expected, None))
    }

    /// The parts of a cell between `|`.
    pub(super) fn list(&self, at: usize) -> impl Iterator<Item = &str> {
        self.cell(at).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// A number, or nothing where the cell is empty.
    pub(super) fn number(&self, at: usize) -> Result<Option<u16>, KnowledgeError> {
        match self.cell(at) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|_| self.value(cell, "number", None)),
        }
    }

    /// A date, or nothing where the cell is empty.
    pub(super) fn date(&self, at: usize) -> Result<Option<PartialDate>, KnowledgeError> {
        self.parse_date(self.cell(at))
    }

    /// Reads `YYYY[-MM[-DD]]`, or nothing.
    pub(super) fn parse_date(&self, text: &str) -> Result<Option<PartialDate>, KnowledgeError> {
        if text.is_empty() {
            return Ok(None);
        }
        PartialDate::parse(text).map(Some).ok_or_else(|| self.value(text, "date (YYYY, YYYY-MM or YYYY-MM-DD)", None))
    }

    /// A term of a closed vocabulary.
    pub(super) fn term<T: FromStr<Err = UnknownTerm>>(
        &self,
        at: usize,
        expected: &'static str,
    ) -> Result<T, KnowledgeError> {
        let cell = self.cell(at);
        cell.parse().map_err(|unknown: UnknownTerm| self.value(cell, expected, unknown.nearest))
    }

    /// Appends the forms of a cell; a `?` behind a form marks it ambiguous.
    pub(super) fn forms(&self, at: usize, kind: NameKind, into: &mut Vec<NameForm>) {
        into.extend(self.list(at).map(|part| {
            let text = part.strip_suffix('?');
            NameForm { text: text.unwrap_or(part).to_owned(), kind, ambiguous: text.is_some() }
        }));
    }

    /// A complaint about `value`.
    pub(super) fn value(&self, value: &str, expected: &'static str, nearest: Option<String>) -> KnowledgeError {
        KnowledgeError::Value {
            file: self.file.to_owned(),
            line: self.record.position().map_or(0, csv::Position::line),
            value: value.to_owned(),
            expected,
            nearest,
        }
    }

    /// A complaint about a second row for `id`.
    pub(super) fn duplicate(&self, id: &str) -> KnowledgeError {
        KnowledgeError::Duplicate {
            file: self.file.to_owned(),
            line: self.record.position().map_or(0, csv::Position::line),
            id: id.to_owned(),
        }
    }
}

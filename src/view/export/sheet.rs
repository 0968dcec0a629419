//! Rows → a table as CSV, tab-separated text or Parquet, written while the rows come.

use super::parquet::ParquetSheet;
use super::{Cells, Column};
use crate::view::network::Value;
use ::csv::{QuoteStyle, Writer, WriterBuilder};
use std::borrow::Cow;
use std::io::{self, Write};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// RFC 4180, UTF-8. A cell with commas, quotes or line breaks stands in quotes.
    Csv,
    /// The same for spreadsheets: with a byte-order mark, and with an apostrophe before what they would take for a formula.
    Spreadsheet,
    /// Tab-separated. Tabs and line breaks within a cell become spaces, so that a line is a row.
    Tsv,
    /// Apache Parquet: typed columns, compressed with Snappy.
    Parquet,
}

/// A table that is being written; [`Self::finish`] it.
pub struct Sheet<W: Write + Send>(Form<W>);

enum Form<W: Write + Send> {
    Lines { table: Box<Writer<W>>, format: SheetFormat },
    Parquet(Box<ParquetSheet<W>>),
}

impl<W: Write + Send> std::fmt::Debug for Sheet<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").finish_non_exhaustive()
    }
}

impl<W: Write + Send> Sheet<W> {
    /// Begins a table: writes its headings.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn new(mut out: W, columns: &[Column], format: SheetFormat) -> io::Result<Self> {
        if format == SheetFormat::Parquet {
            return Ok(Self(Form::Parquet(Box::new(ParquetSheet::new(out, columns)?))));
        }
        if format == SheetFormat::Spreadsheet {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let delimiter = if format == SheetFormat::Tsv { b'\t' } else { b',' };
        let mut table = WriterBuilder::new().delimiter(delimiter).quote_style(QuoteStyle::Necessary).from_writer(out);
        table.write_record(columns.iter().map(|c| c.name))?;
        Ok(Self(Form::Lines { table: Box::new(table), format }))
    }

    /// Adds a row, which has a cell a column.
    ///
    /// # Errors
    /// What the output reports.
    pub fn row(&mut self, cells: Cells) -> io::Result<()> {
        match &mut self.0 {
            Form::Lines { table, format } => {
                for cell in &cells {
                    table.write_field(shown(cell.as_ref(), *format).as_ref())?;
                }
                Ok(table.write_record(None::<&[u8]>)?)
            }
            Form::Parquet(sheet) => sheet.row(cells),
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// What the output reports.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Form::Lines { mut table, .. } => table.flush(),
            Form::Parquet(sheet) => sheet.finish(),
        }
    }
}

fn shown(cell: Option<&Value>, format: SheetFormat) -> Cow<'_, str> {
    match (cell, format) {
        (None, _) => Cow::Borrowed(""),
        (Some(Value::Text(text)), SheetFormat::Tsv) if text.contains(['\t', '\n', '\r']) => Cow::Owned(flat(text)),
        (Some(Value::Text(text)), SheetFormat::Spreadsheet) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            Cow::Owned(format!("'{text}"))
        }
        (Some(Value::Text(text)), _) => Cow::Borrowed(text),
        (Some(value), _) => Cow::Owned(value.to_string()),
    }
}

/// The text in one line, without tabs.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::*;

    #[track_caller]
    fn check(format: SheetFormat, cell: &str, expected: &str) {
        let columns = ["a", "b"].map(|name| Column { name, kind: Kind::Text });
        let mut bytes = Vec::new();
        let mut sheet = Sheet::new(&mut bytes, &columns, format).unwrap();
        sheet.row(vec![Some(Value::Text(cell.to_owned())), None]).unwrap();
        sheet.finish().unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn cells_cannot_break_a_table() {
        check(SheetFormat::Csv, "a,\"b\"\nc", "a,b\n\"a,\"\"b\"\"\nc\",\n");
        check(SheetFormat::Csv, "=1+1", "a,b\n=1+1,\n");
        check(SheetFormat::Tsv, "a\t\"b\"\r\nc", "a\tb\n\"a \"\"b\"\" c\"\t\n");
    }

    #[test]
    fn spreadsheets_get_no_formulas() {
        check(SheetFormat::Spreadsheet, "=1+1", "\u{feff}a,b\n'=1+1,\n");
        check(SheetFormat::Spreadsheet, "plain", "\u{feff}a,b\nplain,\n");
    }
}

//! Rows of text and numbers → aligned columns for people, or CSV for programs.

use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

const HEAD: Style = AnsiColor::Cyan.on_default();

/// A table of cells.
pub(super) struct Columns {
    /// Names of the columns.
    pub(super) head: Vec<&'static str>,
    /// How many columns at the left hold text; the others hold numbers.
    pub(super) texts: usize,
    /// The rows.
    pub(super) rows: Vec<Vec<String>>,
}

impl Columns {
    /// At most `limit` rows in aligned columns, and how many more there are.
    pub(super) fn write_text(&self, out: &mut dyn Write, limit: usize) -> io::Result<()> {
        let shown: Vec<&Vec<String>> = self.rows.iter().take(limit).collect();
        let cell = |row: &Vec<String>, at: usize| row.get(at).map_or("", String::as_str).to_owned();
        let width = |at: usize| {
            let cells = shown.iter().map(|row| cell(row, at).width());
            cells.chain([self.head[at].width()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let line = |cell: &dyn Fn(usize) -> String| {
            let mut line = String::new();
            for (at, width) in widths.iter().enumerate() {
                let text = cell(at);
                let room = " ".repeat(width.saturating_sub(text.width()));
                line.push_str(if at == 0 { "" } else { "  " });
                line.push_str(&if at < self.texts { format!("{text}{room}") } else { format!("{room}{text}") });
            }
            line.trim_end().to_owned()
        };
        writeln!(out, "{HEAD}{}{HEAD:#}", line(&|at| self.head[at].to_owned()))?;
        for row in &shown {
            writeln!(out, "{}", line(&|at| cell(row, at)))?;
        }
        let more = self.rows.len() - shown.len();
        if more > 0 { writeln!(out, "… and {more} more (--limit 0 lists all)") } else { Ok(()) }
    }

    /// All rows as CSV.
    pub(super) fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(self.head.iter().map(|name| name.to_lowercase().replace(' ', "_")))?;
        self.rows.iter().try_for_each(|row| table.write_record(row))?;
        table.flush()
    }
}

/// A measure to four digits; empty where there is none.
pub(super) fn real(measure: Option<f64>) -> String {
    measure.map(|m| format!("{m:.4}")).unwrap_or_default()
}

/// A score with its sign; empty where there is none.
pub(super) fn score(score: Option<f64>) -> String {
    score.map(|s| format!("{s:+.2}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_left_and_numbers_right() {
        let rows = [["KOR", "12"], ["Singapore", "3"]].map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let columns = Columns { head: vec!["Country", "Events"], texts: 1, rows };
        let mut out = anstream::StripStream::new(Vec::new());
        columns.write_text(&mut out, 1).unwrap();
        let text = String::from_utf8(out.into_inner()).unwrap();
        assert_eq!(text, "Country  Events\nKOR          12\n… and 1 more (--limit 0 lists all)\n");
        let mut csv = Vec::new();
        columns.write_csv(&mut csv).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), "country,events\nKOR,12\nSingapore,3\n");
    }
}

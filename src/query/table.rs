//! Rows of text → a table: aligned columns for the terminal, or Markdown.

use super::results::Width;
use anstyle::Style;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const HEAD: Style = Style::new().bold();
const RULE: Style = Style::new().dimmed();

/// Between two columns.
const GAP: usize = 2;
/// A column is made no narrower than its longest word, but one of more columns may be broken.
const WORD: usize = 18;
/// Lines of one cell; what is longer ends in an ellipsis.
const LINES: usize = 8;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Numbers stand to the right.
    pub(super) number: bool,
}

/// Columns and rows.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(columns: Vec<String>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are columns.
    pub(super) fn push(&mut self, cells: Vec<Cell>) {
        let flat = |cell: Cell| Cell { text: flat(&cell.text), ..cell };
        self.rows.push(cells.into_iter().map(flat).collect());
    }

    /// Aligned columns; the head is styled.
    pub(super) fn write_text(&self, width: Width, out: &mut dyn Write) -> io::Result<()> {
        let widths = self.widths(width);
        let head: Vec<String> = self.columns.iter().zip(&widths).map(|(name, w)| fill(name, *w, false)).collect();
        writeln!(out, "{HEAD}{}{HEAD:#}", head.join(&" ".repeat(GAP)).trim_end())?;
        let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
        writeln!(out, "{RULE}{}{RULE:#}", rules.join(&" ".repeat(GAP)))?;
        for row in &self.rows {
            let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, w)| wrap(&cell.text, *w)).collect();
            for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let parts: Vec<String> = cells
                    .iter()
                    .zip(row)
                    .zip(&widths)
                    .map(|((lines, cell), w)| fill(lines.get(line).map_or("", String::as_str), *w, cell.number))
                    .collect();
                writeln!(out, "{}", parts.join(&" ".repeat(GAP)).trim_end())?;
            }
        }
        Ok(())
    }

    pub(super) fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "| {} |", self.columns.iter().map(|c| escape(c)).collect::<Vec<_>>().join(" | "))?;
        let numbers =
            |at: usize| !self.rows.is_empty() && self.rows.iter().all(|r| r.get(at).is_some_and(|c| c.number));
        let rules: Vec<&str> = (0..self.columns.len()).map(|at| if numbers(at) { "---:" } else { "---" }).collect();
        writeln!(out, "| {} |", rules.join(" | "))?;
        for row in &self.rows {
            writeln!(out, "| {} |", row.iter().map(|c| escape(&c.text)).collect::<Vec<_>>().join(" | "))?;
        }
        Ok(())
    }

    /// The width of each column: that of its widest cell. Where the whole would be too wide, each keeps its longest word (at
    /// most `WORD` columns of it), and what is left is shared by what each lacks: sentences get most.
    fn widths(&self, width: Width) -> Vec<usize> {
        let widest = |of: fn(&str) -> usize| -> Vec<usize> {
            let cells =
                |at: usize| self.rows.iter().filter_map(move |row| row.get(at)).map(|cell| of(&cell.text)).max();
            self.columns.iter().enumerate().map(|(at, name)| cells(at).unwrap_or(0).max(name.width())).collect()
        };
        let whole = widest(|text| text.width());
        let gaps = GAP * whole.len().saturating_sub(1);
        let Width::AtMost(limit) = width else { return whole };
        if whole.iter().sum::<usize>() + gaps <= limit {
            return whole;
        }
        let words = widest(|text| text.split(' ').map(|word| word.width()).max().unwrap_or(0).min(WORD));
        let left = limit.saturating_sub(gaps + words.iter().sum::<usize>());
        let lack: usize = whole.iter().zip(&words).map(|(whole, word)| whole - word).sum();
        whole.iter().zip(&words).map(|(whole, word)| word + left * (whole - word) / lack.max(1)).collect()
    }
}

/// The text in one line; control characters, which could steer a terminal, become spaces.
fn flat(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text broken at spaces, and within words that are too long, into lines of at most `width` columns.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut();
        match line {
            Some(line) if line.is_empty() && word.width() <= width => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ if word.width() <= width => lines.push(word.to_owned()),
            _ => break_word(word, width, &mut lines),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > width.max(1) && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

fn break_word(word: &str, width: usize, lines: &mut Vec<String>) {
    let mut part = String::new();
    for c in word.chars() {
        if !part.is_empty() && part.width() + c.width().unwrap_or(0) > width {
            lines.push(std::mem::take(&mut part));
        }
        part.push(c);
    }
    lines.push(part);
    if lines.first().is_some_and(String::is_empty) {
        lines.remove(0);
    }
}

/// The text with spaces up to `width` columns.
fn fill(text: &str, width: usize, right: bool) -> String {
    let spaces = " ".repeat(width.saturating_sub(text.width()));
    if right { format!("{spaces}{text}") } else { format!("{text}{spaces}") }
}

/// The text as it stands in a cell of Markdown.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 2]]) -> Table {
        let mut table = Table::new(vec!["who".into(), "n".into()]);
        for [who, n] in rows {
            let number = n.parse::<i64>().is_ok();
            table.push(vec![Cell { text: (*who).into(), number: false }, Cell { text: (*n).into(), number }]);
        }
        table
    }

    #[track_caller]
    fn check(table: &Table, width: Width, expected: &[&str]) {
        let mut out = anstream::StripStream::new(Vec::new());
        table.write_text(width, &mut out).unwrap();
        assert_eq!(String::from_utf8(out.into_inner()).unwrap().lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_are_aligned_by_the_width_of_their_characters() {
        let table = table(&[["이재명", "7"], ["Wong", "12"]]);
        check(&table, Width::Free, &["who     n", "──────  ──", "이재명   7", "Wong    12"]);
    }

    #[test]
    fn a_narrow_terminal_wraps_the_widest_cells() {
        let table = table(&[["The two agreed to establish a strategic partnership.", "1"]]);
        check(
            &table,
            Width::AtMost(24),
            &[
                "who                    n",
                "─────────────────────  ─",
                "The two agreed to      1",
                "establish a strategic",
                "partnership.",
            ],
        );
    }

    #[test]
    fn words_too_long_are_broken_and_cells_too_long_cut() {
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        let long = wrap(&"word ".repeat(99), 9);
        assert_eq!((long.len(), long.last().unwrap().as_str()), (LINES, "word wor…"));
        assert!(wrap("하나둘셋", 3).iter().all(|line| line.width() <= 3));
    }

    #[test]
    fn what_could_steer_the_terminal_is_gone() {
        let table = table(&[["a\u{1b}[31m\r\nb\tc", ""]]);
        check(&table, Width::Free, &["who         n", "──────────  ─", "a [31m b c"]);
    }

    #[test]
    fn markdown_keeps_its_cells_apart() {
        let mut out = Vec::new();
        table(&[["a|b <c>", "1"], ["d\ne", "2"]]).write_markdown(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "| who | n |\n| --- | ---: |\n| a\\|b &lt;c> | 1 |\n| d e | 2 |\n");
    }
}

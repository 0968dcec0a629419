//! A text → units that are read by themselves: paragraphs whose lines were wrapped, or single lines, list items, table cells.

use crate::text::Span;

/// A stretch of text that no sentence crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) span: Span,
    pub(super) paragraph: usize,
    /// A bullet or number in front was left out of the span.
    pub(super) item: bool,
    /// Part of the article's headline.
    pub(super) title: bool,
}

/// Widest column (in bytes) that text is taken to be wrapped at.
const WIDEST: usize = 100;
/// Narrowest.
const NARROWEST: usize = 28;

/// Cuts a text; `title` is a unit of its own.
pub(super) fn units(text: &str, title: Option<Span>) -> Vec<Unit> {
    let title = title.filter(|t| t.end <= text.len() && text.is_char_boundary(t.start) && text.is_char_boundary(t.end));
    let mut cutter = Cutter { text, units: Vec::new(), paragraph: 0 };
    match title.filter(|t| !t.is_empty()) {
        Some(t) => {
            cutter.blocks(Span::new(0, t.start));
            cutter.push(t, true);
            cutter.next_paragraph();
            cutter.blocks(Span::new(t.end, text.len()));
        }
        None => cutter.blocks(Span::new(0, text.len())),
    }
    cutter.units
}

struct Cutter<'t> {
    text: &'t str,
    units: Vec<Unit>,
    paragraph: usize,
}

impl Cutter<'_> {
    /// Blocks of lines between blank ones.
    fn blocks(&mut self, span: Span) {
        let mut lines: Vec<Span> = Vec::new();
        let mut start = span.start;
        let bytes = self.text.as_bytes();
        while start < span.end {
            let end = memchr::memchr(b'\n', &bytes[start..span.end]).map_or(span.end, |i| start + i);
            if bytes[start..end].iter().all(u8::is_ascii_whitespace) {
                self.block(&lines);
                lines.clear();
            } else {
                lines.push(Span::new(start, end));
            }
            start = end + 1;
        }
        self.block(&lines);
    }

    fn next_paragraph(&mut self) {
        // Paragraphs are numbered without gaps: one that gave no unit does not count.
        self.paragraph = self.units.last().map_or(0, |u| u.paragraph + 1);
    }

    /// Joins wrapped lines.
    fn block(&mut self, lines: &[Span]) {
        let Some(first) = lines.first() else { return };
        self.next_paragraph();
        let width = wrap_width(self.text, lines);
        let mut start = first.start;
        for (i, line) in lines.iter().enumerate() {
            let next = lines.get(i + 1);
            if next.zip(width).is_some_and(|(n, w)| continues(self.text, *line, *n, w)) {
                continue;
            }
            self.push(Span::new(start, line.end), false);
            if let Some(next) = next {
                start = next.start;
                // In wrapped text a line that was broken early ends a paragraph.
                if width.is_some() {
                    self.next_paragraph();
                }
            }
        }
    }

    /// A line or joined lines: without its bullet, parted at tabs and wide gaps.
    fn push(&mut self, span: Span, title: bool) {
        let bullet = if title { 0 } else { bullet(span.of(self.text)) };
        let mut rest = Span::new(span.start + bullet, span.end);
        let mut item = bullet > 0;
        while !rest.is_empty() {
            let gap = if title { None } else { gap(rest.of(self.text)) };
            let (end, next) = gap.map_or((rest.end, rest.end), |(from, to)| (rest.start + from, rest.start + to));
            let cell = trim(self.text, Span::new(rest.start, end));
            if !cell.is_empty() {
                self.units.push(Unit { span: cell, paragraph: self.paragraph, item, title });
                item = false;
            }
            rest = Span::new(next, rest.end);
        }
    }
}

fn trim(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// The width at which a block of lines was wrapped, if it was.
fn wrap_width(text: &str, lines: &[Span]) -> Option<usize> {
    let width = lines.iter().map(|l| l.of(text).trim_end().len()).max().unwrap_or(0);
    if lines.len() < 2 || !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let full = lines.windows(2).filter(|pair| is_full(text, pair[0], pair[1], width)).count();
    // Most lines must reach the width; a block of two lines is wrapped only where the second goes on in small letters.
    let enough = full * 10 >= (lines.len() - 1) * 6;
    let two = lines.len() == 2 && !opens_small(lines[1].of(text));
    (enough && !two).then_some(width)
}

/// Whether the first word of `next` would not have fitted on `line`.
fn is_full(text: &str, line: Span, next: Span, width: usize) -> bool {
    let word = next.of(text).trim_start().split(char::is_whitespace).next().map_or(0, str::len);
    line.of(text).trim_end().len() + 1 + word.min(width) + width / 12 >= width
}

fn opens_small(line: &str) -> bool {
    line.trim_start().chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric() || c == '(')
}

/// Whether `next` goes on where `line` stops.
fn continues(text: &str, line: Span, next: Span, width: usize) -> bool {
    let indent = |l: Span| l.of(text).len() - l.of(text).trim_start().len();
    let deeper = indent(next) > indent(line) + 1;
    bullet(next.of(text)) == 0 && !deeper && (is_full(text, line, next, width) || opens_small(next.of(text)))
}

/// Length of a bullet or item number in front of a line, with the blanks around it.
fn bullet(line: &str) -> usize {
    let inner = line.trim_start();
    let before = line.len() - inner.len();
    let mut chars = inner.chars();
    let mark = match chars.next() {
        Some(c @ ('•' | '‣' | '◦' | '▪' | '■' | '●' | '·' | '*' | '-' | '–' | '—' | '+' | '>' | '○' | '►' | '✓')) => {
            c.len_utf8()
        }
        Some(c) if c.is_ascii_digit() => {
            let digits = inner.bytes().take(3).take_while(u8::is_ascii_digit).count();
            match inner.as_bytes().get(digits) {
                Some(b'.' | b')') => digits + 1,
                _ => return 0,
            }
        }
        _ => return 0,
    };
    let after = &inner[mark..];
    let blank = after.len() - after.trim_start().len();
    // "--", "-5" and "1.5" are no bullets.
    if blank == 0 && !inner.starts_with(['•', '●', '▪', '■']) || after.trim_start().is_empty() {
        return 0;
    }
    before + mark + blank
}

/// The first tab or gap of three or more blanks that parts two cells: from, to.
fn gap(unit: &str) -> Option<(usize, usize)> {
    let bytes = unit.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let found = memchr::memchr2(b' ', b'\t', &bytes[i..])?;
        let from = i + found;
        let to = from + bytes[from..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let wide = to - from >= 3 || bytes[from..to].contains(&b'\t');
        let at_edge = from == 0 || to == bytes.len() || bytes[from - 1] == b'\n';
        if wide && !at_edge {
            return Some((from, to));
        }
        i = to;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let got: Vec<&str> = units(text, None).iter().map(|u| u.span.of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "    The ministers of the two neighbors met in the capital on Tuesday\n\
            and spoke for two hours about the border, the price of grain and\nthe fate of the dam.\n    They will meet again.\n";
        let units = units(text, None);
        assert_eq!(units.len(), 2, "{units:?}");
        assert!(units[0].span.of(text).ends_with("fate of the dam."));
        assert_eq!(units[1].paragraph, 1);
    }

    #[test]
    fn other_lines_stand_alone() {
        check("By Ann Author\nSeoul\n\nBody text here.", &["By Ann Author", "Seoul", "Body text here."]);
        check("• First point\n• Second point", &["First point", "Second point"]);
        check("Exports\t12.5\tmillion", &["Exports", "12.5", "million"]);
        check("1. Open\n2. Close", &["Open", "Close"]);
    }

    #[test]
    fn a_title_is_its_own_unit() {
        let text = "Pact signed\nBody";
        let got = units(text, Some(Span::new(0, 11)));
        assert!(got[0].title && !got[1].title && got[1].paragraph == 1);
    }
}

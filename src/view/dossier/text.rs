//! A dossier → text for the terminal, wrapped to a width. Colors are ANSI sequences; the stream drops them where they
//! cannot be seen. What articles say is shown without control characters.

use super::source::letter;
use super::tables::{Table, tables};
use super::{Article, Dossier, Item, Moment, Section};
use crate::view::words::{Tone, visible};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

const TITLE: Style = Style::new().bold();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const QUOTE: Style = Style::new().dimmed();
const MARK: Style = AnsiColor::Yellow.on_default();
const COOPERATION: Style = AnsiColor::Blue.on_default();
const CONFLICT: Style = AnsiColor::Red.on_default();
/// Columns of the dates.
const DATES: usize = 12;

/// Writes the dossier in lines of at most `width` columns (40 at least; a longer word stands alone).
///
/// # Errors
/// What `out` reports.
pub fn write_text(out: &mut dyn Write, dossier: &Dossier, width: usize) -> io::Result<()> {
    let width = width.max(40);
    let subtitle = dossier.subject.subtitle();
    let subtitle = if subtitle.is_empty() { subtitle } else { format!(" ({subtitle})") };
    writeln!(out, "{TITLE}{}{TITLE:#}{subtitle}", dossier.title)?;
    for line in dossier.summary() {
        block(out, &line, width, 0, Style::new())?;
    }
    for table in tables(dossier) {
        write_table(out, &table, width)?;
    }
    for section in &dossier.sections {
        writeln!(out, "\n{HEADING}{}{HEADING:#}{}", section.title, some(section))?;
        for item in &section.items {
            write_item(out, item, width)?;
        }
    }
    let told = || dossier.timeline.iter().filter(|m| m.told);
    if told().next().is_some() {
        writeln!(out, "\n{HEADING}Timeline{HEADING:#}")?;
        told().try_for_each(|moment| write_moment(out, moment, width))?;
    }
    if !dossier.sources.is_empty() {
        writeln!(out, "\n{HEADING}Sources{HEADING:#}")?;
        dossier.sources.iter().try_for_each(|article| write_article(out, article, width))?;
    }
    Ok(())
}

/// ` (the 25 best attested of 340)`
pub(super) fn some(section: &Section) -> String {
    let shown = section.items.len();
    if shown < section.total { format!(" (the {shown} best attested of {})", section.total) } else { String::new() }
}

fn write_table(out: &mut dyn Write, table: &Table, width: usize) -> io::Result<()> {
    writeln!(out, "\n{HEADING}{}{HEADING:#}", table.title)?;
    let columns = table.head.len();
    let cell = |row: usize, at: usize| -> &str {
        if row == 0 { table.head[at] } else { table.rows[row - 1].get(at).map_or("", String::as_str) }
    };
    let mut widths: Vec<usize> =
        (0..columns).map(|at| (0..=table.rows.len()).map(|row| cell(row, at).width()).max().unwrap_or(0)).collect();
    // Where the row is too long, the widest column of text gives way.
    let total = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * columns;
    while total(&widths) > width {
        let Some(widest) = (0..table.texts).max_by_key(|at| widths[*at]).filter(|at| widths[*at] > 8) else { break };
        widths[widest] -= 1;
    }
    for row in 0..=table.rows.len() {
        let mut line = String::new();
        for (at, width) in widths.iter().enumerate() {
            let text = cut(cell(row, at), *width);
            let room = " ".repeat(width.saturating_sub(text.width()));
            line.push_str("  ");
            line.push_str(&if at < table.texts { format!("{text}{room}") } else { format!("{room}{text}") });
        }
        let style = if row == 0 { QUOTE } else { Style::new() };
        writeln!(out, "{style}{}{style:#}", line.trim_end())?;
    }
    if table.more > 0 {
        writeln!(out, "  … and {} more", table.more)?;
    }
    Ok(())
}

/// The text in so many columns, with an ellipsis where it is longer.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) + 1 > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}

fn write_item(out: &mut dyn Write, item: &Item, width: usize) -> io::Result<()> {
    writeln!(out)?;
    let style = tone(item.tone);
    let mark = marked(&item.marks);
    block(out, &format!("{}{}", item.title, mark), width, 2, style.bold())?;
    let facts = std::iter::once(&item.when).chain(&item.details).cloned().collect::<Vec<_>>();
    let cited: Vec<String> = item.sources.iter().map(super::Source::reference).collect();
    let (facts, cited) = (facts.join(" · "), cited.join(", "));
    block(out, &format!("{facts} · confidence {:.2} · sources {cited}", item.confidence), width, 2, Style::new())?;
    if let Some(implied) = implied(item) {
        block(out, &implied, width, 2, Style::new())?;
    }
    if let Some(source) = item.quoted() {
        let said = source.attributed_to.as_ref().map(|who| format!(" ({})", visible(who))).unwrap_or_default();
        block(out, &format!("“{}”{said}", visible(&source.quote)), width, 6, QUOTE)?;
    }
    Ok(())
}

/// "Told with it: Singapore supported South Korea; …", each phrase once.
pub(super) fn implied(item: &Item) -> Option<String> {
    let mut titles: Vec<&str> = Vec::new();
    for implied in &item.implied {
        if !titles.contains(&implied.title.as_str()) {
            titles.push(&implied.title);
        }
    }
    (!titles.is_empty()).then(|| format!("Told with it: {}.", titles.join("; ")))
}

fn write_moment(out: &mut dyn Write, moment: &Moment, width: usize) -> io::Result<()> {
    let style = tone(moment.tone);
    let text = format!("{}{}", moment.title, marked(&moment.marks));
    for (at, line) in wrapped(&text, width - DATES - 2).iter().enumerate() {
        let date = if at == 0 { moment.date.as_str() } else { "" };
        writeln!(out, "  {date:<DATES$}{style}{line}{style:#}")?;
    }
    Ok(())
}

fn write_article(out: &mut dyn Write, article: &Article, width: usize) -> io::Result<()> {
    let origin = article.origin();
    let origin = if origin.is_empty() { origin } else { format!(", {origin}") };
    writeln!(out)?;
    block(out, &format!("{}. {}{origin}", article.footnote, visible(&article.headline)), width, 2, Style::new())?;
    if let Some(url) = &article.url {
        block(out, &visible(url), width, 5, QUOTE)?;
    }
    for sentence in &article.sentences {
        let said = sentence.attributed_to.as_ref().map(|who| format!(" ({})", visible(who))).unwrap_or_default();
        let text = format!("{} “{}”{said}", letter(sentence.number), visible(&sentence.quote));
        block(out, &text, width, 5, QUOTE)?;
    }
    Ok(())
}

fn tone(tone: Tone) -> Style {
    match tone {
        Tone::Cooperation => COOPERATION,
        Tone::Conflict => CONFLICT,
    }
}

/// ` [planned, background]`
fn marked(marks: &[String]) -> String {
    if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) }
}

/// A paragraph, indented and wrapped; what stands in brackets at its end is a mark.
fn block(out: &mut dyn Write, text: &str, width: usize, indent: usize, style: Style) -> io::Result<()> {
    for line in wrapped(text, width.saturating_sub(indent)) {
        write!(out, "{:indent$}", "")?;
        match line.rfind(" [").filter(|_| line.ends_with(']')) {
            Some(at) => {
                let (before, mark) = line.split_at(at);
                writeln!(out, "{style}{before}{style:#}{MARK}{mark}{MARK:#}")?;
            }
            None => writeln!(out, "{style}{line}{style:#}")?,
        }
    }
    Ok(())
}

/// The text in lines of at most `width` columns, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

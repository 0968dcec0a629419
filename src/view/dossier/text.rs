//! A dossier → text for the terminal, wrapped to a width. Colors are ANSI sequences; the stream drops them where they
//! cannot be seen.

use super::{Dossier, Item, Moment};
use crate::view::words::Tone;
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
    let [a, b] = &dossier.parties;
    writeln!(out, "{TITLE}{}{TITLE:#} ({} · {})", dossier.title(), a.code, b.code)?;
    for line in dossier.summary() {
        block(out, &line, width, 0, Style::new())?;
    }
    for section in &dossier.sections {
        writeln!(out, "\n{HEADING}{}{HEADING:#}", section.title)?;
        for item in &section.items {
            write_item(out, item, width)?;
        }
    }
    if !dossier.timeline.is_empty() {
        writeln!(out, "\n{HEADING}Timeline{HEADING:#}")?;
        for moment in &dossier.timeline {
            write_moment(out, moment, width)?;
        }
    }
    Ok(())
}

fn write_item(out: &mut dyn Write, item: &Item, width: usize) -> io::Result<()> {
    writeln!(out)?;
    let style = tone(item.tone);
    let mark = marked(&item.marks);
    block(out, &format!("{}{}", item.title, mark), width, 2, style.bold())?;
    let facts = std::iter::once(&item.when).chain(&item.details).cloned().collect::<Vec<_>>();
    block(out, &format!("{} · confidence {:.2}", facts.join(" · "), item.confidence), width, 2, Style::new())?;
    for (n, source) in item.sources.iter().enumerate() {
        let said = source.attributed_to.as_ref().map(|who| format!(" ({who})")).unwrap_or_default();
        block(out, &format!("“{}”{said}", source.quote), width, 6, QUOTE)?;
        // The article is told once, after the last of its sentences.
        if item.sources.get(n + 1).is_some_and(|next| next.article == source.article) {
            continue;
        }
        let origin = source.origin();
        let from = if origin.is_empty() { String::new() } else { format!(" · {origin}") };
        let line = format!("— {}{from} · {:.2}", source.headline, source.confidence);
        block(out, &line, width, 6, Style::new())?;
    }
    Ok(())
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

//! A dossier → Markdown.

use super::source::{letter, pieces};
use super::tables::{Table, tables};
use super::text::{implied, some};
use super::{Article, Dossier, Item};
use crate::view::words::visible;
use std::io::{self, Write};

/// Writes the dossier.
///
/// # Errors
/// What `out` reports.
pub fn write_markdown(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    writeln!(out, "# {}\n", escape(&dossier.title))?;
    for line in dossier.summary() {
        writeln!(out, "- {}", escape(&line))?;
    }
    for table in tables(dossier) {
        write_table(out, &table)?;
    }
    for section in &dossier.sections {
        writeln!(out, "\n## {}{}", section.title, some(section))?;
        for item in &section.items {
            write_item(out, item)?;
        }
    }
    if dossier.timeline.iter().any(|m| m.told) {
        writeln!(out, "\n## Timeline\n\n| Date | Event | |\n| --- | --- | --- |")?;
        for moment in dossier.timeline.iter().filter(|m| m.told) {
            writeln!(out, "| {} | {} | {} |", moment.date, escape(&moment.title), escape(&moment.marks.join(", ")))?;
        }
    }
    if !dossier.sources.is_empty() {
        writeln!(out, "\n## Sources")?;
        dossier.sources.iter().try_for_each(|article| write_article(out, article))?;
    }
    Ok(())
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    writeln!(out, "\n## {}\n\n| {} |", table.title, table.head.join(" | "))?;
    let rule = |at: usize| if at < table.texts { "---" } else { "---:" };
    writeln!(out, "| {} |", (0..table.head.len()).map(rule).collect::<Vec<_>>().join(" | "))?;
    for row in &table.rows {
        writeln!(out, "| {} |", row.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "))?;
    }
    if table.more > 0 {
        writeln!(out, "\n… and {} more", table.more)?;
    }
    Ok(())
}

fn write_item(out: &mut dyn Write, item: &Item) -> io::Result<()> {
    let marks: String = item.marks.iter().map(|mark| format!(" `{mark}`")).collect();
    writeln!(out, "\n### {}{marks}\n", escape(&item.title))?;
    let facts = std::iter::once(&item.when).chain(&item.details).map(|f| escape(f)).collect::<Vec<_>>();
    let cited: Vec<String> =
        item.sources.iter().map(|s| format!("[{}](#source-{})", s.reference(), s.footnote)).collect();
    writeln!(out, "{} · confidence {:.2} · sources {}", facts.join(" · "), item.confidence, cited.join(", "))?;
    if let Some(implied) = implied(item) {
        writeln!(out, "\n{}", escape(&implied))?;
    }
    if let Some(source) = item.quoted() {
        let said = source.attributed_to.as_ref().map(|who| format!(" ({})", escape(who))).unwrap_or_default();
        writeln!(out, "\n> {}{said}", sentence(&source.quote, &source.marks))?;
    }
    Ok(())
}

fn write_article(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let headline = escape(&article.headline);
    let linked = article.url.as_deref().filter(|u| is_address(u)).map(|u| format!("[{headline}](<{u}>)"));
    let origin = escape(&article.origin());
    let from = if origin.is_empty() { String::new() } else { format!(", {origin}") };
    let n = article.footnote;
    writeln!(out, "\n<a id=\"source-{n}\"></a>**{n}.** {}{from}\n", linked.unwrap_or(headline))?;
    for said in &article.sentences {
        let by = said.attributed_to.as_ref().map(|who| format!(" ({})", escape(who))).unwrap_or_default();
        writeln!(out, "- {n}{}: {}{by}", letter(said.number), sentence(&said.quote, &said.marks))?;
    }
    Ok(())
}

/// The sentence with what names the parties in bold.
fn sentence(quote: &str, marks: &[[usize; 2]]) -> String {
    let piece = |(text, marked): (String, bool)| {
        let (begin, rest) = text.split_at(text.len() - text.trim_start().len());
        let (middle, end) = rest.split_at(rest.trim_end().len());
        let bold = if marked && !middle.is_empty() { "**" } else { "" };
        let space = |text: &str| if text.is_empty() { "" } else { " " };
        format!("{}{bold}{}{bold}{}", space(begin), escape(middle), space(end))
    };
    pieces(quote, marks).into_iter().map(piece).collect()
}

/// A web address that cannot break out of its link.
pub(super) fn is_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(['<', '>', '"', ' ']) && !url.contains(char::is_control)
}

/// The text in one line, with what Markdown would read as its own escaped.
fn escape(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&');
        if special || (at == 0 && matches!(c, '-' | '+' | '~')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

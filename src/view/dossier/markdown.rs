//! A dossier → Markdown.

use super::{Dossier, Item};
use std::io::{self, Write};

/// Writes the dossier.
///
/// # Errors
/// What `out` reports.
pub fn write_markdown(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    writeln!(out, "# {}\n", escape(&dossier.title()))?;
    for line in dossier.summary() {
        writeln!(out, "- {}", escape(&line))?;
    }
    for section in &dossier.sections {
        writeln!(out, "\n## {}", section.title)?;
        for item in &section.items {
            write_item(out, item)?;
        }
    }
    if !dossier.timeline.is_empty() {
        writeln!(out, "\n## Timeline\n\n| Date | Event | |\n| --- | --- | --- |")?;
        for moment in &dossier.timeline {
            writeln!(out, "| {} | {} | {} |", moment.date, escape(&moment.title), escape(&moment.marks.join(", ")))?;
        }
    }
    Ok(())
}

fn write_item(out: &mut dyn Write, item: &Item) -> io::Result<()> {
    let marks: String = item.marks.iter().map(|mark| format!(" `{mark}`")).collect();
    writeln!(out, "\n### {}{marks}\n", escape(&item.title))?;
    let facts = std::iter::once(&item.when).chain(&item.details).map(|f| escape(f)).collect::<Vec<_>>();
    writeln!(out, "{} · confidence {:.2}", facts.join(" · "), item.confidence)?;
    for (n, source) in item.sources.iter().enumerate() {
        let said = source.attributed_to.as_ref().map(|who| format!(" ({})", escape(who))).unwrap_or_default();
        writeln!(
            out,
            "{}> {}{said}\n>",
            if n == 0 || item.sources[n - 1].article != source.article { "\n" } else { "" },
            escape(&source.quote)
        )?;
        // The article is told once, after the last of its sentences.
        if item.sources.get(n + 1).is_some_and(|next| next.article == source.article) {
            continue;
        }
        let headline = escape(&source.headline);
        let linked = source.url.as_deref().filter(|u| is_address(u)).map(|u| format!("[{headline}](<{u}>)"));
        let origin = escape(&source.origin());
        let from = if origin.is_empty() { String::new() } else { format!(", {origin}") };
        writeln!(out, "> — {}{from} ({:.2})", linked.unwrap_or(headline), source.confidence)?;
    }
    Ok(())
}

/// A web address that cannot break out of its link.
pub(super) fn is_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(['<', '>', '"', ' ']) && !url.contains(char::is_control)
}

/// The text with what Markdown would read as its own escaped.
fn escape(text: &str) -> String {
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

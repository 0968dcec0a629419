//! A dossier → one self-contained page: no script, nothing loaded from elsewhere; light and dark, on paper and on a phone.

use super::markdown::is_address;
use super::{Dossier, Item, Section};
use crate::view::export::escape;
use crate::view::words::Tone;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write_html(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    let title = escape(&dossier.title());
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
    )?;
    let [a, b] = &dossier.parties;
    writeln!(out, "<header>\n<p class=\"codes\">{} · {}</p>\n<h1>{title}</h1>", escape(&a.code), escape(&b.code))?;
    write_numbers(out, dossier)?;
    for line in dossier.summary() {
        writeln!(out, "<p>{}</p>", escape(&line))?;
    }
    writeln!(out, "</header>")?;
    write_navigation(out, dossier)?;
    writeln!(out, "<main>")?;
    for section in &dossier.sections {
        writeln!(out, "<section id=\"{}\">\n<h2>{}</h2>", anchor(section), section.title)?;
        for item in &section.items {
            write_item(out, item)?;
        }
        writeln!(out, "</section>")?;
    }
    write_timeline(out, dossier)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn anchor(section: &Section) -> String {
    section.title.to_lowercase().replace(' ', "-")
}

fn write_numbers(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    let counts = &dossier.counts;
    let numbers = [
        (counts.agreements, ["agreement", "agreements"], ""),
        (counts.encounters, ["encounter", "encounters"], ""),
        (counts.cooperation, ["act of cooperation", "acts of cooperation"], " cooperation"),
        (counts.conflict, ["act of conflict", "acts of conflict"], " conflict"),
        (counts.articles, ["article", "articles"], ""),
    ];
    writeln!(out, "<dl class=\"numbers\">")?;
    for (count, [one, several], class) in numbers.into_iter().filter(|(count, ..)| *count > 0) {
        let what = if count == 1 { one } else { several };
        writeln!(out, "<div class=\"number{class}\"><dt>{what}</dt><dd>{count}</dd></div>")?;
    }
    writeln!(out, "</dl>")
}

fn write_navigation(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    writeln!(out, "<nav>")?;
    for section in &dossier.sections {
        writeln!(out, "<a href=\"#{}\">{} <span>{}</span></a>", anchor(section), section.title, section.items.len())?;
    }
    if !dossier.timeline.is_empty() {
        writeln!(out, "<a href=\"#timeline\">Timeline</a>")?;
    }
    writeln!(out, "</nav>")
}

/// The fragment that leads to an event: the last part of its IRI.
fn fragment(event: &str) -> String {
    let last = event.rsplit('/').next().unwrap_or_default();
    format!("event-{}", escape(last))
}

fn marks(marks: &[String]) -> String {
    marks.iter().map(|m| format!(" <span class=\"mark {0}\">{0}</span>", escape(m))).collect()
}

fn tone(tone: Tone) -> &'static str {
    tone.as_str()
}

fn write_item(out: &mut dyn Write, item: &Item) -> io::Result<()> {
    writeln!(out, "<article class=\"{}\" id=\"{}\">", tone(item.tone), fragment(&item.event))?;
    writeln!(out, "<h3>{}{}</h3>", escape(&item.title), marks(&item.marks))?;
    write!(out, "<p class=\"facts\"><span>{}</span>", escape(&item.when))?;
    for detail in &item.details {
        write!(out, "<span>{}</span>", escape(detail))?;
    }
    let percent = (item.confidence * 100.0).round();
    writeln!(
        out,
        "<span class=\"confidence\" title=\"probability by all articles together\">{percent} % sure</span></p>"
    )?;
    for source in &item.sources {
        writeln!(out, "<figure>\n<blockquote>{}</blockquote>", escape(&source.quote))?;
        let headline = escape(&source.headline);
        let url = source.url.as_deref().filter(|u| is_address(u));
        let linked = url.map(|u| format!("<a href=\"{}\" rel=\"noreferrer\">{headline}</a>", escape(u)));
        let origin = escape(&source.origin());
        let from = if origin.is_empty() { String::new() } else { format!(", {origin}") };
        let said = source.attributed_to.as_ref().map(|who| format!("; said by {}", escape(who))).unwrap_or_default();
        let sure = format!("{} %", (source.confidence * 100.0).round());
        let rule = escape(&source.rule);
        writeln!(
            out,
            "<figcaption>{}{from}{said} <span class=\"rule\" title=\"rule: {rule}\">{sure}</span></figcaption>\n</figure>",
            linked.unwrap_or(headline)
        )?;
    }
    writeln!(out, "</article>")
}

fn write_timeline(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    if dossier.timeline.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"timeline\">\n<h2>Timeline</h2>\n<ol class=\"timeline\">")?;
    for moment in &dossier.timeline {
        let (date, title) = (escape(&moment.date), escape(&moment.title));
        writeln!(
            out,
            "<li class=\"{}\"><time datetime=\"{date}\">{date}</time><a href=\"#{}\">{title}</a>{}</li>",
            tone(moment.tone),
            fragment(&moment.event),
            marks(&moment.marks)
        )?;
    }
    writeln!(out, "</ol>\n</section>")
}

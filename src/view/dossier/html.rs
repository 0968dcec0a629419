//! A dossier → one self-contained page: no script, nothing loaded from elsewhere; light and dark, on A4 and on a phone.
//! What articles say is escaped, isolated (`<bdi>`), and shown without marks that turn the direction of text.

use super::markdown::is_address;
use super::source::{letter, pieces};
use super::tables::{self, Table};
use super::text::{implied, some};
use super::{Article, Dossier, Item, plots};
use crate::view::export::escape;
use crate::view::words::visible;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write_html(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    let title = escape(&visible(&dossier.title));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>"
    )?;
    let subtitle = escape(&dossier.subject.subtitle());
    writeln!(out, "<header>\n<p class=\"codes\">Dossier · {subtitle}</p>\n<h1><bdi>{title}</bdi></h1>")?;
    write_numbers(out, dossier)?;
    for line in dossier.summary() {
        writeln!(out, "<p>{}</p>", escape(&visible(&line)))?;
    }
    writeln!(out, "</header>")?;
    let figures = figures(dossier);
    write_navigation(out, dossier, &figures)?;
    writeln!(out, "<main>")?;
    for figure in &figures {
        write_figure(out, figure)?;
    }
    for section in &dossier.sections {
        let slug = anchor(section.title);
        writeln!(out, "<section id=\"{slug}\">\n<h2>{}<small>{}</small></h2>", section.title, some(section))?;
        section.items.iter().try_for_each(|item| write_item(out, item))?;
        writeln!(out, "</section>")?;
    }
    write_chronicle(out, dossier)?;
    write_sources(out, dossier)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

/// A part of the page above the entries: a plot, a table, or both.
struct Figure {
    title: &'static str,
    slug: &'static str,
    plot: Option<String>,
    keys: &'static [(&'static str, &'static str)],
    table: Option<Table>,
}

const TONES: [(&str, &str); 4] = [
    ("vc", "verbal cooperation"),
    ("mc", "material cooperation"),
    ("vf", "verbal conflict"),
    ("mf", "material conflict"),
];
const STANDINGS: [(&str, &str); 3] = [("mc", "reached"), ("planned", "planned or negotiated"), ("ended", "ended")];
const DOTS: [(&str, &str); 4] = [
    ("dot cooperation", "came about"),
    ("dot open cooperation", "planned"),
    ("dot conflict", "conflict"),
    ("cross", "× called off or ended"),
];

fn figures(dossier: &Dossier) -> Vec<Figure> {
    let new =
        |table: Table, plot, keys| Figure { title: table.title, slug: table.slug, plot, keys, table: Some(table) };
    let time =
        Figure { title: "At a glance", slug: "glance", plot: plots::timeline(dossier), keys: &DOTS, table: None };
    let plain = |figure: Figure| Figure { table: figure.table.filter(|_| figure.plot.is_none()), ..figure };
    let all = [
        time,
        new(tables::statuses(dossier), None, &[]),
        plain(new(tables::sectors(dossier), plots::sectors(dossier), &STANDINGS)),
        new(tables::partners(dossier), plots::partners(dossier), &TONES),
        new(tables::people(dossier), None, &[]),
        plain(new(tables::tone(dossier), plots::tone(dossier), &TONES)),
    ];
    all.into_iter().filter(|f| f.plot.is_some() || f.table.as_ref().is_some_and(|t| !t.rows.is_empty())).collect()
}

fn write_figure(out: &mut dyn Write, figure: &Figure) -> io::Result<()> {
    writeln!(out, "<section class=\"figure\" id=\"{}\">\n<h2>{}</h2>", figure.slug, figure.title)?;
    if let Some(plot) = &figure.plot {
        out.write_all(plot.as_bytes())?;
        writeln!(out, "<p class=\"keys\">")?;
        for (class, what) in figure.keys {
            writeln!(out, "<span><i class=\"{class}\"></i>{what}</span>")?;
        }
        writeln!(out, "</p>")?;
    }
    if let Some(table) = figure.table.as_ref().filter(|t| !t.rows.is_empty()) {
        write_table(out, table)?;
    }
    writeln!(out, "</section>")
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let class = |at: usize| if at < table.texts { "" } else { " class=\"number\"" };
    writeln!(out, "<table>\n<thead><tr>")?;
    for (at, head) in table.head.iter().enumerate() {
        write!(out, "<th{}>{head}</th>", class(at))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(out, "<tr>")?;
        for (at, cell) in row.iter().enumerate() {
            write!(out, "<td{}><bdi>{}</bdi></td>", class(at), escape(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")?;
    if table.more > 0 { writeln!(out, "<p class=\"facts\">… and {} more</p>", table.more) } else { Ok(()) }
}

fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

fn write_numbers(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    let counts = &dossier.counts;
    let numbers = [
        (counts.agreements, ["agreement", "agreements"], ""),
        (counts.encounters, ["encounter", "encounters"], ""),
        (counts.cooperation, ["act of cooperation", "acts of cooperation"], " cooperation"),
        (counts.conflict, ["act of conflict", "acts of conflict"], " conflict"),
        (counts.planned, ["planned", "planned"], ""),
        (counts.articles, ["article", "articles"], ""),
    ];
    writeln!(out, "<dl class=\"numbers\">")?;
    for (count, [one, several], class) in numbers.into_iter().filter(|(count, ..)| *count > 0) {
        let what = if count == 1 { one } else { several };
        let count = crate::view::words::grouped(count);
        writeln!(out, "<div class=\"figure-box{class}\"><dt>{what}</dt><dd>{count}</dd></div>")?;
    }
    writeln!(out, "</dl>")
}

fn write_navigation(out: &mut dyn Write, dossier: &Dossier, figures: &[Figure]) -> io::Result<()> {
    writeln!(out, "<nav aria-label=\"Contents\">")?;
    for figure in figures {
        writeln!(out, "<a href=\"#{}\">{}</a>", figure.slug, figure.title)?;
    }
    for section in &dossier.sections {
        writeln!(out, "<a href=\"#{}\">{} <span>{}</span></a>", anchor(section.title), section.title, section.total)?;
    }
    for (slug, title, any) in
        [("timeline", "Timeline", !dossier.timeline.is_empty()), ("sources", "Sources", !dossier.sources.is_empty())]
    {
        if any {
            writeln!(out, "<a href=\"#{slug}\">{title}</a>")?;
        }
    }
    writeln!(out, "</nav>")
}

/// The fragment that leads to an event: the last part of its IRI.
pub(super) fn fragment(event: &str) -> String {
    let last = event.rsplit('/').next().unwrap_or_default();
    format!("event-{}", escape(last))
}

fn marks(marks: &[String]) -> String {
    marks.iter().map(|m| format!(" <span class=\"mark {0}\">{0}</span>", escape(m))).collect()
}

fn write_item(out: &mut dyn Write, item: &Item) -> io::Result<()> {
    writeln!(out, "<article class=\"{}\" id=\"{}\">", item.tone.as_str(), fragment(&item.event))?;
    writeln!(out, "<h3><bdi>{}</bdi>{}</h3>", escape(&item.title), marks(&item.marks))?;
    write!(out, "<p class=\"facts\"><span>{}</span>", escape(&item.when))?;
    for detail in &item.details {
        write!(out, "<span><bdi>{}</bdi></span>", escape(&visible(detail)))?;
    }
    let percent = (item.confidence * 100.0).round();
    write!(out, "<span title=\"probability by all articles together\">{percent} % sure</span>")?;
    let cite = |s: &super::Source| format!("<a href=\"#source-{0}\">{0}</a>", s.reference());
    let cited: Vec<String> = item.sources.iter().map(cite).collect();
    writeln!(out, "<sup class=\"cites\">{}</sup></p>", cited.join(" "))?;
    if let Some(implied) = implied(item) {
        writeln!(out, "<p class=\"facts\"><bdi>{}</bdi></p>", escape(&implied))?;
    }
    if let Some(source) = item.quoted() {
        let said =
            source.attributed_to.as_ref().map(|who| format!(" <cite>(<bdi>{}</bdi>)</cite>", escape(&visible(who))));
        let quote = sentence(&source.quote, &source.marks);
        writeln!(out, "<blockquote>{quote}{}</blockquote>", said.unwrap_or_default())?;
    }
    writeln!(out, "</article>")
}

/// The sentence with what names the parties marked.
fn sentence(quote: &str, marks: &[[usize; 2]]) -> String {
    let shown = |text: &str| {
        let (before, after) = (text.starts_with(' '), text.ends_with(' ') && text.trim() != "");
        let space = |yes: bool| if yes { " " } else { "" };
        format!("{}{}{}", space(before), escape(&visible(text)), space(after))
    };
    let piece = |(text, marked): (String, bool)| {
        let text = shown(&text);
        if marked { format!("<b>{text}</b>") } else { text }
    };
    format!("<bdi>“{}”</bdi>", pieces(quote, marks).into_iter().map(piece).collect::<String>())
}

fn write_chronicle(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    let told = || dossier.timeline.iter().filter(|m| m.told);
    if told().next().is_none() {
        return Ok(());
    }
    writeln!(out, "<section id=\"timeline\">\n<h2>Timeline</h2>\n<ol class=\"timeline\">")?;
    for moment in told() {
        let (date, title) = (escape(&moment.date), escape(&moment.title));
        writeln!(
            out,
            "<li class=\"{}\"><time datetime=\"{date}\">{date}</time><a href=\"#{}\"><bdi>{title}</bdi></a>{}</li>",
            moment.tone.as_str(),
            fragment(&moment.event),
            marks(&moment.marks)
        )?;
    }
    writeln!(out, "</ol>\n</section>")
}

fn write_sources(out: &mut dyn Write, dossier: &Dossier) -> io::Result<()> {
    if dossier.sources.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"sources\">\n<h2>Sources</h2>\n<ol class=\"sources\">")?;
    dossier.sources.iter().try_for_each(|article| write_source(out, article))?;
    writeln!(out, "</ol>\n</section>")
}

fn write_source(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let headline = format!("<bdi>{}</bdi>", escape(&visible(&article.headline)));
    let url = article.url.as_deref().filter(|u| is_address(u));
    let linked = url.map(|u| format!("<a href=\"{}\" rel=\"noreferrer\">{headline}</a>", escape(u)));
    let origin = escape(&article.origin());
    let from = if origin.is_empty() { String::new() } else { format!(", <bdi>{origin}</bdi>") };
    let n = article.footnote;
    writeln!(out, "<li id=\"source-{n}\" value=\"{n}\"><p>{}{from}</p>", linked.unwrap_or(headline))?;
    for said in &article.sentences {
        let by = said.attributed_to.as_ref().map(|who| format!(" <cite>(<bdi>{}</bdi>)</cite>", escape(&visible(who))));
        let (letter, quote) = (letter(said.number), sentence(&said.quote, &said.marks));
        let by = by.unwrap_or_default();
        writeln!(out, "<p class=\"said\" id=\"source-{n}{letter}\"><span>{letter}</span> {quote}{by}</p>")?;
    }
    writeln!(out, "</li>")
}

//! A sample of facts → one self-contained page to judge them by: each fact beside its sentence and what stands around it, with
//! boxes for a verdict, on paper too.
//!
//! The page needs no script to be read. A short one of its own saves the verdicts as the same sheet that the program writes.

use crate::evaluate::audit::verdicts::Row;
use crate::evaluate::audit::{Context, Sample};
use crate::view::export::escape;
use crate::view::words::{grouped, number_of};
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("save.js");

/// What the page shows.
#[derive(Debug)]
pub struct Worksheet<'a> {
    /// The sample, for its strata and seed.
    pub sample: &'a Sample,
    /// The rows of the sheet, in the order of the sample.
    pub rows: &'a [Row],
    /// The sentence of each and what stands around it.
    pub contexts: &'a [Context],
    /// The whole text of each article, where it is known.
    pub texts: Vec<Option<&'a str>>,
    /// The sheet itself, tab-separated, for the script to fill in.
    pub sheet: &'a str,
    /// Name under which the script saves it.
    pub file: String,
}

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write_html(out: &mut dyn Write, page: &Worksheet<'_>) -> io::Result<()> {
    let kind = page.sample.kind.as_str();
    let facts = number_of(page.rows.len(), "fact");
    let title = escape(&format!("Facts to judge: {kind}"));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{facts}, drawn with the \
         seed {}. Does the text say so? A fact is <b>right</b> when its parties, its type and its status hold by the guidelines; \
         what careful readers may dispute is <b>unsure</b>, and counts as not right.</p>",
        page.sample.seed
    )?;
    write_strata(out, page.sample)?;
    writeln!(out, "</header>\n<main>")?;
    for (i, row) in page.rows.iter().enumerate() {
        write_fact(out, i, row, &page.contexts[i], page.texts[i])?;
    }
    writeln!(
        out,
        "</main>\n<footer hidden><output></output> <button>Save the verdicts</button></footer>\n<textarea hidden \
         data-file=\"{}\">{}</textarea>\n<script>\n{SCRIPT}</script>\n</body>\n</html>",
        escape(&page.file),
        page.sheet
            .split('\n')
            .map(|line| line.split('\t').map(escape).collect::<Vec<_>>().join("\t"))
            .collect::<Vec<_>>()
            .join("\n")
    )
}

fn write_strata(out: &mut dyn Write, sample: &Sample) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<thead><tr><th>outlet</th><th>drawn</th><th>facts of this kind</th><th>articles with one</th></tr></thead>\n<tbody>"
    )?;
    for (outlet, s) in &sample.strata {
        let (outlet, facts, articles) = (escape(outlet), grouped(s.facts), grouped(s.articles));
        writeln!(out, "<tr><th>{outlet}</th><td>{}</td><td>{facts}</td><td>{articles}</td></tr>", s.drawn)?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn write_fact(out: &mut dyn Write, i: usize, row: &Row, context: &Context, text: Option<&str>) -> io::Result<()> {
    let (n, mut parts) = (i + 1, row.fact.split(" · ").map(escape));
    let first = parts.next().unwrap_or_default();
    let rest: Vec<String> = parts.collect();
    writeln!(out, "<section id=\"fact-{n}\">\n<h2><span>{n}</span> {first} <small>{}</small></h2>", rest.join(" · "))?;
    let origin: Vec<String> = [&row.title, &row.outlet, &row.published, &row.article]
        .into_iter()
        .filter(|t| !t.is_empty())
        .map(|t| escape(t))
        .collect();
    writeln!(out, "<p class=\"origin\">{}</p>\n<blockquote>", origin.join(" · "))?;
    // The paragraphs around and the sentence within its own.
    let marked = format!("{}\u{1}{}\u{2}{}", plain(&context.before), plain(&context.sentence), plain(&context.after));
    let html = escape_keeping_marks(&marked);
    for paragraph in html.lines().filter(|l| !l.trim().is_empty()) {
        writeln!(out, "<p>{paragraph}</p>")?;
    }
    writeln!(out, "</blockquote>")?;
    if let Some(text) = text {
        let whole: String =
            text.lines().filter(|l| !l.trim().is_empty()).map(|l| format!("<p>{}</p>\n", escape(l))).collect();
        writeln!(out, "<details><summary>whole article</summary>\n{whole}</details>")?;
    }
    write!(out, "<p class=\"verdict\">")?;
    for verdict in ["right", "wrong", "unsure"] {
        let checked = if row.verdict == verdict { " checked" } else { "" };
        write!(out, "<label><input type=\"radio\" name=\"v{n}\" value=\"{verdict}\"{checked}> {verdict}</label>")?;
    }
    writeln!(
        out,
        "<input type=\"text\" name=\"note{n}\" aria-label=\"note\" placeholder=\"note\" value=\"{}\"> \
         <small>confidence {} · rule {}</small></p>\n</section>",
        escape(&row.note),
        escape(&row.confidence),
        escape(&row.rule)
    )
}

/// A text without the two characters that stand for the mark's borders.
fn plain(text: &str) -> String {
    text.replace(['\u{1}', '\u{2}'], "")
}

/// Escapes line by line; the sentence between the borders becomes a mark, also where it runs over lines.
fn escape_keeping_marks(text: &str) -> String {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut html = if inside { "<mark>".to_owned() } else { String::new() };
        for piece in line.split_inclusive(['\u{1}', '\u{2}']) {
            html.push_str(&escape(piece));
            match piece.chars().last() {
                Some('\u{1}') => (inside, html) = (true, html + "<mark>"),
                Some('\u{2}') => (inside, html) = (false, html + "</mark>"),
                _ => {}
            }
        }
        lines.push(if inside { html + "</mark>" } else { html });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::audit::{Kind, Stratum};
    use std::collections::BTreeMap;

    #[test]
    fn a_sentence_is_marked_on_each_of_its_lines() {
        assert_eq!(
            escape_keeping_marks("a <b>\nc \u{1}d\ne & f\u{2} g"),
            "a &lt;b&gt;\nc <mark>d</mark>\n<mark>e &amp; f</mark> g"
        );
    }

    #[test]
    fn the_page_shows_the_fact_in_its_context_and_holds_the_sheet() {
        let row = Row {
            n: "1".to_owned(),
            verdict: "wrong".to_owned(),
            note: "who \"signed\"?".to_owned(),
            kind: "signed".to_owned(),
            fact: "KEN–OMN · mou, signed · “<fish>”".to_owned(),
            outlet: "The Daily".to_owned(),
            article: "a".to_owned(),
            ..Row::default()
        };
        let context =
            Context { before: "Before.\n\n".into(), sentence: "They <signed>.".into(), after: " After.".into() };
        let stratum = Stratum { articles: 1000, facts: 1200, drawn: 1 };
        let strata = BTreeMap::from([("The Daily".to_owned(), stratum)]);
        let sample = Sample { kind: Kind::Signed, seed: 7, items: vec![], strata };
        let page = Worksheet {
            sample: &sample,
            rows: &[row],
            contexts: &[context],
            texts: vec![Some("Before.\n\nThey <signed>. After.")],
            sheet: "n\tverdict\n1\t</textarea>",
            file: "signed.tsv".to_owned(),
        };
        let mut out = Vec::new();
        write_html(&mut out, &page).unwrap();
        let html = String::from_utf8(out).unwrap();
        assert!(html.contains("<p>Before.</p>\n<p><mark>They &lt;signed&gt;.</mark> After.</p>"), "{html}");
        assert!(html.contains("<span>1</span> KEN–OMN <small>mou, signed · “&lt;fish&gt;”</small>"), "{html}");
        assert!(html.contains("value=\"wrong\" checked") && html.contains("value=\"who &quot;signed&quot;?\""));
        assert!(html.contains("<th>The Daily</th><td>1</td><td>1,200</td><td>1,000</td>"));
        assert!(html.contains("n\tverdict\n1\t&lt;/textarea&gt;</textarea>"));
        assert!(!html.contains("http") && html.matches("<script").count() == 1);
    }
}

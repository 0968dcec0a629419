//! The page itself: scores, calibration, outlets, then article by article.

use super::card::{Card, Chip, cards, chips};
#[cfg(test)]
use super::filter::Filter;
use super::filter::{bars, classes, filters, outlet_id, style};
use super::reading::Reading;
use super::{Judged, Outcome, Scorecard};
use crate::evaluate::score::VIEWS;
use crate::evaluate::{Calibration, Comparison, Report, Tally};
use crate::view::export::escape;
use crate::view::words::{capitalized, number_of};
use std::collections::BTreeSet;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// One article, ready to write.
struct Shown<'a> {
    article: Judged<'a>,
    cards: Vec<Card>,
    chips: Vec<Chip>,
    /// Classes by which filters find it.
    tokens: BTreeSet<String>,
    headline: Tally,
}

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write_html(out: &mut dyn Write, page: &Scorecard<'_>) -> io::Result<()> {
    let shown: Vec<Shown<'_>> = page.articles.iter().map(|article| show(*article, page)).collect();
    let filters = filters(page.outlets.keys());
    let title = escape(&format!("Facts against gold: {}", page.name));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>",
        style(&filters)
    )?;
    writeln!(out, "<header>\n<h1>{title}</h1>")?;
    numbers(out, page.report)?;
    views(out, page.report)?;
    calibration(out, &page.report.calibration)?;
    outlets(out, page)?;
    contents(out, &shown)?;
    writeln!(out, "</header>")?;
    legend(out)?;
    out.write_all(bars(&filters, |id| count(&shown, id)).as_bytes())?;
    writeln!(out, "<main>")?;
    for (n, article) in shown.iter().enumerate() {
        write_article(out, n, article)?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn count(shown: &[Shown<'_>], id: &str) -> usize {
    shown.iter().filter(|s| s.tokens.contains(id)).count()
}

fn show<'a>(article: Judged<'a>, page: &Scorecard<'a>) -> Shown<'a> {
    let comparison = Comparison::new(article.gold, article.told);
    let (cards, chips) = (cards(&article, &comparison), chips(&article, &comparison));
    let mut tokens: BTreeSet<String> = cards.iter().flat_map(Card::tokens).collect();
    tokens.extend(chips.iter().flat_map(|c| super::card::tokens(c.outcome, c.view)));
    tokens.extend(page.outlets.keys().position(|name| name == article.outlet).map(outlet_id));
    let mut report = Report::default();
    report.add_compared(article.gold, article.told, &comparison);
    Shown { article, cards, chips, tokens, headline: report.headline() }
}

fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

fn numbers(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let t = report.headline();
    writeln!(out, "<dl class=\"numbers\">")?;
    for (what, value) in [
        ("F1, all views but countries", format!("{:.2}", t.f1())),
        ("of what is told is right", percent(t.precision())),
        ("of what gold has is told", percent(t.recall())),
        (if report.articles == 1 { "article" } else { "articles" }, report.articles.to_string()),
    ] {
        writeln!(out, "<div><dt>{what}</dt><dd>{value}</dd></div>")?;
    }
    writeln!(out, "</dl>")
}

/// A number with a bar of its size behind it; a dash where there was nothing to score.
fn score_cell(value: f64, some: bool) -> String {
    if some {
        format!("<td class=\"score\" style=\"--v:{value:.2}\">{value:.2}</td>")
    } else {
        "<td class=\"score none\">–</td>".to_owned()
    }
}

fn scores(t: Tally) -> String {
    let (told, gold) = (t.tp + t.fp > 0, t.tp + t.missed > 0);
    score_cell(t.precision(), told) + &score_cell(t.recall(), gold) + &score_cell(t.f1(), told || gold)
}

/// A count that leads to what it counts.
fn counted(n: usize, outcome: Outcome, view: Option<&str>) -> String {
    let id = view.map_or_else(|| outcome.as_str().to_owned(), |view| format!("{}-{view}", outcome.as_str()));
    match n {
        0 => "<td>0</td>".to_owned(),
        n => format!("<td><a class=\"{}\" href=\"#{id}\">{n}</a></td>", outcome.as_str()),
    }
}

fn views(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(
        out,
        "<section>\n<h2>By view</h2>\n<p class=\"hint\">A number under ✓, ✗ or ○ is a link: it narrows this page to those \
         facts. The headline is the micro-average over all views but the countries.</p>\n<div class=\"wide\"><table>\n\
         <thead><tr><th>view</th><th>precision</th><th>recall</th><th>F1</th><th>✓ found</th><th>✗ extra</th>\
         <th>○ missed</th></tr></thead>\n<tbody>"
    )?;
    for view in VIEWS {
        write_view(out, &format!("<a href=\"#{view}\">{view}</a>"), report.view(view), Some(view), "")?;
    }
    write_view(out, "headline", report.headline(), None, " class=\"total\"")?;
    let (right, n) = report.status;
    writeln!(out, "</tbody>\n</table></div>")?;
    if n > 0 {
        writeln!(out, "<p>Of {n} agreements found, {right} have the right status (done, open or broken).</p>")?;
    }
    writeln!(out, "</section>")
}

fn write_view(out: &mut dyn Write, name: &str, t: Tally, view: Option<&str>, class: &str) -> io::Result<()> {
    let counts = [(t.tp, Outcome::Found), (t.fp, Outcome::Extra), (t.missed, Outcome::Missed)];
    let counts: String = counts.into_iter().map(|(n, outcome)| counted(n, outcome, view)).collect();
    writeln!(out, "<tr{class}><th>{name}</th>{}{counts}</tr>", scores(t))
}

fn calibration(out: &mut dyn Write, tenths: &Calibration) -> io::Result<()> {
    if tenths.iter().all(|t| t.1 == 0) {
        return Ok(());
    }
    writeln!(
        out,
        "<section>\n<h2>Does confidence mean what it says?</h2>\n<p class=\"hint\">Agreements, encounters and acts by the \
         confidence they were told with, and how many gold has. The stroke stands where the bar should end.</p>\n\
         <div class=\"wide\"><table class=\"calibration\">\n<thead><tr><th>confidence</th><th>told</th><th>right</th>\
         <th>share that is right</th></tr></thead>\n<tbody>"
    )?;
    for (tenth, (right, n)) in tenths.iter().enumerate().rev().filter(|(_, t)| t.1 > 0) {
        #[expect(clippy::cast_precision_loss, reason = "counts of facts are small")]
        let share = *right as f64 / *n as f64;
        let upper = if tenth == 9 { "1.0".to_owned() } else { format!("0.{}", tenth + 1) };
        writeln!(
            out,
            "<tr><th>0.{tenth}–{upper}</th><td>{n}</td><td>{right}</td><td class=\"gauge\"><span class=\"bar-track\" \
             style=\"--v:{share:.2};--at:{}%\"></span>{}</td></tr>",
            tenth * 10 + 5,
            percent(share)
        )?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</section>")
}

fn outlets(out: &mut dyn Write, page: &Scorecard<'_>) -> io::Result<()> {
    writeln!(
        out,
        "<section>\n<h2>By outlet</h2>\n<p class=\"hint\">F1 by view; precision, recall and F1 of the headline. A name \
         narrows the page to the outlet.</p>\n<div class=\"wide\"><table>\n<thead><tr><th>outlet</th><th>articles</th>"
    )?;
    for view in &VIEWS[1..] {
        write!(out, "<th>{view}</th>")?;
    }
    writeln!(out, "<th>precision</th><th>recall</th><th>F1</th></tr></thead>\n<tbody>")?;
    for (i, (name, report)) in page.outlets.iter().enumerate() {
        let (id, name, n) = (outlet_id(i), escape(name), report.articles);
        write!(out, "<tr><th><a href=\"#{id}\">{name}</a></th><td>{n}</td>")?;
        for view in &VIEWS[1..] {
            let t = report.view(view);
            write!(out, "{}", score_cell(t.f1(), t.tp + t.fp + t.missed > 0))?;
        }
        writeln!(out, "{}</tr>", scores(report.headline()))?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</section>")
}

fn contents(out: &mut dyn Write, shown: &[Shown<'_>]) -> io::Result<()> {
    writeln!(out, "<details class=\"contents\">\n<summary>{}</summary>\n<ol>", number_of(shown.len(), "article"))?;
    for (n, article) in shown.iter().enumerate() {
        let t = article.headline;
        writeln!(
            out,
            "<li><a href=\"#article-{}\">{}</a> <span>{}</span></li>",
            n + 1,
            escape(heading(&article.article)),
            counts(t)
        )?;
    }
    writeln!(out, "</ol>\n</details>")
}

/// `✓ 3 ✗ 1 ○ 2`.
fn counts(t: Tally) -> String {
    [(t.tp, Outcome::Found), (t.fp, Outcome::Extra), (t.missed, Outcome::Missed)]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, outcome)| format!("<span class=\"{}\">{} {n}</span>", outcome.as_str(), outcome.sign()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn heading<'a>(article: &Judged<'a>) -> &'a str {
    [&article.told.article.title, &article.gold.article.title, &article.gold.article.id]
        .into_iter()
        .find(|t| !t.is_empty())
        .map_or("(no headline)", |t| t)
}

fn legend(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<nav id=\"articles\">\n<h2>Article by article</h2>\n<p>")?;
    for (outcome, means) in [
        (Outcome::Found, "told, and in gold"),
        (Outcome::Extra, "told, not in gold"),
        (Outcome::Missed, "in gold, not told"),
    ] {
        let class = outcome.as_str();
        writeln!(
            out,
            "<a class=\"chip {class}\" href=\"#{class}\" title=\"{means}\">{} {class} <small>{means}</small></a>",
            outcome.sign()
        )?;
    }
    writeln!(out, "<a class=\"chip\" href=\"#articles\">everything</a></p>\n<p>")?;
    for view in &VIEWS[1..] {
        writeln!(out, "<a class=\"chip\" href=\"#{view}\">{view}</a>")?;
    }
    writeln!(
        out,
        "</p>\n<p class=\"hint\">Marked sentences bear the numbers of the facts they tell, names in them are bold; yellow tells facts \
         both found and extra. Gold often has no sentence for its facts: what is missed stands beside the paragraph that names most of it, else above the \
         text.</p>\n</nav>"
    )
}

fn write_article(out: &mut dyn Write, n: usize, shown: &Shown<'_>) -> io::Result<()> {
    let Shown { article, cards, chips, tokens, headline } = shown;
    writeln!(out, "<article id=\"article-{}\" class=\"by whole {}\">", n + 1, classes(tokens))?;
    let published = article.told.article.published.as_ref().or(article.gold.article.published.as_ref());
    let origin = [Some(article.outlet), published.map(String::as_str), Some(&*article.gold.article.id)];
    let origin: Vec<String> = origin.into_iter().flatten().map(escape).collect();
    writeln!(
        out,
        "<p class=\"origin\">{} <span class=\"counts\">{}</span></p>",
        origin.join(" · "),
        counts(*headline)
    )?;
    let title = heading(article);
    let reading = article.text.map(|text| Reading::new(text, cards, article.told));
    let card = |i: usize| {
        let guess = reading.as_ref().is_some_and(|r| r.is_guess(i));
        card_html(i + 1, &cards[i], guess, article.text.is_none())
    };
    match &reading {
        Some(reading) => writeln!(out, "<div class=\"reading\">\n{}</div>", reading.html(title, card))?,
        None => {
            let all: String = (0..cards.len()).map(card).collect();
            writeln!(out, "<h3>{}</h3>\n<div class=\"textless\">\n{all}</div>", escape(title))?;
        }
    }
    write_chips(out, chips)?;
    writeln!(out, "</article>")
}

fn write_chips(out: &mut dyn Write, chips: &[Chip]) -> io::Result<()> {
    writeln!(out, "<dl class=\"named\">")?;
    for view in ["leaders", "sectors", "countries"] {
        let of_view: Vec<&Chip> = chips.iter().filter(|c| c.view == view).collect();
        if of_view.is_empty() {
            continue;
        }
        writeln!(out, "<dt>{view}</dt><dd>")?;
        for chip in of_view {
            let note =
                if chip.note.is_empty() { String::new() } else { format!(" <small>{}</small>", escape(&chip.note)) };
            let class = classes(&super::card::tokens(chip.outcome, chip.view));
            writeln!(
                out,
                "<span class=\"chip by {} {class}\">{} {}{note}</span>",
                chip.outcome.as_str(),
                chip.outcome.sign(),
                escape(&chip.text)
            )?;
        }
        writeln!(out, "</dd>")?;
    }
    writeln!(out, "</dl>")
}

fn card_html(number: usize, card: &Card, guess: bool, with_quotes: bool) -> String {
    let (class, sign) = (card.outcome.as_str(), card.outcome.sign());
    let mut html = format!(
        "<aside class=\"card by is-{class} {}\">\n<p class=\"what\"><span class=\"no {class}\">{sign} {class} {number}</span> \
         <b>{}</b> <span class=\"who\">{}</span></p>\n",
        classes(&card.tokens()),
        escape(&card.title),
        escape(&card.who)
    );
    let mut line = |class: &str, text: String| {
        if !text.is_empty() {
            html.push_str(&format!("<p class=\"{class}\">{text}</p>\n"));
        }
    };
    line("topic", card.topic.as_deref().map(|t| format!("“{}”", escape(t))).unwrap_or_default());
    line("details", card.details.iter().chain(&card.sectors).map(|d| escape(d)).collect::<Vec<_>>().join(" · "));
    line("people", people(card));
    for (what, says) in &card.differs {
        line("differs", format!("gold has another {what}: {}", escape(says)));
    }
    if with_quotes {
        card.evidence.iter().for_each(|e| line("quote", escape(&e.quote)));
    }
    let rule = card.evidence.first().map(|e| e.rule.as_str()).filter(|r| !r.is_empty());
    let sure = card.confidence.map(|c| format!("{} sure", percent(c)));
    let aside = (card.outcome == Outcome::Aside).then(|| "background, not counted".to_owned());
    let likely = (guess && card.outcome == Outcome::Missed).then(|| "likely told near here".to_owned());
    let small = [aside, likely, sure, rule.map(|r| format!("rule {r}"))];
    let small: Vec<String> = small.into_iter().flatten().map(|s| escape(&capitalized(&s))).collect();
    line("small", small.join(" · "));
    html + "</aside>\n"
}

/// Names with signs where some are right and some are not.
fn people(card: &Card) -> String {
    let mixed = card.people.iter().any(|(outcome, _)| *outcome != card.outcome);
    let named = |(outcome, name): &(Outcome, String)| {
        let sign = if mixed { format!("{} ", outcome.sign()) } else { String::new() };
        format!("<span class=\"{}\">{sign}{}</span>", if mixed { outcome.as_str() } else { "" }, escape(name))
    };
    card.people.iter().map(named).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
pub(super) fn all_filters(page: &Scorecard<'_>) -> Vec<Filter> {
    filters(page.outlets.keys())
}

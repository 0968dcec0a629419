//! Articles and the facts that they tell.

use super::events::safe_url;
use super::page::{self, Window};
use super::wire::{self, EventWire};
use super::{Ask, Problem, Reply, json};
use crate::graph::ArticleRow;
use crate::server::snapshot::key_of;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct Line {
    id: String,
    name: String,
    title: String,
    source: Option<String>,
    published: Option<NaiveDate>,
    url: Option<String>,
    /// Events that it reports.
    events: usize,
}

/// `GET /articles`: the newest first; `since`, `until`, `source` and `q` (words of the title) narrow.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let day = |name: &str| -> Result<Option<NaiveDate>, Problem> {
        let text = ask.call.one(name).filter(|t| !t.is_empty());
        text.map(|t| t.parse().map_err(|_| Problem::bad(format!("`{name}` is no day such as 2025-11-02")))).transpose()
    };
    let (since, until) = (day("since")?, day("until")?);
    let words = page::words(ask.call)?;
    let source = ask.call.one("source").filter(|t| !t.is_empty());
    let fits = |article: &&ArticleRow| {
        since.is_none_or(|day| article.published.is_some_and(|p| p >= day))
            && until.is_none_or(|day| article.published.is_some_and(|p| p <= day))
            && source.is_none_or(|s| article.source.as_deref() == Some(s))
            && words.fit(&article.title)
    };
    let articles: Vec<&ArticleRow> = ask.now.articles.iter().filter(fits).collect();
    Ok(json(&Window::of(ask.call)?.page(&articles, |article| line(ask, article))))
}

fn line(ask: &Ask<'_>, article: &ArticleRow) -> Line {
    Line {
        id: key_of(&article.iri).to_owned(),
        name: article.id.clone(),
        title: article.title.clone(),
        source: article.source.clone(),
        published: article.published,
        url: safe_url(article.url.as_deref()),
        events: ask.now.events_of_article(&article.id).count(),
    }
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    line: Line,
    iri: String,
    /// The text that offsets count in, where the store keeps it.
    text: Option<String>,
    facts: Vec<Fact>,
    /// The sentences that tell facts, in the order of the text.
    sentences: Vec<Sentence>,
}

#[derive(Serialize)]
struct Fact {
    event: EventWire,
    /// Where the sentences stand in the text: Unicode scalar values.
    spans: Vec<[usize; 2]>,
    rule: String,
    confidence: f64,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Sentence {
    start: usize,
    end: usize,
    sentence: String,
}

/// `GET /articles/{key}`.
pub(super) fn one(ask: &Ask<'_>, key: &str) -> Result<Reply, Problem> {
    let missing = || Problem::missing(format!("there is no article `{key}`"));
    let article = ask.now.article(key).or_else(|| ask.now.article_of_id(key)).ok_or_else(missing)?;
    let (mut facts, mut sentences) = (Vec::new(), Vec::new());
    for entry in ask.now.events_of_article(&article.id) {
        let mut claims = ask.now.store.claims(&entry.row.iri)?;
        claims.retain(|claim| claim.article == article.id);
        let Some(surest) = claims.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)) else { continue };
        facts.push(Fact {
            event: wire::event(ask.now, entry),
            spans: claims.iter().map(|claim| [claim.start, claim.end]).collect(),
            rule: surest.rule.clone(),
            confidence: surest.confidence,
        });
        sentences.extend(claims.into_iter().map(|c| Sentence { start: c.start, end: c.end, sentence: c.quote }));
    }
    facts.sort_by(|a, b| a.spans.cmp(&b.spans));
    sentences.sort();
    sentences.dedup();
    let text = ask.now.store.text(&article.id)?;
    Ok(json(&Whole { line: line(ask, article), iri: article.iri.clone(), text, facts, sentences }))
}

//! The sentences behind a dossier, and the articles they stand in, numbered like footnotes.

use super::item::Item;
use crate::graph::ClaimRow;
use crate::view::words;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// A sentence behind an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// IRI of the claim.
    pub claim: String,
    /// Number of the article in [`super::Dossier::sources`].
    pub footnote: usize,
    /// Number of the sentence in that article, from 1.
    pub sentence: usize,
    /// The sentence, in one line.
    pub quote: String,
    /// Where it names the parties and leaders: half-open spans of Unicode scalar values of `quote`.
    pub marks: Vec<[usize; 2]>,
    /// Article id.
    pub article: String,
    /// Headline; the id where there is none.
    pub headline: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Who is said to have said so.
    pub attributed_to: Option<String>,
    /// Frame and construction that saw it.
    pub rule: String,
    /// Probability, 0–1.
    pub confidence: f64,
}

impl Source {
    /// `3b`: the second sentence of the third article.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}{}", self.footnote, letter(self.sentence))
    }
}

/// a, b … z, then aa, ab …
pub(super) fn letter(number: usize) -> String {
    let mut out = Vec::new();
    let mut rest = number;
    while rest > 0 {
        out.push(b'a' + u8::try_from((rest - 1) % 26).unwrap_or_default());
        rest = (rest - 1) / 26;
    }
    out.iter().rev().map(|b| char::from(*b)).collect()
}

/// An article that a dossier cites.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Article {
    /// Number of the footnote, from 1 in the order in which entries cite.
    pub footnote: usize,
    /// Article id.
    pub article: String,
    /// Headline; the id where there is none.
    pub headline: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Its sentences that are cited.
    pub sentences: Vec<Sentence>,
}

impl Article {
    /// Outlet and day of publication, as far as they are known.
    #[must_use]
    pub fn origin(&self) -> String {
        let day = self.published.map(words::day);
        self.outlet.iter().map(|o| words::visible(o)).chain(day).collect::<Vec<_>>().join(", ")
    }
}

/// A sentence of an article that a dossier cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its number among the cited ones, from 1.
    pub number: usize,
    /// The sentence, in one line.
    pub quote: String,
    /// As in [`Source::marks`].
    pub marks: Vec<[usize; 2]>,
    /// Who is said to have said so.
    pub attributed_to: Option<String>,
    /// IRIs of the events that it tells.
    pub events: Vec<String>,
}

/// The sentences of claims, each once, in the order of publication; not numbered yet.
pub(super) fn sources(claims: &[ClaimRow]) -> Vec<Source> {
    let mut claims: Vec<&ClaimRow> = claims.iter().collect();
    claims.sort_by_key(|c| (c.published.is_none(), c.published, &c.article, c.start, &c.iri));
    let mut sources: Vec<Source> = Vec::new();
    for claim in claims {
        let (quote, marks) = flat(&claim.quote, &claim.words, claim.start);
        if let Some(known) = sources.iter_mut().find(|s| s.article == claim.article && s.quote == quote) {
            known.confidence = known.confidence.max(claim.confidence);
            continue;
        }
        let headline = words::visible(&claim.title);
        sources.push(Source {
            claim: claim.iri.clone(),
            footnote: 0,
            sentence: 0,
            quote,
            marks,
            headline: if headline.is_empty() { claim.article.clone() } else { headline },
            article: claim.article.clone(),
            outlet: claim.source.clone(),
            url: claim.url.clone(),
            published: claim.published,
            attributed_to: claim.attributed_to.clone(),
            rule: claim.rule.clone(),
            confidence: claim.confidence,
        });
    }
    sources
}

/// The sentence in one line, and the spans of the article's text in it.
fn flat(quote: &str, spans: &[[usize; 2]], start: usize) -> (String, Vec<[usize; 2]>) {
    let mut out = String::new();
    let mut count = 0;
    // Place in the line of each character of the quote, and of its end.
    let mut places = Vec::new();
    for c in quote.chars() {
        places.push(count);
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !(out.is_empty() || out.ends_with(' ')) {
            out.push(c);
            count += 1;
        }
    }
    let trimmed = out.trim_end().to_owned();
    let end = trimmed.chars().count();
    places.push(end);
    let place = |at: usize| at.checked_sub(start).and_then(|at| places.get(at)).map(|p| (*p).min(end));
    let mut marks: Vec<[usize; 2]> =
        spans.iter().filter_map(|[a, b]| Some([place(*a)?, place(*b)?])).filter(|[a, b]| a < b).collect();
    marks.sort_unstable();
    marks.dedup();
    (trimmed, marks)
}

/// Numbers the articles and sentences in the order in which the items cite them, and lists them.
pub(super) fn numbered<'i>(items: impl Iterator<Item = &'i mut Item>) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        let events: Vec<String> =
            std::iter::once(&item.event).chain(item.implied.iter().map(|i| &i.event)).cloned().collect();
        for source in &mut item.sources {
            let place = *at.entry(source.article.clone()).or_insert(articles.len());
            if place == articles.len() {
                articles.push(article(source, place + 1));
            }
            let Some(article) = articles.get_mut(place) else { continue };
            let known = article.sentences.iter().position(|s| s.quote == source.quote);
            let number = known.map_or(article.sentences.len() + 1, |at| at + 1);
            if known.is_none() {
                article.sentences.push(Sentence {
                    number,
                    quote: source.quote.clone(),
                    marks: Vec::new(),
                    attributed_to: source.attributed_to.clone(),
                    events: Vec::new(),
                });
            }
            (source.footnote, source.sentence) = (place + 1, number);
            let Some(sentence) = article.sentences.get_mut(number - 1) else { continue };
            sentence.marks.extend(&source.marks);
            sentence.marks = merged(&sentence.marks);
            sentence.events.extend(events.iter().filter(|e| !sentence.events.contains(e)).cloned().collect::<Vec<_>>());
        }
    }
    articles
}

fn article(source: &Source, footnote: usize) -> Article {
    Article {
        footnote,
        article: source.article.clone(),
        headline: source.headline.clone(),
        outlet: source.outlet.clone(),
        url: source.url.clone(),
        published: source.published,
        sentences: Vec::new(),
    }
}

/// Spans in order, those that touch each other as one.
pub(super) fn merged(spans: &[[usize; 2]]) -> Vec<[usize; 2]> {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let mut out: Vec<[usize; 2]> = Vec::new();
    for [start, end] in sorted {
        match out.last_mut() {
            Some(last) if start <= last[1] => last[1] = last[1].max(end),
            _ => out.push([start, end]),
        }
    }
    out
}

/// The sentence in pieces: (text, whether it is marked).
pub(super) fn pieces(quote: &str, marks: &[[usize; 2]]) -> Vec<(String, bool)> {
    let chars: Vec<char> = quote.chars().collect();
    let mut out = Vec::new();
    let mut done = 0;
    let mut push = |from: usize, to: usize, marked: bool| {
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        if !text.is_empty() {
            out.push((text, marked));
        }
    };
    for [start, end] in merged(marks) {
        push(done, start.max(done), false);
        push(start.max(done), end.min(chars.len()), true);
        done = end.min(chars.len());
    }
    push(done, chars.len(), false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_marks_when_it_is_put_in_one_line() {
        let quote = "South\n  Korea met\tJapan. ";
        let (line, marks) = flat(quote, &[[10, 23], [28, 33]], 10);
        assert_eq!(line, "South Korea met Japan.");
        let told: Vec<(String, bool)> = pieces(&line, &marks);
        let expected = [("South Korea", true), (" met ", false), ("Japan", true), (".", false)];
        assert_eq!(told, expected.map(|(t, m)| (t.to_owned(), m)));
    }

    #[test]
    fn spans_outside_the_sentence_mark_nothing() {
        assert_eq!(flat("abc", &[[0, 2], [90, 99]], 5).1, Vec::<[usize; 2]>::new());
        assert_eq!(pieces("abc", &[[2, 9]]), [("ab".to_owned(), false), ("c".to_owned(), true)]);
    }

    #[test]
    fn sentences_are_lettered() {
        assert_eq!([1, 2, 26, 27, 53].map(letter), ["a", "b", "z", "aa", "ba"]);
    }
}

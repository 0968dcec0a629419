//! The text of an article with its sentences marked, and the cards beside the paragraphs they belong to.

use super::Outcome;
use super::card::Card;
use crate::facts::{Evidence, Facts};
use crate::text::{CharOffsets, Span};
use crate::view::export::escape;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A marked sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    span: Span,
    outcome: Outcome,
    /// Number of the card, from 1.
    number: usize,
}

/// A text laid out for reading.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    text: &'t str,
    paragraphs: Vec<Span>,
    marks: Vec<Mark>,
    /// Mentions of leaders, countries and organizations, sorted.
    names: Vec<(Span, String)>,
    /// Paragraph of each card, where there is one to choose, and whether it is no more than a guess.
    places: Vec<Option<(usize, bool)>>,
}

impl<'t> Reading<'t> {
    /// Sets the cards beside `text`; what was told of it says where its names are.
    pub(super) fn new(text: &'t str, cards: &[Card], told: &Facts) -> Self {
        let offsets = CharOffsets::new(text);
        let paragraphs = paragraphs(text);
        let sentence = |e: &Evidence| {
            let span = Span::new(offsets.byte_of(e.start), offsets.byte_of(e.end));
            (!e.quote.is_empty() && span.of(text) == e.quote).then_some(span)
        };
        let names = names(told, &offsets);
        let mut marks = Vec::new();
        let mut places = Vec::new();
        for (i, card) in cards.iter().enumerate() {
            let spans: Vec<Span> = card.evidence.iter().filter_map(sentence).collect();
            marks.extend(spans.iter().map(|span| Mark { span: *span, outcome: card.outcome, number: i + 1 }));
            let beside = spans.first().and_then(|s| paragraphs.iter().position(|p| p.overlaps(*s)));
            places.push(match beside {
                Some(paragraph) => Some((paragraph, false)),
                None => likely(card, text, &paragraphs, &names).map(|paragraph| (paragraph, true)),
            });
        }
        Self { text, paragraphs, marks, names, places }
    }

    /// Whether the card's place is a guess: gold has no sentence for it.
    pub(super) fn is_guess(&self, card: usize) -> bool {
        self.places[card].is_some_and(|(_, guess)| guess)
    }

    /// The text, paragraph by paragraph, each after the cards (`card`: by index) beside it; a paragraph that is `title` is the
    /// article's heading.
    pub(super) fn html(&self, title: &str, card: impl Fn(usize) -> String) -> String {
        let mut out = String::new();
        let no_place = (0..self.places.len()).filter(|i| self.places[*i].is_none());
        no_place.for_each(|i| out.push_str(&card(i)));
        for (n, paragraph) in self.paragraphs.iter().enumerate() {
            out.push_str("<div class=\"row\">\n");
            for i in (0..self.places.len()).filter(|i| self.places[*i].is_some_and(|p| p.0 == n)) {
                out.push_str(&card(i));
            }
            let tag = if n == 0 && paragraph.of(self.text).trim() == title { "h3" } else { "p" };
            let _ = writeln!(out, "<{tag}>{}</{tag}>\n</div>", self.paragraph(*paragraph));
        }
        out
    }

    fn paragraph(&self, paragraph: Span) -> String {
        let mut borders: BTreeSet<usize> = [paragraph.start, paragraph.end].into();
        let spans = self.marks.iter().map(|m| m.span).chain(self.names.iter().map(|n| n.0));
        borders.extend(spans.flat_map(|s| [s.start, s.end]).filter(|b| (paragraph.start..paragraph.end).contains(b)));
        let borders: Vec<usize> = borders.into_iter().collect();
        let mut out = String::new();
        for pair in borders.windows(2) {
            out.push_str(&self.segment(Span::new(pair[0], pair[1])));
        }
        out
    }

    /// A stretch that no border divides, and the numbers of the sentences that end with it.
    fn segment(&self, segment: Span) -> String {
        let over: Vec<&Mark> = self.marks.iter().filter(|m| m.span.contains(segment)).collect();
        let mut html = escape(segment.of(self.text));
        if over.is_empty() {
            return html;
        }
        if let Some((_, name)) = self.names.iter().find(|n| n.0.contains(segment)) {
            html = format!("<b title=\"{}\">{html}</b>", escape(name));
        }
        let classes: BTreeSet<&str> = over.iter().map(|m| m.outcome.as_str()).collect();
        let classes: Vec<&str> = classes.into_iter().collect();
        html = format!("<mark class=\"{}\">{html}</mark>", classes.join(" "));
        let ending: BTreeSet<(usize, &str)> =
            over.iter().filter(|m| m.span.end == segment.end).map(|m| (m.number, m.outcome.as_str())).collect();
        for (number, class) in ending {
            let _ = write!(html, "<sup class=\"{class}\">{number}</sup>");
        }
        html
    }
}

/// The lines of a text that are not blank.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            out.push(Span::new(start, end));
        }
        start += line.len();
    }
    out
}

/// Where leaders, countries and organizations are named, with their names.
fn names(told: &Facts, offsets: &CharOffsets<'_>) -> Vec<(Span, String)> {
    let countries = told.countries.iter().map(|c| (&c.mentions, &c.id));
    let organizations = told.organizations.iter().map(|o| (&o.mentions, &o.id));
    let leaders = told.leaders.iter().map(|l| (&l.mentions, &l.id));
    let mut out: Vec<(Span, String)> = (countries.chain(organizations).chain(leaders))
        .flat_map(|(mentions, id)| mentions.iter().map(move |m| (m, id)))
        .map(|([start, end], id)| (Span::new(offsets.byte_of(*start), offsets.byte_of(*end)), id.clone()))
        .filter(|(span, _)| !span.is_empty())
        .collect();
    out.sort();
    out
}

/// The paragraph that names most of what a fact is about: a guess for facts without a sentence. None where none names two
/// of its parties, or its topic.
fn likely(card: &Card, text: &str, paragraphs: &[Span], names: &[(Span, String)]) -> Option<usize> {
    let topic: Vec<String> = words(card.topic.as_deref().unwrap_or_default()).collect();
    let weight = |paragraph: &Span| {
        let here: BTreeSet<&String> = names
            .iter()
            .filter(|(s, _)| paragraph.contains(*s))
            .map(|(_, id)| id)
            .filter(|id| card.names.contains(*id))
            .collect();
        let said: BTreeSet<String> = words(paragraph.of(text)).collect();
        2 * here.len() + topic.iter().filter(|w| said.contains(*w)).count()
    };
    let weights: Vec<usize> = paragraphs.iter().map(weight).collect();
    let best = weights.iter().copied().max().filter(|w| *w >= 3)?;
    weights.iter().position(|w| *w == best)
}

/// Words that say something, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    const EMPTY: [&str; 6] = ["with", "from", "that", "this", "their", "between"];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_lowercase);
    words.filter(|w| !EMPTY.contains(&w.as_str()))
}

//! Lists of events, and one event with everything that says so.

use super::wire::{self, EventWire};
use super::{Ask, Problem, Reply, json};
use crate::graph::{ClaimRow, Decision, Report, Story};
use crate::server::snapshot::{Entry, Snapshot, key_of};
use chrono::NaiveDate;
use serde::Serialize;

/// `GET /events`: all that pass the filter, `country`, `leader`, `article`, the newest first.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let filter = ask.filter()?;
    let countries: Vec<&str> = ask.call.all("country").filter(|c| !c.is_empty()).collect();
    let leader = ask.call.one("leader").filter(|l| !l.is_empty());
    let fits = |entry: &&Entry| {
        let row = &entry.row;
        let led = |id: &str| row.participants.iter().chain(&row.signatories).any(|l| key_of(&l.iri) == id);
        countries.iter().all(|code| row.parties.iter().any(|p| p == code))
            && leader.is_none_or(led)
            && filter.passes(row)
    };
    let entries: Vec<&Entry> = ask.now.events.iter().filter(fits).collect();
    ask.page_of(&entries)
}

/// An event whole.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    event: EventWire,
    iri: String,
    reports: Vec<ReportWire>,
    history: Vec<StepWire>,
    conflicts: Vec<ConflictWire>,
    produced: Vec<EventWire>,
    produced_by: Vec<EventWire>,
    decisions: Vec<DecisionWire>,
}

/// The article of a sentence.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ArticleWire {
    id: String,
    /// Id as in the contract: the name of the file, or what the article says.
    name: String,
    title: String,
    source: Option<String>,
    published: Option<NaiveDate>,
    url: Option<String>,
}

/// One sentence.
#[derive(Serialize)]
struct ReportWire {
    article: ArticleWire,
    sentence: String,
    /// Where the sentence names parties and leaders: Unicode scalar values within it.
    marks: Vec<[usize; 2]>,
    /// Where the sentence stands in the article's text: Unicode scalar values.
    start: usize,
    end: usize,
    rule: String,
    confidence: f64,
    attributed_to: Option<String>,
    says: Says,
    /// Why the article is held to tell of the same event as the first.
    same_because: Vec<String>,
}

/// What one article makes of the event.
#[derive(Serialize)]
struct Says {
    r#type: String,
    status: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct StepWire {
    status: String,
    date: Option<String>,
    /// Ids of the articles.
    articles: Vec<String>,
}

#[derive(Serialize)]
struct ConflictWire {
    what: &'static str,
    values: Vec<ValueWire>,
}

#[derive(Serialize)]
struct ValueWire {
    value: String,
    articles: Vec<String>,
}

/// What a person decided.
#[derive(Serialize)]
pub(in crate::server) struct DecisionWire {
    id: String,
    decides: &'static str,
    by: String,
    why: String,
    at: String,
}

/// A decision as lists show it.
pub(in crate::server) fn decision(decision: &Decision) -> DecisionWire {
    DecisionWire {
        id: decision.hash(),
        decides: decision.verdict.word(),
        by: decision.by.clone(),
        why: decision.why.clone(),
        at: decision.at.clone(),
    }
}

/// `GET /events/{hash}`.
pub(super) fn one(ask: &Ask<'_>, hash: &str) -> Result<Reply, Problem> {
    let missing = || Problem::missing(format!("there is no event `{hash}`"));
    let entry = ask.now.event(hash).ok_or_else(missing)?;
    let story = ask.now.store.story_of(&entry.row.iri)?.ok_or_else(missing)?;
    Ok(json(&whole(ask.now, entry, &story)))
}

fn whole(now: &Snapshot, entry: &Entry, story: &Story) -> Whole {
    let keys = |ids: &[String]| ids.iter().map(|id| article_key(now, id)).collect::<Vec<_>>();
    let linked = |iris: &[String]| {
        iris.iter().filter_map(|iri| now.event(key_of(iri))).map(|e| wire::event(now, e)).collect::<Vec<_>>()
    };
    let step = |s: &crate::graph::Step| StepWire {
        status: s.status.clone(),
        date: s.date.clone(),
        articles: keys(&s.articles),
    };
    let conflict = |d: &crate::graph::Difference| ConflictWire {
        what: d.what,
        values: d.versions.iter().map(|(value, ids)| ValueWire { value: value.clone(), articles: keys(ids) }).collect(),
    };
    Whole {
        event: wire::event(now, entry),
        iri: entry.row.iri.clone(),
        reports: story.reports.iter().flat_map(|report| told(now, report)).collect(),
        history: story.steps.iter().map(step).collect(),
        conflicts: story.differences.iter().map(conflict).collect(),
        produced: linked(&story.produced),
        produced_by: linked(&story.came_of),
        decisions: story.decisions.iter().map(decision).collect(),
    }
}

/// The key in the addresses of the API of an article's id.
fn article_key(now: &Snapshot, id: &str) -> String {
    now.article_of_id(id).map_or_else(|| id.to_owned(), |article| key_of(&article.iri).to_owned())
}

fn told<'r>(now: &'r Snapshot, report: &'r Report) -> impl Iterator<Item = ReportWire> + 'r {
    report.claims.iter().map(|claim| ReportWire {
        article: ArticleWire {
            id: article_key(now, &claim.article),
            name: claim.article.clone(),
            title: claim.title.clone(),
            source: claim.source.clone(),
            published: claim.published,
            url: safe_url(claim.url.as_deref()),
        },
        sentence: claim.quote.clone(),
        marks: marks(claim),
        start: claim.start,
        end: claim.end,
        rule: claim.rule.clone(),
        confidence: claim.confidence,
        attributed_to: claim.attributed_to.clone(),
        says: Says { r#type: claim.event_type.clone(), status: claim.status.clone(), date: claim.date.clone() },
        same_because: report.same_because.clone(),
    })
}

/// The places of a claim's words within its sentence.
fn marks(claim: &ClaimRow) -> Vec<[usize; 2]> {
    let within = |[a, b]: &[usize; 2]| {
        (claim.start <= *a && a < b && *b <= claim.end).then(|| [a - claim.start, b - claim.start])
    };
    claim.words.iter().filter_map(within).collect()
}

/// An address that a link may have: an article can say anything.
pub(super) fn safe_url(url: Option<&str>) -> Option<String> {
    let url = url?;
    let low = url.to_ascii_lowercase();
    (low.starts_with("https://") || low.starts_with("http://")).then(|| url.to_owned())
}

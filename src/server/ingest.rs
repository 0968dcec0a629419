//! What a person adds: an article that is read and looked at before it is stored, a decision, the end of an article.

use super::app::App;
use super::call::Call;
use super::problem::Problem;
use super::reply::{Reply, json};
use crate::article::{Article, Given, ReadOptions};
use crate::facts::{Evidence, Facts};
use crate::graph::serving::key_of_article;
use crate::graph::{Added, Decision, Mark, RunInfo, Store, Target, Verdict, Wish, WishError};
use chrono::{NaiveDate, SecondsFormat, Utc};
use hyper::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Facts and the text that their offsets count in.
#[derive(Serialize)]
struct Extracted<'f> {
    #[serde(flatten)]
    facts: &'f Facts,
    text: &'f str,
}

/// `POST /extract`: what the rules find in the body; nothing is stored.
pub(super) fn extract(app: &App, call: &Call) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    let article = read(call)?;
    let facts = app.extractor.facts(&article);
    Ok(json(&Extracted { facts: &facts, text: &article.text }))
}

/// The article in the body, with what the parameters say of it.
fn read(call: &Call) -> Result<Article, Problem> {
    let is_html = match call.media().as_deref() {
        Some("text/plain" | "text/markdown") => false,
        Some("text/html" | "application/xhtml+xml") => true,
        _ => {
            let detail = "an article is sent as text/plain or text/html";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    };
    let text = |name: &str| call.one(name).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let day = |day: String| {
        NaiveDate::parse_from_str(&day, "%Y-%m-%d")
            .map_err(|_| Problem::bad("`published` is no day such as 2025-11-02"))
    };
    let given = Given {
        id: text("id"),
        title: text("title"),
        published: text("published").map(day).transpose()?,
        source: text("source"),
        url: text("url"),
    };
    given
        .read(&call.body, is_html, ReadOptions::default())
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.cause.to_string()))
}

/// What became of an article.
#[derive(Serialize)]
struct Stored {
    /// Key of the article in the addresses of the API.
    id: String,
    /// `stored`, `replaced` or `unchanged`.
    became: &'static str,
    /// Events that it reports.
    events: Vec<String>,
    /// Facts that the review left out.
    rejected: usize,
}

/// `POST /articles`: stores the article in the body. Facts that the reviewer found wrong are stored and rejected, so that they
/// stay out when the article is read anew. `leave_out_fact` names one by its place in what `extract` gives: `agreements/0`;
/// `leave_out` names all of a sentence and rule: `START-END-RULE`.
pub(super) fn store(app: &App, call: &Call) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    let article = read(call)?;
    let facts = app.extractor.facts(&article);
    let knowledge = app.extractor.knowledge();
    let left_out = left_out(call, &facts)?;
    let by = call.one("by").map(str::trim).unwrap_or_default().to_owned();
    if left_out.is_some() && by.is_empty() {
        return Err(Problem::bad("who leaves facts out is said in `by`"));
    }
    let (became, rejected) = app.change(|store| {
        store.refer(knowledge)?;
        let run = RunInfo::new(knowledge, "");
        let added = store.add(&facts, &run)?;
        if added != Added::Unchanged {
            store.log_call(&run, &Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true), 1)?;
        }
        store.keep_text(&article.id, &article.text)?;
        store.settle()?;
        let marks = left_out.as_ref().map_or_else(|| Ok(Vec::new()), |facts| marks_of(store, facts))?;
        if !marks.is_empty() {
            let why = "left out when the article was reviewed";
            decide(store, &by, why, Verdict::Reject { reports: marks.clone() })?;
        }
        Ok((added, marks.len()))
    })?;
    let snapshot = app.snapshot();
    let id = key_of_article(&article.id);
    let became = match became {
        Added::Stored => "stored",
        Added::Replaced => "replaced",
        Added::Unchanged => "unchanged",
    };
    let events = snapshot.events_of_article(&article.id).map(|e| e.id.clone()).collect();
    Ok(json(&Stored { id, became, events, rejected }))
}

/// The facts that the reviewer found wrong, where there are any.
fn left_out(call: &Call, facts: &Facts) -> Result<Option<Facts>, Problem> {
    let places: Vec<&str> = call.all("leave_out").filter(|f| !f.is_empty()).collect();
    let named: Vec<&str> = call.all("leave_out_fact").filter(|f| !f.is_empty()).collect();
    let (mut found, mut seen) = (facts.clone(), BTreeSet::<&str>::new());
    let mut is_out = |list: &str, at: usize, evidence: &[Evidence]| {
        let name = format!("{list}/{at}");
        let named = named.iter().filter(|n| **n == name);
        let place = |e: &Evidence| format!("{}-{}-{}", e.start, e.end, e.rule);
        let placed = places.iter().filter(|p| evidence.iter().any(|e| place(e) == **p));
        let any: Vec<&str> = named.chain(placed).copied().collect();
        seen.extend(any.iter().copied());
        !any.is_empty()
    };
    let mut at = 0..;
    found.agreements.retain(|f| is_out("agreements", at.next().unwrap_or_default(), &f.evidence));
    let mut at = 0..;
    found.encounters.retain(|f| is_out("encounters", at.next().unwrap_or_default(), &f.evidence));
    let mut at = 0..;
    found.acts.retain(|f| is_out("acts", at.next().unwrap_or_default(), &f.evidence));
    if let Some(unknown) = named.iter().chain(&places).find(|name| !seen.contains(*name)) {
        let detail =
            format!("the article has no fact `{unknown}`; name facts as `extract` gives them, such as agreements/0");
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
    }
    Ok((!seen.is_empty()).then_some(found))
}

/// The marks of facts that are stored.
fn marks_of(store: &Store, facts: &Facts) -> Result<Vec<Mark>, Problem> {
    let mut marks = Vec::new();
    for claim in store.claims_of(facts) {
        if let Some(Target::Reports { marks: own, .. }) = store.target(&claim)? {
            marks.extend(own);
        }
    }
    marks.sort();
    marks.dedup();
    Ok(marks)
}

/// The decision, and whether it is new: what is decided already is not kept twice.
fn decide(store: &mut Store, by: &str, why: &str, verdict: Verdict) -> Result<(Decision, bool), Problem> {
    let unfit = |detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    let at = store.decision_time(Utc::now());
    let decision = Decision::new(by, why, &store.moment(&at), verdict).checked().map_err(|e| unfit(e.to_string()))?;
    if let Some(known) = store.decided(&decision.verdict) {
        return Ok((known.clone(), false));
    }
    store.decide(std::slice::from_ref(&decision))?;
    Ok((decision, true))
}

/// `DELETE /articles/{key}`: forgets an article, and what only it supports.
pub(super) fn forget(app: &App, call: &Call, key: &str) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    let snapshot = app.snapshot();
    let missing = || Problem::missing(format!("there is no article `{key}`"));
    let id = snapshot.article(key).or_else(|| snapshot.article_of_id(key)).ok_or_else(missing)?.id.clone();
    let gone = app.change(|store| Ok(store.forget(&[&id])?))?;
    Ok(json(&Gone { articles: gone.articles.len(), events: gone.events }))
}

#[derive(Serialize)]
struct Gone {
    articles: usize,
    /// Events that only these articles supported.
    events: usize,
}

/// A decision as it is sent.
#[derive(Deserialize)]
struct Sent {
    #[serde(flatten)]
    wish: Wish,
    who: String,
    why: String,
}

/// `POST /curation`: a person's decision; one that says what another says is answered with that one.
pub(super) fn curate(app: &App, call: &Call) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    if call.media().as_deref() != Some("application/json") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a decision is sent as application/json"));
    }
    let sent: Sent =
        serde_json::from_slice(&call.body).map_err(|e| Problem::bad(format!("this is no decision: {e}")))?;
    let (decision, new) = app.change(|store| {
        store.refer(app.extractor.knowledge())?;
        let verdict = store.verdict(&sent.wish).map_err(|error| match error {
            WishError::Store(error) => Problem::from(error),
            unfit => {
                let hint = unfit.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{unfit}{hint}"))
            }
        })?;
        decide(store, &sent.who, &sent.why, verdict)
    })?;
    let mut reply = json(&super::api::decision(&decision));
    *reply.status_mut() = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(reply)
}

/// `DELETE /curation/{id}`: takes a decision back.
pub(super) fn undo(app: &App, call: &Call, id: &str) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    let missing = || Problem::missing(format!("no decision has the id `{id}`"));
    let decision = app.change(|store| {
        store.refer(app.extractor.knowledge())?;
        store.undo(id)?.ok_or_else(missing)
    })?;
    Ok(json(&super::api::decision(&decision)))
}

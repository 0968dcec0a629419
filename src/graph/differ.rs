//! What the reports of one event do not say alike: the steps of its history, and where they contradict each other. Nothing
//! is overwritten; each version stands with the articles that give it.

use super::mint;
use super::rows::EventKind;
use super::sheet::Sheet;
use super::telling::Telling;
use super::vocab::ent;
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::NamedNode;
use oxigraph::model::vocab::rdf;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One status of an event, on one date, by the articles that tell it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// IRI.
    pub iri: String,
    /// `planned`, `signed` …
    pub status: String,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Ids of the articles, sorted; in the graph their IRIs.
    pub articles: Vec<String>,
}

/// What an event's reports say differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `date`, `type`, `place`, `topic`, `number`.
    pub what: &'static str,
    /// Each version, with the ids of the articles that give it, sorted.
    pub versions: Vec<(String, Vec<String>)>,
}

/// The statuses that the tellings of a group give an event, in the order in which it can pass through them; nothing where
/// all give the same and nothing else.
pub(super) fn steps(group: &[&Telling], event: &str) -> Vec<Step> {
    steps_by(group, event, |t| t.article.iri.clone())
}

/// The same with the ids of the articles.
pub(super) fn told_steps(group: &[&Telling], event: &str) -> Vec<Step> {
    steps_by(group, event, |t| t.article.id.clone())
}

fn steps_by(group: &[&Telling], event: &str, article: fn(&Telling) -> String) -> Vec<Step> {
    /// When it was told first, and where.
    type Told = (Option<NaiveDate>, BTreeSet<String>);
    let mut steps: BTreeMap<(&str, Option<PartialDate>), Told> = BTreeMap::new();
    for telling in group {
        if let Some(status) = telling.status.as_deref() {
            let (told, articles) = steps.entry((status, telling.date)).or_default();
            *told = told.iter().copied().chain(telling.article.published).min();
            articles.insert(article(telling));
        }
    }
    // A step without a date stands where the first report of it does.
    let when = |(_, date): &(&str, Option<PartialDate>), told: Option<NaiveDate>| {
        date.and_then(PartialDate::earliest).or(told).unwrap_or(NaiveDate::MAX)
    };
    let mut steps: Vec<_> = steps.into_iter().collect();
    steps.sort_by_key(|(key, (told, _))| (advance(key.0), when(key, *told), key.1.is_none(), *key));
    let step = |((status, date), (_, articles)): ((&str, Option<PartialDate>), Told)| {
        let date = date.map(|d| d.to_string());
        let parts = ["step", event, status, date.as_deref().unwrap_or_default()];
        let iri = mint::thing("step", &mint::hash(parts)).into_string();
        Step { iri, status: status.to_owned(), date, articles: articles.into_iter().collect() }
    };
    steps.into_iter().map(step).collect()
}

impl Step {
    /// Its quads beside those of its event.
    pub(super) fn write(&self, sheet: &mut Sheet, event: &NamedNode) {
        let node = NamedNode::new_unchecked(&*self.iri);
        sheet.add(event, ent::STEP, node.clone());
        sheet.add(&node, rdf::TYPE, ent::CLASS_STEP);
        sheet.text(&node, ent::REACHED, &self.status);
        sheet.date(&node, ent::REACHED_ON, self.date.as_deref().and_then(PartialDate::parse));
        for article in &self.articles {
            sheet.add(&node, ent::TOLD_IN, NamedNode::new_unchecked(&**article));
        }
    }
}

/// How far a status has come.
pub(super) fn advance(status: &str) -> usize {
    ["negotiating", "planned", "agreed", "signed", "in-force", "ongoing", "held", "cancelled", "broken"]
        .iter()
        .position(|s| *s == status)
        .unwrap_or(0)
}

/// Whether two dates can be of one day: `1979-01` and `1979-01-31` can.
fn agree(a: PartialDate, b: PartialDate) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a.starts_with(&b) || b.starts_with(&a)
}

/// Where the tellings of an event's group differ, other than in how far it had come. `status` and `date` are the event's.
pub(super) fn differences(group: &[&Telling], status: Option<&str>, date: Option<PartialDate>) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what, of: &dyn Fn(&Telling) -> Vec<String>| {
        let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for telling in group {
            for version in of(telling) {
                versions.entry(version).or_default().insert(telling.article.id.clone());
            }
        }
        if versions.len() > 1 {
            let versions = versions.into_iter().map(|(v, articles)| (v, articles.into_iter().collect())).collect();
            found.push(Difference { what, versions });
        }
    };
    // Days of one status only: a plan's day and a signing's are steps, no contradiction. `queries/conflicting-reports.rq`
    // asks the same.
    let own = |t: &Telling| t.date.filter(|_| t.status.is_none() || t.status.as_deref() == status);
    let dates = || group.iter().filter_map(|t| own(t));
    if date.is_some_and(|date| dates().any(|d| d == date) && !dates().all(|d| agree(d, date))) {
        compare("date", &|t| own(t).map(|d| d.to_string()).into_iter().collect());
    }
    compare("type", &|t| vec![t.event_type.clone()]);
    compare("place", &|t| t.place.clone().into_iter().collect());
    if group.first().is_some_and(|t| t.kind == Some(EventKind::Agreement)) {
        compare("topic", &|t| t.topic.clone().into_iter().collect());
        compare("number", &|t| t.topic.as_deref().and_then(super::topics::count).into_iter().collect());
    }
    found
}

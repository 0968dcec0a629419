//! What a person wants, with the ids that programs print → the verdict that the graph keeps.

use super::{Assertion, Mark, Target, Verdict, in_one_line};
use crate::graph::error::StoreError;
use crate::graph::mint;
use crate::graph::store::Store;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Where ids come from, for hints.
const IDS: &str = "ids are those that `entente explain ARTICLE`, `entente query` and `entente suggest` print";

/// What a person wants. Ids are IRIs, beginnings of hashes, article ids, leaders' names, codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "decision")]
pub enum Wish {
    /// These events or leaders are one.
    Merge {
        /// Events, claims or leaders.
        ids: Vec<String>,
    },
    /// These reports are of another event; or two events are and stay two.
    Split {
        /// The event.
        #[serde(default)]
        event: Option<String>,
        /// Articles or claims that tell of it, or another event, which is never to be one with it.
        #[serde(default)]
        reports: Vec<String>,
        /// In place of `event` and `reports`: two events.
        #[serde(default)]
        events: Vec<String>,
    },
    /// These events or claims are wrong.
    Reject {
        /// Events or claims.
        ids: Vec<String>,
    },
    /// This event, leader or party has another name.
    Rename {
        /// Event, leader or party.
        id: String,
        /// The name.
        name: String,
    },
    /// A fact that no article tells, or not so.
    Assert {
        /// The event whose values are given; without it the fact is a new one.
        #[serde(default)]
        event: Option<String>,
        /// The values.
        #[serde(flatten)]
        values: Values,
    },
}

/// The values of an asserted fact. What is not given stays as the event has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Values {
    /// `agreement`, `encounter` or `act`.
    #[serde(default)]
    pub kind: Option<String>,
    /// `mou`, `visit`, `SUPPORT` …
    #[serde(default, rename = "type")]
    pub event_type: Option<String>,
    /// Codes; of an act first who acts.
    #[serde(default)]
    pub parties: Vec<String>,
    /// `signed`, `held` …
    #[serde(default)]
    pub status: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default)]
    pub date: Option<String>,
    /// Phrase that names an agreement.
    #[serde(default)]
    pub topic: Option<String>,
    /// City or venue.
    #[serde(default)]
    pub place: Option<String>,
    /// Sector slugs.
    #[serde(default)]
    pub sectors: Vec<String>,
}

/// A wish that cannot be granted.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// It does not fit what the store holds.
    #[error("{what}")]
    Unfit {
        /// What is wrong.
        what: String,
        /// The way out, where there is one.
        hint: Option<String>,
    },
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WishError {
    fn new(what: impl Into<String>) -> Self {
        Self::Unfit { what: what.into(), hint: None }
    }

    fn hinted(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unfit { what: what.into(), hint: Some(hint.into()) }
    }

    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Unfit { hint, .. } => hint.as_deref(),
            Self::Store(error) => error.hint(),
        }
    }
}

impl Store {
    /// What a wish decides.
    ///
    /// # Errors
    /// Ids that nothing has, or several things; a wish that changes nothing or does not fit; those of reading.
    pub fn verdict(&self, wish: &Wish) -> Result<Verdict, WishError> {
        match wish {
            Wish::Merge { ids } => self.merge(ids),
            Wish::Split { event, reports, events } => match (event, events.as_slice()) {
                (Some(event), []) if !reports.is_empty() => self.split(event, reports),
                (None, [one, other]) if reports.is_empty() => self.split(one, std::slice::from_ref(other)),
                _ => {
                    let hint = "give an `event` and the `reports` that leave it, or two `events`";
                    Err(WishError::hinted("this is no split", hint))
                }
            },
            Wish::Reject { ids } => {
                Ok(Verdict::Reject { reports: self.all_reports(ids)?.into_iter().flatten().collect() })
            }
            Wish::Rename { id, name } => self.rename(id, name),
            Wish::Assert { event, values } => self.assertion(event.as_deref(), values),
        }
    }

    /// The time `clock`, or of the last decision where the clock is behind it: what is decided last counts.
    #[must_use]
    pub fn decision_time(&self, clock: DateTime<Utc>) -> String {
        let last = self.decisions().last().and_then(|last| DateTime::parse_from_rfc3339(&last.at).ok());
        let now = last.map_or(clock, |last| clock.max(last.to_utc()));
        now.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn meant(&self, id: &str) -> Result<Target, WishError> {
        match self.target(id)? {
            Some(Target::Ambiguous(iris)) => {
                let named: Result<Vec<String>, StoreError> = iris.iter().map(|iri| self.named(iri)).collect();
                let what = format!("`{id}` may be any of\n    {}", named?.join("\n    "));
                Err(WishError::hinted(what, "give more digits, or the IRI"))
            }
            Some(target) => Ok(target),
            None => Err(WishError::hinted(format!("nothing in the store has the id `{id}`"), IDS)),
        }
    }

    /// The marks behind each id.
    fn all_reports(&self, ids: &[String]) -> Result<Vec<Vec<Mark>>, WishError> {
        let mut all = Vec::new();
        for id in ids {
            match self.meant(id)? {
                Target::Reports { marks, .. } => all.push(marks),
                _ => return Err(WishError::hinted(format!("`{id}` is neither an event nor a claim"), IDS)),
            }
        }
        Ok(all)
    }

    fn merge(&self, ids: &[String]) -> Result<Verdict, WishError> {
        let mut leaders = Vec::new();
        for id in ids {
            if let Target::Leader(iri) = self.meant(id)? {
                leaders.push(iri);
            }
        }
        if leaders.len() == ids.len() {
            leaders.sort();
            leaders.dedup();
            if leaders.len() < 2 {
                return Err(WishError::new("all these are one leader already"));
            }
            return Ok(Verdict::MergeLeaders { leaders });
        }
        let reports: Vec<Mark> = self.all_reports(ids)?.into_iter().flatten().collect();
        if reports.iter().any(|mark| mark.about != reports[0].about) {
            let what = "agreements, encounters and acts are never one event";
            return Err(WishError::hinted(what, "merge events of one kind only"));
        }
        let mut facts: Vec<&str> = reports.iter().map(|mark| mark.fact.as_str()).collect();
        facts.sort_unstable();
        facts.dedup();
        if facts.len() < reports.len() || facts.len() < 2 {
            return Err(WishError::new("these are one event already"));
        }
        Ok(Verdict::Merge { reports })
    }

    fn split(&self, event: &str, reports: &[String]) -> Result<Verdict, WishError> {
        let all: Vec<Mark> = self.all_reports(&[event.to_owned()])?.into_iter().flatten().collect();
        let mut out = Vec::new();
        for id in reports {
            let of_article: Vec<Mark> = all.iter().filter(|mark| mark.article == *id).cloned().collect();
            if !of_article.is_empty() {
                out.extend(of_article);
                continue;
            }
            if self.has_article(id)? {
                return Err(self.not_of(id, event, &all));
            }
            let named: Vec<Mark> = self.all_reports(std::slice::from_ref(id))?.into_iter().flatten().collect();
            if self.is_event_beside(id, &named, &all)? {
                out.extend(named);
                continue;
            }
            let claimed: Vec<Mark> =
                named.into_iter().filter(|mark| all.iter().any(|own| own.fact == mark.fact)).collect();
            if claimed.is_empty() {
                return Err(self.not_of(id, event, &all));
            }
            out.extend(claimed);
        }
        let from: Vec<Mark> = all.into_iter().filter(|mark| !out.iter().any(|o| o.fact == mark.fact)).collect();
        if from.is_empty() {
            let hint = "name only the reports that are of another event";
            return Err(WishError::hinted("nothing of the event would stay", hint));
        }
        Ok(Verdict::Split { reports: out, from })
    }

    /// That an article or claim does not tell of an event, and who does.
    fn not_of(&self, id: &str, event: &str, all: &[Mark]) -> WishError {
        let articles = all.iter().map(|mark| mark.article.as_str()).filter(|article| !article.starts_with("decision/"));
        let articles: Vec<&str> = articles.collect::<BTreeSet<_>>().into_iter().collect();
        let what = format!("`{id}` does not tell of that event; what does: {}", articles.join(", "));
        WishError::hinted(what, format!("see `entente explain {event}`"))
    }

    /// `event/0f3a1b2c3d4e  KEN–OMN: agreement, signed`.
    fn named(&self, iri: &str) -> Result<String, StoreError> {
        Ok(format!("{}  {}", mint::brief(iri), in_one_line(&self.label(iri)?)))
    }

    /// Whether an id is that of a whole event of the same kind with other reports than these.
    fn is_event_beside(&self, id: &str, named: &[Mark], all: &[Mark]) -> Result<bool, WishError> {
        let Target::Reports { iri, .. } = self.meant(id)? else { return Ok(false) };
        let other = |mark: &Mark| all.iter().all(|own| own.fact != mark.fact && own.about == mark.about);
        Ok(self.event(&iri)?.is_some() && named.iter().all(other))
    }

    fn rename(&self, id: &str, name: &str) -> Result<Verdict, WishError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(WishError::new("a name must not be empty"));
        }
        Ok(match self.meant(id)? {
            Target::Reports { marks, .. } => Verdict::Rename { reports: marks, name: name.to_owned() },
            Target::Leader(agent) => Verdict::RenameAgent { agent, name: name.to_owned() },
            Target::Party { iri, listed: false } => Verdict::RenameAgent { agent: iri, name: name.to_owned() },
            _ => {
                let what = format!("`{id}` has its name from the lists");
                return Err(WishError::hinted(what, "lay your own list over them with --knowledge DIR"));
            }
        })
    }

    fn assertion(&self, event: Option<&str>, given: &Values) -> Result<Verdict, WishError> {
        let texts = [&given.event_type, &given.status, &given.date, &given.topic, &given.place];
        if event.is_some()
            && texts.iter().all(|text| text.is_none())
            && given.parties.is_empty()
            && given.sectors.is_empty()
        {
            let hint = "give a value, such as --status cancelled or --date 2025-11-02";
            return Err(WishError::hinted("nothing is asserted of the event", hint));
        }
        let mut fact = match event {
            None => new_fact(given)?,
            Some(id) => self.fact_of(id, given)?,
        };
        if let Some(kind) = given.kind.as_ref().filter(|kind| **kind != fact.about) {
            return Err(WishError::new(format!("the event is no {kind}, it is an {}", fact.about)));
        }
        if !given.parties.is_empty() {
            fact.parties.clone_from(&given.parties);
        }
        fact.event_type = given.event_type.clone().unwrap_or(fact.event_type);
        fact.status.clone_from(&given.status);
        fact.date.clone_from(&given.date);
        fact.topic.clone_from(&given.topic);
        fact.place.clone_from(&given.place);
        fact.sectors.clone_from(&given.sectors);
        Ok(Verdict::Assert { fact })
    }

    /// What is asserted of an event, with its own type and parties.
    fn fact_of(&self, id: &str, given: &Values) -> Result<Assertion, WishError> {
        let none = || {
            let hint =
                "name an event that is in the graph: one that was rejected comes back with `entente curate undo`";
            WishError::hinted(format!("`{id}` is no event"), hint)
        };
        let Target::Reports { iri, marks } = self.meant(id)? else { return Err(none()) };
        let event = self.event(&iri)?.ok_or_else(none)?;
        let acts = event.actor.clone().zip(event.recipient.clone()).map(|(a, b)| vec![a, b]);
        let parties = acts.unwrap_or(event.parties);
        Ok(Assertion { repeats: repeated(given), of: marks, ..bare(event.kind.as_str(), &event.event_type, parties) })
    }
}

/// An assertion of these alone.
fn bare(about: &str, event_type: &str, parties: Vec<String>) -> Assertion {
    Assertion {
        about: about.to_owned(),
        event_type: event_type.to_owned(),
        parties,
        status: None,
        date: None,
        topic: None,
        place: None,
        sectors: Vec::new(),
        repeats: Vec::new(),
        of: Vec::new(),
    }
}

/// What is not given, and so only repeats what the event has.
fn repeated(given: &Values) -> Vec<String> {
    let all = [("parties", given.parties.is_empty()), ("type", given.event_type.is_none())];
    all.iter().filter(|(_, repeats)| *repeats).map(|(what, _)| (*what).to_owned()).collect()
}

fn new_fact(given: &Values) -> Result<Assertion, WishError> {
    let (Some(kind), Some(event_type)) = (&given.kind, &given.event_type) else {
        let hint = "or name the event whose values you give";
        return Err(WishError::hinted("a new event needs --kind, --type and --parties", hint));
    };
    let needs_status = kind != "act" && given.status.is_none();
    if given.parties.len() < 2 || needs_status {
        let what = "a new event needs two parties, and a status unless it is an act";
        let hint = "as in --kind agreement --type mou --parties KOR,SGP --status signed";
        return Err(WishError::hinted(what, hint));
    }
    Ok(bare(kind, event_type, Vec::new()))
}

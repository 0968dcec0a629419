//! Compared facts → cards (agreements, encounters, acts) and chips (countries, leaders, sectors).

use super::{Judged, Outcome};
use crate::evaluate::Comparison;
use crate::evaluate::compare::{Pairs, Participants};
use crate::evaluate::score::act_key;
use crate::facts::{ActFact, AgreementFact, EncounterFact, Evidence, Facts, LeaderFact};
use crate::view::words::type_title;
use std::collections::BTreeSet;

/// A fact as the page shows it beside the text.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) outcome: Outcome,
    pub(super) view: &'static str,
    /// What it is: "Memorandum of understanding".
    pub(super) title: String,
    /// `KEN–OMN`, `OMN → KEN`.
    pub(super) who: String,
    /// Status, date, place.
    pub(super) details: Vec<String>,
    /// The phrase that names it.
    pub(super) topic: Option<String>,
    /// Leaders who took part or signed.
    pub(super) people: Vec<(Outcome, String)>,
    pub(super) sectors: Vec<String>,
    /// Where gold agrees on the fact and says something else of it: (what, what gold says).
    pub(super) differs: Vec<(&'static str, String)>,
    /// `None` for what gold says.
    pub(super) confidence: Option<f64>,
    pub(super) evidence: Vec<Evidence>,
    /// Codes and leader ids that it names.
    pub(super) names: BTreeSet<String>,
}

impl Card {
    /// Classes by which a filter finds the card: its own, and those of its participants.
    pub(super) fn tokens(&self) -> BTreeSet<String> {
        let mut out = tokens(self.outcome, self.view);
        if self.view == "encounters" {
            out.extend(self.people.iter().flat_map(|(outcome, _)| tokens(*outcome, "participants")));
        }
        out
    }
}

/// A word about the article as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    pub(super) outcome: Outcome,
    pub(super) view: &'static str,
    pub(super) text: String,
    pub(super) note: String,
}

/// `missed`, `missed-acts`, `acts`; what does not count has none but its view.
pub(super) fn tokens(outcome: Outcome, view: &str) -> BTreeSet<String> {
    let counted = [outcome.as_str().to_owned(), format!("{}-{view}", outcome.as_str()), view.to_owned()];
    match outcome {
        // Countries are no part of the headline score: they answer to their own filters only.
        _ if view == "countries" => counted.into_iter().skip(1).collect(),
        Outcome::Aside => BTreeSet::new(),
        _ => counted.into_iter().collect(),
    }
}

/// The cards of an article: missed ones first, then in the order in which they were told.
pub(super) fn cards(article: &Judged<'_>, c: &Comparison) -> Vec<Card> {
    let (gold, told) = (article.gold, article.told);
    let mut out = Vec::new();
    out.extend(c.agreements.missed.iter().map(|i| agreement(&gold.agreements[*i], gold, Outcome::Missed)));
    out.extend(c.encounters.missed.iter().map(|i| encounter(&gold.encounters[*i], gold, Outcome::Missed)));
    let missed = c.acts.missed.iter().filter_map(|k| gold.acts.iter().find(|a| !a.background && act_key(a) == *k));
    out.extend(missed.map(|a| act(a, Outcome::Missed)));
    for (j, a) in told.agreements.iter().enumerate() {
        let mut card = agreement(a, told, outcome_of(&c.agreements, j));
        if let Some((i, _)) = c.agreements.found.iter().find(|p| p.1 == j) {
            card.differs = agreement_differs(&gold.agreements[*i], a);
        }
        out.push(card);
    }
    for (j, e) in told.encounters.iter().enumerate() {
        let mut card = encounter(e, told, outcome_of(&c.encounters, j));
        if let Some(at) = c.encounters.found.iter().position(|p| p.1 == j) {
            let match_ = &gold.encounters[c.encounters.found[at].0];
            card.differs = encounter_differs(match_, e);
            card.people = people_of(&c.participants[at], told, gold);
        }
        out.push(card);
    }
    out.extend(told.acts.iter().map(|a| act(a, act_outcome(a, c))));
    out
}

fn outcome_of(pairs: &Pairs, told: usize) -> Outcome {
    if pairs.found.iter().any(|p| p.1 == told) {
        Outcome::Found
    } else if pairs.extra.contains(&told) {
        Outcome::Extra
    } else {
        Outcome::Aside
    }
}

fn act_outcome(act: &ActFact, c: &Comparison) -> Outcome {
    let key = act_key(act);
    match act.background {
        false if c.acts.found.contains(&key) => Outcome::Found,
        false if c.acts.extra.contains(&key) => Outcome::Extra,
        _ => Outcome::Aside,
    }
}

fn agreement(a: &AgreementFact, of: &Facts, outcome: Outcome) -> Card {
    Card {
        outcome,
        view: "agreements",
        title: type_title(a.kind.as_str()),
        who: a.parties.join("–"),
        details: [Some(a.status.to_string()), a.date.clone()].into_iter().flatten().collect(),
        topic: a.topic.clone(),
        people: a.signatories.iter().map(|id| (outcome, name_of(id, of))).collect(),
        sectors: a.sectors.clone(),
        differs: Vec::new(),
        confidence: (outcome != Outcome::Missed).then_some(a.confidence),
        evidence: a.evidence.clone(),
        names: a.parties.iter().chain(&a.signatories).cloned().collect(),
    }
}

fn encounter(e: &EncounterFact, of: &Facts, outcome: Outcome) -> Card {
    let place = e.place.as_ref().map(|p| format!("in {p}"));
    Card {
        outcome,
        view: "encounters",
        title: type_title(e.kind.as_str()),
        who: e.countries.join("–"),
        details: [Some(e.status.to_string()), e.date.clone(), place].into_iter().flatten().collect(),
        topic: None,
        people: e.participants.iter().map(|id| (outcome, name_of(id, of))).collect(),
        sectors: Vec::new(),
        differs: Vec::new(),
        confidence: (outcome != Outcome::Missed).then_some(e.confidence),
        evidence: e.evidence.clone(),
        names: e.countries.iter().chain(&e.participants).cloned().collect(),
    }
}

fn act(a: &ActFact, outcome: Outcome) -> Card {
    let arrow = if a.kind.is_mutual() { "–" } else { " → " };
    Card {
        outcome,
        view: "acts",
        title: a.kind.to_string(),
        who: format!("{}{arrow}{}", a.actor, a.recipient),
        details: a.date.iter().cloned().collect(),
        topic: None,
        people: Vec::new(),
        sectors: Vec::new(),
        differs: Vec::new(),
        confidence: (outcome != Outcome::Missed).then_some(a.confidence),
        evidence: a.evidence.clone(),
        names: [a.actor.clone(), a.recipient.clone()].into(),
    }
}

fn agreement_differs(gold: &AgreementFact, told: &AgreementFact) -> Vec<(&'static str, String)> {
    let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    let all = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    [
        ("type", gold.kind != told.kind, gold.kind.to_string()),
        ("status", gold.status != told.status, gold.status.to_string()),
        ("parties", all(&gold.parties) != all(&told.parties), gold.parties.join("–")),
        ("sectors", all(&gold.sectors) != all(&told.sectors), or_none(gold.sectors.join(", "))),
        ("date", gold.date != told.date, or_none(gold.date.clone().unwrap_or_default())),
    ]
    .into_iter()
    .filter(|(_, differs, _)| *differs)
    .map(|(what, _, says)| (what, says))
    .collect()
}

fn encounter_differs(gold: &EncounterFact, told: &EncounterFact) -> Vec<(&'static str, String)> {
    let all = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
    [
        ("type", gold.kind != told.kind, gold.kind.to_string()),
        ("status", gold.status != told.status, gold.status.to_string()),
        ("countries", all(&gold.countries) != all(&told.countries), gold.countries.join("–")),
        ("date", gold.date != told.date, gold.date.clone().unwrap_or_else(|| "none".to_owned())),
    ]
    .into_iter()
    .filter(|(_, differs, _)| *differs)
    .map(|(what, _, says)| (what, says))
    .collect()
}

fn people_of(p: &Participants, told: &Facts, gold: &Facts) -> Vec<(Outcome, String)> {
    let named = |outcome: Outcome, ids: &[String], of: &Facts| {
        ids.iter().map(|id| (outcome, name_of(id, of))).collect::<Vec<_>>()
    };
    [
        named(Outcome::Found, &p.found, told),
        named(Outcome::Extra, &p.extra, told),
        named(Outcome::Missed, &p.missed, gold),
    ]
    .concat()
}

fn name_of(id: &str, of: &Facts) -> String {
    of.leaders.iter().find(|l| l.id == id).map_or_else(|| id.to_owned(), |l| l.name.clone())
}

/// What the article names, row by row: countries, leaders, sectors of agreements.
pub(super) fn chips(article: &Judged<'_>, c: &Comparison) -> Vec<Chip> {
    let (gold, told) = (article.gold, article.told);
    let mut out = Vec::new();
    let countries = [
        (Outcome::Found, &c.countries.found),
        (Outcome::Extra, &c.countries.extra),
        (Outcome::Missed, &c.countries.missed),
    ];
    for (outcome, codes) in countries {
        out.extend(codes.iter().map(|code| {
            let name = told.countries.iter().find(|t| t.id == **code).map(|t| t.name.clone());
            Chip { outcome, view: "countries", text: code.clone(), note: name.unwrap_or_default() }
        }));
    }
    let leader = |outcome: Outcome, l: &LeaderFact| Chip {
        outcome,
        view: "leaders",
        text: l.name.clone(),
        note: format!("{}, {}", l.country, l.office),
    };
    out.extend(c.leaders.found.iter().map(|(_, j)| leader(Outcome::Found, &told.leaders[*j])));
    out.extend(c.leaders.extra.iter().map(|j| leader(Outcome::Extra, &told.leaders[*j])));
    out.extend(c.leaders.missed.iter().map(|i| leader(Outcome::Missed, &gold.leaders[*i])));
    let sectors =
        [(Outcome::Found, &c.sectors.found), (Outcome::Extra, &c.sectors.extra), (Outcome::Missed, &c.sectors.missed)];
    for (outcome, pairs) in sectors {
        out.extend(pairs.iter().map(|(parties, sector)| Chip {
            outcome,
            view: "sectors",
            text: sector.clone(),
            note: parties.join("–"),
        }));
    }
    out
}

//! A small graph's rows for tests: Korea with Singapore, North Korea and Japan.

use super::project::Rows;
use super::words;
use crate::graph::{ClaimRow, EventKind, EventRow, LeaderRow, PartyCodes, PartyRow, TieRow};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Owned rows.
pub(super) struct Sample {
    pub(super) events: Vec<EventRow>,
    pub(super) ties: Vec<TieRow>,
    pub(super) parties: Vec<PartyRow>,
    pub(super) claims: BTreeMap<String, Vec<ClaimRow>>,
}

impl Sample {
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows { events: &self.events, ties: &self.ties, parties: &self.parties }
    }
}

pub(super) fn party(code: &str) -> PartyRow {
    let (name, region) = match code {
        "KOR" => ("South Korea", Some("Asia/Eastern Asia")),
        "PRK" => ("North Korea", Some("Asia/Eastern Asia")),
        "JPN" => ("Japan", Some("Asia/Eastern Asia")),
        "SGP" => ("Singapore", Some("Asia/South-eastern Asia")),
        _ => ("Asia-Pacific <Economic> Cooperation & more", None),
    };
    let (numeric, cow) = match code {
        "KOR" => ("410", 732),
        "PRK" => ("408", 731),
        "JPN" => ("392", 740),
        _ => ("702", 830),
    };
    let codes = PartyCodes {
        iso2: None,
        iso_numeric: region.map(|_| numeric.to_owned()),
        cow: region.map(|_| cow),
        gw: region.map(|_| cow),
        wikidata: None,
    };
    PartyRow {
        code: code.into(),
        name: name.into(),
        country: region.is_some(),
        region: region.map(str::to_owned),
        codes,
    }
}

fn leader(name: &str, code: &str) -> LeaderRow {
    let iri = format!("https://w3id.org/entente/id/leader/{}", name.to_lowercase().replace(' ', "-"));
    let (party, office) = (Some(code.into()), Some("head-of-state".into()));
    LeaderRow { iri, name: name.into(), party, office, title: None, wikidata: Some("Q1".into()) }
}

/// An event; the quad class follows the type.
pub(super) fn event(
    n: usize,
    kind: EventKind,
    event_type: &str,
    status: &str,
    date: &str,
    parties: &[&str],
) -> EventRow {
    let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok();
    let conflict = matches!(event_type, "ACCUSE" | "ASSAULT");
    let act = kind == EventKind::Act;
    let mut sorted: Vec<String> = parties.iter().map(|p| (*p).to_owned()).collect();
    sorted.sort();
    EventRow {
        iri: format!("https://w3id.org/entente/id/event/{n}"),
        kind,
        event_type: event_type.into(),
        status: Some(status.to_owned()).filter(|s| !s.is_empty()),
        parties: sorted,
        actor: act.then(|| parties[0].to_owned()),
        recipient: act.then(|| parties[1].to_owned()),
        participants: Vec::new(),
        signatories: Vec::new(),
        topic: None,
        sectors: Vec::new(),
        place: None,
        date: day.map(|_| date.to_owned()),
        date_basis: day.map(|_| "explicit".to_owned()),
        earliest: day,
        latest: day,
        background: false,
        quad_class: if conflict { "verbal-conflict" } else { "verbal-cooperation" }.into(),
        confidence: 0.9,
        articles: vec![format!("article-{}", n % 5)],
    }
}

fn claim(event: &EventRow, article: &str) -> ClaimRow {
    ClaimRow {
        iri: format!("{}/claim/{article}", event.iri),
        article: article.to_owned(),
        title: format!("Headline of <{article}> & co"),
        source: Some("The Daily".into()),
        url: Some("https://example.org/a?b=1&c=2".into()),
        published: NaiveDate::from_ymd_opt(2025, 11, 2),
        start: 0,
        end: 10,
        quote: format!("A sentence with \"quotes\", a\ttab and\na line break about {}.", event.event_type),
        rule: "agree/active".into(),
        attributed_to: None,
        words: Vec::new(),
        event_type: event.event_type.clone(),
        status: event.status.clone(),
        date: event.date.clone(),
        confidence: 0.8,
    }
}

/// One tie a pair, kind and direction, of what came about.
pub(super) fn ties(events: &[EventRow]) -> Vec<TieRow> {
    let mut out: BTreeMap<(String, String, String), TieRow> = BTreeMap::new();
    for event in events.iter().filter(|e| words::Standing::of(e) == words::Standing::Done) {
        let pairs: Vec<(String, String)> = match (&event.actor, &event.recipient) {
            (Some(actor), Some(recipient)) => vec![(actor.clone(), recipient.clone())],
            _ => (0..event.parties.len())
                .flat_map(|i| (i + 1..event.parties.len()).map(move |j| (i, j)))
                .map(|(i, j)| (event.parties[i].clone(), event.parties[j].clone()))
                .collect(),
        };
        for (from, to) in pairs {
            let kind = words::tie_kind(event).to_owned();
            let tie = out.entry((from.clone(), to.clone(), kind.clone())).or_insert_with(|| TieRow {
                iri: format!("https://w3id.org/entente/id/tie/{from}-{to}-{kind}"),
                from,
                to,
                kind,
                directed: event.actor.is_some(),
                count: 0,
                articles: 0,
                quad_class: event.quad_class.clone(),
                first: None,
                last: None,
                events: Vec::new(),
            });
            tie.count += 1;
            tie.events.push(event.iri.clone());
        }
    }
    out.into_values().collect()
}

/// Nine events that came about, a planned, a cancelled and a recalled one.
pub(super) fn rows() -> Sample {
    use EventKind::{Act, Agreement, Encounter};
    let mut events = vec![
        event(0, Agreement, "partnership", "agreed", "2025-11-02", &["KOR", "SGP"]),
        event(1, Agreement, "mou", "signed", "2025-11-02", &["KOR", "SGP"]),
        event(2, Encounter, "meeting", "held", "2025-11-02", &["KOR", "SGP"]),
        event(3, Act, "SUPPORT", "", "2025-11-02", &["SGP", "KOR"]),
        event(4, Act, "ACCUSE", "", "2024-03-01", &["KOR", "PRK"]),
        event(5, Act, "ACCUSE", "", "2024-03-02", &["PRK", "KOR"]),
        event(6, Act, "ASSAULT", "", "2018-01-01", &["PRK", "KOR"]),
        event(7, Encounter, "meeting", "held", "2018-04-27", &["KOR", "PRK"]),
        event(8, Encounter, "meeting", "held", "2023-03-16", &["JPN", "KOR"]),
        event(9, Encounter, "visit", "planned", "", &["KOR", "SGP"]),
        event(10, Encounter, "meeting", "cancelled", "2020-01-01", &["KOR", "SGP"]),
        event(11, Agreement, "fta", "planned", "2022", &["APEC", "JPN", "KOR", "SGP"]),
    ];
    events[0].topic = Some("strategic partnership".into());
    events[0].sectors = vec!["defence".into(), "trade".into()];
    events[0].articles = vec!["article-0".into(), "article-1".into()];
    events[1].topic = Some("digital <cooperation> & \"AI\"".into());
    events[1].sectors = vec!["digital".into(), "trade".into()];
    events[1].signatories = vec![leader("Lee Jae Myung", "KOR")];
    events[2].participants = vec![leader("Lawrence Wong", "SGP"), leader("Lee Jae Myung", "KOR")];
    events[2].place = Some("Seoul".into());
    events[10].background = true;
    let claims = events.iter().map(|e| (e.iri.clone(), e.articles.iter().map(|a| claim(e, a)).collect())).collect();
    Sample { ties: ties(&events), parties: ["APEC", "JPN", "KOR", "PRK", "SGP"].map(party).to_vec(), events, claims }
}

//! Facts → lines of the notation, so that a failure shows what was found beside what was expected.

use entente::facts::{ActFact, AgreementFact, EncounterFact, Facts, LeaderFact};
use std::fmt::Write as _;

/// Every leader, agreement, encounter and act, one line each.
pub(crate) fn lines(facts: &Facts) -> Vec<String> {
    let names = |ids: &[String]| {
        let name =
            |id: &String| facts.leaders.iter().find(|l| l.id == *id).map_or_else(|| id.clone(), |l| l.name.clone());
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<String> = facts.leaders.iter().map(leader).collect();
    lines.extend(facts.agreements.iter().map(agreement));
    lines.extend(facts.encounters.iter().map(|e| encounter(e, &names(&e.participants))));
    lines.extend(facts.acts.iter().map(act));
    lines
}

fn leader(l: &LeaderFact) -> String {
    format!("leader: \"{}\" {} {}", l.name, l.country, l.office)
}

fn agreement(a: &AgreementFact) -> String {
    let mut line = format!("agreement: type={} parties={} status={}", a.kind, a.parties.join(","), a.status);
    if !a.sectors.is_empty() {
        let _ = write!(line, " sectors={}", a.sectors.join(","));
    }
    tail(line, a.date.as_deref(), a.background, a.confidence)
}

fn encounter(e: &EncounterFact, names: &str) -> String {
    let mut line = format!("encounter: type={} countries={} status={}", e.kind, e.countries.join(","), e.status);
    if !names.is_empty() {
        let _ = write!(line, " participants=\"{names}\"");
    }
    if let Some(place) = &e.place {
        let _ = write!(line, " place=\"{place}\"");
    }
    tail(line, e.date.as_deref(), e.background, e.confidence)
}

fn act(a: &ActFact) -> String {
    tail(format!("act: {} {} {}", a.actor, a.kind, a.recipient), None, a.background, a.confidence)
}

fn tail(mut line: String, date: Option<&str>, background: bool, confidence: f64) -> String {
    if let Some(date) = date {
        let _ = write!(line, " date={date}");
    }
    if background {
        line.push_str(" background=true");
    }
    let _ = write!(line, "   [{confidence:.2}]");
    line
}

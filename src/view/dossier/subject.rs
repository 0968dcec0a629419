//! Whom a dossier is about, and what of the graph it may tell.

use crate::graph::{EventRow, LeaderRow, PartyRow};
use crate::view::words;
use chrono::NaiveDate;
use serde::Serialize;

/// Whom a dossier is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Subject {
    /// Two parties: the events that both are party to.
    Dyad {
        /// The two.
        parties: [PartyRow; 2],
    },
    /// A country or organization: the events that it is party to.
    Country {
        /// The party.
        party: PartyRow,
    },
    /// A leader: the events that they took part in, or signed.
    Leader {
        /// The leader, as the articles tell of them.
        leader: LeaderRow,
    },
}

impl Subject {
    /// "South Korea and Singapore", "South Korea", "Lawrence Wong".
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Dyad { parties: [a, b] } => format!("{} and {}", a.name, b.name),
            Self::Country { party } => party.name.clone(),
            Self::Leader { leader } => words::visible(&leader.name),
        }
    }

    /// "KOR · SGP", "KOR"; of a leader title and country.
    #[must_use]
    pub fn subtitle(&self) -> String {
        match self {
            Self::Dyad { parties: [a, b] } => format!("{} · {}", a.code, b.code),
            Self::Country { party } => party.code.clone(),
            Self::Leader { leader } => {
                let office = leader.title.clone().or_else(|| leader.office.clone());
                let parts: Vec<String> = office.into_iter().chain(leader.party.clone()).collect();
                words::visible(&parts.join(" · "))
            }
        }
    }

    /// Codes that need not be named in every line.
    pub(super) fn codes(&self) -> Vec<&str> {
        match self {
            Self::Dyad { parties } => parties.iter().map(|p| p.code.as_str()).collect(),
            Self::Country { party } => vec![&party.code],
            Self::Leader { leader } => leader.party.iter().map(String::as_str).collect(),
        }
    }

    /// Whether the dossier tells the event.
    #[must_use]
    pub fn concerns(&self, event: &EventRow) -> bool {
        match self {
            Self::Leader { leader } => people(event).any(|l| l.iri == leader.iri),
            _ => self.codes().iter().all(|code| event.parties.iter().any(|p| p == code)),
        }
    }

    /// Whether others than the subject take part: more than two parties in a dossier of two.
    pub(super) fn with_others(&self, event: &EventRow) -> bool {
        matches!(self, Self::Dyad { .. }) && event.parties.len() > 2
    }
}

/// Leaders of an event, each once.
pub(super) fn people(event: &EventRow) -> impl Iterator<Item = &LeaderRow> {
    let signed = event.signatories.iter().filter(|s| event.participants.iter().all(|p| p.iri != s.iri));
    event.participants.iter().chain(signed)
}

/// What of the graph a dossier tells.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scope {
    /// What ended before this day is left out, and what has no date.
    pub since: Option<NaiveDate>,
    /// What began after this day is left out, and what has no date.
    pub until: Option<NaiveDate>,
    /// Slugs: only agreements of these sectors.
    pub sectors: Vec<String>,
    /// Events of a smaller confidence are left out.
    pub min_confidence: f64,
    /// How many entries a section has at most, the best attested ones; `None`: all.
    pub limit: Option<usize>,
}

impl Scope {
    /// "Scope: since 1 January 2020, agreements on trade alone, confidence 0.70 and more."; nothing where nothing is left out.
    #[must_use]
    pub fn line(&self, label: impl Fn(&str) -> String) -> Option<String> {
        let mut parts = Vec::new();
        parts.extend(self.since.map(|day| format!("since {}", words::day(day))));
        parts.extend(self.until.map(|day| format!("until {}", words::day(day))));
        if !self.sectors.is_empty() {
            let sectors: Vec<String> = self.sectors.iter().map(|s| label(s)).collect();
            parts.push(format!("agreements on {} alone", words::listed(&sectors)));
        }
        if self.min_confidence > 0.0 {
            parts.push(format!("confidence {:.2} and more", self.min_confidence));
        }
        (!parts.is_empty()).then(|| format!("Scope: {}.", parts.join(", ")))
    }
}

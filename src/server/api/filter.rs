//! The filters that all lists of events share, from the parameters of a request.

use crate::graph::{EventKind, EventRow};
use crate::server::problem::Problem;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Which events are asked for. What is not said asks for all.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filter {
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
    sectors: BTreeSet<String>,
    kinds: BTreeSet<String>,
    types: BTreeSet<String>,
    statuses: BTreeSet<String>,
    min_confidence: f64,
    background: Option<bool>,
}

impl Filter {
    /// Reads `since`, `until`, `sector`, `kind`, `type`, `status`, `min_confidence`, `background`; other parameters are
    /// not its own. An empty value asks for all.
    pub(super) fn parse(query: &[(String, String)]) -> Result<Self, Problem> {
        let mut filter = Self::default();
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            let day = || -> Result<_, Problem> {
                let day = NaiveDate::parse_from_str(value, "%Y-%m-%d");
                Ok(Some(day.map_err(|_| Problem::bad(format!("`{name}` is no day such as 2025-11-02")))?))
            };
            match name.as_str() {
                "since" => filter.since = day()?,
                "until" => filter.until = day()?,
                "sector" => _ = filter.sectors.insert(value.clone()),
                "kind" => {
                    let known = [EventKind::Agreement, EventKind::Encounter, EventKind::Act];
                    if !known.iter().any(|kind| kind.as_str() == value) {
                        return Err(Problem::bad("`kind` is agreement, encounter or act"));
                    }
                    filter.kinds.insert(value.clone());
                }
                "type" => _ = filter.types.insert(value.clone()),
                "status" => _ = filter.statuses.insert(value.clone()),
                "min_confidence" => {
                    let number = value.parse().ok().filter(|n| (0.0..=1.0).contains(n));
                    filter.min_confidence =
                        number.ok_or_else(|| Problem::bad("`min_confidence` is a number from 0 to 1"))?;
                }
                "background" => {
                    filter.background = match value.as_str() {
                        "true" => Some(true),
                        "false" => Some(false),
                        _ => return Err(Problem::bad("`background` is true or false")),
                    };
                }
                _ => {}
            }
        }
        Ok(filter)
    }

    /// Whether it asks for all.
    pub(super) fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an event is asked for. Of a date that is a month or year, one day within the period is enough.
    pub(super) fn passes(&self, event: &EventRow) -> bool {
        let among = |set: &BTreeSet<String>, value: &str| set.is_empty() || set.contains(value);
        self.since.is_none_or(|day| event.latest.is_some_and(|last| last >= day))
            && self.until.is_none_or(|day| event.earliest.is_some_and(|first| first <= day))
            && (self.sectors.is_empty() || event.sectors.iter().any(|s| self.sectors.contains(s)))
            && among(&self.kinds, event.kind.as_str())
            && among(&self.types, &event.event_type)
            && (self.statuses.is_empty() || event.status.as_ref().is_some_and(|s| self.statuses.contains(s)))
            && event.confidence >= self.min_confidence
            && self.background.is_none_or(|wanted| event.background == wanted)
    }
}

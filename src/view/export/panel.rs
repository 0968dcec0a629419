//! Events → a panel: one row a pair of parties and a month or year, with counts by kind and quad class and PLOVER scores.
//!
//! Counted is what [`Codings`] codes: what came about and has a date that tells the period. Periods without events have no
//! row. Undirected, a row stands for both directions, the codes in order; directed, for what the source did to the target,
//! and what both did together (agreements, encounters) counts in both rows.

use super::coding::Codings;
use super::events::Lookup;
use super::lists::Table;
use super::{Cells, Column, Kind, text};
use crate::graph::{EventKind, EventRow};
use crate::view::network::Value;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl Period {
    /// The first day of the period in which both days lie.
    fn of(self, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let begin = |day: NaiveDate| match self {
            Self::Month => day.with_day(1),
            Self::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        };
        begin(first).filter(|from| begin(last) == Some(*from))
    }
}

/// What happened between two parties in one period.
#[derive(Debug, Clone, Default)]
struct Count {
    kinds: [usize; 3],
    quads: [usize; 4],
    forward: usize,
    backward: usize,
    scores: Vec<f64>,
    articles: BTreeSet<String>,
}

const QUADS: [&str; 4] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

const COLUMNS: [(&str, Kind); 31] = [
    ("dyad", Kind::Text),
    ("source", Kind::Text),
    ("target", Kind::Text),
    ("period", Kind::Text),
    ("year", Kind::Count),
    ("month", Kind::Count),
    ("source_name", Kind::Text),
    ("target_name", Kind::Text),
    ("source_iso_numeric", Kind::Text),
    ("target_iso_numeric", Kind::Text),
    ("source_cow", Kind::Count),
    ("target_cow", Kind::Count),
    ("source_gw", Kind::Count),
    ("target_gw", Kind::Count),
    ("cow_dyad", Kind::Count),
    ("events", Kind::Count),
    ("agreements", Kind::Count),
    ("encounters", Kind::Count),
    ("acts", Kind::Count),
    ("verbal_cooperation", Kind::Count),
    ("material_cooperation", Kind::Count),
    ("verbal_conflict", Kind::Count),
    ("material_conflict", Kind::Count),
    ("acts_forward", Kind::Count),
    ("acts_backward", Kind::Count),
    ("score_sum", Kind::Real),
    ("score_mean", Kind::Real),
    ("score_min", Kind::Real),
    ("score_max", Kind::Real),
    ("articles", Kind::Count),
    ("directed", Kind::Flag),
];

/// The counts of every pair and period.
#[derive(Debug, Clone)]
pub struct Panel {
    period: Period,
    directed: bool,
    counts: BTreeMap<(String, String, NaiveDate), Count>,
    /// Events that were coded, but whose date does not tell the period.
    pub vague: usize,
}

impl Panel {
    /// Counts the events between two parties of which, where `codes` names any, one is among them.
    #[must_use]
    pub fn count(
        events: &[EventRow],
        codings: &Codings<'_>,
        period: Period,
        directed: bool,
        codes: &[String],
        look: &Lookup<'_>,
    ) -> Self {
        let mut panel = Self { period, directed, counts: BTreeMap::new(), vague: 0 };
        let wanted = |code: &str| codes.is_empty() || codes.iter().any(|c| c == code);
        for event in events {
            let coded = codings.get(event);
            let Some((first, last)) = event.earliest.zip(event.latest).filter(|_| !coded.is_empty()) else { continue };
            let Some(from) = period.of(first, last) else {
                panel.vague += 1;
                continue;
            };
            for row in coded.iter().filter(|r| r.actor != r.recipient && (wanted(r.actor) || wanted(r.recipient))) {
                let score = look.knowledge.acts.of(row.act).map(|c| c.score_of(row.mode));
                panel.add(event, (row.actor, row.recipient), from, score);
            }
        }
        panel
    }

    fn add(&mut self, event: &EventRow, (actor, recipient): (&str, &str), from: NaiveDate, score: Option<f64>) {
        let act = event.kind == EventKind::Act;
        let rows = match (self.directed, act) {
            (true, true) => vec![(actor, recipient)],
            (true, false) => vec![(actor, recipient), (recipient, actor)],
            (false, _) => vec![(actor.min(recipient), actor.max(recipient))],
        };
        for (a, b) in rows {
            let count = self.counts.entry((a.to_owned(), b.to_owned(), from)).or_default();
            match event.kind {
                EventKind::Agreement => count.kinds[0] += 1,
                EventKind::Encounter => count.kinds[1] += 1,
                EventKind::Act => count.kinds[2] += 1,
            }
            if let Some(at) = QUADS.iter().position(|q| *q == event.quad_class) {
                count.quads[at] += 1;
            }
            if act {
                *(if a == actor { &mut count.forward } else { &mut count.backward }) += 1;
            }
            count.scores.extend(score);
            count.articles.extend(event.articles.iter().cloned());
        }
    }

    /// Its rows, by pair and period.
    #[must_use]
    pub fn table(&self, look: &Lookup<'_>) -> Table {
        let row = |((a, b, from), count): (&(String, String, NaiveDate), &Count)| {
            let mut cells = self.place(a, b, *from, look);
            cells.extend(self.numbers(count));
            cells
        };
        let columns = COLUMNS.iter().map(|(name, kind)| Column { name, kind: *kind }).collect();
        Table { columns, rows: self.counts.iter().map(row).collect() }
    }

    /// Who and when.
    fn place(&self, a: &str, b: &str, from: NaiveDate, look: &Lookup<'_>) -> Cells {
        let codes = [a, b].map(|code| look.party(code).map(|p| p.codes.clone()).unwrap_or_default());
        let [one, other] = &codes;
        let whole = |n: Option<u16>| n.map(|n| Value::Count(n.into()));
        let period = match self.period {
            Period::Month => from.format("%Y-%m").to_string(),
            Period::Year => from.format("%Y").to_string(),
        };
        let month = usize::try_from(from.month()).ok().filter(|_| self.period == Period::Month);
        // The id of a dyad in the Correlates of War data.
        let cow_dyad = one.cow.zip(other.cow).map(|(a, b)| Value::Count(usize::from(a) * 1000 + usize::from(b)));
        vec![
            text(format!("{a}-{b}")),
            text(a),
            text(b),
            text(period),
            usize::try_from(from.year()).ok().map(Value::Count),
            month.map(Value::Count),
            text(look.name(a)),
            text(look.name(b)),
            one.iso_numeric.clone().map(Value::Text),
            other.iso_numeric.clone().map(Value::Text),
            whole(one.cow),
            whole(other.cow),
            whole(one.gw),
            whole(other.gw),
            cow_dyad,
        ]
    }

    fn numbers(&self, count: &Count) -> Cells {
        let sum: f64 = count.scores.iter().sum();
        let some = !count.scores.is_empty();
        let real = |r: f64| some.then_some(Value::Real((r * 1000.0).round() / 1000.0));
        let mut cells = vec![Some(Value::Count(count.kinds.iter().sum()))];
        cells.extend(count.kinds.iter().chain(&count.quads).map(|n| Some(Value::Count(*n))));
        cells.extend([
            Some(Value::Count(count.forward)),
            Some(Value::Count(count.backward)).filter(|_| !self.directed),
            real(sum),
            real(sum / count.scores.len().max(1) as f64),
            real(count.scores.iter().copied().fold(f64::INFINITY, f64::min)),
            real(count.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
            Some(Value::Count(count.articles.len())),
            Some(Value::Flag(self.directed)),
        ]);
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::knowledge::Knowledge;

    /// `SOURCE-TARGET PERIOD` and the counts named.
    fn rows(period: Period, directed: bool, shown: &[&str]) -> Vec<String> {
        let (knowledge, sample) = (Knowledge::builtin().unwrap(), sample::rows());
        let look = Lookup::new(&knowledge, &sample.parties);
        let codings = Codings::of(&sample.events, false);
        let panel = Panel::count(&sample.events, &codings, period, directed, &[], &look);
        let Table { columns, rows } = panel.table(&look);
        let at = |name: &str| columns.iter().position(|c| c.name == name).unwrap();
        let show = |cells: &Cells, name: &str| cells[at(name)].as_ref().map(ToString::to_string).unwrap_or_default();
        let line = |cells: &Cells| {
            assert_eq!(cells.len(), columns.len());
            let counts = shown.iter().map(|name| show(cells, name)).collect::<Vec<_>>().join(" ");
            format!("{} {}: {counts}", show(cells, "dyad"), show(cells, "period"))
        };
        rows.iter().map(line).collect()
    }

    #[test]
    fn months_count_each_pair_once() {
        let shown = ["events", "agreements", "verbal_conflict", "acts_forward", "acts_backward", "cow_dyad"];
        assert_eq!(
            rows(Period::Month, false, &shown),
            [
                "JPN-KOR 2023-03: 1 0 0 0 0 740732",
                "KOR-PRK 2018-01: 1 0 1 0 1 732731",
                "KOR-PRK 2018-04: 1 0 0 0 0 732731",
                "KOR-PRK 2024-03: 2 0 2 1 1 732731",
                "KOR-SGP 2025-11: 4 2 0 0 1 732830",
            ]
        );
    }

    #[test]
    fn years_have_scores() {
        let shown = ["events", "score_sum", "score_mean", "score_min", "score_max", "month"];
        assert_eq!(
            rows(Period::Year, false, &shown)[1..3],
            ["KOR-PRK 2018: 2 -6.5 -3.25 -9 2.5 ", "KOR-PRK 2024: 2 -6 -3 -3 -3 "]
        );
    }

    #[test]
    fn directed_rows_have_what_both_did_twice() {
        let directed = rows(Period::Year, true, &["events", "acts_forward", "acts_backward"]);
        assert!(
            directed.contains(&"KOR-SGP 2025: 3 0 ".to_owned()) && directed.contains(&"SGP-KOR 2025: 4 1 ".to_owned())
        );
    }
}

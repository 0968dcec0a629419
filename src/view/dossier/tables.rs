//! The figures of a dossier → tables, the same ones for text, Markdown and HTML.

use super::series::periods;
use super::{Dossier, Subject};
use crate::view::words;

/// Rows beyond these are left out of tables of partners and people; JSON has all.
const ROWS: usize = 15;

/// A table: the columns after the first few of text hold numbers.
pub(super) struct Table {
    pub(super) title: &'static str,
    /// Name for links.
    pub(super) slug: &'static str,
    pub(super) head: Vec<&'static str>,
    /// How many columns hold text; the rest holds numbers.
    pub(super) texts: usize,
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows are left out.
    pub(super) more: usize,
}

impl Table {
    fn new(
        title: &'static str,
        slug: &'static str,
        head: &[&'static str],
        texts: usize,
        rows: Vec<Vec<String>>,
    ) -> Self {
        let more = rows.len().saturating_sub(ROWS);
        let rows = rows.into_iter().take(ROWS).collect();
        Self { title, slug, head: head.to_vec(), texts, rows, more }
    }
}

/// The tables that have rows.
pub(super) fn tables(dossier: &Dossier) -> Vec<Table> {
    let all = [statuses(dossier), sectors(dossier), partners(dossier), people(dossier), tone(dossier)];
    all.into_iter().filter(|t| !t.rows.is_empty()).collect()
}

pub(super) fn statuses(dossier: &Dossier) -> Table {
    let rows = dossier.statuses.iter().map(|s| vec![words::capitalized(&s.status.replace('-', " ")), number(s.count)]);
    Table::new("Agreements by status", "statuses", &["Status", "Agreements"], 1, rows.collect())
}

pub(super) fn sectors(dossier: &Dossier) -> Table {
    let row = |s: &super::SectorCount| {
        vec![words::capitalized(&s.label), number(s.done), number(s.planned), number(s.cancelled)]
    };
    let head = ["Sector", "Reached", "Planned", "Ended"];
    Table::new("Agreements by sector", "sectors", &head, 1, dossier.sectors.iter().map(row).collect())
}

pub(super) fn partners(dossier: &Dossier) -> Table {
    let row = |p: &super::Partner| {
        let (cooperation, conflict) = (number(p.mood.cooperation()), number(p.mood.conflict()));
        let name = words::visible(&p.party.name);
        vec![name, number(p.agreements), number(p.encounters), cooperation, conflict, score(p.mood.score)]
    };
    let head = ["With", "Agreements", "Encounters", "Cooperation", "Conflict", "Score"];
    Table::new("Partners", "partners", &head, 1, dossier.partners.iter().map(row).collect())
}

pub(super) fn people(dossier: &Dossier) -> Table {
    let row = |p: &super::Person| {
        let party = p.leader.party.clone().unwrap_or_default();
        let title = p.leader.title.as_ref().or(p.leader.office.as_ref()).map(|t| words::visible(t)).unwrap_or_default();
        let last = p.last.map(|d| d.to_string()).unwrap_or_default();
        vec![words::visible(&p.leader.name), title.replace('-', " "), party, last, number(p.events)]
    };
    let head = ["Name", "Title", "For", "Last seen", "Events"];
    let title = if matches!(dossier.subject, Subject::Leader { .. }) { "Met with" } else { "People" };
    Table::new(title, "people", &head, 4, dossier.people.iter().map(row).collect())
}

pub(super) fn tone(dossier: &Dossier) -> Table {
    let periods = periods(&dossier.tone);
    let row = |p: &super::series::Period| {
        let m = &p.mood;
        let counts = [m.verbal_cooperation, m.material_cooperation, m.verbal_conflict, m.material_conflict];
        let cells = counts.into_iter().map(number).chain([score(m.score)]);
        std::iter::once(p.label.clone()).chain(cells).collect()
    };
    // The latest first: that is what one looks for, and what is kept of many.
    let rows = periods.iter().rev().filter(|p| p.mood.events() > 0).map(row).collect();
    let head = ["Period", "Verbal +", "Material +", "Verbal −", "Material −", "Score"];
    Table::new("Tone over time", "tone", &head, 1, rows)
}

fn number(count: usize) -> String {
    words::grouped(count)
}

/// `+3.4`, `−2.0`; nothing where there is none.
fn score(score: Option<f64>) -> String {
    let sign = |s: f64| if s < 0.0 { "−" } else { "+" };
    score.map(|s| format!("{}{:.1}", sign(s), s.abs())).unwrap_or_default()
}

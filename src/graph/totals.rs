//! The figures of all ties of a pair of parties, which stand with its dyad: how many events there are of each sort, and the
//! first and last of their days. An event is in one tie of a pair.

use super::rows::EventKind;
use super::sheet::Sheet;
use super::store::value;
use super::ties::Tie;
use super::vocab::{ent, graphs};
use crate::knowledge::vocab::{EncounterType, QuadClass};
use chrono::NaiveDate;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};

/// What is counted of a pair, as the graph names it.
const COUNTS: [NamedNodeRef<'static>; 6] = [
    ent::COUNT,
    ent::AGREEMENT_COUNT,
    ent::ENCOUNTER_COUNT,
    ent::COOPERATION_COUNT,
    ent::VERBAL_CONFLICT_COUNT,
    ent::MATERIAL_CONFLICT_COUNT,
];

/// The figures of a pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// In the order of [`COUNTS`].
    counts: [usize; COUNTS.len()],
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
}

impl Totals {
    /// Of all ties of a pair.
    pub(super) fn of(ties: &[Tie]) -> Self {
        let mut totals = Self::default();
        for tie in ties {
            totals.shift(tie, tie.events.len(), 0);
            totals.first = totals.first.into_iter().chain(tie.first).min();
            totals.last = totals.last.max(tie.last);
        }
        totals
    }

    /// Of the quads of a dyad.
    pub(super) fn read(dyad: &[Quad]) -> Self {
        let one = |predicate| dyad.iter().find(|quad| quad.predicate.as_ref() == predicate).map(|q| value(&q.object));
        let number = |predicate| one(predicate).and_then(|text| text.parse().ok()).unwrap_or(0);
        let day = |predicate| one(predicate).and_then(|text| text.parse().ok());
        Self { counts: COUNTS.map(number), first: day(ent::FIRST_DATE), last: day(ent::LAST_DATE) }
    }

    /// Counts events that come to a tie and leave it; leaves the days alone.
    pub(super) fn shift(&mut self, tie: &Tie, came: usize, gone: usize) {
        let agreement = EventKind::Agreement.as_str();
        let is = [
            true,
            tie.kind == agreement,
            tie.kind.parse::<EncounterType>().is_ok(),
            tie.quad_class.ends_with("cooperation"),
            tie.quad_class == QuadClass::VerbalConflict.as_str(),
            tie.quad_class == QuadClass::MaterialConflict.as_str(),
        ];
        for (count, _) in self.counts.iter_mut().zip(is).filter(|(_, is)| *is) {
            *count = (*count + came).saturating_sub(gone);
        }
    }

    /// Its quads at a dyad: none where nothing ties the pair.
    pub(super) fn quads(&self, dyad: &NamedNode) -> Vec<Quad> {
        let mut sheet = Sheet::new(graphs::EVENTS.into_owned());
        if self.counts != [0; COUNTS.len()] {
            COUNTS.into_iter().zip(self.counts).for_each(|(predicate, count)| sheet.number(dyad, predicate, count));
            sheet.day(dyad, ent::FIRST_DATE, self.first);
            sheet.day(dyad, ent::LAST_DATE, self.last);
        }
        sheet.quads
    }
}

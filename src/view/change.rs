//! Two periods → what changed between them: ties gained and lost, pairs that grew warmer or cooler.

use super::dyads::{pairs, party};
use super::project::Rows;
use super::tone::Mood;
use crate::graph::PartyRow;
use crate::knowledge::Acts;
use serde::Serialize;
use std::collections::BTreeSet;

/// How much the mean score must move for a pair to count as warmer or cooler, of the 20 points of PLOVER's scale.
pub const STEP: f64 = 1.0;

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Change {
    /// Pairs that were not tied before, those with most events first.
    pub gained: Vec<PairChange>,
    /// Pairs that are tied no more, those that had most events first.
    pub lost: Vec<PairChange>,
    /// Pairs whose mean score rose by a [`STEP`] or more, the biggest rise first.
    pub warmer: Vec<PairChange>,
    /// Pairs whose mean score fell so much, the biggest fall first.
    pub cooler: Vec<PairChange>,
    /// How many pairs are tied in both periods without either.
    pub steady: usize,
}

/// A pair in both periods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairChange {
    /// The first in the order of codes.
    pub first: PartyRow,
    /// The other.
    pub second: PartyRow,
    /// In the earlier period.
    pub before: Mood,
    /// In the later period.
    pub after: Mood,
    /// How much the mean score moved, where both periods have one.
    pub difference: Option<f64>,
}

impl PairChange {
    fn events(&self) -> usize {
        self.before.events() + self.after.events()
    }
}

/// Compares the periods; a pair counts as tied in a period from `least` events on.
#[must_use]
pub fn change(before: Rows<'_>, after: Rows<'_>, least: usize, acts: &Acts) -> Change {
    let (old, new) = (pairs(before), pairs(after));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
    let mut change = Change::default();
    for key in keys {
        let mood = |of: &super::dyads::Pairs<'_>| {
            let events = of.get(&key).into_iter().flat_map(|events| events.values().copied());
            Mood::of(events, acts)
        };
        let (was, is) = (mood(&old), mood(&new));
        let known = |code| {
            let named = |p: &&PartyRow| p.code == code;
            before.parties.iter().find(named).cloned().unwrap_or_else(|| party(after.parties, code))
        };
        let difference = was.score.zip(is.score).map(|(a, b)| ((b - a) * 100.0).round() / 100.0);
        let pair = PairChange { first: known(key.0), second: known(key.1), before: was, after: is, difference };
        let least = least.max(1);
        match (was.events() >= least, is.events() >= least, difference) {
            (false, false, _) => {}
            (false, true, _) => change.gained.push(pair),
            (true, false, _) => change.lost.push(pair),
            (true, true, Some(by)) if by >= STEP => change.warmer.push(pair),
            (true, true, Some(by)) if by <= -STEP => change.cooler.push(pair),
            (true, true, _) => change.steady += 1,
        }
    }
    // Stable: equal ones stay in the order of codes.
    for list in [&mut change.gained, &mut change.lost] {
        list.sort_by_key(|pair| std::cmp::Reverse(pair.events()));
    }
    for list in [&mut change.warmer, &mut change.cooler] {
        let size = |pair: &PairChange| pair.difference.map_or(0.0, f64::abs);
        list.sort_by(|a, b| size(b).total_cmp(&size(a)));
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{EventKind, EventRow};
    use crate::view::sample;

    fn met(n: usize, parties: [&str; 2]) -> EventRow {
        sample::event(n, EventKind::Encounter, "meeting", "held", "2024-01-01", &parties)
    }

    fn accused(n: usize, parties: [&str; 2]) -> EventRow {
        sample::event(n, EventKind::Act, "ACCUSE", "", "2024-01-01", &parties)
    }

    #[test]
    fn pairs_are_gained_lost_warmer_cooler_or_steady() {
        let before =
            [met(0, ["JPN", "KOR"]), accused(1, ["KOR", "PRK"]), met(2, ["KOR", "SGP"]), met(3, ["APEC", "KOR"])];
        let after =
            [met(4, ["JPN", "SGP"]), met(5, ["KOR", "PRK"]), accused(6, ["KOR", "SGP"]), met(7, ["APEC", "KOR"])];
        let (old, new) = (sample::ties(&before), sample::ties(&after));
        let parties = ["APEC", "JPN", "KOR", "PRK", "SGP"].map(sample::party);
        let rows = |events, ties| Rows { events, ties, parties: &parties };
        let acts = Acts::builtin().unwrap();
        let found = change(rows(&before, &old), rows(&after, &new), 1, &acts);
        let told = |list: &[PairChange]| {
            list.iter().map(|p| format!("{}-{}", p.first.code, p.second.code)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(told(&found.gained), "JPN-SGP");
        assert_eq!(told(&found.lost), "JPN-KOR");
        assert_eq!(told(&found.warmer), "KOR-PRK");
        assert_eq!(told(&found.cooler), "KOR-SGP");
        assert_eq!((found.steady, found.cooler[0].first.name.as_str()), (1, "South Korea"));
        assert!(found.cooler[0].difference.unwrap() <= -STEP);
        assert_eq!(change(rows(&before, &old), rows(&after, &new), 2, &acts), Change::default());
    }
}

//! Tellings of a bucket → groups, each of one event; a function of the whole bucket, so that no order of arrival matters.
//!
//! The most alike pairs come first; two groups become one unless any two of their tellings contradict each other.

use super::identity::{Item, contradict, horizon, likeness};
use std::collections::{BTreeMap, BTreeSet};

/// Groups of the items' places, each sorted, by their first. `items` must stand in the order of their tellings.
pub(super) fn groups(items: &[Item<'_>]) -> Vec<Vec<usize>> {
    let mut pairs = pairs(items);
    // The order of the tellings, which is that of their content, decides among the equally alike.
    pairs.sort_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut state = Groups::new(items.len());
    for (_, a, b) in pairs {
        state.join(items, a, b);
    }
    state.members.into_values().collect()
}

/// Pairs that may be one event, with their likeness, the earlier telling first.
fn pairs(items: &[Item<'_>]) -> Vec<(i64, usize, usize)> {
    let mut dated: Vec<usize> = (0..items.len()).filter(|&i| items[i].days.is_some()).collect();
    dated.sort_by_key(|&i| (items[i].days, i));
    let undated: Vec<usize> = (0..items.len()).filter(|&i| items[i].days.is_none()).collect();
    let mut pairs = Vec::new();
    let mut compare = |a: usize, b: usize| {
        if let Some(score) = likeness(&items[a], &items[b]) {
            pairs.push((score, a.min(b), a.max(b)));
        }
    };
    for (at, &a) in dated.iter().enumerate() {
        let Some((_, last)) = items[a].days else { continue };
        let end = horizon(last);
        for &b in dated[at + 1..].iter().take_while(|&&b| items[b].days.is_some_and(|(first, _)| first <= end)) {
            compare(a, b);
        }
    }
    for (at, &a) in undated.iter().enumerate() {
        for &b in &undated[at + 1..] {
            compare(a, b);
        }
    }
    pairs
}

struct Groups {
    /// The group of each item, by the group's first item.
    of: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
    /// Groups known to contradict each other: they stay apart however they grow.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Groups {
    fn new(count: usize) -> Self {
        let members = (0..count).map(|i| (i, vec![i])).collect();
        Self { of: (0..count).collect(), members, apart: BTreeMap::new() }
    }

    fn join(&mut self, items: &[Item<'_>], a: usize, b: usize) {
        let (keep, gone) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if keep == gone || self.apart.get(&keep).is_some_and(|set| set.contains(&gone)) {
            return;
        }
        let (left, right) = (&self.members[&keep], &self.members[&gone]);
        if left.iter().any(|&x| right.iter().any(|&y| contradict(&items[x], &items[y]))) {
            self.apart.entry(keep).or_default().insert(gone);
            self.apart.entry(gone).or_default().insert(keep);
            return;
        }
        let moved = self.members.remove(&gone).unwrap_or_default();
        for &item in &moved {
            self.of[item] = keep;
        }
        if let Some(group) = self.members.get_mut(&keep) {
            group.extend(moved);
            group.sort_unstable();
        }
        for other in self.apart.remove(&gone).unwrap_or_default() {
            if let Some(set) = self.apart.get_mut(&other) {
                set.remove(&gone);
                set.insert(keep);
            }
            self.apart.entry(keep).or_default().insert(other);
        }
    }
}

//! Tellings of a bucket → groups, each of one event; a function of the whole bucket, so that no order of arrival matters.
//!
//! First comes what people decided: what they put together is one, what they took apart stays apart. Then the most alike
//! pairs; two groups become one unless any two of their tellings contradict each other.

use super::curation::Verdicts;
use super::identity::{Item, contradict, horizon, likeness};
use super::rows::EventKind;
use std::collections::{BTreeMap, BTreeSet};

/// Groups of the items' places, each sorted, by their first. `items` must stand in the order of their tellings.
pub(super) fn groups(items: &[Item<'_>], verdicts: &Verdicts) -> Vec<Vec<usize>> {
    grouped(items, pairs(items), verdicts)
}

/// The same, of items whose likely pairs are known: each with its likeness, the earlier telling first.
pub(super) fn grouped(items: &[Item<'_>], mut pairs: Vec<(i64, usize, usize)>, verdicts: &Verdicts) -> Vec<Vec<usize>> {
    // The order of the tellings, which is that of their content, decides among the equally alike.
    pairs.sort_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut state = Groups::new(items.len());
    for a in (0..items.len()).filter(|&a| verdicts.fate(fact(items, a)).is_some()) {
        for b in a + 1..items.len() {
            if verdicts.together(fact(items, a), fact(items, b)) && !state.are_apart(items, verdicts, a, b) {
                state.unite(a, b);
            }
        }
    }
    state.decided.clone_from(&state.of);
    for group in state.members.values().filter(|group| group.len() > 1) {
        group.iter().for_each(|&item| state.alone[item] = false);
    }
    for (_, a, b) in pairs {
        state.join(items, verdicts, a, b);
    }
    state.members.into_values().collect()
}

fn fact<'i>(items: &'i [Item<'_>], at: usize) -> &'i str {
    &items[at].telling.fact
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
        let end = horizon(&items[a], last);
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
    /// The same after the decisions of people, before anything else.
    decided: Vec<usize>,
    /// Whether nobody put the item together with another.
    alone: Vec<bool>,
    members: BTreeMap<usize, Vec<usize>>,
    /// Groups known to contradict each other: they stay apart however they grow.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Groups {
    fn new(count: usize) -> Self {
        let members = (0..count).map(|i| (i, vec![i])).collect();
        let of: Vec<usize> = (0..count).collect();
        Self { decided: of.clone(), of, alone: vec![true; count], members, apart: BTreeMap::new() }
    }

    fn join(&mut self, items: &[Item<'_>], verdicts: &Verdicts, a: usize, b: usize) {
        let (keep, gone) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if keep == gone || self.apart.get(&keep).is_some_and(|set| set.contains(&gone)) {
            return;
        }
        if self.asserts_another(items, a, b) || self.asserts_another(items, b, a) {
            return;
        }
        if self.contradicted(items, verdicts, keep, gone) || self.strays(items, keep, gone) {
            self.apart.entry(keep).or_default().insert(gone);
            self.apart.entry(gone).or_default().insert(keep);
            return;
        }
        self.unite(keep, gone);
    }

    /// Whether `a` is an act that a person asserts, and already one with a report: it has no sentence by which it could tell
    /// that two acts of one day are one.
    fn asserts_another(&self, items: &[Item<'_>], a: usize, b: usize) -> bool {
        let report = |item: usize| !items[item].telling.article.decision;
        let is_act = items[a].telling.kind == Some(EventKind::Act);
        is_act && !report(a) && report(b) && self.members[&self.of[a]].iter().any(|&item| report(item))
    }

    /// Whether one telling of many acts would make two groups one that have little else in common.
    fn strays(&self, items: &[Item<'_>], left: usize, right: usize) -> bool {
        let (left, right) = (&self.members[&left], &self.members[&right]);
        let mut pairs = left.iter().flat_map(|&x| right.iter().map(move |&y| (x.min(y), x.max(y)))).peekable();
        if pairs.peek().is_none_or(|&(x, _)| items[x].telling.kind != Some(EventKind::Act)) {
            return false;
        }
        let all = left.len() * right.len();
        let decision = |at: usize| items[at].telling.article.decision;
        let alike = pairs.filter(|&(x, y)| decision(x) || decision(y) || likeness(&items[x], &items[y]).is_some());
        all > 1 && alike.count() * 2 < all
    }

    /// Whether somebody took tellings of the two items' groups apart.
    fn are_apart(&self, items: &[Item<'_>], verdicts: &Verdicts, a: usize, b: usize) -> bool {
        let (left, right) = (&self.members[&self.of[a]], &self.members[&self.of[b]]);
        left.iter().any(|&x| right.iter().any(|&y| verdicts.apart(fact(items, x), fact(items, y))))
    }

    /// Tellings that people put together speak as one: what agrees with one of them does not contradict them.
    fn contradicted(&self, items: &[Item<'_>], verdicts: &Verdicts, left: usize, right: usize) -> bool {
        let (left, right) = (&self.members[&left], &self.members[&right]);
        if left.iter().chain(right).all(|&item| self.alone[item]) {
            let clash =
                |x: usize, y: usize| verdicts.apart(fact(items, x), fact(items, y)) || contradict(&items[x], &items[y]);
            return left.iter().any(|&x| right.iter().any(|&y| clash(x, y)));
        }
        let mut clashes: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        for &x in left {
            for &y in right {
                if verdicts.apart(fact(items, x), fact(items, y)) {
                    return true;
                }
                let clash = contradict(&items[x], &items[y]);
                if clash && self.alone[x] && self.alone[y] {
                    return true;
                }
                *clashes.entry((self.decided[x], self.decided[y])).or_insert(true) &= clash;
            }
        }
        clashes.values().any(|&clash| clash)
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (keep, gone) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if keep == gone {
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

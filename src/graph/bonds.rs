//! What people say of events → the groups of tellings that they say it of.
//!
//! Values and names never make reports one event. They are laid over the groups that the reports have come to be: where the
//! reports of a decision are of two events, say because a merge was taken back, it holds of the event of most of them; where
//! none of them is in the store, it rests until one comes.

use super::curation::{Bond, Verdicts};
use super::telling::Telling;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What people say of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sayings {
    /// The name that was given last.
    pub(super) name: Option<String>,
    /// IRIs of the decisions that give names and values.
    pub(super) decisions: BTreeSet<String>,
}

/// Adds the values that people assert to the groups of `tellings` that they are of; what is said of each group. Groups stand
/// in the order of their first tellings.
pub(super) fn bind(tellings: &[Telling], groups: &mut [Vec<usize>], verdicts: &Verdicts) -> Vec<Sayings> {
    let mut sayings = vec![Sayings::default(); groups.len()];
    for bond in &verdicts.bonds {
        if bond.gives.as_ref().is_some_and(|own| verdicts.is_rejected(own)) {
            continue;
        }
        let Some(home) = home(tellings, groups, verdicts, bond) else { continue };
        let own = bond.gives.as_ref().and_then(|own| tellings.iter().position(|telling| telling.fact == *own));
        groups[home].extend(own);
        groups[home].sort_unstable();
        sayings[home].decisions.insert(bond.decision.clone());
        sayings[home].name = bond.name.clone().or(sayings[home].name.take());
    }
    sayings
}

/// The group that most of the reports are of, the first of several; nothing where none has any.
fn home(tellings: &[Telling], groups: &[Vec<usize>], verdicts: &Verdicts, bond: &Bond) -> Option<usize> {
    let of = |group: &Vec<usize>| group.iter().filter(|&&at| verdicts.binds(bond, &tellings[at].fact)).count();
    let counted = groups.iter().map(of).enumerate().filter(|(_, count)| *count > 0);
    counted.max_by_key(|&(at, count)| (count, Reverse(at))).map(|(at, _)| at)
}

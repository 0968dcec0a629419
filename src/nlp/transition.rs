//! Arc-hybrid transitions over one sentence: the stack, the buffer, the arcs so far, and what a state looks like to the net.
//!
//! *Shift* moves the next word to the stack; *left* hangs the top of the stack on the next word; *right* hangs the top on the
//! word below it. The last word left over becomes the root, so that every sequence of actions ends in one tree.

use super::net::{CHILDREN, COUNTS, PLACES};

/// No word.
pub(crate) const NONE: u32 = u32::MAX;
/// The root in front of all words.
pub(crate) const ROOT: u32 = u32::MAX - 1;

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Buffer to stack.
    Shift,
    /// Top of the stack gets the next word as head.
    Left,
    /// Top of the stack gets the word below it as head.
    Right,
}

impl Action {
    /// In the order of the net's scores.
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// What the net sees of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct View {
    /// Words at each place ([`NONE`], [`ROOT`] or an index).
    pub(crate) words: [u32; PLACES],
    /// Relation + 1 of the child at each child place, 0 for none.
    pub(crate) labels: [u8; CHILDREN],
    /// Bucketed distances and numbers of children.
    pub(crate) counts: [u8; COUNTS],
}

/// A partly built tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    len: u32,
    /// First word of the buffer.
    pub(crate) next: u32,
    /// Words on the stack, without the root.
    pub(crate) stack: Vec<u32>,
    /// Head of each word, [`NONE`] where it has none yet.
    pub(crate) heads: Vec<u32>,
    /// Relation of each word.
    pub(crate) labels: Vec<u8>,
    /// Children to the left: first (outermost) and last attached, and how many.
    left: Vec<Children>,
    right: Vec<Children>,
}

#[derive(Debug, Clone, Copy)]
struct Children {
    outer: u32,
    second: u32,
    count: u8,
}

const NO_CHILDREN: Children = Children { outer: NONE, second: NONE, count: 0 };

impl State {
    /// Starts anew on a sentence of `len` words.
    pub(crate) fn reset(&mut self, len: usize) {
        self.len = len as u32;
        self.next = 0;
        self.stack.clear();
        self.heads.clear();
        self.heads.resize(len, NONE);
        self.labels.clear();
        self.labels.resize(len, 0);
        self.left.clear();
        self.left.resize(len, NO_CHILDREN);
        self.right.clear();
        self.right.resize(len, NO_CHILDREN);
    }

    /// Whether every word has its place in the tree, but for the root's own label.
    pub(crate) fn is_final(&self) -> bool {
        self.next == self.len && self.stack.len() <= 1
    }

    /// Whether the action can be taken.
    pub(crate) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.len,
            Action::Left => self.next < self.len && !self.stack.is_empty(),
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// The head and the dependent of the arc that the action would make.
    pub(crate) fn arc(&self, action: Action) -> Option<(u32, u32)> {
        let top = *self.stack.last()?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, top)),
            Action::Right => Some((*self.stack.get(self.stack.len().checked_sub(2)?)?, top)),
        }
    }

    /// Takes an action that [`State::allows`]; `label` is used where it makes an arc.
    pub(crate) fn apply(&mut self, action: Action, label: u8) {
        if let Some((head, dep)) = self.arc(action) {
            self.stack.pop();
            self.heads[dep as usize] = head;
            self.labels[dep as usize] = label;
            let side = if dep < head { &mut self.left } else { &mut self.right };
            let children = &mut side[head as usize];
            // Both sides grow outwards: words nearer to the head are attached first.
            *children = Children { outer: dep, second: children.outer, count: children.count.saturating_add(1) };
        } else if action == Action::Shift {
            self.stack.push(self.next);
            self.next += 1;
        }
    }

    /// What the net sees.
    pub(crate) fn view(&self) -> View {
        let depth = self.stack.len();
        let below = |k: usize| match depth.checked_sub(k + 1) {
            Some(i) => self.stack[i],
            None if depth == k => ROOT,
            None => NONE,
        };
        let ahead = |k: u32| if self.next + k < self.len { self.next + k } else { NONE };
        let (s0, s1, b0) = (below(0), below(1), ahead(0));
        let left = |w: u32| self.left.get(w as usize).copied().unwrap_or(NO_CHILDREN);
        let right = |w: u32| self.right.get(w as usize).copied().unwrap_or(NO_CHILDREN);
        let (l0, r0, l1, r1, lb) = (left(s0), right(s0), left(s1), right(s1), left(b0));
        let children = [l0.outer, r0.outer, r0.second, l1.outer, r1.outer, lb.outer, lb.second];
        let mut words = [s0, s1, below(2), b0, ahead(1), ahead(2), 0, 0, 0, 0, 0, 0, 0];
        words[PLACES - CHILDREN..].copy_from_slice(&children);
        let label = |w: u32| self.labels.get(w as usize).map_or(0, |l| l + 1);
        View {
            words,
            labels: children.map(label),
            counts: [
                distance(s0, b0),
                distance(s1, s0),
                l0.count.min(7),
                r0.count.min(7),
                l1.count.min(7),
                r1.count.min(7),
                lb.count.min(7),
            ],
        }
    }
}

/// A bucket 0..=7 of how far two words are apart; 0 where one is missing.
fn distance(a: u32, b: u32) -> u8 {
    if a >= ROOT || b >= ROOT {
        return 0;
    }
    match b.abs_diff(a) {
        d @ 0..=4 => d as u8,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_run_of_actions_ends_in_one_tree(len in 1usize..30, choices in proptest::collection::vec(0usize..3, 0..90)) {
            let mut state = State::default();
            state.reset(len);
            let mut choices = choices.into_iter();
            while !state.is_final() {
                let wanted = Action::ALL[choices.next().unwrap_or(0)];
                let action = [wanted, Action::Shift, Action::Right, Action::Left].into_iter().find(|a| state.allows(*a)).unwrap();
                state.view();
                state.apply(action, 1);
            }
            let roots = state.heads.iter().filter(|h| **h == NONE).count();
            prop_assert_eq!(roots, 1);
            for start in 0..len {
                let (mut at, mut steps) = (start as u32, 0);
                while state.heads[at as usize] != NONE {
                    at = state.heads[at as usize];
                    steps += 1;
                    prop_assert!(steps <= len);
                }
            }
        }
    }
}

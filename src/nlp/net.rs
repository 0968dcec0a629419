//! The weights of the tagger and parser: how they lie in memory, and what they compute for one word or one state.
//!
//! ```text
//! x  = Σ embedding(feature)                       a word by itself
//! h1 = relu(Σ W1[o] · x[i+o])       o = -2..=2     cached a word (the products depend on the word alone)
//! h2 = relu(Σ W2[o] · h1[i+o])      o = -1..=1
//! tag = argmax(Wt · h2)
//! h3 = relu(Σ W3[o] · h2[i+o] + T3[o][tag[i+o]])   only for sentences that are parsed
//! state = relu(Σ Wp[p] · h3[word at p] + labels + distances + valencies)
//! action = argmax(Wa · state);  label = argmax(Wl[direction] · state)
//! ```

use super::types::{Deprel, Upos};
use std::ops::Range;

/// Width of a word's own vector.
pub(crate) const D: usize = 64;
/// Width of the first context layer.
pub(crate) const H1: usize = 96;
/// Width of the second context layer.
pub(crate) const H2: usize = 96;
/// Width of the parser's context layer.
pub(crate) const H3: usize = 96;
/// Width of the parser's state.
pub(crate) const HP: usize = 128;
/// Words to each side that the first layer sees.
pub(crate) const REACH: usize = 2;
/// Offsets of the first layer.
pub(crate) const WINDOW: usize = 2 * REACH + 1;
/// Number of tags.
pub(crate) const TAGS: usize = Upos::ALL.len();
/// Number of relations.
pub(crate) const LABELS: usize = Deprel::ALL.len();
/// Words of a parser state that are looked at: three on the stack, three in the buffer, seven children.
pub(crate) const PLACES: usize = 13;
/// The first place that holds a child (children also give their labels).
pub(crate) const FIRST_CHILD: usize = 6;
/// Children places.
pub(crate) const CHILDREN: usize = PLACES - FIRST_CHILD;
/// Small counts of a state: two distances and five valencies.
pub(crate) const COUNTS: usize = 7;
/// Values of each small count.
pub(crate) const COUNT_VALUES: usize = 8;
/// Shift, left arc, right arc.
pub(crate) const ACTIONS: usize = 3;

/// Where each matrix lies in the one vector of weights.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Embeddings, `D` a row. Row 0 is unused; the rows 1..=FEATURES stand for rare values of each kind.
    pub(crate) emb: Range<usize>,
    /// `WINDOW × D` rows of `H1`.
    pub(crate) w1: Range<usize>,
    /// `H1`.
    pub(crate) b1: Range<usize>,
    /// `3 × H1` rows of `H2`.
    pub(crate) w2: Range<usize>,
    /// `H2`.
    pub(crate) b2: Range<usize>,
    /// `H2` rows of `TAGS`.
    pub(crate) wt: Range<usize>,
    /// `TAGS`.
    pub(crate) bt: Range<usize>,
    /// `3 × H2` rows of `H3`.
    pub(crate) w3: Range<usize>,
    /// `3 × TAGS` rows of `H3`.
    pub(crate) t3: Range<usize>,
    /// `H3`.
    pub(crate) b3: Range<usize>,
    /// `PLACES × H3` rows of `HP`.
    pub(crate) wp: Range<usize>,
    /// `PLACES × 2` rows of `HP`: what stands for "no word here" and for the root.
    pub(crate) none: Range<usize>,
    /// `CHILDREN × (LABELS + 1)` rows of `HP`.
    pub(crate) labels: Range<usize>,
    /// `COUNTS × COUNT_VALUES` rows of `HP`.
    pub(crate) counts: Range<usize>,
    /// `HP`.
    pub(crate) bp: Range<usize>,
    /// `HP` rows of `ACTIONS`, stored transposed: `ACTIONS` rows of `HP`.
    pub(crate) wa: Range<usize>,
    /// `ACTIONS`.
    pub(crate) ba: Range<usize>,
    /// Left and right: `2 × HP` rows of `LABELS`.
    pub(crate) wl: Range<usize>,
    /// `2 × LABELS`.
    pub(crate) bl: Range<usize>,
    /// Number of weights.
    pub(crate) len: usize,
}

impl Layout {
    /// The layout for `rows` embedding rows.
    pub(crate) fn new(rows: usize) -> Self {
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count..at
        };
        let mut layout = Self {
            emb: take(rows * D),
            w1: take(WINDOW * D * H1),
            b1: take(H1),
            w2: take(3 * H1 * H2),
            b2: take(H2),
            wt: take(H2 * TAGS),
            bt: take(TAGS),
            w3: take(3 * H2 * H3),
            t3: take(3 * TAGS * H3),
            b3: take(H3),
            wp: take(PLACES * H3 * HP),
            none: take(PLACES * 2 * HP),
            labels: take(CHILDREN * (LABELS + 1) * HP),
            counts: take(COUNTS * COUNT_VALUES * HP),
            bp: take(HP),
            wa: take(ACTIONS * HP),
            ba: take(ACTIONS),
            wl: take(2 * HP * LABELS),
            bl: take(2 * LABELS),
            len: 0,
        };
        layout.len = layout.bl.end;
        layout
    }

    /// Every matrix with the width of its rows, in order: the unit of quantization.
    pub(crate) fn matrices(&self) -> [(Range<usize>, usize); 19] {
        [
            (self.emb.clone(), D),
            (self.w1.clone(), H1),
            (self.b1.clone(), H1),
            (self.w2.clone(), H2),
            (self.b2.clone(), H2),
            (self.wt.clone(), TAGS),
            (self.bt.clone(), TAGS),
            (self.w3.clone(), H3),
            (self.t3.clone(), H3),
            (self.b3.clone(), H3),
            (self.wp.clone(), HP),
            (self.none.clone(), HP),
            (self.labels.clone(), HP),
            (self.counts.clone(), HP),
            (self.bp.clone(), HP),
            (self.wa.clone(), HP),
            (self.ba.clone(), ACTIONS),
            (self.wl.clone(), LABELS),
            (self.bl.clone(), LABELS),
        ]
    }
}

/// Weights with their layout and the table of feature rows.
#[derive(Debug, Clone)]
pub(crate) struct Net {
    /// Where things lie.
    pub(crate) at: Layout,
    /// All weights.
    pub(crate) w: Vec<f32>,
    /// Feature hashes, ascending; the feature at index `i` owns the embedding row `i + 1 + FEATURES`.
    pub(crate) keys: Vec<u32>,
    /// Open-addressing index over `keys`: position + 1, or 0.
    slots: Vec<u32>,
}

impl Net {
    /// A net over sorted, distinct `keys` with weights `w` (all zero where `w` is too short).
    pub(crate) fn new(keys: Vec<u32>, mut w: Vec<f32>) -> Self {
        let at = Layout::new(keys.len() + 1 + super::features::FEATURES);
        w.resize(at.len, 0.0);
        let mut slots = vec![0u32; (keys.len() * 2).next_power_of_two().max(2)];
        for (i, key) in keys.iter().enumerate() {
            let mut slot = slot_of(*key, slots.len());
            while slots[slot] != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = i as u32 + 1;
        }
        Self { at, w, keys, slots }
    }

    /// The embedding row of the `kind`-th feature of a word.
    pub(crate) fn feature_row(&self, kind: usize, key: u32) -> usize {
        let mut slot = slot_of(key, self.slots.len());
        loop {
            match self.slots[slot] {
                0 => return 1 + kind,
                held if self.keys[held as usize - 1] == key => return held as usize + super::features::FEATURES,
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The weights under a range.
    pub(crate) fn part(&self, range: &Range<usize>) -> &[f32] {
        &self.w[range.start..range.end]
    }
}

fn slot_of(key: u32, len: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & (len - 1)
}

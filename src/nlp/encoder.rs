//! Words → context vectors, with the products of frequent words kept from sentence to sentence.

use super::features::{Casing, casing, word_features};
use super::kernels::{ActiveInputs, add, add_all, add_neighbor, add_product, neighbor_of, rectify, row};
use super::model::PlaceCache;
use super::net::{D, H1, H2, H3, Net, REACH, TAGS, WINDOW};
use super::transition::State;
use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// Words whose products are kept; when there are more, all are forgotten (results never depend on it).
const KEPT: usize = 6000;

type WordKey = (CompactString, Casing, bool);

/// Working memory of the tagger and parser: one a thread, used again for every sentence.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pub(crate) lower: String,
    known: FxHashMap<WordKey, u32>,
    /// `WINDOW × H1` products a known word.
    products: Vec<f32>,
    ids: Vec<u32>,
    h1: Vec<f32>,
    pub(crate) h2: Vec<f32>,
    pub(crate) h3: Vec<f32>,
    /// What is not zero in the layer computed last.
    pub(crate) active: ActiveInputs,
    pub(crate) tags: Vec<u8>,
    pub(crate) state: State,
    pub(crate) places: PlaceCache,
}

impl Scratch {
    /// Empty working memory.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Computes `h2` of a sentence.
    pub(crate) fn encode<'t>(&mut self, net: &Net, forms: impl Iterator<Item = &'t str> + Clone) {
        let case = casing(forms.clone().take(64));
        self.ids.clear();
        if self.known.len() > KEPT {
            self.known.clear();
            self.products.clear();
        }
        for (i, form) in forms.enumerate() {
            let id = self.word(net, form, case, i == 0);
            self.ids.push(id);
        }
        let len = self.ids.len();
        self.first_layer(net, len);
        self.second_layer(net, len);
    }

    /// Takes `h2` of a sentence as [`Scratch::encode`] gave it before.
    pub(crate) fn take_contexts(&mut self, h2: &[f32]) {
        self.h2.clear();
        self.h2.extend_from_slice(h2);
    }

    fn word(&mut self, net: &Net, form: &str, case: Casing, first: bool) -> u32 {
        let key = (CompactString::new(form), case, first);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let x = word_vector(net, &word_features(form, case, first, &mut self.lower));
        let id = self.known.len();
        self.products.resize((id + 1) * WINDOW * H1, 0.0);
        let products = &mut self.products[id * WINDOW * H1..];
        for (o, out) in products.chunks_exact_mut(H1).enumerate() {
            add_product(&x, row(net.part(&net.at.w1), o, D * H1), out);
        }
        self.known.insert(key, id as u32);
        id as u32
    }

    fn first_layer(&mut self, net: &Net, len: usize) {
        self.h1.clear();
        self.h1.resize(len * H1, 0.0);
        for (i, out) in self.h1.chunks_exact_mut(H1).enumerate() {
            out.copy_from_slice(net.part(&net.at.b1));
            let mut rows: [&[f32]; WINDOW] = [&[]; WINDOW];
            let mut count = 0;
            for o in 0..WINDOW {
                if let Some(id) = (i + o).checked_sub(REACH).and_then(|j| self.ids.get(j)) {
                    rows[count] = row(&self.products, *id as usize * WINDOW + o, H1);
                    count += 1;
                }
            }
            add_all(&rows[..count], out);
            rectify(out);
        }
    }

    fn second_layer(&mut self, net: &Net, len: usize) {
        self.active.fill(&self.h1, H1);
        start_rows(&mut self.h2, net.part(&net.at.b2), len);
        for place in 0..3 {
            let w = row(net.part(&net.at.w2), place, H1 * H2);
            add_neighbor(place, &self.active, w, H2, &mut self.h2);
        }
        rectify(&mut self.h2);
    }

    /// Computes `h3` from `h2` and `tags`, and leaves its values that are not zero in `active`.
    pub(crate) fn encode_for_parse(&mut self, net: &Net, len: usize) {
        start_rows(&mut self.h3, net.part(&net.at.b3), len);
        self.active.fill(&self.h2, H2);
        for place in 0..3 {
            let w = row(net.part(&net.at.w3), place, H2 * H3);
            add_neighbor(place, &self.active, w, H3, &mut self.h3);
            for (i, out) in self.h3.chunks_exact_mut(H3).enumerate() {
                if let Some(j) = neighbor_of(i, place, len) {
                    add(out, row(net.part(&net.at.t3), place * TAGS + self.tags[j] as usize, H3));
                }
            }
        }
        rectify(&mut self.h3);
        self.active.fill(&self.h3, H3);
    }
}

/// As many rows as there are words, each a copy of `bias`.
fn start_rows(rows: &mut Vec<f32>, bias: &[f32], len: usize) {
    rows.clear();
    for _ in 0..len {
        rows.extend_from_slice(bias);
    }
}

/// The sum of the embeddings of a word's features.
pub(crate) fn word_vector(net: &Net, features: &[u32]) -> [f32; D] {
    let mut x = [0.0f32; D];
    for (kind, key) in features.iter().enumerate() {
        add(&mut x, row(net.part(&net.at.emb), net.feature_row(kind, *key), D));
    }
    x
}

//! Words → context vectors, with the products of frequent words kept from sentence to sentence.

use super::features::{Casing, casing, word_features};
use super::kernels::{add, add_product, rectify, row};
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
            for o in 0..WINDOW {
                if let Some(id) = (i + o).checked_sub(REACH).and_then(|j| self.ids.get(j)) {
                    add(out, row(&self.products, *id as usize * WINDOW + o, H1));
                }
            }
            rectify(out);
        }
    }

    fn second_layer(&mut self, net: &Net, len: usize) {
        self.h2.clear();
        self.h2.resize(len * H2, 0.0);
        for (i, out) in self.h2.chunks_exact_mut(H2).enumerate() {
            out.copy_from_slice(net.part(&net.at.b2));
            for o in 0..3 {
                if let Some(j) = (i + o).checked_sub(1).filter(|j| *j < len) {
                    add_product(row(&self.h1, j, H1), row(net.part(&net.at.w2), o, H1 * H2), out);
                }
            }
            rectify(out);
        }
    }

    /// Computes `h3` from `h2` and `tags`.
    pub(crate) fn encode_for_parse(&mut self, net: &Net, len: usize) {
        self.h3.clear();
        self.h3.resize(len * H3, 0.0);
        for (i, out) in self.h3.chunks_exact_mut(H3).enumerate() {
            out.copy_from_slice(net.part(&net.at.b3));
            for o in 0..3 {
                if let Some(j) = (i + o).checked_sub(1).filter(|j| *j < len) {
                    add_product(row(&self.h2, j, H2), row(net.part(&net.at.w3), o, H2 * H3), out);
                    add(out, row(net.part(&net.at.t3), o * TAGS + self.tags[j] as usize, H3));
                }
            }
            rectify(out);
        }
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

//! Treebanks → a trained file. Not used when reading articles; kept in the library so that the model can be made again.

mod conllu;
mod learner;
mod oracle;
mod random;
mod score;
mod table;

pub use conllu::{ConlluError, Gold, read_conllu};
pub use score::{Score, score};

use super::features::{FEATURES, casing, word_features};
use super::format;
use super::net::{D, Net};
use learner::{Example, Learner, Noise};
use random::Random;
use rustc_hash::FxHashMap;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the treebanks.
    pub epochs: usize,
    /// Seed of every random choice.
    pub seed: u64,
    /// Probability of dropping a value.
    pub dropout: f32,
    /// Largest step of Adam.
    pub rate: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 12, seed: 7, dropout: 0.2, rate: 0.0015 }
    }
}

const BATCH: usize = 8;

/// Trains on gold sentences and gives the bytes of the model; `log` hears of each epoch, and may look at its model.
pub fn train(gold: &[Gold], settings: Settings, mut log: impl FnMut(&Progress<'_>)) -> Vec<u8> {
    let mut random = Random::new(settings.seed);
    let copies = with_headlines(gold);
    let keys = table::feature_keys(&copies);
    let lemmas = table::lemma_table(gold);
    let mut net = Net::new(keys, Vec::new());
    fill(&mut net, &mut random);
    let examples: Vec<Example> = copies.iter().map(|g| example(&net, g)).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut adam = Adam::new(net.at.len);
    let mut learner = Learner::default();
    let steps = settings.epochs * examples.len().div_ceil(BATCH);
    let mut step = 0;
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        learner.loss = [0.0; 2];
        let explore = if epoch == 0 { 0.0 } else { 0.9 };
        let noise = Noise { drop: settings.dropout, hide: 0.12, explore };
        for batch in order.chunks(BATCH) {
            for i in batch {
                learner.learn(&net, &examples[*i], noise, &mut random);
            }
            step += 1;
            let warm = (step as f32 / 300.0).min(1.0);
            let rest = 1.0 - step as f32 / steps as f32;
            adam.step(&mut net, &mut learner, settings.rate * warm * (0.02 + 0.98 * rest));
        }
        log(&Progress { epoch: epoch + 1, loss: learner.loss, net: &net, lemmas: &lemmas });
    }
    format::encode(&net, &lemmas)
}

/// Where training stands after an epoch.
pub struct Progress<'a> {
    /// Epochs done.
    pub epoch: usize,
    /// Summed losses of tagging and of parsing.
    pub loss: [f64; 2],
    net: &'a Net,
    lemmas: &'a str,
}

impl Progress<'_> {
    /// The model as it would be if training ended here.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        format::encode(self.net, self.lemmas)
    }
}

/// The sentences, and of every twelfth a copy in capitals and one in title case.
fn with_headlines(gold: &[Gold]) -> Vec<Gold> {
    let mut all = gold.to_vec();
    for (i, sentence) in gold.iter().enumerate() {
        if (4..=30).contains(&sentence.forms.len()) {
            match i % 12 {
                0 | 4 => all.push(sentence.upper()),
                6 | 9 => all.push(sentence.title()),
                _ => {}
            }
        }
    }
    all.retain(|g| g.forms.len() < 150);
    all
}

fn example(net: &Net, gold: &Gold) -> Example {
    let case = casing(gold.forms.iter().take(64).map(String::as_str));
    let mut lower = String::new();
    let rows = gold.forms.iter().enumerate().map(|(i, form)| {
        let keys = word_features(form, case, i == 0, &mut lower);
        let mut rows = [0u32; FEATURES];
        for (kind, key) in keys.iter().enumerate() {
            rows[kind] = net.feature_row(kind, *key) as u32;
        }
        rows
    });
    Example {
        rows: rows.collect(),
        tags: gold.tags.iter().map(|t| *t as u8).collect(),
        heads: gold.heads.clone(),
        labels: gold.labels.iter().map(|l| *l as u8).collect(),
    }
}

/// Random first weights: uniform, scaled by the number of inputs; biases zero.
fn fill(net: &mut Net, random: &mut Random) {
    let at = net.at.clone();
    let mut uniform = |net: &mut Net, range: std::ops::Range<usize>, bound: f32| {
        for w in &mut net.w[range] {
            *w = (random.unit() * 2.0 - 1.0) * bound;
        }
    };
    uniform(net, at.emb, 0.1);
    let he = |inputs: usize| (6.0 / inputs as f32).sqrt();
    uniform(net, at.w1, he(super::net::WINDOW * D));
    uniform(net, at.w2, he(3 * super::net::H1));
    uniform(net, at.w3, he(3 * super::net::H2));
    uniform(net, at.wt, 0.1);
    uniform(net, at.t3, 0.1);
    uniform(net, at.wp, he(super::net::PLACES * super::net::H3));
    uniform(net, at.none, 0.05);
    uniform(net, at.labels, 0.05);
    uniform(net, at.counts, 0.05);
    uniform(net, at.wa, 0.1);
    uniform(net, at.wl, 0.1);
}

/// Adam (Kingma and Ba, 2015); embedding rows are only stepped when touched.
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    steps: FxHashMap<u32, u32>,
    time: i32,
}

const BETA: (f32, f32) = (0.9, 0.99);

impl Adam {
    fn new(len: usize) -> Self {
        Self { mean: vec![0.0; len], square: vec![0.0; len], steps: FxHashMap::default(), time: 0 }
    }

    fn step(&mut self, net: &mut Net, learner: &mut Learner, rate: f32) {
        self.time += 1;
        learner.touched.sort_unstable();
        learner.touched.dedup();
        for r in std::mem::take(&mut learner.touched) {
            let time = self.steps.entry(r).and_modify(|t| *t += 1).or_insert(1);
            let (start, time) = (r as usize * D, *time as i32);
            self.update(net, learner, start..start + D, rate, time);
        }
        let dense = net.at.emb.end..net.at.len;
        self.update(net, learner, dense, rate, self.time);
    }

    fn update(&mut self, net: &mut Net, learner: &mut Learner, range: std::ops::Range<usize>, rate: f32, time: i32) {
        let correct = (1.0 - BETA.0.powi(time), 1.0 - BETA.1.powi(time));
        let rate = rate * correct.1.sqrt() / correct.0;
        let gradients = learner.gradient[range.clone()].iter_mut();
        let moments = self.mean[range.clone()].iter_mut().zip(&mut self.square[range.clone()]);
        for ((w, g), (m, s)) in net.w[range].iter_mut().zip(gradients).zip(moments) {
            *m = BETA.0 * *m + (1.0 - BETA.0) * *g;
            *s = BETA.1 * *s + (1.0 - BETA.1) * *g * *g;
            *w -= rate * *m / (s.sqrt() + 1e-8);
            *g = 0.0;
        }
    }
}

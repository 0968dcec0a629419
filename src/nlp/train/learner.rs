//! One gold sentence → gradients: the forward pass of [`super::super::net`] with dropout, and its reverse.

use super::super::features::FEATURES;
use super::super::kernels::{add, add_product, add_scaled, argmax, dot, rectify, row, row_mut};
use super::super::model::table_rows;
use super::super::net::{ACTIONS, D, H1, H2, H3, HP, LABELS, Net, PLACES, REACH, TAGS, WINDOW};
use super::super::transition::{Action, NONE, ROOT, State, View};
use super::oracle::costs;
use super::random::Random;
use std::ops::Range;

/// A sentence ready for training.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// Embedding rows of each word's features.
    pub(crate) rows: Vec<[u32; FEATURES]>,
    pub(crate) tags: Vec<u8>,
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u8>,
}

/// Probabilities that govern one epoch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise {
    /// Of dropping a value of a layer.
    pub(crate) drop: f32,
    /// Of hiding a word's form.
    pub(crate) hide: f32,
    /// Of following the net's own action rather than the oracle's.
    pub(crate) explore: f32,
}

/// Gradients and the buffers of the passes.
#[derive(Debug, Default)]
pub(crate) struct Learner {
    /// One gradient a weight.
    pub(crate) gradient: Vec<f32>,
    /// Embedding rows with a gradient.
    pub(crate) touched: Vec<u32>,
    /// Summed loss of tags and of actions and labels, for the log.
    pub(crate) loss: [f64; 2],
    rows: Vec<u32>,
    tags: Vec<u8>,
    x: Layer,
    h1: Layer,
    h2: Layer,
    h3: Layer,
    places: Layer,
    made: Vec<bool>,
    state: State,
}

/// Values of a layer and the gradients that flow back into them.
#[derive(Debug, Default)]
struct Layer {
    value: Vec<f32>,
    back: Vec<f32>,
}

impl Layer {
    fn reset(&mut self, len: usize) {
        self.value.clear();
        self.value.resize(len, 0.0);
        self.back.clear();
        self.back.resize(len, 0.0);
    }

    /// Turns the gradient of the values into that of the sums before dropout and rectifier.
    fn unrectify(&mut self, keep: f32) {
        for (b, v) in self.back.iter_mut().zip(&self.value) {
            *b = if *v > 0.0 { *b / keep } else { 0.0 };
        }
    }
}

fn drop_out(values: &mut [f32], drop: f32, random: &mut Random) {
    let scale = 1.0 / (1.0 - drop);
    for v in values {
        *v = if random.unit() < drop { 0.0 } else { *v * scale };
    }
}

/// Reverse of `out += x · w`: adds to the weights' gradient and to that of the inputs that are not zero.
fn back_product(x: &[f32], w: &[f32], out_back: &[f32], w_back: &mut [f32], x_back: &mut [f32]) {
    let n = out_back.len();
    for (k, value) in x.iter().enumerate() {
        if *value != 0.0 {
            add_scaled(row_mut(w_back, k, n), *value, out_back);
            x_back[k] += dot(row(w, k, n), out_back);
        }
    }
}

fn softmax(scores: &mut [f32]) {
    let max = scores.iter().fold(f32::NEG_INFINITY, |m, s| m.max(*s));
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = (*s - max).exp();
        sum += *s;
    }
    for s in scores {
        *s /= sum;
    }
}

impl Learner {
    /// Adds one sentence's gradients.
    pub(crate) fn learn(&mut self, net: &Net, example: &Example, noise: Noise, random: &mut Random) {
        self.gradient.resize(net.at.len, 0.0);
        let n = example.tags.len();
        let keep = 1.0 - noise.drop;
        self.words(net, example, noise, random);
        self.h1.reset(n * H1);
        window(net, &net.at.w1, &net.at.b1, (&self.x.value, D), (&mut self.h1.value, H1), REACH);
        rectify(&mut self.h1.value);
        drop_out(&mut self.h1.value, noise.drop, random);
        self.h2.reset(n * H2);
        window(net, &net.at.w2, &net.at.b2, (&self.h1.value, H1), (&mut self.h2.value, H2), 1);
        rectify(&mut self.h2.value);
        drop_out(&mut self.h2.value, noise.drop, random);
        self.tag(net, example);
        self.h3.reset(n * H3);
        window(net, &net.at.w3, &net.at.b3, (&self.h2.value, H2), (&mut self.h3.value, H3), 1);
        for i in 0..n {
            for (o, j) in around(i, 1, n) {
                let r = o * TAGS + self.tags[j] as usize;
                add(row_mut(&mut self.h3.value, i, H3), row(net.part(&net.at.t3), r, H3));
            }
        }
        rectify(&mut self.h3.value);
        drop_out(&mut self.h3.value, noise.drop, random);
        self.parse(net, example, noise, random);
        self.back_places(net, n);
        self.h3.unrectify(keep);
        for i in 0..n {
            for (o, j) in around(i, 1, n) {
                let r = o * TAGS + self.tags[j] as usize;
                let t3 = &mut self.gradient[net.at.t3.clone()];
                add(row_mut(t3, r, H3), row(&self.h3.back, i, H3));
            }
        }
        back_window(net, &mut self.gradient, &net.at.w3, &net.at.b3, (&mut self.h2, H2), (&self.h3, H3), 1);
        self.h2.unrectify(keep);
        back_window(net, &mut self.gradient, &net.at.w2, &net.at.b2, (&mut self.h1, H1), (&self.h2, H2), 1);
        self.h1.unrectify(keep);
        back_window(net, &mut self.gradient, &net.at.w1, &net.at.b1, (&mut self.x, D), (&self.h1, H1), REACH);
        for (i, r) in self.rows.iter().enumerate() {
            let word = i / FEATURES;
            let emb = &mut self.gradient[net.at.emb.clone()];
            let out = row_mut(emb, *r as usize, D);
            for ((o, b), v) in out.iter_mut().zip(row(&self.x.back, word, D)).zip(row(&self.x.value, word, D)) {
                *o += if *v != 0.0 { *b / keep } else { 0.0 };
            }
        }
        self.touched.extend(&self.rows);
    }

    fn words(&mut self, net: &Net, example: &Example, noise: Noise, random: &mut Random) {
        let n = example.tags.len();
        self.rows.clear();
        self.x.reset(n * D);
        for (i, rows) in example.rows.iter().enumerate() {
            let hide = random.unit() < noise.hide;
            for (kind, r) in rows.iter().enumerate() {
                let r = if kind == 0 && hide || random.unit() < 0.02 { 1 + kind as u32 } else { *r };
                self.rows.push(r);
                add(row_mut(&mut self.x.value, i, D), row(net.part(&net.at.emb), r as usize, D));
            }
        }
        drop_out(&mut self.x.value, noise.drop, random);
    }

    fn tag(&mut self, net: &Net, example: &Example) {
        self.tags.clear();
        let (wt, bt) = (net.at.wt.clone(), net.at.bt.clone());
        for (i, gold) in example.tags.iter().enumerate() {
            let h2 = row(&self.h2.value, i, H2);
            let mut scores = [0.0f32; TAGS];
            scores.copy_from_slice(net.part(&bt));
            add_product(h2, net.part(&wt), &mut scores);
            self.tags.push(argmax(&scores) as u8);
            softmax(&mut scores);
            self.loss[0] -= f64::from(scores[*gold as usize].max(1e-9).ln());
            scores[*gold as usize] -= 1.0;
            add(&mut self.gradient[bt.clone()], &scores);
            let back = row_mut(&mut self.h2.back, i, H2);
            back_product(h2, net.part(&wt), &scores, &mut self.gradient[wt.clone()], back);
        }
    }

    fn parse(&mut self, net: &Net, example: &Example, noise: Noise, random: &mut Random) {
        let n = example.tags.len();
        self.made.clear();
        self.made.resize(n * PLACES, false);
        self.places.reset(n * PLACES * HP);
        self.state.reset(n);
        while !self.state.is_final() {
            let view = self.state.view();
            let mut hidden = self.hidden(net, &view);
            drop_out(&mut hidden, noise.drop, random);
            let mut back = [0.0f32; HP];
            let costs = costs(&self.state, &example.heads);
            let (best, free) = self.act(net, &hidden, costs, &mut back);
            let action = if random.unit() < noise.explore { best } else { free };
            let label = self.label(net, example, &hidden, (action, free), &mut back);
            for (b, h) in back.iter_mut().zip(&hidden) {
                *b = if *h > 0.0 { *b / (1.0 - noise.drop) } else { 0.0 };
            }
            self.back_hidden(net, &view, &back);
            self.state.apply(action, label);
        }
    }

    fn hidden(&mut self, net: &Net, view: &View) -> [f32; HP] {
        let mut hidden = [0.0f32; HP];
        hidden.copy_from_slice(net.part(&net.at.bp));
        for (place, word) in view.words.iter().enumerate() {
            match *word {
                NONE => add(&mut hidden, row(net.part(&net.at.none), place * 2, HP)),
                ROOT => add(&mut hidden, row(net.part(&net.at.none), place * 2 + 1, HP)),
                word => {
                    let index = word as usize * PLACES + place;
                    let product = row_mut(&mut self.places.value, index, HP);
                    if !self.made[index] {
                        self.made[index] = true;
                        let w = row(net.part(&net.at.wp), place, H3 * HP);
                        add_product(row(&self.h3.value, word as usize, H3), w, product);
                    }
                    add(&mut hidden, product);
                }
            }
        }
        for r in table_rows(view) {
            add(&mut hidden, row(net.part(&(net.at.labels.start..net.at.counts.end)), r, HP));
        }
        rectify(&mut hidden);
        hidden
    }

    fn back_hidden(&mut self, net: &Net, view: &View, back: &[f32; HP]) {
        let at = &net.at;
        add(&mut self.gradient[at.bp.clone()], back);
        for (place, word) in view.words.iter().enumerate() {
            let none = &mut self.gradient[at.none.clone()];
            match *word {
                NONE => add(row_mut(none, place * 2, HP), back),
                ROOT => add(row_mut(none, place * 2 + 1, HP), back),
                word => add(row_mut(&mut self.places.back, word as usize * PLACES + place, HP), back),
            }
        }
        for r in table_rows(view) {
            add(row_mut(&mut self.gradient[at.labels.start..at.counts.end], r, HP), back);
        }
    }

    /// Learns the action; gives the net's favorite and its favorite among the cheapest.
    fn act(
        &mut self,
        net: &Net,
        hidden: &[f32; HP],
        costs: [Option<u32>; 3],
        back: &mut [f32; HP],
    ) -> (Action, Action) {
        let at = &net.at;
        let mut scores = [f32::NEG_INFINITY; ACTIONS];
        for (k, cost) in costs.iter().enumerate() {
            if cost.is_some() {
                scores[k] = net.part(&at.ba)[k] + dot(hidden, row(net.part(&at.wa), k, HP));
            }
        }
        let least = costs.iter().flatten().min().copied().unwrap_or(0);
        let best = argmax(&scores);
        softmax(&mut scores);
        let cheap = |k: &usize| costs[*k] == Some(least);
        let mass: f32 = (0..ACTIONS).filter(cheap).map(|k| scores[k]).sum::<f32>().max(1e-9);
        self.loss[1] -= f64::from(mass.ln());
        let mut free = None;
        for k in 0..ACTIONS {
            let target = if cheap(&k) { scores[k] / mass } else { 0.0 };
            if cheap(&k) && free.is_none_or(|f| scores[k] > scores[f]) {
                free = Some(k);
            }
            let delta = scores[k] - target;
            if delta != 0.0 {
                self.gradient[at.ba.start + k] += delta;
                add_scaled(row_mut(&mut self.gradient[at.wa.clone()], k, HP), delta, hidden);
                add_scaled(back, delta, row(net.part(&at.wa), k, HP));
            }
        }
        (Action::ALL[best], Action::ALL[free.unwrap_or(best)])
    }

    /// Learns the label where the cheapest action makes a gold arc; gives the label for the action to be taken.
    fn label(
        &mut self,
        net: &Net,
        example: &Example,
        hidden: &[f32; HP],
        (action, free): (Action, Action),
        back: &mut [f32; HP],
    ) -> u8 {
        let at = &net.at;
        let mut chosen = 0;
        for candidate in [free, action].iter().take(if action == free { 1 } else { 2 }) {
            let Some((head, dep)) = self.state.arc(*candidate) else { continue };
            let side = usize::from(*candidate == Action::Right);
            let w = side_range(&at.wl, side, HP * LABELS);
            let b = side_range(&at.bl, side, LABELS);
            let mut scores = [0.0f32; LABELS];
            scores.copy_from_slice(net.part(&b));
            add_product(hidden, net.part(&w), &mut scores);
            if *candidate == action {
                chosen = argmax(&scores) as u8;
            }
            if example.heads[dep as usize] == head {
                let gold = example.labels[dep as usize] as usize;
                softmax(&mut scores);
                self.loss[1] -= f64::from(scores[gold].max(1e-9).ln());
                scores[gold] -= 1.0;
                add(&mut self.gradient[b], &scores);
                back_product(hidden, net.part(&w), &scores, &mut self.gradient[w.clone()], back);
            }
        }
        chosen
    }

    fn back_places(&mut self, net: &Net, n: usize) {
        for word in 0..n {
            for place in 0..PLACES {
                let index = word * PLACES + place;
                if self.made[index] {
                    let range = side_range(&net.at.wp, place, H3 * HP);
                    back_product(
                        row(&self.h3.value, word, H3),
                        net.part(&range),
                        row(&self.places.back, index, HP),
                        &mut self.gradient[range.clone()],
                        row_mut(&mut self.h3.back, word, H3),
                    );
                }
            }
        }
    }
}

fn side_range(range: &Range<usize>, side: usize, size: usize) -> Range<usize> {
    range.start + side * size..range.start + (side + 1) * size
}

/// Offsets and places of the words around the `i`-th.
fn around(i: usize, reach: usize, n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..2 * reach + 1).filter_map(move |o| (i + o).checked_sub(reach).filter(|j| *j < n).map(|j| (o, j)))
}

fn window(
    net: &Net,
    w: &Range<usize>,
    b: &Range<usize>,
    (input, width): (&[f32], usize),
    (output, out_width): (&mut [f32], usize),
    reach: usize,
) {
    let n = input.len() / width;
    for (i, out) in output.chunks_exact_mut(out_width).enumerate() {
        out.copy_from_slice(net.part(b));
        for (o, j) in around(i, reach, n) {
            add_product(row(input, j, width), row(net.part(w), o, width * out_width), out);
        }
    }
}

fn back_window(
    net: &Net,
    gradient: &mut [f32],
    w: &Range<usize>,
    b: &Range<usize>,
    (input, width): (&mut Layer, usize),
    (output, out_width): (&Layer, usize),
    reach: usize,
) {
    let n = input.value.len() / width;
    debug_assert!(reach * 2 < WINDOW);
    for (i, back) in output.back.chunks_exact(out_width).enumerate() {
        add(&mut gradient[b.clone()], back);
        for (o, j) in around(i, reach, n) {
            let range = side_range(w, o, width * out_width);
            back_product(
                row(&input.value, j, width),
                net.part(&range),
                back,
                &mut gradient[range.clone()],
                row_mut(&mut input.back, j, width),
            );
        }
    }
}

//! The few loops over floats that tagging, parsing and training spend their time in, in the widest vectors of the machine.

use fearless_simd::{Level, Simd, SimdBase, dispatch};

/// Inputs looked at together: a multiple of four.
const CHUNK: usize = 128;

/// An input that is not zero: which one, and what.
pub(crate) type Active = (u32, f32);

/// The inputs of many words that are not zero; about half of them after a rectifier.
#[derive(Debug, Clone, Default)]
pub(crate) struct ActiveInputs {
    items: Vec<Active>,
    ends: Vec<usize>,
}

impl ActiveInputs {
    /// Those of the rows of `x`, each `width` wide, in place of what was held.
    pub(crate) fn fill(&mut self, x: &[f32], width: usize) {
        self.items.clear();
        self.items.resize(x.len(), (0, 0.0));
        self.ends.clear();
        let mut count = 0;
        for row in x.chunks_exact(width) {
            for (k, value) in row.iter().enumerate() {
                self.items[count] = (k as u32, *value);
                count += usize::from(*value != 0.0);
            }
            self.ends.push(count);
        }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Those of the `i`-th word.
    pub(crate) fn of(&self, i: usize) -> &[Active] {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[i]]
    }
}

/// Adds `x · w` to `out`, where `w` is row-major with one row of `out.len()` weights an input. Zero inputs cost nothing,
/// which halves the work after a rectifier.
///
/// Four inputs that are not zero are summed up before they are added, whatever the width of the machine's vectors: the
/// lanes never mix and nothing is fused, so that every machine gives the same bits.
pub(crate) fn add_product(x: &[f32], w: &[f32], out: &mut [f32]) {
    dispatch!(Level::new(), simd => product(simd, x, w, out));
}

#[inline(always)]
fn product<S: Simd>(simd: S, x: &[f32], w: &[f32], out: &mut [f32]) {
    let mut held: [Active; CHUNK] = [(0, 0.0); CHUNK];
    let mut count = 0;
    for (k, value) in x.iter().enumerate() {
        held[count] = (k as u32, *value);
        count += usize::from(*value != 0.0);
        if count == CHUNK {
            add_rows(simd, &held, w, out);
            count = 0;
        }
    }
    add_rows(simd, &held[..count], w, out);
}

/// The same product, of inputs whose zeros are out.
pub(crate) fn add_active(active: &[Active], w: &[f32], out: &mut [f32]) {
    dispatch!(Level::new(), simd => add_rows(simd, active, w, out));
}

/// Adds to each word's row of `out`, `width` wide, the product of `w` with the word before it (`place` 0), itself (1) or the
/// word after it (2). One matrix serves all words in turn, so that it stays in the nearest cache.
pub(crate) fn add_neighbor(place: usize, active: &ActiveInputs, w: &[f32], width: usize, out: &mut [f32]) {
    dispatch!(Level::new(), simd => neighbor(simd, place, active, w, width, out));
}

#[inline(always)]
fn neighbor<S: Simd>(simd: S, place: usize, active: &ActiveInputs, w: &[f32], width: usize, out: &mut [f32]) {
    for (i, out) in out.chunks_exact_mut(width).enumerate() {
        if let Some(j) = neighbor_of(i, place, active.len()) {
            add_rows(simd, active.of(j), w, out);
        }
    }
}

/// The word at a place beside the `i`-th of `len` words.
pub(crate) fn neighbor_of(i: usize, place: usize, len: usize) -> Option<usize> {
    (i + place).checked_sub(1).filter(|j| *j < len)
}

/// Adds rows, each times its input.
#[inline(always)]
fn add_rows<S: Simd>(simd: S, held: &[Active], w: &[f32], out: &mut [f32]) {
    let n = out.len();
    let lanes = S::f32s::LEN;
    let mut at = 0;
    // Sums stay in registers: as many as there are, and as fit the widths of the layers.
    loop {
        at += lanes
            * match (n - at) / lanes {
                0 => break,
                v if v % 6 == 0 => add_block::<S, 6>(simd, held, w, out, at),
                4.. => add_block::<S, 4>(simd, held, w, out, at),
                3 => add_block::<S, 3>(simd, held, w, out, at),
                _ => add_block::<S, 1>(simd, held, w, out, at),
            };
    }
    for (j, sum) in out.iter_mut().enumerate().skip(at) {
        // Without a held input there may be no weights either.
        *sum = add_column(held, w.get(j..).unwrap_or_default(), n, *sum);
    }
}

/// Those columns, from the `at`-th, that fill `WIDTH` vectors; gives `WIDTH`.
#[inline(always)]
fn add_block<S: Simd, const WIDTH: usize>(simd: S, held: &[Active], w: &[f32], out: &mut [f32], at: usize) -> usize {
    let lanes = S::f32s::LEN;
    let n = out.len();
    let out = &mut out[at..at + WIDTH * lanes];
    let row = |k: u32| &w[k as usize * n + at..][..WIDTH * lanes];
    let mut sums = [S::f32s::splat(simd, 0.0); WIDTH];
    for (sum, part) in sums.iter_mut().zip(out.chunks_exact(lanes)) {
        *sum = S::f32s::from_slice(simd, part);
    }
    let fours = held.chunks_exact(4);
    let rest = fours.remainder();
    for four in fours {
        let x = [four[0].1, four[1].1, four[2].1, four[3].1].map(|x| S::f32s::splat(simd, x));
        let (a, b, c, d) = (row(four[0].0), row(four[1].0), row(four[2].0), row(four[3].0));
        for (i, sum) in sums.iter_mut().enumerate() {
            let part = |row: &[f32]| S::f32s::from_slice(simd, &row[i * lanes..(i + 1) * lanes]);
            *sum += (x[0] * part(a) + x[1] * part(b)) + (x[2] * part(c) + x[3] * part(d));
        }
    }
    for (k, x) in rest {
        let (x, a) = (S::f32s::splat(simd, *x), row(*k));
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum += x * S::f32s::from_slice(simd, &a[i * lanes..(i + 1) * lanes]);
        }
    }
    for (sum, part) in sums.iter().zip(out.chunks_exact_mut(lanes)) {
        sum.store_slice(part);
    }
    WIDTH
}

/// One column of `n`, with its weights at every `n`-th place of `w`: the same sums as [`add_block`] makes.
#[inline(always)]
fn add_column(held: &[Active], w: &[f32], n: usize, mut sum: f32) -> f32 {
    let term = |(k, x): &Active| x * w[*k as usize * n];
    let fours = held.chunks_exact(4);
    let rest = fours.remainder();
    for four in fours {
        sum += (term(&four[0]) + term(&four[1])) + (term(&four[2]) + term(&four[3]));
    }
    for one in rest {
        sum += term(one);
    }
    sum
}

/// `out += rows[0] + rows[1] + …`, one after the other.
pub(crate) fn add_all(rows: &[&[f32]], out: &mut [f32]) {
    dispatch!(Level::new(), simd => sum_rows(simd, rows, out));
}

#[inline(always)]
fn sum_rows<S: Simd>(simd: S, rows: &[&[f32]], out: &mut [f32]) {
    let lanes = S::f32s::LEN;
    let mut at = 0;
    while out.len() - at >= 4 * lanes {
        let part = &mut out[at..at + 4 * lanes];
        let mut sums = [S::f32s::splat(simd, 0.0); 4];
        for (sum, part) in sums.iter_mut().zip(part.chunks_exact(lanes)) {
            *sum = S::f32s::from_slice(simd, part);
        }
        for row in rows {
            let row = &row[at..at + 4 * lanes];
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum += S::f32s::from_slice(simd, &row[i * lanes..(i + 1) * lanes]);
            }
        }
        for (sum, part) in sums.iter().zip(part.chunks_exact_mut(lanes)) {
            sum.store_slice(part);
        }
        at += 4 * lanes;
    }
    for row in rows {
        add(&mut out[at..], &row[at..]);
    }
}

/// The `k`-th row of width `n`.
pub(crate) fn row(w: &[f32], k: usize, n: usize) -> &[f32] {
    &w[k * n..(k + 1) * n]
}

/// The `k`-th row of width `n`, to be changed.
pub(crate) fn row_mut(w: &mut [f32], k: usize, n: usize) -> &mut [f32] {
    &mut w[k * n..(k + 1) * n]
}

/// `out += x · row`.
pub(crate) fn add_scaled(out: &mut [f32], x: f32, row: &[f32]) {
    for (o, w) in out.iter_mut().zip(row) {
        *o += x * w;
    }
}

/// `out += row`.
pub(crate) fn add(out: &mut [f32], row: &[f32]) {
    for (o, w) in out.iter_mut().zip(row) {
        *o += w;
    }
}

/// Sets what is negative to zero.
pub(crate) fn rectify(out: &mut [f32]) {
    for o in out {
        *o = o.max(0.0);
    }
}

/// Sum of products, over eight lanes (a fixed order, so that results do not depend on the compiler's mood).
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f32 = a8.remainder().iter().zip(b8.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a8.zip(b8) {
        for j in 0..8 {
            lanes[j] += x[j] * y[j];
        }
    }
    lanes.iter().sum::<f32>() + tail
}

/// Index of the largest value, the first where several tie; 0 for no values.
pub(crate) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in values.iter().enumerate() {
        if *v > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_skips_zeros_and_agrees_with_the_plain_sum() {
        let x = [1.0, 0.0, 2.0, 0.0, 3.0, 4.0, 5.0];
        let w: Vec<f32> = (0..7 * 16).map(|i| (i % 11) as f32 - 5.0).collect();
        let mut out = vec![1.0; 16];
        add_product(&x, &w, &mut out);
        for j in 0..16 {
            let plain: f32 = 1.0 + x.iter().enumerate().map(|(k, v)| v * w[k * 16 + j]).sum::<f32>();
            assert!((out[j] - plain).abs() < 1e-4);
        }
    }

    /// The sums as they are defined, without vectors.
    fn plain_product(x: &[f32], w: &[f32], out: &mut [f32]) {
        let n = out.len();
        let held: Vec<usize> = (0..x.len()).filter(|k| x[*k] != 0.0).collect();
        for (j, sum) in out.iter_mut().enumerate() {
            let term = |k: usize| x[k] * w[k * n + j];
            for four in held.chunks(4) {
                match four {
                    [a, b, c, d] => *sum += (term(*a) + term(*b)) + (term(*c) + term(*d)),
                    rest => rest.iter().for_each(|k| *sum += term(*k)),
                }
            }
        }
    }

    fn noise(seed: u32) -> impl FnMut() -> f32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        }
    }

    #[test]
    fn every_width_of_vectors_gives_the_same_bits() {
        for (inputs, n) in [(64, 96), (96, 96), (96, 128), (128, 49), (96, 17), (300, 33), (3, 4), (0, 8), (130, 1)] {
            let mut next = noise(inputs as u32 * 1000 + n as u32);
            let x: Vec<f32> = (0..inputs).map(|_| next().max(0.0)).collect();
            let w: Vec<f32> = (0..inputs * n).map(|_| next()).collect();
            let start: Vec<f32> = (0..n).map(|_| next()).collect();
            let (mut expected, mut best, mut least) = (start.clone(), start.clone(), start);
            plain_product(&x, &w, &mut expected);
            add_product(&x, &w, &mut best);
            dispatch!(Level::baseline(), simd => product(simd, &x, &w, &mut least));
            let bits = |v: &[f32]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&best), bits(&expected), "{inputs} × {n}");
            assert_eq!(bits(&least), bits(&expected), "{inputs} × {n}, the least machine");
        }
    }

    #[test]
    fn rows_add_up_in_order() {
        let mut next = noise(7);
        for n in [128, 96, 50, 3] {
            let rows: Vec<Vec<f32>> = (0..27).map(|_| (0..n).map(|_| next()).collect()).collect();
            let mut expected = vec![0.5; n];
            rows.iter().for_each(|row| add(&mut expected, row));
            let mut out = vec![0.5; n];
            add_all(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn dot_covers_the_tail() {
        let a: Vec<f32> = (0..19).map(|i| i as f32).collect();
        assert_eq!(dot(&a, &a), a.iter().map(|v| v * v).sum::<f32>());
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
    }
}

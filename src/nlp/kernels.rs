//! The few loops over floats that tagging, parsing and training spend their time in, written so that they vectorize.

/// Adds `x · w` to `out`, where `w` is row-major with one row of `out.len()` weights an input. Zero inputs cost nothing,
/// which halves the work after a rectifier.
pub(crate) fn add_product(x: &[f32], w: &[f32], out: &mut [f32]) {
    let n = out.len();
    let mut held: [usize; 4] = [0; 4];
    let mut count = 0;
    for (k, value) in x.iter().enumerate() {
        held[count] = k;
        count += usize::from(*value != 0.0);
        if count == 4 {
            count = 0;
            let [a, b, c, d] = held;
            let rows = (row(w, a, n), row(w, b, n), row(w, c, n), row(w, d, n));
            add_four(out, [x[a], x[b], x[c], x[d]], rows);
        }
    }
    for k in held.iter().take(count) {
        add_scaled(out, x[*k], row(w, *k, n));
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

fn add_four(out: &mut [f32], x: [f32; 4], rows: (&[f32], &[f32], &[f32], &[f32])) {
    let n = out.len();
    let (a, b, c, d) = (&rows.0[..n], &rows.1[..n], &rows.2[..n], &rows.3[..n]);
    for j in 0..n {
        out[j] += (x[0] * a[j] + x[1] * b[j]) + (x[2] * c[j] + x[3] * d[j]);
    }
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

    #[test]
    fn dot_covers_the_tail() {
        let a: Vec<f32> = (0..19).map(|i| i as f32).collect();
        assert_eq!(dot(&a, &a), a.iter().map(|v| v * v).sum::<f32>());
        assert_eq!(argmax(&[1.0, 3.0, 3.0]), 1);
    }
}

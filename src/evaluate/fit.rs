//! Logistic regression over sparse named features: cases with their answers → weights. Deterministic.

use super::train::Settings;
use crate::extract::candidates::Features;
use crate::resolve::judge::{Judged, Weights};
use rustc_hash::FxHashMap;

/// A candidate with its answer.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) kind: Judged,
    pub(super) features: Features,
    /// Features of each reading; none where there is but one.
    pub(super) members: Vec<Features>,
    pub(super) right: bool,
    /// Index of the draft among the agreements, encounters or acts of its article.
    pub(super) draft: usize,
    /// How much it counts.
    pub(super) weight: f64,
}

/// Marks what is only taught, so that another share of right ones there does not shift what is judged; no weight of the judge.
pub(super) const TAUGHT: &str = "(taught)";

/// Rounds in which the likeliest reading of each case teaches.
const ROUNDS: usize = 2;

/// Features that hold, whether it is right (1 or 0), and its weight.
type Row<'r> = (&'r [u32], f64, f64);

/// What the L2 penalty of a kind is multiplied by: kinds with many features of rare words are held back more. Found by trying:
/// cross-validation likes 3 for agreements and encounters too, articles that nobody had read did not.
fn stiffness(kind: Judged) -> f32 {
    match kind {
        Judged::Agreement | Judged::Encounter => 4.0 / 3.0,
        Judged::Act => 3.0,
        _ => 1.0,
    }
}

/// Weights by logistic regression. Where a case has several readings, all of them teach first, each with its
/// share; then, in a few rounds, the one that the weights so far hold likeliest.
#[expect(clippy::cast_possible_truncation, reason = "weights are small")]
pub(super) fn fit<'c>(cases: &[&'c Case], settings: Settings) -> Weights {
    let settings = Settings { l2: settings.l2 * cases.first().map_or(1.0, |c| stiffness(c.kind)), ..settings };
    // Every feature by a number as it comes, then those that are not rare by their rank in the alphabet.
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    let mut number = |f: &'c Features| -> Vec<u32> {
        f.iter()
            .map(|f| {
                let next = u32::try_from(seen.len()).unwrap_or(u32::MAX);
                *seen.entry(f).or_insert(next)
            })
            .collect()
    };
    let numbered: Vec<(Vec<u32>, Vec<Vec<u32>>)> =
        cases.iter().map(|c| (number(&c.features), c.members.iter().map(&mut number).collect())).collect();
    let (ids, names) = frequent(&seen, &numbered, settings.rare);
    let known = |f: &[u32]| -> Vec<u32> { f.iter().map(|f| ids[*f as usize]).filter(|f| *f != RARE).collect() };
    let readings: Vec<Vec<Vec<u32>>> = numbered
        .iter()
        .map(|(whole, members)| {
            let whole = known(whole);
            let with = |m: &Vec<u32>| {
                let mut all = known(m);
                all.extend(&whole);
                all.sort_unstable();
                all.dedup();
                all
            };
            if members.is_empty() { vec![whole] } else { members.iter().map(with).collect() }
        })
        .collect();
    drop(numbered);
    let y = |c: &Case| f64::from(u8::from(c.right));
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let rows: Vec<Row<'_>> = cases
        .iter()
        .zip(&readings)
        .flat_map(|(c, r)| r.iter().map(move |ids| (ids.as_slice(), y(c), c.weight / r.len() as f64)))
        .collect();
    let right: f64 = cases.iter().map(|c| y(c) * c.weight).sum();
    let total: f64 = cases.iter().map(|c| c.weight).sum();
    let mut start = vec![0.0; names.len()];
    start.push(((right + 1.0) / (total - right + 1.0)).ln());
    // Of agreements and encounters, whose cases are few, the ratios are no help.
    let few = cases.first().is_some_and(|c| matches!(c.kind, Judged::Agreement | Judged::Encounter));
    let scale = if few { vec![1.0; names.len()] } else { scale(&rows, names.len()) };
    let mut w = minimize(&rows, start, &scale, settings);
    if readings.iter().any(|r| r.len() > 1) {
        for _ in 0..ROUNDS {
            let z = |ids: &[u32]| ids.iter().map(|i| w[*i as usize]).sum::<f64>();
            let rows: Vec<Row<'_>> = cases
                .iter()
                .zip(&readings)
                .filter_map(|(c, r)| {
                    let best = r.iter().max_by(|a, b| z(a).total_cmp(&z(b)))?;
                    Some((best.as_slice(), y(c), c.weight))
                })
                .collect();
            w = minimize(&rows, w.clone(), &scale, Settings { epochs: settings.epochs / 2, ..settings });
        }
    }
    let bias = w.pop().unwrap_or_default();
    let learned = names.iter().zip(&w).filter(|(f, _)| **f != TAUGHT);
    Weights::new(bias as f32, 0.5, learned.map(|(f, w)| (*f, *w as f32)))
}

/// Stands for a feature that too few cases have.
const RARE: u32 = u32::MAX;

/// Of the numbered features those that at least `least` cases have: their rank in the alphabet by number, and their names.
fn frequent<'f>(
    seen: &FxHashMap<&'f str, u32>,
    cases: &[(Vec<u32>, Vec<Vec<u32>>)],
    least: usize,
) -> (Vec<u32>, Vec<&'f str>) {
    let mut counts = vec![0_usize; seen.len()];
    let mut last = vec![usize::MAX; seen.len()];
    for (case, (whole, members)) in cases.iter().enumerate() {
        for f in whole.iter().chain(members.iter().flatten()).map(|f| *f as usize) {
            if last[f] != case {
                last[f] = case;
                counts[f] += 1;
            }
        }
    }
    let mut names: Vec<(&str, u32)> =
        seen.iter().map(|(f, n)| (*f, *n)).filter(|(_, n)| counts[*n as usize] >= least).collect();
    names.sort_unstable();
    let mut ids = vec![RARE; seen.len()];
    for (rank, (_, n)) in names.iter().enumerate() {
        ids[*n as usize] = u32::try_from(rank).unwrap_or(RARE);
    }
    (ids, names.into_iter().map(|n| n.0).collect())
}

/// How far each feature may go: by the root of the logarithm of how much oftener right cases have it than wrong ones, or the
/// other way round. What says nothing by itself is held back; of S. Wang and C. Manning, "Baselines and Bigrams" (2012), who
/// take the logarithm itself.
fn scale(rows: &[Row<'_>], features: usize) -> Vec<f64> {
    let (mut right, mut wrong) = (vec![1.0_f64; features], vec![1.0_f64; features]);
    for (row, y, weight) in rows {
        let counts = if *y > 0.5 { &mut right } else { &mut wrong };
        for i in *row {
            counts[*i as usize] += weight;
        }
    }
    let (all_right, all_wrong): (f64, f64) = (right.iter().sum(), wrong.iter().sum());
    right
        .iter()
        .zip(&wrong)
        .map(|(r, w)| (((r / all_right) / (w / all_wrong)).ln().abs() + LEAST_SCALE).sqrt())
        .collect()
}

/// What is left to a feature that right and wrong cases have equally often.
const LEAST_SCALE: f64 = 0.05;

/// Minimizes the summed logistic loss with an L2 penalty on weight over scale (not on the bias): full-batch Adam with a falling
/// rate, in f64, so that the weights depend on nothing but the rows.
/// Begins at `w`, whose last one is the bias.
fn minimize(rows: &[Row<'_>], mut w: Vec<f64>, scale: &[f64], settings: Settings) -> Vec<f64> {
    let features = w.len() - 1;
    w.iter_mut().zip(scale).for_each(|(w, s)| *w /= s);
    let (mut m, mut v) = (vec![0.0_f64; features + 1], vec![0.0_f64; features + 1]);
    let (mut decay_m, mut decay_v) = (1.0_f64, 1.0_f64);
    for epoch in 0..settings.epochs {
        let mut gradient: Vec<f64> = w.iter().map(|x| x * f64::from(settings.l2)).collect();
        gradient[features] = 0.0;
        let scaled: Vec<f64> = w.iter().zip(scale).map(|(w, s)| w * s).collect();
        for (row, y, weight) in rows {
            let z: f64 = w[features] + row.iter().map(|i| scaled[*i as usize]).sum::<f64>();
            let error = weight * (1.0 / (1.0 + (-z).exp()) - y);
            for i in *row {
                gradient[*i as usize] += error * scale[*i as usize];
            }
            gradient[features] += error;
        }
        decay_m *= 0.9;
        decay_v *= 0.99;
        #[expect(clippy::cast_precision_loss, reason = "counts of passes are small")]
        let rate = 0.1 * (1.0 - epoch as f64 / settings.epochs as f64);
        for i in 0..=features {
            m[i] = 0.9 * m[i] + 0.1 * gradient[i];
            v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
            w[i] -= rate * (m[i] / (1.0 - decay_m)) / ((v[i] / (1.0 - decay_v)).sqrt() + 1e-9);
        }
    }
    w.iter_mut().zip(scale).for_each(|(w, s)| *w *= s);
    w
}

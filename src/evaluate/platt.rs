//! What a chance means: how often facts of that chance were right where the weights had not seen the article.

use crate::resolve::judge::{Calibration, log_odds};

/// Chances below this are told nowhere and say nothing of those that are.
const TOLD: f32 = 0.25;

/// Fewer facts than this calibrate nothing.
const FEW: usize = 50;

/// Newton steps; the sum of losses is convex and two numbers are sought, so that few are enough.
const STEPS: usize = 50;

/// Platt's two numbers for some groups of facts (chance, whether right), each of which counts the same however many it has.
pub(super) fn calibrate(groups: &[&[(f32, bool)]]) -> Calibration {
    let mut rows: Vec<(f64, f64, f64)> = Vec::new();
    for group in groups {
        let told: Vec<&(f32, bool)> = group.iter().filter(|fact| fact.0 >= TOLD).collect();
        if told.len() < FEW {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let weight = 1.0 / told.len() as f64;
        rows.extend(told.iter().map(|fact| (f64::from(log_odds(fact.0)), f64::from(u8::from(fact.1)), weight)));
    }
    let (mut slope, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        // Gradient and Hessian of the weighted log loss, with a little pull to (1, 0).
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (PULL * (slope - 1.0), PULL * shift, PULL, 0.0, PULL);
        for (z, right, weight) in &rows {
            let p = 1.0 / (1.0 + (-(slope * z + shift)).exp());
            let (error, curve) = (weight * (p - right), weight * p * (1.0 - p));
            g0 += error * z;
            g1 += error;
            h00 += curve * z * z;
            h01 += curve * z;
            h11 += curve;
        }
        let determinant = h00 * h11 - h01 * h01;
        slope -= (h11 * g0 - h01 * g1) / determinant;
        shift -= (h00 * g1 - h01 * g0) / determinant;
    }
    if !(slope.is_finite() && shift.is_finite() && slope > 0.0) {
        return Calibration::default();
    }
    #[expect(clippy::cast_possible_truncation, reason = "both are small")]
    let calibration = Calibration { slope: slope as f32, shift: shift as f32 };
    calibration
}

/// How strongly the numbers are held to those that change nothing, beside a group's sum of weights, which is 1.
const PULL: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::*;

    /// `right` of `all` facts of a chance.
    fn facts(chance: f32, right: usize, all: usize) -> Vec<(f32, bool)> {
        (0..all).map(|i| (chance, i < right)).collect()
    }

    #[test]
    fn a_chance_that_promises_too_much_is_told_as_it_is() {
        let told = [facts(0.9, 160, 200), facts(0.5, 40, 200)].concat();
        let calibration = calibrate(&[&told]);
        assert!((calibration.confidence(0.9) - 0.8).abs() < 0.02, "{calibration:?}");
        assert!((calibration.confidence(0.5) - 0.2).abs() < 0.02, "{calibration:?}");
        assert!(calibration.confidence(0.7) < calibration.confidence(0.71));
    }

    #[test]
    fn what_is_right_already_stays() {
        let told = [facts(0.9, 180, 200), facts(0.5, 100, 200), facts(0.3, 60, 200)].concat();
        let calibration = calibrate(&[&told]);
        assert!((calibration.confidence(0.9) - 0.9).abs() < 0.01, "{calibration:?}");
        assert!((calibration.confidence(0.4) - 0.4).abs() < 0.01, "{calibration:?}");
    }

    #[test]
    fn groups_count_alike_and_few_facts_say_nothing() {
        let (good, bad) = (facts(0.6, 540, 600), facts(0.6, 30, 100));
        let calibration = calibrate(&[&good, &bad]);
        assert!((calibration.confidence(0.6) - 0.6).abs() < 0.02, "{calibration:?}");
        assert_eq!(calibrate(&[&facts(0.6, 1, 20), &[]]), Calibration::default());
    }
}

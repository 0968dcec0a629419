//! The judge: a logistic model a kind of fact, over the named features of a candidate. Transparent: every weight is a line
//! of `ontology/judge.tsv` (`kind`, feature, weight), trained by `entente train-judge` on gold articles.

use super::drafts::Told;
use crate::extract::candidates::{Features, Source};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// What kinds of facts are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judged {
    /// A person as a leader of the article.
    Leader,
    /// An agreement.
    Agreement,
    /// A sector of an agreement.
    Sector,
    /// An encounter.
    Encounter,
    /// A leader's part in an encounter.
    Participant,
    /// An act.
    Act,
    /// A party as the one for whom a person acts.
    Affiliation,
}

impl Judged {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Leader, Self::Agreement, Self::Sector, Self::Encounter, Self::Participant, Self::Act, Self::Affiliation];

    /// Name in `judge.tsv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Agreement => "agreement",
            Self::Sector => "sector",
            Self::Encounter => "encounter",
            Self::Participant => "participant",
            Self::Act => "act",
            Self::Affiliation => "affiliation",
        }
    }
}

/// What a frame adds that the judge has never seen, such as one of an analyst's own: about what a good frame adds.
const NEW_FRAME: f32 = 1.5;

/// Weights below this are not written: each moves a chance of one half by half a hundredth at most.
const LEAST: f32 = 0.02;

/// How much less a reading shows in which the parties and the word merely stand in one sentence.
const LOOSE: f32 = 0.6;

/// How often facts of a probability were right in articles that did not teach it: Platt's logistic of the log odds (J. Platt,
/// "Probabilistic outputs for support vector machines", 1999). In news at large fewer things happen between states than in
/// articles that were chosen for it, and a probability learned from these promises too much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// What the log odds are multiplied by.
    pub slope: f32,
    /// What is added to them.
    pub shift: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { slope: 1.0, shift: 0.0 }
    }
}

impl Calibration {
    /// The confidence that is told of a fact of this probability, 0–1.
    #[must_use]
    pub fn confidence(self, probability: f32) -> f32 {
        if self == Self::default() {
            return probability;
        }
        1.0 / (1.0 + (-(self.slope * log_odds(probability) + self.shift)).exp())
    }
}

/// The log odds of a probability that is neither 0 nor 1.
pub(crate) fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

/// Weights of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    /// Weight of the bias.
    pub bias: f32,
    /// Facts below this probability are not told.
    pub threshold: f32,
    /// What a probability of these weights means.
    pub calibration: Calibration,
    /// Weight and name of each feature, by the hash of its name.
    features: FxHashMap<u64, (f32, CompactString)>,
}

impl Weights {
    /// Weights of named features.
    #[must_use]
    pub fn new<'f>(bias: f32, threshold: f32, features: impl IntoIterator<Item = (&'f str, f32)>) -> Self {
        let features = features.into_iter().map(|(name, weight)| (Features::hash(name), (weight, name.into())));
        Self { bias, threshold, calibration: Calibration::default(), features: features.collect() }
    }

    /// Probability, 0–1, that a candidate with these features is right.
    #[must_use]
    pub fn probability(&self, features: &Features) -> f32 {
        self.chance(&[features])
    }

    /// The probability of a draft that is read in several places: the likeliest reading speaks for it.
    #[must_use]
    pub fn best(&self, whole: &[&Features], members: &[Told]) -> f32 {
        self.each(whole, members).max_by(f32::total_cmp).unwrap_or_else(|| self.chance(whole))
    }

    /// The places that speak for such a draft, the likeliest reading's first; without those of readings that are less than
    /// half as likely.
    #[must_use]
    pub fn speaking(&self, whole: &[&Features], members: &[Told]) -> Vec<Source> {
        let mut list: Vec<(f32, &Told)> = self.each(whole, members).zip(members).collect();
        let least = list.iter().map(|l| l.0).fold(0.0, f32::max) / 2.0;
        // A sentence that says it shows more than one in which the parties and the word merely meet. The sort is stable: of
        // equal ones the first in the text stays first.
        let shows = |l: &(f32, &Told)| if l.1.features.contains("loose") { l.0 * LOOSE } else { l.0 };
        list.sort_by(|a, b| shows(b).total_cmp(&shows(a)));
        let mut out: Vec<Source> = Vec::new();
        for source in list.iter().filter(|l| l.0 >= least).flat_map(|l| &l.1.sources) {
            if !out.contains(source) {
                out.push(source.clone());
            }
        }
        out
    }

    /// All places of a draft: those whose reading `supports` what is told of it first, the likeliest of them at the head.
    #[must_use]
    pub fn supporting(&self, members: &[Told], supports: impl Fn(&Features) -> bool) -> Vec<Source> {
        let mut list: Vec<(bool, f32, &Told)> =
            members.iter().map(|m| (supports(&m.features), self.probability(&m.features), m)).collect();
        list.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let mut out: Vec<Source> = Vec::new();
        for source in list.iter().flat_map(|l| &l.2.sources) {
            if !out.contains(source) {
                out.push(source.clone());
            }
        }
        out
    }

    /// The probability of each reading, with what holds of the whole.
    fn each(&self, whole: &[&Features], members: &[Told]) -> impl Iterator<Item = f32> {
        let base = self.sum(whole);
        members.iter().map(move |m| {
            let mut sum = base;
            self.join(&mut sum, &m.features, whole);
            sum.probability()
        })
    }

    fn chance(&self, sets: &[&Features]) -> f32 {
        self.sum(sets).probability()
    }

    fn sum(&self, sets: &[&Features]) -> Sum {
        let mut sum = Sum { z: self.bias, ..Sum::default() };
        for (i, set) in sets.iter().enumerate() {
            self.join(&mut sum, set, &sets[..i]);
        }
        sum
    }

    /// Adds a set of features, without those that hold in the sets `before`, as they are taught.
    fn join(&self, sum: &mut Sum, features: &Features, before: &[&Features]) {
        for (i, hash) in features.hashes().iter().enumerate() {
            match self.features.get(hash) {
                Some((weight, _)) => {
                    if !before.iter().any(|b| b.holds(*hash)) {
                        sum.z += weight;
                    }
                }
                None => sum.new_frame |= features.name(i).starts_with("frame=") && !self.features.is_empty(),
            }
        }
        sum.loose |= ["loose", "only-loose", "only-loose=true"].iter().any(|f| features.contains(f));
    }
}

/// What speaks for a candidate so far.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    z: f32,
    new_frame: bool,
    loose: bool,
}

impl Sum {
    fn probability(self) -> f32 {
        let z = if self.new_frame && !self.loose { self.z + NEW_FRAME } else { self.z };
        1.0 / (1.0 + (-z).exp())
    }
}

/// Weights of every kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judge {
    kinds: [Weights; 7],
}

/// A line of `judge.tsv` that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("judge.tsv:{line}: {message}")]
pub struct JudgeError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Judge {
    /// Reads the built-in weights.
    ///
    /// # Errors
    /// The first line that does not fit.
    pub fn builtin() -> Result<Self, JudgeError> {
        Self::parse(include_str!("../../ontology/judge.tsv"))
    }

    /// Reads `judge.tsv`.
    ///
    /// # Errors
    /// The first line that does not fit.
    pub fn parse(text: &str) -> Result<Self, JudgeError> {
        let mut judge = Self::default();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let fail = |message: &str| JudgeError { line: i + 1, message: format!("{message}: `{line}`") };
            let mut fields = line.split('\t');
            let (Some(kind), Some(feature), Some(weight), None) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                return Err(fail("expected kind, feature and weight, tab-separated"));
            };
            let kind = Judged::ALL.iter().position(|k| k.as_str() == kind).ok_or_else(|| fail("unknown kind"))?;
            let weight: f32 = (weight.parse().ok())
                .filter(|weight: &f32| weight.is_finite())
                .ok_or_else(|| fail("the weight is no number"))?;
            let weights = &mut judge.kinds[kind];
            match feature {
                "(bias)" => weights.bias = weight,
                "(threshold)" => weights.threshold = weight,
                "(slope)" if weight <= 0.0 => {
                    return Err(fail("the surer must stay the surer, so a slope is more than 0"));
                }
                "(slope)" => weights.calibration.slope = weight,
                "(shift)" => weights.calibration.shift = weight,
                _ => {
                    weights.features.insert(Features::hash(feature), (weight, feature.into()));
                }
            }
        }
        Ok(judge)
    }

    /// The weights as `judge.tsv`, sorted.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut out =
            String::from("# Weights of the judge, written by `entente train-judge`; kind, feature, weight.\n");
        for kind in Judged::ALL {
            let weights = self.of(kind);
            let _ = writeln!(
                out,
                "{0}\t(bias)\t{1:.3}\n{0}\t(threshold)\t{2:.3}",
                kind.as_str(),
                weights.bias,
                weights.threshold
            );
            let Calibration { slope, shift } = weights.calibration;
            if weights.calibration != Calibration::default() {
                let _ = writeln!(out, "{0}\t(slope)\t{slope:.3}\n{0}\t(shift)\t{shift:.3}", kind.as_str());
            }
            let mut list: Vec<_> = weights.features.values().filter(|(w, _)| w.abs() >= LEAST).collect();
            list.sort_by(|a, b| a.1.cmp(&b.1));
            for (weight, feature) in list {
                let _ = writeln!(out, "{}\t{feature}\t{weight:.3}", kind.as_str());
            }
        }
        out
    }

    /// Weights of a kind.
    #[must_use]
    pub fn of(&self, kind: Judged) -> &Weights {
        &self.kinds[kind as usize]
    }

    /// Weights of a kind, to be changed by training.
    pub fn of_mut(&mut self, kind: Judged) -> &mut Weights {
        &mut self.kinds[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_a_round_trip() {
        let text = "act\t(bias)\t-1.000\nact\t(threshold)\t0.400\nact\tframe=x\t2.000\n";
        let judge = Judge::parse(text).unwrap();
        assert_eq!(Judge::parse(&judge.to_tsv()).unwrap(), judge);
        let features: Features = ["frame=x"].into_iter().collect();
        assert!((judge.of(Judged::Act).probability(&features) - 0.731).abs() < 0.001);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert!(Judge::parse("# x\nacts\ta\t1").unwrap_err().to_string().starts_with("judge.tsv:2: unknown kind"));
        assert!(Judge::parse("act\ta\tb").is_err());
        for weight in ["act\ta\tNaN", "act\t(bias)\tinf", "act\t(slope)\t0", "act\t(slope)\t-1"] {
            assert!(Judge::parse(weight).is_err(), "{weight}");
        }
        assert!(Judge::parse("act\t(slope)\t0.5\nact\t(shift)\t-1").is_ok());
    }
}

//! A person's verdicts on a sample → precision with its interval.

use crate::evaluate::matching::share;
use crate::evaluate::score::tenth;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the sheet that a person fills in. The sheet is tab-separated, with these names above its columns; only
/// `verdict` must be there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Number within the sample, from 1.
    pub n: String,
    /// `right`, `wrong`, `unsure`, or empty as long as nobody has judged.
    pub verdict: String,
    /// Why.
    pub note: String,
    /// `signed`, `encounters` or `acts`.
    pub kind: String,
    /// What the fact states.
    pub fact: String,
    /// The sentence that is said to say so.
    pub sentence: String,
    /// Confidence, 0–1.
    pub confidence: String,
    /// The rule that read it.
    pub rule: String,
    /// Outlet.
    pub outlet: String,
    /// Article id.
    pub article: String,
    /// Day of publication.
    pub published: String,
    /// Headline.
    pub title: String,
    /// What stands before the sentence.
    pub before: String,
    /// What stands after it.
    pub after: String,
}

/// What a person says of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The text says so.
    Right,
    /// It does not.
    Wrong,
    /// Careful readers may differ. Counts as not right.
    Unsure,
    /// Not judged yet.
    Open,
}

impl Row {
    /// The verdict, in one of the ways people write it; an error says what is not understood.
    ///
    /// # Errors
    /// A word that is no verdict.
    pub fn judged(&self) -> Result<Verdict, String> {
        match self.verdict.trim().to_lowercase().as_str() {
            "" => Ok(Verdict::Open),
            "right" | "r" | "yes" | "y" | "1" | "true" | "+" => Ok(Verdict::Right),
            "wrong" | "w" | "no" | "n" | "0" | "false" | "-" => Ok(Verdict::Wrong),
            "unsure" | "u" | "?" => Ok(Verdict::Unsure),
            other => Err(format!("`{other}` is none of right, wrong, unsure")),
        }
    }
}

/// Counted verdicts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Right.
    pub right: usize,
    /// Wrong.
    pub wrong: usize,
    /// Unsure.
    pub unsure: usize,
    /// Not judged yet.
    pub open: usize,
}

impl Count {
    /// Facts judged.
    #[must_use]
    pub fn judged(self) -> usize {
        self.right + self.wrong + self.unsure
    }

    /// Share of the judged that is right; what one is unsure of is not.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.judged())
    }

    /// Wilson's interval of the precision, at 95 %.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        wilson(self.right, self.judged())
    }

    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => self.right += 1,
            Verdict::Wrong => self.wrong += 1,
            Verdict::Unsure => self.unsure += 1,
            Verdict::Open => self.open += 1,
        }
    }
}

/// Wilson's score interval of a share at 95 %: E. B. Wilson, *Probable inference* (1927). (0, 1) where nothing is counted.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of verdicts are small")]
pub fn wilson(right: usize, all: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (all as f64, right as f64 / all as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

/// Verdicts by kind, by kind and outlet, and by kind and tenth of confidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By kind.
    pub kinds: BTreeMap<String, Count>,
    /// By kind and outlet.
    pub outlets: BTreeMap<(String, String), Count>,
    /// By kind and tenth of confidence (9: 0.9 to 1).
    pub tenths: BTreeMap<(String, usize), Count>,
}

/// Sums the rows of one or more sheets.
///
/// # Errors
/// The index of the first row whose verdict is not understood, and why.
pub fn tally(rows: &[Row]) -> Result<Tally, (usize, String)> {
    let mut out = Tally::default();
    for (i, row) in rows.iter().enumerate() {
        let verdict = row.judged().map_err(|why| (i, why))?;
        out.kinds.entry(row.kind.clone()).or_default().add(verdict);
        out.outlets.entry((row.kind.clone(), row.outlet.clone())).or_default().add(verdict);
        if let Ok(confidence) = row.confidence.trim().parse() {
            out.tenths.entry((row.kind.clone(), tenth(confidence))).or_default().add(verdict);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_gives_the_published_intervals() {
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        for (right, all, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = wilson(right, all);
            assert!((l - low).abs() < 6e-5 && (h - high).abs() < 6e-5, "{right}/{all}: {l} {h}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        let (low, high) = wilson(20, 20);
        assert!((0.83..0.85).contains(&low) && (high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn verdicts_are_summed_by_kind_outlet_and_confidence() {
        let row = |verdict: &str, outlet: &str, confidence: &str| Row {
            verdict: verdict.to_owned(),
            kind: "acts".to_owned(),
            outlet: outlet.to_owned(),
            confidence: confidence.to_owned(),
            ..Row::default()
        };
        let rows = [
            row("right", "A", "0.95"),
            row(" Y ", "B", "0.9"),
            row("n", "B", "0.4"),
            row("?", "B", ""),
            row("", "A", "1"),
        ];
        let told = tally(&rows).unwrap();
        let acts = told.kinds["acts"];
        assert_eq!(acts, Count { right: 2, wrong: 1, unsure: 1, open: 1 });
        assert!((acts.precision() - 0.5).abs() < 1e-12);
        assert_eq!(
            told.outlets[&("acts".to_owned(), "B".to_owned())],
            Count { right: 1, wrong: 1, unsure: 1, open: 0 }
        );
        assert_eq!(told.tenths[&("acts".to_owned(), 9)], Count { right: 2, open: 1, ..Count::default() });
        let error = tally(&[row("right", "A", ""), row("perhaps", "A", "")]).unwrap_err();
        assert_eq!(error, (1, "`perhaps` is none of right, wrong, unsure".to_owned()));
    }
}

//! Facts against gold facts, view by view: the same matching and the same numbers as the gold folder's `score.py`.
//!
//! Views: countries, leaders, agreements, sectors, encounters, participants, acts; HEADLINE is their micro-average without the
//! countries. What gold marks as background is neither rewarded nor punished; a prediction so marked finds nothing.

use super::compare::{Comparison, Pairs, Sets};
use super::matching::{share, status_class};
use crate::facts::{AgreementFact, EncounterFact, Evidence, Facts};
use serde::Serialize;
use std::collections::BTreeMap;

pub use super::matching::{act_key, agreement_fit, encounter_fit, pair_up, same_leader, shares_a_word};

/// The views in the order of the report.
pub const VIEWS: [&str; 7] = ["countries", "leaders", "agreements", "sectors", "encounters", "participants", "acts"];

/// True positives, false positives, false negatives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// True positives.
    pub tp: usize,
    /// False positives.
    pub fp: usize,
    /// False negatives.
    #[serde(rename = "fn")]
    pub missed: usize,
}

impl Tally {
    pub(super) fn add(&mut self, tp: usize, fp: usize, missed: usize) {
        self.tp += tp;
        self.fp += fp;
        self.missed += missed;
    }

    /// Share of the told that is right.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.tp, self.tp + self.fp)
    }

    /// Share of the right that is told.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.tp, self.tp + self.missed)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// One miss or extra.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mistake {
    /// Article id.
    pub article: String,
    /// View.
    pub view: &'static str,
    /// `missed` or `extra`.
    pub kind: &'static str,
    /// The fact, in short.
    pub fact: String,
    /// Sentences behind an extra.
    pub quotes: Vec<String>,
}

/// Of the agreements, encounters and acts told with a confidence of n tenths up to the next: how many are right, and how many
/// there are.
pub type Calibration = [(usize, usize); 10];

/// Scores of a set of articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Articles scored.
    pub articles: usize,
    /// Tally by view.
    pub views: BTreeMap<&'static str, Tally>,
    /// Matched agreements whose status class is right, and all matched.
    pub status: (usize, usize),
    /// Whether confidences mean what they say.
    pub calibration: Calibration,
    /// What went wrong.
    pub mistakes: Vec<Mistake>,
}

impl Report {
    /// The tally of a view.
    #[must_use]
    pub fn view(&self, view: &str) -> Tally {
        self.views.get(view).copied().unwrap_or_default()
    }

    /// The micro-average over all views but the countries.
    #[must_use]
    pub fn headline(&self) -> Tally {
        let mut sum = Tally::default();
        for view in &VIEWS[1..] {
            let t = self.view(view);
            sum.add(t.tp, t.fp, t.missed);
        }
        sum
    }

    /// Adds the scores of one article.
    pub fn add(&mut self, gold: &Facts, told: &Facts) {
        self.add_compared(gold, told, &Comparison::new(gold, told));
    }

    /// Adds the scores of one article whose facts have been compared.
    pub fn add_compared(&mut self, gold: &Facts, told: &Facts, c: &Comparison) {
        self.articles += 1;
        self.sets("countries", &c.countries);
        self.pairs("leaders", &c.leaders);
        self.pairs("agreements", &c.agreements);
        self.sets("sectors", &c.sectors);
        self.pairs("encounters", &c.encounters);
        self.participants(gold, told, c);
        self.sets("acts", &c.acts);
        let same_status = |(i, j): &&(usize, usize)| {
            status_class(gold.agreements[*i].status) == status_class(told.agreements[*j].status)
        };
        self.status.1 += c.agreements.found.len();
        self.status.0 += c.agreements.found.iter().filter(same_status).count();
        self.calibrate(told, c);
        self.mistakes.extend(mistakes(gold, told, c));
    }

    fn tally(&mut self, view: &'static str, tp: usize, fp: usize, missed: usize) {
        self.views.entry(view).or_default().add(tp, fp, missed);
    }

    fn pairs(&mut self, view: &'static str, pairs: &Pairs) {
        self.tally(view, pairs.found.len(), pairs.extra.len(), pairs.missed.len());
    }

    fn sets<T: Ord>(&mut self, view: &'static str, sets: &Sets<T>) {
        self.tally(view, sets.found.len(), sets.extra.len(), sets.missed.len());
    }

    /// Those of the encounters found; the others' are all extra or missed.
    fn participants(&mut self, gold: &Facts, told: &Facts, c: &Comparison) {
        for p in &c.participants {
            self.tally("participants", p.found.len(), p.extra.len(), p.missed.len());
        }
        let all = |list: &[EncounterFact], of: &[usize]| of.iter().map(|i| list[*i].participants.len()).sum();
        let extra = all(&told.encounters, &c.encounters.extra);
        let missed = all(&gold.encounters, &c.encounters.missed);
        self.tally("participants", 0, extra, missed);
    }

    fn calibrate(&mut self, told: &Facts, c: &Comparison) {
        for (pairs, confidence) in [
            (&c.agreements, told.agreements.iter().map(|a| a.confidence).collect::<Vec<_>>()),
            (&c.encounters, told.encounters.iter().map(|e| e.confidence).collect()),
        ] {
            pairs.found.iter().for_each(|(_, j)| self.believe(confidence[*j], true));
            pairs.extra.iter().for_each(|j| self.believe(confidence[*j], false));
        }
        for (keys, right) in [(&c.acts.found, true), (&c.acts.extra, false)] {
            for key in keys {
                let same = told.acts.iter().filter(|a| !a.background && act_key(a) == *key);
                self.believe(same.map(|a| a.confidence).fold(0.0, f64::max), right);
            }
        }
    }

    fn believe(&mut self, confidence: f64, right: bool) {
        let tenth = &mut self.calibration[tenth(confidence)];
        tenth.0 += usize::from(right);
        tenth.1 += 1;
    }
}

/// The tenth in which a confidence lies: 9 for 0.9 to 1.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within 0 to 9")]
pub fn tenth(confidence: f64) -> usize {
    // A confidence written as 0.7 may lie a hair below it.
    (confidence * 10.0 + 1e-9).clamp(0.0, 9.0) as usize
}

/// What went wrong in an article, view by view.
fn mistakes(gold: &Facts, told: &Facts, c: &Comparison) -> Vec<Mistake> {
    let mut out = Vec::new();
    let mut note = |view: &'static str, kind: &'static str, fact: String, quotes: Vec<String>| {
        out.push(Mistake { article: gold.article.id.clone(), view, kind, fact, quotes });
    };
    c.countries.extra.iter().for_each(|c| note("countries", "extra", c.clone(), vec![]));
    c.countries.missed.iter().for_each(|c| note("countries", "missed", c.clone(), vec![]));
    for p in c.leaders.extra.iter().map(|j| &told.leaders[*j]) {
        let title = p.title.as_deref().unwrap_or("");
        note("leaders", "extra", format!("{} {} {} ({title})", p.name, p.country, p.office), vec![]);
    }
    for g in c.leaders.missed.iter().map(|i| &gold.leaders[*i]) {
        note("leaders", "missed", format!("{} {} {}", g.name, g.country, g.office), vec![]);
    }
    for a in c.agreements.extra.iter().map(|j| &told.agreements[*j]) {
        note("agreements", "extra", agreement_in_short(a), quotes(&a.evidence));
    }
    for a in c.agreements.missed.iter().map(|i| &gold.agreements[*i]) {
        note("agreements", "missed", agreement_in_short(a), quotes(&a.evidence));
    }
    let sector = |(parties, sector): &(Vec<String>, String)| format!("{} {sector}", parties.join("-"));
    c.sectors.extra.iter().for_each(|s| note("sectors", "extra", sector(s), vec![]));
    c.sectors.missed.iter().for_each(|s| note("sectors", "missed", sector(s), vec![]));
    for e in c.encounters.extra.iter().map(|j| &told.encounters[*j]) {
        note("encounters", "extra", encounter_in_short(e), quotes(&e.evidence));
    }
    for e in c.encounters.missed.iter().map(|i| &gold.encounters[*i]) {
        note("encounters", "missed", encounter_in_short(e), quotes(&e.evidence));
    }
    for (kind, facts, keys) in [("extra", told, &c.acts.extra), ("missed", gold, &c.acts.missed)] {
        for k in keys {
            let of = facts.acts.iter().find(|a| act_key(a) == *k).map(|a| quotes(&a.evidence)).unwrap_or_default();
            note("acts", kind, format!("{} {} {}", k.0, k.2, k.1), of);
        }
    }
    out
}

fn agreement_in_short(a: &AgreementFact) -> String {
    let (parties, topic) = (a.parties.join("-"), a.topic.as_deref().unwrap_or(""));
    format!("{} {parties} {} \"{topic}\" [{}]", a.kind, a.status, a.sectors.join(","))
}

fn encounter_in_short(e: &EncounterFact) -> String {
    let (date, place) = (e.date.as_deref().unwrap_or("-"), e.place.as_deref().unwrap_or("-"));
    format!("{} {} {} [{}] {date} {place}", e.kind, e.countries.join("-"), e.status, e.participants.join(", "))
}

fn quotes(evidence: &[Evidence]) -> Vec<String> {
    evidence.iter().map(|e| format!("[{}] {}", e.rule, e.quote)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::gold::facts_of;

    #[test]
    fn tallies_mistakes_and_calibration_agree() {
        let gold = facts_of(
            r#"{"id":"x","countries":["KEN","OMN"],"agreements":[{"type":"mou","parties":["KEN","OMN"],"status":"signed",
            "topic":"fisheries","sectors":["agriculture"]}],"acts":[{"actor":"KEN","recipient":"OMN","type":"SUPPORT"}]}"#,
        );
        let told = facts_of(
            r#"{"id":"x","countries":["KEN","YEM"],"agreements":[{"type":"agreement","parties":["KEN","OMN"],
            "status":"planned","topic":"fisheries","sectors":["trade"],"confidence":0.7}],
            "acts":[{"actor":"OMN","recipient":"KEN","type":"SUPPORT","confidence":1.0}]}"#,
        );
        let mut report = Report::default();
        report.add(&gold, &told);
        let one = |tp, fp, missed| Tally { tp, fp, missed };
        assert_eq!(report.view("countries"), one(1, 1, 1));
        assert_eq!(report.view("agreements"), one(1, 0, 0));
        assert_eq!(report.view("sectors"), one(0, 1, 1));
        assert_eq!(report.view("acts"), one(0, 1, 1));
        assert_eq!(report.headline(), one(1, 2, 2));
        assert_eq!(report.status, (0, 1));
        assert_eq!((report.calibration[7], report.calibration[9]), ((1, 1), (0, 1)));
        let told: Vec<String> = report.mistakes.iter().map(|m| format!("{} {} {}", m.kind, m.view, m.fact)).collect();
        assert_eq!(
            told,
            [
                "extra countries YEM",
                "missed countries OMN",
                "extra sectors KEN-OMN trade",
                "missed sectors KEN-OMN agriculture",
                "extra acts OMN SUPPORT KEN",
                "missed acts KEN SUPPORT OMN",
            ]
        );
    }

    #[test]
    fn a_confidence_lies_in_its_tenth() {
        assert_eq!([0.0, 0.1, 0.3, 0.699, 0.7, 0.9, 1.0].map(tenth), [0, 1, 3, 6, 7, 9, 9]);
    }
}

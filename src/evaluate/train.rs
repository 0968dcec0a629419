//! Gold articles → weights of the judge: a logistic model a kind, with an L2 penalty, deterministic.
//!
//! The score is cross-validated by article: each fold is judged by weights that never saw it.

use super::score::{Report, act_key, agreement_fit, encounter_fit, pair_up};
use crate::article::Article;
use crate::extract::candidates::Features;
use crate::facts::{Extractor, Facts};
use crate::resolve::drafts::Drafts;
use crate::resolve::judge::{Judge, Judged, Weights};
use crate::resolve::{self};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Number of folds of the cross-validation.
    pub folds: usize,
    /// Passes over the examples.
    pub epochs: usize,
    /// L2 penalty.
    pub l2: f32,
    /// Features that fewer examples have are left out.
    pub rare: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { folds: 5, epochs: 300, l2: 8.0, rare: 3 }
    }
}

/// A candidate with its answer.
#[derive(Debug, Clone)]
struct Case {
    kind: Judged,
    features: Features,
    right: bool,
    /// Of a sector or a participant: the case of the agreement or encounter that it belongs to.
    of: Option<usize>,
    /// Whether the weights are trained on it (what belongs to a wrong fact only counts for the threshold).
    taught: bool,
}

/// The cases of one article, and the gold facts of each kind that no candidate proposes.
#[derive(Debug, Clone, Default)]
struct Lesson {
    cases: Vec<Case>,
    unreachable: BTreeMap<Judged, usize>,
}

/// Trains on articles with their gold facts.
///
/// Gives the weights trained on all of them, the cross-validated report, and the facts that it judged.
#[must_use]
pub fn train(extractor: &Extractor, gold: &[(Article, Facts)], settings: Settings) -> (Judge, Report, Vec<Facts>) {
    let lessons: Vec<Lesson> = gold.par_iter().map(|(article, facts)| lesson(extractor, article, facts)).collect();
    let folds = settings.folds.max(2);
    let judges: Vec<Judge> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let list: Vec<&Lesson> =
                lessons.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|(_, l)| l).collect();
            fit_all(&list, settings)
        })
        .collect();
    // Thresholds from the held-out judgements.
    let mut thresholds = BTreeMap::new();
    for kind in Judged::ALL {
        let mut judged: Vec<(f32, bool)> = Vec::new();
        let mut all = 0;
        for (i, l) in lessons.iter().enumerate() {
            let judge = &judges[i % folds];
            let chance = |c: &Case| judge.of(c.kind).probability(&c.features);
            judged.extend(l.cases.iter().filter(|c| c.kind == kind).filter_map(|c| {
                let whole = c.of.map_or(1.0, |k| chance(&l.cases[k]));
                // Whole facts come before their parts in `Judged::ALL`, so that their thresholds are known here.
                let told = c.of.is_none_or(|k| whole >= thresholds.get(&l.cases[k].kind).copied().unwrap_or(0.0));
                told.then(|| (whole * chance(c), c.right))
            }));
            all += l.unreachable.get(&kind).copied().unwrap_or(0);
            all += l.cases.iter().filter(|c| c.kind == kind && c.right).count();
        }
        thresholds.insert(kind, best_threshold(judged, all));
    }
    let mut report = Report::default();
    let told: Vec<Facts> = gold
        .par_iter()
        .enumerate()
        .map(|(i, (article, _))| {
            let mut judge = judges[i % folds].clone();
            set_thresholds(&mut judge, &thresholds);
            judged(extractor, article, &judge)
        })
        .collect();
    for ((_, facts), told) in gold.iter().zip(&told) {
        report.add(facts, told);
    }
    let mut judge = fit_all(&lessons.iter().collect::<Vec<_>>(), settings);
    set_thresholds(&mut judge, &thresholds);
    (judge, report, told)
}

/// The training cases of each article: its id, and of every draft the kind, whether gold has it, and the features. For
/// looking at, and for trying other models.
#[must_use]
pub fn cases(extractor: &Extractor, gold: &[(Article, Facts)]) -> Vec<(String, Judged, bool, Features)> {
    gold.par_iter()
        .map(|(article, facts)| (article.id.clone(), lesson(extractor, article, facts)))
        .collect::<Vec<_>>()
        .into_iter()
        .flat_map(|(id, l)| {
            l.cases.into_iter().filter(|c| c.taught).map(move |c| (id.clone(), c.kind, c.right, c.features))
        })
        .collect()
}

fn set_thresholds(judge: &mut Judge, thresholds: &BTreeMap<Judged, f32>) {
    for (kind, t) in thresholds {
        judge.of_mut(*kind).threshold = *t;
    }
}

/// The facts of an article under other weights than the engine's own.
#[must_use]
pub fn judged(extractor: &Extractor, article: &Article, judge: &Judge) -> Facts {
    extractor.with_drafts(article, |scene, drafts| {
        let resolved = resolve::decide(drafts, judge, 0.0);
        extractor.tell(article, scene, &resolved)
    })
}

/// Labels every draft of an article by its gold facts.
fn lesson(extractor: &Extractor, article: &Article, gold: &Facts) -> Lesson {
    extractor.with_drafts(article, |scene, drafts| {
        // A judge without weights lets everything pass, so that facts and drafts stand in the same order.
        let told = extractor.tell(article, scene, &resolve::decide(drafts.clone(), &Judge::default(), 0.0));
        let mut lesson = Lesson::default();
        let leader_of = label_leaders(&mut lesson, &drafts, gold, &told);
        label_agreements(&mut lesson, &drafts, gold, &told);
        label_encounters(&mut lesson, &drafts, gold, &told, &leader_of);
        label_acts(&mut lesson, &drafts, gold, &told);
        lesson
    })
}

impl Lesson {
    fn add(&mut self, kind: Judged, features: &Features, right: bool) {
        self.cases.push(Case { kind, features: features.clone(), right, of: None, taught: true });
    }

    /// A part of the fact added last but for its other parts.
    fn add_part(&mut self, kind: Judged, features: &Features, right: bool, of: usize, taught: bool) {
        self.cases.push(Case { kind, features: features.clone(), right, of: Some(of), taught });
    }

    fn miss(&mut self, kind: Judged, n: usize) {
        *self.unreachable.entry(kind).or_default() += n;
    }
}

fn label_leaders(lesson: &mut Lesson, drafts: &Drafts, gold: &Facts, told: &Facts) -> BTreeMap<String, String> {
    let pairs = pair_up(gold.leaders.len(), told.leaders.len(), |i, j| {
        f64::from(u8::from(super::score::same_leader(&gold.leaders[i], &told.leaders[j])))
    });
    for (j, d) in drafts.leaders.iter().enumerate().take(told.leaders.len()) {
        lesson.add(Judged::Leader, &d.features, pairs.iter().any(|p| p.1 == j));
    }
    lesson.miss(Judged::Leader, gold.leaders.len() - pairs.len());
    pairs.into_iter().map(|(i, j)| (told.leaders[j].id.clone(), gold.leaders[i].id.clone())).collect()
}

fn label_agreements(lesson: &mut Lesson, drafts: &Drafts, gold: &Facts, told: &Facts) {
    let (ga, pa) = (&gold.agreements, &told.agreements);
    let pairs = pair_up(ga.len(), pa.len(), |i, j| agreement_fit(&ga[i], &pa[j]));
    let sectors: BTreeSet<(&Vec<String>, &str)> = ga
        .iter()
        .filter(|a| !a.background)
        .flat_map(|a| a.sectors.iter().map(move |s| (&a.parties, s.as_str())))
        .collect();
    for (j, d) in drafts.agreements.iter().enumerate() {
        let mate = pairs.iter().find(|p| p.1 == j).map(|p| &ga[p.0]);
        if pa[j].background || mate.is_some_and(|m| m.background) {
            continue;
        }
        lesson.add(Judged::Agreement, &d.features, mate.is_some());
        let whole = lesson.cases.len() - 1;
        let mut parties = pa[j].parties.clone();
        parties.sort();
        for (slug, features) in &d.sectors {
            let right = sectors.iter().any(|(p, s)| **p == parties && *s == slug);
            lesson.add_part(Judged::Sector, features, right, whole, mate.is_some());
        }
    }
    let told: usize = lesson.cases.iter().filter(|c| c.kind == Judged::Sector && c.right).count();
    lesson.miss(Judged::Sector, sectors.len().saturating_sub(told));
    let found = pairs.iter().filter(|(i, j)| !ga[*i].background && !pa[*j].background).count();
    lesson.miss(Judged::Agreement, ga.iter().filter(|a| !a.background).count().saturating_sub(found));
}

fn label_encounters(
    lesson: &mut Lesson,
    drafts: &Drafts,
    gold: &Facts,
    told: &Facts,
    leader_of: &BTreeMap<String, String>,
) {
    let (ge, pe) = (&gold.encounters, &told.encounters);
    let pairs = pair_up(ge.len(), pe.len(), |i, j| encounter_fit(&ge[i], &pe[j]));
    for (j, d) in drafts.encounters.iter().enumerate() {
        let mate = pairs.iter().find(|p| p.1 == j).map(|p| &ge[p.0]);
        if pe[j].background || mate.is_some_and(|m| m.background) {
            continue;
        }
        lesson.add(Judged::Encounter, &d.features, mate.is_some());
        let whole = lesson.cases.len() - 1;
        for ((_, features), id) in d.participants.iter().zip(&pe[j].participants) {
            let right = mate.is_some_and(|m| leader_of.get(id).is_some_and(|g| m.participants.contains(g)));
            lesson.add_part(Judged::Participant, features, right, whole, mate.is_some());
        }
    }
    let told: usize = lesson.cases.iter().filter(|c| c.kind == Judged::Participant && c.right).count();
    let all: usize = ge.iter().filter(|e| !e.background).map(|e| e.participants.len()).sum();
    lesson.miss(Judged::Participant, all.saturating_sub(told));
    let found = pairs.iter().filter(|(i, j)| !ge[*i].background && !pe[*j].background).count();
    lesson.miss(Judged::Encounter, ge.iter().filter(|e| !e.background).count().saturating_sub(found));
}

fn label_acts(lesson: &mut Lesson, drafts: &Drafts, gold: &Facts, told: &Facts) {
    let keys = |background: bool| {
        gold.acts.iter().filter(|a| a.background == background).map(act_key).collect::<BTreeSet<_>>()
    };
    let (live, old) = (keys(false), keys(true));
    let mut found = 0;
    for (d, act) in drafts.acts.iter().zip(&told.acts) {
        let key = act_key(act);
        if act.background || (old.contains(&key) && !live.contains(&key)) {
            continue;
        }
        let right = live.contains(&key);
        found += usize::from(right);
        lesson.add(Judged::Act, &d.features, right);
    }
    lesson.miss(Judged::Act, live.len().saturating_sub(found));
}

fn fit_all(lessons: &[&Lesson], settings: Settings) -> Judge {
    let mut judge = Judge::default();
    for kind in Judged::ALL {
        let cases: Vec<&Case> = lessons.iter().flat_map(|l| &l.cases).filter(|c| c.kind == kind && c.taught).collect();
        *judge.of_mut(kind) = fit(&cases, settings);
    }
    judge
}

/// Logistic regression over sparse named features.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "counts are small, weights too")]
fn fit(cases: &[&Case], settings: Settings) -> Weights {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for c in cases {
        for f in &c.features {
            *counts.entry(f.as_str()).or_default() += 1;
        }
    }
    let ids: FxHashMap<&str, usize> =
        counts.iter().filter(|(_, n)| **n >= settings.rare).enumerate().map(|(i, (f, _))| (*f, i)).collect();
    let rows: Vec<(Vec<usize>, f32)> = cases
        .iter()
        .map(|c| {
            (c.features.iter().filter_map(|f| ids.get(f.as_str()).copied()).collect(), f32::from(u8::from(c.right)))
        })
        .collect();
    let right = rows.iter().filter(|r| r.1 > 0.5).count() as f64;
    let total = rows.len() as f64;
    let (w, bias) = minimize(&rows, ids.len(), ((right + 1.0) / (total - right + 1.0)).ln(), settings);
    let mut list: Vec<(&str, usize)> = ids.into_iter().collect();
    list.sort_unstable();
    Weights {
        bias: bias as f32,
        threshold: 0.5,
        features: list.into_iter().map(|(f, i)| (f.to_owned(), w[i] as f32)).collect(),
    }
}

/// Minimizes the summed logistic loss with an L2 penalty (not on the bias): full-batch Adam with a falling rate, in f64, so
/// that the weights depend on nothing but the rows.
fn minimize(rows: &[(Vec<usize>, f32)], features: usize, bias: f64, settings: Settings) -> (Vec<f64>, f64) {
    // The bias is the last parameter.
    let mut w = vec![0.0_f64; features + 1];
    w[features] = bias;
    let (mut m, mut v) = (vec![0.0_f64; features + 1], vec![0.0_f64; features + 1]);
    let (mut decay_m, mut decay_v) = (1.0_f64, 1.0_f64);
    for epoch in 0..settings.epochs {
        let mut gradient: Vec<f64> = w.iter().map(|x| x * f64::from(settings.l2)).collect();
        gradient[features] = 0.0;
        for (row, y) in rows {
            let z: f64 = w[features] + row.iter().map(|i| w[*i]).sum::<f64>();
            let error = 1.0 / (1.0 + (-z).exp()) - f64::from(*y);
            for i in row {
                gradient[*i] += error;
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
    let bias = w.pop().unwrap_or(bias);
    (w, bias)
}

/// The threshold with the best F1 where `all` are to be found.
fn best_threshold(mut judged: Vec<(f32, bool)>, all: usize) -> f32 {
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut tp, mut best, mut threshold) = (0_usize, 0.0_f64, 0.5_f32);
    for (i, (p, right)) in judged.iter().enumerate() {
        tp += usize::from(*right);
        #[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
        let f1 = 2.0 * tp as f64 / (i + 1 + all) as f64;
        if f1 > best {
            (best, threshold) = (f1, *p);
        }
    }
    threshold.clamp(0.05, 0.95)
}

//! Gold articles → weights of the judge: a logistic model a kind, with an L2 penalty, deterministic.
//!
//! The score is cross-validated by article: each fold is judged by weights that never saw it.

use super::cases::Case as OwnCase;
use super::fit::{Case, TAUGHT, fit};
use super::notation::{Expectation, What, holds};
use super::platt::calibrate;
use super::score::{Report, act_key, agreement_fit, encounter_fit, pair_up};
use crate::article::Article;
use crate::extract::candidates::Features;
use crate::facts::{Extractor, Facts};
use crate::resolve::drafts::{Drafts, Told};
use crate::resolve::judge::{Calibration, Judge, Judged, Weights};
use crate::resolve::{self, Chances};
use rayon::prelude::*;
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
        Self { folds: 5, epochs: 160, l2: 6.0, rare: 4 }
    }
}

/// How much a draft of the specification counts beside one of a gold article: its cases are simpler than news and hold more
/// of what is rare in it. The examples of the lexicon say what its frames are for and count more.
const SPECIFICATION_WEIGHT: f64 = 0.5;
const LEXICON_WEIGHT: f64 = 2.0;

/// How much a draft of an article counts that is only taught, not scored. Which home politicians are leaders is told apart
/// more strictly in gold, sectors are told more fully; acts are many.
fn taught_weight(kind: Judged) -> f64 {
    match kind {
        Judged::Leader => 0.15,
        Judged::Sector => 0.2,
        Judged::Act => 0.5,
        _ => 1.0,
    }
}

/// What one article teaches.
#[derive(Debug, Clone)]
struct Lesson {
    cases: Vec<Case>,
    drafts: Drafts,
    /// Everything told, in the order of the drafts.
    told: Facts,
}

/// The confidence of the agreements and of the encounters of one article.
type Grounds = (Vec<f32>, Vec<f32>);

/// Trains on articles with their gold facts, and on our own cases.
///
/// Gives the weights trained on all of them and what the cross-validation says of them. Our own cases and
/// the `taught` articles teach every fold and are scored in none. The weights that choose a person's party are learned once,
/// of `taught` where there is any, else of all gold, and are the same in every fold.
#[must_use]
pub fn train(
    extractor: &Extractor,
    gold: &[(Article, Facts)],
    taught: &[(Article, Facts)],
    own: &[OwnCase],
    settings: Settings,
) -> (Judge, Validation) {
    let all: Vec<&(Article, Facts)> = if taught.is_empty() { gold.iter().collect() } else { taught.iter().collect() };
    let affiliation = affiliation(extractor, &all, settings);
    let mut first = Judge::default();
    first.of_mut(Judged::Affiliation).clone_from(&affiliation);
    let extractor = &extractor.with_judge(first);
    let own: Vec<Lesson> = own.par_iter().map(|case| own_lesson(extractor, case)).collect();
    let taught: Vec<Lesson> = taught
        .par_iter()
        .map(|(article, facts)| {
            let mut l = lesson(extractor, article, facts);
            for c in &mut l.cases {
                c.features.add(TAUGHT);
                c.weight = taught_weight(c.kind);
            }
            l
        })
        .collect();
    let lessons: Vec<Lesson> = gold.par_iter().map(|(article, facts)| lesson(extractor, article, facts)).collect();
    let folds = settings.folds.max(2);
    let judges: Vec<Judge> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let mut rest = all_but(&lessons, folds, fold);
            rest.extend(&own);
            rest.extend(all_but(&taught, folds, fold));
            fit_all(&rest, settings)
        })
        .collect();
    let judged = |list: &[Lesson]| -> Vec<Chances> {
        list.par_iter().enumerate().map(|(i, l)| resolve::weigh(&l.drafts, &judges[i % folds])).collect()
    };
    let chances = judged(&lessons);
    let large = Ranked::new(&taught, &judged(&taught));
    let bars = best_bars(gold, &lessons, &chances, &large);
    let near = Ranked::new(&lessons, &chances);
    let calibrations: BTreeMap<Judged, Calibration> = (near.0.keys().chain(large.0.keys()))
        .map(|kind| (*kind, calibrate(&[near.of(*kind), large.of(*kind)])))
        .collect();
    let told: Vec<Facts> = lessons.iter().zip(&chances).map(|(l, c)| over(&l.told, c, &bars, &calibrations)).collect();
    let mut report = Report::default();
    for ((_, facts), told) in gold.iter().zip(&told) {
        report.add(facts, told);
    }
    let mut judge = fit_all(&lessons.iter().chain(&own).chain(&taught).collect::<Vec<_>>(), settings);
    for (kind, bar) in &bars {
        judge.of_mut(*kind).threshold = *bar;
    }
    for (kind, calibration) in calibrations {
        judge.of_mut(kind).calibration = calibration;
    }
    *judge.of_mut(Judged::Affiliation) = affiliation;
    (judge, Validation { report, told })
}

/// What the cross-validation by article says.
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// Scores.
    pub report: Report,
    /// The facts told of each article.
    pub told: Vec<Facts>,
}

fn all_but(lessons: &[Lesson], folds: usize, fold: usize) -> Vec<&Lesson> {
    lessons.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|(_, l)| l).collect()
}

/// The facts whose chances reach the bars: what [`resolve::decide`] keeps.
fn over(
    all: &Facts,
    chances: &Chances,
    bars: &BTreeMap<Judged, f32>,
    calibrations: &BTreeMap<Judged, Calibration>,
) -> Facts {
    let bar = |kind: Judged| bars.get(&kind).copied().unwrap_or(0.5);
    let sure =
        |kind: Judged, chance: f32| f64::from(calibrations.get(&kind).copied().unwrap_or_default().confidence(chance));
    let mut facts = all.clone();
    let mut encounters = Vec::new();
    for (mut e, (p, parts)) in facts.encounters.into_iter().zip(&chances.encounters) {
        if *p >= bar(Judged::Encounter) {
            let mut parts = parts.iter();
            e.participants.retain(|_| parts.next().is_some_and(|p| *p >= bar(Judged::Participant)));
            e.confidence = sure(Judged::Encounter, *p);
            encounters.push(e);
        }
    }
    let mut agreements = Vec::new();
    for (mut a, (p, parts)) in facts.agreements.into_iter().zip(&chances.agreements) {
        if *p >= bar(Judged::Agreement) {
            let mut parts = parts.iter();
            a.sectors.retain(|_| parts.next().is_some_and(|p| *p >= bar(Judged::Sector)));
            a.confidence = sure(Judged::Agreement, *p);
            agreements.push(a);
        }
    }
    let part: BTreeSet<&String> = (encounters.iter().flat_map(|e| &e.participants))
        .chain(agreements.iter().flat_map(|a| &a.signatories))
        .collect();
    let mut p = chances.leaders.iter();
    facts.leaders.retain(|l| p.next().is_some_and(|p| *p >= bar(Judged::Leader)) || part.contains(&l.id));
    let mut p = chances.acts.iter();
    facts.acts.retain_mut(|a| {
        let chance = p.next().copied().unwrap_or(0.0);
        a.confidence = sure(Judged::Act, chance);
        chance >= bar(Judged::Act)
    });
    facts.encounters = encounters;
    facts.agreements = agreements;
    facts
}

/// What precision counts beside F1 where bars are chosen: of two choices of about the same F1 the one with fewer wrong facts.
const TRUST: f64 = 0.15;

/// What F1 counts in the articles that only teach: they are news at large, of which less is told.
const AT_LARGE: f64 = 0.5;

/// What is told of some articles, judged by weights that have not seen them: by kind the chance of each draft and whether it
/// is right, the likeliest first.
struct Ranked(BTreeMap<Judged, Vec<(f32, bool)>>);

impl Ranked {
    fn new(lessons: &[Lesson], chances: &[Chances]) -> Self {
        let mut out: BTreeMap<Judged, Vec<(f32, bool)>> = BTreeMap::new();
        for (lesson, chances) in lessons.iter().zip(chances) {
            for case in &lesson.cases {
                let chance = match case.kind {
                    Judged::Agreement => chances.agreements.get(case.draft).map(|c| c.0),
                    Judged::Encounter => chances.encounters.get(case.draft).map(|c| c.0),
                    Judged::Act => chances.acts.get(case.draft).copied(),
                    _ => continue,
                };
                out.entry(case.kind).or_default().extend(chance.map(|p| (p, case.right)));
            }
        }
        for list in out.values_mut() {
            list.sort_by(|a, b| b.0.total_cmp(&a.0));
        }
        Self(out)
    }

    fn of(&self, kind: Judged) -> &[(f32, bool)] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// F1 of what reaches the bars among all that was proposed, the mean of the kinds of facts; 0 where nothing is known.
    fn f1(&self, bars: &BTreeMap<Judged, f32>) -> f64 {
        let scores: Vec<f64> = (self.0.iter())
            .filter_map(|(kind, list)| {
                let bar = bars.get(kind).copied().unwrap_or(0.5);
                let told = list.partition_point(|l| l.0 >= bar);
                let right = |list: &[(f32, bool)]| list.iter().filter(|l| l.1).count();
                let (both, all) = (right(&list[..told]), told + right(list));
                #[expect(clippy::cast_precision_loss, reason = "counts are small")]
                (all > 0).then(|| 2.0 * both as f64 / all as f64)
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "three at most")]
        let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
        mean
    }
}

/// Bars that are tried, in twentieths.
const STEPS: std::ops::Range<u8> = 2..15;

/// The bars that together give the best HEADLINE (F1, and a little precision) and F1 at large, found kind by kind in two rounds.
fn best_bars(
    gold: &[(Article, Facts)],
    lessons: &[Lesson],
    chances: &[Chances],
    large: &Ranked,
) -> BTreeMap<Judged, f32> {
    let mut bars: BTreeMap<Judged, f32> = Judged::ALL.into_iter().map(|k| (k, 0.4)).collect();
    let score = |bars: &BTreeMap<Judged, f32>| {
        let tallies: Vec<Report> = (gold.par_iter().zip(lessons).zip(chances))
            .map(|(((_, facts), l), c)| {
                let mut report = Report::default();
                report.add(facts, &over(&l.told, c, bars, &BTreeMap::new()));
                report
            })
            .collect();
        let mut sum = super::score::Tally::default();
        for t in tallies.iter().map(Report::headline) {
            sum.add(t.tp, t.fp, t.missed);
        }
        sum.f1() + TRUST * sum.precision() + AT_LARGE * large.f1(bars)
    };
    let mut best = score(&bars);
    let mut keep = |trial: BTreeMap<Judged, f32>, bars: &mut BTreeMap<Judged, f32>| {
        let s = score(&trial);
        if s > best + 1e-9 {
            (best, *bars) = (s, trial);
        }
    };
    let bar = |step: u8| f32::from(step) * 0.05;
    for _ in 0..2 {
        // Who takes part in an encounter that is told is a leader of the article: the two bars are sought together.
        for (leader, part) in STEPS.flat_map(|l| STEPS.map(move |p| (l, p))) {
            let mut trial = bars.clone();
            trial.extend([(Judged::Leader, bar(leader)), (Judged::Participant, bar(part))]);
            keep(trial, &mut bars);
        }
        for kind in [Judged::Agreement, Judged::Sector, Judged::Encounter, Judged::Act] {
            for step in STEPS {
                let mut trial = bars.clone();
                trial.insert(kind, bar(step));
                keep(trial, &mut bars);
            }
        }
    }
    bars
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
            l.cases.into_iter().map(move |c| {
                (
                    id.clone(),
                    c.kind,
                    c.right,
                    c.features.iter().chain(c.members.iter().flat_map(Features::iter)).collect(),
                )
            })
        })
        .collect()
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
        let mut lesson = Lesson { cases: Vec::new(), drafts, told };
        let leader_of = label_leaders(&mut lesson, gold);
        label_agreements(&mut lesson, gold);
        label_encounters(&mut lesson, gold, &leader_of);
        label_acts(&mut lesson, gold);
        lesson
    })
}

/// Labels the drafts of one of our own cases: right where an expectation speaks for them, wrong where one speaks against them;
/// of the rest nothing is said, unless the case says `only`.
fn own_lesson(extractor: &Extractor, own: &OwnCase) -> Lesson {
    extractor.with_drafts(&own.article(), |scene, drafts| {
        let article = own.article();
        let told = extractor.tell(&article, scene, &resolve::decide(drafts.clone(), &Judge::default(), 0.0));
        let mut alone = told.clone();
        (alone.agreements, alone.encounters, alone.acts) = (Vec::new(), Vec::new(), Vec::new());
        let only = own.expected.iter().any(|e| e.what == What::Only);
        let verdict = |fact: &Facts| {
            let speaks = |e: &&Expectation| match &e.what {
                What::Nothing => true,
                What::Agreement(_) => !fact.agreements.is_empty(),
                What::Encounter(_) => !fact.encounters.is_empty(),
                What::Act(_) => !fact.acts.is_empty(),
                What::Leader(..) | What::Only => false,
            };
            let list = || own.expected.iter().filter(speaks);
            if list().any(|e| (e.not || e.what == What::Nothing) && !holds(e, fact)) {
                Some(false)
            } else if list().any(|e| !e.not && e.what != What::Nothing && holds(e, fact)) {
                Some(true)
            } else {
                only.then_some(false)
            }
        };
        let mut cases = Vec::new();
        for (j, a) in told.agreements.iter().enumerate() {
            let fact = Facts { agreements: vec![a.clone()], ..alone.clone() };
            let right = verdict(&fact);
            cases.extend(right.map(|right| {
                case(Judged::Agreement, &drafts.agreements[j].whole, right, j).read(&drafts.agreements[j].members)
            }));
        }
        for (j, e) in told.encounters.iter().enumerate() {
            let fact = Facts { encounters: vec![e.clone()], ..alone.clone() };
            let right = verdict(&fact);
            cases.extend(right.map(|right| {
                case(Judged::Encounter, &drafts.encounters[j].features, right, j).read(&drafts.encounters[j].members)
            }));
        }
        for (j, a) in told.acts.iter().enumerate() {
            let fact = Facts { acts: vec![a.clone()], ..alone.clone() };
            let right = verdict(&fact);
            cases.extend(
                right.map(|right| case(Judged::Act, &drafts.acts[j].features, right, j).read(&drafts.acts[j].members)),
            );
        }
        for c in &mut cases {
            c.weight = if own.of_lexicon { LEXICON_WEIGHT } else { SPECIFICATION_WEIGHT };
        }
        Lesson { cases, drafts, told }
    })
}

fn case(kind: Judged, features: &Features, right: bool, draft: usize) -> Case {
    Case { kind, features: features.clone(), members: Vec::new(), right, draft, weight: 1.0 }
}

impl Case {
    fn read(mut self, members: &[Told]) -> Self {
        self.members = members.iter().map(|m| m.features.clone()).collect();
        self
    }
}

fn label_leaders(lesson: &mut Lesson, gold: &Facts) -> BTreeMap<String, String> {
    let told = &lesson.told.leaders;
    let pairs = pair_up(gold.leaders.len(), told.len(), |i, j| {
        f64::from(u8::from(super::score::same_leader(&gold.leaders[i], &told[j])))
    });
    let cases: Vec<Case> = (lesson.drafts.leaders.iter().take(told.len()).enumerate())
        .map(|(j, d)| case(Judged::Leader, &d.features, pairs.iter().any(|p| p.1 == j), j))
        .collect();
    let names = pairs.into_iter().map(|(i, j)| (told[j].id.clone(), gold.leaders[i].id.clone())).collect();
    lesson.cases.extend(cases);
    names
}

fn label_agreements(lesson: &mut Lesson, gold: &Facts) {
    let (ga, pa) = (&gold.agreements, &lesson.told.agreements);
    let pairs = pair_up(ga.len(), pa.len(), |i, j| agreement_fit(&ga[i], &pa[j]));
    let sectors: BTreeSet<(&Vec<String>, &str)> = ga
        .iter()
        .filter(|a| !a.background)
        .flat_map(|a| a.sectors.iter().map(move |s| (&a.parties, s.as_str())))
        .collect();
    let mut cases = Vec::new();
    for (j, d) in lesson.drafts.agreements.iter().enumerate() {
        let mate = pairs.iter().find(|p| p.1 == j).map(|p| &ga[p.0]);
        if pa[j].background || mate.is_some_and(|m| m.background) {
            continue;
        }
        cases.push(case(Judged::Agreement, &d.whole, mate.is_some(), j).read(&d.members));
        if mate.is_some() {
            let mut parties = pa[j].parties.clone();
            parties.sort();
            for (slug, features) in &d.sectors {
                let right = sectors.iter().any(|(p, s)| **p == parties && *s == slug);
                cases.push(case(Judged::Sector, features, right, j));
            }
        }
    }
    lesson.cases.extend(cases);
}

fn label_encounters(lesson: &mut Lesson, gold: &Facts, leader_of: &BTreeMap<String, String>) {
    let (ge, pe) = (&gold.encounters, &lesson.told.encounters);
    let pairs = pair_up(ge.len(), pe.len(), |i, j| encounter_fit(&ge[i], &pe[j]));
    let mut cases = Vec::new();
    for (j, d) in lesson.drafts.encounters.iter().enumerate() {
        let mate = pairs.iter().find(|p| p.1 == j).map(|p| &ge[p.0]);
        if pe[j].background || mate.is_some_and(|m| m.background) {
            continue;
        }
        cases.push(case(Judged::Encounter, &d.features, mate.is_some(), j).read(&d.members));
        if let Some(mate) = mate {
            for ((_, features), id) in d.participants.iter().zip(&pe[j].participants) {
                let right = leader_of.get(id).is_some_and(|g| mate.participants.contains(g));
                cases.push(case(Judged::Participant, features, right, j));
            }
        }
    }
    lesson.cases.extend(cases);
}

fn label_acts(lesson: &mut Lesson, gold: &Facts) {
    let keys = |background: bool| {
        gold.acts.iter().filter(|a| a.background == background).map(act_key).collect::<BTreeSet<_>>()
    };
    let (live, old) = (keys(false), keys(true));
    let mut cases = Vec::new();
    for (j, (d, act)) in lesson.drafts.acts.iter().zip(&lesson.told.acts).enumerate() {
        let key = act_key(act);
        if act.background || (old.contains(&key) && !live.contains(&key)) {
            continue;
        }
        cases.push(case(Judged::Act, &d.features, live.contains(&key), j).read(&d.members));
    }
    lesson.cases.extend(cases);
}

/// What is judged from its own features alone.
const FIRST: [Judged; 5] = [Judged::Leader, Judged::Agreement, Judged::Sector, Judged::Encounter, Judged::Participant];

fn fit_all(lessons: &[&Lesson], settings: Settings) -> Judge {
    let mut judge = Judge::default();
    for kind in Judged::ALL.into_iter().filter(|k| FIRST.contains(k)) {
        *judge.of_mut(kind) = fit(&of_kind(lessons, kind), settings);
    }
    // An act is taught with the confidence that agreements and encounters get from weights that never saw its article.
    let grounds = grounds(lessons, settings);
    let acts: Vec<Case> = (lessons.iter().zip(&grounds))
        .flat_map(|(l, (agreements, encounters))| {
            l.cases.iter().filter(|c| c.kind == Judged::Act).map(|c| {
                let mut c = c.clone();
                c.features.extend(resolve::resting(&l.drafts.acts[c.draft], agreements, encounters).iter());
                c
            })
        })
        .collect();
    *judge.of_mut(Judged::Act) = fit(&acts.iter().collect::<Vec<_>>(), settings);
    judge
}

/// Weights that choose the party of a person whose title does not say it: taught by the leaders of the gold facts.
fn affiliation(extractor: &Extractor, gold: &[&(Article, Facts)], settings: Settings) -> Weights {
    let cases: Vec<Case> = gold
        .par_iter()
        .flat_map_iter(|(article, facts)| {
            let mut cases = Vec::new();
            for (name, options) in extractor.affiliations(article) {
                let Some(leader) = facts.leaders.iter().find(|l| super::score::shares_a_word(&l.name, &name)) else {
                    continue;
                };
                for (code, features) in options {
                    cases.push(case(Judged::Affiliation, &features, leader.country == code, 0));
                }
            }
            cases
        })
        .collect();
    fit(&cases.iter().collect::<Vec<_>>(), settings)
}

fn of_kind<'l>(lessons: &[&'l Lesson], kind: Judged) -> Vec<&'l Case> {
    lessons.iter().flat_map(|l| &l.cases).filter(|c| c.kind == kind).collect()
}

fn grounds(lessons: &[&Lesson], settings: Settings) -> Vec<Grounds> {
    const FOLDS: usize = 4;
    let judges: Vec<(Weights, Weights)> = (0..FOLDS)
        .map(|fold| {
            let rest: Vec<&Lesson> =
                lessons.iter().enumerate().filter(|(i, _)| i % FOLDS != fold).map(|(_, l)| *l).collect();
            (fit(&of_kind(&rest, Judged::Agreement), settings), fit(&of_kind(&rest, Judged::Encounter), settings))
        })
        .collect();
    lessons
        .iter()
        .enumerate()
        .map(|(i, l)| {
            let (agreement, encounter) = &judges[i % FOLDS];
            (
                l.drafts.agreements.iter().map(|a| agreement.best(&[&a.whole], &a.members)).collect(),
                l.drafts.encounters.iter().map(|e| encounter.best(&[&e.features], &e.members)).collect(),
            )
        })
        .collect()
}

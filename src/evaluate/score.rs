//! Facts against gold facts, view by view: the same matching and the same numbers as the gold folder's `score.py`.
//!
//! Views: countries, leaders, agreements, sectors, encounters, participants, acts; HEADLINE is their micro-average without the
//! countries. What gold marks as background is neither rewarded nor punished; a prediction so marked finds nothing.

use crate::facts::{AgreementFact, EncounterFact, Facts};
use crate::knowledge::vocab::{AgreementStatus, AgreementType, EncounterStatus, EncounterType};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

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
        ratio(self.tp, self.tp + self.fp)
    }

    /// Share of the right that is told.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.tp, self.tp + self.missed)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of facts stay far below 2^52")]
fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
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

/// Scores of a set of articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// Articles scored.
    pub articles: usize,
    /// Tally by view.
    pub views: BTreeMap<&'static str, Tally>,
    /// Matched agreements whose status class is right, and all matched.
    pub status: (usize, usize),
    /// What went wrong.
    pub mistakes: Vec<Mistake>,
}

impl Report {
    /// The micro-average over all views but the countries.
    #[must_use]
    pub fn headline(&self) -> Tally {
        let mut sum = Tally::default();
        for view in &VIEWS[1..] {
            let t = self.views.get(view).copied().unwrap_or_default();
            sum.add(t.tp, t.fp, t.missed);
        }
        sum
    }

    /// Adds the scores of one article.
    pub fn add(&mut self, gold: &Facts, told: &Facts) {
        self.articles += 1;
        self.countries(gold, told);
        let leader_of = self.leaders(gold, told);
        self.agreements(gold, told);
        self.encounters(gold, told, &leader_of);
        self.acts(gold, told);
    }

    fn tally(&mut self, view: &'static str, tp: usize, fp: usize, missed: usize) {
        self.views.entry(view).or_default().add(tp, fp, missed);
    }

    fn note(&mut self, article: &str, view: &'static str, kind: &'static str, fact: String, quotes: Vec<String>) {
        self.mistakes.push(Mistake { article: article.to_owned(), view, kind, fact, quotes });
    }

    fn countries(&mut self, gold: &Facts, told: &Facts) {
        let g: BTreeSet<&str> = gold.countries.iter().map(|c| c.id.as_str()).collect();
        let p: BTreeSet<&str> = told.countries.iter().map(|c| c.id.as_str()).collect();
        self.tally("countries", g.intersection(&p).count(), p.difference(&g).count(), g.difference(&p).count());
        let id = &gold.article.id;
        for c in p.difference(&g) {
            self.note(id, "countries", "extra", (*c).to_owned(), vec![]);
        }
        for c in g.difference(&p) {
            self.note(id, "countries", "missed", (*c).to_owned(), vec![]);
        }
    }

    fn leaders(&mut self, gold: &Facts, told: &Facts) -> BTreeMap<String, String> {
        let pairs = pair_up(gold.leaders.len(), told.leaders.len(), |i, j| {
            f64::from(u8::from(same_leader(&gold.leaders[i], &told.leaders[j])))
        });
        self.tally("leaders", pairs.len(), told.leaders.len() - pairs.len(), gold.leaders.len() - pairs.len());
        let id = gold.article.id.clone();
        for (j, p) in told.leaders.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|x| x.1 == *j)) {
            let _ = j;
            self.note(
                &id,
                "leaders",
                "extra",
                format!("{} {} {} ({})", p.name, p.country, p.office, p.title.as_deref().unwrap_or("")),
                vec![],
            );
        }
        for (_, g) in gold.leaders.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|x| x.0 == *i)) {
            self.note(&id, "leaders", "missed", format!("{} {} {}", g.name, g.country, g.office), vec![]);
        }
        pairs.into_iter().map(|(i, j)| (told.leaders[j].id.clone(), gold.leaders[i].id.clone())).collect()
    }

    fn agreements(&mut self, gold: &Facts, told: &Facts) {
        let (ga, pa) = (&gold.agreements, &told.agreements);
        let pairs = pair_up(ga.len(), pa.len(), |i, j| agreement_fit(&ga[i], &pa[j]));
        let (live, fp, missed) = live(&pairs, ga.len(), pa.len(), |i| ga[i].background, |j| pa[j].background);
        self.tally("agreements", live.len(), fp.len(), missed.len());
        self.status.1 += live.len();
        self.status.0 +=
            live.iter().filter(|(i, j)| status_class(ga[*i].status) == status_class(pa[*j].status)).count();
        let id = gold.article.id.clone();
        for j in fp {
            self.note(&id, "agreements", "extra", in_short(&pa[j]), quotes(&pa[j].evidence));
        }
        for i in missed {
            self.note(&id, "agreements", "missed", in_short(&ga[i]), vec![]);
        }
        let every = |list: &[AgreementFact], background: bool| -> BTreeSet<(Vec<String>, String)> {
            list.iter()
                .filter(|a| a.background == background)
                .flat_map(|a| a.sectors.iter().map(|s| (sorted(&a.parties), s.clone())))
                .collect()
        };
        let (gs, old) = (every(ga, false), every(ga, true));
        let ps: BTreeSet<_> = every(pa, false).into_iter().filter(|x| gs.contains(x) || !old.contains(x)).collect();
        self.tally("sectors", gs.intersection(&ps).count(), ps.difference(&gs).count(), gs.difference(&ps).count());
        for (parties, s) in ps.difference(&gs) {
            self.note(&id, "sectors", "extra", format!("{} {s}", parties.join("-")), vec![]);
        }
        for (parties, s) in gs.difference(&ps) {
            self.note(&id, "sectors", "missed", format!("{} {s}", parties.join("-")), vec![]);
        }
    }

    fn encounters(&mut self, gold: &Facts, told: &Facts, leader_of: &BTreeMap<String, String>) {
        let (ge, pe) = (&gold.encounters, &told.encounters);
        let pairs = pair_up(ge.len(), pe.len(), |i, j| encounter_fit(&ge[i], &pe[j]));
        let (live, fp, missed) = live(&pairs, ge.len(), pe.len(), |i| ge[i].background, |j| pe[j].background);
        self.tally("encounters", live.len(), fp.len(), missed.len());
        for (i, j) in &live {
            let g: BTreeSet<String> = ge[*i].participants.iter().cloned().collect();
            let p: BTreeSet<String> = pe[*j]
                .participants
                .iter()
                .map(|x| leader_of.get(x).cloned().unwrap_or_else(|| format!("?{x}")))
                .collect();
            self.tally("participants", g.intersection(&p).count(), p.difference(&g).count(), g.difference(&p).count());
        }
        self.tally(
            "participants",
            0,
            fp.iter().map(|j| pe[*j].participants.len()).sum(),
            missed.iter().map(|i| ge[*i].participants.len()).sum(),
        );
        let id = gold.article.id.clone();
        let short = |e: &EncounterFact| {
            format!(
                "{} {} {} [{}] {} {}",
                e.kind,
                e.countries.join("-"),
                e.status,
                e.participants.join(", "),
                e.date.as_deref().unwrap_or("-"),
                e.place.as_deref().unwrap_or("-")
            )
        };
        for j in fp {
            self.note(&id, "encounters", "extra", short(&pe[j]), quotes(&pe[j].evidence));
        }
        for i in missed {
            self.note(&id, "encounters", "missed", short(&ge[i]), vec![]);
        }
    }

    fn acts(&mut self, gold: &Facts, told: &Facts) {
        let keys = |facts: &Facts, background: bool| -> BTreeSet<(String, String, &'static str)> {
            facts.acts.iter().filter(|a| a.background == background).map(act_key).collect()
        };
        let (g, old) = (keys(gold, false), keys(gold, true));
        let p: BTreeSet<_> = keys(told, false).into_iter().filter(|k| g.contains(k) || !old.contains(k)).collect();
        self.tally("acts", g.intersection(&p).count(), p.difference(&g).count(), g.difference(&p).count());
        let id = gold.article.id.clone();
        for k in p.difference(&g) {
            let of = told.acts.iter().find(|a| act_key(a) == *k).map(|a| quotes(&a.evidence)).unwrap_or_default();
            self.note(&id, "acts", "extra", format!("{} {} {}", k.0, k.2, k.1), of);
        }
        for k in g.difference(&p) {
            self.note(&id, "acts", "missed", format!("{} {} {}", k.0, k.2, k.1), vec![]);
        }
    }
}

fn in_short(a: &AgreementFact) -> String {
    format!(
        "{} {} {} \"{}\" [{}]",
        a.kind,
        a.parties.join("-"),
        a.status,
        a.topic.as_deref().unwrap_or(""),
        a.sectors.join(",")
    )
}

fn quotes(evidence: &[crate::facts::Evidence]) -> Vec<String> {
    evidence.iter().map(|e| format!("[{}] {}", e.rule, e.quote)).collect()
}

/// Whether two names share a word of three letters or more.
#[must_use]
pub fn shares_a_word(a: &str, b: &str) -> bool {
    !long_words(a).is_disjoint(&long_words(b))
}

/// The same country and a shared name word of three letters or more.
#[must_use]
pub fn same_leader(g: &crate::facts::LeaderFact, p: &crate::facts::LeaderFact) -> bool {
    !long_words(&g.name).is_disjoint(&long_words(&p.name)) && (g.country.is_empty() || g.country == p.country)
}

/// Actor, recipient and type; the two of a mutual act in alphabetical order.
#[must_use]
pub fn act_key(a: &crate::facts::ActFact) -> (String, String, &'static str) {
    let (x, y) = (a.actor.clone(), a.recipient.clone());
    if a.kind.is_mutual() && x > y { (y, x, a.kind.as_str()) } else { (x, y, a.kind.as_str()) }
}

fn sorted(list: &[String]) -> Vec<String> {
    list.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
    ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn long_words(name: &str) -> BTreeSet<String> {
    let all = words(name);
    let long: BTreeSet<String> = all.iter().filter(|w| w.len() > 2).cloned().collect();
    if long.is_empty() { all } else { long }
}

fn overlap<T: Ord>(x: &BTreeSet<T>, y: &BTreeSet<T>) -> f64 {
    let union = x.union(y).count();
    ratio(x.intersection(y).count(), union)
}

/// Types that annotators mix in good faith.
fn class(kind: AgreementType) -> &'static str {
    match kind {
        AgreementType::Treaty
        | AgreementType::Agreement
        | AgreementType::Protocol
        | AgreementType::Mou
        | AgreementType::Contract
        | AgreementType::Loan => "instrument",
        AgreementType::Plan | AgreementType::Commitment => "commitment",
        AgreementType::Declaration => "declaration",
        AgreementType::Partnership => "partnership",
        AgreementType::Fta => "fta",
        AgreementType::Ceasefire => "ceasefire",
    }
}

fn status_class(status: AgreementStatus) -> &'static str {
    match status {
        AgreementStatus::Signed | AgreementStatus::Agreed | AgreementStatus::InForce => "done",
        AgreementStatus::Negotiating | AgreementStatus::Planned => "open",
        AgreementStatus::Broken => "broken",
    }
}

const STOP: &str = "the a an of on in for to and with between by at from their its two new both cooperation agreement deal pact memorandum understanding mou treaty accord joint bilateral countries";

fn topic_words(topic: Option<&str>) -> BTreeSet<String> {
    words(topic.unwrap_or("")).into_iter().filter(|w| !STOP.split(' ').any(|s| s == w)).collect()
}

/// 0 = different agreements; higher = likelier the same one.
#[must_use]
pub fn agreement_fit(g: &AgreementFact, p: &AgreementFact) -> f64 {
    let set = |a: &AgreementFact| a.parties.iter().cloned().collect::<BTreeSet<String>>();
    let (gp, pp) = (set(g), set(p));
    if gp != pp && !(gp.len().max(pp.len()) > 2 && overlap(&gp, &pp) >= 0.6) {
        return 0.0;
    }
    let (cg, cp) = (class(g.kind), class(p.kind));
    let kin = [
        ("instrument", "commitment"),
        ("instrument", "fta"),
        ("partnership", "commitment"),
        ("declaration", "commitment"),
        ("instrument", "ceasefire"),
        ("instrument", "declaration"),
    ];
    if cg != cp && !kin.iter().any(|(a, b)| (cg, cp) == (*a, *b) || (cp, cg) == (*a, *b)) {
        return 0.0;
    }
    let (tg, tp) = (topic_words(g.topic.as_deref()), topic_words(p.topic.as_deref()));
    let sectors = |a: &AgreementFact| a.sectors.iter().cloned().collect::<BTreeSet<String>>();
    let (topic, sector) = (overlap(&tg, &tp), overlap(&sectors(g), &sectors(p)));
    let bare = (tg.is_empty() || tp.is_empty()) && (g.sectors.is_empty() || p.sectors.is_empty());
    if topic == 0.0 && sector == 0.0 && !bare {
        return 0.0;
    }
    let bonus = |b: bool, w: f64| if b { w } else { 0.0 };
    0.1 + topic
        + sector
        + bonus(g.kind == p.kind, 0.5)
        + bonus(cg == cp, 0.3)
        + bonus(status_class(g.status) == status_class(p.status), 0.3)
}

/// 0 = different encounters; higher = likelier the same one.
#[must_use]
pub fn encounter_fit(g: &EncounterFact, p: &EncounterFact) -> f64 {
    let same = g.kind == p.kind;
    let mixed = matches!(
        (g.kind, p.kind),
        (EncounterType::Meeting, EncounterType::Gathering) | (EncounterType::Gathering, EncounterType::Meeting)
    );
    if !same && !mixed {
        return 0.0;
    }
    let set = |e: &EncounterFact| e.countries.iter().cloned().collect::<BTreeSet<String>>();
    let o = overlap(&set(g), &set(p));
    if o < 0.5 || (g.status == EncounterStatus::Cancelled) != (p.status == EncounterStatus::Cancelled) {
        return 0.0;
    }
    let bonus = |b: bool, w: f64| if b { w } else { 0.0 };
    o + bonus(same, 0.5) + bonus(g.status == p.status, 0.5) + bonus(g.date.is_some() && g.date == p.date, 0.3)
}

/// Greedy one-to-one assignment by descending fit (ties: earlier gold, then earlier told): (gold, told) indexes.
pub fn pair_up(gold: usize, told: usize, fit: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f64, usize, usize)> = (0..gold)
        .flat_map(|i| (0..told).map(move |j| (i, j)))
        .map(|(i, j)| (fit(i, j), i, j))
        .filter(|s| s.0 > 0.0)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut used_g, mut used_p) = (BTreeSet::new(), BTreeSet::new());
    scored
        .into_iter()
        .filter(|(_, i, j)| {
            let free = !used_g.contains(i) && !used_p.contains(j);
            if free {
                used_g.insert(*i);
                used_p.insert(*j);
            }
            free
        })
        .map(|(_, i, j)| (i, j))
        .collect()
}

type Live = (Vec<(usize, usize)>, Vec<usize>, Vec<usize>);

/// Foreground matches, extras, misses; background is ignored both ways.
fn live(
    pairs: &[(usize, usize)],
    gold: usize,
    told: usize,
    gold_background: impl Fn(usize) -> bool,
    told_background: impl Fn(usize) -> bool,
) -> Live {
    let live: Vec<(usize, usize)> =
        pairs.iter().copied().filter(|(i, j)| !gold_background(*i) && !told_background(*j)).collect();
    let fp = (0..told).filter(|j| !pairs.iter().any(|p| p.1 == *j) && !told_background(*j)).collect();
    let missed = (0..gold).filter(|i| !gold_background(*i) && !live.iter().any(|p| p.0 == *i)).collect();
    (live, fp, missed)
}

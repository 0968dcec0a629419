//! Whether facts hold to an expectation.

use super::expect::{Expectation, Keys, What};
use crate::facts::{ActFact, AgreementFact, EncounterFact, Facts, LeaderFact};
use crate::knowledge::vocab::ActType;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// Parts of names that many people share.
const PARTICLES: [&str; 10] = ["bin", "ibn", "bint", "van", "von", "der", "den", "del", "dos", "das"];

/// The expectations of one text to which its facts do not hold.
#[must_use]
pub fn broken<'e>(expected: &'e [Expectation], facts: &Facts) -> Vec<&'e Expectation> {
    let fails = |e: &&Expectation| match e.what {
        What::Only => !alone(expected, facts),
        _ => !holds(e, facts),
    };
    expected.iter().filter(fails).collect()
}

/// Whether every agreement, encounter and act that is part of the news is one that some line expects.
fn alone(expected: &[Expectation], facts: &Facts) -> bool {
    let asked = |fits: &dyn Fn(&What) -> bool| expected.iter().any(|e| !e.not && fits(&e.what));
    facts
        .agreements
        .iter()
        .filter(|a| !a.background)
        .all(|a| asked(&|w| matches!(w, What::Agreement(k) if agreement(k, a))))
        && (facts.encounters.iter().filter(|e| !e.background))
            .all(|e| asked(&|w| matches!(w, What::Encounter(k) if encounter(k, e, &facts.leaders))))
        && (facts.acts.iter().filter(|a| !a.background))
            .all(|a| asked(&|w| matches!(w, What::Act(Some(expected)) if act(expected, a))))
}

/// Whether the facts hold to one expectation. [`What::Only`] speaks of the other lines too and is left to [`broken`].
#[must_use]
pub fn holds(expectation: &Expectation, facts: &Facts) -> bool {
    let not = expectation.not;
    let told = |background: bool| !(not && background);
    match &expectation.what {
        What::Only => true,
        What::Nothing => facts.agreements.is_empty() && facts.encounters.is_empty() && facts.acts.is_empty(),
        What::Agreement(keys) => not != facts.agreements.iter().any(|a| told(a.background) && agreement(keys, a)),
        What::Encounter(keys) => {
            not != facts.encounters.iter().any(|e| told(e.background) && encounter(keys, e, &facts.leaders))
        }
        What::Act(None) => not != facts.acts.iter().any(|a| told(a.background)),
        What::Act(Some(expected)) => not != facts.acts.iter().any(|a| told(a.background) && act(expected, a)),
        What::Leader(name, country, office) => {
            let agrees = |l: &LeaderFact| {
                shares_a_word(name, &l.name)
                    && country.as_ref().is_none_or(|c| *c == l.country)
                    && office.is_none_or(|o| o == l.office)
            };
            not != facts.leaders.iter().any(agrees)
        }
    }
}

fn agreement(keys: &Keys, fact: &AgreementFact) -> bool {
    common(keys, fact.kind.as_str(), fact.status.as_str(), &fact.parties, fact.date.as_deref(), fact.background)
        && keys.sectors.iter().all(|s| fact.sectors.contains(s))
}

fn encounter(keys: &Keys, fact: &EncounterFact, leaders: &[LeaderFact]) -> bool {
    let took_part = |name: &String| {
        fact.participants.iter().any(|id| leaders.iter().any(|l| l.id == *id && shares_a_word(name, &l.name)))
    };
    common(keys, fact.kind.as_str(), fact.status.as_str(), &fact.countries, fact.date.as_deref(), fact.background)
        && keys.place.as_ref().is_none_or(|p| fact.place.as_ref() == Some(p))
        && keys.participants.iter().all(took_part)
}

fn common(keys: &Keys, kind: &str, status: &str, parties: &[String], date: Option<&str>, background: bool) -> bool {
    keys.kind.as_ref().is_none_or(|k| k == kind)
        && keys.status.as_ref().is_none_or(|s| s == status)
        && keys.parties.as_ref().is_none_or(|p| p.iter().collect::<BTreeSet<_>>() == parties.iter().collect())
        && keys.date.as_ref().is_none_or(|d| date.is_some_and(|date| same_date(d, date)))
        && keys.background.is_none_or(|b| b == background)
}

/// Equal, or a day in the expected month or year.
fn same_date(expected: &str, date: &str) -> bool {
    date.strip_prefix(expected).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn act((actor, kind, recipient): &(String, ActType, String), fact: &ActFact) -> bool {
    let same = *actor == fact.actor && *recipient == fact.recipient;
    let turned = kind.is_mutual() && *actor == fact.recipient && *recipient == fact.actor;
    *kind == fact.kind && (same || turned)
}

/// Whether two names share a word that tells people apart.
fn shares_a_word(a: &str, b: &str) -> bool {
    !name_words(a).is_disjoint(&name_words(b))
}

/// The words of a name in lower case without accents: those of three letters or more, or all where there are none.
fn name_words(name: &str) -> BTreeSet<String> {
    let plain: String = name.nfkd().filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '-').collect();
    let words = || plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
    let telling: BTreeSet<String> =
        words().filter(|w| w.chars().count() >= 3 && !PARTICLES.contains(&w.as_str())).collect();
    if telling.is_empty() { words().collect() } else { telling }
}

//! Whether an encounter was held, is under way or is to come, beyond what its clause's grammar says: "leaves tomorrow", "opened
//! talks", "talks convened by", "next week's visit".

use super::Place;
use super::acts::governor;
use crate::extract::dates::DateMention;
use crate::extract::factuality::{self, Reality};
use crate::extract::syntax::Tree;
use crate::nlp::{Deprel, SentenceKind};

/// The reality of the encounter that the trigger tells.
pub(super) fn reality(at: &Place<'_, '_>) -> Reality {
    let told = factuality::of(at.tree, at.i);
    match told {
        Reality::Held | Reality::Present if to_come(at) => Reality::Planned,
        Reality::Held if at.verb => {
            of_participle(at).unwrap_or(if departs(at.tree, at.i) { Reality::Present } else { told })
        }
        Reality::Held if under_way(at) => Reality::Present,
        _ => told,
    }
}

/// "a conference hosted by Oman", "would attend talks, convened by Oman": as real as what it is said of.
fn of_participle(at: &Place<'_, '_>) -> Option<Reality> {
    let tree = at.tree;
    let said_of = tree.head(at.i)?;
    let below = matches!(tree.tok(at.i).deprel, Deprel::Acl | Deprel::Advcl | Deprel::Parataxis | Deprel::Xcomp);
    let bare = below && tree.auxiliaries(at.i).is_empty() && !tree.infinitive(at.i);
    let participle = bare && tree.passive(at.i) && !tree.form(at.i).ends_with("ing");
    participle
        .then(|| factuality::of(tree, said_of))
        .filter(|r| matches!(r, Reality::Planned | Reality::Hypothetical | Reality::Cancelled))
}

/// "four years after signing the pact", "unfair because Oman had signed better deals": what is only recalled.
pub(super) fn recalls(tree: &Tree<'_>, v: usize) -> bool {
    let mark = |words: &[&str]| tree.kids(v).find(|k| *k < v && words.contains(&&*tree.form(*k).to_lowercase()));
    let long_after = mark(&["after", "since"])
        .and_then(|m| m.checked_sub(1))
        .is_some_and(|before| matches!(tree.lemma(before), "year" | "decade" | "month"));
    let before_that = mark(&["because", "since", "than", "although"]).is_some()
        && tree.kids_by(v, &[Deprel::Aux]).any(|a| tree.form(a).eq_ignore_ascii_case("had"));
    long_after || before_that
}

/// "left for Tokyo": on the way.
fn departs(tree: &Tree<'_>, v: usize) -> bool {
    match tree.lemma(v) {
        "leave" | "depart" | "embark" => true,
        "set" => tree.kids(v).any(|k| matches!(tree.lemma(k), "off" | "out")),
        _ => false,
    }
}

/// "opened talks with", "left on a tour": begun, and not over.
fn under_way(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let Some(g) = governor(tree, at.i).filter(|_| !at.verb) else { return false };
    if departs(tree, g) {
        return matches!(tree.case_of(at.i), Some("on" | "for"));
    }
    let begins = match tree.lemma(g) {
        "begin" | "open" | "start" | "commence" | "launch" => true,
        "kick" => tree.kids(g).any(|k| tree.lemma(k) == "off"),
        _ => false,
    };
    begins
        && tree.head(at.i) == Some(g)
        && matches!(tree.tok(at.i).deprel, Deprel::Obj | Deprel::Nsubj)
        && factuality::of(tree, g) == Reality::Held
        && !own_dates(at, g).any(|d| says(tree, d, &["last", "ago", "since"]))
}

/// The dates that hang on the trigger or on its verb.
fn own_dates<'p>(at: &'p Place<'_, '_>, verb: usize) -> impl Iterator<Item = &'p DateMention> {
    let tree = at.tree;
    at.scene.dates_of(at.s).filter(move |d| {
        let top = top(tree, d);
        top.is_some_and(|t| tree.head(t) == Some(at.i) || tree.head(t) == Some(verb))
    })
}

fn top(tree: &Tree<'_>, d: &DateMention) -> Option<usize> {
    (d.first..=d.last.min(tree.len() - 1)).find(|k| tree.head(*k).is_none_or(|h| h < d.first || h > d.last))
}

/// Whether one of the words stands in the date, beside it or below it.
fn says(tree: &Tree<'_>, d: &DateMention, words: &[&str]) -> bool {
    let (from, to) = (d.first.saturating_sub(2), (d.last + 1).min(tree.len() - 1));
    (from..=to).any(|k| words.contains(&tree.lemma(k).to_lowercase().as_str()))
}

/// "leaves tomorrow", "arrives on Friday", "next week's talks": what is told in the present, or without a verb, of a day to come.
fn to_come(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let ahead = |d: &DateMention| {
        let near = d.first.saturating_sub(1);
        (near..=d.last.min(tree.len() - 1)).any(|k| {
            matches!(tree.lemma(k).to_lowercase().as_str(), "next" | "tomorrow" | "coming" | "upcoming" | "forthcoming")
        })
    };
    let hangs = |d: &&DateMention, on: usize| top(tree, d).is_some_and(|t| tree.head(t) == Some(on));
    if at.verb {
        let mut dates = at.scene.dates_of(at.s).filter(|d| hangs(d, at.i));
        // "is sending a team next week"
        let going = tree.form(at.i).ends_with("ing")
            && tree
                .kids_by(at.i, &[Deprel::Aux])
                .any(|a| matches!(tree.form(a).to_lowercase().as_str(), "is" | "are" | "'s"));
        return dates.any(|d| {
            (going || simple_present(tree, at.i)) && ahead(d) || simple_present(tree, at.i) && later(tree, d)
        });
    }
    if at.scene.dates_of(at.s).any(|d| hangs(&d, at.i) && ahead(d)) {
        return true;
    }
    let Some(g) = governor(tree, at.i).filter(|g| tree.head(at.i) == Some(*g)) else { return false };
    let begins =
        matches!(tree.lemma(g), "begin" | "start" | "leave" | "open" | "resume" | "be" | "hold" | "arrive" | "depart");
    let mut dates = at.scene.dates_of(at.s).filter(|d| hangs(d, g));
    begins && simple_present(tree, g) && dates.any(|d| ahead(d) || later(tree, d))
}

/// A day that can lie ahead, and is not said to be gone.
fn later(tree: &Tree<'_>, d: &DateMention) -> bool {
    d.past != d.future && d.future.day > 0 && !says(tree, d, &["last", "past", "since", "every", "each", "ago"])
}

/// "leaves", "arrive": no auxiliary, no past form.
fn simple_present(tree: &Tree<'_>, v: usize) -> bool {
    let (form, lemma) = (tree.form(v).to_lowercase(), tree.lemma(v));
    let present = form == lemma || form.ends_with('s') && !form.ends_with("ss");
    present
        && tree.verbal(v)
        && tree.sent.kind != SentenceKind::Headline
        && tree.auxiliaries(v).is_empty()
        && !tree.infinitive(v)
        && !matches!(lemma, "met" | "cut" | "put" | "set")
}

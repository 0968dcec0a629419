//! The words around a trigger as features: what it governs and is governed by, its tense, how each party stands to it. What
//! the frames leave open (who is blamed, whether a deal is one of states) is told by such words; the judge weighs them.

use super::{Features, Place, loose};
use crate::extract::names::Party;
use crate::extract::scene::At;
use crate::extract::syntax::Tree;
use crate::nlp::{Deprel, Upos};
use compact_str::CompactString;

/// Words of a clause that become features, at most.
const MOST_WORDS: usize = 24;

/// Adds the features of the words around the trigger. `label` is the kind of fact that is proposed; `slots` are its parties, each
/// with the name of its role.
pub(super) fn add(at: &Place<'_, '_>, label: &str, slots: &[(&str, Party)], f: &mut Features) {
    around(at, label, f);
    for (slot, party) in slots {
        stand(at, label, slot, *party, f);
    }
}

/// What does not depend on the parties.
pub(super) fn around(at: &Place<'_, '_>, label: &str, f: &mut Features) {
    let (tree, i) = (at.tree, at.i);
    above(tree, i, label, f);
    below(at, label, f);
    let lemma = tree.lemma(i);
    f.put(format_args!("c:trigger={label}+{lemma}"));
    if at.verb {
        let aux = tree.auxiliaries(i);
        let first = aux.first().copied().unwrap_or("-");
        let form = ending(tree.form(i));
        f.put(format_args!("c:form={form}+{first}+{}", aux.len().min(3)));
        f.put(format_args!("c:form={label}+{form}+{first}"));
        if tree.infinitive(i) {
            f.add("c:to");
        }
    } else {
        let det = tree.kids_by(i, &[Deprel::Det]).map(|d| tree.lemma(d)).next().unwrap_or("-");
        f.put(format_args!("c:det={label}+{det}"));
        f.put(format_args!("c:case={label}+{}", tree.case_of(i).unwrap_or("-")));
    }
    if quoted(tree, i) {
        f.add("c:quoted");
        f.put(format_args!("c:quoted={label}"));
    }
    let root = (0..tree.len()).find(|k| tree.head(*k).is_none());
    if let Some(root) = root.filter(|r| *r != i) {
        f.put(format_args!("c:root={label}+{}", tree.lemma(root)));
    }
}

/// Where the verbs stand that govern the trigger.
fn above(tree: &Tree<'_>, i: usize, label: &str, f: &mut Features) {
    let mut k = i;
    let mut nth = 0;
    let mut branch = tree.tok(i).deprel;
    f.put(format_args!("c:rel={label}+{}", branch.as_str()));
    for _ in 0..6 {
        let Some(h) = tree.head(k) else { break };
        if tree.verbal(h) || nth == 0 {
            let lemma = tree.lemma(h);
            f.put(format_args!("c:up{nth}={lemma}"));
            f.put(format_args!("c:up{nth}={label}+{}+{lemma}", branch.as_str()));
            nth += 1;
            branch = tree.tok(h).deprel;
            if nth == 2 {
                break;
            }
        }
        k = h;
    }
}

/// What the trigger governs: its objects and obliques, and the words of its clause.
fn below(at: &Place<'_, '_>, label: &str, f: &mut Features) {
    let (tree, i) = (at.tree, at.i);
    for c in tree.kids(i) {
        let rel = tree.tok(c).deprel;
        let told = match rel {
            Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp | Deprel::NsubjPass => rel.as_str(),
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => tree.case_of(c).unwrap_or(rel.as_str()),
            Deprel::Amod | Deprel::Compound | Deprel::CompoundPrt => rel.as_str(),
            _ => continue,
        };
        f.put(format_args!("c:has={label}+{told}"));
        f.put(format_args!("c:{told}={label}+{}", word(at, c)));
        f.put(format_args!("c:{told}={}+{}", tree.lemma(i), word(at, c)));
    }
    let mut words = 0;
    for k in tree.subtree(i) {
        if k == i || !content(tree, k) || at.scene.at(at.s, k).is_some() {
            continue;
        }
        f.put(format_args!("c:w={label}+{}", tree.lemma(k)));
        words += 1;
        if words == MOST_WORDS {
            break;
        }
    }
}

/// The lemma of a word, or what it names.
fn word<'s>(at: &Place<'_, 's>, k: usize) -> &'s str {
    match at.scene.at(at.s, k) {
        Some(At::Party(_)) => "PARTY",
        Some(At::Person(_)) => "PERSON",
        Some(At::Title(_)) => "TITLE",
        None => at.tree.lemma(k),
    }
}

fn content(tree: &Tree<'_>, k: usize) -> bool {
    matches!(tree.tok(k).pos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv) && tree.lemma(k).len() > 2
}

fn ending(form: &str) -> &'static str {
    if form.ends_with("ing") {
        "ing"
    } else if form.ends_with("ed") {
        "ed"
    } else if form.ends_with('s') {
        "s"
    } else {
        "-"
    }
}

/// Whether an odd number of quotation marks stands before the token.
fn quoted(tree: &Tree<'_>, i: usize) -> bool {
    (0..i).filter(|k| matches!(tree.form(*k), "\"" | "“" | "”" | "``" | "''")).count() % 2 == 1
}

/// How a party stands to the trigger: the role of its clearest mention, the noun that it modifies, the verbs between.
pub(super) fn stand(at: &Place<'_, '_>, label: &str, slot: &str, party: Party, f: &mut Features) {
    let (scene, tree, s) = (at.scene, at.tree, at.s);
    let mut best: Option<(u8, CompactString, usize)> = None;
    for k in 0..tree.len() {
        if scene.party_at(s, k) != Some(party) {
            continue;
        }
        let (rank, role) = loose::role(tree, at.i, k);
        if best.as_ref().is_none_or(|b| rank < b.0) {
            best = Some((rank, role, k));
        }
    }
    let Some((_, role, k)) = best else {
        f.put(format_args!("c:{slot}=absent"));
        f.put(format_args!("c:{slot}={label}+absent"));
        return;
    };
    f.put(format_args!("c:{slot}={label}+{role}"));
    f.put(format_args!("c:{slot}={}+{role}", tree.lemma(at.i)));
    let kind = match scene.at(s, k) {
        Some(At::Person(_)) => "person",
        Some(At::Title(_)) => "title",
        _ => "name",
    };
    f.put(format_args!("c:{slot}-is={kind}"));
    // "Japanese exporters", "oil from Iran", "talks in Geneva": the noun that the party modifies.
    let rel = tree.tok(k).deprel;
    if let Some(h) = tree.head(k).filter(|h| *h != at.i)
        && matches!(
            rel,
            Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::Appos | Deprel::Flat
        )
        && kind == "name"
    {
        let noun = tree.lemma(h);
        f.put(format_args!("c:{slot}-of={noun}"));
        f.put(format_args!("c:{slot}-of={label}+{noun}"));
        if let Some(case) = tree.case_of(k) {
            f.put(format_args!("c:{slot}-case={case}"));
        }
    } else {
        f.put(format_args!("c:{slot}-rel={label}+{}+{}", rel.as_str(), tree.case_of(k).unwrap_or("-")));
    }
    // The verbs between it and the trigger, upwards from it.
    let mut up = tree.head(k);
    for _ in 0..8 {
        let Some(u) = up.filter(|u| *u != at.i) else { break };
        if tree.verbal(u) {
            f.put(format_args!("c:{slot}-verb={label}+{}", tree.lemma(u)));
            break;
        }
        up = tree.head(u);
    }
}

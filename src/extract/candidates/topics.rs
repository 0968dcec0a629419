//! The phrase that names an agreement, and the subjects of several.

use super::Place;
use super::acts::governor;
use crate::nlp::{Deprel, Upos};
use compact_str::CompactString;
use std::collections::BTreeSet;

/// Whether a noun is told in the plural: "pacts", "memoranda".
pub(super) fn plural(at: &Place<'_, '_>, n: usize) -> bool {
    at.tree.form(n).ends_with('s') || at.tree.form(n).ends_with("da") && at.tree.lemma(n) != "agenda"
}

fn scene_has_no_date(at: &Place<'_, '_>, k: usize) -> bool {
    !at.scene.dates.iter().any(|d| d.sent == at.s && d.first <= k && k <= d.last)
}

/// The subjects of several instruments named in one word: "memorandums of understanding on energy, trade and health" are three.
/// Each as the tokens from its first to its last.
pub(super) fn subjects(at: &Place<'_, '_>, n: usize) -> Vec<(usize, usize)> {
    let tree = at.tree;
    if !plural(at, n) {
        return Vec::new();
    }
    // Right of the noun, past "of understanding".
    let Some(prep) = (n + 1..(n + 5).min(tree.len()))
        .find(|k| matches!(tree.lemma(*k), "on" | "covering" | "cover" | "concerning" | "concern" | "in"))
    else {
        return Vec::new();
    };
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut first = prep + 1;
    let mut k = first;
    let stop = |k: usize| {
        k >= tree.len()
            || tree.verbal(k) && !tree.form(k).ends_with("ing")
            || matches!(
                tree.form(k),
                "." | ";"
                    | ":"
                    | "("
                    | "that"
                    | "which"
                    | "who"
                    | "after"
                    | "during"
                    | "as"
                    | "with"
                    | "between"
                    | "at"
                    | "while"
                    | "—"
                    | "–"
            )
            || !scene_has_no_date(at, k)
    };
    while !stop(k) {
        if tree.form(k) == "," {
            items.push((first, k));
            first = k + 1;
            if tree.sent.tokens.get(first).is_some() && tree.lemma(first) == "and" {
                first += 1;
            }
        }
        k += 1;
    }
    items.push((first, k));
    // "energy, trade and health": where no other item has an "and" of its own, the last one's parts two.
    let and = |(a, b): &(usize, usize)| (*a..*b).find(|k| tree.lemma(*k) == "and");
    let joined = items.iter().filter(|i| and(i).is_some()).count();
    if joined == 1
        && let Some(last) = items.last().copied()
        && let Some(k) = and(&last)
    {
        items.pop();
        items.push((last.0, k));
        items.push((k + 1, last.1));
    }
    items.retain(|(a, b)| a < b && b - a <= 8);
    if items.len() < 2 {
        return Vec::new();
    }
    items.into_iter().map(|(a, b)| (a, b - 1)).collect()
}

/// The phrase that names the thing: the noun with its modifiers and its "on …", "for …", "to …" complement; with the lemmas of
/// the phrase, then of the rest of its clause.
pub(super) fn topic(at: &Place<'_, '_>, head: usize) -> (String, Vec<CompactString>, usize) {
    topic_after(at, head, 0)
}

/// The same, of what stands from `least` on.
pub(super) fn topic_after(at: &Place<'_, '_>, head: usize, least: usize) -> (String, Vec<CompactString>, usize) {
    let tree = at.tree;
    let under = tree.subtree(head);
    // The contiguous run around the head, without relative clauses.
    let skip: BTreeSet<usize> = tree
        .kids(head)
        .filter(|c| {
            matches!(
                tree.tok(*c).deprel,
                Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis | Deprel::Advcl | Deprel::Punct
            ) && *c > head
        })
        .flat_map(|c| tree.subtree(c))
        .collect();
    let mut first = head;
    let mut last = head;
    for k in under.iter().copied().filter(|k| !skip.contains(k)) {
        if k < head && head - k <= 10 {
            first = first.min(k);
        }
        if k > head && k - head <= 24 {
            last = last.max(k);
        }
    }
    first = first.max(least);
    // "reached their first agreement | on the export of beef": the phrase that follows tells the content, whatever the parser
    // has hung it on.
    if !tree.verbal(head)
        && let Some(prep) = tree.sent.tokens.get(last + 1).map(|_| last + 1)
        && matches!(
            tree.lemma(prep),
            "on" | "for" | "in" | "to" | "across" | "about" | "over" | "against" | "covering" | "of"
        )
        && let Some(noun) = tree.head(prep).filter(|n| *n > prep)
        && !crate::extract::dates::is_calendar_word(tree.form(noun))
        && scene_has_no_date(at, noun)
        && (tree.lemma(prep) != "in" && tree.lemma(prep) != "to"
            || at.scene.at(at.s, noun).is_none() && tree.tok(noun).pos != Upos::Propn)
    {
        last = tree.subtree(noun).into_iter().filter(|k| *k > last && *k - head <= 24).max().unwrap_or(last);
    }
    // "on Monday", "in 2025" are no part of the name.
    if let Some(d) =
        at.scene.dates.iter().filter(|d| d.sent == at.s && d.first > head && d.first <= last).min_by_key(|d| d.first)
        && !tree.verbal(head)
    {
        last = d.first.saturating_sub(1).max(head);
        while last > head && matches!(tree.tok(last).pos, Upos::Adp | Upos::Punct | Upos::Det) {
            last -= 1;
        }
    }
    let leading = |k: usize| {
        matches!(
            tree.tok(k).pos,
            Upos::Det | Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Part | Upos::Sconj | Upos::Pron
        ) || matches!(
            tree.lemma(k),
            "first" | "several" | "their" | "its" | "our" | "both" | "include" | "including" | "particularly" | "especially"
        )
            // "five memoranda" are not "six memoranda"; "the two countries' plan" counts no plans.
            || tree.tok(k).pos == Upos::Num && !(plural(at, head) && tree.head(k) == Some(head))
    };
    while first < head && leading(first) {
        first += 1;
    }
    while last > head && matches!(tree.tok(last).pos, Upos::Det | Upos::Punct | Upos::Cconj | Upos::Adp | Upos::Sconj) {
        last -= 1;
    }
    let text =
        tree.tok(first).span.join(tree.tok(last).span).of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words: Vec<CompactString> = (first..=last).map(|k| tree.lemma(k).to_lowercase().into()).collect();
    let own = words.len();
    // A verb has its own clause; a noun stands in its governor's.
    let clause = if at.verb { at.i } else { governor(tree, at.i).unwrap_or(at.i) };
    // What a coordinated verb tells is another matter: "reached a deal on pork and agreed to deepen defense ties".
    let others: BTreeSet<usize> = tree
        .kids_by(clause, &[Deprel::Conj])
        .filter(|c| tree.verbal(*c) && *c != head && !tree.dominates(*c, at.i))
        .flat_map(|c| tree.subtree(c))
        .collect();
    words.extend(
        tree.subtree(clause)
            .into_iter()
            .filter(|k| (*k < first || *k > last) && !others.contains(k))
            .map(|k| CompactString::from(tree.lemma(k).to_lowercase())),
    );
    (text, words, own)
}

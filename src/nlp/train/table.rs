//! What is counted rather than trained: which features get a row, which forms need a lemma of their own.

use super::super::features::{casing, word_features};
use super::super::lemma::Lemmas;
use super::super::types::Upos;
use super::conllu::Gold;
use std::collections::{BTreeMap, BTreeSet};

/// Hashes of the features that occur often enough, ascending.
pub(crate) fn feature_keys(gold: &[Gold]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    let mut lower = String::new();
    for sentence in gold {
        let case = casing(sentence.forms.iter().take(64).map(String::as_str));
        for (i, form) in sentence.forms.iter().enumerate() {
            for (kind, key) in word_features(form, case, i == 0, &mut lower).iter().enumerate() {
                counts.entry(*key).or_insert((kind, 0)).1 += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, (kind, count))| *count >= if *kind == 0 { 2 } else { 3 })
        .map(|(key, _)| key)
        .collect()
}

/// Lines for [`Lemmas::parse`]: known verbs, then the forms that the rules get wrong.
pub(crate) fn lemma_table(gold: &[Gold]) -> String {
    let mut counts: BTreeMap<(String, Upos), BTreeMap<&str, usize>> = BTreeMap::new();
    let mut verbs: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in gold {
        for ((form, lemma), tag) in sentence.forms.iter().zip(&sentence.lemmas).zip(&sentence.tags) {
            if *tag == Upos::Propn || lemma == "_" {
                continue;
            }
            *counts.entry((form.to_lowercase(), *tag)).or_default().entry(lemma).or_default() += 1;
            if *tag == Upos::Verb && lemma.bytes().all(|b| b.is_ascii_lowercase()) {
                *verbs.entry(lemma).or_default() += 1;
            }
        }
    }
    let verbs: BTreeSet<&str> = verbs.into_iter().filter(|(v, c)| *c >= 2 && v.len() > 1).map(|(v, _)| v).collect();
    let mut table: String = verbs.iter().flat_map(|v| [*v, "\n"]).collect();
    let rules = Lemmas::parse(&table);
    for ((form, tag), lemmas) in &counts {
        let Some((lemma, _)) = lemmas.iter().max_by_key(|(l, c)| (**c, std::cmp::Reverse(*l))) else { continue };
        let lemma = lemma.to_lowercase();
        let plain = form.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-');
        if plain && rules.lemma(form, *tag, &mut String::new()) != lemma {
            table.push_str(&format!("{form}\t{}\t{lemma}\n", tag.as_str()));
        }
    }
    table
}

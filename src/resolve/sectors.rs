//! Words of a topic → the sectors that they signal.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Signal phrases by their first word.
#[derive(Debug, Clone, Default)]
pub struct SectorIndex {
    slugs: Vec<String>,
    phrases: FxHashMap<String, Vec<(Vec<String>, u16)>>,
}

/// How a sector is signalled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signal {
    /// Phrases among the topic's own words.
    pub own: usize,
    /// Phrases in the rest of the clause.
    pub around: usize,
}

impl SectorIndex {
    /// An index over (sector slug, phrase in lower case) pairs.
    #[must_use]
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, &'p str)>) -> Self {
        let mut index = Self::default();
        for (slug, phrase) in phrases {
            let id = index.slugs.iter().position(|s| s == slug).unwrap_or_else(|| {
                index.slugs.push(slug.to_owned());
                index.slugs.len() - 1
            });
            let mut words = phrase.split([' ', '-']).filter(|w| !w.is_empty()).map(str::to_lowercase);
            if let Some(first) = words.next() {
                let entry = (words.collect(), u16::try_from(id).unwrap_or(0));
                let list = index.phrases.entry(first).or_default();
                if !list.contains(&entry) {
                    list.push(entry);
                }
            }
        }
        index
    }

    /// The sectors that the words signal; the first `own` words are the topic's.
    #[must_use]
    pub fn find(&self, words: &[CompactString], own: usize) -> BTreeMap<&str, Signal> {
        let mut out: BTreeMap<&str, Signal> = BTreeMap::new();
        self.each(words, |slug, i, _, _| {
            let signal = out.entry(slug).or_default();
            if i < own {
                signal.own += 1;
            } else {
                signal.around += 1;
            }
        });
        out
    }

    /// Each phrase that signals a sector: the sector, the index of the word at which it begins, its first word and the others.
    pub fn each<'i>(&'i self, words: &[CompactString], mut told: impl FnMut(&'i str, usize, &str, &'i [String])) {
        // Hyphens are opened, so that "counter-terrorism" and "people-to-people" meet their phrases.
        let flat: Vec<(&str, usize)> = words
            .iter()
            .enumerate()
            .flat_map(|(i, w)| w.split('-').filter(|p| !p.is_empty()).map(move |p| (p, i)))
            .collect();
        for (k, (word, i)) in flat.iter().enumerate() {
            let Some(list) = self.lookup(word) else { continue };
            for (rest, id) in list {
                let fits =
                    rest.iter().enumerate().all(|(n, r)| flat.get(k + 1 + n).is_some_and(|(w, _)| same_word(w, r)));
                if fits {
                    told(self.slugs[*id as usize].as_str(), *i, word, rest);
                }
            }
        }
    }

    fn lookup(&self, word: &str) -> Option<&Vec<(Vec<String>, u16)>> {
        self.phrases.get(word).or_else(|| word.strip_suffix('s').and_then(|w| self.phrases.get(w)))
    }
}

fn same_word(word: &str, phrase: &str) -> bool {
    word == phrase || word.strip_suffix('s') == Some(phrase) || phrase.strip_suffix('s') == Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_in_the_topic_and_around_it() {
        let index = SectorIndex::new([("trade", "trade"), ("people", "people-to-people"), ("defence", "military")]);
        let words: Vec<CompactString> =
            ["trade", "and", "people-to-people", "exchange", "military"].iter().map(|w| (*w).into()).collect();
        let found = index.find(&words, 4);
        assert_eq!(found["trade"], Signal { own: 1, around: 0 });
        assert_eq!(found["people"], Signal { own: 1, around: 0 });
        assert_eq!(found["defence"], Signal { own: 0, around: 1 });
    }
}

//! How well a name fits a state, by the names of its leaders in the gazetteer: letter trigrams and whole words, smoothed. A
//! weak sign, but often the only one of "Minister for Law Andi Mattalatta" in an article on two states.

use super::persons::fold;
use crate::knowledge::Gazetteer;
use rustc_hash::FxHashMap;

/// Weight of what all states' names have in common, in trigrams.
const PRIOR: f32 = 30.0;

/// Letter trigrams of the leaders' names by state.
#[derive(Debug, Default)]
pub struct Nationality {
    /// Counts by (state's code, trigram).
    counts: FxHashMap<(u16, u32), f32>,
    /// Counts by trigram.
    all: FxHashMap<u32, f32>,
    totals: Vec<f32>,
    total: f32,
    codes: FxHashMap<String, u16>,
}

impl Nationality {
    /// Counts the names of the gazetteer's leaders, each person once.
    #[must_use]
    pub fn new(g: &Gazetteer) -> Self {
        let mut out = Self::default();
        let mut seen = rustc_hash::FxHashSet::default();
        for t in &g.leaders {
            if !seen.insert((t.country.as_str(), t.name.as_str())) {
                continue;
            }
            let next = u16::try_from(out.codes.len()).unwrap_or(u16::MAX);
            let code = *out.codes.entry(t.country.to_string()).or_insert(next);
            if out.totals.len() <= usize::from(code) {
                out.totals.resize(usize::from(code) + 1, 0.0);
            }
            for word in t.name.split([' ', '-']) {
                for gram in grams(word) {
                    *out.counts.entry((code, gram)).or_default() += 1.0;
                    *out.all.entry(gram).or_default() += 1.0;
                    out.totals[usize::from(code)] += 1.0;
                    out.total += 1.0;
                }
            }
        }
        out
    }

    /// Mean log-likelihood ratio of the name's trigrams: this state's names against all states' names. 0 where the state or the
    /// name is unknown; about 1 for a name that is typical of the state.
    #[must_use]
    pub fn fit(&self, words: &[String], code: &str) -> f32 {
        let Some(code) = self.codes.get(code) else { return 0.0 };
        let (mut sum, mut n) = (0.0_f32, 0.0_f32);
        for gram in words.iter().flat_map(|w| w.split('-')).flat_map(grams) {
            let all = (self.all.get(&gram).copied().unwrap_or(0.0) + 0.5) / (self.total + 0.5);
            let own = self.counts.get(&(*code, gram)).copied().unwrap_or(0.0);
            let p = (own + PRIOR * all) / (self.totals[usize::from(*code)] + PRIOR);
            sum += (p / all).ln();
            n += 1.0;
        }
        if n == 0.0 { 0.0 } else { sum / n }
    }
}

/// Trigrams of a folded word with its borders, and the word itself, as hashes.
fn grams(word: &str) -> Vec<u32> {
    let folded = fold(word);
    if folded.len() < 2 {
        return Vec::new();
    }
    let padded: Vec<u8> = std::iter::once(b'^').chain(folded.bytes()).chain(std::iter::once(b'$')).collect();
    let mut out: Vec<u32> =
        padded.windows(3).map(|w| u32::from(w[0]) << 16 | u32::from(w[1]) << 8 | u32::from(w[2])).collect();
    // FNV-1a of the whole word, kept apart from the trigrams by the top bit.
    let whole = padded.iter().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193));
    out.push(whole | 1 << 31);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_their_own_states_best() {
        let g = crate::knowledge::Knowledge::builtin().unwrap().gazetteer;
        let n = Nationality::new(&g);
        let best = |name: &str, codes: &[&str]| {
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            (*codes.iter().max_by(|a, b| n.fit(&words, a).total_cmp(&n.fit(&words, b))).unwrap()).to_owned()
        };
        // Invented names.
        assert_eq!(best("Somchai Wongsawatikul", &["USA", "THA"]), "THA");
        assert_eq!(best("Dimitris Papanikolaidis", &["AUS", "GRC"]), "GRC");
        assert_eq!(best("Kenji Yamanaka", &["JPN", "FRA"]), "JPN");
        assert_eq!(best("Oleksandr Kovalchuk", &["UKR", "ESP"]), "UKR");
    }
}

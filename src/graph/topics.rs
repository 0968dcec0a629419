//! The phrase that names an agreement → the words and numbers by which it is compared with another.

use std::collections::BTreeSet;

/// Words that say nothing of what an agreement is about.
const EMPTY: [&str; 66] = [
    "a",
    "an",
    "the",
    "of",
    "on",
    "in",
    "for",
    "and",
    "to",
    "with",
    "between",
    "by",
    "at",
    "its",
    "their",
    "as",
    "new",
    "joint",
    "bilateral",
    "mutual",
    "agreement",
    "accord",
    "deal",
    "pact",
    "treaty",
    "convention",
    "memorandum",
    "memoranda",
    "understanding",
    "mou",
    "letter",
    "intent",
    "statement",
    "declaration",
    "communique",
    "communiqué",
    "protocol",
    "contract",
    "plan",
    "partnership",
    "commitment",
    "cooperation",
    "co",
    "operation",
    "cooperate",
    "deepen",
    "strengthen",
    "boost",
    "expand",
    "enhance",
    "promote",
    "framework",
    "general",
    "specific",
    "two",
    "both",
    "country",
    "nation",
    "side",
    "government",
    "first",
    "landmark",
    "historic",
    "long",
    "term",
    "from",
];

const ORDINALS: [(&str, &str); 9] = [
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
];

/// What a topic is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Topic {
    words: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Topic {
    /// `names` are the names of the parties: "Korea–Singapore trade" and "Korean–Singaporean culture" share no word.
    pub(super) fn new(text: &str, names: &[String]) -> Self {
        let mut topic = Self::default();
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
            let ordinal = ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, digits)| (*digits).to_owned());
            if let Some(number) = ordinal.or((!digits.is_empty()).then_some(digits)) {
                topic.numbers.insert(number);
                continue;
            }
            let stem = stem(word);
            let empty = EMPTY.contains(&word) || EMPTY.contains(&stem.as_str());
            if !empty && stem.chars().count() > 1 && !names.iter().any(|name| is_form_of(word, name)) {
                topic.words.insert(stem);
            }
        }
        topic
    }

    /// Whether it names nothing that could be compared.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn shares(&self, other: &Self) -> bool {
        !self.words.is_disjoint(&other.words)
    }

    /// The words that both have.
    pub(super) fn shared<'t>(&'t self, other: &'t Self) -> Vec<&'t str> {
        self.words.intersection(&other.words).map(String::as_str).collect()
    }

    /// "The third summit" is not the fourth, an agreement of 2024 not that of 2025.
    pub(super) fn numbers_differ(&self, other: &Self) -> bool {
        !self.numbers.is_empty() && !other.numbers.is_empty() && self.numbers != other.numbers
    }

    /// Shared words among all words, in thousandths.
    pub(super) fn likeness(&self, other: &Self) -> i64 {
        let (both, all) = (self.words.intersection(&other.words).count(), self.words.union(&other.words).count());
        (1000 * both).checked_div(all).and_then(|thousandths| i64::try_from(thousandths).ok()).unwrap_or(0)
    }
}

/// Singular of a regular plural.
fn stem(word: &str) -> String {
    match word {
        w if w.len() > 4 && w.ends_with("ies") => format!("{}y", &w[..w.len() - 3]),
        w if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") => w[..w.len() - 1].to_owned(),
        w => w.to_owned(),
    }
}

/// "korean" of "korea", "singaporean" of "singapore": the same beginning, of four letters at least.
fn is_form_of(word: &str, name: &str) -> bool {
    let letters = name.chars().count();
    let stem: String = name.chars().take(letters.saturating_sub(2).max(4)).collect();
    letters >= 4 && word.starts_with(&stem) || word == name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> Topic {
        Topic::new(text, &["south".into(), "korea".into(), "singapore".into(), "usa".into()])
    }

    #[test]
    fn topics_share_what_they_are_about_and_nothing_else() {
        assert!(topic("memorandum of understanding on digital cooperation").shares(&topic("Digital economy deal")));
        assert!(topic("exports of beef").shares(&topic("the beef export protocol")));
        for (a, b) in [
            ("MOU on logistics cooperation", "MOU on culture cooperation"),
            ("Korea-Singapore trade agreement", "Korean-Singaporean culture agreement"),
            ("agreement", "agreement"),
        ] {
            assert!(!topic(a).shares(&topic(b)), "{a} / {b}");
        }
        assert!(topic("a new bilateral agreement").is_empty());
    }

    #[test]
    fn numbers_keep_topics_apart() {
        assert!(topic("3rd summit on energy").numbers_differ(&topic("4th summit on energy")));
        assert!(topic("third summit").numbers_differ(&topic("fourth summit")));
        assert!(!topic("third summit").numbers_differ(&topic("3rd summit")));
        assert!(!topic("summit").numbers_differ(&topic("3rd summit")));
        assert!(topic("MOU of 2024 on trade").numbers_differ(&topic("MOU of 2025 on trade")));
    }
}

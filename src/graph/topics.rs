//! Phrases and sentences → the words and numbers by which two reports are compared.

use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words that say nothing of what a report is about.
const EMPTY: &str = "a an the of on in for and to with between by at its their as or be is are was were been has have had will \
    would may it he she they them his her this that these those who which also from into over under during after before while \
    when where about than more most other such not no new joint bilateral mutual agreement accord deal pact treaty \
    convention memorandum memoranda memorandums understanding mou mous moc letter intent statement declaration communique communiqué protocol \
    contract plan partnership commitment cooperation co operation cooperate deepen strengthen boost expand enhance promote \
    framework general specific two both country countries nation side government first landmark historic long term sign \
    signed agree agreed announce announced conclude concluded ink inked reach reached say said told meet met meeting talk \
    talks hold held visit visited president minister ministers prime foreign leader leaders secretary state official \
    officials ambassador chancellor king mr mrs ms today yesterday tomorrow monday tuesday wednesday thursday friday \
    saturday sunday january february march april may june july august september october november december week month year \
    day news agency reported report according impose imposed lodge lodged condemn condemned urge urged \
    call called praise praised accuse accused blame blamed warn warned voice voiced again also only first last arrangement arrangements \
    loan loans grant grants effort efforts ongoing continue continued continuing continues need needs needed importance important \
    further share shared address addressed addressing together work working works way ways you we our us key such yet critical \
    discuss discussed discussing welcome welcomed reaffirm reaffirmed reiterate reiterated underscore underscored highlight \
    highlighted emphasize emphasized affirm affirmed including coordinate coordinated coordinating counter combat collaboration implementation enhancing rok dprk \
    prc uk us usa eu uae";

/// Words that many topics share: they speak for one event only beside others.
const WEAK: &str = "trade economic economy security defence military energy strategic comprehensive strategy development \
    technology technical investment relation tie policy region regional international global national issue matter area \
    field support aid programme program project sector industry free exchange information service";

static EMPTY_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| EMPTY.split_whitespace().collect());
static WEAK_STEMS: LazyLock<FxHashSet<String>> = LazyLock::new(|| WEAK.split_whitespace().map(stem).collect());

const ORDINALS: [(&str, &str); 19] = [
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
    ("eleventh", "11"),
    ("twelfth", "12"),
    ("thirteenth", "13"),
    ("fourteenth", "14"),
    ("fifteenth", "15"),
    ("sixteenth", "16"),
    ("seventeenth", "17"),
    ("eighteenth", "18"),
    ("nineteenth", "19"),
    ("twentieth", "20"),
];

const CARDINALS: [(&str, &str); 11] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
];

/// What is counted, or numbered: "five memorandums", "the 3rd summit".
const INSTRUMENTS: [&str; 14] = [
    "mou",
    "mous",
    "memorandum",
    "memoranda",
    "agreement",
    "deal",
    "pact",
    "accord",
    "document",
    "contract",
    "treaty",
    "protocol",
    "instrument",
    "arrangement",
];
const SERIES: [&str; 24] = [
    "summit",
    "meeting",
    "round",
    "session",
    "dialogue",
    "conference",
    "forum",
    "consultation",
    "review",
    "commission",
    "committee",
    "assembly",
    "congress",
    "ministerial",
    "edition",
    "phase",
    "tranche",
    "package",
    "batch",
    "amendment",
    "protocol",
    "talk",
    "cycle",
    "anniversary",
];

/// One word in other words.
const SAME: [(&str, &[&str]); 11] = [
    ("truce", &["ceasefire"]),
    ("armistice", &["ceasefire"]),
    ("fta", &["free", "trade"]),
    ("cepa", &["comprehensive", "economic"]),
    ("defense", &["defence"]),
    ("cyber", &["cybersecurity"]),
    ("nuke", &["nuclear"]),
    ("labor", &["labour"]),
    ("organisation", &["organization"]),
    ("customs", &["custom"]),
    ("logistics", &["logistic"]),
];

/// A word of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    written: String,
    /// Many topics have it.
    weak: bool,
}

/// What a text is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Topic {
    /// By the stem, a word as written.
    words: BTreeMap<String, Word>,
    numbers: BTreeSet<String>,
    /// Numbers of a series: of "the 3rd summit".
    series: BTreeSet<String>,
    /// First letters of capitalized words in a row: "inf" of "Intermediate-Range Nuclear Forces Treaty".
    initials: BTreeSet<String>,
}

impl Topic {
    /// `names` are the names of the parties: "Korea–Singapore trade" and "Korean–Singaporean culture" share no word.
    pub(super) fn new(text: &str, names: &[String]) -> Self {
        let mut topic = Self { initials: initials(text), ..Self::default() };
        let lower = text.to_lowercase();
        let all: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for (at, word) in all.iter().copied().enumerate() {
            let behind = || all[at + 1..].iter().take(3).map(|w| singular(w));
            if let Some((number, ordinal)) = number(word) {
                let before = at.checked_sub(1).map(|at| singular(all[at])).unwrap_or_default();
                if ordinal && behind().any(|w| SERIES.contains(&w.as_str())) {
                    topic.series.insert(number.clone());
                }
                // How many were signed, and for how many dollars or years, is what reports differ in; it is no name.
                if ordinal || is_year(&number) || SERIES.contains(&before.as_str()) || before == "no" {
                    topic.numbers.insert(number.clone());
                } else if behind().any(|w| INSTRUMENTS.contains(&w.as_str())) || word == "two" {
                    continue;
                }
                topic.words.insert(number.clone(), Word { written: number, weak: true });
                continue;
            }
            let named = names.iter().any(|name| is_form_of(word, name));
            let words: Vec<String> = match SAME.iter().find(|(from, _)| *from == word) {
                Some((_, to)) => to.iter().map(|w| (*w).to_owned()).collect(),
                None => vec![singular(word)],
            };
            for plain in words {
                let empty = EMPTY_WORDS.contains(word) || EMPTY_WORDS.contains(plain.as_str());
                if !empty && !named && plain.chars().count() > 1 {
                    let stem = stem(&plain);
                    let weak = WEAK_STEMS.contains(&stem);
                    let known = topic.words.entry(stem).or_insert_with(|| Word { written: plain.clone(), weak });
                    if plain < known.written {
                        known.written = plain;
                    }
                }
            }
        }
        topic
    }

    /// Whether it names nothing that could be compared.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn shares(&self, other: &Self) -> bool {
        self.abbreviates(other) || self.words.keys().any(|word| other.words.contains_key(word))
    }

    /// The words that both have.
    pub(super) fn shared<'t>(&'t self, other: &'t Self) -> Vec<&'t str> {
        self.common(other).map(|word| word.written.as_str()).collect()
    }

    /// "The third summit" is not the fourth, an agreement of 2024 not that of 2025.
    pub(super) fn numbers_differ(&self, other: &Self) -> bool {
        differ(&self.numbers, &other.numbers)
    }

    /// The same, only of the numbers in a series.
    pub(super) fn series_differ(&self, other: &Self) -> bool {
        differ(&self.series, &other.series)
    }

    /// A loan of 3.1 billion is not one of 3.28 billion, but may be one "of 3 billion".
    pub(super) fn amounts_differ(&self, other: &Self) -> bool {
        let amounts = |topic: &Self| -> BTreeSet<String> {
            let number = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
            topic.words.keys().filter(number).cloned().collect()
        };
        let (ours, theirs) = (amounts(self), amounts(other));
        !ours.is_empty() && !theirs.is_empty() && !ours.is_subset(&theirs) && !theirs.is_subset(&ours)
    }

    /// Shared words among all words, in thousandths.
    pub(super) fn likeness(&self, other: &Self) -> i64 {
        let both = self.common(other).count();
        thousandths(both, self.words.len() + other.words.len() - both)
    }

    /// Shared words among those of the shorter, in thousandths; a word that many topics have weighs half.
    pub(super) fn overlap(&self, other: &Self) -> i64 {
        if self.abbreviates(other) {
            return 1000;
        }
        let weigh = |word: &Word| if word.weak { 1 } else { 2 };
        let weight = |topic: &Self| topic.words.values().map(weigh).sum::<usize>();
        let both = self.common(other).map(weigh).sum::<usize>();
        thousandths(both, weight(self).min(weight(other)))
    }

    /// How many words both have, those aside that many topics have, and numbers.
    pub(super) fn telling_words(&self, other: &Self) -> usize {
        self.common(other).filter(|word| !word.weak).count() + usize::from(self.abbreviates(other))
    }

    /// Whether one has a word that is made of the first letters of the other's: "the INF treaty".
    fn abbreviates(&self, other: &Self) -> bool {
        let names = |one: &Self, other: &Self| one.initials.iter().any(|letters| other.words.contains_key(letters));
        names(self, other) || names(other, self)
    }

    fn common<'t>(&'t self, other: &'t Self) -> impl Iterator<Item = &'t Word> {
        self.words.iter().filter(|(stem, _)| other.words.contains_key(*stem)).map(|(_, word)| word)
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// The first letters of three or more words in a row with capitals, of all such words and of those before the last, which may
/// be the instrument.
fn initials(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in text.split(' ').collect::<Vec<_>>().split(|word| !word.starts_with(char::is_uppercase)) {
        let letters: String = run.iter().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
        for part in [letters.as_str(), letters.strip_suffix(|_: char| true).unwrap_or_default()] {
            if part.chars().count() >= 3 {
                found.insert(part.to_owned());
            }
        }
    }
    found
}

/// How many instruments a phrase counts: "five memorandums of understanding" → 5.
pub(super) fn count(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let all: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    all.iter().enumerate().find_map(|(at, word)| {
        let counted = all[at + 1..].iter().take(3).any(|w| INSTRUMENTS.contains(&singular(w).as_str()));
        number(word).filter(|(n, ordinal)| !ordinal && counted && !is_year(n)).map(|(n, _)| n)
    })
}

fn differ(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

fn thousandths(part: usize, all: usize) -> i64 {
    (1000 * part).checked_div(all).and_then(|t| i64::try_from(t).ok()).unwrap_or(0)
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && number.starts_with(['1', '2'])
}

/// The number that a word is, and whether it is an ordinal.
fn number(word: &str) -> Option<(String, bool)> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        let rest = &word[digits.len()..];
        return Some((digits, matches!(rest, "st" | "nd" | "rd" | "th")));
    }
    let find = |list: &[(&str, &str)]| list.iter().find(|(name, _)| *name == word).map(|(_, n)| (*n).to_owned());
    find(&ORDINALS).map(|n| (n, true)).or_else(|| find(&CARDINALS).map(|n| (n, false)))
}

/// Singular of a regular plural.
fn singular(word: &str) -> String {
    match word {
        w if w.len() > 4 && w.ends_with("ies") => format!("{}y", &w[..w.len() - 3]),
        w if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !w.ends_with("us") => w[..w.len() - 1].to_owned(),
        w => w.to_owned(),
    }
}

/// What words of one family share: fishing and fisheries, culture and cultural.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 26] = [
        "izations", "ization", "ational", "ations", "ation", "ments", "mental", "ment", "ities", "ity", "ing", "ery",
        "ural", "ure", "ical", "ions", "ion", "ial", "ive", "al", "ic", "ed", "er", "or", "e", "y",
    ];
    let ending = ENDINGS.iter().find(|ending| word.len() >= ending.len() + 4 && word.ends_with(**ending));
    ending.map_or(word, |ending| &word[..word.len() - ending.len()]).to_owned()
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
        assert!(topic("fishing rights").shares(&topic("fisheries accord")));
        assert!(topic("FTA").overlap(&topic("free-trade agreement")) == 1000);
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
    fn a_word_that_many_topics_have_is_not_enough() {
        assert!(topic("trade in timber").overlap(&topic("trade in fish")) < 500);
        assert!(topic("trade in timber").overlap(&topic("timber")) == 1000);
        assert_eq!(topic("defence industry").telling_words(&topic("defence industry")), 0);
    }

    #[test]
    fn numbers_keep_topics_apart() {
        assert!(topic("3rd summit on energy").numbers_differ(&topic("4th summit on energy")));
        assert!(topic("third summit").series_differ(&topic("the fourth trilateral summit")));
        assert!(!topic("third summit").numbers_differ(&topic("3rd summit")));
        assert!(!topic("summit").numbers_differ(&topic("3rd summit")));
        assert!(topic("MOU of 2024 on trade").numbers_differ(&topic("MOU of 2025 on trade")));
    }

    #[test]
    fn first_letters_stand_for_the_words() {
        let long = topic("Intermediate-Range Nuclear Forces Treaty");
        assert!(long.shares(&topic("INF treaty")) && topic("INF treaty").overlap(&long) == 1000);
        assert!(!long.shares(&topic("START treaty")) && !topic("JFZ").shares(&topic("Customs Union")));
    }

    #[test]
    fn how_many_were_signed_is_no_name() {
        assert!(!topic("five MOUs on energy").numbers_differ(&topic("six memorandums of understanding on energy")));
        assert_eq!(count("five MOUs on energy").as_deref(), Some("5"));
        assert_eq!(count("11 cooperation agreements").as_deref(), Some("11"));
        assert_eq!(count("MOU of 2025"), None);
        assert!(!topic("30-year gas supply").numbers_differ(&topic("$400 billion gas supply deal")));
    }
}

//! Words that keep their full stop, and words that open sentences.

/// How an abbreviation behaves at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Goes before a name or number; never ends a sentence.
    Before,
    /// Ends one where the next word clearly opens another.
    Either,
}

/// Titles, months and others that stand before a name.
const BEFORE: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "gen", "col", "maj", "lt", "capt", "cmdr", "sgt", "adm", "rear-adm",
    "brig", "gov", "sen", "sens", "rep", "reps", "rev", "fr", "st", "ste", "mt", "hon", "pres", "amb", "pvt", "cpl",
    "vs", "v", "cf", "vol", "fig", "art", "sec", "supt", "insp", "msgr", "ft", "atty", "dep", "det", "dist", "asst",
    "ald", "cllr", "viz",
];

/// Others, which may end a sentence.
const EITHER: &[&str] = &[
    "inc", "corp", "ltd", "co", "cos", "bros", "jr", "sr", "esq", "etc", "al", "dept", "univ", "assn", "ave", "blvd",
    "rd", "jan", "feb", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues", "thu",
    "thur", "thurs", "fri", "ph.d", "d.c", "approx", "est", "pct", "cwt", "tel", "ext", "govt", "natl", "intl", "ariz",
    "calif", "colo", "conn", "fla", "ga", "ind", "kan", "ky", "mass", "mich", "minn", "miss", "mo", "neb", "nev",
    "okla", "ore", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "ont", "que", "plc", "bhd", "pty", "mln",
    "bln", "dlrs", "km",
];

/// Only before a number ("No. 2", "pp. 3").
const NUMBERED: &[&str] = &["no", "nos", "p", "pp", "para", "mar"];

/// Words that, capitalized, open sentences far more often than they follow an abbreviation within one.
const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "However",
    "Its",
    "His",
    "Her",
    "Their",
    "Our",
    "When",
    "While",
    "If",
    "As",
    "After",
    "Before",
    "Since",
    "With",
    "For",
    "From",
    "By",
    "To",
    "Under",
    "Both",
    "Some",
    "Many",
    "Most",
    "One",
    "Two",
    "Three",
    "According",
    "Although",
    "Meanwhile",
    "Earlier",
    "Later",
    "Now",
    "Then",
    "So",
    "Such",
    "What",
    "Who",
    "Why",
    "How",
    "Last",
    "Also",
    "Asked",
    "Yet",
    "No",
    "Not",
    "Other",
    "Another",
    "All",
    "Each",
    "During",
    "Despite",
    "Because",
    "Until",
    "Or",
    "Only",
    "Even",
    "Here",
];

/// Whether `word` (without its final full stop) is an abbreviation; `number_follows` tells of a digit after the stop.
pub(super) fn abbreviation(word: &str, number_follows: bool) -> Option<Abbreviation> {
    if word.len() > 9 || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0u8; 9];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let is = |list: &[&str]| list.iter().any(|w| w.as_bytes() == &*lower);
    if number_follows && is(NUMBERED) {
        return Some(Abbreviation::Before);
    }
    // A sentence may end in "st", "co", "ind" or "miss" as a common word: only capitalized words are abbreviations there.
    let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    let common = matches!(
        &*lower,
        b"ind"
            | b"mass"
            | b"miss"
            | b"wash"
            | b"art"
            | b"fig"
            | b"al"
            | b"dec"
            | b"sat"
            | b"v"
            | b"fr"
            | b"det"
            | b"dep"
    );
    if common && !capital && !matches!(&*lower, b"al" | b"v") {
        return None;
    }
    if is(BEFORE) {
        Some(Abbreviation::Before)
    } else if is(EITHER) {
        Some(Abbreviation::Either)
    } else {
        None
    }
}

/// Whether a capitalized word most often opens a sentence.
pub(super) fn opens_sentence(word: &str) -> bool {
    OPENERS.contains(&word)
}

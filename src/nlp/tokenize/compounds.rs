//! Whether a hyphen stays inside a word or parts two.

/// Prefixes that are no words by themselves.
const PREFIXES: &[&str] = &[
    "ante", "anti", "bi", "co", "counter", "cyber", "de", "e", "eco", "ex", "extra", "geo", "hyper", "infra", "inter",
    "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "multi", "neo", "non", "pan", "para", "post",
    "pre", "pro", "proto", "pseudo", "quasi", "re", "semi", "socio", "sub", "super", "supra", "trans", "tri", "ultra",
    "un", "under", "uni", "vice",
];

/// Articles and particles of Arabic, Persian and other names.
const PARTICLES: &[&str] =
    &["al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ul", "ud", "ur", "bin", "ibn", "abu", "e", "i"];

/// English words of one syllable that close compounds ("Seoul-led"), and so are no part of a given name.
const CLOSERS: &[&str] = &[
    "led", "run", "made", "born", "bound", "held", "wide", "like", "style", "type", "class", "size", "long", "term",
    "time", "part", "plus", "free", "friend", "owned", "armed", "backed", "old", "year", "month", "week", "day", "man",
    "men", "state", "linked", "tied", "to", "and", "or", "of", "the", "for", "by", "off", "up", "out", "down", "big",
    "top", "high", "low", "era", "war", "day", "hit", "torn", "built", "bred", "trained", "based", "side", "line",
    "grown", "wise", "rich", "poor", "loan", "aid", "arms", "trade", "oil", "gas", "gun", "deal", "pact", "talks",
    "peace", "truce", "link", "road", "rail", "sea", "port",
];

/// Whether `left-right` stays one word; `inside` tells that `left` itself follows a hyphen that stayed.
pub(super) fn joins(left: &str, right: &str, inside: bool) -> bool {
    let (l, r) = (left.as_bytes(), right.as_bytes());
    let digits = |b: &[u8]| !b.is_empty() && b.iter().all(u8::is_ascii_digit);
    if digits(l) {
        // Dates and telephone numbers: `2025-11-02`, not `1990-1995` or `20-year`.
        return digits(r) && (l.len() == 4 && r.len() == 2 || inside && r.len() <= 4);
    }
    let names_thing = l.len() <= 5 && l.iter().all(u8::is_ascii_uppercase) || l.len() == 2 && l[0].is_ascii_uppercase();
    if names_thing && r.first().is_some_and(u8::is_ascii_digit) && r.len() <= 4 {
        return true;
    }
    let is = |list: &[&str], word: &str| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if left.len() <= 7 && is(PREFIXES, left) && !inside {
        return true;
    }
    if left.len() <= 4 && is(PARTICLES, left) {
        return true;
    }
    // `Naqsh-e`, `Shebab-ud-Din`: a particle in the middle; `Hong-chol`: two syllables, the second in small letters.
    given_name(left, right) && !is(CLOSERS, right)
}

/// Two romanized syllables of which only the first has a capital.
fn given_name(left: &str, right: &str) -> bool {
    let capital = left.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    capital && syllable(left, true) && syllable(right, false)
}

/// Consonants, vowels, consonants; at most six letters, all small but perhaps the first.
fn syllable(word: &str, capital: bool) -> bool {
    let bytes = word.as_bytes();
    if bytes.len() > 6 || bytes.is_empty() {
        return false;
    }
    let small = |b: &u8| b.is_ascii_lowercase();
    if !bytes[1..].iter().all(small) || !(small(&bytes[0]) || capital && bytes[0].is_ascii_uppercase()) {
        return false;
    }
    let vowel = |b: &u8| b"aeiouyw".contains(&b.to_ascii_lowercase());
    let open = bytes.iter().take_while(|b| !vowel(b)).count();
    let core = bytes[open..].iter().take_while(|b| vowel(b)).count();
    let close = &bytes[open + core..];
    open <= 3
        && core > 0
        && matches!(
            close,
            b"" | b"n" | b"ng" | b"k" | b"l" | b"m" | b"p" | b"t" | b"b" | b"h" | b"r" | b"s" | b"g" | b"ck"
        )
}

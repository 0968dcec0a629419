//! A word → hashed features of its form, affixes and shape, robust against headline capitals.

/// How a sentence is capitalized; it decides what a capital letter is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Casing {
    /// Running text.
    Plain,
    /// `CHINA SIGNS PACT`.
    Upper,
    /// `China Signs Pact`.
    Title,
}

/// Features of one word.
pub(crate) const FEATURES: usize = 8;

/// Kinds of feature, in the order of [`word_features`]; each has its own row for values too rare to have one.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
enum Kind {
    Form,
    Suffix2,
    Suffix3,
    Suffix4,
    Prefix3,
    Shape,
    Prefix1,
    Place,
}

/// How a sentence of these words is capitalized.
pub(crate) fn casing<'t>(forms: impl Iterator<Item = &'t str>) -> Casing {
    let (mut words, mut upper, mut long, mut titled) = (0usize, 0usize, 0usize, 0usize);
    for form in forms {
        let bytes = form.as_bytes();
        let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
        if letters < 2 {
            continue;
        }
        words += 1;
        upper += usize::from(!bytes.iter().any(u8::is_ascii_lowercase));
        if letters > 3 {
            long += 1;
            titled += usize::from(bytes[0].is_ascii_uppercase());
        }
    }
    if words >= 2 && upper * 10 >= words * 8 {
        Casing::Upper
    } else if long >= 3 && titled * 10 >= long * 9 {
        Casing::Title
    } else {
        Casing::Plain
    }
}

/// Hashes of a word's features; `first` tells whether it opens the sentence.
pub(crate) fn word_features(form: &str, casing: Casing, first: bool, lower: &mut String) -> [u32; FEATURES] {
    fold(form, lower);
    let place = [casing as u8, u8::from(first)];
    let mut shape = [0u8; 10];
    let shape_len = word_shape(form, casing, first, &mut shape);
    [
        key(Kind::Form, lower.as_bytes()),
        key(Kind::Suffix2, suffix(lower, 2)),
        key(Kind::Suffix3, suffix(lower, 3)),
        key(Kind::Suffix4, suffix(lower, 4)),
        key(Kind::Prefix3, prefix(lower, 3)),
        key(Kind::Shape, &shape[..shape_len]),
        key(Kind::Prefix1, prefix(lower, 1)),
        key(Kind::Place, &place),
    ]
}

/// Lower-cases, maps digits to `0` and curly quotes to straight ones.
pub(crate) fn fold(form: &str, lower: &mut String) {
    lower.clear();
    // Longer "words" are noise (base64, rows of dashes); their first bytes say as much.
    for c in form.chars().take(40) {
        match c {
            '0'..='9' => lower.push('0'),
            '\u{2018}' | '\u{2019}' => lower.push('\''),
            '\u{201c}' | '\u{201d}' => lower.push('"'),
            '\u{2013}' | '\u{2014}' => lower.push('-'),
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
}

/// FNV-1a: the trained file depends on these values, so they may never change with a library.
fn key(kind: Kind, bytes: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ (kind as u64 + 1);
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // Rows are looked up by 32 bits; zero is kept for "none".
    ((hash >> 32) as u32 ^ hash as u32).max(1)
}

fn suffix(lower: &str, count: usize) -> &[u8] {
    let start = lower.char_indices().rev().nth(count - 1).map_or(0, |(i, _)| i);
    &lower.as_bytes()[start..]
}

fn prefix(lower: &str, count: usize) -> &[u8] {
    let end = lower.char_indices().nth(count).map_or(lower.len(), |(i, _)| i);
    &lower.as_bytes()[..end]
}

/// Writes a word's shape (`Xx`, `d-d`, …; runs are cut at two) and returns its length.
fn word_shape(form: &str, casing: Casing, first: bool, out: &mut [u8; 10]) -> usize {
    out[0] = match casing {
        Casing::Plain => b'a' + u8::from(first),
        Casing::Upper => b'u',
        Casing::Title => b't',
    };
    let (mut len, mut last, mut run) = (1, 0u8, 0usize);
    for c in form.chars() {
        let class = match c {
            'A'..='Z' if casing == Casing::Upper => b'x',
            'A'..='Z' => b'X',
            'a'..='z' => b'x',
            '0'..='9' => b'd',
            c if c.is_ascii() => c as u8,
            c if c.is_uppercase() && casing != Casing::Upper => b'X',
            c if c.is_alphabetic() => b'x',
            _ => b'o',
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            if len == out.len() {
                break;
            }
            out[len] = class;
            len += 1;
        }
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_told_apart() {
        let of = |s: &str| casing(s.split(' '));
        assert_eq!(of("CHINA SIGNS PACT WITH U.S."), Casing::Upper);
        assert_eq!(of("Seoul and Hanoi Sign Trade Pact in Busan"), Casing::Title);
        assert_eq!(of("Two ministers met in Hanoi"), Casing::Plain);
        assert_eq!(of("NATO"), Casing::Plain);
    }

    #[test]
    fn upper_case_sentences_share_the_features_of_plain_ones() {
        let mut buffer = String::new();
        let plain = word_features("signs", Casing::Plain, false, &mut buffer);
        let upper = word_features("SIGNS", Casing::Upper, false, &mut buffer);
        assert_eq!(plain[..5], upper[..5]);
        assert_ne!(plain[7], upper[7]);
    }

    #[test]
    fn non_ascii_words_have_features_too() {
        let mut buffer = String::new();
        word_features("é", Casing::Plain, true, &mut buffer);
        word_features("", Casing::Plain, true, &mut buffer);
        word_features("대통령이재명", Casing::Title, false, &mut buffer);
    }
}

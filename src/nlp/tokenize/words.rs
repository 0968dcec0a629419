//! A line or paragraph → words, in one pass from left to right.
//!
//! As in UD English: clitics are words of their own (`Wong` `'s`, `do` `n't`, `can` `not`), and so are hyphens within
//! compounds (`U.S.` `-` `China`, `Jeju` `-` `based`, `20` `-` `year` `-` `old`), but not after a prefix (`pro-Beijing`,
//! `co-host`), within East Asian given names (`Hong-chol`, `Jae-myung`), Arabic articles (`al-Sisi`) and names of things with
//! numbers (`F-16`, `COVID-19`, `2025-11-02`). Every look-ahead is bounded, so that time is linear in the text.

use super::abbreviations::{Abbreviation, abbreviation};
use crate::text::Span;

/// What a word may do at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Nothing.
    No,
    /// A full stop, question mark or exclamation mark by itself.
    Mark,
    /// An abbreviation with its stop that may end a sentence ("Inc.", "U.S.").
    Abbreviation,
    /// Dots of omission.
    Ellipsis,
}

/// A word before it becomes a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Span,
    /// Whether white space (or nothing) stands before it.
    pub(super) spaced: bool,
    pub(super) stop: Stop,
}

/// Longest piece of a compound or name that rules look at.
const LOOK: usize = 40;

/// Letters and marks of a share's code, at most.
const LONGEST_TICKER: usize = 12;

/// Splits `text[unit]` and appends to `words`.
pub(super) fn split(text: &str, unit: Span, words: &mut Vec<Word>) {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: unit.start, end: unit.end, spaced: true, words };
    scanner.run();
}

struct Scanner<'t, 'w> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    end: usize,
    spaced: bool,
    words: &'w mut Vec<Word>,
}

/// What a byte (or the character that it opens) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Other,
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        while self.at < self.end {
            let (class, len) = self.class_at(self.at);
            match class {
                Class::Space => {
                    self.at += len;
                    self.spaced = true;
                }
                Class::Letter | Class::Digit => self.word(),
                Class::Other => self.mark(len),
            }
        }
    }

    /// The byte at `i`, or 0 outside of the unit.
    fn byte(&self, i: usize) -> u8 {
        if i < self.end { self.bytes[i] } else { 0 }
    }

    fn char_at(&self, i: usize) -> Option<char> {
        self.text.get(i..self.end)?.chars().next()
    }

    fn class_at(&self, i: usize) -> (Class, usize) {
        match self.byte(i) {
            b'a'..=b'z' | b'A'..=b'Z' => (Class::Letter, 1),
            b'0'..=b'9' => (Class::Digit, 1),
            b'_' => (Class::Letter, 1),
            b' ' | b'\n' | b'\t' | b'\r' | 0x0b | 0x0c => (Class::Space, 1),
            b if b < 0x80 => (Class::Other, 1),
            _ => match self.char_at(i) {
                Some(c) if c.is_alphabetic() || is_joined(c) => (Class::Letter, c.len_utf8()),
                Some(c) if c.is_numeric() => (Class::Digit, c.len_utf8()),
                Some(c) if c.is_whitespace() || is_invisible(c) => (Class::Space, c.len_utf8()),
                Some(c) => (Class::Other, c.len_utf8()),
                None => (Class::Other, 1),
            },
        }
    }

    fn is_word(&self, i: usize) -> bool {
        i < self.end && matches!(self.class_at(i).0, Class::Letter | Class::Digit)
    }

    fn push(&mut self, start: usize, end: usize, stop: Stop) {
        if start < end {
            self.words.push(Word { span: Span::new(start, end), spaced: self.spaced, stop });
            self.spaced = false;
        }
    }

    /// A run of letters and digits with what may join them.
    fn word(&mut self) {
        let start = self.at;
        if let Some(end) = self.address(start) {
            self.push(start, end, Stop::No);
            self.at = end;
            return;
        }
        // Where the last dotted piece began, and where the current hyphenated part began.
        let (mut piece, mut part) = (start, start);
        let mut dotted = false;
        loop {
            let run = self.at;
            while self.byte(self.at).is_ascii_alphanumeric() {
                self.at += 1;
            }
            let (class, len) = if self.at < self.end { self.class_at(self.at) } else { (Class::Space, 0) };
            if matches!(class, Class::Letter | Class::Digit) {
                self.at += len;
                continue;
            }
            debug_assert!(self.at >= run);
            match self.byte(self.at) {
                b'.' => match self.dot(piece, part, dotted) {
                    Dot::Joins => {
                        dotted = true;
                        self.at += 1;
                        piece = self.at;
                    }
                    Dot::Closes(stop) => {
                        self.at += 1;
                        let hyphen = self.byte(self.at) == b'-' && self.is_word(self.at + 1);
                        self.clitics(start, self.at, if hyphen { Stop::No } else { stop });
                        return;
                    }
                    Dot::Apart => break,
                },
                b',' | b':' if self.between_digits() => self.at += 1,
                b'/' if self.between_digits() && self.at - start <= 2 => self.at += 1,
                b'&' if self.at - part <= 3 && self.is_word(self.at + 1) => self.at += 1,
                b'\'' if self.is_word(self.at + 1) => self.at += 1,
                b'@' if self.is_word(self.at + 1) => self.at += 1,
                b'-' if self.is_word(self.at + 1) && self.hyphen_joins(start, part) => {
                    self.at += 1;
                    part = self.at;
                    piece = self.at;
                }
                0xe2 if self.apostrophe(self.at) && self.is_word(self.at + 3) => self.at += 3,
                _ => break,
            }
        }
        self.clitics(start, self.at, Stop::No);
    }

    fn apostrophe(&self, i: usize) -> bool {
        self.bytes.get(i..i + 3) == Some("\u{2019}".as_bytes()) && i + 3 <= self.end
    }

    fn between_digits(&self) -> bool {
        self.at > 0 && self.bytes[self.at - 1].is_ascii_digit() && self.byte(self.at + 1).is_ascii_digit()
    }

    /// What the full stop at `self.at` does, after the word that began at `part` and its last dotted piece at `piece`.
    fn dot(&self, piece: usize, part: usize, dotted: bool) -> Dot {
        let next = self.byte(self.at + 1);
        let single = self.at - piece == 1 && self.bytes[piece].is_ascii_alphabetic();
        if next == b'.' {
            return Dot::Apart;
        }
        if self.is_word(self.at + 1) {
            let last = self.bytes[self.at - 1];
            let digits = last.is_ascii_digit() && next.is_ascii_digit();
            // `example.com` and `p.m` go on; `talks.The` is a missing space, `talks.U.S.` too.
            let lower = next.is_ascii_lowercase() && !last.is_ascii_digit();
            let initial = single && next.is_ascii_alphabetic();
            return if digits || initial || lower { Dot::Joins } else { Dot::Apart };
        }
        let word = &self.text[part..self.at];
        if single && (dotted || self.bytes[piece].is_ascii_uppercase()) {
            let stop = if dotted { Stop::Abbreviation } else { Stop::No };
            return Dot::Closes(stop);
        }
        let ahead = self.at + 1 + usize::from(matches!(self.byte(self.at + 1), b' ' | b'\n'));
        let number_follows = self.byte(ahead).is_ascii_digit();
        match abbreviation(word, number_follows) {
            Some(Abbreviation::Before) => Dot::Closes(Stop::No),
            Some(Abbreviation::Either) => Dot::Closes(Stop::Abbreviation),
            None => Dot::Apart,
        }
    }

    /// Whether the hyphen at `self.at`, after the part of a word that began at `part`, stays inside the word.
    fn hyphen_joins(&self, start: usize, part: usize) -> bool {
        let left = &self.text[part..self.at];
        if left.len() > LOOK {
            return false;
        }
        let mut end = self.at + 1;
        while end < self.end && end - self.at <= LOOK && self.is_word(end) {
            end += self.class_at(end).1;
        }
        super::compounds::joins(left, &self.text[self.at + 1..end], part > start)
    }

    /// Pushes a word, with `'s`, `n't` and the like as words of their own.
    fn clitics(&mut self, start: usize, end: usize, stop: Stop) {
        let cut = clitic_start(&self.text[start..end]).map_or(end, |c| start + c);
        self.push(start, cut, if cut == end { stop } else { Stop::No });
        self.push(cut, end, stop);
        self.at = end;
    }

    /// The end of an internet address that begins here.
    fn address(&self, start: usize) -> Option<usize> {
        let rest = &self.bytes[start..self.end];
        let opens = |p: &[u8]| rest.len() >= p.len() && rest[..p.len()].eq_ignore_ascii_case(p);
        if !(opens(b"http://") || opens(b"https://") || opens(b"www.")) {
            return None;
        }
        let len =
            rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'<' | b'>')).unwrap_or(rest.len());
        let kept = rest[..len].iter().rposition(|b| !b".,;:!?)]}'".contains(b)).map_or(len, |p| p + 1);
        let end = start + kept;
        self.text.is_char_boundary(end).then_some(end)
    }

    /// A mark, or a run of equal ones.
    fn mark(&mut self, len: usize) {
        let (start, byte) = (self.at, self.byte(self.at));
        if let Some(end) = self.leading_clitic(start).or_else(|| self.ticker(start)) {
            self.push(start, end, Stop::No);
            self.at = end;
            return;
        }
        let mut end = start + len;
        if matches!(byte, b'.' | b'-' | b'!' | b'?' | b'*' | b'=' | b'`' | b'\'' | b'~' | b'#') {
            while self.byte(end) == byte || (matches!(byte, b'!' | b'?') && matches!(self.byte(end), b'!' | b'?')) {
                end += 1;
            }
        }
        // `US$`, `C$` are words by now; a decimal such as `.5` keeps its point.
        if byte == b'.' && end == start + 1 && self.byte(end).is_ascii_digit() && self.spaced {
            while self.byte(end).is_ascii_digit() {
                end += 1;
            }
            self.push(start, end, Stop::No);
            self.at = end;
            return;
        }
        let stop = match (byte, end - start) {
            (b'.', 1) | (b'!' | b'?', _) => Stop::Mark,
            (b'.', _) => Stop::Ellipsis,
            (0xe2, _) if self.char_at(start) == Some('…') => Stop::Ellipsis,
            (0xe3, _) if self.char_at(start) == Some('。') => Stop::Mark,
            _ => Stop::No,
        };
        self.push(start, end, stop);
        self.at = end;
    }

    /// The code of a share as wires print it, whose stop ends no sentence: `<PUKG.PA>`.
    fn ticker(&self, start: usize) -> Option<usize> {
        let rest = self.bytes[start..self.end].strip_prefix(b"<")?;
        let len = rest.iter().take(LONGEST_TICKER + 1).position(|b| *b == b'>')?;
        let code = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-');
        (len > 0 && rest[0].is_ascii_alphanumeric() && rest[..len].iter().all(code)).then_some(start + len + 2)
    }

    /// A clitic cut off from its word by a space, as in old wire copy ("Reagan 's").
    fn leading_clitic(&self, start: usize) -> Option<usize> {
        let quote = if self.byte(start) == b'\'' {
            1
        } else if self.apostrophe(start) {
            3
        } else {
            return None;
        };
        let after = start + quote;
        let end = (after..self.end.min(after + 3)).find(|i| !self.is_word(*i)).unwrap_or(self.end.min(after + 3));
        let clitic = self.text.get(after..end)?;
        let known = ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| c.eq_ignore_ascii_case(clitic));
        (known && !self.is_word(end)).then_some(end)
    }
}

/// What a full stop within or after a word does.
enum Dot {
    /// Stands inside the word.
    Joins,
    /// Is the word's last character.
    Closes(Stop),
    /// Is a word of its own.
    Apart,
}

/// Combining marks and joiners, which stay in a word.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{2011}' | '\u{2bc}' | '\u{ad}')
}

/// Characters without width that separate nothing and mean nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Where in `word` a clitic begins.
fn clitic_start(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if bytes.len() > LOOK || bytes.len() < 3 {
        return None;
    }
    let tail = |n: usize| word.get(word.len().checked_sub(n)?..);
    let is = |n: usize, c: &str| tail(n).is_some_and(|t| t.eq_ignore_ascii_case(c));
    if is(3, "n't") && bytes.len() > 3 {
        return Some(bytes.len() - 3);
    }
    if is(5, "n\u{2019}t") && bytes.len() > 5 {
        return Some(bytes.len() - 5);
    }
    if word.eq_ignore_ascii_case("cannot") {
        return Some(3);
    }
    for clitic in [
        "'s",
        "'re",
        "'ve",
        "'ll",
        "'d",
        "'m",
        "\u{2019}s",
        "\u{2019}re",
        "\u{2019}ve",
        "\u{2019}ll",
        "\u{2019}d",
        "\u{2019}m",
    ] {
        if is(clitic.len(), clitic) && bytes.len() > clitic.len() {
            return Some(bytes.len() - clitic.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut words = Vec::new();
        split(text, Span::new(0, text.len()), &mut words);
        let got: Vec<&str> = words.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn clitics_are_words() {
        check("Wong's aide doesn't know; they cannot go.", "Wong 's aide does n't know ; they can not go .");
        check("Wong\u{2019}s talks", "Wong \u{2019}s talks");
        check("Koreans' hopes", "Koreans ' hopes");
        check("O'Brien met Reagan 's envoy", "O'Brien met Reagan 's envoy");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check("Mr. Lee met Gen. Park in St. Petersburg.", "Mr. Lee met Gen. Park in St. Petersburg .");
        check("The U.S. sent No. 2 at 5 p.m. today.", "The U.S. sent No. 2 at 5 p.m. today .");
        check("He said no.", "He said no .");
        check("J.K. Lim and R. Tan", "J.K. Lim and R. Tan");
    }

    #[test]
    fn hyphens_part_compounds_but_not_names() {
        check("U.S.-China talks", "U.S. - China talks");
        check("the Singapore-Korea pact", "the Singapore - Korea pact");
        check("Jeju-based firm, UK-Japan", "Jeju - based firm , UK - Japan");
        check("Choe Hong-chol and Lee Jae-myung", "Choe Hong-chol and Lee Jae-myung");
        check("pro-Beijing, co-hosted, al-Sisi, F-16", "pro-Beijing , co-hosted , al-Sisi , F-16");
        check("a 20-year-old plan of 1990-1995", "a 20 - year - old plan of 1990 - 1995");
        check("on 2025-11-02", "on 2025-11-02");
    }

    #[test]
    fn missing_spaces_are_seen() {
        check("held talks.The two", "held talks . The two");
        check("said so.\"The two", "said so . \" The two");
        check("see example.com, 3.5% or $5bn", "see example.com , 3.5 % or $ 5bn");
        check("https://a.org/x-y. Next", "https://a.org/x-y . Next");
    }

    #[test]
    fn codes_of_shares_are_one_word() {
        check("Brandt <BRD.PA> fell", "Brandt <BRD.PA> fell");
        check("Norit Inc <NRT>.", "Norit Inc <NRT> .");
        check("a <b>bold</b> word, 3 < 4 > 2, <>", "a < b > bold < / b > word , 3 < 4 > 2 , < >");
    }
}

//! Places in a text: half-open byte spans, and their translation into Unicode scalar offsets.
//!
//! Inside the program every offset is a **byte** offset; only `facts` (the JSON contract) and `graph` speak in **Unicode
//! scalar values**, through [`CharOffsets`]. This module knows nothing of language or politics.

use std::ops::Range;

/// A half-open range `start..end` of byte offsets into one text, both on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; an inverted pair gives the empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside `self`.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text under the span, or `""` where the span does not fit `text` (never panics).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The span as a range, for indexing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Translates byte offsets of one text into Unicode scalar offsets and back.
///
/// A mark every 64 bytes keeps the table small and each look-up short.
#[derive(Debug, Clone)]
pub struct CharOffsets<'t> {
    text: &'t str,
    /// Number of characters that start before byte `64 * i`.
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'t> CharOffsets<'t> {
    /// Indexes `text` in one pass.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count: u32 = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % STRIDE == 0 {
                marks.push(count);
            }
            count += u32::from(!is_continuation(byte));
        }
        if text.len().is_multiple_of(STRIDE) {
            marks.push(count);
        }
        Self { text, marks }
    }

    /// How many Unicode scalar values precede the byte offset `byte` (clamped to the text).
    #[must_use]
    pub fn char_of(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / STRIDE;
        let before = self.marks.get(block).copied().unwrap_or(0) as usize;
        let tail = &self.text.as_bytes()[block * STRIDE..byte];
        before + tail.iter().filter(|b| !is_continuation(**b)).count()
    }

    /// The byte offset of the `index`-th Unicode scalar value (the text's length where there are fewer).
    #[must_use]
    pub fn byte_of(&self, index: usize) -> usize {
        let block = self.marks.partition_point(|m| (*m as usize) <= index).saturating_sub(1);
        let mut seen = self.marks.get(block).copied().unwrap_or(0) as usize;
        for (i, byte) in self.text.bytes().enumerate().skip(block * STRIDE) {
            if !is_continuation(byte) {
                if seen == index {
                    return i;
                }
                seen += 1;
            }
        }
        self.text.len()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_round_trip_over_every_character() {
        let text = "Präsident 이재명 met Wong — “fine”. ".repeat(9);
        let offsets = CharOffsets::new(&text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.char_of(byte), index);
            assert_eq!(offsets.byte_of(index), byte);
        }
        assert_eq!(offsets.char_of(text.len()), text.chars().count());
        assert_eq!(offsets.byte_of(usize::MAX), text.len());
    }

    #[test]
    fn the_empty_text_has_one_place() {
        assert_eq!(CharOffsets::new("").char_of(9), 0);
        assert_eq!(CharOffsets::new("").byte_of(0), 0);
    }

    #[test]
    fn a_span_that_does_not_fit_gives_nothing() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(5, 2), Span { start: 5, end: 5 });
    }
}

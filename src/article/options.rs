//! Limits and choices of the readers.

/// How articles are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// Most bytes, decompressed, that one article, one line of JSON Lines, or one file that must be read whole may have.
    pub max_bytes: usize,
    /// Read articles of every language; else what is not English is an error of kind `not-english`.
    pub any_language: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_bytes: 16 * 1024 * 1024, any_language: false }
    }
}

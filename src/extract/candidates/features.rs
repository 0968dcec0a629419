//! What speaks for and against a candidate: a set of named features, made and copied many times an article.

use compact_str::CompactString;
use rustc_hash::FxHasher;
use std::fmt::{self, Write as _};
use std::hash::Hasher as _;

/// Names of the features that hold, each a word such as `frame=meet` or `path=obj`, in the order in which they came.
///
/// The names stand one after another in one string, so that a set costs three allocations however many it holds; a set is asked
/// by the hash of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    text: String,
    /// End of each name in `text`, in bytes.
    ends: Vec<u32>,
    /// Hash of each name.
    hashes: Vec<u64>,
}

impl Features {
    /// No feature.
    #[must_use]
    pub const fn new() -> Self {
        Self { text: String::new(), ends: Vec::new(), hashes: Vec::new() }
    }

    /// No feature yet, with room for those of a candidate.
    #[must_use]
    pub fn roomy() -> Self {
        Self { text: String::with_capacity(2_048), ends: Vec::with_capacity(96), hashes: Vec::with_capacity(96) }
    }

    /// The hash by which a set and the weights of the judge know a name.
    #[must_use]
    pub fn hash(name: &str) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(name.as_bytes());
        hasher.finish()
    }

    /// Adds a name as it is written, without a string of its own: `f.put(format_args!("frame={name}"))`.
    pub fn put(&mut self, name: fmt::Arguments<'_>) {
        let start = self.text.len();
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(name);
        self.close(start);
    }

    /// Adds a name, unless it is there.
    pub fn add(&mut self, name: &str) {
        let start = self.text.len();
        self.text.push_str(name);
        self.close(start);
    }

    /// Adds the names of another set.
    pub fn append(&mut self, other: &Self) {
        for (i, hash) in other.hashes.iter().enumerate() {
            let start = self.text.len();
            self.text.push_str(other.name(i));
            self.keep(start, *hash);
        }
    }

    /// Makes a name of the text from `start` on, or drops it where it is there already.
    fn close(&mut self, start: usize) {
        self.keep(start, Self::hash(&self.text[start..]));
    }

    fn keep(&mut self, start: usize, hash: u64) {
        match u32::try_from(self.text.len()) {
            Ok(end) if !self.hashes.contains(&hash) => {
                self.hashes.push(hash);
                self.ends.push(end);
            }
            _ => self.text.truncate(start),
        }
    }

    /// Whether a feature holds.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.holds(Self::hash(name))
    }

    /// Whether the feature of a hash holds.
    #[must_use]
    pub fn holds(&self, hash: u64) -> bool {
        self.hashes.contains(&hash)
    }

    /// The hashes of the names, in their order.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The name at an index; empty where there is none.
    #[must_use]
    pub fn name(&self, i: usize) -> &str {
        let start = i.checked_sub(1).and_then(|b| self.ends.get(b)).map_or(0, |e| *e as usize);
        self.ends.get(i).map_or("", |end| &self.text[start..*end as usize])
    }

    /// The names, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.ends.len()).map(|i| self.name(i))
    }

    /// The same set with a word put before each name, but for those that are to be kept as they are.
    #[must_use]
    pub fn behind(&self, prefix: &str, keep: impl Fn(&str) -> bool) -> Self {
        let mut out = Self::new();
        out.text.reserve(self.text.len() + prefix.len() * self.ends.len());
        out.ends.reserve(self.ends.len());
        out.hashes.reserve(self.ends.len());
        for name in self.iter() {
            if keep(name) {
                out.add(name);
            } else {
                out.put(format_args!("{prefix}{name}"));
            }
        }
        out
    }
}

impl<'f> Extend<&'f str> for Features {
    fn extend<I: IntoIterator<Item = &'f str>>(&mut self, names: I) {
        for name in names {
            self.add(name);
        }
    }
}

impl Extend<CompactString> for Features {
    fn extend<I: IntoIterator<Item = CompactString>>(&mut self, names: I) {
        for name in names {
            self.add(&name);
        }
    }
}

impl<T> FromIterator<T> for Features
where
    Self: Extend<T>,
{
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let mut out = Self::new();
        out.extend(names);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_held_once_and_in_its_order() {
        let mut f: Features = ["b", "a", "b"].into_iter().collect();
        f.put(format_args!("{}=1", "a"));
        f.put(format_args!("a"));
        f.add("");
        assert_eq!(f.iter().collect::<Vec<_>>(), ["b", "a", "a=1", ""]);
        assert!(f.contains("a=1") && f.contains("") && !f.contains("a="));
        assert_eq!(f.name(9), "");
    }

    #[test]
    fn a_word_before_the_names() {
        let f: Features = ["x", "yz"].into_iter().collect();
        assert_eq!(f.behind("~", |n| n == "x").iter().collect::<Vec<_>>(), ["x", "~yz"]);
        assert_eq!(f.hashes().len(), 2);
    }
}

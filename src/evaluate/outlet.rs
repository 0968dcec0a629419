//! Which outlet an article is of: its source where it names one, else the beginning that its id shares with others.

use std::collections::BTreeMap;

/// The outlet of articles that name none.
pub const UNKNOWN: &str = "(unknown)";

/// Outlet by article id, for articles given as id and source.
///
/// An id such as `reuters2017-isot-0210` says its outlet before the first `-` or `.`, but only where another article without a
/// source begins the same way, and not with figures alone (`2025-11-02-…` is a date).
#[must_use]
pub fn outlets<'a>(articles: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> BTreeMap<&'a str, &'a str> {
    let mut out = BTreeMap::new();
    let mut unsigned: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, source) in articles {
        match source.map(str::trim).filter(|s| !s.is_empty()) {
            Some(source) => drop(out.insert(id, source)),
            None => unsigned.entry(id.split(['-', '.']).next().unwrap_or(id)).or_default().push(id),
        }
    }
    for (prefix, ids) in unsigned {
        let says_it = ids.len() > 1 && prefix.contains(char::is_alphabetic);
        out.extend(ids.into_iter().map(|id| (id, if says_it { prefix } else { UNKNOWN })));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_goes_before_the_beginning_of_an_id() {
        let told = outlets([
            ("reuters2017-isot-1", None),
            ("reuters2017-isot-2", None),
            ("reuters2017-isot-3", Some("The Daily")),
            ("kenya-oman-fish", None),
            ("2025-11-02-a", None),
            ("2025-11-02-b", Some(" ")),
        ]);
        let of: Vec<&str> = told.values().copied().collect();
        assert_eq!(of, [UNKNOWN, UNKNOWN, UNKNOWN, "reuters2017", "reuters2017", "The Daily"]);
    }
}

//! Names of things in the graph. Everything is minted from content, so that two runs, and two machines, mint the same.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

const ID: &str = "https://w3id.org/entente/id/";

/// Hexadecimal digits of a hash in an IRI: 80 bits.
const DIGITS: usize = 20;

/// The hash of some parts, with their borders: 20 hexadecimal digits.
#[must_use]
pub(super) fn hash<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut out = String::with_capacity(DIGITS);
    for byte in hasher.finalize().iter().take(DIGITS / 2) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// `id/<kind>/<local>`; the caller sees to it that `local` is safe in an IRI.
#[must_use]
pub(super) fn thing(kind: &str, local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{ID}{kind}/{local}"))
}

/// The store itself, subject of its own settings.
#[must_use]
pub(super) fn store() -> NamedNode {
    NamedNode::new_unchecked(format!("{ID}store"))
}

/// A country (`KOR`) or organization (`APEC`).
#[must_use]
pub(super) fn party(code: &str, country: bool) -> NamedNode {
    thing(if country { "country" } else { "organization" }, &escape(code))
}

/// The code of a country or organization, and whether it is a country; nothing of other IRIs.
#[must_use]
pub(super) fn code_of(iri: &str) -> Option<(String, bool)> {
    let local = iri.strip_prefix(ID)?;
    if let Some(code) = local.strip_prefix("country/") {
        return Some((unescape(code), true));
    }
    local.strip_prefix("organization/").map(|code| (unescape(code), false))
}

/// The code of a party, or the IRI where it is none.
#[must_use]
pub(super) fn code(iri: &str) -> String {
    code_of(iri).map_or_else(|| iri.to_owned(), |(code, _)| code)
}

/// An unordered pair of parties, by their IRIs.
#[must_use]
pub(super) fn dyad(a: &str, b: &str) -> NamedNode {
    let mut codes = [code(a), code(b)];
    codes.sort();
    thing("dyad", &format!("{}-{}", escape(&codes[0]), escape(&codes[1])))
}

/// What comes behind `id/<kind>/`.
#[must_use]
pub(super) fn local<'i>(iri: &'i str, kind: &str) -> Option<&'i str> {
    iri.strip_prefix(ID)?.strip_prefix(kind)?.strip_prefix('/')
}

/// What comes behind `id/<kind>/`, or the IRI whole.
#[must_use]
pub(super) fn short<'i>(iri: &'i str, kind: &str) -> &'i str {
    local(iri, kind).unwrap_or(iri)
}

/// An id as people are shown it: `event/0f3a1b2c3d4e`, enough of the hash to be the only one; the IRI of what is none of ours.
#[must_use]
pub(super) fn brief(iri: &str) -> String {
    let Some((kind, local)) = iri.strip_prefix(ID).and_then(|rest| rest.split_once('/')) else { return iri.to_owned() };
    let is_hash = local.len() == DIGITS && local.bytes().all(|b| b.is_ascii_hexdigit());
    format!("{kind}/{}", if is_hash { &local[..12] } else { local })
}

/// Letters and digits stay; other bytes become `%XX`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[at + 3..];
            }
            None => {
                bytes.push(b'%');
                rest = &rest[at + 1..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive_their_iris() {
        for code in ["KOR", "ASEAN+3", "AU/EU", "Organisation für X", "100%"] {
            for country in [true, false] {
                let iri = party(code, country);
                assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
                assert_eq!(code_of(iri.as_str()), Some((code.to_owned(), country)));
            }
        }
        assert_eq!(code_of("https://w3id.org/entente/id/dyad/KOR-SGP"), None);
    }

    #[test]
    fn ids_are_shown_short_where_they_are_hashes() {
        let event = thing("event", &hash(["a"]));
        assert_eq!(brief(event.as_str()), event.as_str()[ID.len()..ID.len() + 18]);
        assert_eq!(brief(thing("leader", "Q18").as_str()), "leader/Q18");
        assert_eq!(brief("urn:x"), "urn:x");
    }

    #[test]
    fn a_dyad_has_one_name_in_both_orders() {
        let (a, b) = (party("SGP", true), party("KOR", true));
        assert_eq!(dyad(a.as_str(), b.as_str()), dyad(b.as_str(), a.as_str()));
        assert_eq!(short(dyad(a.as_str(), b.as_str()).as_str(), "dyad"), "KOR-SGP");
    }

    #[test]
    fn hashes_know_the_borders_of_their_parts() {
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
        assert_eq!(hash(["a"]).len(), DIGITS);
    }
}

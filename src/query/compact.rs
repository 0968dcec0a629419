//! RDF terms as a person reads them in a table: things of our own namespace by their short names, literals by their text.

use oxrdf::Term;

/// Namespaces and what stands for them.
const PREFIXES: [(&str, &str); 8] = [
    ("https://w3id.org/entente/ontology#", "ent:"),
    ("https://w3id.org/entente/graph/", "graph/"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs:"),
    ("http://www.w3.org/2001/XMLSchema#", "xsd:"),
    ("http://www.w3.org/2004/02/skos/core#", "skos:"),
    ("http://www.w3.org/ns/oa#", "oa:"),
    ("http://www.w3.org/ns/org#", "org:"),
];

/// Namespace of things.
const ID: &str = "https://w3id.org/entente/id/";

/// Things whose short name says enough without their kind.
const BARE: [&str; 5] = ["country/", "organization/", "dyad/", "sector/", "act-type/"];

/// Digits of a hash that are shown: enough to tell a million events apart, and to find one again.
const DIGITS: usize = 12;

/// The term in short: `KOR`, `event/1a2b3c4d5e6f`, `ent:party`, the text of a literal.
#[must_use]
pub fn compact(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => short(node.as_str()),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

fn short(iri: &str) -> String {
    if let Some(local) = iri.strip_prefix(ID) {
        if let Some(code) = BARE.iter().find_map(|kind| local.strip_prefix(kind)) {
            return code.to_owned();
        }
        return match local.split_once('/') {
            Some((kind, hash)) if hash.len() > DIGITS && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
                format!("{kind}/{}", &hash[..DIGITS])
            }
            _ => local.to_owned(),
        };
    }
    PREFIXES
        .iter()
        .find_map(|(namespace, prefix)| Some(format!("{prefix}{}", iri.strip_prefix(namespace)?)))
        .unwrap_or_else(|| iri.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_things_have_short_names() {
        for (iri, expected) in [
            ("https://w3id.org/entente/id/country/KOR", "KOR"),
            ("https://w3id.org/entente/id/dyad/KOR-SGP", "KOR-SGP"),
            ("https://w3id.org/entente/id/event/1a2b3c4d5e6f77889900", "event/1a2b3c4d5e6f"),
            ("https://w3id.org/entente/id/leader/Q16734375", "leader/Q16734375"),
            ("https://w3id.org/entente/ontology#party", "ent:party"),
            ("https://example.org/x", "https://example.org/x"),
        ] {
            assert_eq!(short(iri), expected);
        }
    }
}

//! A value for a query without a header: text is a text, `<…>` an IRI, `"…"` a literal as SPARQL writes it.

use super::error::ValueError;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, Term};

/// The term that `value` means: `KOR` is the text, `<https://…>` an IRI, `"4"^^xsd:integer` or `"vier"@de` a literal of a
/// type or language.
///
/// # Errors
/// What begins with `<` or `"` and is none.
pub fn free_value(value: &str) -> Result<Term, ValueError> {
    let form = |kind, expected| ValueError::Form { value: value.to_owned(), kind, expected };
    if let Some(inner) = value.strip_prefix('<') {
        let iri = inner.strip_suffix('>').and_then(|iri| NamedNode::new(iri).ok());
        return iri.map(Term::from).ok_or_else(|| form("IRI", "<https://…>"));
    }
    if !value.starts_with('"') {
        return Ok(Literal::new_simple_literal(value).into());
    }
    let long = value.replacen("\"^^xsd:", &format!("\"^^<{}", xsd::STRING.as_str().trim_end_matches("string")), 1);
    let long = if long == value { long } else { format!("{long}>") };
    long.parse::<Literal>().map(Term::from).map_err(|_| form("literal", "\"…\", \"…\"@en or \"…\"^^xsd:date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_tells_what_a_value_is() {
        let shown = |value| free_value(value).map(|t| t.to_string());
        assert_eq!(shown("KOR").unwrap(), "\"KOR\"");
        assert_eq!(shown("} DROP ALL #\"").unwrap(), "\"} DROP ALL #\\\"\"");
        assert_eq!(shown("<http://a/b>").unwrap(), "<http://a/b>");
        assert_eq!(shown("\"4\"^^xsd:integer").unwrap(), "\"4\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        assert_eq!(shown("\"vier\"@de").unwrap(), "\"vier\"@de");
        for wrong in ["<a b>", "<http://a/b> . ?s ?p ?o", "\"open", "\"a\" b", "<>"] {
            assert!(shown(wrong).is_err(), "{wrong}");
        }
    }
}

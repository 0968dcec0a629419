//! `Accept` → the form of the answer (RFC 9110, section 12.5.1). Where the client likes several forms alike, ours come first.

use crate::graph::serving::TripleFormat;
use crate::query::Format;
use crate::server::call::Call;
use crate::server::problem::Problem;
use hyper::StatusCode;
use hyper::header::ACCEPT;

/// A form of results of `SELECT` and `ASK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Results {
    Json,
    Xml,
    Csv,
    Tsv,
}

impl Results {
    const ALL: [(Self, &[&str]); 4] = [
        (Self::Json, &["application/sparql-results+json", "application/json"]),
        (Self::Xml, &["application/sparql-results+xml", "application/xml", "text/xml"]),
        (Self::Csv, &["text/csv"]),
        (Self::Tsv, &["text/tab-separated-values"]),
    ];

    pub(super) fn media(self) -> &'static str {
        match self {
            Self::Json => "application/sparql-results+json",
            Self::Xml => "application/sparql-results+xml",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Tsv => "text/tab-separated-values; charset=utf-8",
        }
    }

    pub(super) fn format(self) -> Format {
        match self {
            Self::Json => Format::Json,
            Self::Xml => Format::Xml,
            Self::Csv => Format::Csv,
            Self::Tsv => Format::Tsv,
        }
    }
}

/// A form of triples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RdfForm {
    Turtle,
    NTriples,
    RdfXml,
    JsonLd,
}

impl RdfForm {
    const ALL: [(Self, &[&str]); 4] = [
        (Self::Turtle, &["text/turtle", "application/x-turtle"]),
        (Self::NTriples, &["application/n-triples", "text/plain"]),
        (Self::RdfXml, &["application/rdf+xml", "application/xml", "text/xml"]),
        (Self::JsonLd, &["application/ld+json", "application/json"]),
    ];

    pub(super) fn media(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::NTriples => "application/n-triples; charset=utf-8",
            Self::RdfXml => "application/rdf+xml; charset=utf-8",
            Self::JsonLd => "application/ld+json",
        }
    }

    pub(super) fn format(self) -> TripleFormat {
        match self {
            Self::Turtle => TripleFormat::Turtle,
            Self::NTriples => TripleFormat::NTriples,
            Self::RdfXml => TripleFormat::RdfXml,
            Self::JsonLd => TripleFormat::JsonLd,
        }
    }
}

/// The form of results that the client likes best.
pub(super) fn results(call: &Call) -> Result<Results, Problem> {
    best(&accepted(call), &Results::ALL)
}

/// The form of triples that the client likes best.
pub(super) fn triples(call: &Call) -> Result<RdfForm, Problem> {
    best(&accepted(call), &RdfForm::ALL)
}

/// Whether a person with a browser asks.
pub(super) fn wants_page(call: &Call) -> bool {
    accepted(call).iter().any(|(media, q)| media == "text/html" && *q > 0.0)
}

/// The header's media ranges and their weights.
fn accepted(call: &Call) -> Vec<(String, f32)> {
    let headers = call.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let range = |part: &str| {
        let mut parts = part.split(';').map(str::trim);
        let media = parts.next().filter(|m| !m.is_empty())?.to_ascii_lowercase();
        let weight = parts.find_map(|p| p.strip_prefix("q=").or(p.strip_prefix("Q=")));
        Some((media, weight.map_or(1.0, |q| q.trim().parse().unwrap_or(0.0))))
    };
    headers.flat_map(|header| header.split(',')).filter_map(range).collect()
}

/// The weight that the most exact range gives a media type.
fn weight(ranges: &[(String, f32)], media: &str) -> f32 {
    let kind = media.split('/').next().unwrap_or_default();
    let exact = |range: &str| match range {
        _ if range == media => 3,
        "*/*" => 1,
        _ if range.strip_suffix("/*") == Some(kind) => 2,
        _ => 0,
    };
    let known = ranges.iter().map(|(range, q)| (exact(range), *q)).filter(|(exact, _)| *exact > 0);
    known.max_by_key(|(exact, _)| *exact).map_or(0.0, |(_, q)| q)
}

fn best<F: Copy>(ranges: &[(String, f32)], forms: &[(F, &[&str])]) -> Result<F, Problem> {
    let weigh = |names: &[&str]| {
        if ranges.is_empty() {
            return 1.0;
        }
        // A form is liked as its best name is, but not against what is said of the name that it has.
        let own = names.first().and_then(|own| ranges.iter().find(|(range, _)| range == own));
        if let Some((_, q)) = own {
            return *q;
        }
        names.iter().map(|name| weight(ranges, name)).fold(0.0, f32::max)
    };
    let mut found: Option<(F, f32)> = None;
    for (form, names) in forms {
        let weight = weigh(names);
        if weight > found.map_or(0.0, |(_, best)| best) {
            found = Some((*form, weight));
        }
    }
    let names: Vec<&str> = forms.iter().filter_map(|(_, names)| names.first().copied()).collect();
    let none = || Problem::new(StatusCode::NOT_ACCEPTABLE, format!("this can be had as {}", names.join(", ")));
    found.map(|(form, _)| form).ok_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, expected: Option<Results>) {
        let mut headers = hyper::HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(ACCEPT, accept.parse().unwrap());
        }
        let uri = "/sparql".parse().unwrap();
        let call = Call::new(hyper::Method::GET, &uri, headers, bytes::Bytes::new()).unwrap();
        assert_eq!(results(&call).ok(), expected, "{accept}");
    }

    #[test]
    fn the_best_liked_form_is_taken() {
        check("", Some(Results::Json));
        check("*/*", Some(Results::Json));
        check("text/csv", Some(Results::Csv));
        check("TEXT/CSV", Some(Results::Csv));
        check("text/csv;q=0.5, application/sparql-results+xml;q=0.8", Some(Results::Xml));
        check("text/*", Some(Results::Xml));
        check("application/sparql-results+json;q=0, */*;q=0.1", Some(Results::Xml));
        check("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(Results::Xml));
        check("image/png", None);
        check("text/csv;q=0", None);
        check("text/csv;q=nonsense", None);
    }
}

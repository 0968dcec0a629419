//! Quads being written: a list for one graph, literals in one form each, and the difference of two lists.

use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use rustc_hash::FxHashSet;

/// Quads of one graph.
#[derive(Debug)]
pub(super) struct Sheet {
    graph: GraphName,
    /// What was written.
    pub(super) quads: Vec<Quad>,
}

impl Sheet {
    pub(super) fn new(graph: impl Into<GraphName>) -> Self {
        Self { graph: graph.into(), quads: Vec::new() }
    }

    /// One triple into the graph.
    pub(super) fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let object: Term = object.into();
        self.quads.push(Quad::new(subject.clone(), predicate.into_owned(), object, self.graph.clone()));
    }

    /// A plain text.
    pub(super) fn text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: impl Into<String>) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    /// A plain text, where there is one that is not empty.
    pub(super) fn some(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text.filter(|t| !t.is_empty()) {
            self.text(subject, predicate, text);
        }
    }

    pub(super) fn number(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, number: usize) {
        self.add(subject, predicate, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    }

    pub(super) fn flag(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, flag: bool) {
        self.add(subject, predicate, Literal::from(flag));
    }

    pub(super) fn probability(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, p: f64) {
        self.add(subject, predicate, decimal(p));
    }

    pub(super) fn day(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.add(subject, predicate, Literal::new_typed_literal(day.to_string(), xsd::DATE));
        }
    }

    pub(super) fn date(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, date: Option<PartialDate>) {
        if let Some(date) = date {
            self.add(subject, predicate, partial(date));
        }
    }
}

/// A probability with three decimals, in the canonical form of `xsd:decimal`.
pub(super) fn decimal(p: f64) -> Literal {
    let text = format!("{p:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(text, xsd::DECIMAL)
}

/// A date as precise as it is known: `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
fn partial(date: PartialDate) -> Literal {
    let kind = match (date.month, date.day) {
        (0, _) => xsd::G_YEAR,
        (_, 0) => xsd::G_YEAR_MONTH,
        _ => xsd::DATE,
    };
    Literal::new_typed_literal(date.to_string(), kind)
}

/// What of `old` is not in `new`, and what of `new` is not in `old`, each once and in order.
pub(super) fn difference(old: Vec<Quad>, new: Vec<Quad>) -> (Vec<Quad>, Vec<Quad>) {
    let without = |list: &[Quad], other: &[Quad]| -> Vec<Quad> {
        let mut seen: FxHashSet<&Quad> = other.iter().collect();
        list.iter().filter(|quad| seen.insert(quad)).cloned().collect()
    };
    (without(&old, &new), without(&new, &old))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_have_one_form() {
        assert_eq!(
            [0.93, 1.0, 0.0, 0.1234, 0.9999].map(|p| decimal(p).value().to_owned()),
            ["0.93", "1", "0", "0.123", "1"]
        );
    }

    #[test]
    fn a_date_has_the_type_of_its_precision() {
        for (text, kind) in [("1999", xsd::G_YEAR), ("1999-02", xsd::G_YEAR_MONTH), ("1999-02-03", xsd::DATE)] {
            let literal = partial(PartialDate::parse(text).unwrap());
            assert_eq!((literal.value(), literal.datatype()), (text, kind));
        }
    }
}

//! Whole columns of the store: what all subjects have of a predicate. A scan that decodes nothing but the two ends, for readers
//! who want everything; the strings that the back end looks up are what such a reading costs.

use super::error::StoreError;
use super::store::{Store, value};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::StorageError;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::BTreeMap;

/// What subjects have of some predicates, by subject: in the order of the predicates.
pub(super) type Table = BTreeMap<String, Vec<(NamedNodeRef<'static>, String)>>;

impl Store {
    /// Subjects and what they have of a predicate, in one graph or in any; literals without their type.
    pub(super) fn column(
        &self,
        predicate: NamedNodeRef<'_>,
        graph: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = Vec::new();
        self.pairs(triples(vec![triple(predicate, "object")], graph), |node, object| rows.push((node, object)))?;
        Ok(rows)
    }

    /// The same of several predicates, by subject.
    pub(super) fn table(
        &self,
        predicates: &[NamedNodeRef<'static>],
        graph: Option<NamedNodeRef<'_>>,
    ) -> Result<Table, StoreError> {
        self.table_of(predicates, |predicate| triples(vec![triple(predicate, "object")], graph))
    }

    /// The same of those subjects alone that have something of the predicate `key`.
    pub(super) fn table_with(
        &self,
        predicates: &[NamedNodeRef<'static>],
        key: NamedNodeRef<'_>,
    ) -> Result<Table, StoreError> {
        self.table_of(predicates, |predicate| triples(vec![triple(key, "key"), triple(predicate, "object")], None))
    }

    fn table_of(
        &self,
        predicates: &[NamedNodeRef<'static>],
        pattern: impl Fn(NamedNodeRef<'_>) -> GraphPattern,
    ) -> Result<Table, StoreError> {
        let mut table = Table::new();
        for predicate in predicates {
            self.pairs(pattern(*predicate), |node, object| {
                table.entry(node).or_default().push((*predicate, object));
            })?;
        }
        Ok(table)
    }

    fn pairs(&self, pattern: GraphPattern, mut pair: impl FnMut(String, String)) -> Result<(), StoreError> {
        self.each(projected(pattern), |row| {
            if let (Some(Term::NamedNode(node)), Some(object)) = (row.get(0), row.get(1)) {
                pair(node.as_str().to_owned(), value(object).to_owned());
            }
        })
    }

    /// How many are said to be of a class.
    pub(super) fn count_of(&self, class: NamedNodeRef<'_>) -> Result<usize, StoreError> {
        let mut number = 0;
        let named = TermPattern::NamedNode(class.into_owned());
        let pattern = triples(vec![TriplePattern { object: named, ..triple(rdf::TYPE, "object") }], None);
        self.each(counted(pattern), |row| {
            number = row.get(0).and_then(|count| value(count).parse().ok()).unwrap_or(0);
        })?;
        Ok(number)
    }

    fn each(&self, pattern: GraphPattern, mut row: impl FnMut(&QuerySolution)) -> Result<(), StoreError> {
        let failed = |error| match error {
            QueryEvaluationError::Dataset(error) => match error.downcast::<StorageError>() {
                Ok(error) => self.located((*error).into()),
                Err(error) => self.located(StorageError::Other(error).into()),
            },
            error => self.located(StorageError::Other(Box::new(error)).into()),
        };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        let found = SparqlEvaluator::new().for_query(query).on_store(self.inner()).execute().map_err(failed)?;
        let QueryResults::Solutions(found) = found else { return Ok(()) };
        for solution in found {
            row(&solution.map_err(failed)?);
        }
        Ok(())
    }
}

fn variable(name: &str) -> Variable {
    Variable::new_unchecked(name)
}

/// `?subject predicate ?object`.
fn triple(predicate: NamedNodeRef<'_>, object: &str) -> TriplePattern {
    let predicate = NamedNodePattern::NamedNode(predicate.into_owned());
    TriplePattern { subject: variable("subject").into(), predicate, object: variable(object).into() }
}

/// Triples of one graph, or of any one.
fn triples(patterns: Vec<TriplePattern>, graph: Option<NamedNodeRef<'_>>) -> GraphPattern {
    let named = |node: NamedNodeRef<'_>| NamedNodePattern::NamedNode(node.into_owned());
    let name = graph.map_or_else(|| variable("graph").into(), named);
    GraphPattern::Graph { name, inner: Box::new(GraphPattern::Bgp { patterns }) }
}

fn projected(inner: GraphPattern) -> GraphPattern {
    GraphPattern::Project { inner: Box::new(inner), variables: vec![variable("subject"), variable("object")] }
}

fn counted(inner: GraphPattern) -> GraphPattern {
    let count = AggregateExpression::CountSolutions { distinct: false };
    let group = GraphPattern::Group {
        inner: Box::new(inner),
        variables: Vec::new(),
        aggregates: vec![(variable("count"), count)],
    };
    GraphPattern::Project { inner: Box::new(group), variables: vec![variable("count")] }
}

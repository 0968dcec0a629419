//! A read-only SPARQL query: checked, given its values, asked. Its answer is plain RDF terms.
//!
//! The default graph is the union of all named graphs. (Oxigraph keeps the duplicates of a union; a query counts
//! `DISTINCT`.) Values are put into the query's tree; they are never pasted into its text.

use super::algebra;
use super::serving::Dataset;
use super::stopping::{self, Rows};
use oxigraph::model::NamedOrBlankNode;
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter, SparqlEvaluator,
    UpdateEvaluationError,
};
use oxrdf::{Term, Triple, Variable};
use spargebra::term::GroundTerm;
use spargebra::{GraphUpdateOperation, Query, SparqlParser, Update};
use std::fmt;

/// Prefixes that a query may use without declaring them.
const PREFIXES: [(&str, &str); 9] = [
    ("ent", "https://w3id.org/entente/ontology#"),
    ("id", "https://w3id.org/entente/id/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("prov", "http://www.w3.org/ns/prov#"),
];

/// What keeps a query from being answered.
#[derive(Debug, thiserror::Error)]
pub enum SparqlError {
    /// The text is no SPARQL.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// The text is an update.
    #[error("this is an update; a query only reads the graph")]
    Update,
    /// The query calls another endpoint.
    #[error("the query has a SERVICE clause; the graph is asked without a network")]
    Service,
    /// An update with graphs of its own, asked of other graphs.
    #[error("the update names its graphs with USING or WITH; they cannot be given beside it")]
    Using,
    /// A value for a variable that the query does not have.
    #[error("the query has no variable ?{0}")]
    Variable(String),
    /// A value that cannot stand in a query.
    #[error("?{0} cannot be a blank node")]
    BlankNode(String),
    /// The evaluation was stopped before its end.
    #[error("the query was stopped before its end")]
    Cancelled,
    /// The evaluation failed.
    #[error("the query failed")]
    Evaluation(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Where a text is no SPARQL, with the line and a mark below its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line, from 1; 0 where the fault has no place.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are marked: the fault is among them.
    pub width: usize,
    /// What was expected.
    pub message: String,
    /// The line's text.
    pub excerpt: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, width, message, excerpt } = self;
        if *line == 0 {
            return write!(f, "not SPARQL: {message}");
        }
        let before: String = excerpt.chars().take(column.saturating_sub(1)).collect();
        let indent = " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str()));
        write!(
            f,
            "not SPARQL at line {line}, column {column}: {message}\n  {excerpt}\n  {indent}{}",
            "^".repeat(*width)
        )
    }
}

impl std::error::Error for SyntaxError {}

/// A query that is sound and only reads.
#[derive(Debug, Clone)]
pub struct Prepared {
    query: Query,
}

/// A parameter's block in a query, `VALUES ?name { value }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The variable, without `?`.
    pub name: String,
    /// Its value; `None` is `UNDEF`.
    pub value: Option<Term>,
}

impl Prepared {
    /// Reads a query as the standard has it: every prefix is declared.
    ///
    /// # Errors
    /// What is no SPARQL, an update, a call of another endpoint.
    pub fn parse(text: &str) -> Result<Self, SparqlError> {
        Self::parse_with(SparqlParser::new(), text)
    }

    /// Reads a query in which the usual prefixes (`ent:`, `id:`, `rdfs:`, `xsd:` …) need no declaration.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_freely(text: &str) -> Result<Self, SparqlError> {
        Self::parse_with(parser(), text)
    }

    fn parse_with(parser: SparqlParser, text: &str) -> Result<Self, SparqlError> {
        let query = match parser.clone().parse_query(text) {
            Ok(query) => query,
            Err(_) if parser.parse_update(text).is_ok_and(|u| !u.operations.is_empty()) => {
                return Err(SparqlError::Update);
            }
            Err(error) => return Err(syntax_error(text, &error.to_string()).into()),
        };
        if algebra::calls_service(&query) {
            return Err(SparqlError::Service);
        }
        Ok(Self { query })
    }

    /// The columns of a `SELECT`, in order; none of the other forms.
    #[must_use]
    pub fn columns(&self) -> Option<Vec<String>> {
        let Query::Select { pattern, .. } = &self.query else { return None };
        let mut at = pattern;
        while let spargebra::algebra::GraphPattern::Slice { inner, .. }
        | spargebra::algebra::GraphPattern::Distinct { inner }
        | spargebra::algebra::GraphPattern::Reduced { inner } = at
        {
            at = inner;
        }
        let spargebra::algebra::GraphPattern::Project { variables, .. } = at else { return None };
        Some(variables.iter().map(|v| v.as_str().to_owned()).collect())
    }

    /// Whether the answer is triples: `CONSTRUCT` and `DESCRIBE`.
    #[must_use]
    pub fn makes_triples(&self) -> bool {
        matches!(self.query, Query::Construct { .. } | Query::Describe { .. })
    }

    /// The blocks that hold a parameter's value, from first to last.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        algebra::slots(&self.query).into_iter().map(|(name, value)| Slot { name, value }).collect()
    }

    /// The numbers behind `LIMIT`, from first to last.
    #[must_use]
    pub fn limits(&self) -> Vec<usize> {
        let mut found = Vec::new();
        algebra::each_limit(&mut self.query.clone(), &mut |limit| found.push(*limit));
        found
    }

    /// Puts `to` behind every `LIMIT` where `from` stands.
    pub fn limit(&mut self, from: usize, to: usize) {
        algebra::each_limit(&mut self.query, &mut |limit| {
            if *limit == from {
                *limit = to;
            }
        });
    }

    /// Gives the variable `name` its value: in the blocks that hold one, else as if such a block stood first in `WHERE`.
    /// `None` leaves the variable open.
    ///
    /// # Errors
    /// A variable that the query does not have, a blank node.
    pub fn bind(&mut self, name: &str, value: Option<&Term>) -> Result<(), SparqlError> {
        let unknown = || SparqlError::Variable(name.to_owned());
        let variable = Variable::new(name).map_err(|_| unknown())?;
        if !self.mentions(name) {
            return Err(unknown());
        }
        let value = match value {
            None => None,
            Some(Term::NamedNode(node)) => Some(GroundTerm::NamedNode(node.clone())),
            Some(Term::Literal(literal)) => Some(GroundTerm::Literal(literal.clone())),
            Some(Term::BlankNode(_)) => return Err(SparqlError::BlankNode(name.to_owned())),
        };
        algebra::bind(&mut self.query, &variable, value.as_ref());
        Ok(())
    }

    /// Whether the variable stands anywhere in the query.
    fn mentions(&self, name: &str) -> bool {
        let text = self.query.to_string();
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        text.match_indices('?').any(|(at, _)| text[at + 1..].strip_prefix(name).is_some_and(ends))
    }

    fn ask(&self, store: &oxigraph::store::Store) -> Result<Answer, SparqlError> {
        self.ask_of(store, &Dataset::default(), None)
    }

    /// Asks these graphs, until `stop` is cancelled, where there is one.
    pub(super) fn ask_of(
        &self,
        store: &oxigraph::store::Store,
        dataset: &Dataset,
        stop: Option<&CancellationToken>,
    ) -> Result<Answer, SparqlError> {
        let (mut evaluator, mut query) = (SparqlEvaluator::new(), self.query.clone());
        if let Some(stop) = stop {
            stopping::watch(&mut query);
            evaluator = evaluator.with_custom_function(stopping::name(), stopping::look(stop));
            evaluator = evaluator.with_cancellation_token(stop.clone());
        }
        let mut prepared = evaluator.for_query(query);
        if !dataset.is_empty() {
            let graphs = prepared.dataset_mut();
            graphs.set_default_graph(dataset.default.iter().cloned().map(Into::into).collect());
            graphs.set_available_named_graphs(dataset.named.iter().cloned().map(NamedOrBlankNode::from).collect());
        } else if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(match stopping::catch(|| prepared.on_store(store).execute())?.map_err(stopped)? {
            QueryResults::Boolean(value) => Answer::Boolean(value),
            QueryResults::Graph(triples) => Answer::Triples(Triples(Rows::new(triples))),
            QueryResults::Solutions(solutions) => {
                let columns = solutions.variables().to_vec();
                Answer::Solutions(Solutions { columns, rows: Rows::new(solutions) })
            }
        })
    }
}

/// A parser that knows [`PREFIXES`].
fn parser() -> SparqlParser {
    PREFIXES.iter().fold(SparqlParser::new(), |parser, (name, iri)| {
        // These are sound IRIs; one that is not would go missing, and the tests with it.
        parser.clone().with_prefix(*name, *iri).unwrap_or(parser)
    })
}

/// The query as standard SPARQL, with its values.
impl fmt::Display for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

/// What a query answers.
pub enum Answer {
    /// Of `SELECT`.
    Solutions(Solutions),
    /// Of `ASK`.
    Boolean(bool),
    /// Of `CONSTRUCT` and `DESCRIBE`.
    Triples(Triples),
}

/// The rows of a `SELECT`, found one by one.
pub struct Solutions {
    columns: Vec<Variable>,
    rows: Rows<QuerySolutionIter<'static>>,
}

impl Solutions {
    /// The columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[Variable] {
        &self.columns
    }
}

impl Iterator for Solutions {
    type Item = Result<Vec<Option<Term>>, SparqlError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.map(|row| self.columns.iter().map(|column| row.get(column).cloned()).collect()))
    }
}

/// The triples of a `CONSTRUCT` or `DESCRIBE`, found one by one.
pub struct Triples(Rows<QueryTripleIter<'static>>);

impl Iterator for Triples {
    type Item = Result<Triple, SparqlError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// An error of the evaluator as one of ours.
pub(super) fn stopped(error: QueryEvaluationError) -> SparqlError {
    match error {
        QueryEvaluationError::Cancelled => SparqlError::Cancelled,
        other => failed(other),
    }
}

/// What keeps an update from being carried out.
pub(super) fn failed_update(error: UpdateEvaluationError) -> SparqlError {
    match error {
        UpdateEvaluationError::GraphParsing(error) => failed(error),
        // What its `WHERE` failed at, such as that it was stopped.
        UpdateEvaluationError::Unexpected(error) => match error.downcast() {
            Ok(error) => stopped(*error),
            Err(error) => SparqlError::Evaluation(error),
        },
        other => failed(other),
    }
}

/// A checked update. `dataset` may stand in for `USING`, not beside it.
pub(super) fn parse_update(text: &str, dataset: &Dataset) -> Result<Update, SparqlError> {
    let update = parser().parse_update(text).map_err(|error| syntax_error(text, &error.to_string()))?;
    let using = |op: &GraphUpdateOperation| matches!(op, GraphUpdateOperation::DeleteInsert { using: Some(_), .. });
    if !dataset.is_empty() && update.operations.iter().any(using) {
        return Err(SparqlError::Using);
    }
    let calls = |op: &GraphUpdateOperation| match op {
        GraphUpdateOperation::DeleteInsert { pattern, .. } => algebra::pattern_calls_service(pattern),
        GraphUpdateOperation::Load { .. } => true,
        _ => false,
    };
    if update.operations.iter().any(calls) {
        return Err(SparqlError::Service);
    }
    Ok(update)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> SparqlError {
    SparqlError::Evaluation(Box::new(error))
}

/// The parser's message, `error at LINE:COLUMN: expected …`, with the line it speaks of.
fn syntax_error(text: &str, message: &str) -> SyntaxError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, message) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, message))
    });
    let (line, column, message): (usize, usize, &str) = place.unwrap_or((0, 0, message));
    let excerpt_of = |line: usize| {
        let excerpt = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        // A control character would shift the mark, or worse.
        excerpt.replace(char::is_control, " ")
    };
    if let Some((line, column, width, message)) = among_keywords(text, line, column, message) {
        return SyntaxError { line, column, width, message, excerpt: excerpt_of(line) };
    }
    SyntaxError { line, column, width: 1, message: shorten(message), excerpt: excerpt_of(line) }
}

/// Line, column, width and message of a fault where keywords alone were expected. The parser takes as many characters as a
/// keyword has before it compares, and speaks of the place behind them: the fault is somewhere among these.
fn among_keywords(text: &str, line: usize, column: usize, message: &str) -> Option<(usize, usize, usize, String)> {
    let expected = message.strip_prefix("expected ")?;
    let keywords: Vec<&str> = expected.strip_prefix("one of ").unwrap_or(expected).split(", ").collect();
    if !keywords.iter().all(|k| k.len() > 1 && k.bytes().all(|b| b.is_ascii_uppercase())) {
        return None;
    }
    let length = keywords.iter().map(|k| k.len()).min()?;
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(|l| l.chars().count()).sum();
    let start = (before + column).checked_sub(1 + length)?;
    let (at, _) = text.char_indices().nth(start)?;
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next()?.chars().count() + 1;
    let rest = text[at..].lines().next()?;
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let whole = rest[word.len()..].chars().next().is_none_or(|c| c.is_whitespace() || "{(*".contains(c));
    if !word.is_empty() && whole {
        return Some((line, column, word.chars().count(), format!("`{word}` is no keyword that can stand here")));
    }
    let width = rest.trim_end().chars().count().min(length).max(1);
    Some((line, column, width, "something here cannot be read".to_owned()))
}

/// At most eight of the many things that were expected.
fn shorten(message: &str) -> String {
    const SHOWN: usize = 8;
    let mut parts: Vec<&str> = message.split(", ").collect();
    if parts.len() <= SHOWN {
        return message.to_owned();
    }
    let more = parts.len() - SHOWN;
    parts.truncate(SHOWN);
    format!("{} or {more} more", parts.join(", "))
}

impl super::Store {
    /// Asks the graph.
    ///
    /// # Errors
    /// An evaluation that fails.
    pub fn ask(&self, query: &Prepared) -> Result<Answer, SparqlError> {
        query.ask(self.inner())
    }
}

/// A graph in memory that was read from a dump.
pub struct Dump(oxigraph::store::Store);

impl Dump {
    /// Reads TriG.
    ///
    /// # Errors
    /// What is no TriG.
    pub fn from_trig(text: &str) -> Result<Self, SparqlError> {
        let store = oxigraph::store::Store::new().map_err(failed)?;
        store.load_from_slice(oxigraph::io::RdfFormat::TriG, text).map_err(failed)?;
        Ok(Self(store))
    }

    /// Asks the graph.
    ///
    /// # Errors
    /// An evaluation that fails.
    pub fn ask(&self, query: &Prepared) -> Result<Answer, SparqlError> {
        query.ask(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{Literal, NamedNode};

    const GRAPH: &str = r#"@prefix : <http://example.org/> .
        :g1 { :a :says "x" ; :knows :b . :b :says "} DROP ALL #" . }
        :g2 { :a :knows :c . }"#;

    fn rows(text: &str, values: &[(&str, Term)]) -> Vec<String> {
        let mut query = Prepared::parse_freely(text).unwrap();
        for (name, value) in values {
            query.bind(name, Some(value)).unwrap();
        }
        match Dump::from_trig(GRAPH).unwrap().ask(&query).unwrap() {
            Answer::Boolean(value) => vec![value.to_string()],
            Answer::Triples(triples) => triples.map(|t| t.unwrap().to_string()).collect(),
            Answer::Solutions(solutions) => solutions
                .map(|row| row.unwrap().iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" "))
                .collect(),
        }
    }

    fn text(value: &str) -> Term {
        Literal::new_simple_literal(value).into()
    }

    fn node(name: &str) -> Term {
        NamedNode::new_unchecked(format!("http://example.org/{name}")).into()
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = Prepared::parse_freely(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn the_default_graph_is_the_union_of_all() {
        assert_eq!(
            rows("SELECT ?o { <http://example.org/a> <http://example.org/knows> ?o } ORDER BY ?o", &[]).len(),
            2
        );
        assert_eq!(
            rows("SELECT ?g { GRAPH ?g { <http://example.org/a> <http://example.org/says> ?o } }", &[]).len(),
            1
        );
        assert_eq!(rows("SELECT ?s FROM <http://example.org/g2> { ?s ?p ?o }", &[]).len(), 1);
    }

    #[test]
    fn all_four_forms_answer() {
        assert_eq!(rows("ASK { ?s ?p \"x\" }", &[]), ["true"]);
        assert_eq!(rows("CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(isIRI(?o)) }", &[]).len(), 2);
        assert_eq!(rows("DESCRIBE <http://example.org/b>", &[]).len(), 1);
        assert_eq!(rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", &[]).len(), 1);
    }

    #[test]
    fn a_value_takes_the_place_of_the_one_in_its_block() {
        let query = "SELECT ?s { VALUES ?what { \"x\" } { SELECT ?s { VALUES ?what { \"x\" } ?s ?p ?what } } }";
        assert_eq!(rows(query, &[]), ["<http://example.org/a>"]);
        assert_eq!(rows(query, &[("what", text("} DROP ALL #"))]), ["<http://example.org/b>"]);
        let slots = Prepared::parse(query).unwrap().slots();
        assert_eq!(slots, vec![Slot { name: "what".into(), value: Some(text("x")) }; 2]);
    }

    #[test]
    fn without_a_block_a_value_stands_first_in_the_group() {
        for query in [
            "SELECT ?s { ?s ?p ?what }",
            "SELECT ?s { ?s ?p ?o FILTER(?o = ?what) }",
            "SELECT ?s { ?s ?p ?o BIND(?what AS ?w) FILTER(?o = ?w) } ORDER BY ?s LIMIT 5",
            "SELECT DISTINCT ?s { { ?s ?p ?what } UNION { ?s ?p ?o FILTER(?o = ?what) } }",
            "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?what OPTIONAL { ?s ?q ?what } } GROUP BY ?s",
        ] {
            let found = rows(query, &[("what", text("x"))]);
            assert!(found.len() == 1 && found[0].starts_with("<http://example.org/a>"), "{query}: {found:?}");
        }
        assert_eq!(rows("ASK { ?s ?p ?o }", &[("o", node("c")), ("s", node("a"))]), ["true"]);
        assert_eq!(rows("ASK { ?s ?p ?o }", &[("o", node("c")), ("s", node("b"))]), ["false"]);
    }

    #[test]
    fn hostile_values_stay_values() {
        for hostile in ["\" . ?s ?p ?o } DROP ALL #", "} ; DROP ALL", "\\\"", "?s", "'''", "\u{0}\n\u{202e}"] {
            assert!(rows("SELECT ?s { ?s ?p ?what }", &[("what", text(hostile))]).is_empty(), "{hostile:?}");
        }
        assert_eq!(rows("SELECT ?s { ?s ?p ?what }", &[("what", text("} DROP ALL #"))]).len(), 1);
    }

    #[test]
    fn what_is_no_reading_query_is_refused() {
        check_refused("INSERT DATA { <a:a> <a:a> <a:a> }", "this is an update");
        check_refused("CLEAR ALL", "this is an update");
        check_refused("SELECT ?s { SERVICE <http://example.org/sparql> { ?s ?p ?o } }", "SERVICE");
        check_refused("SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { SERVICE ?x { ?s ?p 1 } } }", "SERVICE");
        check_refused("", "not SPARQL");
        let mut query = Prepared::parse("SELECT ?s { ?s ?p ?o }").unwrap();
        assert_eq!(query.bind("what", None).unwrap_err().to_string(), "the query has no variable ?what");
        assert!(query.bind("o} #", None).is_err());
        assert!(query.bind("o", Some(&oxrdf::BlankNode::default().into())).is_err());
    }

    #[test]
    fn a_syntax_error_shows_the_line_and_a_mark() {
        let refused = |text: &str| Prepared::parse(text).unwrap_err().to_string();
        assert_eq!(
            refused("SELECT ?s\nWHERE { ?s ?p ) }"),
            "not SPARQL at line 2, column 9: something here cannot be read\n  WHERE { ?s ?p ) }\n          ^^^^^^^^"
        );
        let error = refused("SELECT ?s\nWHERE { ?s ?p \"open }");
        assert!(
            error.starts_with("not SPARQL at line 2, column ") && error.contains("\n  WHERE { ?s ?p \"open }\n"),
            "{error}"
        );
    }

    #[test]
    fn a_misspelled_keyword_is_named_where_it_stands() {
        let error = Prepared::parse("# é\nSELEC ?x { ?x ?y ?z }\n").unwrap_err().to_string();
        assert_eq!(
            error,
            "not SPARQL at line 2, column 1: `SELEC` is no keyword that can stand here\n  SELEC ?x { ?x ?y ?z }\n  ^^^^^"
        );
    }

    #[test]
    fn the_columns_of_a_select_are_known() {
        let columns = |text| Prepared::parse(text).unwrap().columns();
        assert_eq!(columns("SELECT DISTINCT ?b (1 AS ?a) { ?b ?c ?d } LIMIT 1"), Some(vec!["b".into(), "a".into()]));
        assert_eq!(columns("ASK { ?b ?c ?d }"), None);
    }
}

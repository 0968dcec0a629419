//! Queries that stop when they are told to, wherever they are.
//!
//! The evaluator looks whether it was told to stop at every quad that it reads. A product of patterns, `{ ?a ?b ?c . ?d ?e ?f .
//! ?g ?h ?i }`, makes billions of rows between two quads, and one of `VALUES` blocks reads none. So every product gets a filter
//! that always holds and looks too, with the variables of the whole product, or the planner would apply it to one part; and
//! every condition of the query looks before it is tried, because the planner tries it as soon as its own variables are there.
//! So does every assignment before it is worked out: one row can have many long ones.
//! Whoever is stopped there unwinds the stack: a filter that fails would only go on to the next row.

use super::algebra::{each_child, each_exists, each_expression, pattern};
use super::sparql::{SparqlError, stopped};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use oxrdf::{Literal, NamedNode, Term, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::{TermPattern, TriplePattern};
use spargebra::{GraphUpdateOperation, Query, Update};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The function that looks. A URN of this program's own: no query can need it.
const LOOK: &str = "urn:entente:go-on";

/// A name that no graph holds.
const NEVER: &str = "urn:entente:never";

/// What unwinds.
struct Stopped;

/// The function's name.
pub(super) fn name() -> NamedNode {
    NamedNode::new_unchecked(LOOK)
}

/// The function: true, as long as nobody stops it.
pub(super) fn look(stop: &CancellationToken) -> impl Fn(&[Term]) -> Option<Term> + Send + Sync + 'static {
    let stop = stop.clone();
    move |_| {
        if stop.is_cancelled() {
            // Not a panic: nothing is printed, and `catch` below takes it.
            resume_unwind(Box::new(Stopped));
        }
        Some(Literal::from(true).into())
    }
}

/// Has every product of the query look whether it was told to stop.
pub(super) fn watch(query: &mut Query) {
    watch_group(pattern(query), Place::default());
}

/// The same of an update.
pub(super) fn watch_update(update: &mut Update) {
    for operation in &mut update.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            watch_group(pattern, Place::default());
        }
    }
}

/// Where a pattern stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The planner takes its parts for parts of the product around it.
    joined: bool,
    /// Within an `EXISTS`, of which the planner leaves the order: each product there may be a heap by itself.
    exists: bool,
}

fn watch_group(group: &mut GraphPattern, place: Place) {
    let mut base = &mut *group;
    let mut bare = true;
    while let GraphPattern::Filter { .. } | GraphPattern::Extend { .. } = base {
        bare = false;
        watch_conditions(base);
        match base {
            GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => base = inner,
            _ => break,
        }
    }
    name_blank_nodes(base);
    let filter = (is_product(base) && !(place.joined && bare)).then(|| filter_of(base));
    let flat = matches!(base, GraphPattern::Join { .. }) || place.joined && matches!(base, GraphPattern::Graph { .. });
    watch_conditions(base);
    each_child(base, &mut |part| watch_group(part, Place { joined: flat && !place.exists, ..place }));
    if let Some(expr) = filter {
        let inner = Box::new(std::mem::replace(group, GraphPattern::Bgp { patterns: Vec::new() }));
        *group = GraphPattern::Filter { expr, inner };
    }
}

/// Has the conditions of a pattern look before they are tried, and what they ask for with `EXISTS`.
fn watch_conditions(pattern: &mut GraphPattern) {
    let within = Place { joined: false, exists: true };
    each_expression(pattern, &mut |expression| each_exists(expression, &mut |part| watch_group(part, within)));
    match pattern {
        GraphPattern::Filter { .. } | GraphPattern::LeftJoin { .. } => each_expression(pattern, &mut look_first),
        // A new name for a value is no work.
        GraphPattern::Extend { expression: Expression::Variable(_), .. } => {}
        GraphPattern::Extend { .. } => each_expression(pattern, &mut look_first),
        _ => {}
    }
}

/// `IF(look(), condition, false)` for each part of a conjunction: the planner tries each by itself.
fn look_first(condition: &mut Expression) {
    if let Expression::And(a, b) = condition {
        look_first(a);
        look_first(b);
        return;
    }
    let own = Box::new(std::mem::replace(condition, Literal::from(false).into()));
    *condition = Expression::If(Box::new(look_call()), own, Box::new(Literal::from(false).into()));
}

fn look_call() -> Expression {
    Expression::FunctionCall(Function::Custom(name()), Vec::new())
}

fn is_product(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len() > 1,
        GraphPattern::Join { .. }
        | GraphPattern::LeftJoin { .. }
        | GraphPattern::Lateral { .. }
        | GraphPattern::Minus { .. } => true,
        _ => false,
    }
}

/// `IF(look(), true, ?a = <never> || ?b = <never> || …)`: what follows `true` is never worked out, but the planner must have
/// the variables.
fn filter_of(product: &GraphPattern) -> Expression {
    let mut variables = BTreeSet::new();
    product.on_in_scope_variable(|variable| _ = variables.insert(variable.clone()));
    let no = Expression::from(Literal::from(false));
    let named = variables.into_iter().fold(no, |before, variable| {
        let never = Expression::NamedNode(NamedNode::new_unchecked(NEVER));
        let same = Expression::SameTerm(Box::new(variable.into()), Box::new(never));
        Expression::Or(Box::new(before), Box::new(same))
    });
    Expression::If(Box::new(look_call()), Box::new(Literal::from(true).into()), Box::new(named))
}

/// A blank node of a pattern is a variable that nobody can name; here it must have a name, which no query can write: a space
/// stands in it.
fn name_blank_nodes(pattern: &mut GraphPattern) {
    let named = |term: &mut TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            *term = Variable::new_unchecked(format!("blank {}", node.as_str())).into();
        }
    };
    match pattern {
        GraphPattern::Bgp { patterns } => {
            for TriplePattern { subject, object, .. } in patterns {
                named(subject);
                named(object);
            }
        }
        GraphPattern::Path { subject, object, .. } => {
            named(subject);
            named(object);
        }
        _ => {}
    }
}

/// What `work` gives; an error where it was stopped.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, SparqlError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|thrown| match thrown.downcast::<Stopped>() {
        Ok(_) => SparqlError::Cancelled,
        Err(panic) => resume_unwind(panic),
    })
}

/// Rows as they are found. After one that was stopped nothing comes: the evaluator was left in the midst.
pub(super) struct Rows<I>(Option<I>);

impl<I> Rows<I> {
    pub(super) fn new(rows: I) -> Self {
        Self(Some(rows))
    }
}

impl<T, I: Iterator<Item = Result<T, QueryEvaluationError>>> Iterator for Rows<I> {
    type Item = Result<T, SparqlError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rows = self.0.as_mut()?;
        match catch(|| rows.next()) {
            Ok(row) => row.map(|row| row.map_err(stopped)),
            Err(error) => {
                self.0 = None;
                Some(Err(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::serving::Dataset;
    use super::super::sparql::{Answer, Prepared};
    use super::*;
    use std::time::{Duration, Instant};

    fn store() -> oxigraph::store::Store {
        let store = oxigraph::store::Store::new().unwrap();
        let quad = |n: usize| format!("<http://a/{n}> <http://a/p> \"{n}\" <http://a/g> .\n");
        let text: String = (0..300).map(quad).collect();
        store.load_from_slice(oxigraph::io::RdfFormat::NQuads, text.as_bytes()).unwrap();
        store
    }

    /// Tells a query to stop soon; how long it went on.
    fn stopped_after(text: &str) -> Duration {
        let (store, stop) = (store(), CancellationToken::new());
        let clock = {
            let stop = stop.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(200));
                stop.cancel();
                Instant::now()
            })
        };
        let query = Prepared::parse(text).unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let found = query.ask_of(&store, &Dataset::default(), Some(&stop)).and_then(|answer| match answer {
                Answer::Solutions(mut rows) => rows.try_for_each(|row| row.map(|_| ())),
                Answer::Triples(mut rows) => rows.try_for_each(|row| row.map(|_| ())),
                Answer::Boolean(_) => Ok(()),
            });
            let _ = sender.send((Instant::now(), found.map_err(|error| matches!(error, SparqlError::Cancelled))));
        });
        let (end, found) = receiver.recv_timeout(Duration::from_secs(20)).expect(text);
        assert_eq!(found, Err(true), "{text}");
        end.saturating_duration_since(clock.join().unwrap())
    }

    #[track_caller]
    fn check(text: &str) {
        let late = stopped_after(text);
        assert!(late < Duration::from_secs(5), "{text}: went on for {late:?}");
    }

    #[test]
    fn a_product_stops_between_two_quads() {
        check("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }");
        check(&format!("SELECT (COUNT(*) AS ?n) {{ {} }}", "[] <http://a/p> [] . ".repeat(5)));
        check("ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a = ?n) }");
        check("ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(CONCAT(?c, ?f, ?i, ?l) = \"x\") }");
        check("ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o BIND(1 AS ?x) FILTER(?a = ?n && ?x = 1) }");
        let long = "?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?d = ?n)";
        check(&format!("SELECT ?a {{ ?a ?b ?c FILTER NOT EXISTS {{ {long} }} }}"));
        check(&format!("CONSTRUCT {{ ?a ?b ?c }} {{ ?a ?b ?c OPTIONAL {{ {long} }} }}"));
    }

    #[test]
    fn a_product_without_quads_stops() {
        let block = |name: &str| {
            let rows: String = (0..200).map(|n| format!(" {n}")).collect();
            format!("VALUES ?{name} {{{rows} }}")
        };
        let blocks: String = ["a", "b", "c", "d", "e"].iter().map(|name| block(name)).collect();
        check(&format!("SELECT (SUM(?a + ?e) AS ?n) {{ {blocks} }}"));
        check(&format!("SELECT ?a {{ {blocks} FILTER(?a + ?b + ?c + ?d < 0) }}"));
        check(&format!("SELECT ?s {{ ?s ?p ?o FILTER NOT EXISTS {{ {blocks} FILTER(?a + ?e < 0) }} }}"));
        check(&format!("SELECT (SUM(IF(EXISTS {{ {blocks} FILTER(?a + ?e < 0) }}, 1, 0)) AS ?n) {{ ?s ?p ?o }}"));
        check(&format!("SELECT ?s {{ ?s ?p ?o OPTIONAL {{ {blocks} FILTER(?a + ?o < 0) }} }}"));
    }

    #[test]
    fn a_row_with_much_to_work_out_stops_between_two_assignments() {
        let longer: String = (0..22).map(|n| format!("BIND(CONCAT(?x{n}, ?x{n}) AS ?x{}) ", n + 1)).collect();
        let hashes: String = (0..60).map(|n| format!("BIND(SHA512(CONCAT(?x22, \"{n}\")) AS ?h{n}) ")).collect();
        check(&format!("SELECT * {{ BIND(\"aaaaaaaa\" AS ?x0) {longer} {hashes} }}"));
    }

    #[test]
    fn an_update_stops_and_changes_nothing() {
        let block = |name: &str| format!("VALUES ?{name} {{ {} }} ", "1 2 3 4 5 6 7 8 9 ".repeat(20));
        let blocks: String = ["a", "b", "c", "d", "e"].iter().map(|name| block(name)).collect();
        let mut store = crate::graph::Store::in_memory().unwrap();
        let stop = CancellationToken::new();
        let clock = stop.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            clock.cancel();
        });
        let text = format!("INSERT {{ <http://a/x> <http://a/p> ?a }} WHERE {{ {blocks} FILTER(?a + ?e < 0) }}");
        let found = store.update(&text, &Dataset::default(), &stop);
        assert!(matches!(found, Err(SparqlError::Cancelled)), "{found:?}");
        let more = "INSERT DATA { <http://a/y> <http://a/p> 1 }";
        store.update(more, &Dataset::default(), &CancellationToken::new()).unwrap();
        assert!(matches!(
            store.ask(&Prepared::parse("ASK { <http://a/y> ?p 1 }").unwrap()).unwrap(),
            Answer::Boolean(true)
        ));
        assert!(matches!(
            store.ask(&Prepared::parse("ASK { <http://a/x> ?p ?o }").unwrap()).unwrap(),
            Answer::Boolean(false)
        ));
    }

    #[test]
    fn an_update_that_is_stopped_at_a_quad_says_so() {
        let mut store = crate::graph::Store::in_memory().unwrap();
        store
            .update("INSERT DATA { <http://a/x> <http://a/p> 1 }", &Dataset::default(), &CancellationToken::new())
            .unwrap();
        let stop = CancellationToken::new();
        stop.cancel();
        let text = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }";
        let found = store.update(text, &Dataset::default(), &stop);
        assert!(matches!(found, Err(SparqlError::Cancelled)), "{found:?}");
    }

    #[test]
    fn an_update_finds_what_a_query_finds() {
        let mut store = crate::graph::Store::in_memory().unwrap();
        let mut update = |text: &str| store.update(text, &Dataset::default(), &CancellationToken::new()).unwrap();
        update("INSERT DATA { GRAPH <http://a/g> { <http://a/x> <http://a/p> 1 } }");
        update("INSERT { GRAPH <http://a/h> { ?s ?p 2 } } WHERE { ?s ?p 1 }");
        let asked = Prepared::parse("ASK { GRAPH <http://a/h> { <http://a/x> <http://a/p> 2 } }").unwrap();
        assert!(matches!(store.ask(&asked).unwrap(), Answer::Boolean(true)));
    }

    #[test]
    fn who_is_not_stopped_answers_as_before() {
        let (store, stop) = (store(), CancellationToken::new());
        for text in [
            "SELECT ?c { ?a ?b ?c . ?a ?d ?c OPTIONAL { ?a ?e ?f . ?a ?g ?f } FILTER(?c < \"2\") } ORDER BY ?c",
            "SELECT ?c { ?a ?b ?c MINUS { ?a ?d ?e FILTER(STRLEN(?e) > 1) } { SELECT ?a { ?a ?p ?q . _:x ?p ?q } } }",
            "SELECT (COUNT(*) AS ?n) { ?blank_x ?p ?c . _:x ?q ?c FILTER(?c < \"2\" && ?blank_x != ?c) }",
            "SELECT ?c ?f { ?a ?b ?c OPTIONAL { ?a ?e ?f FILTER(?f < \"2\") } FILTER(!BOUND(?f) || ?c = ?f) }",
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c . ?a ?d ?c } VALUES ?c { \"7\" \"8\" } }",
        ] {
            let query = Prepared::parse(text).unwrap();
            let rows = |stop: Option<&CancellationToken>| match query.ask_of(&store, &Dataset::default(), stop).unwrap()
            {
                Answer::Solutions(rows) => {
                    let mut rows: Vec<String> = rows.map(|row| format!("{:?}", row.unwrap())).collect();
                    rows.sort();
                    rows
                }
                _ => Vec::new(),
            };
            assert!(!rows(None).is_empty(), "{text}");
            assert_eq!(rows(None), rows(Some(&stop)), "{text}");
        }
    }
}

//! SPARQL as a tree: where it calls other endpoints, which values it holds for its parameters, and how a value is put in.
//!
//! A parameter is a block of one variable and one value, `VALUES ?country { "SGP" }`: the query runs as it stands in any
//! engine, and another value takes the place of the block's in the tree, so that no value is ever read as SPARQL.

use oxrdf::{Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::GroundTerm;

/// The block of one parameter: its variable and its one value, `None` where the value is `UNDEF`.
pub(super) type Slot = (String, Option<Term>);

/// Whether the query calls other endpoints.
pub(super) fn calls_service(query: &Query) -> bool {
    pattern_calls_service(pattern(&mut query.clone()))
}

/// The same of a pattern alone.
pub(super) fn pattern_calls_service(pattern: &GraphPattern) -> bool {
    let mut found = false;
    each_pattern(&mut pattern.clone(), &mut |p| found |= matches!(p, GraphPattern::Service { .. }));
    found
}

/// The parameters' blocks, from first to last.
pub(super) fn slots(query: &Query) -> Vec<Slot> {
    let mut slots = Vec::new();
    each_pattern(pattern(&mut query.clone()), &mut |p| {
        if let GraphPattern::Values { variables, bindings } = p
            && let ([variable], [row]) = (variables.as_slice(), bindings.as_slice())
        {
            slots.push((variable.as_str().to_owned(), row.first().cloned().flatten().map(Term::from)));
        }
    });
    slots
}

/// Calls `f` on the number behind each `LIMIT`.
pub(super) fn each_limit(query: &mut Query, f: &mut dyn FnMut(&mut usize)) {
    each_pattern(pattern(query), &mut |p| {
        if let GraphPattern::Slice { length: Some(limit), .. } = p {
            f(limit);
        }
    });
}

/// Gives a variable its value: in its blocks where it has any, else as if a block stood first in the query's `WHERE`.
pub(super) fn bind(query: &mut Query, variable: &Variable, value: Option<&GroundTerm>) {
    let mut replaced = false;
    each_pattern(pattern(query), &mut |p| {
        if let GraphPattern::Values { variables, bindings } = p
            && variables.as_slice() == [variable.clone()]
        {
            *bindings = vec![vec![value.cloned()]];
            replaced = true;
        }
    });
    if !replaced {
        let block = GraphPattern::Values { variables: vec![variable.clone()], bindings: vec![vec![value.cloned()]] };
        put_first(pattern(query), &block);
    }
}

/// The query's pattern.
pub(super) fn pattern(query: &mut Query) -> &mut GraphPattern {
    match query {
        Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. } => pattern,
    }
}

/// Joins `block` with what stands innermost in the query's own group, below its modifiers, filters and assignments.
fn put_first(pattern: &mut GraphPattern, block: &GraphPattern) {
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::Graph { inner, .. } => put_first(inner, block),
        GraphPattern::LeftJoin { left, .. }
        | GraphPattern::Lateral { left, .. }
        | GraphPattern::Minus { left, .. }
        | GraphPattern::Join { left, .. } => put_first(left, block),
        GraphPattern::Union { left, right } => {
            put_first(left, block);
            put_first(right, block);
        }
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => {
            let rest = std::mem::replace(pattern, GraphPattern::Bgp { patterns: Vec::new() });
            *pattern = GraphPattern::Join { left: Box::new(block.clone()), right: Box::new(rest) };
        }
    }
}

/// Calls `f` on the pattern and on every pattern within it, those of `EXISTS` too.
fn each_pattern(pattern: &mut GraphPattern, f: &mut dyn FnMut(&mut GraphPattern)) {
    f(pattern);
    each_part(pattern, &mut |part| each_pattern(part, f));
}

/// Calls `f` on the patterns of which the pattern is made, and on those of its `EXISTS`.
fn each_part(pattern: &mut GraphPattern, f: &mut dyn FnMut(&mut GraphPattern)) {
    each_child(pattern, f);
    each_expression(pattern, &mut |expression| each_exists(expression, f));
}

/// Calls `f` on the patterns of which the pattern is made.
pub(super) fn each_child(pattern: &mut GraphPattern, f: &mut dyn FnMut(&mut GraphPattern)) {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right }
        | GraphPattern::LeftJoin { left, right, .. } => {
            f(left);
            f(right);
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => f(inner),
    }
}

/// Calls `f` on the expressions of the pattern itself.
pub(super) fn each_expression(pattern: &mut GraphPattern, f: &mut dyn FnMut(&mut Expression)) {
    match pattern {
        GraphPattern::Filter { expr, .. } => f(expr),
        GraphPattern::Extend { expression, .. } => f(expression),
        GraphPattern::LeftJoin { expression, .. } => expression.iter_mut().for_each(f),
        GraphPattern::OrderBy { expression, .. } => {
            for order in expression {
                let (OrderExpression::Asc(e) | OrderExpression::Desc(e)) = order;
                f(e);
            }
        }
        GraphPattern::Group { aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    f(expr);
                }
            }
        }
        _ => {}
    }
}

/// Calls `f` on the patterns of an expression's `EXISTS`.
pub(super) fn each_exists(expression: &mut Expression, f: &mut dyn FnMut(&mut GraphPattern)) {
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
        Expression::Exists(pattern) => f(pattern),
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => {
            each_exists(a, f);
            each_exists(b, f);
        }
        Expression::UnaryPlus(e) | Expression::UnaryMinus(e) | Expression::Not(e) => each_exists(e, f),
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|e| each_exists(e, f)),
        Expression::In(e, list) => {
            each_exists(e, f);
            list.iter_mut().for_each(|e| each_exists(e, f));
        }
        Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
            list.iter_mut().for_each(|e| each_exists(e, f));
        }
    }
}

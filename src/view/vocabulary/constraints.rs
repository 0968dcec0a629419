//! `shapes.ttl` → what must hold of the things of each class, in words.

use super::short;
use super::statements::{Statements, value};
use std::collections::BTreeMap;

const SH: &str = "http://www.w3.org/ns/shacl#";

/// The constraints on some classes.
#[derive(Debug)]
pub(super) struct Shape {
    /// Classes whose things it is about, as `ent:Event`.
    pub(super) targets: Vec<String>,
    pub(super) constraints: Vec<Constraint>,
}

/// What must hold of the values of one property.
#[derive(Debug, Default)]
pub(super) struct Constraint {
    pub(super) path: String,
    /// How many values: `1`, `0–1`, `none`, `any number`.
    pub(super) count: String,
    /// What each value is: a class or datatype by name, or `an IRI`, `a literal`.
    pub(super) values: Vec<String>,
    /// The only values, where they are listed.
    pub(super) listed: Vec<String>,
    /// Bounds and patterns.
    pub(super) bounds: Vec<String>,
    pub(super) message: String,
    /// Whether a breach is only suspicious.
    pub(super) warning: bool,
}

/// The shapes, in the order of the file.
pub(super) fn read(said: &Statements, prefixes: &BTreeMap<String, String>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for subject in &said.subjects {
        let targets = said.values(subject, &format!("{SH}targetClass"));
        if !targets.is_empty() {
            let nodes = said.values(subject, &format!("{SH}property"));
            let constraints = nodes.iter().map(|node| constraint(said, node, prefixes)).collect();
            let targets = targets.iter().map(|class| short(class, prefixes)).collect();
            shapes.push(Shape { targets, constraints });
        }
    }
    shapes
}

fn constraint(said: &Statements, node: &str, prefixes: &BTreeMap<String, String>) -> Constraint {
    let mut found = Constraint::default();
    let (mut least, mut most) = (String::new(), String::new());
    let mut node_kind = String::new();
    for (property, object) in said.said(node) {
        let text = value(object);
        match property.strip_prefix(SH).unwrap_or_default() {
            "path" => found.path = short(&text, prefixes),
            "minCount" => least = text,
            "maxCount" => most = text,
            "datatype" | "class" => found.values.push(short(&text, prefixes)),
            "nodeKind" => node_kind = text,
            "in" => found.listed = said.list(object),
            "pattern" => found.bounds.push(format!("matches {text}")),
            "minInclusive" => found.bounds.push(format!("at least {text}")),
            "maxInclusive" => found.bounds.push(format!("at most {text}")),
            "minLength" => found.bounds.push(format!("{text} or more characters")),
            "maxLength" => found.bounds.push(format!("{text} or fewer characters")),
            "message" => found.message = text,
            "severity" => found.warning = !text.ends_with("Violation"),
            _ => {}
        }
    }
    if found.values.is_empty() && found.listed.is_empty() {
        found.values.extend(match node_kind.rsplit('#').next() {
            Some("IRI") => Some("an IRI".to_owned()),
            Some("Literal") => Some("a literal".to_owned()),
            _ => None,
        });
    }
    found.count = count(&least, &most);
    found
}

fn count(least: &str, most: &str) -> String {
    match (least, most) {
        (_, "0") => "none".to_owned(),
        ("" | "0", "") => "any number".to_owned(),
        (least, "") => format!("{least} or more"),
        ("" | "0", most) => format!("0–{most}"),
        (least, most) if least == most => least.to_owned(),
        (least, most) => format!("{least}–{most}"),
    }
}

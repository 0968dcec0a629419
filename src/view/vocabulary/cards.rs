//! One class or property as a card: what it means, how it hangs together with others, what must hold of it.

use super::Vocabulary;
use super::constraints::Constraint;
use super::terms::{Kind, Term};
use crate::view::export::escape;
use std::io::{self, Write};

/// More listed values than these lead to the vocabulary that has them.
const LISTED: usize = 8;

/// A name as a link: to its card where it is ours, else to the vocabulary that has it.
pub(super) fn link(vocabulary: &Vocabulary, name: &str) -> String {
    let href = match vocabulary.term(name) {
        Some(term) => format!("#{}", term.local()),
        None => vocabulary.expand(name),
    };
    let shown = escape(name.trim_start_matches("ent:"));
    let shown = if shown.is_empty() { escape(name) } else { shown };
    if href.starts_with('#') || href.starts_with("http") {
        format!("<a href=\"{}\"><code>{shown}</code></a>", escape(&href))
    } else {
        shown
    }
}

/// Names as links, with commas.
pub(super) fn links<'n>(vocabulary: &Vocabulary, names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(|name| link(vocabulary, name)).collect::<Vec<_>>().join(", ")
}

/// The rows of a card's list; empty ones are left out.
fn write_rows(out: &mut dyn Write, rows: &[(&str, String)]) -> io::Result<()> {
    if rows.iter().all(|(_, value)| value.is_empty()) {
        return Ok(());
    }
    writeln!(out, "<dl>")?;
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>")?;
    }
    writeln!(out, "</dl>")
}

fn write_meaning(out: &mut dyn Write, term: &Term) -> io::Result<()> {
    let (local, label) = (term.local(), escape(&term.label));
    let kind = if term.kind == Kind::Class { "" } else { term.kind.words() };
    writeln!(
        out,
        "<article class=\"term\" id=\"{local}\">\n<h3><a class=\"self\" href=\"#{local}\"><code>{}</code></a> <span>{label}</span> \
         <small>{kind}</small></h3>\n<p>{}</p>",
        escape(&term.name),
        escape(&term.definition)
    )?;
    if !term.example.is_empty() {
        writeln!(out, "<p class=\"example\">{}</p>", escape(&term.example))?;
    }
    if !term.note.is_empty() {
        writeln!(
            out,
            "<p class=\"note\">{}</p>",
            escape(&term.note).replace("`entente curate`", "<code>entente curate</code>")
        )?;
    }
    Ok(())
}

fn graphs(term: &Term) -> String {
    let graph = |graph: &String| format!("<a class=\"chip of-{graph}\" href=\"#graph-{graph}\">{graph}</a>");
    term.graphs.iter().map(graph).collect::<Vec<_>>().join(" ")
}

/// Writes the card of a class, with what must hold of its things.
pub(super) fn write_class(out: &mut dyn Write, vocabulary: &Vocabulary, class: &Term) -> io::Result<()> {
    write_meaning(out, class)?;
    let below = vocabulary.classes().filter(|other| other.above.contains(&class.name)).map(|other| other.name.as_str());
    let all = |names: &[String]| links(vocabulary, names.iter().map(String::as_str));
    write_rows(
        out,
        &[
            ("kind of", all(&class.above)),
            ("kinds", links(vocabulary, below)),
            ("near to", all(&class.near)),
            ("never also", all(&class.disjoint)),
            ("in graphs", graphs(class)),
        ],
    )?;
    let own: Vec<&Constraint> =
        vocabulary.shapes.iter().filter(|s| s.targets.contains(&class.name)).flat_map(|s| &s.constraints).collect();
    write_constraints(out, vocabulary, class, &own)?;
    writeln!(out, "</article>")
}

fn write_constraints(
    out: &mut dyn Write,
    vocabulary: &Vocabulary,
    class: &Term,
    own: &[&Constraint],
) -> io::Result<()> {
    if own.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<div class=\"wide\"><table class=\"shape\">\n<caption>What must hold of each</caption>\n<thead><tr>\
         <th scope=\"col\">property</th><th scope=\"col\">how many</th><th scope=\"col\">values</th></tr></thead>\n<tbody>"
    )?;
    for constraint in own {
        let severity = if constraint.warning { " <span class=\"warning\">only a warning</span>" } else { "" };
        writeln!(
            out,
            "<tr title=\"{}\"><th scope=\"row\">{}</th><td>{}{severity}</td><td>{}</td></tr>",
            escape(&constraint.message),
            link(vocabulary, &constraint.path),
            escape(&constraint.count),
            values(vocabulary, constraint)
        )?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    let above = vocabulary.above(&class.name).into_iter().skip(1);
    let shaped = |name: &&str| vocabulary.shapes.iter().any(|shape| shape.targets.iter().any(|t| t == name));
    let inherited = links(vocabulary, above.filter(shaped));
    if inherited.is_empty() {
        Ok(())
    } else {
        writeln!(out, "<p class=\"note\">And all that must hold of {inherited}.</p>")
    }
}

fn values(vocabulary: &Vocabulary, constraint: &Constraint) -> String {
    let mut parts: Vec<String> = constraint.values.iter().map(|value| link(vocabulary, value)).collect();
    match constraint.listed.len() {
        0 => {}
        n if n > LISTED => parts.push(format!("one of {n}: {}", scheme(vocabulary, constraint))),
        _ => parts.push(
            constraint.listed.iter().map(|v| format!("<code>{}</code>", escape(v))).collect::<Vec<_>>().join(" "),
        ),
    }
    parts.extend(constraint.bounds.iter().map(|bound| match bound.strip_prefix("matches ") {
        Some(pattern) => format!("matches <code>{}</code>", escape(pattern)),
        None => escape(bound),
    }));
    parts.join(", ")
}

/// Links to the vocabularies that have the listed values.
fn scheme(vocabulary: &Vocabulary, constraint: &Constraint) -> String {
    let listed = &constraint.listed;
    let mut found = Vec::new();
    for scheme in &vocabulary.schemes {
        if scheme.values.iter().all(|value| listed.contains(&value.notation)) {
            found.push(format!(
                "<a href=\"#values-{}\">{}</a>",
                escape(&scheme.id),
                escape(&scheme.label.to_lowercase())
            ));
        }
    }
    if vocabulary.acts.iter().all(|act| listed.contains(&act.concept.notation)) {
        found.push("<a href=\"#acts\">types of acts</a>".to_owned());
    }
    let covered = |value: &String| {
        let in_scheme = |s: &super::schemes::Scheme| {
            s.values.iter().all(|v| listed.contains(&v.notation)) && s.values.iter().any(|v| v.notation == *value)
        };
        vocabulary.schemes.iter().any(in_scheme) || vocabulary.acts.iter().any(|act| act.concept.notation == *value)
    };
    let others = listed.iter().filter(|value| !covered(value)).map(|value| format!("<code>{}</code>", escape(value)));
    found.extend(others);
    found.join(", ")
}

/// Writes the card of a property.
pub(super) fn write_property(out: &mut dyn Write, vocabulary: &Vocabulary, property: &Term) -> io::Result<()> {
    write_meaning(out, property)?;
    let all = |names: &[String]| links(vocabulary, names.iter().map(String::as_str));
    let below =
        vocabulary.properties().filter(|other| other.above.contains(&property.name)).map(|other| other.name.as_str());
    write_rows(
        out,
        &[
            ("of", all(&property.domains)),
            ("values", all(&property.ranges)),
            ("kind of", all(&property.above)),
            ("kinds", links(vocabulary, below)),
            ("near to", all(&property.near)),
            ("both ways", if property.symmetric { "yes: symmetric".to_owned() } else { String::new() }),
            ("in graphs", graphs(property)),
        ],
    )?;
    writeln!(out, "</article>")
}

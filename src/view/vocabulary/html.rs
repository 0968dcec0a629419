//! The page: head, overview, contents, then section by section.

use super::cards::{link, links, write_class, write_property};
use super::schemes::{Act, Scheme, Sector};
use super::{Vocabulary, diagram};
use crate::view::export::escape;
use crate::view::words::number_of;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// The named graphs, with what each holds and how long.
const GRAPHS: [(&str, &str, &str); 7] = [
    (
        "article",
        "graph/article/<hash>",
        "The article's metadata and its claims: what one rule saw in one sentence. Replaced or dropped whole.",
    ),
    (
        "events",
        "graph/events",
        "Events with parties, dates, statuses and sectors. Rebuilt from the claims and from what people decided.",
    ),
    (
        "ties",
        "graph/ties",
        "Direct triples for simple questions. Rebuilt from the events; what is planned, denied or cancelled makes no tie.",
    ),
    (
        "reference",
        "graph/reference",
        "Countries, organizations, leaders and their terms of office, sectors, types of acts, this ontology.",
    ),
    ("runs", "graph/runs", "Which version of the program read articles with which knowledge. Only ever added to."),
    (
        "curation",
        "graph/curation",
        "What people decided: merges, splits, rejections, names, facts of their own. Never dropped by a rebuild.",
    ),
    ("store", "graph/store", "What the store says of itself: its format, and what waits to be rebuilt."),
];

/// Writes the page.
///
/// # Errors
/// What `out` reports.
pub fn write_html(out: &mut dyn Write, vocabulary: &Vocabulary) -> io::Result<()> {
    let title = escape(&vocabulary.title);
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"description\" content=\"{}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#overview\">Skip to the overview</a>",
        escape(&vocabulary.description)
    )?;
    write_head(out, vocabulary)?;
    write_contents(out, vocabulary)?;
    writeln!(out, "<main>")?;
    write_overview(out, vocabulary)?;
    writeln!(out, "<section id=\"classes\">\n<h2>Classes</h2>")?;
    for class in vocabulary.classes() {
        write_class(out, vocabulary, class)?;
    }
    writeln!(out, "</section>\n<section id=\"properties\">\n<h2>Properties</h2>")?;
    let mut properties: Vec<_> = vocabulary.properties().collect();
    properties.sort_by_key(|property| property.local().to_lowercase());
    for property in properties {
        write_property(out, vocabulary, property)?;
    }
    writeln!(out, "</section>")?;
    write_acts(out, &vocabulary.acts)?;
    write_sectors(out, &vocabulary.sectors)?;
    write_schemes(out, &vocabulary.schemes)?;
    write_prefixes(out, vocabulary)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn write_head(out: &mut dyn Write, vocabulary: &Vocabulary) -> io::Result<()> {
    let licences: Vec<String> =
        vocabulary.licences.iter().map(|l| named_link(l, l.rsplit('/').next().unwrap_or(l))).collect();
    let (classes, properties) = (vocabulary.classes().count(), vocabulary.properties().count());
    writeln!(
        out,
        "<header>\n<p class=\"kicker\">Ontology · version {}</p>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<dl class=\"facts\">\n\
         <div><dt>IRI</dt><dd><code>{}</code></dd></div>\n<div><dt>Prefix</dt><dd><code>ent:</code></dd></div>\n\
         <div><dt>Licence</dt><dd>{}</dd></div>\n<div><dt>Terms</dt><dd>{classes} classes, {properties} properties</dd></div>\n\
         </dl>\n</header>",
        escape(&vocabulary.version),
        escape(&vocabulary.title),
        escape(&vocabulary.description),
        escape(&vocabulary.iri),
        licences.join(" or "),
    )
}

fn named_link(iri: &str, name: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(iri), escape(name))
}

fn write_contents(out: &mut dyn Write, vocabulary: &Vocabulary) -> io::Result<()> {
    writeln!(out, "<nav aria-label=\"Contents\">")?;
    let mut properties: Vec<_> = vocabulary.properties().map(|p| p.local()).collect();
    properties.sort_by_key(|name| name.to_lowercase());
    let classes: Vec<_> = vocabulary.classes().map(|c| c.local()).collect();
    for (id, title, names) in [
        ("overview", "Overview", Vec::new()),
        ("classes", "Classes", classes),
        ("properties", "Properties", properties),
        ("acts", "Acts", Vec::new()),
        ("sectors", "Sectors", Vec::new()),
        ("values", "Closed vocabularies", Vec::new()),
        ("prefixes", "Prefixes", Vec::new()),
    ] {
        if names.is_empty() {
            writeln!(out, "<p class=\"to\"><a href=\"#{id}\">{title}</a></p>")?;
            continue;
        }
        let open = if id == "classes" { " open" } else { "" };
        writeln!(out, "<details{open}><summary>{title} <span>{}</span></summary>\n<ul>", names.len())?;
        for name in names {
            writeln!(out, "<li><a href=\"#{name}\">{name}</a></li>")?;
        }
        writeln!(out, "</ul></details>")?;
    }
    writeln!(out, "</nav>")
}

fn write_overview(out: &mut dyn Write, vocabulary: &Vocabulary) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"overview\">\n<h2>Overview</h2>\n<p><b>Claims</b> (what one rule saw in one sentence) assert <b>events</b> \
         (what happened, once, however many articles report it); events that came about make <b>ties</b>. Each kind of thing \
         stands in a named graph of its own, and no triple stands in two.</p>\n<figure>\n<div class=\"wide\">\n{}</div>\n\
         <figcaption>Classes in their named graphs, and the properties that join them; a hollow arrow means “is a kind of”. \
         Names lead to what they mean.</figcaption>\n</figure>",
        diagram::draw(vocabulary)
    )?;
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<caption>Named graphs, under <code>https://w3id.org/entente/</code></caption>\n<thead><tr>\
         <th scope=\"col\">graph</th><th scope=\"col\">holds</th></tr></thead>\n<tbody>"
    )?;
    for (id, name, holds) in GRAPHS {
        writeln!(
            out,
            "<tr id=\"graph-{id}\"><th scope=\"row\"><code class=\"of-{id}\">{}</code></th><td>{}</td></tr>",
            escape(name),
            escape(holds)
        )?;
    }
    writeln!(
        out,
        "</tbody>\n</table></div>\n<p>A class's table of properties is what SHACL asks of its things \
         (<code>entente ontology --format shapes</code>); <code>entente check</code> and other SHACL engines check it.</p>\n</section>"
    )
}

/// The bar of a score from -10 to 10: its beginning and width in percent, and its side.
fn bar(score: &str) -> String {
    let value: f64 = score.parse().unwrap_or_default();
    let (begin, side) = if value < 0.0 { (50.0 + value * 5.0, "conflict") } else { (50.0, "cooperation") };
    format!("<span class=\"bar {side}\" style=\"--at:{begin}%;--w:{}%\"></span>", value.abs() * 5.0)
}

fn write_acts(out: &mut dyn Write, acts: &[Act]) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"acts\">\n<h2>Acts</h2>\n<p>The sixteen types of \
         <a href=\"https://github.com/openeventdata/PLOVER\">PLOVER</a>: who did what to whom. The score runs from −10 (conflict) \
         to 10 (cooperation).</p>\n<div class=\"wide\"><table class=\"acts\">\n<thead><tr><th scope=\"col\">type</th>\
         <th scope=\"col\">means</th><th scope=\"col\">quad class</th><th scope=\"col\">score</th><th scope=\"col\">CAMEO</th></tr>\
         </thead>\n<tbody>"
    )?;
    for act in acts {
        let narrower = match act.narrower.len() {
            0 => String::new(),
            _ => format!("<p class=\"narrower\">Among them: {}.</p>", escape(&act.narrower.join("; ").to_lowercase())),
        };
        writeln!(
            out,
            "<tr id=\"act-{code}\"><th scope=\"row\"><code>{code}</code></th><td>{}<p class=\"example\">{}</p>{narrower}</td>\
             <td class=\"quad\"><span class=\"{side}\">{}</span></td><td class=\"score\">{}{}</td><td class=\"cameo\">{}</td></tr>",
            escape(&act.concept.definition),
            escape(&act.concept.example),
            escape(&act.quad_class.replace('-', " ")),
            bar(&act.score),
            escape(&act.score.replace('-', "−")),
            escape(&act.cameo.join(" ")),
            code = escape(&act.concept.notation),
            side = if act.quad_class.ends_with("conflict") { "conflict" } else { "cooperation" },
        )?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</section>")
}

fn write_sectors(out: &mut dyn Write, sectors: &[Sector]) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"sectors\">\n<h2>Sectors</h2>\n<p>Fields of policy in which parties make agreements: {} and what is \
         narrower, each with the words and phrases that signal it in a text.</p>\n<ul class=\"tree\">",
        number_of(sectors.len(), "field")
    )?;
    for sector in sectors {
        let concept = &sector.concept;
        writeln!(
            out,
            "<li id=\"sector-{slug}\"><h3>{} <code>{slug}</code></h3><p>{}</p><p class=\"example\">{}</p>",
            escape(&concept.label),
            escape(&concept.definition),
            escape(&concept.example),
            slug = escape(&concept.notation),
        )?;
        if !sector.narrower.is_empty() {
            let items: String = sector.narrower.iter().map(|n| format!("<li>{}</li>", escape(n))).collect();
            writeln!(out, "<ul>{items}</ul>")?;
        }
        writeln!(out, "<p class=\"signals\">{}</p></li>", number_of(sector.signals, "signal"))?;
    }
    writeln!(out, "</ul>\n</section>")
}

fn write_schemes(out: &mut dyn Write, schemes: &[Scheme]) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"values\">\n<h2>Closed vocabularies</h2>\n<p>The values of types, statuses, offices, date bases and quad \
         classes. In the graph each is a plain string, the <code>skos:notation</code> of a concept.</p>"
    )?;
    for scheme in schemes {
        writeln!(
            out,
            "<div class=\"wide\"><table id=\"values-{}\">\n<caption>{} <span>{}</span></caption>\n<thead><tr><th scope=\"col\">value</th>\
             <th scope=\"col\">means</th><th scope=\"col\">for example</th></tr></thead>\n<tbody>",
            escape(&scheme.id),
            escape(&scheme.label),
            escape(&scheme.definition)
        )?;
        for value in &scheme.values {
            writeln!(
                out,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"example\">{}</td></tr>",
                escape(&value.notation),
                escape(&value.definition),
                escape(&value.example)
            )?;
        }
        writeln!(out, "</tbody>\n</table></div>")?;
    }
    writeln!(out, "</section>")
}

fn write_prefixes(out: &mut dyn Write, vocabulary: &Vocabulary) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"prefixes\">\n<h2>Prefixes</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">prefix</th>\
         <th scope=\"col\">namespace</th><th scope=\"col\">aligned terms</th></tr></thead>\n<tbody>"
    )?;
    for (prefix, namespace) in &vocabulary.prefixes {
        let head = format!("{prefix}:");
        let mut aligned: Vec<&String> = vocabulary
            .terms
            .iter()
            .flat_map(|term| term.above.iter().chain(&term.near))
            .filter(|name| prefix != "ent" && name.starts_with(&head))
            .collect();
        aligned.sort();
        aligned.dedup();
        writeln!(
            out,
            "<tr><th scope=\"row\"><code>{prefix}:</code></th><td><code class=\"long\">{}</code></td><td>{}</td></tr>",
            escape(namespace),
            links(vocabulary, aligned.iter().map(|name| name.as_str()))
        )?;
    }
    writeln!(out, "</tbody>\n</table></div>\n<p>{} is the ontology's own.</p>\n</section>", link(vocabulary, "ent:"))
}

//! A network → Graphviz. The file lays itself out with `dot -Tsvg` (it asks for `neato`), and carries names, colors, widths,
//! labels and tooltips.

use crate::view::network::{Link, Network, Node, NodeKind};
use crate::view::picture::{line, line_width, region_fill};
use crate::view::words::Tone;
use petgraph::visit::EdgeRef;
use std::io::{self, Write};

/// Nodes beyond which the file asks for the layout that is made for many, and for straight edges.
const MANY: usize = 120;
/// Edges beyond which labels shorten, and only those of three events or more have one.
const CROWD: usize = 60;

/// Writes the network.
///
/// # Errors
/// What `out` reports.
pub fn write_dot(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let directed = network.directed();
    let (layout, splines) = if network.graph.node_count() > MANY { ("sfdp", "line") } else { ("neato", "true") };
    let title = format!("{}\n{}", network.caption.title, network.caption.line());
    writeln!(out, "{} entente {{", if directed { "digraph" } else { "graph" })?;
    writeln!(
        out,
        "  graph [layout={layout}, overlap=prism, overlap_scaling=4, sep=\"+12\", splines={splines}, outputorder=edgesfirst,"
    )?;
    writeln!(
        out,
        "    bgcolor=white, fontname=\"Helvetica\", fontsize=18, labelloc=t, labeljust=l, label={}]",
        label(&title)
    )?;
    writeln!(
        out,
        "  node [style=filled, fontname=\"Helvetica\", fontsize=12, color=\"#39414f\", margin=\"0.08,0.04\"]"
    )?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=9, len=2.2]")?;
    for node in network.graph.node_weights() {
        writeln!(out, "  {} [{}]", quoted(&node.id), node_attributes(node))?;
    }
    let crowded = network.graph.edge_count() > CROWD;
    let arrow = if directed { "->" } else { "--" };
    for edge in network.graph.edge_references() {
        let [from, to] = [edge.source(), edge.target()].map(|n| quoted(&network.graph[n].id));
        writeln!(out, "  {from} {arrow} {to} [{}]", edge_attributes(edge.weight(), crowded))?;
    }
    writeln!(out, "}}")
}

fn node_attributes(node: &Node) -> String {
    let label = label(&node.label);
    let class = node.class();
    match &node.kind {
        NodeKind::Party(party) => {
            let shape = if party.country { "ellipse" } else { "box" };
            let size = 12.0 + (node.weighted_degree as f64).sqrt().min(8.0);
            let fill = region_fill(node);
            format!("label={label}, class={class}, shape={shape}, fillcolor=\"{fill}\", fontsize={size:.1}")
        }
        NodeKind::Leader(_) => format!("label={label}, class={class}, shape=hexagon, fillcolor=white, fontsize=10"),
        NodeKind::Event(event) => {
            let color = line(Tone::of(&event.quad_class));
            format!("label={label}, class={class}, shape=box, fillcolor=white, color=\"{color}\", fontsize=10")
        }
    }
}

fn edge_attributes(link: &Link, crowded: bool) -> String {
    let tone = match link {
        Link::Tie(tie) => tie.tone,
        Link::Dyad(total) if total.conflict > total.cooperation => Tone::Conflict,
        Link::Dyad(_) => Tone::Cooperation,
        Link::Role(role) => return format!("tooltip={}, color=\"#9aa3b2\", arrowhead=none", quoted(role)),
    };
    let text = label(&link.label().replace(", ", "\n"));
    let label = match (crowded, link.weight()) {
        (true, ..3) => String::new(),
        (true, _) => format!("label={}, ", quoted(&shortened(&link.label()))),
        (false, _) => format!("label={text}, "),
    };
    let (color, width) = (line(tone), line_width(link.weight()));
    let style = if tone == Tone::Conflict { "dashed" } else { "solid" };
    let head = match link {
        Link::Tie(tie) if tone == Tone::Conflict => match (tie.forward > 0, tie.backward > 0) {
            (true, true) => ", dir=both",
            (true, false) => ", dir=forward",
            (false, true) => ", dir=back",
            (false, false) => "",
        },
        _ => "",
    };
    format!(
        "{label}tooltip={text}, class={}, weight={}, color=\"{color}\", fontcolor=\"{color}\", style={style}, penwidth={width:.1}{head}",
        tone.as_str(),
        link.weight()
    )
}

/// The first part of a list; how many more there are.
fn shortened(list: &str) -> String {
    match list.split_once(", ") {
        Some((first, rest)) => format!("{first} …+{}", rest.split(", ").count()),
        None => list.to_owned(),
    }
}

/// A quoted label. Graphviz takes `&lt;` in one for `<`, but an ampersand that begins no entity as it is.
fn label(text: &str) -> String {
    let entity = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        end > 0 && rest.get(end..).is_some_and(|r| r.starts_with(';'))
    };
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(if entity(part) { "&amp;" } else { "&" });
        out.push_str(part);
    }
    quoted(&out)
}

/// A quoted string of the DOT language; line breaks become `\n`.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_are_cut_in_a_crowd() {
        assert_eq!(shortened("3 visits, 2 calls, 1 threat"), "3 visits …+2");
        assert_eq!(shortened("3 visits"), "3 visits");
    }

    #[test]
    fn what_looks_like_an_entity_is_none() {
        assert_eq!(label("A & B &lt; C &; &#38;"), "\"A & B &amp;lt; C &; &amp;#38;\"");
    }

    #[test]
    fn quotes_cannot_break_out() {
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c\\nd\"");
    }
}

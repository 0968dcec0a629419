//! A plan → SVG. Everything has a tooltip (`<title>`); text stays text, so that it can be searched and read aloud.

use super::Positions;
use super::geometry::{Curve, Point, Rect, at};
use super::legend;
use super::palette::{FAINT, INK, NEUTRAL, OUTLINE, PAPER, ink, line, line_width, region_fill};
use super::plan::{LABEL, LABEL_LINE, Plan, plan};
use crate::view::export::escape;
use crate::view::network::{Link, Network, Node, NodeKind, Tie};
use crate::view::words::{self, Tone};
use petgraph::visit::EdgeRef;
use std::io::{self, Write};

pub(super) const MARGIN: f64 = 32.0;
const HEAD: f64 = 74.0;
const MIN_WIDTH: f64 = 640.0;

/// Writes the picture; where nodes stand is decided here if no positions are given.
///
/// # Errors
/// What `out` reports.
pub fn write_svg(out: &mut dyn Write, network: &Network, positions: Option<&Positions>) -> io::Result<()> {
    let plan = plan(network, positions);
    let frame = plan.frame;
    let title_width = super::geometry::text_width(&network.caption.line(), 13.0);
    let width = (frame.width().max(title_width) + 2.0 * MARGIN).max(MIN_WIDTH);
    let legend = legend::draw(network, &plan, width - 2.0 * MARGIN);
    let body = frame.height().max(24.0);
    let height = HEAD + body + MARGIN + legend.height + MARGIN;
    let shift = at((width - frame.width()) / 2.0 - frame.low.x, HEAD - frame.low.y);
    let (title, line) = (escape(&network.caption.title), escape(&network.caption.line()));
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">"#
    )?;
    writeln!(out, "<title>{title}</title>\n<desc>{line}</desc>")?;
    writeln!(out, r#"<rect width="100%" height="100%" fill="{PAPER}"/>"#)?;
    writeln!(out, r#"<text x="{MARGIN}" y="40" font-size="22" font-weight="bold" fill="{INK}">{title}</text>"#)?;
    writeln!(out, r#"<text x="{MARGIN}" y="60" font-size="13" fill="{FAINT}">{line}</text>"#)?;
    writeln!(out, r#"<g transform="translate({:.1} {:.1})">"#, shift.x, shift.y)?;
    edges(out, network, &plan)?;
    nodes(out, network, &plan)?;
    labels(out, network, &plan)?;
    writeln!(out, "</g>")?;
    if network.graph.node_count() == 0 {
        writeln!(out, r#"<text x="{MARGIN}" y="{HEAD}" font-size="14" fill="{INK}">Nothing matched.</text>"#)?;
    }
    writeln!(out, r#"<g transform="translate({MARGIN} {:.1})">"#, HEAD + body + MARGIN)?;
    out.write_all(legend.svg.as_bytes())?;
    writeln!(out, "</g>\n</svg>")
}

fn edges(out: &mut dyn Write, network: &Network, plan: &Plan) -> io::Result<()> {
    // Thin lines last, so that they are seen where they cross wide ones.
    let mut order: Vec<_> = network.graph.edge_references().enumerate().collect();
    order.sort_by_key(|(at, edge)| (usize::MAX - edge.weight().weight(), *at));
    writeln!(out, r#"<g fill="none" stroke-linecap="round">"#)?;
    for (at, edge) in order {
        let Some(curve) = plan.curves.get(at) else { continue };
        let ends = [edge.source(), edge.target()];
        let [from, to] = ends.map(|n| plan.radii.get(n.index()).copied().unwrap_or_default() + 2.0);
        let names = ends.map(|n| network.graph[n].label.as_str());
        let stroke = Stroke::of(edge.weight());
        let arrows = match edge.weight() {
            Link::Tie(tie) if tie.tone == Tone::Conflict => (tie.backward > 0, tie.forward > 0),
            _ => (false, false),
        };
        writeln!(out, "<g><title>{}</title>", escape(&tooltip(edge.weight(), names)))?;
        stroke.draw(out, curve.shortened(from, to), arrows)?;
        writeln!(out, "</g>")?;
    }
    writeln!(out, "</g>")
}

/// How a line looks.
pub(super) struct Stroke {
    color: &'static str,
    width: f64,
    dashed: bool,
}

impl Stroke {
    pub(super) fn of(link: &Link) -> Self {
        match link {
            Link::Tie(tie) => Self::tone(tie.tone, tie.events.len()),
            Link::Dyad(total) if total.conflict > total.cooperation => Self::tone(Tone::Conflict, link.weight()),
            Link::Dyad(_) => Self::tone(Tone::Cooperation, link.weight()),
            Link::Role(_) => Self { color: NEUTRAL, width: 1.0, dashed: false },
        }
    }

    pub(super) fn tone(tone: Tone, events: usize) -> Self {
        Self { color: line(tone), width: line_width(events), dashed: tone == Tone::Conflict }
    }

    /// Draws the curve, with arrowheads at its begin and end.
    pub(super) fn draw(&self, out: &mut dyn Write, curve: Curve, (begin, end): (bool, bool)) -> io::Result<()> {
        let (color, width) = (self.color, self.width);
        let head = 7.0 + 1.4 * width;
        let inner = curve.shortened(if begin { head } else { 0.0 }, if end { head } else { 0.0 });
        // Gaps as wide as the line, at least; round ends would fill narrower ones.
        let dash = format!(r#" stroke-dasharray="{:.1} {:.1}" stroke-linecap="butt""#, 5.0 + width, 3.0 + 0.6 * width);
        let dash = if self.dashed { dash } else { String::new() };
        let Curve { from, control, to } = inner;
        writeln!(
            out,
            r#"<path d="M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}" stroke="{color}" stroke-width="{width:.1}" stroke-opacity="0.82"{dash}/>"#,
            from.x, from.y, control.x, control.y, to.x, to.y
        )?;
        for (tip, drawn) in [(curve.from, begin), (curve.to, end)] {
            if drawn {
                arrowhead(out, tip, (tip - curve.control).unit(), head, color)?;
            }
        }
        Ok(())
    }
}

fn arrowhead(out: &mut dyn Write, tip: Point, along: Point, size: f64, color: &str) -> io::Result<()> {
    let base = tip - along * (size + 0.5);
    let [left, right] = [0.42, -0.42].map(|side| base + along.normal() * (side * size));
    writeln!(
        out,
        r#"<path d="M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z" fill="{color}"/>"#,
        tip.x, tip.y, left.x, left.y, right.x, right.y
    )
}

fn nodes(out: &mut dyn Write, network: &Network, plan: &Plan) -> io::Result<()> {
    let sizes = plan.radii.iter().zip(&plan.sizes);
    for ((node, middle), (radius, size)) in network.graph.node_weights().zip(&plan.middles).zip(sizes) {
        writeln!(out, "<g><title>{}</title>", escape(&node_tooltip(node)))?;
        mark(out, node, *middle, *radius)?;
        let weight = if matches!(node.kind, NodeKind::Party(_)) { "600" } else { "400" };
        writeln!(
            out,
            r#"<text x="{:.1}" y="{:.1}" font-size="{size:.1}" font-weight="{weight}" text-anchor="middle" fill="{INK}" stroke="{PAPER}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">{}</text>"#,
            middle.x,
            middle.y + radius + 3.0 + size * 0.95,
            escape(&node.label)
        )?;
        writeln!(out, "</g>")?;
    }
    Ok(())
}

/// A circle for a country, a rounded square for an organization, a diamond for a leader, a dot for an event.
fn mark(out: &mut dyn Write, node: &Node, Point { x, y }: Point, r: f64) -> io::Result<()> {
    let fill = region_fill(node);
    match &node.kind {
        NodeKind::Party(party) if party.country => {
            writeln!(
                out,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="{fill}" stroke="{OUTLINE}" stroke-width="1.2"/>"#
            )
        }
        NodeKind::Party(_) => {
            let (corner, side) = (at(x - 0.9 * r, y - 0.9 * r), 1.8 * r);
            writeln!(
                out,
                r#"<rect x="{:.1}" y="{:.1}" width="{side:.1}" height="{side:.1}" rx="4" fill="{fill}" stroke="{OUTLINE}" stroke-width="1.2"/>"#,
                corner.x, corner.y
            )
        }
        NodeKind::Leader(_) => writeln!(
            out,
            r#"<path d="M{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}Z" fill="{PAPER}" stroke="{OUTLINE}" stroke-width="1.2"/>"#,
            y - r,
            x + r,
            y + r,
            x - r
        ),
        NodeKind::Event(event) => {
            let color = line(Tone::of(&event.quad_class));
            writeln!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="{color}"/>"#)
        }
    }
}

fn labels(out: &mut dyn Write, network: &Network, plan: &Plan) -> io::Result<()> {
    writeln!(out, r#"<g font-size="{LABEL}" text-anchor="middle">"#)?;
    for (link, label) in network.graph.edge_weights().zip(&plan.labels) {
        let Some((lines, rect)) = label else { continue };
        let color = match link {
            Link::Tie(Tie { tone, .. }) => ink(*tone),
            _ => INK,
        };
        let Rect { low, .. } = *rect;
        writeln!(
            out,
            r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="3" fill="{PAPER}" fill-opacity="0.92"/>"#,
            low.x,
            low.y,
            rect.width(),
            rect.height()
        )?;
        for (row, text) in lines.iter().enumerate() {
            let y = low.y + LABEL_LINE * (row as f64 + 0.82);
            writeln!(out, r#"<text x="{:.1}" y="{y:.1}" fill="{color}">{}</text>"#, rect.middle().x, escape(text))?;
        }
    }
    writeln!(out, "</g>")
}

fn tooltip(link: &Link, [from, to]: [&str; 2]) -> String {
    let years = |first: Option<chrono::NaiveDate>, last: Option<chrono::NaiveDate>| match (first, last) {
        (Some(first), Some(last)) => format!("\n{} – {}", words::day(first), words::day(last)),
        _ => String::new(),
    };
    let articles = |n: usize| words::number_of(n, "article");
    match link {
        Link::Tie(t) => {
            let (tone, when) = (t.tone.as_str(), years(t.first, t.last));
            format!("{from} – {to}, {tone}: {}{when}\n{}", t.label(), articles(t.articles.len()))
        }
        Link::Dyad(t) => {
            format!("{from} – {to}: {}{}\n{}", link.label(), years(t.first, t.last), articles(t.articles.len()))
        }
        Link::Role(role) => format!("{from}: {to} ({role})"),
    }
}

fn node_tooltip(node: &Node) -> String {
    let NodeKind::Event(event) = &node.kind else {
        return format!("{} ({}): {}", node.label, node.id, words::number_of(node.weighted_degree, "event"));
    };
    let topic = event.topic.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
    let status = event.status.as_ref().map(|s| format!(", {s}")).unwrap_or_default();
    format!("{}{topic}{status}, {}", words::type_title(&event.event_type), words::date(event.date.as_deref()))
}

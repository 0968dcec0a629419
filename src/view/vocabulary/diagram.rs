//! The overview: classes in the named graphs where they stand, and the properties that join them. Where boxes stand is
//! written down here; a test holds every line against the domains and ranges of the ontology. Units are pixels.

use super::Vocabulary;
use crate::view::export::escape;
use std::fmt::Write;

const WIDTH: f64 = 1140.0;
const HEIGHT: f64 = 668.0;
const BOX: (f64, f64) = (134.0, 42.0);

/// A named graph: its name, what it holds, where a region of it stands (x, y, width, height), and the height of its title.
pub(super) const REGIONS: [(&str, &str, [f64; 4], f64); 7] = [
    ("article", "what each article says", [14.0, 14.0, 246.0, 330.0], 37.0),
    ("events", "what happened, once", [292.0, 14.0, 502.0, 330.0], 37.0),
    ("ties", "what joins two parties, counted", [826.0, 14.0, 300.0, 158.0], 37.0),
    ("events", "", [826.0, 194.0, 300.0, 150.0], 332.0),
    ("runs", "what the program did", [14.0, 366.0, 246.0, 84.0], 438.0),
    ("curation", "what people decided", [14.0, 472.0, 246.0, 186.0], 495.0),
    ("reference", "who and what there is", [292.0, 376.0, 834.0, 282.0], 644.0),
];

/// A class: its name, the graph of its region, the corner of its box.
pub(super) const BOXES: [(&str, &str, f64, f64); 21] = [
    ("ent:Article", "article", 70.0, 72.0),
    ("ent:Claim", "article", 70.0, 172.0),
    ("ent:Appearance", "article", 70.0, 276.0),
    ("ent:Step", "events", 318.0, 60.0),
    ("ent:Event", "events", 566.0, 98.0),
    ("ent:Agreement", "events", 318.0, 246.0),
    ("ent:Encounter", "events", 484.0, 246.0),
    ("ent:Act", "events", 640.0, 246.0),
    ("ent:Tie", "ties", 908.0, 72.0),
    ("ent:Dyad", "events", 908.0, 258.0),
    ("ent:Decision", "curation", 28.0, 506.0),
    ("ent:Mark", "curation", 112.0, 559.0),
    ("ent:Assertion", "curation", 28.0, 612.0),
    ("ent:Run", "runs", 112.0, 376.0),
    ("ent:Sector", "reference", 318.0, 436.0),
    ("ent:Leader", "reference", 484.0, 436.0),
    ("ent:ActType", "reference", 640.0, 436.0),
    ("ent:Party", "reference", 908.0, 436.0),
    ("org:Membership", "reference", 484.0, 574.0),
    ("ent:Country", "reference", 800.0, 574.0),
    ("ent:Organization", "reference", 980.0, 574.0),
];

/// A line: properties (`a` is "is a kind of"), from, to, how far its middle is pushed aside, and where its label stands,
/// as a share of the way and an offset.
struct Line(&'static str, &'static str, &'static str, (f64, f64), (f64, f64, f64));

/// Lines between boxes.
const LINES: [Line; 28] = [
    Line("oa:hasSource", "ent:Claim", "ent:Article", (0.0, 0.0), (0.5, 44.0, 4.0)),
    Line("ent:run", "ent:Article", "ent:Run", (-226.0, 14.0), (0.8, 22.0, 0.0)),
    Line("ent:asserts", "ent:Claim", "ent:Event", (0.0, 12.0), (0.4, 0.0, -6.0)),
    Line("ent:reportedIn", "ent:Event", "ent:Article", (0.0, 26.0), (0.6, 0.0, -6.0)),
    Line("ent:appears", "ent:Appearance", "ent:Leader", (40.0, -36.0), (0.24, 4.0, -6.0)),
    Line("ent:step", "ent:Event", "ent:Step", (0.0, -16.0), (0.5, 0.0, -6.0)),
    Line("ent:toldIn", "ent:Step", "ent:Article", (0.0, -8.0), (0.5, 0.0, -5.0)),
    Line("a", "ent:Agreement", "ent:Event", (0.0, 0.0), (0.5, 0.0, 0.0)),
    Line("a", "ent:Encounter", "ent:Event", (0.0, 0.0), (0.5, 0.0, 0.0)),
    Line("a", "ent:Act", "ent:Event", (0.0, 0.0), (0.5, 0.0, 0.0)),
    Line("ent:produced", "ent:Encounter", "ent:Agreement", (0.0, 56.0), (0.5, 0.0, 12.0)),
    Line("ent:sector", "ent:Agreement", "ent:Sector", (0.0, 0.0), (0.8, -22.0, 4.0)),
    Line("ent:participant", "ent:Encounter", "ent:Leader", (0.0, 0.0), (0.5, 38.0, 4.0)),
    Line("ent:actType", "ent:Act", "ent:ActType", (0.0, 0.0), (0.5, 30.0, 4.0)),
    Line("ent:party", "ent:Event", "ent:Party", (70.0, -40.0), (0.8, -24.0, 4.0)),
    Line("ent:dyad", "ent:Event", "ent:Dyad", (0.0, 0.0), (0.44, 20.0, -4.0)),
    Line("ent:basedOn", "ent:Tie", "ent:Event", (0.0, -14.0), (0.5, 0.0, -6.0)),
    Line("ent:tie", "ent:Dyad", "ent:Tie", (0.0, 0.0), (0.5, 16.0, 4.0)),
    Line("ent:from ent:to", "ent:Tie", "ent:Party", (190.0, 0.0), (0.5, 0.0, 0.0)),
    Line("ent:member", "ent:Dyad", "ent:Party", (0.0, 0.0), (0.62, 30.0, 4.0)),
    Line("ent:represents", "ent:Leader", "ent:Party", (0.0, 66.0), (0.55, 0.0, -6.0)),
    Line("a", "ent:Country", "ent:Party", (0.0, 0.0), (0.5, 0.0, 0.0)),
    Line("a", "ent:Organization", "ent:Party", (0.0, 0.0), (0.5, 0.0, 0.0)),
    Line("ent:memberOf", "ent:Country", "ent:Organization", (0.0, 58.0), (0.5, 0.0, -5.0)),
    Line("org:member", "org:Membership", "ent:Leader", (0.0, 0.0), (0.5, 42.0, 4.0)),
    Line("org:organization", "org:Membership", "ent:Party", (0.0, 30.0), (0.36, 0.0, 16.0)),
    Line("ent:keeps ent:target", "ent:Decision", "ent:Mark", (0.0, 0.0), (0.5, 66.0, -1.0)),
    Line("ent:gives", "ent:Decision", "ent:Assertion", (-34.0, 0.0), (0.5, -20.0, 4.0)),
];

/// The properties of each line with its ends, for the test.
#[cfg(test)]
pub(super) fn joins() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    LINES.iter().flat_map(|line| line.0.split(' ').map(|property| (property, line.1, line.2)))
}

type Point = (f64, f64);

/// The corner of a class's box.
fn corner(class: &str) -> Point {
    BOXES.iter().find(|(name, ..)| *name == class).map_or((0.0, 0.0), |(_, _, x, y)| (*x, *y))
}

fn middle(class: &str) -> Point {
    let (x, y) = corner(class);
    (x + BOX.0 / 2.0, y + BOX.1 / 2.0)
}

/// Where the way from the middle of a box towards a point leaves the box.
fn border(class: &str, towards: Point) -> Point {
    let (x, y) = middle(class);
    let (dx, dy) = (towards.0 - x, towards.1 - y);
    let share = |room: f64, way: f64| if way.abs() < 1e-9 { f64::INFINITY } else { room / way.abs() };
    let at = share(BOX.0 / 2.0, dx).min(share(BOX.1 / 2.0, dy)).min(1.0);
    (x + dx * at, y + dy * at)
}

/// The point of a quadratic curve.
fn along(from: Point, control: Point, to: Point, t: f64) -> Point {
    let at = |a: f64, b: f64, c: f64| (1.0 - t).powi(2) * a + 2.0 * (1.0 - t) * t * b + t * t * c;
    (at(from.0, control.0, to.0), at(from.1, control.1, to.1))
}

/// The picture, as SVG to stand in the page, whose styles it uses.
pub(super) fn draw(vocabulary: &Vocabulary) -> String {
    let mut svg = format!(
        "<svg class=\"overview\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"overview-title overview-text\">\n\
         <title id=\"overview-title\">Overview of the ontology</title>\n\
         <desc id=\"overview-text\">{}</desc>\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path class=\"tip\" d=\"M0 0L10 5L0 10z\"/></marker><marker id=\"kind\" viewBox=\"0 0 12 12\" refX=\"11\" refY=\"6\" \
         markerWidth=\"10\" markerHeight=\"10\" orient=\"auto\"><path class=\"kind\" d=\"M1 1L11 6L1 11z\"/></marker></defs>\n",
        escape(&told())
    );
    for (graph, holds, [x, y, width, height], title) in REGIONS {
        let _ = writeln!(
            svg,
            "<g class=\"region of-{graph}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>\
             <text x=\"{}\" y=\"{title}\"><tspan class=\"graph\">{graph}</tspan> {holds}</text></g>",
            x + 14.0
        );
    }
    for line in &LINES {
        svg.push_str(&path(line));
    }
    for line in LINES.iter().filter(|line| line.0 != "a") {
        svg.push_str(&label(line));
    }
    for (class, graph, x, y) in BOXES {
        svg.push_str(&class_box(vocabulary, class, graph, (x, y)));
    }
    svg.push_str("</svg>\n");
    svg
}

/// The picture in words, for those who do not see it.
fn told() -> String {
    let ours = |name: &str| name.trim_start_matches("ent:").to_owned();
    let sentences = LINES.iter().map(|Line(properties, from, to, ..)| match *properties {
        "a" => format!("{} is a kind of {}.", ours(from), ours(to)),
        properties => format!("{} {} {}.", ours(from), properties.replace("ent:", "").replace(' ', " or "), ours(to)),
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn ends(line: &Line) -> (Point, Point, Point) {
    let Line(_, from, to, push, _) = line;
    let (a, b) = (middle(from), middle(to));
    let control = ((a.0 + b.0) / 2.0 + push.0, (a.1 + b.1) / 2.0 + push.1);
    (border(from, control), control, border(to, control))
}

fn path(line: &Line) -> String {
    let (from, control, to) = ends(line);
    let (class, marker) = if line.0 == "a" { ("line is-a", "kind") } else { ("line", "tip") };
    format!(
        "<path class=\"{class}\" d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\" marker-end=\"url(#{marker})\"/>\n",
        from.0, from.1, control.0, control.1, to.0, to.1
    )
}

fn label(line: &Line) -> String {
    let Line(properties, .., (share, dx, dy)) = line;
    let (from, control, to) = ends(line);
    let (x, y) = along(from, control, to, *share);
    let words = properties.split(' ').map(|property| match property.strip_prefix("ent:") {
        Some(local) => format!("<a href=\"#{local}\">{local}</a>"),
        None => escape(property),
    });
    let words = words.collect::<Vec<_>>().join(", ");
    format!("<text class=\"property\" x=\"{:.1}\" y=\"{:.1}\">{words}</text>\n", x + dx, y + dy)
}

fn class_box(vocabulary: &Vocabulary, class: &str, graph: &str, (x, y): Point) -> String {
    let (width, height) = BOX;
    let term = vocabulary.term(class);
    let name = escape(class.trim_start_matches("ent:"));
    let (href, told) = match term {
        Some(term) => (format!("#{}", term.local()), escape(&term.definition)),
        None => (escape(&vocabulary.expand(class)), "A term of office, in the W3C's Organization Ontology.".to_owned()),
    };
    let (text_x, text_y) = (x + width / 2.0, y + height / 2.0 + 5.0);
    format!(
        "<a href=\"{href}\"><g class=\"class of-{graph}\"><title>{told}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
         height=\"{height}\" rx=\"6\"/><text x=\"{text_x}\" y=\"{text_y}\">{name}</text></g></a>\n"
    )
}

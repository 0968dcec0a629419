//! The legend under a picture: only what the picture shows.

use super::geometry::{Curve, at, text_width};
use super::palette::{FAINT, INK, OUTLINE, PAPER, REGIONS, region};
use super::plan::Plan;
use super::svg::Stroke;
use crate::view::network::{Link, Network, NodeKind};
use crate::view::words::Tone;

const SIZE: f64 = 12.0;
const ROW: f64 = 24.0;
const SPACE: f64 = 24.0;

/// The legend's elements, from its own origin.
pub(super) struct Legend {
    pub(super) svg: String,
    pub(super) height: f64,
}

/// One entry: what is drawn (in a room so wide) and what it means.
struct Entry {
    mark: String,
    room: f64,
    text: String,
}

/// Draws the legend into this width.
pub(super) fn draw(network: &Network, plan: &Plan, width: f64) -> Legend {
    let mut svg = String::new();
    let (mut x, mut y) = (0.0, 0.0);
    let rows = [lines(network), marks(network)];
    for row in rows.iter().filter(|r| !r.is_empty()) {
        for entry in row {
            let needed = entry.room + 7.0 + text_width(&entry.text, SIZE) + SPACE;
            if x > 0.0 && x + needed - SPACE > width {
                (x, y) = (0.0, y + ROW);
            }
            svg.push_str(&format!("<g transform=\"translate({x:.1} {y:.1})\">{}", entry.mark));
            svg.push_str(&text(entry.room + 7.0, INK, &entry.text));
            svg.push_str("</g>\n");
            x += needed;
        }
        (x, y) = (0.0, y + ROW);
    }
    if let Some(note) = note(network, plan) {
        svg.push_str(&format!("<g transform=\"translate(0 {y:.1})\">{}</g>\n", text(0.0, FAINT, &note)));
        y += ROW;
    }
    Legend { svg, height: y }
}

fn text(x: f64, color: &str, text: &str) -> String {
    format!(r#"<text x="{x:.1}" y="14" font-size="{SIZE}" fill="{color}">{text}</text>"#)
}

fn stroke(stroke: &Stroke, arrow: bool) -> String {
    let mut drawn = Vec::new();
    let curve = Curve::bent(at(0.0, 10.0), at(38.0, 10.0), 0.0);
    // A vector takes everything.
    let _ = stroke.draw(&mut drawn, curve, (false, arrow));
    format!(r#"<g fill="none">{}</g>"#, String::from_utf8_lossy(&drawn).trim())
}

fn lines(network: &Network) -> Vec<Entry> {
    let links = || network.graph.edge_weights();
    let mut entries = Vec::new();
    let entry = |mark, text: &str| Entry { mark, room: 38.0, text: text.to_owned() };
    let mut tones: Vec<Tone> = Vec::new();
    let mut arrows = false;
    for link in links() {
        let tone = match link {
            Link::Tie(tie) => {
                arrows |= tie.tone == Tone::Conflict && tie.forward + tie.backward > 0;
                tie.tone
            }
            Link::Dyad(total) if total.conflict > total.cooperation => Tone::Conflict,
            Link::Dyad(_) => Tone::Cooperation,
            Link::Role(_) => continue,
        };
        if !tones.contains(&tone) {
            tones.push(tone);
        }
    }
    tones.sort_unstable();
    for tone in tones {
        let mark = stroke(&Stroke::tone(tone, 3), arrows && tone == Tone::Conflict);
        let whom = if arrows && tone == Tone::Conflict { " (arrow: who acts against whom)" } else { "" };
        entries.push(entry(mark, &format!("{}{whom}", tone.as_str())));
    }
    if let (Some(least), Some(most)) = (links().map(Link::weight).min(), links().map(Link::weight).max())
        && least < most
    {
        let tone = Tone::Cooperation;
        entries.push(entry(stroke(&Stroke::tone(tone, least), false), &format!("{least} to")));
        entries.push(entry(stroke(&Stroke::tone(tone, most), false), &format!("{most} events")));
    }
    entries
}

fn marks(network: &Network) -> Vec<Entry> {
    let nodes = || network.graph.node_weights();
    let outline = format!(r#"stroke="{OUTLINE}" stroke-width="1.2""#);
    let mut entries = Vec::new();
    for (name, fill) in REGIONS {
        if nodes().any(|n| region(n) == Some(name)) {
            let organization = name == super::palette::ORGANIZATION;
            let mark = if organization {
                format!(r#"<rect x="1" y="3" width="14" height="14" rx="3" fill="{fill}" {outline}/>"#)
            } else {
                format!(r#"<circle cx="8" cy="10" r="7" fill="{fill}" {outline}/>"#)
            };
            entries.push(Entry { mark, room: 16.0, text: name.to_owned() });
        }
    }
    if nodes().any(|n| matches!(n.kind, NodeKind::Leader(_))) {
        let mark = format!(r#"<path d="M8 4L14 10L8 16L2 10Z" fill="{PAPER}" {outline}/>"#);
        entries.push(Entry { mark, room: 16.0, text: "leader".to_owned() });
    }
    for tone in [Tone::Cooperation, Tone::Conflict] {
        let of_tone = |n: &NodeKind| matches!(n, NodeKind::Event(e) if Tone::of(&e.quad_class) == tone);
        if nodes().any(|n| of_tone(&n.kind)) {
            let mark = format!(r#"<circle cx="8" cy="10" r="5" fill="{}"/>"#, super::palette::line(tone));
            entries.push(Entry { mark, room: 16.0, text: format!("event of {}", tone.as_str()) });
        }
    }
    entries
}

fn note(network: &Network, plan: &Plan) -> Option<String> {
    let mut parts = Vec::new();
    if network.graph.node_weights().any(|n| matches!(n.kind, NodeKind::Party(_))) {
        parts.push("Bigger nodes take part in more events.".to_owned());
    }
    if plan.only_strongest.is_some() {
        let count = plan.labels.iter().flatten().count();
        parts.push(format!("Labels on {count} of the strongest ties."));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

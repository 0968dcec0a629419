//! Colors and line widths. The two tones are the blue and the vermilion of Okabe and Ito's palette, which people who see
//! few colors tell apart; regions are pale, so that names can be read on them.

use crate::view::network::{Node, NodeKind};
use crate::view::words::Tone;

pub(super) const INK: &str = "#1f2430";
pub(super) const FAINT: &str = "#667085";
pub(super) const PAPER: &str = "#ffffff";
pub(super) const OUTLINE: &str = "#39414f";
/// Lines that have no tone.
pub(super) const NEUTRAL: &str = "#9aa3b2";

/// The color of a tone's lines.
pub(in crate::view) fn line(tone: Tone) -> &'static str {
    match tone {
        Tone::Cooperation => "#0072b2",
        Tone::Conflict => "#d55e00",
    }
}

/// The color of a tone's words: darker, to be read on white.
pub(super) fn ink(tone: Tone) -> &'static str {
    match tone {
        Tone::Cooperation => "#00507d",
        Tone::Conflict => "#9c4400",
    }
}

/// The regions in the order of the legend, with their colors.
pub(super) const REGIONS: [(&str, &str); 7] = [
    ("Africa", "#e3b98a"),
    ("Americas", "#a5d6a0"),
    ("Asia", "#f6dc7d"),
    ("Europe", "#c4b5e8"),
    ("Oceania", "#9adbe8"),
    (NO_REGION, "#ffffff"),
    (ORGANIZATION, "#d5dae2"),
];
/// What the legend calls parties that are no countries.
pub(super) const ORGANIZATION: &str = "organization";

/// What the legend calls countries that the scheme of regions leaves out: former states, mostly.
const NO_REGION: &str = "former state or none";

/// The region of a node that is a country, `organization` of one that is an organization.
pub(super) fn region(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Party(party) if !party.country => Some(ORGANIZATION),
        // "Asia/Eastern Asia": the continent is enough.
        NodeKind::Party(party) => {
            party.region.as_deref().and_then(|r| r.split('/').next()).filter(|r| !r.is_empty()).or(Some(NO_REGION))
        }
        _ => None,
    }
}

/// The fill of a node.
pub(in crate::view) fn region_fill(node: &Node) -> &'static str {
    let known = region(node).and_then(|r| REGIONS.iter().find(|(name, _)| *name == r));
    known.map_or("#eceff3", |(_, color)| color)
}

/// The width of a line that stands for so many events.
pub(in crate::view) fn line_width(events: usize) -> f64 {
    (1.7 * (events.max(1) as f64).powf(0.55)).min(9.0)
}

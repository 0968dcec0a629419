//! A network → a picture (SVG): parties as circles, ties as lines that tell cooperation from conflict by color *and* stroke,
//! labels that do not overlap, a title, a legend. Of more ties than can be told apart
//! only the strongest are drawn ([`thinned`]).
//!
//! Where the nodes stand comes from Graphviz (the program runs it on [`layout_request`] and hands [`read_layout`]'s result
//! in), or from `layout`; everything else is decided here, so that both give the same kind of picture. Units are pixels.

mod geometry;
mod graphviz;
mod layout;
mod legend;
mod palette;
mod plan;
mod svg;
mod thin;

pub use graphviz::{layout_request, read_layout};
pub(in crate::view) use palette::{line, line_width, region_fill};
pub use svg::write_svg;
pub use thin::{DRAWN_TIES, thinned};

use geometry::Point;

/// Most nodes for which `layout` is quick and its result can be read.
pub const OWN_LAYOUT_NODES: usize = 400;

/// The middle of each node, in the order of the network's nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Positions(Vec<Point>);

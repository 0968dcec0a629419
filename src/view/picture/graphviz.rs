//! Asking Graphviz where nodes should stand: the graph without anything but sizes, and the answer of `-Tplain`.

use super::Positions;
use super::geometry::at;
use super::plan::shape;
use crate::view::network::Network;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Pixels in an inch, Graphviz's unit.
const INCH: f64 = 72.0;

/// The network for `neato` or `sfdp` with `-Tplain`: nodes by number, with their boxes. Boxes that overlap are pushed apart
/// here afterwards: Graphviz would blow up the whole picture.
#[must_use]
pub fn layout_request(network: &Network) -> String {
    let shape = shape(network);
    let mut out = String::from(
        "graph {\n  graph [overlap=true, splines=none, start=7, maxiter=2000, K=2.1]\n  \
         node [shape=box, fixedsize=true, label=\"\"]\n  edge [len=1.8]\n",
    );
    for (at, rect) in shape.boxes.iter().enumerate() {
        let _ = writeln!(out, "  {at} [width={:.3}, height={:.3}]", rect.width() / INCH, rect.height() / INCH);
    }
    for (a, b) in &shape.edges {
        let _ = writeln!(out, "  {a} -- {b}");
    }
    out.push_str("}\n");
    out
}

/// Reads the answer; `None` where it is not about this network.
#[must_use]
pub fn read_layout(plain: &str, network: &Network) -> Option<Positions> {
    let mut places = BTreeMap::new();
    for line in plain.lines() {
        let mut words = line.split(' ');
        if words.next() == Some("node") {
            let node: usize = words.next()?.parse().ok()?;
            let x: f64 = words.next()?.parse().ok()?;
            let y: f64 = words.next()?.parse().ok()?;
            // Graphviz counts upwards.
            places.insert(node, at(x * INCH, -y * INCH));
        }
    }
    let count = network.graph.node_count();
    let complete = places.len() == count && places.keys().next_back().is_none_or(|last| last + 1 == count);
    complete.then(|| Positions(places.into_values().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Selection, View, project, sample};

    #[test]
    fn an_answer_must_be_about_the_network() {
        let sample = sample::rows();
        let network = project(View::Ties, sample.rows(), &Selection::default());
        assert_eq!(layout_request(&network).matches("width=").count(), 4);
        let answer = "graph 1 5 5\nnode 0 1 2 1 1 \"\"\nnode 1 2 2 1 1\nnode 2 3 2 1 1\nnode 3 0.5 4 1 1\nstop\n";
        let places = read_layout(answer, &network).unwrap().0;
        assert_eq!(places[3], at(36.0, -288.0));
        assert_eq!(read_layout("graph 1 5 5\nnode 0 1 2 1 1\nstop\n", &network), None);
        assert_eq!(read_layout("node 0 x y", &network), None);
    }
}

//! What stands where: sizes of nodes, curves of edges that keep off other nodes, labels that overlap nothing.

use super::Positions;
use super::geometry::{Curve, Point, Rect, at, text_width};
use super::layout::{Shape, arrange, shifted, stress};
use crate::view::analytics::parts;
use crate::view::network::{Link, Network, Node, NodeKind};
use crate::view::words;
use petgraph::visit::EdgeRef;

/// Font size of names; in a crowd that of the strongest, the others are down to [`CROWD_NAME`].
pub(super) const NAME: f64 = 14.0;
/// Font size of the weakest names in a crowd.
const CROWD_NAME: f64 = 9.5;
/// From so many parties on, names differ in size.
const NAMES: usize = 45;
/// Font size of the names of events and leaders.
pub(super) const SMALL_NAME: f64 = 9.5;
/// Font size of labels on edges.
pub(super) const LABEL: f64 = 11.5;
/// Height of a line of a label.
pub(super) const LABEL_LINE: f64 = 13.5;
/// More nodes than these, or more edges than twice these: labels shorten, and only strong ties have one.
const CROWD: usize = 30;
/// How much the layout may grow to make room for labels.
const SCALES: [f64; 9] = [0.72, 0.86, 1.0, 1.12, 1.25, 1.4, 1.6, 1.8, 2.0];
/// In a crowd no label is worth a picture that is wider or higher.
const WIDEST: f64 = 3600.0;

/// A picture before it is drawn.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) middles: Vec<Point>,
    pub(super) radii: Vec<f64>,
    /// Font size of each name.
    pub(super) sizes: Vec<f64>,
    pub(super) curves: Vec<Curve>,
    /// Of each edge: lines of text and their box.
    pub(super) labels: Vec<Option<(Vec<String>, Rect)>>,
    /// Everything with its names and labels.
    pub(super) frame: Rect,
    /// How many edges were to have a label, where not all.
    pub(super) only_strongest: Option<usize>,
}

/// How strong the strongest party is, and how many parties there are.
fn scale(network: &Network) -> (f64, usize) {
    let parties = || network.graph.node_weights().filter(|n| matches!(n.kind, NodeKind::Party(_)));
    let most = parties().map(|n| n.weighted_degree).max().unwrap_or(1).max(1);
    (most as f64, parties().count())
}

/// Of each node its radius and the font size of its name: both grow with its strength, in a crowd from less.
fn sizes(network: &Network) -> Vec<(f64, f64)> {
    let (most, count) = scale(network);
    let crowd = count > NAMES;
    let size = |node: &Node| match node.kind {
        NodeKind::Party(_) => {
            // Without measures all are alike.
            let share = (node.weighted_degree as f64 / most.max(1.0)).sqrt();
            let least = if crowd { 4.5 } else { 9.0 };
            let name = if crowd { CROWD_NAME + (NAME - CROWD_NAME) * (1.6 * share).min(1.0) } else { NAME };
            (least + (28.0 - least) * share, name)
        }
        NodeKind::Leader(_) => (6.0, SMALL_NAME),
        NodeKind::Event(_) => (5.0, SMALL_NAME),
    };
    network.graph.node_weights().map(size).collect()
}

/// The box of a node's name, below the node.
pub(super) fn name_box(node: &Node, middle: Point, radius: f64, size: f64) -> Rect {
    Rect::around(at(middle.x, middle.y + radius + 3.0 + size * 0.6), text_width(&node.label, size), size * 1.2)
}

/// Boxes, edges and parts, for a layout.
pub(super) fn shape(network: &Network) -> Shape {
    let nodes = network.graph.node_weights().zip(sizes(network));
    let origin = Point::default();
    Shape {
        boxes: nodes
            .map(|(n, (r, size))| Rect::around(origin, 2.0 * r, 2.0 * r).union(name_box(n, origin, r, size)))
            .collect(),
        edges: network.graph.edge_references().map(|e| (e.source().index(), e.target().index())).collect(),
        // Not those that were measured: a thinned network falls into other parts.
        parts: parts(network),
    }
}

/// Plans the picture; without positions the layout is made here.
pub(super) fn plan(network: &Network, positions: Option<&Positions>) -> Plan {
    let shape = shape(network);
    let places = match positions {
        Some(Positions(places)) if places.len() == shape.boxes.len() => places.clone(),
        _ => stress(&shape),
    };
    let (texts, only_strongest) = label_texts(network);
    let wanted = texts.iter().flatten().count();
    let mut best: Option<Plan> = None;
    for scale in SCALES {
        let plan = plan_at(network, &shape, arrange(&shape, &places, scale), &texts, only_strongest);
        let crowded = only_strongest.is_some();
        if crowded && best.is_some() && plan.frame.width().max(plan.frame.height()) > WIDEST {
            break;
        }
        let placed = plan.labels.iter().flatten().count();
        let better = best.as_ref().is_none_or(|b| placed > b.labels.iter().flatten().count());
        if better {
            best = Some(plan);
        }
        // In a crowd a few labels are not worth a bigger picture.
        let enough = if crowded { wanted - wanted / 12 } else { wanted };
        if placed >= enough {
            break;
        }
    }
    best.unwrap_or_else(|| plan_at(network, &shape, Vec::new(), &texts, only_strongest))
}

fn plan_at(
    network: &Network,
    shape: &Shape,
    middles: Vec<Point>,
    texts: &[Option<Vec<String>>],
    only_strongest: Option<usize>,
) -> Plan {
    let boxes: Vec<Rect> = shape.boxes.iter().zip(&middles).map(|(rect, at)| shifted(*rect, *at)).collect();
    let curves = curves(network, &middles, &boxes);
    let labels = labels(network, &curves, &boxes, texts);
    let all = boxes.iter().copied().chain(labels.iter().flatten().map(|(_, rect)| *rect));
    let bends = curves.iter().map(|c| Rect::around(c.point(0.5), 8.0, 8.0));
    let frame = all.chain(bends).reduce(Rect::union).unwrap_or(Rect::around(Point::default(), 0.0, 0.0));
    let (radii, sizes) = sizes(network).into_iter().unzip();
    Plan { radii, sizes, curves, labels, frame, only_strongest, middles }
}

/// The lines of text of each edge that is to have a label; and how many there are, where not all have one.
fn label_texts(network: &Network) -> (Vec<Option<Vec<String>>>, Option<usize>) {
    let links: Vec<&Link> = network.graph.edge_weights().collect();
    let labelled = |link: &&&Link| !matches!(link, Link::Role(_));
    let count = links.iter().filter(labelled).count();
    let crowded = network.graph.node_count() > CROWD || count > 2 * CROWD;
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by_key(|at| (usize::MAX - links[*at].weight(), *at));
    if crowded {
        order.truncate(CROWD + 10);
    }
    let texts = |at: usize| match links[at] {
        Link::Role(_) => None,
        _ if !order.contains(&at) => None,
        link => Some(lines(link, if crowded { 2 } else { 4 })),
    };
    let texts: Vec<_> = (0..links.len()).map(texts).collect();
    let only = texts.iter().flatten().count();
    (texts, (only < count).then_some(only))
}

/// One line a kind, at most `most`; the rest as "+3 more".
fn lines(link: &Link, most: usize) -> Vec<String> {
    let Link::Tie(tie) = link else { return link.label().split(", ").map(str::to_owned).collect() };
    let kinds = tie.by_count();
    let keep = if kinds.len() > most { most - 1 } else { kinds.len() };
    let mut lines: Vec<String> = kinds.iter().take(keep).map(|(kind, n)| words::counted(kind, *n)).collect();
    let rest: usize = kinds.iter().skip(keep).map(|(_, n)| n).sum();
    if rest > 0 {
        lines.push(format!("+{rest} more"));
    }
    lines
}

/// A curve for each edge: straight where it may be, beside its twin where there are two, around other nodes.
fn curves(network: &Network, middles: &[Point], boxes: &[Rect]) -> Vec<Curve> {
    let ends: Vec<(usize, usize)> =
        network.graph.edge_references().map(|e| (e.source().index(), e.target().index())).collect();
    let mut curves: Vec<Curve> = Vec::new();
    for (at, (a, b)) in ends.iter().enumerate() {
        let (Some(from), Some(to)) = (middles.get(*a), middles.get(*b)) else { continue };
        let length = (*to - *from).length();
        let twin = ends.iter().enumerate().find(|(other, pair)| *other != at && **pair == (*a, *b)).map(|(o, _)| o);
        let bends: Vec<f64> = match twin {
            Some(other) => {
                let side = if at < other { 1.0 } else { -1.0 };
                [0.1, 0.18, 0.05, 0.28].iter().map(|b| (b * length).max(9.0) * side).collect()
            }
            None => [0.0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32].iter().map(|b| b * length).collect(),
        };
        let in_the_way = |curve: &Curve| {
            let others = boxes.iter().enumerate().filter(|(node, _)| node != a && node != b);
            others.filter(|(_, rect)| curve.samples().any(|p| rect.grown(2.0).contains(p))).count()
        };
        let candidates = bends.into_iter().map(|bend| Curve::bent(*from, *to, bend));
        curves.extend(candidates.min_by_key(in_the_way));
    }
    curves
}

/// Places labels, those of strong ties first; a label for which there is no room is left out.
fn labels(
    network: &Network,
    curves: &[Curve],
    boxes: &[Rect],
    texts: &[Option<Vec<String>>],
) -> Vec<Option<(Vec<String>, Rect)>> {
    let weights: Vec<usize> = network.graph.edge_weights().map(Link::weight).collect();
    let mut order: Vec<usize> = (0..curves.len()).collect();
    order.sort_by_key(|at| (usize::MAX - weights[*at], *at));
    let mut placed: Vec<Option<(Vec<String>, Rect)>> = vec![None; texts.len()];
    let mut taken: Vec<Rect> = boxes.iter().map(|b| b.grown(1.5)).collect();
    for at in order {
        let Some(Some(lines)) = texts.get(at) else { continue };
        let width = lines.iter().map(|l| text_width(l, LABEL)).fold(0.0, f64::max) + 4.0;
        let height = lines.len() as f64 * LABEL_LINE + 2.0;
        if let Some(rect) = label_place(at, curves, (width, height), &taken) {
            taken.push(rect.grown(1.5));
            placed[at] = Some((lines.clone(), rect));
        }
    }
    placed
}

/// The best free place for a label on or beside its curve: crossed by few other curves, near the middle.
fn label_place(own: usize, curves: &[Curve], (width, height): (f64, f64), taken: &[Rect]) -> Option<Rect> {
    let curve = curves[own];
    let side = (curve.to - curve.from).unit().normal();
    // How far beside the line a label must stand to leave it free.
    let clear = side.x.abs() * width / 2.0 + side.y.abs() * height / 2.0 + 5.0;
    let mut best: Option<(f64, Rect)> = None;
    for (step, t) in [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74].into_iter().enumerate() {
        for off in [0.0, clear, -clear] {
            let rect = Rect::around(curve.point(t) + side * off, width, height);
            if taken.iter().any(|t| t.overlaps(rect)) {
                continue;
            }
            let others = curves.iter().enumerate().filter(|(at, _)| *at != own);
            let crossed = others.filter(|(_, c)| c.samples().any(|p| rect.contains(p))).count();
            let cost = crossed as f64 * 10.0 + step as f64 + if off == 0.0 { 0.0 } else { 4.5 };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, rect));
            }
        }
    }
    best.map(|(_, rect)| rect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EventKind;
    use crate::view::{Rows, Selection, View, project, sample};

    /// A network of so many countries, each tied to the next ones by a number of meetings.
    fn network(countries: usize, reach: usize) -> Network {
        let code = |i: usize| format!("C{:03}", i % countries);
        let pairs = (0..countries).flat_map(|i| (1..=reach).map(move |j| (i, i + j * j)));
        let events: Vec<_> = pairs
            .flat_map(|(a, b)| (0..=(a % 3)).map(move |n| (a, b, n)))
            .map(|(a, b, n)| {
                let number = a * 1000 + b * 10 + n;
                sample::event(number, EventKind::Encounter, "meeting", "held", "2020-01-01", &[&code(a), &code(b)])
            })
            .collect();
        let ties = sample::ties(&events);
        project(View::Ties, Rows { events: &events, ties: &ties, parties: &[] }, &Selection::default())
    }

    #[track_caller]
    fn check_no_overlap(network: &Network) -> Plan {
        let plan = plan(network, None);
        let nodes: Vec<_> =
            network.graph.node_weights().zip(&plan.middles).zip(plan.radii.iter().zip(&plan.sizes)).collect();
        let circles: Vec<Rect> = nodes.iter().map(|((_, at), (r, _))| Rect::around(**at, 2.0 * *r, 2.0 * *r)).collect();
        let names: Vec<Rect> = nodes.iter().map(|((node, at), (r, size))| name_box(node, **at, **r, **size)).collect();
        let labels: Vec<Rect> = plan.labels.iter().flatten().map(|(_, rect)| *rect).collect();
        for (at, rect) in labels.iter().enumerate() {
            assert!(labels.iter().skip(at + 1).all(|other| !other.overlaps(*rect)));
            assert!(circles.iter().chain(&names).all(|other| !other.overlaps(*rect)));
        }
        for (at, rect) in names.iter().enumerate() {
            assert!(names.iter().skip(at + 1).all(|other| !other.overlaps(*rect)));
        }
        plan
    }

    #[test]
    fn at_thirty_countries_every_tie_has_its_label_and_none_overlap() {
        let network = network(30, 1);
        let plan = check_no_overlap(&network);
        assert_eq!(plan.labels.iter().flatten().count(), network.graph.edge_count());
        assert_eq!(plan.only_strongest, None);
    }

    #[test]
    fn in_a_crowd_only_the_strongest_ties_have_labels() {
        let network = network(45, 3);
        let plan = check_no_overlap(&network);
        assert_eq!(plan.only_strongest, Some(40));
        let weight = |at: usize| network.graph.edge_weights().nth(at).unwrap().weight();
        let shown =
            plan.labels.iter().enumerate().filter(|(_, l)| l.is_some()).map(|(at, _)| weight(at)).min().unwrap();
        assert!(shown >= 2, "{shown}");
    }

    #[test]
    fn two_hundred_countries_do_not_cover_each_other() {
        let network = super::super::thinned(&network(200, 4));
        let plan = check_no_overlap(&network);
        let (small, big) =
            (plan.sizes.iter().copied().fold(NAME, f64::min), plan.sizes.iter().copied().fold(0.0, f64::max));
        assert!(small >= CROWD_NAME && small <= big && big <= NAME, "{small} {big}");
        let [width, height] = [plan.frame.width(), plan.frame.height()];
        assert!(width < 4500.0 && height < 4500.0, "{width} × {height}");
    }

    #[test]
    fn many_kinds_are_cut_short() {
        let sample = sample::rows();
        let network = project(View::Ties, sample.rows(), &Selection::default());
        let link = network.graph.edge_weights().last().unwrap();
        assert_eq!(lines(link, 4), ["2 agreements", "1 meeting", "1 act of support"]);
        assert_eq!(lines(link, 2), ["2 agreements", "+2 more"]);
    }

    #[test]
    fn an_empty_network_has_a_plan() {
        let nothing = Rows { events: &[], ties: &[], parties: &[] };
        let plan = plan(&project(View::Ties, nothing, &Selection::default()), None);
        assert!(plan.middles.is_empty() && plan.labels.is_empty());
    }
}

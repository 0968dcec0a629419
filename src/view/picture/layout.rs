//! Where nodes stand: stress majorization (drawn distances follow distances in the graph, as Graphviz's neato does it)
//! for each connected part, boxes pushed apart, parts packed on shelves. No randomness: the same graph gives the same places.

use super::geometry::{Point, Rect, at};
use std::collections::VecDeque;

/// Drawn length of one step in the graph.
const STEP: f64 = 135.0;
/// A part of more nodes than these is drawn denser, down to half the step.
const ROOMY: usize = 45;
/// Room between boxes.
const GAP: f64 = 14.0;
/// Room between connected parts.
const PART_GAP: f64 = 46.0;
/// Rounds of majorization; more change nothing that is seen.
const ROUNDS: usize = 250;
/// Width of the picture for its height.
const ASPECT: f64 = 1.5;

/// What is laid out: boxes around nodes, relative to their middles, and edges between indices of nodes.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) boxes: Vec<Rect>,
    pub(super) edges: Vec<(usize, usize)>,
    /// Part of each node.
    pub(super) parts: Vec<usize>,
}

impl Shape {
    /// The nodes of each part, biggest part first.
    fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.parts.iter().max().map_or(0, |m| m + 1)];
        for (node, part) in self.parts.iter().enumerate() {
            if let Some(list) = members.get_mut(*part) {
                list.push(node);
            }
        }
        members.retain(|m| !m.is_empty());
        members
    }

    fn neighbors(&self) -> Vec<Vec<usize>> {
        let mut neighbors = vec![Vec::new(); self.boxes.len()];
        for (a, b) in &self.edges {
            neighbors[*a].push(*b);
            neighbors[*b].push(*a);
        }
        neighbors
    }
}

/// Places for all nodes, each part by itself around the origin.
pub(super) fn stress(shape: &Shape) -> Vec<Point> {
    let mut places = vec![Point::default(); shape.boxes.len()];
    let neighbors = shape.neighbors();
    for members in shape.members() {
        let distances: Vec<Vec<f64>> = members.iter().map(|m| distances_from(*m, &members, &neighbors)).collect();
        let mut local = circle(members.len());
        for _ in 0..ROUNDS {
            majorize(&mut local, &distances);
        }
        let dense = (ROOMY as f64 / members.len().max(ROOMY) as f64).sqrt().max(0.5);
        for (member, place) in members.iter().zip(local) {
            places[*member] = place * dense;
        }
    }
    places
}

/// Steps from one node to the members of its part.
fn distances_from(start: usize, members: &[usize], neighbors: &[Vec<usize>]) -> Vec<f64> {
    let mut steps = vec![f64::INFINITY; neighbors.len()];
    let mut queue = VecDeque::from([start]);
    steps[start] = 0.0;
    while let Some(node) = queue.pop_front() {
        for next in &neighbors[node] {
            if steps[*next].is_infinite() {
                steps[*next] = steps[node] + 1.0;
                queue.push_back(*next);
            }
        }
    }
    members.iter().map(|m| steps[*m] * STEP).collect()
}

fn circle(count: usize) -> Vec<Point> {
    let radius = STEP * (count as f64).sqrt();
    let angle = |i: usize| std::f64::consts::TAU * i as f64 / count.max(1) as f64;
    // The radii differ a little, so that no symmetry holds nodes on one line.
    (0..count).map(|i| at(angle(i).cos(), angle(i).sin()) * (radius * (1.0 + 0.05 * (i % 3) as f64))).collect()
}

/// One round: each node goes where the others, weighed by closeness, want it.
fn majorize(places: &mut [Point], distances: &[Vec<f64>]) {
    for i in 0..places.len() {
        let (mut sum, mut weights) = (Point::default(), 0.0);
        for j in (0..places.len()).filter(|j| *j != i) {
            let wanted = distances[i][j];
            let weight = 1.0 / (wanted * wanted);
            sum = sum + (places[j] + (places[i] - places[j]).unit() * wanted) * weight;
            weights += weight;
        }
        if weights > 0.0 {
            places[i] = sum * (1.0 / weights);
        }
    }
}

/// The final places: parts scaled, turned so that they lie rather than stand, boxes pushed apart, parts packed.
pub(super) fn arrange(shape: &Shape, places: &[Point], scale: f64) -> Vec<Point> {
    let mut out = places.to_vec();
    let mut parts = shape.members();
    let mut frames = Vec::new();
    for members in &parts {
        lay_down(&mut out, members);
        for member in members {
            out[*member] = out[*member] * scale;
        }
        push_apart(&mut out, members, &shape.boxes);
        frames.push(frame(&out, members, &shape.boxes));
    }
    // Big parts first, the small ones fill the shelves below them.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| frames[*b].height().total_cmp(&frames[*a].height()).then(a.cmp(b)));
    let area: f64 = frames.iter().map(|f| (f.width() + PART_GAP) * (f.height() + PART_GAP)).sum();
    let widest = frames.iter().map(|f| f.width()).fold(0.0, f64::max);
    let width = (area * ASPECT).sqrt().max(widest);
    let (mut corner, mut shelf) = (Point::default(), 0.0_f64);
    for part in order {
        let frame = frames[part];
        if corner.x > 0.0 && corner.x + frame.width() > width {
            corner = at(0.0, corner.y + shelf + PART_GAP);
            shelf = 0.0;
        }
        for member in std::mem::take(&mut parts[part]) {
            out[member] = out[member] - frame.low + corner;
        }
        corner.x += frame.width() + PART_GAP;
        shelf = shelf.max(frame.height());
    }
    out
}

/// Turns a part so that its longest axis is level.
fn lay_down(places: &mut [Point], members: &[usize]) {
    let count = members.len() as f64;
    let middle = members.iter().fold(Point::default(), |sum, m| sum + places[*m]) * (1.0 / count);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for member in members {
        let p = places[*member] - middle;
        (xx, yy, xy) = (xx + p.x * p.x, yy + p.y * p.y, xy + p.x * p.y);
    }
    let angle = -0.5 * (2.0 * xy).atan2(xx - yy);
    let (sin, cos) = angle.sin_cos();
    for member in members {
        let p = places[*member] - middle;
        places[*member] = at(p.x * cos - p.y * sin, p.x * sin + p.y * cos);
    }
}

/// Moves boxes that overlap apart, each along the axis that needs less.
fn push_apart(places: &mut [Point], members: &[usize], boxes: &[Rect]) {
    for _ in 0..400 {
        let mut moved = false;
        for (order, i) in members.iter().enumerate() {
            for j in members.iter().skip(order + 1) {
                let a = shifted(boxes[*i], places[*i]).grown(GAP / 2.0);
                let b = shifted(boxes[*j], places[*j]).grown(GAP / 2.0);
                if !a.overlaps(b) {
                    continue;
                }
                moved = true;
                let right = a.middle().x <= b.middle().x;
                let below = a.middle().y <= b.middle().y;
                let dx = if right { a.high.x - b.low.x } else { b.high.x - a.low.x };
                let dy = if below { a.high.y - b.low.y } else { b.high.y - a.low.y };
                let sign = |forward: bool| if forward { 1.0 } else { -1.0 };
                let push = if dx < dy { at(dx * sign(right), 0.0) } else { at(0.0, dy * sign(below)) };
                places[*i] = places[*i] - push * 0.51;
                places[*j] = places[*j] + push * 0.51;
            }
        }
        if !moved {
            break;
        }
    }
}

/// A box moved to where its node stands.
pub(super) fn shifted(rect: Rect, by: Point) -> Rect {
    Rect { low: rect.low + by, high: rect.high + by }
}

fn frame(places: &[Point], members: &[usize], boxes: &[Rect]) -> Rect {
    let all = members.iter().map(|m| shifted(boxes[*m], places[*m]));
    all.reduce(Rect::union).unwrap_or(Rect::around(Point::default(), 0.0, 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(count: usize, edges: &[(usize, usize)], parts: &[usize]) -> Shape {
        let boxes = vec![Rect::around(at(0.0, 10.0), 80.0, 60.0); count];
        Shape { boxes, edges: edges.to_vec(), parts: parts.to_vec() }
    }

    #[track_caller]
    fn check_apart(shape: &Shape) -> Vec<Point> {
        let places = arrange(shape, &stress(shape), 1.0);
        for i in 0..places.len() {
            for j in i + 1..places.len() {
                let (a, b) = (shifted(shape.boxes[i], places[i]), shifted(shape.boxes[j], places[j]));
                assert!(!a.overlaps(b), "{i} and {j}: {a:?} {b:?}");
            }
        }
        places
    }

    #[test]
    fn no_two_boxes_overlap() {
        let star: Vec<(usize, usize)> = (1..30).map(|i| (0, i)).collect();
        check_apart(&shape(30, &star, &[0; 30]));
        check_apart(&shape(5, &[(0, 1), (2, 3)], &[0, 0, 1, 1, 2]));
        let all: Vec<(usize, usize)> = (0..12).flat_map(|i| (i + 1..12).map(move |j| (i, j))).collect();
        check_apart(&shape(12, &all, &[0; 12]));
    }

    #[test]
    fn a_chain_is_drawn_as_long_as_it_is() {
        let chain = shape(4, &[(0, 1), (1, 2), (2, 3)], &[0; 4]);
        let places = check_apart(&chain);
        assert!((places[0] - places[3]).length() > 2.7 * STEP);
        assert_eq!(places, check_apart(&chain));
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(arrange(&shape(0, &[], &[]), &[], 1.0).is_empty());
    }
}

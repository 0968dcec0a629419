//! Points, boxes, curves, and how wide text is.

use std::ops::{Add, Mul, Sub};

/// A point or a vector; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

pub(super) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        at(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        at(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        at(self.x * by, self.y * by)
    }
}

impl Point {
    pub(super) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The same direction with length 1; of a null vector, to the right.
    pub(super) fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 { at(1.0, 0.0) } else { self * (1.0 / length) }
    }

    /// Turned by a quarter.
    pub(super) fn normal(self) -> Self {
        at(-self.y, self.x)
    }
}

/// A box by its corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) low: Point,
    pub(super) high: Point,
}

impl Rect {
    pub(super) fn around(middle: Point, width: f64, height: f64) -> Self {
        let half = at(width / 2.0, height / 2.0);
        Self { low: middle - half, high: middle + half }
    }

    pub(super) fn middle(self) -> Point {
        (self.low + self.high) * 0.5
    }

    pub(super) fn width(self) -> f64 {
        self.high.x - self.low.x
    }

    pub(super) fn height(self) -> f64 {
        self.high.y - self.low.y
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self { low: self.low - at(by, by), high: self.high + at(by, by) }
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self {
            low: at(self.low.x.min(other.low.x), self.low.y.min(other.low.y)),
            high: at(self.high.x.max(other.high.x), self.high.y.max(other.high.y)),
        }
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.low.x < other.high.x && other.low.x < self.high.x && self.low.y < other.high.y && other.low.y < self.high.y
    }

    pub(super) fn contains(self, point: Point) -> bool {
        self.low.x <= point.x && point.x <= self.high.x && self.low.y <= point.y && point.y <= self.high.y
    }
}

/// A quadratic Bézier curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Curve {
    pub(super) from: Point,
    pub(super) control: Point,
    pub(super) to: Point,
}

impl Curve {
    /// The curve whose middle lies `bend` off the straight line.
    pub(super) fn bent(from: Point, to: Point, bend: f64) -> Self {
        let off = (to - from).unit().normal() * (2.0 * bend);
        Self { from, control: (from + to) * 0.5 + off, to }
    }

    /// The point at `t`, 0–1.
    pub(super) fn point(self, t: f64) -> Point {
        self.from * ((1.0 - t) * (1.0 - t)) + self.control * (2.0 * t * (1.0 - t)) + self.to * (t * t)
    }

    /// Points along it.
    pub(super) fn samples(self) -> impl Iterator<Item = Point> {
        (0..=24).map(move |step| self.point(f64::from(step) / 24.0))
    }

    /// The part that lies off both ends by these distances along the curve's own direction.
    pub(super) fn shortened(self, off_from: f64, off_to: f64) -> Self {
        let from = self.from + (self.control - self.from).unit() * off_from;
        let to = self.to + (self.control - self.to).unit() * off_to;
        Self { from, control: self.control, to }
    }
}

/// About how wide a text is at this font size, in a sans-serif font; rather too much than too little.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let em: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | '\'' | ':' | '|' | 'I' => 0.29,
            'f' | 't' | 'r' | ' ' | '(' | ')' | '-' | '1' => 0.42,
            'm' | 'w' | 'M' | 'W' => 0.9,
            c if c.is_ascii_uppercase() => 0.72,
            c if c.is_ascii() => 0.58,
            c if unicode_width::UnicodeWidthChar::width(c) == Some(2) => 1.0,
            _ => 0.62,
        })
        .sum();
    em * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bent_curve_passes_beside_the_middle() {
        let curve = Curve::bent(at(0.0, 0.0), at(10.0, 0.0), 3.0);
        assert_eq!(curve.point(0.5), at(5.0, 3.0));
        assert_eq!((curve.point(0.0), curve.point(1.0)), (at(0.0, 0.0), at(10.0, 0.0)));
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let left = Rect::around(at(0.0, 0.0), 2.0, 2.0);
        assert!(!left.overlaps(Rect::around(at(2.0, 0.0), 2.0, 2.0)));
        assert!(left.overlaps(Rect::around(at(1.9, 0.0), 2.0, 2.0)));
    }
}

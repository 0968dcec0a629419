//! The plots of a page, as inline SVG: events on a line of time, bars, tone by period. Colors come from the page's style
//! sheet, so that they follow light, dark and paper. Units are pixels of a picture 720 wide.

use super::series::periods;
use super::{Dossier, Moment, html};
use crate::graph::EventKind;
use crate::view::export::escape;
use crate::view::tone::Mood;
use crate::view::words::{self, Standing, Tone};
use chrono::{Datelike as _, NaiveDate};
use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
/// Room for the names of lanes and bars.
const LEFT: f64 = 150.0;
const RIGHT: f64 = 16.0;
/// Bars beyond these are left out.
const BARS: usize = 15;

fn open(height: f64, title: &str) -> String {
    let title = escape(title);
    format!("<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n")
}

fn text(out: &mut String, x: f64, y: f64, class: &str, text: &str) {
    let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\">{}</text>", escape(&words::visible(text)));
}

fn rect(out: &mut String, [x, y, width, height]: [f64; 4], class: &str, title: &str) {
    if width > 0.0 && height > 0.0 {
        let title = escape(&words::visible(title));
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" class=\"{class}\"><title>{title}</title></rect>"
        );
    }
}

fn line(out: &mut String, [x1, y1, x2, y2]: [f64; 4], class: &str) {
    let _ = writeln!(out, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" class=\"{class}\"/>");
}

/// A lane of the line of time.
fn lane(moment: &Moment) -> usize {
    match (moment.kind, moment.tone) {
        (EventKind::Agreement, _) => 0,
        (EventKind::Encounter, _) => 1,
        (EventKind::Act, Tone::Cooperation) => 2,
        (EventKind::Act, Tone::Conflict) => 3,
    }
}

const LANES: [&str; 4] = ["Agreements", "Encounters", "Cooperation", "Conflict"];

/// The first day that a date can mean.
fn day(date: &str) -> Option<NaiveDate> {
    let filled = ["", "-01", "-01-01"].iter().map(|rest| format!("{date}{rest}"));
    filled.filter_map(|text| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()).next()
}

/// Events as dots on a line of time, a lane for each kind; nothing where there are fewer than two.
pub(super) fn timeline(dossier: &Dossier) -> Option<String> {
    let dated: Vec<(NaiveDate, &Moment)> = dossier.timeline.iter().filter_map(|m| Some((day(&m.date)?, m))).collect();
    let (first, last) = (dated.first()?.0, dated.last()?.0);
    if dated.len() < 2 {
        return None;
    }
    let span = ((last - first).num_days() as f64).max(1.0);
    let x = |day: NaiveDate| LEFT + 8.0 + (day - first).num_days() as f64 / span * (WIDTH - LEFT - RIGHT - 16.0);
    let lanes: Vec<usize> = (0..LANES.len()).filter(|l| dated.iter().any(|(_, m)| lane(m) == *l)).collect();
    // Dots that would cover each other stand upon each other, up to the height of the lane.
    let mut heights = vec![0_usize; lanes.len()];
    let mut dots = Vec::new();
    for (at, number) in lanes.iter().enumerate() {
        let mut stacks: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        for (day, moment) in dated.iter().filter(|(_, m)| lane(m) == *number) {
            let stack = stacks.entry((x(*day) / 9.0).round() as i64).or_default();
            dots.push((at, (x(*day) / 9.0).round() * 9.0, *stack, *moment));
            heights[at] = heights[at].max(*stack);
            *stack += 1;
        }
    }
    let step = |at: usize| (44.0 / heights[at].max(1) as f64).min(9.0);
    let room = |at: usize| step(at) * heights[at] as f64 + 22.0;
    let bottom = |at: usize| 8.0 + (0..=at).map(room).sum::<f64>();
    let height = bottom(lanes.len() - 1) + 30.0;
    let mut out = open(height, &format!("{}: events over time", dossier.title));
    ticks(&mut out, (first, last), &x, height - 24.0);
    for (at, number) in lanes.iter().enumerate() {
        line(&mut out, [LEFT, bottom(at), WIDTH - RIGHT, bottom(at)], "axis");
        text(&mut out, LEFT - 10.0, bottom(at) - 6.0, "label end", LANES[*number]);
    }
    for (at, x, stack, moment) in dots {
        dot(&mut out, x, bottom(at) - 9.0 - step(at) * stack as f64, moment);
    }
    out.push_str("</svg>\n");
    Some(out)
}

fn dot(out: &mut String, x: f64, y: f64, moment: &Moment) {
    let tone = moment.tone.as_str();
    let shape = match (moment.standing, moment.tone) {
        (Standing::Cancelled, _) => {
            format!("<path d=\"M{:.1} {:.1}l7 7m0 -7l-7 7\" class=\"dot open {tone}\"/>", x - 3.5, y - 3.5)
        }
        (standing, Tone::Cooperation) => {
            let open = if standing == Standing::Planned { " open" } else { "" };
            format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" class=\"dot{open} {tone}\"/>")
        }
        (standing, Tone::Conflict) => {
            let open = if standing == Standing::Planned { " open" } else { "" };
            format!("<path d=\"M{x:.1} {:.1}l4.5 4.5l-4.5 4.5l-4.5 -4.5Z\" class=\"dot{open} {tone}\"/>", y - 4.5)
        }
    };
    let marks = if moment.marks.is_empty() { String::new() } else { format!(" [{}]", moment.marks.join(", ")) };
    let title = escape(&words::visible(&format!("{}: {}{marks}", words::date(Some(&moment.date)), moment.title)));
    let _ = if moment.told {
        writeln!(out, "<a href=\"#{}\">{shape}<title>{title}</title></a>", html::fragment(&moment.event))
    } else {
        writeln!(out, "<g>{shape}<title>{title}</title></g>")
    };
}

/// Lines at the begin of years (or of months, where there are few), with their names.
fn ticks(out: &mut String, (first, last): (NaiveDate, NaiveDate), x: &dyn Fn(NaiveDate) -> f64, bottom: f64) {
    let months = (last.year() - first.year()) * 12 + last.month0() as i32 - first.month0() as i32;
    let step = [1, 3, 6, 12, 24, 60, 120, 240].into_iter().find(|step| months / step < 9).unwrap_or(600);
    let start = first.year() * 12 + first.month0() as i32;
    let begin = if months == 0 { start } else { (start + step - 1).div_euclid(step) * step };
    let mut month = begin;
    while month <= start + months {
        let day = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).unsigned_abs() + 1, 1);
        if let Some(day) = day {
            let at = x(day.max(first));
            line(out, [at, 8.0, at, bottom], "grid");
            let label = if step < 12 { day.format("%b %Y") } else { day.format("%Y") };
            text(out, at, bottom + 16.0, "label middle", &label.to_string());
        }
        month += step;
    }
}

/// One bar: name, its parts (count, class, what they are), and what stands behind it.
struct Bar {
    name: String,
    parts: Vec<(usize, &'static str, &'static str)>,
}

fn bars(title: &str, bars: &[Bar]) -> Option<String> {
    let total = |bar: &Bar| bar.parts.iter().map(|p| p.0).sum::<usize>();
    let most = bars.iter().map(total).max().filter(|most| *most > 0)?;
    let shown = bars.iter().take(BARS);
    let height = 22.0 * bars.len().min(BARS) as f64 + 8.0;
    let scale = (WIDTH - LEFT - RIGHT - 44.0) / most as f64;
    let mut out = open(height, title);
    for (at, bar) in shown.enumerate() {
        let y = 4.0 + 22.0 * at as f64;
        text(&mut out, LEFT - 10.0, y + 14.0, "label end", &short(&bar.name, 22));
        let mut x = LEFT;
        for (count, class, what) in &bar.parts {
            let width = *count as f64 * scale;
            rect(&mut out, [x, y, width, 17.0], class, &format!("{}: {count} {what}", bar.name));
            x += width;
        }
        text(&mut out, x + 6.0, y + 13.0, "label", &words::grouped(total(bar)));
    }
    out.push_str("</svg>\n");
    Some(out)
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// Agreements by sector: reached, planned, ended.
pub(super) fn sectors(dossier: &Dossier) -> Option<String> {
    let bar = |s: &super::SectorCount| Bar {
        name: words::capitalized(&s.label),
        parts: vec![(s.done, "mc", "reached"), (s.planned, "planned", "planned"), (s.cancelled, "ended", "ended")],
    };
    bars("Agreements by sector", &dossier.sectors.iter().map(bar).collect::<Vec<_>>())
}

/// Partners: cooperation and conflict.
pub(super) fn partners(dossier: &Dossier) -> Option<String> {
    let bar = |p: &super::Partner| Bar {
        name: p.party.name.clone(),
        parts: vec![
            (p.mood.verbal_cooperation, "vc", "of verbal cooperation"),
            (p.mood.material_cooperation, "mc", "of material cooperation"),
            (p.mood.verbal_conflict, "vf", "of verbal conflict"),
            (p.mood.material_conflict, "mf", "of material conflict"),
        ],
    };
    bars("Partners", &dossier.partners.iter().map(bar).collect::<Vec<_>>())
}

/// Cooperation above the line, conflict below it, by period; under it the mean score. Nothing for a single period.
pub(super) fn tone(dossier: &Dossier) -> Option<String> {
    let periods = periods(&dossier.tone);
    let up = periods.iter().map(|p| p.mood.cooperation()).max()?;
    let down = periods.iter().map(|p| p.mood.conflict()).max()?;
    if periods.len() < 2 {
        return None;
    }
    let unit = 130.0 / (up + down).max(1) as f64;
    let zero = 10.0 + up as f64 * unit;
    let base = zero + down as f64 * unit;
    let step = (WIDTH - LEFT - RIGHT) / periods.len() as f64;
    let width = (step * 0.8).min(34.0);
    let middle = |at: usize| LEFT + step * (at as f64 + 0.5);
    let scores = base + 34.0;
    let height = scores + 82.0;
    let mut out = open(height, "Tone over time");
    text(&mut out, LEFT - 10.0, zero - 6.0, "label end", "Cooperation");
    if down > 0 {
        text(&mut out, LEFT - 10.0, zero + 14.0, "label end", "Conflict");
    }
    for (at, period) in periods.iter().enumerate() {
        column(&mut out, middle(at) - width / 2.0, width, zero, unit, (&period.label, &period.mood));
    }
    line(&mut out, [LEFT, zero, WIDTH - RIGHT, zero], "axis");
    score_line(&mut out, &periods.iter().map(|p| p.mood.score).collect::<Vec<_>>(), &middle, scores);
    let every = periods.len().div_ceil(9);
    for (at, period) in periods.iter().enumerate().filter(|(at, _)| at % every == 0) {
        text(&mut out, middle(at), height - 6.0, "label middle", &period.label);
    }
    out.push_str("</svg>\n");
    Some(out)
}

fn column(out: &mut String, x: f64, width: f64, zero: f64, unit: f64, (label, mood): (&str, &Mood)) {
    let mut place = |from: f64, count: usize, class: &str, what: &str, sign: f64| {
        let size = count as f64 * unit;
        let top = if sign < 0.0 { from - size } else { from };
        rect(out, [x, top, width, size], class, &format!("{label}: {count} of {what}"));
        from + sign * size
    };
    let above = place(zero, mood.verbal_cooperation, "vc", "verbal cooperation", -1.0);
    place(above, mood.material_cooperation, "mc", "material cooperation", -1.0);
    let below = place(zero, mood.verbal_conflict, "vf", "verbal conflict", 1.0);
    place(below, mood.material_conflict, "mf", "material conflict", 1.0);
}

/// The mean score of each period, −10 to 10, in a strip of 50 pixels.
fn score_line(out: &mut String, scores: &[Option<f64>], middle: &dyn Fn(usize) -> f64, top: f64) {
    let y = |score: f64| top + 25.0 - score.clamp(-10.0, 10.0) * 2.5;
    text(out, LEFT - 10.0, y(0.0) + 4.0, "label end", "Mean score");
    for (mark, name) in [(10.0, "+10"), (-10.0, "−10")] {
        text(out, WIDTH - RIGHT, y(mark) + 4.0, "label end", name);
        line(out, [LEFT, y(mark), WIDTH - RIGHT - 26.0, y(mark)], "grid");
    }
    line(out, [LEFT, y(0.0), WIDTH - RIGHT, y(0.0)], "axis");
    let known: Vec<(f64, f64)> =
        scores.iter().enumerate().filter_map(|(at, s)| s.map(|s| (middle(at), y(s)))).collect();
    let path: Vec<String> = known.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(out, "<polyline points=\"{}\" class=\"score\"/>", path.join(" "));
    for ((x, y), score) in known.iter().zip(scores.iter().flatten()) {
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\" class=\"point\"><title>{score:+.1}</title></circle>"
        );
    }
}

//! Scores → a table for people, or JSON.

use super::args::ReportFormat;
use super::context::Context;
use crate::evaluate::score::VIEWS;
use crate::evaluate::{Calibration, Report, Tally};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr as _;

/// Prints a report; with `outlets`, also how the articles of each outlet fare, and whether confidences mean what they say.
pub(super) fn print(
    report: &Report,
    outlets: Option<&BTreeMap<String, Report>>,
    format: ReportFormat,
    errors: usize,
    ctx: &Context,
) -> anyhow::Result<()> {
    let mut out = ctx.page();
    match format {
        ReportFormat::Text => write_text(&mut out, report, outlets, errors)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &whole(report, outlets, errors))?;
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

fn write_text(
    out: &mut dyn Write,
    report: &Report,
    outlets: Option<&BTreeMap<String, Report>>,
    errors: usize,
) -> io::Result<()> {
    for m in report.mistakes.iter().take(errors) {
        writeln!(out, "{}\t{}\t{}\t{}", m.article, m.view, m.kind, m.fact)?;
        for q in &m.quotes {
            writeln!(out, "\t\t{}", q.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
    }
    writeln!(out, "{} articles", report.articles)?;
    for view in VIEWS {
        line(out, view, report.view(view))?;
    }
    line(out, "HEADLINE", report.headline())?;
    let (right, n) = report.status;
    writeln!(out, "{:13} accuracy {:.3} over {n} matched agreements", "status", share(right, n))?;
    if let Some(outlets) = outlets {
        write_outlets(out, outlets)?;
    }
    write_calibration(out, &report.calibration)
}

/// One line an outlet: articles, F1 of each view, the headline's precision, recall and F1.
fn write_outlets(out: &mut dyn Write, outlets: &BTreeMap<String, Report>) -> io::Result<()> {
    let width = outlets.keys().map(|name| name.width()).max().unwrap_or(0).max("by outlet (F1)".len());
    let fill = |name: &str| " ".repeat(width.saturating_sub(name.width()));
    write!(out, "\nby outlet (F1){}  articles", fill("by outlet (F1)"))?;
    for view in &VIEWS[1..] {
        write!(out, "  {view}")?;
    }
    writeln!(out, "  HEADLINE  (P     R)")?;
    for (name, report) in outlets {
        write!(out, "{name}{}  {:8}", fill(name), report.articles)?;
        for view in &VIEWS[1..] {
            let t = report.view(view);
            let f1 = if t.tp + t.fp + t.missed > 0 { format!("{:.3}", t.f1()) } else { "-".to_owned() };
            write!(out, "  {f1:>0$}", view.len())?;
        }
        let t = report.headline();
        writeln!(out, "     {:.3}  {:.3} {:.3}", t.f1(), t.precision(), t.recall())?;
    }
    Ok(())
}

fn write_calibration(out: &mut dyn Write, tenths: &Calibration) -> io::Result<()> {
    writeln!(out, "\nconfidence of agreements, encounters and acts, and how many are right")?;
    for (tenth, (right, n)) in tenths.iter().enumerate().filter(|(_, t)| t.1 > 0) {
        writeln!(out, "  0.{tenth}           {:.3}   {right} of {n}", share(*right, *n))?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn share(right: usize, n: usize) -> f64 {
    if n == 0 { 0.0 } else { right as f64 / n as f64 }
}

fn line(out: &mut dyn Write, name: &str, t: Tally) -> io::Result<()> {
    let (p, r, f1) = (t.precision(), t.recall(), t.f1());
    writeln!(out, "{name:13} P {p:.3}  R {r:.3}  F1 {f1:.3}   tp {} fp {} fn {}", t.tp, t.fp, t.missed)
}

fn whole(report: &Report, outlets: Option<&BTreeMap<String, Report>>, errors: usize) -> Value {
    let mut value = scores(report);
    if let Some(outlets) = outlets {
        value["outlets"] = outlets.iter().map(|(name, r)| (name.clone(), scores(r))).collect();
    }
    value["mistakes"] = json!(report.mistakes[..report.mistakes.len().min(errors)]);
    value
}

fn scores(report: &Report) -> Value {
    let views: serde_json::Map<String, Value> = (VIEWS.iter().map(|v| ((*v).to_owned(), row(report.view(v)))))
        .chain([("HEADLINE".to_owned(), row(report.headline()))])
        .collect();
    let told = report.calibration.iter().enumerate().filter(|(_, t)| t.1 > 0);
    let calibration: Vec<Value> =
        told.map(|(tenth, (right, n))| json!({"tenth": tenth, "right": right, "n": n})).collect();
    json!({"articles": report.articles, "views": views,
        "status": {"right": report.status.0, "n": report.status.1}, "calibration": calibration})
}

fn row(t: Tally) -> Value {
    json!({"precision": t.precision(), "recall": t.recall(), "f1": t.f1(), "tp": t.tp, "fp": t.fp, "fn": t.missed})
}

//! `entente evaluate`: scores against gold, view by view.

use super::args::{EvaluateArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::article::{Article, ReadOptions, read_paths};
use crate::evaluate::score::VIEWS;
use crate::evaluate::{Report, read_gold};
use crate::facts::Facts;
use anyhow::Context as _;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &EvaluateArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let gold = read_gold(&args.gold).hint("a gold folder holds ID.json beside ID.txt")?;
    let told = match &args.predicted {
        Some(path) => read_gold(path)?,
        None => {
            let extractor = ctx.extractor(args.judge.as_deref())?;
            let articles = articles_beside(&args.gold, &gold)?;
            articles.par_iter().map(|a| (a.id.clone(), extractor.facts(a))).collect()
        }
    };
    let mut report = Report::default();
    let mut by_outlet: BTreeMap<String, Report> = BTreeMap::new();
    for (id, facts) in &gold {
        let nothing = empty(facts);
        let prediction = told.get(id).unwrap_or(&nothing);
        report.add(facts, prediction);
        by_outlet.entry(outlet(id)).or_default().add(facts, prediction);
    }
    print(&report, Some(&by_outlet), args.format, args.errors, ctx)?;
    Ok(Exit::Done)
}

/// The articles that belong to the gold files of a folder.
pub(super) fn articles_beside(folder: &Path, gold: &BTreeMap<String, Facts>) -> anyhow::Result<Vec<Article>> {
    let paths: Vec<_> = gold.keys().map(|id| folder.join(format!("{id}.txt"))).collect();
    read_paths(&paths, ReadOptions::default())
        .filter(|r| !matches!(r, Err(e) if e.is_skip()))
        .collect::<Result<Vec<_>, _>>()
        .context("cannot read the articles of the gold folder")
        .hint("each ID.json needs its article beside it as ID.txt; or score finished facts with --predicted")
}

fn empty(gold: &Facts) -> Facts {
    Facts {
        article: gold.article.clone(),
        countries: vec![],
        organizations: vec![],
        leaders: vec![],
        agreements: vec![],
        encounters: vec![],
        acts: vec![],
        relations: vec![],
        diagnostics: vec![],
    }
}

/// The part of an article id that names its outlet.
fn outlet(id: &str) -> String {
    id.split(['-', '.']).next().unwrap_or(id).to_owned()
}

/// Prints a report.
pub(super) fn print(
    report: &Report,
    outlets: Option<&BTreeMap<String, Report>>,
    format: ReportFormat,
    errors: usize,
    ctx: &Context,
) -> anyhow::Result<()> {
    let mut out = ctx.page();
    if format == ReportFormat::Json {
        let views: BTreeMap<&str, serde_json::Value> = VIEWS
            .iter()
            .map(|v| (*v, row(report.views.get(v).copied().unwrap_or_default())))
            .chain([("HEADLINE", row(report.headline()))])
            .collect();
        let shown = &report.mistakes[..report.mistakes.len().min(errors)];
        let value = serde_json::json!({"articles": report.articles, "views": views,
            "status": {"right": report.status.0, "n": report.status.1}, "mistakes": shown});
        serde_json::to_writer_pretty(&mut out, &value)?;
        writeln!(out)?;
        out.flush()?;
        return Ok(());
    }
    for m in report.mistakes.iter().take(errors) {
        writeln!(out, "{}\t{}\t{}\t{}", m.article, m.view, m.kind, m.fact)?;
        for q in &m.quotes {
            writeln!(out, "\t\t{}", q.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
    }
    writeln!(out, "{} articles", report.articles)?;
    for view in VIEWS {
        line(&mut out, view, report.views.get(view).copied().unwrap_or_default())?;
    }
    line(&mut out, "HEADLINE", report.headline())?;
    let (right, n) = report.status;
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let accuracy = if n == 0 { 0.0 } else { right as f64 / n as f64 };
    writeln!(out, "{:13} accuracy {accuracy:.3} over {n} matched agreements", "status")?;
    if let Some(outlets) = outlets {
        writeln!(out, "by outlet (HEADLINE)")?;
        for (name, r) in outlets {
            line(&mut out, &format!("  {name}"), r.headline())?;
        }
    }
    out.flush()?;
    Ok(())
}

fn row(t: crate::evaluate::Tally) -> serde_json::Value {
    serde_json::json!({"precision": t.precision(), "recall": t.recall(), "f1": t.f1(), "tp": t.tp, "fp": t.fp, "fn": t.missed})
}

fn line(out: &mut impl Write, name: &str, t: crate::evaluate::Tally) -> std::io::Result<()> {
    writeln!(
        out,
        "{name:13} P {:.3}  R {:.3}  F1 {:.3}   tp {} fp {} fn {}",
        t.precision(),
        t.recall(),
        t.f1(),
        t.tp,
        t.fp,
        t.missed
    )
}

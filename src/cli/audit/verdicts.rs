//! `entente audit verdicts`: verdicts of one or more sheets → precision with its interval, by kind, outlet and confidence.

use super::sheet;
use crate::cli::args::{ReportFormat, VerdictsArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::hint::Hint as _;
use crate::evaluate::audit::verdicts::{Count, Tally, tally};
use serde_json::{Value, json};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr as _;

/// Runs the command. Verdicts that are still open are findings.
pub(in crate::cli) fn run(args: &VerdictsArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let mut rows = Vec::new();
    for path in &args.sheets {
        let sheet = sheet::read(path)?;
        if let Err((i, why)) = tally(&sheet) {
            return Err(anyhow::anyhow!("{}, row {}: {why}", path.display(), i + 1))
                .hint("write right, wrong or unsure into the column `verdict`, or leave it empty");
        }
        rows.extend(sheet);
    }
    let told = tally(&rows).map_err(|(_, why)| anyhow::anyhow!(why))?;
    let mut out = ctx.page();
    match args.format {
        ReportFormat::Text => write_text(&mut out, &told)?,
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &whole(&told))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    let open = told.kinds.values().any(|c| c.open > 0) || told.kinds.is_empty();
    Ok(if open { Exit::Findings } else { Exit::Done })
}

fn write_text(out: &mut dyn Write, told: &Tally) -> io::Result<()> {
    writeln!(out, "{:30} judged  right  wrong  unsure  open  precision  95 % interval", "")?;
    for (kind, count) in &told.kinds {
        line(out, kind, *count)?;
        for ((_, outlet), count) in told.outlets.iter().filter(|(of, _)| of.0 == *kind) {
            line(out, &format!("  {outlet}"), *count)?;
        }
        for ((_, tenth), count) in told.tenths.iter().filter(|(of, _)| of.0 == *kind).rev() {
            line(out, &format!("  confidence 0.{tenth}–{}", upper(*tenth)), *count)?;
        }
    }
    Ok(())
}

fn upper(tenth: usize) -> String {
    if tenth == 9 { "1.0".to_owned() } else { format!("0.{}", tenth + 1) }
}

fn line(out: &mut dyn Write, name: &str, c: Count) -> io::Result<()> {
    let (low, high) = c.interval();
    let held = if c.judged() > 0 { format!("{:.3}    {low:.3}–{high:.3}", c.precision()) } else { "-".to_owned() };
    let (judged, fill) = (c.judged(), " ".repeat(30_usize.saturating_sub(name.width())));
    writeln!(out, "{name}{fill} {judged:6} {:6} {:6} {:7} {:5}      {held}", c.right, c.wrong, c.unsure, c.open)
}

fn whole(told: &Tally) -> Value {
    let of = |kind: &str| {
        let outlets: serde_json::Map<String, Value> =
            told.outlets.iter().filter(|(k, _)| k.0 == kind).map(|(k, c)| (k.1.clone(), object(*c))).collect();
        let tenths: Vec<Value> = (told.tenths.iter().filter(|(k, _)| k.0 == kind))
            .map(|(k, c)| {
                let mut value = object(*c);
                value["tenth"] = json!(k.1);
                value
            })
            .collect();
        (outlets, tenths)
    };
    let kinds = told.kinds.iter().map(|(kind, count)| {
        let mut value = object(*count);
        let (outlets, tenths) = of(kind);
        value["outlets"] = Value::Object(outlets);
        value["confidence"] = Value::Array(tenths);
        (kind.clone(), value)
    });
    kinds.collect()
}

fn object(c: Count) -> Value {
    let (low, high) = c.interval();
    json!({"right": c.right, "wrong": c.wrong, "unsure": c.unsure, "open": c.open,
        "precision": c.precision(), "interval": [low, high]})
}

//! `entente check`: the graph against its shapes and check queries.

use super::args::{CheckArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::graph::{Finding, RdfFormat, Severity, Store};
use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use std::io::{self, Write};
use std::path::PathBuf;

const VIOLATION: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// Findings of one kind that are shown to people; more of them say nothing new.
const SHOWN: usize = 10;

/// Runs the command. Code 1 where something must not be; warnings alone leave it 0.
pub(super) fn run(args: &CheckArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let findings = match args.files.as_slice() {
        [] => Store::open_existing(&ctx.store)?.check()?,
        files => store_of(files)?.check()?,
    };
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &findings)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            write(&mut out, &findings)?;
            out.flush()?;
        }
    }
    let violations = findings.iter().filter(|f| f.severity == Severity::Violation).count();
    ctx.note(format!("{violations} violation(s), {} warning(s)", findings.len() - violations));
    Ok(if violations > 0 { Exit::Findings } else { Exit::Done })
}

/// What the files say together.
fn store_of(files: &[PathBuf]) -> anyhow::Result<Store> {
    let mut store = Store::empty()?;
    for file in files {
        let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let Some(format) = RdfFormat::of_extension(extension) else {
            return Err(anyhow::anyhow!("{} has no name of an RDF file", file.display()))
                .hint("name it .ttl, .nt, .trig, .nq or .jsonld, after its format");
        };
        let read = || format!("cannot read {}", file.display());
        let text = std::fs::read_to_string(file).with_context(read)?;
        store.load_rdf(&text, format).with_context(read)?;
    }
    Ok(store)
}

fn write(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let key = |f: &Finding| (f.severity, f.check.clone(), f.message.clone());
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| key(first) == key(finding))) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    for group in groups {
        let Some(first) = group.first() else { continue };
        let (style, word) = match first.severity {
            Severity::Violation => (VIOLATION, "violation"),
            Severity::Warning => (WARNING, "warning"),
        };
        writeln!(out, "{style}{word}{style:#} {}: {} ({} times)", first.check, first.message, group.len())?;
        for finding in group.iter().take(SHOWN) {
            writeln!(out, "  {}  {}", finding.about, finding.values.join("  "))?;
        }
        if group.len() > SHOWN {
            writeln!(out, "  … and {} more", group.len() - SHOWN)?;
        }
    }
    Ok(())
}

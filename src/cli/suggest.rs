//! `entente suggest`: what a person should look at, with the sentences.

use super::args::{ReportFormat, SuggestArgs};
use super::context::Context;
use super::exit::Exit;
use super::report::flat;
use crate::graph::{Side, Store, Suggestion, Suspicion};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();
const FOR: Style = AnsiColor::Green.on_default();
const AGAINST: Style = AnsiColor::Yellow.on_default();

/// Runs the command. Code 1 where there is nothing to look at.
pub(super) fn run(args: &SuggestArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let suggestions = match args.sample_merges {
        Some(count) => store.sample_merges(count, args.seed)?,
        None => store.suggestions(args.limit)?,
    };
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &suggestions)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            suggestions.iter().enumerate().try_for_each(|(at, s)| write(&mut out, at + 1, s))?;
            out.flush()?;
        }
    }
    let of = |what| suggestions.iter().filter(|s| s.suspicion == what).count();
    match of(Suspicion::Sample) {
        0 => ctx.note(format!(
            "{} missed merge(s), {} doubtful merge(s)",
            of(Suspicion::MissedMerge),
            of(Suspicion::DoubtfulMerge)
        )),
        n => ctx.note(format!("{n} merge(s) drawn by lot {}", args.seed)),
    }
    Ok(if suggestions.is_empty() { Exit::Findings } else { Exit::Done })
}

fn write(out: &mut dyn Write, number: usize, suggestion: &Suggestion) -> io::Result<()> {
    let what = match suggestion.suspicion {
        Suspicion::MissedMerge => "may be one event",
        Suspicion::DoubtfulMerge => "may be two events",
        Suspicion::Sample => "put together",
    };
    writeln!(out, "{TITLE}{number}. {what}{TITLE:#} (likeness {})", suggestion.score)?;
    for side in [&suggestion.one, &suggestion.other] {
        writeln!(out, "  {}: {}", side.article, side.tells)?;
        for quote in &side.quotes {
            writeln!(out, "    “{}”", flat(quote))?;
        }
    }
    if !suggestion.together.is_empty() {
        writeln!(out, "  {FOR}for one:{FOR:#} {}", suggestion.together.join("; "))?;
    }
    if !suggestion.apart.is_empty() {
        writeln!(out, "  {AGAINST}against:{AGAINST:#} {}", suggestion.apart.join("; "))?;
    }
    let (one, other) = (short(&suggestion.one), short(&suggestion.other));
    match suggestion.suspicion {
        Suspicion::MissedMerge => writeln!(out, "  entente curate merge {one} {other} --by … --why …\n"),
        Suspicion::DoubtfulMerge => {
            writeln!(out, "  entente curate split {one} {} --by … --why …\n", suggestion.other.article)
        }
        Suspicion::Sample => writeln!(out, "  {one}\n"),
    }
}

/// `event/0f3a1b2c3d4e`: enough of the hash to be the only one.
fn short(side: &Side) -> String {
    let hash = side.event.rsplit('/').next().unwrap_or(&side.event);
    format!("event/{}", hash.get(..12).unwrap_or(hash))
}

//! `entente suggest`: what a person should look at, with the sentences.

use super::args::{ReportFormat, SuggestArgs};
use super::context::Context;
use super::exit::Exit;
use super::report::{brief, flat};
use crate::graph::{Namesakes, Side, Store, Suggestion, Suspicion};
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();
const FOR: Style = AnsiColor::Green.on_default();
const AGAINST: Style = AnsiColor::Yellow.on_default();

/// Runs the command. Code 1 where there is nothing to look at.
pub(super) fn run(args: &SuggestArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let (suggestions, people) = match args.sample_merges {
        Some(count) => (store.sample_merges(count, args.seed)?, Vec::new()),
        None => (store.suggestions(args.limit)?, store.namesakes(args.limit)?),
    };
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            let events = suggestions.iter().map(Look::Events);
            let all: Vec<Look<'_>> = events.chain(people.iter().map(Look::People)).collect();
            serde_json::to_writer_pretty(&mut out, &all)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            suggestions.iter().enumerate().try_for_each(|(at, s)| write(&mut out, at + 1, s))?;
            people.iter().enumerate().try_for_each(|(at, p)| write_people(&mut out, suggestions.len() + at + 1, p))?;
            out.flush()?;
        }
    }
    let of = |what| suggestions.iter().filter(|s| s.suspicion == what).count();
    match of(Suspicion::Sample) {
        0 => ctx.note(format!(
            "{} missed merge(s), {} doubtful merge(s), {} pair(s) of names",
            of(Suspicion::MissedMerge),
            of(Suspicion::DoubtfulMerge),
            people.len()
        )),
        n => ctx.note(format!("{n} merge(s) drawn by lot {}", args.seed)),
    }
    Ok(if suggestions.is_empty() && people.is_empty() { Exit::Findings } else { Exit::Done })
}

/// One suggestion, as JSON.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Look<'s> {
    Events(&'s Suggestion),
    People(&'s Namesakes),
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
    write_reasons(out, &suggestion.together, &suggestion.apart)?;
    let (one, other) = (short(&suggestion.one), short(&suggestion.other));
    match suggestion.suspicion {
        Suspicion::MissedMerge => writeln!(out, "  entente curate merge {one} {other} --by … --why …\n"),
        Suspicion::DoubtfulMerge => {
            writeln!(out, "  entente curate split {one} {} --by … --why …\n", suggestion.other.article)
        }
        Suspicion::Sample => writeln!(out, "  {one}\n"),
    }
}

fn write_people(out: &mut dyn Write, number: usize, pair: &Namesakes) -> io::Result<()> {
    writeln!(out, "{TITLE}{number}. may be one person{TITLE:#} (likeness {})", pair.score)?;
    for side in [&pair.one, &pair.other] {
        let offices = if side.offices.is_empty() { String::new() } else { format!(", {}", side.offices.join(", ")) };
        let more = side.count.saturating_sub(side.articles.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  {} ({}{offices}) in {}{more}", side.names.join(" / "), pair.party, side.articles.join(", "))?;
        for quote in &side.quotes {
            writeln!(out, "    “{}”", flat(quote))?;
        }
    }
    write_reasons(out, &pair.together, &pair.apart)?;
    let [one, other] = [&pair.one, &pair.other].map(|side| brief(&side.leader));
    writeln!(out, "  entente curate merge {one} {other} --by … --why …\n")
}

fn write_reasons(out: &mut dyn Write, together: &[String], apart: &[String]) -> io::Result<()> {
    if !together.is_empty() {
        writeln!(out, "  {FOR}for one:{FOR:#} {}", together.join("; "))?;
    }
    if !apart.is_empty() {
        writeln!(out, "  {AGAINST}against:{AGAINST:#} {}", apart.join("; "))?;
    }
    Ok(())
}

/// `event/0f3a1b2c3d4e`: enough of the hash to be the only one.
fn short(side: &Side) -> &str {
    brief(&side.event)
}

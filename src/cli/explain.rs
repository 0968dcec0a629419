//! `entente explain`: every sentence and rule behind a fact.

use super::args::{ExplainArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::report::flat;
use crate::graph::{ClaimRow, EventRow, Explanation, Report, Store, Story};
use crate::knowledge::vocab::ActType;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();
const KIND: Style = AnsiColor::Cyan.on_default();
const QUOTE: Style = Style::new().dimmed();

/// Runs the command.
pub(super) fn run(args: &ExplainArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let Some(explanation) = store.explain(&args.id)? else {
        ctx.complain(format!(
            "nothing in {} has the id `{}`\n  hint: give the IRI of an event, tie or claim, at least four digits of its \
             hash, or an article's id",
            ctx.store.display(),
            args.id
        ));
        return Ok(Exit::Findings);
    };
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &explanation)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            write(&mut out, &explanation)?;
            out.flush()?;
        }
    }
    Ok(if matches!(explanation, Explanation::Ambiguous { .. }) { Exit::Findings } else { Exit::Done })
}

fn write(out: &mut dyn Write, explanation: &Explanation) -> io::Result<()> {
    match explanation {
        Explanation::Event { story } => write_story(out, story),
        Explanation::Tie { tie, events } => {
            let arrow = if tie.directed { "→" } else { "–" };
            let span = [tie.first, tie.last].into_iter().flatten().map(|d| d.to_string()).collect::<Vec<_>>();
            writeln!(out, "{TITLE}{} {arrow} {}: {}{TITLE:#}", tie.from, tie.to, tie.kind)?;
            writeln!(out, "  {}", tie.iri)?;
            writeln!(
                out,
                "  {} event(s) in {} article(s), {} {}\n",
                tie.count,
                tie.articles,
                tie.quad_class,
                span.join(" to ")
            )?;
            events.iter().try_for_each(|story| write_story(out, story))
        }
        Explanation::Claim { claim, event } => {
            writeln!(out, "{TITLE}claim{TITLE:#} {}", claim.iri)?;
            write_source(out, claim)?;
            write_claim(out, claim)?;
            writeln!(out)?;
            match event {
                Some(story) => write_story(out, story),
                None => writeln!(out, "  asserts no event"),
            }
        }
        Explanation::Article { article, events } => {
            writeln!(out, "{TITLE}{}{TITLE:#}", article.title)?;
            let day = article.published.map(|d| d.to_string());
            let origin = [Some(&article.id), day.as_ref(), article.source.as_ref(), article.url.as_ref()];
            writeln!(out, "  {}\n", origin.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "))?;
            events.iter().try_for_each(|story| write_story(out, story))
        }
        Explanation::Ambiguous { candidates } => {
            writeln!(out, "several things have an id that begins so:")?;
            candidates.iter().try_for_each(|iri| writeln!(out, "  {iri}"))
        }
    }
}

fn write_story(out: &mut dyn Write, story: &Story) -> io::Result<()> {
    let event = &story.event;
    writeln!(out, "{TITLE}{}{TITLE:#}", headline(event))?;
    writeln!(out, "  {}", event.iri)?;
    let mut facts = vec![format!("confidence {:.2}", event.confidence)];
    if let Some(basis) = &event.date_basis {
        facts.push(format!("date {basis}"));
    }
    if !event.sectors.is_empty() {
        facts.push(event.sectors.join(", "));
    }
    if event.background {
        facts.push("only recalled".into());
    }
    writeln!(out, "  {}", facts.join(" · "))?;
    for (word, leaders) in [("with", &event.participants), ("signed by", &event.signatories)] {
        if !leaders.is_empty() {
            let names: Vec<String> = leaders.iter().map(|l| l.name.clone()).collect();
            writeln!(out, "  {word} {}", names.join(", "))?;
        }
    }
    for report in &story.reports {
        write_report(out, report)?;
    }
    writeln!(out)
}

fn write_report(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if let Some(claim) = report.claims.first() {
        write_source(out, claim)?;
    }
    if !report.same_because.is_empty() {
        writeln!(out, "    the same event: {}", report.same_because.join("; "))?;
    }
    report.claims.iter().try_for_each(|claim| write_claim(out, claim))
}

fn write_source(out: &mut dyn Write, claim: &ClaimRow) -> io::Result<()> {
    let day = claim.published.map(|d| d.to_string());
    let origin = [Some(&claim.article), day.as_ref(), claim.source.as_ref(), claim.url.as_ref()];
    let origin: Vec<String> = origin.into_iter().flatten().cloned().collect();
    writeln!(out, "  {KIND}{}{KIND:#}", origin.join(" · "))
}

fn write_claim(out: &mut dyn Write, claim: &ClaimRow) -> io::Result<()> {
    let told = [Some(&claim.event_type), claim.status.as_ref(), claim.date.as_ref()];
    let told: Vec<String> = told.into_iter().flatten().cloned().collect();
    let by = claim.attributed_to.as_ref().map(|who| format!(", according to {who}")).unwrap_or_default();
    writeln!(out, "    {QUOTE}“{}”{QUOTE:#}", flat(&claim.quote))?;
    writeln!(
        out,
        "      {} · {:.2} · rule {} · characters {}–{}{by}",
        told.join(", "),
        claim.confidence,
        claim.rule,
        claim.start,
        claim.end
    )
}

/// `KOR–SGP: partnership, agreed, strategic partnership, 2025-11-02`.
fn headline(event: &EventRow) -> String {
    let who = match (&event.actor, &event.recipient) {
        (Some(actor), Some(recipient)) if !event.event_type.parse().is_ok_and(ActType::is_mutual) => {
            format!("{actor} → {recipient}")
        }
        _ => event.parties.join("–"),
    };
    let rest = [event.status.as_ref(), event.topic.as_ref(), event.place.as_ref(), event.date.as_ref()];
    let mut line = format!("{who}: {}", event.event_type);
    for part in rest.into_iter().flatten() {
        line.push_str(", ");
        line.push_str(part);
    }
    line
}

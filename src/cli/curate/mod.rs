//! `entente curate`: a person's decisions into the graph, listed, carried to other stores, and taken back.

mod words;

use super::args::{CurateAction, CurateArgs, FactArgs, ReportFormat, Says};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::party;
use super::report::counted;
use crate::graph::{Account, Decision, Store, Values, Verdict, Wish, WishError};
use crate::knowledge::Knowledge;
use anyhow::Context as _;
use std::io::{Read as _, Write};
use std::path::Path;
use words::{entry, head, short};

/// Runs the command.
pub(super) fn run(args: &CurateArgs, ctx: &Context) -> anyhow::Result<Exit> {
    match &args.action {
        CurateAction::List { format } => list(*format, ctx),
        CurateAction::Export { output } => export(output.as_deref(), ctx),
        CurateAction::Import { file } => import(file, ctx),
        CurateAction::Undo { ids } => undo(ids, ctx),
        CurateAction::Merge { ids, says } => decide(ctx, says, &Wish::Merge { ids: ids.clone() }),
        CurateAction::Split { event, reports, says } => {
            let (event, reports) = (Some(event.clone()), reports.clone());
            decide(ctx, says, &Wish::Split { event, reports, events: Vec::new() })
        }
        CurateAction::Reject { ids, says } => decide(ctx, says, &Wish::Reject { ids: ids.clone() }),
        CurateAction::Rename { id, name, says } => {
            decide(ctx, says, &Wish::Rename { id: id.clone(), name: name.clone() })
        }
        CurateAction::Assert { event, fact, says } => {
            decide(ctx, says, &Wish::Assert { event: event.clone(), values: values(fact, ctx)? })
        }
    }
}

fn open(ctx: &Context) -> anyhow::Result<(Store, Knowledge)> {
    let knowledge = ctx.knowledge()?;
    let mut store = Store::open_to_change(&ctx.store)?;
    store.refer(&knowledge)?;
    Ok((store, knowledge))
}

fn decide(ctx: &Context, says: &Says, wish: &Wish) -> anyhow::Result<Exit> {
    let (mut store, _) = open(ctx)?;
    let verdict = granted(store.verdict(wish))?;
    for id in words::ids(wish) {
        if let Some(now) = store.became(id)? {
            ctx.note(format!("note: `{id}` has become {now}: its first report is of that event now"));
        }
    }
    if let Some(known) = store.decided(&verdict) {
        ctx.note(format!("already decided, and nothing more is kept: {}", entry(&store, known)?));
        return Ok(Exit::Done);
    }
    if let Some(doubt) = words::strangers(&store.account(&verdict, None)?, &verdict) {
        ctx.note(doubt);
    }
    let at = says.at.clone().unwrap_or_else(|| store.decision_time(chrono::Utc::now()));
    let decision = Decision::new(&says.by, &says.why, &store.moment(&at), verdict).checked()?;
    store.decide(std::slice::from_ref(&decision))?;
    store.settle()?;
    store.flush()?;
    let told = entry(&store, &decision)?;
    ctx.note(format!("decided: {told}\n(take it back with `entente curate undo {}`)", short(&decision)));
    Ok(Exit::Done)
}

/// A verdict, or why there is none with the way out.
fn granted(verdict: Result<Verdict, WishError>) -> anyhow::Result<Verdict> {
    match verdict {
        Err(WishError::Unfit { what, hint: Some(hint) }) => Err(anyhow::Error::msg(what)).hint(hint),
        Err(WishError::Store(error)) => Err(error.into()),
        other => Ok(other?),
    }
}

/// The values of a fact, its parties by their codes.
fn values(given: &FactArgs, ctx: &Context) -> anyhow::Result<Values> {
    let mut parties = Vec::new();
    if !given.parties.is_empty() {
        let knowledge = ctx.knowledge()?;
        for name in &given.parties {
            parties.push(party::code_of(&knowledge.gazetteer, name)?);
        }
    }
    Ok(Values {
        kind: given.kind.clone(),
        event_type: given.event_type.clone(),
        parties,
        status: given.status.clone(),
        date: given.date.clone(),
        topic: given.topic.clone(),
        place: given.place.clone(),
        sectors: given.sectors.clone(),
    })
}

fn list(format: ReportFormat, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let decisions = store.decisions();
    match format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            let listed = |decision| -> anyhow::Result<Listed<'_>> {
                Ok(Listed { id: short(decision), account: store.account(&decision.verdict, Some(decision))?, decision })
            };
            let listed: anyhow::Result<Vec<Listed<'_>>> = decisions.iter().map(listed).collect();
            serde_json::to_writer_pretty(&mut out, &listed?)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            for decision in decisions {
                writeln!(out, "{}", entry(&store, decision)?)?;
            }
            out.flush()?;
        }
    }
    ctx.note(counted(decisions.len() as u64, "decision"));
    Ok(if decisions.is_empty() { Exit::Findings } else { Exit::Done })
}

/// A decision with the id by which it can be taken back, and what it is about.
#[derive(serde::Serialize)]
struct Listed<'d> {
    id: String,
    #[serde(flatten)]
    decision: &'d Decision,
    #[serde(flatten)]
    account: Account,
}

fn export(output: Option<&Path>, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let mut out = ctx.destination(output)?;
    for decision in store.decisions() {
        serde_json::to_writer(&mut out, decision)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn import(file: &Path, ctx: &Context) -> anyhow::Result<Exit> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text).context("cannot read stdin")?;
    } else {
        text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    let mut decisions = Vec::new();
    for (at, row) in text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let read: Decision = serde_json::from_str(row)
            .with_context(|| format!("line {} holds no decision", at + 1))
            .hint("`entente curate export` writes the form that `import` reads")?;
        decisions.push(read.checked().with_context(|| format!("line {} cannot be decided", at + 1))?);
    }
    let (mut store, _) = open(ctx)?;
    let new = store.decide(&decisions)?;
    store.settle()?;
    store.flush()?;
    ctx.note(format!("{} new, {} known", counted(new as u64, "decision"), decisions.len() - new));
    Ok(Exit::Done)
}

fn undo(ids: &[String], ctx: &Context) -> anyhow::Result<Exit> {
    let (mut store, _) = open(ctx)?;
    let (mut undone, mut unknown) = (Vec::new(), Vec::new());
    for id in ids {
        match store.decisions_called(id)[..] {
            [_] => undone.extend(store.undo(id)?),
            [] => unknown.push(format!("no decision has the id `{id}`\n  hint: see `entente curate list`")),
            ref several => {
                let several: Vec<String> = several.iter().map(|decision| format!("\n    {}", head(decision))).collect();
                unknown.push(format!("`{id}` may be any of{}\n  hint: give more digits", several.concat()));
            }
        }
    }
    store.settle()?;
    store.flush()?;
    for decision in &undone {
        ctx.note(format!("undone: {}", entry(&store, decision)?));
    }
    unknown.iter().for_each(|problem| ctx.complain(problem));
    Ok(if unknown.is_empty() { Exit::Done } else { Exit::Findings })
}

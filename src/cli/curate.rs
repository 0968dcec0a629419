//! `entente curate`: a person's decisions into the graph, listed, carried to other stores, and taken back.

use super::args::{CurateAction, CurateArgs, FactArgs, ReportFormat, Says};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::party;
use super::report::counted;
use crate::graph::{Assertion, Decision, Mark, Store, Target, Verdict};
use crate::knowledge::Knowledge;
use anyhow::{Context as _, anyhow, bail};
use std::io::{Read as _, Write};
use std::path::Path;

/// Where ids come from, for hints.
const IDS: &str = "ids are those that `entente explain ARTICLE`, `entente query` and `entente suggest` print";

/// Runs the command.
pub(super) fn run(args: &CurateArgs, ctx: &Context) -> anyhow::Result<Exit> {
    match &args.action {
        CurateAction::List { format } => list(*format, ctx),
        CurateAction::Export { output } => export(output.as_deref(), ctx),
        CurateAction::Import { file } => import(file, ctx),
        CurateAction::Undo { ids } => undo(ids, ctx),
        CurateAction::Merge { ids, says } => decide(ctx, says, |store, _| merge(store, ids)),
        CurateAction::Split { event, reports, says } => decide(ctx, says, |store, _| split(store, event, reports)),
        CurateAction::Reject { ids, says } => decide(ctx, says, |store, _| {
            Ok(Verdict::Reject { reports: all_reports(store, ids)?.into_iter().flatten().collect() })
        }),
        CurateAction::Rename { id, name, says } => decide(ctx, says, |store, _| rename(store, id, name)),
        CurateAction::Assert { event, fact, says } => {
            decide(ctx, says, |store, knowledge| assert(store, knowledge, event.as_deref(), fact))
        }
    }
}

fn open(ctx: &Context) -> anyhow::Result<(Store, Knowledge)> {
    let knowledge = ctx.knowledge()?;
    let mut store = Store::open_to_change(&ctx.store)?;
    store.refer(&knowledge)?;
    Ok((store, knowledge))
}

fn decide(
    ctx: &Context,
    says: &Says,
    verdict: impl FnOnce(&Store, &Knowledge) -> anyhow::Result<Verdict>,
) -> anyhow::Result<Exit> {
    let (mut store, knowledge) = open(ctx)?;
    let verdict = verdict(&store, &knowledge)?;
    let at = says.at.clone().unwrap_or_else(|| now(&store));
    let decision = Decision::new(&says.by, &says.why, &store.moment(&at), verdict).checked()?;
    store.decide(std::slice::from_ref(&decision))?;
    store.settle()?;
    store.flush()?;
    ctx.note(format!("decided: {} (take it back with `entente curate undo {}`)", line(&decision), short(&decision)));
    Ok(Exit::Done)
}

/// The time of the clock, or of the last decision where the clock is behind it: what is decided last counts.
fn now(store: &Store) -> String {
    let clock = chrono::Utc::now();
    let last = store.decisions().last().and_then(|last| chrono::DateTime::parse_from_rfc3339(&last.at).ok());
    let now = last.map_or(clock, |last| clock.max(last.to_utc()));
    now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn target(store: &Store, id: &str) -> anyhow::Result<Target> {
    match store.target(id)? {
        Some(Target::Ambiguous(iris)) => {
            Err(anyhow!("`{id}` may be {}", iris.join(" or "))).hint("give more digits, or the IRI")
        }
        Some(target) => Ok(target),
        None => Err(anyhow!("nothing in the store has the id `{id}`")).hint(IDS),
    }
}

/// The marks behind each id.
fn all_reports(store: &Store, ids: &[String]) -> anyhow::Result<Vec<Vec<Mark>>> {
    let mut all = Vec::new();
    for id in ids {
        match target(store, id)? {
            Target::Reports { marks, .. } => all.push(marks),
            _ => return Err(anyhow!("`{id}` is neither an event nor a claim")).hint(IDS),
        }
    }
    Ok(all)
}

fn merge(store: &Store, ids: &[String]) -> anyhow::Result<Verdict> {
    let mut leaders = Vec::new();
    for id in ids {
        if let Target::Leader(iri) = target(store, id)? {
            leaders.push(iri);
        }
    }
    if leaders.len() == ids.len() {
        leaders.sort();
        leaders.dedup();
        if leaders.len() < 2 {
            bail!("all these are one leader already");
        }
        return Ok(Verdict::MergeLeaders { leaders });
    }
    let reports: Vec<Mark> = all_reports(store, ids)?.into_iter().flatten().collect();
    if reports.iter().any(|mark| mark.about != reports[0].about) {
        return Err(anyhow!("agreements, encounters and acts are never one event"))
            .hint("merge events of one kind only");
    }
    let mut facts: Vec<&str> = reports.iter().map(|mark| mark.fact.as_str()).collect();
    facts.sort_unstable();
    facts.dedup();
    if facts.len() < reports.len() || facts.len() < 2 {
        bail!("these are one event already");
    }
    Ok(Verdict::Merge { reports })
}

fn split(store: &Store, event: &str, reports: &[String]) -> anyhow::Result<Verdict> {
    let all: Vec<Mark> = all_reports(store, &[event.to_owned()])?.into_iter().flatten().collect();
    let mut out = Vec::new();
    for id in reports {
        let of_article: Vec<Mark> = all.iter().filter(|mark| mark.article == *id).cloned().collect();
        if !of_article.is_empty() {
            out.extend(of_article);
            continue;
        }
        let claimed = all_reports(store, std::slice::from_ref(id))?.into_iter().flatten();
        let claimed: Vec<Mark> = claimed.filter(|mark| all.iter().any(|own| own.fact == mark.fact)).collect();
        if claimed.is_empty() {
            return Err(anyhow!("`{id}` does not tell of that event")).hint(format!("see `entente explain {event}`"));
        }
        out.extend(claimed);
    }
    let from: Vec<Mark> = all.into_iter().filter(|mark| !out.iter().any(|o| o.fact == mark.fact)).collect();
    if from.is_empty() {
        return Err(anyhow!("nothing of the event would stay")).hint("name only the reports that are of another event");
    }
    Ok(Verdict::Split { reports: out, from })
}

fn rename(store: &Store, id: &str, name: &str) -> anyhow::Result<Verdict> {
    let name = name.trim();
    if name.is_empty() {
        bail!("a name must not be empty");
    }
    Ok(match target(store, id)? {
        Target::Reports { marks, .. } => Verdict::Rename { reports: marks, name: name.to_owned() },
        Target::Leader(agent) => Verdict::RenameAgent { agent, name: name.to_owned() },
        Target::Party { iri, listed: false } => Verdict::RenameAgent { agent: iri, name: name.to_owned() },
        _ => {
            return Err(anyhow!("`{id}` has its name from the lists"))
                .hint("lay your own list over them with --knowledge DIR");
        }
    })
}

fn assert(store: &Store, knowledge: &Knowledge, event: Option<&str>, given: &FactArgs) -> anyhow::Result<Verdict> {
    let texts = [&given.event_type, &given.status, &given.date, &given.topic, &given.place];
    if event.is_some()
        && texts.iter().all(|text| text.is_none())
        && given.parties.is_empty()
        && given.sectors.is_empty()
    {
        return Err(anyhow!("nothing is asserted of the event"))
            .hint("give a value, such as --status cancelled or --date 2025-11-02");
    }
    let mut fact = match event {
        None => new_fact(given)?,
        Some(id) => {
            let Target::Reports { iri, marks } = target(store, id)? else { bail!("`{id}` is no event") };
            let Some(event) = store.event(&iri)? else { bail!("`{id}` is no event") };
            let acts = event.actor.clone().zip(event.recipient.clone()).map(|(a, b)| vec![a, b]);
            Assertion {
                about: event.kind.as_str().to_owned(),
                event_type: event.event_type,
                parties: acts.unwrap_or(event.parties),
                status: None,
                date: None,
                topic: None,
                place: None,
                sectors: Vec::new(),
                repeats: repeated(given),
                of: marks,
            }
        }
    };
    if let Some(kind) = given.kind.as_ref().filter(|kind| **kind != fact.about) {
        bail!("the event is no {kind}, it is an {}", fact.about);
    }
    if !given.parties.is_empty() {
        fact.parties.clear();
        for name in &given.parties {
            fact.parties.push(party::code_of(&knowledge.gazetteer, name)?);
        }
    }
    fact.event_type = given.event_type.clone().unwrap_or(fact.event_type);
    fact.status.clone_from(&given.status);
    fact.date.clone_from(&given.date);
    fact.topic.clone_from(&given.topic);
    fact.place.clone_from(&given.place);
    fact.sectors.clone_from(&given.sectors);
    Ok(Verdict::Assert { fact })
}

/// What is not given, and so only repeats what the event has.
fn repeated(given: &FactArgs) -> Vec<String> {
    let all = [("parties", given.parties.is_empty()), ("type", given.event_type.is_none())];
    all.iter().filter(|(_, repeats)| *repeats).map(|(what, _)| (*what).to_owned()).collect()
}

fn new_fact(given: &FactArgs) -> anyhow::Result<Assertion> {
    let (Some(kind), Some(event_type)) = (&given.kind, &given.event_type) else {
        return Err(anyhow!("a new event needs --kind, --type and --parties"))
            .hint("or name the event whose values you give");
    };
    let needs_status = kind != "act" && given.status.is_none();
    if given.parties.len() < 2 || needs_status {
        return Err(anyhow!("a new event needs two parties, and a status unless it is an act"))
            .hint("as in --kind agreement --type mou --parties KOR,SGP --status signed");
    }
    Ok(Assertion {
        about: kind.clone(),
        event_type: event_type.clone(),
        parties: Vec::new(),
        status: None,
        date: None,
        topic: None,
        place: None,
        sectors: Vec::new(),
        repeats: Vec::new(),
        of: Vec::new(),
    })
}

fn list(format: ReportFormat, ctx: &Context) -> anyhow::Result<Exit> {
    let store = Store::open_existing(&ctx.store)?;
    let decisions = store.decisions();
    match format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, decisions)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            for decision in decisions {
                writeln!(out, "{}  {}", short(decision), line(decision))?;
            }
            out.flush()?;
        }
    }
    ctx.note(counted(decisions.len() as u64, "decision"));
    Ok(if decisions.is_empty() { Exit::Findings } else { Exit::Done })
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
    let mut unknown = Vec::new();
    for id in ids {
        match store.undo(id)? {
            Some(decision) => ctx.note(format!("undone: {}", line(&decision))),
            None => unknown.push(id),
        }
    }
    store.settle()?;
    store.flush()?;
    for id in &unknown {
        ctx.complain(format!("no decision, or more than one, has the id `{id}`\n  hint: see `entente curate list`"));
    }
    Ok(if unknown.is_empty() { Exit::Done } else { Exit::Findings })
}

fn short(decision: &Decision) -> String {
    decision.hash().chars().take(10).collect()
}

/// `2025-11-02  Ada: merge a, b: one signing, two papers`.
fn line(decision: &Decision) -> String {
    let articles = |marks: &[Mark]| {
        let mut ids: Vec<&str> = marks.iter().map(|mark| mark.article.as_str()).collect();
        ids.dedup();
        ids.join(", ")
    };
    let what = match &decision.verdict {
        Verdict::Merge { reports } | Verdict::Reject { reports } => articles(reports),
        Verdict::Split { reports, from } => format!("{} from {}", articles(reports), articles(from)),
        Verdict::Rename { reports, name } => format!("“{name}” ({})", articles(reports)),
        Verdict::RenameAgent { agent, name } => format!("{agent} “{name}”"),
        Verdict::MergeLeaders { leaders } => leaders.join(", "),
        Verdict::Assert { fact } => {
            let values = [Some(&fact.event_type), fact.status.as_ref(), fact.topic.as_ref(), fact.date.as_ref()];
            let values: Vec<&str> = values.into_iter().flatten().map(String::as_str).collect();
            format!("{}: {}", fact.parties.join("–"), values.join(", "))
        }
    };
    format!("{}  {}: {} {what}: {}", decision.day(), decision.by, decision.verdict.word(), decision.why)
}

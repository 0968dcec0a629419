//! `entente dyad`, `entente country`, `entente leader`: dossiers, with sources.

use super::args::{CountryArgs, DossierArgs, DossierFormat, DyadArgs, LeaderArgs};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::{party, scope};
use crate::graph::{EventFilter, EventRow, LeaderRow, Store};
use crate::knowledge::Knowledge;
use crate::view::dossier::{Dossier, Names, Scope, Subject, write_html, write_markdown, write_text};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Entries of a section where nothing says how many.
const LIMIT: usize = 25;
/// How many names an error proposes.
const PROPOSED: usize = 5;

/// Runs `entente dyad`.
pub(super) fn dyad(args: &DyadArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let gazetteer = &knowledge.gazetteer;
    let [first, second] = [&args.first, &args.second].map(|name| party::code_of(gazetteer, name));
    let (first, second) = (first?, second?);
    if first == second {
        let problem = anyhow::anyhow!("`{}` and `{}` are both {first}", args.first, args.second);
        return Err(problem).hint(format!("name two different countries; `entente country {first}` tells of one"));
    }
    let within = asked(&args.dossier, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let filter = scope::filter(&within, Vec::new(), vec![first.clone(), second.clone()]);
    let events = scope::events(&store, &filter, &within)?;
    let parties = [first, second].map(|code| scope::described(gazetteer, code));
    let told = Told { subject: Subject::Dyad { parties }, within, events };
    told.write(&args.dossier, ctx, &store, &knowledge)
}

/// Runs `entente country`.
pub(super) fn country(args: &CountryArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let code = party::code_of(&knowledge.gazetteer, &args.country)?;
    let within = asked(&args.dossier, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let events = scope::events(&store, &scope::filter(&within, Vec::new(), vec![code.clone()]), &within)?;
    let subject = Subject::Country { party: scope::described(&knowledge.gazetteer, code) };
    Told { subject, within, events }.write(&args.dossier, ctx, &store, &knowledge)
}

/// Runs `entente leader`.
pub(super) fn leader(args: &LeaderArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let within = asked(&args.dossier, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let all = store.events(&EventFilter::default())?;
    let leader = match (named(&all, &args.name), store.leader_called(&args.name)?) {
        // A spelling that is not the name, or no longer.
        (Err(_), Some(person)) => named(&all, &person.name)?,
        (found, _) => found?,
    };
    let events = scope::events(&store, &scope::filter(&within, Vec::new(), Vec::new()), &within)?;
    Told { subject: Subject::Leader { leader }, within, events }.write(&args.dossier, ctx, &store, &knowledge)
}

/// The scope, with how many entries a section has.
fn asked(args: &DossierArgs, knowledge: &Knowledge) -> anyhow::Result<Scope> {
    let usual = if args.format == DossierFormat::Json { None } else { Some(LIMIT) };
    let limit = args.limit.map_or(usual, |n| (n > 0).then_some(n));
    Ok(Scope { limit, ..scope::scope(&args.scope, knowledge)? })
}

/// Whom to tell of, and what there is.
struct Told {
    subject: Subject,
    within: Scope,
    events: Vec<EventRow>,
}

impl Told {
    fn write(self, args: &DossierArgs, ctx: &Context, store: &Store, knowledge: &Knowledge) -> anyhow::Result<Exit> {
        let events: Vec<EventRow> = self.events.into_iter().filter(|e| self.subject.concerns(e)).collect();
        let claims = scope::claims(store, &events)?;
        let mut names = Names::of(knowledge);
        for party in store.parties()? {
            names.parties.entry(party.code).or_insert(party.name);
        }
        let dossier = Dossier::new(self.subject, self.within, &events, &claims, &names, &knowledge.acts);
        if dossier.is_empty() && args.format != DossierFormat::Json {
            ctx.note(nothing(&dossier));
            return Ok(Exit::Findings);
        }
        print(args, ctx, &dossier)?;
        Ok(if dossier.is_empty() { Exit::Findings } else { Exit::Done })
    }
}

fn nothing(dossier: &Dossier) -> String {
    let scope = dossier.scope.since.is_some() || dossier.scope.until.is_some() || !dossier.scope.sectors.is_empty();
    let within = if scope || dossier.scope.min_confidence > 0.0 { " within this scope" } else { "" };
    match &dossier.subject {
        Subject::Dyad { .. } => format!("the graph knows nothing that {} have in common{within}", dossier.title),
        _ => format!("the graph knows nothing of {}{within}", dossier.title),
    }
}

fn print(args: &DossierArgs, ctx: &Context, dossier: &Dossier) -> anyhow::Result<()> {
    let file = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let mut out = match (args.format, file) {
        (DossierFormat::Text, None) => ctx.page(),
        _ => ctx.destination(file)?,
    };
    let width = scope::columns();
    match args.format {
        DossierFormat::Text if file.is_some() => write_text(&mut anstream::StripStream::new(&mut out), dossier, width)?,
        DossierFormat::Text => write_text(&mut out, dossier, width)?,
        DossierFormat::Markdown => write_markdown(&mut out, dossier)?,
        DossierFormat::Html => write_html(&mut out, dossier)?,
        DossierFormat::Json => {
            serde_json::to_writer_pretty(&mut out, dossier)?;
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

/// The leader whom a name means: the whole name, else the only one whose name holds all its words.
fn named(events: &[EventRow], name: &str) -> anyhow::Result<LeaderRow> {
    let mut known: BTreeMap<&str, (&LeaderRow, usize)> = BTreeMap::new();
    for leader in events.iter().flat_map(|e| e.participants.iter().chain(&e.signatories)) {
        let entry = known.entry(&leader.iri).or_insert((leader, 0));
        entry.1 += 1;
        if entry.0.title.is_none() && leader.title.is_some() {
            entry.0 = leader;
        }
    }
    let wanted = name.trim().to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let whole =
        |leader: &LeaderRow| leader.name.to_lowercase() == wanted || leader.iri.ends_with(&format!("/{wanted}"));
    let holds = |leader: &LeaderRow| {
        let own = leader.name.to_lowercase();
        !words.is_empty() && words.iter().all(|w| own.split(|c: char| !c.is_alphanumeric()).any(|part| part == *w))
    };
    let mut found: Vec<(&LeaderRow, usize)> = known.values().copied().filter(|(l, _)| whole(l)).collect();
    if found.is_empty() {
        found = known.values().copied().filter(|(l, _)| holds(l)).collect();
    }
    found.sort_by_key(|(_, events)| std::cmp::Reverse(*events));
    let shown = |(l, _): &(&LeaderRow, usize)| format!("{} ({})", l.name, l.party.as_deref().unwrap_or("no country"));
    match found.as_slice() {
        [(leader, _)] => Ok((*leader).clone()),
        [] => {
            let mut close: Vec<(usize, &LeaderRow)> = known
                .values()
                .map(|(l, _)| (strsim::damerau_levenshtein(&wanted, &l.name.to_lowercase()), *l))
                .collect();
            close.sort_by_key(|(distance, leader)| (*distance, &leader.iri));
            let limit = (wanted.chars().count() / 3).max(1);
            let near = close.iter().filter(|(d, _)| *d <= limit).take(PROPOSED).map(|(_, l)| shown(&(*l, 0)));
            let near = near.collect::<Vec<_>>().join(" or ");
            let asked = if near.is_empty() { String::new() } else { format!("; did you mean {near}?") };
            Err(anyhow::anyhow!("no leader in the graph is called `{name}`{asked}"))
                .hint("`entente queries` lists questions about leaders")
        }
        several => {
            let names: Vec<String> = several.iter().take(PROPOSED).map(shown).collect();
            let more = several.len().saturating_sub(names.len());
            let more = if more > 0 { format!(" or {more} others") } else { String::new() };
            Err(anyhow::anyhow!("`{name}` may be {}{more}", names.join(" or "))).hint("give the whole name")
        }
    }
}

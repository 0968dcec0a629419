//! `entente path`: how two countries are tied, with the sentences behind each step.

use super::args::{PathArgs, ReportFormat};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::{party, scope};
use crate::graph::{EventRow, PartyRow, Store};
use crate::view::dossier::{Item, Names, Subject};
use crate::view::words;
use crate::view::{Chain, ChainRule, Link, Network, Rows, Selection, View, chains, project};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();
const STEP: Style = AnsiColor::Cyan.on_default().bold();
const QUOTE: Style = Style::new().dimmed();

/// A chain with the evidence of its steps.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    chain: Chain,
    steps: Vec<Step>,
}

/// A step of a chain.
#[derive(Serialize)]
struct Step {
    from: PartyRow,
    to: PartyRow,
    /// "3 meetings, 2 agreements", of cooperation before conflict.
    ties: Vec<String>,
    /// All events between the two.
    events: usize,
    /// The best attested ones.
    evidence: Vec<Item>,
}

/// Runs the command.
pub(super) fn run(args: &PathArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let [first, second] = [&args.first, &args.second].map(|name| party::code_of(&knowledge.gazetteer, name));
    let (first, second) = (first?, second?);
    if first == second {
        return Err(anyhow::anyhow!("`{}` and `{}` are both {first}", args.first, args.second))
            .hint("name two different countries");
    }
    let within = scope::scope(&args.scope, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let filter = scope::filter(&within, Vec::new(), Vec::new());
    let (events, ties, parties) = (scope::events(&store, &filter, &within)?, store.ties(&filter)?, store.parties()?);
    let rows = Rows { events: &events, ties: &ties, parties: &parties };
    let tone = args.tone.map(super::args::ToneArg::tone);
    let selection = Selection { min_count: args.min_count, tone, ..Selection::default() };
    let network = project(View::Ties, rows, &selection);
    let rule = ChainRule { most: args.chains, indirect: args.indirect, countries_only: args.countries_only };
    let names = Names::of(&knowledge);
    let mut told = Vec::new();
    for chain in chains(&network, &first, &second, rule) {
        let mut steps = Vec::new();
        for pair in chain.parties.windows(2) {
            if let [from, to] = pair {
                let parties = [from, to].map(|code| scope::described(&knowledge.gazetteer, code.clone()));
                steps.push(step(&store, &network, &events, parties, (&names, args.events))?);
            }
        }
        told.push(Told { chain, steps });
    }
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &told)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            told.iter().try_for_each(|chain| write(&mut out, chain))?;
            out.flush()?;
        }
    }
    if told.is_empty() {
        ctx.note(format!("nothing in the graph ties {first} and {second}"));
    }
    Ok(if told.is_empty() { Exit::Findings } else { Exit::Done })
}

fn step(
    store: &Store,
    network: &Network,
    events: &[EventRow],
    [from, to]: [PartyRow; 2],
    (names, most): (&Names, usize),
) -> anyhow::Result<Step> {
    let find = |code: &str| network.graph.node_indices().find(|at| network.graph[*at].id == code);
    let (mut ties, mut iris) = (Vec::new(), Vec::new());
    if let (Some(a), Some(b)) = (find(&from.code), find(&to.code)) {
        // Edges run from the first code to the second.
        let edges = network.graph.edges_connecting(a, b).chain(network.graph.edges_connecting(b, a));
        for edge in edges {
            if let Link::Tie(tie) = edge.weight() {
                ties.push((tie.tone, format!("{} ({})", tie.label(), tie.tone.as_str())));
                iris.extend(tie.events.iter().cloned());
            }
        }
    }
    ties.sort();
    let mut between: Vec<&EventRow> = events.iter().filter(|e| iris.contains(&e.iri)).collect();
    let count = between.len();
    between.sort_by(|a, b| {
        // What is between the two alone says more than a summit of twenty.
        let key = |e: &EventRow| (e.parties.len() > 2, usize::MAX - e.articles.len());
        key(a).cmp(&key(b)).then(b.confidence.total_cmp(&a.confidence)).then_with(|| a.iri.cmp(&b.iri))
    });
    let subject = Subject::Dyad { parties: [from.clone(), to.clone()] };
    let mut evidence = Vec::new();
    for event in between.into_iter().take(most) {
        let mut item = Item::new(event, &store.claims(&event.iri)?, &subject, names);
        item.lead = (!item.sources.is_empty()).then_some(0);
        evidence.push(item);
    }
    Ok(Step { from, to, ties: ties.into_iter().map(|(_, text)| text).collect(), events: count, evidence })
}

fn write(out: &mut dyn Write, told: &Told) -> io::Result<()> {
    let names: Vec<&str> = told.steps.iter().map(|s| s.from.name.as_str()).collect();
    let last = told.steps.last().map_or("", |s| s.to.name.as_str());
    let steps = words::number_of(told.steps.len(), "step");
    let weakest = words::number_of(told.chain.weakest, "event");
    writeln!(out, "{TITLE}{} – {last}{TITLE:#} ({steps}, weakest tie {weakest})", names.join(" – "))?;
    for step in &told.steps {
        writeln!(out, "\n  {STEP}{} – {}{STEP:#}: {}", step.from.name, step.to.name, step.ties.join("; "))?;
        for item in &step.evidence {
            writeln!(out, "    {}, {} (confidence {:.2})", item.title, item.when, item.confidence)?;
            if let Some(source) = item.quoted() {
                let day = source.published.map(words::day);
                let origin: Vec<String> = source.outlet.iter().map(|o| words::visible(o)).chain(day).collect();
                let origin = if origin.is_empty() { String::new() } else { format!(", {}", origin.join(", ")) };
                writeln!(out, "      {QUOTE}“{}”{QUOTE:#}", words::visible(&source.quote))?;
                writeln!(out, "      — {}{origin}", words::visible(&source.headline))?;
            }
        }
    }
    writeln!(out)
}

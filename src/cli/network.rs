//! `entente network`: the network of ties, measured.

use super::args::{NetworkArgs, NetworkPart, TableFormat};
use super::columns::{Columns, real, score};
use super::context::Context;
use super::exit::Exit;
use super::{party, scope};
use crate::graph::{PartyRow, Store};
use crate::knowledge::Knowledge;
use crate::view::words::{self, Tone};
use crate::view::{
    Bridge, Community, DyadFigures, MeasureRow, Network, Rows, Selection, Split, View, bridges, dyads, groups,
    measures, modularity, project,
};
use anstyle::Style;
use serde::Serialize;
use std::io::Write;

const TITLE: Style = Style::new().bold();
/// Rows of a text where nothing says how many.
const LIMIT: usize = 25;

/// Runs the command.
pub(super) fn run(args: &NetworkArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let code = |name: &String| party::code_of(&knowledge.gazetteer, name);
    let countries = args.countries.iter().map(code).collect::<Result<Vec<_>, _>>()?;
    let within = scope::scope(&args.scope, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let filter = scope::filter(&within, countries.clone(), Vec::new());
    let events = scope::events(&store, &filter, &within)?;
    let tone = args.tone.map(super::args::ToneArg::tone);
    let mut ties = store.ties(&filter)?;
    ties.retain(|tie| tone.is_none_or(|tone| tone == Tone::of(&tie.quad_class)));
    let parties = store.parties()?;
    let rows = Rows { events: &events, ties: &ties, parties: &parties };
    let filters = scope::told(&within, &knowledge);
    let selection = Selection { countries, min_count: args.min_count, tone, filters, ..Selection::default() };
    let network = project(View::Dyads, rows, &selection);
    let found = network.graph.edge_count() > 0;
    let mut out = match (args.format, args.output.as_deref()) {
        (TableFormat::Text, None) => ctx.page(),
        (_, file) => ctx.destination(file)?,
    };
    let listing = Listing::new(args, &network, rows, &knowledge);
    match args.format {
        TableFormat::Text if args.output.is_some() => {
            listing.text(&mut anstream::StripStream::new(&mut out), args, &network)?;
        }
        TableFormat::Text => listing.text(&mut out, args, &network)?,
        TableFormat::Csv => listing.columns().write_csv(&mut out)?,
        TableFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &listing)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    if !found {
        ctx.note("nothing in the graph matches");
    }
    Ok(if found { Exit::Done } else { Exit::Findings })
}

/// What is listed.
#[derive(Serialize)]
#[serde(untagged)]
enum Listing {
    Countries(Vec<MeasureRow>),
    Dyads(Vec<DyadFigures>),
    Communities(Vec<Community>),
    Bridges(Vec<Bridge>),
}

impl Listing {
    fn new(args: &NetworkArgs, network: &Network, rows: Rows<'_>, knowledge: &Knowledge) -> Self {
        match args.of {
            NetworkPart::Countries => Self::Countries(measures(network, args.sort.order())),
            NetworkPart::Communities => Self::Communities(groups(network)),
            NetworkPart::Bridges => Self::Bridges(bridges(network)),
            NetworkPart::Dyads => {
                let split = args.by.map_or(Split::Whole, super::args::SplitArg::split);
                let mut list = dyads(rows, split, &knowledge.acts);
                list.retain(|dyad| dyad.events >= args.min_count);
                if split == Split::Whole {
                    list.sort_by_key(|dyad| std::cmp::Reverse(dyad.events));
                }
                Self::Dyads(list)
            }
        }
    }

    fn text(&self, out: &mut dyn Write, args: &NetworkArgs, network: &Network) -> anyhow::Result<()> {
        let caption = &network.caption;
        writeln!(out, "{TITLE}{}{TITLE:#}\n{}", caption.title, caption.line())?;
        let counts = [
            words::number_of(network.graph.node_count(), "party"),
            words::number_of(network.graph.edge_count(), "pair"),
        ];
        let modularity = modularity(network).map(|m| format!(" · modularity of the communities {m:.2}"));
        writeln!(out, "{}{}\n", counts.join(" · "), modularity.unwrap_or_default())?;
        let limit = args.limit.map_or(LIMIT, |n| if n == 0 { usize::MAX } else { n });
        Ok(self.columns().write_text(out, limit)?)
    }

    fn columns(&self) -> Columns {
        match self {
            Self::Countries(rows) => countries(rows),
            Self::Dyads(rows) => pairs(rows),
            Self::Communities(rows) => communities(rows),
            Self::Bridges(rows) => joints(rows),
        }
    }
}

fn countries(rows: &[MeasureRow]) -> Columns {
    let row = |r: &MeasureRow| {
        let counts = [r.degree, r.strength, r.cooperation, r.conflict, r.core, r.community].map(|n| n.to_string());
        let [degree, strength, cooperation, conflict, core, community] = counts;
        let joint = if r.articulation { "yes" } else { "" }.to_owned();
        let (id, name) = (r.id.clone(), words::visible(&r.name));
        let central = [real(r.betweenness), real(r.eigenvector)];
        [id, name, degree, strength, cooperation, conflict]
            .into_iter()
            .chain(central)
            .chain([core, community, joint])
            .collect()
    };
    let head = vec![
        "Code",
        "Name",
        "Degree",
        "Strength",
        "Cooperation",
        "Conflict",
        "Betweenness",
        "Eigenvector",
        "Core",
        "Community",
        "Articulation",
    ];
    Columns { head, texts: 2, rows: rows.iter().map(row).collect() }
}

fn pairs(rows: &[DyadFigures]) -> Columns {
    let names = |d: &DyadFigures| [&d.first, &d.second].map(|p: &PartyRow| words::visible(&p.name)).join(" – ");
    let row = |d: &DyadFigures| {
        let m = &d.mood;
        let texts = [d.first.code.clone(), d.second.code.clone(), names(d), d.part.clone().unwrap_or_default()];
        let counts = [
            d.events,
            d.agreements,
            d.encounters,
            d.acts,
            m.verbal_cooperation,
            m.material_cooperation,
            m.verbal_conflict,
            m.material_conflict,
            d.articles,
        ];
        let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        let rest = [score(m.score), day(d.earliest), day(d.latest)];
        texts.into_iter().chain(counts.map(|n| n.to_string())).chain(rest).collect()
    };
    let head = vec![
        "First",
        "Second",
        "Names",
        "Part",
        "Events",
        "Agreements",
        "Encounters",
        "Acts",
        "V coop",
        "M coop",
        "V conf",
        "M conf",
        "Articles",
        "Score",
        "Earliest",
        "Latest",
    ];
    Columns { head, texts: 4, rows: rows.iter().map(row).collect() }
}

fn communities(rows: &[Community]) -> Columns {
    let row = |c: &Community| {
        let members: Vec<&str> = c.members.iter().map(|(id, _)| id.as_str()).collect();
        let counts = [c.members.len(), c.inside, c.outside, c.conflict].map(|n| n.to_string());
        std::iter::once(c.community.to_string()).chain(counts).chain([members.join(" ")]).collect()
    };
    let head = vec!["Community", "Size", "Inside", "Outside", "Conflict", "Members"];
    Columns { head, texts: 0, rows: rows.iter().map(row).collect() }
}

fn joints(rows: &[Bridge]) -> Columns {
    let row = |b: &Bridge| {
        let names = format!("{} – {}", words::visible(&b.first.1), words::visible(&b.second.1));
        vec![b.first.0.clone(), b.second.0.clone(), names, b.events.to_string()]
    };
    Columns { head: vec!["First", "Second", "Names", "Events"], texts: 3, rows: rows.iter().map(row).collect() }
}

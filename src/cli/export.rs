//! `entente export`: a view of the graph, or the graph itself, for other programs.

use super::args::{ExportArgs, ExportFormat, ExportView};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::{graphviz, party};
use crate::graph::{ClaimRow, EventFilter, EventRow, RdfFormat, Store, StoreError};
use crate::knowledge::Knowledge;
use crate::view::{Network, Rows, Selection, View, export, picture, project, words};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &ExportArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let format = args.format.or_else(|| format_of(args.output.as_deref())).unwrap_or(ExportFormat::Dot);
    if let Some(rdf) = rdf_format(format) {
        return dump(args, rdf, ctx);
    }
    let knowledge = ctx.knowledge()?;
    let asked = Asked::new(args, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let events = store.events(&asked.filter)?;
    let mut file = Vec::new();
    let found = match (format, asked.view) {
        (ExportFormat::Polecat, _) => {
            export::write_polecat(&mut file, &events, &claims(&store, &events)?, &knowledge)?;
            !events.is_empty()
        }
        (ExportFormat::Csv, View::Events) => {
            export::write_events(&mut file, &events, &claims(&store, &events)?)?;
            !events.is_empty()
        }
        _ => {
            let (ties, parties) = (store.ties(&asked.filter)?, store.parties()?);
            let rows = Rows { events: &events, ties: &ties, parties: &parties };
            let network = project(asked.view, rows, &asked.selection);
            write_network(&mut file, format, &network)?;
            network.graph.edge_count() > 0
        }
    };
    // Only now: an export that fails leaves an older file as it is.
    let mut out = ctx.destination(args.output.as_deref())?;
    out.write_all(&file)?;
    out.flush()?;
    if found {
        return Ok(Exit::Done);
    }
    ctx.note("nothing in the graph matches; what was written is empty");
    Ok(Exit::Findings)
}

/// The command line in the graph's own terms.
struct Asked {
    view: View,
    filter: EventFilter,
    selection: Selection,
}

impl Asked {
    fn new(args: &ExportArgs, knowledge: &Knowledge) -> anyhow::Result<Self> {
        let code = |name: &String| party::code_of(&knowledge.gazetteer, name);
        let countries = args.countries.iter().map(code).collect::<Result<Vec<_>, _>>()?;
        let sectors = args.sectors.iter().map(|s| party::sector_of(knowledge, s)).collect::<Result<Vec<_>, _>>()?;
        let view = match args.view {
            ExportView::Ties => View::Ties,
            ExportView::Events => View::Events,
            ExportView::Dyads => View::Dyads,
            ExportView::Ego => View::Ego,
        };
        if view == View::Ego && countries.is_empty() {
            return Err(anyhow::anyhow!("the ego view needs a country")).hint("name it with --country, as in -c KOR");
        }
        let label = |slug: &String| {
            let known = knowledge.sectors.labels().find(|(s, _)| s == slug);
            known.map_or_else(|| slug.clone(), |(_, label)| label.to_owned())
        };
        let mut filters: Vec<String> = Vec::new();
        if !sectors.is_empty() {
            let labels: Vec<String> = sectors.iter().map(label).collect();
            filters.push(format!("sector: {}", words::listed(&labels)));
        }
        filters.extend(args.since.map(|day| format!("since {}", words::day(day))));
        filters.extend(args.until.map(|day| format!("until {}", words::day(day))));
        Ok(Self {
            view,
            filter: EventFilter {
                any_of: countries.clone(),
                all_of: Vec::new(),
                sectors,
                since: args.since,
                until: args.until,
            },
            selection: Selection { countries, min_count: args.min_count, filters },
        })
    }
}

fn write_network(out: &mut dyn Write, format: ExportFormat, network: &Network) -> anyhow::Result<()> {
    match format {
        ExportFormat::Svg => write_picture(out, network)?,
        ExportFormat::Graphml => export::write_graphml(out, network)?,
        ExportFormat::Gexf => export::write_gexf(out, network)?,
        ExportFormat::Json => export::write_json(out, network)?,
        ExportFormat::Csv => export::write_edges(out, network)?,
        _ => export::write_dot(out, network)?,
    }
    Ok(())
}

fn write_picture(out: &mut dyn Write, network: &Network) -> anyhow::Result<()> {
    let positions = graphviz::positions(network);
    let nodes = network.graph.node_count();
    if positions.is_none() && nodes > picture::OWN_LAYOUT_NODES {
        let problem = anyhow::anyhow!("a picture of {nodes} nodes needs Graphviz, which does not answer");
        return Err(problem).hint("install Graphviz, or show less with --country, --since or --min-count");
    }
    Ok(picture::write_svg(out, network, positions.as_ref())?)
}

/// The sentences behind events.
pub(super) fn claims(store: &Store, events: &[EventRow]) -> Result<BTreeMap<String, Vec<ClaimRow>>, StoreError> {
    events.iter().map(|event| Ok((event.iri.clone(), store.claims(&event.iri)?))).collect()
}

fn dump(args: &ExportArgs, format: RdfFormat, ctx: &Context) -> anyhow::Result<Exit> {
    let chosen = !args.countries.is_empty() || !args.sectors.is_empty() || args.since.is_some() || args.until.is_some();
    if chosen || args.min_count > 1 || args.view != ExportView::Ties {
        ctx.note("note: RDF formats write the whole graph; the view and its filters are not applied");
    }
    let store = Store::open_existing(&ctx.store)?;
    let mut out = ctx.destination(args.output.as_deref())?;
    store.dump(format, &mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

fn rdf_format(format: ExportFormat) -> Option<RdfFormat> {
    match format {
        ExportFormat::Turtle => Some(RdfFormat::Turtle),
        ExportFormat::Trig => Some(RdfFormat::Trig),
        ExportFormat::Nquads => Some(RdfFormat::NQuads),
        ExportFormat::Jsonld => Some(RdfFormat::JsonLd),
        _ => None,
    }
}

/// The format that the name of a file asks for.
fn format_of(file: Option<&Path>) -> Option<ExportFormat> {
    let extension = file?.extension()?.to_str()?.to_lowercase();
    Some(match extension.as_str() {
        "dot" | "gv" => ExportFormat::Dot,
        "svg" => ExportFormat::Svg,
        "graphml" => ExportFormat::Graphml,
        "gexf" => ExportFormat::Gexf,
        "json" => ExportFormat::Json,
        "csv" => ExportFormat::Csv,
        "tsv" => ExportFormat::Polecat,
        "ttl" => ExportFormat::Turtle,
        "trig" => ExportFormat::Trig,
        "nq" => ExportFormat::Nquads,
        "jsonld" => ExportFormat::Jsonld,
        _ => return None,
    })
}

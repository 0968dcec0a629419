//! `entente export`: a view of the graph, or the graph itself, for other programs.

use super::args::{ExportArgs, ExportFormat, ExportTable, ExportView, ToneArg};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::output::Output;
use super::{graphviz, party};
use crate::graph::{EventFilter, EventRow, RdfFormat, Store};
use crate::knowledge::Knowledge;
use crate::view::export::{self, Codings, EventTable, Lookup, Panel, Period, Sheet, SheetFormat, Table};
use crate::view::{Network, Rows, Selection, View, picture, project, words};
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &ExportArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let format = format(args)?;
    if let Some(rdf) = rdf_format(format) {
        return dump(args, rdf, ctx);
    }
    if format == ExportFormat::Void {
        return describe(args, ctx);
    }
    let what = What::of(args, format)?;
    let knowledge = ctx.knowledge()?;
    let asked = Asked::new(args, &knowledge)?;
    let store = Store::open_existing(&ctx.store)?;
    let mut events = store.events(&asked.filter)?;
    if args.one_a_day && !matches!(what, What::EventRows(..) | What::Panel(..)) {
        events = export::one_a_day(events);
    }
    let mut out = Output::open(args.output.as_deref())?;
    let found = match what {
        What::EventRows(table, sheet) => {
            write_events(&mut out, (table, sheet), &events, args.one_a_day, (&store, &knowledge))?
        }
        What::Panel(period, sheet) => {
            let parties = store.parties()?;
            let look = Lookup::new(&knowledge, &parties);
            let codings = Codings::of(&events, args.one_a_day);
            let countries = &asked.selection.countries;
            let panel = Panel::count(&events, &codings, period, args.directed, countries, &look);
            if panel.vague > 0 {
                let events = words::number_of(panel.vague, "event");
                ctx.note(format_args!("left out: {events} whose date does not tell the period"));
            }
            write_list(&mut out, panel.table(&look), sheet)?
        }
        What::List(..) | What::Network => {
            let (ties, parties) = (store.ties(&asked.filter)?, store.parties()?);
            let rows = Rows { events: &events, ties: &ties, parties: &parties };
            let network = project(asked.view, rows, &asked.selection);
            match what {
                What::List(nodes, sheet) => {
                    let table = if nodes { export::node_list(&network) } else { export::edge_list(&network) };
                    write_list(&mut out, table, sheet)?
                }
                _ => write_network(&mut out, format, &network)?,
            }
        }
    };
    out.finish()?;
    if found {
        return Ok(Exit::Done);
    }
    ctx.note("nothing in the graph matches; what was written is empty");
    Ok(Exit::Findings)
}

/// The format asked for, or that of the file's name.
fn format(args: &ExportArgs) -> anyhow::Result<ExportFormat> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    match args.output.as_deref() {
        Some(path) if path != Path::new("-") => ExportFormat::of_file(path)
            .ok_or_else(|| anyhow::anyhow!("the name of {} tells no format", path.display()))
            .hint(format!("name the format with --format, or end the name with one of {}", ExportFormat::endings())),
        _ if args.view.is_panel() || args.table.is_some() => Ok(ExportFormat::Csv),
        _ => Ok(ExportFormat::Dot),
    }
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
enum What {
    EventRows(EventTable, SheetFormat),
    Panel(Period, SheetFormat),
    /// The nodes of a network, or else its edges.
    List(bool, SheetFormat),
    Network,
}

impl What {
    fn of(args: &ExportArgs, format: ExportFormat) -> anyhow::Result<Self> {
        let sheet = match format {
            ExportFormat::Polecat => return Ok(Self::EventRows(EventTable::Polecat, SheetFormat::Tsv)),
            ExportFormat::Icews => return Ok(Self::EventRows(EventTable::Icews, SheetFormat::Tsv)),
            ExportFormat::Csv if args.spreadsheet => SheetFormat::Spreadsheet,
            ExportFormat::Csv => SheetFormat::Csv,
            ExportFormat::Tsv => SheetFormat::Tsv,
            ExportFormat::Parquet => SheetFormat::Parquet,
            _ if args.view.is_panel() || args.table.is_some() => {
                return Err(anyhow::anyhow!("a table cannot be written in this format"))
                    .hint("dyad-month, dyad-year and --table go with --format csv, tsv or parquet");
            }
            _ => return Ok(Self::Network),
        };
        Ok(match (args.view, args.table) {
            (ExportView::DyadMonth, _) => Self::Panel(Period::Month, sheet),
            (ExportView::DyadYear, _) => Self::Panel(Period::Year, sheet),
            (_, Some(ExportTable::Events)) | (ExportView::Events, None) => Self::EventRows(EventTable::Events, sheet),
            (_, table) => Self::List(table == Some(ExportTable::Nodes), sheet),
        })
    }
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
            ExportView::Dyads | ExportView::DyadMonth | ExportView::DyadYear => View::Dyads,
            ExportView::Ego => View::Ego,
            ExportView::Agreements => View::Agreements,
            ExportView::Encounters => View::Encounters,
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
        filters.extend(args.one_a_day.then(|| "one event of a type a pair and day".to_owned()));
        Ok(Self {
            view,
            filter: EventFilter {
                // With the others' ties too, whoever they are with.
                any_of: if args.alters { Vec::new() } else { countries.clone() },
                all_of: Vec::new(),
                sectors,
                since: args.since,
                until: args.until,
            },
            selection: Selection {
                countries,
                min_count: args.min_count,
                tone: args.tone.map(ToneArg::tone),
                alters: args.alters,
                filters,
            },
        })
    }
}

/// Writes the rows of the events while their sentences are read; tells whether there was any.
fn write_events(
    out: &mut Output,
    (table, format): (EventTable, SheetFormat),
    events: &[EventRow],
    one_a_day: bool,
    (store, knowledge): (&Store, &Knowledge),
) -> anyhow::Result<bool> {
    let parties = store.parties()?;
    let look = Lookup::new(knowledge, &parties);
    let codings = Codings::of(events, one_a_day);
    let repeats = |event: &EventRow| one_a_day && codings.repeats(event);
    let mut sheet = Sheet::new(out, &table.columns(), format)?;
    let mut any = false;
    for event in events.iter().filter(|e| !repeats(e)) {
        for row in table.rows(event, &codings, &store.claims(&event.iri)?, &look) {
            sheet.row(row)?;
            any = true;
        }
    }
    sheet.finish()?;
    Ok(any)
}

/// Writes a table; tells whether it has any row.
fn write_list(out: &mut Output, table: Table, format: SheetFormat) -> anyhow::Result<bool> {
    let mut sheet = Sheet::new(out, &table.columns, format)?;
    let any = !table.rows.is_empty();
    for row in table.rows {
        sheet.row(row)?;
    }
    sheet.finish()?;
    Ok(any)
}

/// Writes a network; tells whether it has any edge.
fn write_network(out: &mut dyn Write, format: ExportFormat, network: &Network) -> anyhow::Result<bool> {
    match format {
        ExportFormat::Svg => write_picture(out, network)?,
        ExportFormat::Graphml => export::write_graphml(out, network)?,
        ExportFormat::Gexf => export::write_gexf(out, network)?,
        ExportFormat::Json => export::write_json(out, network)?,
        ExportFormat::Cytoscape => export::write_cytoscape(out, network)?,
        _ => export::write_dot(out, network)?,
    }
    Ok(network.graph.edge_count() > 0)
}

fn write_picture(out: &mut dyn Write, network: &Network) -> anyhow::Result<()> {
    let network = &picture::thinned(network);
    let positions = graphviz::positions(network);
    let nodes = network.graph.node_count();
    if positions.is_none() && nodes > picture::OWN_LAYOUT_NODES {
        let problem = anyhow::anyhow!("a picture of {nodes} nodes needs Graphviz, which does not answer");
        return Err(problem).hint("install Graphviz, or show less with --country, --since or --min-count");
    }
    Ok(picture::write_svg(out, network, positions.as_ref())?)
}

/// Writes the description of the graph.
fn describe(args: &ExportArgs, ctx: &Context) -> anyhow::Result<Exit> {
    note_what_is_whole(args, ctx);
    let store = Store::open_existing(&ctx.store)?;
    let mut out = Output::open(args.output.as_deref())?;
    store.write_void(&mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}

fn note_what_is_whole(args: &ExportArgs, ctx: &Context) {
    let chosen = !args.countries.is_empty() || !args.sectors.is_empty() || args.since.is_some() || args.until.is_some();
    if chosen
        || args.min_count > 1
        || args.tone.is_some()
        || args.view != ExportView::Ties
        || args.one_a_day
        || args.table.is_some()
    {
        ctx.note("note: RDF formats write the whole graph; the view and its filters are not applied");
    }
}

fn dump(args: &ExportArgs, format: RdfFormat, ctx: &Context) -> anyhow::Result<Exit> {
    note_what_is_whole(args, ctx);
    let store = Store::open_existing(&ctx.store)?;
    let mut out = Output::open(args.output.as_deref())?;
    store.dump(format, &mut out)?;
    out.finish()?;
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

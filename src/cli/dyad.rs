//! `entente dyad`: the story of two countries, with sources.

use super::args::{DyadArgs, DyadFormat};
use super::context::Context;
use super::exit::Exit;
use super::export::claims;
use super::hint::Hint as _;
use super::party;
use crate::graph::{EventFilter, PartyCodes, PartyRow, Store};
use crate::knowledge::{Gazetteer, Knowledge};
use crate::view::dossier::{Dossier, Names, write_html, write_markdown, write_text};
use std::io::Write;
use std::path::Path;

/// Columns of a text where nothing says how many there are.
const COLUMNS: usize = 100;

/// Runs the command.
pub(super) fn run(args: &DyadArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let gazetteer = &knowledge.gazetteer;
    let [first, second] = [&args.first, &args.second].map(|name| party::code_of(gazetteer, name));
    let (first, second) = (first?, second?);
    if first == second {
        let problem = anyhow::anyhow!("`{}` and `{}` are both {first}", args.first, args.second);
        return Err(problem).hint("name two different countries; `entente export --view ego` shows one");
    }
    let store = Store::open_existing(&ctx.store)?;
    let events = store.events(&EventFilter {
        all_of: vec![first.clone(), second.clone()],
        since: args.since,
        until: args.until,
        ..EventFilter::default()
    })?;
    let parties = [first, second].map(|code| described(gazetteer, code));
    let dossier = Dossier::new(parties, &events, &claims(&store, &events)?, &names(&knowledge));
    if dossier.is_empty() && args.format != DyadFormat::Json {
        ctx.note(format!("the graph knows nothing that {} have in common", dossier.title()));
        return Ok(Exit::Findings);
    }
    write(args, ctx, &dossier)?;
    Ok(if dossier.is_empty() { Exit::Findings } else { Exit::Done })
}

fn write(args: &DyadArgs, ctx: &Context, dossier: &Dossier) -> anyhow::Result<()> {
    let file = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let mut out = match (args.format, file) {
        (DyadFormat::Text, None) => ctx.page(),
        _ => ctx.destination(file)?,
    };
    match args.format {
        DyadFormat::Text if file.is_some() => {
            write_text(&mut anstream::StripStream::new(&mut out), dossier, columns())?
        }
        DyadFormat::Text => write_text(&mut out, dossier, columns())?,
        DyadFormat::Markdown => write_markdown(&mut out, dossier)?,
        DyadFormat::Html => write_html(&mut out, dossier)?,
        DyadFormat::Json => {
            serde_json::to_writer_pretty(&mut out, dossier)?;
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

/// The width of the terminal as the shell tells it, within what can be read.
fn columns() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    told.unwrap_or(COLUMNS).clamp(50, 120)
}

fn described(gazetteer: &Gazetteer, code: String) -> PartyRow {
    let codes = PartyCodes::default();
    let row = |name, country, region| PartyRow { name, country, region, codes, code: code.clone() };
    match (gazetteer.country(&code), gazetteer.organization(&code)) {
        (Some(c), _) => row(c.name.clone(), true, Some(c.region.clone())),
        (None, Some(o)) => row(o.name.clone(), false, None),
        (None, None) => row(code.clone(), false, None),
    }
}

fn names(knowledge: &Knowledge) -> Names {
    let gazetteer = &knowledge.gazetteer;
    let countries = gazetteer.countries.iter().map(|c| (c.id.to_string(), c.name.clone()));
    let organizations = gazetteer.organizations.iter().map(|o| (o.id.to_string(), o.name.clone()));
    Names {
        parties: countries.chain(organizations).collect(),
        sectors: knowledge.sectors.labels().map(|(slug, label)| (slug.to_owned(), label.to_owned())).collect(),
    }
}

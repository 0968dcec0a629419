//! `entente change`: what changed between two periods.

use super::args::{ChangeArgs, PeriodArg, ScopeArgs, TableFormat};
use super::columns::{Columns, score};
use super::context::Context;
use super::exit::Exit;
use super::{party, scope};
use crate::graph::{EventRow, PartyRow, Store, TieRow};
use crate::knowledge::Knowledge;
use crate::view::words;
use crate::view::{Change, PairChange, Rows, change};
use anstyle::Style;
use std::io::Write;

const TITLE: Style = Style::new().bold();
/// Pairs under each heading where nothing says how many.
const LIMIT: usize = 15;

/// Runs the command.
pub(super) fn run(args: &ChangeArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let knowledge = ctx.knowledge()?;
    let store = Store::open_existing(&ctx.store)?;
    let parties = store.parties()?;
    let (old, new) = (read(args, args.before, &store, &knowledge)?, read(args, args.after, &store, &knowledge)?);
    let found = change(old.rows(&parties), new.rows(&parties), args.min_count, &knowledge.acts);
    let lists = lists(&found);
    match args.format {
        TableFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &found)?;
            writeln!(out)?;
            out.flush()?;
        }
        TableFormat::Csv => {
            let mut out = ctx.data();
            let all = lists.iter().flat_map(|(name, list)| list.iter().map(|pair| row(name, pair)));
            columns(all.collect()).write_csv(&mut out)?;
            out.flush()?;
        }
        TableFormat::Text => {
            let mut out = ctx.page();
            let [before, after] = [args.before, args.after].map(told);
            writeln!(out, "{TITLE}From {before} to {after}{TITLE:#}")?;
            let steady = words::number_of(found.steady, "pair");
            writeln!(out, "{steady} tied in both without a change of a point or more in their mean score")?;
            let limit = args.limit.map_or(LIMIT, |n| if n == 0 { usize::MAX } else { n });
            for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
                writeln!(out, "\n{TITLE}{} ({}){TITLE:#}", words::capitalized(name), list.len())?;
                columns(list.iter().map(|pair| row(name, pair)).collect()).write_text(&mut out, limit)?;
            }
            out.flush()?;
        }
    }
    let any = lists.iter().any(|(_, list)| !list.is_empty()) || found.steady > 0;
    if !any {
        ctx.note("no two countries are tied in either period");
    }
    Ok(if any { Exit::Done } else { Exit::Findings })
}

fn lists(change: &Change) -> [(&'static str, &[PairChange]); 4] {
    [("gained", &change.gained), ("lost", &change.lost), ("warmer", &change.warmer), ("cooler", &change.cooler)]
}

/// What a period holds.
struct Read {
    events: Vec<EventRow>,
    ties: Vec<TieRow>,
}

impl Read {
    fn rows<'r>(&'r self, parties: &'r [PartyRow]) -> Rows<'r> {
        Rows { events: &self.events, ties: &self.ties, parties }
    }
}

fn read(args: &ChangeArgs, period: PeriodArg, store: &Store, knowledge: &Knowledge) -> anyhow::Result<Read> {
    let asked = ScopeArgs {
        since: period.since,
        until: period.until,
        sectors: args.sectors.clone(),
        min_confidence: args.min_confidence,
    };
    let within = scope::scope(&asked, knowledge)?;
    let code = |name: &String| party::code_of(&knowledge.gazetteer, name);
    let countries = args.countries.iter().map(code).collect::<Result<Vec<_>, _>>()?;
    let filter = scope::filter(&within, countries, Vec::new());
    Ok(Read { events: scope::events(store, &filter, &within)?, ties: store.ties(&filter)? })
}

/// "1 January 2024 – 31 December 2024".
fn told(period: PeriodArg) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(words::day).unwrap_or_default();
    format!("{} – {}", day(period.since), day(period.until)).trim().to_owned()
}

fn columns(rows: Vec<Vec<String>>) -> Columns {
    let head = vec![
        "Change",
        "First",
        "Second",
        "Names",
        "Coop before",
        "Conf before",
        "Score before",
        "Coop after",
        "Conf after",
        "Score after",
        "Difference",
    ];
    Columns { head, texts: 4, rows }
}

fn row(name: &str, pair: &PairChange) -> Vec<String> {
    let names = format!("{} – {}", words::visible(&pair.first.name), words::visible(&pair.second.name));
    let mood = |m: &crate::view::tone::Mood| [m.cooperation().to_string(), m.conflict().to_string(), score(m.score)];
    let texts = [name.to_owned(), pair.first.code.clone(), pair.second.code.clone(), names];
    texts.into_iter().chain(mood(&pair.before)).chain(mood(&pair.after)).chain([score(pair.difference)]).collect()
}

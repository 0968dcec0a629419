//! `entente stats`: what the graph holds, counted.

use super::args::{ReportFormat, StatsArgs};
use super::context::Context;
use super::exit::Exit;
use super::report::grouped;
use crate::graph::{Counts, Store};
use anstyle::Style;
use std::collections::BTreeMap;
use std::io::{self, Write};

const TITLE: Style = Style::new().bold();

/// Runs the command.
pub(super) fn run(args: &StatsArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let counts = Store::open_existing(&ctx.store)?.counts()?;
    match args.format {
        ReportFormat::Json => {
            let mut out = ctx.data();
            serde_json::to_writer_pretty(&mut out, &counts)?;
            writeln!(out)?;
            out.flush()?;
        }
        ReportFormat::Text => {
            let mut out = ctx.page();
            write(&mut out, &counts)?;
            out.flush()?;
        }
    }
    Ok(if counts.articles == 0 { Exit::Findings } else { Exit::Done })
}

fn write(out: &mut dyn Write, counts: &Counts) -> io::Result<()> {
    let rows = [
        ("articles", counts.articles),
        ("claims", counts.claims),
        ("events", counts.all_events()),
        ("  by several articles", counts.merged),
        ("ties", counts.ties),
        ("pairs of parties", counts.dyads),
        ("parties", counts.parties),
        ("leaders", counts.leaders),
        ("quads", counts.quads),
    ];
    for (name, count) in rows {
        writeln!(out, "{name:<24}{:>10}", number(count))?;
    }
    if let (Some(first), Some(last)) = (counts.first, counts.last) {
        writeln!(out, "{:<24}{first} to {last}", "dates")?;
    }
    for (kind, types) in &counts.events {
        write_group(out, &format!("{kind}s"), types)?;
    }
    write_group(out, "status", &counts.statuses)?;
    write_group(out, "sectors", &counts.sectors)
}

/// A heading and its counts, the most first.
fn write_group(out: &mut dyn Write, heading: &str, counts: &BTreeMap<String, usize>) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{TITLE}{heading}{TITLE:#}")?;
    let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
    rows.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    rows.into_iter().try_for_each(|(name, count)| writeln!(out, "  {name:<22}{:>10}", number(*count)))
}

fn number(count: usize) -> String {
    grouped(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_listed_with_the_most_first() {
        let types = BTreeMap::from([("mou".to_owned(), 2), ("treaty".to_owned(), 1200)]);
        let counts = Counts { articles: 3, events: BTreeMap::from([("agreement", types)]), ..Counts::default() };
        let mut out = anstream::StripStream::new(Vec::new());
        write(&mut out, &counts).unwrap();
        let text = String::from_utf8(out.into_inner()).unwrap();
        assert!(text.starts_with("articles                         3\n"), "{text}");
        assert!(text.contains("events                       1,202\n"), "{text}");
        assert!(
            text.ends_with("\nagreements\n  treaty                     1,200\n  mou                            2\n"),
            "{text}"
        );
    }
}

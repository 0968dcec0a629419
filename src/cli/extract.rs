//! `entente extract`: the facts of articles on stdout, no store needed.

use super::args::{ExtractArgs, ExtractFormat};
use super::context::Context;
use super::exit::Exit;
use super::gold::GoldFolder;
use super::{listing, pipeline};
use crate::facts::Facts;
use std::io::Write;

/// Runs the command.
pub(super) fn run(args: &ExtractArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let extractor = ctx.extractor(None)?;
    if let Some(folder) = &args.into {
        let mut gold = GoldFolder::open(folder)?;
        let tally = pipeline::each_article(&args.input, &extractor, ctx, |a, facts| gold.add(&a, facts))?;
        ctx.note(tally.summary());
        ctx.note(gold.summary());
        return Ok(tally.exit());
    }
    let mut out = if args.format == ExtractFormat::Json { ctx.data() } else { ctx.page() };
    let tally = pipeline::each_article(&args.input, &extractor, ctx, |_, facts| write(&mut out, args, &facts))?;
    out.flush()?;
    ctx.note(tally.summary());
    Ok(tally.exit())
}

fn write(out: &mut dyn Write, args: &ExtractArgs, facts: &Facts) -> anyhow::Result<()> {
    match args.format {
        ExtractFormat::Text => listing::write_text(out, facts)?,
        ExtractFormat::Table => listing::write_table(out, facts)?,
        ExtractFormat::Json => {
            if args.pretty {
                serde_json::to_writer_pretty(&mut *out, facts)?;
            } else {
                serde_json::to_writer(&mut *out, facts)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

//! `entente extract`: the facts of articles on stdout, no store needed.

use super::args::{ExtractArgs, ExtractFormat};
use super::context::Context;
use super::exit::Exit;
use super::pipeline;
use crate::facts::Extractor;

/// Runs the command.
pub(super) fn run(args: &ExtractArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let extractor = Extractor::builtin()?;
    let mut out = if args.format == ExtractFormat::Json { ctx.data() } else { ctx.page() };
    let tally = pipeline::each_article(&args.input, &extractor, ctx, |_article, facts| {
        if args.pretty {
            serde_json::to_writer_pretty(&mut out, &facts)?;
        } else {
            serde_json::to_writer(&mut out, &facts)?;
        }
        writeln!(out)?;
        Ok(())
    })?;
    out.flush()?;
    Ok(tally.exit())
}

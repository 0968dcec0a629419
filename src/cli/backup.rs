//! `entente backup` and `entente restore`: the store whole, as one file, and back.

use super::args::{BackupArgs, RestoreArgs};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::output::Output;
use super::report::{counted, grouped};
use crate::graph::Store;
use crate::graph::backup::{self, Derived, Source};
use anyhow::Context as _;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal as _};
use std::path::Path;

/// Runs `backup`.
pub(super) fn write(args: &BackupArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let file = &args.file;
    if file == Path::new("-") && io::stdout().is_terminal() {
        return Err(anyhow::anyhow!("a backup is nothing to look at")).hint("name a file, or pipe it to a program");
    }
    if file.is_file() && !args.overwrite {
        return Err(anyhow::anyhow!("{} is there already", file.display()))
            .hint("name another file, or add --overwrite");
    }
    let now = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let store = Store::open_existing(&ctx.store)?;
    let mut out = Output::open(Some(file))?;
    let manifest = store.backup(&now, &mut out)?;
    out.finish()?;
    let held = held(manifest.articles, manifest.texts, manifest.quads);
    ctx.note(format!("backup of {}: {held}, in {}", ctx.store.display(), file.display()));
    Ok(Exit::Done)
}

/// Runs `restore`.
pub(super) fn restore(args: &RestoreArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let cannot = || format!("cannot restore {}", args.from.display());
    let knowledge = ctx.knowledge()?;
    let derived = if args.anew { Derived::Anew(&knowledge) } else { Derived::AnewIfOlder(&knowledge) };
    let restored = if args.from == Path::new("-") {
        backup::restore(Source::File(&mut io::stdin().lock()), &ctx.store, derived)
    } else if args.from.is_dir() {
        backup::restore(Source::Store(&args.from), &ctx.store, derived)
    } else {
        let file = File::open(&args.from).with_context(|| format!("cannot read {}", args.from.display()))?;
        backup::restore(Source::File(&mut BufReader::with_capacity(1 << 16, file)), &ctx.store, derived)
    };
    let restored = restored.with_context(cannot)?;
    let held = held(restored.articles, restored.texts, restored.quads);
    let time = restored.created.map(|time| format!(", of {time}")).unwrap_or_default();
    ctx.note(format!("restored in {}: {held}{time}", ctx.store.display()));
    if restored.anew {
        let format = restored.format;
        ctx.note(format!("it was written in format {format}: events and ties are made anew of what its articles say"));
    }
    Ok(Exit::Done)
}

/// `62 articles (60 with their texts), 18,204 quads`.
fn held(articles: u64, texts: u64, quads: u64) -> String {
    format!("{} ({} with their texts), {}", counted(articles, "article"), grouped(texts), counted(quads, "quad"))
}

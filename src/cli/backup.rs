//! `entente backup` and `entente restore`: the store whole, as one file, and back.

use super::args::{BackupArgs, RestoreArgs};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::output::Output;
use super::report::{counted, grouped};
use crate::graph::Store;
use crate::graph::backup::{self, Manifest};
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
    ctx.note(format!("backup of {}: {}, in {}", ctx.store.display(), held(&manifest), file.display()));
    Ok(Exit::Done)
}

/// Runs `restore`.
pub(super) fn restore(args: &RestoreArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let cannot = || format!("cannot restore {}", args.file.display());
    let manifest = if args.file == Path::new("-") {
        backup::restore(&mut io::stdin().lock(), &ctx.store)
    } else {
        let file = File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
        backup::restore(&mut BufReader::with_capacity(1 << 16, file), &ctx.store)
    };
    let manifest = manifest.with_context(cannot)?;
    ctx.note(format!("restored in {}: {}, of {}", ctx.store.display(), held(&manifest), manifest.head.created));
    Ok(Exit::Done)
}

/// `62 articles (60 with their texts), 18,204 quads`.
fn held(manifest: &Manifest) -> String {
    let (articles, texts) = (counted(manifest.articles, "article"), grouped(manifest.texts));
    format!("{articles} ({texts} with their texts), {}", counted(manifest.quads, "quad"))
}

//! `entente build`: articles into the graph.

use super::args::BuildArgs;
use super::context::Context;
use super::exit::Exit;
use super::pipeline;
use super::report::counted;
use crate::graph::{Added, Counts, RunInfo, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Runs the command.
pub(super) fn run(args: &BuildArgs, ctx: &Context) -> anyhow::Result<Exit> {
    // Before anything is read: a store that cannot be opened should not cost an hour of extraction. A new one is made for
    // the first article, so that a wrong path leaves none behind.
    let mut opened = if is_free(&ctx.store) { None } else { Some(Store::open(&ctx.store)?) };
    let extractor = ctx.extractor(None)?;
    if let Some(store) = &mut opened {
        store.refer(extractor.knowledge())?;
    }
    let run = RunInfo::new(extractor.knowledge(), settings(args));
    let mut added: BTreeMap<Added, u64> = BTreeMap::new();
    let tally = pipeline::each_article(&args.input, &extractor, ctx, |article, facts| {
        let store = match &mut opened {
            Some(store) => store,
            None => {
                let store = opened.insert(Store::open(&ctx.store)?);
                store.refer(extractor.knowledge())?;
                store
            }
        };
        *added.entry(store.add(&facts, &run)?).or_default() += 1;
        if !args.without_texts {
            store.keep_text(&article.id, &article.text)?;
        }
        Ok(())
    })?;
    let Some(mut store) = opened else {
        ctx.note(tally.summary());
        ctx.note(format!("store: no article came, so none was made in {}", ctx.store.display()));
        return Ok(tally.exit());
    };
    let started = Instant::now();
    let of = |what| added.get(&what).copied().unwrap_or_default();
    let changed = of(Added::Stored) + of(Added::Replaced);
    if changed > 0 {
        let now = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        store.log_call(&run, &now, usize::try_from(changed)?)?;
    }
    store.settle()?;
    store.flush()?;
    ctx.note(tally.summary());
    ctx.note(format!(
        "store: {} new, {} replaced, {} unchanged, in {}",
        of(Added::Stored),
        of(Added::Replaced),
        of(Added::Unchanged),
        ctx.store.display()
    ));
    let settled = started.elapsed().as_secs_f64();
    ctx.note(format!("graph: {} (events and ties in {settled:.1} s)", held(&store.counts()?)));
    Ok(tally.exit())
}

/// Whether nothing is at the place of a store, or an empty folder.
fn is_free(place: &Path) -> bool {
    match std::fs::read_dir(place) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Settings that change what is found.
fn settings(args: &BuildArgs) -> String {
    let input = &args.input;
    let mut settings = Vec::new();
    if input.min_confidence > 0.0 {
        settings.push(format!("min-confidence={}", input.min_confidence));
    }
    if input.any_language {
        settings.push("any-language".to_owned());
    }
    settings.join(" ")
}

/// `62 articles, 240 events (31 by several articles), 87 ties between 40 parties`.
fn held(counts: &Counts) -> String {
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    format!(
        "{}, {} ({} by several articles), {} between {}",
        counted(number(counts.articles), "article"),
        counted(number(counts.all_events()), "event"),
        counts.merged,
        counted(number(counts.ties), "tie"),
        match counts.parties {
            1 => "1 party".to_owned(),
            n => format!("{n} parties"),
        }
    )
}

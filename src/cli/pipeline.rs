//! Inputs → articles and their facts, many at a time, in the order of the inputs and in bounded memory.
//!
//! One thread reads and splits, the pool parses and extracts one chunk, the caller takes the results of the chunk before; at
//! most five chunks are alive. `build` and `extract` both stand on this.

use super::args::InputArgs;
use super::context::Context;
use super::hint::Hint as _;
use super::progress;
use super::report::Tally;
use crate::article::{Article, Raw, ReadError, ReadOptions, raw_records};
use crate::facts::{Extractor, Facts};
use anyhow::Context as _;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

/// Records in one chunk, at most.
const CHUNK_RECORDS: usize = 256;
/// Bytes in one chunk, about (one record may be bigger).
const CHUNK_BYTES: usize = 4 << 20;

/// Reads `input`, extracts, and calls `sink` once an article, in order, on the calling thread; messages about inputs that
/// cannot be read go to stderr at their place in the order. An error of `sink` ends the run.
pub(super) fn each_article(
    input: &InputArgs,
    extractor: &Extractor,
    ctx: &Context,
    mut sink: impl FnMut(Article, Facts) -> anyhow::Result<()>,
) -> anyhow::Result<Tally> {
    let options = input.read_options();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(input.threads)
        .build()
        .context("cannot start the worker threads")
        .hint("ask for fewer with --threads")?;
    let started = Instant::now();
    let bar = progress::bar(ctx, None, "articles");
    let mut tally = Tally::default();
    let outcome = std::thread::scope(|scope| {
        let (send, chunks) = sync_channel(1);
        let options = &options;
        scope.spawn(move || read_chunks(&input.paths, *options, &send));
        let (give, extracted) = sync_channel(1);
        let pool = &pool;
        scope.spawn(move || {
            for chunk in chunks {
                let results = pool.install(|| extract_chunk(chunk, options, extractor, input.min_confidence));
                // A receiver that is gone has its own error to tell.
                if give.send(results).is_err() {
                    return;
                }
            }
        });
        for results in extracted {
            for result in results {
                match result {
                    Ok((mut article, mut facts)) => {
                        bar.suspend(|| tally.tell_apart(&mut article, &mut facts, ctx));
                        tally.count(&article, &facts);
                        bar.suspend(|| tally.notice_lost_characters(&article, ctx));
                        sink(article, facts)?;
                    }
                    Err(error) => bar.suspend(|| tally.report(&error, ctx)),
                }
            }
            bar.set_position(tally.articles);
        }
        Ok(())
    });
    bar.finish_and_clear();
    tally.elapsed = started.elapsed();
    outcome.map(|()| tally)
}

type Chunk = Vec<Result<Raw, ReadError>>;

/// Splits the inputs into chunks until they end or nobody takes them any more.
fn read_chunks(paths: &[PathBuf], options: ReadOptions, send: &SyncSender<Chunk>) {
    let mut chunk = Chunk::new();
    let mut bytes = 0;
    for raw in raw_records(paths, options) {
        bytes += raw.as_ref().map_or(0, Raw::len);
        chunk.push(raw);
        if chunk.len() >= CHUNK_RECORDS || bytes >= CHUNK_BYTES {
            bytes = 0;
            if send.send(std::mem::take(&mut chunk)).is_err() {
                return;
            }
        }
    }
    // A receiver that is gone has its own error to tell.
    let _ = send.send(chunk);
}

fn extract_chunk(
    chunk: Chunk,
    options: &ReadOptions,
    extractor: &Extractor,
    min_confidence: f64,
) -> Vec<Result<(Article, Facts), ReadError>> {
    let read = |raw: Result<Raw, ReadError>| match raw {
        Ok(raw) => raw.articles(options),
        Err(error) => vec![Err(error)],
    };
    chunk
        .into_par_iter()
        .flat_map_iter(read)
        .map(|article| {
            article.map(|article| {
                let mut facts = extractor.facts(&article);
                keep_sure(&mut facts, min_confidence);
                (article, facts)
            })
        })
        .collect()
}

/// Drops the facts that are less sure than `min`, and the relations spelled out from them.
fn keep_sure(facts: &mut Facts, min: f64) {
    facts.agreements.retain(|f| f.confidence >= min);
    facts.encounters.retain(|f| f.confidence >= min);
    facts.acts.retain(|f| f.confidence >= min);
    facts.relations.retain(|f| f.confidence >= min);
}

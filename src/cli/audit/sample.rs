//! `entente audit sample`: draws facts of a run, and writes the sheet and the page to judge them by.

use super::{each_of_run, sheet};
use crate::article::Article;
use crate::cli::args::SampleArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::flat;
use crate::cli::texts::wanted;
use crate::evaluate::audit::verdicts::{Row, Verdict};
use crate::evaluate::audit::{self, Item, Sample, context, draw, items};
use crate::view::worksheet::{Worksheet, write_html};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

/// Runs the command.
pub(in crate::cli) fn run(args: &SampleArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let mut population = Vec::new();
    each_of_run(&args.facts, |facts| {
        population.extend(items(&facts, args.kind).into_iter().filter(|i| i.confidence >= args.min_confidence));
    })?;
    let sample = draw(population, args.kind, args.count, args.seed);
    let texts = texts(args, &sample, ctx);
    let text_of = |item: &Item| texts.get(key(&item.article, &item.sha256)).map(String::as_str);
    let contexts: Vec<audit::Context> = (sample.items.iter())
        .map(|(_, item)| item.evidence.as_ref().map(|e| context(e, text_of(item))).unwrap_or_default())
        .collect();
    let mut rows: Vec<Row> =
        sample.items.iter().zip(&contexts).enumerate().map(|(i, ((o, item), c))| row(i, o, item, args, c)).collect();
    let taken = take_over(args, &mut rows)?;
    let text = sheet::text(&rows)?;
    match &args.output {
        Some(path) => sheet::write(path, &text)?,
        None => {
            let mut out = ctx.data();
            out.write_all(text.as_bytes())?;
            out.flush()?;
        }
    }
    if let Some(path) = &args.html {
        let name = args.output.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        let page = Worksheet {
            sample: &sample,
            rows: &rows,
            contexts: &contexts,
            texts: sample.items.iter().map(|(_, item)| text_of(item)).collect(),
            sheet: &text,
            file: name.unwrap_or_else(|| format!("{}.tsv", args.kind.as_str())),
        };
        let mut out = ctx.destination(Some(path))?;
        write_html(&mut out, &page)?;
        out.flush()?;
    }
    notice(&sample, taken, ctx);
    Ok(if rows.is_empty() { Exit::Findings } else { Exit::Done })
}

/// What tells an article's text: its hash; its id where the run does not say the hash.
fn key<'a>(id: &'a str, sha256: &'a str) -> &'a str {
    if sha256.is_empty() { id } else { sha256 }
}

/// The texts of the sample's articles, by [`key`].
fn texts(args: &SampleArgs, sample: &Sample, ctx: &Context) -> BTreeMap<String, String> {
    if args.texts.is_empty() {
        return BTreeMap::new();
    }
    let keys: BTreeSet<&str> = sample.items.iter().map(|(_, i)| key(&i.article, &i.sha256)).collect();
    let known = |a: &Article| keys.contains(a.sha256.as_str()) || keys.contains(a.id.as_str());
    let mut texts = BTreeMap::new();
    for article in wanted(&args.texts, known) {
        let key = if keys.contains(article.sha256.as_str()) { article.sha256 } else { article.id };
        texts.entry(key).or_insert(article.text);
    }
    if texts.len() < keys.len() {
        ctx.note(format!(
            "note: {} of {} texts are not there: sentences stand alone",
            keys.len() - texts.len(),
            keys.len()
        ));
    }
    texts
}

fn row(i: usize, outlet: &str, item: &Item, args: &SampleArgs, context: &audit::Context) -> Row {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Row {
        n: (i + 1).to_string(),
        kind: args.kind.as_str().to_owned(),
        fact: item.statement.clone(),
        sentence: flat(&context.sentence),
        confidence: format!("{:.2}", item.confidence),
        rule: item.evidence.as_ref().map(|e| e.rule.clone()).unwrap_or_default(),
        outlet: flat(outlet),
        article: flat(&item.article),
        published: item.published.clone().unwrap_or_default(),
        title: flat(&item.title),
        before: flat(&context.before),
        after: flat(&context.after),
        ..Row::default()
    }
}

/// Fills in the verdicts of earlier sheets on the same facts of the same sentences; says how many.
fn take_over(args: &SampleArgs, rows: &mut [Row]) -> anyhow::Result<usize> {
    let identity = |r: &Row| [&r.kind, &r.article, &r.fact, &r.sentence].map(String::clone);
    let mut earlier = BTreeMap::new();
    for path in &args.judged {
        let judged = sheet::read(path)?.into_iter().filter(|row| !row.verdict.trim().is_empty());
        // A note of several lines or cells would shift those of the page.
        earlier.extend(judged.map(|row| (identity(&row), (word(&row), flat(&row.note)))));
    }
    let mut taken = 0;
    for row in rows {
        if let Some((verdict, note)) = earlier.get(&identity(row)) {
            (row.verdict, row.note) = (verdict.clone(), note.clone());
            taken += 1;
        }
    }
    Ok(taken)
}

/// The verdict as the page knows it; what is not understood stays as it is.
fn word(row: &Row) -> String {
    match row.judged() {
        Ok(Verdict::Right) => "right".to_owned(),
        Ok(Verdict::Wrong) => "wrong".to_owned(),
        Ok(Verdict::Unsure) => "unsure".to_owned(),
        Ok(Verdict::Open) | Err(_) => row.verdict.clone(),
    }
}

/// What was drawn from what.
fn notice(sample: &Sample, taken: usize, ctx: &Context) {
    let all: usize = sample.strata.values().map(|s| s.facts).sum();
    let articles: usize = sample.strata.values().map(|s| s.articles).sum();
    ctx.note(format!("{} of {all} facts in {articles} articles drawn", sample.items.len()));
    for (outlet, s) in &sample.strata {
        ctx.note(format!("  {outlet}: {} of {} facts in {} articles", s.drawn, s.facts, s.articles));
    }
    if taken > 0 {
        ctx.note(format!("{taken} verdicts taken over"));
    }
}

//! `entente evaluate`: scores against gold, view by view and outlet by outlet; on request as a page to read the errors by.

pub(super) use super::scores::print;
pub(super) use super::texts::articles_beside;

use super::args::EvaluateArgs;
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::texts;
use crate::article::Article;
use crate::evaluate::outlet::outlets;
use crate::evaluate::{Report, read_gold};
use crate::facts::Facts;
use crate::knowledge::Gazetteer;
use crate::view::scorecard::{Judged, Scorecard, write_html};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &EvaluateArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let gold = read_gold(&args.gold).hint("a gold folder holds ID.json beside ID.txt")?;
    let articles = articles(args, &gold)?;
    notice_other_texts(&gold, &articles, ctx);
    let mut told = match &args.predicted {
        Some(path) => read_gold(path)?,
        None => {
            let extractor = ctx.extractor(args.judge.as_deref())?;
            articles.par_iter().map(|a| (a.id.clone(), extractor.facts(a))).collect()
        }
    };
    notice_unknown_codes(&gold, &ctx.knowledge()?.gazetteer, ctx);
    for (id, facts) in &gold {
        told.entry(id.clone()).or_insert_with(|| nothing(facts));
    }
    let outlet_of = outlets(gold.iter().map(|(id, g)| (id.as_str(), source(g, &told[id]))));
    let mut report = Report::default();
    let mut by_outlet: BTreeMap<String, Report> = BTreeMap::new();
    for (id, facts) in &gold {
        report.add(facts, &told[id]);
        by_outlet.entry(outlet_of[id.as_str()].to_owned()).or_default().add(facts, &told[id]);
    }
    if let Some(path) = &args.html {
        let texts: BTreeMap<&str, &str> = articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
        let judged = gold.iter().map(|(id, gold)| Judged {
            outlet: outlet_of[id.as_str()],
            text: texts.get(id.as_str()).copied(),
            gold,
            told: &told[id],
        });
        let name = args.gold.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let page = Scorecard { name, report: &report, outlets: &by_outlet, articles: judged.collect() };
        let mut out = ctx.destination(Some(path))?;
        write_html(&mut out, &page)?;
        out.flush()?;
        if path == Path::new("-") {
            return Ok(Exit::Done);
        }
    }
    print(&report, Some(&by_outlet), args.format, args.errors, ctx)?;
    Ok(Exit::Done)
}

/// The articles to score. Where the facts are given they are wanted for the page only, and need not all be there.
fn articles(args: &EvaluateArgs, gold: &BTreeMap<String, Facts>) -> anyhow::Result<Vec<Article>> {
    if !args.texts.is_empty() {
        let (articles, missing) = texts::under(&args.texts, gold);
        return match missing.first().filter(|_| args.predicted.is_none()) {
            None => Ok(articles),
            Some(first) => Err(anyhow::anyhow!("{} of the gold articles are not there: {first}", missing.len()))
                .hint("--texts names files, folders or globs whose articles have the ids of the gold"),
        };
    }
    match args.predicted {
        Some(_) => Ok(texts::beside(&args.gold, gold)?.0),
        None => articles_beside(&args.gold, gold),
    }
}

fn source<'a>(gold: &'a Facts, told: &'a Facts) -> Option<&'a str> {
    gold.article.source.as_deref().or(told.article.source.as_deref())
}

fn nothing(gold: &Facts) -> Facts {
    Facts {
        article: gold.article.clone(),
        countries: vec![],
        organizations: vec![],
        leaders: vec![],
        agreements: vec![],
        encounters: vec![],
        acts: vec![],
        relations: vec![],
        diagnostics: vec![],
    }
}

/// Says where a text is no longer the one that its gold was made from.
fn notice_other_texts(gold: &BTreeMap<String, Facts>, articles: &[Article], ctx: &Context) {
    let made_from = |a: &Article| gold.get(&a.id).map_or("", |g| g.article.sha256.as_str());
    let other: Vec<&str> = (articles.iter())
        .filter(|a| !made_from(a).is_empty() && made_from(a) != a.sha256)
        .map(|a| a.id.as_str())
        .collect();
    if let Some(first) = other.first() {
        ctx.note(format!("note: {} text(s) changed since their gold was made, such as {first}", other.len()));
    }
}

/// Says which codes of the gold no list has: slips of the pen, or parties without a usual code.
fn notice_unknown_codes(gold: &BTreeMap<String, Facts>, gazetteer: &Gazetteer, ctx: &Context) {
    let mut unknown: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, facts) in gold {
        let named = facts.countries.iter().map(|c| &c.id).chain(facts.organizations.iter().map(|o| &o.id));
        let codes = (named.chain(facts.agreements.iter().flat_map(|a| &a.parties)))
            .chain(facts.encounters.iter().flat_map(|e| &e.countries))
            .chain(facts.acts.iter().flat_map(|a| [&a.actor, &a.recipient]))
            .chain(facts.leaders.iter().map(|l| &l.country));
        for code in codes.filter(|c| gazetteer.country(c).is_none() && gazetteer.organization(c).is_none()) {
            unknown.entry(code.as_str()).or_insert(id);
        }
    }
    if unknown.is_empty() {
        return;
    }
    let listed: Vec<String> = unknown.iter().take(12).map(|(code, id)| format!("`{code}` ({id})")).collect();
    let more = if unknown.len() > 12 { " …" } else { "" };
    ctx.note(format!(
        "note: codes of the gold that no list has, each with its first article: {}{more}",
        listed.join(", ")
    ));
}

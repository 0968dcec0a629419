//! `entente audit nothing`: facts between states that are told of articles in which no two states interact.

use super::each_of_run;
use crate::cli::args::NothingArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::evaluate::audit::between_states;
use anyhow::Context as _;
use std::collections::BTreeSet;
use std::io::Write as _;

/// Runs the command. More facts than `--max` are findings.
pub(in crate::cli) fn run(args: &NothingArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let list = std::fs::read_to_string(&args.ids).with_context(|| format!("cannot read {}", args.ids.display()))?;
    let ids: BTreeSet<&str> =
        list.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty()).collect();
    anyhow::ensure!(!ids.is_empty(), "{} names no article", args.ids.display());
    let gazetteer = ctx.knowledge()?.gazetteer;
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    each_of_run(&args.facts, |facts| {
        if ids.contains(facts.article.id.as_str()) {
            let told = between_states(&facts, |code| gazetteer.country(code).is_some());
            found.extend(told.into_iter().map(|fact| (facts.article.id.clone(), fact)));
            seen.insert(facts.article.id);
        }
    })?;
    anyhow::ensure!(!seen.is_empty(), "{} has none of the articles of {}", args.facts.display(), args.ids.display());
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = ctx.page();
    for (article, (statement, background, evidence)) in &found {
        writeln!(out, "{article}\t{statement}{}", if *background { " (background)" } else { "" })?;
        if let Some(e) = evidence {
            writeln!(out, "\t[{}] {}", e.rule, e.quote.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
    }
    let told = found.iter().filter(|(_, fact)| !fact.1).count();
    writeln!(
        out,
        "{told} facts between states, and {} of the background, in {} articles",
        found.len() - told,
        seen.len()
    )?;
    out.flush()?;
    let absent: Vec<&str> = ids.iter().copied().filter(|id| !seen.contains(*id)).collect();
    if let Some(first) = absent.first() {
        ctx.complain(format!("{} of the articles are not in {}: {first}", absent.len(), args.facts.display()));
    }
    let too_many = args.max.is_some_and(|max| told > max);
    Ok(if too_many || !absent.is_empty() { Exit::Findings } else { Exit::Done })
}

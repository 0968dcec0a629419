//! `entente push`: the graph into another store over HTTP; the next time only what has changed since.

mod address;
mod client;
mod journal;
mod plan;

use super::args::PushArgs;
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use super::progress;
use super::report::counted;
use crate::graph::Store;
use address::shown;
use anyhow::anyhow;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use client::Client;
use journal::Journal;
use plan::Plan;

/// Runs the command.
pub(super) fn run(args: &PushArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let client = Client::new(args, authorization(args)?)?;
    let given = |what: &Option<String>| what.as_ref().is_some_and(|text| !text.is_empty());
    if given(&args.password) && !given(&args.user) {
        ctx.note("note: the password is not sent: give its user with --user or ENTENTE_PUSH_USER");
    }
    let store = Store::open_snapshot(&ctx.store)?;
    let mut journal = Journal::open(&ctx.store.join("pushed"), &args.url, args.again)?;
    let chosen = |graph: &str| args.graphs.is_empty() || args.graphs.iter().any(|begin| names(begin, graph));
    let mut plan = Plan::new(&store, journal.known.clone(), &chosen, args.batch)?;
    let bar = progress::bar(ctx, None, "quads");
    let (mut graphs, mut quads) = (0_u64, 0_u64);
    while let Some(batch) = plan.next()? {
        let sent = client.send(&batch, &mut |line| bar.suspend(|| ctx.note(line)));
        sent.hint(format!("{} arrived and are noted: the same command goes on from there", counted(quads, "quad")))?;
        journal.note(batch.iter().map(|step| (step.graph.as_str(), &step.known)))?;
        graphs += batch.iter().filter(|step| step.known.is_whole()).count() as u64;
        quads += batch.iter().map(|step| step.triples.len() as u64).sum::<u64>();
        bar.set_position(quads);
    }
    bar.finish_and_clear();
    ctx.note(format!(
        "pushed {} in {} to {}; {} had not changed since the last push",
        counted(quads, "quad"),
        counted(graphs, "graph"),
        shown(&args.url),
        counted(plan.unchanged, "graph")
    ));
    Ok(Exit::Done)
}

/// Whether an option (`events`, `article`, an IRI) names this graph.
fn names(option: &str, graph: &str) -> bool {
    let local = graph.strip_prefix("https://w3id.org/entente/graph/").unwrap_or(graph);
    graph == option || local == option || local.strip_prefix(option).is_some_and(|rest| rest.starts_with('/'))
}

/// The header that says who asks. The secret comes from the environment: arguments can be seen by others.
fn authorization(args: &PushArgs) -> anyhow::Result<Option<String>> {
    let given = |what: &Option<String>| what.clone().filter(|text| !text.is_empty());
    match (given(&args.user), given(&args.password), given(&args.token)) {
        (Some(_), _, Some(_)) => Err(anyhow!("both a user and a token are given"))
            .hint("give one of the two; ENTENTE_PUSH_USER and ENTENTE_PUSH_TOKEN in the environment count, too"),
        (Some(user), password, None) => {
            let both = format!("{user}:{}", password.as_deref().unwrap_or_default());
            Ok(Some(format!("Basic {}", BASE64_STANDARD.encode(both))))
        }
        (None, _, Some(token)) => Ok(Some(format!("Bearer {token}"))),
        (None, _, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_are_named_by_their_last_words() {
        let events = "https://w3id.org/entente/graph/events";
        let article = "https://w3id.org/entente/graph/article/0f3a";
        assert!(names("events", events) && names(events, events));
        assert!(names("article", article) && names("article/0f3a", article));
        assert!(!names("event", events) && !names("art", article));
    }
}

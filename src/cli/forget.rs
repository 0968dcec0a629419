//! `entente forget`: articles out of the graph, and what only they supported.

use super::args::ForgetArgs;
use super::context::Context;
use super::exit::Exit;
use super::report::counted;
use crate::graph::Store;

/// Runs the command.
pub(super) fn run(args: &ForgetArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let mut store = Store::open_to_change(&ctx.store)?;
    let forgotten = store.forget(&args.articles)?;
    store.flush()?;
    for id in &forgotten.unknown {
        ctx.complain(format!("not in the store: {id}"));
    }
    if !forgotten.unknown.is_empty() {
        ctx.complain("  hint: ids are those that `entente extract` prints; `entente query` can list them");
    }
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    ctx.note(format!(
        "forgotten: {}, and {} that nothing else supports",
        counted(number(forgotten.articles.len()), "article"),
        counted(number(forgotten.events), "event")
    ));
    Ok(if forgotten.unknown.is_empty() { Exit::Done } else { Exit::Findings })
}

//! `entente queries`.

use super::args::QueriesArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &QueriesArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente queries` is not built yet")
}

//! `entente explain`.

use super::args::ExplainArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &ExplainArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente explain` is not built yet")
}

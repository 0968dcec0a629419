//! `entente build`.

use super::args::BuildArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &BuildArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente build` is not built yet")
}

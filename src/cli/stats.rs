//! `entente stats`.

use super::args::StatsArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &StatsArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente stats` is not built yet")
}

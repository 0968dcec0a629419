//! `entente check`.

use super::args::CheckArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &CheckArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente check` is not built yet")
}

//! `entente query`.

use super::args::QueryArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &QueryArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente query` is not built yet")
}

//! `entente export`.

use super::args::ExportArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &ExportArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente export` is not built yet")
}

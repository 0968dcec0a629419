//! `entente dyad`.

use super::args::DyadArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &DyadArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente dyad` is not built yet")
}

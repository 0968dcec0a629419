//! `entente forget`.

use super::args::ForgetArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &ForgetArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente forget` is not built yet")
}

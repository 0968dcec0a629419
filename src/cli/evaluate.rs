//! `entente evaluate`.

use super::args::EvaluateArgs;
use super::context::Context;
use super::exit::Exit;

/// Runs the command.
pub(super) fn run(_args: &EvaluateArgs, _ctx: &Context) -> anyhow::Result<Exit> {
    anyhow::bail!("`entente evaluate` is not built yet")
}

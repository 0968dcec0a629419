//! `entente completions`: the completion script of a shell, on stdout.

use super::args::{Cli, CompletionsArgs};
use super::context::Context;
use super::exit::Exit;
use clap::CommandFactory;

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs, ctx: &Context) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "entente", &mut script);
    let mut out = ctx.data();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Done)
}

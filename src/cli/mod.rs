//! The command line: `args` for clap, one file a command, one dispatch; prints, and turns errors into messages and exit codes.

mod args;
mod audit;
mod backup;
mod build;
mod change;
mod check;
mod columns;
mod complete;
mod completions;
mod context;
mod curate;
mod dossier;
mod evaluate;
mod exit;
mod explain;
mod export;
mod extract;
mod forget;
mod gold;
mod graphviz;
mod hint;
mod listing;
mod network;
mod ontology;
mod output;
mod party;
mod path;
mod pipeline;
mod progress;
mod push;
mod queries;
mod query;
mod report;
mod scope;
mod scores;
mod serve;
mod stats;
mod suggest;
mod texts;
mod train;

use args::{Cli, Command};
use clap::Parser as _;
use context::Context;
use exit::Exit;
use std::process::ExitCode;

/// Runs the program on the process's own arguments.
#[must_use]
pub fn main() -> ExitCode {
    if complete::answered() {
        return Exit::Done.into();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => return show_usage(&usage),
    };
    let ctx = Context::new(&cli.global);
    match dispatch(&cli.command, &ctx) {
        Ok(exit) => exit.into(),
        Err(error) if hint::is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            ctx.complain(hint::render(&error));
            Exit::Failed.into()
        }
    }
}

fn dispatch(command: &Command, ctx: &Context) -> anyhow::Result<Exit> {
    match command {
        Command::Build(args) => build::run(args, ctx),
        Command::Extract(args) => extract::run(args, ctx),
        Command::Query(args) => query::run(args, ctx),
        Command::Queries(args) => queries::run(args, ctx),
        Command::Dyad(args) => dossier::dyad(args, ctx),
        Command::Country(args) => dossier::country(args, ctx),
        Command::Leader(args) => dossier::leader(args, ctx),
        Command::Network(args) => network::run(args, ctx),
        Command::Path(args) => path::run(args, ctx),
        Command::Change(args) => change::run(args, ctx),
        Command::Export(args) => export::run(args, ctx),
        Command::Ontology(args) => ontology::run(args),
        Command::Explain(args) => explain::run(args, ctx),
        Command::Push(args) => push::run(args, ctx),
        Command::Serve(args) => serve::run(args, ctx),
        Command::Check(args) => check::run(args, ctx),
        Command::Stats(args) => stats::run(args, ctx),
        Command::Forget(args) => forget::run(args, ctx),
        Command::Backup(args) => backup::write(args, ctx),
        Command::Restore(args) => backup::restore(args, ctx),
        Command::Curate(args) => curate::run(args, ctx),
        Command::Suggest(args) => suggest::run(args, ctx),
        Command::Evaluate(args) => evaluate::run(args, ctx),
        Command::Audit(args) => audit::run(args, ctx),
        Command::TrainJudge(args) => train::run(args, ctx),
        Command::Completions(args) => completions::run(args, ctx),
    }
}

/// Help and version end well; everything else on this path is a command line that cannot be run.
fn show_usage(usage: &clap::Error) -> ExitCode {
    // A reader that went away is no error.
    let _ = usage.print();
    if usage.use_stderr() { Exit::Failed.into() } else { Exit::Done.into() }
}

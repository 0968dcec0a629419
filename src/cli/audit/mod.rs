//! `entente audit`: samples of facts for a person to judge, the sum of the verdicts, and the count of facts where there should
//! be none.

mod nothing;
mod sample;
mod sheet;
mod verdicts;

use super::args::{AuditArgs, AuditCommand};
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::evaluate::audit::read_run;
use crate::facts::Facts;
use anyhow::Context as _;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &AuditArgs, ctx: &Context) -> anyhow::Result<Exit> {
    match &args.command {
        AuditCommand::Sample(args) => sample::run(args, ctx),
        AuditCommand::Verdicts(args) => verdicts::run(args, ctx),
        AuditCommand::Nothing(args) => nothing::run(args, ctx),
    }
}

/// Gives the facts of each article of a run to `each`.
fn each_of_run(path: &Path, each: impl FnMut(Facts)) -> anyhow::Result<()> {
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
    };
    read_run(BufReader::with_capacity(1 << 16, reader), each)
        .with_context(|| format!("{} holds something other than facts", path.display()))
        .hint("entente extract news/ > facts.jsonl")
}

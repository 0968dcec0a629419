//! What may stand on the command line, for clap: the commands, the options that all share, the arguments of each.

mod ask;
mod audit;
mod backup;
mod curate;
mod dossier;
mod export;
mod feed;
mod look;
mod network;
mod push;
mod serve;

pub(in crate::cli) use ask::*;
pub(in crate::cli) use audit::*;
pub(in crate::cli) use backup::*;
pub(in crate::cli) use curate::*;
pub(in crate::cli) use dossier::*;
pub(in crate::cli) use export::*;
pub(in crate::cli) use feed::*;
pub(in crate::cli) use look::*;
pub(in crate::cli) use network::*;
pub(in crate::cli) use push::*;
pub(in crate::cli) use serve::*;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 ran with findings (an input could not be read, a check failed, nothing matched); 2 could not run.";

/// Reads news articles and builds a knowledge graph of the ties between countries, with the sentence behind every edge.
#[derive(Debug, Parser)]
#[command(name = "entente", version, styles = STYLES, max_term_width = 100, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true, subcommand_required = true, disable_help_subcommand = true)]
pub(in crate::cli) struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub(in crate::cli) global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub(in crate::cli) struct GlobalArgs {
    /// Folder of the graph
    #[arg(long, global = true, env = "ENTENTE_STORE", default_value = "./entente.store", value_name = "DIR")]
    #[arg(help_heading = "Common options", hide_env_values = true)]
    pub(in crate::cli) store: PathBuf,
    /// Lay these files over the built-in knowledge (lexicon, gazetteers, sectors, acts)
    #[arg(long, global = true, value_name = "DIR", help_heading = "Common options")]
    pub(in crate::cli) knowledge: Option<PathBuf>,
    /// Print nothing on stderr but errors
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub(in crate::cli) quiet: bool,
    /// When to color what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Common options")]
    pub(in crate::cli) color: Color,
}

/// When to color what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// The choice as the output streams know it.
    pub(in crate::cli) fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Read articles, extract their facts and store them in the graph
    Build(BuildArgs),
    /// Print the facts of articles, with the sentences that say so (no store needed)
    Extract(ExtractArgs),
    /// Ask the graph: a named query, a SPARQL file, or SPARQL from stdin
    Query(QueryArgs),
    /// List the named queries, or show one
    Queries(QueriesArgs),
    /// Write a dossier of two countries, with sources
    Dyad(DyadArgs),
    /// Write a dossier of one country or organization, with sources
    Country(CountryArgs),
    /// Write a dossier of a leader, with sources
    Leader(LeaderArgs),
    /// Measure the network of ties: who is central, which communities, which pairs
    Network(NetworkArgs),
    /// Show how two countries are tied, with the sentence behind each step
    Path(PathArgs),
    /// Compare two periods: ties gained and lost, pairs that grew warmer or cooler
    Change(ChangeArgs),
    /// Write the graph, or a view of it, for other programs
    Export(ExportArgs),
    /// Write the graph to another store over HTTP (SPARQL Update, Graph Store Protocol), and later what has changed
    Push(PushArgs),
    /// Tell what the graph's terms mean: a page with a diagram, Turtle, SHACL, the queries as RDF (no store needed)
    Ontology(OntologyArgs),
    /// Show every sentence and rule behind a fact
    Explain(ExplainArgs),
    /// Serve the graph on this machine: explorer, JSON API, SPARQL endpoint
    Serve(ServeArgs),
    /// Check the graph against its shapes and check queries
    Check(CheckArgs),
    /// Count what the graph holds
    Stats(StatsArgs),
    /// Remove articles, and what only they support
    Forget(ForgetArgs),
    /// Write the whole store into one file
    Backup(BackupArgs),
    /// Make a store of a backup, a dump, or a store of an older format
    Restore(RestoreArgs),
    /// Decide what the rules cannot: merge, split, reject, rename, assert; list, export, import, undo
    Curate(CurateArgs),
    /// List what a person should look at: missed merges, doubtful merges
    Suggest(SuggestArgs),
    /// Score extracted facts against gold facts
    Evaluate(EvaluateArgs),
    /// Have a person judge facts of articles without gold: samples, verdicts, and articles that should tell nothing
    Audit(AuditArgs),
    /// Train the judge's weights on gold facts
    TrainJudge(TrainArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("entente "), "no example in the help of `{}`", command.get_name());
        }
    }
}

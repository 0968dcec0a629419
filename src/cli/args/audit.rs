//! Arguments of `entente audit`: what a person needs to judge facts of articles without gold.

use super::look::ReportFormat;
use crate::evaluate::audit::Kind;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use std::path::PathBuf;

const AUDIT_EXAMPLES: &str = "\
Examples:
  entente audit sample facts.jsonl --kind signed --texts news/ -o signed.tsv --html signed.html
  entente audit verdicts signed.tsv
  entente audit nothing ids.txt facts.jsonl --max 5";

const SAMPLE_EXAMPLES: &str = "\
Examples:
  entente extract news/ > facts.jsonl
  entente audit sample facts.jsonl --kind acts --count 100 --seed 1 --texts news/ -o acts.tsv --html acts.html
  entente audit sample facts.jsonl --kind acts --judged acts.tsv -o acts-again.tsv   keeps verdicts on the same facts";

const VERDICTS_EXAMPLES: &str = "\
Examples:
  entente audit verdicts signed.tsv encounters.tsv acts.tsv
  entente audit verdicts signed.tsv --format json";

const NOTHING_EXAMPLES: &str = "\
Examples:
  entente audit nothing ids.txt facts.jsonl --max 5      exit code 1 where more than five facts are told";

const KINDS: [&str; 3] = [Kind::Signed.as_str(), Kind::Encounters.as_str(), Kind::Acts.as_str()];

/// `entente audit`.
#[derive(Debug, Args)]
#[command(after_help = AUDIT_EXAMPLES, arg_required_else_help = true, disable_help_subcommand = true)]
pub(in crate::cli) struct AuditArgs {
    /// What to do.
    #[command(subcommand)]
    pub(in crate::cli) command: AuditCommand,
}

/// The parts of an audit.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AuditCommand {
    /// Draw facts of a run for a person to judge
    Sample(SampleArgs),
    /// Sum a person's verdicts to a precision with its interval
    Verdicts(VerdictsArgs),
    /// Count what is told between states in articles that should tell nothing
    Nothing(NothingArgs),
}

/// `entente audit sample`.
#[derive(Debug, Args)]
#[command(after_help = SAMPLE_EXAMPLES)]
pub(in crate::cli) struct SampleArgs {
    /// Facts of a run: JSON Lines as `entente extract` prints them, or - for stdin
    #[arg(value_name = "FACTS")]
    pub(in crate::cli) facts: PathBuf,
    /// Agreements signed, encounters held, or acts; none of the background
    #[arg(long, short, value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS).try_map(|k| k.parse::<Kind>()))]
    pub(in crate::cli) kind: Kind,
    /// How many facts to draw, one of each article as long as there are others
    #[arg(long, short, value_name = "N", default_value_t = 100)]
    pub(in crate::cli) count: usize,
    /// Another seed draws other facts; the same seed the same ones
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// Draw only from facts at least this sure
    #[arg(long, default_value_t = 0.0, value_name = "0–1", value_parser = super::probability)]
    pub(in crate::cli) min_confidence: f64,
    /// The articles that the facts are from, for what stands around a sentence (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) texts: Vec<PathBuf>,
    /// Take over the verdicts of this sheet on facts that are the same (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) judged: Vec<PathBuf>,
    /// Where to write the sheet: tab-separated, with an empty column for verdicts
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also write a page to read and judge by
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,
}

/// `entente audit verdicts`.
#[derive(Debug, Args)]
#[command(after_help = VERDICTS_EXAMPLES)]
pub(in crate::cli) struct VerdictsArgs {
    /// Sheets of `entente audit sample` with verdicts filled in: right, wrong or unsure
    #[arg(value_name = "SHEET", required = true)]
    pub(in crate::cli) sheets: Vec<PathBuf>,
    /// How to print the counts
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// `entente audit nothing`.
#[derive(Debug, Args)]
#[command(after_help = NOTHING_EXAMPLES)]
pub(in crate::cli) struct NothingArgs {
    /// Ids of articles in which no two states interact, one a line (# begins a remark)
    #[arg(value_name = "IDS")]
    pub(in crate::cli) ids: PathBuf,
    /// Facts of a run: JSON Lines as `entente extract` prints them, or - for stdin
    #[arg(value_name = "FACTS")]
    pub(in crate::cli) facts: PathBuf,
    /// End with code 1 where more facts than this are told
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max: Option<usize>,
}

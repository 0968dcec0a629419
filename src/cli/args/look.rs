//! Arguments of the commands that look at the graph as a whole: check, stats, evaluate; and completions.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

const ONTOLOGY_EXAMPLES: &str = "\
Examples:
  entente ontology -o ontology.html                       every class and property, with a diagram
  entente ontology --format turtle > entente.ttl          OWL and SKOS, for Protégé and the like
  entente ontology --format shapes > shapes.ttl           SHACL, for any SHACL engine
  entente ontology --format queries --endpoint https://example.org/query > queries.ttl";

const CHECK_EXAMPLES: &str = "\
Examples:
  entente check
  entente check --format json
  entente check graph.trig edited.ttl                     RDF files together, instead of the store";

const STATS_EXAMPLES: &str = "\
Examples:
  entente stats
  entente stats --format json";

const EVALUATE_EXAMPLES: &str = "\
Examples:
  entente evaluate gold/dev
  entente evaluate gold/dev --html scores.html           every fact beside its sentence: found, extra, missed
  entente evaluate gold.jsonl --predicted facts.jsonl --errors 20";

const TRAIN_EXAMPLES: &str = "\
Examples:
  entente train-judge gold/train gold/dev            weights to ontology/judge.tsv, scores cross-validated by article
  entente train-judge gold/train -o my-judge.tsv --errors 50";
const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  entente completions bash > ~/.local/share/bash-completion/completions/entente
  source <(entente completions zsh)        # in ~/.zshrc, after compinit
  entente completions fish | source        # in ~/.config/fish/config.fish

Names of queries, their parameters and values are completed too: entente query <TAB>, --set <TAB>, --set country=<TAB>.";

/// How a report prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// `entente ontology`.
#[derive(Debug, Args)]
#[command(after_help = ONTOLOGY_EXAMPLES)]
pub(in crate::cli) struct OntologyArgs {
    /// What to write
    #[arg(long, short, default_value = "html")]
    pub(in crate::cli) format: OntologyFormat,
    /// With --format queries: where they can be asked
    #[arg(long, value_name = "IRI")]
    pub(in crate::cli) endpoint: Option<String>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// What `ontology` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OntologyFormat {
    /// A page that documents every term
    Html,
    /// The ontology with its sectors and acts
    Turtle,
    /// The SHACL shapes, in Turtle
    Shapes,
    /// The named queries as SHACL executables (SPARQL examples), in Turtle
    Queries,
}

/// `entente check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(in crate::cli) struct CheckArgs {
    /// RDF files (.ttl .nt .trig .nq .jsonld) to check together, instead of the store
    #[arg(value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// How to print the findings
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// `entente stats`.
#[derive(Debug, Args)]
#[command(after_help = STATS_EXAMPLES)]
pub(in crate::cli) struct StatsArgs {
    /// How to print the counts
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// `entente evaluate`.
#[derive(Debug, Args)]
#[command(after_help = EVALUATE_EXAMPLES)]
pub(in crate::cli) struct EvaluateArgs {
    /// A folder of gold files beside their articles (ID.json, ID.txt), or a file of gold facts with --texts
    #[arg(value_name = "GOLD")]
    pub(in crate::cli) gold: PathBuf,
    /// Score these facts (folder or .jsonl) instead of extracting anew
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) predicted: Option<PathBuf>,
    /// The articles of the gold, where they are not beside it (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) texts: Vec<PathBuf>,
    /// Also write a page to read the scores and every error by
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,
    /// Judge by these weights (written by train-judge) instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) judge: Option<PathBuf>,
    /// List this many misses and extras
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) errors: usize,
    /// How to print the scores
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// `entente train-judge`.
#[derive(Debug, Args)]
#[command(after_help = TRAIN_EXAMPLES)]
pub(in crate::cli) struct TrainArgs {
    /// Folders of gold files beside their articles (ID.json, ID.txt)
    #[arg(value_name = "GOLD", required = true)]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// Folder of a specification in the notation of tests/spec, whose cases teach too (may be repeated)
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) spec: Vec<PathBuf>,
    /// Gold that teaches every fold and is scored in none: a folder, or a file with an object of facts a line, whose articles
    /// are looked up by id in those of --articles (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) also: Vec<PathBuf>,
    /// Articles for the files of --also: any inputs that `entente extract` reads (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) articles: Vec<PathBuf>,
    /// Where to write the weights
    #[arg(long, short, value_name = "FILE", default_value = "ontology/judge.tsv")]
    pub(in crate::cli) output: PathBuf,
    /// Folds of the cross-validation by article
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(in crate::cli) folds: usize,
    /// List this many misses and extras of the cross-validation
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) errors: usize,
    /// Write the facts that the cross-validation judged, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) predictions: Option<PathBuf>,
    /// Write the training cases (article, kind, right or not, features), tab-separated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) cases: Option<PathBuf>,
    /// How to print the cross-validated scores
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// `entente completions`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    pub(in crate::cli) shell: clap_complete::Shell,
}

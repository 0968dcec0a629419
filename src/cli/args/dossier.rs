//! Arguments of the dossiers: dyad, country, leader; and the scope that they share with the commands about networks.

use crate::cli::complete;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use std::path::PathBuf;

const DYAD_EXAMPLES: &str = "\
Examples:
  entente dyad KOR SGP
  entente dyad \"South Korea\" Singapore --since 2020-01-01
  entente dyad JPN KOR --format html -o japan-korea.html";

const COUNTRY_EXAMPLES: &str = "\
Examples:
  entente country KOR
  entente country \"South Korea\" --sector trade --since 2015-01-01
  entente country APEC --format html --limit 10 -o apec.html";

const LEADER_EXAMPLES: &str = "\
Examples:
  entente leader \"Lawrence Wong\"
  entente leader wong --min-confidence 0.7 --format markdown";

/// What of the graph is told.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct ScopeArgs {
    /// Leave out what happened before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) since: Option<NaiveDate>,
    /// Leave out what happened after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) until: Option<NaiveDate>,
    /// Only agreements of this sector (may be repeated)
    #[arg(long = "sector", value_name = "SECTOR")]
    pub(in crate::cli) sectors: Vec<String>,
    /// Leave out events of a smaller confidence, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability, hide_default_value = true)]
    pub(in crate::cli) min_confidence: f64,
}

/// A number from 0 to 1.
fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|p| (0.0..=1.0).contains(p));
    number.ok_or_else(|| format!("`{text}` is no number from 0 to 1"))
}

/// How a dossier is written, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct DossierArgs {
    /// What of the graph is told.
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// How to write it
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: DossierFormat,
    /// Entries in each section, those with most articles and the highest confidence; 0: all (default: 25, in JSON all)
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// `entente dyad`.
#[derive(Debug, Args)]
#[command(after_help = DYAD_EXAMPLES)]
pub(in crate::cli) struct DyadArgs {
    /// A country or organization: code or name
    #[arg(value_name = "COUNTRY", add = ArgValueCompleter::new(complete::places))]
    pub(in crate::cli) first: String,
    /// The other one
    #[arg(value_name = "COUNTRY", add = ArgValueCompleter::new(complete::places))]
    pub(in crate::cli) second: String,
    /// How and where.
    #[command(flatten)]
    pub(in crate::cli) dossier: DossierArgs,
}

/// `entente country`.
#[derive(Debug, Args)]
#[command(after_help = COUNTRY_EXAMPLES)]
pub(in crate::cli) struct CountryArgs {
    /// A country or organization: code or name
    #[arg(value_name = "COUNTRY", add = ArgValueCompleter::new(complete::places))]
    pub(in crate::cli) country: String,
    /// How and where.
    #[command(flatten)]
    pub(in crate::cli) dossier: DossierArgs,
}

/// `entente leader`.
#[derive(Debug, Args)]
#[command(after_help = LEADER_EXAMPLES)]
pub(in crate::cli) struct LeaderArgs {
    /// A leader's name, or the part of it that tells them from others
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// How and where.
    #[command(flatten)]
    pub(in crate::cli) dossier: DossierArgs,
}

/// How a dossier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DossierFormat {
    /// For the terminal
    Text,
    /// Markdown
    Markdown,
    /// One self-contained page with plots, for the screen and for paper
    Html,
    /// For programs
    Json,
}

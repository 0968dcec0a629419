//! Arguments of the commands about networks: network, path, change.

use super::dossier::ScopeArgs;
use crate::cli::complete;
use crate::view::words::Tone;
use crate::view::{Order, Split};
use chrono::{Days, Months, NaiveDate};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use std::path::PathBuf;
use std::str::FromStr;

const NETWORK_EXAMPLES: &str = "\
Examples:
  entente network                                    countries by events, with their measures
  entente network --sort betweenness --limit 10
  entente network --of dyads --by year --format csv > dyads.csv
  entente network --of communities --since 2020-01-01
  entente network --of bridges --tone cooperation";

const PATH_EXAMPLES: &str = "\
Examples:
  entente path KOR SGP
  entente path \"North Korea\" Canada --countries-only
  entente path KOR SGP --indirect --tone cooperation --chains 3";

const CHANGE_EXAMPLES: &str = "\
Examples:
  entente change --before 2024 --after 2025
  entente change --before 2024-01-01..2024-12-31 --after 2025-01-01.. --min-count 2
  entente change --before ..1991-12 --after 1992.. --country RUS --format json";

/// Cooperation or conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ToneArg {
    /// Agreements, encounters, help
    Cooperation,
    /// Accusations, sanctions, force
    Conflict,
}

impl ToneArg {
    /// As the view knows it.
    pub(in crate::cli) fn tone(self) -> Tone {
        match self {
            Self::Cooperation => Tone::Cooperation,
            Self::Conflict => Tone::Conflict,
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TableFormat {
    /// Aligned columns
    Text,
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
}

/// `entente network`.
#[derive(Debug, Args)]
#[command(after_help = NETWORK_EXAMPLES)]
pub(in crate::cli) struct NetworkArgs {
    /// What to list
    #[arg(long, default_value = "countries")]
    pub(in crate::cli) of: NetworkPart,
    /// Order of countries, the highest first
    #[arg(long, default_value = "strength")]
    pub(in crate::cli) sort: OrderArg,
    /// Split the figures of pairs
    #[arg(long, value_name = "PART")]
    pub(in crate::cli) by: Option<SplitArg>,
    /// Only ties that touch these countries (may be repeated)
    #[arg(long = "country", short, value_name = "COUNTRY")]
    pub(in crate::cli) countries: Vec<String>,
    /// Only ties of this tone
    #[arg(long, value_name = "TONE")]
    pub(in crate::cli) tone: Option<ToneArg>,
    /// What of the graph counts.
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Leave out ties with fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) min_count: usize,
    /// Rows to list; 0: all (default: 25, in CSV and JSON all)
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// How to write it
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: TableFormat,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// What `network` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum NetworkPart {
    /// Countries and organizations with their measures
    Countries,
    /// Pairs with what is between them
    Dyads,
    /// Communities: who cooperates with each other more than with the rest (Louvain)
    Communities,
    /// Pairs without whose tie the network would fall apart
    Bridges,
}

/// By what `network` orders countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OrderArg {
    /// Events
    Strength,
    /// Neighbors
    Degree,
    /// Share of the shortest paths between others
    Betweenness,
    /// Tied to those who are strongly tied
    Eigenvector,
    /// How deep in the core
    Core,
    /// Events of conflict
    Conflict,
    /// Name
    Name,
}

impl OrderArg {
    /// As the view knows it.
    pub(in crate::cli) fn order(self) -> Order {
        match self {
            Self::Strength => Order::Strength,
            Self::Degree => Order::Degree,
            Self::Betweenness => Order::Betweenness,
            Self::Eigenvector => Order::Eigenvector,
            Self::Core => Order::Core,
            Self::Conflict => Order::Conflict,
            Self::Name => Order::Name,
        }
    }
}

/// How `network` splits the figures of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SplitArg {
    /// By year
    Year,
    /// By quarter
    Quarter,
    /// By month
    Month,
    /// By sector of the agreements
    Sector,
    /// Cooperation apart from conflict
    Tone,
}

impl SplitArg {
    /// As the view knows it.
    pub(in crate::cli) fn split(self) -> Split {
        match self {
            Self::Year => Split::Year,
            Self::Quarter => Split::Quarter,
            Self::Month => Split::Month,
            Self::Sector => Split::Sector,
            Self::Tone => Split::Tone,
        }
    }
}

/// `entente path`.
#[derive(Debug, Args)]
#[command(after_help = PATH_EXAMPLES)]
pub(in crate::cli) struct PathArgs {
    /// A country or organization: code or name
    #[arg(value_name = "COUNTRY", add = ArgValueCompleter::new(complete::places))]
    pub(in crate::cli) first: String,
    /// The other one
    #[arg(value_name = "COUNTRY", add = ArgValueCompleter::new(complete::places))]
    pub(in crate::cli) second: String,
    /// Leave the tie between the two themselves out: who stands between them?
    #[arg(long)]
    pub(in crate::cli) indirect: bool,
    /// Lead through countries alone, not through organizations
    #[arg(long)]
    pub(in crate::cli) countries_only: bool,
    /// How many chains to show, those with the strongest weakest tie first
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) chains: usize,
    /// Events to show for each step
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(in crate::cli) events: usize,
    /// Only ties of this tone
    #[arg(long, value_name = "TONE")]
    pub(in crate::cli) tone: Option<ToneArg>,
    /// What of the graph counts.
    #[command(flatten)]
    pub(in crate::cli) scope: ScopeArgs,
    /// Leave out ties with fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) min_count: usize,
    /// How to print it
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: super::look::ReportFormat,
}

/// `entente change`.
#[derive(Debug, Args)]
#[command(after_help = CHANGE_EXAMPLES)]
pub(in crate::cli) struct ChangeArgs {
    /// The earlier period: FROM..TO with days, months or years, or one of them
    #[arg(long, value_name = "PERIOD")]
    pub(in crate::cli) before: PeriodArg,
    /// The later period
    #[arg(long, value_name = "PERIOD")]
    pub(in crate::cli) after: PeriodArg,
    /// Only ties that touch these countries (may be repeated)
    #[arg(long = "country", short, value_name = "COUNTRY")]
    pub(in crate::cli) countries: Vec<String>,
    /// Only agreements of this sector (may be repeated)
    #[arg(long = "sector", value_name = "SECTOR")]
    pub(in crate::cli) sectors: Vec<String>,
    /// Leave out events of a smaller confidence, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.0, hide_default_value = true)]
    pub(in crate::cli) min_confidence: f64,
    /// A pair is tied in a period from so many events on
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) min_count: usize,
    /// Pairs to list under each heading; 0: all (default: 15, in CSV and JSON all)
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// How to write it
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: TableFormat,
}

/// A period: `2024`, `2024-03`, `2024-01-01..2024-12-31`, `2025..`, `..1991-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct PeriodArg {
    /// Its first day.
    pub(in crate::cli) since: Option<NaiveDate>,
    /// Its last day.
    pub(in crate::cli) until: Option<NaiveDate>,
}

impl FromStr for PeriodArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let end = |word: &str, last: bool| match word.trim() {
            "" if text.contains("..") => Ok(None),
            word => days(word).map(|(a, b)| Some(if last { b } else { a })),
        };
        let period = Self { since: end(from, false)?, until: end(to, true)? };
        match (period.since, period.until) {
            (None, None) => Err("a period needs a begin or an end, as in 2024-01-01..2024-12-31".to_owned()),
            (Some(since), Some(until)) if until < since => Err(format!("`{text}` ends before it begins")),
            _ => Ok(period),
        }
    }
}

/// The first and last day of a day, month or year.
fn days(word: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let parse = |rest: &str| NaiveDate::parse_from_str(&format!("{word}{rest}"), "%Y-%m-%d").ok();
    let last = |first: NaiveDate, months| first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1));
    let whole = |first: Option<NaiveDate>, months| first.and_then(|day| Some((day, last(day, months)?)));
    let day = parse("").map(|day| (day, day));
    let found = day.or_else(|| whole(parse("-01"), 1)).or_else(|| whole(parse("-01-01"), 12));
    found.ok_or_else(|| format!("`{word}` is no day (2024-03-01), month (2024-03) or year (2024)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, since: &str, until: &str) {
        let period: PeriodArg = text.parse().unwrap();
        let show = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        assert_eq!((show(period.since).as_str(), show(period.until).as_str()), (since, until), "{text}");
    }

    #[test]
    fn periods_are_days_months_or_years() {
        check("2024", "2024-01-01", "2024-12-31");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2024-03-05", "2024-03-05", "2024-03-05");
        check("2024-01-01..2024-12", "2024-01-01", "2024-12-31");
        check("2025..", "2025-01-01", "");
        check("..1991-12", "", "1991-12-31");
        for bad in ["", "..", "soon", "2025..2024", "2024-13", "2024-1-1-1"] {
            assert!(bad.parse::<PeriodArg>().is_err(), "{bad}");
        }
    }
}

//! Arguments of the commands that ask the graph: query, queries, explain.

use super::look::ReportFormat;
use crate::cli::complete;
use crate::query::Theme;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use std::path::PathBuf;
use std::str::FromStr;

const QUERY_EXAMPLES: &str = "\
Examples:
  entente query agreements-of-country --set country=SGP
  entente query my-question.rq --format csv > answer.csv
  echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | entente query -";

const QUERIES_EXAMPLES: &str = "\
Examples:
  entente queries
  entente queries --theme dyad
  entente queries agreements-of-country
  entente queries --format json > catalogue.json";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  entente explain event/0f3a1b
  entente explain \"Lee Jae Myung\"
  entente explain KOR-SGP
  entente explain 2025-11-02-korea-singapore-strategic-partnership";

/// `entente query`.
#[derive(Debug, Args)]
#[command(after_help = QUERY_EXAMPLES)]
pub(in crate::cli) struct QueryArgs {
    /// Name of a query (see `entente queries`), a SPARQL file, or - for stdin
    #[arg(value_name = "NAME|FILE|-", add = ArgValueCompleter::new(complete::questions))]
    pub(in crate::cli) query: String,
    /// Give a parameter its value (may be repeated)
    #[arg(long = "set", value_name = "NAME=VALUE", add = ArgValueCompleter::new(complete::settings))]
    pub(in crate::cli) settings: Vec<Setting>,
    /// How to print the answer
    #[arg(long, short, default_value = "table")]
    pub(in crate::cli) format: QueryFormat,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// A parameter and its value, as in `country=KOR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Setting {
    /// Parameter, without `?` or `$`.
    pub(in crate::cli) name: String,
    /// Its value as written.
    pub(in crate::cli) value: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE, as in country=KOR")?;
        let name = name.trim().trim_start_matches(['?', '$']);
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
            return Err(format!("`{name}` is not a parameter's name"));
        }
        Ok(Self { name: name.to_owned(), value: value.trim().to_owned() })
    }
}

/// How `query` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum QueryFormat {
    /// Aligned columns
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values (SPARQL 1.1 TSV)
    Tsv,
    /// SPARQL 1.1 results in JSON
    Json,
    /// SPARQL 1.1 results in XML
    Xml,
    /// A Markdown table
    Markdown,
}

/// `entente queries`.
#[derive(Debug, Args)]
#[command(after_help = QUERIES_EXAMPLES)]
pub(in crate::cli) struct QueriesArgs {
    /// Show this query whole
    #[arg(value_name = "NAME", conflicts_with = "theme", add = ArgValueCompleter::new(complete::named))]
    pub(in crate::cli) name: Option<String>,
    /// List only the queries of this theme
    #[arg(long, short, value_name = "THEME", value_parser = themes())]
    pub(in crate::cli) theme: Option<Theme>,
    /// How to print the list
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

/// The names of themes.
fn themes() -> impl TypedValueParser<Value = Theme> {
    let names = Theme::ALL.iter().map(|theme| clap::builder::PossibleValue::new(theme.as_str()).help(theme.title()));
    PossibleValuesParser::new(names).try_map(|name| Theme::named(&name).ok_or("no theme"))
}

/// `entente explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(in crate::cli) struct ExplainArgs {
    /// IRI or short id of an event, tie, claim or leader; an article id; a leader's name in any spelling; a pair such as KOR-SGP
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// How to print it
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_a_name_and_a_value() {
        let setting: Setting = "?country = KOR".parse().unwrap();
        assert_eq!((setting.name.as_str(), setting.value.as_str()), ("country", "KOR"));
        assert_eq!("a=b=c".parse::<Setting>().unwrap().value, "b=c");
        assert!("country".parse::<Setting>().is_err());
        assert!("co untry=x".parse::<Setting>().is_err());
    }
}

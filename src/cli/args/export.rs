//! Arguments of `entente export`, and which format the name of a file asks for.

use super::network::ToneArg;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

const EXPORT_EXAMPLES: &str = "\
Examples:
  entente export -o ties.svg                                a picture of the ties between countries
  entente export -o ties.gexf                               for Gephi, with a timeline
  entente export --view ego --country KOR -o korea.graphml  for Gephi, yEd, igraph, networkx
  entente export -o ties.cyjs                               for Cytoscape
  entente export -o edges.csv                               a row an edge; --table nodes: a row a node
  entente export --view events -o events.parquet            a row an event, with its sentence
  entente export --view dyad-month -c KOR -o panel.csv      a row a pair of countries and month, with quad counts
  entente export --one-a-day -o events.polecat.tsv          event data in the columns of POLECAT (or .icews.tsv)
  entente export -o graph.trig                              the whole graph as RDF
  entente export --format nquads | sha256sum                one sum for one graph
  entente export -o graph.void.ttl                          how much of what is in the graph (VoID)

The format follows from the file's name where --format is not given:
  .dot .gv .svg .graphml .gexf .json .cyjs .csv .tsv .parquet .polecat.tsv .icews.tsv .ttl .void.ttl .trig .nq .jsonld";

/// `entente export`.
#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(in crate::cli) struct ExportArgs {
    /// What to write (RDF formats always write the whole graph, POLECAT and ICEWS always events)
    #[arg(long, short = 'V', default_value = "ties")]
    pub(in crate::cli) view: ExportView,
    /// How to write it (default: from the name of the output file, else dot, or csv for tables)
    #[arg(long, short)]
    pub(in crate::cli) format: Option<ExportFormat>,
    /// In csv, tsv and parquet: which table of the view (default: events of the events view, else edges)
    #[arg(long, value_name = "TABLE")]
    pub(in crate::cli) table: Option<ExportTable>,
    /// Center of the ego view, or only what touches these countries (may be repeated)
    #[arg(long = "country", short, value_name = "COUNTRY")]
    pub(in crate::cli) countries: Vec<String>,
    /// Only this sector (may be repeated)
    #[arg(long = "sector", value_name = "SECTOR")]
    pub(in crate::cli) sectors: Vec<String>,
    /// Leave out what happened before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) since: Option<NaiveDate>,
    /// Leave out what happened after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) until: Option<NaiveDate>,
    /// Only ties of this tone
    #[arg(long, value_name = "TONE")]
    pub(in crate::cli) tone: Option<ToneArg>,
    /// Of the ego view: also the ties between those who are tied to its centers
    #[arg(long)]
    pub(in crate::cli) alters: bool,
    /// Leave out ties with fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) min_count: usize,
    /// Of events of one PLOVER type between the same two parties on one day, keep the surest
    #[arg(long)]
    pub(in crate::cli) one_a_day: bool,
    /// In dyad-month and dyad-year: a row for each direction
    #[arg(long)]
    pub(in crate::cli) directed: bool,
    /// CSV for Excel and LibreOffice: a byte-order mark, and an apostrophe before what they would run as a formula
    #[arg(long)]
    pub(in crate::cli) spreadsheet: bool,
    /// Write to this file (- for standard output); it appears when it is whole
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportView {
    /// Countries, joined by the kinds and counts of what binds or divides them
    Ties,
    /// Every event with its parties
    Events,
    /// Pairs of countries with their totals
    Dyads,
    /// One country and everything that touches it
    Ego,
    /// Agreements and their parties (bipartite)
    Agreements,
    /// Encounters and the leaders who took part (bipartite)
    Encounters,
    /// A table of pairs of countries by month: events by kind and quad class, PLOVER scores
    DyadMonth,
    /// The same by year
    DyadYear,
}

impl ExportView {
    /// Whether it is a table, and no network.
    pub(in crate::cli) fn is_panel(self) -> bool {
        matches!(self, Self::DyadMonth | Self::DyadYear)
    }
}

/// Which table of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportTable {
    /// One row an edge
    Edges,
    /// One row a node: countries, organizations, leaders, with their codes
    Nodes,
    /// One row an event, with its sentence
    Events,
}

/// How `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExportFormat {
    /// Graphviz
    Dot,
    /// A picture
    Svg,
    /// GraphML (Gephi, yEd, igraph, networkx)
    Graphml,
    /// GEXF 1.3 (Gephi), with the days of events
    Gexf,
    /// Node-link JSON (networkx, D3)
    Json,
    /// Cytoscape JSON
    Cytoscape,
    /// A table, comma-separated
    Csv,
    /// A table, tab-separated
    Tsv,
    /// A table, Apache Parquet (pandas, polars, R, DuckDB)
    Parquet,
    /// Event rows in the columns of POLECAT, tab-separated
    Polecat,
    /// Event rows in the columns of ICEWS, tab-separated
    Icews,
    /// RDF, all named graphs merged
    Turtle,
    /// RDF with named graphs
    Trig,
    /// RDF with named graphs, one quad a line, canonical (RDFC-1.0)
    #[value(alias = "canonical", alias = "canonical-nquads")]
    Nquads,
    /// RDF in JSON
    Jsonld,
    /// VoID in Turtle: how much of what is in the graph
    Void,
}

/// Endings of file names, with what they ask for; longer ones first.
const ENDINGS: [(&str, ExportFormat); 18] = [
    (".polecat.tsv", ExportFormat::Polecat),
    (".icews.tsv", ExportFormat::Icews),
    (".void.ttl", ExportFormat::Void),
    (".dot", ExportFormat::Dot),
    (".gv", ExportFormat::Dot),
    (".svg", ExportFormat::Svg),
    (".graphml", ExportFormat::Graphml),
    (".gexf", ExportFormat::Gexf),
    (".json", ExportFormat::Json),
    (".cyjs", ExportFormat::Cytoscape),
    (".csv", ExportFormat::Csv),
    (".tsv", ExportFormat::Tsv),
    (".parquet", ExportFormat::Parquet),
    (".ttl", ExportFormat::Turtle),
    (".trig", ExportFormat::Trig),
    (".nq", ExportFormat::Nquads),
    (".nquads", ExportFormat::Nquads),
    (".jsonld", ExportFormat::Jsonld),
];

impl ExportFormat {
    /// The format that the name of a file asks for.
    pub(in crate::cli) fn of_file(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?.to_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }

    /// The endings that are known, for messages.
    pub(in crate::cli) fn endings() -> String {
        ENDINGS.map(|(ending, _)| ending).join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_counts() {
        let of = |name: &str| ExportFormat::of_file(Path::new(name));
        assert_eq!(of("a/b.POLECAT.tsv"), Some(ExportFormat::Polecat));
        assert_eq!(of("b.tsv"), Some(ExportFormat::Tsv));
        assert_eq!((of("b.xyz"), of("csv"), of("b")), (None, None, None));
    }

    #[test]
    fn the_help_names_every_ending() {
        for (ending, _) in ENDINGS.iter().filter(|(ending, _)| *ending != ".nquads") {
            assert!(EXPORT_EXAMPLES.contains(&format!(" {ending}")), "{ending}");
        }
    }
}

//! Arguments of the commands by which people correct the graph: curate, suggest.

use super::look::ReportFormat;
use clap::{Args, Subcommand};
use std::path::PathBuf;

const CURATE_EXAMPLES: &str = "\
Examples:
  entente curate merge event/0f3a1b event/77c2d0 --by Ada --why 'one signing, two papers'
  entente curate split event/0f3a1b herald-2025-11-04 --by Ada --why 'that was the second visit'
  entente curate reject claim/90ab12 --by Ada --why 'the sentence is a joke'
  entente curate rename leader/Q18 'Lee Jae-myung' --by Ada --why 'as he writes it'
  entente curate assert event/0f3a1b --status cancelled --by Ada --why 'told on the phone'
  entente curate list
  entente curate export -o decisions.jsonl
  entente curate undo 5f0c";

const SUGGEST_EXAMPLES: &str = "\
Examples:
  entente suggest
  entente suggest --limit 50 --format json
  entente suggest --sample-merges 100 --seed 1            merges drawn by lot, for a check by hand";

/// `entente curate`.
#[derive(Debug, Args)]
#[command(after_help = CURATE_EXAMPLES)]
pub(in crate::cli) struct CurateArgs {
    /// What to do.
    #[command(subcommand)]
    pub(in crate::cli) action: CurateAction,
}

/// What `curate` does.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CurateAction {
    /// Two or more events are one, or two or more leaders one person
    Merge {
        /// Ids of events, or of leaders
        #[arg(value_name = "ID", required = true, num_args = 2..)]
        ids: Vec<String>,
        /// Who and why.
        #[command(flatten)]
        says: Says,
    },
    /// Some reports are not of the event they were put to
    Split {
        /// The event
        #[arg(value_name = "EVENT")]
        event: String,
        /// Its articles, or claims, that tell of another; or another event, which is then never put together with it
        #[arg(value_name = "ARTICLE|CLAIM|EVENT", required = true)]
        reports: Vec<String>,
        /// Who and why.
        #[command(flatten)]
        says: Says,
    },
    /// Events or claims were misread, or are false: their sentences assert nothing any more, unless merged later (by the same ids)
    Reject {
        /// Ids of events or claims
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
        /// Who and why.
        #[command(flatten)]
        says: Says,
    },
    /// An event, a leader, or a party of no list has this name
    Rename {
        /// Its id
        #[arg(value_name = "ID")]
        id: String,
        /// The name
        #[arg(value_name = "NAME")]
        name: String,
        /// Who and why.
        #[command(flatten)]
        says: Says,
    },
    /// A fact that no article tells, or not so: a new event, or better values of an event, which replace what articles tell as long
    /// as one of its reports is there
    Assert {
        /// The event that these values are of; without it the event is new
        #[arg(value_name = "EVENT")]
        event: Option<String>,
        /// What.
        #[command(flatten)]
        fact: Box<FactArgs>,
        /// Who and why.
        #[command(flatten)]
        says: Says,
    },
    /// List the decisions, with what each is about
    List {
        /// How to print them
        #[arg(long, short, default_value = "text")]
        format: ReportFormat,
    },
    /// Write the decisions as JSON Lines
    Export {
        /// Write to this file
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take decisions that `export` wrote; those that the store has are passed over
    Import {
        /// A file of JSON Lines, or - for stdin
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
    },
    /// Take back decisions
    Undo {
        /// Ids, or their first digits, as `list` prints them
        #[arg(value_name = "DECISION", required = true)]
        ids: Vec<String>,
    },
}

/// Who decides, why and when.
#[derive(Debug, Args)]
pub(in crate::cli) struct Says {
    /// Who decides
    #[arg(long, value_name = "NAME", env = "ENTENTE_CURATOR", value_parser = some_text)]
    pub(in crate::cli) by: String,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub(in crate::cli) why: String,
    /// When it was decided, such as 2025-11-02T09:30:00Z (default: now)
    #[arg(long, value_name = "DATETIME", value_parser = date_time)]
    pub(in crate::cli) at: Option<String>,
}

/// A fact of a person's own.
#[derive(Debug, Args)]
pub(in crate::cli) struct FactArgs {
    /// Kind of event, of a new one: agreement, encounter or act
    #[arg(long, value_name = "KIND", value_parser = ["agreement", "encounter", "act"])]
    pub(in crate::cli) kind: Option<String>,
    /// Type: mou, visit, SUPPORT …
    #[arg(long = "type", value_name = "TYPE")]
    pub(in crate::cli) event_type: Option<String>,
    /// Parties by code or name, comma-separated; of an act first who acts
    #[arg(long, value_name = "CODE,CODE", value_delimiter = ',')]
    pub(in crate::cli) parties: Vec<String>,
    /// Status: signed, planned, held, cancelled …
    #[arg(long, value_name = "STATUS")]
    pub(in crate::cli) status: Option<String>,
    /// Date: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<String>,
    /// Phrase that names an agreement
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) topic: Option<String>,
    /// City or venue of an encounter
    #[arg(long, value_name = "PLACE")]
    pub(in crate::cli) place: Option<String>,
    /// Sectors of an agreement, comma-separated
    #[arg(long, value_name = "SLUG,SLUG", value_delimiter = ',')]
    pub(in crate::cli) sectors: Vec<String>,
}

/// `entente suggest`.
#[derive(Debug, Args)]
#[command(after_help = SUGGEST_EXAMPLES)]
pub(in crate::cli) struct SuggestArgs {
    /// At most so many missed merges, so many doubtful ones, and so many pairs of leaders who may be one person
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(in crate::cli) limit: usize,
    /// Instead, draw so many merges by lot
    #[arg(long, value_name = "N")]
    pub(in crate::cli) sample_merges: Option<usize>,
    /// The lot: the same number draws the same merges
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// How to print them
    #[arg(long, short, default_value = "text")]
    pub(in crate::cli) format: ReportFormat,
}

fn some_text(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("must not be empty".to_owned()) } else { Ok(text.to_owned()) }
}

fn date_time(text: &str) -> Result<String, String> {
    let read = chrono::DateTime::parse_from_rfc3339(text);
    read.map(|at| at.to_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
        .map_err(|e| format!("{e}; expected a day and time such as 2025-11-02T09:30:00Z"))
}

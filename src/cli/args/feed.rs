//! Arguments of the commands that take articles in or out: build, extract, forget.

use crate::article::ReadOptions;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const INPUT_HELP: &str = "\
Inputs: text, HTML, JSON, JSON Lines, RSS, Atom and WARC files; folders (every file below them), globs, and - for stdin; each also \
as .gz, .xz or .zst.";

const BUILD_EXAMPLES: &str = "\
Examples:
  entente build seeds/articles
  entente build 'news/2025-*.jsonl.xz' --store news.store
  curl -s https://example.org/feed.xml | entente build -
  entente build CC-NEWS-20240506080910-00012.warc.gz     pages of a web archive, such as Common Crawl's news";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  entente extract article.txt --format text
  entente extract news/ --min-confidence 0.7 > facts.jsonl
  entente extract article.html --pretty
  entente extract news/ --into gold/                     ID.json beside ID.txt, to correct and to score by
  echo 'Chile and Peru signed a trade agreement on Monday.' | entente extract -";

const FORGET_EXAMPLES: &str = "\
Examples:
  entente forget 2025-11-02-korea-singapore-strategic-partnership
  entente forget feed#3 feed#4";

/// Which articles to read, and how.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct InputArgs {
    /// Files, folders, globs, or - for stdin
    #[arg(required = true, value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Worker threads (0: one a processor)
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(in crate::cli) threads: usize,
    /// Leave out facts that are less sure than this
    #[arg(long, default_value_t = 0.0, value_name = "0–1", value_parser = probability)]
    pub(in crate::cli) min_confidence: f64,
    /// Refuse an article (a text, page, feed, or line of JSON) beyond this many MiB, decompressed
    #[arg(long, default_value_t = 16, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(in crate::cli) max_size: u32,
    /// Read articles that are not in English too
    #[arg(long)]
    pub(in crate::cli) any_language: bool,
}

impl InputArgs {
    /// The same limits as the reader knows them.
    pub(in crate::cli) fn read_options(&self) -> ReadOptions {
        ReadOptions { max_bytes: self.max_size as usize * 1024 * 1024, any_language: self.any_language }
    }
}

/// `entente build`.
#[derive(Debug, Args)]
#[command(after_help = BUILD_EXAMPLES, after_long_help = format!("{INPUT_HELP}\n\n{BUILD_EXAMPLES}"))]
pub(in crate::cli) struct BuildArgs {
    /// The articles.
    #[command(flatten)]
    pub(in crate::cli) input: InputArgs,
    /// Keep no texts of the articles in the store's folder: `serve` then shows a fact's sentence, not its article
    #[arg(long)]
    pub(in crate::cli) without_texts: bool,
}

/// `entente extract`.
#[derive(Debug, Args)]
#[command(after_help = EXTRACT_EXAMPLES, after_long_help = format!("{INPUT_HELP}\n\n{EXTRACT_EXAMPLES}"))]
pub(in crate::cli) struct ExtractArgs {
    /// The articles.
    #[command(flatten)]
    pub(in crate::cli) input: InputArgs,
    /// How to print the facts
    #[arg(long, short, default_value = "json")]
    pub(in crate::cli) format: ExtractFormat,
    /// Spread each JSON object over many lines
    #[arg(long)]
    pub(in crate::cli) pretty: bool,
    /// Write each article into this folder as ID.txt and its facts beside it as ID.json, to be corrected to gold; a file that
    /// is there is left alone
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "pretty"])]
    pub(in crate::cli) into: Option<PathBuf>,
}

/// How `extract` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExtractFormat {
    /// One JSON object an article (JSON Lines)
    Json,
    /// Facts beside the sentences that say so
    Text,
    /// One line a fact
    Table,
}

/// `entente forget`.
#[derive(Debug, Args)]
#[command(after_help = FORGET_EXAMPLES)]
pub(in crate::cli) struct ForgetArgs {
    /// Article ids, as `build` and `extract` print them
    #[arg(required = true, value_name = "ARTICLE")]
    pub(in crate::cli) articles: Vec<String>,
}

pub(super) fn probability(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "not a number from 0 to 1".to_owned())
}

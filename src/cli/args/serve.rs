//! Arguments of `serve`.

use clap::Args;
use std::net::IpAddr;

const SERVE_EXAMPLES: &str = "\
Examples:
  entente serve                                   the explorer at http://127.0.0.1:7878/
  entente serve --store ties.store --port 8080
  entente serve --writable                        prints the token that writing needs
  curl 'http://127.0.0.1:7878/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D'";

/// `entente serve`.
#[derive(Debug, Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub(in crate::cli) struct ServeArgs {
    /// Port to listen on; 0 takes a free one
    #[arg(long, short, default_value_t = 7878)]
    pub(in crate::cli) port: u16,
    /// Address to listen on; others than this machine's own open the graph to the network
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(in crate::cli) bind: IpAddr,
    /// Answer under this name too, such as that of a proxy (may be repeated)
    #[arg(long = "host", value_name = "NAME")]
    pub(in crate::cli) hosts: Vec<String>,
    /// Let who shows the token add and forget articles, decide, and change the graph with SPARQL
    #[arg(long)]
    pub(in crate::cli) writable: bool,
    /// The token of --writable (default: a new one, printed at the start)
    #[arg(long, env = "ENTENTE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(in crate::cli) token: Option<String>,
    /// Longest time that a query may take
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(in crate::cli) query_seconds: u64,
    /// Most megabytes of an answer to a query
    #[arg(long, default_value_t = 256, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(in crate::cli) answer_mb: u64,
    /// Most megabytes of a request
    #[arg(long, default_value_t = 16, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    pub(in crate::cli) body_mb: u64,
    /// Longest time in which a request must have come, and an answer must move on
    #[arg(long, default_value_t = 15, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(in crate::cli) patience: u64,
}

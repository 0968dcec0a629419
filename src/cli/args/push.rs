//! Arguments of `push`.

use clap::{Args, ValueEnum};

const PUSH_EXAMPLES: &str = "\
Examples:
  entente push http://localhost:3030/ties/update
  entente push http://localhost:3030/ties/data --protocol graph-store --graph events --graph ties
  ENTENTE_PUSH_USER=admin ENTENTE_PUSH_PASSWORD=… entente push https://graphs.example/repositories/ties/statements

The same command sends only what has changed since, and goes on where an earlier one broke off.";

/// `entente push`.
#[derive(Debug, Args)]
#[command(after_help = PUSH_EXAMPLES)]
pub(in crate::cli) struct PushArgs {
    /// Address of the other store: its SPARQL Update endpoint, or its graph store
    #[arg(value_name = "URL")]
    pub(in crate::cli) url: String,
    /// How to write to it
    #[arg(long, short, default_value = "update")]
    pub(in crate::cli) protocol: Protocol,
    /// Send only this graph, such as events, ties, reference, article (may be repeated)
    #[arg(long = "graph", short, value_name = "NAME")]
    pub(in crate::cli) graphs: Vec<String>,
    /// Quads of one request, about
    #[arg(long, default_value_t = 5_000, value_name = "N", value_parser = batch)]
    pub(in crate::cli) batch: usize,
    /// How often to send a request again that failed for now, after 1, 2, 4 … seconds
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(in crate::cli) retries: u32,
    /// Longest time that a request may take
    #[arg(long, default_value_t = 600, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(in crate::cli) timeout: u64,
    /// Send everything again, whatever the other store is known to hold
    #[arg(long)]
    pub(in crate::cli) again: bool,
    /// Who asks
    #[arg(long, env = "ENTENTE_PUSH_USER", hide_env_values = true, value_name = "NAME")]
    pub(in crate::cli) user: Option<String>,
    /// The user's password; better from the environment, where others cannot see it
    #[arg(long, env = "ENTENTE_PUSH_PASSWORD", hide_env_values = true, value_name = "PASSWORD")]
    pub(in crate::cli) password: Option<String>,
    /// Bearer token; better from the environment
    #[arg(long, env = "ENTENTE_PUSH_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(in crate::cli) token: Option<String>,
}

/// How to write to another store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Protocol {
    /// SPARQL 1.1 Update: many graphs in one request
    Update,
    /// SPARQL 1.1 Graph Store HTTP Protocol: a request for each graph
    GraphStore,
}

fn batch(text: &str) -> Result<usize, String> {
    let number = text.parse().map_err(|_| "a number of quads is needed")?;
    if (1..=1_000_000).contains(&number) { Ok(number) } else { Err("from 1 to 1000000".to_owned()) }
}

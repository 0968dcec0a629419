//! Arguments of the commands that keep the store safe: backup, restore.

use clap::Args;
use std::path::PathBuf;

const BACKUP_EXAMPLES: &str = "\
Examples:
  entente backup news.tar.zst
  entente backup \"$(date +%F).tar.zst\" --store news.store
  entente backup - | ssh archive 'cat > news.tar.zst'

Others may read the store meanwhile; who wants to write waits. The file holds every quad of every graph, what people decided, the
log of runs and the texts of the articles, with the SHA-256 of each part; `tar --zstd -xf` unpacks it too.";

const RESTORE_EXAMPLES: &str = "\
Examples:
  entente restore news.tar.zst --store restored.store
  ssh archive 'cat news.tar.zst' | entente restore - --store news.store
  entente restore old.store --store new.store        # a store of an older format
  entente restore dump.nq --store new.store          # what `entente export --format nquads` wrote

The store is made beside its place, checked against what the backup tells of itself, and then renamed: there is all of it or nothing.
To put it in the place of a damaged store, move that folder away first. Of an older format, what articles say, what people decided, the
log and the texts come back, and events and ties are made anew.";

/// `entente backup`.
#[derive(Debug, Args)]
#[command(after_help = BACKUP_EXAMPLES)]
pub(in crate::cli) struct BackupArgs {
    /// File to write, such as news.tar.zst; - for stdout
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Replace a file that is there, once the new backup is whole
    #[arg(long)]
    pub(in crate::cli) overwrite: bool,
}

/// `entente restore`.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_EXAMPLES)]
pub(in crate::cli) struct RestoreArgs {
    /// File that `entente backup` wrote, a dump as N-Quads, or the folder of another store; - for stdin
    #[arg(value_name = "FROM")]
    pub(in crate::cli) from: PathBuf,
    /// Make events and ties anew of what the articles say and people decided, also of a store of this format
    #[arg(long)]
    pub(in crate::cli) anew: bool,
}

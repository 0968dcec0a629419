//! What keeps the server from starting or running.

use crate::graph::StoreError;
use std::io;
use std::net::SocketAddr;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Threads or signals that the system does not give.
    #[error("cannot start the server")]
    Start(#[source] io::Error),
    /// A built-in question that does not fit.
    #[error("a built-in question is broken")]
    Question(#[from] crate::query::QuestionFileError),
}

//! `entente serve`: the store over HTTP.

use super::args::ServeArgs;
use super::context::Context;
use super::exit::Exit;
use super::hint::Hint as _;
use crate::graph::StoreError;
use crate::server::{ServerError, Settings, new_token, serve};
use std::net::SocketAddr;
use std::time::Duration;

const MB: u64 = 1 << 20;

/// Runs the command.
pub(super) fn run(args: &ServeArgs, ctx: &Context) -> anyhow::Result<Exit> {
    if !ctx.store.exists() {
        return Err(StoreError::Missing { path: ctx.store.clone() }.into());
    }
    // The environment may hold a token for other calls: without --writable nobody may write all the same.
    let (token, given) = match (&args.token, args.writable) {
        (Some(token), true) if !token.trim().is_empty() => (Some(token.clone()), true),
        (_, true) => (Some(new_token()?), false),
        (_, false) => (None, true),
    };
    let settings = Settings {
        store: ctx.store.clone(),
        address: SocketAddr::new(args.bind, args.port),
        hosts: args.hosts.clone(),
        token: token.clone(),
        query_time: Duration::from_secs(args.query_seconds),
        answer_bytes: args.answer_mb * MB,
        body_bytes: usize::try_from(args.body_mb * MB)?,
        patience: Duration::from_secs(args.patience),
    };
    let ready = |listens: SocketAddr| {
        // Where it listens is the one thing that must be told even with --quiet: the port may be a free one.
        ctx.complain(format!("serving {} at http://{listens}/ (stop with Ctrl-C)", ctx.store.display()));
        if let (Some(token), false) = (&token, given) {
            ctx.complain(format!("to write, open http://{listens}/#token={token}"));
        }
        if args.token.is_some() && !args.writable {
            ctx.note("note: the token is not used, as nobody may write: --writable lets who shows it");
        }
        if !args.bind.is_loopback() {
            ctx.complain("note: whoever reaches this address can read the graph");
        }
    };
    match serve(settings, ctx.extractor(None)?, ready) {
        Ok(()) => Ok(Exit::Done),
        Err(error @ ServerError::Listen { .. }) => {
            Err(error).hint("choose another port with --port, or 0 for a free one")
        }
        Err(ServerError::Store(error)) => Err(error.into()),
        Err(error) => Err(error.into()),
    }
}

//! An answer that flows while it is found, within limits of time and size.
//!
//! The first 64 KiB are held back: what fails before is an error with a status. What fails later cuts the connection before
//! the end of the chunked body, so that no client takes a part for the whole.

use super::stop::Turn;
use crate::graph::serving::CancellationToken;
use crate::graph::sparql::SparqlError;
use crate::server::app::App;
use crate::server::problem::Problem;
use crate::server::reply::Reply;
use crate::server::snapshot::Snapshot;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use hyper::{Response, StatusCode};
use std::future::Future as _;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of a piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow client.
const PIECES: usize = 4;
/// How long a query that was told to stop may take to do so before the client is told.
const GRACE: Duration = Duration::from_secs(1);

/// Why an answer is not whole.
#[derive(Debug)]
pub(super) enum Failure {
    /// The query failed or was stopped.
    Sparql(SparqlError),
    /// Nobody listens any more, or the answer is too big.
    Cut,
}

impl From<SparqlError> for Failure {
    fn from(error: SparqlError) -> Self {
        Self::Sparql(error)
    }
}

impl From<io::Error> for Failure {
    fn from(_: io::Error) -> Self {
        Self::Cut
    }
}

impl Failure {
    fn problem(&self, app: &App) -> Problem {
        let seconds = app.settings.query_time.as_secs();
        match self {
            Self::Sparql(SparqlError::Cancelled) => timed_out(seconds),
            Self::Sparql(error) => {
                let mut detail = error.to_string();
                let mut source = std::error::Error::source(error);
                while let Some(cause) = source {
                    detail = format!("{detail}: {cause}");
                    source = cause.source();
                }
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
            }
            Self::Cut => {
                let detail = format!("the answer is bigger than {} bytes; ask for less", app.settings.answer_bytes);
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
            }
        }
    }
}

/// What is said of a query that took too long.
pub(super) fn timed_out(seconds: u64) -> Problem {
    let detail = format!(
        "the query was stopped after {seconds} seconds; ask for less, or start the server with a higher --query-seconds"
    );
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
}

/// Where an answer is written to.
pub(super) struct Pipe {
    sender: Sender<Result<Bytes, Problem>>,
    piece: Vec<u8>,
    left: u64,
}

impl Pipe {
    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.sender.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pipe {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.left = self.left.checked_sub(buf.len() as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.piece.extend_from_slice(buf);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(buf.len())
    }

    /// The pieces go when they are full, or the answer is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits for a turn, has `work` write the answer on a thread of its own, and answers with what it writes.
pub(super) async fn answer(
    app: Arc<App>,
    work: impl FnOnce(&Snapshot, &CancellationToken, &mut Pipe) -> Result<(), Failure> + Send + 'static,
) -> Result<Reply, Problem> {
    let time = app.settings.query_time;
    let busy = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many queries run; try again");
    let waiting = Arc::clone(&app.turns).acquire_owned();
    let place = tokio::time::timeout(time, waiting).await.map_err(|_| busy())?.map_err(|_| busy())?;
    let turn = app.clock.turn(time);
    let (sender, mut receiver) = channel(PIECES);
    let stop = turn.stop.clone();
    let own = Arc::clone(&app);
    tokio::task::spawn_blocking(move || {
        let snapshot = own.snapshot();
        let mut pipe = Pipe { sender, piece: Vec::with_capacity(PIECE), left: own.settings.answer_bytes };
        let done = match work(&snapshot, &stop, &mut pipe) {
            // What a query found when its time was over is not whole, though it does not say so.
            Ok(()) if stop.is_cancelled() => Err(Failure::Sparql(SparqlError::Cancelled)),
            Ok(()) => pipe.send().map_err(Failure::from),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = done {
            // Where nobody listens nobody is told.
            let _ = pipe.sender.blocking_send(Err(failure.problem(&own)));
        }
        drop(place);
    });
    let first = tokio::time::timeout(time + GRACE, receiver.recv()).await;
    match first {
        Err(_) => Err(timed_out(time.as_secs())),
        Ok(None) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the query failed")),
        Ok(Some(Err(problem))) => Err(problem),
        Ok(Some(Ok(piece))) => {
            let end = tokio::time::Instant::from_std(turn.end()) + GRACE;
            let rest = Flow { first: Some(piece), receiver, turn, late: Box::pin(tokio::time::sleep_until(end)) };
            Ok(Response::new(rest.boxed_unsync()))
        }
    }
}

/// The body of an answer that flows. Dropped, it stops its query.
struct Flow {
    first: Option<Bytes>,
    receiver: Receiver<Result<Bytes, Problem>>,
    turn: Turn,
    /// When a query that does not hear is given up.
    late: Pin<Box<tokio::time::Sleep>>,
}

impl hyper::body::Body for Flow {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        match self.receiver.poll_recv(cx) {
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Ready(Some(Ok(piece))) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            Poll::Ready(Some(Err(problem))) => Poll::Ready(Some(Err(io::Error::other(problem.detail)))),
            Poll::Pending => {
                if self.late.as_mut().poll(cx).is_ready() {
                    self.turn.stop.cancel();
                    return Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())));
                }
                Poll::Pending
            }
        }
    }
}

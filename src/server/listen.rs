//! Connections: accepted, bounded in time and number, ended in order when the server stops.

use super::api;
use super::app::{App, Settings};
use super::error::ServerError;
use super::route;
use super::slow::Patient;
use crate::facts::Extractor;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Connections at the same time; more wait in the system's queue.
const CONNECTIONS: usize = 1024;
/// Threads for blocking work.
const THREADS: usize = 32;
/// How often the store's files are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long requests have to end when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until the process is told to stop (SIGINT, SIGTERM); calls `ready` with the address once it answers.
///
/// # Errors
/// A store that cannot be read, an address that is taken.
pub fn serve(settings: Settings, extractor: Extractor, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(THREADS)
        .enable_all()
        .build()
        .map_err(ServerError::Start)?;
    let served = runtime.block_on(async {
        let stop = stop_signal().map_err(ServerError::Start)?;
        let address = settings.address;
        let refused = |source| ServerError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let listens = listener.local_addr().map_err(refused)?;
        let app = Arc::new(App::new(settings, listens, extractor)?);
        api::warm(&app);
        ready(listens);
        tokio::spawn(watch(Arc::clone(&app)));
        accept(listener, app, stop).await;
        Ok(())
    });
    // A query that does not hear that it is cancelled is not waited for.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

/// Ends when the process is told to stop.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        let both = (std::pin::pin!(interrupt.recv()), std::pin::pin!(terminate.recv()));
        let (mut interrupt, mut terminate) = both;
        std::future::poll_fn(|cx| {
            if interrupt.as_mut().poll(cx).is_ready() || terminate.as_mut().poll(cx).is_ready() {
                return std::task::Poll::Ready(());
            }
            std::task::Poll::Pending
        })
        .await;
    })
}

/// Ends when the process is told to stop.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal the server runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Looks at the store's files from time to time.
async fn watch(app: Arc<App>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let app = Arc::clone(&app);
        // A reading that fails leaves the old snapshot; the next look tries again.
        let look = move || {
            let _ = app.refresh();
            api::warm(&app);
        };
        let _ = tokio::task::spawn_blocking(look).await;
    }
}

async fn accept(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(tokio::sync::Semaphore::new(CONNECTIONS));
    loop {
        let next = async {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (listener.accept().await, place)
        };
        let mut next = std::pin::pin!(next);
        let accepted = std::future::poll_fn(|cx| {
            if stop.as_mut().poll(cx).is_ready() {
                return std::task::Poll::Ready(None);
            }
            next.as_mut().poll(cx).map(Some)
        });
        let (stream, place) = match accepted.await {
            None => break,
            Some((Ok((stream, _)), place)) => (stream, place),
            Some((Err(_), _)) => {
                // Out of file handles, or the client is gone already: others may do better in a moment.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let patience = app.settings.patience;
        let io = TokioIo::new(Patient::new(stream, patience));
        let app = Arc::clone(&app);
        let service = service_fn(move |request| route::answer(Arc::clone(&app), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .max_buf_size(64 * 1024)
            .serve_connection(io, service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // What a client breaks off is its own affair.
            let _ = watched.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

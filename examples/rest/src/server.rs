//! The server: connections, each with its bounds.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use djamodb::database::Database;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::{ServiceLimits, router};

/// Pause after the operating system refused a connection, such as for want of a file descriptor.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(100);

/// Serves requests until `stop` completes. Then it accepts no more requests, and running ones have the limits' `shutdown_time` to
/// finish.
pub async fn serve(listener: TcpListener, db: &Database, limits: ServiceLimits, stop: impl Future<Output = ()>) {
    let router = router(db, limits);
    let permits = Arc::new(Semaphore::new(limits.connections));
    let (stopping, stopped) = watch::channel(());
    let accept_all = async {
        loop {
            // The permit is taken first, so that connections above the limit wait unaccepted.
            let Ok(permit) = permits.clone().acquire_owned().await else { break };
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(PAUSE_AFTER_REFUSAL).await;
                continue;
            };
            let connection = serve_connection(stream, router.clone(), limits, stopped.clone());
            tokio::spawn(async move {
                connection.await;
                drop(permit);
            });
        }
    };
    tokio::select! {
        () = accept_all => {}
        () = stop => {}
    }
    drop(listener);
    drop(stopping);
    // Every permit is back when the last connection is closed. The time of each is bounded.
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(limits.shutdown_time, permits.acquire_many(all)).await;
}

/// Serves the requests of one connection until the client closes it, its time is over or the service stops.
async fn serve_connection(stream: TcpStream, router: Router, limits: ServiceLimits, mut stopped: watch::Receiver<()>) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    let over = async {
        tokio::select! {
            () = tokio::time::sleep(limits.connection_time) => {}
            // The sender is dropped when the service stops.
            _ = stopped.changed() => {}
        }
    };
    tokio::select! {
        // An error is one of the client or of the connection: a malformed request, a timeout, a reset.
        _ = connection.as_mut() => return,
        () = over => connection.as_mut().graceful_shutdown(),
    }
    let _ = tokio::time::timeout(limits.shutdown_time, connection).await;
}

//! A server: a listener, and a task for each connection.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use djamodb_core::driver::Driver;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use parking_lot::Mutex;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use crate::connection::{self, Shared};
use crate::drivers::{Drivers, OneDriver};
use crate::options::ServerOptions;

/// The reason for which a server cannot start.
#[derive(Debug, Error)]
#[error("cannot listen on {address}: {source}")]
pub struct ServeError {
    /// Address as it was given.
    pub address: String,
    /// Cause.
    #[source]
    pub source: std::io::Error,
}

/// A server that runs in tasks of its own until it is stopped or dropped.
///
/// Dropping it closes the listener and all connections at once. [`stop`](Self::stop) lets open requests end.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

/// Starts a server that answers all requests by one driver. See the [documentation of the crate](crate) for an example.
///
/// # Errors
///
/// Returns [`ServeError`] if the address cannot be listened on.
pub async fn serve(driver: impl Driver, address: impl ToSocketAddrs + fmt::Debug) -> Result<Server, ServeError> {
    serve_with(Arc::new(OneDriver(Arc::new(driver))), address, ServerOptions::default()).await
}

/// Starts a server with options.
///
/// # Errors
///
/// Returns [`ServeError`] if the address cannot be listened on.
pub async fn serve_with(
    drivers: Arc<dyn Drivers>,
    address: impl ToSocketAddrs + fmt::Debug,
    options: ServerOptions,
) -> Result<Server, ServeError> {
    let failed = |source| ServeError { address: format!("{address:?}"), source };
    let listener = TcpListener::bind(&address).await.map_err(failed)?;
    let local = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = oneshot::channel();
    let seed = std::hash::BuildHasher::hash_one(&std::collections::hash_map::RandomState::new(), 0);
    let random = Mutex::new(fastrand::Rng::with_seed(seed));
    let shared = Arc::new(Shared { drivers, options, random });
    let task = tokio::spawn(accept(listener, shared, stopped));
    Ok(Server { address: local, stop: Some(stop), task })
}

impl Server {
    /// Returns the address that the server listens on, with the port that the system chose for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the URL for the option `endpoint_url` of an SDK.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the server: no connection is accepted any more, and open requests have the time of the options to end.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // The task may have ended by itself.
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Accepts connections until the server is stopped.
async fn accept(listener: TcpListener, shared: Arc<Shared>, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(shared.options.connections_max));
    // Connections end with this task.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let permit = tokio::select! {
            permit = permits.clone().acquire_owned() => permit,
            _ = &mut stopped => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stopped => break,
        };
        while connections.try_join_next().is_some() {}
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(target: "djamodb_server", %error, "a connection could not be accepted");
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                continue;
            }
        };
        let connection = graceful.watch(converse(stream, &shared));
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(target: "djamodb_server", error = %error, "a connection ended with an error");
            }
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(shared.options.stop_timeout, graceful.shutdown()).await;
}

/// Returns the conversation on a connection.
fn converse(
    stream: TcpStream,
    shared: &Arc<Shared>,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = Box<dyn std::error::Error + Send + Sync>> + use<> {
    // An answer is one small packet, which waiting for more would only delay.
    let _ = stream.set_nodelay(true);
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(shared.options.header_timeout);
    builder.http2().timer(TokioTimer::new());
    let shared = shared.clone();
    let service = service_fn(move |request| {
        let shared = shared.clone();
        async move { Ok::<_, Infallible>(connection::handle(shared, request).await) }
    });
    builder.serve_connection(TokioIo::new(stream), service).into_owned()
}

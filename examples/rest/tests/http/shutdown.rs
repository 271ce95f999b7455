//! Shutdown of the service.

use std::net::Ipv4Addr;
use std::time::Duration;

use djamodb_example_rest::{ServiceLimits, serve};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

#[tokio::test]
async fn idle_connections_do_not_prevent_shutdown() {
    let db = djamodb::connect("memory://").await.unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let limits = ServiceLimits::default();
    let server = tokio::spawn(async move { serve(listener, &db, limits, async { stopped.await.unwrap() }).await });

    let idle = TcpStream::connect(address).await.unwrap();
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(30), server).await.expect("the service stops within 30 s").unwrap();
    drop(idle);
    assert!(TcpStream::connect(address).await.is_err(), "the listener is closed");
}

//! How the service ends.

use std::net::Ipv4Addr;
use std::time::Duration;

use djamodb_example_rest::serve;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

#[tokio::test]
async fn a_connection_that_asks_nothing_does_not_keep_the_service_from_ending() {
    let db = djamodb::connect("memory://").await.unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(async move { serve(listener, &db, async { stopped.await.unwrap() }).await });

    let idle = TcpStream::connect(address).await.unwrap();
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(30), served).await.expect("it ends").unwrap().unwrap();
    drop(idle);
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

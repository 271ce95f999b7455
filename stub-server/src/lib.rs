//! An HTTP server with prepared responses, many of them faulty, for the tests of drivers.
//!
//! The server listens on a loopback address, answers one request on each connection and closes it. It ends after its last
//! response, so that further connections are refused.

mod request;
mod response;
pub mod trials;

pub use response::Response;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Longest life of one connection.
const CONNECTION_TIME_MAX: Duration = Duration::from_secs(30);

/// Starts a server that sends `responses`, one for each request. Returns its URL and a receiver of the requests, head and body.
///
/// # Panics
///
/// Panics outside of a Tokio runtime that has time and I/O enabled, and if no port is free.
pub fn start(responses: Vec<Response>) -> (String, Receiver<String>) {
    let (listener, endpoint) = listener();
    let (requests, received) = channel();
    tokio::spawn(async move {
        for response in responses {
            let Ok((stream, _)) = listener.accept().await else { return };
            tokio::spawn(timeout(CONNECTION_TIME_MAX, serve(stream, response, requests.clone())));
        }
    });
    (endpoint, received)
}

/// Starts a server that sends `response` to each request without end.
///
/// # Panics
///
/// Panics as [`start`] does.
pub fn repeat(response: Response) -> (String, Receiver<String>) {
    let (listener, endpoint) = listener();
    let (requests, received) = channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(timeout(CONNECTION_TIME_MAX, serve(stream, response.clone(), requests.clone())));
        }
    });
    (endpoint, received)
}

fn listener() -> (TcpListener, String) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.set_nonblocking(true).expect("a socket can be non-blocking");
    let endpoint = format!("http://{}", listener.local_addr().expect("the listener has an address"));
    (TcpListener::from_std(listener).expect("the runtime has I/O enabled"), endpoint)
}

async fn serve(mut stream: TcpStream, response: Response, requests: Sender<String>) {
    let Ok(request) = request::read(&mut stream).await else { return };
    // The receiver may have been dropped, and the client may have closed the connection.
    let _ = requests.send(request.clone());
    let _ = response.write(&request, &mut stream).await;
}

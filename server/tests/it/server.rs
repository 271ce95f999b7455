//! Connections, limits and the end of a server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use djamodb_driver_memory::MemoryDriver;
use djamodb_server::{OneDriver, Server, ServerOptions, serve, serve_with};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::http::{request, response, send};

async fn with_options(options: ServerOptions) -> Server {
    serve_with(Arc::new(OneDriver(Arc::new(MemoryDriver::new()))), "127.0.0.1:0", options).await.unwrap()
}

#[tokio::test]
async fn a_connection_answers_requests_one_after_the_other() {
    let server = serve(MemoryDriver::new(), "127.0.0.1:0").await.unwrap();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    // Also those that arrive together.
    let two = request("ListTables", "{}") + &request("DescribeLimits", "{}");
    stream.write_all(two.as_bytes()).await.unwrap();
    let (status, body) = response(&mut stream).await;
    assert_eq!((status, &body[..17]), (200, r#"{"TableNames":[]}"#));
    stream.write_all(request("Fly", "{}").as_bytes()).await.unwrap();
}

#[tokio::test]
async fn a_used_address_is_an_error_that_names_it() {
    let server = serve(MemoryDriver::new(), "127.0.0.1:0").await.unwrap();
    let error = serve(MemoryDriver::new(), server.address()).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot listen on 127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn a_stopped_server_accepts_no_connection() {
    let server = serve(MemoryDriver::new(), "127.0.0.1:0").await.unwrap();
    let address = server.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(request("ListTables", "{}").as_bytes()).await.unwrap();
    assert_eq!(response(&mut idle).await.0, 200);
    let start = Instant::now();
    server.stop().await;
    assert!(start.elapsed() < Duration::from_secs(4), "an idle connection is no open request");
    assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or(0), 0, "the idle connection is closed");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_client_that_sends_nothing_is_disconnected() {
    let options = ServerOptions { header_timeout: Duration::from_millis(200), ..ServerOptions::default() };
    let server = with_options(options).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: ").await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut [0; 256])).await;
    assert!(read.is_ok(), "the connection is closed");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_an_error() {
    let options = ServerOptions { body_timeout: Duration::from_millis(200), ..ServerOptions::default() };
    let server = with_options(options).await;
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let whole = request("ListTables", r#"{"Limit": 1}"#);
    stream.write_all(&whole.as_bytes()[..whole.len() - 3]).await.unwrap();
    let (status, body) = response(&mut stream).await;
    assert_eq!(status, 400);
    assert!(body.contains("the body did not arrive within"), "{body}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let mut options = ServerOptions::default();
    options.protocol.body_bytes_max = 100;
    let server = with_options(options).await;
    let (status, body) = send(server.address(), "ListTables", &format!("{{\"x\": \"{}\"}}", "y".repeat(100))).await;
    assert_eq!(status, 413);
    assert!(body.contains("has at most 100 bytes"), "{body}");
    assert_eq!(send(server.address(), "ListTables", "{}").await.0, 200);
}

#[tokio::test]
async fn connections_over_the_limit_wait_for_others_to_end() {
    let server = with_options(ServerOptions { connections_max: 1, ..ServerOptions::default() }).await;
    let mut first = TcpStream::connect(server.address()).await.unwrap();
    first.write_all(request("ListTables", "{}").as_bytes()).await.unwrap();
    response(&mut first).await;
    let mut second = TcpStream::connect(server.address()).await.unwrap();
    second.write_all(request("ListTables", "{}").as_bytes()).await.unwrap();
    let early = tokio::time::timeout(Duration::from_millis(200), response(&mut second)).await;
    assert!(early.is_err(), "the first connection is open");
    drop(first);
    assert_eq!(response(&mut second).await.0, 200);
}

//! Bounds on what clients can hold of the service.

use std::time::{Duration, Instant};

use djamodb_example_rest::{ServiceLimits, Weather};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::service::Service;

const SHORT: Duration = Duration::from_millis(300);
/// Time in which everything happens that does not wait for a limit that is not short.
const SOON: Duration = Duration::from_secs(20);

async fn service(limits: ServiceLimits) -> Service {
    let db = djamodb::connect("memory://").await.unwrap();
    db.create_table::<Weather>().await.unwrap();
    Service::within(db, limits).await
}

/// Reads until the service closes the connection.
async fn rest_of(mut connection: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that is reset is closed, too.
    let _ =
        tokio::time::timeout(SOON, connection.read_to_end(&mut bytes)).await.expect("the connection is closed soon");
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn connections_without_whole_headers_are_closed() {
    let service = service(ServiceLimits { header_time: SHORT, ..ServiceLimits::default() }).await;
    for sent in ["", "GET /weather/Seattle HTTP/1.1\r\n", "GET /weather/Seattle HTTP/1.1\r\nhost: localhost\r\nx: "] {
        let mut connection = service.connect().await;
        connection.write_all(sent.as_bytes()).await.unwrap();
        let answer = rest_of(connection).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{sent:?}: {answer}");
    }
}

#[tokio::test]
async fn headers_that_arrive_byte_by_byte_do_not_extend_the_time() {
    let service = service(ServiceLimits { header_time: SHORT, ..ServiceLimits::default() }).await;
    let mut connection = service.connect().await;
    connection.write_all(b"GET /weather/Seattle HTTP/1.1\r\n").await.unwrap();
    let start = Instant::now();
    while connection.write_all(b"a").await.is_ok() {
        assert!(start.elapsed() < SOON, "the connection is still open");
        tokio::time::sleep(SHORT / 6).await;
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_a_timeout() {
    let service = service(ServiceLimits { body_time: SHORT, ..ServiceLimits::default() }).await;
    let mut connection = service.connect().await;
    let head =
        "POST /weather HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    connection.write_all(head.as_bytes()).await.unwrap();
    let answer = rest_of(connection).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("must arrive within 0.3 seconds"), "{answer}");
}

#[tokio::test]
async fn a_body_without_a_length_is_bounded_in_size() {
    let service = service(ServiceLimits { body_bytes: 100, ..ServiceLimits::default() }).await;
    let mut connection = service.connect().await;
    let head = "POST /weather HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("80\r\n{}\r\n", "x".repeat(0x80));
    connection.write_all(format!("{head}{chunk}0\r\n\r\n").as_bytes()).await.unwrap();
    let answer = rest_of(connection).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("at most 100 bytes"), "{answer}");
}

#[tokio::test]
async fn slow_connections_do_not_keep_others_out() {
    let limits = ServiceLimits { connections: 20, header_time: SHORT, ..ServiceLimits::default() };
    let service = service(limits).await;
    let mut slow = Vec::new();
    for _ in 0..60 {
        let mut connection = service.connect().await;
        connection.write_all(b"GET /weather/Seattle HTTP/1.1\r\n").await.unwrap();
        slow.push(connection);
    }
    // Twenty at a time are served, each for the time of its headers.
    let response = tokio::time::timeout(SOON, service.get("/weather/Seattle")).await.expect("the service answers soon");
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn connections_above_the_limit_wait() {
    let service = service(ServiceLimits { connections: 2, ..ServiceLimits::default() }).await;
    let held = [service.connect().await, service.connect().await];
    let waiting = tokio::time::timeout(SHORT, service.get("/weather/Seattle")).await;
    assert!(waiting.is_err(), "two connections are served, and a third one waits");
    drop(held);
    let response = tokio::time::timeout(SOON, service.get("/weather/Seattle")).await.expect("a connection is free");
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn a_connection_is_closed_after_its_time() {
    let service = service(ServiceLimits { connection_time: SHORT, ..ServiceLimits::default() }).await;
    let mut connection = service.connect().await;
    connection.write_all(b"GET /weather/Seattle HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let answer = rest_of(connection).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

//! Requests over a socket.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Returns the bytes of a request of an operation.
pub(crate) fn request(operation: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\nAuthorization: AWS4-HMAC-SHA256 \
         Credential=key/20260101/eu-west-1/dynamodb/aws4_request\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Reads a response with a `Content-Length` and returns its status and its body.
pub(crate) async fn response(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                let status = head.split(' ').nth(1).unwrap().parse().unwrap();
                return (status, body.to_owned());
            }
        }
        let read = stream.read_buf(&mut bytes).await.unwrap();
        assert!(read > 0, "the connection ended: {}", String::from_utf8_lossy(&bytes));
    }
}

/// Sends a request on a connection of its own and returns the status and the body of the response.
pub(crate) async fn send(address: SocketAddr, operation: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request(operation, body).as_bytes()).await.unwrap();
    response(&mut stream).await
}

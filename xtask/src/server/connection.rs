//! A connection to a server that speaks DynamoDB's protocol.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// Longest time to wait for one response.
const RESPONSE_MAX: Duration = Duration::from_secs(20);
/// Largest response that is read.
const RESPONSE_BYTES_MAX: usize = 16 << 20;

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects to the server at a URL.
    pub(crate) fn open(url: &str) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("{url}: {error}");
        let address = url.split_once("://").map_or(url, |(_, address)| address).replace("localhost", "127.0.0.1");
        let stream = TcpStream::connect(address).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_read_timeout(Some(RESPONSE_MAX)).map_err(failed)?;
        Ok(Self { stream, buffer: Vec::new() })
    }

    /// Sends a request of an operation and returns the body of the response, which must be a success.
    pub(crate) fn send(&mut self, operation: &str, body: &str) -> Result<String, String> {
        let length = body.len();
        let request = format!(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: \
             DynamoDB_20120810.{operation}\r\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=key/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\nContent-Length: \
             {length}\r\n\r\n{body}"
        );
        self.stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
        let (head, body) = self.receive().map_err(|error| error.to_string())?;
        let response = &self.buffer[..head + body];
        let is_success = response.starts_with(b"HTTP/1.1 200 ");
        let text = String::from_utf8_lossy(if is_success { &response[head..] } else { response }).into_owned();
        self.buffer.drain(..head + body);
        if is_success { Ok(text) } else { Err(format!("{operation}: {text}")) }
    }

    /// Reads a response and returns the lengths of its head and of its body.
    fn receive(&mut self) -> std::io::Result<(usize, usize)> {
        let mut chunk = [0; 16 * 1024];
        loop {
            if let Some((head, body)) = lengths(&self.buffer)
                && self.buffer.len() >= head + body
            {
                return Ok((head, body));
            }
            let read = self.stream.read(&mut chunk)?;
            if read == 0 || self.buffer.len() > RESPONSE_BYTES_MAX {
                return Err(std::io::Error::other("the response is incomplete"));
            }
            self.buffer.extend_from_slice(&chunk[..read]);
        }
    }
}

/// Returns the length of the head of a response, and that of its body, once the head has arrived.
fn lengths(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Some((head, length.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_of_a_response_are_in_its_head() {
        assert_eq!(lengths(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), Some((38, 2)));
        assert_eq!(lengths(b"HTTP/1.1 200 OK\r\n"), None);
    }
}

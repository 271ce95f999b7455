//! Requests on several connections, each of which waits for its response.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// Longest time to wait for one response.
const RESPONSE_MAX: Duration = Duration::from_secs(20);
/// Largest response that is read.
const RESPONSE_BYTES_MAX: usize = 16 << 20;

/// Number of requests of a connection that differ, which bounds the items that are written.
const NUMBERS: u64 = 1_000;

/// A server on this machine.
pub(super) struct Target {
    address: String,
}

/// The figures of a load.
pub(super) struct Load {
    pub(super) per_second: f64,
    /// Median time of a request.
    pub(super) p50: Duration,
    pub(super) p99: Duration,
}

impl Target {
    /// Returns the server at a URL.
    pub(super) fn of(url: &str) -> Result<Self, String> {
        let address = url.split_once("://").map(|(_, address)| address.replace("localhost", "127.0.0.1"));
        address.map(|address| Self { address }).ok_or_else(|| format!("`{url}` is no URL"))
    }

    pub(super) fn connect(&self) -> Result<Connection, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.address);
        let stream = TcpStream::connect(&self.address).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        stream.set_read_timeout(Some(RESPONSE_MAX)).map_err(failed)?;
        Ok(Connection { stream, buffer: Vec::new() })
    }
}

/// A connection that stays open.
pub(super) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Sends a request of an operation and reads the response, which must be a success.
    pub(super) fn send(&mut self, (operation, body): (&str, String)) -> Result<(), String> {
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
        let message = if is_success { String::new() } else { String::from_utf8_lossy(response).into_owned() };
        self.buffer.drain(..head + body);
        if is_success { Ok(()) } else { Err(format!("{operation}: {message}")) }
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

/// Sends requests on several connections for a time. `request` returns the request with a number.
pub(super) fn measure(
    target: &Target,
    request: fn(u64) -> (&'static str, String),
    connections: usize,
    time: Duration,
) -> Result<Load, String> {
    let start = Instant::now();
    let threads: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|thread| {
                scope.spawn(move || {
                    let mut connection = target.connect()?;
                    let mut times = Vec::new();
                    // Numbers of two connections differ, so that no two of them write the same items.
                    let numbers = (0..NUMBERS).map(|number| thread as u64 * NUMBERS + number).cycle();
                    for number in numbers.take_while(|_| start.elapsed() < time) {
                        let request = request(number);
                        let sent = Instant::now();
                        connection.send(request)?;
                        times.push(sent.elapsed());
                    }
                    Ok::<_, String>(times)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread failed".to_owned()))).collect()
    });
    let elapsed = start.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for thread in threads {
        times.extend(thread?);
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss)]
    Ok(Load { per_second: times.len() as f64 / elapsed, p50: at(50), p99: at(99) })
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

//! Reading a request.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;

/// Longest request.
const LEN_MAX: u64 = 32 << 20;

/// Reads a complete request and returns it, head and body. Closing the connection before the end would reset it.
pub(crate) async fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream).take(LEN_MAX);
    let mut request = String::new();
    while reader.read_line(&mut request).await? > 2 {}
    let length = request
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|length| length.trim().parse()))
        .and_then(Result::ok)
        .unwrap_or(0);
    reader.take(length).read_to_string(&mut request).await?;
    Ok(request)
}

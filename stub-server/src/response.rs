//! Responses.

use std::time::Duration;

use serde_json::Value as Json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// The server's reaction to a request.
#[derive(Clone, Debug)]
pub enum Response {
    /// A response with this status and body.
    Http(u16, String),
    /// A response with this status, one further header line, and this body.
    WithHeader(u16, &'static str, String),
    /// The connection is closed without a response.
    Disconnect,
    /// An empty object, sent after a delay.
    Delayed(Duration),
    /// An empty object with a header that is not ASCII, as gateways may send.
    NotAscii,
    /// The head of a response without its body. The connection is closed after a delay.
    HeadOnly(Duration),
    /// A success that leaves all writes of a `BatchWriteItem` request unprocessed, under this table name or the requested one.
    Unprocessed(Option<&'static str>),
    /// A success without a declared length whose connection is closed after this beginning of its body.
    Cut(String),
    /// A success whose body arrives one byte at a time, with this wait between two bytes.
    Drip(String, Duration),
    /// An empty object that is preceded by this number of blanks.
    Large(usize),
}

impl Response {
    /// Returns a success with this body.
    pub fn ok(body: &str) -> Self {
        Self::Http(200, body.to_owned())
    }

    /// Returns an error in DynamoDB's format.
    pub fn error(status: u16, code: &str) -> Self {
        Self::Http(status, error_body(code))
    }

    /// Returns an error in DynamoDB's format with a `Retry-After` header of this line.
    pub fn error_with_header(status: u16, code: &str, header: &'static str) -> Self {
        Self::WithHeader(status, header, error_body(code))
    }

    pub(crate) async fn write(self, request: &str, stream: &mut TcpStream) -> std::io::Result<()> {
        match self {
            Self::Unprocessed(table) => {
                let body = unprocessed(request, table).unwrap_or_default();
                write(stream, 200, Some(body.len()), "server: DynamoDB", &body).await
            }
            Self::Http(status, body) => write(stream, status, Some(body.len()), "server: DynamoDB", &body).await,
            Self::WithHeader(status, header, body) => write(stream, status, Some(body.len()), header, &body).await,
            Self::Disconnect => Ok(()),
            Self::Delayed(delay) => {
                sleep(delay).await;
                write(stream, 200, Some(2), "server: DynamoDB", "{}").await
            }
            Self::NotAscii => write(stream, 200, Some(2), "server: café", "{}").await,
            Self::HeadOnly(delay) => {
                write(stream, 200, Some(2), "server: DynamoDB", "").await?;
                sleep(delay).await;
                Ok(())
            }
            Self::Cut(body) => write(stream, 200, None, "server: DynamoDB", &body).await,
            Self::Drip(body, wait) => {
                write(stream, 200, Some(body.len()), "server: DynamoDB", "").await?;
                for byte in body.bytes() {
                    sleep(wait).await;
                    stream.write_all(&[byte]).await?;
                }
                Ok(())
            }
            Self::Large(blanks) => {
                const CHUNK: &[u8] = &[b' '; 64 << 10];
                write(stream, 200, Some(blanks + 2), "server: DynamoDB", "").await?;
                let mut rest = blanks;
                while rest > 0 {
                    let len = rest.min(CHUNK.len());
                    stream.write_all(&CHUNK[..len]).await?;
                    rest -= len;
                }
                stream.write_all(b"{}").await
            }
        }
    }
}

/// Returns the response that leaves all writes of `request` unprocessed, or `None` if it is another request.
fn unprocessed(request: &str, table: Option<&str>) -> Option<String> {
    let (_, body) = request.split_once("\r\n\r\n")?;
    let body: Json = serde_json::from_str(body).ok()?;
    let tables = body.get("RequestItems")?.as_object()?;
    let unprocessed: Json =
        tables.iter().map(|(name, writes)| (table.unwrap_or(name).to_owned(), writes.clone())).collect();
    Some(serde_json::json!({ "UnprocessedItems": unprocessed }).to_string())
}

fn error_body(code: &str) -> String {
    format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"service message"}}"#)
}

async fn write(
    stream: &mut TcpStream,
    status: u16,
    length: Option<usize>,
    header: &str,
    body: &str,
) -> std::io::Result<()> {
    let length = length.map(|length| format!("content-length: {length}\r\n")).unwrap_or_default();
    let response = format!(
        "HTTP/1.1 {status} Response\r\ncontent-type: application/x-amz-json-1.0\r\n{length}\
         x-amzn-requestid: REQUEST\r\n{header}\r\nconnection: close\r\n\r\n{body}"
    );
    stream.write_all(response.as_bytes()).await
}

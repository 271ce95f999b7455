//! An endpoint that gives the answers it was told to give.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use djamodb_driver_rusoto::{RusotoConfig, RusotoDriver};

/// What becomes of a request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// An answer of this status, with this body.
    Http(u16, String),
    /// The connection is closed without a word.
    Hangup,
    /// An empty object, after this time.
    Late(Duration),
    /// An empty object, with a header that is not ASCII, as those of gateways may be.
    NotAscii,
    /// The head of an answer at once, and after this time the end of the connection without a body.
    Cut(Duration),
}

impl Answer {
    pub(crate) fn ok(body: &str) -> Self {
        Self::Http(200, body.to_owned())
    }

    /// An error as DynamoDB tells it.
    pub(crate) fn error(status: u16, code: &str) -> Self {
        Self::Http(status, format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"as it is"}}"#))
    }
}

/// A driver that gets these answers, one for each request, and the heads of the requests that it sends.
pub(crate) async fn driver(config: RusotoConfig, answers: Vec<Answer>) -> (RusotoDriver, Receiver<String>) {
    let (endpoint, heads) = endpoint(answers);
    let config = RusotoConfig { endpoint: Some(endpoint), ..config };
    (RusotoDriver::connect(config).await.expect("an endpoint"), heads)
}

/// The endpoint by itself.
pub(crate) fn endpoint(answers: Vec<Answer>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let (heads, received) = channel();
    std::thread::spawn(move || serve(&listener, answers, &heads));
    (endpoint, received)
}

fn serve(listener: &TcpListener, answers: Vec<Answer>, heads: &Sender<String>) {
    for answer in answers {
        let Ok((mut stream, _)) = listener.accept() else { return };
        let Ok(head) = read(&stream) else { return };
        // The case may be over already.
        let _ = heads.send(head);
        match answer {
            Answer::Http(status, body) => write(&mut stream, status, body.len(), "DynamoDB", &body),
            Answer::Hangup => {}
            Answer::Late(duration) => {
                std::thread::sleep(duration);
                write(&mut stream, 200, 2, "DynamoDB", "{}");
            }
            Answer::NotAscii => write(&mut stream, 200, 2, "café", "{}"),
            Answer::Cut(duration) => {
                write(&mut stream, 200, 2, "DynamoDB", "");
                std::thread::sleep(duration);
            }
        }
    }
}

/// Writes an answer, to whoever may have gone already.
fn write(stream: &mut TcpStream, status: u16, length: usize, server: &str, body: &str) {
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Answer\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {length}\r\n\
         x-amzn-requestid: REQUEST\r\nserver: {server}\r\nconnection: close\r\n\r\n{body}"
    );
}

/// Reads a whole request, since a connection that is closed before is reset; gives its head.
fn read(stream: &TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while reader.read_line(&mut head)? > 2 {}
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|length| length.trim().parse()))
        .and_then(Result::ok)
        .unwrap_or(0);
    reader.take(length).read_to_end(&mut Vec::new())?;
    Ok(head)
}

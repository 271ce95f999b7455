//! A server that sends prepared responses.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use djamodb_driver_aws_sdk::{AwsSdkConfig, AwsSdkDriver};

/// The server's reaction to a request.
#[derive(Clone)]
pub(crate) enum Response {
    /// A response with this status and body.
    Http(u16, String),
    /// The connection is closed without a response.
    Disconnect,
    /// An empty object, sent after a delay.
    Delayed(Duration),
}

impl Response {
    pub(crate) fn ok(body: &str) -> Self {
        Self::Http(200, body.to_owned())
    }

    /// Returns an error in DynamoDB's format.
    pub(crate) fn error(status: u16, code: &str) -> Self {
        Self::Http(
            status,
            format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"service message"}}"#),
        )
    }
}

/// Returns a driver to which a server sends `responses`, one for each request, and a receiver of the requests, head and body.
pub(crate) async fn driver(config: AwsSdkConfig, responses: Vec<Response>) -> (AwsSdkDriver, Receiver<String>) {
    let (endpoint, requests) = endpoint(responses);
    // A short backoff keeps the tests fast.
    let backoff_base = Some(Duration::from_millis(1));
    let config = AwsSdkConfig { endpoint: Some(endpoint), backoff_base, ..config };
    (AwsSdkDriver::connect(config).await.expect("the endpoint is valid"), requests)
}

/// Starts a server that sends `responses`. Returns its URL and a receiver of the requests, head and body.
pub(crate) fn endpoint(responses: Vec<Response>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let endpoint = format!("http://{}", listener.local_addr().expect("the listener has an address"));
    let (requests, received) = channel();
    std::thread::spawn(move || serve(&listener, responses, &requests));
    (endpoint, received)
}

fn serve(listener: &TcpListener, responses: Vec<Response>, requests: &Sender<String>) {
    for response in responses {
        let Ok((mut stream, _)) = listener.accept() else { return };
        let Ok(request) = read(&stream) else { return };
        // The receiver may have been dropped.
        let _ = requests.send(request);
        let (status, body) = match response {
            Response::Http(status, body) => (status, body),
            Response::Disconnect => continue,
            Response::Delayed(duration) => {
                std::thread::sleep(duration);
                (200, "{}".to_owned())
            }
        };
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 {status} Response\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {length}\r\n\
             x-amzn-requestid: REQUEST\r\nconnection: close\r\n\r\n{body}"
        );
    }
}

/// Reads a complete request and returns its head and its body. Closing the connection before the end would reset it.
fn read(stream: &TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while reader.read_line(&mut request)? > 2 {}
    let length = request
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|length| length.trim().parse()))
        .and_then(Result::ok)
        .unwrap_or(0);
    reader.take(length).read_to_string(&mut request)?;
    Ok(request)
}

//! A server with one prepared response for each operation.

use std::convert::Infallible;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::thread;

use djamodb::model::Model as _;
use djamodb_bench_common::client::{QUERY_ITEMS, batch};
use djamodb_bench_common::reading::Reading;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The server, in a process of its own, which ends with this value.
pub(super) struct Stub {
    /// URL of the server.
    pub(super) endpoint: String,
    process: Child,
    stdin: Option<ChildStdin>,
}

impl Stub {
    /// Starts the server.
    pub(super) fn start() -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut process = command.arg("stub").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let stdin = process.stdin.take();
        let mut endpoint = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut endpoint)?;
        }
        Ok(Self { endpoint: endpoint.trim_end().to_owned(), process, stdin })
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        // The server ends when its standard input does.
        drop(self.stdin.take());
        let _ = self.process.wait();
    }
}

/// Serves until standard input ends. Prints the URL as the only line.
pub(crate) fn serve() -> io::Result<()> {
    let (ended, end) = oneshot::channel();
    thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        let _ = ended.send(());
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        tokio::select! {
            result = listen() => result,
            _ = end => Ok(()),
        }
    })
}

async fn listen() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let responses = Arc::new(Responses::new());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let responses = Arc::clone(&responses);
        let service = service_fn(move |request| respond(Arc::clone(&responses), request));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn respond(responses: Arc<Responses>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let body = responses.body(&request);
    // The request is read to its end, so that the connection stays open.
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(body.clone().unwrap_or_default()));
    if body.is_none() {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    let headers = response.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.0".parse().expect("a header"));
    headers
        .insert("x-amzn-requestid", "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG".parse().expect("a header"));
    Ok(response)
}

/// The bodies of the responses.
struct Responses {
    query: Bytes,
    get: Bytes,
    put: Bytes,
    batch_get: Bytes,
}

impl Responses {
    fn new() -> Self {
        let capacity = json!({ "TableName": "readings", "CapacityUnits": 0.5 });
        let page: Vec<Json> = (0..QUERY_ITEMS).map(item).collect();
        let all: Vec<Json> = batch().map(item).collect();
        let bytes = |body: Json| Bytes::from(body.to_string());
        Self {
            query: bytes(json!({
                "Items": page, "Count": QUERY_ITEMS, "ScannedCount": QUERY_ITEMS, "ConsumedCapacity": capacity,
                "LastEvaluatedKey": { "city": { "S": "city 0000" }, "day": { "N": (QUERY_ITEMS - 1).to_string() } },
            })),
            get: bytes(json!({ "Item": item(0), "ConsumedCapacity": capacity })),
            put: bytes(json!({ "ConsumedCapacity": capacity })),
            batch_get: bytes(json!({
                "Responses": { "readings": all }, "UnprocessedKeys": {}, "ConsumedCapacity": [capacity],
            })),
        }
    }

    fn body(&self, request: &Request<Incoming>) -> Option<Bytes> {
        let target = request.headers().get("x-amz-target")?.to_str().ok()?;
        Some(match target.strip_prefix("DynamoDB_20120810.")? {
            "Query" => self.query.clone(),
            "GetItem" => self.get.clone(),
            "PutItem" => self.put.clone(),
            "BatchGetItem" => self.batch_get.clone(),
            _ => return None,
        })
    }
}

fn item(number: usize) -> Json {
    json!(Reading::new(number, 0).to_item().expect("a reading is an item"))
}

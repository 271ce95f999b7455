//! Requests as text, on the memory driver behind the protocol and on a server over HTTP.

use bytes::Bytes;
use djamodb_core::driver::{DriverError, DriverErrorKind};
use djamodb_core::plan::{Outcome, Output};
use djamodb_driver_memory::MemoryDriver;
use djamodb_wire::{ProtocolOptions, TARGET_HEADER, answer, read_error, read_response};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderValue, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use serde_json::Value as Json;
use tokio::net::TcpStream;

use crate::compare::Response;
use crate::texts::TextRequest;

/// Number of pages of one read at most.
const PAGES_MAX: usize = 2_000;
/// A signature that names a key and a region, which servers for tests do not check.
const SIGNATURE: &str =
    "AWS4-HMAC-SHA256 Credential=djamodb/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

/// A connection to a server.
pub(crate) struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
}

impl Connection {
    /// Connects to an endpoint such as `http://localhost:8000`.
    pub(crate) async fn open(endpoint: &str) -> Result<Self, String> {
        let host = endpoint.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let stream = TcpStream::connect(&host).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        Ok(Self { host, sender })
    }

    /// Opens the connection again if the server has closed it, as it does after some time without requests.
    async fn reopen_if_closed(&mut self) -> Result<(), String> {
        if self.sender.ready().await.is_err() {
            *self = Self::open(&self.host.clone()).await?;
        }
        Ok(())
    }

    async fn send(&mut self, target: &str, body: Vec<u8>) -> Result<(u16, Bytes), String> {
        let mut request = Request::post("/").body(Full::new(Bytes::from(body))).map_err(|error| error.to_string())?;
        *request.headers_mut() = headers(target)?;
        let host = HeaderValue::from_str(&self.host).map_err(|error| error.to_string())?;
        request.headers_mut().insert(HOST, host);
        self.reopen_if_closed().await?;
        let response = self.sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.map_err(|error| error.to_string())?;
        Ok((status, body.to_bytes()))
    }
}

fn headers(target: &str) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(TARGET_HEADER, HeaderValue::from_str(target).map_err(|error| error.to_string())?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    headers.insert(AUTHORIZATION, HeaderValue::from_static(SIGNATURE));
    Ok(headers)
}

/// Carries out a request on the memory driver. A query or scan is read to its end.
pub(crate) async fn on_memory(memory: &MemoryDriver, request: &TextRequest) -> Result<Response, String> {
    let headers = headers(&request.target)?;
    let mut pages = Pages::of(request);
    while let Some(body) = pages.next_body() {
        let response = answer(memory, &ProtocolOptions::default(), &headers, &body, "memory").await.response;
        pages.add(response.status().as_u16(), response.body());
    }
    Ok(pages.responses)
}

/// Carries out a request on the server. A query or scan is read to its end.
pub(crate) async fn on_server(server: &mut Connection, request: &TextRequest) -> Result<Response, String> {
    let mut pages = Pages::of(request);
    while let Some(body) = pages.next_body() {
        let (status, body) = server.send(&request.target, body).await?;
        pages.add(status, &body);
    }
    Ok(pages.responses)
}

/// The pages of a request that have been read.
struct Pages<'a> {
    request: &'a TextRequest,
    next: Option<Vec<u8>>,
    responses: Response,
}

impl<'a> Pages<'a> {
    fn of(request: &'a TextRequest) -> Self {
        Self { request, next: serde_json::to_vec(&request.body).ok(), responses: Vec::new() }
    }

    fn next_body(&mut self) -> Option<Vec<u8>> {
        self.next.take()
    }

    fn add(&mut self, status: u16, body: &[u8]) {
        let response = read(self.request, status, body);
        let last = response.as_ref().ok().and_then(|outcome| match &outcome.output {
            Output::Query(page) => page.last_evaluated_key.as_ref(),
            Output::Scan(page) => page.last_evaluated_key.as_ref(),
            _ => None,
        });
        if let Some(key) = last.filter(|_| self.responses.len() < PAGES_MAX) {
            let mut body = self.request.body.clone();
            body.insert("ExclusiveStartKey".to_owned(), serde_json::to_value(key).unwrap_or(Json::Null));
            self.next = serde_json::to_vec(&body).ok();
        }
        self.responses.push(response);
    }
}

fn read(request: &TextRequest, status: u16, body: &[u8]) -> Result<Outcome, DriverError> {
    let operation = request.plan.operation();
    if status != 200 {
        return Err(read_error(operation, status, body));
    }
    read_response(&request.plan, body)
        .map_err(|error| DriverError::new(DriverErrorKind::Internal, operation, error.to_string()))
}

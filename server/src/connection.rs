//! The answers to the requests of one connection.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use djamodb_wire::{Answer, ErrorResponse, RequestError, TARGET_HEADER, answer, respond};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use parking_lot::Mutex;

use crate::compression::{self, BodyError};
use crate::drivers::Drivers;
use crate::identity::Identity;
use crate::options::ServerOptions;
use crate::{cors, request_id};

/// The parts of a server that its connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) drivers: Arc<dyn Drivers>,
    pub(crate) options: ServerOptions,
    pub(crate) random: Mutex<fastrand::Rng>,
}

/// Answers a request.
pub(crate) async fn handle(shared: Arc<Shared>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let start = Instant::now();
    let (parts, body) = request.into_parts();
    let request_id = request_id::new(&mut shared.random.lock());
    let mut response = match parts.method {
        Method::OPTIONS => cors::preflight(&parts.headers),
        Method::GET if !parts.headers.contains_key(TARGET_HEADER) => health(&parts.headers, &request_id),
        _ => match read(&shared, &parts.headers, body).await {
            Ok(body) => {
                let driver = shared.drivers.driver(&Identity::of(&parts.headers));
                let protocol = &shared.options.protocol;
                let answer = answer(&*driver, protocol, &parts.headers, &body, &request_id).await;
                log(&answer, &request_id, start);
                answer.response
            }
            Err(response) => respond(status(&response), response.body, &request_id),
        },
    };
    cors::allow(&parts.headers, &mut response);
    compression::compress(&parts.headers, &mut response);
    response.map(Full::new)
}

/// Returns the answer to a health check, in the words of DynamoDB: `healthy: ` and the host.
fn health(headers: &HeaderMap, request_id: &str) -> Response<Bytes> {
    let host = headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("djamodb");
    respond(StatusCode::OK, format!("healthy: {host} \n"), request_id)
}

fn status(response: &ErrorResponse) -> StatusCode {
    StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Reads the body of a request within its limits of size and time.
async fn read(shared: &Shared, headers: &HeaderMap, body: Incoming) -> Result<Bytes, ErrorResponse> {
    let bytes_max = shared.options.protocol.body_bytes_max;
    let too_large = || ErrorResponse::from(&RequestError::TooLarge { part: "body", bytes_max });
    let collected = tokio::time::timeout(shared.options.body_timeout, Limited::new(body, bytes_max).collect()).await;
    let body = match collected {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => return Err(too_large()),
        Ok(Err(error)) => return Err(invalid(&error.to_string())),
        Err(_) => {
            let seconds = shared.options.body_timeout.as_secs();
            return Err(invalid(&format!("the body did not arrive within {seconds} seconds")));
        }
    };
    compression::decompressed(headers, body, bytes_max).map_err(|error| match error {
        BodyError::TooLarge(_) => too_large(),
        error => invalid(&error.to_string()),
    })
}

fn invalid(message: &str) -> ErrorResponse {
    ErrorResponse::from(&RequestError::Serialization { message: Some(message.to_owned()) })
}

/// Writes a line about a request.
fn log(answer: &Answer, request_id: &str, start: Instant) {
    let table = answer.table.as_ref().map_or("", |table| table.as_str());
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(
        target: "djamodb_server::request",
        operation = answer.operation.unwrap_or(""),
        table,
        status = answer.response.status().as_u16(),
        error = answer.error.unwrap_or(""),
        units = answer.units,
        micros,
        request_id,
    );
}

//! HTTP requests answered by a driver.

use bytes::Bytes;
use djamodb_core::driver::{Driver, DriverErrorKind};
use djamodb_core::plan::{DescribeTable, Output, QueryPlan};
use djamodb_core::schema::TableSchema;
use djamodb_core::value::Name;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, StatusCode};

use crate::error::RequestError;
use crate::error_response::ErrorResponse;
use crate::request::Request;
use crate::response::ResponseForm;
use crate::target::TARGET_HEADER;

/// Media type of requests and responses.
pub const JSON_CONTENT_TYPE: &str = "application/x-amz-json-1.0";

/// Options of the protocol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProtocolOptions {
    /// Region of stream records.
    pub region: String,
    /// Largest number of bytes of a body, 24 MB by default. The largest request of DynamoDB is `BatchWriteItem` with 16 MB of items.
    pub body_bytes_max: usize,
}

impl Default for ProtocolOptions {
    fn default() -> Self {
        Self { region: "us-east-1".to_owned(), body_bytes_max: 24 << 20 }
    }
}

/// The answer to a request, with what a log says about it.
#[derive(Debug)]
pub struct Answer {
    /// The response.
    pub response: http::Response<Bytes>,
    /// Operation of the request, if its target names one.
    pub operation: Option<&'static str>,
    /// Table of the request, if it has one.
    pub table: Option<Name>,
    /// Capacity units that the request consumed, as far as it asked for them.
    pub units: f64,
    /// Kind of the error, if the request failed.
    pub error: Option<&'static str>,
}

/// Answers a request by a driver.
///
/// Errors of the request and of the driver are responses, as the service sends them.
pub async fn answer(
    driver: &dyn Driver,
    options: &ProtocolOptions,
    headers: &HeaderMap,
    body: &[u8],
    request_id: &str,
) -> Answer {
    let mut answer =
        Answer { response: http::Response::new(Bytes::new()), operation: None, table: None, units: 0.0, error: None };
    let result = execute(driver, options, headers, body, &mut answer).await;
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(ErrorResponse { status, body }) => {
            (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body)
        }
    };
    answer.response = respond(status, body, request_id);
    answer
}

/// Returns a response with the headers that each response of the service has.
pub fn respond(status: StatusCode, body: impl Into<Bytes>, request_id: &str) -> http::Response<Bytes> {
    let body = body.into();
    let checksum = crc32fast::hash(&body);
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON_CONTENT_TYPE));
    headers.insert("x-amz-crc32", HeaderValue::from(checksum));
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert("x-amzn-requestid", request_id);
    }
    response
}

async fn execute(
    driver: &dyn Driver,
    options: &ProtocolOptions,
    headers: &HeaderMap,
    body: &[u8],
    answer: &mut Answer,
) -> Result<Vec<u8>, ErrorResponse> {
    let refused = |error: &RequestError| ErrorResponse::from(error);
    let target = headers.get(TARGET_HEADER).and_then(|target| target.to_str().ok()).unwrap_or_default();
    if headers.get(AUTHORIZATION).is_none() {
        answer.error = Some("MissingAuthentication");
        return Err(refused(&RequestError::MissingAuthentication));
    }
    if body.len() > options.body_bytes_max {
        answer.error = Some("TooLarge");
        let bytes_max = options.body_bytes_max;
        return Err(refused(&RequestError::TooLarge { part: "body", bytes_max }));
    }
    let request = match Request::read(target, body) {
        Ok(request) => request,
        Err(error) => {
            answer.error = Some("Request");
            return Err(refused(&error));
        }
    };
    let table = match request.described_table() {
        Some(table) => schema_of(driver, table).await?,
        None => None,
    };
    let plan = request.plan(table.as_ref()).map_err(|error| refused(&error))?;
    answer.operation = Some(plan.operation());
    answer.table = plan.table().cloned();
    let form = ResponseForm::of(&plan);
    match driver.execute(plan).await {
        Ok(outcome) => {
            answer.units = outcome.metadata.consumed_capacity.iter().map(|consumed| consumed.units).sum();
            Ok(form.write(&outcome, &options.region))
        }
        Err(error) => {
            answer.error = Some(error.kind().as_str());
            Err(ErrorResponse::from(&error))
        }
    }
}

/// Returns the schema of a table, or `None` if there is no such table.
async fn schema_of(driver: &dyn Driver, table: &Name) -> Result<Option<TableSchema>, ErrorResponse> {
    let plan = QueryPlan::from(DescribeTable::new(table.clone()));
    match driver.execute(plan).await {
        Ok(outcome) => Ok(match outcome.output {
            Output::DescribeTable(output) => Some(output.table.schema),
            _ => None,
        }),
        // The query itself fails with the error of its operation.
        Err(error) if matches!(error.kind(), DriverErrorKind::ResourceNotFound | DriverErrorKind::Validation) => {
            Ok(None)
        }
        Err(error) => Err(ErrorResponse::from(&error)),
    }
}

//! Sending a request and recording details that rusoto drops.

mod exchange;

pub(crate) use exchange::Exchange;

use djamodb_core::plan::Metadata;
use rusoto_core::RusotoError;

use crate::error::{Failure, ServiceError};

/// Sends a request.
///
/// Returns the response and the metadata of the request. The consumed capacity in the metadata is empty.
pub(crate) async fn send<T, E: ServiceError>(
    request: impl Future<Output = Result<T, RusotoError<E>>>,
) -> Result<(T, Metadata), Failure> {
    send_recorded(request, false).await
}

/// Sends a request whose successful response has no body, and returns the metadata of the request.
pub(crate) async fn send_without_output<E: ServiceError>(
    request: impl Future<Output = Result<(), RusotoError<E>>>,
) -> Result<Metadata, Failure> {
    let ((), metadata) = send_recorded(request, true).await?;
    Ok(metadata)
}

async fn send_recorded<T, E: ServiceError>(
    request: impl Future<Output = Result<T, RusotoError<E>>>,
    may_be_empty: bool,
) -> Result<(T, Metadata), Failure> {
    let (result, details) = Exchange::record(request, may_be_empty).await;
    match result {
        Ok(output) => Ok((output, Metadata { request_id: details.request_id, attempts: 1, ..Metadata::default() })),
        Err(error) => {
            let failure = details.failure.unwrap_or_else(|| Failure::from_rusoto(error, details.error_body.as_deref()));
            Err(failure.with_request_id(details.request_id))
        }
    }
}

//! Sending one request, and what is known of how that went.

mod exchange;

pub(crate) use exchange::{Exchange, request_id};

use djamodb_core::plan::Metadata;
use rusoto_core::RusotoError;

use crate::error::{Failure, Refusal};

/// Sends a request, and gives its answer together with what is known of the request itself.
pub(crate) async fn send<T, E: Refusal>(
    request: impl Future<Output = Result<T, RusotoError<E>>>,
) -> Result<(T, Metadata), Failure> {
    let (answer, seen) = Exchange::watch(request).await;
    match answer {
        Ok(output) => {
            Ok((output, Metadata { request_id: seen.request_id, attempts: 1, consumed_capacity: Vec::new() }))
        }
        Err(error) => {
            let failure = seen.failure.unwrap_or_else(|| Failure::from_rusoto(error, seen.refusal.as_deref()));
            Err(failure.with_request_id(seen.request_id))
        }
    }
}

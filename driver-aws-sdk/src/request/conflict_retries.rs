//! Retries of writes that conflict with other writes.

use std::error::Error;

use aws_sdk_dynamodb::config::interceptors::InterceptorContext;
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::interceptors::context::Error as ErasedError;
use djamodb_core::driver::DriverErrorKind;

use super::current::CurrentRequest;
use crate::error::kind_of_service_error;

/// HTTP status of conflicts. It decides only about errors without a known code.
const BAD_REQUEST: u16 = 400;

/// A retry classifier for conflicts of writes.
///
/// The SDK does not retry `TransactionConflictException`, nor `TransactionCanceledException`, because the reasons of the latter
/// decide. Neither leaves anything written.
#[derive(Debug)]
pub(super) struct ConflictRetries;

impl ClassifyRetry for ConflictRetries {
    fn name(&self) -> &'static str {
        "djamodb conflict retries"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let Some(error) = error.as_operation_error() else { return RetryAction::NoActionIndicated };
        match CurrentRequest::with(|current| (current.is_conflict)(error)) {
            // A server error is retried with backoff. Unlike a throttling error, it does not slow down other requests of the
            // client, and unlike a transient error, it does not close the connection.
            Some(true) => RetryAction::server_error(),
            Some(false) | None => RetryAction::NoActionIndicated,
        }
    }
}

/// Returns `true` if an error of the operation whose error type is `E` is a conflict that may be retried.
pub(super) fn is_conflict<E: ProvideErrorMetadata + Error + Send + Sync + 'static>(error: &ErasedError) -> bool {
    error.downcast_ref::<E>().is_some_and(|error| {
        kind_of_service_error(error, error.code(), BAD_REQUEST).is_ok_and(|kind| match kind {
            DriverErrorKind::TransactionConflict | DriverErrorKind::TransactionCanceled { .. } => kind.retryable(),
            _ => false,
        })
    })
}

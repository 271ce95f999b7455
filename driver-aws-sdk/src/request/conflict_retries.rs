//! Retries of writes that conflict with other writes.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use aws_sdk_dynamodb::config::interceptors::InterceptorContext;
use aws_sdk_dynamodb::config::retry::{ClassifyRetry, RetryAction};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use djamodb_core::driver::DriverErrorKind;

use crate::error::kind_of_service_error;

/// HTTP status of conflicts. It decides only about errors without a known code.
const BAD_REQUEST: u16 = 400;

/// A retry classifier for operations whose error type is `E`.
///
/// The SDK does not retry `TransactionConflictException`, nor `TransactionCanceledException`, because the reasons of the latter
/// decide. Neither leaves anything written.
pub(super) struct ConflictRetries<E>(PhantomData<fn() -> E>);

impl<E> ConflictRetries<E> {
    pub(super) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E> fmt::Debug for ConflictRetries<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConflictRetries")
    }
}

impl<E: ProvideErrorMetadata + Error + Send + Sync + 'static> ClassifyRetry for ConflictRetries<E> {
    fn name(&self) -> &'static str {
        "djamodb conflict retries"
    }

    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        match error.as_operation_error().and_then(|error| error.downcast_ref::<E>()) {
            // A server error is retried with backoff. Unlike a throttling error, it does not slow down other requests of the
            // client, and unlike a transient error, it does not close the connection.
            Some(error) if is_conflict(error) => RetryAction::server_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }
}

fn is_conflict<E: ProvideErrorMetadata + Error + 'static>(error: &E) -> bool {
    kind_of_service_error(error, error.code(), BAD_REQUEST).is_ok_and(|kind| match kind {
        DriverErrorKind::TransactionConflict | DriverErrorKind::TransactionCanceled { .. } => kind.retryable(),
        _ => false,
    })
}

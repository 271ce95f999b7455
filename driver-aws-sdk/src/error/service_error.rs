//! Classification of the errors that the service returns.

use std::error::Error;

use aws_sdk_dynamodb::types::error::{ConditionalCheckFailedException, TransactionCanceledException};
use djamodb_core::driver::DriverErrorKind;

use super::chain::find_cause;
use crate::convert::{InvalidResponse, cancellation, item};

/// Returns the kind of a service error.
///
/// The kind is taken from the typed error if that has details, such as an item, or else from the error code, or else from the
/// HTTP status.
pub(crate) fn kind(
    error: &(dyn Error + 'static),
    code: Option<&str>,
    status: u16,
) -> Result<DriverErrorKind, InvalidResponse> {
    if let Some(failed) = find_cause::<ConditionalCheckFailedException>(error) {
        let item = failed.item().cloned().map(item::from_sdk).transpose()?;
        return Ok(DriverErrorKind::ConditionalCheckFailed { item });
    }
    if let Some(canceled) = find_cause::<TransactionCanceledException>(error) {
        let reasons = cancellation::reasons_from_sdk(canceled.cancellation_reasons())?;
        return Ok(DriverErrorKind::TransactionCanceled { reasons });
    }
    let kind_of_code = code.and_then(DriverErrorKind::of_service_code);
    Ok(kind_of_code.unwrap_or_else(|| DriverErrorKind::of_http_status(status)))
}

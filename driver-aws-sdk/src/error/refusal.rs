//! What the service refuses, and why.

use std::error::Error;

use aws_sdk_dynamodb::types::error::{ConditionalCheckFailedException, TransactionCanceledException};
use djamodb_core::driver::DriverErrorKind;

use super::chain::cause_of_type;
use crate::convert::{Unreadable, cancellation, item};

/// The kind of a refusal: by what it holds beside its name, where it holds anything, or else by the name alone, or else by
/// the status of the answer.
pub(super) fn kind(
    error: &(dyn Error + 'static),
    code: Option<&str>,
    status: u16,
) -> Result<DriverErrorKind, Unreadable> {
    if let Some(failed) = cause_of_type::<ConditionalCheckFailedException>(error) {
        let item = failed.item().cloned().map(item::from_sdk).transpose()?;
        return Ok(DriverErrorKind::ConditionalCheckFailed { item });
    }
    if let Some(cancelled) = cause_of_type::<TransactionCanceledException>(error) {
        let reasons = cancellation::all_from_sdk(cancelled.cancellation_reasons())?;
        return Ok(DriverErrorKind::TransactionCanceled { reasons });
    }
    let by_name = code.and_then(DriverErrorKind::of_service_code);
    Ok(by_name.unwrap_or_else(|| DriverErrorKind::of_http_status(status)))
}

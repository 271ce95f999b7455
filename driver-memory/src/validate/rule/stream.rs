//! Rules for streams: limits and ARNs.

use crate::error::ValidationError;

/// Checks the limit of a listing. `bound` is the operation's wording for a limit above `most`.
pub(crate) const fn limit(limit: Option<u32>, bound: &'static str, most: u32) -> Result<(), ValidationError> {
    match limit {
        Some(limit) if limit > most => Err(ValidationError::LimitTooLarge { bound, most }),
        _ => Ok(()),
    }
}

/// Checks the ARN of a stream.
pub(crate) fn arn(arn: &str) -> Result<(), ValidationError> {
    if arn.starts_with("arn:") && arn.contains("/stream/") { Ok(()) } else { Err(ValidationError::StreamArn) }
}

//! Rules for streams: limits, ARNs, shard ids and sequence numbers.

use crate::error::ValidationError;

const SHARD_ID_LENGTH_MIN: usize = 28;
const SEQUENCE_NUMBER_LENGTH_MIN: usize = 21;
const SEQUENCE_NUMBER_LENGTH_MAX: usize = 40;

/// Checks the limit of a listing. `bound` is the operation's wording for a limit above `most`.
pub(crate) const fn limit(limit: Option<u32>, bound: &'static str, most: u32) -> Result<(), ValidationError> {
    match limit {
        Some(0) => Err(ValidationError::LimitOfStreams { value: 0 }),
        Some(limit) if limit > most => Err(ValidationError::LimitTooLarge { bound, most }),
        _ => Ok(()),
    }
}

/// Checks the ARN of a stream.
pub(crate) fn arn(arn: &str) -> Result<(), ValidationError> {
    if arn.starts_with("arn:") && arn.contains("/stream/") { Ok(()) } else { Err(ValidationError::StreamArn) }
}

/// Checks an `ExclusiveStartShardId`.
pub(crate) fn start_shard_id(id: &str) -> Result<(), ValidationError> {
    if id.len() < SHARD_ID_LENGTH_MIN { Err(ValidationError::StartShardId(id.to_owned())) } else { Ok(()) }
}

/// Checks the length of a sequence number.
pub(crate) fn sequence_number(number: &str) -> Result<(), ValidationError> {
    let field = || "sequenceNumber".to_owned();
    match number.len() {
        0 => Err(ValidationError::SequenceNumber),
        1..SEQUENCE_NUMBER_LENGTH_MIN => Err(ValidationError::TooShort {
            field: field(),
            value: number.to_owned(),
            least: SEQUENCE_NUMBER_LENGTH_MIN,
        }),
        SEQUENCE_NUMBER_LENGTH_MIN..=SEQUENCE_NUMBER_LENGTH_MAX => Ok(()),
        _ => {
            Err(ValidationError::TooLong { field: field(), value: number.to_owned(), most: SEQUENCE_NUMBER_LENGTH_MAX })
        }
    }
}

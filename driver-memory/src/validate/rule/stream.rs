//! Streams: limits, ARNs and the names inside them.

use crate::error::Invalid;

const SHARD_ID_LENGTH_MIN: usize = 28;
const SEQUENCE_NUMBER_LENGTH_MIN: usize = 21;
const SEQUENCE_NUMBER_LENGTH_MAX: usize = 40;

/// How many streams, shards or records a request wants; `bound` is how the operation says that there is a most.
pub(crate) const fn limit(limit: Option<u32>, bound: &'static str, most: u32) -> Result<(), Invalid> {
    match limit {
        Some(0) => Err(Invalid::LimitOfStreams { value: 0 }),
        Some(limit) if limit > most => Err(Invalid::LimitTooLarge { bound, most }),
        _ => Ok(()),
    }
}

/// The ARN of a stream.
pub(crate) fn arn(arn: &str) -> Result<(), Invalid> {
    if arn.starts_with("arn:") && arn.contains("/stream/") { Ok(()) } else { Err(Invalid::StreamArn) }
}

/// The shard to go on after.
pub(crate) fn start_shard_id(id: &str) -> Result<(), Invalid> {
    if id.len() < SHARD_ID_LENGTH_MIN { Err(Invalid::StartShardId(id.to_owned())) } else { Ok(()) }
}

/// A sequence number that a shard might hold.
pub(crate) fn sequence_number(number: &str) -> Result<(), Invalid> {
    let field = || "sequenceNumber".to_owned();
    match number.len() {
        0 => Err(Invalid::SequenceNumber),
        1..SEQUENCE_NUMBER_LENGTH_MIN => {
            Err(Invalid::TooShort { field: field(), value: number.to_owned(), least: SEQUENCE_NUMBER_LENGTH_MIN })
        }
        SEQUENCE_NUMBER_LENGTH_MIN..=SEQUENCE_NUMBER_LENGTH_MAX => Ok(()),
        _ => Err(Invalid::TooLong { field: field(), value: number.to_owned(), most: SEQUENCE_NUMBER_LENGTH_MAX }),
    }
}

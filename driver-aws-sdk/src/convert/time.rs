//! Timestamps.

use aws_sdk_dynamodb::primitives::DateTime as SdkDateTime;
use chrono::{DateTime, Utc};

/// Returns `None` if the time is outside the range of [`DateTime`].
pub(crate) fn from_sdk(time: SdkDateTime) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.secs(), time.subsec_nanos())
}

/// Converts a time to milliseconds, which is the service's precision.
#[cfg(feature = "streams")]
pub(crate) fn to_sdk(time: DateTime<Utc>) -> SdkDateTime {
    SdkDateTime::from_millis(time.timestamp_millis())
}

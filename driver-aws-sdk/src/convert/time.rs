//! Points in time.

use aws_sdk_dynamodb::primitives::DateTime as SdkDateTime;
use chrono::{DateTime, Utc};

/// A point in time; nothing where it is too far away for a calendar.
pub(crate) fn from_sdk(time: SdkDateTime) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.secs(), time.subsec_nanos())
}

/// A point in time, to the millisecond that the service knows.
#[cfg(feature = "streams")]
pub(crate) fn to_sdk(time: DateTime<Utc>) -> SdkDateTime {
    SdkDateTime::from_millis(time.timestamp_millis())
}

//! Points in time.

use aws_sdk_dynamodb::primitives::DateTime as SdkDateTime;
use chrono::{DateTime, Utc};

/// A point in time; nothing where it is too far away for a calendar.
pub(crate) fn from_sdk(time: SdkDateTime) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.secs(), time.subsec_nanos())
}

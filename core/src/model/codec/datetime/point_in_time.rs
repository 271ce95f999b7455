//! Types that denote points in time.

use chrono::{DateTime, NaiveTime, SubsecRound as _, Utc};

use crate::model::CodecError;

/// A type whose values are points in time: `DateTime<Utc>`, with the feature `jiff` its `Timestamp`, and with the feature `time` its
/// `OffsetDateTime` and `UtcDateTime`.
///
/// The functions of [`datetime`](super) accept and return any of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point in time",
    note = "`DateTime<Utc>` is one, and so are `jiff::Timestamp`, `time::OffsetDateTime` and `time::UtcDateTime` with the features \
            `jiff` and `time` of djamodb"
)]
pub trait PointInTime: Truncate {
    /// Converts this value. A point in time that `DateTime<Utc>` cannot hold, which no form can store, becomes the nearest one.
    fn to_date_time(&self) -> DateTime<Utc>;

    /// Converts a point in time into this type.
    ///
    /// # Errors
    ///
    /// Returns a [`CodecError`] if this type cannot hold the value.
    fn from_date_time(time: DateTime<Utc>) -> Result<Self, CodecError>;
}

impl PointInTime for DateTime<Utc> {
    fn to_date_time(&self) -> DateTime<Utc> {
        *self
    }

    fn from_date_time(time: DateTime<Utc>) -> Result<Self, CodecError> {
        Ok(time)
    }
}

/// A type of which [`truncated`](super::truncated) cuts off the decimal places of the seconds: each [`PointInTime`], and the types of times
/// of day.
pub trait Truncate: Sized {
    /// Returns the value with `digits` decimal places of its seconds. The rest is cut off.
    fn truncated_to(self, digits: u16) -> Self;
}

impl Truncate for DateTime<Utc> {
    fn truncated_to(self, digits: u16) -> Self {
        self.trunc_subsecs(digits)
    }
}

impl Truncate for NaiveTime {
    fn truncated_to(self, digits: u16) -> Self {
        self.trunc_subsecs(digits)
    }
}

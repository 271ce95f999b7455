//! Times: numbers of seconds since 1970.

use chrono::{DateTime, Utc};

use crate::json::Real;

pub(crate) fn write(time: DateTime<Utc>) -> Real {
    #[expect(clippy::cast_precision_loss)]
    Real(time.timestamp_millis() as f64 / 1000.0)
}

/// Returns `None` for a number that is no time.
pub(crate) fn read(Real(seconds): Real) -> Option<DateTime<Utc>> {
    let millis = (seconds * 1000.0).round();
    // The cast ends at the bounds of the type, which are no times.
    #[expect(clippy::cast_possible_truncation)]
    DateTime::from_timestamp_millis(millis as i64)
}

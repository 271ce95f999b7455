//! Timestamps.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Converts seconds since 1970, rounded to the service's precision of 1 ms, which the fraction of an `f64` only approximates.
///
/// Returns `None` if the time is before 1970 or outside the range of [`DateTime`].
pub(crate) fn from_rusoto(seconds: f64) -> Option<DateTime<Utc>> {
    let since_1970 = Duration::try_from_secs_f64(seconds + 0.0005).ok()?;
    DateTime::from_timestamp_millis(since_1970.as_millis().try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_milliseconds() {
        assert_eq!(from_rusoto(1_420_070_400.123).unwrap().to_rfc3339(), "2015-01-01T00:00:00.123+00:00");
    }

    #[test]
    fn times_out_of_range_are_none() {
        for seconds in [f64::NAN, f64::INFINITY, -1.0, 1e300, 1e17] {
            assert_eq!(from_rusoto(seconds), None);
        }
    }
}

//! Types of the crate `time`, in the forms of the types of `chrono`.
//!
//! An `OffsetDateTime` is stored and read in UTC. It stays equal to the saved value, since these values are compared as points in time.
//! `PlainDateTime` has no codec: a date and time without an offset has no form that other programs share.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Timelike as _, Utc};
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcDateTime};

use super::datetime::{PointInTime, Truncate};
use super::duration::Nanoseconds;
use super::epoch::{nanos_of, of_nanos};
use super::naive_time::LEAP_SECOND;
use super::twin::{HasTwin, stored_as_twin};
use crate::model::{CodecError, MapKey};

const NANOS_PER_SECOND: i128 = 1_000_000_000;

macro_rules! points_in_time {
    ($($type:ty),+) => {$(
        impl PointInTime for $type {
            fn to_date_time(&self) -> DateTime<Utc> {
                of_nanos(self.unix_timestamp_nanos())
            }

            fn from_date_time(time: DateTime<Utc>) -> Result<Self, CodecError> {
                let invalid = |reason: String| CodecError::invalid(&time.to_string(), "a date and time", reason);
                if time.nanosecond() >= 1_000_000_000 {
                    return Err(invalid(LEAP_SECOND.to_owned()));
                }
                Self::from_unix_timestamp_nanos(nanos_of(time)).map_err(|error| invalid(error.to_string()))
            }
        }

        impl Truncate for $type {
            fn truncated_to(self, digits: u16) -> Self {
                // The offset stays.
                self.replace_nanosecond(truncated_nanos(self.nanosecond(), digits)).unwrap_or(self)
            }
        }

        impl HasTwin for $type {
            type Twin = DateTime<Utc>;

            fn to_twin(&self) -> Result<DateTime<Utc>, CodecError> {
                Ok(self.to_date_time())
            }

            fn from_twin(time: DateTime<Utc>) -> Result<Self, CodecError> {
                Self::from_date_time(time)
            }
        }
    )+};
}

points_in_time!(OffsetDateTime, UtcDateTime);

/// Returns the nanoseconds of a second, cut off after `digits` decimal places.
fn truncated_nanos(nanos: u32, digits: u16) -> u32 {
    let step = 10_u32.pow(9_u16.saturating_sub(digits).into());
    nanos - nanos % step
}

impl HasTwin for Date {
    type Twin = NaiveDate;

    fn to_twin(&self) -> Result<NaiveDate, CodecError> {
        let (year, month, day) = self.to_calendar_date();
        NaiveDate::from_ymd_opt(year, u8::from(month).into(), day.into())
            .ok_or_else(|| CodecError::invalid(&self.to_string(), "a date", "it is out of range"))
    }

    fn from_twin(date: NaiveDate) -> Result<Self, CodecError> {
        let parts = (u8::try_from(date.month()).map(Month::try_from), u8::try_from(date.day()));
        let (Ok(Ok(month)), Ok(day)) = parts else {
            return Err(CodecError::invalid(&date.to_string(), "a date", "it is out of range"));
        };
        Self::from_calendar_date(date.year(), month, day)
            .map_err(|error| CodecError::invalid(&date.to_string(), "a date", error))
    }
}

impl HasTwin for Time {
    type Twin = NaiveTime;

    fn to_twin(&self) -> Result<NaiveTime, CodecError> {
        let (hour, minute, second, nanos) = self.as_hms_nano();
        NaiveTime::from_hms_nano_opt(hour.into(), minute.into(), second.into(), nanos)
            .ok_or_else(|| CodecError::invalid(&self.to_string(), "a time of day", "the day lacks it"))
    }

    fn from_twin(time: NaiveTime) -> Result<Self, CodecError> {
        let invalid = |reason: String| CodecError::invalid(&time.to_string(), "a time of day", reason);
        let parts = (u8::try_from(time.hour()), u8::try_from(time.minute()), u8::try_from(time.second()));
        match (parts, time.nanosecond()) {
            ((Ok(hour), Ok(minute), Ok(second)), nanos @ ..1_000_000_000) => {
                Self::from_hms_nano(hour, minute, second, nanos).map_err(|error| invalid(error.to_string()))
            }
            _ => Err(invalid(LEAP_SECOND.to_owned())),
        }
    }
}

impl Truncate for Time {
    fn truncated_to(self, digits: u16) -> Self {
        self.replace_nanosecond(truncated_nanos(self.nanosecond(), digits)).unwrap_or(self)
    }
}

impl HasTwin for Duration {
    type Twin = Nanoseconds;

    fn to_twin(&self) -> Result<Nanoseconds, CodecError> {
        Ok(Nanoseconds(self.whole_nanoseconds()))
    }

    fn from_twin(nanos: Nanoseconds) -> Result<Self, CodecError> {
        let seconds = i64::try_from(nanos.0 / NANOS_PER_SECOND).map_err(|_| nanos.out_of_range())?;
        // Of the sign of the seconds, and less than one.
        let subsecond = i32::try_from(nanos.0 % NANOS_PER_SECOND).map_err(|_| nanos.out_of_range())?;
        Ok(Self::new(seconds, subsecond))
    }
}

stored_as_twin!(OffsetDateTime, UtcDateTime, Date, Time, Duration);

impl MapKey for OffsetDateTime {}

impl MapKey for UtcDateTime {}

impl MapKey for Date {}

#[cfg(test)]
mod tests {
    use time::UtcOffset;

    use super::*;
    use crate::model::{AttributeType as _, CodecErrorKind};
    use crate::value::AttributeValue;

    /// 2015-01-02T03:04:05.000006789Z
    const NANOS: i128 = 1_420_167_845_000_006_789;

    #[test]
    fn the_forms_are_those_of_chrono() {
        let utc = OffsetDateTime::from_unix_timestamp_nanos(NANOS).unwrap();
        let local = utc.to_offset(UtcOffset::from_hms(2, 0, 0).unwrap());
        let stored = AttributeValue::s("2015-01-02T03:04:05.000006+0000");
        assert_eq!(local.encode(), Ok(stored.clone()));
        assert_eq!(local.truncated_to(6).encode_exact(), Ok(stored.clone()));
        assert_eq!(local.truncated_to(6).offset(), local.offset());
        assert_eq!(OffsetDateTime::decode(&stored), Ok(local.truncated_to(6)), "points in time are equal");
        assert_eq!(UtcDateTime::decode(&stored).map(UtcDateTime::unix_timestamp_nanos), Ok(NANOS - 789));
        let date = Date::from_calendar_date(2015, Month::January, 2).unwrap();
        assert_eq!(date.encode(), Ok(AttributeValue::s("2015-01-02")));
        let time = Time::from_hms_nano(3, 4, 5, 6_000).unwrap();
        assert_eq!(time.encode(), Ok(AttributeValue::s("03:04:05.000006")));
        let half = AttributeValue::N("-1.5".parse().unwrap());
        assert_eq!(Duration::milliseconds(-1500).encode(), Ok(half.clone()));
        assert_eq!(Duration::decode(&half), Ok(Duration::milliseconds(-1500)));
        for extreme in [Duration::MIN, Duration::MAX] {
            assert_eq!(Duration::decode(&extreme.encode().unwrap()), Ok(extreme));
        }
    }

    #[test]
    fn what_a_form_cannot_hold_is_refused() {
        for error in [
            OffsetDateTime::from_unix_timestamp_nanos(NANOS).unwrap().encode_exact().unwrap_err(),
            Time::from_hms_nano(3, 4, 5, 6_789).unwrap().encode_exact().unwrap_err(),
        ] {
            assert!(matches!(error.kind(), CodecErrorKind::Inexact { .. }), "{error}");
        }
        assert!(UtcDateTime::MIN.encode().is_err());
        assert!(Date::MIN.encode().is_err());
        let leap = AttributeValue::s("2016-12-31T23:59:60.000000+0000");
        assert!(UtcDateTime::decode(&leap).is_err());
        assert!(Time::decode(&AttributeValue::s("23:59:60")).is_err());
        assert!(Duration::decode(&AttributeValue::N("1e20".parse().unwrap())).is_err());
    }
}

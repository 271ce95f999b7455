//! Types of the crate `jiff`, in the forms of the types of `chrono`.
//!
//! `civil::DateTime` and `Zoned` have no codec: a date and time without a zone has no form that other programs share, and a `Zoned` is
//! equal to one in another zone that would be stored differently. Store a `Timestamp`, and the name of the zone as text.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Timelike as _, Utc};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::datetime::{PointInTime, Truncate};
use super::duration::Nanoseconds;
use super::naive_time::LEAP_SECOND;
use super::twin::{HasTwin, stored_as_twin};
use crate::model::{CodecError, MapKey};

impl PointInTime for Timestamp {
    fn to_date_time(&self) -> DateTime<Utc> {
        // The nanoseconds have the sign of the seconds.
        let time = DateTime::from_timestamp(self.as_second(), 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        time + chrono::TimeDelta::nanoseconds(self.subsec_nanosecond().into())
    }

    fn from_date_time(time: DateTime<Utc>) -> Result<Self, CodecError> {
        let invalid = |reason: String| CodecError::invalid(&time.to_string(), "a timestamp", reason);
        let nanos = i32::try_from(time.nanosecond()).ok().filter(|nanos| *nanos < 1_000_000_000);
        let nanos = nanos.ok_or_else(|| invalid(LEAP_SECOND.to_owned()))?;
        Self::new(time.timestamp(), nanos).map_err(|error| invalid(error.to_string()))
    }
}

impl Truncate for Timestamp {
    fn truncated_to(self, digits: u16) -> Self {
        // An earlier value than one that the type holds, but not than its minimum, which is a whole second.
        Self::from_date_time(self.to_date_time().truncated_to(digits)).unwrap_or(self)
    }
}

impl HasTwin for Timestamp {
    type Twin = DateTime<Utc>;

    fn to_twin(&self) -> Result<DateTime<Utc>, CodecError> {
        Ok(self.to_date_time())
    }

    fn from_twin(time: DateTime<Utc>) -> Result<Self, CodecError> {
        Self::from_date_time(time)
    }
}

impl HasTwin for Date {
    type Twin = NaiveDate;

    fn to_twin(&self) -> Result<NaiveDate, CodecError> {
        let [month, day] = [self.month(), self.day()].map(|part| u32::from(part.unsigned_abs()));
        NaiveDate::from_ymd_opt(self.year().into(), month, day)
            .ok_or_else(|| CodecError::invalid(&self.to_string(), "a date", "the calendar lacks it"))
    }

    fn from_twin(date: NaiveDate) -> Result<Self, CodecError> {
        let invalid = |reason: String| CodecError::invalid(&date.to_string(), "a date", reason);
        let parts = (i16::try_from(date.year()), i8::try_from(date.month()), i8::try_from(date.day()));
        let (Ok(year), Ok(month), Ok(day)) = parts else { return Err(invalid("it is out of range".to_owned())) };
        Self::new(year, month, day).map_err(|error| invalid(error.to_string()))
    }
}

impl HasTwin for Time {
    type Twin = NaiveTime;

    fn to_twin(&self) -> Result<NaiveTime, CodecError> {
        let [hour, minute, second] =
            [self.hour(), self.minute(), self.second()].map(|part| u32::from(part.unsigned_abs()));
        NaiveTime::from_hms_nano_opt(hour, minute, second, self.subsec_nanosecond().unsigned_abs())
            .ok_or_else(|| CodecError::invalid(&self.to_string(), "a time of day", "the day lacks it"))
    }

    fn from_twin(time: NaiveTime) -> Result<Self, CodecError> {
        let invalid = |reason: String| CodecError::invalid(&time.to_string(), "a time of day", reason);
        let parts = (i8::try_from(time.hour()), i8::try_from(time.minute()), i8::try_from(time.second()));
        let nanos = i32::try_from(time.nanosecond()).ok().filter(|nanos| *nanos < 1_000_000_000);
        let ((Ok(hour), Ok(minute), Ok(second)), Some(nanos)) = (parts, nanos) else {
            return Err(invalid(LEAP_SECOND.to_owned()));
        };
        Self::new(hour, minute, second, nanos).map_err(|error| invalid(error.to_string()))
    }
}

impl Truncate for Time {
    fn truncated_to(self, digits: u16) -> Self {
        self.to_twin().and_then(|time| Self::from_twin(time.truncated_to(digits))).unwrap_or(self)
    }
}

impl HasTwin for SignedDuration {
    type Twin = Nanoseconds;

    fn to_twin(&self) -> Result<Nanoseconds, CodecError> {
        Ok(Nanoseconds(self.as_nanos()))
    }

    fn from_twin(nanos: Nanoseconds) -> Result<Self, CodecError> {
        Self::try_from_nanos_i128(nanos.0).ok_or_else(|| nanos.out_of_range())
    }
}

stored_as_twin!(Timestamp, Date, Time, SignedDuration);

impl MapKey for Timestamp {}

impl MapKey for Date {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttributeType as _, CodecErrorKind};
    use crate::value::AttributeValue;

    #[test]
    fn the_forms_are_those_of_chrono() {
        let time: Timestamp = "1969-12-31T23:59:58.000006789Z".parse().unwrap();
        assert_eq!(time.encode(), Ok(AttributeValue::s("1969-12-31T23:59:58.000006+0000")));
        assert_eq!(Timestamp::decode(&time.encode().unwrap()), Ok(time.truncated_to(6)));
        assert_eq!(Date::constant(2015, 1, 2).encode(), Ok(AttributeValue::s("2015-01-02")));
        assert_eq!(Time::constant(3, 4, 5, 6_000).encode(), Ok(AttributeValue::s("03:04:05.000006")));
        let half = AttributeValue::N("-1.5".parse().unwrap());
        assert_eq!(SignedDuration::from_millis(-1500).encode(), Ok(half.clone()));
        assert_eq!(SignedDuration::decode(&half), Ok(SignedDuration::from_millis(-1500)));
    }

    #[test]
    fn what_a_form_cannot_hold_is_refused() {
        for error in [
            "2015-01-02T03:04:05.000006789Z".parse::<Timestamp>().unwrap().encode_exact().unwrap_err(),
            Time::constant(3, 4, 5, 6_789).encode_exact().unwrap_err(),
        ] {
            assert!(matches!(error.kind(), CodecErrorKind::Inexact { .. }), "{error}");
        }
        assert!("-000001-01-01T00:00:00Z".parse::<Timestamp>().unwrap().encode().is_err());
        assert!(Date::constant(0, 1, 1).encode().is_err());
        for text in ["9999-12-31T23:00:00.000000+0000", "2016-12-31T23:59:60.000000+0000"] {
            assert!(Timestamp::decode(&AttributeValue::s(text)).is_err(), "{text}");
            assert!((Timestamp::type_info().parse)(text).is_err(), "{text}");
        }
        assert!(Time::decode(&AttributeValue::s("23:59:60")).is_err());
        assert!(SignedDuration::decode(&AttributeValue::N("1e20".parse().unwrap())).is_err());
    }
}

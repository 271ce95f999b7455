//! Points in time in the form of PynamoDB's `UTCDateTimeAttribute`: `2015-01-02T03:04:05.000006+0000`.
//!
//! Every text is 31 characters long and in UTC, so the order of the texts is the order in time.
//!
//! The types of `jiff` and `time` that denote points in time have the same form, see [`PointInTime`].
//!
//! The form ends at microseconds, but these types and the clocks of most systems have nanoseconds. Fractions of a microsecond
//! are handled by the place of the value:
//!
//! - In a key of the table, an element of a set and the operand of a lookup they are an error, because two points in time would
//!   become one. [`truncated`] cuts them off: `Weather::DATE.lt(truncated(now))`.
//! - In any other attribute they are cut off when the value is saved, as PynamoDB does. The value that is read later equals the
//!   saved one only if that was truncated.
//!
//! # Other forms
//!
//! An attribute can have another precision, or be a number, as in tables of other programs. Its type is then [`StoredTime`] in one of
//! these forms, each a module whose name is its precision:
//!
//! | module | 2015-01-02 03:04:05.006 | holds |
//! |---|---|---|
//! | [`seconds`] | S `2015-01-02T03:04:05Z` | whole seconds |
//! | [`milliseconds`] | S `2015-01-02T03:04:05.006Z` | whole milliseconds; JavaScript's `toISOString` |
//! | [`nanoseconds`] | S `2015-01-02T03:04:05.006000000Z` | every value |
//! | [`epoch_seconds`] | N `1420167845` | whole seconds |
//! | [`epoch_milliseconds`] | N `1420167845006` | whole milliseconds; JavaScript's `Date.now` |
//!
//! A value that is finer than its form is refused in every attribute, because nothing else would show that it was cut off. Where cutting it
//! off is intended, use the form's module `truncated`, such as [`milliseconds::truncated`].
//!
//! The years are 1 to 9999, as in the form of PynamoDB, so that the order of the texts and numbers is the order in time. The text forms are
//! RFC 3339. Other spellings of it are read, with another offset or number of decimal places, but are no keys.
//!
//! ```
//! use djamodb::model::datetime::milliseconds;
//! use djamodb::prelude::*;
//!
//! #[derive(Model)]
//! #[model(table = "readings")]
//! struct Reading {
//!     #[model(hash_key)]
//!     sensor: String,
//!     #[model(range_key)]
//!     at: milliseconds::Stored,
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let db = djamodb::connect("memory://").await?;
//! # db.create_table::<Reading>().await?;
//! let noon: DateTime<Utc> = "2015-01-02T12:00:00.006Z".parse()?;
//! Reading { sensor: "a".to_owned(), at: noon.into() }.save(&db).await?;
//! let readings = Reading::objects().set_hash_key("a").filter(Reading::AT.gte(noon));
//! assert_eq!(readings.get(&db).await?.at.time(), noon);
//! # Ok(())
//! # }
//! ```

mod forms;
mod point_in_time;
mod rfc3339;
mod stored_time;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Timelike, Utc};

pub use forms::{epoch_milliseconds, epoch_seconds, milliseconds, nanoseconds, seconds};
pub use point_in_time::{PointInTime, Truncate};
pub(super) use rfc3339::finer;
pub use stored_time::{StoredTime, TimeForm, Truncating};

use super::string::text;
use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Comparable, KeyType, MapKey, Ordered, Structure, TypeInfo,
};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, ValueType};

const EXPECTED: &str = "a date and time";
/// Advice on a value with fractions of a microsecond.
pub(super) const TRUNCATE: &str = "keys, elements of sets and operands of lookups must be exact; truncate it to microseconds \
                                 with djamodb::model::datetime::truncated";
/// Decimal places of a microsecond.
const MICRO_DIGITS: u16 = 6;
/// `YYYY-MM-DDTHH:MM:SS.ffffff+0000`
const LENGTH: usize = 31;

impl AttributeType for DateTime<Utc> {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        format(*self).map(AttributeValue::S)
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        parse(text(value, EXPECTED)?)
    }

    fn encode_exact(&self) -> Result<AttributeValue, CodecError> {
        // Leap seconds are left to `encode`, whose error is about these.
        if self.nanosecond() < 1_000_000_000 && truncated(*self) != *self {
            return Err(CodecError::new(CodecErrorKind::Inexact {
                value: self.to_rfc3339_opts(SecondsFormat::Nanos, true),
                advice: TRUNCATE,
            }));
        }
        self.encode()
    }

    fn type_info() -> TypeInfo {
        TypeInfo {
            name: EXPECTED,
            value_type: ValueType::S,
            parse: |text| parse_operand(text)?.encode_exact(),
            comparable: true,
            ordered: true,
            starts_with: false,
            structure: Structure::Scalar,
        }
    }
}

impl Comparable for DateTime<Utc> {}

impl KeyType for DateTime<Utc> {
    const SCALAR: ScalarType = ScalarType::S;
    const TEXT_BYTES: Option<usize> = Some(LENGTH);
}

impl MapKey for DateTime<Utc> {}

impl Ordered for DateTime<Utc> {}

/// Returns the point in time, or the time of day, without fractions of a microsecond, as it is stored.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use djamodb_core::model::AttributeType;
/// use djamodb_core::model::datetime::truncated;
///
/// let time = DateTime::<Utc>::from_timestamp_nanos(1_420_167_845_000_006_789);
/// assert_eq!(truncated(time), DateTime::<Utc>::from_timestamp_nanos(1_420_167_845_000_006_000));
/// assert!(time.encode_exact().is_err());
/// assert!(truncated(time).encode_exact().is_ok());
/// ```
pub fn truncated<T: Truncate>(time: T) -> T {
    time.truncated_to(MICRO_DIGITS)
}

/// Formats a point in time as it is stored. Fractions of a microsecond are cut off.
///
/// # Errors
///
/// Returns [`CodecErrorKind::Invalid`](crate::model::CodecErrorKind::Invalid) for years outside 1 to 9999 and for leap seconds,
/// which the form cannot represent.
pub fn format(time: DateTime<Utc>) -> Result<String, CodecError> {
    let year = u32::try_from(time.year()).ok().filter(|year| (1..=9999).contains(year));
    let (Some(year), true) = (year, time.nanosecond() < 1_000_000_000) else {
        return Err(CodecError::invalid(
            &time.to_string(),
            EXPECTED,
            "the year must be 1 to 9999, and leap seconds are not supported",
        ));
    };
    let mut out = String::with_capacity(LENGTH);
    push_digits(&mut out, year, 4);
    for (separator, part, width) in [
        ('-', time.month(), 2),
        ('-', time.day(), 2),
        ('T', time.hour(), 2),
        (':', time.minute(), 2),
        (':', time.second(), 2),
        ('.', time.nanosecond() / 1000, 6),
    ] {
        out.push(separator);
        push_digits(&mut out, part, width);
    }
    out.push_str("+0000");
    Ok(out)
}

/// Parses a stored point in time. Offsets other than `+0000` are converted into UTC.
///
/// # Errors
///
/// Returns [`CodecErrorKind::Invalid`](crate::model::CodecErrorKind::Invalid) if the text has another form.
pub fn parse(text: &str) -> Result<DateTime<Utc>, CodecError> {
    match parse_stored(text.as_bytes()) {
        Some(time) => Ok(time),
        None => DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")
            .map(|time| time.to_utc())
            .map_err(|error| CodecError::invalid(text, EXPECTED, error)),
    }
}

/// Parses the operand of a lookup given as text: RFC 3339, the stored form, or a date, which denotes its midnight in UTC.
pub(in crate::model) fn parse_operand(text: &str) -> Result<DateTime<Utc>, CodecError> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.to_utc());
    }
    if let Some(midnight) = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(|date| date.and_hms_opt(0, 0, 0))
    {
        return Ok(midnight.and_utc());
    }
    parse(text).map_err(|_| {
        CodecError::invalid(text, EXPECTED, "write it as `2015-01-02T03:04:05Z`, or as a date, `2015-01-02`")
    })
}

/// Parses the stored form with the offset `+0000`. It is several times faster than the general parser of `chrono`.
fn parse_stored(text: &[u8]) -> Option<DateTime<Utc>> {
    let has_stored_form = text.len() == LENGTH
        && text.ends_with(b"+0000")
        && (text[4], text[7], text[10], text[13], text[16], text[19]) == (b'-', b'-', b'T', b':', b':', b'.');
    if !has_stored_form {
        return None;
    }
    let part = |from: usize, to: usize| {
        text[from..to]
            .iter()
            .try_fold(0_u32, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(5, 7)?, part(8, 10)?)?;
    let time = date.and_hms_micro_opt(part(11, 13)?, part(14, 16)?, part(17, 19)?, part(20, 26)?)?;
    Some(time.and_utc())
}

fn push_digits(out: &mut String, number: u32, width: u32) {
    for position in (0..width).rev() {
        let digit = number / 10_u32.pow(position) % 10;
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn uses_the_form_of_pynamodb() {
        let time = Utc.with_ymd_and_hms(2015, 1, 2, 3, 4, 5).unwrap() + chrono::TimeDelta::nanoseconds(6_789);
        assert_eq!(format(time).unwrap(), "2015-01-02T03:04:05.000006+0000");
        assert_eq!(parse("2015-01-02T03:04:05.000006+0000").unwrap(), time - chrono::TimeDelta::nanoseconds(789));
    }

    #[test]
    fn parses_other_offsets() {
        assert_eq!(
            parse("2015-01-02T05:04:05.000000+0200").unwrap(),
            Utc.with_ymd_and_hms(2015, 1, 2, 3, 4, 5).unwrap()
        );
    }

    #[test]
    fn orders_texts_as_points_in_time() {
        let times = [(1, 1, 1), (999, 12, 31), (1999, 12, 31), (2000, 1, 1), (9999, 12, 31)];
        let texts =
            times.map(|(year, month, day)| format(Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap()).unwrap());
        assert!(texts.is_sorted());
        assert!(texts.iter().all(|text| text.len() == LENGTH));
    }

    #[test]
    fn rejects_times_and_texts_outside_the_form() {
        for year in [0, -1, 10_000] {
            let time = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
            assert!(format(time).is_err(), "{year}");
        }
        let leap =
            NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_milli_opt(23, 59, 59, 1_000).unwrap().and_utc();
        assert!(format(leap).is_err());
        for text in ["", "2015", "2015-13-01T00:00:00.000000+0000", "2015-01-01T00:00:00.00000a+0000"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn parses_rfc3339_and_dates_in_lookups() {
        let encoded = |text: &str| (DateTime::<Utc>::type_info().parse)(text).unwrap();
        assert_eq!(encoded("2015-01-01"), encoded("2015-01-01T00:00:00Z"));
        assert_eq!(encoded("2015-01-01T01:00:00+01:00"), encoded("2015-01-01T00:00:00.000000+0000"));
        let error = (DateTime::<Utc>::type_info().parse)("yesterday").unwrap_err();
        assert!(error.to_string().contains("2015-01-02T03:04:05Z"), "{error}");
    }
}

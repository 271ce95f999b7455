//! Points in time as text in UTC with a fixed number of decimal places, `2015-01-02T03:04:05.006Z`, as JavaScript's `toISOString` writes them.

use chrono::{DateTime, Datelike as _, SecondsFormat, Timelike as _, Utc};

use super::stored_time::TimeForm;
use super::{Truncate as _, parse};
use crate::model::{CodecError, CodecErrorKind};

/// Formats a point in time in the form `F`.
pub(super) fn encode<F: TimeForm>(time: DateTime<Utc>) -> Result<String, CodecError> {
    if !(1..=9999).contains(&time.year()) || time.nanosecond() >= 1_000_000_000 {
        let reason = "the year must be 1 to 9999, and leap seconds are not supported";
        return Err(CodecError::invalid(&time.to_string(), F::NAME, reason));
    }
    if time.truncated_to(F::DIGITS) != time {
        return Err(finer::<F>(time.to_rfc3339_opts(SecondsFormat::Nanos, true)));
    }
    let format = match F::DIGITS {
        0 => SecondsFormat::Secs,
        3 => SecondsFormat::Millis,
        6 => SecondsFormat::Micros,
        _ => SecondsFormat::Nanos,
    };
    Ok(time.to_rfc3339_opts(format, true))
}

/// Parses a stored point in time: RFC 3339 with any offset and number of decimal places, or the form of PynamoDB.
pub(super) fn decode<F: TimeForm>(text: &str) -> Result<DateTime<Utc>, CodecError> {
    if !F::TRUNCATES && decimal_places(text) > usize::from(F::DIGITS) {
        return Err(finer::<F>(text.to_owned()));
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Ok(time.to_utc()),
        Err(error) => parse(text).map_err(|_| CodecError::invalid(text, F::NAME, error)),
    }
}

/// Returns the number of decimal places of the seconds, without zeros at the end.
fn decimal_places(text: &str) -> usize {
    let places = text.split_once('.').map_or("", |(_, places)| places);
    let end = places.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(places.len());
    places[..end].trim_end_matches('0').len()
}

/// Returns the error of a value with more decimal places than the form has.
pub(in crate::model::codec) fn finer<F: TimeForm>(value: String) -> CodecError {
    CodecError::new(CodecErrorKind::Inexact { value, advice: F::ADVICE })
}

//! Points in time as a number of seconds or milliseconds since 1970.

use chrono::{DateTime, SecondsFormat, Timelike as _, Utc};

use super::datetime::{TimeForm, Truncate as _, finer};
use super::naive_time::LEAP_SECOND;
use crate::model::{CodecError, CodecErrorKind};
use crate::value::Number;

/// The first second of the year 1.
const SECOND_MIN: i64 = -62_135_596_800;
/// The last second of the year 9999.
pub(in crate::model) const SECOND_MAX: i64 = 253_402_300_799;
const NANOS_PER_SECOND: i128 = 1_000_000_000;
/// Power of ten of a nanosecond.
pub(in crate::model) const NANO: i32 = -9;
/// Digits of a number of nanoseconds of a second.
const NANO_DIGITS: u16 = 9;

/// Encodes a point in time in the form `F`.
pub(in crate::model) fn encode<F: TimeForm>(time: DateTime<Utc>) -> Result<Number, CodecError> {
    if time.nanosecond() >= 1_000_000_000 {
        return Err(CodecError::invalid(&time.to_string(), F::NAME, LEAP_SECOND));
    }
    if time.truncated_to(F::DIGITS) != time {
        return Err(finer::<F>(time.to_rfc3339_opts(SecondsFormat::Nanos, true)));
    }
    let number = Number::try_from(nanos_of(time) / nanos_per_unit::<F>())?;
    check_range::<F>(number, time.timestamp())?;
    Ok(number)
}

/// Decodes a number in the form `F`.
pub(in crate::model) fn decode<F: TimeForm>(number: Number) -> Result<DateTime<Utc>, CodecError> {
    let units = floor(number).ok_or_else(|| out_of_range::<F>(number))?;
    if !F::TRUNCATES && Number::try_from(units).ok() != Some(number) {
        return Err(finer::<F>(number.to_string()));
    }
    let time = of_nanos(units.saturating_mul(nanos_per_unit::<F>()));
    check_range::<F>(number, time.timestamp())?;
    Ok(time)
}

fn nanos_per_unit<F: TimeForm>() -> i128 {
    10_i128.pow(NANO_DIGITS.saturating_sub(F::DIGITS).into())
}

/// Returns the nanoseconds since 1970.
pub(in crate::model) fn nanos_of(time: DateTime<Utc>) -> i128 {
    i128::from(time.timestamp()) * NANOS_PER_SECOND + i128::from(time.nanosecond())
}

/// Converts nanoseconds since 1970. A time that `chrono` cannot hold becomes the nearest one.
pub(in crate::model) fn of_nanos(nanos: i128) -> DateTime<Utc> {
    let parts = (i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)), u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND)));
    let time = if let (Ok(seconds), Ok(nanos)) = parts { DateTime::from_timestamp(seconds, nanos) } else { None };
    time.unwrap_or(if nanos < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC })
}

/// Returns the largest integer that is not greater than the number.
pub(in crate::model) fn floor(number: Number) -> Option<i128> {
    let Ok(places) = u32::try_from(-number.exponent()) else { return number.to_i128() };
    match 10_i128.checked_pow(places) {
        Some(divisor) => Some(number.coefficient().div_euclid(divisor)),
        // The coefficient has 38 digits, so that the number lies between -1 and 1.
        None => Some(if number.is_negative() { -1 } else { 0 }),
    }
}

fn check_range<F: TimeForm>(number: Number, seconds: i64) -> Result<(), CodecError> {
    if (SECOND_MIN..=SECOND_MAX).contains(&seconds) { Ok(()) } else { Err(out_of_range::<F>(number)) }
}

fn out_of_range<F: TimeForm>(number: Number) -> CodecError {
    let reason = if F::DIGITS == 0 && !number.is_negative() { BEYOND_SECONDS } else { "the year must be 1 to 9999" };
    CodecError::new(CodecErrorKind::TimeOutOfRange { number, expected: F::NAME, reason })
}

/// Reason against a number of seconds beyond [`SECOND_MAX`].
pub(in crate::model) const BEYOND_SECONDS: &str =
    "it is later than the year 9999, and looks like milliseconds; divide it by 1000";

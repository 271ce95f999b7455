//! Conversions between djamodb's and rusoto's integer types.

/// Converts a limit or a segment number, which the service reads as a signed 32-bit integer. A number above [`i32::MAX`] becomes
/// [`i32::MAX`]: as a limit it has the same effect, because no page has that many items, and the service rejects either of them
/// as a segment number.
pub(crate) fn to_integer(number: u32) -> i64 {
    i32::try_from(number).unwrap_or(i32::MAX).into()
}

/// Converts capacity units. A number above [`i64::MAX`] becomes [`i64::MAX`], which the service rejects too.
pub(crate) fn to_long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Converts a count or a size, which is never negative in a valid response.
pub(crate) fn to_u64(number: Option<i64>) -> u64 {
    number.unwrap_or_default().try_into().unwrap_or_default()
}

//! Conversions between djamodb's and the SDK's integer types.

/// Converts a limit or a segment number. A number above [`i32::MAX`] becomes [`i32::MAX`]: as a limit it has the same effect,
/// because no page has that many items, and the service rejects either of them as a segment number.
pub(crate) fn to_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Converts capacity units. A number above [`i64::MAX`] becomes [`i64::MAX`], which the service rejects too.
pub(crate) fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Converts a count or a size, which is never negative in a valid response.
pub(crate) fn to_u64(number: impl TryInto<u64>) -> u64 {
    number.try_into().unwrap_or_default()
}

//! Whole numbers, between types that djamodb and rusoto chose differently.

/// Limits and segments, which the service reads as 32 bits with a sign. What does not fit is the largest there is: as a
/// limit it means the same, since no page holds as many items, and as anything else the service refuses it as it would
/// refuse the number itself.
pub(crate) fn to_integer(number: u32) -> i64 {
    i32::try_from(number).unwrap_or(i32::MAX).into()
}

/// Capacity; the service refuses the largest there is.
pub(crate) fn to_long(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Counts and sizes, which are never negative.
pub(crate) fn to_u64(number: Option<i64>) -> u64 {
    number.unwrap_or_default().try_into().unwrap_or_default()
}

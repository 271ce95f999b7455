//! Whole numbers, between types that djamodb and the SDK chose differently.

/// The SDK's type for limits and segments. What does not fit is the largest there is: as a limit it means the same, since no
/// page holds as many items, and as anything else the service refuses it as it would refuse the number itself.
pub(crate) fn to_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The SDK's type for capacity; the service refuses the largest there is.
pub(crate) fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Counts and sizes, which are never negative.
pub(crate) fn to_u64(number: impl TryInto<u64>) -> u64 {
    number.try_into().unwrap_or_default()
}

//! Ranges of settings.

use std::fmt;
use std::ops::RangeInclusive;

/// The error of a setting whose value is outside of its range.
///
/// ```
/// use djamodb_core::layer::RetryPolicy;
///
/// let endless = RetryPolicy { attempts_max: 1_000_000_000, ..RetryPolicy::default() };
/// assert_eq!(endless.check().unwrap_err().to_string(), "the setting attempts_max is 1000000000; its range is 1 to 100");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the setting {setting} is {value}; its range is {min} to {max}")]
pub struct OutOfRange {
    /// Name of the setting.
    pub setting: &'static str,
    /// Value of the setting.
    pub value: String,
    /// Smallest allowed value.
    pub min: String,
    /// Largest allowed value.
    pub max: String,
}

crate::debug_by_message!(struct OutOfRange { setting, value, min, max });

/// Requires that the value of a setting is within its range, which a floating-point number that is not a number never is.
///
/// # Errors
///
/// Returns the setting, its value and its range.
pub fn check_range<T: PartialOrd + fmt::Debug>(
    setting: &'static str,
    value: T,
    range: &RangeInclusive<T>,
) -> Result<(), OutOfRange> {
    if range.contains(&value) {
        return Ok(());
    }
    let text = |value: &T| format!("{value:?}");
    Err(OutOfRange { setting, value: text(&value), min: text(range.start()), max: text(range.end()) })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn values_outside_of_a_range_are_named_with_it() {
        let message = |result: Result<(), OutOfRange>| result.unwrap_err().to_string();
        assert_eq!(check_range("n", 1, &(1..=2)), Ok(()));
        assert_eq!(check_range("n", 2, &(1..=2)), Ok(()));
        assert_eq!(message(check_range("n", 0, &(1..=2))), "the setting n is 0; its range is 1 to 2");
        assert_eq!(message(check_range("p", f64::NAN, &(0.0..=1.0))), "the setting p is NaN; its range is 0.0 to 1.0");
        let seconds = Duration::from_secs(1)..=Duration::from_secs(2);
        assert_eq!(
            message(check_range("t", Duration::MAX, &seconds)).split(';').next_back(),
            Some(" its range is 1s to 2s")
        );
    }
}

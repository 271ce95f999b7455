//! The wait that a response requires.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// Returns the wait in the value of a `Retry-After` header, or `None` if the value has neither of its
/// [two forms](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after): a number of seconds, or a date, which is compared with `now`.
///
/// ```
/// use std::time::Duration;
///
/// use djamodb_core::driver::retry_after;
///
/// let now = "2015-01-01T00:00:00Z".parse()?;
/// assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
/// assert_eq!(retry_after("Thu, 01 Jan 2015 00:01:00 GMT", now), Some(Duration::from_secs(60)));
/// assert_eq!(retry_after("soon", now), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = DateTime::parse_from_rfc2822(value).ok()?;
    Some((date.with_timezone(&Utc) - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_the_past_requires_no_wait_and_an_invalid_value_is_ignored() {
        let now = "2015-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(retry_after(" 0 ", now), Some(Duration::ZERO));
        assert_eq!(retry_after("Wed, 31 Dec 2014 00:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("18446744073709551615", now), Some(Duration::from_secs(u64::MAX)));
        for value in ["", "-1", "1.5", "18446744073709551616", "Thu, 99 Jan 2015 00:00:00 GMT"] {
            assert_eq!(retry_after(value, now), None, "{value}");
        }
    }
}

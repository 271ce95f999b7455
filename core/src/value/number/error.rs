//! Errors of numbers.

use thiserror::Error;

/// Maximum number of characters of a refused text that the error repeats.
const SHOWN_CHARACTERS_MAX: usize = 64;

/// The reason for which a value is not a number that DynamoDB can store. The messages are those of the service where it has one.
// Two messages of DynamoDB Local differ: "DynamoDB only supports precision up to 38 digits" and "A value provided cannot be
// converted into a number".
#[derive(Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The number has more than 38 significant digits. Leading and trailing zeros do not count.
    #[error("Attempting to store more than 38 significant digits in a Number")]
    TooManyDigits,
    /// The magnitude is larger than 9.9999999999999999999999999999999999999E+125.
    #[error("Number overflow. Attempting to store a number with magnitude larger than supported range")]
    Overflow,
    /// The magnitude is smaller than 1E-130, but not zero.
    #[error("Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    Underflow,
    /// The text is empty.
    #[error("The parameter cannot be converted to a numeric value")]
    Empty,
    /// The text is not a number.
    #[error("The parameter cannot be converted to a numeric value: {text}")]
    NotNumeric {
        /// Refused text, or its first 64 characters and `…` if it is longer.
        text: String,
    },
    /// The float is infinite or NaN.
    #[error("a float that is NaN or infinite is not a DynamoDB number; leave the attribute out or store a string")]
    NotFinite,
}

crate::debug_by_message!(enum NumberError {
    TooManyDigits,
    Overflow,
    Underflow,
    Empty,
    NotNumeric { text },
    NotFinite,
});

impl NumberError {
    /// Returns the error for a text that is not a number.
    pub(super) fn not_numeric(text: &str) -> Self {
        if text.is_empty() {
            return Self::Empty;
        }
        let text = match text.char_indices().nth(SHOWN_CHARACTERS_MAX) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        Self::NotNumeric { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_repeat_at_most_64_characters() {
        let message = |text: &str| NumberError::not_numeric(text).to_string();
        assert_eq!(message(""), "The parameter cannot be converted to a numeric value");
        assert_eq!(message("abc"), "The parameter cannot be converted to a numeric value: abc");
        let longest = "é".repeat(64);
        assert_eq!(message(&longest), format!("The parameter cannot be converted to a numeric value: {longest}"));
        let longer = "é".repeat(65);
        assert_eq!(message(&longer), format!("The parameter cannot be converted to a numeric value: {longest}…"));
    }
}

//! Parsing of numbers.

use std::str::FromStr;

use super::digits::POWERS_OF_TEN;
use super::{DIGITS_MAX, Number, NumberError};

/// Largest exponent of either sign that is accepted.
const EXPONENT_MAX: i64 = i32::MAX as i64;

impl Number {
    /// Parses a number with DynamoDB's syntax: an optional sign, digits with an optional point before, among or after them, and an
    /// optional exponent.
    ///
    /// `5.`, `.5`, `+5`, `005` and `1.5E-3` are numbers. Texts with blanks, digit separators or another radix, `NaN` and `Infinity`
    /// are not. The number of leading and trailing zeros is not limited; the time is linear in the length of the text.
    ///
    /// # Errors
    ///
    /// - [`NumberError::Empty`] or [`NumberError::NotNumeric`] if the text is not a number,
    /// - [`NumberError::TooManyDigits`] if more than 38 digits are significant,
    /// - [`NumberError::Overflow`] or [`NumberError::Underflow`] if the magnitude is out of range.
    ///
    /// ```
    /// use djamodb_core::value::{Number, NumberError};
    ///
    /// assert_eq!(Number::parse("-1280e-2")?.to_string(), "-12.8");
    /// assert_eq!(Number::parse("1e126"), Err(NumberError::Overflow));
    /// assert_eq!(Number::parse("1_000").unwrap_err().to_string(),
    ///     "The parameter cannot be converted to a numeric value: 1_000");
    /// # Ok::<(), NumberError>(())
    /// ```
    // DynamoDB Local also accepts the decimal digits of other scripts, such as `١٢` for 12. This is an accident of its library;
    // only ASCII digits are accepted here. As in DynamoDB Local, an exponent beyond ±2147483647 is refused as not numeric, even if
    // all digits are zeros.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let not_numeric = || NumberError::not_numeric(text);
        let (negative, unsigned) = split_sign(text.as_bytes());
        let (whole, rest) = split_digits(unsigned);
        let (fraction, rest) = match rest {
            [b'.', fraction @ ..] => split_digits(fraction),
            _ => (&[][..], rest),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(not_numeric());
        }
        let written_exponent = match rest {
            [] => 0,
            [b'e' | b'E', exponent @ ..] => read_exponent(exponent).ok_or_else(not_numeric)?,
            _ => return Err(not_numeric()),
        };
        let (coefficient, exponent) = read_significand(whole, fraction).ok_or(NumberError::TooManyDigits)?;
        Self::bounded(negative, coefficient, written_exponent.saturating_add(exponent))
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Same as [`Number::parse`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Splits off the optional sign. Returns `true` for a minus, and the rest of the text.
fn split_sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', unsigned @ ..] => (true, unsigned),
        [b'+', unsigned @ ..] => (false, unsigned),
        _ => (false, text),
    }
}

/// Splits off the leading digits. Returns them and the rest of the text.
fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// Returns the digits before and after the point as a coefficient that does not end in a zero, and its exponent. Returns `None` if
/// more than 38 digits are significant.
fn read_significand(whole: &[u8], fraction: &[u8]) -> Option<(u128, i64)> {
    let fraction = without_last_zeros(fraction);
    let significant_whole = if fraction.is_empty() { without_last_zeros(whole) } else { whole };
    // No slice is longer than `isize::MAX`, so both lengths fit a signed integer.
    let exponent = (whole.len() - significant_whole.len()).cast_signed() - fraction.len().cast_signed();

    let whole = without_first_zeros(significant_whole);
    let fraction = if whole.is_empty() { without_first_zeros(fraction) } else { fraction };
    let count = whole.len() + fraction.len();
    if count > DIGITS_MAX {
        return None;
    }
    // Each half of 38 digits fits a `u64`, which is faster than reading all digits into a `u128`.
    let mut digits = whole.iter().chain(fraction);
    let first = read_integer(digits.by_ref().take(DIGITS_MAX / 2));
    let second = read_integer(digits);
    let coefficient = first * POWERS_OF_TEN[count.saturating_sub(DIGITS_MAX / 2)] + second;
    Some((coefficient, exponent as i64))
}

/// Returns the integer of at most 19 digits.
fn read_integer<'text>(digits: impl Iterator<Item = &'text u8>) -> u128 {
    digits.fold(0, |integer: u64, digit| integer * 10 + u64::from(digit - b'0')).into()
}

fn without_first_zeros(digits: &[u8]) -> &[u8] {
    let count = digits.iter().take_while(|digit| **digit == b'0').count();
    &digits[count..]
}

fn without_last_zeros(digits: &[u8]) -> &[u8] {
    let count = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    &digits[..digits.len() - count]
}

/// Parses a whole text as an exponent: an optional sign and at least one digit.
fn read_exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = split_sign(text);
    if digits.is_empty() {
        return None;
    }
    let exponent = digits.iter().try_fold(0, |exponent: i64, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        Some(exponent * 10 + digit).filter(|exponent| *exponent <= EXPONENT_MAX)
    })?;
    Some(if negative { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_spellings_that_dynamodb_accepts() {
        let spellings = [
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-.5", "-0.5"),
            ("-5.", "-5"),
            ("+.5e1", "5"),
            ("5.e3", "5000"),
            ("1E+5", "100000"),
            ("1e-5", "0.00001"),
            ("1e-0", "1"),
            ("1e0000000000000000005", "100000"),
            ("00012.800", "12.8"),
            ("0e2147483647", "0"),
            ("0.0e-2147483647", "0"),
        ];
        for (text, canonical) in spellings {
            assert_eq!(Number::parse(text).unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn refuses_the_spellings_that_dynamodb_refuses() {
        let spellings = [
            " 1", "1 ", "\t1", "1\n", "\u{a0}1", "1\0", "1e 5", "+-5", "--1", "-+1", "1-", "1e", "e5", "1e+", "1e-",
            ".e5", ".", "-", "+", "-.", "1.2.3", "1e1.5", "1e5e5", "NaN", "inf", "Infinity", "null", "1_000", "1,000",
            "0x1", "1f", "1d", "1L", "1e٣", "١٢",
        ];
        let exponents = ["0e2147483648", "1e-2147483648", "1e99999999999999999999"];
        for text in spellings.into_iter().chain(exponents) {
            assert_eq!(Number::parse(text), Err(NumberError::NotNumeric { text: text.to_owned() }));
        }
        assert_eq!(Number::parse(""), Err(NumberError::Empty));
    }

    #[test]
    fn limits_are_the_services() {
        let (digits_38, digits_39) = ("1".repeat(38), "1".repeat(39));
        assert!(Number::parse(&digits_38).is_ok());
        assert!(Number::parse(&format!("0.{digits_38}e-129")).is_ok());
        assert!(Number::parse(&format!("{digits_38}{}", "0".repeat(88))).is_ok());
        assert!(Number::parse(&format!("1{}", "0".repeat(41))).is_ok());
        assert!(Number::parse("1e125").is_ok());
        assert!(Number::parse("1e-130").is_ok());
        assert!(Number::parse("12345e-134").is_ok());
        for text in ["1e126", "-10e125", "1e2147483647", "10e2147483647"] {
            assert_eq!(Number::parse(text), Err(NumberError::Overflow), "{text}");
        }
        for text in ["9.9e-131", "-1e-131", "1e-2147483647", "0.1e-2147483647"] {
            assert_eq!(Number::parse(text), Err(NumberError::Underflow), "{text}");
        }
        for text in [digits_39.clone(), format!("{digits_39}e200"), format!("0.{digits_39}e-200")] {
            assert_eq!(Number::parse(&text), Err(NumberError::TooManyDigits), "{text}");
        }
        assert!(matches!(Number::parse(&format!("{digits_39}x")), Err(NumberError::NotNumeric { .. })));
    }

    #[test]
    fn accepts_any_number_of_leading_and_trailing_zeros() {
        let zeros = "0".repeat(1_000_000);
        assert_eq!(Number::parse(&zeros), Ok(Number::ZERO));
        assert_eq!(Number::parse(&format!("{zeros}1.{zeros}")), Ok(Number::from(1)));
        assert_eq!(Number::parse(&format!("1{zeros}e-1000000")), Ok(Number::from(1)));
        assert_eq!(Number::parse(&format!("0.{zeros}1e1000001")), Ok(Number::from(1)));
        assert_eq!(Number::parse(&format!("1{zeros}")), Err(NumberError::Overflow));
        assert_eq!(Number::parse(&format!("1{zeros}1")), Err(NumberError::TooManyDigits));
    }
}

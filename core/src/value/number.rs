//! DynamoDB's number: an exact decimal of up to 38 significant digits.

mod arithmetic;
mod convert;
mod digits;
mod error;
mod order;
mod ordered;
mod parse;
#[cfg(test)]
mod properties;
mod short_decimal;
mod text;

pub use error::NumberError;

use digits::{count_digits, strip_zeros};

/// Maximum number of significant digits.
const DIGITS_MAX: usize = 38;
/// Decimal exponent of the first digit of the smallest magnitude, 1E-130.
const MAGNITUDE_MIN: i16 = -130;
/// Decimal exponent of the first digit of the largest magnitude, 9.99…E+125.
const MAGNITUDE_MAX: i16 = 125;

/// A DynamoDB number: an exact decimal of up to 38 significant digits.
///
/// The range is zero and the magnitudes from 1E-130 to 9.9999999999999999999999999999999999999E+125 of either sign. Values out of
/// range are refused with a [`NumberError`] and never rounded. Trailing zeros are not significant: `1` followed by 41 zeros has one
/// digit, and `12.80` equals `12.8`. There is no negative zero, no infinity and no NaN.
///
/// Numbers compare, hash and sort by value. They take 24 bytes, implement `Copy` and never allocate.
///
/// See [number](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number).
///
/// ```
/// use djamodb_core::value::Number;
///
/// let price: Number = "12.80".parse()?;
/// assert_eq!(price.to_string(), "12.8");
/// assert_eq!(price, Number::from_f64(12.8)?);
/// assert_eq!(price.checked_add(Number::from(3))?.to_string(), "15.8");
/// assert!(price < Number::parse("1.3e1")?);
/// # Ok::<(), djamodb_core::value::NumberError>(())
/// ```
// With the alignment of an `i128` a number would take 32 bytes. Packed to an alignment of 8 it takes 24.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(Rust, packed(8))]
pub struct Number {
    /// All significant digits as one integer, negative for a negative number. It never ends in a zero digit, so that equal numbers
    /// have equal fields. Zero is 0 with exponent 0.
    coefficient: i128,
    /// Power of ten by which the coefficient is multiplied.
    exponent: i16,
}

const _: () = assert!(size_of::<Number>() == 24 && align_of::<Number>() == 8);

impl Number {
    /// The number 0.
    pub const ZERO: Self = Self { coefficient: 0, exponent: 0 };

    /// Stands for a time that is known only when a plan is executed. No clock returns it, because it is a tenth of a nanosecond.
    pub(crate) const UNKNOWN_TIME: Self = Self { coefficient: 1, exponent: -10 };

    /// Returns `coefficient` × 10^`exponent`, the inverse of [`coefficient`](Self::coefficient) and [`exponent`](Self::exponent).
    /// The coefficient can end in zeros.
    ///
    /// # Errors
    ///
    /// - [`NumberError::TooManyDigits`] if more than 38 digits are significant,
    /// - [`NumberError::Overflow`] or [`NumberError::Underflow`] if the magnitude is out of range.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::from_parts(1280, -2)?.to_string(), "12.8");
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn from_parts(coefficient: i128, exponent: i32) -> Result<Self, NumberError> {
        Self::compose(coefficient.is_negative(), coefficient.unsigned_abs(), exponent.into())
    }

    /// Returns all significant digits as one signed integer that does not end in a zero: 128 for 12.8.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// let number = Number::parse("-12.80")?;
    /// assert_eq!((number.coefficient(), number.exponent()), (-128, -1));
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub const fn coefficient(self) -> i128 {
        self.coefficient
    }

    /// Returns the power of ten by which the [`coefficient`](Self::coefficient) is multiplied, from -167 to 125: -1 for 12.8.
    pub fn exponent(self) -> i32 {
        self.exponent.into()
    }

    /// Returns the number of significant digits, from 1 to 38, or 0 for zero.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::parse("-0.0012800")?.digits(), 3);
    /// assert_eq!(Number::from(1_000_000).digits(), 1);
    /// assert_eq!(Number::ZERO.digits(), 0);
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub const fn digits(self) -> usize {
        count_digits(self.coefficient.unsigned_abs())
    }

    /// Returns `true` if the number is zero.
    pub const fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// Returns `true` if the number is less than zero.
    pub const fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// Returns ±`coefficient` × 10^`exponent` for a coefficient that may end in zeros.
    fn compose(negative: bool, coefficient: u128, exponent: i64) -> Result<Self, NumberError> {
        let (coefficient, zeros) = strip_zeros(coefficient);
        Self::bounded(negative, coefficient, exponent.saturating_add(zeros.into()))
    }

    /// Returns ±`coefficient` × 10^`exponent` for a coefficient that does not end in a zero digit.
    ///
    /// Digits are checked before the magnitude, as in the service: a number with too many digits that is also too large is refused
    /// for its digits.
    fn bounded(negative: bool, coefficient: u128, exponent: i64) -> Result<Self, NumberError> {
        if coefficient == 0 {
            return Ok(Self::ZERO);
        }
        let digits = count_digits(coefficient);
        if digits > DIGITS_MAX {
            return Err(NumberError::TooManyDigits);
        }
        // An exponent that does not fit its field is out of range for any number of digits.
        let exponent = i16::try_from(exponent)
            .map_err(|_| if exponent < 0 { NumberError::Underflow } else { NumberError::Overflow })?;
        match magnitude(digits, exponent) {
            ..MAGNITUDE_MIN => Err(NumberError::Underflow),
            MAGNITUDE_MIN..=MAGNITUDE_MAX => Ok(Self { coefficient: signed(negative, coefficient), exponent }),
            _ => Err(NumberError::Overflow),
        }
    }

    /// Returns the decimal exponent of the first digit: 1 for 12.8, whose first digit counts tens.
    fn magnitude(self) -> i16 {
        magnitude(self.digits(), self.exponent)
    }
}

/// Returns the decimal exponent of the first of `digits` digits, the last of which counts 10^`exponent`.
fn magnitude(digits: usize, exponent: i16) -> i16 {
    // There are at most 39 digits, so the fallback never applies. Saturation keeps an exponent on its side of the range.
    exponent.saturating_add(i16::try_from(digits).unwrap_or(i16::MAX)).saturating_sub(1)
}

/// Returns a coefficient of at most 38 digits with its sign. The largest, 10^38 - 1, is below 2^127.
const fn signed(negative: bool, coefficient: u128) -> i128 {
    let coefficient = coefficient.cast_signed();
    if negative { -coefficient } else { coefficient }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn different_spellings_of_a_value_are_equal() {
        for text in ["100", "1e2", "+00100.000", "0.1E+3", "1000e-1"] {
            assert_eq!(number(text), Number::from(100), "{text}");
        }
        for text in ["0", "-0", "0.000", "-0e500", "0e-500"] {
            assert_eq!(number(text), Number::ZERO, "{text}");
        }
    }

    #[test]
    fn parts_are_bounded() {
        assert_eq!(Number::from_parts(0, i32::MIN), Ok(Number::ZERO));
        assert_eq!(Number::from_parts(1, i32::MAX), Err(NumberError::Overflow));
        assert_eq!(Number::from_parts(-1, i32::MIN), Err(NumberError::Underflow));
        assert_eq!(Number::from_parts(i128::MIN, i32::MAX), Err(NumberError::TooManyDigits));
        let smallest = number("-1.0000000000000000000000000000000000001e-130");
        assert_eq!(smallest.exponent(), -167);
        assert_eq!(Number::from_parts(smallest.coefficient(), smallest.exponent()), Ok(smallest));
    }
}

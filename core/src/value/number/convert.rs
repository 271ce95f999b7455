//! Conversions from and to Rust's integers and floats.

use std::fmt::Write;

use super::digits::{POWERS_OF_TEN, strip_zeros};
use super::text::StackString;
use super::{Number, NumberError, short_decimal, signed};

/// Upper bound of the length of a finite float or of a number in scientific notation: a sign, 38 digits, a point, an `e` and a
/// signed exponent of three digits.
const SCIENTIFIC_TEXT_MAX: usize = 48;

/// Implements `From` for the integers that convert to `i128` without loss.
macro_rules! from_integers {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Number {
            fn from(integer: $integer) -> Self {
                Self::from_short_integer(i128::from(integer))
            }
        }
    )+};
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl From<isize> for Number {
    fn from(integer: isize) -> Self {
        Self::from_short_integer(integer as i128)
    }
}

impl From<usize> for Number {
    fn from(integer: usize) -> Self {
        Self::from_short_integer(integer as i128)
    }
}

impl TryFrom<i128> for Number {
    type Error = NumberError;

    fn try_from(integer: i128) -> Result<Self, Self::Error> {
        Self::from_parts(integer, 0)
    }
}

impl TryFrom<u128> for Number {
    type Error = NumberError;

    fn try_from(integer: u128) -> Result<Self, Self::Error> {
        Self::compose(false, integer, 0)
    }
}

impl TryFrom<f64> for Number {
    type Error = NumberError;

    /// Same as [`Number::from_f64`].
    fn try_from(float: f64) -> Result<Self, Self::Error> {
        Self::from_f64(float)
    }
}

impl TryFrom<f32> for Number {
    type Error = NumberError;

    /// Same as [`Number::from_f32`].
    fn try_from(float: f32) -> Result<Self, Self::Error> {
        Self::from_f32(float)
    }
}

impl Number {
    /// Returns the number with the shortest decimal text that parses to the same float: 0.1 for `0.1`, although the exact value of
    /// the float is 0.1000000000000000055….
    ///
    /// # Errors
    ///
    /// - [`NumberError::NotFinite`] for NaN and the infinities,
    /// - [`NumberError::Overflow`] or [`NumberError::Underflow`] if the float is out of DynamoDB's range.
    ///
    /// ```
    /// use djamodb_core::value::{Number, NumberError};
    ///
    /// assert_eq!(Number::from_f64(0.1)?.to_string(), "0.1");
    /// assert_eq!(Number::from_f64(f64::NAN), Err(NumberError::NotFinite));
    /// assert_eq!(Number::from_f64(f64::MAX), Err(NumberError::Overflow));
    /// # Ok::<(), NumberError>(())
    /// ```
    pub fn from_f64(float: f64) -> Result<Self, NumberError> {
        match short_decimal::shortest_of_f64(float) {
            Some(number) => Ok(number),
            None if float.is_finite() => Self::parse(scientific(format_args!("{float:e}")).as_str()),
            None => Err(NumberError::NotFinite),
        }
    }

    /// Returns the number with the shortest decimal text that parses to the same `f32`: 0.1 for `0.1_f32`. Converted to an `f64`
    /// first, it would be 0.10000000149011612.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`from_f64`](Self::from_f64).
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::from_f32(0.1)?.to_string(), "0.1");
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn from_f32(float: f32) -> Result<Self, NumberError> {
        match short_decimal::shortest_of_f32(float) {
            Some(number) => Ok(number),
            None if float.is_finite() => Self::parse(scientific(format_args!("{float:e}")).as_str()),
            None => Err(NumberError::NotFinite),
        }
    }

    /// Returns the nearest float. All numbers are in the range of `f64`, but numbers of more than 15 significant digits can be
    /// rounded.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::parse("12.8")?.to_f64(), 12.8);
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn to_f64(self) -> f64 {
        let (coefficient, exponent) = (self.coefficient, self.exponent);
        short_decimal::nearest_f64(coefficient, exponent).unwrap_or_else(|| {
            // The text always parses as a float, so the fallback never applies.
            scientific(format_args!("{coefficient}e{exponent}")).as_str().parse().unwrap_or(f64::NAN)
        })
    }

    /// Returns the nearest `f32`. It is infinite for magnitudes beyond the range of `f32`, and zero for magnitudes too small for it.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::parse("0.1")?.to_f32(), 0.1);
    /// assert_eq!(Number::parse("1e100")?.to_f32(), f32::INFINITY);
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn to_f32(self) -> f32 {
        let (coefficient, exponent) = (self.coefficient, self.exponent);
        // The text always parses as a float, so the fallback never applies.
        scientific(format_args!("{coefficient}e{exponent}")).as_str().parse().unwrap_or(f32::NAN)
    }

    /// Returns the number as an integer, or `None` if it has a fraction or does not fit an `i128`. Use `try_from` on the result for
    /// smaller integers.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// let port = Number::parse("8e3")?;
    /// assert_eq!(port.to_i128().and_then(|integer| u16::try_from(integer).ok()), Some(8000));
    /// assert_eq!(Number::parse("12.8")?.to_i128(), None);
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn to_i128(self) -> Option<i128> {
        // A negative exponent means a fraction, because the coefficient does not end in a zero.
        let power = *POWERS_OF_TEN.get(usize::try_from(self.exponent).ok()?)?;
        self.coefficient.checked_mul(power.cast_signed())
    }

    /// Converts an integer of at most 38 digits, which is always in range.
    fn from_short_integer(integer: i128) -> Self {
        let (coefficient, exponent) = strip_zeros(integer.unsigned_abs());
        Self { coefficient: signed(integer.is_negative(), coefficient), exponent }
    }
}

/// Formats a float or a number in scientific notation without a heap allocation.
fn scientific(arguments: std::fmt::Arguments<'_>) -> StackString<SCIENTIFIC_TEXT_MAX> {
    let mut text = StackString::new();
    // Writing fails only for a text longer than the buffer, which does not occur.
    let _ = text.write_fmt(arguments);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_convert_exactly() {
        assert_eq!(Number::from(i64::MIN).to_string(), i64::MIN.to_string());
        assert_eq!(Number::from(u64::MAX).to_string(), u64::MAX.to_string());
        assert_eq!(Number::from(usize::MAX).to_i128(), i128::try_from(usize::MAX).ok());
        assert_eq!(Number::from(-100_i8), Number::parse("-1e2").unwrap());
        assert_eq!(Number::from(0_u8), Number::ZERO);
    }

    #[test]
    fn wide_integers_are_bounded_by_their_digits() {
        let power = 10_i128.pow(38);
        assert_eq!(Number::try_from(power).unwrap().to_i128(), Some(power));
        assert_eq!(Number::try_from(1 - power).unwrap().to_i128(), Some(1 - power));
        assert_eq!(Number::try_from(power + 1), Err(NumberError::TooManyDigits));
        assert_eq!(Number::try_from(i128::MIN), Err(NumberError::TooManyDigits));
        assert_eq!(Number::try_from(u128::MAX), Err(NumberError::TooManyDigits));
    }

    #[test]
    fn to_i128_returns_exact_integers_only() {
        let integer = |text: &str| Number::parse(text).unwrap().to_i128();
        assert_eq!(integer("-1.5e1"), Some(-15));
        assert_eq!(integer("0"), Some(0));
        assert_eq!(integer("0.5"), None);
        assert_eq!(integer("1.7e38"), Some(17 * 10_i128.pow(37)));
        assert_eq!(integer("1.8e38"), None);
        assert_eq!(integer("1e125"), None);
    }

    #[test]
    fn floats_convert_by_their_shortest_text() {
        let text = |float: f64| Number::from_f64(float).map(|number| number.to_string());
        assert_eq!(text(12.8).as_deref(), Ok("12.8"));
        assert_eq!(text(-0.0).as_deref(), Ok("0"));
        assert_eq!(text(1e21).as_deref(), Ok("1000000000000000000000"));
        assert_eq!(text(1e126), Err(NumberError::Overflow));
        assert_eq!(text(f64::MIN_POSITIVE), Err(NumberError::Underflow));
        assert_eq!(text(f64::NEG_INFINITY), Err(NumberError::NotFinite));
        assert_eq!(Number::try_from(0.1_f32), Number::parse("0.1"));
        assert_eq!(Number::try_from(f32::NAN), Err(NumberError::NotFinite));
        assert_eq!(Number::try_from(f32::MAX).unwrap().to_string(), "340282350000000000000000000000000000000");
    }
}

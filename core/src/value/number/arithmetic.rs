//! Exact addition and subtraction.

use std::ops::Neg;

use super::digits::POWERS_OF_TEN;
use super::{Number, NumberError};

impl Number {
    /// The exact sum, as `ADD` and `SET a = a + :b` compute it.
    ///
    /// Like DynamoDB this refuses a sum it would have to round: 1E50 + 1 is [`NumberError::TooManyDigits`], and
    /// 9E125 + 9E125 is [`NumberError::Overflow`].
    ///
    /// ```
    /// use djamodb_core::value::{Number, NumberError};
    ///
    /// let sum = Number::parse("0.1")?.checked_add(Number::parse("0.2")?)?;
    /// assert_eq!(sum.to_string(), "0.3");
    /// assert_eq!(Number::parse("1e50")?.checked_add(Number::from(1)), Err(NumberError::TooManyDigits));
    /// # Ok::<(), NumberError>(())
    /// ```
    // DynamoDB Local keeps a zero at the end of some sums (1.5 + 1.5 is "3.0" there). The value is the same, and the
    // text of a `Number` is always canonical.
    pub fn checked_add(self, other: Self) -> Result<Self, NumberError> {
        if self.is_zero() {
            return Ok(other);
        }
        if other.is_zero() {
            return Ok(self);
        }
        let (coarse, fine) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // The last digit of the finer number is not zero, so unless both end at the same place it is also the last of
        // the sum. A coarser coefficient that does not fit a `u128` at that place is beyond 3.4E38, the finer one is
        // below 1E38, so what they come to has more than 38 digits.
        let coarse_magnitude = widen(coarse.coefficient.unsigned_abs(), coarse.exponent.abs_diff(fine.exponent))
            .ok_or(NumberError::TooManyDigits)?;
        let fine_magnitude = fine.coefficient.unsigned_abs();
        let (negative, magnitude) = if coarse.is_negative() == fine.is_negative() {
            let sum = coarse_magnitude.checked_add(fine_magnitude).ok_or(NumberError::TooManyDigits)?;
            (coarse.is_negative(), sum)
        } else {
            let larger = if coarse_magnitude >= fine_magnitude { coarse } else { fine };
            (larger.is_negative(), coarse_magnitude.abs_diff(fine_magnitude))
        };
        Self::compose(negative, magnitude, fine.exponent.into())
    }

    /// The exact difference, as `SET a = a - :b` computes it, refused for the same reasons as a
    /// [sum](Self::checked_add) and with [`NumberError::Underflow`] if it is nearer to zero than 1E-130.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    ///
    /// assert_eq!(Number::from(1).checked_sub(Number::parse("0.9")?)?.to_string(), "0.1");
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, NumberError> {
        self.checked_add(-other)
    }
}

/// The number of the other sign. The range is symmetric, so this is always exact.
impl Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self { coefficient: -self.coefficient, exponent: self.exponent }
    }
}

/// `coefficient` × 10^`places`, if a `u128` holds it.
fn widen(coefficient: u128, places: u16) -> Option<u128> {
    coefficient.checked_mul(*POWERS_OF_TEN.get(usize::from(places))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(left: &str, right: &str) -> Result<String, NumberError> {
        Ok(Number::parse(left)?.checked_add(Number::parse(right)?)?.to_string())
    }

    #[test]
    fn sums_are_exact() {
        let nines = "9".repeat(38);
        let sums = [
            ("1.5", "1.5", "3"),
            ("1e37", "1", "10000000000000000000000000000000000001"),
            ("1e38", "-1", nines.as_str()),
            ("1e38", "10", "100000000000000000000000000000000000010"),
            (nines.as_str(), "1", "100000000000000000000000000000000000000"),
            // The coarser number stands beyond an `i128` before the sum comes back to 38 digits.
            ("1.9e38", "-91111111111111111111111111111111111111", "98888888888888888888888888888888888889"),
            ("9e125", "-9e125", "0"),
            ("1.0000000000000000000000000000000000001e-93", "-1e-93", &format!("0.{}1", "0".repeat(129))),
        ];
        for (left, right, sum) in sums {
            assert_eq!(add(left, right).as_deref(), Ok(sum), "{left} + {right}");
            assert_eq!(add(right, left).as_deref(), Ok(sum), "{right} + {left}");
        }
        assert_eq!(add("1e125", "0"), add("0", "1e125"));
    }

    #[test]
    fn sums_beyond_the_limits_are_refused() {
        let largest = format!("{}e88", "9".repeat(38));
        let refused = [
            ("1e50", "1", NumberError::TooManyDigits),
            ("1e38", "1", NumberError::TooManyDigits),
            ("1", "1e-130", NumberError::TooManyDigits),
            ("99999999999999999999999999999999999999", "2", NumberError::TooManyDigits),
            (&largest, "1e87", NumberError::TooManyDigits),
            (&largest, "9.9e88", NumberError::TooManyDigits),
            (&largest, "1e88", NumberError::Overflow),
            ("9e125", "9e125", NumberError::Overflow),
            ("1.1e-130", "-1e-130", NumberError::Underflow),
        ];
        for (left, right, error) in refused {
            assert_eq!(add(left, right).as_ref(), Err(&error), "{left} + {right}");
            assert_eq!(add(right, left).as_ref(), Err(&error), "{right} + {left}");
        }
    }
}

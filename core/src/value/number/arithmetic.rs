//! Exact addition and subtraction, and division by a count.

use std::num::NonZeroU64;
use std::ops::Neg;

use super::digits::{POWERS_OF_TEN, count_digits};
use super::{DIGITS_MAX, Number, NumberError};

impl Number {
    /// Returns the exact sum, as computed by `ADD` and `SET a = a + :b`.
    ///
    /// # Errors
    ///
    /// Like DynamoDB, refuses a sum that would have to be rounded or is out of range:
    ///
    /// - [`NumberError::TooManyDigits`], for example for 1E50 + 1,
    /// - [`NumberError::Overflow`], for example for 9E125 + 9E125,
    /// - [`NumberError::Underflow`] if the sum is not zero and its magnitude is below 1E-130.
    ///
    /// ```
    /// use djamodb_core::value::{Number, NumberError};
    ///
    /// let sum = Number::parse("0.1")?.checked_add(Number::parse("0.2")?)?;
    /// assert_eq!(sum.to_string(), "0.3");
    /// assert_eq!(Number::parse("1e50")?.checked_add(Number::from(1)), Err(NumberError::TooManyDigits));
    /// # Ok::<(), NumberError>(())
    /// ```
    // DynamoDB Local keeps a zero at the end of some sums: 1.5 + 1.5 is "3.0" there. The text of a `Number` is always canonical.
    pub fn checked_add(self, other: Self) -> Result<Self, NumberError> {
        if self.is_zero() {
            return Ok(other);
        }
        if other.is_zero() {
            return Ok(self);
        }
        let (coarse, fine) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // The last digit of the finer number is not zero. Unless both numbers end at the same place, it is also the last digit of
        // the sum. A coarser coefficient that does not fit a `u128` at that place is beyond 3.4E38, and the finer coefficient is
        // below 1E38. Their sum then has more than 38 digits.
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

    /// Returns the exact difference, as computed by `SET a = a - :b`.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`checked_add`](Self::checked_add).
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

    /// Returns the quotient, rounded to 38 digits, half to even. DynamoDB itself does not divide.
    ///
    /// # Errors
    ///
    /// Returns [`NumberError::Underflow`] if the magnitude of the quotient is below 1E-130.
    ///
    /// ```
    /// use djamodb_core::value::Number;
    /// use std::num::NonZeroU64;
    ///
    /// let eight = NonZeroU64::new(8).unwrap();
    /// assert_eq!(Number::from(1).checked_div(eight)?.to_string(), "0.125");
    /// let three = NonZeroU64::new(3).unwrap();
    /// assert_eq!(Number::from(2).checked_div(three)?.to_string(), "0.66666666666666666666666666666666666667");
    /// # Ok::<(), djamodb_core::value::NumberError>(())
    /// ```
    pub fn checked_div(self, divisor: NonZeroU64) -> Result<Self, NumberError> {
        let divisor = u128::from(divisor.get());
        let coefficient = self.coefficient.unsigned_abs();
        let (mut quotient, mut rest) = (coefficient / divisor, coefficient % divisor);
        let mut exponent = i64::from(self.exponent);
        // Long division: each step adds one digit, up to 38 digits.
        while rest != 0 && count_digits(quotient) < DIGITS_MAX {
            rest *= 10;
            quotient = quotient * 10 + rest / divisor;
            rest %= divisor;
            exponent -= 1;
        }
        let is_odd = !quotient.is_multiple_of(2);
        if 2 * rest > divisor || (2 * rest == divisor && is_odd) {
            quotient += 1;
        }
        Self::compose(self.is_negative(), quotient, exponent)
    }
}

/// Returns the number with the opposite sign. The range is symmetric, so the result is always exact.
impl Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self { coefficient: -self.coefficient, exponent: self.exponent }
    }
}

/// Returns `coefficient` × 10^`places`, or `None` if it does not fit a `u128`.
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
            // The coarser coefficient does not fit an `i128`, but the sum has 38 digits again.
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
    fn quotients_are_rounded_half_to_even() {
        let (tens, threes) = ("1".to_owned() + &"0".repeat(37), "3".repeat(38));
        let quotients = [
            ("0", 7, Ok("0")),
            ("10", 4, Ok("2.5")),
            ("-1", 8, Ok("-0.125")),
            ("1e38", 3, Ok(threes.as_str())),
            // 38 digits and a half: the even neighbour, below and above.
            ("20000000000000000000000000000000000001", 2, Ok(tens.as_str())),
            ("20000000000000000000000000000000000003", 2, Ok("10000000000000000000000000000000000002")),
            ("99999999999999999999999999999999999999", u64::MAX, Ok("5421010862427522170.3311375920552804341")),
            ("1e-130", 3, Err(NumberError::Underflow)),
        ];
        for (number, divisor, quotient) in quotients {
            let found = Number::parse(number).unwrap().checked_div(NonZeroU64::new(divisor).unwrap());
            assert_eq!(found.map(|found| found.to_string()), quotient.map(str::to_owned), "{number} / {divisor}");
        }
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

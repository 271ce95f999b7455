//! Order of numbers.

use std::cmp::Ordering;

use super::Number;
use super::digits::POWERS_OF_TEN;

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right) = (self.coefficient, other.coefficient);
        if self.exponent == other.exponent {
            return left.cmp(&right);
        }
        left.signum().cmp(&right.signum()).then_with(|| {
            let by_magnitude = compare_magnitudes(*self, *other);
            if left < 0 { by_magnitude.reverse() } else { by_magnitude }
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares the magnitudes of two numbers other than zero.
fn compare_magnitudes(left: Number, right: Number) -> Ordering {
    left.magnitude().cmp(&right.magnitude()).then_with(|| {
        // The first digits have the same weight. Widened to the same number of digits, at most 38, the coefficients compare like
        // the numbers, and neither multiplication can overflow.
        let (left_digits, right_digits) = (left.digits(), right.digits());
        let digits = left_digits.max(right_digits);
        let widened = |number: Number, own: usize| number.coefficient.unsigned_abs() * POWERS_OF_TEN[digits - own];
        widened(left, left_digits).cmp(&widened(right, right_digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_value() {
        let number = |text: &str| Number::parse(text).unwrap();
        let ascending = [
            "-9.9999999999999999999999999999999999999e125",
            "-1e125",
            "-12.8",
            "-12.75",
            "-1",
            "-1e-129",
            "-1.5e-130",
            "0",
            "1e-130",
            "1.0000000000000000000000000000000000001e-130",
            "9",
            "10",
            "99999999999999999999999999999999999999",
            "1e38",
            "1e125",
            "9.9999999999999999999999999999999999999e125",
        ];
        for (index, left) in ascending.iter().enumerate() {
            for (other_index, right) in ascending.iter().enumerate() {
                assert_eq!(number(left).cmp(&number(right)), index.cmp(&other_index), "{left} and {right}");
            }
        }
    }
}

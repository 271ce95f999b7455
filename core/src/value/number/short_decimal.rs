//! Conversions between floats and decimals of few digits, which need no text.
//!
//! A division or a multiplication of two exact floats returns the float that is nearest to the exact result. If the coefficient and the power
//! of ten are exact floats, one operation is thus the whole conversion. In the other direction, a decimal of at most 15 digits whose nearest
//! `f64` is the given one is the shortest such decimal, since no two decimals of 15 digits have the same nearest `f64`; for `f32` it is 6 digits.

use super::Number;

/// The powers of ten that are exact in both directions: all that a decimal of few places needs.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Number of decimal places that are tried.
const PLACES_MAX: usize = 8;

/// Returns the float nearest to ±`coefficient` × 10^`exponent`, or `None` if that needs more than one operation.
#[allow(clippy::cast_precision_loss, reason = "the coefficient is an exact float")]
pub(super) fn nearest_f64(coefficient: i128, exponent: i16) -> Option<f64> {
    let coefficient =
        i64::try_from(coefficient).ok().filter(|value| value.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS)?;
    let power = *POWERS.get(usize::from(exponent.unsigned_abs()))?;
    let coefficient = coefficient as f64;
    Some(if exponent < 0 { coefficient / power } else { coefficient * power })
}

/// Returns the number with the shortest text of a float, or `None` if it has more than 15 digits or 8 decimal places.
pub(super) fn shortest_of_f64(float: f64) -> Option<Number> {
    // Decimals of 15 digits are exact floats as well, so that the comparison below decides.
    shortest(float, 1e15, |coefficient, power| (coefficient / power).to_bits() == float.to_bits())
}

/// Returns the number with the shortest text of a float, or `None` if it has more than 6 digits or 8 decimal places.
#[allow(clippy::cast_possible_truncation, reason = "coefficients of 6 digits and powers up to 10^8 are exact")]
pub(super) fn shortest_of_f32(float: f32) -> Option<Number> {
    shortest(f64::from(float), 1e6, |coefficient, power| {
        (coefficient as f32 / power as f32).to_bits() == float.to_bits()
    })
}

#[allow(clippy::cast_possible_truncation, reason = "the coefficient is below 10^15")]
fn shortest(float: f64, bound: f64, is_exact: impl Fn(f64, f64) -> bool) -> Option<Number> {
    for (places, power) in POWERS.iter().enumerate().take(PLACES_MAX + 1) {
        let coefficient = (float * power).round();
        if coefficient.is_nan() || coefficient.abs() >= bound {
            return None;
        }
        if is_exact(coefficient, *power) {
            return Number::from_parts(i128::from(coefficient as i64), -i32::try_from(places).ok()?).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn few_digits_need_no_text() {
        for (float, text) in [(0.1, "0.1"), (-12.85, "-12.85"), (1e14, "1e14"), (-0.0, "0"), (123_456.5, "123456.5")] {
            assert_eq!(shortest_of_f64(float), text.parse().ok());
        }
        assert_eq!(shortest_of_f32(0.1), "0.1".parse().ok());
        for float in [f64::NAN, f64::INFINITY, 0.1 + 0.2, 1e15, 1e-9, f64::MIN_POSITIVE] {
            assert_eq!(shortest_of_f64(float), None, "{float}");
        }
        assert_eq!(nearest_f64(-1285, -2), Some(-12.85));
        assert_eq!(nearest_f64((1 << 53) + 1, 0), None);
        assert_eq!(nearest_f64(1, 23), None);
    }

    proptest! {
        #[test]
        fn a_float_of_few_digits_is_the_one_of_its_text(coefficient in -(1_i64 << 53)..=1 << 53, exponent in -22_i16..=22) {
            let text: f64 = format!("{coefficient}e{exponent}").parse().unwrap();
            prop_assert_eq!(nearest_f64(coefficient.into(), exponent), Some(text));
        }

        #[test]
        fn the_number_of_a_float_is_that_of_its_shortest_text(
            coefficient in -1_000_000_000_000_000_i64..1_000_000_000_000_000,
            exponent in -10_i32..3,
            any in any::<f64>(),
            short in any::<f32>(),
            digits in -10_000_000_i32..10_000_000,
        ) {
            let decimal: f64 = format!("{coefficient}e{exponent}").parse().unwrap();
            for float in [decimal, any, f64::from(digits) / 1e3] {
                if let Some(number) = shortest_of_f64(float) {
                    prop_assert_eq!(number, format!("{float:e}").parse().unwrap());
                }
            }
            #[allow(clippy::cast_precision_loss)]
            for float in [short, digits as f32 / 1e3] {
                if let Some(number) = shortest_of_f32(float) {
                    prop_assert_eq!(number, format!("{float:e}").parse().unwrap());
                }
            }
        }
    }
}

//! Property tests of numbers against arbitrary-precision decimals.

use std::num::NonZeroU64;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Zero};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{DIGITS_MAX, MAGNITUDE_MAX, MAGNITUDE_MIN, Number, NumberError};

/// Generates numbers, many with few digits and close magnitudes, so that sums and comparisons reach their edge cases.
fn numbers() -> impl Strategy<Value = Number> {
    let magnitudes =
        prop_oneof![MAGNITUDE_MIN..=MAGNITUDE_MAX, -3_i16..=3, 33_i16..=41, Just(MAGNITUDE_MIN), Just(MAGNITUDE_MAX)];
    let digits = prop_oneof![1_u32..=38, 1_u32..=3, Just(38)];
    let coefficients = prop_oneof![any::<i128>(), -2_i128..=2];
    (coefficients, digits, magnitudes).prop_map(|(random, digits, magnitude)| {
        let power = 10_i128.pow(digits);
        // Small random numbers are mapped to those next to a power of ten, where the number of digits changes.
        let coefficient = if random.unsigned_abs() <= 1 { random.signum() * (power - 1) } else { random % power };
        let last_digits = coefficient.unsigned_abs().checked_ilog10().unwrap_or(0).cast_signed();
        Number::from_parts(coefficient, i32::from(magnitude) - last_digits).expect("in range by construction")
    })
}

/// Generates spellings of numbers in and out of range: sign, digits, point and exponent in all combinations.
fn spellings() -> impl Strategy<Value = String> {
    fn digits() -> impl Strategy<Value = String> {
        let digit = prop_oneof![Just('0'), prop::char::range('0', '9')];
        prop_oneof![
            vec(digit, 0..8).boxed(),
            vec(prop::char::range('0', '9'), 0..40).boxed(),
            vec(Just('0'), 0..45).boxed()
        ]
        .prop_map(String::from_iter)
    }
    let exponent = prop_oneof![Just(None), (-180_i32..=180).prop_map(Some)];
    let sign = prop::sample::select(vec!["", "-", "+"]);
    (sign, digits(), prop::option::of(digits()), exponent)
        .prop_filter("a number has a digit", |(_, whole, fraction, _)| {
            !whole.is_empty() || fraction.as_ref().is_some_and(|fraction| !fraction.is_empty())
        })
        .prop_map(|(sign, whole, fraction, exponent)| {
            let point = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
            let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
            format!("{sign}{whole}{point}{exponent}")
        })
}

/// Generates characters, often those of numbers.
fn characters() -> impl Strategy<Value = char> {
    prop_oneof![any::<char>(), prop::sample::select(vec!['0', '1', '.', '-', 'e'])]
}

/// Generates bytes, often terminators.
fn bytes() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), Just(0), Just(255)]
}

fn decimal(number: Number) -> BigDecimal {
    BigDecimal::new(BigInt::from(number.coefficient()), -i64::from(number.exponent()))
}

/// Returns the text of a decimal that is in range, or the expected error.
fn expected(decimal: &BigDecimal) -> Result<String, NumberError> {
    let decimal = decimal.normalized();
    let (coefficient, scale) = decimal.as_bigint_and_exponent();
    let digits = coefficient.magnitude().to_string().len();
    let magnitude = i64::try_from(digits).unwrap() - 1 - scale;
    if decimal.is_zero() {
        Ok("0".to_owned())
    } else if digits > DIGITS_MAX {
        Err(NumberError::TooManyDigits)
    } else if magnitude > MAGNITUDE_MAX.into() {
        Err(NumberError::Overflow)
    } else if magnitude < MAGNITUDE_MIN.into() {
        Err(NumberError::Underflow)
    } else {
        Ok(decimal.to_plain_string())
    }
}

fn encoded(number: Number) -> Vec<u8> {
    let mut bytes = Vec::new();
    number.to_ordered_bytes(&mut bytes);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsed_numbers_are_displayed_canonically(text in spellings()) {
        let exact = text.parse::<BigDecimal>().unwrap();
        let number = Number::parse(&text);
        prop_assert_eq!(number.as_ref().map(Number::to_string).map_err(Clone::clone), expected(&exact));
        if let Ok(number) = number {
            prop_assert_eq!(decimal(number), exact);
        }
    }

    #[test]
    fn numbers_survive_a_round_trip_through_text(number in numbers()) {
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(Number::from_parts(number.coefficient(), number.exponent()), Ok(number));
    }

    #[test]
    fn any_text_is_parsed_or_refused(characters in vec(characters(), 0..12)) {
        let text = String::from_iter(characters);
        if let Ok(number) = Number::parse(&text) {
            prop_assert_eq!(decimal(number), text.parse::<BigDecimal>().unwrap());
        }
    }

    #[test]
    fn numbers_survive_a_round_trip_through_bytes(number in numbers(), following in vec(any::<u8>(), 0..4)) {
        let mut bytes = encoded(number);
        let length = bytes.len();
        bytes.extend(following);
        prop_assert_eq!(Number::from_ordered_bytes(&bytes), Some((number, length)));
        for end in 0..length {
            prop_assert_eq!(Number::from_ordered_bytes(&bytes[..end]), None);
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(sign in 0_u8..=4, rest in vec(bytes(), 0..24)) {
        let bytes = [vec![sign], rest].concat();
        if let Some((number, length)) = Number::from_ordered_bytes(&bytes) {
            prop_assert_eq!(encoded(number), &bytes[..length]);
            prop_assert!(expected(&decimal(number)).is_ok());
        }
    }

    #[test]
    fn values_and_encodings_have_the_same_order(left in numbers(), right in numbers(), following in any::<[u8; 2]>()) {
        let order = decimal(left).cmp(&decimal(right));
        prop_assert_eq!(left.cmp(&right), order);
        prop_assert_eq!(left == right, order.is_eq());
        let (left, right) = (encoded(left), encoded(right));
        prop_assert_eq!(left.cmp(&right), order);
        if order.is_ne() {
            let [after_left, after_right] = following;
            prop_assert_eq!([left, vec![after_left]].concat().cmp(&[right, vec![after_right]].concat()), order);
        }
    }

    #[test]
    fn adjacent_numbers_are_in_order(number in numbers()) {
        // Two random numbers rarely differ in their last digit only.
        if let Ok(next) = Number::from_parts(number.coefficient() + 1, number.exponent()) {
            prop_assert!(number < next);
            prop_assert!(encoded(number) < encoded(next));
        }
    }

    #[test]
    fn sums_and_differences_are_exact_or_refused(left in numbers(), right in numbers()) {
        let text = |number: Result<Number, NumberError>| number.map(|number| number.to_string());
        let (left_decimal, right_decimal) = (decimal(left), decimal(right));
        prop_assert_eq!(text(left.checked_add(right)), expected(&(&left_decimal + &right_decimal)));
        prop_assert_eq!(text(left.checked_sub(right)), expected(&(&left_decimal - &right_decimal)));
    }

    #[test]
    fn quotients_are_the_nearest_numbers(number in numbers(), divisor in prop_oneof![1..=u64::MAX, 1_u64..20]) {
        // The decimal is rounded to 100 digits first. No divisor below 2^64 yields enough nines or zeros after the 38th digit for
        // this to matter.
        let exact = decimal(number) / BigDecimal::from(divisor);
        let rounded = exact.with_precision_round(NonZeroU64::new(38).unwrap(), RoundingMode::HalfEven);
        let divisor = NonZeroU64::new(divisor).unwrap();
        prop_assert_eq!(number.checked_div(divisor).map(|quotient| quotient.to_string()), expected(&rounded));
    }

    #[test]
    fn floats_survive_a_round_trip(float in any::<f64>(), short in any::<f32>(), small in -1e9..1e9_f64) {
        for float in [float, small] {
            // Adding zero turns a negative zero, which DynamoDB does not have, into zero.
            match Number::from_f64(float) {
                Ok(number) => prop_assert!(number.to_f64().total_cmp(&(float + 0.0)).is_eq()),
                Err(_) => prop_assert!(!float.is_finite() || float.abs() > 9e125 || float.abs() < 2e-130),
            }
        }
        if let Ok(number) = Number::from_f32(short) {
            prop_assert_eq!(number.to_string().parse(), Ok(short));
        }
    }

    #[test]
    fn to_f64_returns_the_nearest_float(number in numbers()) {
        let nearest: f64 = number.to_string().parse().unwrap();
        prop_assert!(number.to_f64().total_cmp(&nearest).is_eq());
    }

    #[test]
    fn integers_survive_a_round_trip(integer in any::<i64>(), wide in any::<i128>()) {
        prop_assert_eq!(Number::from(integer).to_i128(), Some(integer.into()));
        match Number::try_from(wide) {
            Ok(number) => prop_assert_eq!(number.to_i128(), Some(wide)),
            Err(error) => prop_assert_eq!(expected(&BigDecimal::from(wide)), Err(error)),
        }
    }
}

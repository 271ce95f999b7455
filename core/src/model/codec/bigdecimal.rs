//! `BigDecimal` of the crate `bigdecimal`.
//!
//! Values that are equal are stored alike, whatever their scales are: 1.0 and 1.00 are both stored as 1.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;

use crate::model::{AttributeType, CodecError, Comparable, KeyType, Numeric, Ordered, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number, NumberError};

impl AttributeType for BigDecimal {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        let (coefficient, scale) = self.as_bigint_and_scale();
        if let Ok(coefficient) = i128::try_from(&*coefficient) {
            return Ok(AttributeValue::N(compose(coefficient, scale)?));
        }
        // Zeros at the end are not significant.
        let (coefficient, scale) = self.normalized().into_bigint_and_scale();
        let coefficient = i128::try_from(coefficient).map_err(|_| NumberError::TooManyDigits)?;
        Ok(AttributeValue::N(compose(coefficient, scale)?))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let number = Number::decode(value)?;
        let (coefficient, exponent) = (number.coefficient(), number.exponent());
        // Whole numbers have no negative scale, so that they are displayed without an exponent.
        match u32::try_from(exponent) {
            Ok(zeros) => Ok((BigInt::from(coefficient) * BigInt::from(10).pow(zeros)).into()),
            Err(_) => Ok(Self::new(coefficient.into(), -i64::from(exponent))),
        }
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        Self::decode(value)
    }

    fn type_info() -> TypeInfo {
        TypeInfo { name: "a decimal number", ..Number::type_info() }
    }
}

/// Returns `coefficient` × 10^-`scale`.
fn compose(coefficient: i128, scale: i64) -> Result<Number, NumberError> {
    // An exponent beyond an `i32` is out of range as its nearest `i32` is.
    let exponent = scale.saturating_neg().clamp(i32::MIN.into(), i32::MAX.into());
    Number::from_parts(coefficient, i32::try_from(exponent).unwrap_or_default())
}

impl Comparable for BigDecimal {}

impl KeyType for BigDecimal {
    const SCALAR: ScalarType = ScalarType::N;
}

impl Ordered for BigDecimal {}

impl Numeric for BigDecimal {
    type Sum = Self;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CodecErrorKind, check_key_codec};

    fn decimal(text: &str) -> BigDecimal {
        text.parse().unwrap()
    }

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys_and_keeps_the_order(low: i128, high: i128, scales in [-140..150_i64, -140..150_i64]) {
            let low = BigDecimal::new(low.into(), scales[0]);
            let high = BigDecimal::new(high.into(), scales[1]);
            proptest::prop_assert_eq!(check_key_codec(&low), Ok(()));
            if let (Ok(AttributeValue::N(left)), Ok(AttributeValue::N(right))) = (low.encode(), high.encode()) {
                proptest::prop_assert_eq!(left.cmp(&right), low.cmp(&high));
            }
        }
    }

    #[test]
    fn equal_decimals_are_stored_alike() {
        let stored = AttributeValue::N("1".parse().unwrap());
        for text in ["1", "1.0", "1.00", "0.1e1", "10e-1"] {
            assert_eq!(decimal(text).encode_exact(), Ok(stored.clone()), "{text}");
            assert_eq!(BigDecimal::decode_exact(&stored), Ok(decimal(text)));
        }
        let zeros = format!("1{}", "0".repeat(100));
        let stored = decimal(&zeros).encode().unwrap();
        assert_eq!(stored, AttributeValue::N("1e100".parse().unwrap()));
        assert_eq!(BigDecimal::decode(&stored).unwrap().to_plain_string(), zeros);
        assert_eq!(decimal("0e-999999999").encode(), Ok(AttributeValue::n(0)));
    }

    #[test]
    fn a_decimal_that_a_number_cannot_hold_is_refused() {
        let nines = "9".repeat(38);
        assert!(decimal(&nines).encode().is_ok());
        for (text, error) in [
            (format!("{nines}.9"), NumberError::TooManyDigits),
            (format!("{nines}0001"), NumberError::TooManyDigits),
            ("1e126".to_owned(), NumberError::Overflow),
            ("1e-131".to_owned(), NumberError::Underflow),
        ] {
            assert_eq!(decimal(&text).encode().unwrap_err().kind(), &CodecErrorKind::Number(error), "{text}");
        }
        for (scale, error) in [(i64::MIN, NumberError::Overflow), (i64::MAX, NumberError::Underflow)] {
            let extreme = BigDecimal::new(7.into(), scale);
            assert_eq!(extreme.encode().unwrap_err().kind(), &CodecErrorKind::Number(error));
        }
    }
}

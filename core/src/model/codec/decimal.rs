//! `Decimal` of the crate `rust_decimal`.

use rust_decimal::Decimal;

use crate::model::{AttributeType, CodecError, CodecErrorKind, Comparable, KeyType, Numeric, Ordered, TypeInfo};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number};

impl AttributeType for Decimal {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        // A Decimal has at most 29 digits, at most 28 of them after the point, so every Decimal is a Number.
        let exponent = -i32::try_from(self.scale()).unwrap_or(0);
        Ok(AttributeValue::N(Number::from_parts(self.mantissa(), exponent)?))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        let number = Number::decode(value)?;
        let out_of_range =
            || CodecError::new(CodecErrorKind::OutOfRange { number: number.to_string(), expected: "a Decimal" });
        // `from_str` would round.
        Self::from_str_exact(&number.to_string()).map_err(|_| out_of_range())
    }

    fn type_info() -> TypeInfo {
        TypeInfo { name: "a decimal number", ..Number::type_info() }
    }
}

impl Comparable for Decimal {}

impl KeyType for Decimal {
    const SCALAR: ScalarType = ScalarType::N;
}

impl Ordered for Decimal {}

impl Numeric for Decimal {
    type Sum = Self;
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn obeys_the_law_of_keys(low: u32, middle: u32, high: u32, negative: bool, scale in 0..=28_u32, exponent in -130..96_i32) {
            let decimal = Decimal::from_parts(low, middle, high, negative, scale);
            proptest::prop_assert_eq!(crate::model::check_key_codec(&decimal), Ok(()));
            let stored = AttributeValue::N(Number::from_parts(decimal.mantissa(), exponent).unwrap());
            if let Ok(decoded) = Decimal::decode_exact(&stored) {
                proptest::prop_assert_eq!(decoded.encode_exact(), Ok(stored));
            }
        }
    }

    #[test]
    fn sums_of_decimals_are_decimals() {
        fn sum<T: Numeric>(number: &str) -> Result<T::Sum, CodecError> {
            T::Sum::decode(&AttributeValue::N(number.parse().unwrap()))
        }
        assert_eq!(sum::<Decimal>("12.55"), Ok("12.55".parse().unwrap()));
        let error = sum::<Decimal>("1e30").unwrap_err();
        assert!(matches!(error.kind(), CodecErrorKind::OutOfRange { expected: "a Decimal", .. }), "{error}");
    }

    #[test]
    fn round_trips_decimals_and_rejects_numbers_of_more_digits() {
        for text in ["0", "12.50", "-0.0000000000000000000000000001", "79228162514264337593543950335"] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(Decimal::decode(&decimal.encode().unwrap()), Ok(decimal));
        }
        let long = AttributeValue::N("1.23456789012345678901234567890123".parse().unwrap());
        assert!(matches!(Decimal::decode(&long).unwrap_err().kind(), CodecErrorKind::OutOfRange { .. }));
    }
}

//! Numbers.

use bytes::Bytes;

use crate::model::{
    AttributeType, CodecError, CodecErrorKind, Comparable, KeyType, Numeric, Ordered, Structure, TypeInfo,
};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number, ValueType};

impl AttributeType for Number {
    type Operand = Self;

    fn encode(&self) -> Result<AttributeValue, CodecError> {
        Ok(AttributeValue::N(*self))
    }

    fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
        number(value, "a number")
    }

    fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
        Self::decode(value)
    }

    fn type_info() -> TypeInfo {
        number_info("a number", |text| Ok(AttributeValue::N(Self::parse(text)?)))
    }
}

impl Comparable for Number {}

impl KeyType for Number {
    const SCALAR: ScalarType = ScalarType::N;
}

impl Ordered for Number {}

impl Numeric for Number {
    type Sum = Self;
}

macro_rules! integers {
    ($($integer:ty => $sum:ty: $name:literal $({ $($as_list:item)+ })?),+ $(,)?) => {$(
        impl AttributeType for $integer {
            type Operand = Self;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                Ok(AttributeValue::N(Number::try_from(*self)?))
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                integer(number(value, $name)?, $name)
            }

            fn decode_exact(value: &AttributeValue) -> Result<Self, CodecError> {
                Self::decode(value)
            }

            fn type_info() -> TypeInfo {
                number_info($name, |text| integer::<Self>(Number::parse(text)?, $name)?.encode())
            }

            $($($as_list)+)?
        }

        impl Comparable for $integer {}

        impl KeyType for $integer {
            const SCALAR: ScalarType = ScalarType::N;
        }

        impl Ordered for $integer {}

        impl Numeric for $integer {
            type Sum = $sum;
        }
    )+};
}

integers! {
    i8 => i64: "an 8-bit integer",
    i16 => i64: "a 16-bit integer",
    i32 => i64: "a 32-bit integer",
    i64 => i64: "a 64-bit integer",
    i128 => Self: "a 128-bit integer",
    isize => i64: "an integer",
    u8 => u64: "an unsigned 8-bit integer" {
        // `Vec<u8>` is stored as binary data.
        fn encode_list(values: &[Self]) -> Result<AttributeValue, CodecError> {
            Ok(AttributeValue::b(Bytes::copy_from_slice(values)))
        }

        fn decode_list(value: &AttributeValue) -> Result<Vec<Self>, CodecError> {
            Bytes::decode(value).map(|bytes| bytes.to_vec())
        }

        fn decode_list_owned(value: AttributeValue) -> Result<Vec<Self>, CodecError> {
            Bytes::decode_owned(value).map(Vec::from)
        }

        fn list_info() -> TypeInfo {
            Bytes::type_info()
        }
    },
    u16 => u64: "an unsigned 16-bit integer",
    u32 => u64: "an unsigned 32-bit integer",
    u64 => u64: "an unsigned 64-bit integer",
    u128 => Self: "an unsigned 128-bit integer",
    usize => u64: "an unsigned integer",
}

macro_rules! floats {
    ($($float:ty: $from:ident, $to:expr),+ $(,)?) => {$(
        impl AttributeType for $float {
            type Operand = Self;

            fn encode(&self) -> Result<AttributeValue, CodecError> {
                Ok(AttributeValue::N(Number::$from(*self)?))
            }

            fn decode(value: &AttributeValue) -> Result<Self, CodecError> {
                number(value, "a number").and_then($to)
            }

            fn type_info() -> TypeInfo {
                Number::type_info()
            }
        }

        impl Comparable for $float {}

        impl KeyType for $float {
            const SCALAR: ScalarType = ScalarType::N;
        }

        impl Ordered for $float {}

        impl Numeric for $float {
            type Sum = f64;
        }
    )+};
}

floats! {
    // Every number is in the range of `f64`.
    f64: from_f64, |number| Ok(number.to_f64()),
    f32: from_f32, nearest_f32,
}

/// Returns the nearest float, unless that is infinite, or is zero for another number.
fn nearest_f32(number: Number) -> Result<f32, CodecError> {
    let float = number.to_f32();
    if float.is_finite() && (float != 0.0 || number.is_zero()) {
        return Ok(float);
    }
    Err(CodecError::new(CodecErrorKind::OutOfRange { number: number.to_string(), expected: "a 32-bit float" }))
}

pub(super) fn number(value: &AttributeValue, expected: &'static str) -> Result<Number, CodecError> {
    value.as_n().ok_or_else(|| CodecError::wrong_type(expected, value.value_type()))
}

fn integer<T: TryFrom<i128> + TryFrom<u128>>(number: Number, expected: &'static str) -> Result<T, CodecError> {
    number
        .to_i128()
        .and_then(|integer| T::try_from(integer).ok())
        // A `u128` above `i128::MAX` is a DynamoDB number if it ends in a zero.
        .or_else(|| unsigned(number).and_then(|integer| T::try_from(integer).ok()))
        .ok_or_else(|| CodecError::new(CodecErrorKind::OutOfRange { number: number.to_string(), expected }))
}

fn unsigned(number: Number) -> Option<u128> {
    let coefficient = u128::try_from(number.coefficient()).ok()?;
    let exponent = u32::try_from(number.exponent()).ok()?;
    coefficient.checked_mul(10_u128.checked_pow(exponent)?)
}

fn number_info(name: &'static str, parse: fn(&str) -> Result<AttributeValue, CodecError>) -> TypeInfo {
    TypeInfo {
        name,
        value_type: ValueType::N,
        parse,
        comparable: true,
        ordered: true,
        starts_with: false,
        structure: Structure::Scalar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_unsigned_integers_above_the_signed_maximum() {
        let integer = 340_282_366_920_938_463_463_374_607_431_768_211_450_u128;
        assert_eq!(u128::decode(&integer.encode().unwrap()), Ok(integer));
        assert!(u128::MAX.encode().is_err(), "39 significant digits");
        assert!(u64::decode(&integer.encode().unwrap()).is_err());
    }

    #[test]
    fn a_number_out_of_the_range_of_a_float_is_refused() {
        let stored = |text: &str| AttributeValue::N(text.parse().unwrap());
        for text in ["3.5e38", "-1e125", "1e-46", "-1e-130"] {
            let error = f32::decode(&stored(text)).unwrap_err();
            assert!(matches!(error.kind(), CodecErrorKind::OutOfRange { .. }), "{error}");
            let float = f64::decode(&stored(text)).unwrap();
            assert_eq!(float.encode(), Ok(stored(text)));
        }
        for float in [f32::MAX, f32::MIN, f32::MIN_POSITIVE, 1e-45, 0.1] {
            assert_eq!(f32::decode(&float.encode().unwrap()).map(f32::to_bits), Ok(float.to_bits()));
        }
        assert_eq!(f32::decode(&stored("0")).map(f32::to_bits), Ok(0));
    }
}

//! Text form of one part of a key, for keys that are composed of several parts.
//!
//! Text is its own form. A number has the form in which DynamoDB returns it, such as `7` and never `07`, so that each value has one form.
//! Binary data has none.

use super::{CodecError, CodecErrorKind, KeyType};
use crate::schema::ScalarType;
use crate::value::{AttributeValue, Number, ValueType};

const NAME: &str = "text or a number";

/// Returns `true` if values of the type have a text form.
pub const fn has_text<T: KeyType>() -> bool {
    !matches!(T::SCALAR, ScalarType::B)
}

/// Returns the text form of a part.
///
/// # Errors
///
/// Returns the error of [`encode_exact`](super::AttributeType::encode_exact), or of a type without text form.
pub(super) fn encode<T: KeyType>(part: &T) -> Result<String, CodecError> {
    match part.encode_exact()? {
        AttributeValue::S(text) => Ok(text),
        AttributeValue::N(number) => Ok(number.to_string()),
        other => Err(CodecError::wrong_type(NAME, other.value_type())),
    }
}

/// Returns the part with this text form. A text that [`encode`] returns for no value is an error, so that two texts never become one part.
///
/// # Errors
///
/// Returns the error of [`decode_exact`](super::AttributeType::decode_exact), of a text that is no number where the part is one, or of a type
/// without text form.
pub(super) fn decode<T: KeyType>(text: &str) -> Result<T, CodecError> {
    let value = match T::SCALAR {
        ScalarType::S => AttributeValue::s(text),
        ScalarType::N => AttributeValue::N(canonical_number(text)?),
        ScalarType::B => return Err(CodecError::wrong_type(NAME, ValueType::B)),
    };
    T::decode_exact(&value)
}

pub(super) fn canonical_number(text: &str) -> Result<Number, CodecError> {
    let number: Number = text.parse()?;
    let encoded = number.to_string();
    if encoded == text {
        return Ok(number);
    }
    let reason = format!("its value is encoded as {encoded}");
    Err(CodecError::new(CodecErrorKind::KeyNotCanonical { stored: text.to_owned(), reason }))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_has_one_text() {
        for number in ["0", "7", "-1.5", "1000000", "0.001"] {
            assert_eq!(decode::<Number>(number).and_then(|number| encode(&number)).as_deref(), Ok(number));
        }
        for text in ["07", "+7", "7.0", "7e0", " 7", "-0", "", "seven"] {
            assert!(decode::<Number>(text).is_err(), "{text:?}");
        }
        assert!(decode::<u8>("256").is_err());
    }

    #[test]
    fn binary_data_has_no_text() {
        assert!(!has_text::<Bytes>() && has_text::<String>() && has_text::<u8>());
        assert!(encode(&Bytes::from_static(b"a")).is_err());
        assert!(decode::<Bytes>("a").is_err());
    }

    proptest! {
        #[test]
        fn a_part_is_decoded_as_it_was_encoded(number: i64, float: f64, text: String) {
            prop_assert_eq!(decode::<i64>(&encode(&number)?), Ok(number));
            prop_assert_eq!(decode::<String>(&encode(&text)?), Ok(text));
            if let Ok(encoded) = encode(&float) {
                prop_assert_eq!(decode::<f64>(&encoded), Ok(float));
            }
        }
    }
}
